//! Where in a text a code stands, how far its reply reaches, and who said it.

use std::ops::Range;

use super::Reply;
use crate::unwrapped::{Unwrapped, is_dated};

/// The kind of place that a code stands in, the more telling the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    /// A number like any other.
    Nowhere,
    /// A status in the middle of a sentence: "errors for code 5.1.10 in ...".
    Prose,
    /// The start of a line, or a code and a status together.
    Line,
    /// Behind a label or an opening bracket: "(reason: 550", "stat=... 554".
    Label,
    /// What another host is quoted with: "said: 550", "returned '550",
    /// "<<< 550", "-> 550", "smtp; 550".
    Quoted,
}

/// Reply codes that servers give, RFC 5321 or not.
const CODES: &[u16] = &[
    421, 422, 431, 432, 441, 442, 446, 447, 449, 450, 451, 452, 453, 454, 455, 458, 459, 471, 500,
    501, 502, 503, 504, 505, 510, 511, 512, 513, 515, 517, 521, 523, 525, 530, 531, 533, 534, 535,
    538, 540, 541, 542, 543, 544, 546, 547, 550, 551, 552, 553, 554, 555, 556, 557, 558, 559, 560,
    563, 570, 571, 572, 573, 574, 577, 579, 580, 581, 582, 583, 584, 585, 586, 587, 590, 591, 592,
    595, 597, 598, 599,
];

/// What makes the number before it a count.
const UNITS: &[&str] = &[
    "message",
    "recipient",
    "mb",
    "kb",
    "gb",
    "bytes",
    "byte",
    "second",
    "minute",
    "hour",
    "day",
    "character",
    "email",
    "e-mail",
    "mail",
    "user",
    "times",
    "ms",
    "sec",
    "per ",
    "or more",
    "%",
];

/// Ports, which follow a host's name as codes follow a label.
const PORTS: &[u16] = &[443, 465, 587];

/// Words that a code follows.
const CODE_WORDS: &[&str] = &[
    "code",
    "error",
    "errors",
    "smtp",
    "esmtp",
    "lmtp",
    "said",
    "returned",
    "reply",
    "status",
    "response",
    "with",
    "responsecode",
    "responded",
    "replied",
    "dsn",
    "err",
    "rejected",
    "errcode",
    "fehler",
    "fehlercode",
    "erreur",
    "errore",
    "codigo",
    "código",
    "codice",
    "message",
    "answer",
    "answered",
    "says",
    "stat",
    "fault",
    "failure",
    "ndr",
    "got",
    "a",
    "an",
];

/// Keys whose value is a code; other `key=number` are counts and sizes.
const CODE_KEYS: &[&str] = &[
    "code",
    "status",
    "stat",
    "dsn",
    "led",
    "err",
    "error",
    "reply",
    "response",
    "smtpcode",
    "smtp_code",
    "responsecode",
    "statuscode",
    "status_code",
    "smtp",
    "reason",
    "msg",
    "smtp-code",
    "error_code",
    "smtp_reply",
    "result",
];

/// Words before a version, which looks like a status.
const VERSION_WORDS: &[&str] = &[
    "version", "release", "v", "ver", "exim", "postfix", "sendmail", "server", "agent", "build",
    "section", "rev", "powermta", "domino", "notes", "outlook", "mailer", "ver.", "kernel",
];

/// The kind of place a code stands in.
pub(super) fn of_code(
    text: &Unwrapped,
    at: usize,
    end: usize,
    code: u16,
    with_status: bool,
) -> Place {
    let lower = text.lower();
    let known = CODES.contains(&code);
    let counts = !with_status && is_count(lower, end);
    let place = opener(lower, at, code);
    match place {
        Some(place) if known && !counts => place,
        _ if with_status => place.unwrap_or(Place::Line),
        _ => Place::Nowhere,
    }
}

/// The kind of place a status without a reply code stands in.
pub(super) fn of_status(text: &Unwrapped, at: usize, end: usize) -> Place {
    let lower = text.lower();
    if lower.get(at..at + 1) == Some("2") && !word_before(lower, at).ends_with("status") {
        return Place::Nowhere;
    }
    if VERSION_WORDS.contains(&word_before(lower, at)) || lower[..at].ends_with("v.") {
        return Place::Nowhere;
    }
    let alone = lower[end..].trim_start().is_empty() && lower[..at].trim_start().is_empty();
    match opener(lower, at, 0) {
        Some(place) => place,
        None if alone => Place::Line,
        None => Place::Prose,
    }
}

/// What opens a reply at `at`, or `None` in the middle of a sentence.
fn opener(lower: &str, at: usize, code: u16) -> Option<Place> {
    let before = &lower[window(lower, at)..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = &before[line_start..];
    let words = line.trim_end();
    let Some(last) = words.chars().next_back() else {
        // The line starts here. What does the one above end with?
        let above = before[..line_start].trim_end();
        let quoting = before[..line_start].ends_with('\n')
            && !before[..line_start].ends_with("\n\n")
            && ["said:", "returned:", "->"]
                .iter()
                .any(|end| above.ends_with(end));
        return Some(if quoting { Place::Quoted } else { Place::Line });
    };
    let adjacent = words.len() == line.len();
    match last {
        '<' if words.ends_with("<<<") => Some(Place::Quoted),
        '>' if words.ends_with("->") || words.ends_with(">>") => Some(Place::Quoted),
        '-' if words.ends_with("<--") => Some(Place::Quoted),
        '\'' | '"' | '`' => Some(Place::Quoted),
        ';' if words.ends_with("smtp;") || words.ends_with("smtp ;") => Some(Place::Quoted),
        ':' if words.ends_with("said:")
            || words.ends_with("responded:")
            || words.ends_with("replied:") =>
        {
            Some(Place::Quoted)
        }
        ':' | ',' if PORTS.contains(&code) => None,
        ':' if adjacent => {
            let word = &words[..words.len() - 1];
            let clock = word.ends_with(|c: char| c.is_ascii_digit());
            // "SMTPTransport.java:554" is a line of a program.
            let file = word
                .rsplit_once('.')
                .is_some_and(|(_, end)| FILES.contains(&end));
            (!clock && !file).then_some(Place::Label)
        }
        '=' => {
            let key = words[..words.len() - 1]
                .trim_end_matches([' ', '"', '\''])
                .rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
                .next()
                .unwrap_or("");
            CODE_KEYS.contains(&key).then_some(Place::Label)
        }
        '-' if adjacent && words.len() > 1 => {
            // "smtp-550", "2026-500": part of a word.
            let rest = words.trim_end_matches('-');
            // "503-550 no such user": Exim repeats what it refused RCPT with.
            let repeated = rest.ends_with("503");
            (repeated || rest.ends_with([' ', ')', ']'])).then_some(Place::Label)
        }
        ':' | ';' | '(' | '<' | '[' | '{' | '>' | '#' | '-' | ']' | ')' | '|' | '*' => {
            Some(Place::Label)
        }
        // "Invoice no. 550"
        '.' if [" no.", " nr."].iter().any(|word| words.ends_with(word)) => None,
        // A heading or a sentence before it: "Access denied. 550", "Fehler: , 550".
        ',' | '.' | '!' => code_after_sentence(code),
        _ if !last.is_ascii() => Some(Place::Label),
        _ => {
            let word = word_before(lower, at);
            // A row of a table: "ann@example.com 550 No such user".
            (CODE_WORDS.contains(&word) || word.contains('@')).then_some(Place::Label)
        }
    }
}

fn code_after_sentence(code: u16) -> Option<Place> {
    (code > 500).then_some(Place::Line)
}

/// The word before `at` on the same line, lower case, without punctuation.
fn word_before(lower: &str, at: usize) -> &str {
    let line = &lower[line_start(lower, at)..at];
    line.trim_end_matches([' ', '\t', ':', '#', '('])
        .rsplit(|c: char| c.is_whitespace() || "(/,;[".contains(c))
        .next()
        .unwrap_or("")
}

/// Whether what follows a number makes it a count of something.
fn is_count(lower: &str, end: usize) -> bool {
    let rest = &lower[end..];
    let next = rest.strip_prefix([' ', '\n']).unwrap_or(rest);
    rest.len() > next.len()
        && UNITS.iter().any(|unit| {
            next.starts_with(unit) && {
                // "550 mailbox", "550 mail from x refused" and "550 user unknown" are replies.
                let word = next
                    .split(|c: char| !c.is_alphanumeric() && c != '-')
                    .next()
                    .unwrap_or("");
                match *unit {
                    "mail" | "user" | "message" | "recipient" | "email" | "e-mail" => {
                        word.ends_with('s') && word.len() == unit.len() + 1
                    }
                    "second" | "minute" | "hour" | "day" | "character" => true,
                    _ => word == unit.trim() || *unit == "or more" || *unit == "%",
                }
            }
        })
}

/// What stands behind a reply on its line, and is none of it.
const TAILS: &[&str] = &[
    "(in reply to ",
    "; from=<",
    "#smtp#",
    "};{",
    "(delivery attempts",
    "##",
    "(reply in response to",
    "(tls-encrypted)",
    "\", \"",
    "', '",
];

/// Where a reply ends, of which only the codes are known. `limit` is the
/// start of the next one.
pub(super) fn end(
    text: &Unwrapped,
    reply: &Reply,
    limit: Option<usize>,
    within: Option<usize>,
) -> usize {
    let raw = text.text();
    let lower = text.lower();
    let start = reply.range.start;
    let codes_end = reply.range.end;
    // A reply within this one does not end it; one on a line of its own does.
    let sibling = limit.filter(|next| {
        raw[..*next]
            .trim_end_matches([' ', '\t', '<', '('])
            .ends_with('\n')
    });
    // Behind that line nothing is looked at.
    let stop = sibling.map_or(raw.len(), |next| line_end(raw, next));
    let paragraph = paragraph_end_before(text, codes_end, stop);
    let paragraph = within
        .map_or(paragraph, |end| paragraph.min(end))
        .max(codes_end);
    let mut end = sibling.map_or(paragraph, |next| paragraph.min(next));
    let before = raw[..start].trim_end_matches([' ', '\t']);
    let closing = match before.chars().next_back() {
        Some(quote @ ('\'' | '"' | '`')) => {
            let next = limit.unwrap_or(end).clamp(codes_end, end);
            let quote = if quote == '`' { '\'' } else { quote };
            // The last one before another reply opens: replies hold apostrophes.
            let line_wise = close_quote(&raw[codes_end..end], quote);
            line_wise
                .map(|at| codes_end + at)
                .or_else(|| raw[codes_end..next].rfind(quote).map(|at| codes_end + at))
        }
        // "(reason: 550 ...)"
        Some(':') if line_of_start(raw, start).trim_start().starts_with('(') => {
            balanced(&raw[codes_end..end], '(', ')').map(|at| codes_end + at)
        }
        // Inside of a quoted value: {"diagnosticCode": "smtp; 550 ..."}
        Some(_) if line_of_start(raw, start).matches('"').count() % 2 == 1 => {
            raw[codes_end..end].find('"').map(|at| codes_end + at)
        }
        // "SMTP error (550): Failed to add recipient ..."
        Some('(') if raw[codes_end..].starts_with("):") => None,
        Some('(') => balanced(&raw[codes_end..end], '(', ')').map(|at| codes_end + at),
        Some('[') => balanced(&raw[codes_end..end], '[', ']').map(|at| codes_end + at),
        Some('{') => balanced(&raw[codes_end..end], '{', '}').map(|at| codes_end + at),
        _ => None,
    };
    end = closing.unwrap_or(end);
    for tail in TAILS {
        if let Some(at) = lower[codes_end..end].find(tail) {
            end = codes_end + at;
        }
    }
    if lower[..start].ends_with("smtp;") || lower[..start].ends_with("smtp; ") {
        // "<host #5.7.1 smtp;530 5.7.1 ...>"
        let inner = raw[codes_end..end].trim_end();
        if inner.ends_with('>') && !inner[..inner.len() - 1].contains('<') {
            end = codes_end + inner.len() - 1;
        }
    }
    if reply.code.is_some() {
        end = codes_end + closed(&raw[start..end], codes_end - start);
    }
    super::trimmed(raw, start..end.max(codes_end))
        .end
        .max(codes_end)
}

/// How many bytes behind its codes a reply has without quotes and brackets at
/// its end that opened before it.
fn closed(words: &str, codes: usize) -> usize {
    let mut words = words.trim_end();
    let mut counts = [0usize; 128];
    for byte in words.bytes() {
        if let Some(count) = counts.get_mut(byte as usize) {
            *count += 1;
        }
    }
    while let Some(last) = words.bytes().next_back() {
        let count = |wanted: u8| counts.get(wanted as usize).copied().unwrap_or(0);
        let stray = match last {
            b'\'' | b'"' => count(last) % 2 == 1,
            b'>' => count(b'>') > count(b'<'),
            b')' => count(b')') > count(b'('),
            b']' => count(b']') > count(b'['),
            b'}' => count(b'}') > count(b'{'),
            _ => false,
        };
        let shorter = words.len() - 1;
        if !stray || shorter < codes {
            break;
        }
        if let Some(count) = counts.get_mut(last as usize) {
            *count -= 1;
        }
        words = words[..shorter].trim_end();
    }
    words.len().saturating_sub(codes)
}

/// The closing quote: the first that ends a line or stands before a bracket
/// or a comma, as no apostrophe does.
fn close_quote(text: &str, quote: char) -> Option<usize> {
    text.match_indices(quote).map(|(at, _)| at).find(|at| {
        let rest = &text[at + 1..];
        let next = rest.chars().next();
        let before = text[..*at].chars().next_back();
        matches!(next, None | Some('\n' | ')' | ']' | '}' | ',' | ';' | '>'))
            || (quote == '"' && next != Some('.'))
            || rest.starts_with(" (delivery")
            || rest
                .trim_start_matches([' ', '.', '\t', '\r'])
                .starts_with('\n')
            || rest.trim_start_matches(['.', ' ']).is_empty()
            || (before == Some(']') || before == Some('>')) && next != Some('s')
    })
}

/// Where a bracket closes that opened before `text`.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for (at, character) in text.char_indices() {
        if character == open {
            depth += 1;
        } else if character == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Where the paragraph around `at` ends: at an empty line, a rule, a label,
/// another recipient or another line of a transcript.
pub(crate) fn paragraph_end(text: &Unwrapped, at: usize) -> usize {
    paragraph_end_before(text, at, text.text().len())
}

/// The same, where what stands behind `stop`, the end of a line, does not matter.
fn paragraph_end_before(text: &Unwrapped, at: usize, stop: usize) -> usize {
    let raw = text.text();
    let lower = text.lower();
    let mut limit = stop.min(at + crate::limits::REPLY).max(at);
    while !raw.is_char_boundary(limit) {
        limit -= 1;
    }
    let raw = &raw[..limit];
    let mut end = line_end(raw, at);
    let first = &raw[line_start(raw, at)..end];
    let in_transcript = first.trim_start().starts_with("<<<");
    let labelled = is_labelled(first.trim_start());
    let in_list = address_first(first.trim_start()).is_some();
    let indent = indent(first);
    let has_letters = |range: Range<usize>| raw[range].bytes().any(|b| b.is_ascii_alphabetic());
    let mut worded = has_letters(at..end);
    while end < raw.len() {
        let start = end + 1;
        let next = line_end(raw, start);
        let whole = &raw[start..next];
        let line = whole.trim();
        let continues = in_transcript && line.starts_with("<<<");
        if !continues && stops(line, lower[start..next].trim()) {
            break;
        }
        // The next field of a list of them: "Error: 550 ...\nServer: ...".
        if labelled && self::indent(whole) <= indent && is_labelled(line) {
            break;
        }
        // An address begins the next recipient, unless it stands deeper than
        // this one or the codes still lack their words: "said: 550 5.1.1\n<a@...>: no".
        if worded
            && self::indent(whole) <= indent
            && address_first(line)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.']) || in_list)
        {
            break;
        }
        worded = worded || has_letters(start..next);
        end = next;
    }
    end
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// What follows the address that a line starts with.
fn address_first(line: &str) -> Option<&str> {
    let (word, rest) = match line.strip_prefix('<') {
        Some(inner) => inner.split_once('>')?,
        None => {
            let end = line
                .find(|c: char| c.is_whitespace() || c == ':')
                .unwrap_or(line.len());
            // Sendmail: "user@example.org... Deferred"
            let dots = line[..end].find("...").unwrap_or(end);
            line.split_at(dots)
        }
    };
    let (local, domain) = word.split_once('@')?;
    (!local.is_empty() && !domain.is_empty() && !local.contains(' ')).then_some(rest)
}

/// Where the words start that a status at `at` closes: behind an empty line,
/// another recipient or `floor`.
pub(super) fn sentence_start(text: &Unwrapped, at: usize, floor: usize) -> usize {
    let raw = text.text();
    let gap = raw.get(floor..at).and_then(|words| words.rfind("\n\n"));
    let floor = gap.map_or(floor, |gap| floor + gap + 2);
    let mut start = line_start(raw, at).max(floor);
    for _ in 0..SENTENCE_LINES {
        // Of a line that is too long only the end is looked at.
        if start <= floor || !raw[..start].ends_with('\n') {
            break;
        }
        let above = line_start(raw, start - 1);
        let line = raw[above..start].trim();
        // What is left of a line behind another reply is that reply's.
        if above < floor
            || line.is_empty()
            || line.ends_with(':')
            || address_first(line).is_some()
            || stops(line, &line.to_ascii_lowercase())
        {
            break;
        }
        start = above;
    }
    super::trimmed(raw, start..at).start.min(at)
}

/// How many lines before its status a sentence may have begun.
const SENTENCE_LINES: usize = 6;

/// Whether a line cannot belong to the paragraph above it.
fn stops(line: &str, lower: &str) -> bool {
    if line.is_empty() {
        return true;
    }
    let bytes = line.as_bytes();
    let rule = bytes.len() > 2 && bytes[..3].iter().all(|b| b"-=_*+#".contains(b));
    let transcript = TRANSCRIPT.iter().any(|mark| line.starts_with(mark));
    // Another reply, of success; a command; a step of a program.
    let accepted = matches!(
        bytes,
        [b'2' | b'3', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..]
    );
    let command = COMMANDS
        .iter()
        .any(|command| match line.strip_prefix(command) {
            Some(rest) => rest.is_empty() || rest.starts_with([' ', ':']),
            None => false,
        });
    let step = (line.starts_with("at ") || line.starts_with("bei ")) && line.contains('(');
    // A heading of the next section: Chinese, Japanese and Korean ones end so.
    let heading = line
        .strip_suffix(':')
        .is_some_and(|words| words.chars().next_back() > Some('\u{2e80}'));
    rule || transcript
        || heading
        || accepted
        || command
        || step
        || is_dated(bytes)
        || is_field(lower)
        || STOPS.iter().any(|stop| lower.starts_with(stop))
}

/// How lines of a session begin.
const TRANSCRIPT: &[&str] = &[
    "<<<", ">>>", "...", "<-", "->", "<~", "~>", "-->", "<<-", "=> ",
];

/// Commands as a person types them in a session.
const COMMANDS: &[&str] = &[
    "QUIT",
    "RSET",
    "DATA",
    "MAIL FROM",
    "RCPT TO",
    "EHLO",
    "HELO",
    "quit",
    "rset",
    "Connection closed",
];

/// "Error: ...", "Gemeldeter Fehler: ...", "エラー: ...": a few words and a
/// colon, as no sentence begins.
fn is_labelled(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else {
        return false;
    };
    let first = name.chars().next();
    name.len() < LABEL
        && first.is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_ascii()))
        && !name.contains(|c: char| c.is_ascii_digit() || "<>@\"(".contains(c))
        && (value.is_empty() || value.starts_with([' ', '\t']))
}

/// Longest label, in bytes.
const LABEL: usize = 64;

/// How lines begin that say something new.
const STOPS: &[&str] = &[
    "giving up on ",
    "generating server",
    "original message headers",
    "original message header",
    "dsn generated by",
    "remote server:",
    "remote server returned",
    "received: ",
    "server at ",
    "hop count:",
    "message hops",
    "reported error",
];

/// "Final-Recipient: ...", "X-Header: ...": a field name of the message kinds.
fn is_field(lower: &str) -> bool {
    let Some((name, _)) = lower.split_once(':') else {
        return false;
    };
    let hyphenated = name.contains('-')
        && name.len() < 40
        && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-');
    hyphenated
        || matches!(
            name,
            "status" | "action" | "subject" | "from" | "to" | "date" | "sender" | "recipient"
        )
}

/// Where the line of the byte at `at` starts, looked for only so far back.
pub(super) fn line_start(raw: &str, at: usize) -> usize {
    let low = window(raw, at);
    raw[low..at]
        .rfind('\n')
        .map_or(low, |newline| low + newline + 1)
}

/// [`REACH`] bytes before `at`, on a character boundary.
fn window(text: &str, at: usize) -> usize {
    let mut low = at.saturating_sub(REACH);
    while !text.is_char_boundary(low) {
        low += 1;
    }
    low
}

/// How far back of a code its surroundings are looked at, in bytes.
const REACH: usize = 1000;

/// The line of a reply up to its start.
fn line_of_start(raw: &str, start: usize) -> &str {
    &raw[line_start(raw, start)..start]
}

fn line_end(raw: &str, at: usize) -> usize {
    raw[at..]
        .find('\n')
        .map_or(raw.len(), |newline| at + newline)
}

/// How far back the host that speaks is looked for, in bytes.
const SPEAKER_BEFORE: usize = 400;

/// The host named nearest before a reply, in the same paragraph.
pub(super) fn speaker(text: &Unwrapped, at: usize) -> Option<Range<usize>> {
    let raw = text.text();
    // "{LED=550 ...};{MSG=};{FQDN=mx.example.org};{IP=...": a message trace.
    if text.lower()[..at].ends_with("{led=") {
        let end = paragraph_end(text, at);
        let start = at + text.lower()[at..end].find("{fqdn=")? + "{fqdn=".len();
        let length = raw[start..].find('}')?;
        return is_host(&raw[start..start + length]).then_some(start..start + length);
    }
    let mut low = at.saturating_sub(SPEAKER_BEFORE);
    while !raw.is_char_boundary(low) {
        low += 1;
    }
    let mut low = raw[low..at].rfind("\n\n").map_or(low, |gap| low + gap + 2);
    // Another line of a log is about something else.
    let line = line_start(raw, at);
    if line > low && is_dated(raw[line..at].trim_start().as_bytes()) {
        low = line;
    }
    // What stands in the lines about this report's own writer names nobody else.
    for (offset, line) in raw[low..at].match_indices('\n') {
        let _ = line;
        let start = low + offset + 1;
        let lower = text.lower()[start..at].trim_start();
        if lower.starts_with("reporting-mta") || lower.starts_with("generating server") {
            low = start + lower.find('\n').unwrap_or(lower.len());
            break;
        }
    }
    let stretch = raw.get(low..at)?;
    // "reject: RCPT from unknown[203.0.113.9]: 554": here the host was spoken to.
    if text.lower()[low..at].contains("reject: ") {
        return None;
    }
    let separator = |c: char| c.is_whitespace() || "<>()[]{},;'\"=|".contains(c);
    let mut end = stretch.len();
    loop {
        let piece = &stretch[..end];
        let start = piece.rfind(separator).map_or(0, |cut| {
            cut + piece[cut..].chars().next().map_or(1, char::len_utf8)
        });
        let word = &stretch[start..end];
        if word.contains('@') && end == stretch.len() {
            return None;
        }
        let host = word.split(':').next().unwrap_or("").trim_end_matches('.');
        // "250-mx.example.org": so it greeted.
        let (start, host) = match host.as_bytes() {
            [b'2', b'0'..=b'9', b'0'..=b'9', b'-', ..] => (start + 4, &host[4..]),
            _ => (start, host),
        };
        let called = stretch[end..].strip_prefix('(').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphabetic() || "\"')".contains(c))
        });
        let lead = text.lower()[low..low + start].trim_end_matches(['[', '(', ' ', '\'', '"', ':']);
        let client = CLIENTS.iter().any(|words| lead.ends_with(words));
        if is_host(host) && !called && !client && !stretch[..start].ends_with('@') {
            // "host mx.example.org[192.0.2.1] said:" names both; the name counts.
            let named = stretch[..start]
                .trim_end_matches(['[', '(', ' ', ':'])
                .rsplit(separator)
                .next()
                .unwrap_or("");
            let numeric = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if numeric && !named.contains('@') && is_host(named.trim_end_matches('.')) {
                let named = named.trim_end_matches('.');
                let from = low + stretch[..start].rfind(named)?;
                return Some(from..from + named.len());
            }
            return Some(low + start..low + start + host.len());
        }
        if start == 0 {
            return None;
        }
        end = start
            - stretch[..start]
                .chars()
                .next_back()
                .map_or(1, char::len_utf8);
    }
}

/// What files end with that errors of programs name.
const FILES: &[&str] = &[
    "js", "ts", "py", "java", "php", "rb", "cs", "go", "pl", "txt", "html", "log", "conf", "eml",
];

/// What stands before a host that was spoken to, not before one that spoke.
const CLIENTS: &[&str] = &[
    "\"ip",
    "ip_address",
    "sending_ip",
    "sourceip",
    "client host",
    "client",
    "sending ip",
    "ip address",
    "source ip",
    "your ip",
    "messages from",
    "mail from",
    "connection from",
    "received from",
    "sending domain",
    "from ip",
    "ehlo",
    "helo",
];

/// A host name with a dot, or an IPv4 address. Classes of programs
/// (`smtplib.SMTPRecipientsRefused`) look like one but for their case.
pub(crate) fn is_host(word: &str) -> bool {
    if word.len() < 4 || word.len() > 255 || !word.contains('.') {
        return false;
    }
    let labels = || word.split('.');
    let label = |label: &str| {
        !label.is_empty()
            && label.len() < 64
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if !labels().all(label) {
        return false;
    }
    let last = labels().next_back().unwrap_or("");
    let capital = |word: &str| word.bytes().any(|b| b.is_ascii_uppercase());
    // "smtplib.SMTPException", "production.ERROR"
    let mixed = capital(last)
        && (last.bytes().any(|b| b.is_ascii_lowercase())
            || labels().any(|label| label.bytes().all(|b| b.is_ascii_lowercase())));
    // Hosts in Paraguay have more labels.
    let file = labels().count() == 2 && FILES.contains(&last);
    let top = last.len() > 1
        && last.bytes().any(|b| b.is_ascii_alphabetic())
        && !last.contains('_')
        && !mixed
        && !file;
    top || word.parse::<std::net::Ipv4Addr>().is_ok()
}
