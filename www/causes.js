/**
 * Readings to causes: the recipients that failed for the same reason, once.
 *
 * @typedef {import("./types.d.ts").Reading} Reading
 * @typedef {import("./types.d.ts").Report} Report
 * @typedef {import("./types.d.ts").PerRecipient} PerRecipient
 * @typedef {import("./types.d.ts").Cause} Cause
 */

/**
 * The distinct causes in the order in which they are first told.
 *
 * @param {Reading[]} readings
 * @returns {Cause[]}
 */
export function causes(readings) {
  /** @type {Map<string, Cause>} */
  const found = new Map();
  for (const reading of readings) {
    for (const report of reading.analysis.reports) {
      for (const recipient of report.per_recipient) {
        const diagnosis = recipient.diagnosis;
        if (!diagnosis) continue;
        const delay = report.kind === "delay" || recipient.action === "delayed";
        const { article, permanent } = diagnosis;
        const key = `${article} ${permanent} ${delay}`;
        const cause = found.get(key) ?? { article, permanent, delay, failures: [] };
        cause.failures.push({ reading, report, recipient, diagnosis });
        found.set(key, cause);
      }
    }
  }
  return [...found.values()];
}

/**
 * Those of the causes that there are texts for.
 *
 * @param {Reading[]} readings
 * @param {import("./types.d.ts").Texts} texts
 */
export function explained(readings, texts) {
  return causes(readings).filter(({ article }) => texts.articles[article]);
}

/**
 * The messages that report no failure.
 *
 * @param {Reading[]} readings
 * @returns {{ reading: Reading, report: Report }[]}
 */
export function others(readings) {
  return readings.flatMap((reading) =>
    reading.analysis.reports
      .filter((report) => !report.per_recipient.some((recipient) => recipient.diagnosis))
      .map((report) => ({ reading, report })),
  );
}

/**
 * The address of a recipient, or null when nothing names one.
 *
 * @param {PerRecipient} recipient
 */
export function address(recipient) {
  return (recipient.final_recipient ?? recipient.original_recipient)?.value ?? null;
}
