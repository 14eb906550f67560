/**
 * The way of a message and what was checked on it, drawn: a line on which
 * each host has its place in time, and a mark for each check. The list beside
 * each drawing says the same in words.
 *
 * @typedef {import("../types.d.ts").Trace} Trace
 * @typedef {import("../types.d.ts").Hop} Hop
 * @typedef {import("../types.d.ts").Check} Check
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../view/facts.js").Locate} Locate
 * @typedef {(span: import("../types.d.ts").Span) => void} Show
 */

import { language, moment, t } from "../i18n.js";
import { el, foreign, named } from "../view/dom.js";
import { located } from "../view/facts.js";

/** More hops than these are drawn as plain dots, without their numbers. */
const NUMBERED = 12;
/** Where the first and the last hop stand, in per cent of the width. */
const FIRST = 4;
const LAST = 96;
/** How much of the width goes into keeping the dots apart; the rest is time. */
const APART = 50;
/** How many hops are listed before "show all". */
const LISTED = 12;

/**
 * @param {Trace} trace
 * @param {Reading} reading
 * @param {Locate} locate
 * @returns {Node[]}
 */
export function wayView({ hops, checks, signatures, notes }, reading, locate) {
  /** @type {Show} */
  const show = (span) => locate(reading, span);
  const signed = signatures.map(({ value, span }) => ({ name: t("way.signed"), value, span }));
  const written = notes.map(({ name, value: { value, span } }) => ({ name, value, span }));
  return [
    hops.length > 0 && part("way.title", hops.length > 1 && drawing(hops), ...hopList(hops, show)),
    (checks.length > 0 || signed.length > 0) &&
      part("checks.title", checkList(checks, show), signed.length > 0 && plainFacts(signed, show)),
    written.length > 0 &&
      el("details", { class: "part" }, el("summary", {}, t("way.notes")), plainFacts(written, show)),
  ].filter((node) => node instanceof Node);
}

/**
 * @param {string} key
 * @param {...(Node | null | false)} children
 */
function part(key, ...children) {
  return el("section", { class: "part" }, el("h3", {}, t(key)), ...children);
}

/**
 * The line of hops. Distances are the time between them, on top of what keeps
 * the dots apart; the longest wait is marked.
 *
 * @param {Hop[]} hops At least two.
 */
function drawing(hops) {
  const waits = hops.slice(1).map(({ delay }) => Math.max(0, delay ?? 0));
  const whole = waits.reduce((sum, wait) => sum + wait, 0);
  const room = (LAST - FIRST) / 100;
  const apart = (whole > 0 ? APART : 100) / waits.length;
  const places = [FIRST];
  for (const wait of waits) {
    const share = whole > 0 ? ((100 - APART) * wait) / whole : 0;
    places.push(places[places.length - 1] + (apart + share) * room);
  }
  const n = longest(hops);
  const at = (/** @type {number} */ place) => `${place.toFixed(2)}%`;
  const numbered = hops.length <= NUMBERED;
  const wait = n === null ? null : duration(hops[n].delay ?? 0);
  return svg(
    "svg",
    { class: "way", role: "img", width: "100%", height: 52, "aria-label": told(hops, whole, n) },
    n !== null && svg("line", { class: "slow", x1: at(places[n - 1]), x2: at(places[n]), y1: 34, y2: 34 }),
    svg("line", { x1: at(places[0]), x2: at(places[places.length - 1]), y1: 34, y2: 34 }),
    places.map((place, n) => [
      svg("circle", { cx: at(place), cy: 34, r: numbered ? 9 : 3 }),
      numbered && svg("text", { class: "number", x: at(place), y: 38 }, (n + 1).toLocaleString(language())),
    ]),
    n !== null && wait && svg("text", { x: at(inside((places[n - 1] + places[n]) / 2)), y: 14 }, wait),
  );
}

/** Where a word of some length still fits, in per cent. @type {(place: number) => number} */
const inside = (place) => Math.min(88, Math.max(12, place));

/**
 * What the drawing shows.
 *
 * @param {Hop[]} hops
 * @param {number} whole
 * @param {number | null} n The hop after the longest wait.
 */
function told(hops, whole, n) {
  const line = t("way.drawn", { n: hops.length, time: duration(whole) });
  return n === null ? line : `${line} ${t("way.drawn.longest", { time: duration(hops[n].delay ?? 0), hop: n + 1 })}`;
}

/**
 * The hop after the longest wait; null where nothing was waited for.
 *
 * @param {Hop[]} hops
 */
function longest(hops) {
  let found = null;
  for (const [n, { delay }] of hops.entries()) {
    if (delay !== null && delay > (found === null ? 0 : (hops[found].delay ?? 0))) found = n;
  }
  return found;
}

/**
 * @param {Hop[]} hops
 * @param {Show} show
 */
function hopList(hops, show) {
  const slow = longest(hops);
  const items = hops.map((hop, n) => hopItem(hop, n === slow, show));
  const rest = items.splice(LISTED);
  return [
    el("ol", { class: "hops" }, items),
    rest.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, t("way.rest", { n: rest.length })),
        el("ol", { class: "hops", start: LISTED + 1 }, rest),
      ),
  ].filter((node) => node instanceof Node);
}

/**
 * @param {Hop} hop
 * @param {boolean} slow
 * @param {Show} show
 */
function hopItem({ from, by, with: protocol, date, delay }, slow, show) {
  const host = by ?? from;
  const told = [];
  if (by && from) told.push(el("span", {}, t("way.from"), " ", named(from.value)));
  if (protocol) told.push(foreign(protocol.value));
  if (date) told.push(foreign(moment(date.value, "medium") ?? date.value));
  return el(
    "li",
    {},
    el("span", { class: slow ? "wait slow" : "wait" }, delay === null ? "" : waited(delay)),
    host ? located(named(host.value), () => show(host.span)) : t("way.unnamed"),
    el("span", { class: "aside-note" }, ...told.flatMap((one, n) => (n > 0 ? [" · ", one] : [one]))),
  );
}

/** @param {number} delay */
function waited(delay) {
  return delay < 0 ? t("way.clocks", { time: duration(-delay) }) : `+${duration(delay)}`;
}

/** Results by what they mean; all others were neither passed nor failed. @type {Record<string, string>} */
const OUTCOMES = {
  pass: "pass",
  bestguesspass: "pass",
  fail: "fail",
  softfail: "fail",
  hardfail: "fail",
  permerror: "fail",
  policy: "fail",
};
/** Strokes in a square of 16. @type {Record<string, string>} */
const MARKS = {
  pass: "M4 8.5l2.7 2.7L12 5.5",
  fail: "M5 5l6 6M11 5l-6 6",
  unknown: "M5 8h6",
};

/**
 * @param {Check[]} checks
 * @param {Show} show
 */
function checkList(checks, show) {
  return el(
    "ul",
    { class: "checks" },
    checks.map(({ method, result, identity }) => {
      const outcome = OUTCOMES[result.value] ?? "unknown";
      return el(
        "li",
        {},
        svg(
          "svg",
          { class: `check check-${outcome}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
          outcome === "fail"
            ? svg("rect", { x: 1, y: 1, width: 14, height: 14 })
            : svg("circle", { cx: 8, cy: 8, r: 7 }),
          svg("path", { d: MARKS[outcome] }),
        ),
        el("strong", {}, foreign(method.toUpperCase())),
        " ",
        t(`check.${outcome}`),
        " ",
        // "passed pass" would say it twice.
        result.value !== outcome && [located(foreign(result.value), () => show(result.span)), " "],
        identity && [located(named(identity.value), () => show(identity.span))],
      );
    }),
  );
}

/**
 * @param {{ name: string, value: string, span: import("../types.d.ts").Span }[]} facts
 * @param {Show} show
 */
function plainFacts(facts, show) {
  return el(
    "dl",
    { class: "facts" },
    facts.flatMap((fact) => [
      el("dt", {}, foreign(fact.name)),
      el(
        "dd",
        {},
        located(named(fact.value), () => show(fact.span)),
      ),
    ]),
  );
}

/** Units of time and their seconds, the largest first. @type {[unit: string, seconds: number][]} */
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/**
 * A length of time in its two largest units: "3 min 12 sec".
 *
 * @param {number} seconds Whole and not negative.
 */
function duration(seconds) {
  const first = Math.max(
    0,
    UNITS.findIndex(([, size]) => seconds >= size || size === 1),
  );
  let left = seconds;
  const parts = UNITS.slice(first, first + 2).map(([unit, size], at) => {
    const n = Math.floor(left / size);
    left -= n * size;
    if (n === 0 && at > 0) return "";
    return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "short" }).format(n);
  });
  return parts.filter(Boolean).join(" ");
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(SVGElement | string | false | null | (SVGElement | string | false)[] | (SVGElement | false)[][])} children
 * @returns {SVGElement}
 */
function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children.flat(2).filter((child) => child !== false && child !== null));
  return element;
}
