/** Everything that was read from one input. */
export interface Analysis {
  input: InputKind;
  /** The decoded texts that every span points into. */
  sources: Source[];
  /** One for each message, in the order of the input; never empty. */
  reports: Report[];
  /** What was damaged, cut or unreadable. */
  problems: Problem[];
}

export type InputKind = "empty" | "message" | "mailbox" | "multipart-body" | "html" | "text";

/** One decoded text of the input. */
export interface Source {
  role: "text" | "status" | "headers" | "returned";
  text: string;
  /** The width in characters at which a mail program broke every line, inside words too. */
  wrapped_at: number | null;
}

/** A stretch of one source, in UTF-16 units: `sources[source].text.slice(start, end)`. */
export interface Span {
  source: number;
  start: number;
  end: number;
}

/** A value and where it was read. */
export interface Field<T> {
  value: T;
  span: Span;
  origin: "delivery-status" | "reply" | "header" | "label" | "narrative" | "returned";
}

/** Something about the input that the reader should know. */
export interface Problem {
  /** Kebab-case: `empty`, `too-large` ... */
  code: string;
  span: Span | null;
}

/** What one message says; the names are those of RFC 3464. */
export interface Report {
  kind: Kind;
  /** `rfc3464`, a family of mail systems (`exchange`, `gmail` ...), `log` or `text`. */
  format: string;
  per_message: PerMessage;
  per_recipient: PerRecipient[];
  returned: Returned;
  /** The way of the message that came back; the report's own where it shows none of that. */
  trace: Trace;
}

/** What the header of a message tells of its way. */
export interface Trace {
  /** From host to host, the oldest first. */
  hops: Hop[];
  checks: Check[];
  /** The domains that signed it (DKIM). */
  signatures: Field<string>[];
  /** Fields that Microsoft, Google and filters write, as they stand. */
  notes: { name: string; value: Field<string> }[];
}

export interface Hop {
  from: Field<string> | null;
  by: Field<string> | null;
  with: Field<string> | null;
  /** As written. */
  date: Field<string> | null;
  /** Seconds since the hop before; negative where clocks differ. */
  delay: number | null;
}

/** The result of SPF, DKIM, DMARC ..., lower case. */
export interface Check {
  method: string;
  result: Field<string>;
  identity: Field<string> | null;
}

export type Kind = "bounce" | "delay" | "delivered" | "auto-reply" | "abuse-report" | "read-receipt" | "other";

export interface PerMessage {
  reporting_mta: Field<string> | null;
  received_from_mta: Field<string> | null;
  arrival_date: Field<string> | null;
  original_envelope_id: Field<string> | null;
  queue_id: Field<string> | null;
}

export interface PerRecipient {
  original_recipient: Field<string> | null;
  final_recipient: Field<string> | null;
  action: Action | null;
  /** The status of the deciding reply, such as `5.7.705`. */
  status: Field<string> | null;
  reply_code: Field<number> | null;
  remote_mta: Field<string> | null;
  diagnostic_code: Field<string> | null;
  command: Field<string> | null;
  last_attempt_date: Field<string> | null;
  will_retry_until: Field<string> | null;
  /** Everything that was said about this recipient, the deciding statement first. */
  said: Statement[];
  diagnosis: Diagnosis | null;
}

export type Action = "failed" | "delayed" | "delivered" | "relayed" | "expanded";

/** Something that a host said about a recipient. */
export interface Statement {
  span: Span;
  voice: "reply" | "narrative";
  reply_code: Field<number> | null;
  status: Field<string> | null;
  speaker: Field<string> | null;
}

/** What the report shows of the message that came back. */
export interface Returned {
  subject: Field<string> | null;
  from: Field<string> | null;
  to: Field<string> | null;
  date: Field<string> | null;
  message_id: Field<string> | null;
}

/** What a recipient's failure means. */
export interface Diagnosis {
  /** The id of the article that explains it. */
  article: string;
  category: string;
  basis: Basis;
  /** `false`: the server, or sending again later, may still succeed. */
  permanent: boolean;
  /** Who said the deciding words: a key of `Texts.providers`. */
  provider: string | null;
  /** The words that decided. */
  evidence: Span[];
  /** This bounce's own values, for the article's text. */
  captured: Captured[];
}

/** How sure a diagnosis is, the surest first. */
export type Basis = "provider-text" | "text" | "status" | "registry" | "class";

/** A value of this bounce: an attacker's text, shown as text only. */
export interface Captured {
  name: string;
  value: string;
  span: Span;
  /** Whether it may be put, quoted, into a command or record. */
  pasteable: boolean;
}

/** One message as other tools get it. */
export interface MessageRecord {
  source: string;
  kind: Kind;
  format: string;
  reporting_mta: string | null;
  recipients: RecipientRecord[];
  original: {
    subject: string | null;
    from: string | null;
    to: string | null;
    date: string | null;
    message_id: string | null;
  };
  problems: string[];
}

export interface RecipientRecord {
  address: string | null;
  original_address: string | null;
  action: Action | null;
  status: string | null;
  reply_code: number | null;
  diagnostic: string | null;
  remote_mta: string | null;
  command: string | null;
  category: string | null;
  permanent: boolean | null;
  article: string | null;
  basis: Basis | null;
  evidence: string[];
  spans: Span[];
}

/** `texts/<language>.json`: the articles in one language. */
export interface Texts {
  language: string;
  /** By id. */
  articles: { [id: string]: Article };
  /** By id: what people call it, and the home of its documentation. */
  providers: { [id: string]: [name: string, documentation: string | null] };
  /** Earlier ids and what they are called now. */
  aliases: { [id: string]: string };
}

/** `texts/bounces.json`: what is known of the bounces that an article explains, by its id. */
export interface Bounces {
  [id: string]: {
    /** As they are read: the examples of its file. */
    bounces: string[];
    /** Their codes: `550 5.7.705`, `550`, `5.7.705`. */
    codes: string[];
    /** Whether they are final; null where some are and others are not. */
    permanent: boolean | null;
  };
}

/** One article in one language. */
export interface Article {
  category: string;
  who: Role;
  /** Patterns: `5.7.705`, `5.7.606-5.7.649`, `5.7.7xx`, `x.7.27`, `x.7.x`, `5.x.x`. */
  codes: string[];
  sources: string[];
  /** The day on which a person last checked it: `2026-11-23`. */
  reviewed: string;
  related?: string[];
  title: string;
  /** By paragraph. */
  summary: Inline[][];
  causes?: Inline[][];
  avoid?: Inline[][];
  /** For each role that can act, the steps in order. */
  steps: { [role in Role]?: Inline[][] };
}

export type Role = "sender" | "sender-admin" | "recipient" | "recipient-admin";

/** A piece of running text. */
export type Inline =
  | string
  | { strong: string }
  | { code: string }
  | { href: string; link: string }
  | { value: string; fallback: string }
  | { shell: "powershell" | "shell" | "dns" | "text"; command: Inline[] };
