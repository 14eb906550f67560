/**
 * The page's side of the service worker: keeps the page for use without a
 * network, and offers a newer build where one waits.
 *
 * The worker is registered before the page cuts itself off. It works on by
 * itself then, and knows nothing of what the page reads.
 */

import { t } from "../i18n.js";
import { registerServiceWorker } from "../trust.js";
import { el } from "../view/dom.js";

/** How long the page waits for its files to be kept, in milliseconds. */
const PATIENCE = 10_000;

/**
 * @param {HTMLElement} place Where it is said.
 * @param {() => boolean} idle Whether to load the page anew would lose nothing.
 * @returns {Promise<{ settled: Promise<void> }>} Registered; later settled, one way or another.
 */
export async function keepOffline(place, idle) {
  const registered = await registerServiceWorker().catch(() => undefined);
  if (!registered) return { settled: Promise.resolve() };
  const registration = registered;
  const { waiting, installing } = registration;
  if (waiting) offer(waiting);
  registration.addEventListener("updatefound", () => {
    const found = registration.installing;
    if (found && found !== installing) watch(found);
  });
  const settled = Promise.race([
    installing ? watch(installing) : Promise.resolve(),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
  return { settled: settled.then(() => {}) };

  /**
   * Says what becomes of a build that is being fetched.
   *
   * @param {ServiceWorker} worker
   * @returns {Promise<void>} When it is kept or given up.
   */
  function watch(worker) {
    // The first one has nobody to wait for.
    const first = registration.active === null;
    const kept = first ? "activated" : "installed";
    return new Promise((resolve) => {
      worker.addEventListener("statechange", () => {
        if (worker.state === kept) first ? say("offline.ready") : offer(worker);
        if (worker.state === kept || worker.state === "redundant") resolve();
      });
    });
  }

  /** @param {ServiceWorker} worker */
  function offer(worker) {
    let chosen = false;
    const reload = el("button", { type: "button", class: "plain", "data-text": "update.reload" }, t("update.reload"));
    reload.addEventListener("click", () => {
      chosen = idle();
      if (chosen) worker.postMessage("take over");
    });
    navigator.serviceWorker.addEventListener("message", () => {
      say("update.ready", reload, "update.others");
      reload.focus();
    });
    worker.addEventListener("statechange", () => {
      if (worker.state !== "activated") return;
      place.replaceChildren();
      // Something may have been pasted meanwhile.
      if (chosen && idle()) location.reload();
    });
    say("update.ready", reload);
  }

  /** @param {(string | HTMLElement)[]} parts Keys of words, and what stands among them. */
  function say(...parts) {
    place.replaceChildren(
      ...parts.flatMap((part) => [typeof part === "string" ? el("span", { "data-text": part }, t(part)) : part, " "]),
    );
  }
}
