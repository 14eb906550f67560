/**
 * What is pasted, dropped or opened to bytes. Files are told by their bytes,
 * not by their names.
 *
 * @typedef {object} Item
 * @property {string} name
 * @property {import("./types.d.ts").Content} content
 *
 * @typedef {object} Refusal Something that cannot be read, and what to do instead.
 * @property {string} key A key of the locales: `file.<key>`.
 * @property {string} name
 */

import { better, textOf } from "./html.js";
import { spelled } from "./visible.js";

/** Bytes of one file: what the engine reads of one input. */
export const LARGEST = 64 * 2 ** 20;

/** @type {[key: string, magic: number[]][]} */
const REFUSED = [
  ["msg", [0xd0, 0xcf, 0x11, 0xe0]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x1f, 0x8b]],
  ["zip", [0x37, 0x7a, 0xbc, 0xaf]],
  ["zip", [0x52, 0x61, 0x72, 0x21]],
  ["pdf", [0x25, 0x50, 0x44, 0x46]],
  ["image", [0x89, 0x50, 0x4e, 0x47]],
  ["image", [0xff, 0xd8, 0xff]],
  ["image", [0x47, 0x49, 0x46, 0x38]],
  ["image", [0x52, 0x49, 0x46, 0x46]],
  ["image", [0x42, 0x4d]],
];
/** In OLE and zip containers that are no mail and no archive: the streams' names. */
const OFFICE = ["word/", "xl/", "ppt/", "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "W\0o\0r\0k\0b\0o\0o\0k\0"];

/**
 * The text of a clipboard or of a drag, from whichever flavour tells more.
 *
 * @param {DataTransfer} data
 */
export function textFrom(data) {
  const plain = data.getData("text/plain");
  const markup = data.getData("text/html");
  return markup ? better(plain, textOf(markup)) : plain;
}

/**
 * @param {Iterable<File>} files
 * @returns {Promise<{ items: Item[], refusals: Refusal[] }>}
 */
export async function open(files) {
  /** @type {Item[]} */
  const items = [];
  /** @type {Refusal[]} */
  const refusals = [];
  for (const file of files) {
    // An attachment has the name that its sender gave it.
    const name = spelled(file.name);
    const refuse = (/** @type {string} */ key) => refusals.push({ key, name });
    if (file.size > LARGEST) {
      refuse("too-large");
      continue;
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const refused = kind(bytes);
      if (refused) refuse(refused);
      else items.push({ name, content: bytes });
    } catch {
      refuse("unreadable");
    }
  }
  return { items, refusals };
}

/**
 * Why bytes cannot be read, or null when they can.
 *
 * @param {Uint8Array} bytes
 */
export function kind(bytes) {
  if (bytes.length === 0) return "empty";
  const found = REFUSED.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
  // Two letters are also how a text may begin.
  if (found === "image" && bytes[0] === 0x42 && !bytes.subarray(0, 64).includes(0)) return null;
  if (found === "msg" || found === "zip") {
    const inside = new TextDecoder("latin1").decode(bytes);
    if (OFFICE.some((name) => inside.includes(name))) return "office";
  }
  return found;
}

/**
 * The text of a drag; empty when it carries only the address of something, or
 * rows of the list of new Outlook and Outlook on the web, which are no mail.
 *
 * @param {DataTransfer} data
 */
export function dragged(data) {
  const named = data.types.some((type) => /maillist|uri-list/i.test(type));
  return named ? "" : textFrom(data).trim();
}

/**
 * Whether a drag carries a folder.
 *
 * @param {DataTransfer} data
 */
export function hasFolder(data) {
  return [...data.items].some((item) => item.kind === "file" && item.webkitGetAsEntry?.()?.isDirectory);
}
