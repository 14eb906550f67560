// The pages of the reference: one for every error and language, whole, linked,
// and made of nothing but the error files.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { test } from "node:test";
import { markup } from "../../build/markup.mjs";
import { robots, siteAddress, sitemap, writeReference } from "../../build/reference.mjs";
import { isLanguage, language, languages, load, loadMore, speak, t } from "../../www/i18n.js";
import { familyOf, plain } from "../../www/later/reference.js";

/** @typedef {import("../../www/types.d.ts").Inline} Inline */

/** @type {Record<string, import("../../www/types.d.ts").Texts>} */
const texts = {};
for (const name of await readdir("dist/texts")) {
  const tag = name.replace(/\.json$/, "");
  if (isLanguage(tag)) texts[tag] = JSON.parse(await readFile(join("dist/texts", name), "utf8"));
}
/** @type {import("../../www/types.d.ts").Bounces} */
const bounces = JSON.parse(await readFile("dist/texts/bounces.json", "utf8"));
for (const tag of languages) {
  await load(tag);
  await loadMore(tag);
}

/** Every page, by its path from the root: `en/errors/`. @type {Map<string, string>} */
const pages = new Map();
for (const tag of Object.keys(texts)) {
  for (const item of await readdir(join("dist", tag), { recursive: true })) {
    if (!item.endsWith("index.html")) continue;
    pages.set(`${tag}/${item.slice(0, -"index.html".length)}`, await readFile(join("dist", tag, item), "utf8"));
  }
}

/** @param {string} html */
const unescaped = (html) =>
  html
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
/** What a person reads, blanks made one. @param {string} html */
const readable = (html) =>
  unescaped(html.replace(/<wbr>/g, "").replace(/<head>[\s\S]*<\/head>|<[^>]*>/g, " ")).replace(/\s+/g, " ");
/** As much of an article's words as tags stand between. @param {Inline[]} inlines */
const words = (inlines) => readable(markup`${plain(inlines)}`.text).trim();
/** @param {string} html @param {string} pattern */
const links = (html, pattern) => [...html.matchAll(new RegExp(pattern, "g"))].map(([, href]) => unescaped(href));
/** The address that the site was built for. */
const address = siteAddress(process.env.SITE_URL ?? "");
/** Where a link leads to: a path from the root. @param {string} from @param {string} href */
const target = (from, href) =>
  address && href.startsWith(address)
    ? href.slice(address.length)
    : posix.join(from, href.replace(/[?#].*$/, "") || "./");

test("every error has a page in every language, and there is no other page", () => {
  assert.deepEqual(Object.keys(texts).toSorted(), [...languages].toSorted());
  const wanted = Object.values(texts).flatMap((one) => [
    `${one.language}/errors/`,
    `${one.language}/help/`,
    ...[...Object.keys(one.articles), ...Object.keys(one.aliases)].map((id) => `${one.language}/errors/${id}/`),
  ]);
  assert.ok(Object.keys(texts.en.articles).length > 100);
  assert.deepEqual([...pages.keys()].toSorted(), wanted.toSorted());
});

test("a page can be found: title, description, language, one heading, its own address", () => {
  const titles = new Set();
  for (const [path, html] of pages) {
    assert.equal(html.match(/<html lang="([^"]*)">/)?.[1], path.slice(0, 2), path);
    assert.equal(html.match(/<h1\b/g)?.length, 1, path);
    const title = html.match(/<title>([^<]+)<\/title>/)?.[1];
    assert.ok(title && !titles.has(title), `${path}: ${title} is the title of two pages`);
    titles.add(title);
    const description = unescaped(html.match(/<meta name="description" content="([^"]+)">/)?.[1] ?? "");
    assert.ok(description.length >= 25 && description.length <= 165, `${path}: ${description.length}`);
    assert.doesNotMatch(html, /noindex/);
    assert.equal(target(path, html.match(/<link rel="canonical" href="([^"]*)">/)?.[1] ?? "none"), path);
  }
});

test("the languages of a page name each other", () => {
  const alternates = (/** @type {string} */ path) =>
    new Map(
      [...(pages.get(path) ?? "").matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/g)].map(
        ([, tag, href]) => [tag, target(path, href)],
      ),
    );
  for (const path of pages.keys()) {
    const found = alternates(path);
    assert.deepEqual([...found.keys()].toSorted(), [...languages, "x-default"].toSorted(), path);
    assert.equal(found.get(path.slice(0, 2)), path);
    for (const [tag, other] of found) {
      if (tag !== "x-default") assert.equal(other.slice(0, 2), tag);
      assert.deepEqual([...alternates(other)].toSorted(), [...found].toSorted(), `${path} and ${other}`);
    }
    const seen = pages.get(path)?.match(/<a href="([^"]*)" hreflang="([a-z]+)" lang="\2" rel="alternate">/);
    assert.equal(found.get(seen?.[2] ?? ""), target(path, seen?.[1] ?? ""), "one that people can see");
  }
});

test("nothing runs in a page, nothing is sent from it, nothing comes from elsewhere", () => {
  for (const [path, html] of pages) {
    assert.doesNotMatch(html, /<(script|iframe|object|embed|form|base|img|svg|style|input)\b/i, path);
    assert.doesNotMatch(html, /\s(on\w+|style|srcset|srcdoc)=/i, path);
    assert.doesNotMatch(html, /\bhref="(?!https:\/\/|\.{0,2}\/|[a-z#]|data:image\/svg)|javascript:/i, path);
    assert.equal(
      unescaped(html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1] ?? ""),
      "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'",
    );
  }
});

test("every link inside of the site leads to something, and every anchor", () => {
  for (const [path, html] of pages) {
    const inside = links(html, '\\bhref="(?!https:|data:)([^"]*)"');
    assert.ok(inside.length > 5);
    for (const href of inside) {
      const to = target(path, href);
      assert.ok(!to.startsWith(".."), `${path}: ${href}`);
      const anchor = href.match(/#(.*)$/)?.[1];
      // The tool opens in the language of the page.
      if (to === "./") assert.match(href, new RegExp(`/\\?language=${path.slice(0, 2)}(#/errors)?$`), path);
      else if (to.endsWith("/")) {
        assert.ok(pages.has(to), `${path}: ${href} leads to ${to}, where nothing is`);
        if (anchor) assert.ok(pages.get(to)?.includes(` id="${anchor}"`), `${path}: ${href}`);
      } else assert.ok(existsSync(join("dist", to)), `${path}: ${href}`);
    }
  }
});

test("links to the outside are the ones of the error file, and tell nobody where the reader came from", () => {
  for (const [tag, { articles, providers }] of Object.entries(texts)) {
    for (const [id, article] of Object.entries(articles)) {
      const own = new Set([...article.sources, providers[familyOf(id)]?.[1]]);
      JSON.stringify(article, (key, value) => {
        if (key === "href") own.add(value);
        return value;
      });
      const html = pages.get(`${tag}/errors/${id}/`) ?? "";
      const outside = [...html.matchAll(/<a href="(https?:[^"]*)"([^>]*)>/g)];
      for (const [, href, rest] of outside) {
        assert.ok(own.has(unescaped(href)), `${id}: ${href} is not in its file`);
        assert.match(rest, /rel="noreferrer noopener"/);
      }
      for (const source of article.sources) assert.ok(outside.some(([, href]) => unescaped(href) === source));
    }
    for (const path of [`${tag}/errors/`, `${tag}/help/`]) {
      assert.doesNotMatch((pages.get(path) ?? "").replace(/<head>[\s\S]*<\/head>/, ""), /https?:/);
    }
  }
});

test("a page says all of its article: verdict, who acts, every step, what to avoid, the bounces, what is related", () => {
  for (const [tag, { articles }] of Object.entries(texts)) {
    if (isLanguage(tag)) speak(tag);
    for (const [id, article] of Object.entries(articles)) {
      const html = pages.get(`${tag}/errors/${id}/`) ?? "";
      const said = readable(html).replace(/\s/g, "");
      const says = (/** @type {string} */ text) =>
        assert.ok(said.includes(text.replace(/\s/g, "")), `${language()} ${id} does not say: ${text}`);
      assert.equal(unescaped(html.match(/<h1[^>]*>([^<]*)<\/h1>/)?.[1] ?? ""), article.title);
      says(`${t(`who.${article.who}`)} ${t("who.acts")}`);
      const paragraphs = [article.summary, article.causes, article.avoid, ...Object.values(article.steps)];
      for (const inlines of paragraphs.flatMap((all) => all ?? [])) {
        // A command shows a value that is missing between angle brackets.
        if (!JSON.stringify(inlines).includes('"command"')) says(words(inlines));
        for (const inline of inlines) if (typeof inline === "string") says(inline);
      }
      for (const bounce of bounces[id].bounces) says(bounce);
      assert.ok(bounces[id].bounces.length > 0);
      for (const code of article.codes) says(code);
      const shown = links(html, '<a href="(\\.\\.[^"]*)"').map((href) => target(`${tag}/errors/${id}/`, href));
      for (const other of article.related ?? [])
        assert.ok(shown.includes(`${tag}/errors/${other}/`), `${id}, ${other}`);
      assert.ok(shown.includes("./"), "the way to the tool");
    }
  }
});

test("the index lists every error once, with its codes, below who says it", () => {
  for (const [tag, { articles }] of Object.entries(texts)) {
    const html = pages.get(`${tag}/errors/`) ?? "";
    const listed = [...html.matchAll(/<li><a href="([^"]*)"><span class="codes">([^<]*)<\/span> <span>([^<]*)</g)];
    assert.deepEqual(
      listed.map(([, href]) => target(`${tag}/errors/`, href).replace(/^.*errors\/|\/$/g, "")).toSorted(),
      Object.keys(articles).toSorted(),
    );
    for (const [, href, codes, title] of listed) {
      const id = target("", href).replace(/\/$/, "");
      assert.equal(unescaped(title), articles[id].title);
      if (articles[id].codes.length > 0) assert.notEqual(codes, "", id);
    }
  }
});

test("what is put into markup is text, wherever it stands", () => {
  const hostile = `"><script>alert('1')</script>&amp;`;
  assert.equal(
    markup`<a title="${hostile}">${[hostile, markup`<b>${hostile}</b>`]}${null}${false}${0}</a>`.text,
    (() => {
      const safe = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;";
      return `<a title="${safe}">${safe}<b>${safe}</b>0</a>`;
    })(),
  );
});

test("with the site's address, pages name themselves in full and there is a map of them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "reference-"));
  try {
    const id = "exchange-online/tenant-threshold";
    const some = Object.values(texts).map((one) => ({
      ...one,
      articles: { [id]: one.articles[id] },
      aliases: { "exchange-online/an-old-name": id },
    }));
    const base = siteAddress("https://bounces.example.org/tool");
    const site = { texts: some, bounces, icon: "", base };
    const map = sitemap(await writeReference(folder, site), site);
    const listed = links(map, "<loc>([^<]*)</loc>");
    assert.deepEqual(
      listed.toSorted(),
      [
        base,
        ...languages.flatMap((tag) => ["errors/", "help/", `errors/${id}/`].map((path) => `${base}${tag}/${path}`)),
      ].toSorted(),
    );
    assert.equal(map.match(/<lastmod>\d{4}-\d\d-\d\d<\/lastmod>/g)?.length, languages.length);
    for (const tag of languages) {
      const html = await readFile(join(folder, tag, "errors", id, "index.html"), "utf8");
      assert.ok(html.includes(`<link rel="canonical" href="${base}${tag}/errors/${id}/">`));
      for (const other of languages) {
        assert.ok(html.includes(`hreflang="${other}" href="${base}${other}/errors/${id}/">`));
      }
      const old = await readFile(join(folder, tag, "errors/exchange-online/an-old-name/index.html"), "utf8");
      assert.ok(old.includes(`<link rel="canonical" href="${base}${tag}/errors/${id}/">`));
      assert.ok(old.includes('<a href="../tenant-threshold/">'), "an earlier id leads to what it is called now");
    }
    assert.match(robots(base), /^Sitemap: https:\/\/bounces\.example\.org\/tool\/sitemap\.xml$/m);
  } finally {
    await rm(folder, { recursive: true });
  }
  assert.throws(() => siteAddress("ftp://example.org"));
  assert.throws(() => siteAddress("https://example.org/?x"));
  assert.equal(siteAddress(""), "");
  assert.equal(robots(""), "User-agent: *\nAllow: /\n");
  assert.equal(existsSync("dist/sitemap.xml"), address !== "", "a map where there is an address");
});
