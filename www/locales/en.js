/** Every word of the page in English, but for the articles. */

/** @type {import("../i18n.js").Words} */
export const en = {
  name: "Bounce analyzer",
  skip: "Skip to the answer",
  "reference.link": "All errors",
  language: "Language",

  "ask.lede": "Paste the message that came back.\nRead why, and what fixes it.",
  "ask.label": "Bounce, error line, log line or code",
  "ask.placeholder": "550 5.7.705 Access denied, tenant has exceeded threshold",
  "ask.read": "Explain it",
  "ask.file": "Open a file",
  "ask.clear": "Clear",
  "ask.clipboard": "the clipboard",
  "ask.file-read": "Read from {name}",
  "ask.files-read": { one: "Read from {n} file", other: "Read from {n} files" },

  "privacy.loading": "Nothing leaves this page.",
  "privacy.locked": "Cut off from the network: nothing leaves this page.",
  "privacy.how": "How to check",
  "privacy.why":
    "The page has loaded everything that it needs, and has then told the browser to refuse every connection until you close or reload it.",
  "privacy.check.1":
    "Open the browser’s developer tools (F12), choose Network, and paste a bounce: the list stays empty.",
  "privacy.check.2": 'Type fetch("/") into the console: the browser refuses it.',
  "privacy.check.3": "Or disconnect from the network: everything here goes on working.",

  "samples.title": "Or try one of these",
  "sample.tenant-threshold": "5.7.705, a whole organization blocked",
  "sample.unregistered-domain": "5.7.750, a domain that is not registered",
  "sample.dsn": "The complete report of a 5.7.705",
  "sample.outlook": "What Outlook shows, copied from the screen",
  "sample.gmail": "A report from Gmail",
  "sample.delay": "A delay, still being tried",
  "sample.several": "Three recipients, two causes",
  "sample.away": "An out-of-office reply",

  "get.title": "How do I get the bounce?",

  "drop.here": "Drop the bounce anywhere",

  "file.empty": "{name} is empty. Save the message again and drop the new file.",
  "file.folder": "That is a folder. Open it and drop the message itself.",
  "file.too-large":
    "{name} is larger than {limit}. Save the returned message alone, without the rest of the mailbox, and drop that.",
  "file.msg":
    "{name} is an Outlook .msg file, which this page does not read yet. Open it, press Ctrl+A and Ctrl+C, and paste here.",
  "file.zip": "{name} is an archive. Unpack it and drop the message that is inside.",
  "file.image": "{name} is a picture. Copy the text of the bounce instead and paste it here.",
  "file.pdf": "{name} is a PDF. Select its text, copy it and paste it here.",
  "file.office": "{name} is an Office document. Open it, copy the text of the bounce and paste it here.",
  "file.unreadable": "{name} cannot be read. Save the message again and drop the new file.",
  "file.nothing": "That drag carried no mail. Save the message as a file first, then drop the file.",

  "answer.title": "Answer",
  "answer.reading": "Reading",
  "answer.announce": "Answer: {title}. {state}",
  "answer.failed":
    "The reader stopped at this text. It is still in the field: shorten it to the part that names the error, and try again.",
  "answer.cleared": "Cleared.",
  "answer.unknown-article": "There is no explanation under this address.",

  overview: { one: "{n} cause", other: "{n} different causes" },
  "overview.recipients": { one: "{n} recipient", other: "{n} recipients" },

  "state.final": "Final",
  "state.final.resend": "Sending it again unchanged will fail again.",
  "state.temporary": "Temporary",
  "state.temporary.resend": "Sending it again later may work.",
  "state.delay": "Delayed",
  "state.delay.resend": "Nothing is lost yet: the server goes on trying. Do not send it again.",
  "state.article": "Explanation",
  "state.article.resend": "No bounce was read. Paste yours to have its own values filled in.",
  "guess.registry": "Read from the code alone.",
  "guess.class": "A guess: only the kind of code is known.",

  "who.acts": "has to act",
  "who.sender": "The sender",
  "who.sender-admin": "The sender’s administrator",
  "who.recipient": "The recipient",
  "who.recipient-admin": "The recipient’s administrator",

  "steps.title": "What to do",
  "steps.as": "Steps for",
  "role.sender": "the sender",
  "role.sender-admin": "the sender’s administrator",
  "role.recipient": "the recipient",
  "role.recipient-admin": "the recipient’s administrator",
  "command.copy": "Copy",
  "command.copied": "Copied",
  "command.copy-label": "Copy the command {command}",

  "evidence.title": "Where the message says so",
  "evidence.show": "Show it in the message",
  "sure.title": "How sure",
  "sure.provider-text": "Stated in the message, in words that {provider} uses for this.",
  "sure.provider-text.unknown": "Stated in the message, in words that the provider uses for this.",
  "sure.text": "Stated in the message.",
  "sure.status": "The message gives the code, not the reason in words. {provider} uses this code for this.",
  "sure.status.unknown": "The message gives the code, not the reason in words. The code belongs to this cause.",
  "sure.registry":
    "The message gives the code, not the reason in words. This is what the mail standards say that it means; the server may have had something narrower in mind.",
  "sure.class":
    "A guess. The message tells what kind of failure it is, but not the cause; this is what the kind usually means.",

  "causes.title": "Likely causes",
  "avoid.title": "What makes it worse",
  "recipients.title": { one: "Recipient", other: "{n} recipients" },
  "recipients.all": "Show all {n}",
  "sources.title": "Sources",
  "sources.reviewed": "Last checked on {date}.",
  "related.title": "Related",
  permalink: "Link to this explanation",
  "permalink.note": "It carries nothing of your bounce.",
  "list.more": { one: "{n} more", other: "{n} more" },

  "facts.title": "Facts",
  "facts.message": "The message that came back",
  "fact.recipient": "Recipient",
  "fact.original-recipient": "Sent to",
  "fact.reply": "Reply",
  "fact.status": "Status",
  "fact.diagnostic": "Server said",
  "fact.remote-mta": "Answered by",
  "fact.reporting-mta": "Reported by",
  "fact.received-from-mta": "Received from",
  "fact.command": "Command",
  "fact.arrival": "Arrived",
  "fact.last-attempt": "Last attempt",
  "fact.retry-until": "Tries until",
  "fact.queue-id": "Queue id",
  "fact.envelope-id": "Envelope id",
  "fact.subject": "Subject",
  "fact.from": "From",
  "fact.to": "To",
  "fact.date": "Date",
  "fact.message-id": "Message id",
  "fact.locate": "Show where this stands",
  "fact.ascii": "In ASCII: {host}",

  "source.title": "The message",
  "source.text": "Text",
  "source.status": "Delivery status",
  "source.headers": "Headers of the report",
  "source.returned": "Returned message",
  "source.of": "{source} of {name}",
  "source.skipped": { one: "{n} character not shown", other: "{n} characters not shown" },
  "source.control": "Hidden character {code}",

  "kind.auto-reply": "This is an automatic reply, not a bounce",
  "kind.auto-reply.text":
    "Your message was accepted. A mailbox answered by itself, for example because its owner is away. There is nothing to fix; write again after the date that the reply gives, or to the person whom it names.",
  "kind.read-receipt": "This is a read receipt, not a bounce",
  "kind.read-receipt.text":
    "Your message arrived. A mail program reports what became of it there: shown, or deleted unread. There is nothing to fix.",
  "kind.abuse-report": "This is an abuse report, not a bounce",
  "kind.abuse-report.text":
    "The message was delivered, and its reader marked it as spam. Their provider passes that on. Take the reader off the list, and look at why they did not expect your mail.",
  "kind.delivered": "This is a success notice: the message was delivered",
  "kind.delivered.text":
    "The sender, or their mail program, asked for a confirmation, and this is it. There is nothing to fix.",
  "kind.other": "This is not a bounce",
  "kind.other.text":
    "Nothing in it says that a message could not be delivered. Open the returned message again and paste all of it, also the technical part at the end.",
  "kind.empty": "There is nothing to read",
  "kind.empty.text": "The input is empty. Paste the returned message, or only the line with the error.",

  "problems.title": "About the reading",
  "problem.too-large": "The input was larger than this tool reads; the rest was left out.",
  "problem.too-many-messages": "There were more messages than this tool reads at once; the rest was left out.",
  "problem.nested-too-deep": "Messages were packed into each other deeper than this tool unpacks.",
  "problem.text-cut": "A long text was cut.",
  "problem.unreadable-characters": "Some characters could not be decoded; they show as �.",
  "problem.other": "The reader notes: {code}.",

  "copy.title": "Copy the answer",
  "copy.markdown": "Markdown",
  "copy.text": "Plain text",
  "copy.json": "JSON",
  "copy.note": "Names, addresses, IPs and message ids are replaced in copies.",
  "copy.whole": "Keep them in the next copy",
  "copy.done-redacted": "Copied as {format}, without names and addresses.",
  "copy.done": "Copied as {format}.",
  "copy.sample": "Sample for the maintainers",
  "copy.sample-note":
    "Not the cause? Copy the sample, without names and addresses, and send it to the maintainers of this tool. Nothing is sent from here.",
  "copy.failed": "The browser did not let the page copy.",

  "offline.ready": "Ready to work offline: this page now opens without a network, too.",
  "update.ready": "A new version of this page is ready.",
  "update.reload": "Reload",
  "update.others": "Close the other tabs of this page first, then try again.",

  "offline.link": "The whole tool in one file",
  "offline.note": "works without a server and without a network. Its SHA-256:",

  "failed.errors": "Every error is explained without it, too.",
  "failed.title": "The tool could not start",
  "failed.text":
    "This browser could not load the reader, which needs WebAssembly. Update the browser, or allow WebAssembly and JavaScript for this page, and reload it.",
};
