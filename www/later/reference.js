/**
 * The articles as people look for them: by who says them, or by what was typed.
 *
 * @typedef {import("../types.d.ts").Texts} Texts
 * @typedef {import("../types.d.ts").Bounces} Bounces
 * @typedef {import("../types.d.ts").Inline} Inline
 *
 * @typedef {object} Found
 * @property {string[]} ids The best first.
 * @property {boolean} whole Whether they have everything that was typed.
 * @property {string[]} words What was looked for, folded.
 */

/** The families that are nobody's own: what anybody may say, from the clearest to the vaguest. */
const SHARED = ["generic", "smtp", "rfc3463", "class"];
/** How much of what was typed is looked at. */
const LONGEST = 300;
const WORDS = 16;

/** @param {string} id */
export const familyOf = (id) => id.slice(0, id.indexOf("/"));

/**
 * The codes of an article, its own first: `5.7.705`, `5.7.606-5.7.649`, and
 * where it has none, those of the bounces that it explains.
 *
 * @param {string} id
 * @param {Texts} texts
 * @param {Bounces} bounces
 */
export function codesOf(id, { articles }, bounces) {
  const own = articles[id].codes;
  const seen = (bounces[id]?.codes ?? []).map((code) => code.split(" "));
  const statuses = seen.flatMap((parts) => parts.filter(isStatus));
  const more = statuses.filter((status) => !own.some((code) => agreement(code, status) > 0));
  const codes = [...new Set([...own, ...more])];
  return (codes.length > 0 ? codes : [...new Set(seen.flat())]).sort(inOrder);
}

/**
 * Every article, by family: those with a name of their own first.
 *
 * @param {Texts} texts
 * @param {Bounces} bounces
 * @returns {[family: string, ids: string[]][]}
 */
export function families(texts, bounces) {
  const name = (/** @type {string} */ family) => texts.providers[family]?.[0].toLowerCase() ?? "";
  const rank = (/** @type {string} */ family) => SHARED.indexOf(family);
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const id of Object.keys(texts.articles)) {
    found.set(familyOf(id), [...(found.get(familyOf(id)) ?? []), id]);
  }
  const first = new Map(Object.keys(texts.articles).map((id) => [id, codesOf(id, texts, bounces)[0] ?? "z"]));
  const byCode = (/** @type {string} */ a, /** @type {string} */ b) =>
    inOrder(first.get(a) ?? "", first.get(b) ?? "") || (a < b ? -1 : 1);
  for (const ids of found.values()) ids.sort(byCode);
  return [...found].sort(([a], [b]) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1));
}

/** @param {string} word */
const isStatus = (word) => /^[245]\.\d{1,3}\.\d{1,3}$/.test(word);

/**
 * Codes in the order of their numbers, `x` behind them.
 *
 * @param {string} a
 * @param {string} b
 */
function inOrder(a, b) {
  const [left, right] = [a, b].map((code) => code.split(/[.-]/).map((part) => Number.parseInt(part, 10)));
  for (let n = 0; n < Math.max(left.length, right.length); n += 1) {
    const [one, other] = [left, right].map((parts) => (Number.isNaN(parts[n] ?? -1) ? 1000 : (parts[n] ?? -1)));
    if (one !== other) return one - other;
  }
  return 0;
}

/**
 * How narrowly a pattern takes a status; 0 when it does not.
 *
 * @param {string} pattern `5.7.705`, `5.7.606-5.7.649`, `5.7.7xx`, `x.7.27`, `x.7.x`, `5.x.x`
 * @param {string} status
 */
export function agreement(pattern, status) {
  const parts = status.split(".");
  if (pattern.includes("-")) {
    const [low, high] = pattern.split("-").map((end) => end.split("."));
    const inside = parts[0] === low[0] && parts[1] === low[1] && +parts[2] >= +low[2] && +parts[2] <= +high[2];
    // The narrower range is the better one.
    return inside ? 8 - (+high[2] - +low[2]) / 1000 : 0;
  }
  let sum = 0;
  for (const [n, part] of pattern.split(".").entries()) {
    if (part === parts[n]) sum += 3;
    else if (/^\d+x+$/.test(part) && part.length === parts[n]?.length && parts[n].startsWith(part.replace(/x+$/, "")))
      sum += 1;
    else if (part !== "x") return 0;
  }
  return sum;
}

/**
 * Whether a code that is still being typed can become one of a pattern's.
 *
 * @param {string} pattern
 * @param {string} typed `5.7.6`
 */
function begins(pattern, typed) {
  if (!pattern.includes("-")) return pattern.startsWith(typed);
  const [low, high] = pattern.split("-").map((end) => end.split("."));
  for (let detail = +low[2]; detail <= +high[2]; detail += 1) {
    if (`${low[0]}.${low[1]}.${detail}`.startsWith(typed)) return true;
  }
  return false;
}

/**
 * Text to what is compared: no case, no accents.
 *
 * @param {string} text
 */
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * What was typed, as words. A code before a status goes with it: `550-5.7.1`.
 *
 * @param {string} query
 */
export function wordsOf(query) {
  const words = folded(query.slice(0, LONGEST))
    .replace(/\b([245]\d\d)-(?=[245]\.\d)/g, "$1 ")
    .split(/[\s,;:!?"“”«»<>()[\]{}|/\\]+/)
    .map((word) => word.replace(/^[.#'’*-]+|[.'’*-]+$/g, ""))
    .filter((word) => word !== "");
  return [...new Set(words)].slice(0, WORDS);
}

/** One article, prepared for being looked for. */
class Entry {
  /**
   * @param {string} id
   * @param {string} name Its family's.
   * @param {Texts[]} texts In every language, the reader's first.
   * @param {Bounces} bounces
   */
  constructor(id, name, [texts, ...others], bounces) {
    const article = texts.articles[id];
    const { codes: seen = [], bounces: examples = [] } = bounces[id] ?? {};
    const all = (/** @type {Inline[][] | undefined} */ paragraphs) => (paragraphs ?? []).map(plain).join(" ");
    this.id = id;
    this.family = familyOf(id);
    this.codes = article.codes;
    this.seen = seen;
    /** What is looked at, and what a word in it weighs. @type {[text: string, weight: number][]} */
    this.fields = [
      [article.title, 8],
      [name, 10],
      [examples.join(" "), 4],
      [[id.replace(/[/-]/g, " "), ...others.map((other) => other.articles[id]?.title ?? "")].join(" "), 3],
      [all(article.summary), 3],
      [[all(article.causes), all(article.avoid), ...Object.values(article.steps).map(all)].join(" "), 1],
    ].map(([text, weight]) => [` ${folded(`${text}`).replace(/[^\p{L}\p{N}.]+/gu, " ")}`, +weight]);
  }

  /**
   * How well a word fits, 0 when not at all.
   *
   * @param {string} word
   */
  weigh(word) {
    let best = 0;
    if (/^[245]\.\d/.test(word)) {
      if (isStatus(word)) {
        const narrowest = Math.max(0, ...this.codes.map((code) => agreement(code, word)));
        // Of a code's subject or class alone, less than of a code that may be meant.
        best = narrowest > 3 ? 4 * narrowest : narrowest;
        if (this.seen.some((code) => code.split(" ").includes(word))) best = Math.max(best, 26);
      }
      const typed = this.codes.some((code) => begins(code, word)) || this.seen.some((code) => code.includes(word));
      return Math.max(best, typed ? 10 : 0);
    }
    if (/^[245]\d\d$/.test(word)) {
      // The code of a reply means most where nothing else is gone by.
      if (this.seen.includes(word)) best = this.family === "smtp" ? 26 : 9;
      else if (this.seen.some((code) => code.startsWith(word))) best = 2;
    }
    for (const [text, weight] of this.fields) {
      if (weight * 2 <= best) continue;
      const at = text.indexOf(` ${word}`);
      if (at >= 0) {
        const end = text[at + word.length + 1];
        best = Math.max(best, end === undefined || end === " " ? weight * 2 : weight * 1.5);
      } else if (word.length > 3 && text.includes(word)) best = Math.max(best, weight);
    }
    return best;
  }
}

/** Everything that can be found, in one language. */
export class Index {
  /**
   * @param {Texts[]} texts In every language, the reader's first.
   * @param {Bounces} bounces
   * @param {(family: string) => string} nameOf
   */
  constructor(texts, bounces, nameOf) {
    /** @type {Entry[]} */
    this.entries = [];
    this.waiting = Object.keys(texts[0].articles);
    this.entry = (/** @type {string} */ id) => new Entry(id, nameOf(familyOf(id)), texts, bounces);
  }

  /**
   * Prepares some more articles: all at once would hold up who is typing.
   *
   * @param {number} [count]
   * @returns {boolean} Whether any are left.
   */
  prepare(count = this.waiting.length) {
    this.entries.push(...this.waiting.splice(0, count).map(this.entry));
    return this.waiting.length > 0;
  }

  /**
   * @param {string} query
   * @returns {Found}
   */
  find(query) {
    this.prepare();
    const words = wordsOf(query);
    // A reply's code beside a status helps, but is not asked for: it says nothing more.
    const status = words.some(isStatus);
    const asked = words.filter((word) => !(status && /^[245]\d\d$/.test(word)));
    const weights = asked.map((word) => {
      const all = this.entries.map((entry) => entry.weigh(word));
      // What only goes by the class of a code is not wanted beside what goes by the code.
      const sure = isStatus(word) && Math.max(...all) > 10;
      return sure ? all.map((weight) => (weight > 3 ? weight : 0)) : all;
    });
    const weighed = this.entries
      .map(({ id, seen }, n) => {
        const own = weights.map((all) => all[n]);
        const beside = words.filter((word) => !asked.includes(word) && seen.some((code) => code.startsWith(word)));
        return {
          id,
          has: own.filter((weight) => weight > 0).length,
          weight: own.reduce((sum, weight) => sum + weight, 0) + beside.length,
        };
      })
      .filter(({ has }) => has > 0);
    const most = weighed.reduce((most, { has }) => Math.max(most, has), 0);
    const ids = weighed
      .filter(({ has }) => has === most)
      .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
    return { ids, whole: most === asked.length, words };
  }
}

/**
 * The words of running text alone.
 *
 * @param {Inline[]} inlines
 * @returns {string}
 */
export function plain(inlines) {
  return inlines
    .map((inline) => {
      if (typeof inline === "string") return inline;
      if ("strong" in inline) return inline.strong;
      if ("code" in inline) return inline.code;
      if ("href" in inline) return inline.link;
      if ("command" in inline) return ` ${plain(inline.command)} `;
      return inline.fallback;
    })
    .join("");
}
