/**
 * The one policy that the page's `trusted-types` directive names. It lets
 * through three things: the address of a blob, for the worker; that of the
 * service worker; and markup for an inert document, in which nothing runs and
 * nothing is loaded.
 */

/**
 * @typedef {object} Policy
 * @property {(url: string) => string} createScriptURL
 * @property {(markup: string) => string} createHTML
 */

const SERVICE_WORKER = new URL("sw.js", location.href).href;

/** @type {Policy} */
const rules = {
  createScriptURL(url) {
    if (!url.startsWith("blob:") && url !== SERVICE_WORKER) throw new TypeError("no script of this page");
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

/** Without one, where the browser has none or forbids it. */
export async function registerServiceWorker() {
  return navigator.serviceWorker?.register(policy.createScriptURL(SERVICE_WORKER));
}

/** @param {string} markup */
export function inertDocument(markup) {
  return new DOMParser().parseFromString(policy.createHTML(markup), "text/html");
}
