/**
 * What the reader prefers, kept from visit to visit: one of a few known words
 * under each name. Nothing of a bounce is ever kept.
 *
 * @typedef {"language" | "role"} Name
 */

/** @param {Name} name */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    // Storage can be forbidden; the page does without.
    return null;
  }
}

/**
 * @param {Name} name
 * @param {string} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As above.
  }
}
