//! Lines of `Name: value` to fields: the header block of a message, a
//! delivery-status part, or either of them quoted in the middle of a text.
//!
//! ```text
//! > Diagnostic-Code: smtp; 550 5.1.1
//! >   User unknown                      ->  Diagnostic-Code, 550 5.1.1 User unknown
//! ```

use std::ops::Range;

use crate::limits;
use crate::source::{Field, Origin, Source, Span};

/// One field. The ranges are bytes of the source's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawField {
    /// The name, as written.
    pub name: String,
    /// The value with its folds, white space at both ends left out.
    pub value: Range<usize>,
    /// Whether a blank line, or the start of the text, stands before it.
    pub begins_group: bool,
}

/// Which lines are fields.
#[derive(Clone, Copy)]
pub enum Lines<'a> {
    /// Every line with a name and a colon, and what has neither continues
    /// the line before it.
    All,
    /// Those with one of these names (compared without case), wherever they
    /// stand in text for people.
    Named(&'a [&'a str]),
}

/// The fields of a source.
pub fn read(source: &Source, lines: Lines<'_>) -> Vec<RawField> {
    read_within(source, 0..source.text.len(), lines)
}

/// The fields in a stretch of a source that begins and ends with a line.
pub fn read_within(source: &Source, stretch: Range<usize>, lines: Lines<'_>) -> Vec<RawField> {
    let mut fields: Vec<RawField> = Vec::new();
    let mut open = false;
    let mut begins_group = true;
    let mut indent = 0;
    let mut full = false;
    let mut at = stretch.start;
    for line in source.text.get(stretch).unwrap_or("").split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end_matches('\n');
        let quote = quote_width(body);
        let rest = body.get(quote..).unwrap_or("");
        let text = rest.trim();
        let from = start + quote + (rest.len() - rest.trim_start().len());
        let joined = std::mem::replace(
            &mut full,
            source
                .wrapped_at
                .is_some_and(|width| body.chars().count() == width as usize),
        );
        if text.is_empty() {
            open = false;
            begins_group = true;
            continue;
        }
        let here = rest.len() - rest.trim_start().len();
        let folded = joined || here > indent;
        let named = match (lines, name(text)) {
            (_, None) => None,
            (Lines::All, Some(name)) => Some(name).filter(|name| {
                !(open && folded) || (joined && here <= indent && is_status_field(name))
            }),
            (Lines::Named(names), Some(name)) => names
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
                .then_some(name)
                .filter(|_| !(open && joined)),
        };
        if let Some(name) = named {
            if fields.len() == limits::FIELDS {
                break;
            }
            indent = here;
            let value = text.get(name.len()..).unwrap_or("").trim_start();
            let value = value.strip_prefix(':').unwrap_or(value).trim_start();
            let end = from + text.len();
            fields.push(RawField {
                name: name.trim_end().to_string(),
                value: end - value.len()..end,
                begins_group,
            });
            open = true;
            begins_group = false;
        } else if open && (folded || matches!(lines, Lines::All) || goes_on(text)) {
            if let Some(last) = fields.last_mut() {
                if last.value.is_empty() {
                    last.value.start = from;
                }
                last.value.end = from + text.len();
            }
        } else {
            open = false;
        }
    }
    fields
}

/// The value of a field on one line, and where it stands.
pub fn value(
    sources: &[Source],
    source: u32,
    range: &Range<usize>,
    origin: Origin,
) -> Field<String> {
    let span = Span {
        source,
        start: range.start as u32,
        end: range.end as u32,
    };
    Field {
        value: unfolded(sources, span),
        span,
        origin,
    }
}

/// The words of a span on one line, without quote marks and folds.
pub fn unfolded(sources: &[Source], span: Span) -> String {
    let width = sources
        .get(span.source as usize)
        .and_then(|source| source.wrapped_at);
    let mut text = String::new();
    let mut joined = true;
    for (n, line) in span.of(sources).lines().enumerate() {
        // The first line lacks what stands before the span, so that its
        // width tells nothing; it is joined as the others are not.
        let body = line.get(quote_width(line)..).unwrap_or("").trim();
        if !joined && !body.is_empty() && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(body);
        joined = width.is_some_and(|width| {
            let before = match n {
                0 => column(sources, span),
                _ => 0,
            };
            before + line.chars().count() == width as usize
        });
    }
    text
}

/// How many characters stand on the line before a span.
fn column(sources: &[Source], span: Span) -> usize {
    let before = sources
        .get(span.source as usize)
        .and_then(|source| source.text.get(..span.start as usize))
        .unwrap_or("");
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    before.get(line..).unwrap_or("").chars().count()
}

/// The name that a line begins with: a token (RFC 5322, section 2.2) before
/// a colon. Some systems put a blank before the colon.
fn name(line: &str) -> Option<&str> {
    let bytes = line.as_bytes();
    let colon = bytes.iter().take(60).position(|b| *b == b':')?;
    let name = line.get(..colon)?;
    let token = name.trim_end();
    let good = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic() && b != b'<');
    good.then_some(name)
}

/// Whether a field may follow a line of the full width without going on
/// with it: the fields that delivery-status parts have on every recipient.
fn is_status_field(name: &str) -> bool {
    [
        "Original-Recipient",
        "Final-Recipient",
        "Action",
        "Status",
        "Remote-MTA",
        "Diagnostic-Code",
        "Last-Attempt-Date",
        "Will-Retry-Until",
        "Arrival-Date",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(name.trim_end()))
}

/// Whether a line that is neither a field nor folded goes on with a reply:
/// servers' lines are copied into Diagnostic-Code without folding them.
fn goes_on(line: &str) -> bool {
    let bytes = line.as_bytes();
    matches!(
        bytes,
        [
            b'2' | b'4' | b'5',
            b'0'..=b'9',
            b'0'..=b'9',
            b' ' | b'-',
            ..
        ]
    )
}

/// How many bytes of quote marks a line begins with, and the one blank
/// behind each; none where nothing is quoted.
fn quote_width(line: &str) -> usize {
    let mut width = 0;
    let mut rest = line.trim_start_matches([' ', '\t']);
    while let Some(after) = rest.strip_prefix('>') {
        rest = after.strip_prefix(' ').unwrap_or(after);
        width = line.len() - rest.len();
        let further = rest.trim_start_matches([' ', '\t']);
        if further.starts_with('>') {
            rest = further;
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Role;

    #[track_caller]
    fn check(text: &str, wrapped_at: Option<u32>, lines: Lines<'_>, expected: &[(&str, &str)]) {
        let sources = [Source {
            role: Role::Text,
            text: text.to_string(),
            wrapped_at,
        }];
        let fields = read(&sources[0], lines);
        let got: Vec<(String, String)> = fields
            .iter()
            .map(|field| {
                let value = value(&sources, 0, &field.value, Origin::Label);
                (field.name.clone(), value.value)
            })
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn folded_quoted_and_broken_fields() {
        check(
            "A: b\n\tc\n d\nE : f\n",
            None,
            Lines::All,
            &[("A", "b c d"), ("E", "f")],
        );
        check(
            "> A: b\n>   c\n>\n> E: f",
            None,
            Lines::All,
            &[("A", "b c"), ("E", "f")],
        );
        check(
            "A: 550-one\n550 two\nE:",
            None,
            Lines::All,
            &[("A", "550-one 550 two"), ("E", "")],
        );
        check(
            "A: b123456\n789: c\nE: f",
            Some(10),
            Lines::All,
            &[("A", "b123456789: c"), ("E", "f")],
        );
        check("A:\n b", None, Lines::All, &[("A", "b")]);
        check("", None, Lines::All, &[]);
        check(">>>\n>", None, Lines::All, &[]);
    }

    #[test]
    fn named_fields_stand_in_text() {
        let text = "Hello: you\n  Status: 5.1.1\n    (bad)\n  Other: x\n\nstatus: 4.0.0\nand so on";
        check(
            text,
            None,
            Lines::Named(&["Status"]),
            &[("Status", "5.1.1 (bad)"), ("status", "4.0.0")],
        );
    }

    #[test]
    fn blank_lines_begin_groups() {
        let source = Source {
            role: Role::Status,
            text: "A: b\nC: d\n\n\nE: f\n".to_string(),
            wrapped_at: None,
        };
        let groups: Vec<bool> = read(&source, Lines::All)
            .iter()
            .map(|field| field.begins_group)
            .collect();
        assert_eq!(groups, [true, false, true]);
    }
}
