/**
 * What is no bounce, and what went wrong in the reading, said as it is.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Report} Report
 * @typedef {{ reading: Reading, report: Report }} Message
 */

import { address } from "../causes.js";
import { has, t } from "../i18n.js";
import { recipientList } from "./answer.js";
import { el } from "./dom.js";

/**
 * Messages by the name under which the locales speak of them: `kind.<name>`.
 *
 * @param {Message[]} messages
 */
export function kinds(messages) {
  /** @type {Map<string, Message[]>} */
  const found = new Map();
  for (const message of messages) {
    const { reading, report } = message;
    const kind = reading.analysis.input === "empty" ? "empty" : has(`kind.${report.kind}`) ? report.kind : "other";
    const same = found.get(kind);
    if (same) same.push(message);
    else found.set(kind, [message]);
  }
  return [...found].map(([kind, messages]) => ({ kind, messages }));
}

/** @param {ReturnType<typeof kinds>[number]} group */
export function otherCard({ kind, messages }) {
  const named =
    kind === "delivered"
      ? messages.flatMap(({ report }) => report.per_recipient.map(address).filter((one) => one !== null))
      : [];
  return el(
    "section",
    { class: "other", "data-kind": kind, "aria-labelledby": `other-${kind}` },
    el("h2", { class: "verdict", id: `other-${kind}` }, t(`kind.${kind}`)),
    messages.length > 1 && el("p", { class: "count" }, t("overview.messages", { n: messages.length })),
    el("p", {}, t(`kind.${kind}.text`)),
    recipientList(named),
  );
}

/** @param {Reading[]} readings */
export function problems(readings) {
  const codes = new Set(readings.flatMap(({ analysis }) => analysis.problems.map(({ code }) => code)));
  codes.delete("empty");
  if (codes.size === 0) return null;
  const say = (/** @type {string} */ code) =>
    has(`problem.${code}`) ? t(`problem.${code}`) : t("problem.other", { code });
  return el(
    "section",
    { class: "part problems" },
    el("h3", {}, t("problems.title")),
    el(
      "ul",
      {},
      [...codes].map((code) => el("li", {}, say(code))),
    ),
  );
}
