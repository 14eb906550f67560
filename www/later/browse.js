/**
 * What the page knows beside the answer: every error to browse and to search,
 * and how to get a bounce out of a mail program. Nothing here is needed for
 * the first answer, so that it is loaded when the page is idle.
 *
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Bounces} Bounces
 */

import { t } from "../i18n.js";
import { el } from "../view/dom.js";
import { programs } from "./programs.js";
import { agreement, codesOf, families, familyOf, folded, Index } from "./reference.js";

/** How many codes stand beside a title. */
const CODES = 3;
/** How many of those that are found are shown before "show all": the best. */
const FIRST = 50;
/** How many articles are made ready for the search in one go: some milliseconds. */
const AT_ONCE = 30;
/** A text up to this long may be a question. */
const QUESTION = 120;
/** How many errors answer it. */
const NEAR = 5;

export class Reference {
  /**
   * @param {Bounces} bounces
   * @param {(text: string) => void} read Reads a text as a bounce.
   */
  constructor(bounces, read) {
    this.bounces = bounces;
    this.read = read;
    /** What was typed: kept here alone, and forgotten with the rest. */
    this.query = "";
    /** The error that was opened last, to come back to. @type {string | null} */
    this.opened = null;
    /** By language. @type {Map<string, Index>} */
    this.indices = new Map();
    this.found = el("div", { class: "found" });
    this.count = el("p", { class: "note", role: "status" });
  }

  clear() {
    this.query = "";
    this.opened = null;
  }

  /**
   * @param {Texts[]} texts In every language, the reader's first.
   * @returns {{ answers: Node[], beside: Node[], settle(): void }} What stands where the answer stands.
   */
  view(texts) {
    const field = el("input", {
      type: "search",
      id: "search",
      class: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder: t("reference.placeholder"),
      oninput: () => {
        this.query = field.value;
        this.fill(texts);
      },
      onkeydown: (/** @type {Event} */ event) => this.keyInField(/** @type {KeyboardEvent} */ (event), texts),
    });
    field.value = this.query;
    const view = el(
      "section",
      { class: "reference", "aria-labelledby": "reference-title" },
      el("h2", { class: "verdict", id: "reference-title", tabindex: "-1" }, t("reference.title")),
      el("label", { for: "search" }, t("reference.label")),
      field,
      el("p", { class: "note" }, t("reference.private")),
      this.count,
      this.found,
    );
    this.found.onkeydown = (event) => this.keyInList(event, field);
    this.fill(texts);
    this.ready(texts, () => {});
    return { answers: [view], beside: [], settle() {} };
  }

  /**
   * The codes and the bounces that an article explains, to stand beside it.
   *
   * @param {string} id
   * @param {Texts} texts
   * @returns {Node[]}
   */
  reads(id, texts) {
    if (!texts.articles[id]) return [];
    const codes = codesOf(id, texts, this.bounces);
    const bounces = (this.bounces[id]?.bounces ?? []).map((text) =>
      el("pre", { class: "bounce", lang: "en", dir: "auto" }, text),
    );
    const part = (/** @type {string} */ title, /** @type {Node[]} */ nodes) =>
      nodes.length > 0 && el("section", { class: "part" }, el("h2", {}, title), nodes);
    const list =
      codes.length > 0
        ? [
            el(
              "ul",
              { class: "codes" },
              codes.map((code) => el("li", {}, code)),
            ),
          ]
        : [];
    return [part(t("page.codes", { n: codes.length }), list), part(t("page.reads"), bounces)].filter(
      (node) => node instanceof Node,
    );
  }

  /**
   * The errors that have every word of a text, for one that is no bounce but
   * may be a question: `buzón lleno`.
   *
   * @param {string} text
   * @param {Texts[]} texts
   * @returns {HTMLElement | null} Filled in a moment, if there are any.
   */
  near(text, texts) {
    if (text.length > QUESTION) return null;
    const place = el("section", { class: "part near", hidden: true });
    this.ready(texts, () => {
      const { ids, whole, words } = this.index(texts).find(text);
      if (!whole) return;
      const rows = ids.slice(0, NEAR).map((id) => this.row(id, texts[0], words));
      place.append(el("h3", {}, t("reference.near")), el("ul", { class: "errors" }, rows));
      place.hidden = false;
    });
    return place;
  }

  /**
   * Makes the search ready bit by bit, then goes on.
   *
   * @param {Texts[]} texts
   * @param {() => void} then
   */
  ready(texts, then) {
    const prepare = () => (this.index(texts).prepare(AT_ONCE) ? void setTimeout(prepare) : then());
    setTimeout(prepare);
  }

  /** Puts the reader where typing begins, or where they left off. */
  enter() {
    const back = this.opened && this.found.querySelector(`a[href="#/e/${this.opened}"]`);
    this.opened = null;
    if (back instanceof HTMLElement) back.focus();
    else {
      scrollTo(0, 0);
      // A keyboard on the screen would cover the list.
      const place = matchMedia("(pointer: coarse)").matches ? "reference-title" : "search";
      document.getElementById(place)?.focus({ preventScroll: true });
    }
  }

  /** @param {Texts[]} texts */
  fill(texts) {
    const [{ articles }] = texts;
    const browse = this.query.trim() === "";
    this.found.classList.toggle("browse", browse);
    if (browse) {
      this.count.textContent = t("reference.count", { n: Object.keys(articles).length });
      this.found.replaceChildren(...this.all(texts[0]));
      return;
    }
    const { ids, whole, words } = this.index(texts).find(this.query);
    const key = ids.length === 0 ? "none" : whole ? "count" : "closest";
    this.count.textContent = t(`reference.${key}`, { n: ids.length });
    const rows = (/** @type {string[]} */ some) => some.map((id) => this.row(id, texts[0], words));
    const list = el("ul", { class: "errors" }, rows(ids.slice(0, FIRST)));
    this.found.replaceChildren(list);
    if (ids.length > FIRST) {
      const more = el("button", { type: "button" }, t("recipients.all", { n: ids.length }));
      more.onclick = () => {
        const next = rows(ids.slice(FIRST));
        list.append(...next);
        more.parentElement?.remove();
        next[0].querySelector("a")?.focus();
      };
      this.found.append(el("p", { class: "read" }, more));
    }
    if (whole) return;
    const read = el("button", { type: "button", onclick: () => this.read(this.query) }, t("reference.read"));
    this.found.append(el("p", { class: "read" }, t("reference.read-note"), " ", read));
  }

  /**
   * Everything, by who says it.
   *
   * @param {Texts} texts
   */
  all(texts) {
    const groups = families(texts, this.bounces).map(([family, ids]) => {
      const heading = el("h3", { tabindex: "-1" }, nameOf(family, texts));
      const rows = ids.map((id) => this.row(id, texts, null));
      const top = el("button", { type: "button", class: "plain", onclick: () => this.enter() }, t("reference.top"));
      const section = el(
        "section",
        { class: "family" },
        heading,
        el("ul", { class: "errors" }, rows),
        el("p", { class: "note" }, top),
      );
      const jump = () => {
        section.scrollIntoView({ block: "start" });
        heading.focus({ preventScroll: true });
      };
      const item = el(
        "li",
        {},
        el("button", { type: "button", class: "plain", onclick: jump }, nameOf(family, texts)),
        " ",
        el("span", { class: "note" }, String(ids.length)),
      );
      return { item, section };
    });
    return [
      el(
        "nav",
        { class: "families", "aria-label": t("reference.providers") },
        el(
          "ul",
          {},
          groups.map(({ item }) => item),
        ),
      ),
      ...groups.map(({ section }) => section),
    ];
  }

  /**
   * @param {string} id
   * @param {Texts} texts
   * @param {string[] | null} words What was looked for.
   */
  row(id, texts, words) {
    const codes = codesOf(id, texts, this.bounces);
    const meant = (/** @type {string} */ code) =>
      words?.some((word) => /^[245](\.|\d)/.test(word) && (code.startsWith(word) || agreement(code, word) > 3));
    // The code that was asked for is shown, wherever it stands.
    const shown = [...codes].sort((a, b) => Number(meant(b) ?? 0) - Number(meant(a) ?? 0)).slice(0, CODES);
    return el(
      "li",
      {},
      el(
        "a",
        {
          href: `#/e/${id}`,
          onclick: () => {
            this.opened = id;
          },
        },
        el(
          "span",
          { class: "codes" },
          shown.flatMap((code, n) => [n > 0 && ", ", meant(code) ? el("mark", {}, code) : code]),
          codes.length > CODES && ", …",
        ),
        " ",
        el("span", {}, words ? highlighted(texts.articles[id].title, words) : texts.articles[id].title),
        words && [" ", el("span", { class: "note" }, nameOf(familyOf(id), texts))],
      ),
    );
  }

  /** @param {Texts[]} texts */
  index(texts) {
    const [{ language }] = texts;
    const index = this.indices.get(language) ?? new Index(texts, this.bounces, (family) => nameOf(family, texts[0]));
    this.indices.set(language, index);
    return index;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Texts[]} texts
   */
  keyInField(event, texts) {
    const first = this.found.querySelector(".errors a");
    if (event.key === "ArrowDown" && first instanceof HTMLElement) {
      event.preventDefault();
      first.focus();
    } else if (event.key === "Enter" && this.query.trim() !== "" && first instanceof HTMLElement) first.click();
    else if (event.key === "Escape" && this.query !== "") {
      event.preventDefault();
      this.query = "";
      /** @type {HTMLInputElement} */ (event.target).value = "";
      this.fill(texts);
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} field
   */
  keyInList(event, field) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...this.found.querySelectorAll("a")];
    const at = links.findIndex((link) => link.matches(":focus"));
    if (step === undefined || at < 0) return;
    event.preventDefault();
    (links[at + step] ?? (step < 0 ? field : links[at])).focus();
  }
}

/**
 * The mail programs and how to get a bounce out of each.
 *
 * @param {HTMLElement} place
 */
export function fillPrograms(place) {
  place.replaceChildren(
    ...programs().map(({ name, steps }) =>
      el(
        "section",
        {},
        el("h2", {}, name),
        el(
          "ol",
          {},
          steps.map((step) => el("li", {}, step)),
        ),
      ),
    ),
  );
}

/**
 * @param {string} family
 * @param {Texts} texts
 */
const nameOf = (family, texts) => texts.providers[family]?.[0] ?? t(`family.${family}`);

/**
 * A text with the words marked that begin as one that was looked for.
 *
 * @param {string} text
 * @param {string[]} words
 */
function highlighted(text, words) {
  const letters = [...text];
  // Letter by letter, so that the places stay the same.
  const plain = letters.map((letter) => folded(letter)[0] ?? letter);
  const out = [];
  let from = 0;
  for (let at = 0; at < letters.length; at += 1) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(letters[at - 1])) continue;
    const word = words.find((word) => word.length > 1 && plain.slice(at, at + word.length).join("") === word);
    if (word === undefined) continue;
    out.push(letters.slice(from, at).join(""), el("mark", {}, letters.slice(at, at + word.length).join("")));
    from = at + word.length;
    at = from - 1;
  }
  return [...out, letters.slice(from).join("")];
}
