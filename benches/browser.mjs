/*
 * How fast the fixtures are read in the browser, against the same core built
 * natively, in one run; and how long the core takes to start.
 *
 *   ./build.sh && node benches/browser.mjs
 */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { CHROMIUM } from "../tests/page/browser.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = process.env.CORE ?? `${root}target/site/core`;
const rules = process.env.RULES ?? `${built}/rules.txt`;
const ROUNDS = 15;

const folder = `${root}tests/bounces`;
const messages = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".eml"))
  .map((name) => [...readFileSync(`${folder}/${name}`)]);

const browser = await chromium.launch(CHROMIUM);
const page = await browser.newPage();
const { start, first, pass } = await page.evaluate(
  async ({ glue, wasm, rules, messages, rounds }) => {
    const core = new Function(`${glue}; return wasm_bindgen;`)();
    const module = await WebAssembly.compile(new Uint8Array(wasm));
    core.initSync({ module });
    const since = performance.now();
    core.load_rules(rules);
    const read = performance.now();
    core.analyze(new TextEncoder().encode("550 5.0.0"), false);
    const answered = performance.now();
    const inputs = messages.map((bytes) => new Uint8Array(bytes));
    let pass = Infinity;
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      for (const bytes of inputs) core.analyze(bytes, false);
      pass = Math.min(pass, performance.now() - from);
    }
    return { start: read - since, first: answered - read, pass };
  },
  {
    glue: readFileSync(`${built}/bounce_analyzer.js`, "utf8"),
    wasm: [...readFileSync(`${built}/bounce_analyzer_bg.wasm`)],
    rules: readFileSync(rules, "utf8"),
    messages,
    rounds: ROUNDS,
  },
);
await browser.close();

const native = execFileSync("cargo", ["bench", "--quiet", "--bench", "read"], { cwd: root, encoding: "utf8" });
console.log(native.trim());
const analyze = Number(/analyze .* ([\d.]+) ms a pass/.exec(native)?.[1]);
console.log(`wasm: ${pass.toFixed(1)} ms a pass of ${messages.length} messages, ${(pass / analyze).toFixed(1)} x native`);
console.log(`start in the browser: ${start.toFixed(1)} ms to read the rules, ${first.toFixed(1)} ms for the first answer`);
