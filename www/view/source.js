/**
 * The decoded texts of what was read, with the words that decided marked.
 *
 * A text is put on the page when its part is opened: a mailbox has thousands.
 * Of a very long one, only what is asked for is shown.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../types.d.ts").Span} Span
 */

import { t } from "../i18n.js";
import { pieces } from "../visible.js";
import { el, spelledOut } from "./dom.js";

/** Texts up to this many characters are shown whole. */
const WHOLE = 30_000;
/** How much of the beginning of a longer one is shown, and around each span. */
const BEGINNING = 5_000;
const AROUND = 800;
/** How many marks of a longer one are shown at once; every other one when it is asked for. */
const MARKS = 20;
/** How many characters of all texts are shown without asking. */
const OPEN = 100_000;
/** How many parts are listed at once. */
const LISTED = 30;

export class SourceView {
  /** @type {Part[]} */
  #parts = [];
  #listed = 0;
  #more = el("button", { type: "button", class: "plain", onclick: () => this.#list(LISTED) });

  /**
   * @param {Reading[]} readings
   * @param {Map<Reading, Span[]>} evidence The words that decided.
   */
  constructor(readings, evidence) {
    this.pane = el("div", { class: "pane", role: "region", tabindex: 0, "aria-labelledby": "source-title" });
    this.element = el(
      "section",
      { class: "source part" },
      el("h2", { id: "source-title" }, t("source.title")),
      this.pane,
    );
    let left = OPEN;
    for (const reading of readings) {
      const { sources } = reading.analysis;
      /** @type {Span[][]} */
      const marks = sources.map(() => []);
      for (const span of evidence.get(reading) ?? []) marks[span.source]?.push(span);
      for (const [at, source] of sources.entries()) {
        const title = t(`source.${source.role}`);
        const name = readings.length > 1 ? t("source.of", { source: title, name: reading.name }) : title;
        const part = new Part(reading, at, name, merged(marks[at]));
        this.#parts.push(part);
        // The returned message is long and rarely what decides.
        const wanted = source.role !== "returned" || part.marks.length > 0 || sources.length === 1;
        const length = Math.min(source.text.length, WHOLE);
        if (wanted && length <= left && this.#parts.length <= LISTED) {
          part.open();
          left -= length;
        }
      }
    }
    this.pane.append(this.#more);
    this.#list(LISTED);
  }

  /** @param {number} n How many more. */
  #list(n) {
    const next = this.#parts.slice(this.#listed, this.#listed + n);
    this.#listed += next.length;
    this.#more.before(...next.map((part) => part.element));
    const left = this.#parts.length - this.#listed;
    this.#more.hidden = left === 0;
    this.#more.textContent = t("source.more", { n: left });
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
    const at = this.#parts.findIndex((part) => part.reading === reading && part.at === span.source);
    const part = this.#parts[at];
    if (!part) return;
    if (at >= this.#listed) this.#list(at + 1 - this.#listed);
    const range = part.rangeOf(span);
    if (!range) return;
    if ("highlights" in CSS) CSS.highlights.set("located", new Highlight(range));
    this.#bring(range.getBoundingClientRect().top);
    this.pane.scrollIntoView({ block: "nearest" });
    const around = range.startContainer.parentElement;
    const target = around?.closest("mark") ?? part.body;
    target.focus({ preventScroll: true });
  }
}

/** One source: its title, and its text once it is opened. */
class Part {
  /** Where each stretch of the text is on the page. @type {{ node: Text, start: number, length: number }[]} */
  #places = [];
  /** @type {HTMLDetailsElement | undefined} */
  #element;
  /** @type {HTMLPreElement | undefined} */
  #body;
  /** The stretches that are shown, sorted and apart. @type {[start: number, end: number][]} */
  #shown = [];

  /**
   * @param {Reading} reading
   * @param {number} at Which of its sources.
   * @param {string} name
   * @param {Span[]} marks Sorted and apart.
   */
  constructor(reading, at, name, marks) {
    this.reading = reading;
    this.at = at;
    this.marks = marks;
    this.text = reading.analysis.sources[at].text;
    this.name = name;
  }

  /** A mailbox has thousands of parts: each is made when it is listed. */
  get element() {
    this.#element ??= el(
      "details",
      { ontoggle: () => this.element.open && this.#fill([]) },
      el("summary", {}, this.name),
      this.body,
    );
    return this.#element;
  }

  get body() {
    this.#body ??= el("pre", { tabindex: -1 });
    return this.#body;
  }

  open() {
    this.element.open = true;
    this.#fill([]);
  }

  /**
   * Opens the part, with a span in it.
   *
   * @param {Span} span
   */
  rangeOf(span) {
    this.element.open = true;
    this.#fill([span]);
    const first = this.#places.find((place) => place.start + place.length > span.start);
    const last = this.#places.findLast((place) => place.start < span.end);
    if (!first || !last) return null;
    const range = document.createRange();
    // A name that stands for an unseen character is taken whole.
    const offset = (/** @type {typeof first} */ place, /** @type {number} */ at, /** @type {number} */ whole) =>
      place.node.length === place.length ? Math.min(Math.max(at - place.start, 0), place.length) : whole;
    range.setStart(first.node, offset(first, span.start, 0));
    range.setEnd(last.node, offset(last, span.end, last.node.length));
    return range;
  }

  /**
   * Puts the text on the page, with everything that is wanted of it.
   *
   * @param {Span[]} wanted
   */
  #fill(wanted) {
    const { text, marks, body } = this;
    const missing = wanted.filter(({ start, end }) => !this.#shown.some(([from, to]) => from <= start && end <= to));
    if (this.#shown.length > 0 && missing.length === 0) return;
    this.#shown = windows(text.length, [...marks.slice(0, MARKS), ...missing], this.#shown);
    this.#places = [];
    body.replaceChildren();
    let at = 0;
    let next = 0;
    for (const [start, end] of this.#shown) {
      if (start > at) body.append(this.#skipped(at, start));
      at = start;
      while (next < marks.length && marks[next].end <= start) next += 1;
      for (; next < marks.length && marks[next].start < end; next += 1) {
        const mark = marks[next];
        this.#write(body, at, mark.start);
        this.#write(body.appendChild(el("mark", { tabindex: -1 })), Math.max(at, mark.start), Math.min(mark.end, end));
        at = Math.min(mark.end, end);
      }
      this.#write(body, at, end);
      at = end;
    }
    if (at < text.length) body.append(this.#skipped(at, text.length));
  }

  /**
   * What stands for a stretch that is not shown, and shows more of it.
   *
   * @param {number} start
   * @param {number} end
   */
  #skipped(start, end) {
    const next = { source: this.at, start, end: Math.min(end, start + WHOLE) };
    const onclick = () => {
      this.#fill([next]);
      this.body.focus({ preventScroll: true });
    };
    return el("button", { type: "button", class: "skipped plain", onclick }, t("source.skipped", { n: end - start }));
  }

  /**
   * @param {HTMLElement} parent
   * @param {number} from
   * @param {number} to
   */
  #write(parent, from, to) {
    let start = from;
    for (const { text, unseen } of pieces(this.text.slice(from, to))) {
      const shown = unseen ? spelledOut(text) : document.createTextNode(text);
      parent.append(shown);
      const node = shown instanceof Text ? shown : /** @type {Text} */ (shown.firstChild);
      this.#places.push({ node, start, length: text.length });
      start += text.length;
    }
  }
}

/**
 * Which stretches of a text are shown.
 *
 * @param {number} length
 * @param {Span[]} spans
 * @param {[number, number][]} already
 * @returns {[number, number][]}
 */
function windows(length, spans, already) {
  if (length <= WHOLE) return [[0, length]];
  /** @type {[number, number][]} */
  const wanted = spans.map(({ start, end }) => [Math.max(0, start - AROUND), Math.min(length, end + AROUND)]);
  wanted.push([0, BEGINNING], ...already);
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
