/** Every error: browsed and searched in the page, and read as pages of their own. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { violations } from "./axe.js";
import { outlookScreen, THRESHOLD } from "./bounces.js";
import { ask, cards, DIST, paste, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
/** @type {import("../../www/types.d.ts").Texts} */
let texts;
before(async () => {
  site = await start();
  texts = await (await fetch(`${site.url}texts/en.json`)).json();
});
after(() => site.stop());

const ARTICLE = "exchange-online/tenant-threshold";

/** @param {import("./browser.js").Page} page */
const rows = (page) =>
  page.$$eval(".found .errors a", (links) =>
    links.map((link) => ({
      id: link.getAttribute("href")?.replace("#/e/", ""),
      codes: link.querySelector(".codes")?.textContent ?? "",
      text: link.textContent ?? "",
    })),
  );

/**
 * Goes to the list of all errors: the page shows it a moment after the address has changed.
 *
 * @param {import("./browser.js").Page} page
 */
async function browse(page) {
  await page.click('header a[href="#/errors"]');
  await page.waitForSelector("#search");
}

/**
 * Follows a link to another document, all of which is there then.
 *
 * @param {import("./browser.js").Page} page
 * @param {string} link
 */
async function follow(page, link) {
  await Promise.all([page.waitForEvent("load"), page.click(link)]);
}

/**
 * The error that is shown, once there is one.
 *
 * @param {import("./browser.js").Page} page
 */
async function shown(page) {
  await page.waitForSelector("#results article[data-error]");
  return (await cards(page))[0].error;
}

/**
 * Types what is looked for, and gives the ids that are found.
 *
 * @param {import("./browser.js").Page} page
 * @param {string} query
 */
async function search(page, query) {
  await page.fill("#search", query);
  return (await rows(page)).map(({ id }) => id);
}

test("every error is there to browse, one click from the start and from an answer", async () => {
  const page = await site.open();
  await browse(page);
  const listed = (await rows(page)).map(({ id }) => id);
  assert.deepEqual(listed.toSorted(), Object.keys(texts.articles).toSorted());
  assert.match((await page.textContent(".reference [role=status]")) ?? "", new RegExp(`^${listed.length} errors$`));
  const headings = await page.$$eval(".family h3", (all) => all.map((one) => one.textContent));
  for (const [name] of Object.values(texts.providers)) assert.ok(headings.includes(name), name);
  await page.click(".families button >> text=Gmail");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Gmail and Google Workspace");
  await page.click(`.errors a[href="#/e/${ARTICLE}"]`);
  assert.equal(await shown(page), ARTICLE);
  await page.click("#clear");
  await ask(page, THRESHOLD);
  await browse(page);
  assert.equal((await rows(page)).length, listed.length);
  await page.context().close();
});

test("what looks at a static page for its owner can read robots.txt", async () => {
  const page = await site.open({ path: `es/errors/${ARTICLE}/`, ready: "h1" });
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { resource } = await session.send("Network.loadNetworkResource", {
    frameId: frameTree.frame.id,
    url: `${site.url}robots.txt`,
    options: { disableCache: true, includeCredentials: true },
  });
  assert.deepEqual([resource.success, resource.httpStatusCode], [true, 200]);
  await page.context().close();
});

test("codes are found: exact, inside of a range or a family, with a reply before them, half typed", async () => {
  const page = await site.open({ path: "#/errors" });
  const has = (/** @type {string} */ code) =>
    Object.keys(texts.articles).find((id) => texts.articles[id].codes.includes(code));
  assert.equal((await search(page, "5.7.705"))[0], ARTICLE);
  assert.equal((await search(page, "550 5.7.705 Access denied"))[0], ARTICLE);
  assert.equal((await search(page, "550-5.7.705"))[0], ARTICLE);
  assert.equal((await search(page, "(#5.7.705)"))[0], ARTICLE);
  const range = await search(page, "5.7.610");
  assert.equal(range[0], has("5.7.606-5.7.649"));
  assert.ok(range[0] !== undefined && range.length < 6, `${range.length} are found for one code`);
  assert.ok((await search(page, "5.7.64")).includes(range[0]), "while it is being typed");
  assert.ok(!(await search(page, "5.7.650")).includes(range[0]));
  const exact = await search(page, "550 5.7.1");
  assert.equal(exact[0], has("5.7.1"));
  assert.ok((await rows(page)).slice(0, 20).every(({ codes }) => /\b5\.7\.1\b|x\.7\.1\b|5\.7\.0-/.test(codes)));
  assert.equal((await search(page, "552 5.2.2")).includes("rfc3463/mailbox-full"), true);
  assert.equal((await search(page, "525"))[0], "smtp/account-disabled");
  await page.context().close();
});

test("words are found without case or accents, and by who says them, in both languages", async () => {
  const page = await site.open({ path: "#/errors" });
  for (const [query, family] of [
    ["YAHOO", "yahoo"],
    ["spamhaus", "spamhaus"],
    ["google workspace", "gmail"],
  ]) {
    const [first] = await search(page, query);
    assert.equal(first?.split("/")[0], family, query);
  }
  const many = await search(page, "mail");
  await page.click(".read button");
  const all = (await rows(page)).map(({ id }) => id);
  assert.ok(all.length > many.length, "the best first, the rest on demand");
  assert.deepEqual(all.slice(0, many.length), many);
  assert.equal(new Set(all).size, Number.parseInt((await page.textContent(".reference [role=status]")) ?? "", 10));
  const full = await search(page, "mailbox full");
  for (const id of full.slice(0, 3)) assert.match(id ?? "", /mailbox-full/);
  assert.deepEqual(await search(page, "tenant has exceeded threshold"), [ARTICLE]);
  await search(page, "buzon LLENO");
  await page.selectOption("#language", "es");
  assert.equal(await page.inputValue("#search"), "buzon LLENO", "what was typed stays");
  const [first] = await rows(page);
  assert.match(first.text, /buzón .*está lleno/i);
  assert.deepEqual(await page.$$eval(".errors a mark", (all) => all.slice(0, 2).map((one) => one.textContent)), [
    "buzón",
    "lleno",
  ]);
  assert.match((await page.textContent(".reference [role=status]")) ?? "", /^\d+ errores$/);
  await page.context().close();
});

test("what is not found is read as a bounce, if the reader says that it is one", async () => {
  const page = await site.open({ path: "#/errors" });
  assert.deepEqual(await search(page, "xyzzy"), []);
  assert.match((await page.textContent(".reference [role=status]")) ?? "", /^No error has any of this/);
  assert.ok((await search(page, "quota of the moon")).length > 0);
  assert.match((await page.textContent(".reference [role=status]")) ?? "", /closest/);
  await search(page, `xyzzy ${THRESHOLD}`);
  await page.click(".read button");
  await page.waitForSelector("#results article[data-basis]");
  assert.equal(await shown(page), ARTICLE);
  assert.equal(new URL(page.url()).hash, "");
  await page.context().close();
});

test("a question in the field of the bounce is answered from the list of errors, if an error has all its words", async () => {
  const page = await site.open({ locale: "es-ES" });
  const near = () => page.$$eval(".near:not([hidden]) .errors a", (all) => all.map((one) => one.getAttribute("href")));
  await ask(page, "buzon LLENO");
  assert.equal(await page.getAttribute("#results .other", "data-kind"), "other");
  await page.waitForSelector(".near .errors");
  const found = await near();
  assert.ok(found.length > 1 && found.length <= 5, `${found}`);
  for (const href of found) assert.match(href ?? "", /mailbox.*full/);
  assert.equal(await page.textContent(".near h3"), "Errores con estas palabras");
  await page.selectOption("#language", "en");
  await page.waitForSelector(".near .errors");
  assert.deepEqual((await near()).toSorted(), found.toSorted(), "the words of every language are known");
  await page.click(".near a >> nth=0");
  assert.equal(`#/e/${await shown(page)}`, new URL(page.url()).hash);
  await page.goBack();
  await page.waitForSelector(".near .errors");
  assert.equal(await page.inputValue("#bounce"), "buzon LLENO");
  // Made ready for the search by now, it is there before the next task.
  for (const none of ["no error has xyzzy", "buzon LLENO ".repeat(11)]) {
    await ask(page, none);
    assert.equal(await page.getAttribute("#results .other", "data-kind"), "other", none);
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    assert.deepEqual(await near(), [], none);
  }
  await page.context().close();
});

test("the whole search by keyboard, and back to where it was left", async () => {
  const page = await site.open();
  await page.focus('header a[href="#/errors"]');
  await page.keyboard.press("Enter");
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute("href"));
  await page.waitForSelector("#search");
  assert.equal(await focused(), "search");
  await page.keyboard.type("mailbox full");
  const [first, second] = (await rows(page)).map(({ id }) => `#/e/${id}`);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(), "search");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), second);
  await page.keyboard.press("Enter");
  assert.equal(`#/e/${await shown(page)}`, second);
  await page.goBack();
  await page.waitForSelector("#search");
  assert.equal(await page.inputValue("#search"), "mailbox full");
  assert.equal(await focused(), second);
  await page.focus("#search");
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#search"), "");
  assert.equal((await rows(page)).length, Object.keys(texts.articles).length);
  await page.keyboard.type("5.7.705");
  await page.keyboard.press("Enter");
  assert.equal(await shown(page), ARTICLE);
  await page.context().close();
});

test("beside an error stand its codes and the bounces that it explains", async () => {
  const page = await site.open({ path: `#/e/${ARTICLE}` });
  assert.deepEqual(await page.$$eval("#beside .codes li", (all) => all.map((one) => one.textContent)), ["5.7.705"]);
  const bounces = await page.$$eval("#beside .bounce", (all) => all.map((one) => one.textContent));
  assert.ok(bounces.includes(THRESHOLD), `${bounces}`);
  await page.selectOption("#language", "es");
  assert.match((await page.textContent("#beside")) ?? "", /Así se lee el rebote/);
  await ask(page, THRESHOLD);
  assert.equal(await page.locator("#beside .bounce").count(), 0, "a bounce of one's own takes their place");
  await page.context().close();
});

test("what is typed goes nowhere: no request, no address, no storage; Clear forgets it", async () => {
  const page = await site.open({ path: "#/errors" });
  const before = await page.evaluate(() => ({ entries: history.length, title: document.title }));
  const asked = site.requests.length;
  await page.locator("#search").pressSequentially("secret-marker 5.7.1");
  assert.equal(new URL(page.url()).hash, "#/errors");
  const after = await page.evaluate(() => ({
    entries: history.length,
    title: document.title,
    kept: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]),
  }));
  assert.equal(after.entries, before.entries);
  assert.equal(after.title, before.title);
  assert.doesNotMatch(after.kept, /secret/);
  assert.equal(site.requests.length, asked);
  await page.click("#clear");
  assert.equal(new URL(page.url()).hash, "");
  assert.doesNotMatch((await page.textContent("body")) ?? "", /secret/);
  await browse(page);
  assert.equal(await page.inputValue("#search"), "");
  await page.context().close();
});

test("a code pasted into the search is looked for, a message is read", async () => {
  const page = await site.open({ path: "#/errors", permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate(() => navigator.clipboard.writeText("5.7.705"));
  await page.focus("#search");
  await page.keyboard.press("Control+V");
  assert.equal(await page.inputValue("#search"), "5.7.705");
  assert.equal((await rows(page))[0].id, ARTICLE);
  await page.focus("#search");
  await paste(page, { plain: outlookScreen(THRESHOLD) });
  await page.waitForSelector("#results article[data-basis]");
  assert.equal(await shown(page), ARTICLE);
  await page.context().close();
});

test("the single file has the search, too", async () => {
  const context = await site.browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  await page.goto(pathToFileURL(`${DIST}/bounce-analyzer.html`).href);
  await page.waitForSelector("html[data-ready]");
  await browse(page);
  assert.equal((await search(page, "5.7.610"))[0], "exchange-online/banned-sending-ip");
  assert.equal((await search(page, "tenant has exceeded threshold"))[0], ARTICLE);
  await context.close();
});

test("without JavaScript: from the front page to an error, to what is related, to the help, and back", async () => {
  const context = await site.browser.newContext({ javaScriptEnabled: false, locale: "es-ES" });
  const page = await context.newPage();
  await page.goto(site.url);
  await follow(page, 'noscript a[href="es/errors/"]');
  assert.equal(await page.getAttribute("html", "lang"), "es");
  await follow(page, `.errors a[href="${ARTICLE}/"]`);
  assert.match((await page.textContent("h1")) ?? "", /^Su organización tiene bloqueado el envío/);
  assert.ok(await page.locator(".quoted mark").isVisible());
  assert.match((await page.textContent(".quoted")) ?? "", /550 5\.7\.705 Access denied/);
  assert.equal(await page.locator(".role").first().locator(".steps > li").count(), 7);
  assert.match((await page.textContent(".role h3")) ?? "", /administrador del remitente/i);
  await follow(page, ".links a >> nth=0");
  assert.match(page.url(), /es\/errors\/exchange-online\/unregistered-domain\/$/);
  await follow(page, "header >> text=English");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await follow(page, "header >> text=Help");
  assert.equal(await page.locator(".programs section").count(), 5);
  for (const program of await page.locator(".programs ol").all()) {
    const steps = await program.locator("li").count();
    assert.ok(steps >= 1 && steps <= 4);
  }
  await follow(page, ".paste a");
  assert.equal(page.url(), `${site.url}?language=en`);
  await context.close();
});

test("from a page of its own to the tool and to its search, with nothing refused on the way", async () => {
  const page = await site.open({ path: `en/errors/${ARTICLE}/`, ready: "h1" });
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.reload();
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.querySelector("mark") ?? document.body).color),
    "rgb(22, 24, 27)",
  );
  await page.click("header nav >> text=All errors");
  await page.click("text=Search them all");
  await page.waitForSelector("#search");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("how to get the bounce is one click away, at most four steps a program, in both languages", async () => {
  const page = await site.open();
  for (const tag of ["en", "es"]) {
    await page.selectOption("#language", tag);
    if (tag === "en") await page.click(".get summary");
    const programs = await page.$$eval("#get section", (all) =>
      all.map((one) => ({ name: one.querySelector("h2")?.textContent, steps: one.querySelectorAll("li").length })),
    );
    assert.equal(programs.length, 5);
    for (const { name, steps } of programs) assert.ok(name && steps >= 1 && steps <= 4, `${name}: ${steps}`);
    assert.match((await page.textContent("#get")) ?? "", tag === "en" ? /Press Ctrl\+A/ : /Pulse Ctrl\+E/);
    assert.ok(await page.isVisible("#get li"));
  }
  await page.context().close();
});

test("a page prints without what only a screen needs, and with the addresses of its links", async () => {
  const page = await site.open({ path: `en/errors/${ARTICLE}/`, ready: "h1" });
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.isVisible("header")));
  assert.ok(!(await page.isVisible(".paste")));
  assert.ok(await page.isVisible(".steps"));
  const address = await page.$eval(".steps a", (link) => getComputedStyle(link, "::after").content);
  assert.match(address, /https:\/\/learn\.microsoft\.com/);
  await page.context().close();
});

/** @type {Record<string, { path: string, reach?: (page: import("./browser.js").Page) => Promise<void> }>} */
const VIEWS = {
  "an error": { path: `en/errors/${ARTICLE}/` },
  "un error": { path: `es/errors/generic/user-unknown/` },
  index: { path: "en/errors/" },
  help: { path: "es/help/" },
  "an error in the tool": { path: `#/e/${ARTICLE}` },
  browsing: { path: "#/errors" },
  found: { path: "#/errors", reach: (page) => page.fill("#search", "550 5.7.1 google") },
  "not found": { path: "#/errors", reach: (page) => page.fill("#search", "xyzzy") },
};

for (const colorScheme of /** @type {("light" | "dark")[]} */ (["light", "dark"])) {
  for (const width of [320, 390, 1280]) {
    test(`the reference: no violations, no sideways scroll: ${colorScheme}, ${width} px`, async () => {
      for (const [name, { path, reach }] of Object.entries(VIEWS)) {
        const ready = path.startsWith("#") ? "html[data-ready]" : "h1";
        const page = await site.open({ path, ready, colorScheme, viewport: { width, height: 720 } });
        await reach?.(page);
        assert.deepEqual(await violations(page), [], name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name}: ${wide} px too wide`);
        await page.context().close();
      }
    });
  }
}

test("no page of an error is wider than a narrow window", async () => {
  const page = await site.open({ path: "en/errors/", ready: "h1", viewport: { width: 320, height: 700 } });
  const ids = Object.keys(texts.articles).filter((_, n) => n % 12 === 0);
  assert.ok(ids.length > 20);
  for (const [n, id] of ids.entries()) {
    await page.goto(`${site.url}${n % 2 ? "es" : "en"}/errors/${id}/`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${id}: ${wide} px too wide`);
  }
  await page.context().close();
});
