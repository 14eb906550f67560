/**
 * What was read to the page: the answers, and beside them the facts and the
 * message itself.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Span} Span
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Role} Role
 * @typedef {import("../types.d.ts").Cause} Cause
 *
 * @typedef {object} State
 * @property {Reading[]} readings
 * @property {boolean} failed Whether the engine gave up on the input.
 * @property {string | null} permalink The id of an article to show without a bounce.
 * @property {Texts} texts
 * @property {Role | null} role
 * @property {(role: Role) => void} choose
 * @property {(text: string, format?: string) => Promise<boolean>} copy
 * @property {() => Promise<Reading[]>} reread The readings, redacted.
 * @property {(redacted: boolean) => Promise<object[]>} records
 */

import { causes, others } from "../causes.js";
import { markdown, plainText } from "../export.js";
import { t } from "../i18n.js";
import { articleCard, causeCard } from "./answer.js";
import { el } from "./dom.js";
import { factList, ofRecipient, ofReturned } from "./facts.js";
import { otherCard, problems } from "./others.js";
import { SourceView } from "./source.js";

/**
 * @param {State} state
 * @returns {{ answers: Node[], beside: Node[], settle(): void }} `settle` is for when they stand in the document.
 */
export function answerView(state) {
  if (state.permalink) return { answers: [articleAlone(state.permalink, state)], beside: [], settle() {} };
  if (state.failed) return { answers: [el("p", { class: "failure" }, t("answer.failed"))], beside: [], settle() {} };
  if (state.readings.length === 0) return { answers: [], beside: [], settle() {} };
  const { readings, texts } = state;
  const found = known(readings, texts);
  const rest = others(readings);
  const source = new SourceView(readings, ...spans(found, readings));
  const locate = source.locate.bind(source);
  const context = { ...state, locate, alone: found.length === 1 };
  const answers = [
    found.length > 1 && overview(found, texts),
    ...found.map((cause) => causeCard(cause, texts.articles[cause.article], context)),
    ...rest.map(({ reading, report }, n) => otherCard(reading, report, n)),
    problems(readings),
    copies(state),
  ];
  return {
    answers: answers.filter((node) => node instanceof Node),
    beside: [source.element, ...facts(found, rest, locate)],
    settle: () => source.settle(),
  };
}

/**
 * @param {string} id
 * @param {State} state
 */
function articleAlone(id, state) {
  const article = state.texts.articles[id];
  if (!article) return el("p", { class: "failure" }, t("answer.unknown-article"));
  const standing = { name: "article", word: t("state.article"), resend: t("state.article.resend"), guess: null };
  const context = { ...state, locate() {}, alone: true };
  const card = articleCard(id, article, new Map(), context, standing);
  card.dataset.status = article.codes[0] ?? "";
  card.dataset.category = article.category;
  card.dataset.basis = "";
  return card;
}

/**
 * @param {Cause[]} found
 * @param {Texts} texts
 */
function overview(found, texts) {
  const all = found.reduce((sum, { failures }) => sum + failures.length, 0);
  return el(
    "nav",
    { class: "overview", "aria-labelledby": "overview-title" },
    el("p", { id: "overview-title" }, `${t("overview", { n: found.length })}, ${t("overview.recipients", { n: all })}`),
    el(
      "ol",
      {},
      found.map(({ article, failures }, n) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "plain",
              onclick() {
                const card = document.querySelectorAll("#results article")[n];
                card?.scrollIntoView({ block: "start" });
                const heading = card?.querySelector("h2");
                heading?.setAttribute("tabindex", "-1");
                heading?.focus({ preventScroll: true });
              },
            },
            texts.articles[article].title,
          ),
          el("span", { class: "note" }, t("overview.recipients", { n: failures.length })),
        ),
      ),
    ),
  );
}

/**
 * @param {Cause[]} found
 * @param {ReturnType<typeof others>} rest
 * @param {(reading: Reading, span: Span) => void} locate
 */
function facts(found, rest, locate) {
  const { reading, report } = found[0]?.failures[0] ?? rest[0];
  const recipient = found.length === 1 ? found[0].failures[0].recipient : null;
  const failure = recipient ? ofRecipient(report, recipient) : [];
  const returned = ofReturned(report);
  return [
    failure.length > 0 &&
      el("section", { class: "part" }, el("h2", {}, t("facts.title")), factList(failure, reading, locate)),
    returned.length > 0 &&
      el("section", { class: "part" }, el("h2", {}, t("facts.message")), factList(returned, reading, locate)),
  ].filter((node) => node instanceof Node);
}

/**
 * The evidence of every cause, and every other span that can be asked for.
 *
 * @param {Cause[]} found
 * @param {Reading[]} readings
 * @returns {[Map<Reading, Span[]>, Map<Reading, Span[]>]}
 */
function spans(found, readings) {
  /** @type {Map<Reading, Span[]>} */
  const evidence = new Map(readings.map((reading) => [reading, []]));
  /** @type {Map<Reading, Span[]>} */
  const reachable = new Map(readings.map((reading) => [reading, []]));
  for (const { failures } of found) {
    for (const { reading, diagnosis } of failures) evidence.get(reading)?.push(...diagnosis.evidence);
    const { reading, report, recipient } = failures[0];
    reachable.get(reading)?.push(...[...ofRecipient(report, recipient), ...ofReturned(report)].map(({ span }) => span));
  }
  return [evidence, reachable];
}

/**
 * The copies, redacted unless the reader says otherwise, each time anew.
 *
 * @param {State} state
 */
function copies({ readings, texts, role, copy, reread, records }) {
  /** @param {Reading[]} of */
  const answer = (of) => ({ causes: known(of, texts), others: others(of), texts, role });
  /** @type {[format: string, text: (redacted: boolean) => Promise<string>][]} */
  const formats = [
    ["markdown", async (redacted) => markdown(answer(redacted ? await reread() : readings))],
    ["text", async (redacted) => plainText(answer(redacted ? await reread() : readings))],
    ["json", async (redacted) => `${JSON.stringify(await records(redacted), null, 2)}\n`],
  ];
  const whole = el("input", { type: "checkbox", id: "copy-whole" });
  const said = el("p", { class: "note" });
  const unsure = known(readings, texts).some(({ failures }) => failures[0].diagnosis.basis === "class");
  if (unsure) formats.push(["sample", async () => sampleOf(await reread())]);
  return el(
    "section",
    { class: "part copies", "aria-labelledby": "copies-title" },
    el("h2", { id: "copies-title" }, t("copy.title")),
    el(
      "p",
      {},
      formats.map(([name, text]) => {
        const format = t(`copy.${name}`);
        const button = el("button", { type: "button", "data-copy": name }, format);
        button.addEventListener("click", async () => {
          const redacted = name === "sample" || !whole.checked;
          whole.checked = false;
          const done = await copy(await text(redacted), format);
          said.textContent = t(done ? (redacted ? "copy.done-redacted" : "copy.done") : "copy.failed", { format });
        });
        return button;
      }),
    ),
    el("p", { class: "note" }, t("copy.note"), " ", el("label", {}, whole, " ", t("copy.whole"))),
    unsure && el("p", { class: "note" }, t("copy.sample-note")),
    said,
  );
}

/**
 * The texts that were read, for those who write the articles.
 *
 * @param {Reading[]} readings Redacted.
 */
function sampleOf(readings) {
  return readings
    .flatMap(({ analysis }) => analysis.sources.map(({ role, text }) => `--- ${role}\n${text}\n`))
    .join("\n");
}

/**
 * The causes that there are texts for.
 *
 * @param {Reading[]} readings
 * @param {Texts} texts
 */
function known(readings, texts) {
  return causes(readings).filter(({ article }) => texts.articles[article]);
}
