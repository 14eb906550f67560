/** What the reader takes away: copies, saved files, the note to whoever acts, the printed page. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dsn, THRESHOLD, UNREGISTERED } from "./bounces.js";
import { ask, copied, DIST, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
const REPORT = dsn([{ recipient: "leo.brandt@example.org", reply: THRESHOLD }]);

/**
 * Saves a format and gives what the browser wrote.
 *
 * @param {import("./browser.js").Page} page
 * @param {string} format
 */
async function saved(page, format) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save="${format}"]`)]);
  return { file: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

for (const place of ["hosted", "single file"]) {
  test(`${place}: each format is saved as it is copied, redacted, and that is said`, async () => {
    const page = await site.open(CLIPBOARD);
    if (place === "single file") {
      await page.goto(pathToFileURL(`${DIST}/bounce-analyzer.html`).href);
      await page.waitForSelector("html[data-ready]");
    }
    await ask(page, REPORT);
    site.requests.length = 0;
    for (const [format, file, holds] of /** @type {[string, string, RegExp][]} */ ([
      ["markdown", "bounce.md", /^# Your organization is blocked from sending/],
      ["text", "bounce.txt", /^YOUR ORGANIZATION IS BLOCKED FROM SENDING/],
      ["json", "bounce.json", /"article": "exchange-online\/tenant-threshold"/],
    ])) {
      const got = await saved(page, format);
      assert.equal(got.file, file);
      assert.match(got.text, holds);
      assert.doesNotMatch(got.text, /leo\.brandt|eva\.sanz/i, format);
      const said = `Saved as ${file}, without names and addresses. It is among the browser’s downloads.`;
      assert.equal(await page.textContent(".said"), said);
      assert.equal(await page.textContent("#status"), said);
      if (place === "hosted") assert.equal(await copied(page, format), got.text);
      await page.check("#copy-whole");
      assert.match((await saved(page, format)).text, /leo\.brandt@example\.org/);
      assert.equal(await page.textContent(".said"), `Saved as ${file}. It is among the browser’s downloads.`);
      assert.equal(await page.isChecked("#copy-whole"), false, "whole once, not for ever");
    }
    assert.deepEqual(site.requests, []);
    await page.context().close();
  });
}

test("the note to whoever acts: steps, evidence, what finds the message, and nothing else", async () => {
  const page = await site.open(CLIPBOARD);
  await ask(page, REPORT);
  const note = await copied(page, "note");
  assert.match(note, /^Hello,\n\nmail from our organization to leo\.brandt@example\.org is not getting through\./);
  const texts = await (await fetch(`${site.url}texts/en.json`)).json();
  const { title, steps } = texts.articles["exchange-online/tenant-threshold"];
  assert.ok(note.includes(title));
  assert.equal(note.match(/^\d\. /gm)?.length, steps["sender-admin"].length);
  assert.match(note, /^ {4}.*tenant has exceeded threshold/m);
  assert.match(note, /^Message id: figures-1@example\.com$/m);
  assert.match(note, /^https:\/\//m);
  assert.doesNotMatch(note, /Quarterly|Sanz|mail\.example\.com/, "no subject, no name, no host of the sender");
  assert.match((await page.textContent("#status")) ?? "", /a note to the sender’s administrator/);
  await page.selectOption("#language", "es");
  assert.match(await copied(page, "note"), /^Hola:\n\nEl correo de nuestra organización a leo\.brandt@example\.org/);
  await page.context().close();
});

test("each cause has its own note, to its own addressee; those who act need none", async () => {
  const page = await site.open(CLIPBOARD);
  await ask(page, dsn([{ reply: THRESHOLD }, { recipient: "full@example.org", reply: "552 5.2.2 Mailbox full" }]));
  const whos = await page.$$eval(".who", (all) => all.map((one) => one.querySelector("strong")?.textContent));
  assert.equal(whos.length, 2);
  assert.notEqual(whos[0], whos[1]);
  assert.equal(await page.locator('[data-copy="note"]').count(), 2);
  const note = await copied(page, "note", 1);
  assert.match(note, /full@example\.org/);
  assert.doesNotMatch(note, /leo\.brandt/);
  await page.check('.roles input[value="sender"] >> nth=0');
  await page.check('.roles input[value="sender-admin"] >> nth=0');
  assert.equal(await page.locator("article:first-of-type [data-copy=note]").count(), 0);
  await page.context().close();
});

test("what is no bounce offers its sample all the same", async () => {
  const page = await site.open(CLIPBOARD);
  await ask(page, "Leo.Brandt@example.org has met a program that nobody knows. The figures follow.\n".repeat(20));
  assert.equal(await page.getAttribute("#results .other", "data-kind"), "other");
  const sample = await copied(page, "sample");
  assert.match(sample, /a program that nobody knows/);
  assert.doesNotMatch(sample, /Leo\.Brandt/i);
  assert.match((await page.textContent(".copies")) ?? "", /Nothing is sent from here/);
  await page.context().close();
});

/**
 * How many sheets a page takes, of A4 and of Letter.
 *
 * @param {import("./browser.js").Page} page
 */
async function sheets(page) {
  const counts = [];
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format });
    counts.push(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length);
  }
  return counts;
}

test("one cause prints on one sheet, without buttons, with the addresses of its links", async () => {
  for (const locale of ["en-US", "es-ES"]) {
    const page = await site.open({ locale });
    for (const text of [THRESHOLD, REPORT, dsn([{ reply: UNREGISTERED }])]) {
      await ask(page, text);
      assert.deepEqual(await sheets(page), [1, 1], `${locale}: ${text.slice(0, 60)}`);
    }
    await page.emulateMedia({ media: "print" });
    const buttons = await page.$$eval("button, select, summary, textarea", (all) =>
      all.filter((one) => one.checkVisibility() && !one.classList.contains("locate")).map((one) => one.textContent),
    );
    assert.deepEqual(buttons, []);
    const links = await page.$$eval("#results a[href^=https]", (all) =>
      all
        .filter((one) => one.checkVisibility())
        .map((one) => {
          const shown = `${one.textContent}${getComputedStyle(one, "::after").content}`;
          return shown.includes((one.getAttribute("href") ?? "").replace("https://", ""));
        }),
    );
    assert.ok(links.length > 0);
    assert.ok(links.every(Boolean), "every link says where it leads");
    await page.context().close();
  }
});

test("the longest articles print on one sheet", async () => {
  const { articles } = await (await fetch(`${site.url}texts/es.json`)).json();
  const longest = Object.keys(articles)
    .sort((a, b) => JSON.stringify(articles[b]).length - JSON.stringify(articles[a]).length)
    .slice(0, 3);
  for (const id of longest) {
    const page = await site.open({ locale: "es-ES", path: `#/e/${id}` });
    assert.deepEqual(await sheets(page), [1, 1], id);
    await page.context().close();
  }
});
