/** Serves a folder on loopback and keeps a list of what was asked for. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LATE } from "./late.js";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * @param {string} first The folder; another can take its place later.
 * @param {Record<string, string>} [headers] Sent with every file.
 */
export async function serve(first, headers = {}) {
  let folder = first;
  /** @type {string[]} */
  const requests = [];
  /** @type {Map<string, Promise<void>>} */
  const held = new Map();
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    await held.get(pathname);
    try {
      const bytes = await readFile(join(folder, path));
      response.writeHead(200, { ...headers, "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      if (LATE) {
        // A document comes in parts.
        await setTimeout(100);
        response.write(bytes.subarray(0, bytes.length / 2));
        await setTimeout(100);
        response.end(bytes.subarray(bytes.length / 2));
      } else response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  // A WebSocket that got out counts like any other request.
  server.on("upgrade", (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    requests,
    /**
     * Leaves a path without an answer until the function that comes back is called.
     *
     * @param {string} path
     * @returns {() => void}
     */
    hold(path) {
      let release = () => {};
      held.set(path, new Promise((resolve) => (release = resolve)));
      return () => release();
    },
    /** @param {string} other */
    turnTo(other) {
      folder = other;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve(null)));
    },
  };
}
