/**
 * An answer to text that can be pasted into a ticket: Markdown or plain text.
 *
 * What a mail says stays words wherever it is pasted: in Markdown it stands in
 * code, where no link, picture or name is made of it; in plain text on a line
 * that a table does not take for a formula.
 *
 * @typedef {import("../types.d.ts").Cause} Cause
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Report} Report
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Role} Role
 * @typedef {import("../types.d.ts").Piece} Piece
 *
 * @typedef {object} Answer
 * @property {Cause[]} causes
 * @property {{ reading: Reading, report: Report }[]} others
 * @property {Texts} texts
 * @property {Role | null} role
 */

import { fill, values } from "../advice.js";
import { address } from "../causes.js";
import { day, list, t } from "../i18n.js";
import { acts, quotes, roleFor, state, sure, titleOf } from "../view/answer.js";
import { ofRecipient, ofReturned } from "../view/facts.js";
import { kinds } from "../view/others.js";
import { spelled } from "../visible.js";

/**
 * How a form of text writes its parts.
 *
 * @typedef {object} Form
 * @property {(text: string) => string} title
 * @property {(text: string) => string} heading
 * @property {(text: string) => string} plain
 * @property {(piece: Piece) => string} piece
 * @property {(text: string) => string} quote Words of the mail, as all below.
 * @property {(text: string) => string} entry One of a list.
 * @property {(name: string, value: string) => string} fact
 */

/** @type {Form} */
const MARKDOWN = {
  title: (text) => `# ${text}`,
  heading: (text) => `## ${text}`,
  plain: escaped,
  piece(piece) {
    switch (piece.kind) {
      case "strong":
        return `**${escaped(piece.text)}**`;
      case "code":
        return code(piece.text);
      case "value":
        return code(spelled(piece.text));
      case "link":
        return `[${escaped(piece.text)}](${piece.href})`;
      case "command":
        return `\n\n${fenced(piece.text, piece.shell)}`;
      default:
        return escaped(piece.text);
    }
  },
  quote: indented,
  entry: (text) => `- ${code(text)}`,
  fact: (name, value) => `- ${name}: ${code(value)}`,
};

/** @type {Form} */
export const TEXT = {
  title: (text) => text.toUpperCase(),
  heading: (text) => `${text}\n${"-".repeat(text.length)}`,
  plain: (text) => text,
  piece(piece) {
    if (piece.kind === "link") return `${piece.text} (${piece.href})`;
    if (piece.kind === "command") return `\n${indented(piece.text)}`;
    return piece.kind === "value" ? noFormula(spelled(piece.text)) : piece.text;
  },
  quote: indented,
  entry: (text) => indented(noFormula(text)),
  fact: (name, value) => `${name}: ${oneLine(value)}`,
};

/** @param {Answer} answer */
export const markdown = (answer) => write(answer, MARKDOWN);

/** @param {Answer} answer */
export const plainText = (answer) => write(answer, TEXT);

/**
 * @param {Answer} answer
 * @param {Form} form
 */
function write({ causes, others, texts, role }, form) {
  const parts = [
    ...causes.flatMap((cause) => ofCause(cause, texts, role, form)),
    ...kinds(others).flatMap(({ kind, messages }) => [
      form.title(t(`kind.${kind}`)),
      messages.length > 1 ? form.plain(t("overview.messages", { n: messages.length })) : "",
      form.plain(t(`kind.${kind}.text`)),
    ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/**
 * @param {Cause} cause
 * @param {Texts} texts
 * @param {Role | null} role
 * @param {Form} form
 */
function ofCause(cause, texts, role, form) {
  const article = texts.articles[cause.article];
  if (!article) return [];
  const [{ report, recipient }] = cause.failures;
  const known = values(cause.failures, list);
  const line = (/** @type {import("../types.d.ts").Inline[]} */ inlines) =>
    fill(inlines, known).map(form.piece).join("").trim();
  const actor = roleFor(article, role);
  const { word, resend } = state(cause);
  const named = cause.failures.map(({ recipient }) => address(recipient)).filter((one) => one !== null);
  const fact = (/** @type {{ name: string, value: string }} */ { name, value }) =>
    form.fact(t(`fact.${name}`), spelled(value));
  return [
    form.title(titleOf(cause.delay, article)),
    form.plain(`${word}. ${resend}`),
    form.plain(`${t(`who.${article.who}`)} ${acts(cause.delay)}.`),
    ...article.summary.map(line),
    form.heading(`${t("steps.title")}: ${t(`role.${actor}`)}`),
    items((article.steps[actor] ?? []).map(line), (n) => `${n + 1}.`),
    form.heading(t("evidence.title")),
    ...quotes(cause).map(({ text }) => form.quote(spelled(text))),
    form.plain(sure(cause, texts)),
    ...(named.length > 1
      ? [
          form.heading(t("recipients.title", { n: named.length })),
          named.map((one) => form.entry(spelled(one))).join("\n"),
        ]
      : []),
    ...(article.causes?.length ? [form.heading(t("causes.title")), items(article.causes.map(line), () => "-")] : []),
    ...(article.avoid?.length ? [form.heading(t("avoid.title")), items(article.avoid.map(line), () => "-")] : []),
    form.heading(t("facts.title")),
    [...ofRecipient(report, recipient), ...ofReturned(report)].map(fact).join("\n"),
    form.heading(t("sources.title")),
    [...article.sources.map((href) => `- ${href}`), `- ${t("sources.reviewed", { date: day(article.reviewed) })}`].join(
      "\n",
    ),
  ];
}

/**
 * A list, each item's further lines set in under its first.
 *
 * @param {string[]} all
 * @param {(n: number) => string} mark
 */
export function items(all, mark) {
  return all
    .map((text, n) => `${mark(n)} ${text.replace(/[ \t]*\n(?=[^\n])/g, `\n${" ".repeat(mark(n).length + 1)}`)}`)
    .join("\n");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\`*_[\]<|~]|^[#>+-]/gm, "\\$&");
}

/** @param {string} text */
function code(text) {
  const plain = oneLine(text);
  const ticks = "`".repeat(longestRun(plain) + 1);
  const space = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return `${ticks}${space}${plain}${space}${ticks}`;
}

/**
 * @param {string} text
 * @param {string} shell
 */
function fenced(text, shell) {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${shell}\n${text}\n${ticks}`;
}

/** @param {string} text */
function longestRun(text) {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** @param {string} text */
export function indented(text) {
  return text.replace(/^/gm, "    ");
}

/** @param {string} text */
export function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Words of a mail that may begin a line: no table takes them for a formula.
 *
 * @param {string} text
 */
export function noFormula(text) {
  return oneLine(text).replace(/^[=+@-]/, "'$&");
}
