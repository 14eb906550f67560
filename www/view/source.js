/**
 * The decoded texts of what was read, with the words that decided marked.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Span} Span
 *
 * @typedef {object} Place Where a stretch of a text is on the page.
 * @property {Text} node
 * @property {number} start The offset of its first character in the text.
 * @property {number} length How many UTF-16 units of the text it stands for.
 *
 * @typedef {object} Shown One source on the page.
 * @property {HTMLDetailsElement} details
 * @property {HTMLElement} body
 * @property {Place[]} places
 */

import { t } from "../i18n.js";
import { pieces } from "../visible.js";
import { el, seen } from "./dom.js";

/** Texts up to this length are shown whole. */
const WHOLE = 100_000;
/** How much of the beginning of a longer one is shown, and around each span. */
const BEGINNING = 10_000;
const AROUND = 1_000;

export class SourceView {
  /** @type {Map<Reading, Shown[]>} */
  #shown = new Map();

  /**
   * @param {Reading[]} readings
   * @param {Map<Reading, Span[]>} evidence The words that decided.
   * @param {Map<Reading, Span[]>} reachable What else can be asked for.
   */
  constructor(readings, evidence, reachable) {
    this.pane = el("div", { class: "pane", role: "region", tabindex: 0, "aria-labelledby": "source-title" });
    this.element = el(
      "section",
      { class: "source part" },
      el("h2", { id: "source-title" }, t("source.title")),
      this.pane,
    );
    const several = readings.length > 1;
    for (const reading of readings) {
      const marks = evidence.get(reading) ?? [];
      const others = reachable.get(reading) ?? [];
      const shown = reading.analysis.sources.map((source, at) => {
        const here = (/** @type {Span} */ span) => span.source === at;
        const title = t(`source.${source.role}`);
        const one = show(source.text, merged(marks.filter(here)), others.filter(here));
        one.details.prepend(el("summary", {}, several ? t("source.of", { source: title, name: reading.name }) : title));
        // The returned message is long and rarely what decides.
        one.details.open = source.role !== "returned" || marks.some(here) || reading.analysis.sources.length === 1;
        return one;
      });
      this.#shown.set(reading, shown);
      this.pane.append(...shown.map((one) => one.details));
    }
  }

  /** Brings the words that decided into view within the pane, once it stands in the document. */
  settle() {
    const mark = this.pane.querySelector("mark");
    if (mark) this.#bring(mark.getBoundingClientRect().top);
  }

  /** @param {number} top Where something stands in the window. */
  #bring(top) {
    this.pane.scrollTop += top - this.pane.getBoundingClientRect().top - this.pane.clientHeight / 3;
  }

  /**
   * Scrolls to a span and shows it.
   *
   * @param {Reading} reading
   * @param {Span} span
   */
  locate(reading, span) {
    const shown = this.#shown.get(reading)?.[span.source];
    if (!shown) return;
    shown.details.open = true;
    const range = rangeOf(shown.places, span);
    if (!range) return;
    if ("highlights" in CSS) CSS.highlights.set("located", new Highlight(range));
    this.#bring(range.getBoundingClientRect().top);
    this.pane.scrollIntoView({ block: "nearest" });
    const around = range.startContainer.parentElement;
    const target = around?.closest("mark") ?? shown.body;
    target.focus({ preventScroll: true });
  }
}

/**
 * @param {string} text
 * @param {Span[]} marks Sorted, apart from each other.
 * @param {Span[]} others
 * @returns {Shown}
 */
function show(text, marks, others) {
  const body = el("pre", { tabindex: -1 });
  /** @type {Place[]} */
  const places = [];
  let at = 0;
  for (const [start, end] of windows(text.length, [...marks, ...others])) {
    if (start > at) body.append(skipped(start - at));
    at = start;
    for (const mark of marks.filter((mark) => mark.end > start && mark.start < end)) {
      write(body, text, at, mark.start, places);
      write(body.appendChild(el("mark", { tabindex: -1 })), text, Math.max(at, mark.start), mark.end, places);
      at = mark.end;
    }
    write(body, text, at, end, places);
    at = end;
  }
  if (at < text.length) body.append(skipped(text.length - at));
  return { details: el("details", {}, body), body, places };
}

/**
 * @param {HTMLElement} parent
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Place[]} places
 */
function write(parent, text, start, end, places) {
  const stretch = text.slice(start, end);
  const nodes = seen(stretch);
  parent.append(...nodes);
  let at = start;
  for (const [n, { text: piece }] of pieces(stretch).entries()) {
    const node = nodes[n] instanceof Text ? nodes[n] : nodes[n].firstChild;
    if (node instanceof Text) places.push({ node, start: at, length: piece.length });
    at += piece.length;
  }
}

/** @param {number} n */
function skipped(n) {
  return el("span", { class: "skipped" }, t("source.skipped", { n }));
}

/**
 * Which stretches of a text are shown.
 *
 * @param {number} length
 * @param {Span[]} spans
 * @returns {[number, number][]}
 */
function windows(length, spans) {
  if (length <= WHOLE) return [[0, length]];
  /** @type {[number, number][]} */
  const wanted = spans.map(({ start, end }) => [Math.max(0, start - AROUND), Math.min(length, end + AROUND)]);
  wanted.push([0, BEGINNING]);
  wanted.sort((a, b) => a[0] - b[0]);
  /** @type {[number, number][]} */
  const out = [];
  for (const [start, end] of wanted) {
    const last = out.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/**
 * Sorted, those that touch made one.
 *
 * @param {Span[]} spans
 * @returns {Span[]}
 */
function merged(spans) {
  /** @type {Span[]} */
  const out = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}

/**
 * @param {Place[]} places
 * @param {Span} span
 */
function rangeOf(places, span) {
  const first = places.find((place) => place.start + place.length > span.start);
  const last = places.findLast((place) => place.start < span.end);
  if (!first || !last) return null;
  const range = document.createRange();
  // A name that stands for an unseen character is taken whole.
  const offset = (/** @type {Place} */ place, /** @type {number} */ at, /** @type {number} */ whole) =>
    place.node.length === place.length ? Math.min(Math.max(at - place.start, 0), place.length) : whole;
  range.setStart(first.node, offset(first, span.start, 0));
  range.setEnd(last.node, offset(last, span.end, last.node.length));
  return range;
}
