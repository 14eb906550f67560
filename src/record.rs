//! One message as a JSON object: what other tools rely on.
//!
//! The example `analyze` prints one line a message, and the page exports the
//! same objects. The fields are told in `ARCHITECTURE.md`; they are snake
//! case and every one is always there, `null` where nothing is known.

use serde::Serialize;

use crate::analysis::Analysis;
use crate::catalog::{Basis, Category};
use crate::report::{Action, Kind, PerRecipient, Report};
use crate::smtp::EnhancedStatus;
use crate::source::{Field, Span};

/// One message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    /// Where it came from: a path, or `path#n` in a mailbox.
    pub source: String,
    /// What kind of message it is.
    pub kind: Kind,
    /// The form that it was read from.
    pub format: &'static str,
    /// The host that wrote the report.
    pub reporting_mta: Option<String>,
    /// One for each recipient.
    pub recipients: Vec<RecipientRecord>,
    /// What it shows of the message that came back.
    pub original: OriginalRecord,
    /// What was damaged, cut or unreadable.
    pub problems: Vec<&'static str>,
}

/// One recipient of a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecipientRecord {
    /// The address that could not be served.
    pub address: Option<String>,
    /// The address as the sender wrote it, where it differs.
    pub original_address: Option<String>,
    /// What became of it; `null` when the message is no bounce.
    pub action: Option<Action>,
    /// The status of the deciding reply.
    pub status: Option<EnhancedStatus>,
    /// The code of the deciding reply.
    pub reply_code: Option<u16>,
    /// The deciding words.
    pub diagnostic: Option<String>,
    /// The host that gave the deciding reply.
    pub remote_mta: Option<String>,
    /// The SMTP command that was answered.
    pub command: Option<String>,
    /// What kind of failure it is.
    pub category: Option<Category>,
    /// Whether it is final.
    pub permanent: Option<bool>,
    /// The id of the article that explains it.
    pub article: Option<&'static str>,
    /// How sure that is.
    pub basis: Option<Basis>,
    /// The words that decided, exactly as they stand.
    pub evidence: Vec<String>,
    /// Where they stand.
    pub spans: Vec<Span>,
}

/// What a report shows of the message that came back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OriginalRecord {
    /// Its subject, decoded.
    pub subject: Option<String>,
    /// Its author, as written.
    pub from: Option<String>,
    /// Its recipients, as written.
    pub to: Option<String>,
    /// Its date, as written.
    pub date: Option<String>,
    /// Its id, without angle brackets.
    pub message_id: Option<String>,
}

/// The records of an input called `name`: one for each message, `name#1`
/// and on when there are several.
pub fn records(analysis: &Analysis, name: &str) -> Vec<Record> {
    let several = analysis.reports.len() > 1;
    analysis
        .reports
        .iter()
        .enumerate()
        .map(|(n, report)| {
            let source = match several {
                true => format!("{name}#{}", n + 1),
                false => name.to_string(),
            };
            record(analysis, report, source)
        })
        .collect()
}

fn record(analysis: &Analysis, report: &Report, source: String) -> Record {
    let returned = &report.returned;
    Record {
        source,
        kind: report.kind,
        format: report.format,
        reporting_mta: value(&report.per_message.reporting_mta),
        recipients: report
            .per_recipient
            .iter()
            .map(|recipient| recipient_record(analysis, report.kind, recipient))
            .collect(),
        original: OriginalRecord {
            subject: value(&returned.subject),
            from: value(&returned.from),
            to: value(&returned.to),
            date: value(&returned.date),
            message_id: value(&returned.message_id),
        },
        problems: analysis
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect(),
    }
}

fn recipient_record(analysis: &Analysis, kind: Kind, recipient: &PerRecipient) -> RecipientRecord {
    let final_address = value(&recipient.final_recipient);
    let original_address = value(&recipient.original_recipient);
    let diagnosis = recipient.diagnosis.as_ref();
    let reports_failure = matches!(kind, Kind::Bounce | Kind::Delay);
    let spans = diagnosis.map(|d| d.evidence.clone()).unwrap_or_default();
    RecipientRecord {
        original_address: original_address
            .clone()
            .filter(|original| Some(original) != final_address.as_ref()),
        address: final_address.or(original_address),
        action: recipient
            .action
            .filter(|_| reports_failure || kind == Kind::Delivered),
        status: recipient.status.as_ref().map(|field| field.value),
        reply_code: recipient.reply_code.as_ref().map(|field| field.value),
        diagnostic: value(&recipient.diagnostic_code),
        remote_mta: value(&recipient.remote_mta),
        command: value(&recipient.command),
        category: diagnosis.map(|d| d.category),
        permanent: diagnosis.map(|d| d.permanent),
        article: diagnosis.map(|d| d.article),
        basis: diagnosis.map(|d| d.basis),
        evidence: spans
            .iter()
            .map(|span| span.of(&analysis.sources).to_string())
            .collect(),
        spans,
    }
}

fn value(field: &Option<Field<String>>) -> Option<String> {
    field.as_ref().map(|field| field.value.clone())
}
