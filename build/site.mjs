// Puts dist/ together: the page as it is written, the core, the texts, the
// reference, the list of files for offline use, the headers and the single file.
//
//   node build/site.mjs WASM-FOLDER TEXTS-FOLDER
//
// SITE_URL is the address that the site will have. With it there is a map of
// the site for search engines, and the reference names itself in full.

import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { argv, env } from "node:process";
import { build } from "esbuild";
import { isLanguage, load, loadMore, speak, t } from "../www/i18n.js";
import { headersText, policyOf } from "./headers.mjs";
import { fillServiceWorker } from "./offline.mjs";
import { robots, siteAddress, sitemap, writeReference } from "./reference.mjs";
import { singleFile } from "./single.mjs";

const PAGE = "www";
/** What the page is when it is installed: one for each language, with its name in it. */
const MANIFEST = "manifest.webmanifest";
/** What stands in the place of `assets.js` in the single file. */
const SINGLE_ASSETS = "assets-single.js";

const [wasm, texts] = argv.slice(2);
if (texts === undefined) throw new Error("usage: node build/site.mjs WASM-FOLDER TEXTS-FOLDER");

// A whole new folder, put in place at the end: a server never sees half a build.
const out = "dist.new";
await rm(out, { recursive: true, force: true });
await cp(PAGE, out, {
  recursive: true,
  filter: (path) =>
    !path.endsWith(".d.ts") && ![SINGLE_ASSETS, MANIFEST].map((name) => join(PAGE, name)).includes(path),
});
const core = ["bounce_analyzer.js", "bounce_analyzer_bg.wasm", "rules.txt"];
await copy(wasm, "wasm", core);
await copy(texts, "texts", await readdir(texts));

const index = await readFile(join(PAGE, "index.html"), "utf8");
const single = await singleFile(index, PAGE, {
  script: bundle,
  assets: await Promise.all(
    [
      ...core.map((name) => `wasm/${name}`),
      "worker.js",
      ...(await readdir(texts)).sort().map((name) => `texts/${name}`),
    ].map(async (name) => ({ name, bytes: await readFile(join(out, name)) })),
  ),
});
const digest = createHash("sha256").update(single).digest("hex");
await writeFile(join(out, "bounce-analyzer.html"), single);
await writeFile(join(out, "bounce-analyzer.html.sha256"), `${digest}  bounce-analyzer.html\n`);
const style = createHash("sha256")
  .update(await readFile(join(out, "style.css")))
  .digest("hex");
await writeFile(
  join(out, "index.html"),
  index
    .replace(/(<code\b[^>]*data-build="single-sha256"[^>]*>)[^<]*/g, `$1${digest}`)
    // Firefox gives a style sheet that it has read to the next page, past the service worker.
    .replace('href="style.css"', `href="style.css?${style.slice(0, 8)}"`),
);
await writeFile(join(out, "_headers"), headersText(policyOf(index)));
const names = (await readdir(texts)).map((name) => name.replace(/\.json$/, "")).filter(isLanguage);
for (const name of names) {
  await load(name);
  await loadMore(name);
}
await manifests();
await reference();
await fillServiceWorker(out);

await rm("dist", { recursive: true, force: true });
await rename(out, "dist");
console.log(`bounce-analyzer.html has the SHA-256 ${digest}`);

/** Each lies beside the page, which the addresses in it are told from. */
async function manifests() {
  const manifest = JSON.parse(await readFile(join(PAGE, MANIFEST), "utf8"));
  for (const lang of names) {
    speak(lang);
    const told = { ...manifest, lang, name: t("name"), description: t("description") };
    await writeFile(join(out, `manifest.${lang}.webmanifest`), `${JSON.stringify(told, null, 2)}\n`);
  }
}

/** Every error as a page of its own, and what search engines ask for. */
async function reference() {
  const json = async (/** @type {string} */ name) => JSON.parse(await readFile(join(out, "texts", name), "utf8"));
  const base = siteAddress(env.SITE_URL ?? "");
  const site = {
    texts: await Promise.all(names.sort().map((name) => json(`${name}.json`))),
    bounces: await json("bounces.json"),
    icon: index.match(/<link\b[^>]*\brel="icon"[^>]*\bhref="([^"]*)"/)?.[1] ?? "",
    base,
  };
  const pages = await writeReference(out, site);
  await writeFile(join(out, "robots.txt"), robots(base));
  if (base) await writeFile(join(out, "sitemap.xml"), sitemap(pages, site));
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string[]} names
 */
async function copy(from, to, names) {
  for (const name of names) {
    await mkdir(dirname(join(out, to, name)), { recursive: true });
    await cp(join(from, name), join(out, to, name));
  }
}

/**
 * One script from a module and what it imports, as readable as they are.
 *
 * @param {string} entry
 */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    write: false,
    // Whether a tsconfig.json lies beside them must not change the bytes.
    tsconfigRaw: {},
    plugins: [
      {
        name: "assets",
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/assets\.js$/ }, () => ({ path: resolve(PAGE, SINGLE_ASSETS) })),
      },
    ],
  });
  return outputFiles[0].text;
}
