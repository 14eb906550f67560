//! The header block of the returned message to what it says of it.

use std::ops::Range;

use crate::report::fields::{self, Lines};
use crate::report::{Returned, dsn};
use crate::source::{Field, Origin, Source, Span};

/// Reads header blocks; the first that states a value decides.
pub fn read(sources: &[Source], blocks: &[u32]) -> Returned {
    let mut returned = Returned::default();
    for &block in blocks {
        let Some(source) = sources.get(block as usize) else {
            continue;
        };
        for field in fields::read(source, Lines::All) {
            let slot = match field.name.to_ascii_lowercase().as_str() {
                "subject" => &mut returned.subject,
                "from" => &mut returned.from,
                "to" => &mut returned.to,
                "date" => &mut returned.date,
                "message-id" => &mut returned.message_id,
                _ => continue,
            };
            if slot.is_none() {
                *slot = value(sources, block, &field.name, &field.value);
            }
        }
    }
    returned
}

/// The one address that the returned message went to, where its header
/// leaves no doubt: its only recipient, or the one for whom the host that
/// took it says that it did (RFC 5321, section 4.4).
pub fn only_recipient(sources: &[Source], blocks: &[u32]) -> Option<Field<String>> {
    // The first block is the message itself; what it carries is not.
    let block = *blocks.first()?;
    let mut named: Vec<Field<String>> = Vec::new();
    let mut taken_for = None;
    for field in fields::read(sources.get(block as usize)?, Lines::All) {
        let span = Span {
            source: block,
            start: field.value.start as u32,
            end: field.value.end as u32,
        };
        match field.name.to_ascii_lowercase().as_str() {
            "to" | "cc" => named.extend(addresses(sources, span).take(3)),
            "received" if taken_for.is_none() => {
                let text = span.of(sources);
                let clause = text.find("for <").map(|at| span.start + at as u32);
                taken_for =
                    clause.and_then(|start| addresses(sources, Span { start, ..span }).next());
            }
            _ => {}
        }
    }
    named.dedup_by(|one, other| one.value.eq_ignore_ascii_case(&other.value));
    match named.as_slice() {
        [only] => Some(only.clone()),
        _ => taken_for,
    }
}

/// The addresses of a header field, each where it stands.
pub fn addresses(sources: &[Source], span: Span) -> impl Iterator<Item = Field<String>> {
    let is_inside =
        |c: char| !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '(' | ')' | ':' | '"');
    let text = span.of(sources);
    let mut at = 0;
    text.split_inclusive(move |c| !is_inside(c))
        .filter_map(move |token| {
            let start = at;
            at += token.len();
            let plain = token.trim_end_matches(|c| !is_inside(c));
            dsn::is_proper(plain).then(|| Field {
                value: plain.to_string(),
                span: Span {
                    start: span.start + start as u32,
                    end: span.start + (start + plain.len()) as u32,
                    ..span
                },
                origin: Origin::Returned,
            })
        })
}

fn value(
    sources: &[Source],
    block: u32,
    name: &str,
    range: &Range<usize>,
) -> Option<Field<String>> {
    let mut field = fields::value(sources, block, range, Origin::Returned);
    if name.eq_ignore_ascii_case("message-id") {
        let id = field.value.trim_matches(['<', '>']).to_string();
        if let Some(at) = field.span.of(sources).find(&id) {
            field.span.start += at as u32;
            field.span.end = field.span.start + id.len() as u32;
        }
        field.value = id;
    }
    (!field.value.is_empty()).then_some(field)
}
