//! The decoded texts that evidence points into.
//!
//! An offset means nothing without naming its text: a [`Span`] names both, so
//! that the page can show where every value was read.

use serde::Serialize;

/// One decoded text of the input: the message as a person reads it, a
/// delivery-status part, a header block, a returned message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// What this text is within its message.
    pub role: Role,
    /// The text, decoded to UTF-8. Every line ends with `\n`.
    pub text: String,
    /// Where a mail program or a copy broke every line, the width in
    /// characters at which it did so, inside words too. `None` for lines
    /// that end where their author ended them.
    pub wrapped_at: Option<u32>,
}

impl Source {
    /// All of it, where `source` is its index.
    pub fn whole(&self, source: u32) -> Span {
        Span {
            source,
            start: 0,
            end: self.text.len() as u32,
        }
    }
}

/// What a [`Source`] is within its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Text for a person: a text part, pasted text, a log.
    Text,
    /// The fields of a `message/delivery-status` part (RFC 3464) or of its
    /// relatives (RFC 6533, RFC 5965, RFC 8098).
    Status,
    /// The header block of the report itself.
    Headers,
    /// The returned message, or its header block.
    Returned,
}

/// A stretch of one source: bytes `start..end` of its UTF-8 text.
///
/// Both ends lie on character boundaries. In JavaScript the same numbers
/// count UTF-16 units; only `wasm.rs` converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// Index into [`Analysis::sources`](crate::Analysis::sources).
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Bytes.
    pub fn length(&self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// The words that this span covers; empty when it points outside of `sources`.
    pub fn of<'a>(&self, sources: &'a [Source]) -> &'a str {
        sources
            .get(self.source as usize)
            .and_then(|source| source.text.get(self.start as usize..self.end as usize))
            .unwrap_or("")
    }
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field<T> {
    /// The value, cleaned up for use.
    pub value: T,
    /// Where it stands.
    pub span: Span,
    /// What kind of place that is.
    pub origin: Origin,
}

/// The kind of place a value was read in, the most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A field of a delivery-status part (RFC 3464, section 2).
    DeliveryStatus,
    /// A server's reply, wherever it is quoted.
    Reply,
    /// A header of the report.
    Header,
    /// Labelled or structured text for people.
    Label,
    /// Running text for people.
    Narrative,
    /// The returned message.
    Returned,
}
