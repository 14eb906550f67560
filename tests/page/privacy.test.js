/** Nothing of a bounce leaves the page, and nothing could. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve as serveWithHeaders } from "../../build/serve.mjs";
import { dsn, THRESHOLD } from "./bounces.js";
import { ask, copied, DIST, ENGINES, start } from "./browser.js";
import { serve } from "./server.js";

/** @type {import("./browser.js").Site} */
let site;
/** Another origin, which counts what reaches it. @type {Awaited<ReturnType<typeof serve>>} */
let elsewhere;
before(async () => {
  site = await start();
  elsewhere = await serve(DIST);
});
after(async () => {
  await site.stop();
  await elsewhere.close();
});

const MARKER = "zq7planted";

/**
 * Every place that could have kept something of a mail.
 *
 * @param {import("./browser.js").Page} page
 */
const kept = (page) =>
  page.evaluate(async () =>
    JSON.stringify({
      url: location.href,
      title: document.title,
      name: window.name,
      state: history.state,
      entries:
        "navigation" in window
          ? /** @type {any} */ (window).navigation.entries().map((/** @type {any} */ e) => e.url)
          : [],
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      databases: await indexedDB.databases(),
      caches: await Promise.all(
        (await caches.keys()).map(async (name) => [
          name,
          await Promise.all(
            (await (await caches.open(name)).matchAll()).map(async (one) => [one.url, [...one.headers]]),
          ),
        ]),
      ),
    }),
  );

for (const [name, launch] of Object.entries(ENGINES)) {
  for (const visit of ["first", "second"]) {
    test(`from paste to copy there is no request, and the mail is kept nowhere: ${name}, ${visit} visit`, async () => {
      const engine = await launch("en-US");
      await pasteToCopy(engine, visit).finally(engine.stop);
    });
  }
}

/** What the page says of each copy. As functions: the policy lets no text be run, and a text would be when it is asked again. */
const COPIED = {
  markdown: () => document.getElementById("status")?.textContent === "Copied as Markdown.",
  text: () => document.getElementById("status")?.textContent === "Copied as Plain text.",
  json: () => document.getElementById("status")?.textContent === "Copied as JSON.",
};

/**
 * @param {import("./browser.js").Engine} engine
 * @param {string} visit
 */
async function pasteToCopy(engine, visit) {
  const page = await engine.page({ locale: "en-US", keep: true });
  await page.goto(site.url);
  await page.waitForSelector("html[data-ready]");
  if (visit === "second") {
    site.requests.length = 0;
    await page.reload();
    await page.waitForSelector("html[data-ready]");
  }
  // The browser itself looks, when it likes, whether its service worker is the newest.
  const asked = () => site.requests.filter((line) => visit === "first" || line !== "GET /sw.js");
  if (visit === "second") assert.deepEqual(asked(), []);
  site.requests.length = 0;
  /** @type {string[]} */
  const seen = [];
  page.on("request", (request) => {
    // Its own worker, taken anew when the field is cleared, and a font that Firefox has within itself.
    const url = request.url();
    if (!/^(blob:|data:font)/.test(url) && !(visit === "second" && url === `${site.url}sw.js`)) seen.push(url);
  });
  await ask(
    page,
    dsn([{ recipient: `${MARKER}@example.org`, reply: `${THRESHOLD} ${MARKER}` }], {
      subject: MARKER,
      from: `${MARKER} <eva@${MARKER}.example.com>`,
    }),
  );
  for (const [format, done] of Object.entries(COPIED)) {
    await page.click("#copy-whole");
    await page.click(`[data-copy="${format}"]`);
    await page.waitForFunction(done);
    assert.match(await clipboard(page), new RegExp(MARKER), format);
  }
  await engine.select(page, "#language", "es");
  await page.click('.roles input[value="sender"]');
  await page.click("#beside dd button");
  assert.deepEqual([...seen, ...asked()], []);
  assert.doesNotMatch(await kept(page), new RegExp(MARKER));
  await page.click("#clear");
  assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), new RegExp(MARKER));
  assert.doesNotMatch(await kept(page), new RegExp(MARKER));
  assert.deepEqual([...seen, ...asked()], []);
  await engine.leave(page);
}

/**
 * What the clipboard holds, pasted by the keyboard: no page is asked for leave to do that.
 *
 * @param {import("./browser.js").Page} page
 */
async function clipboard(page) {
  await page.evaluate(() => {
    addEventListener(
      "paste",
      (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        Object.assign(window, { pasted: event.clipboardData?.getData("text/plain") });
      },
      { capture: true, once: true },
    );
  });
  await page.keyboard.down("Control");
  await page.keyboard.press("v");
  await page.keyboard.up("Control");
  await page.waitForFunction(() => "pasted" in window);
  return page.evaluate(() => {
    const { pasted } = /** @type {any} */ (window);
    delete (/** @type {any} */ (window).pasted);
    return String(pasted);
  });
}

test("copies leave out names and addresses unless the reader says otherwise, each time anew", async () => {
  const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  await ask(page, dsn([{ recipient: `${MARKER}@example.org`, reply: THRESHOLD }]));
  for (const format of ["markdown", "text", "json"]) {
    assert.doesNotMatch(await copied(page, format), new RegExp(MARKER), format);
    await page.check("#copy-whole");
    assert.match(await copied(page, format), new RegExp(MARKER), format);
    assert.equal(await page.isChecked("#copy-whole"), false);
  }
  const [record] = JSON.parse(await copied(page, "json"));
  assert.equal(record.recipients[0].article, "exchange-online/tenant-threshold");
  const markdown = await copied(page, "markdown");
  assert.match(markdown, /^# Your organization is blocked from sending/);
  assert.match(markdown, /^1\. /m);
  assert.doesNotMatch(markdown, /[ \t]$/m);
  assert.match(markdown, /^ {3}```powershell$/m);
  await page.context().close();
});

test("the worker cannot get out either", async () => {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  // The engine's worker with one more command, put in before the page starts it.
  await page.addInitScript(() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) =>
      make(
        new Blob([
          /** @type {Blob} */ (blob),
          `;addEventListener("message", async ({ data }) => {
            if (!data.out) return;
            const through = [];
            const attempt = (name, act) => act().then(() => through.push(name), () => {});
            const loaded = (it) => new Promise((done, fail) => {
              it.onload = it.onopen = it.onmessage = done;
              it.onerror = fail;
              setTimeout(fail, 1000);
            });
            for (const to of data.out) {
              await attempt("fetch", () => fetch(to + "out-fetch", { mode: "no-cors" }));
              await attempt("import", () => import(to + "out-import.js"));
              await attempt("importScripts", async () => importScripts(to + "out-scripts.js"));
              await attempt("xhr", async () => {
                const request = new XMLHttpRequest();
                request.open("GET", to + "out-xhr", false);
                request.send();
              });
              await attempt("websocket", async () => loaded(new WebSocket((to + "out-socket").replace("http", "ws"))));
              await attempt("event source", async () => loaded(new EventSource(to + "out-events")));
              await attempt("worker", async () => loaded(new Worker(to + "out-worker.js")));
              await attempt("cache", async () => (await caches.open("out")).add(to + "out-cache"));
              await attempt("font", async () => new FontFace("out", "url(" + to + "out-font)").load());
              await attempt("blob worker", async () => loaded(new Worker(URL.createObjectURL(
                new Blob(["fetch('" + to + "out-nested', { mode: 'no-cors' }).then(() => postMessage(1), () => close())"])))));
            }
            postMessage({ through });
          });`,
        ]),
      );
    const Made = Worker;
    Object.assign(window, { workers: [] });
    window.Worker = class extends Made {
      constructor(/** @type {any} */ url, /** @type {any} */ options) {
        super(url, options);
        /** @type {any} */ (window).workers.push(this);
      }
    };
  });
  await page.goto(site.url);
  await page.waitForSelector("html[data-ready]");
  site.requests.length = 0;
  elsewhere.requests.length = 0;
  const through = await page.evaluate(
    (out) =>
      new Promise((resolve) => {
        const worker = /** @type {any} */ (window).workers.at(-1);
        worker.addEventListener(
          "message",
          (/** @type {MessageEvent} */ { data }) => data.through && resolve(data.through),
        );
        worker.postMessage({ out });
      }),
    [site.url, elsewhere.url],
  );
  assert.deepEqual(through, []);
  assert.deepEqual(site.requests, []);
  assert.deepEqual(elsewhere.requests, []);
  await context.close();
});

test("the service worker can ask its own server only, where the headers are sent", async () => {
  const sent = await serveWithHeaders(DIST);
  const context = await site.browser.newContext();
  const page = await context.newPage();
  await page.goto(sent.url);
  await page.waitForSelector("html[data-ready]");
  const [worker] = context.serviceWorkers();
  elsewhere.requests.length = 0;
  const reached = await worker.evaluate(
    async (targets) => {
      const out = [];
      for (const to of targets) {
        out.push(
          await fetch(`${to}style.css`, { mode: "no-cors" }).then(
            () => true,
            () => false,
          ),
        );
      }
      return out;
    },
    [sent.url, elsewhere.url],
  );
  assert.deepEqual(reached, [true, false]);
  assert.deepEqual(elsewhere.requests, []);
  await context.close();
  await sent.close();
});

test("what no policy covers gets out, which is why the page never builds an address from a mail", async () => {
  const page = await site.open();
  elsewhere.requests.length = 0;
  await page.evaluate((to) => {
    window.open(`${to}?opened`);
    location.href = `${to}?followed`;
  }, elsewhere.url);
  await page.waitForURL(/followed/, { waitUntil: "commit" });
  assert.ok(elsewhere.requests.includes("GET /?followed"));
  await page.context().close();
});

test("the page says that it is cut off, and how to check", async () => {
  const page = await site.open();
  assert.match((await page.textContent("#privacy")) ?? "", /Cut off from the network/);
  await page.click(".privacy summary");
  assert.ok(await page.isVisible(".privacy li >> nth=2"));
  await page.context().close();
});

test("outside links are the articles' own and tell nothing", async () => {
  const page = await site.open();
  await ask(page, THRESHOLD);
  const links = await page.$$eval('#results a[href^="http"]', (all) =>
    all.map((one) => [one.getAttribute("href")?.startsWith("https://"), one.getAttribute("rel")]),
  );
  assert.ok(links.length > 0);
  for (const [secure, rel] of links) assert.deepEqual([secure, rel], [true, "noreferrer noopener"]);
  await page.context().close();
});
