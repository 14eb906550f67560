//! What a reading says of the whole message.

use super::labels::Label;
use super::page::{Line, Part};
use super::phrases::Tells;
use super::reading::Reading;
use super::{Narrative, family, recipients};
use crate::budget::Budget;
use crate::limits;
use crate::matcher::Lists;
use crate::report::{Action, Kind, PerMessage, Returned, log};
use crate::smtp::reply::{self, Place, Reply};
use crate::source::{Field, Origin, Span};
use std::sync::OnceLock;

impl Reading<'_> {
    /// Everything that the text says.
    pub fn narrative(&self, budget: &mut Budget) -> Narrative {
        let kind = self.kind();
        let mut narrative = Narrative {
            format: self.format(),
            kind,
            is_about_mail: kind.is_some() && self.is_about_mail(),
            per_message: self.per_message(),
            returned: self.returned(),
            header: self.header(),
            per_recipient: Vec::new(),
            names_recipient: self.names_recipient(),
        };
        let words = reply::trimmed(self.page.text.text(), 0..self.page.text.text().len());
        if !narrative.is_about_mail && words.len() > limits::SHORT_PASTE {
            narrative.kind = None;
            return narrative;
        }
        if words.is_empty() {
            return narrative;
        }
        for n in 0..self.recipients.len() {
            let recipient = self.per_recipient(n, kind);
            if !budget.pay(&recipient) {
                break;
            }
            narrative.per_recipient.push(recipient);
        }
        if kind == Some(Kind::Delay)
            && let Some(until) = self.retried()
        {
            for recipient in &mut narrative.per_recipient {
                recipient
                    .will_retry_until
                    .get_or_insert_with(|| until.clone());
            }
        }
        if let Some(kind) = kind
            && narrative
                .per_recipient
                .iter()
                .all(|r| r.action == Some(Action::Delayed))
            && kind == Kind::Bounce
        {
            narrative.kind = Some(Kind::Delay);
        }
        // A log that tells of deliveries and of failures is about the failures.
        if narrative
            .per_recipient
            .iter()
            .any(|r| matches!(r.action, Some(Action::Failed | Action::Delayed)))
        {
            narrative.per_recipient.retain(|r| {
                !matches!(
                    r.action,
                    Some(Action::Delivered | Action::Relayed | Action::Expanded)
                )
            });
        }
        narrative
    }

    fn format(&self) -> &'static str {
        let is_log = self
            .page
            .lines
            .iter()
            .filter(|line| line.part == Part::Report && !line.range.is_empty())
            .take(3)
            .any(|line| line.is_log);
        if is_log {
            return "log";
        }
        match family::of(self.page.text.lower()) {
            // In a language without a mark of its own, by the host that wrote it.
            "text" if self.is_from_exchange() => "exchange",
            family => family,
        }
    }

    fn is_from_exchange(&self) -> bool {
        self.labelled(Label::ReportingMta).is_some_and(|range| {
            let host = self.page.lower(range);
            [".prod.outlook.com", ".prod.exchangelabs.com"]
                .iter()
                .any(|end| host.ends_with(end))
        })
    }

    /// Whether the text tells of a bounce or a delay.
    fn kind(&self) -> Option<Kind> {
        let tells = |what| self.page.phrases.iter().any(|(tells, _)| *tells == what);
        let replies = self
            .replies
            .iter()
            .filter(|reply| reply.place > Place::Prose);
        let permanent = replies.clone().any(Reply::is_permanent);
        let coded = replies.clone().next().is_some();
        let labelled = self.page.lines.iter().any(|line| {
            line.part == Part::Report && matches!(line.label, Some((Label::Action, _)))
        });
        let tabulated = self.page.tables.iter().any(|table| {
            let rows = &self.page.lines[table.rows.clone()];
            rows.iter().any(|row| {
                let words = self.page.lower(row.range.clone());
                let outcome = log::outcome(words).filter(|_| table.has_row(words));
                matches!(outcome, Some(Action::Failed | Action::Delayed))
            })
        });
        if !(coded
            || labelled
            || (tells(Tells::Hint) && self.labels_recipient())
            || tabulated
            || tells(Tells::Failure)
            || tells(Tells::GaveUp)
            || tells(Tells::Delay))
        {
            return None;
        }
        let delay = tells(Tells::Delay) && !permanent && !tells(Tells::GaveUp);
        Some(if delay { Kind::Delay } else { Kind::Bounce })
    }

    /// Whether it is mail that the text tells of.
    fn is_about_mail(&self) -> bool {
        let is_field = |line: &Line| matches!(line.label, Some((Label::Action, _)));
        self.replies.iter().any(Reply::is_sure)
            || self.page.lines.iter().any(is_field)
            || is_about_mail(self.page.text.text())
    }

    fn per_message(&self) -> PerMessage {
        let first = |wanted: Label| {
            (0..self.page.lines.len())
                .filter(|n| {
                    let line = &self.page.lines[*n];
                    line.part == Part::Report
                        && line.label.is_some_and(|(label, _)| label == wanted)
                })
                .find_map(|n| recipients::labelled(&self.page, n))
        };
        PerMessage {
            reporting_mta: first(Label::ReportingMta)
                .and_then(|range| self.host(range))
                .or_else(|| self.introduced()),
            received_from_mta: first(Label::ReceivedFromMta).and_then(|range| self.host(range)),
            arrival_date: first(Label::ArrivalDate).map(|range| self.field(range, Origin::Label)),
            original_envelope_id: None,
            queue_id: first(Label::QueueId)
                .map(|range| self.field(range, Origin::Label))
                .or_else(|| self.logged_queue_id()),
        }
    }

    /// The host that introduces itself: "This is the mail system at host mx.example.org."
    fn introduced(&self) -> Option<Field<String>> {
        let lower = self.page.text.lower();
        let (at, words) = INTRODUCTIONS
            .iter()
            .find_map(|words| lower.find(words).map(|at| (at, words.len())))?;
        // "END-OF-MESSAGE from client.example.net" introduces nobody.
        if lower[..at].ends_with('-') {
            return None;
        }
        let start = at + words;
        let rest = self.page.text.text().get(start..)?;
        let length = rest
            .find(|c: char| c.is_whitespace() || "([,;".contains(c))
            .unwrap_or(rest.len());
        let host = rest[..length].trim_end_matches(['.', ':']);
        reply::is_host(host).then(|| self.field(start..start + host.len(), Origin::Narrative))
    }

    fn logged_queue_id(&self) -> Option<Field<String>> {
        let line = self
            .page
            .lines
            .iter()
            .find(|line| line.part == Part::Report && line.is_log)?;
        let range = log::queue_id(self.page.raw(line.range.clone()))?;
        Some(self.field(
            line.range.start + range.start..line.range.start + range.end,
            Origin::Label,
        ))
    }

    /// The header block of the returned message: the lines around the first
    /// that tells of its way.
    fn header(&self) -> Option<Span> {
        let lines = &self.page.lines;
        let is_header = |line: &Line| line.part == Part::Returned && !line.range.is_empty();
        let first = lines.iter().position(|line| {
            is_header(line) && self.page.lower(line.range.clone()).starts_with("received:")
        })?;
        let above = lines[..first]
            .iter()
            .rev()
            .take_while(|line| is_header(line));
        let start = first - above.take_while(|line| line.label.is_some()).count();
        let end = first
            + lines[first..]
                .iter()
                .take_while(|line| is_header(line))
                .count();
        let range = lines[start].range.start..lines[end - 1].range.end;
        Some(self.page.text.span(range))
    }

    fn returned(&self) -> Returned {
        let first = |wanted: Label| {
            (0..self.page.lines.len())
                .filter(|n| {
                    let line = &self.page.lines[*n];
                    line.part != Part::Head
                        && line.part != Part::Signature
                        && line.label.is_some_and(|(label, _)| label == wanted)
                })
                .find_map(|n| recipients::labelled(&self.page, n))
                .map(|range| self.field(range, Origin::Returned))
        };
        let mut message_id = first(Label::MessageId);
        if let Some(field) = &mut message_id {
            field.value = field.value.trim_matches(['<', '>']).to_string();
        }
        Returned {
            subject: first(Label::Subject),
            from: first(Label::From),
            to: first(Label::To),
            date: first(Label::Date),
            message_id,
        }
    }
}

/// Whether a text speaks of mail, or is little more than a code: parcels are
/// undeliverable, and web sites answer with an error 500, too.
pub fn is_about_mail(text: &str) -> bool {
    static WORDS: OnceLock<Lists> = OnceLock::new();
    let words = text.trim();
    words.len() < BARE
        || words.starts_with(|c: char| c.is_ascii_digit())
        || WORDS.get_or_init(|| Lists::new([MAIL])).any(words)
        // Greek and all that stands behind it: every word would need its own list.
        || words.chars().any(|c| c >= '\u{370}' && c.is_alphabetic())
}

/// Length of a text, in bytes, that is about the code in it.
const BARE: usize = 40;

/// Words of texts about mail. One that may begin a sentence with another
/// letter than an ASCII one is listed without that.
const MAIL: &[&str] = &[
    "@",
    "mail",
    "smtp",
    "your message",
    "this message",
    "the message",
    "message to",
    "original message",
    "messages",
    "rcpt",
    "mx.",
    "relay",
    "spam",
    "bounce",
    "nachricht",
    "votre message",
    "mensaje",
    "messaggio",
    "mensagem",
    "bericht",
    "wiadomo",
    "medde",
    "melding",
    "viesti",
    "mesaj",
    "letiniz",
    "e-posta",
    "zpráv",
    "správ",
    "üzenet",
    "poruk",
    "pesan",
    "courriel",
    "correo",
    "outlook",
    "spf",
    "dmarc",
    "helo",
    "inbox",
    "blacklist",
    "blocklist",
    "greylist",
    "dnsbl",
    "0x800",
    "#4.",
    "#5.",
    ":587",
    ":465",
];

/// How hosts introduce themselves in reports.
const INTRODUCTIONS: &[&str] = &[
    "mail system at host ",
    "qmail-send program at ",
    "this is the mail delivery agent at ",
    "dragonfly mail agent v0.13 at ",
    "delivery status notification from ",
    "generated by the program amavisd-new at host\n",
    "почтовым сервером ",
    "message from ",
    "email server at ",
];
