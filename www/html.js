/**
 * Markup to the text that a person would see, without ever showing it: the
 * document is inert, nothing in it runs and nothing is loaded.
 */

import { inertDocument } from "./trust.js";

const DROPPED = "script, style, template, noscript, head, title, svg, math, object, iframe, select, datalist, [hidden]";
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL".split(
    " ",
  ),
);
/** How a mail hides words: preheaders, and words for filters only. */
const HIDING =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:!|;|$)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!|;|$))/i;

/** @param {string} markup */
export function textOf(markup) {
  const inert = inertDocument(markup);
  for (const element of inert.querySelectorAll(DROPPED)) element.remove();
  for (const element of inert.querySelectorAll("[style]")) {
    if (HIDING.test(element.getAttribute("style") ?? "")) element.remove();
  }
  /** @type {string[]} */
  const out = [];
  // A stack instead of recursion: markup can be nested deeper than calls.
  /** @type {(Node | string)[]} */
  const stack = [inert.body];
  let preformatted = 0;
  while (stack.length > 0) {
    const next = stack.pop();
    if (next === undefined) break;
    if (typeof next === "string") {
      if (next === "/PRE") preformatted -= 1;
      else out.push(next);
    } else if (next.nodeType === Node.TEXT_NODE) {
      const text = next.nodeValue ?? "";
      out.push(preformatted > 0 ? text : text.replace(/[ \t\r\n\f]+/g, " "));
    } else if (next.nodeType === Node.ELEMENT_NODE) {
      const name = next.nodeName;
      if (name === "BR") out.push("\n");
      if (name === "PRE") {
        preformatted += 1;
        stack.push("/PRE");
      }
      if (BLOCKS.has(name)) {
        out.push("\n");
        stack.push("\n");
      }
      // Cells stand apart, or "550" and "5.7.1" would become one word.
      if (name === "TD" || name === "TH") stack.push("\t");
      for (let child = next.lastChild; child; child = child.previousSibling) stack.push(child);
    }
  }
  return out
    .join("")
    .replace(/\u00a0/g, " ")
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * Which of the two texts on a clipboard tells more of a bounce. The plain one
 * wins a tie: it is what the reader saw being copied.
 *
 * @param {string} plain
 * @param {string} fromMarkup
 */
export function better(plain, fromMarkup) {
  return evidence(fromMarkup) > evidence(plain) ? fromMarkup : plain;
}

/** @param {string} text */
function evidence(text) {
  const distinct = (/** @type {RegExp} */ pattern) => new Set(text.match(pattern)).size;
  return (
    3 * distinct(/\b[245]\.\d{1,3}\.\d{1,3}\b/g) +
    2 * distinct(/\b[45][0-5]\d(?=[ -])/g) +
    distinct(/[\w.+-]+@[\w-]+\.[\w.-]+/g) +
    distinct(/^(?:Diagnostic-Code|Final-Recipient|Remote-MTA|Reporting-MTA|Status|Action):/gim) +
    (text.trim() ? 1 : 0)
  );
}
