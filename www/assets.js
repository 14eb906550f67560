/**
 * Everything that the page loads after itself. The single file has a module
 * of its own in this one's place, which unpacks the same things from
 * the document.
 *
 * @typedef {import("./types.d.ts").Texts} Texts
 * @typedef {import("./types.d.ts").Bounces} Bounces
 */

/** @param {string} path */
async function get(path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/** @returns {Promise<WebAssembly.Module>} */
export async function loadWasm() {
  return WebAssembly.compile(await (await get("wasm/bounce_analyzer_bg.wasm")).arrayBuffer());
}

/** The rules by which the engine recognises errors, as it takes them. */
export async function loadRules() {
  return (await get("wasm/rules.txt")).text();
}

/** The text of the worker: the engine's glue and what answers to messages. */
export async function loadWorker() {
  const texts = await Promise.all(
    ["wasm/bounce_analyzer.js", "worker.js"].map(async (path) => (await get(path)).text()),
  );
  return texts.join("\n");
}

/**
 * @param {string} language
 * @returns {Promise<Texts>}
 */
export async function loadTexts(language) {
  return (await get(`texts/${language}.json`)).json();
}

/** @returns {Promise<Bounces>} */
export async function loadBounces() {
  return (await get("texts/bounces.json")).json();
}
