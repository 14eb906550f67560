/** The rules of axe-core, held against a page. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** @param {import("./browser.js").Page} page */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, {
      runOnly: { type: "tag", values: tags },
    });
    return violations.map(
      (/** @type {any} */ { id, nodes }) =>
        `${id}: ${nodes.map((/** @type {any} */ n) => n.html.slice(0, 120)).join(" | ")}`,
    );
  }, TAGS);
}
