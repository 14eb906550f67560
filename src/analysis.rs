//! What the page receives: everything that was read from one input.

use serde::Serialize;

use crate::budget::Budget;
use crate::catalog::Basis;
use crate::container::Container;
use crate::input::InputKind;
use crate::redact::redact;
use crate::report::{Kind, Report, narrative};
use crate::source::{Source, Span};
use crate::{container, diagnosis, input, report};

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether to replace what points to people, in the sources and in every
    /// value: see [`crate::redact`].
    pub redacted: bool,
}

/// Everything that was read from one input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// What the input is.
    pub input: InputKind,
    /// The decoded texts that every span points into.
    pub sources: Vec<Source>,
    /// One for each message, in the order of the input; never empty.
    pub reports: Vec<Report>,
    /// What was damaged, cut or unreadable.
    pub problems: Vec<Problem>,
}

/// Something about the input that the reader should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What it is, in kebab-case: `empty`, `too-large` ...
    pub code: &'static str,
    /// Where, if anywhere.
    pub span: Option<Span>,
}

/// Reads one input: an .eml, pasted text, a log line, a bare code.
///
/// Total: it never fails and never panics, does no I/O, and every input gets
/// an answer. What was damaged, cut or unreadable stands in
/// [`Analysis::problems`].
pub fn analyze(bytes: &[u8], options: &Options) -> Analysis {
    let mut budget = Budget::default();
    let (input, bytes) = input::sniff(bytes, &mut budget);
    let Container {
        documents,
        mut sources,
        mut budget,
        ..
    } = container::open(input, &bytes, budget);
    let mut reports: Vec<Report> = Vec::new();
    for document in &documents {
        reports.extend(report::read(document, &mut sources, &mut budget));
        if budget.is_spent() {
            break;
        }
    }
    for report in &mut reports {
        diagnosis::diagnose(report, &sources, &mut budget);
        if report.kind == Kind::Other && input == InputKind::Text {
            only_known_words(report, &sources, &mut budget);
        }
    }
    let analysis = Analysis {
        input,
        sources,
        reports,
        problems: budget.into_problems(),
    };
    match options.redacted {
        true => redact(&analysis),
        false => analysis,
    }
}

/// A few pasted words that tell no failure by themselves ("DNS lookup
/// responded with code NXDOMAIN") are a bounce when an article knows them.
fn only_known_words(report: &mut Report, sources: &[Source], budget: &mut Budget) {
    report.kind = Kind::Bounce;
    diagnosis::diagnose(report, sources, budget);
    let text = sources.first().map_or("", |source| &source.text);
    let surest = report
        .per_recipient
        .iter()
        .filter_map(|recipient| recipient.diagnosis.as_ref())
        .map(|diagnosis| diagnosis.basis)
        .min();
    let known = match surest {
        // A code that is nobody's own may be any number, unless it is about mail.
        Some(Basis::Registry) => narrative::is_about_mail(text) || asks_about_sending(text),
        Some(basis) => basis < Basis::Registry,
        None => false,
    };
    if !known {
        report.kind = Kind::Other;
        report.per_recipient.clear();
    }
}

/// Whether it is by sending that somebody met a code, without a word of mail.
fn asks_about_sending(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["send", "enviar", "envío", "envoy", "invia"]
        .iter()
        .any(|word| lower.contains(word))
}
