/**
 * What is no bounce, and what went wrong in the reading, said as it is.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Report} Report
 */

import { address } from "../causes.js";
import { has, t } from "../i18n.js";
import { el, foreign } from "./dom.js";

/**
 * The name under which the locales speak of a message: `kind.<name>`.
 *
 * @param {Reading} reading
 * @param {Report} report
 */
export function kindOf({ analysis }, report) {
  if (analysis.input === "empty") return "empty";
  return has(`kind.${report.kind}`) ? report.kind : "other";
}

/**
 * @param {Reading} reading
 * @param {Report} report
 * @param {number} n Its place on the page.
 */
export function otherCard(reading, report, n) {
  const kind = kindOf(reading, report);
  const named = kind === "delivered" ? report.per_recipient.map(address).filter((one) => one !== null) : [];
  return el(
    "section",
    { class: "other", "data-kind": kind, "aria-labelledby": `other-${n}` },
    el("h2", { class: "verdict", id: `other-${n}` }, t(`kind.${kind}`)),
    el("p", {}, t(`kind.${kind}.text`)),
    named.length > 0 &&
      el(
        "ul",
        { class: "recipients" },
        named.map((one) => el("li", {}, foreign(one))),
      ),
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
