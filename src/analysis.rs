//! What the page receives: everything that was read from one input.

use serde::Serialize;

use crate::catalog::Basis;
use crate::input::InputKind;
use crate::redact::redact;
use crate::report::{Kind, Report};
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
    let (input, bytes, mut problems) = input::sniff(bytes);
    let container = container::open(input, &bytes);
    problems.extend(container.problems);
    let mut sources = container.sources;
    let mut reports: Vec<Report> = container
        .documents
        .iter()
        .flat_map(|document| report::read(document, &mut sources, &mut problems))
        .collect();
    for report in &mut reports {
        diagnosis::diagnose(report, &sources);
        if report.kind == Kind::Other && input == InputKind::Text {
            only_known_words(report, &sources);
        }
    }
    let mut said = Vec::new();
    problems.retain(|problem| {
        let fresh = !said.contains(problem);
        said.extend(fresh.then(|| problem.clone()));
        fresh
    });
    let analysis = Analysis {
        input,
        sources,
        reports,
        problems,
    };
    match options.redacted {
        true => redact(&analysis),
        false => analysis,
    }
}

/// A few pasted words that tell no failure by themselves ("DNS lookup
/// responded with code NXDOMAIN") are a bounce when an article knows them.
fn only_known_words(report: &mut Report, sources: &[Source]) {
    report.kind = Kind::Bounce;
    diagnosis::diagnose(report, sources);
    let known = report
        .per_recipient
        .iter()
        .filter_map(|recipient| recipient.diagnosis.as_ref())
        .any(|diagnosis| diagnosis.basis != Basis::Class);
    if !known {
        report.kind = Kind::Other;
        report.per_recipient.clear();
    }
}
