/*
 * The worker's side of engine.js. This text follows the engine's glue in one
 * blob; the compiled module and the rules arrive as the first message, because by then the
 * page's policy lets nothing be fetched any more.
 *
 * A trap leaves here as an error event: the instance is dead then.
 */

addEventListener("message", ({ data }) => {
  if (data.module) {
    wasm_bindgen.initSync({ module: data.module });
    wasm_bindgen.load_rules(data.rules);
    // The first answer builds the tables of phrases: better before anybody waits for one.
    wasm_bindgen.analyze(new TextEncoder().encode("550 5.0.0"), false);
    // What the browser reads up on for the first number or list in a language, the page need not wait for then.
    for (const language of data.languages) {
      new Intl.NumberFormat(language).format(1);
      new Intl.ListFormat(language).format(["1", "2"]);
      new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format();
    }
    return;
  }
  const { job, call, content, name, redacted } = data;
  // The core takes nothing but bytes: whatever else comes is read as its text.
  const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(content);
  if (call === "records") hand(job, wasm_bindgen.records(bytes, String(name), redacted), null);
  else {
    const { reports, ...rest } = wasm_bindgen.analyze(bytes, redacted);
    hand(
      job,
      reports.flatMap(({ per_recipient, ...report }) => [{ ...report, per_recipient: [] }, ...per_recipient]),
      rest,
    );
  }
});

/** So many reports and recipients go over at once: while the page takes some, it can do nothing else. */
const AT_ONCE = 50;

/**
 * Hands an answer over, piece by piece.
 *
 * @param {number} job
 * @param {object[]} items The reports of an analysis, each followed by its recipients; or records.
 * @param {object | null} rest Of an analysis, what else belongs to it.
 */
function hand(job, items, rest) {
  for (let at = 0; at < items.length; at += AT_ONCE) postMessage({ job, items: items.slice(at, at + AT_ONCE) });
  postMessage({ job, rest });
}
