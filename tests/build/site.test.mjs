// What stands in dist/.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
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

const worker = existsSync("dist/sw.js");
test("the service worker keeps every file that the page needs, each once", { skip: !worker }, async () => {
  const text = await readFile("dist/sw.js", "utf8");
  const version = text.match(/^const VERSION = "([0-9a-f]{16})";$/m);
  assert.notEqual(version, null);
  const list = JSON.parse(text.match(/^const FILES = (\[[^\]]*\]);$/m)?.[1] ?? "[]");
  assert.equal(new Set(list).size, list.length);
  for (const name of list) {
    assert.match(name, /^\.\//);
    await stat(join("dist", name === "./" ? "index.html" : name));
  }
  for (const name of [
    "./",
    "./app.js",
    "./worker.js",
    "./wasm/bounce_analyzer_bg.wasm",
    "./texts/en.json",
    "./texts/es.json",
  ]) {
    assert.ok(list.includes(name), name);
  }
  for (const name of ["./sw.js", "./_headers", "./index.html", "./bounce-analyzer.html"])
    assert.ok(!list.includes(name), name);
});

test("every file that a script or the page names is there", async () => {
  const page = await readFile("dist/index.html", "utf8");
  const named = [...page.matchAll(/\b(?:href|src)="(?!https:|#|data:)([^"]*)"/g)].map((found) => ["dist", found[1]]);
  for (const file of files.filter((file) => file.endsWith(".js"))) {
    const text = await readFile(file, "utf8");
    for (const found of text.matchAll(/^(?:import|export)\b[^;]*?"(\.[^"]*)";$/gm))
      named.push([join(file, ".."), found[1]]);
  }
  assert.ok(named.length > 5);
  for (const [from, name] of named) await stat(join(from, name === "./" ? "index.html" : name));
});
