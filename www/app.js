/**
 * The controller: paste, drop, button, sample and permalink end in one place,
 * {@link read}; what was read, the language and the reader's role end in one
 * other, {@link render}.
 *
 * @typedef {import("./types.d.ts").Language} Language
 * @typedef {import("./types.d.ts").Texts} Texts
 * @typedef {import("./types.d.ts").Role} Role
 * @typedef {import("./types.d.ts").Reading} Reading
 * @typedef {import("./input.js").Item} Item
 * @typedef {import("./input.js").Refusal} Refusal
 * @typedef {import("./later/browse.js").Reference} Reference
 * @typedef {import("./view/page.js").Progress} Progress
 *
 * @typedef {object} Later What is fetched after everything that the first answer needs.
 * @property {typeof import("./later/output.js").output} output
 * @property {typeof import("./later/note.js").noteOf} noteOf
 * @property {typeof import("./later/way.js").wayView} wayView
 */

import { loadBounces, loadRules, loadTexts, loadWasm, loadWorker } from "./assets.js";
import { copy } from "./clipboard.js";
import { Engine } from "./engine.js";
import { isLanguage, language, languages, load, loadMore, preferred, speak, t } from "./i18n.js";
import { dragged, hasFolder, LARGEST, open, textFrom } from "./input.js";
import { lock } from "./lock.js";
import { keep, recall } from "./preference.js";
import { ROLES } from "./view/answer.js";
import { fillAsk, mountSamples } from "./view/ask.js";
import { el } from "./view/dom.js";
import { answerView, CARDS } from "./view/page.js";

/** How long typing rests before the text is read, in milliseconds. */
const REST = 200;
/** How many characters the field holds. What is longer is read like a file: to lay it out would take too long. */
const FIELD = 50_000;
/** Lines without a word before the first one. */
const BLANK = /^(?:[^\S\n]*\n)+/;

/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);

const root = document.documentElement;
/** @type {HTMLTextAreaElement} */
const field = byId("bounce");
/** @type {HTMLInputElement} */
const file = byId("file");
/** @type {HTMLSelectElement} */
const languageSwitch = byId("language");
const results = byId("results");
const beside = byId("beside");
const note = byId("note");
const status = byId("status");

/** @type {Engine | null} */
let engine = null;
/** @type {Map<Language, Texts>} */
const texts = new Map();
/** Every error, to browse and search; loaded when the page is idle. @type {Reference | null} */
let reference = null;
/** Puts the words on mail programs into the page, once they are there. */
let fillPrograms = () => {};
/** What waits for the engine to be ready. @type {Item[] | null} */
let waiting = null;
/** @type {Reading[]} */
let readings = [];
/** @type {Progress} */
let progress = untouched();
/** The reader's own role, once they have chosen it. @type {Role | null} */
let role = ROLES.find((one) => one === recall("role")) ?? null;
/** @type {Later | null} */
let later = null;
let failed = false;
/** Whether nothing of the page asks for anything any more. */
let quiet = false;
/** Whether the field holds just what was pasted into it. */
let pasted = false;
let run = 0;
let opening = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;

/** The id in `#/e/<family>/<name>`, through the ids that articles once had. */
function permalink() {
  const id = /^#\/e\/([a-z0-9-]+\/[a-z0-9-]+)$/.exec(location.hash)?.[1];
  return id ? (texts.get(language())?.aliases[id] ?? id) : null;
}

/** Whether the address is that of the reference. */
const browsing = () => location.hash === "#/errors";

/** Leaves a permalink; the address then names nothing. */
function leavePermalink() {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
}

/**
 * Reads inputs and shows the answer.
 *
 * @param {Item[]} items
 */
async function read(items) {
  clearTimeout(resting);
  if (!engine) {
    waiting = items;
    return;
  }
  const mine = ++run;
  // Whatever is still being read is not wanted any more.
  if (engine.busy) engine.replace("superseded");
  leavePermalink();
  results.setAttribute("aria-busy", "true");
  /** @type {Reading[]} */
  const done = [];
  let broken = false;
  try {
    for (const { name, content } of items) done.push({ name, content, analysis: await engine.analyze(content) });
  } catch {
    broken = true;
  }
  if (mine !== run) return;
  results.removeAttribute("aria-busy");
  readings = broken ? [] : done;
  progress = untouched();
  failed = broken;
  render();
  announce();
}

/** Reads the text in the field; an empty one is no question. */
function readField() {
  if (field.value.trim() === "") clear();
  else {
    say([]);
    read([{ name: "", content: field.value }]);
  }
}

/** @param {Iterable<File>} files */
async function readFiles(files) {
  // What was being typed is older.
  clearTimeout(resting);
  const mine = ++opening;
  const before = run;
  const { items, refusals } = await open(files);
  // Meanwhile there was something newer, or all was cleared.
  if (mine !== opening || before !== run) return;
  say(refusals, items);
  if (items.length === 0) return;
  field.value = "";
  await read(items);
}

/**
 * Takes over a text that was pasted or dropped outside of the field.
 *
 * @param {string} text
 */
function take(text) {
  if (text.length > FIELD) {
    const item = { name: t("ask.clipboard"), content: text };
    field.value = "";
    say([], [item]);
    read([item]);
    return;
  }
  field.value = text.replace(BLANK, "");
  pasted = true;
  delete root.dataset.typing;
  readField();
  // After the worker has its work: to lay out a long text takes a while.
  field.scrollTop = 0;
}

/** Forgets the bounce: field, result, memory, address. */
function clear() {
  clearTimeout(resting);
  run += 1;
  waiting = null;
  readings = [];
  progress = untouched();
  failed = false;
  reference?.clear();
  field.value = "";
  file.value = "";
  delete root.dataset.typing;
  // The worker's memory held the bounce.
  engine?.replace("cleared");
  results.removeAttribute("aria-busy");
  leavePermalink();
  say([]);
  render();
  status.textContent = t("answer.cleared");
}

/**
 * Says in the note what came from files and what could not be read.
 *
 * @param {Refusal[]} refusals
 * @param {Item[]} items
 */
function say(refusals, items = []) {
  const limit = () => new Intl.NumberFormat(language(), { style: "unit", unit: "megabyte" }).format(LARGEST / 2 ** 20);
  const lines = refusals.map(({ key, name }) => t(`file.${key}`, { name, limit: limit() }));
  if (items.length === 1) lines.unshift(t("ask.file-read", { name: items[0].name }));
  else if (items.length > 1) lines.unshift(t("ask.files-read", { n: items.length }));
  note.replaceChildren(...lines.map((line) => el("p", { class: "note", dir: "auto" }, line)));
}

/** Shows everything in the language that is spoken. */
function render() {
  const known = texts.get(language());
  root.lang = language();
  fillAsk(quiet);
  fillPrograms();
  if (!known) return;
  const all = [known, ...[...texts.values()].filter((one) => one !== known)];
  if (reference && browsing()) {
    show(reference.view(all));
    return;
  }
  const shown = answerView({
    readings,
    failed,
    permalink: permalink(),
    reads: (id) => reference?.reads(id, known) ?? [],
    near: (text) => reference?.near(text, all) ?? null,
    texts: known,
    role,
    progress,
    later,
    choose(chosen) {
      const { activeElement } = document;
      const name = activeElement instanceof HTMLInputElement ? activeElement.name : "";
      role = chosen;
      keep("role", chosen);
      render();
      results.querySelector(`input[name="${CSS.escape(name)}"]:checked`)?.focus({ preventScroll: true });
    },
    copy: copied,
    say(words) {
      status.textContent = words;
    },
    reread,
    records,
  });
  show(shown);
}

/** @param {ReturnType<typeof answerView>} shown */
function show(shown) {
  // What was shown of the last text must not be held on to.
  if ("highlights" in CSS) CSS.highlights.delete("located");
  results.replaceChildren(...shown.answers);
  beside.replaceChildren(...shown.beside);
  beside.hidden = shown.beside.length === 0;
  const state = shown.answers.length > 0 ? "answer" : "ask";
  root.dataset.state = state;
  // An example in the empty field would look like what was read.
  if (state === "answer") field.placeholder = t("ask.next");
  // That lays the page out: before the next frame, but not in one go with all of the above.
  setTimeout(shown.settle);
}

/** Tells what the answer is to those who do not see it appear. */
function announce() {
  const verdict = results.querySelector(".verdict")?.textContent ?? "";
  const standing = results.querySelector(".state strong")?.textContent ?? "";
  status.textContent = failed ? t("answer.failed") : t("answer.announce", { title: verdict, state: standing });
}

/** @param {string} text */
async function copied(text) {
  const done = await copy(text);
  status.textContent = t(done ? "command.copied" : "copy.failed");
  return done;
}

/** @returns {Progress} */
function untouched() {
  return { ticked: new Set(), cards: CARDS };
}

/**
 * The same readings, what points to people replaced by tokens.
 *
 * @returns {Promise<Reading[]>}
 */
async function reread() {
  const out = [];
  for (const { name, content } of readings) {
    if (engine) out.push({ name, content, analysis: await engine.analyze(content, true) });
  }
  return out;
}

/** @param {boolean} redacted */
async function records(redacted) {
  const out = [];
  for (const { name, content } of readings) {
    // A file's name can tell who it was about.
    if (engine) out.push(...(await engine.records(content, redacted ? "bounce" : name || "bounce", redacted)));
  }
  return out;
}

/** @param {Language} chosen */
function switchTo(chosen) {
  speak(chosen);
  languageSwitch.value = chosen;
  say([]);
  render();
}

/** @param {ClipboardEvent} event */
function onPaste(event) {
  const data = event.clipboardData;
  if (!data) return;
  if (data.files.length > 0 && !data.types.includes("text/plain") && !data.types.includes("text/html")) {
    event.preventDefault();
    readFiles(data.files);
    return;
  }
  const text = textFrom(data);
  if (text === "") return;
  // A code or a few words to look for; more than a line is a bounce, wherever it is pasted.
  if (event.target instanceof HTMLInputElement && !text.trim().includes("\n")) return;
  event.preventDefault();
  // A second paste behind the first one is the next bounce, not more of the same.
  const next = pasted && field.selectionStart === field.value.length;
  if (event.target === field && !next && field.value.length + text.length <= FIELD) {
    pasted = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    if (pasted) delete root.dataset.typing;
    field.setRangeText(pasted ? text.replace(BLANK, "") : text, field.selectionStart, field.selectionEnd, "end");
    readField();
    // The one line that is shown of it beside the answer is its first.
    if (pasted) field.scrollTop = 0;
  } else {
    take(text);
  }
}

/** @param {DragEvent} event */
function onDrop(event) {
  event.preventDefault();
  delete root.dataset.drag;
  const data = event.dataTransfer;
  if (!data) return;
  if (hasFolder(data)) say([{ key: "folder", name: "" }]);
  else if (data.files.length > 0) readFiles(data.files);
  else {
    const text = dragged(data);
    if (text) take(text);
    else say([{ key: "nothing", name: "" }]);
  }
}

function listen() {
  document.addEventListener("paste", onPaste);
  field.addEventListener("input", () => {
    pasted = false;
    // What is being written stays in sight.
    root.dataset.typing = "";
    clearTimeout(resting);
    resting = setTimeout(readField, REST);
  });
  // A click into a field that was answered selects it, as in an address bar: the next paste replaces it.
  let wasFocused = false;
  field.addEventListener("pointerdown", () => {
    wasFocused = document.activeElement === field;
  });
  field.addEventListener("click", () => {
    if (!wasFocused && readings.length > 0 && field.selectionStart === field.selectionEnd) field.select();
  });
  byId("read").addEventListener("click", readField);
  byId("clear").addEventListener("click", () => {
    clear();
    field.focus();
  });
  file.addEventListener("change", async () => {
    await readFiles([...(file.files ?? [])]);
    file.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      root.dataset.drag = "";
      // With "move", Outlook would delete the mail that it hands over.
      const data = /** @type {DragEvent} */ (event).dataTransfer;
      if (data) data.dropEffect = "copy";
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete root.dataset.drag;
  });
  document.addEventListener("drop", onDrop);
  // An installed page is what the system opens such files with.
  /** @type {any} */ (window).launchQueue?.setConsumer(
    async (/** @type {{ files: FileSystemFileHandle[] }} */ { files }) => {
      if (files.length > 0) await readFiles(await Promise.all(files.map((handle) => handle.getFile())));
    },
  );
  languageSwitch.addEventListener("change", () => {
    const chosen = languageSwitch.value;
    if (!isLanguage(chosen)) return;
    keep("language", chosen);
    // From now on it counts more than the page that led here.
    history.replaceState(null, "", location.pathname + location.hash);
    switchTo(chosen);
  });
  addEventListener("hashchange", () => {
    render();
    if (browsing()) reference?.enter();
    else if (permalink()) {
      announce();
      scrollTo(0, 0);
    }
  });
}

/** Whether to load the page anew would lose nothing. */
const idle = () => field.value === "" && readings.length === 0 && waiting === null;

async function start() {
  /** @type {Promise<void> | undefined} */
  let settled;
  try {
    const first = preferred();
    // Before the browser fetches it, which it does once; under this name the page is installed.
    document.querySelector('link[rel="manifest"]')?.setAttribute("href", `manifest.${first}.webmanifest`);
    const core = Promise.all([loadWasm(), loadRules(), loadWorker()]);
    // A failure is dealt with where it is awaited.
    core.catch(() => {});
    await load(first);
    // The single file is that file, and is kept already.
    const single = document.getElementById("asset:worker.js") !== null;
    byId("offline").hidden = single;
    switchTo(first);
    listen();
    texts.set(first, await loadTexts(first));
    const [module, rules, worker] = await core;
    // The rest of what will ever be needed, after what is needed first.
    const [{ SAMPLES }, { output }, { noteOf }, { wayView }, view, bounces] = await Promise.all([
      import("./later/samples.js"),
      import("./later/output.js"),
      import("./later/note.js"),
      import("./later/way.js"),
      import("./later/browse.js"),
      loadBounces(),
      ...languages
        .filter((one) => one !== first)
        .map(async (other) => {
          await load(other);
          texts.set(other, await loadTexts(other));
        }),
    ]);
    await Promise.all(languages.map(loadMore));
    mountSamples(byId("samples"), SAMPLES, take);
    later = { output, noteOf, wayView };
    reference = new view.Reference(bounces, take);
    fillPrograms = () => view.fillPrograms(byId("get"));
    if (!single) {
      const { keepOffline } = await import("./later/offline.js");
      settled = (await keepOffline(byId("kept"), idle)).settled;
    }
    lock();
    engine = new Engine(module, rules, worker, languages);
  } catch (error) {
    console.error(error);
    root.dataset.state = "failed";
    return;
  }
  render();
  if (waiting) read(waiting);
  else if (field.value.trim()) readField();
  else if (permalink()) announce();
  // Nobody has to wait for that, but to say that all is quiet would not be true before.
  await settled;
  quiet = true;
  fillAsk(quiet);
  root.dataset.ready = "";
}

start();
