/**
 * How long answers take, printed beside a run with next to nothing to read.
 * The machine decides about these figures, so nothing here asserts one.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dsn, outlookScreen, THRESHOLD } from "./bounces.js";
import { cards, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

/**
 * From a paste to the answer on the screen, measured in the page.
 *
 * @param {import("./browser.js").Page} page
 * @param {string} plain
 */
async function timed(page, plain) {
  // To hand over the text is the browser's part and the test's, not the page's.
  await page.evaluate((plain) => {
    document.getElementById("results")?.replaceChildren();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", plain);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    Object.assign(window, { prepared: event });
  }, plain);
  return page.evaluate(async () => {
    const results = document.getElementById("results");
    /** @type {number[]} */
    const blocked = [];
    const observer = new PerformanceObserver((list) => blocked.push(...list.getEntries().map((one) => one.duration)));
    observer.observe({ type: "longtask" });
    const answered = new Promise((resolve) => {
      const watcher = new MutationObserver(() => {
        if (!results?.querySelector(".verdict")) return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(resolve));
      });
      if (results) watcher.observe(results, { childList: true, subtree: true });
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const begun = performance.now();
    document.body.dispatchEvent(/** @type {any} */ (window).prepared);
    await answered;
    const took = performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    return { took, blocked: Math.max(0, ...blocked) };
  });
}

/** @param {number} size */
const filler = (size) =>
  "Dear all, please find the minutes of the meeting below; the figures follow on Tuesday.\n".repeat(size / 86);

test("from paste to answer, and how long the page stood still", async () => {
  const page = await site.open();
  const line = (/** @type {string} */ name, /** @type {{ took: number, blocked: number }} */ { took, blocked }) =>
    console.log(
      `${name.padEnd(28)} ${took.toFixed(0).padStart(6)} ms, blocked at most ${blocked.toFixed(0).padStart(4)} ms`,
    );
  const failures = Array.from({ length: 500 }, (_, n) => ({ recipient: `user${n}@example.org`, reply: THRESHOLD }));
  line("500 recipients, first paste", await timed(page, dsn(failures)));
  for (const [name, text] of [
    ["a word (empty run)", "hello"],
    ["a reply", THRESHOLD],
    ["a report", dsn([{ reply: THRESHOLD }])],
    ["a screen of Outlook", outlookScreen(THRESHOLD)],
    ["100 KB of text", `${filler(100_000)}${outlookScreen(THRESHOLD)}`],
    ["500 recipients", dsn(failures)],
    ["5 MB of text", `${outlookScreen(THRESHOLD)}${filler(5_000_000)}`],
    [
      "1,000 messages",
      Array.from({ length: 1000 }, () => `From x Mon Nov 23 09:14:05 2026\n${dsn([{ reply: THRESHOLD }])}\n`).join(""),
    ],
  ]) {
    const runs = [];
    for (let n = 0; n < 5; n += 1) runs.push(await timed(page, text));
    runs.sort((a, b) => a.took - b.took);
    line(name, runs[2]);
  }
  assert.equal((await cards(page)).length, 1);
  await page.context().close();
});
