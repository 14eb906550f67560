/**
 * The facts of a failure: what was read, word for word, and where.
 *
 * @typedef {import("../types.d.ts").Failure} Failure
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Report} Report
 * @typedef {import("../types.d.ts").PerRecipient} PerRecipient
 * @typedef {import("../types.d.ts").Span} Span
 *
 * @typedef {object} Fact
 * @property {string} name A key of the locales: `fact.<name>`.
 * @property {string} value
 * @property {Span} span
 * @property {"date" | "host" | "text"} kind
 *
 * @typedef {(reading: Reading, span: Span) => void} Locate
 */

import { moment, t } from "../i18n.js";
import { el, foreign, named } from "./dom.js";

/** @type {(name: string, field: { value: string | number, span: Span } | null | undefined, kind?: Fact["kind"]) => Fact | null} */
const fact = (name, field, kind = "text") =>
  field ? { name, value: String(field.value), span: field.span, kind } : null;

/** @type {(facts: (Fact | null)[]) => Fact[]} */
const known = (facts) => facts.filter((fact) => fact !== null);

/**
 * What was said about one recipient.
 *
 * @param {Report} report
 * @param {PerRecipient} recipient
 */
export function ofRecipient(report, recipient) {
  const { final_recipient, original_recipient } = recipient;
  const same = final_recipient?.value.toLowerCase() === original_recipient?.value.toLowerCase();
  return known([
    fact("recipient", final_recipient ?? original_recipient, "host"),
    fact("original-recipient", final_recipient && !same ? original_recipient : null, "host"),
    fact("reply", recipient.reply_code),
    fact("status", recipient.status),
    fact("diagnostic", recipient.diagnostic_code),
    fact("command", recipient.command),
    fact("remote-mta", recipient.remote_mta, "host"),
    fact("reporting-mta", report.per_message.reporting_mta, "host"),
    fact("received-from-mta", report.per_message.received_from_mta, "host"),
    fact("arrival", report.per_message.arrival_date, "date"),
    fact("last-attempt", recipient.last_attempt_date, "date"),
    fact("retry-until", recipient.will_retry_until, "date"),
    fact("queue-id", report.per_message.queue_id),
    fact("envelope-id", report.per_message.original_envelope_id),
  ]);
}

/**
 * What the report shows of the message that came back.
 *
 * @param {Report} report
 */
export function ofReturned({ returned }) {
  return known([
    fact("subject", returned.subject),
    fact("from", returned.from, "host"),
    fact("to", returned.to, "host"),
    fact("date", returned.date, "date"),
    fact("message-id", returned.message_id),
  ]);
}

/**
 * A value that leads to where it stands.
 *
 * @param {Node} value
 * @param {() => void} onclick
 */
export function located(value, onclick) {
  return el("button", { type: "button", class: "locate", title: t("fact.locate"), onclick }, value);
}

/**
 * @param {Fact[]} facts
 * @param {Reading} reading
 * @param {Locate} locate
 */
export function factList(facts, reading, locate) {
  return el(
    "dl",
    { class: "facts" },
    facts.flatMap(({ name, value, span, kind }) => {
      const local = kind === "date" ? moment(value) : null;
      return [
        el("dt", {}, t(`fact.${name}`)),
        el(
          "dd",
          {},
          located(kind === "host" ? named(value) : foreign(value), () => locate(reading, span)),
          local && el("span", { class: "aside-note" }, local),
        ),
      ];
    }),
  );
}
