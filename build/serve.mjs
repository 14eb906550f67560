// Serves a built site on the loopback interface, with the headers of its
// `_headers` file, and keeps a list of what was asked for.
//
//   node build/serve.mjs [folder] [port]

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { headersFor, readHeaders } from "./headers.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".sha256": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
};

/**
 * Serves `folder`; port 0 takes any free one. A test passes `change` to alter
 * what is sent.
 *
 * @param {string} folder
 * @param {{ port?: number, host?: string }} [options]
 */
export async function serve(folder, { port = 0, host = "127.0.0.1" } = {}) {
  const root = resolve(folder);
  /** @type {{ method: string, url: string }[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const url = request.url ?? "/";
    requests.push({ method: request.method ?? "", url });
    const found = await find(root, url);
    // Read anew each time: a build behind the server's back is seen.
    const rules = readHeaders(await readFile(join(root, "_headers"), "utf8").catch(() => ""));
    for (const [name, value] of headersFor(rules, found?.path ?? "/404")) {
      response.setHeader(name, value);
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
    } else if (found === null) {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("not found\n");
    } else {
      response.writeHead(200, {
        "Content-Type": TYPES[extname(found.file)] ?? "application/octet-stream",
        "Content-Length": found.bytes.length,
      });
      response.end(request.method === "HEAD" ? undefined : found.bytes);
    }
  });
  await new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => done(undefined));
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host}:${bound}/`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * The file that a URL stands for, or null.
 *
 * @param {string} root
 * @param {string} url
 */
async function find(root, url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    let file = normalize(join(root, path));
    if (file !== root && !file.startsWith(root + sep)) return null;
    if ((await stat(file)).isDirectory()) {
      if (!path.endsWith("/")) return null;
      file = join(file, "index.html");
    }
    if (file === join(root, "_headers")) return null;
    return { path, file, bytes: await readFile(file) };
  } catch {
    return null;
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folder = argv[2] ?? "dist";
  const wanted = Number(argv[3] ?? 8080);
  const { url } = await serve(folder, { port: wanted }).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    return serve(folder);
  });
  console.log(`${folder}/ is served at ${url} (stop with Ctrl+C)`);
}
