/**
 * The one policy that the page's `trusted-types` directive names. It lets
 * through two things: the address of a blob, for the worker, and markup for
 * an inert document, in which nothing runs and nothing is loaded.
 */

/**
 * @typedef {object} Policy
 * @property {(url: string) => string} createScriptURL
 * @property {(markup: string) => string} createHTML
 */

/** @type {Policy} */
const rules = {
  createScriptURL(url) {
    if (!url.startsWith("blob:")) throw new TypeError("not a blob");
    return url;
  },
  createHTML: (markup) => markup,
};

/** @type {any} */
const { trustedTypes } = globalThis;

/** @type {Policy} */
const policy = trustedTypes ? trustedTypes.createPolicy("bounce-analyzer", rules) : rules;

/** @param {string} source */
export function workerFrom(source) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(policy.createScriptURL(url));
  return { worker, release: () => URL.revokeObjectURL(url) };
}

/** @param {string} markup */
export function inertDocument(markup) {
  return new DOMParser().parseFromString(policy.createHTML(markup), "text/html");
}
