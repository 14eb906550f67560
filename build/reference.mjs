// The error files as pages of their own, one for each error and language, with
// an index and the help: for search engines, and for readers without JavaScript.
//
//   texts, bounces -> <language>/errors/<family>/<name>/index.html

import { mkdir, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { fill } from "../www/advice.js";
import { day, language, speak, t } from "../www/i18n.js";
import { programs } from "../www/later/programs.js";
import { codesOf, families, familyOf, plain } from "../www/later/reference.js";
import { markup } from "./markup.mjs";

/**
 * @typedef {import("../www/types.d.ts").Texts} Texts
 * @typedef {import("../www/types.d.ts").Article} Article
 * @typedef {import("../www/types.d.ts").Bounces} Bounces
 * @typedef {import("../www/types.d.ts").Inline} Inline
 * @typedef {import("../www/types.d.ts").Language} Language
 * @typedef {import("../www/types.d.ts").Role} Role
 * @typedef {ReturnType<typeof markup>} Markup
 *
 * @typedef {object} Page
 * @property {string} path From the site's root: `en/errors/`.
 * @property {string} title
 * @property {string} description
 * @property {Markup} main
 * @property {string} reviewed The day on which a person last checked it, or nothing.
 * @property {string} [moved] The path of the page that stands for this one.
 *
 * @typedef {object} Site
 * @property {Texts[]} texts In every language, the first one for those who speak none of them.
 * @property {Bounces} bounces
 * @property {string} icon The link to the site's icon, as the front page has it.
 * @property {string} base The site's address with a slash at its end; empty when it is not known.
 */

/**
 * Nothing is run, sent or framed, and nothing comes from elsewhere. What looks
 * at a site for its owner reads robots.txt in the name of the page that is shown.
 */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
/** @type {Role[]} */
const ROLES = ["sender", "sender-admin", "recipient", "recipient-admin"];
/** How many codes stand beside a title in the index. */
const CODES = 3;
/** How many bounces stand open beside an article. */
const OPEN = 12;
/** About how many letters of a description a search engine shows; nor does a headline need more. */
const LONGEST = 158;

/**
 * Writes the pages; what comes back is their paths, for the map of the site.
 *
 * @param {string} out
 * @param {Site} site
 */
export async function writeReference(out, site) {
  /** @type {{ path: string, reviewed: string }[]} */
  const written = [];
  for (const texts of site.texts) {
    speak(/** @type {Language} */ (texts.language));
    const aliases = Object.entries(texts.aliases).map(([id, now]) => moved(id, texts.articles[now], now));
    /** @type {Page[]} */
    const pages = [index(texts, site), help(), ...articles(texts, site), ...aliases];
    for (const page of pages) {
      const folder = join(out, page.path);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "index.html"), document(page, site));
      if (!page.moved) written.push({ path: page.path, reviewed: page.reviewed });
    }
  }
  return written;
}

/**
 * The address of a site, with a slash at its end; nothing when none is given.
 *
 * @param {string} given
 */
export function siteAddress(given) {
  if (given === "") return "";
  const { protocol, search, hash, href } = new URL(given);
  if (!/^https?:$/.test(protocol) || search || hash) throw new Error(`SITE_URL=${given} is not the address of a site`);
  return href.endsWith("/") ? href : `${href}/`;
}

/** What is asked of search engines: to look at everything. @param {string} base */
export const robots = (base) => `User-agent: *\nAllow: /\n${base && `Sitemap: ${base}sitemap.xml\n`}`;

/**
 * The map of the site, for search engines.
 *
 * @param {{ path: string, reviewed: string }[]} pages
 * @param {Site} site
 */
export function sitemap(pages, { base, texts }) {
  const urls = pages.map(
    ({ path, reviewed }) =>
      markup`  <url>
    <loc>${base + path}</loc>
${texts.map(
  (other) =>
    markup`    <xhtml:link rel="alternate" hreflang="${other.language}" href="${base + inLanguage(path, other.language)}"/>
`,
)}${reviewed && markup`    <lastmod>${reviewed}</lastmod>\n`}  </url>
`,
  );
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <loc>${base}</loc>
  </url>
${urls}</urlset>
`.text;
}

/** @param {string} path @param {string} other */
const inLanguage = (path, other) => path.replace(/^[^/]+/, other);
/** @param {string} id */
const pathOf = (id) => `${language()}/errors/${id}/`;

/**
 * A link from one page to another, good wherever the site is put.
 *
 * @param {string} from
 * @param {string} to
 */
function link(from, to) {
  const path = posix.relative(from, to) || ".";
  return to === "" || to.endsWith("/") ? `${path}/` : path;
}

/** The way to the tool, which opens in the language of the page. @param {string} from */
const tool = (from) => `${link(from, "")}?language=${language()}`;

/** @param {string} family @param {Texts} texts */
const nameOf = (family, texts) => texts.providers[family]?.[0] ?? t(`family.${family}`);

/**
 * A whole document.
 *
 * @param {Page} page
 * @param {Site} site
 */
function document({ path, title, description, main, moved }, { texts, icon, base }) {
  const here = language();
  const to = (/** @type {string} */ target) => link(path, target);
  // Search engines want whole addresses; where the site's own is not known, relative ones are better than none.
  const address = (/** @type {string} */ target) => (base ? base + target : to(target));
  const others = texts.map((other) => other.language).filter((other) => other !== here);
  const named = (/** @type {string} */ other) => inLanguage(path, other);
  return markup`<!doctype html>
<html lang="${here}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta name="description" content="${description}">
    <title>${title}</title>
    <link rel="canonical" href="${address(moved ?? path)}">
${
  moved === undefined &&
  [here, ...others].map(
    (other) => markup`    <link rel="alternate" hreflang="${other}" href="${address(named(other))}">\n`,
  )
}${moved === undefined && markup`    <link rel="alternate" hreflang="x-default" href="${address(named(texts[0].language))}">\n`}    ${icon && markup`<link rel="icon" type="image/svg+xml" href="${/^data:/.test(icon) ? icon : to(icon)}">`}
    <link rel="stylesheet" href="${to("style.css")}">
    <link rel="stylesheet" href="${to("reference.css")}">
  </head>
  <body class="page">
    <header>
      <p class="name"><a href="${tool(path)}">${t("name")}</a></p>
      <nav aria-label="${t("name")}">
        <a href="${to(`${here}/errors/`)}"${path === `${here}/errors/` && markup` aria-current="page"`}>${t("reference.link")}</a>
        <a href="${to(`${here}/help/`)}"${path === `${here}/help/` && markup` aria-current="page"`}>${t("help.link")}</a>
${others.map(
  (other) =>
    markup`        <a href="${to(named(other))}" hreflang="${other}" lang="${other}" rel="alternate">${nameOfLanguage(other)}</a>\n`,
)}      </nav>
    </header>
    <main>
      <p class="paste"><a href="${tool(path)}"><strong>${t("page.paste")}</strong> <span>${t("page.paste-note")}</span></a></p>
${main}    </main>
  </body>
</html>
`.text;
}

/** @param {string} other */
const nameOfLanguage = (other) => {
  const name = new Intl.DisplayNames([other], { type: "language" }).of(other) ?? other;
  return name[0].toLocaleUpperCase(other) + name.slice(1);
};

/** @param {Texts} texts @param {Site} site */
function index(texts, { bounces }) {
  const path = `${language()}/errors/`;
  const groups = families(texts, bounces);
  const count = Object.keys(texts.articles).length;
  const systems = t("page.systems", { n: Object.keys(texts.providers).length });
  const errors = t("reference.count", { n: count });
  const main = markup`      <h1 class="verdict">${t("reference.title")}</h1>
      <p class="lede-note">${t("page.lede", { errors, systems })} <a href="${tool(path)}#/errors">${t("page.search")}</a></p>
      <div class="found browse">
        <nav class="families" aria-label="${t("reference.providers")}">
          <ul>
${groups.map(
  ([family, ids]) =>
    markup`            <li><a href="#${family}">${nameOf(family, texts)}</a> <span class="note">${ids.length}</span></li>\n`,
)}          </ul>
        </nav>
${groups.map(
  ([family, ids]) => markup`        <section class="family" id="${family}" aria-labelledby="of-${family}">
          <h2 id="of-${family}">${nameOf(family, texts)}</h2>
          <ul class="errors">
${ids.map(
  (id) =>
    markup`            <li><a href="${link(path, pathOf(id))}"><span class="codes">${some(codesOf(id, texts, bounces))}</span> <span>${texts.articles[id].title}</span></a></li>\n`,
)}          </ul>
        </section>
`,
)}      </div>
`;
  const title = `${t("reference.title")} · ${t("name")}`;
  return { path, title, description: t("page.description", { errors }), main, reviewed: "" };
}

/** @param {string[]} codes */
const some = (codes) => [codes.slice(0, CODES).join(", "), codes.length > CODES ? ", …" : ""].join("");

function help() {
  const path = `${language()}/help/`;
  const main = markup`      <h1 class="verdict">${t("help.title")}</h1>
      <p class="lede-note">${t("help.lede")} ${t("help.only-line")} <a href="${tool(path)}">${t("help.open")}</a></p>
      <div class="programs">
${programs().map(
  ({ name, steps }) => markup`        <section>
          <h2>${name}</h2>
          <ol class="steps">
${steps.map((step) => markup`            <li>${step}</li>\n`)}          </ol>
        </section>
`,
)}      </div>
`;
  return { path, title: `${t("help.title")} · ${t("name")}`, description: t("help.description"), main, reviewed: "" };
}

/** @param {Texts} texts @param {Site} site */
function articles(texts, site) {
  return Object.entries(texts.articles).map(([id, article]) => {
    const codes = codesOf(id, texts, site.bounces);
    const name = nameOf(familyOf(id), texts);
    return {
      path: pathOf(id),
      title: `${codes.length > 0 ? `${codes[0]}: ` : ""}${article.title} · ${name}`,
      description: cut(article.summary.map(plain).join(" ")),
      main: explained(id, article, codes, texts, site),
      reviewed: article.reviewed,
    };
  });
}

/**
 * What stands under an id that an article once had.
 *
 * @param {string} id
 * @param {Article} article
 * @param {string} now
 */
function moved(id, article, now) {
  const to = link(pathOf(id), pathOf(now));
  const main = markup`      <h1 class="verdict">${t("page.moved")}</h1>
      <p><a href="${to}">${article.title}</a></p>
`;
  return {
    path: pathOf(id),
    title: article.title,
    description: t("page.moved"),
    main,
    moved: pathOf(now),
    reviewed: "",
  };
}

/** @param {string} text */
function cut(text) {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")} …`;
}

/**
 * @param {string} id
 * @param {Article} article
 * @param {string[]} codes
 * @param {Texts} texts
 * @param {Site} site
 */
function explained(id, article, codes, texts, { bounces }) {
  const path = pathOf(id);
  const { bounces: reads = [], permanent = null } = bounces[id] ?? {};
  const family = familyOf(id);
  const [name, documentation] = texts.providers[family] ?? [nameOf(family, texts), null];
  const state = permanent === null ? "both" : permanent ? "final" : "temporary";
  const words = state === "both" ? "page.both" : `state.${state}`;
  const roles = ROLES.filter((role) => article.steps[role]).sort(
    (a, b) => Number(b === article.who) - Number(a === article.who),
  );
  const related = (article.related ?? []).filter((other) => texts.articles[other]);
  return markup`      <article>
        <p class="quoted" lang="en"><mark>${headline(reads)}</mark></p>
        <h1 class="verdict">${article.title}</h1>
        <div class="standing">
          <p class="state"><strong><span class="shape shape-${state}" aria-hidden="true"></span>${t(words)}.</strong> <span>${t(`${words}.resend`)}</span></p>
          <p class="who"><strong>${t(`who.${article.who}`)}</strong> <span>${t("who.acts")}</span></p>
        </div>
        <div class="summary">
${article.summary.map((paragraph) => markup`          <p>${prose(paragraph)}</p>\n`)}        </div>
        <h2 class="to-do">${t("steps.title")}</h2>
${roles.map(
  (role) => markup`        <section class="role">
          <h3>${t(`who.${role}`)}</h3>
          <ol class="steps">
${article.steps[role]?.map((step) => markup`            <li>${prose(step)}</li>\n`)}          </ol>
        </section>
`,
)}${list("causes.title", article.causes?.map(prose))}${list("avoid.title", article.avoid?.map(prose))}${list(
  "related.title",
  related.map((other) => markup`<a href="${link(path, pathOf(other))}">${texts.articles[other].title}</a>`),
  "links",
)}${list(
  "sources.title",
  article.sources.map((href) => outside(href, breakable(href))),
  "links",
  t("sources.reviewed", { date: day(article.reviewed) }),
)}      </article>
      <aside class="beside" aria-label="${t("facts.title")}">
        <section class="part">
          <h2>${t("page.said-by")}</h2>
          <p><a href="${link(path, `${language()}/errors/`)}#${family}">${name}</a></p>${documentation && markup`\n          <p class="note">${outside(documentation, breakable(documentation))}</p>`}
        </section>
${
  codes.length > 0 &&
  markup`        <section class="part">
          <h2>${t("page.codes", { n: codes.length })}</h2>
          <ul class="codes">
${codes.map((code) => markup`            <li>${code}</li>\n`)}          </ul>
        </section>
`
}        <section class="part">
          <h2>${t("page.reads")}</h2>
${reads.slice(0, OPEN).map(bounce)}${
  reads.length > OPEN &&
  markup`          <details>
            <summary>${t("recipients.all", { n: reads.length })}</summary>
${reads.slice(OPEN).map(bounce)}          </details>
`
}        </section>
      </aside>
`;
}

/** @param {string} text */
const bounce = (text) =>
  markup`          <pre class="bounce" lang="en" dir="auto">${text.replace(/[ \t]+$/gm, "")}</pre>\n`;

/**
 * The line to recognise an error by at first sight: the shortest with a few
 * words and a code, else with words, else the shortest there is. Of a reply of
 * several lines, the first.
 *
 * @param {string[]} reads
 */
function headline(reads) {
  const lines = reads.map((text) => (/^[245]\d\d-/.test(text) ? text.replace(/\n[\s\S]*/, " …") : text));
  const single = lines.filter((text) => !text.includes("\n"));
  const worded = single.filter((text) => (text.replace(/https?:\S*/g, "").match(/\p{L}{3,}/gu) ?? []).length > 2);
  const coded = worded.filter((text) => /\b[245]\.\d+\.\d+/.test(text));
  const best = [coded, worded, single, lines].find((some) => some.length > 0) ?? [];
  return cut(best.reduce((short, text) => (text.length < short.length ? text : short)));
}

/**
 * @param {string} key
 * @param {Markup[]} [items]
 * @param {string} [kind]
 * @param {string} [note]
 */
function list(key, items = [], kind = "", note = "") {
  return (
    items.length > 0 &&
    markup`        <section class="part">
          <h2>${t(key)}</h2>
          <ul${kind && markup` class="${kind}"`}>
${items.map((item) => markup`            <li>${item}</li>\n`)}          </ul>${note && markup`\n          <p class="note">${note}</p>`}
        </section>
`
  );
}

/** @param {Inline[]} inlines */
function prose(inlines) {
  return markup`${fill(inlines, new Map()).map((piece) => {
    switch (piece.kind) {
      case "strong":
        return markup`<strong>${piece.text}</strong>`;
      case "code":
        return markup`<code>${piece.text}</code>`;
      case "link":
        return outside(piece.href, piece.text);
      case "command":
        return markup`<pre class="command" dir="ltr"><code>${piece.text}</code></pre>`;
      default:
        return piece.text;
    }
  })}`;
}

/**
 * @param {string} href
 * @param {Markup | string} words
 */
const outside = (href, words) => markup`<a href="${href}" rel="noreferrer noopener">${words}</a>`;

/** An address that may break after its slashes and dashes. @param {string} href */
const breakable = (href) =>
  markup`${href
    .replace(/^https:\/\//, "")
    .split(/(?<=[/-])/)
    .map((part, n) => markup`${n > 0 && markup`<wbr>`}${part}`)}`;
