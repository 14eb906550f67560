/**
 * What must hold in every engine: paste to answer, the languages, no way out
 * of the page, work without a network, the single file. The same tests run in
 * Chromium and in Firefox.
 */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dsn, outlookScreen, THRESHOLD, UNREGISTERED } from "./bounces.js";
import { ask, cards, DIST, drop, ENGINES, paste } from "./browser.js";
import { tryEveryExit } from "./exits.js";
import { serve } from "./server.js";

const FOUNDING = [
  { line: THRESHOLD, error: "exchange-online/tenant-threshold", evidence: /tenant has exceeded threshold/ },
  { line: UNREGISTERED, error: "exchange-online/unregistered-domain", evidence: /unregistered domains?/ },
];
const SHAPES = [
  { shape: "bare", of: (/** @type {string} */ line) => line },
  { shape: "in a DSN", of: (/** @type {string} */ line) => dsn([{ reply: line }]) },
  { shape: "on an Outlook screen", of: outlookScreen },
];

/** Ways that every engine knows. */
const EVERYWHERE =
  "fetch fetch-no-cors fetch-post fetch-keepalive xhr-sync xhr websocket event-source cache beacon import script module worker shared-worker image srcset sheet iframe embed object video audio font css-image css-import css-adopted css-inline modulepreload preload-image form".split(
    " ",
  );

for (const [name, launch] of Object.entries(ENGINES)) {
  for (const locale of ["en-US", "es-ES"]) {
    describe(`${name}, ${locale}`, () => run(launch, locale));
  }
}

/**
 * @param {(typeof ENGINES)[string]} launch
 * @param {string} locale
 */
function run(launch, locale) {
  const language = locale.slice(0, 2);
  /** @type {import("./browser.js").Engine} */
  let engine;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;
  /** Another origin. @type {Awaited<ReturnType<typeof serve>>} */
  let elsewhere;
  /** @type {Awaited<ReturnType<typeof serve>>[]} */
  const servers = [];
  /** @param {string} folder */
  async function host(folder) {
    const server = await serve(folder);
    servers.push(server);
    return server;
  }
  before(async () => {
    engine = await launch(locale);
    site = await host(DIST);
    elsewhere = await host(DIST);
  });
  after(async () => {
    await engine.stop();
    for (const server of servers) await server.close();
  });

  /** @param {{ url?: string, keep?: boolean }} [options] */
  async function open({ url = site.url, keep = false } = {}) {
    const page = await engine.page({ locale, keep });
    await page.goto(url);
    await page.waitForSelector("html[data-ready]");
    return page;
  }
  const text = (/** @type {import("./browser.js").Page} */ page, /** @type {string} */ selector) =>
    page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", selector);
  const lang = (/** @type {import("./browser.js").Page} */ page) => page.evaluate(() => document.documentElement.lang);

  for (const { line, error, evidence } of FOUNDING) {
    for (const { shape, of } of SHAPES) {
      test(`${error} ${shape}`, async () => {
        const page = await open();
        const texts = await (await fetch(`${site.url}texts/${language}.json`)).json();
        await ask(page, of(line));
        const [card, ...more] = await cards(page);
        assert.equal(more.length, 0);
        assert.equal(card.error, error);
        const article = texts.articles[error];
        assert.equal(card.verdict, article.title);
        assert.equal(card.steps.length, article.steps[article.who].length);
        const [opening] = article.steps[article.who][0];
        assert.ok(card.steps[0].startsWith(opening), card.steps[0]);
        assert.match(card.evidence.join(" ").replace(/\s+/g, " "), evidence);
        assert.match(card.status ?? "", /^5\.7\.7(05|50)$/);
        assert.equal(await lang(page), language);
        assert.match((await text(page, "#beside .pane mark")).replace(/\s+/g, " "), evidence);
        await engine.leave(page);
      });
    }
  }

  test("markup alone on the clipboard, and a dropped file, are read", async () => {
    const page = await open();
    await paste(page, { html: `<p>Delivery has failed</p><p>${UNREGISTERED}</p>` });
    await page.waitForSelector('#results [data-error="exchange-online/unregistered-domain"]');
    await drop(page, [{ name: "mail.eml", bytes: dsn([{ reply: THRESHOLD }]) }]);
    await page.waitForSelector('#results [data-error="exchange-online/tenant-threshold"]');
    await engine.leave(page);
  });

  test("what the keyboard cut is pasted by the keyboard, anywhere on the page", async () => {
    const page = await open();
    await page.evaluate((line) => {
      const field = /** @type {HTMLTextAreaElement} */ (document.getElementById("bounce"));
      field.value = line;
      field.focus();
      field.select();
    }, THRESHOLD);
    /** @param {string} key */
    async function control(key) {
      await page.keyboard.down("Control");
      await page.keyboard.press(key);
      await page.keyboard.up("Control");
    }
    await control("x");
    assert.equal(await page.evaluate(() => document.querySelectorAll("#results article").length), 0);
    await page.evaluate(() => document.getElementById("language")?.focus());
    await control("v");
    await page.waitForSelector('#results [data-error="exchange-online/tenant-threshold"]');
    await engine.leave(page);
  });

  test("the language changes without reading the bounce again", async () => {
    const page = await open();
    await ask(page, THRESHOLD);
    await page.evaluate(() => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (/** @type {any[]} */ ...args) {
        document.documentElement.dataset.asked = "";
        return post.apply(this, /** @type {any} */ (args));
      };
    });
    const other = language === "en" ? "es" : "en";
    await engine.select(page, "#language", other);
    const [card] = await cards(page);
    assert.equal(card.error, "exchange-online/tenant-threshold");
    assert.match(card.state, other === "es" ? /Definitivo/ : /Final/);
    assert.match(card.who, other === "es" ? /administrador del remitente/ : /sender’s administrator/);
    assert.equal(await lang(page), other);
    const kept = await page.evaluate(() => [
      document.documentElement.dataset.asked ?? null,
      /** @type {HTMLTextAreaElement} */ (document.getElementById("bounce")).value,
    ]);
    assert.deepEqual(kept, [null, THRESHOLD]);
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    assert.equal(await lang(page), other, "the choice is kept");
    await engine.leave(page);
  });

  test("from a static page the tool opens in its language, and what was chosen before stays chosen", async () => {
    const other = language === "en" ? "es" : "en";
    const page = await engine.page({ locale });
    for (const path of [`${other}/errors/`, `${other}/help/`, `${other}/errors/exchange-online/tenant-threshold/`]) {
      await page.goto(site.url + path);
      await Promise.all([
        page.waitForNavigation(),
        page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector(".paste a")).click()),
      ]);
      await page.waitForSelector("html[data-ready]");
      assert.equal(await lang(page), other, path);
      await ask(page, THRESHOLD);
      await page.evaluate(() => document.getElementById("clear")?.click());
      await page.reload();
      await page.waitForSelector("html[data-ready]");
      assert.equal(await lang(page), other, "the same visit");
      // Nobody has chosen it, here or there.
      await page.goto(site.url);
      await page.waitForSelector("html[data-ready]");
      assert.equal(await lang(page), language);
    }
    await engine.select(page, "#language", language);
    await page.goto(`${site.url}?language=${other}#/errors`);
    await page.waitForSelector("html[data-ready]");
    assert.equal(
      await lang(page),
      other,
      "what was chosen before does not turn the page away from what was being read",
    );
    await page.goto(site.url);
    await page.waitForSelector("html[data-ready]");
    assert.equal(await lang(page), language, "nor is it forgotten");

    // A choice made here counts more than the link, also when the page is loaded again.
    await page.goto(`${site.url}?language=${other}#/errors`);
    await page.waitForSelector("html[data-ready]");
    await engine.select(page, "#language", language);
    assert.equal(await page.evaluate(() => location.href), `${site.url}#/errors`);
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    assert.equal(await lang(page), language);
    await engine.leave(page);
  });

  test("every way out is refused, to the page's own server too", async () => {
    const page = await open({ keep: true });
    await ask(page, THRESHOLD);
    site.requests.length = 0;
    elsewhere.requests.length = 0;
    const { tried, through } = await page.evaluate(tryEveryExit, [site.url, elsewhere.url]);
    assert.ok(tried.length > 50, `${tried.length} ways`);
    assert.deepEqual(through, []);
    assert.deepEqual([...site.requests, ...elsewhere.requests], []);
    await engine.leave(page);
  });

  test("the same ways do lead out of a page without a policy", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bounce-analyzer-"));
    await writeFile(join(folder, "index.html"), '<!doctype html><link rel="stylesheet" href="some.css">');
    await writeFile(join(folder, "some.css"), "p {}");
    const plain = await host(folder);
    const page = await engine.page({ locale });
    await page.goto(plain.url);
    plain.requests.length = 0;
    const { tried } = await page.evaluate(tryEveryExit, [plain.url]);
    const arrived = tried.filter((way) => plain.requests.some((line) => line.includes(`/out-${way}`)));
    assert.ok(arrived.length > 40, `only ${arrived.join(", ")}`);
    for (const way of EVERYWHERE) assert.ok(arrived.includes(way), way);
    await engine.leave(page);
    await rm(folder, { recursive: true });
  });

  test("it works on without a network, from its first visit on", async () => {
    const lasting = await host(DIST);
    const page = await open({ url: lasting.url, keep: true });
    assert.match(
      await text(page, "#kept"),
      language === "en" ? /^Ready to work offline/ : /^Lista para usarse sin con/,
    );
    await lasting.close();
    for (const path of ["", "index.html", "?from=a-link", "#/e/exchange-online/tenant-threshold"]) {
      await page.goto("about:blank");
      await page.goto(lasting.url + path);
      await page.waitForSelector("html[data-ready]");
      assert.equal(await text(page, "#kept"), "", "said once");
      await ask(page, UNREGISTERED);
      assert.equal((await cards(page))[0].error, "exchange-online/unregistered-domain");
    }
    const other = language === "en" ? "es" : "en";
    await engine.select(page, "#language", other);
    assert.equal(await lang(page), other);
    // The static pages are not kept; what they say is.
    for (const [path, hash] of [
      ["errors/exchange-online/tenant-threshold/", "#/e/exchange-online/tenant-threshold"],
      ["errors/", "#/errors"],
      ["help/", ""],
    ]) {
      await page.goto(`${lasting.url}${language}/${path}`);
      await page.waitForSelector("html[data-ready]");
      assert.equal(await page.evaluate(() => location.href), `${lasting.url}?language=${language}${hash}`);
      assert.equal(await lang(page), language, "that of the static page, whatever was chosen here");
    }
    await engine.leave(page);
  });

  test("the single file gives the same answers from a disk", async () => {
    const page = await open({ url: pathToFileURL(`${DIST}/bounce-analyzer.html`).href });
    const hosted = await open();
    for (const bounce of [
      THRESHOLD,
      dsn([{ reply: THRESHOLD }, { recipient: "b@example.org", reply: UNREGISTERED }]),
      outlookScreen(UNREGISTERED),
      "550 5.1.1 User unknown",
      "words that say nothing",
    ]) {
      await ask(page, bounce);
      await ask(hosted, bounce);
      assert.equal(await text(page, "#results"), await text(hosted, "#results"));
      assert.deepEqual(await cards(page), await cards(hosted));
    }
    assert.equal(
      await page.evaluate(() => document.getElementById("offline")?.hidden),
      true,
      "it does not offer itself",
    );
    assert.equal(await text(page, "#kept"), "");
    const other = language === "en" ? "es" : "en";
    await engine.select(page, "#language", other);
    assert.equal(await lang(page), other);
    await engine.leave(page);
    await engine.leave(hosted);
  });
}
