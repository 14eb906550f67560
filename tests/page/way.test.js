/** The way of a message and the checks on it: drawn, and said in words. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dsn, THRESHOLD, WAY, withWay } from "./bounces.js";
import { ask, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

/** @param {string} way */
const onItsWay = (way) => withWay(dsn([{ reply: THRESHOLD }]), way);

test("the hops are drawn in time, and listed with their waits", async () => {
  const page = await site.open();
  await ask(page, onItsWay(WAY));
  const drawn = await page.$eval("svg.way", (svg) => ({
    role: svg.getAttribute("role"),
    words: svg.getAttribute("aria-label"),
    dots: [...svg.querySelectorAll("circle")].map((dot) => Number.parseFloat(dot.getAttribute("cx") ?? "")),
    slow: ["x1", "x2"].map((end) => Number.parseFloat(svg.querySelector(".slow")?.getAttribute(end) ?? "")),
    waits: [...svg.querySelectorAll("text:not(.number)")].map((text) => text.textContent),
  }));
  assert.equal(drawn.role, "img");
  assert.equal(
    drawn.words,
    "3 hops within 12 min 38 sec, in the order of time. The longest wait, 12 min, was before hop 3.",
  );
  const [first, second, third] = drawn.dots;
  assert.equal(drawn.dots.length, 3);
  assert.ok(first < second && second < third);
  // Twelve minutes are longer than 38 seconds, on the line too.
  assert.ok(third - second > 1.5 * (second - first));
  assert.deepEqual(drawn.slow, [second, third]);
  assert.deepEqual(drawn.waits, ["12 min"]);
  const listed = await page.$$eval("ol.hops > li", (all) =>
    all.map((one) => [one.querySelector("button")?.textContent, one.querySelector(".wait")?.textContent]),
  );
  assert.deepEqual(listed, [
    ["desk.example.com", ""],
    ["mx.example.com", "+38 sec"],
    ["in.example.org", "+12 min"],
  ]);
  assert.match(
    (await page.textContent("ol.hops > li >> nth=1")) ?? "",
    /from desk\.example\.com · ESMTPSA · Nov 23, 2026/,
  );
  await page.click("ol.hops button >> nth=1");
  assert.match(await page.evaluate(() => [...(CSS.highlights.get("located") ?? [])].join()), /mx\.example\.com/);
  await page.context().close();
});

test("the checks have a mark each by their outcome, and say it in words", async () => {
  const page = await site.open();
  await ask(page, onItsWay(WAY));
  const checks = await page.$$eval(".checks li", (all) =>
    all.map((one) => ({
      words: one.textContent?.replace(/\s+/g, " ").trim(),
      mark: one.querySelector("svg")?.getAttribute("class"),
      hidden: one.querySelector("svg")?.getAttribute("aria-hidden"),
    })),
  );
  assert.deepEqual(checks, [
    { words: "SPF passed example.com", mark: "check check-pass", hidden: "true" },
    { words: "DKIM failed example.com", mark: "check check-fail", hidden: "true" },
    { words: "DMARC undecided none example.com", mark: "check check-unknown", hidden: "true" },
  ]);
  assert.match((await page.textContent("#beside")) ?? "", /Signed by\s*example\.com/);
  await page.selectOption("#language", "es");
  assert.match((await page.textContent(".checks li")) ?? "", /superado/);
  assert.match((await page.getAttribute("svg.way", "aria-label")) ?? "", /^3 saltos en 12 min 38 s/);
  await page.context().close();
});

test("clocks that differ, one hop, very many hops", async () => {
  const page = await site.open({ viewport: { width: 320, height: 720 } });
  const back = WAY.replace("09:14:40", "09:13:02");
  await ask(page, onItsWay(back));
  assert.match((await page.textContent("ol.hops")) ?? "", /clocks differ by 1 min/);
  await ask(page, onItsWay(WAY.split("\n").slice(4, 5).join("\n").concat("\n")));
  assert.equal(await page.locator("ol.hops > li").count(), 1);
  assert.equal(await page.locator("svg.way").count(), 0, "one host is no line");
  const many = Array.from(
    { length: 60 },
    (_, n) =>
      `Received: from h${60 - n}.example.com by h${61 - n}.example.com with ESMTP; Mon, 23 Nov 2026 09:${String(59 - n).padStart(2, "0")}:00 +0000\n`,
  ).join("");
  await ask(page, onItsWay(many));
  assert.equal(await page.locator("svg.way circle").count(), 60);
  assert.equal(await page.locator("ol.hops >> nth=0 >> li").count(), 12);
  await page.click("#beside details:has(ol.hops) summary");
  assert.equal(await page.locator("ol.hops > li:visible").count(), 60);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await page.context().close();
});
