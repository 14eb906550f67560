// Tells the service worker of a built site which files it keeps.

import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** What the page itself never asks for; the articles of the reference are in its texts. */
const ONLINE_ONLY = /^(sw\.js|_headers|robots\.txt|sitemap\.xml|bounce-analyzer\.html.*|reference\.css|[a-z]{2}\/.*)$/;

/**
 * Fills in the version and the list of files; the version is their content's.
 *
 * @param {string} folder
 */
export async function fillServiceWorker(folder) {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((item) => item.isFile())
    .map((item) => relative(folder, join(item.parentPath, item.name)))
    .filter((name) => !ONLINE_ONLY.test(name))
    .sort();
  const files = await Promise.all(
    names.map(async (name) => [
      name === "index.html" ? "./" : `./${name}`,
      `sha256-${createHash("sha256")
        .update(await readFile(join(folder, name)))
        .digest("base64")}`,
    ]),
  );
  const list = JSON.stringify(files);
  const version = createHash("sha256").update(list).digest("hex").slice(0, 16);
  const place = join(folder, "sw.js");
  let text = await readFile(place, "utf8");
  for (const [line, filled] of [
    ['const VERSION = "";', `const VERSION = ${JSON.stringify(version)};`],
    ["const FILES = [];", `const FILES = ${list};`],
  ]) {
    if (!text.includes(line)) throw new Error(`${place} lacks the line ${line}`);
    text = text.replace(line, () => filled);
  }
  await writeFile(place, text);
}
