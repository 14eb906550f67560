//! A stretch of a source as its author wrote it, before a mail program
//! quoted, wrapped or typeset it.
//!
//! Quote marks go, hard-wrapped lines are joined again, line ends are `\n`,
//! non-breaking blanks are blanks and typographic quotes plain ones. Letters
//! keep their case, and every byte still knows where it came from. Brackets
//! that a log in JSON escapes (`\u003c`) are brackets again, and a line of a
//! log that a mail program filled into several is one.
//!
//! ```text
//! > Remote Server returned ‘550 5.7.705    ->  Remote Server returned '550 5.7.705
//! > Access denied’                         ->  Access denied'
//! ```

use std::ops::Range;

use crate::source::{Source, Span};

/// The text of a stretch of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unwrapped {
    source: u32,
    text: String,
    lower: String,
    /// In the order of the text, which is also that of the source.
    pieces: Vec<Piece>,
}

/// What few texts have: where it is missing from the whole, no line is
/// searched for it.
#[derive(Clone, Copy)]
struct Rare {
    escaped: bool,
    underscored: bool,
}

/// A run of the text and the stretch of the source that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// First byte in the text.
    at: u32,
    /// First byte in the source.
    from: u32,
    /// One past the last byte in the source.
    to: u32,
}

impl Unwrapped {
    /// Reads what `span` covers.
    pub fn of(sources: &[Source], span: Span) -> Unwrapped {
        let width = sources
            .get(span.source as usize)
            .and_then(|source| source.wrapped_at);
        let mut unwrapped = Unwrapped {
            source: span.source,
            text: String::new(),
            lower: String::new(),
            pieces: Vec::new(),
        };
        let raw = span.of(sources);
        unwrapped.text.reserve(raw.len());
        let rare = Rare {
            escaped: raw.contains("\\u00"),
            underscored: raw.contains("delivery "),
        };
        let mut at = span.start as usize;
        let mut in_log = false;
        let mut lines = lines(raw).peekable();
        while let Some(line) = lines.next() {
            let body = line.trim_end_matches(['\n', '\r']);
            let skip = if body.trim_start().starts_with('>') {
                // One blank belongs to the marks; the rest is the line's indent.
                let marks = body[..quote_marks(body)].trim_end().len();
                let blank = usize::from(body[marks..].starts_with(' '));
                // The first three of ">>> RCPT TO" are a transcript's own.
                if body[..marks].trim_start() == ">>>" {
                    0
                } else {
                    marks + blank
                }
            } else {
                0
            };
            unwrapped.line(&body[skip..], at + skip, rare);
            let next = lines.peek().map_or("", |next| without_quotes(next).trim());
            let words = without_quotes(body);
            in_log = match is_dated(words.as_bytes()) {
                true => LOGS.iter().any(|mark| words.contains(mark)),
                false => in_log && !words.trim().is_empty(),
            };
            let filled = in_log && words.len() >= FILLED && !next.is_empty();
            let filled = filled && !is_dated(next.as_bytes());
            let joined = width.is_some_and(|w| body.chars().count() == w as usize);
            if !joined && body.len() < line.len() {
                let end = if filled { " " } else { "\n" };
                unwrapped.push(end, at + body.len(), at + line.len());
            }
            at += line.len();
        }
        unwrapped.lower = unwrapped.text.to_ascii_lowercase();
        unwrapped
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with ASCII letters in lower case: the same offsets.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// Where a range of the text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin(range.start).map_or(0, |(start, _)| start);
        let end = match range.end.checked_sub(1) {
            Some(last) if range.end > range.start => {
                self.origin(last).map_or(start, |(_, end)| end)
            }
            _ => start,
        };
        Span {
            source: self.source,
            start,
            end: end.max(start),
        }
    }

    /// The first byte in the source of the byte at `at`, and one past its last.
    fn origin(&self, at: usize) -> Option<(u32, u32)> {
        let n = self.pieces.partition_point(|piece| piece.at as usize <= at);
        let piece = self.pieces.get(n.checked_sub(1)?)?;
        let next = self
            .pieces
            .get(n)
            .map_or(self.text.len(), |next| next.at as usize);
        let length = next - piece.at as usize;
        if length == (piece.to - piece.from) as usize {
            let from = piece.from + (at - piece.at as usize) as u32;
            Some((from, (from + 1).min(piece.to)))
        } else {
            Some((piece.from, piece.to))
        }
    }

    fn line(&mut self, line: &str, at: usize, rare: Rare) {
        let mut start = 0;
        let underscored = rare.underscored && is_underscored(line);
        let escaped = rare.escaped && line.contains("\\u00");
        if !underscored && !escaped && line.is_ascii() {
            return self.push(line, at, at + line.len());
        }
        for (offset, character) in line.char_indices() {
            if escaped
                && character == '\\'
                && let Some(rest) = line.get(offset..)
                && let Some((_, plain)) =
                    ESCAPES.iter().find(|(escape, _)| rest.starts_with(escape))
            {
                self.push(&line[start..offset], at + start, at + offset);
                start = offset + 6;
                self.push(plain, at + offset, at + start);
                continue;
            }
            if underscored && character == '_' {
                self.push(&line[start..offset], at + start, at + offset);
                start = offset + 1;
                self.push(" ", at + offset, at + start);
                continue;
            }
            let Some(plain) = plain(character) else {
                continue;
            };
            self.push(&line[start..offset], at + start, at + offset);
            start = offset + character.len_utf8();
            self.push(plain, at + offset, at + start);
        }
        self.push(&line[start..], at + start, at + line.len());
    }

    fn push(&mut self, text: &str, from: usize, to: usize) {
        if text.is_empty() {
            return;
        }
        // Byte by byte the same, and so was what stands before it: one piece.
        let goes_on = self.pieces.last_mut().filter(|last| {
            last.to as usize == from
                && text.len() == to - from
                && self.text.len() - last.at as usize == (last.to - last.from) as usize
        });
        match goes_on {
            Some(last) => last.to = to as u32,
            None => self.pieces.push(Piece {
                at: self.text.len() as u32,
                from: from as u32,
                to: to as u32,
            }),
        }
        self.text.push_str(text);
    }
}

/// What stands in the first line of an entry of a mail log: the program that
/// wrote it, or Exim's keys.
const LOGS: &[&str] = &["]: ", " R=", " H=", " F=<"];
/// The least width that mail programs fill lines to.
const FILLED: usize = 50;

fn without_quotes(line: &str) -> &str {
    line.trim_start_matches(['>', ' '])
}

/// "2026-03-04 10:12:03 ...", "Mar  4 10:12:03 ...", "Wed 2026-03-04 ...":
/// a line of a log.
pub(crate) fn is_dated(bytes: &[u8]) -> bool {
    let bytes = match bytes {
        [b'A'..=b'Z', b'a'..=b'z', b'a'..=b'z', b' ', rest @ ..] if rest.starts_with(b"20") => rest,
        _ => bytes,
    };
    let digits = |range: Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let months = b"janfebmaraprmayjunjulaugsepoctnovdec";
    let syslog = bytes.get(..3).is_some_and(|name| {
        months
            .chunks(3)
            .any(|month| month.eq_ignore_ascii_case(name))
    }) && bytes.get(3) == Some(&b' ')
        && bytes.get(9) == Some(&b':')
        && digits(10..12);
    if syslog {
        return true;
    }
    digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7) && bytes.get(7) == Some(&b'-')
}

/// How many bytes of quote marks ("> > ") a line starts with, white space
/// before, between and behind them included.
fn quote_marks(line: &str) -> usize {
    let mut end = 0;
    for (at, character) in line.char_indices() {
        match character {
            '>' => end = at + 1,
            ' ' | '\t' => {}
            _ => break,
        }
    }
    let rest = &line[end..];
    end + (rest.len() - rest.trim_start().len())
}

/// Whether qmail wrote a line into its log: there it puts `_` for blanks
/// (qmail-send's `delivery 17: failure: 192.0.2.1_does_not_like_recipient./`).
fn is_underscored(line: &str) -> bool {
    line.contains("delivery ") && (line.contains(": failure: ") || line.contains(": deferral: "))
}

/// The lines of a text with their ends: `\n`, `\r\n` or `\r`.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match rest.bytes().position(|b| matches!(b, b'\n' | b'\r')) {
            Some(at) if rest[at..].starts_with("\r\n") => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

/// What writers of JSON escape although it needs none.
const ESCAPES: [(&str, &str); 4] = [
    ("\\u003c", "<"),
    ("\\u003e", ">"),
    ("\\u0026", "&"),
    ("\\u0027", "'"),
];

/// What stands for a character that is only typeset differently.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => " ",
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => "'",
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{ff1a}' => ":",
        '\u{ff1b}' => ";",
        '\u{ff1c}' => "<",
        '\u{ff1e}' => ">",
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}' | '\u{feff}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Role;

    fn read(text: &str, wrapped_at: Option<u32>) -> (Vec<Source>, Unwrapped) {
        let sources = vec![Source {
            role: Role::Text,
            text: text.to_string(),
            wrapped_at,
        }];
        let span = Span {
            source: 0,
            start: 0,
            end: text.len() as u32,
        };
        let unwrapped = Unwrapped::of(&sources, span);
        (sources, unwrapped)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text, None).1.text(), expected);
    }

    #[test]
    fn takes_out_what_is_not_the_authors() {
        check("> a\r\n> > b\r\n>\r\nc", "a\nb\n\nc");
        check("  indented\rline", "  indented\nline");
        check(">     indented", "    indented");
        check(
            ">>> RCPT TO:<a@example.com>\n<<< 550",
            ">>> RCPT TO:<a@example.com>\n<<< 550",
        );
        check(
            "> Mar  3 11:12:13 mx postfix/smtp[1]: 4F6: to=<a@example.org>,\n> relay=none\n> Mar  3 11:12:14 mx x",
            "Mar  3 11:12:13 mx postfix/smtp[1]: 4F6: to=<a@example.org>, relay=none\nMar  3 11:12:14 mx x",
        );
        check(
            "to=\\u003ca@example.com\\u003e \\u00",
            "to=<a@example.com> \\u00",
        );
        check("l\u{2019}adresse\u{a0}: \u{ab}x\u{bb}", "l'adresse : \"x\"");
        check("", "");
    }

    #[test]
    fn joins_hard_wrapped_lines() {
        let (sources, unwrapped) = read("> user@exa\n> mple.org x\n", Some(10));
        assert_eq!(unwrapped.text(), "user@example.org x\n");
        assert_eq!(unwrapped.span(0..16).of(&sources), "user@exa\n> mple.org");
    }

    #[test]
    fn every_range_maps_back() {
        let text = "> \u{2018}ä\u{2019}\u{200b}\r\n>> \u{fa}\rx\n";
        let (sources, unwrapped) = read(text, None);
        let length = unwrapped.text().len();
        for start in 0..length {
            for end in start + 1..=length {
                if unwrapped.text().get(start..end).is_some() {
                    let span = unwrapped.span(start..end);
                    let range = span.start as usize..span.end as usize;
                    assert!(sources[0].text.get(range).is_some(), "{start}..{end}");
                }
            }
        }
        let at = unwrapped.text().find('ä').expect("it is there");
        assert_eq!(unwrapped.span(at..at + 2).of(&sources), "ä");
    }
}
