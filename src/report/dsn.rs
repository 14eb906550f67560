//! The fields of a delivery status notification (RFC 3464, RFC 6533), of a
//! disposition notification (RFC 8098) or of a feedback report (RFC 5965) to
//! what they say, wherever they stand: in a part of their own, in one that is
//! labelled otherwise, or in the middle of a text that someone pasted.

use std::ops::Range;

use crate::budget::Budget;
use crate::limits;
use crate::order;
use crate::report::fields::{self, Lines, RawField};
use crate::report::{Action, PerMessage, PerRecipient};
use crate::smtp::{EnhancedStatus, reply};
use crate::source::{Field, Origin, Role, Source, Span};

/// What the fields say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusFields {
    /// What is said once for the message.
    pub per_message: PerMessage,
    /// One for each group of fields about a recipient.
    pub per_recipient: Vec<PerRecipient>,
    /// Whether a person's mail program wrote them (RFC 8098, section 3.2.6).
    pub is_disposition: bool,
    /// Whether these say that nobody read the message: it was deleted, or
    /// the program failed (RFC 8098, sections 3.2.6.2 and 3.2.7).
    pub is_discarded: bool,
    /// Whether they are a complaint (RFC 5965, section 3.1).
    pub is_feedback: bool,
}

/// The names that are looked for in text for people, where other lines have
/// colons too.
const NAMES: [&str; 21] = [
    "Reporting-MTA",
    "Received-From-MTA",
    "Arrival-Date",
    "Original-Envelope-Id",
    "X-Postfix-Queue-ID",
    "X-Postfix-Sender",
    "Final-Recipient",
    "Original-Recipient",
    "X-Actual-Recipient",
    "Action",
    "Status",
    "Remote-MTA",
    "Diagnostic-Code",
    "Last-Attempt-Date",
    "Will-Retry-Until",
    "Final-Log-ID",
    "X-Display-Name",
    "X-Supplementary-Info",
    "Disposition",
    "Feedback-Type",
    "Original-Rcpt-To",
];

/// Reads the fields of one source; `None` when it holds none.
pub fn read(sources: &[Source], source: u32, budget: &mut Budget) -> Option<StatusFields> {
    let text = sources.get(source as usize)?;
    let (lines, origin) = match text.role {
        Role::Status => (Lines::All, Origin::DeliveryStatus),
        _ => (Lines::Named(&NAMES), Origin::Label),
    };
    let raw = fields::read(text, lines);
    if raw.len() == limits::FIELDS {
        budget.problem("too-many-fields");
    }
    let mut reader = Reader {
        budget,
        place: Place {
            sources,
            source,
            origin,
        },
        fields: StatusFields::default(),
        group: Group::default(),
    };
    for field in &raw {
        if reader.fields.per_recipient.len() >= limits::RECIPIENTS {
            reader.budget.problem("too-many-recipients");
            break;
        }
        if reader.budget.is_spent() {
            break;
        }
        reader.field(field);
    }
    reader.close();
    let fields = reader.fields;
    let says_something = !fields.per_recipient.is_empty()
        || fields.is_disposition
        || fields.is_feedback
        || fields.per_message != PerMessage::default();
    says_something.then_some(fields)
}

struct Reader<'a> {
    budget: &'a mut Budget,
    place: Place<'a>,
    fields: StatusFields,
    group: Group,
}

/// Where the fields stand; reads their values.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub sources: &'a [Source],
    pub source: u32,
    pub origin: Origin,
}

/// The fields about one recipient as they are collected.
#[derive(Default)]
struct Group {
    recipient: PerRecipient,
    actual: Option<Field<String>>,
    /// The stated status (RFC 3464, section 2.3.4).
    status: Option<Field<EnhancedStatus>>,
    /// Where the words of Diagnostic-Code stand.
    diagnostics: Vec<Span>,
    /// Whether a field was read that only stands in these parts.
    is_telling: bool,
}

impl Reader<'_> {
    fn field(&mut self, field: &RawField) {
        let name = field.name.to_ascii_lowercase();
        if field.begins_group || self.begins_recipient(&name) {
            self.close();
        }
        let place = self.place;
        let message = &mut self.fields.per_message;
        let group = &mut self.group;
        match name.as_str() {
            "reporting-mta" => {
                put(&mut message.reporting_mta, place.host(field));
            }
            "received-from-mta" => put(&mut message.received_from_mta, place.host(field)),
            "arrival-date" => put(&mut message.arrival_date, place.text(field)),
            "original-envelope-id" => put(&mut message.original_envelope_id, place.text(field)),
            "final-recipient" => {
                group.is_telling = true;
                put(&mut group.recipient.final_recipient, place.address(field));
            }
            "original-recipient" => {
                group.is_telling = true;
                put(
                    &mut group.recipient.original_recipient,
                    place.address(field),
                );
            }
            "x-actual-recipient" => put(&mut group.actual, place.address(field)),
            "original-rcpt-to" => {
                put(&mut group.recipient.final_recipient, place.address(field));
            }
            "action" => put_copy(&mut group.recipient.action, place.action(field)),
            "status" => put(&mut group.status, place.status(field)),
            "remote-mta" => put(&mut group.recipient.remote_mta, place.host(field)),
            "last-attempt-date" => {
                put(&mut group.recipient.last_attempt_date, place.text(field));
            }
            "will-retry-until" => put(&mut group.recipient.will_retry_until, place.text(field)),
            "diagnostic-code" | "x-supplementary-info" => {
                group.is_telling |= name == "diagnostic-code";
                let words = place.span(place.without_type(&field.value));
                if !words.of(place.sources).trim().is_empty() {
                    group.diagnostics.push(words);
                }
            }
            "disposition" => {
                self.fields.is_disposition = true;
                let value = place.words(&field.value).to_ascii_lowercase();
                self.fields.is_discarded = !value.contains("displayed");
            }
            "feedback-type" => self.fields.is_feedback = true,
            // "X-Postfix-Queue-ID", and what others named after it.
            queue if queue.ends_with("-queue-id") => put(&mut message.queue_id, place.text(field)),
            _ => {}
        }
    }

    /// Whether a field opens the next group although no blank line does:
    /// pasted fields lose their blank lines.
    fn begins_recipient(&self, name: &str) -> bool {
        let recipient = &self.group.recipient;
        match name {
            "final-recipient" => recipient.final_recipient.is_some(),
            "original-recipient" => {
                recipient.original_recipient.is_some()
                    || (recipient.final_recipient.is_some() && recipient.action.is_some())
            }
            _ => false,
        }
    }

    fn close(&mut self) {
        let Group {
            mut recipient,
            actual,
            status,
            diagnostics,
            is_telling,
        } = std::mem::take(&mut self.group);
        let has_address =
            recipient.final_recipient.is_some() || recipient.original_recipient.is_some();
        let says = recipient.action.is_some() || status.is_some() || !diagnostics.is_empty();
        // "Status: 5.1.1" alone, in text, may be anything.
        let is_own = self.place.origin == Origin::DeliveryStatus || is_telling;
        if !is_own || !(has_address || says) {
            return;
        }
        if recipient.final_recipient.is_none() {
            recipient.final_recipient = actual.or_else(|| recipient.original_recipient.clone());
        }
        let mut is_cut = false;
        for span in diagnostics {
            if recipient.said.len() < limits::STATEMENTS {
                let said = reply::statements(self.place.sources, span, self.budget);
                recipient.said.extend(said);
            } else {
                is_cut = true;
            }
            recipient.diagnostic_code.get_or_insert_with(|| Field {
                value: fields::unfolded(self.place.sources, span),
                span,
                origin: self.place.origin,
            });
        }
        // A reply decides over words without a code.
        order::sort_by_key(&mut recipient.said, |said| {
            said.reply_code.is_none() && said.status.is_none()
        });
        is_cut |= recipient.said.len() > limits::STATEMENTS;
        recipient.said.truncate(limits::STATEMENTS);
        reply::mark_cut(&mut recipient.said, is_cut);
        recipient.status = status;
        if !self.budget.pay(&recipient) {
            return;
        }
        // Some systems put a blank line between the address and the rest.
        if !has_address
            && let Some(last) = self.fields.per_recipient.last_mut()
            && last.action.is_none()
            && last.status.is_none()
            && last.said.is_empty()
        {
            recipient.final_recipient = last.final_recipient.take();
            recipient.original_recipient = last.original_recipient.take();
            *last = recipient;
            return;
        }
        // And some between the reply and the address.
        if has_address
            && recipient.said.is_empty()
            && let Some(last) = self.fields.per_recipient.last_mut()
            && last.final_recipient.is_none()
            && last.action.is_none()
            && last.status.is_none()
        {
            recipient.said = std::mem::take(&mut last.said);
            recipient.diagnostic_code = last.diagnostic_code.take();
            recipient.last_attempt_date = last
                .last_attempt_date
                .take()
                .or(recipient.last_attempt_date);
            *last = recipient;
            return;
        }
        self.fields.per_recipient.push(recipient);
    }
}

impl<'a> Place<'a> {
    pub fn span(&self, range: Range<usize>) -> Span {
        Span {
            source: self.source,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    fn words(&self, range: &Range<usize>) -> &'a str {
        self.span(range.clone()).of(self.sources)
    }

    fn text(&self, field: &RawField) -> Option<Field<String>> {
        let value = fields::value(self.sources, self.source, &field.value, self.origin);
        (!value.value.is_empty()).then_some(value)
    }

    /// The range behind `smtp;`, `dns;`, `rfc822;` (RFC 3464, section 2.1.2).
    pub fn without_type(&self, range: &Range<usize>) -> Range<usize> {
        let words = self.words(range);
        let kind = words
            .bytes()
            .take(40)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b' ' | b'.'))
            .count();
        let Some(rest) = words.get(kind..).and_then(|rest| rest.strip_prefix(';')) else {
            return range.clone();
        };
        // "550 no; try again" is no type, and "x-unix; 77" alone says that a program at the end failed.
        if words.get(..kind).is_some_and(|kind| {
            kind.trim_end().contains(' ') || kind.eq_ignore_ascii_case("x-unix")
        }) {
            return range.clone();
        }
        let blank = rest.len() - rest.trim_start().len();
        range.start + kind + 1 + blank..range.end
    }

    fn host(&self, field: &RawField) -> Option<Field<String>> {
        let range = self.without_type(&field.value);
        let words = self.words(&range);
        let trimmed = words.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
        let host = trimmed
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';'))
            .next()
            .unwrap_or("");
        let start = range.start + (words.len() - trimmed.len());
        let plain = host.trim_matches(['<', '>', '"']);
        (!plain.is_empty()).then(|| {
            let value = plain.to_string();
            let start = start + host.find(plain).unwrap_or(0);
            Field {
                span: self.span(start..start + plain.len()),
                value,
                origin: self.origin,
            }
        })
    }

    fn status(&self, field: &RawField) -> Option<Field<EnhancedStatus>> {
        let words = self.words(&field.value);
        let mut at = field.value.start;
        for token in words.split_inclusive(|c: char| !(c.is_ascii_digit() || c == '.')) {
            let plain = token.trim_end_matches(|c: char| !c.is_ascii_digit());
            if let Ok(value) = plain.parse() {
                return Some(Field {
                    value,
                    span: self.span(at..at + plain.len()),
                    origin: self.origin,
                });
            }
            at += token.len();
        }
        None
    }

    /// The action (RFC 3464, section 2.3.3), and what is written instead.
    fn action(&self, field: &RawField) -> Option<Action> {
        let word = self.words(&field.value).to_ascii_lowercase();
        let starts = |words: &[&str]| words.iter().any(|start| word.starts_with(start));
        if starts(&["delay", "defer", "queued", "retry", "transient"]) {
            Some(Action::Delayed)
        } else if starts(&["deliver", "success"]) && !starts(&["deliverable"]) {
            Some(Action::Delivered)
        } else if starts(&["relay"]) {
            Some(Action::Relayed)
        } else if starts(&["expand"]) {
            Some(Action::Expanded)
        } else if starts(&["fail", "undeliver", "bounce", "expire", "error", "reject"]) {
            Some(Action::Failed)
        } else {
            None
        }
    }

    fn address(&self, field: &RawField) -> Option<Field<String>> {
        let range = self.without_type(&field.value);
        let raw = self.words(&range);
        let value = address(&fields::unfolded(self.sources, self.span(range.clone())))?;
        let start = raw.find(&value);
        let place = match start {
            Some(at) => range.start + at..range.start + at + value.len(),
            None => range,
        };
        Some(Field {
            value: unitext(value),
            span: self.span(place),
            origin: self.origin,
        })
    }
}

fn put<T>(slot: &mut Option<Field<T>>, value: Option<Field<T>>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn put_copy<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// The address within a value: out of its angle brackets, without comments
/// and quote marks around the whole.
fn address(value: &str) -> Option<String> {
    let value = value.trim();
    let inner = match (value.find('<'), value.rfind('>')) {
        (Some(open), Some(close)) if open < close => value.get(open + 1..close)?,
        _ => value,
    };
    let inner = match inner.find(" (") {
        Some(comment) => inner.get(..comment)?,
        None => inner,
    };
    let inner = inner
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';'))
        .trim_start_matches("mailto:");
    // Quote marks belong to the address only around its local part.
    let inner = match inner
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(unquoted) => unquoted,
        None => inner,
    };
    let inner = match inner
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        Some(unquoted) => unquoted,
        None => inner,
    };
    (!inner.is_empty()).then(|| inner.to_string())
}

/// Whether an address means something outside of the host that wrote it: a
/// local part at a domain with a dot or at an address literal.
pub fn is_proper(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    !local.is_empty()
        && !local.starts_with(['@', '|', '/'])
        && !address.contains(char::is_whitespace)
        && (domain.trim_matches('.').contains('.') || domain.starts_with('['))
}

/// `\x{E9}` for a character that the path could not carry (RFC 6533,
/// section 3).
fn unitext(address: String) -> String {
    if !address.contains("\\x{") {
        return address;
    }
    let mut text = String::new();
    let mut rest = address.as_str();
    while let Some((before, after)) = rest.split_once("\\x{") {
        text.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        let decoded = after.split_at_checked(digits).and_then(|(hex, rest)| {
            let character = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
            Some((character, rest.strip_prefix('}')?))
        });
        match decoded {
            Some((character, after)) => {
                text.push(character);
                rest = after;
            }
            None => {
                text.push_str("\\x{");
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}
