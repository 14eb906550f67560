/** Other builds of the site, each of whose files bears a mark. */

import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "./browser.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** How a file of each kind bears a mark. @type {Record<string, (bytes: Buffer, mark: string) => Buffer | string>} */
const MARKED = {
  // A rule, for who looks at the style sheet from within the page.
  ".css": (bytes, mark) => `${bytes}\n@layer ${mark};\n`,
  ".html": (bytes, mark) => `${bytes}<!-- ${mark} -->\n`,
  ".js": (bytes, mark) => `${bytes}\n// ${mark}\n`,
  ".json": (bytes, mark) => `{"mark":"${mark}",${String(bytes).trim().slice(1)}`,
  ".svg": (bytes, mark) => `${bytes}<!-- ${mark} -->\n`,
  // An article behind all others, without a rule.
  ".txt": (bytes, mark) => `${bytes}zz/${mark}\tunclassified\n`,
  // A section of its own: its number, its length, the length of its name, its name.
  ".wasm": (bytes, mark) => Buffer.concat([bytes, Buffer.from([0, mark.length + 1, mark.length]), Buffer.from(mark)]),
  ".webmanifest": (bytes, mark) => `{"mark":"${mark}",${String(bytes).trim().slice(1)}`,
};

/**
 * Builds the site from sources all of which are marked; the folder of the site.
 *
 * @param {string} mark
 */
export async function buildMarked(mark) {
  const folder = await mkdtemp(join(tmpdir(), "bounce-analyzer-"));
  await cp(join(ROOT, "www"), join(folder, "www"), { recursive: true });
  for (const name of ["wasm", "texts"]) await cp(join(DIST, name), join(folder, name), { recursive: true });
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const place = join(item.parentPath, item.name);
    const change = MARKED[extname(place)];
    if (item.isFile() && change && !place.endsWith(".d.ts"))
      await writeFile(place, change(await readFile(place), mark));
  }
  execFileSync(process.execPath, [join(ROOT, "build/site.mjs"), "wasm", "texts"], { cwd: folder });
  return { folder, site: join(folder, "dist") };
}

/**
 * The marks in a file.
 *
 * @param {Buffer | string} bytes
 */
export const marksIn = (bytes) => [...new Set(bytes.toString("latin1").match(/build-(?:one|two)\b/g) ?? [])];
