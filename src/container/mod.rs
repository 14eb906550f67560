//! Bytes to documents: the decoded texts of each message.

use crate::analysis::Problem;
use crate::input::InputKind;
use crate::source::{Role, Source};

/// Everything an input holds.
#[derive(Debug, Default)]
pub struct Container {
    /// The decoded texts.
    pub sources: Vec<Source>,
    /// One for each message.
    pub documents: Vec<Document>,
    /// What was damaged, cut or unreadable.
    pub problems: Vec<Problem>,
}

/// One message: which sources are its own.
#[derive(Debug)]
pub struct Document {
    /// Indices into [`Container::sources`].
    pub sources: std::ops::Range<u32>,
}

/// Opens an input.
pub fn open(_kind: InputKind, bytes: &[u8]) -> Container {
    Container {
        sources: vec![Source {
            role: Role::Text,
            text: String::from_utf8_lossy(bytes).into_owned(),
            wrapped_at: None,
        }],
        documents: vec![Document { sources: 0..1 }],
        problems: Vec::new(),
    }
}
