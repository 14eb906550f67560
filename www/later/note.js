/**
 * A note to whoever has to act, ready to be pasted into a mail: what is
 * wrong, the steps, and what they need to find the message. It names the
 * recipient and the message, or nobody could act on it; what the reader's own
 * servers are called and what the message was about is left out.
 *
 * @typedef {import("../types.d.ts").Cause} Cause
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Inline} Inline
 */

import { fill, values } from "../advice.js";
import { address } from "../causes.js";
import { list, t } from "../i18n.js";
import { quotes, sure, titleOf } from "../view/answer.js";
import { ofRecipient, ofReturned } from "../view/facts.js";
import { spelled } from "../visible.js";
import { items, noFormula, TEXT } from "./export.js";

/** What it takes to find the message in a log, and no more. */
const NEEDED = new Set(["recipient", "status", "remote-mta", "arrival", "last-attempt", "date", "message-id"]);
/** How many recipients are named before "and n more". */
const NAMED = 5;

/**
 * @param {Cause} cause
 * @param {Texts} texts
 */
export function noteOf(cause, texts) {
  const article = texts.articles[cause.article];
  const title = titleOf(cause.delay, article);
  const [{ report, recipient }] = cause.failures;
  const known = values(cause.failures, list);
  const line = (/** @type {Inline[]} */ inlines) => fill(inlines, known).map(TEXT.piece).join("").trim();
  const named = cause.failures.map((failure) => address(failure.recipient)).filter((one) => one !== null);
  const to = list(
    named.slice(0, NAMED).map((one) => noFormula(spelled(one))),
    Math.max(0, named.length - NAMED),
  );
  const key = `note.${article.who}`;
  // The articles speak to the sender.
  const own = article.who.startsWith("sender");
  const facts = [...ofRecipient(report, recipient), ...ofReturned(report)].filter(({ name }) => NEEDED.has(name));
  return `${[
    t("note.greeting"),
    to ? t(key, { recipient: to }) : t(`${key}.unnamed`),
    own ? [`${title}.`, ...article.summary.map(line)].join(" ") : t("note.explained", { title }),
    `${t("note.steps")}\n${items((article.steps[article.who] ?? []).map(line), (n) => `${n + 1}.`)}`,
    `${t("note.said")}\n${quotes(cause)
      .map(({ text }) => TEXT.quote(spelled(text)))
      .join("\n")}`,
    sure(cause, texts),
    facts.map(({ name, value }) => TEXT.fact(t(`fact.${name}`), spelled(value))).join("\n"),
    article.sources.join("\n"),
    t("note.thanks"),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}
