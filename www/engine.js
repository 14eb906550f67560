/**
 * The one way to the engine: bytes to promises of answers, through a worker.
 *
 * A worker that trapped or hung is replaced, and what waited for it is told;
 * nothing is tried again by itself, so that no input can make a loop.
 *
 * @typedef {import("./types.d.ts").Analysis} Analysis
 * @typedef {import("./types.d.ts").Content} Content
 */

import { workerFrom } from "./trust.js";

/** How long an answer may take, in milliseconds, before the worker counts as hung. */
const PATIENCE = 20_000;

/** The worker trapped, hung or was dismissed. */
export class EngineFailed extends Error {}

/**
 * @typedef {object} Job
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {ReturnType<typeof setTimeout>} timer
 * @property {any[]} items What has come of the answer: reports, each with its recipients, or records.
 */

export class Engine {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {() => void} */
  #release = () => {};
  /** @type {Map<number, Job>} */
  #jobs = new Map();
  #last = 0;

  /**
   * @param {WebAssembly.Module} module
   * @param {string} rules
   * @param {string} source The worker's text.
   * @param {string[]} languages Those in which the answers will be shown.
   */
  constructor(module, rules, source, languages) {
    this.module = module;
    this.rules = rules;
    this.languages = languages;
    this.source = source;
    this.#start();
  }

  /** Whether an answer is still awaited. */
  get busy() {
    return this.#jobs.size > 0;
  }

  /**
   * @param {Content} content
   * @param {boolean} [redacted] Whether what points to people becomes tokens.
   * @returns {Promise<Analysis>}
   */
  analyze(content, redacted = false) {
    return this.#ask({ call: "analyze", content, redacted });
  }

  /**
   * One object a message, as other tools read them.
   *
   * @param {Content} content
   * @param {string} name
   * @param {boolean} redacted
   * @returns {Promise<import("./types.d.ts").MessageRecord[]>}
   */
  records(content, name, redacted) {
    return this.#ask({ call: "records", content, name, redacted });
  }

  /**
   * Dismisses the worker, with everything that it was reading and the memory
   * that held it, and takes a new one.
   *
   * @param {string} why
   */
  replace(why) {
    for (const id of [...this.#jobs.keys()]) this.#settle(id)?.reject(new EngineFailed(why));
    this.#start();
  }

  #start() {
    this.#worker?.terminate();
    this.#release();
    const { worker, release } = workerFrom(this.source);
    worker.onmessage = ({ data }) => this.#take(data);
    worker.onerror = (event) => {
      event.preventDefault();
      // Without a job it could not even start, and would not the next time.
      if (this.busy) this.replace(event.message);
    };
    worker.postMessage({ module: this.module, rules: this.rules, languages: this.languages });
    this.#worker = worker;
    this.#release = release;
  }

  /**
   * @param {{ call: string, content: Content, name?: string, redacted: boolean }} question
   * @returns {Promise<any>}
   */
  #ask(question) {
    const job = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.replace("no answer"), PATIENCE);
      this.#jobs.set(job, { resolve, reject, timer, items: [] });
      this.#worker?.postMessage({ job, ...question });
    });
  }

  /**
   * One piece of an answer; the last one has no items.
   *
   * @param {{ job: number, items?: any[], rest: object | null }} piece
   */
  #take({ job, items, rest }) {
    if (!items) {
      const done = this.#settle(job);
      done?.resolve(rest ? { ...rest, reports: done.items } : done.items);
      return;
    }
    const taken = this.#jobs.get(job)?.items;
    for (const item of items) {
      // A recipient, of the report before it.
      if ("diagnosis" in item) taken?.at(-1)?.per_recipient.push(item);
      else taken?.push(item);
    }
  }

  /** @param {number} id */
  #settle(id) {
    const job = this.#jobs.get(id);
    if (job) clearTimeout(job.timer);
    this.#jobs.delete(id);
    return job;
  }
}
