//! Bytes to documents: the decoded texts of each message, and which of them
//! belongs to which of the messages inside of each other.

use crate::budget::Budget;
use crate::input::{self, InputKind};
use crate::source::{Role, Source};

pub mod charset;
mod eml;
pub mod encoded_words;
mod entities;
pub mod html;
mod mbox;
pub mod text;

/// Everything an input holds.
#[derive(Debug, Default)]
pub struct Container {
    /// The decoded texts.
    pub sources: Vec<Source>,
    /// One for each message.
    pub documents: Vec<Document>,
    /// What may still be read, and what was damaged, cut or unreadable.
    pub budget: Budget,
    /// The width at which the lines of the current message were broken.
    wrapped_at: Option<u32>,
}

/// One message with everything that it carries.
#[derive(Debug, Default)]
pub struct Document {
    /// The message and those attached to it at any depth, the outermost
    /// first; never empty.
    pub messages: Vec<Message>,
}

/// One level of a document. The numbers are indices into
/// [`Container::sources`].
#[derive(Debug, Default, Clone)]
pub struct Message {
    /// The index in [`Document::messages`] of the message that carries this one.
    pub parent: Option<usize>,
    /// Its header block.
    pub headers: Option<u32>,
    /// The media type that its header declares, lower case; empty without one.
    pub content_type: String,
    /// Its texts for people, in order.
    pub texts: Vec<u32>,
    /// Its parts of machine-readable fields, in order.
    pub status: Vec<u32>,
    /// Header blocks of returned messages that came without a body.
    pub returned: Vec<u32>,
    /// Whether its end is missing: the last boundary line never comes.
    pub is_cut: bool,
}

/// Opens an input.
pub fn open(kind: InputKind, bytes: &[u8], budget: Budget) -> Container {
    let mut container = Container {
        budget,
        ..Container::default()
    };
    match kind {
        InputKind::Message => container.add_message(bytes),
        InputKind::Mailbox => {
            for message in mbox::messages(bytes, &mut container.budget) {
                container.add_message(&message);
            }
        }
        InputKind::MultipartBody => {
            let message = eml::with_multipart_header(bytes);
            container.add_message(message.as_deref().unwrap_or(bytes));
        }
        InputKind::Html | InputKind::Text | InputKind::Empty => {
            let plain = text::without_transfer_encoding(bytes);
            if plain.len() != bytes.len() && input::is_header_block(&plain) {
                container.add_message(&plain);
            } else {
                container.add_text(kind == InputKind::Html, bytes);
            }
        }
    }
    if container.documents.is_empty() {
        container.documents.push(Document {
            messages: vec![Message::default()],
        });
    }
    container
}

impl Container {
    fn add_message(&mut self, bytes: &[u8]) {
        let body = bytes.windows(2).position(|pair| pair == b"\n\n");
        let body = body.and_then(|body| bytes.get(body..));
        self.wrapped_at = body.and_then(text::wrapped_at);
        match eml::read(bytes, self) {
            Some(document) => self.documents.push(document),
            None => self.add_text(false, bytes),
        }
    }

    fn add_text(&mut self, is_html: bool, bytes: &[u8]) {
        let (mut text, malformed) = text::decode(bytes);
        self.wrapped_at = text::wrapped_at(text.as_bytes()).filter(|_| !is_html);
        if is_html {
            text = html::text(&text);
        }
        if malformed {
            self.budget.problem("unreadable-characters");
        }
        let message = Message {
            texts: vec![self.add(Role::Text, text)],
            ..Message::default()
        };
        self.documents.push(Document {
            messages: vec![message],
        });
    }

    /// Adds a source and gives its index.
    fn add(&mut self, role: Role, mut text: String) -> u32 {
        self.budget.keep(&mut text);
        let wrapped_at = match role {
            Role::Text => self.wrapped_at,
            Role::Status => self.wrapped_at.or_else(|| text::fields_wrapped_at(&text)),
            Role::Headers | Role::Returned => None,
        };
        self.sources.push(Source {
            role,
            text,
            wrapped_at,
        });
        (self.sources.len() - 1) as u32
    }
}
