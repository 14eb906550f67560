// The single file: whole, sealed, and the same tool.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { env } from "node:process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { directives, policyOf } from "../../build/headers.mjs";

const FILE = "dist/bounce-analyzer.html";
const html = await readFile(FILE, "utf8");

/** @param {string} algorithm @param {"hex" | "base64"} form @param {string} text */
const hash = (algorithm, form, text) => createHash(algorithm).update(text).digest(form);

test("its checksum stands beside it and beside the link", async () => {
  const digest = hash("sha256", "hex", html);
  assert.equal(await readFile(`${FILE}.sha256`, "utf8"), `${digest}  bounce-analyzer.html\n`);
  assert.ok((await readFile("dist/index.html", "utf8")).includes(`data-build="single-sha256">${digest}<`));
});

test("its policy names exactly the script and the styles that it holds", () => {
  const policy = directives(policyOf(html));
  const inline = (/** @type {string} */ tag) =>
    [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>([\\s\\S]*?)</${tag}>`, "g"))].filter(
      ([, given]) => !given.includes("text/plain"),
    );
  const hashes = (/** @type {string} */ tag) =>
    inline(tag).map(([, , text]) => `'sha256-${hash("sha256", "base64", text)}'`);
  assert.deepEqual(policy.get("script-src")?.toSorted(), [...hashes("script"), "'wasm-unsafe-eval'"].toSorted());
  assert.deepEqual(policy.get("style-src"), hashes("style"));
  assert.deepEqual(policy.get("connect-src"), ["'none'"]);
  assert.deepEqual(policy.get("worker-src"), ["blob:"]);
  assert.ok(![...policy.values()].flat().includes("'self'"));
});

test("it refers to no file but itself", () => {
  const markup = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
  for (const [, name] of markup.matchAll(/\b(?:href|src|action|data)="([^"]*)"/g))
    assert.match(name, /^(#|data:|https:|bounce-analyzer\.html$)/);
});

test("it holds the very files of the site", async () => {
  const blocks = [...html.matchAll(/<script type="text\/plain" id="asset:([^"]*)">([^<]*)<\/script>/g)];
  assert.deepEqual(blocks.map(([, name]) => name).toSorted(), [
    "texts/bounces.json",
    "texts/en.json",
    "texts/es.json",
    "wasm/bounce_analyzer.js",
    "wasm/bounce_analyzer_bg.wasm",
    "wasm/rules.txt",
    "worker.js",
  ]);
  for (const [, name, text] of blocks) {
    assert.deepEqual(gunzipSync(Buffer.from(text, "base64")), await readFile(`dist/${name}`), name);
  }
});

test("it answers from a folder, and asks for nothing", async () => {
  const browser = await chromium.launch({
    executablePath: env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const requests = [];
    /** @type {string[]} */
    const errors = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    const url = pathToFileURL(resolve(FILE)).href;
    await page.goto(url);
    await page.locator("html[data-ready]").waitFor();
    await page.locator("#bounce").fill("550 5.7.705 Access denied, tenant has exceeded threshold");
    const answer = page.locator('#results article[data-error="exchange-online/tenant-threshold"]');
    await answer.waitFor();
    assert.equal(await answer.getAttribute("data-category"), "tenant-restricted");
    assert.deepEqual(errors, []);
    assert.deepEqual(
      requests.filter((request) => !request.startsWith("blob:") && !request.startsWith("data:")),
      [url],
    );
  } finally {
    await browser.close();
  }
});
