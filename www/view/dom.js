/**
 * Data to DOM nodes. Text enters by text nodes only; there is no markup here.
 */

import { t } from "../i18n.js";
import { asciiHost, codePoint, pieces } from "../visible.js";

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | EventListener | null | undefined>} [properties]
 *   Attributes; `class`; `on<event>` for listeners. False and null leave one out.
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * Somebody else's words: isolated from the direction of the text around them,
 * with everything in them visible.
 *
 * @param {string} text
 */
export function foreign(text) {
  return el("bdi", {}, seen(text));
}

/**
 * Somebody else's host or address, with the ASCII form of letters that can
 * pass for others.
 *
 * @param {string} text
 */
export function named(text) {
  const host = asciiHost(text);
  const shown = foreign(text);
  if (host) shown.append(" ", el("span", { class: "ascii" }, t("fact.ascii", { host })));
  return shown;
}

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function seen(text) {
  return pieces(text).map((piece) => (piece.unseen ? spelledOut(piece.text) : document.createTextNode(piece.text)));
}

/**
 * The name of an unseen character, in its place.
 *
 * @param {string} character
 */
export function spelledOut(character) {
  const code = codePoint(character);
  return el("span", { class: "unseen", title: t("source.control", { code }) }, code);
}

/**
 * A fixed link to the outside. Never made from a mail's content.
 *
 * @param {string} href
 * @param {...Child} children
 */
export function outside(href, ...children) {
  if (!href.startsWith("https://")) return el("span", {}, ...children);
  return el("a", { href, rel: "noreferrer noopener", target: "_blank" }, ...children);
}
