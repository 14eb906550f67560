// Markup from templates. What is put into one is escaped, here and nowhere else.

class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * Markup goes in as it is, a list piece by piece, nothing as nothing, and
 * everything else as text, which can then stand in an element or between the
 * quotes of an attribute.
 *
 * @typedef {Markup | string | number | false | null | undefined} Value
 *
 * @param {TemplateStringsArray} strings
 * @param {...(Value | Value[])} values
 */
export function markup(strings, ...values) {
  const text = (/** @type {Value} */ value) => {
    if (value === false || value === null || value === undefined) return "";
    return value instanceof Markup ? value.text : String(value).replace(/[&<>"']/g, (letter) => ESCAPED[letter]);
  };
  return new Markup(strings.reduce((before, after, n) => before + [values[n - 1]].flat().map(text).join("") + after));
}
