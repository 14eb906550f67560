/**
 * What stands in the place of `assets.js` in the single file: the same things,
 * unpacked from blocks of the document itself.
 *
 * @typedef {import("./types.d.ts").Texts} Texts
 * @typedef {import("./types.d.ts").Bounces} Bounces
 */

/**
 * The bytes of a block: base64 of gzip.
 *
 * @param {string} name
 */
function unpacked(name) {
  const block = document.getElementById(`asset:${name}`)?.textContent;
  if (!block) throw new Error(`${name} is missing`);
  const bytes = Uint8Array.from(atob(block.trim()), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/** @returns {Promise<WebAssembly.Module>} */
export async function loadWasm() {
  return WebAssembly.compile(await unpacked("wasm/bounce_analyzer_bg.wasm").arrayBuffer());
}

/** The rules by which the engine recognises errors, as it takes them. */
export async function loadRules() {
  return unpacked("wasm/rules.txt").text();
}

/** The text of the worker: the engine's glue and what answers to messages. */
export async function loadWorker() {
  const texts = await Promise.all(["wasm/bounce_analyzer.js", "worker.js"].map((name) => unpacked(name).text()));
  return texts.join("\n");
}

/**
 * @param {string} language
 * @returns {Promise<Texts>}
 */
export async function loadTexts(language) {
  return unpacked(`texts/${language}.json`).json();
}

/** @returns {Promise<Bounces>} */
export async function loadBounces() {
  return unpacked("texts/bounces.json").json();
}
