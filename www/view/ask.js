/** The part of the page that asks: its words and the samples. */

import { language, t } from "../i18n.js";
import { el } from "./dom.js";

/**
 * Puts the words of the spoken language into the document: `data-text` names
 * the key of an element's text, `data-text-<attribute>` that of an attribute.
 *
 * @param {boolean} locked Whether the page is cut off from the network by now.
 */
export function fillAsk(locked) {
  for (const element of document.querySelectorAll("[data-text]")) {
    const words = t(element.getAttribute("data-text") ?? "");
    // What is written anew is laid out anew, and that takes longer than to look.
    if (element.textContent !== words) element.textContent = words;
  }
  for (const attribute of ["placeholder", "aria-label"]) {
    for (const element of document.querySelectorAll(`[data-text-${attribute}]`)) {
      element.setAttribute(attribute, t(element.getAttribute(`data-text-${attribute}`) ?? ""));
    }
  }
  // Until the reference is there, and where it cannot be, the same stands in pages of its own.
  for (const link of document.querySelectorAll("[data-page]")) {
    link.setAttribute("href", locked ? "#/errors" : `${language()}/${link.getAttribute("data-page")}`);
  }
  const privacy = document.getElementById("privacy");
  if (privacy) privacy.textContent = t(locked ? "privacy.locked" : "privacy.loading");
}

/**
 * @param {HTMLElement} place
 * @param {{ name: string, text: string }[]} samples
 * @param {(text: string) => void} take
 */
export function mountSamples(place, samples, take) {
  place.append(
    ...samples.map(({ name, text }) =>
      el(
        "li",
        {},
        el("button", {
          type: "button",
          class: "plain",
          "data-sample": name,
          "data-text": `sample.${name}`,
          onclick() {
            take(text);
            scrollTo(0, 0);
          },
        }),
      ),
    ),
  );
}
