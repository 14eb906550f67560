//! SMTP replies (RFC 5321, section 4.2).

use crate::report::{Statement, Voice};
use crate::smtp::EnhancedStatus;
use crate::source::{Field, Origin, Source, Span};

/// The replies said in a stretch, unwrapped, the deciding (innermost) first.
///
/// Never empty for a stretch with any words: one statement without a code
/// stands for text in which none was found.
pub fn statements(sources: &[Source], span: Span) -> Vec<Statement> {
    let text = span.of(sources);
    if text.trim().is_empty() {
        return Vec::new();
    }
    let mut reply_code = None;
    let mut status = None;
    let mut at = span.start;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || c == '-' || c == ';') {
        let plain = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let here = Span {
            start: at,
            end: at + plain.len() as u32,
            ..span
        };
        if let Ok(value) = plain.parse::<EnhancedStatus>() {
            status = status.or(Some(Field {
                value,
                span: here,
                origin: Origin::Reply,
            }));
        } else if let (3, Ok(value @ 200..=599)) = (plain.len(), plain.parse::<u16>()) {
            reply_code = reply_code.or(Some(Field {
                value,
                span: here,
                origin: Origin::Reply,
            }));
        }
        at += word.len() as u32;
    }
    vec![Statement {
        span,
        voice: Voice::Reply,
        reply_code,
        status,
        speaker: None,
    }]
}
