/**
 * The kill switch. The page loads everything it will ever need; then, before
 * anything is read, it adds a second policy under which the browser itself
 * refuses every connection, of the page and of the worker, until it is closed.
 * That goes for tools that fetch in the page's name, too: Lighthouse finds no
 * robots.txt here, while it does from the pages of the reference.
 */

const POLICY = [
  "default-src 'none'",
  // The icon of the page, which browsers ask for when they like, is part of the document.
  "img-src data:",
  "script-src 'wasm-unsafe-eval'",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Throws the switch. There is no way back but to load the page again. */
export function lock() {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = POLICY;
  document.head.append(meta);
}
