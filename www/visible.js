/**
 * Text with everything in it made visible: control characters and the marks
 * that turn the direction of writing, with which an address can be made to
 * look like another one.
 */

/** Controls but tab and line ends, and what formats without being seen: bidi marks, zero-width characters, tags. */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The text as pieces, the unseen characters apart.
 *
 * @param {string} text
 * @returns {{ text: string, unseen: boolean }[]}
 */
export function pieces(text) {
  const out = [];
  let at = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > at) out.push({ text: text.slice(at, match.index), unseen: false });
    out.push({ text: match[0], unseen: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) out.push({ text: text.slice(at), unseen: false });
  return out;
}

/**
 * The name of a character: `U+202E`.
 *
 * @param {string} character
 */
export function codePoint(character) {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * The text with the names of unseen characters in their place.
 *
 * @param {string} text
 */
export function spelled(text) {
  return pieces(text)
    .map((piece) => (piece.unseen ? `[${codePoint(piece.text)}]` : piece.text))
    .join("");
}

/** Longer than a few addresses, a value is no name of a host. */
const LONGEST = 1_000;

/**
 * The hosts in a value in their ASCII form, when their letters are not ASCII:
 * a Cyrillic letter can pass for a Latin one. Null for every other value.
 *
 * @param {string} value Hosts or addresses, with names or without.
 */
export function asciiHost(value) {
  if (value.length > LONGEST || /^\p{ASCII}*$/u.test(value)) return null;
  /** @type {Set<string>} */
  const found = new Set();
  for (const [host] of value.matchAll(/[^\s@<>()[\],;:/?#\\"]+\.[^\s@<>()[\],;:/?#\\"]+(?!@)/g)) {
    try {
      const ascii = new URL(`http://${host}`).hostname;
      if (ascii.includes("xn--") && ascii !== host.toLowerCase()) found.add(ascii);
    } catch {
      // No host after all.
    }
  }
  return found.size > 0 ? [...found].join(", ") : null;
}
