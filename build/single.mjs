// The whole tool in one HTML file: works from file://, asks for nothing.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { directives, policyOf } from "./headers.mjs";

/**
 * @param {string} html the hosted page
 * @param {string} folder where its files are
 * @param {{
 *   script: (entry: string) => Promise<string>,
 *   assets: { name: string, bytes: Uint8Array }[],
 * }} parts how to make one script of a module, and what the page would fetch
 */
export async function singleFile(html, folder, { script, assets }) {
  /** @type {string[]} */
  const styles = [];
  /** @type {string[]} */
  const scripts = [];
  let page = html;
  page = await replaceEach(page, /<link\b[^>]*\brel="stylesheet"[^>]*>/gi, async (tag) => {
    const text = `\n${await readFile(join(folder, attribute(tag, "href")), "utf8")}`;
    styles.push(text);
    return `<style>${text}</style>`;
  });
  page = await replaceEach(page, /<link\b[^>]*\brel="[^"]*icon"[^>]*\.svg"[^>]*>/gi, async (tag) => {
    const bytes = await readFile(join(folder, attribute(tag, "href")));
    return `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,${bytes.toString("base64")}">`;
  });
  // What is left refers to files that are not there.
  page = page.replace(/[ \t]*<(\w+)\b[^>]*\bdata-build="hosted"[^>]*>[\s\S]*?<\/\1>\n?/gi, "");
  page = page.replace(/\bhref="[^"]*"\s+data-page="[^"]*"/gi, 'href="#/errors"');
  page = page.replace(/[ \t]*<link\b[^>]*\bhref="(?!data:|https:)[^"]*"[^>]*>\n?/gi, "");
  page = await replaceEach(page, /<script\b[^>]*\bsrc="[^"]*"[^>]*><\/script>/gi, async (tag) => {
    const text = `\n${await script(join(folder, attribute(tag, "src")))}`;
    if (/<\/script|<!--/i.test(text)) throw new Error(`${tag}: would end the inline script early`);
    scripts.push(text);
    return tag.replace(/\s+src="[^"]*"/i, "").replace("></script>", () => `>${text}</script>`);
  });
  if (styles.length === 0 || scripts.length === 0) throw new Error("no style sheet or no script in the page");

  const blocks = assets.map(
    ({ name, bytes }) =>
      `<script type="text/plain" id="asset:${name}">${gzipSync(bytes, { level: 9 }).toString("base64")}</script>\n`,
  );
  const policy = singlePolicy(policyOf(html), scripts, styles);
  page = page.replace(/(http-equiv="Content-Security-Policy"\s+content=")[^"]*/i, (_, start) => start + policy);
  // Before the page's own script, which finds them there.
  return page.replace(/<\/head>/i, (end) => `${blocks.join("")}${end}`);
}

/**
 * The page's policy with everything inline by hash and nothing from outside.
 *
 * @param {string} policy
 * @param {string[]} scripts
 * @param {string[]} styles
 */
function singlePolicy(policy, scripts, styles) {
  const all = directives(policy);
  /** @param {string} text */
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  for (const [name, values] of all) {
    if (!name.endsWith("-src")) continue;
    const left = values.filter((value) => value !== "'self'" && value !== "'none'");
    if (name === "script-src") left.unshift(...scripts.map(hash));
    if (name === "style-src") left.unshift(...styles.map(hash));
    if (name === "img-src" && !left.includes("data:")) left.push("data:");
    all.set(name, name === "connect-src" || left.length === 0 ? ["'none'"] : left);
  }
  return [...all].map((directive) => directive.flat().join(" ")).join("; ");
}

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
  const value = tag.match(new RegExp(`\\b${name}="([^"]*)"`, "i"));
  if (value === null) throw new Error(`${tag}: no ${name}`);
  return value[1];
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(match: string) => Promise<string>} replacement
 */
async function replaceEach(text, pattern, replacement) {
  const found = await Promise.all((text.match(pattern) ?? []).map(replacement));
  return text.replace(pattern, () => found.shift() ?? "");
}
