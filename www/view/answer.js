/**
 * A cause to its card: what is wrong, whether it is final, who acts, the
 * steps, and what all of that rests on.
 *
 * @typedef {import("../types.d.ts").Cause} Cause
 * @typedef {import("../types.d.ts").Article} Article
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Role} Role
 * @typedef {import("../types.d.ts").Piece} Piece
 * @typedef {import("../types.d.ts").Inline} Inline
 * @typedef {import("../advice.js").Value} Value
 * @typedef {import("./facts.js").Locate} Locate
 *
 * @typedef {object} Context
 * @property {Texts} texts
 * @property {Role | null} role The reader's own, once chosen.
 * @property {(role: Role) => void} choose
 * @property {Locate} locate
 * @property {(text: string, format?: string) => Promise<boolean>} copy
 * @property {(words: string) => void} say
 * @property {Set<string>} ticked The steps that the reader has ticked off.
 * @property {import("../app.js").Later | null} later
 */

import { fill, values } from "../advice.js";
import { address } from "../causes.js";
import { day, list, t } from "../i18n.js";
import { el, foreign, named, outside } from "./dom.js";

/** @type {Role[]} */
export const ROLES = ["sender", "sender-admin", "recipient", "recipient-admin"];
/** How many recipients are named before "show all". */
const NAMED = 5;

/**
 * The words on a cause's state.
 *
 * @param {Cause} cause
 */
export function state({ delay, permanent }) {
  const name = delay ? "delay" : permanent ? "final" : "temporary";
  return { name, word: t(`state.${name}`), resend: t(`state.${name}.resend`) };
}

/**
 * What is wrong; while the server still tries, that it does.
 *
 * @param {boolean} delay
 * @param {Article} article
 */
export const titleOf = (delay, { title }) => (delay ? `${t("verdict.delay")} ${title}` : title);

/**
 * That somebody has to act; while the server still tries, not yet.
 *
 * @param {boolean} delay
 */
export const acts = (delay) => t(delay ? "who.acts-later" : "who.acts");

/**
 * The role whose steps are shown: the reader's own where the article has
 * steps for it, else the one that acts first.
 *
 * @param {Article} article
 * @param {Role | null} role
 */
export function roleFor(article, role) {
  return role && article.steps[role] ? role : article.who;
}

/**
 * How sure a cause is, in words.
 *
 * @param {Cause} cause
 * @param {Texts} texts
 */
export function sure({ failures }, texts) {
  const { basis, provider } = failures[0].diagnosis;
  const name = provider ? texts.providers[provider]?.[0] : null;
  if (basis !== "provider-text" && basis !== "status") return t(`sure.${basis}`);
  return name ? t(`sure.${basis}`, { provider: name }) : t(`sure.${basis}.unknown`);
}

/**
 * The words that decided, each once.
 *
 * @param {Cause} cause
 */
export function quotes({ failures }) {
  const { reading, diagnosis } = failures[0];
  return diagnosis.evidence
    .map((span) => ({
      reading,
      span,
      text: reading.analysis.sources[span.source]?.text.slice(span.start, span.end) ?? "",
    }))
    .filter(({ text }) => text.trim());
}

/**
 * @param {Cause} cause
 * @param {Article} article
 * @param {Context} context
 */
export function causeCard(cause, article, context) {
  const [{ recipient, diagnosis }] = cause.failures;
  const known = values(cause.failures, list);
  const { name, word, resend } = state(cause);
  const guess = diagnosis.basis === "class" || diagnosis.basis === "registry" ? t(`guess.${diagnosis.basis}`) : null;
  const card = articleCard(cause.article, article, known, context, { name, word, resend, guess });
  card.dataset.status = recipient.status?.value ?? "";
  card.dataset.category = diagnosis.category;
  card.dataset.basis = diagnosis.basis;
  card.dataset.permanent = String(cause.permanent);
  const addresses = cause.failures.map((failure) => address(failure.recipient)).filter((one) => one !== null);
  const grounds = [
    addresses.length > 1 && part("recipients.title", { n: addresses.length }, recipientList(addresses)),
    evidence(cause, context),
  ];
  card.querySelector(".steps")?.after(...grounds.filter((node) => node instanceof Node));
  // Whoever acts needs no note from themselves.
  if (context.later && context.role !== article.who)
    card.querySelector(".who")?.append(" ", note(cause, article, context));
  return card;
}

/**
 * An article without a bounce, or the part of a card that needs none.
 *
 * @param {string} id
 * @param {Article} article
 * @param {Map<string, Value>} known
 * @param {Context} context
 * @param {{ name: string, word: string, resend: string, guess: string | null }} state
 */
export function articleCard(id, article, known, context, { name, word, resend, guess }) {
  const title = `verdict-${id.replace("/", "-")}-${name}`;
  const paragraphs = (/** @type {Inline[][] | undefined} */ all) =>
    all?.map((inlines) => prose(fill(inlines, known), context)) ?? [];
  const items = (/** @type {Inline[][] | undefined} */ all) => paragraphs(all).map((nodes) => el("li", {}, nodes));
  const list = (/** @type {string} */ key, /** @type {Inline[][] | undefined} */ all) =>
    all && all.length > 0 && part(key, {}, el("ul", {}, items(all)));
  const role = roleFor(article, context.role);
  return el(
    "article",
    { class: "cause", "data-error": id, "data-state": name, "aria-labelledby": title },
    el("h2", { class: "verdict", id: title }, name === "delay" && [yet(), " "], article.title),
    el(
      "div",
      { class: "standing" },
      el(
        "p",
        { class: "state" },
        el("strong", {}, el("span", { class: `shape shape-${name}`, "aria-hidden": "true" }), word, "."),
        " ",
        el("span", {}, resend),
        " ",
        guess && el("span", { class: "guess" }, guess),
      ),
      el("p", { class: "who" }, el("strong", {}, t(`who.${article.who}`)), " ", el("span", {}, acts(name === "delay"))),
    ),
    el(
      "div",
      { class: "summary" },
      paragraphs(article.summary).map((nodes) => el("p", {}, nodes)),
    ),
    el(
      "div",
      { class: "steps-head" },
      el("h3", {}, t("steps.title")),
      roleSwitch(`role-${title}`, article, role, context),
    ),
    el(
      "ol",
      { class: "steps" },
      paragraphs(article.steps[role]).map((nodes, n) => step(`${id} ${role} ${n}`, n, nodes, context)),
    ),
    list("causes.title", article.causes),
    list("avoid.title", article.avoid),
    sources(id, article, context.texts),
  );
}

/** That nothing has failed for good, before a title that may sound so. */
const yet = () => el("span", { class: "yet" }, t("verdict.delay"));

/**
 * @param {string} key
 * @param {Record<string, number>} values
 * @param {...(Node | null | false)} children
 */
function part(key, values, ...children) {
  return el("section", { class: "part" }, el("h3", {}, t(key, values)), ...children);
}

/**
 * A step and the box that ticks it off, which its number stands in.
 *
 * @param {string} key
 * @param {number} n
 * @param {Node[]} nodes
 * @param {Context} context
 */
function step(key, n, nodes, { ticked }) {
  const box = el("input", {
    type: "checkbox",
    class: "tick",
    "aria-label": t("steps.done", { n: n + 1 }),
    checked: ticked.has(key),
    onchange: () => (box.checked ? ticked.add(key) : ticked.delete(key)),
  });
  return el("li", {}, box, nodes);
}

/**
 * @param {Cause} cause
 * @param {Article} article
 * @param {Context} context
 */
function note(cause, article, { later, texts, copy, say }) {
  const button = el("button", { type: "button", class: "plain", "data-copy": "note" }, t("note.copy"));
  button.addEventListener("click", async () => {
    if (later && (await copy(later.noteOf(cause, texts)))) {
      button.textContent = t("note.copied");
      say(t("note.done", { who: t(`role.${article.who}`) }));
    }
  });
  return button;
}

/**
 * @param {string} name
 * @param {Article} article
 * @param {Role} chosen
 * @param {Context} context
 */
function roleSwitch(name, article, chosen, { choose }) {
  const roles = ROLES.filter((role) => article.steps[role]);
  return el(
    "fieldset",
    { class: "roles" },
    el("legend", {}, t("steps.as")),
    roles.map((role) =>
      el(
        "label",
        {},
        el("input", {
          type: "radio",
          name,
          value: role,
          checked: role === chosen,
          onchange: () => choose(role),
        }),
        el("span", {}, t(`role.${role}`)),
      ),
    ),
  );
}

/**
 * Pieces of running text, and commands as blocks of their own.
 *
 * @param {Piece[]} pieces
 * @param {Context} context
 * @returns {Node[]}
 */
function prose(pieces, context) {
  return pieces.map((piece) => {
    switch (piece.kind) {
      case "strong":
        return el("strong", {}, piece.text);
      case "code":
        return el("code", {}, piece.text);
      case "link":
        return outside(piece.href, piece.text);
      case "value":
        return el("span", { class: "value" }, named(piece.text));
      case "command":
        return command(piece.text, context);
      default:
        return document.createTextNode(piece.text);
    }
  });
}

/**
 * @param {string} text
 * @param {Context} context
 */
function command(text, { copy }) {
  const button = el(
    "button",
    { type: "button", class: "copy", "aria-label": t("command.copy-label", { command: text }) },
    t("command.copy"),
  );
  button.addEventListener("click", async () => {
    if (await copy(text)) button.textContent = t("command.copied");
  });
  return el("div", { class: "command" }, el("pre", { dir: "ltr" }, el("code", {}, text)), button);
}

/**
 * @param {Cause} cause
 * @param {Context} context
 */
function evidence(cause, { texts, locate }) {
  const found = quotes(cause);
  return part(
    found.length > 0 ? "evidence.title" : "sure.title",
    {},
    ...found.map(({ reading, span, text }) =>
      el(
        "figure",
        { class: "evidence" },
        el("blockquote", {}, el("mark", { dir: "auto" }, foreign(text))),
        el("button", { type: "button", class: "plain", onclick: () => locate(reading, span) }, t("evidence.show")),
      ),
    ),
    el("p", { class: "sure" }, sure(cause, texts)),
  );
}

/**
 * The first few recipients, and the others behind one click.
 *
 * @param {string[]} addresses
 */
export function recipientList(addresses) {
  if (addresses.length === 0) return null;
  const items = addresses.map((one) => el("li", {}, named(one)));
  const rest = items.splice(NAMED);
  return el(
    "div",
    {},
    el("ul", { class: "recipients" }, items),
    rest.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, t("recipients.all", { n: addresses.length })),
        el("ul", { class: "recipients" }, rest),
      ),
  );
}

/**
 * @param {string} id
 * @param {Article} article
 * @param {Texts} texts
 */
function sources(id, article, texts) {
  const related = (article.related ?? []).filter((other) => texts.articles[other]);
  return [
    related.length > 0 &&
      part(
        "related.title",
        {},
        el(
          "ul",
          { class: "links" },
          related.map((other) => el("li", {}, el("a", { href: `#/e/${other}` }, texts.articles[other].title))),
        ),
      ),
    part(
      "sources.title",
      {},
      el(
        "ul",
        { class: "links" },
        article.sources.map((href) => el("li", {}, outside(href, ...breakable(href)))),
      ),
      el("p", { class: "note" }, t("sources.reviewed", { date: day(article.reviewed) })),
      el("p", { class: "note permalink" }, el("a", { href: `#/e/${id}` }, t("permalink")), ". ", t("permalink.note")),
    ),
  ].filter((node) => node instanceof Node);
}

/**
 * An address that may break after its slashes and dashes.
 *
 * @param {string} href
 */
function breakable(href) {
  return href
    .replace(/^https:\/\//, "")
    .split(/(?<=[/-])/)
    .flatMap((part) => [document.createTextNode(part), document.createElement("wbr")]);
}
