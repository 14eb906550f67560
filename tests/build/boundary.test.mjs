// Whatever the page hands to its worker, the core answers and never traps.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { runInNewContext } from "node:vm";

const REPLY = "550 5.1.1 User unknown";
const LARGE = 16 << 20;

/** Gives the worker a message, as the page's side of it does. @type {(data: object) => void} */
let tell;
/** What the worker has said since. @type {any[]} */
let told = [];

before(async () => {
  const source = await Promise.all(
    ["wasm/bounce_analyzer.js", "worker.js"].map((name) => readFile(`dist/${name}`, "utf8")),
  );
  runInNewContext(source.join("\n"), {
    addEventListener: (/** @type {string} */ _, /** @type {any} */ listener) => {
      tell = (data) => listener({ data });
    },
    postMessage: (/** @type {any} */ message) => told.push(message),
    ...{ Intl, TextDecoder, TextEncoder, Uint8Array, WebAssembly },
  });
  const module = await WebAssembly.compile(await readFile("dist/wasm/bounce_analyzer_bg.wasm"));
  tell({ module, rules: await readFile("dist/wasm/rules.txt", "utf8"), languages: ["en"] });
});

/**
 * The worker's answer: what it hands over bit by bit, and what belongs to all of it.
 *
 * @param {unknown} content
 * @param {{ call?: string, name?: unknown }} [question]
 * @returns {{ items: any[], rest: any }}
 */
function ask(content, { call = "analyze", name = "a name" } = {}) {
  told = [];
  tell({ job: 1, call, content, name, redacted: false });
  return { items: told.flatMap(({ items }) => items ?? []), rest: told.at(-1).rest };
}

test("a text of any units gets its answer, and its spans cut out what they mean", () => {
  for (const odd of [
    "\ud83d",
    "\udce7",
    "\udce7\ud83d",
    "\ud83d\ud83d\udce7",
    "\0",
    "\ufeff",
    "\ufffe",
    "\u202e",
    "e\u0301",
  ]) {
    for (const text of [
      `${odd}${odd} ${REPLY}`,
      `${REPLY} ${odd}`,
      `${odd} ${REPLY}${odd}`,
      `${odd}\n\n${REPLY}\n\n${odd}`,
    ]) {
      const { items, rest } = ask(text);
      const [, { reply_code, status }] = items;
      for (const [{ span }, words] of [
        [reply_code, "550"],
        [status, "5.1.1"],
      ]) {
        assert.equal(rest.sources[span.source].text.slice(span.start, span.end), words, JSON.stringify(text));
        assert.ok(rest.sources[span.source].text.isWellFormed());
      }
      const [record] = ask(text, { call: "records", name: odd }).items;
      assert.equal(record.recipients[0].reply_code, 550);
    }
  }
});

test("a text of sixteen million units gets its answer", () => {
  for (const piece of ["\ud83d", "\0", "<", "<a@example.com>: 550 no\n"]) {
    const { items, rest } = ask(piece.repeat(LARGE / piece.length));
    assert.ok(items.length > 0);
    assert.ok(
      rest.problems.some((/** @type {{ code: string }} */ { code }) => code === "text-cut"),
      JSON.stringify(piece),
    );
  }
});

test("what is neither text nor bytes gets an answer, too", () => {
  /** @type {unknown[]} */
  const values = [
    undefined,
    null,
    true,
    550,
    Number.NaN,
    2n ** 64n,
    {},
    [],
    [REPLY],
    { length: -1 },
    { length: 2 ** 40 },
  ];
  values.push(new ArrayBuffer(8), new Uint16Array(8), new DataView(new ArrayBuffer(8)), new Date(0), new Map());
  for (const value of values) {
    for (const { items } of [ask(value), ask(value, { call: "records" }), ask(REPLY, { call: "records", name: value })])
      assert.ok(items.length > 0, String(value));
    // After a trap the core would not.
    assert.equal(ask(REPLY).items[1].reply_code.value, 550);
  }
});
