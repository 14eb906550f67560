// What a first visit costs, and whether that is within the budget.
//
//   node build/sizes.mjs [folder]

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { argv, exit } from "node:process";
import { brotliCompressSync, constants } from "node:zlib";

const folder = argv[2] ?? "dist";
/** What the page never asks for by itself. */
const APART =
  /^(_headers|robots\.txt|sitemap\.xml|bounce-analyzer\.html.*|reference\.css|sw\.js|icons\/.*\.png|[a-z]{2}\/.*)$/;
/**
 * What it loads when it is idle, before it cuts itself off: the other
 * languages, and the scripts that the first answer does not need.
 */
const IDLE = /^((texts|locales)\/(?!en\.).*|later\/.*)$/;

/** In units of 1,000 bytes, each file compressed by itself, as it travels. */
const BUDGET = [
  { what: "wasm", limit: 220, has: /\.wasm$/ },
  { what: "rules and texts", limit: 180, has: /^texts\/|rules\.txt$/ },
  { what: "scripts", limit: 35, has: /\.js$/ },
  { what: "styles", limit: 10, has: /\.css$/ },
  { what: "page, icons, manifest", limit: 20, has: /(?<!\.wasm|\.js|\.css|rules\.txt|^texts\/.*)$/ },
  { what: "first load", limit: 450, has: /./ },
];
/** The other language's texts may weigh as much as the first one's. */
const LATER = 250;
const SINGLE = { name: "bounce-analyzer.html", limit: 1200 };

const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((item) => item.isFile())
  .map((item) => relative(folder, join(item.parentPath, item.name)))
  .filter((name) => !APART.test(name));
const sizes = new Map();
for (const name of files) sizes.set(name, brotli(await readFile(join(folder, name))));

let over = 0;
console.log(`${"".padEnd(24)}${"KB brotli".padStart(10)}${"budget".padStart(8)}`);
for (const { what, limit, has } of BUDGET) {
  let bytes = 0;
  for (const [name, size] of sizes) if (has.test(name) && !IDLE.test(name)) bytes += size;
  line(what, bytes, limit);
}
let later = 0;
for (const [name, size] of sizes) if (IDLE.test(name)) later += size;
line("later, when idle", later, LATER);
line("single file, as it is", (await readFile(join(folder, SINGLE.name))).length, SINGLE.limit);
if (over > 0) {
  console.error("over the size budget: make it smaller, or change the budget in build/sizes.mjs with a reason");
  exit(1);
}

/**
 * @param {string} what
 * @param {number} bytes
 * @param {number} limit in units of 1,000 bytes
 */
function line(what, bytes, limit) {
  const fits = bytes <= limit * 1000;
  if (!fits) over += 1;
  const kb = (bytes / 1000).toFixed(1);
  console.log(`${what.padEnd(24)}${kb.padStart(10)}${String(limit).padStart(8)}${fits ? "" : "  OVER"}`);
}

/** @param {Uint8Array} bytes */
function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
}
