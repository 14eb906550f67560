//! Documents to a [`Report`]: what kind of message this is, for whom, and
//! which server said what.
//!
//! The field names are those of RFC 3464. Every value is optional, because
//! real bounces omit what the standard requires, and carries where it was
//! read. Nothing here consults the catalogue of errors.

pub mod dsn;
pub mod event;
mod fields;
mod log;
mod merge;
pub mod narrative;
pub mod not_a_bounce;
pub mod returned;
pub mod trace;

use serde::Serialize;

use crate::budget::Budget;
use crate::container::Document;
use crate::diagnosis::Diagnosis;
use crate::smtp::EnhancedStatus;
use crate::source::{Field, Origin, Role, Source, Span};

/// What one message says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// What kind of message it is.
    pub kind: Kind,
    /// The form it was read from: `rfc3464`, a family of mail systems
    /// (`exchange`, `gmail`, `postfix` ...), `log` or `text`.
    pub format: &'static str,
    /// What is said once for the message (RFC 3464, section 2.2).
    pub per_message: PerMessage,
    /// What is said for each recipient (RFC 3464, section 2.3); one entry
    /// without an address when nothing names one.
    pub per_recipient: Vec<PerRecipient>,
    /// The message that came back, where the report shows any of it.
    pub returned: Returned,
    /// The way of the message that came back; the report's own where it
    /// shows none of that.
    pub trace: trace::Trace,
}

/// What kind of message it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Delivery failed for good.
    Bounce,
    /// The server still tries.
    Delay,
    /// A success notice.
    Delivered,
    /// An automatic reply (RFC 3834).
    AutoReply,
    /// An abuse report (RFC 5965).
    AbuseReport,
    /// A read receipt (RFC 8098).
    ReadReceipt,
    /// Ordinary mail, or nothing that can be read.
    #[default]
    Other,
}

/// What is said once for the message (RFC 3464, section 2.2).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PerMessage {
    /// The host that wrote the report.
    pub reporting_mta: Option<Field<String>>,
    /// The host that the reporting one had the message from.
    pub received_from_mta: Option<Field<String>>,
    /// When the message arrived at the reporting host, as written.
    pub arrival_date: Option<Field<String>>,
    /// The envelope id that the sender chose.
    pub original_envelope_id: Option<Field<String>>,
    /// The reporting host's own name for the message.
    pub queue_id: Option<Field<String>>,
}

/// What is said for one recipient (RFC 3464, section 2.3).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PerRecipient {
    /// The address as the sender wrote it, where the report distinguishes it.
    pub original_recipient: Option<Field<String>>,
    /// The address that the reporting host could not serve.
    pub final_recipient: Option<Field<String>>,
    /// What became of it.
    pub action: Option<Action>,
    /// The status of the deciding reply; where that states none, the
    /// nearest enclosing one's.
    pub status: Option<Field<EnhancedStatus>>,
    /// The code of the deciding reply (RFC 5321, section 4.2), 200 to 599.
    pub reply_code: Option<Field<u16>>,
    /// The host that gave the deciding reply.
    pub remote_mta: Option<Field<String>>,
    /// The deciding words, as they stand.
    pub diagnostic_code: Option<Field<String>>,
    /// The SMTP command that was answered, upper case (`RCPT TO`, `DATA` ...).
    pub command: Option<Field<String>>,
    /// When the last attempt was made, as written.
    pub last_attempt_date: Option<Field<String>>,
    /// How long the server goes on trying, as written.
    pub will_retry_until: Option<Field<String>>,
    /// Everything that was said about this recipient, the deciding statement
    /// first, then from the inside out: enclosing replies, then the words
    /// for people.
    pub said: Vec<Statement>,
    /// What it means; filled in by [`crate::diagnosis`].
    pub diagnosis: Option<Diagnosis>,
}

/// What became of a recipient (RFC 3464, section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Could not be delivered.
    Failed,
    /// Not yet delivered; the server goes on trying.
    Delayed,
    /// Delivered.
    Delivered,
    /// Passed on to a system that sends no reports.
    Relayed,
    /// Delivered to a list or an alias, and sent on from there.
    Expanded,
}

/// Something that a host said about a recipient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// The words, from the first to the last, as they stand.
    pub span: Span,
    /// Whether these are a server's own words or text around them.
    pub voice: Voice,
    /// The reply code that it states, itself.
    pub reply_code: Option<Field<u16>>,
    /// The enhanced status that it states, itself.
    pub status: Option<Field<EnhancedStatus>>,
    /// The host that said it, where the report tells.
    pub speaker: Option<Field<String>>,
    /// Whether more was said here than was read: a limit cut its end, or left
    /// out what stands behind it.
    #[serde(skip)]
    pub is_cut: bool,
}

/// Whose words a [`Statement`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// A reply of an SMTP server, or a diagnostic of the mail system.
    Reply,
    /// Text for people.
    Narrative,
}

/// What the report shows of the message that came back.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Returned {
    /// Its subject, decoded.
    pub subject: Option<Field<String>>,
    /// Its author, as written.
    pub from: Option<Field<String>>,
    /// The recipients that it names, as written.
    pub to: Option<Field<String>>,
    /// Its date, as written.
    pub date: Option<Field<String>>,
    /// Its id, without angle brackets.
    pub message_id: Option<Field<String>>,
}

/// Reads one document: the report that it is, or those that it carries.
///
/// A report decides for itself; what it carries is the message that came
/// back. In any other message, the reports attached to it decide, however
/// deep they are. Never empty.
pub fn read(document: &Document, sources: &mut [Source], budget: &mut Budget) -> Vec<Report> {
    let readings: Vec<merge::Reading> = document
        .messages
        .iter()
        .map(|message| merge::Reading::of(message, sources, budget))
        .collect();
    // The surest sign first: a report that names someone, then one by its
    // form alone, then words that report something.
    let signs: [fn(&merge::Reading) -> bool; 3] = [
        merge::Reading::is_complete,
        merge::Reading::is_structured,
        merge::Reading::tells,
    ];
    let deciding = signs
        .iter()
        .map(|sign| outermost(document, |n| readings.get(n).is_some_and(sign)))
        .find(|found| !found.is_empty())
        .unwrap_or_else(|| vec![0]);
    let returned = returned_headers(document);
    let mut reports = Vec::new();
    for n in deciding {
        let Some((reading, message)) = readings.get(n).zip(document.messages.get(n)) else {
            continue;
        };
        let returned = returned.get(n).map_or(&[][..], Vec::as_slice);
        for source in returned {
            if let Some(source) = sources.get_mut(*source as usize) {
                source.role = Role::Returned;
            }
        }
        let mut report = merge::report(reading, returned, sources, budget);
        let shown = reading.shown_header();
        report.trace = trace(message.headers, returned, shown, sources, budget);
        reports.push(report);
    }
    reports
}

/// The messages for which `is` holds and that no such message carries.
fn outermost(document: &Document, is: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut within = vec![false; document.messages.len()];
    let mut found = Vec::new();
    for (n, message) in document.messages.iter().enumerate() {
        // A carrier always stands before what it carries.
        let inside = message
            .parent
            .is_some_and(|parent| within.get(parent).copied().unwrap_or(false));
        let holds = !inside && is(n);
        if holds {
            found.push(n);
        }
        if let Some(within) = within.get_mut(n) {
            *within = inside || holds;
        }
    }
    found
}

/// The way of the message that came back, by its own header block or the one
/// that the text `shown` for people holds; else the report's own.
fn trace(
    own: Option<u32>,
    returned: &[u32],
    shown: Option<Span>,
    sources: &[Source],
    budget: &mut Budget,
) -> trace::Trace {
    let whole = |block: u32| Some(sources.get(block as usize)?.whole(block));
    let block = returned.first().and_then(|block| whole(*block));
    [block, shown]
        .into_iter()
        .flatten()
        .map(|block| trace::read(sources, block, Origin::Returned, budget))
        .find(|trace| !trace.hops.is_empty())
        .or_else(|| {
            let block = own.and_then(whole)?;
            Some(trace::read(sources, block, Origin::Header, budget))
        })
        .unwrap_or_default()
}

/// For each message the header blocks of what it carries: those of attached
/// messages, then those that came without a body.
fn returned_headers(document: &Document) -> Vec<Vec<u32>> {
    let mut blocks = vec![Vec::new(); document.messages.len()];
    for message in &document.messages {
        if let Some(carrier) = message.parent.and_then(|parent| blocks.get_mut(parent)) {
            carrier.extend(message.headers);
        }
    }
    for (blocks, message) in blocks.iter_mut().zip(&document.messages) {
        blocks.extend(&message.returned);
    }
    blocks
}
