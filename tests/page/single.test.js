/** The single file, opened from a disk: the same answers, and no request. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dsn, outlookScreen, THRESHOLD, UNREGISTERED } from "./bounces.js";
import { ask, cards, DIST, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

test("the same answers from file://, with no request", async () => {
  const context = await site.browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(`${DIST}/bounce-analyzer.html`).href);
  await page.waitForSelector("html[data-ready]");
  const hosted = await site.open();
  for (const text of [
    THRESHOLD,
    UNREGISTERED,
    dsn([{ reply: THRESHOLD }, { recipient: "b@example.org", reply: UNREGISTERED }]),
    outlookScreen(UNREGISTERED),
    "550 5.1.1 User unknown",
    "words that say nothing",
  ]) {
    await ask(page, text);
    await ask(hosted, text);
    const answer = (/** @type {typeof page} */ one) => one.textContent("#results");
    assert.equal(await answer(page), await answer(hosted));
    assert.deepEqual(await cards(page), await cards(hosted));
  }
  await page.selectOption("#language", "es");
  assert.equal(await page.getAttribute("html", "lang"), "es");
  assert.ok(!(await page.isVisible("#offline")), "it does not offer itself");
  assert.deepEqual(
    asked.filter(
      (url) => !url.startsWith("blob:") && !url.startsWith("data:") && !url.endsWith("bounce-analyzer.html"),
    ),
    [],
  );
  assert.deepEqual(complaints, []);
  await hosted.context().close();
  await context.close();
});
