//! Bytes as they were handed over to plain bytes, and what kind of thing
//! they are.
//!
//! A byte order mark, UTF-16, blank lines first, any kind of line end and
//! the same indentation on every line are undone here, once, so that every
//! later stage sees lines that end with `\n` and begin where their author
//! began them.

use std::borrow::Cow;

use serde::Serialize;

use crate::budget::Budget;
use crate::limits;

/// What kind of thing the input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// Nothing but white space.
    Empty,
    /// A message with its headers (RFC 5322).
    Message,
    /// Several messages in one file (RFC 4155).
    Mailbox,
    /// The body of a multipart message, its headers missing: it begins
    /// with a boundary line, or with a word to programs that know no MIME.
    MultipartBody,
    /// A page of HTML, as mail programs put it on the clipboard.
    Html,
    /// Anything else that is text: a pasted bounce, a log, a bare code.
    Text,
}

/// Tells what the bytes are, and makes them plain.
pub fn sniff(bytes: &[u8], budget: &mut Budget) -> (InputKind, Vec<u8>) {
    let cut = bytes.get(..limits::INPUT).unwrap_or(bytes);
    if cut.len() < bytes.len() {
        budget.problem("too-large");
    }
    let units = in_ascii_units(cut);
    let lines = with_plain_line_ends(&units);
    let plain = without_margin(trim_blank_lines(&lines));
    let kind = kind_of(&plain);
    if kind == InputKind::Empty {
        budget.problem("empty");
    }
    (kind, plain)
}

fn kind_of(bytes: &[u8]) -> InputKind {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return InputKind::Empty;
    }
    if is_mailbox_line(first_line(bytes)) {
        return InputKind::Mailbox;
    }
    if is_header_block(bytes) {
        return InputKind::Message;
    }
    if boundary(bytes).is_some() {
        return InputKind::MultipartBody;
    }
    if is_html(bytes) {
        return InputKind::Html;
    }
    InputKind::Text
}

/// The separator line of a mailbox: `From sender Thu Apr 29 23:34:45 2026`
/// (RFC 4155, appendix A). Some writers leave out the sender or the zone.
pub fn is_mailbox_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words: Vec<&[u8]> = rest
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .take(10)
        .collect();
    let is_time = |word: &&[u8]| {
        matches!(word.len(), 5 | 8)
            && word.get(2) == Some(&b':')
            && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
    };
    let is_year = |word: &&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.len() >= 4 && words.iter().any(is_time) && words.iter().any(is_year)
}

/// Whether the bytes begin with the headers of a message: two fields that
/// messages have, and nothing but fields up to the first blank line. A
/// delivery-status part that someone pasted has fields too, but not these.
pub fn is_header_block(bytes: &[u8]) -> bool {
    let mut known = 0;
    let mut seen = 0;
    let mut strange = 0;
    for line in bytes.split(|b| *b == b'\n').take(200) {
        if line.iter().all(u8::is_ascii_whitespace) {
            break;
        }
        seen += 1;
        match field_name(line) {
            Some(name) => known += u32::from(is_message_field(name)),
            None if seen > 1 && matches!(line.first(), Some(b' ' | b'\t')) => {}
            // A mailbox line, or a header that a relay broke: few are borne.
            None => strange += 1,
        }
        if strange > 2 || (seen == 1 && strange == 1) {
            return false;
        }
    }
    known >= 2 && (strange == 0 || known >= 4)
}

/// The name of the field that a line begins with (RFC 5322, section 2.2).
fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().take(80).position(|b| *b == b':')?;
    let name = line.get(..colon)?.trim_ascii_end();
    let good = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
    good.then_some(name)
}

fn is_message_field(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 18] = [
        b"From",
        b"To",
        b"Cc",
        b"Subject",
        b"Date",
        b"Message-ID",
        b"MIME-Version",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"Received",
        b"Return-Path",
        b"Delivered-To",
        b"Sender",
        b"Reply-To",
        b"In-Reply-To",
        b"References",
        b"DKIM-Signature",
        b"Authentication-Results",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The boundary of a multipart body whose headers are missing: a line of
/// `--` and the boundary, with the fields of a part under it. A few words to
/// programs that know no MIME may stand before it; a whole report is none of
/// them, and the line then is one of the message that it returns.
pub fn boundary(bytes: &[u8]) -> Option<&[u8]> {
    let mut before = 0;
    let mut lines = bytes
        .split(|b| *b == b'\n')
        .take(60)
        .take_while(|line| {
            before += u32::from(!line.iter().all(u8::is_ascii_whitespace));
            before <= PREAMBLE + 2
        })
        .peekable();
    while let Some(line) = lines.next() {
        let Some(boundary) = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end) else {
            continue;
        };
        let next = lines
            .peek()
            .and_then(|line| field_name(line))
            .unwrap_or_default();
        let is_part = next
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"Content-"));
        if is_part
            && (1..=200).contains(&boundary.len())
            && boundary.iter().all(|b| matches!(b, b' '..=b'~'))
        {
            return Some(boundary);
        }
        // A part without fields: the line is the first, and stands again below.
        let again = || {
            bytes
                .split(|b| *b == b'\n')
                .skip(1)
                .filter(|other| other.strip_prefix(b"--").is_some())
                .filter(|other| other.get(2..2 + boundary.len()) == Some(boundary))
                .nth(1)
                .is_some()
        };
        if boundary.len() >= 8 && !boundary.contains(&b' ') && next.is_empty() && again() {
            return Some(boundary);
        }
    }
    None
}

/// Lines that may stand before the first boundary (RFC 2046, section 5.1.1).
const PREAMBLE: u32 = 4;

fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.get(..1024).unwrap_or(bytes).trim_ascii_start();
    let lower = start.to_ascii_lowercase();
    [
        &b"<!doctype html"[..],
        b"<html",
        b"<head",
        b"<body",
        b"<meta",
    ]
    .iter()
    .any(|tag| lower.starts_with(tag))
}

fn first_line(bytes: &[u8]) -> &[u8] {
    bytes.split(|b| *b == b'\n').next().unwrap_or_default()
}

/// UTF-16 becomes UTF-8, and a UTF-8 byte order mark goes; everything else
/// already has its ASCII characters as single bytes.
fn in_ascii_units(bytes: &[u8]) -> Cow<'_, [u8]> {
    let units = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units = rest.as_chunks::<2>().0.iter().map(|pair| read(*pair));
        let text: String = char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Cow::Owned(text.trim_start_matches('\u{feff}').as_bytes().to_vec())
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return units(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return units(rest, u16::from_be_bytes);
    }
    // Without a mark: the other half of nearly every unit is zero.
    let start = bytes.get(..512).unwrap_or(bytes);
    let zeros = |at: usize| {
        start
            .iter()
            .skip(at)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    if start.len() >= 16 && zeros(1) * 10 > start.len() * 4 && zeros(0) == 0 {
        return units(bytes, u16::from_le_bytes);
    }
    if start.len() >= 16 && zeros(0) * 10 > start.len() * 4 && zeros(1) == 0 {
        return units(bytes, u16::from_be_bytes);
    }
    let mut rest = bytes;
    while let Some(less) = rest.trim_ascii_start().strip_prefix(b"\xef\xbb\xbf") {
        rest = less;
    }
    Cow::Borrowed(rest)
}

/// Every line end becomes `\n`: CRLF, a lone CR (old Mac programs) and
/// CRCRLF (a file translated twice).
pub fn with_plain_line_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\r') {
        return Cow::Borrowed(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|b| *b == b'\r') {
        let (line, after) = rest.split_at(end);
        plain.extend_from_slice(line);
        plain.push(b'\n');
        rest = match after {
            [b'\r', b'\r', b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => rest,
            _ => &after[1..],
        };
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

fn trim_blank_lines(bytes: &[u8]) -> &[u8] {
    let blank = bytes
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(bytes.len());
    let start = bytes
        .get(..blank)
        .and_then(|blank| blank.iter().rposition(|b| *b == b'\n'))
        .map_or(0, |newline| newline + 1);
    bytes.get(start..).unwrap_or_default()
}

/// Takes away what stands before every line: the same white space, or the
/// quote marks of a reply around a whole message.
fn without_margin(bytes: &[u8]) -> Vec<u8> {
    let first = first_line(bytes);
    if !matches!(first.first(), Some(b' ' | b'\t' | b'>')) {
        return bytes.to_vec();
    }
    let lines = || bytes.split(|b| *b == b'\n');
    let indent = lines()
        .filter(|line| !line.trim_ascii().is_empty())
        .fold(first, common_start)
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    if indent > 0 {
        return cut_margin(bytes, |line| indent.min(line.len()));
    }
    let quoted = |line: &[u8]| line.first() == Some(&b'>') || line.trim_ascii().is_empty();
    if first.first() == Some(&b'>') && lines().all(quoted) {
        let message = cut_margin(bytes, |line| match line {
            [b'>', b' ', ..] => 2,
            [b'>', ..] => 1,
            _ => 0,
        });
        // Quoted text for people stays as it is: its reader knows quotes.
        if is_header_block(&message) || boundary(&message).is_some() {
            return message;
        }
    }
    bytes.to_vec()
}

fn common_start<'a>(one: &'a [u8], other: &[u8]) -> &'a [u8] {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    one.get(..same).unwrap_or_default()
}

fn cut_margin(bytes: &[u8], width: impl Fn(&[u8]) -> usize) -> Vec<u8> {
    let mut cut = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        cut.extend_from_slice(line.get(width(body)..).unwrap_or_default());
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &[u8], kind: InputKind, plain: &[u8]) {
        let (got, bytes) = sniff(input, &mut Budget::default());
        assert_eq!(got, kind);
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            String::from_utf8_lossy(plain)
        );
    }

    #[test]
    fn line_ends_marks_and_blank_lines_are_undone() {
        let plain = b"From: a\nTo: b\n\nx\n";
        check(b"From: a\r\nTo: b\r\n\r\nx\r\n", InputKind::Message, plain);
        check(b"From: a\rTo: b\r\rx\r", InputKind::Message, plain);
        check(b"From: a\r\r\nTo: b\n\nx\r\n", InputKind::Message, plain);
        check(
            b"\xef\xbb\xbf\n \nFrom: a\nTo: b\n\nx\n",
            InputKind::Message,
            plain,
        );
        let utf16: Vec<u8> = "\u{feff}From: a\nTo: b\n\nx\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, InputKind::Message, plain);
        check(&utf16[2..], InputKind::Message, plain);
    }

    #[test]
    fn margins_are_cut() {
        let plain = b"From: a\nTo: b\n  c\n\nx";
        check(
            b"    From: a\n    To: b\n      c\n\n    x",
            InputKind::Message,
            plain,
        );
        check(
            b"> From: a\n> To: b\n>   c\n>\n> x",
            InputKind::Message,
            plain,
        );
        check(b"> 550 no\n> one", InputKind::Text, b"> 550 no\n> one");
    }

    #[test]
    fn kinds_are_told_apart() {
        check(b" \r\n\t", InputKind::Empty, b"");
        check(b"550 5.1.1 no", InputKind::Text, b"550 5.1.1 no");
        for (text, kind) in [
            (
                "Final-Recipient: rfc822; a@example.com\nAction: failed\n",
                InputKind::Text,
            ),
            ("Error: 550 no\nTo: a\n", InputKind::Text),
            (
                "From a@example.com Thu Apr 29 23:34:45 2026\nTo: a\n",
                InputKind::Mailbox,
            ),
            ("From our side, all is well\n", InputKind::Text),
            (
                "This is a MIME message\n\n--x1\nContent-Type: text/plain\n\nHi\n--x1--\n",
                InputKind::MultipartBody,
            ),
            (
                "--longboundary\n\nHi\n--longboundary\n\nx\n--longboundary--",
                InputKind::MultipartBody,
            ),
            ("-- \nregards", InputKind::Text),
            ("<html><body>550 no", InputKind::Html),
        ] {
            check(text.as_bytes(), kind, text.as_bytes());
        }
    }
}
