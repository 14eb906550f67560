//! Addresses (RFC 5321, section 4.1.2) in running text.
//!
//! ```
//! use bounce_analyzer::smtp::address;
//!
//! let text = "550 5.1.1 <user@example.org>: User unknown";
//! let found = address::find(text);
//! assert_eq!(&text[found[0].range.clone()], "user@example.org");
//! assert!(found[0].bracketed);
//! ```

use std::ops::Range;

/// An address and how it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the address: local part, `@`, domain.
    pub range: Range<usize>,
    /// Whether it stands between angle brackets.
    pub bracketed: bool,
}

impl Found {
    /// The bytes of the address with its brackets.
    pub fn outer(&self) -> Range<usize> {
        match self.bracketed {
            true => self.range.start - 1..self.range.end + 1,
            false => self.range.clone(),
        }
    }
}

/// Longest local part that is read; RFC 5321 allows 64, systems write more.
const LOCAL: usize = 256;
/// Longest domain that is read (RFC 5321, section 4.5.3.1.2).
const DOMAIN: usize = 255;

/// Names that stand before an address with `=`, as in `to=user@example.org`.
const KEYS: &[&str] = &[
    "to",
    "from",
    "rcpt",
    "recipients",
    "sasl_username",
    "orig_to",
    "recipient",
    "sender",
    "addr",
    "address",
    "user",
    "email",
    "mailfrom",
    "mail_from",
    "rcpt_to",
    "for",
    "ctladdr",
    "envelope-from",
    "original_recipient",
    "smtp",
];

/// The addresses of a text, in order. Those inside URLs are left out.
pub fn find(text: &str) -> Vec<Found> {
    scan(text, false)
}

/// The same with those inside URLs, for whoever has to hide them all.
pub fn find_everywhere(text: &str) -> Vec<Found> {
    scan(text, true)
}

fn scan(text: &str, urls: bool) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found: Vec<Found> = Vec::new();
    let mut floor = 0;
    for (at, _) in text.match_indices('@') {
        if at < floor {
            continue;
        }
        let Some(mut start) = local_start(text, at, floor) else {
            continue;
        };
        let end = domain_end(text, at + 1);
        if end == at + 1 {
            continue;
        }
        // Of a URL with two addresses, the second is looked for behind the first.
        if in_url(text, start, if urls { 0 } else { floor }) {
            // "https://example.com/?to=user@example.org": behind the key.
            let path = text[start..at].rfind(['/', '?', '=', '&']);
            start += path.map_or(0, |last| last + 1);
            if !urls || start == at {
                continue;
            }
        }
        let bracketed =
            start > 0 && bytes.get(start - 1) == Some(&b'<') && bytes.get(end) == Some(&b'>');
        let domain = &text[at + 1..end];
        // "@host" alone names a machine; between brackets a bare host is meant.
        if !bracketed && !is_dotted(domain) {
            continue;
        }
        found.push(Found {
            range: start..end,
            bracketed,
        });
        floor = end;
    }
    found
}

/// Where the local part that ends at `at` starts.
fn local_start(text: &str, at: usize, floor: usize) -> Option<usize> {
    let lowest = floor.max(at.saturating_sub(LOCAL));
    let before = text.get(char_floor(text, lowest)..at)?;
    let from = at - before.len();
    if let Some(inner) = before.strip_suffix('"') {
        // A quoted string, spaces and all, on one line.
        let open = inner.rfind('"')?;
        let quoted = &before[open..];
        return (!quoted.contains('\n') && quoted.len() > 2).then_some(from + open);
    }
    let mut start = at;
    for (offset, character) in before.char_indices().rev() {
        if !is_local(character) {
            break;
        }
        start = from + offset;
    }
    // Whatever only surrounds the address: quotes, bullets, keys.
    loop {
        let local = &text[start..at];
        let trimmed = local.trim_start_matches(['\'', '`', '.', '*', '=', '|', '{', '!']);
        if trimmed.len() < local.len() {
            start += local.len() - trimmed.len();
            continue;
        }
        // A bullet or an arrow: "-user@", "--user@".
        if local.starts_with('-') {
            start += 1;
            continue;
        }
        if let Some((key, _)) = local.split_once('=')
            && KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
        {
            start += key.len() + 1;
            continue;
        }
        break;
    }
    (start < at && !text[start..at].ends_with('.')).then_some(start)
}

/// Where the domain that starts at `start` ends; `start` if there is none.
fn domain_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    if rest.starts_with('[') {
        let literal = rest.bytes().take(DOMAIN);
        let inside = literal.take_while(|b| !matches!(b, b']' | b'\n' | b' '));
        let close = start + inside.count();
        return match text.as_bytes().get(close) {
            Some(b']') => close + 1,
            _ => start,
        };
    }
    let mut end = 0;
    for (offset, character) in rest.char_indices() {
        if offset > DOMAIN
            || !(character.is_ascii_alphanumeric()
                || matches!(character, '.' | '-' | '_')
                || (!character.is_ascii() && is_idn(character)))
        {
            break;
        }
        end = offset + character.len_utf8();
    }
    let domain = rest[..end].trim_end_matches(['.', '-', '_']);
    // Two dots in a row end a sentence or an ellipsis: "user@example.org...Unknown".
    let domain = domain.split("..").next().unwrap_or("");
    if domain.starts_with(['.', '-']) {
        return start;
    }
    start + domain.len()
}

/// Letters of an internationalized domain (RFC 6531). Kana, Han and Hangul
/// are not among them: text in these scripts follows an address without a blank.
fn is_idn(character: char) -> bool {
    character.is_alphanumeric() && (character as u32) < 0x0e00
}

/// Characters of an unquoted local part (RFC 5322, `atext`; RFC 6531).
fn is_local(character: char) -> bool {
    let special = || "\"(),:;<>@[\\]".contains(character);
    match character.is_ascii() {
        true => character.is_ascii_alphanumeric() || character.is_ascii_graphic() && !special(),
        false => is_idn(character),
    }
}

fn is_dotted(domain: &str) -> bool {
    if domain.starts_with('[') {
        return true;
    }
    let mut labels = domain.rsplit('.');
    let last = labels.next().unwrap_or("");
    last.chars().any(char::is_alphabetic) && last.chars().count() > 1 && labels.next().is_some()
}

/// Whether the word that holds `start` began as a URL.
fn in_url(text: &str, start: usize, floor: usize) -> bool {
    let lowest = char_floor(text, floor.max(start.saturating_sub(LOCAL)));
    let before = &text[lowest..start];
    let word = before
        .rfind(|c: char| c.is_whitespace() || matches!(c, '<' | '"' | '(' | '\''))
        .map_or(before, |at| &before[at..]);
    word.contains("://") || (text[start..].starts_with('/') && word.ends_with(':'))
}

/// The nearest character boundary at or above `at`.
fn char_floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text)
            .iter()
            .map(|found| &text[found.range.clone()])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_addresses_in_any_dress() {
        check("<user@example.org>: host", &["user@example.org"]);
        check("to=user@example.org, relay=", &["user@example.org"]);
        check("user@example.org... User unknown", &["user@example.org"]);
        check("user@example.org.", &["user@example.org"]);
        check("'user@example.org'", &["user@example.org"]);
        check(
            "rfc822;o'brien+tag@example.org",
            &["o'brien+tag@example.org"],
        );
        check("<\"a b\"@example.org>", &["\"a b\"@example.org"]);
        check("user@[192.0.2.1]", &["user@[192.0.2.1]"]);
        check("<user@localhost>", &["user@localhost"]);
        check("jörg@bücher.example", &["jörg@bücher.example"]);
        check("宛先user@example.jpに届きません", &["user@example.jp"]);
        check(
            "a@example.org<mailto:a@example.org>",
            &["a@example.org", "a@example.org"],
        );
        check(
            "SRS0=x=y=example.net=u@example.org",
            &["SRS0=x=y=example.net=u@example.org"],
        );
    }

    #[test]
    fn leaves_out_what_is_none() {
        check("@example.org", &[]);
        check("user@", &[]);
        check("user@host", &[]);
        check("user@1.2", &[]);
        check("https://example.com/u/a@example.org", &[]);
        check("a @ b.example", &[]);
        check("@@@", &[]);
    }

    #[test]
    fn is_linear() {
        let long = "a@".repeat(50_000);
        assert!(find(&long).is_empty());
    }
}
