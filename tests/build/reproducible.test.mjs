// The same sources give the same bytes in another folder: whoever doubts a
// copy of the site can build it and compare.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { test } from "node:test";

const SOURCES = [
  "Cargo.toml",
  "Cargo.lock",
  "rust-toolchain.toml",
  "build.rs",
  "build.sh",
  "build",
  "package.json",
  "package-lock.json",
  "src",
  "examples",
  "tests",
  "benches",
  "www",
];

test("a build in another folder is the same, byte for byte", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bounce-analyzer-"));
  try {
    for (const name of SOURCES)
      await cp(name, join(folder, name), { recursive: true }).catch((error) => assert.equal(error.code, "ENOENT"));
    const { CARGO_TARGET_DIR: _, ...environment } = env;
    execFileSync("./build.sh", { cwd: folder, env: environment, stdio: ["ignore", "ignore", "pipe"] });
    const here = await filesOf("dist");
    assert.deepEqual(await filesOf(join(folder, "dist")), here);
    for (const name of here) {
      assert.ok((await readFile(join("dist", name))).equals(await readFile(join(folder, "dist", name))), name);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** @param {string} folder */
async function filesOf(folder) {
  const items = await readdir(folder, { recursive: true, withFileTypes: true });
  return items
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length))
    .toSorted();
}
