//! The header block of the returned message to what it says of it.

use std::ops::Range;

use crate::report::Returned;
use crate::report::fields::{self, Lines};
use crate::source::{Field, Origin, Source};

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
