// The headers of the site, as built and as served.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { directives, headersFor, policyOf, readHeaders } from "../../build/headers.mjs";
import { serve } from "../../build/serve.mjs";

/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
before(async () => {
  site = await serve("dist");
});
after(() => site.close());

test("the header's policy is the page's, and forbids frames", async () => {
  const page = directives(policyOf(await readFile("dist/index.html", "utf8")));
  const rules = readHeaders(await readFile("dist/_headers", "utf8"));
  const sent = headersFor(rules, "/").filter(([name]) => name === "Content-Security-Policy");
  assert.equal(sent.length, 1);
  const header = directives(sent[0][1]);
  assert.deepEqual(header.get("frame-ancestors"), ["'none'"]);
  header.delete("frame-ancestors");
  assert.deepEqual([...header], [...page]);
});

test("the policy lets nothing in and nothing out but the site's own files", async () => {
  const page = directives(policyOf(await readFile("dist/index.html", "utf8")));
  assert.deepEqual(page.get("default-src"), ["'none'"]);
  assert.deepEqual(page.get("connect-src"), ["'self'"]);
  assert.deepEqual(page.get("base-uri"), ["'none'"]);
  assert.deepEqual(page.get("form-action"), ["'none'"]);
  assert.deepEqual(page.get("require-trusted-types-for"), ["'script'"]);
  for (const value of [...page.values()].flat()) {
    assert.ok(value === "'wasm-unsafe-eval'" || !/unsafe-|\*|:\/\/|^https?:$/.test(value), value);
  }
});

test("every kind of file is served with its type and the headers", async () => {
  const types = {
    "": "text/html; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "wasm/bounce_analyzer_bg.wasm": "application/wasm",
    "texts/en.json": "application/json; charset=utf-8",
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await fetch(site.url + path);
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("content-type"), type);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal(response.headers.get("referrer-policy"), "no-referrer");
    assert.match(response.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    assert.ok((await response.arrayBuffer()).byteLength > 0);
  }
});

test("the single file is saved, not opened: the site's policy is not its own", async () => {
  const response = await fetch(`${site.url}bounce-analyzer.html`, { method: "HEAD" });
  assert.equal(response.headers.get("content-disposition"), "attachment");
});

test("nothing outside of the folder is served", async () => {
  for (const path of ["/../Cargo.toml", "/..%2fCargo.toml", "/%2e%2e/Cargo.toml", "/_headers", "/nothing", "/%ff"]) {
    const status = await new Promise((done, fail) => {
      // fetch would tidy the path up.
      request(site.url, { path }, (response) => done(response.resume().statusCode))
        .on("error", fail)
        .end();
    });
    assert.equal(status, 404, path);
  }
  assert.equal((await fetch(site.url, { method: "POST", body: "x" })).status, 405);
});
