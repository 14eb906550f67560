//! What must hold for every input: run on the fixtures and on all that the
//! fuzzer ever found by `invariants.rs`, on inputs without end by `fuzz/`.

use std::collections::HashSet;

use bounce_analyzer::container::html as page;
use bounce_analyzer::record::records;
use bounce_analyzer::smtp::address;
use bounce_analyzer::walk::Walk;
use bounce_analyzer::{Analysis, Options, Span, analyze};

#[path = "../../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;

/// One reader and what it must hold to.
pub type Target = fn(&[u8]);

/// Every target, by the name of its binary in `fuzz/`.
pub const TARGETS: &[(&str, Target)] = &[
    ("analyze", anything),
    ("dsn", dsn),
    ("text", text),
    ("html", html),
    ("entry", error_file),
    ("redaction", redaction),
];

/// Any input.
pub fn anything(bytes: &[u8]) {
    let analysis = read(bytes, false);
    assert_eq!(read(bytes, false), analysis, "not the same twice");
    // In UTF-16 a line end is no single byte, and a CR may be one already.
    if !bytes.iter().any(|byte| matches!(byte, b'\r' | 0)) && !is_utf16(bytes) {
        let crlf = read(&with_crlf(bytes), false);
        assert_eq!(crlf, analysis, "LF and CRLF disagree");
    }
    for record in records(&analysis, "fuzz") {
        for recipient in record.recipients {
            assert_eq!(recipient.evidence.len(), recipient.spans.len());
        }
    }
}

/// The fields of a delivery-status part (RFC 3464).
pub fn dsn(bytes: &[u8]) {
    message(
        "multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status",
        bytes,
    );
}

/// Text for people.
pub fn text(bytes: &[u8]) {
    message("text/plain; charset=utf-8", bytes);
}

/// A page of HTML.
pub fn html(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let text = page::text(&html);
    assert_eq!(page::text(&html), text, "not the same twice");
    // One character may stand for two: an entity never has fewer letters.
    assert!(text.len() <= 2 * html.len(), "longer than its page");
    message("text/html; charset=utf-8", bytes);
}

/// An error file of the catalogue.
pub fn error_file(bytes: &[u8]) {
    let markdown = String::from_utf8_lossy(bytes);
    let read = |markdown: &str| format!("{:?}", entry::read("family/name", markdown));
    assert_eq!(read(&markdown), read(&markdown), "not the same twice");
}

/// The redaction of any input.
pub fn redaction(bytes: &[u8]) {
    let plain = read(bytes, false);
    let redacted = read(bytes, true);
    assert_eq!(read(bytes, true), redacted, "not the same twice");
    let shape = |analysis: &Analysis| {
        let recipients: Vec<usize> = analysis
            .reports
            .iter()
            .map(|report| report.per_recipient.len())
            .collect();
        (analysis.sources.len(), recipients)
    };
    assert_eq!(shape(&plain), shape(&redacted));
    let people: HashSet<String> = texts(plain)
        .iter()
        .flat_map(|text| addresses(text))
        .filter(|address| !is_token(address))
        .collect();
    for text in texts(redacted) {
        let left: Vec<String> = addresses(&text)
            .into_iter()
            .filter(|address| people.contains(address))
            .collect();
        assert!(left.is_empty(), "{left:?} left in {text:?}");
    }
}

/// The body of a message of one media type.
fn message(media_type: &str, body: &[u8]) {
    let header = format!(
        "From: MAILER-DAEMON@example.net\nTo: a@example.com\nSubject: failure\nContent-Type: {media_type}\n\n"
    );
    anything(&[header.as_bytes(), body].concat());
}

/// Reads an input; every span lies on character boundaries inside its source.
#[track_caller]
fn read(bytes: &[u8], redacted: bool) -> Analysis {
    let analysis = analyze(bytes, &Options { redacted });
    assert!(!analysis.reports.is_empty());
    let mut walked = analysis.clone();
    let mut spans = Vec::new();
    walked.spans(&mut spans);
    for Span { source, start, end } in spans {
        let text = &analysis.sources[*source as usize].text;
        let inside = text.get(*start as usize..*end as usize);
        assert!(
            inside.is_some(),
            "{start}..{end} of {} bytes: {text:?}",
            text.len()
        );
    }
    analysis
}

/// Every text of an analysis, its sources included.
fn texts(mut analysis: Analysis) -> Vec<String> {
    let mut found = Vec::new();
    let mut texts: Vec<String> = analysis
        .sources
        .drain(..)
        .map(|source| source.text)
        .collect();
    analysis.texts(&mut found);
    texts.extend(found.into_iter().map(|text| text.clone()));
    texts
}

fn addresses(text: &str) -> Vec<String> {
    address::find_everywhere(text)
        .into_iter()
        .map(|found| text[found.range].to_lowercase())
        .collect()
}

/// Whether what stands before the `@` looks like what redaction writes.
fn is_token(address: &str) -> bool {
    const KINDS: [&str; 7] = ["user", "name", "ip", "message", "id", "tenant", "host"];
    let local = address.rsplit_once('@').map_or("", |(local, _)| local);
    KINDS.iter().any(|kind| local.contains(&format!("{kind}-")))
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut crlf = Vec::with_capacity(bytes.len() + bytes.len() / 20);
    for byte in bytes {
        if *byte == b'\n' {
            crlf.push(b'\r');
        }
        crlf.push(*byte);
    }
    crlf
}
