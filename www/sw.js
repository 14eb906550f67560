/*
 * Keeps the page for use without a network: every file of one build, or none.
 *
 * A page gets all of its files from the build that its first one came from.
 * A newer build waits beside it until no page is open, or until the reader
 * asks for it in the only one that is.
 */

/** Made from the bytes of all files. */
const VERSION = "";
/** Each file, and the SHA-256 that its bytes must have. @type {[path: string, integrity: string][]} */
const FILES = [];

/** @type {any} The scope of a service worker, for which the page's types have no name. */
const worker = self;
const { scope } = worker.registration;
/** The names of all caches of this page begin so; the origin may hold others. */
const OURS = `bounce-analyzer ${scope} `;
const CACHE = OURS + VERSION;
/** A static page: the list of errors, one of them by its id, or the help. */
const STATIC = /^([a-z]{2})\/(?:(errors)\/(?:([a-z0-9-]+\/[a-z0-9-]+)\/)?|help\/)(?:index\.html)?$/;
const kept = new Set(FILES.map(([path]) => new URL(path, scope).href));

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keep()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(forget()));
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(takeOver(event)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  address.hash = "";
  address.search = "";
  if (request.mode === "navigate" && address.href === `${scope}index.html`) address.href = scope;
  const page = STATIC.exec(address.href.slice(scope.length));
  if (kept.has(address.href)) event.respondWith(file(address.href, request));
  else if (request.mode === "navigate" && page) event.respondWith(online(request, page));
});

/** Fetches every file, past the browser's own cache; one that is missing or of another build ends it. */
async function keep() {
  const cache = await caches.open(CACHE);
  const requests = FILES.map(
    ([path, integrity]) => new Request(new URL(path, scope), { cache: "reload", integrity, redirect: "error" }),
  );
  try {
    await cache.addAll(requests);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/** Drops the files of older builds. */
async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

/**
 * A file of this build. When somebody has emptied the browser's storage, all
 * of them come from the network.
 *
 * @param {string} address
 * @param {Request} request
 */
async function file(address, request) {
  if (!(await caches.has(CACHE))) return fetch(request);
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? Response.error();
}

/**
 * A static page. All of them would be too many to keep; without a network the
 * page itself shows the same from its texts.
 *
 * @param {Request} request
 * @param {(string | undefined)[]} found
 */
async function online(request, [, language, errors, id]) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(`${scope}?language=${language}${id ? `#/e/${id}` : errors ? "#/errors" : ""}`);
  }
}

/**
 * Takes the older build's place, when the page that asks is the only one:
 * another could be in the midst of loading the older files.
 *
 * @param {any} event
 */
async function takeOver({ data, source }) {
  if (data !== "take over") return;
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.filter((/** @type {any} */ { url }) => url.startsWith(scope));
  if (open.length > 1) source.postMessage("others are open");
  else await worker.skipWaiting();
}
