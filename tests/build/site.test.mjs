// What stands in dist/.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { cwd, env } from "node:process";
import { test } from "node:test";

const files = (await readdir("dist", { recursive: true, withFileTypes: true }))
  .filter((item) => item.isFile())
  .map((item) => join(item.parentPath, item.name));

test("no file tells where it was built", async () => {
  const places = [homedir(), cwd(), env.CARGO_HOME, "/rustc-", "/registry/src/", ".cargo"].filter(
    (place) => place !== undefined && place.length > 1,
  );
  for (const file of files) {
    const bytes = await readFile(file);
    for (const place of places) assert.equal(bytes.indexOf(`${place}`), -1, `${file} holds ${place}`);
  }
});

test("the core holds code and data only, and a browser takes it", async () => {
  const bytes = await readFile("dist/wasm/bounce_analyzer_bg.wasm");
  const module = await WebAssembly.compile(bytes);
  for (const section of ["name", "producers", "target_features", ".debug_info"]) {
    assert.equal(WebAssembly.Module.customSections(module, section).length, 0, section);
  }
  const wanted = new Set(WebAssembly.Module.imports(module).map(({ module }) => module));
  assert.equal(wanted.size, 1, "imports from its glue only");
});

test("the service worker keeps every file that the page needs, each once, by its bytes", async () => {
  const text = await readFile("dist/sw.js", "utf8");
  assert.match(text, /^const VERSION = "[0-9a-f]{16}";$/m);
  /** @type {[string, string][]} */
  const list = JSON.parse(text.match(/^const FILES = (.*);$/m)?.[1] ?? "[]");
  for (const [name, integrity] of list) {
    const bytes = await readFile(join("dist", name === "./" ? "index.html" : name));
    assert.equal(integrity, `sha256-${createHash("sha256").update(bytes).digest("base64")}`, name);
  }
  // Pages of the reference are read without a network in the page itself.
  const wanted = files
    .map((file) => file.slice("dist/".length))
    .filter(
      (name) =>
        !/^(_headers|sw\.js|robots\.txt|sitemap\.xml|bounce-analyzer\.html.*|reference\.css|(en|es)\/.*)$/.test(name),
    )
    .map((name) => (name === "index.html" ? "./" : `./${name}`));
  assert.deepEqual(list.map(([name]) => name).toSorted(), wanted.toSorted());
  assert.ok(wanted.includes("./wasm/bounce_analyzer_bg.wasm"));
});

test("every file that a script or the page names is there", async () => {
  const page = await readFile("dist/index.html", "utf8");
  const named = [...page.matchAll(/\b(?:href|src)="(?!https:|#|data:)([^"?]*)(?:\?[^"]*)?"/g)].map((found) => [
    "dist",
    found[1],
  ]);
  for (const file of files.filter((file) => file.endsWith(".js"))) {
    const text = await readFile(file, "utf8");
    for (const found of text.matchAll(/^(?:import|export)\b[^;]*?"(\.[^"]*)";$/gm))
      named.push([join(file, ".."), found[1]]);
  }
  assert.ok(named.length > 5);
  for (const [from, name] of named) await stat(join(from, name === "./" ? "index.html" : name));
});

test("nothing of what the first answer does without is loaded with it", async () => {
  const loaded = new Set(["app.js"]);
  for (const name of loaded) {
    const text = await readFile(join("dist", name), "utf8");
    for (const [, path] of text.matchAll(/^(?:import|export)\b[^;]*? from "(\.[^"]+)";$/gm)) {
      loaded.add(join(name, "..", path));
    }
  }
  assert.ok(loaded.has("view/answer.js"), "the modules of the page are found");
  assert.deepEqual(
    [...loaded].filter((name) => name.startsWith("later/")),
    [],
  );
});
