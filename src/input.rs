//! What kind of thing the bytes are.

use serde::Serialize;

use crate::analysis::Problem;

/// What kind of thing the input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// Nothing but white space.
    Empty,
    /// A message with its headers (RFC 5322).
    Message,
    /// Anything else that is text.
    Text,
}

/// Tells what the bytes are, and cuts them to [`limits::INPUT`](crate::limits::INPUT).
pub fn sniff(bytes: &[u8]) -> (InputKind, &[u8], Vec<Problem>) {
    (InputKind::Text, bytes, Vec::new())
}
