/**
 * The words of the reference and of the help, in English: those that the
 * first answer does without. The static pages have them too.
 */

/** @type {import("../../i18n.js").Words} */
export const en = {
  "get.outlook-classic": "Outlook for Windows (classic)",
  "get.outlook-classic.1": "Open the returned message in its own window.",
  "get.outlook-classic.2": "Press Ctrl+A, then Ctrl+C.",
  "get.outlook-classic.3": "Go back to the analyzer and press Ctrl+V.",
  "get.outlook-new": "New Outlook and Outlook on the web",
  "get.outlook-new.1": "Open the returned message.",
  "get.outlook-new.2": "Open More actions (…), then Save as or Download. If it offers EML and MSG, take EML.",
  "get.outlook-new.3": "Drop the saved file on the analyzer. Dragging the message itself carries no mail.",
  "get.gmail": "Gmail",
  "get.gmail.1": "Open the returned message.",
  "get.gmail.2": "Open More (⋮), then Download message.",
  "get.gmail.3": "Drop the saved .eml file on the analyzer.",
  "get.apple-mail": "Apple Mail",
  "get.apple-mail.1": "Select the returned message.",
  "get.apple-mail.2": "Choose File > Save As, format Raw Message Source.",
  "get.apple-mail.3": "Drop the saved file on the analyzer.",
  "get.thunderbird": "Thunderbird",
  "get.thunderbird.1": "Open the returned message.",
  "get.thunderbird.2": "Press Ctrl+S and save it as .eml.",
  "get.thunderbird.3": "Drop the saved file on the analyzer.",

  "reference.title": "Every error, explained",
  "reference.label": "Search by code, words or provider",
  "reference.placeholder": "5.7.1, mailbox full, Gmail",
  "reference.private": "What you type stays on this page.",
  "reference.count": { one: "{n} error", other: "{n} errors" },
  "reference.closest": {
    one: "No error has all of this. {n} comes closest.",
    other: "No error has all of this. {n} come closest.",
  },
  "reference.none": "No error has any of this.",
  "reference.near": "Errors with these words",
  "reference.read": "Read it as a bounce",
  "reference.read-note": "Are these words from your bounce?",
  "reference.providers": "Mail systems",
  "reference.top": "Back to the search",
  "family.generic": "Any mail system",
  "family.smtp": "Reply codes of the standard (RFC 5321)",
  "family.rfc3463": "Status codes of the standard (RFC 3463)",
  "family.class": "When only the kind of failure is known",

  "page.lede": "{errors} of {systems}: what each one means, who has to act and which steps fix it.",
  "page.systems": { one: "{n} mail system", other: "{n} mail systems" },
  description:
    "Paste a bounced email or its error code: why it came back, who has to act and what fixes it. Nothing leaves the page.",
  "page.description":
    "What bounced email means: {errors} of Microsoft 365, Gmail, Yahoo, Postfix and others, with who has to act and the steps that fix each.",
  "page.search": "Search them all",
  "page.paste": "Paste your bounce",
  "page.paste-note":
    "and read what it means, with your own addresses and servers in the steps. It never leaves your browser.",
  "page.reads": "How the bounce reads",
  "page.codes": { one: "Code", other: "Codes" },
  "page.said-by": "Said by",
  "page.both": "Final or temporary",
  "page.both.resend": "The first digit of the code decides: 5 is final, 4 is temporary.",
  "page.moved": "This explanation has moved.",
  "help.link": "Help",
  "help.title": "How do I get the bounce out of my mail program?",
  "help.description":
    "How to get a bounced email out of Outlook, Gmail, Apple Mail or Thunderbird, in three steps each, to have it explained.",
  "help.lede":
    "The whole message tells more than what the screen shows: save it or copy it, then drop it or paste it on the analyzer.",
  "help.only-line":
    "Have you only a line of it, a code or a line of a mail log? That is enough to begin with: paste it.",
  "help.open": "Open the analyzer",
};
