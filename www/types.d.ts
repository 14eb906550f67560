/**
 * The page's own types. What the engine and the catalogue hand over is told
 * beside the engine's boundary.
 */

import type { Analysis, Diagnosis, MessageRecord, PerRecipient, Report } from "../src/wasm.d.ts";

export type * from "../src/wasm.d.ts";

export type Language = "en" | "es";

/** A text, or the bytes of a file. A long text takes its time to become bytes: that is left to the worker. */
export type Content = string | Uint8Array;

/** One input that was read. */
export interface Reading {
  /** The file's name, or an empty string for pasted text. */
  name: string;
  content: Content;
  analysis: Analysis;
}

/** One recipient's failure and where it was read. */
export interface Failure {
  reading: Reading;
  report: Report;
  recipient: PerRecipient;
  diagnosis: Diagnosis;
}

/** What several recipients have in common: one card. */
export interface Cause {
  article: string;
  permanent: boolean;
  delay: boolean;
  failures: Failure[];
}

/** A piece of an article with this bounce's values filled in. */
export type Piece =
  | { kind: "text" | "strong" | "code" | "value" | "fallback"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "command"; text: string; shell: string };

declare global {
  /** The engine's glue, which stands before `worker.js` in the worker's text. */
  const wasm_bindgen: {
    initSync(options: { module: WebAssembly.Module }): void;
    load_rules(rules: string): void;
    analyze(bytes: Uint8Array, redacted: boolean): Analysis;
    records(bytes: Uint8Array, name: string, redacted: boolean): MessageRecord[];
  };
}
