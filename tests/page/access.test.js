/** For everyone: rules of axe-core, keyboard, narrow windows, announcements, words. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { en } from "../../www/locales/en.js";
import { es } from "../../www/locales/es.js";
import { en as enMore } from "../../www/locales/reference/en.js";
import { es as esMore } from "../../www/locales/reference/es.js";
import { violations } from "./axe.js";
import { dsn, THRESHOLD, UNREGISTERED, WAY, withWay } from "./bounces.js";
import { ask, DIST, drop, paste, sample, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

const MANY = dsn([
  ...Array.from({ length: 12 }, (_, n) => ({ recipient: `user${n}@example.org`, reply: THRESHOLD })),
  { recipient: "b@example.org", reply: UNREGISTERED },
]);

/** @type {Record<string, (page: import("./browser.js").Page) => Promise<void>>} */
const STATES = {
  start: async () => {},
  "how to check": async (page) => {
    await page.click(".privacy summary");
    await page.click(".get summary");
  },
  answer: async (page) => {
    await ask(page, withWay(dsn([{ reply: THRESHOLD }])));
    await page.check(".tick >> nth=0");
    await page.click("#beside dd button");
  },
  "many recipients": (page) => ask(page, MANY),
  unknown: (page) => ask(page, dsn([{ reply: "Qwertz uiop asdf" }])),
  "not a bounce": (page) => sample(page, "away"),
  delay: (page) => sample(page, "delay"),
  article: async (page) => {
    await page.evaluate(() => {
      location.hash = "#/e/exchange-online/tenant-threshold";
    });
    await page.waitForSelector("#results article");
  },
};

for (const [name, reach] of Object.entries(STATES)) {
  test(`no violations, no sideways scroll: ${name}`, async () => {
    for (const colorScheme of /** @type {("light" | "dark")[]} */ (["light", "dark"])) {
      const page = await site.open({ colorScheme });
      await reach(page);
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 720 });
        assert.deepEqual(await violations(page), [], `${colorScheme}, ${width} px`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px too wide at ${width} px`);
      }
      await page.context().close();
    }
  });
}

test("no violations in what is said about offline use", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const page = await site.open({ colorScheme, viewport: { width: 320, height: 640 }, serviceWorkers: "allow" });
    assert.ok(await page.isVisible("#kept"));
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  }
});

test("no answer of the catalogue is hidden below the first view or wider than it", async () => {
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    for (const locale of ["en-US", "es-ES"]) {
      const page = await site.open({ viewport, locale });
      const { articles } = await (await fetch(`${site.url}texts/en.json`)).json();
      const measured = await page.evaluate(async (ids) => {
        const out = [];
        for (const id of ids) {
          const shown = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
          location.hash = `#/e/${id}`;
          await shown;
          scrollTo(0, 0);
          const card = document.querySelector("#results article");
          const top = card?.querySelector("ol.steps > li")?.getBoundingClientRect().top ?? 9999;
          const wide = document.documentElement.scrollWidth - innerWidth;
          out.push({ id, shown: card?.getAttribute("data-error"), top, wide });
        }
        return out;
      }, Object.keys(articles));
      for (const { id, shown, top, wide } of measured) {
        assert.equal(shown, id);
        assert.ok(top + 52 <= viewport.height, `${id}: the first step begins at ${top}, ${viewport.width} ${locale}`);
        assert.ok(wide <= 0, `${id}: ${wide} px too wide, ${viewport.width} ${locale}`);
      }
      await page.context().close();
    }
  }
});

test("the whole task by keyboard", async () => {
  const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  const focused = (/** @type {string} */ selector) =>
    page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);
  const tabTo = async (/** @type {string} */ selector) => {
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press("Tab");
      if (await focused(selector)) return;
    }
    assert.fail(`${selector} is not reached by Tab`);
  };
  await page.keyboard.press("Tab");
  assert.ok(await focused(".skip"));
  await tabTo("#bounce");
  await page.keyboard.type(THRESHOLD);
  await page.waitForSelector("#results article[data-error]");
  assert.ok(await focused("#bounce"), "the answer does not take the focus");
  await tabTo("#file");
  await tabTo("#clear");
  await tabTo('.roles input[value="sender-admin"]');
  await page.keyboard.press("ArrowUp");
  assert.ok(await focused('.roles input[value="sender"]:checked'));
  await page.keyboard.press("ArrowDown");
  assert.ok(await focused('.roles input[value="sender-admin"]:checked'));
  await tabTo(".tick");
  await page.keyboard.press("Space");
  assert.ok(await focused(".tick:checked"));
  await tabTo(".copy");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("status")?.textContent === "Copied");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Get-AcceptedDomain\b/);
  await tabTo(".evidence button");
  await page.keyboard.press("Enter");
  assert.ok(await focused(".pane mark"));
  await page.context().close();
});

test("the answer is announced, once, and the focus stays", async () => {
  const page = await site.open();
  await page.focus("#bounce");
  await ask(page, THRESHOLD);
  assert.match((await page.textContent("#status")) ?? "", /^Answer: Your organization is blocked.*Final\.$/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "bounce");
  await page.context().close();
});

test("both languages have the same words, and nothing is said outside of them", async () => {
  assert.deepEqual(Object.keys(es), Object.keys(en));
  assert.deepEqual(Object.keys(esMore), Object.keys(enMore));
  const names = /** @type {Record<string, unknown>} */ ({ ...en, ...enMore });
  assert.equal(Object.keys(names).length, Object.keys(en).length + Object.keys(enMore).length);
  for (const [key, word] of Object.entries({ ...es, ...esMore })) {
    const same = JSON.stringify(word) === JSON.stringify(names[key]);
    assert.ok(
      !same || /^(ask\.placeholder|copy\.json|copy\.markdown|get\.gmail|get\.thunderbird)$/.test(key),
      `${key} is not translated`,
    );
    const holes = (/** @type {unknown} */ text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort();
    assert.deepEqual(holes(word), holes(names[key]), key);
  }
  // What the document says before the words are there is what the words say.
  const html = await readFile(`${DIST}/index.html`, "utf8");
  for (const [, key, text] of html.matchAll(/data-text="([^"]+)">([^<]*)</g)) {
    assert.equal(text.replaceAll("&quot;", '"'), names[key], key);
  }
});

test("no hard-coded words: with every word replaced, no other is left", async () => {
  const context = await site.browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  for (const [name, words] of Object.entries({ en, "reference/en": enMore })) {
    const fake = Object.fromEntries(
      Object.entries(words).map(([key, word]) => [
        key,
        typeof word === "string" ? `[${(word.match(/\{\w+\}/g) ?? []).join("")}]` : { other: "[{n}]" },
      ]),
    );
    await page.route(`**/locales/${name}.js`, (route) =>
      route.fulfill({ contentType: "text/javascript", body: `export const en = ${JSON.stringify(fake)};` }),
    );
  }
  await page.route("**/texts/en.json", async (route) => {
    const response = await route.fetch();
    const texts = await response.json();
    const { articles, providers } = texts;
    for (const provider of Object.values(providers)) provider[0] = "[]";
    for (const article of Object.values(articles)) {
      article.title = "[]";
      article.summary = [];
      article.causes = [["[]"]];
      article.avoid = [["[]"]];
      for (const role of Object.keys(article.steps)) article.steps[role] = [["[]", { shell: "text", command: ["[]"] }]];
      article.sources = ["https://0/"];
    }
    await route.fulfill({ response, json: texts });
  });
  await page.goto(site.url);
  await page.waitForSelector("html[data-ready]");
  for (const [name, text] of Object.entries({
    "a reply": "550 5.7.705 0",
    "a report": withWay(dsn([{ reply: THRESHOLD }])),
    "a long way": withWay(dsn([{ reply: "Qwertz uiop asdf" }]), WAY.repeat(9)),
    "many recipients": MANY,
    "a delay": dsn([{ reply: "451 4.4.1 Connection timed out", action: "delayed" }]),
    "no bounce": "0",
    "something long": `${"0 ".repeat(60_000)}550 5.7.705 0`,
  })) {
    await page.evaluate(() => document.getElementById("results")?.replaceChildren());
    await paste(page, { plain: text });
    await page.waitForSelector("#results .verdict");
    // What may be meant comes a moment later.
    if (name === "no bounce") await page.waitForSelector(".near .errors");
    await page.click('[data-save="json"]');
    await page.waitForSelector(".said:not(:empty)");
    assert.deepEqual(await wordsLeft(page), [], name);
  }
  await drop(page, [{ name: "0", bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47]) }]);
  await page.waitForSelector("#note p");
  assert.deepEqual(await wordsLeft(page), []);
  await context.close();
});

/**
 * The words on the page that are neither between brackets nor a mail's own.
 *
 * @param {import("./browser.js").Page} page
 */
const wordsLeft = (page) =>
  page.evaluate(() => {
    /** @type {string[]} */
    const words = [];
    const add = (/** @type {string | null} */ text) => {
      const left = (text ?? "").replace(/\[[^\]]*\]/g, "").replace(/\b(Nov|November|AM|PM|sec|min|hr)\b/g, "");
      if (/\p{L}/u.test(left)) words.push(left);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      // A mail's own words stand in bdi; the names of the languages are their own.
      if (element?.closest("noscript, option, .pane pre, script, [data-build], bdi")) continue;
      if (node instanceof Text) add(node.nodeValue);
      else for (const name of ["aria-label", "title", "placeholder", "alt"]) add(element?.getAttribute(name) ?? "");
    }
    return words;
  });

test("in forced colours the chosen role, the done step and the marked words are told apart", async () => {
  const page = await site.open({ forcedColors: "active" });
  await ask(page, withWay(dsn([{ reply: THRESHOLD }])));
  await page.check(".tick >> nth=0");
  const styles = await page.evaluate(() => {
    const style = (/** @type {string} */ selector) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`no ${selector}`);
      const { outlineStyle, backgroundColor, stroke, fill } = getComputedStyle(element);
      return { outlineStyle, backgroundColor, stroke, fill };
    };
    return {
      role: style(".roles :checked + span").outlineStyle,
      mark: style(".pane mark").outlineStyle,
      done: style(".tick:checked").backgroundColor,
      open: style(".tick:not(:checked)").backgroundColor,
      dot: style("svg.way circle").fill,
      number: style("svg.way .number").fill,
    };
  });
  assert.equal(styles.role, "solid");
  assert.equal(styles.mark, "solid");
  assert.notEqual(styles.done, styles.open);
  assert.notEqual(styles.dot, styles.number);
  await page.context().close();
});

test("dark from the first paint when the system is dark", async () => {
  const page = await site.open({ colorScheme: "dark" });
  const [background, colour] = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return [backgroundColor, color];
  });
  assert.equal(background, "rgb(19, 21, 23)");
  assert.equal(colour, "rgb(233, 235, 237)");
  // No script decides it: the style sheet alone does.
  assert.match(await readFile(`${DIST}/index.html`, "utf8"), /<meta name="color-scheme" content="light dark"/);
  await page.context().close();
});

test("motion there is none", async () => {
  assert.doesNotMatch(await readFile(`${DIST}/style.css`, "utf8"), /transition|animation/);
});

test("the answer prints without its buttons", async () => {
  const page = await site.open();
  await ask(page, THRESHOLD);
  await page.emulateMedia({ media: "print" });
  const shown = await page.$$eval(
    "button",
    (all) => all.filter((one) => one.offsetParent !== null && !one.classList.contains("locate")).length,
  );
  assert.equal(shown, 0);
  assert.ok(await page.isVisible("ol.steps"));
  await page.context().close();
});
