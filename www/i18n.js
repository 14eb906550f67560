/**
 * Keys to words in the reader's language.
 *
 * @typedef {import("./types.d.ts").Language} Language
 */

import { recall } from "./preference.js";

/** @typedef {Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>} Words */

/** @type {Record<Language, () => Promise<Words>>} */
const LANGUAGES = {
  en: async () => (await import("./locales/en.js")).en,
  es: async () => (await import("./locales/es.js")).es,
};

/** What the first answer does without. @type {Record<Language, () => Promise<Words>>} */
const MORE = {
  en: async () => (await import("./locales/reference/en.js")).en,
  es: async () => (await import("./locales/reference/es.js")).es,
};

/** Those whose words are here. @type {Map<Language, Words>} */
const words = new Map();

/** Every language that the page can speak. */
export const languages = Object.keys(LANGUAGES).filter(isLanguage);

/** @param {Language} language */
export async function load(language) {
  if (!words.has(language)) words.set(language, await LANGUAGES[language]());
}

/**
 * The words of the reference and of the help.
 *
 * @param {Language} language
 */
export async function loadMore(language) {
  words.set(language, { ...words.get(language), ...(await MORE[language]()) });
}

/** @type {Language} */
let current = "en";

/**
 * The language of the page that led here, for this visit alone; else the
 * reader's choice, else the browser's first language that the page has.
 */
export function preferred() {
  const led = new URLSearchParams(location.search).get("language");
  const wanted = [led, recall("language"), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

/**
 * @param {unknown} tag
 * @returns {tag is Language}
 */
export function isLanguage(tag) {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

/** @param {Language} language */
export function speak(language) {
  current = language;
}

/** The language that is spoken now. */
export function language() {
  return current;
}

/** What the browser knows of a language. */
class Manner {
  /** @param {Language} language */
  constructor(language) {
    this.plurals = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
    this.lists = new Intl.ListFormat(language);
    this.moments = {
      short: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }),
      medium: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }),
    };
    this.days = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  }
}

/** Made once a language, when the worker has had the browser read up on it. @type {Map<Language, Manner>} */
const manners = new Map();

function manner() {
  const known = manners.get(current) ?? new Manner(current);
  manners.set(current, known);
  return known;
}

/**
 * The words of a key. `{n}` is a number and chooses between plural forms.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const entry = words.get(current)?.[key];
  if (entry === undefined) throw new Error(`no words for ${key}`);
  const form =
    typeof entry === "string" ? entry : (entry[manner().plurals.select(Number(values.n))] ?? entry.other ?? "");
  return form.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? manner().numbers.format(value) : value;
  });
}

/**
 * Whether there are words for a key.
 *
 * @param {string} key
 */
export function has(key) {
  return words.get(current)?.[key] !== undefined;
}

/**
 * "a, b and 3 more".
 *
 * @param {string[]} named
 * @param {number} more
 */
export function list(named, more) {
  const parts = more > 0 ? [...named, t("list.more", { n: more })] : named;
  return manner().lists.format(parts);
}

/**
 * A date as written in a header, in the reader's way and time zone; null for
 * words that no clock understands, and for a date without its year, as system
 * logs have it: browsers take any year for it.
 *
 * @param {string} written
 * @param {"short" | "medium"} [timeStyle] With seconds when it is medium.
 */
export function moment(written, timeStyle = "short") {
  if (!/\d{4}/.test(written.replace(/\s[+-]\d{4}\b/, ""))) return null;
  const time = Date.parse(written.replace(/\s*\([^()]*\)\s*$/, ""));
  if (Number.isNaN(time)) return null;
  return manner().moments[timeStyle].format(time);
}

/**
 * A day such as `2026-11-23`, in the reader's way.
 *
 * @param {string} written
 */
export function day(written) {
  const time = Date.parse(`${written}T00:00:00Z`);
  if (Number.isNaN(time)) return written;
  return manner().days.format(time);
}
