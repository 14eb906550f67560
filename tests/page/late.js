/**
 * A page that takes its time, and a server whose files come in parts: what a busy machine does by chance, done
 * each time. A test that only holds while both are quick fails by it.
 *
 *   LATE=1 node --test tests/page/*.test.js
 */

/** Whether that is asked for. */
export const LATE = Boolean(process.env.LATE);

/** In the page, before its own scripts: whatever is answered later anyway is answered later still. */
export function late() {
  const wait = setTimeout.bind(globalThis);
  /** @type {any} */
  const page = globalThis;
  page.setTimeout = (/** @type {() => void} */ task, milliseconds = 0) => wait(task, milliseconds + 200);
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const put = typeof listener === "function" && ["hashchange", "popstate"].includes(type);
    listen.call(this, type, put ? (event) => wait(() => listener.call(this, event), 250) : listener, options);
  };
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (/** @type {any[]} */ ...message) {
    wait(() => postMessage.apply(this, /** @type {any} */ (message)), 300);
  };
  const { requestAnimationFrame } = page;
  page.requestAnimationFrame = (/** @type {FrameRequestCallback} */ draw) =>
    requestAnimationFrame(() => wait(() => draw(performance.now()), 200));
  for (const [of, name] of [
    [Blob, "text"],
    [Blob, "arrayBuffer"],
    // Only where the page is served safely.
    [page.Clipboard, "writeText"],
  ]) {
    const now = of?.prototype[name];
    if (!now) continue;
    of.prototype[name] = async function (/** @type {any[]} */ ...given) {
      const answer = await now.apply(this, given);
      await new Promise((resolve) => wait(resolve, 200));
      return answer;
    };
  }
}
