/**
 * A newer build: old and new files never meet in one page, and the reader
 * chooses when. The same in Chromium and in Firefox.
 */

import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { THRESHOLD } from "./bounces.js";
import { ask, cards, ENGINES } from "./browser.js";
import { buildMarked, marksIn } from "./builds.js";
import { serve } from "./server.js";

/** @type {Awaited<ReturnType<typeof serve>>[]} */
const servers = [];
/** @type {string[]} */
const folders = [];
/** @type {Record<"one" | "two" | "torn", string>} */
const sites = { one: "", two: "", torn: "" };
before(async () => {
  for (const name of /** @type {const} */ (["one", "two"])) {
    const { folder, site } = await buildMarked(`build-${name}`);
    folders.push(folder);
    sites[name] = site;
  }
  // An upload of the second build that has not reached everything.
  const torn = await mkdtemp(join(tmpdir(), "bounce-analyzer-"));
  folders.push(torn);
  sites.torn = torn;
  await cp(sites.two, torn, { recursive: true });
  await cp(join(sites.one, "view"), join(torn, "view"), { recursive: true });
});
after(async () => {
  for (const server of servers) await server.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** @param {Parameters<typeof serve>} given */
async function host(...given) {
  const server = await serve(...given);
  servers.push(server);
  return server;
}

for (const [name, launch] of Object.entries(ENGINES)) {
  describe(name, () => run(launch));
}

/** @param {(typeof ENGINES)[string]} launch */
function run(launch) {
  /** @type {import("./browser.js").Engine} */
  let engine;
  before(async () => {
    engine = await launch("en-US");
  });
  after(() => engine.stop());

  /**
   * The bytes of a file, or the rules of a style sheet: Firefox keeps those
   * that it has read, and has no bytes of them the next time.
   *
   * @param {import("./browser.js").Page} page
   * @param {import("playwright-core").Response} response
   */
  async function bytesOf(page, response) {
    try {
      return await engine.body(response);
    } catch (error) {
      if (!new URL(response.url()).pathname.endsWith(".css")) throw error;
      await ready(page);
      return page.evaluate(() =>
        [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join("\n"),
      );
    }
  }

  /** A page that remembers which builds its files came from. */
  async function visitor() {
    /** @type {Promise<[string, string[]]>[]} */
    let seen = [];
    /** @type {import("./browser.js").Page | undefined} */
    let first;
    async function open() {
      const page = first ? await engine.another(first) : await engine.page({ locale: "en-US", keep: true });
      first ??= page;
      page.on("response", (response) => {
        const { pathname, protocol } = new URL(response.url());
        if (protocol === "http:" && !pathname.endsWith(".png"))
          seen.push(bytesOf(page, response).then((bytes) => [pathname, marksIn(bytes)]));
      });
      return page;
    }
    return {
      open,
      leave: async () => first && (await engine.leave(first)),
      /** Which builds the files came from since the last look, and how many there were. */
      async builds() {
        const files = await Promise.all(seen);
        seen = [];
        for (const [path, marks] of files) assert.equal(marks.length, 1, `${path} bears ${marks}`);
        assert.ok(files.length > 20, `${files.length} files seen`);
        return [...new Set(files.flatMap(([, marks]) => marks))];
      },
    };
  }

  /** @param {import("./browser.js").Page} page */
  const ready = (page) => page.waitForSelector("html[data-ready]");
  /** @param {import("./browser.js").Page} page @param {string} selector */
  const text = (page, selector) =>
    page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", selector);
  /** @param {import("./browser.js").Page} page @param {string} selector */
  const visible = (page, selector) =>
    page.evaluate((selector) => document.querySelector(selector)?.checkVisibility() ?? false, selector);

  test("a newer build comes whole, by choice, and never over a bounce", async () => {
    // A host with bad manners: the browser's own cache would give old files for an hour.
    const server = await host(sites.one, { "cache-control": "max-age=3600" });
    const { open, builds, leave } = await visitor();
    const page = await open();
    const caches = () => page.evaluate(async () => (await window.caches.keys()).length);
    await page.goto(server.url);
    await ready(page);
    assert.match(await text(page, "#kept"), /^Ready to work offline/);
    assert.deepEqual(await builds(), ["build-one"]);

    // Half of the second build is there: nothing of it is taken.
    server.turnTo(sites.torn);
    server.requests.length = 0;
    await page.reload();
    await ready(page);
    await waitFor(() =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration !== undefined && !registration.installing && !registration.waiting;
      }),
    );
    await waitFor(() => server.requests.some((line) => line.endsWith("/sw.js")) && server.requests.length > 5);
    await waitFor(async () => (await caches()) === 1);
    assert.equal(await text(page, "#kept"), "");
    await page.reload();
    await ready(page);
    assert.deepEqual(await builds(), ["build-one"]);

    // All of it is there: it waits until the reader says so.
    server.turnTo(sites.two);
    await page.reload();
    await ready(page);
    await page.waitForSelector("#kept button");
    assert.match(await text(page, "#kept"), /^A new version of this page is ready/);
    await page.reload();
    await ready(page);
    assert.deepEqual(await builds(), ["build-one"]);
    await page.waitForSelector("#kept button");

    // Not while there is a bounce.
    await page.evaluate(() => document.getElementById("bounce")?.focus());
    await page.keyboard.type("5");
    assert.equal(await visible(page, "#kept button"), false, "text in the field");
    await page.keyboard.press("Backspace");
    // At once, or when an answer to it is gone, too.
    await waitFor(() => visible(page, "#kept button"));
    await ask(page, THRESHOLD);
    assert.equal(await visible(page, "#kept button"), false, "an answer");
    await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector("#kept button")).click());
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await cards(page)).length, 1, "the answer stays");
    await page.click("#clear");
    assert.equal(await visible(page, "#kept button"), true);

    // A second page is open: it is of the first build, too, and the first would not take its files away.
    const second = await open();
    await second.goto(server.url);
    await ready(second);
    assert.deepEqual(await builds(), ["build-one"]);
    await page.bringToFront();
    await page.click("#kept button");
    await page.waitForFunction(() => /Close the other tabs/.test(document.getElementById("kept")?.textContent ?? ""));
    await second.reload();
    await ready(second);
    assert.deepEqual(await builds(), ["build-one"]);
    await second.close();

    await page.bringToFront();
    await Promise.all([page.waitForNavigation(), page.click("#kept button")]);
    await ready(page);
    assert.deepEqual(await builds(), ["build-two"]);
    assert.equal(await text(page, "#kept"), "", "nothing newer");
    assert.equal(await caches(), 1, "the older files are gone");
    await server.close();
    await page.reload();
    await ready(page);
    assert.deepEqual(await builds(), ["build-two"]);
    await ask(page, THRESHOLD);
    await leave();
  });

  test("a bounce is answered before all files are kept, but only then is the page called cut off", async () => {
    const server = await host(sites.one);
    // Nothing but the service worker asks for it.
    const release = server.hold("/icons/maskable-512.png");
    const { open, leave } = await visitor();
    const page = await open();
    await page.goto(server.url);
    // It listens by now.
    await page.waitForSelector("[data-sample]");
    await ask(page, THRESHOLD);
    assert.equal((await cards(page))[0].error, "exchange-online/tenant-threshold");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.ready ?? null), null);
    assert.equal(await text(page, "#privacy"), "Nothing leaves this page.");
    release();
    await ready(page);
    assert.match(await text(page, "#privacy"), /^Cut off from the network/);
    await leave();
  });

  test("without a choice, the newer build takes over when the page is opened the next time", async () => {
    const server = await host(sites.one);
    const { open, builds, leave } = await visitor();
    const page = await open();
    await page.goto(server.url);
    await ready(page);
    server.turnTo(sites.two);
    await page.reload();
    await page.waitForSelector("#kept button");
    assert.deepEqual(await builds(), ["build-one"]);
    await page.close();
    // The browser takes a moment to see that no page is open.
    await waitFor(async () => {
      const next = await open();
      await next.goto(server.url);
      await ready(next);
      const found = await builds();
      assert.equal(found.length, 1);
      await next.close();
      return found[0] === "build-two";
    });
    await leave();
  });

  test("a bad answer is never kept", async () => {
    const server = await host(sites.torn);
    const { open, leave } = await visitor();
    const page = await open();
    await page.goto(server.url);
    await ready(page);
    assert.equal(await text(page, "#kept"), "");
    assert.deepEqual(await page.evaluate(() => caches.keys()), []);
    await ask(page, THRESHOLD);
    await leave();
  });
}

/** @param {() => boolean | Promise<boolean>} condition */
async function waitFor(condition) {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`not within 30 seconds: ${condition}`);
}
