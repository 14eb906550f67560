/**
 * What was read to the page: the answers, and beside them the facts and the
 * message itself.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Report} Report
 * @typedef {import("../types.d.ts").PerRecipient} PerRecipient
 * @typedef {import("../types.d.ts").Span} Span
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Role} Role
 * @typedef {import("../types.d.ts").Cause} Cause
 * @typedef {import("./facts.js").Locate} Locate
 *
 * @typedef {object} State
 * @property {Reading[]} readings
 * @property {boolean} failed Whether the engine gave up on the input.
 * @property {string | null} permalink The id of an article to show without a bounce.
 * @property {(id: string) => Node[]} reads The bounces that an article explains.
 * @property {(text: string) => Node | null} near The errors that a text, which is no bounce, may be about.
 * @property {Texts} texts
 * @property {Role | null} role
 * @property {Progress} progress
 * @property {import("../app.js").Later | null} later
 * @property {(role: Role) => void} choose
 * @property {(text: string, format?: string) => Promise<boolean>} copy
 * @property {(words: string) => void} say Tells it to those who do not see the page.
 * @property {() => Promise<Reading[]>} reread The readings, redacted.
 * @property {(redacted: boolean) => Promise<object[]>} records
 *
 * @typedef {object} Progress What the reader did with an answer: in memory, until the next one.
 * @property {Set<string>} ticked The steps that are done.
 * @property {number} cards How many causes are shown.
 */

import { explained, others } from "../causes.js";
import { t } from "../i18n.js";
import { articleCard, causeCard, titleOf } from "./answer.js";
import { el } from "./dom.js";
import { factList, ofRecipient, ofReturned } from "./facts.js";
import { kinds, otherCard, problems } from "./others.js";
import { SourceView } from "./source.js";

/** How many causes are shown at once. */
export const CARDS = 10;

/**
 * @param {State} state
 * @returns {{ answers: Node[], beside: Node[], settle(): void }} `settle` is for when they stand in the document.
 */
export function answerView(state) {
  const { permalink } = state;
  if (permalink) {
    return { answers: [articleAlone(permalink, state)], beside: state.reads(permalink), settle() {} };
  }
  if (state.failed) return { answers: [el("p", { class: "failure" }, t("answer.failed"))], beside: [], settle() {} };
  if (state.readings.length === 0) return { answers: [], beside: [], settle() {} };
  const { readings, texts, progress, later } = state;
  const found = explained(readings, texts);
  const rest = others(readings);
  const source = new SourceView(readings, evidence(found));
  const locate = source.locate.bind(source);
  const context = { ...state, locate, ticked: progress.ticked };
  const facts = (
    /** @type {Reading} */ reading,
    /** @type {Report} */ report,
    /** @type {PerRecipient | null} */ one,
  ) => factsOf(reading, report, one, later, locate);
  // One report's facts stand beside the answer, those of several in the card of each cause.
  const reports = new Set(found.flatMap(({ failures }) => failures.map(({ report }) => report)));
  /** @param {Cause} cause */
  const card = (cause) => {
    const [{ reading, report, recipient }] = cause.failures;
    const card = causeCard(cause, texts.articles[cause.article], context);
    if (reports.size > 1) {
      const many = cause.failures.length > 1;
      const title = t(many ? "facts.first" : "facts.title");
      card.append(el("details", { class: "part" }, el("summary", {}, title), ...facts(reading, report, recipient)));
    } else if (found.length > 1) card.append(factPart("facts.title", ofRecipient(report, recipient), reading, locate));
    return card;
  };
  const cards = new Cards(found, card, progress);
  const first = found[0]?.failures[0];
  const beside =
    first && reports.size === 1
      ? facts(first.reading, first.report, found.length === 1 ? first.recipient : null)
      : rest.length === 1 && found.length === 0
        ? facts(rest[0].reading, rest[0].report, null)
        : [];
  const asked = found.length === 0 && readings.length === 1 ? words(readings[0]) : null;
  const answers = [
    found.length > 1 && overview(found, texts, cards),
    cards.element,
    ...kinds(rest).map(otherCard),
    asked !== null && state.near(asked),
    problems(readings),
    later?.output(state),
  ];
  return {
    answers: answers.filter((node) => node instanceof Node),
    beside: [source.element, ...beside],
    settle: () => source.settle(),
  };
}

/**
 * What was typed or pasted, if it is not told to be something.
 *
 * @param {Reading} reading
 */
function words({ content, analysis }) {
  return typeof content === "string" && analysis.reports.every(({ kind }) => kind === "other") ? content : null;
}

/** The cards of many causes, some at a time. */
class Cards {
  element = el("div", { class: "cards" });
  #more = el("button", { type: "button", onclick: () => this.show(this.progress.cards)?.focus() });

  /**
   * @param {Cause[]} causes
   * @param {(cause: Cause) => HTMLElement} card
   * @param {Progress} progress
   */
  constructor(causes, card, progress) {
    this.causes = causes;
    this.card = card;
    this.progress = progress;
    this.#fill();
  }

  #fill() {
    this.#more.remove();
    const { causes, element, progress } = this;
    element.append(...causes.slice(element.childElementCount, progress.cards).map(this.card));
    const n = causes.length - element.childElementCount;
    if (n > 0) element.append(this.#more);
    this.#more.textContent = t("answer.more", { n });
  }

  /**
   * Brings a card, and those before it, onto the page.
   *
   * @param {number} n
   * @returns {HTMLElement | null} Its heading, which can take the focus.
   */
  show(n) {
    if (n >= this.progress.cards) {
      this.progress.cards = Math.ceil((n + 1) / CARDS) * CARDS;
      this.#fill();
    }
    /** @type {HTMLElement | null} */
    const heading = this.element.children[n]?.querySelector("h2") ?? null;
    heading?.setAttribute("tabindex", "-1");
    return heading;
  }
}

/**
 * @param {string} id
 * @param {State} state
 */
function articleAlone(id, state) {
  const article = state.texts.articles[id];
  if (!article) return el("p", { class: "failure" }, t("answer.unknown-article"));
  const standing = { name: "article", word: t("state.article"), resend: t("state.article.resend"), guess: null };
  const context = { ...state, locate() {}, ticked: state.progress.ticked };
  const card = articleCard(id, article, new Map(), context, standing);
  card.dataset.status = article.codes[0] ?? "";
  card.dataset.category = article.category;
  card.dataset.basis = "";
  return card;
}

/**
 * @param {Cause[]} found
 * @param {Texts} texts
 * @param {Cards} cards
 */
function overview(found, texts, cards) {
  const all = found.reduce((sum, { failures }) => sum + failures.length, 0);
  return el(
    "nav",
    { class: "overview", "aria-labelledby": "overview-title" },
    el("p", { id: "overview-title" }, `${t("overview", { n: found.length })}, ${t("overview.recipients", { n: all })}`),
    el(
      "ol",
      {},
      found.map(({ article, delay, failures }, n) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "plain",
              onclick() {
                const heading = cards.show(n);
                heading?.closest("article")?.scrollIntoView({ block: "start" });
                heading?.focus({ preventScroll: true });
              },
            },
            titleOf(delay, texts.articles[article]),
          ),
          el("span", { class: "note" }, t("overview.recipients", { n: failures.length })),
        ),
      ),
    ),
  );
}

/**
 * What a report says of one recipient, of the message that came back and of
 * its way.
 *
 * @param {Reading} reading
 * @param {Report} report
 * @param {PerRecipient | null} recipient
 * @param {State["later"]} later
 * @param {Locate} locate
 * @returns {Node[]}
 */
function factsOf(reading, report, recipient, later, locate) {
  const failure = recipient ? ofRecipient(report, recipient) : [];
  const returned = ofReturned(report);
  return [
    failure.length > 0 && factPart("facts.title", failure, reading, locate),
    returned.length > 0 && factPart("facts.message", returned, reading, locate),
    ...(later?.wayView(report.trace, reading, locate) ?? []),
  ].filter((node) => node instanceof Node);
}

/**
 * @param {string} key
 * @param {import("./facts.js").Fact[]} facts
 * @param {Reading} reading
 * @param {Locate} locate
 */
function factPart(key, facts, reading, locate) {
  return el("section", { class: "part" }, el("h3", {}, t(key)), factList(facts, reading, locate));
}

/**
 * The words that decided, by reading.
 *
 * @param {Cause[]} found
 */
function evidence(found) {
  /** @type {Map<Reading, Span[]>} */
  const spans = new Map();
  for (const { failures } of found) {
    for (const { reading, diagnosis } of failures) {
      const known = spans.get(reading);
      if (known) known.push(...diagnosis.evidence);
      else spans.set(reading, [...diagnosis.evidence]);
    }
  }
  return spans;
}
