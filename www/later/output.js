/**
 * What the reader takes away: the answer to copy or to save, without names
 * and addresses unless they say otherwise, each time anew.
 *
 * @typedef {import("../types.d.ts").Reading} Reading
 * @typedef {import("../view/page.js").State} State
 *
 * @typedef {object} Format
 * @property {string} name A key of the locales: `copy.<name>`.
 * @property {string} file What a saved one is called: nothing of the mail.
 * @property {string} type
 * @property {(redacted: boolean) => Promise<string>} text
 */

import { explained, others } from "../causes.js";
import { t } from "../i18n.js";
import { el } from "../view/dom.js";
import { spelled } from "../visible.js";
import { indented, markdown, plainText } from "./export.js";
import { save } from "./save.js";

/** @param {State} state */
export function output({ readings, texts, role, copy, say, reread, records }) {
  const answer = async (/** @type {boolean} */ redacted) => {
    const of = redacted ? await reread() : readings;
    return { causes: explained(of, texts), others: others(of), texts, role };
  };
  /** @type {Format[]} */
  const formats = [
    {
      name: "markdown",
      file: "bounce.md",
      type: "text/markdown",
      text: async (redacted) => markdown(await answer(redacted)),
    },
    {
      name: "text",
      file: "bounce.txt",
      type: "text/plain",
      text: async (redacted) => plainText(await answer(redacted)),
    },
    {
      name: "json",
      file: "bounce.json",
      type: "application/json",
      text: async (redacted) => `${JSON.stringify(await records(redacted), null, 2)}\n`,
    },
  ];
  const unsure = isUnsure(readings, texts);
  if (unsure) {
    formats.push({
      name: "sample",
      file: "bounce-sample.txt",
      type: "text/plain",
      text: async () => sampleOf(await reread()),
    });
  }
  const whole = el("input", { type: "checkbox", id: "copy-whole" });
  const said = el("p", { class: "said" });
  const tell = (/** @type {string} */ words) => {
    said.textContent = words;
    say(words);
  };
  /** Whether this one is redacted; the next one is again. @param {Format} format */
  const redacts = ({ name }) => {
    const redacted = name === "sample" || !whole.checked;
    whole.checked = false;
    return redacted;
  };
  /** @type {(button: HTMLElement, format: Format, use: (text: string, redacted: boolean) => void) => void} */
  const give = (button, format, use) =>
    button.addEventListener("click", async () => {
      const redacted = redacts(format);
      const text = await format.text(redacted).catch(() => null);
      if (text !== null) use(text, redacted);
      // The engine stopped; unless it was taken away with this answer.
      else if (said.isConnected) tell(t("answer.failed"));
    });
  const rows = formats.map((format) => {
    const { name, file, type } = format;
    const title = t(`copy.${name}`);
    const copies = el(
      "button",
      { type: "button", "data-copy": name, "aria-label": t("copy.copy-as", { format: title }) },
      t("copy.copy"),
    );
    give(copies, format, async (text, redacted) => {
      const done = await copy(text);
      tell(t(done ? (redacted ? "copy.done-redacted" : "copy.done") : "copy.failed", { format: title }));
    });
    const saves = el(
      "button",
      { type: "button", "data-save": name, "aria-label": t("copy.save-as", { format: title }) },
      t("copy.save"),
    );
    give(saves, format, (text, redacted) => {
      save(file, type, text);
      tell(t(redacted ? "copy.saved-redacted" : "copy.saved", { file }));
    });
    return el("li", {}, el("span", {}, title), copies, saves);
  });
  return el(
    "section",
    { class: "part copies", "aria-labelledby": "copies-title" },
    el("h2", { id: "copies-title" }, t("copy.title")),
    el("ul", {}, rows),
    said,
    el("p", { class: "note" }, t("copy.note"), " ", el("label", {}, whole, " ", t("copy.whole"))),
    unsure && el("p", { class: "note" }, t("copy.sample-note")),
  );
}

/**
 * Whether the tool may have missed something that it should know.
 *
 * @param {Reading[]} readings
 * @param {import("../types.d.ts").Texts} texts
 */
function isUnsure(readings, texts) {
  return (
    explained(readings, texts).some(({ failures }) => /^(class|registry)$/.test(failures[0].diagnosis.basis)) ||
    others(readings).some(({ reading, report }) => report.kind === "other" && reading.analysis.input !== "empty")
  );
}

/**
 * The texts that were read, for those who write the articles; set in, so that
 * they stay as they are where Markdown is read.
 *
 * @param {Reading[]} readings Redacted.
 */
function sampleOf(readings) {
  return readings
    .flatMap(({ analysis }) => analysis.sources.map(({ role, text }) => `${role}:\n\n${indented(spelled(text))}\n`))
    .join("\n");
}
