//! This bounce's own values, for an article's text.
//!
//! They are an attacker's text: shown as text only, and put into a command
//! that people paste only when [`Captured::pasteable`].

use std::net::IpAddr;

use serde::Serialize;

use crate::limits;
use crate::report::{PerRecipient, Report, Statement};
use crate::source::{Field, Source, Span};

/// A value of this bounce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Captured {
    /// The name that an article uses between braces: `recipient`, `ip` ...
    pub name: &'static str,
    /// The value as it stands in the source.
    pub value: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it is nothing but a plain domain, an address with a dot-atom
    /// local part (RFC 5321, section 4.1.2) or an IP literal, and so may be
    /// put, quoted, into a command or record.
    pub pasteable: bool,
}

/// Collects what is known: what the phrase captured first, then the fields.
pub(super) fn collect(
    report: &Report,
    recipient: &PerRecipient,
    statement: Option<&Statement>,
    tokens: &[(&'static str, Span)],
    sources: &[Source],
) -> Vec<Captured> {
    let mut found = Captures(Vec::new());
    for (name, span) in tokens {
        found.add(name, span.of(sources), *span);
    }
    let address = recipient
        .final_recipient
        .as_ref()
        .or(recipient.original_recipient.as_ref());
    found.address("recipient", "recipient_domain", address);
    if let Some(from) = &report.returned.from
        && from.value.len() <= LONGEST
    {
        let value = from
            .value
            .rsplit_once('<')
            .map_or(from.value.as_str(), |(_, rest)| rest)
            .trim_matches(|c: char| c == '>' || c.is_whitespace());
        let plain = Field {
            value: value.to_string(),
            ..from.clone()
        };
        found.address("sender", "sender_domain", Some(&plain));
    }
    let host = statement
        .and_then(|statement| statement.speaker.as_ref())
        .or(recipient.remote_mta.as_ref());
    if let Some(host) = host {
        found.add("host", &host.value, host.span);
    }
    if let Some(status) = &recipient.status {
        found.add("code", &status.value.to_string(), status.span);
    } else if let Some(code) = &recipient.reply_code {
        found.add("code", &code.value.to_string(), code.span);
    }
    if let Some(id) = &report.per_message.queue_id {
        found.add("queue_id", &id.value, id.span);
    }
    if let Some(span) = statement.and_then(|statement| ip(sources, statement.span)) {
        found.add("ip", span.of(sources), span);
    }
    found.0
}

/// Bytes of the longest value. A longer one helps nobody, and one of the
/// whole message is there again for each of its recipients.
const LONGEST: usize = 1000;

struct Captures(Vec<Captured>);

impl Captures {
    fn add(&mut self, name: &'static str, value: &str, span: Span) {
        let is_value = (1..=LONGEST).contains(&value.len());
        if is_value && self.0.iter().all(|known| known.name != name) {
            self.0.push(Captured {
                name,
                value: value.to_string(),
                span,
                pasteable: pasteable(value),
            });
        }
    }

    fn address(
        &mut self,
        name: &'static str,
        domain_name: &'static str,
        field: Option<&Field<String>>,
    ) {
        let Some(field) = field else { return };
        if let Some((_, domain)) = field.value.rsplit_once('@') {
            self.add(name, &field.value, field.span);
            self.add(domain_name, domain, field.span);
        }
    }
}

/// The first IP address in a statement.
fn ip(sources: &[Source], span: Span) -> Option<Span> {
    let part = |c: char| c.is_ascii_hexdigit() || c == '.' || c == ':';
    let whole = span.of(sources);
    let mut text = &whole[..whole.floor_char_boundary(limits::WORDS)];
    if text.len() < whole.len() {
        // The first digits of an address are another address.
        text = text.trim_end_matches(part);
    }
    let mut at = 0;
    for word in text.split(|c: char| !part(c)) {
        let plain = word.trim_matches(['.', ':']);
        let long_enough = plain.len() >= 7 && plain.matches(['.', ':']).count() >= 3;
        if long_enough && plain.parse::<IpAddr>().is_ok() {
            let start = span.start + (at + word.find(plain).unwrap_or(0)) as u32;
            return Some(Span {
                start,
                end: start + plain.len() as u32,
                ..span
            });
        }
        at += word.len()
            + text[at + word.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
    }
    None
}

/// Whether a value may be put into a command: see [`Captured::pasteable`].
fn pasteable(value: &str) -> bool {
    match value.rsplit_once('@') {
        Some((local, domain)) => dot_atom(local) && is_domain(domain),
        None => value.parse::<IpAddr>().is_ok() || is_domain(value),
    }
}

/// Letters, digits, hyphens and inner dots (RFC 5321, `Domain`), with a letter in the last label.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.len() <= 255
        && text.contains('.')
        && text.split('.').all(label)
        && text
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// An unquoted local part (RFC 5321, `Dot-string`; RFC 5322, `atext`).
fn dot_atom(text: &str) -> bool {
    let atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    text.len() <= 64 && text.split('.').all(atom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_values_are_pasteable() {
        for plain in [
            "user@example.com",
            "o'brien+tag@mail.example.org",
            "example.net",
            "192.0.2.7",
            "2001:db8::7",
        ] {
            assert!(pasteable(plain), "{plain}");
        }
        for other in [
            "",
            "user",
            "\"a b\"@example.com",
            "a@example.com; rm -rf /",
            "$(x)@example",
            "a b@example.com",
            "example.com\nGet-Mailbox",
            "-x.example.com",
            "usér@example.com",
            "1.2.3",
        ] {
            assert!(!pasteable(other), "{other}");
        }
    }

    #[test]
    fn an_address_that_the_limit_cuts_is_none() {
        for (address, cut) in [
            ("203.0.113.27", 1),
            ("203.0.113.27", 4),
            ("2001:db8::7:1", 1),
        ] {
            let at = limits::WORDS + cut - address.len();
            let sources = [Source {
                role: crate::source::Role::Text,
                text: format!("{} {address} 192.0.2.1", "-".repeat(at - 1)),
                wrapped_at: None,
            }];
            assert_eq!(ip(&sources, sources[0].whole(0)), None, "{address}");
        }
    }
}
