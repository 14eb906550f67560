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
    return;
  }
  const { job, call, content, name, redacted } = data;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const answer =
    call === "records" ? wasm_bindgen.records(bytes, name, redacted) : wasm_bindgen.analyze(bytes, redacted);
  postMessage({ job, answer });
});
