/**
 * The mail programs that a bounce can be got out of, and how: at most four
 * steps each, `get.<program>.<n>` of the words.
 */

import { has, t } from "../i18n.js";

const PROGRAMS = ["outlook-classic", "outlook-new", "gmail", "apple-mail", "thunderbird"];

/** In the language that is spoken. */
export function programs() {
  return PROGRAMS.map((program) => {
    const steps = [];
    for (let n = 1; has(`get.${program}.${n}`); n += 1) steps.push(t(`get.${program}.${n}`));
    return { name: t(`get.${program}`), steps };
  });
}
