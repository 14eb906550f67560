/** The rule for values in articles: text in text, quoted in commands, and only what is plain. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, quote, values } from "../../www/advice.js";
import { asciiHost, spelled } from "../../www/visible.js";

/** @type {(named: string[], more: number) => string} */
const list = (named, more) => named.join(", ") + (more > 0 ? ` +${more}` : "");

/**
 * A failure with these captured values.
 *
 * @param {Record<string, [value: string, pasteable: boolean]>} captured
 * @returns {any}
 */
const failure = (captured) => ({
  diagnosis: { captured: Object.entries(captured).map(([name, [value, pasteable]]) => ({ name, value, pasteable })) },
});

/** @type {import("../../www/types.d.ts").Inline[]} */
const STEP = [
  "Look up ",
  { value: "recipient", fallback: "the address" },
  ":",
  { shell: "powershell", command: ["Get-Recipient ", { value: "recipient", fallback: "the address" }] },
];

/** @param {any[]} failures */
const filled = (failures) => fill(STEP, values(failures, list)).map(({ text }) => text);

test("a plain value stands in the text and, quoted, in the command", () => {
  assert.deepEqual(filled([failure({ recipient: ["leo@example.org", true] })]), [
    "Look up ",
    "leo@example.org",
    ":",
    "Get-Recipient 'leo@example.org'",
  ]);
});

test("a value that is not plain stands in the text only", () => {
  const hostile = "a@example.org; Remove-Mailbox";
  assert.deepEqual(filled([failure({ recipient: [hostile, false] })]), [
    "Look up ",
    hostile,
    ":",
    "Get-Recipient <the address>",
  ]);
});

test("a missing value leaves the article's own words", () => {
  assert.deepEqual(filled([failure({})]), ["Look up ", "the address", ":", "Get-Recipient <the address>"]);
});

test("values that differ are listed, and keep the placeholder in commands", () => {
  const failures = ["a", "b", "c", "d", "e"].map((name) => failure({ recipient: [`${name}@example.org`, true] }));
  const [, text, , command] = filled(failures);
  assert.equal(text, "a@example.org, b@example.org, c@example.org +2");
  assert.equal(command, "Get-Recipient <the address>");
});

test("quoting, for each shell", () => {
  assert.equal(quote("o'brien@example.org", "powershell"), "'o''brien@example.org'");
  assert.equal(quote("o\u2019brien", "powershell"), "'o\u2019\u2019brien'");
  assert.equal(quote("o'brien@example.org", "shell"), "'o'\\''brien@example.org'");
  assert.equal(quote("$(id)`id`\\", "shell"), "'$(id)`id`\\'");
  assert.equal(quote("example.org", "dns"), "example.org");
  assert.equal(quote("example.org", "text"), "example.org");
});

test("unseen characters are spelled out", () => {
  assert.equal(spelled("txt.\u202egpj\u200b\u0007"), "txt.[U+202E]gpj[U+200B][U+0007]");
  assert.equal(spelled("plain\ttext\r\nas it is"), "plain\ttext\r\nas it is");
});

test("a host that only looks like another has its ASCII form", () => {
  assert.equal(asciiHost("eva@ex\u0430mple.org"), "xn--exmple-4nf.org");
  assert.equal(asciiHost("eva@example.org"), null);
  assert.equal(asciiHost("not a host\u0430"), null);
});
