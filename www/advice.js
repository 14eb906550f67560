/**
 * An article's text and this bounce's values to pieces that can be shown.
 *
 * The values are an attacker's text. In running text they are shown as text;
 * in a command, which people paste, only a value that the engine calls
 * pasteable is put, quoted for its shell. Otherwise the words that the article
 * has for a missing value stay, between angle brackets.
 *
 * @typedef {import("./types.d.ts").Inline} Inline
 * @typedef {import("./types.d.ts").Piece} Piece
 * @typedef {import("./types.d.ts").Failure} Failure
 *
 * @typedef {object} Value
 * @property {string} text What running text shows.
 * @property {string | null} paste What a command may hold, not yet quoted.
 */

/** How many differing values are named before "and n more". */
const NAMED = 3;

/**
 * The values that a group of failures has, by name. Where they differ, running
 * text lists them and a command keeps its placeholder.
 *
 * @param {Failure[]} failures
 * @param {(named: string[], more: number) => string} list joins values to words
 * @returns {Map<string, Value>}
 */
export function values(failures, list) {
  /** @type {Map<string, Map<string, boolean>>} */
  const found = new Map();
  for (const { diagnosis } of failures) {
    for (const { name, value, pasteable } of diagnosis.captured) {
      const known = found.get(name) ?? new Map();
      found.set(name, known.set(value, pasteable));
    }
  }
  /** @type {Map<string, Value>} */
  const out = new Map();
  for (const [name, known] of found) {
    const all = [...known.keys()];
    const [first, pasteable] = [...known][0];
    const text = list(all.slice(0, NAMED), Math.max(0, all.length - NAMED));
    out.set(name, { text, paste: known.size === 1 && pasteable ? first : null });
  }
  return out;
}

/**
 * @param {Inline[]} inlines
 * @param {Map<string, Value>} values
 * @returns {Piece[]}
 */
export function fill(inlines, values) {
  return inlines.map((inline) => {
    if (typeof inline === "string") return { kind: "text", text: inline };
    if ("strong" in inline) return { kind: "strong", text: inline.strong };
    if ("code" in inline) return { kind: "code", text: inline.code };
    if ("href" in inline) return { kind: "link", text: inline.link, href: inline.href };
    if ("command" in inline) {
      return { kind: "command", shell: inline.shell, text: command(inline.command, inline.shell, values) };
    }
    const value = values.get(inline.value);
    return value ? { kind: "value", text: value.text } : { kind: "fallback", text: inline.fallback };
  });
}

/**
 * @param {Inline[]} inlines
 * @param {string} shell
 * @param {Map<string, Value>} values
 */
function command(inlines, shell, values) {
  return inlines
    .map((inline) => {
      if (typeof inline === "string") return inline;
      if (!("value" in inline)) return "";
      const paste = values.get(inline.value)?.paste;
      return paste ? quote(paste, shell) : `<${inline.fallback}>`;
    })
    .join("")
    .replace(/\n+$/, "");
}

/**
 * A value as one literal word of a shell.
 *
 * @param {string} value
 * @param {string} shell
 */
export function quote(value, shell) {
  switch (shell) {
    case "powershell":
      // PowerShell takes the typographic quotes for quotes as well.
      return `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
    case "shell":
      return `'${value.replaceAll("'", "'\\''")}'`;
    default:
      return value;
  }
}
