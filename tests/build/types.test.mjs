// What the core really hands over, against the types that the page is checked with.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runInThisContext } from "node:vm";

const FOLDER = "target/types";

/** The core, run as the worker runs it. */
async function core() {
  const glue = await readFile("dist/wasm/bounce_analyzer.js", "utf8");
  const engine = runInThisContext(`${glue}; wasm_bindgen`);
  engine.initSync({ module: await readFile("dist/wasm/bounce_analyzer_bg.wasm") });
  engine.load_rules(await readFile("dist/wasm/rules.txt", "utf8"));
  return engine;
}

/** The example bounces of every article. */
async function examples() {
  const found = [];
  for (const name of await readdir("src/errors", { recursive: true })) {
    if (!name.endsWith(".md")) continue;
    const text = await readFile(join("src/errors", name), "utf8");
    const part = text.split(/^# examples$/m)[1] ?? "";
    found.push(...[...part.matchAll(/^```text\n([\s\S]*?)^```/gm)].map((block) => block[1]));
  }
  return found;
}

test("the analyses, records and texts have the types that the page relies on", async () => {
  const engine = await core();
  const inputs = ["", "hello", ...(await examples())];
  assert.ok(inputs.length > 2);
  const [analyses, records] = ["analyze", "records"].map((call) => {
    const seen = new Set();
    for (const input of inputs) {
      const value = engine[call](new TextEncoder().encode(input), "example");
      // Only the shape matters: one of a kind is enough.
      seen.add(
        JSON.stringify(value, (key, inner) =>
          typeof inner === "string" && /^(text|value|diagnostic|address)$/.test(key) ? "x" : inner,
        ),
      );
    }
    return [...seen].slice(0, 400);
  });
  const languages = (await readdir("dist/texts")).filter((name) => name !== "bounces.json");
  const bounces = await readFile("dist/texts/bounces.json", "utf8");
  const texts = await Promise.all(languages.map((name) => readFile(join("dist/texts", name), "utf8")));
  await mkdir(FOLDER, { recursive: true });
  await writeFile(
    join(FOLDER, "real.ts"),
    `import type { Analysis, Bounces, MessageRecord, Texts } from "../../src/wasm.d.ts";\n` +
      `export const analyses: Analysis[] = [\n${analyses.join(",\n")}\n];\n` +
      `export const records: MessageRecord[][] = [\n${records.join(",\n")}\n];\n` +
      `export const bounces: Bounces = ${bounces};\n` +
      `export const texts: Texts[] = [\n${texts.join(",\n")}\n];\n`,
  );
  const options = [
    "--noEmit",
    "--strict",
    "--ignoreConfig",
    "--module",
    "nodenext",
    "--types",
    "",
    "--allowImportingTsExtensions",
  ];
  const { status, stdout } = spawnSync("node_modules/.bin/tsc", [...options, join(FOLDER, "real.ts")], {
    encoding: "utf8",
  });
  assert.equal(status, 0, `src/wasm.d.ts is not what the core gives:\n${stdout.slice(0, 1500)}`);
});
