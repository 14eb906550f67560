//! A message (RFC 5322, MIME) to a document: one [`Message`] for each level,
//! its parts sorted by what they are for.

use std::borrow::Cow;
use std::collections::HashMap;

use mail_parser::{Headers, MessageParser, MessagePart, MessageRef, PartFlags, PartKind};

use crate::container::{Container, Document, Message, charset, encoded_words, html};
use crate::input::{self, is_header_block, with_plain_line_ends};
use crate::limits;
use crate::source::Role;

/// How deep messages that were attached as files of another type are opened.
const ATTACHED: usize = 3;

/// Reads one message; `None` when the bytes hold none.
pub fn read(bytes: &[u8], container: &mut Container) -> Option<Document> {
    let mut document = Document::default();
    add(bytes, None, 0, &mut document, container);
    (!document.messages.is_empty()).then_some(document)
}

/// Adds the message in `bytes` and everything it carries.
fn add(
    bytes: &[u8],
    parent: Option<usize>,
    depth: usize,
    document: &mut Document,
    container: &mut Container,
) {
    let bytes = refolded(bytes);
    let parsed = MessageParser::new()
        .max_parts(limits::PARTS)
        .max_depth(limits::DEPTH)
        .parse(bytes.as_ref());
    let Some(parsed) = parsed else {
        return;
    };
    let mut levels = HashMap::new();
    for message in parsed.messages() {
        let carrier = message
            .container()
            .and_then(|part| levels.get(&part.message().id()).copied());
        let level = document.messages.len();
        levels.insert(message.id(), level);
        let root = message.root_part();
        if message.headers().iter().nth(limits::FIELDS).is_some() {
            container.budget.problem("too-many-fields");
        }
        let headers = header_text(message.headers());
        document.messages.push(Message {
            parent: carrier.or(parent),
            headers: (!headers.is_empty()).then(|| container.add(Role::Headers, headers)),
            content_type: media_type(&root),
            ..Message::default()
        });
        read_parts(message, level, depth, document, container);
    }
}

fn read_parts(
    message: MessageRef<'_>,
    level: usize,
    depth: usize,
    document: &mut Document,
    container: &mut Container,
) {
    let mut longest = HashMap::new();
    for part in message.parts() {
        if part.flags().contains(PartFlags::LIMIT_REACHED) {
            container.budget.problem("nested-too-deep");
        }
        let kind = part.kind();
        let media = media_type(&part);
        if media.starts_with("multipart/") {
            if let Some(own) = document.messages.get_mut(level) {
                own.is_cut |= part.flags().contains(PartFlags::UNTERMINATED);
            }
            if part.children().len() == 0 {
                add_unopened(&part, level, depth, document, container);
            }
            continue;
        }
        if matches!(kind, PartKind::Multipart | PartKind::Message(_)) {
            continue;
        }
        let Some(own) = document.messages.get_mut(level) else {
            return;
        };
        match media.as_str() {
            "message/delivery-status"
            | "message/global-delivery-status"
            | "message/disposition-notification"
            | "message/global-disposition-notification"
            | "message/feedback-report" => {
                let text = decoded_text(&part, container);
                own.status.push(container.add(Role::Status, text));
            }
            "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers" => {
                let text = raw_header_text(&part);
                own.returned.push(container.add(Role::Returned, text));
            }
            // A returned message that is cut off within its header.
            "message/rfc822" | "message/global" | "message/partial" => {
                let text = raw_header_text(&part);
                if !text.is_empty() {
                    own.returned.push(container.add(Role::Returned, text));
                }
            }
            _ if matches!(kind, PartKind::Html) => {
                if !has_plain_twin(&part, &mut longest) {
                    let text = html::text(&decoded_text(&part, container));
                    own.texts.push(container.add(Role::Text, text));
                }
            }
            _ if matches!(kind, PartKind::Text) => {
                let text = decoded_text(&part, container);
                if has_status_fields(&text) {
                    own.status.push(container.add(Role::Status, text));
                } else if !own.status.is_empty() && is_header_block(text.trim_start().as_bytes()) {
                    // The returned header, labelled as text.
                    let text = raw_header_text(&part);
                    own.returned.push(container.add(Role::Returned, text));
                } else {
                    own.texts.push(container.add(Role::Text, text));
                }
            }
            _ => {
                // A message that was attached as a file of unknown type.
                let named = part
                    .attachment_name()
                    .is_some_and(|name| name.to_ascii_lowercase().ends_with(".eml"));
                let start = part.decoded();
                if named || media == "application/octet-stream" {
                    let bytes = with_plain_line_ends(&start);
                    match is_header_block(&bytes) {
                        true if depth < ATTACHED => {
                            add(&bytes, Some(level), depth + 1, document, container);
                        }
                        true => container.budget.problem("nested-too-deep"),
                        false => {}
                    }
                }
            }
        }
    }
}

/// A multipart whose boundary is missing or is not the one that it declares:
/// the body itself shows it, or is read as text.
fn add_unopened(
    part: &MessagePart<'_>,
    level: usize,
    depth: usize,
    document: &mut Document,
    container: &mut Container,
) {
    let body = part.raw_body();
    if body.trim_ascii().is_empty() {
        return;
    }
    if depth < ATTACHED
        && let Some(message) = with_multipart_header(body)
    {
        let first = document.messages.len();
        add(&message, Some(level), depth + 1, document, container);
        // Its parts are this message's own.
        let Some(opened) = document.messages.get_mut(first) else {
            return;
        };
        let emptied = Message {
            parent: Some(level),
            ..Message::default()
        };
        let opened = std::mem::replace(opened, emptied);
        if let Some(own) = document.messages.get_mut(level) {
            own.texts.extend(opened.texts);
            own.status.extend(opened.status);
            own.returned.extend(opened.returned);
        }
        for carried in document.messages.iter_mut().skip(first + 1) {
            if carried.parent == Some(first) {
                carried.parent = Some(level);
            }
        }
        return;
    }
    let (text, malformed) = super::text::decode(body);
    if malformed {
        container.budget.problem("unreadable-characters");
    }
    let source = container.add(Role::Text, text);
    if let Some(own) = document.messages.get_mut(level) {
        own.texts.push(source);
    }
}

/// A multipart body with the header that it lacks; `None` when it shows no
/// boundary.
pub fn with_multipart_header(body: &[u8]) -> Option<Vec<u8>> {
    let mut message = b"Content-Type: multipart/mixed; boundary=\"".to_vec();
    for byte in input::boundary(body)? {
        if matches!(byte, b'"' | b'\\') {
            message.push(b'\\');
        }
        message.push(*byte);
    }
    message.extend_from_slice(b"\"\n\n");
    message.extend_from_slice(body);
    Some(message)
}

/// Folds the parameters of Content-Type again that lost the white space at
/// the start of their line, as copies through forms and tickets do.
fn refolded(bytes: &[u8]) -> Cow<'_, [u8]> {
    const PARAMETERS: [&[u8]; 4] = [b"boundary=", b"charset=", b"report-type=", b"format="];
    let lost = |line: &[u8]| {
        PARAMETERS.iter().any(|name| {
            line.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        })
    };
    let mut folded = Vec::new();
    let mut kept = 0;
    let mut at = 0;
    let mut open = false;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if open && lost(line) {
            folded.extend_from_slice(bytes.get(kept..at).unwrap_or_default());
            folded.push(b' ');
            kept = at;
        }
        open = line.trim_ascii_end().ends_with(b";");
        at += line.len();
    }
    if folded.is_empty() {
        return Cow::Borrowed(bytes);
    }
    folded.extend_from_slice(bytes.get(kept..).unwrap_or_default());
    Cow::Owned(folded)
}

/// `type/subtype` in lower case, `text/plain` for a part that declares none.
fn media_type(part: &MessagePart<'_>) -> String {
    part.content_type().map_or_else(
        || "text/plain".to_string(),
        |media| {
            let subtype = media.subtype().unwrap_or_default();
            format!("{}/{subtype}", media.ctype()).to_ascii_lowercase()
        },
    )
}

/// Whether an HTML part only repeats a plain one (RFC 2046, section 5.1.4).
/// `longest` keeps for each multipart what was counted of it: to count the
/// same parts again for each of many pages takes the square of the time.
fn has_plain_twin(part: &MessagePart<'_>, longest: &mut HashMap<u32, usize>) -> bool {
    let mut outer = part.parent();
    while let Some(multipart) = outer {
        if multipart.is_content_type("multipart", "alternative") {
            let longest = longest
                .entry(multipart.id())
                .or_insert_with(|| longest_plain(&multipart));
            return *longest > 40;
        }
        outer = multipart.parent();
    }
    false
}

/// How many visible characters the longest plain text in a multipart has.
fn longest_plain(multipart: &MessagePart<'_>) -> usize {
    let plain = |part: &MessagePart<'_>| matches!(part.kind(), PartKind::Text);
    let visible = |part: MessagePart<'_>| {
        let bytes = part.decoded();
        bytes.iter().filter(|b| b.is_ascii_graphic()).count()
    };
    let lengths = multipart.children().filter(plain).map(visible);
    lengths.max().unwrap_or(0)
}

/// Some systems label their delivery-status part `text/plain`: every line
/// is then a field, and the names are RFC 3464's or RFC 5965's.
fn has_status_fields(text: &str) -> bool {
    let mut names = text
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']) && !line.trim().is_empty())
        .take(40)
        .map(|line| line.split_once(':').map(|(name, _)| name.trim_end()));
    let mut known = 0;
    let all_fields = names.all(|name| {
        name.is_some_and(|name| {
            let telling = [
                "Reporting-MTA",
                "Final-Recipient",
                "Original-Recipient",
                "Diagnostic-Code",
                "Feedback-Type",
            ];
            known += u32::from(telling.iter().any(|other| other.eq_ignore_ascii_case(name)));
            !name.contains(' ')
        })
    });
    all_fields && known > 0
}

fn decoded_text(part: &MessagePart<'_>, container: &mut Container) -> String {
    let decoded = part.decoded();
    let bytes = with_plain_line_ends(&decoded);
    let media = part.content_type();
    let label = media.as_ref().and_then(|media| media.attribute("charset"));
    let (text, malformed) = charset::decode(label, &bytes);
    if malformed {
        container.budget.problem("unreadable-characters");
    }
    text
}

/// The header lines with which the text of a returned header block begins.
fn raw_header_text(part: &MessagePart<'_>) -> String {
    let decoded = part.decoded();
    let bytes = with_plain_line_ends(&decoded);
    MessageParser::new()
        .parse_headers(bytes.trim_ascii_start())
        .map(|parsed| header_text(parsed.root().headers()))
        .unwrap_or_default()
}

/// A header block as a person reads it: one field after the other as
/// written, those with encoded words (RFC 2047) decoded.
fn header_text(headers: Headers<'_>) -> String {
    let mut text = String::new();
    for header in headers.iter().take(limits::FIELDS) {
        let raw = with_plain_line_ends(header.raw_value());
        text.push_str(header.raw_name());
        text.push(':');
        if raw.contains(&b'?') && raw.windows(2).any(|pair| pair == b"=?") {
            text.push(' ');
            text.push_str(encoded_words::decode(&raw).trim());
        } else {
            text.push_str(charset::decode(None, &raw).0.trim_end());
        }
        text.push('\n');
    }
    text
}
