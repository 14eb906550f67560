/** A real browser at the built site: what the tests of the page share. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { LATE, late } from "./late.js";
import { serve } from "./server.js";

/** How Chromium is started. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
};
export const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {Awaited<ReturnType<typeof start>>} Site
 */

/** The engines that the page is tested in. @type {Record<string, (locale: string) => Promise<Engine>>} */
export const ENGINES = {
  async chromium() {
    const browser = await chromium.launch(CHROMIUM);
    return {
      async page({ locale, keep = false }) {
        const context = await browser.newContext({ locale, viewport: VIEW, serviceWorkers: keep ? "allow" : "block" });
        if (LATE) await context.addInitScript(late);
        return context.newPage();
      },
      another: (page) => page.context().newPage(),
      select: async (page, selector, value) => void (await page.selectOption(selector, value)),
      body: (response) => response.body(),
      leave: (page) => page.context().close(),
      stop: () => browser.close(),
    };
  },
  async firefox(locale) {
    const launch = () =>
      puppeteer.launch({
        browser: "firefox",
        executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
        extraPrefsFirefox: { "intl.accept_languages": locale },
      });
    // On a busy machine about one start in twelve ends before it takes its first order.
    const browser = await launch().catch(launch).catch(launch);
    return {
      async page() {
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        await page.setViewport(VIEW);
        if (LATE) await page.evaluateOnNewDocument(late);
        // Of a page, the shared tests use only what both libraries call by the same names.
        return /** @type {any} */ (page);
      },
      another: (page) => /** @type {any} */ (page).browserContext().newPage(),
      body: (response) => /** @type {any} */ (response).buffer(),
      select: (page, selector, value) => /** @type {any} */ (page).select(selector, value),
      leave: (page) => /** @type {any} */ (page).browserContext().close(),
      stop: () => browser.close(),
    };
  },
};

/**
 * @typedef {object} Engine
 * @property {(options: { locale: string, keep?: boolean }) => Promise<Page>} page
 *   A page in a context of its own; `keep` lets it have a service worker.
 * @property {(page: Page) => Promise<Page>} another A second one beside it, in the same context.
 * @property {(page: Page, selector: string, value: string) => Promise<void>} select
 * @property {(response: import("playwright-core").Response) => Promise<Buffer>} body
 * @property {(page: Page) => Promise<void>} leave Closes the page with its context.
 * @property {() => Promise<void>} stop
 */

const VIEW = { width: 1280, height: 720 };

/** Starts Chromium and the server. */
export async function start() {
  if (!existsSync(`${DIST}/index.html`)) throw new Error(`nothing is built in ${DIST}: run ./build.sh first`);
  const site = await serve(DIST);
  const browser = await chromium.launch(CHROMIUM);
  return {
    ...site,
    browser,
    /**
     * A fresh page that is ready, in a context of its own.
     *
     * @param {import("playwright-core").BrowserContextOptions & { path?: string, ready?: string }} [options]
     */
    async open({ path = "", ready = "html[data-ready]", ...options } = {}) {
      const context = await browser.newContext({
        locale: "en-US",
        timezoneId: "UTC",
        viewport: VIEW,
        // Every context would fetch all files a second time.
        serviceWorkers: "block",
        ...options,
      });
      const page = await context.newPage();
      if (LATE) await page.addInitScript(late);
      await page.goto(new URL(path, site.url).href);
      await page.waitForSelector(ready);
      return page;
    },
    async stop() {
      await browser.close();
      await site.close();
    },
  };
}

/**
 * Pastes onto whatever has the focus, as a browser hands it over.
 *
 * @param {Page} page
 * @param {{ plain?: string, html?: string }} flavours
 */
export async function paste(page, { plain, html }) {
  await page.evaluate(
    ({ plain, html }) => {
      const clipboardData = new DataTransfer();
      if (plain !== undefined) clipboardData.setData("text/plain", plain);
      if (html !== undefined) clipboardData.setData("text/html", html);
      const target = document.activeElement ?? document.body;
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      // Firefox gives an event that a script made a clipboard of its own.
      if (event.clipboardData !== clipboardData)
        Object.defineProperty(event, "clipboardData", { value: clipboardData });
      target.dispatchEvent(event);
    },
    { plain, html },
  );
}

/**
 * Pastes a text and waits for its answer.
 *
 * @param {Page} page
 * @param {string} plain
 */
export async function ask(page, plain) {
  await page.evaluate(() => document.getElementById("results")?.replaceChildren());
  await paste(page, { plain });
  await page.waitForSelector("#results .verdict");
}

/**
 * Copies something, and gives what the clipboard holds once the page has said that it is done.
 *
 * @param {Page} page In a context that may read the clipboard.
 * @param {string} name
 * @param {number} nth Which of the buttons of that name.
 */
export async function copied(page, name, nth = 0) {
  await page.evaluate(() => document.getElementById("status")?.replaceChildren());
  await page.locator(`[data-copy="${name}"]`).nth(nth).click();
  await page.waitForFunction(() => document.getElementById("status")?.textContent !== "");
  return page.evaluate(() => navigator.clipboard.readText());
}

/**
 * Drops files onto the page.
 *
 * @param {Page} page
 * @param {{ name: string, bytes: Uint8Array | string }[]} files
 */
export async function drop(page, files) {
  await page.evaluate(
    (files) => {
      const dataTransfer = new DataTransfer();
      for (const { name, bytes } of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    },
    files.map(({ name, bytes }) => ({
      name,
      bytes: [...(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes)],
    })),
  );
}

/**
 * What the cards of an answer say.
 *
 * @param {Page} page
 */
export function cards(page) {
  return page.$$eval("#results article[data-error]", (articles) =>
    articles.map((article) => {
      const text = (/** @type {string} */ selector) => article.querySelector(selector)?.textContent ?? "";
      return {
        error: article.getAttribute("data-error"),
        status: article.getAttribute("data-status"),
        category: article.getAttribute("data-category"),
        basis: article.getAttribute("data-basis"),
        verdict: text("h2"),
        state: text(".state"),
        who: text(".who"),
        evidence: [...article.querySelectorAll(".evidence mark")].map((mark) => mark.textContent),
        steps: [...article.querySelectorAll("ol.steps > li")].map((step) => step.textContent ?? ""),
        recipients: [...article.querySelectorAll(".recipients li")].map((item) => item.textContent),
      };
    }),
  );
}

/**
 * Opens one of the page's own samples.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function sample(page, name) {
  await page.evaluate((name) => {
    document.getElementById("results")?.replaceChildren();
    const button = document.querySelector(`[data-sample="${name}"]`);
    if (button instanceof HTMLElement) button.click();
  }, name);
  await page.waitForSelector("#results .verdict");
}
