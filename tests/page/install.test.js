/** Installed as an application: its icons, its manifest, the files that it opens. */

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { languages } from "../../www/i18n.js";
import { en } from "../../www/locales/en.js";
import { es } from "../../www/locales/es.js";
import { dsn, THRESHOLD } from "./bounces.js";
import { CHROMIUM, cards, DIST, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

const WWW = fileURLToPath(new URL("../../www/", import.meta.url));
/** The pictures, what each is drawn from, and its width. @type {[png: string, svg: string, size: number][]} */
const ICONS = [
  ["icons/icon-192.png", "icons/icon.svg", 192],
  ["icons/icon-512.png", "icons/icon.svg", 512],
  ["icons/maskable-512.png", "icons/maskable.svg", 512],
  ["icons/touch-180.png", "icons/maskable.svg", 180],
];

/** @param {string} language */
async function manifestIn(language) {
  return JSON.parse(await readFile(`${DIST}/manifest.${language}.webmanifest`, "utf8"));
}

// UPDATE=1 draws them anew.
test("each icon is its drawing", async () => {
  const page = await site.browser.newPage();
  for (const [png, svg, size] of ICONS) {
    const drawing = await readFile(WWW + svg, "base64");
    if (process.env.UPDATE) await writeFile(WWW + png, await drawn(page, drawing, size), "base64");
    const picture = await readFile(WWW + png, "base64");
    const difference = await page.evaluate(
      async ([drawing, picture, size]) => {
        const [one, other] = await Promise.all(
          [`data:image/svg+xml;base64,${drawing}`, `data:image/png;base64,${picture}`].map(async (src) => {
            const image = Object.assign(new Image(), { src });
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
            const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
            context.drawImage(image, 0, 0, Number(size), Number(size));
            return { data: context.getImageData(0, 0, Number(size), Number(size)).data, width: image.naturalWidth };
          }),
        );
        let sum = 0;
        for (let at = 0; at < one.data.length; at += 1) sum += Math.abs(one.data[at] - other.data[at]);
        return { width: other.width, mean: sum / one.data.length };
      },
      /** @type {const} */ ([drawing, picture, size]),
    );
    assert.equal(difference.width, size, png);
    // Other versions of the browser may smooth an edge a little differently.
    assert.ok(difference.mean < 0.5, `${png} is not ${svg}: UPDATE=1 draws it anew (${difference.mean})`);
  }
  await page.close();
});

/**
 * A drawing as PNG, base64.
 *
 * @param {import("./browser.js").Page} page
 * @param {string} drawing
 * @param {number} size
 */
function drawn(page, drawing, size) {
  return page.evaluate(
    async ([drawing, size]) => {
      const image = Object.assign(new Image(), { src: `data:image/svg+xml;base64,${drawing}` });
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
      canvas.getContext("2d")?.drawImage(image, 0, 0, Number(size), Number(size));
      return canvas.toDataURL("image/png").split(",")[1];
    },
    /** @type {const} */ ([drawing, size]),
  );
}

test("the manifest tells what the page is, and takes nothing that would be sent to a server", async () => {
  const manifest = await manifestIn("en");
  const page = await readFile(`${DIST}/index.html`, "utf8");
  assert.ok(page.includes(`<meta name="description" content="${manifest.description}">`));
  assert.deepEqual([manifest.start_url, manifest.scope], ["./", "./"]);
  for (const { src, sizes, type } of manifest.icons) {
    const icon = ICONS.find(([name]) => name === src);
    assert.ok(icon || src === "icons/icon.svg", src);
    if (icon) assert.deepEqual([sizes, type], [`${icon[2]}x${icon[2]}`, "image/png"]);
  }
  assert.ok(manifest.icons.some((/** @type {any} */ { purpose }) => purpose === "maskable"));
  assert.equal(manifest.share_target, undefined);
  assert.equal(manifest.protocol_handlers, undefined);
  assert.deepEqual(
    manifest.file_handlers.flatMap((/** @type {any} */ { accept }) => Object.values(accept).flat()),
    [".eml", ".msg"],
  );
});

test("the manifest of each language differs in its words alone: it is the same application", async () => {
  const { name, description, lang, ...same } = await manifestIn("en");
  assert.deepEqual([name, lang], [en.name, "en"]);
  assert.deepEqual(languages, ["en", "es"]);
  for (const language of languages.filter((one) => one !== "en")) {
    const other = await manifestIn(language);
    assert.deepEqual({ ...other, name, description, lang }, { ...same, name, description, lang });
    assert.deepEqual([other.name, other.lang], [es.name, language]);
    assert.notEqual(other.description, description);
  }
});

/** What the page is opened with, and the name under which it is installed. @type {[locale: string, path: string, name: unknown][]} */
const OPENED = [
  ["en-US", "", en.name],
  ["es-ES", "", es.name],
  ["en-US", "?language=es", es.name],
  ["de-DE", "", en.name],
];

for (const [locale, path, name] of OPENED) {
  test(`${locale} /${path}: it is installed in the reader's language`, () =>
    installed(locale, async (context, page) => {
      await page.goto(site.url + path);
      await page.waitForSelector("html[data-ready]");
      assert.equal(await page.title(), name);
      const session = await context.newCDPSession(page);
      const { url, errors, data } = await session.send("Page.getAppManifest");
      assert.deepEqual(errors, []);
      assert.equal(JSON.parse(data ?? "").name, name);
      assert.deepEqual((await session.send("Page.getInstallabilityErrors")).installabilityErrors, []);
      const kept = await page.evaluate(async (url) => (await caches.match(url))?.json(), url);
      assert.equal(kept?.name, name, "it is among the files that are kept");
    }));
}

test("it installs, cut off as it is, and opens the files that the system hands over", () =>
  installed("en-US", async (context, page, folder) => {
    await page.goto(site.url);
    await page.waitForSelector("html[data-ready]");
    const session = await context.newCDPSession(page);
    assert.deepEqual((await session.send("Page.getInstallabilityErrors")).installabilityErrors, []);
    site.requests.length = 0;
    await session.send("PWA.install", { manifestId: site.url });
    assert.deepEqual(site.requests, []);

    const mail = join(folder, "bounce.eml");
    await writeFile(mail, dsn([{ reply: THRESHOLD }]));
    const opened = context.waitForEvent("page");
    await session.send("PWA.launchFilesInApp", { manifestId: site.url, files: [mail] });
    const app = await opened;
    await app.waitForSelector("#results .verdict");
    assert.equal((await cards(app))[0].error, "exchange-online/tenant-threshold");
    assert.equal(await app.textContent("#note"), "Read from bounce.eml");
  }));

/**
 * A window of a browser that installs pages: private ones, as all others of
 * these tests are, do not, and do not even ask for the manifest.
 *
 * @param {string} locale
 * @param {(context: import("playwright-core").BrowserContext, page: import("./browser.js").Page, folder: string) => Promise<void>} use
 */
async function installed(locale, use) {
  const folder = await mkdtemp(join(tmpdir(), "bounce-analyzer-"));
  const context = await chromium.launchPersistentContext(folder, {
    ...CHROMIUM,
    locale,
    // Where it would put itself on the desktop.
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  try {
    await use(context, context.pages()[0], folder);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
