//! A stretch of a source made plain: what a person would read out.
//!
//! Quote marks, line breaks, folded white space and the repeated codes of a
//! multi-line reply (RFC 5321, section 4.2.1) are taken out, letters become
//! lower case and apostrophes straight, and every byte still knows where it
//! came from. Phrases are matched on this text, and what they hit is shown as
//! it stands in the source.
//!
//! ```text
//! > 550-5.7.26 Unauthenticated email
//! > 550 5.7.26 from example.com      ->  550 5.7.26 unauthenticated email from example.com
//! ```

use std::ops::Range;

use crate::limits;
use crate::source::{Source, Span};
use crate::unwrapped::Unwrapped;

/// The plain words of a stretch of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    unwrapped: Unwrapped,
    text: String,
    /// For each byte of `text`, where in the unwrapped text the character
    /// begins that it belongs to.
    places: Vec<u32>,
}

impl Words {
    /// Reads the words that `span` covers, at most [`limits::WORDS`] bytes of them.
    pub fn of(sources: &[Source], span: Span) -> Words {
        let raw = span.of(sources);
        let mut length = raw.len().min(limits::WORDS);
        while !raw.is_char_boundary(length) {
            length -= 1;
        }
        let end = span.start + length as u32;
        let mut words = Words {
            unwrapped: Unwrapped::of(sources, Span { end, ..span }),
            text: String::new(),
            places: Vec::new(),
        };
        let unwrapped = std::mem::take(&mut words.unwrapped);
        words.text.reserve(unwrapped.text().len());
        words.places.reserve(unwrapped.text().len());
        let mut at = 0;
        let mut code: Option<&str> = None;
        for line in unwrapped.text().split_inclusive('\n') {
            let body = line.trim_start();
            // The further lines of a reply in a transcript: "<<< 550-...".
            let marks = ["<<<", ">>>"];
            let further = marks.iter().find_map(|marks| body.strip_prefix(marks));
            let mut rest = further.map_or(body, str::trim_start);
            // "550-" and "550 " at the starts of the lines of one reply.
            let here = reply_code(rest);
            if let (Some(first), Some(this)) = (code, here)
                && first.get(..3) == this.get(..3)
            {
                rest = &rest[repeated(first, rest)..];
            }
            code = code.or(here);
            let end = at + line.len();
            // Postfix puts all lines of a reply into one.
            while let Some(code) = code.and_then(|first| repeated_inside(first, rest)) {
                words.add(&rest[..code.start], end - rest.len());
                rest = &rest[code.end..];
            }
            words.add(rest, end - rest.len());
            at = end;
        }
        while words.text.ends_with(' ') {
            words.text.pop();
            words.places.pop();
        }
        words.text.make_ascii_lowercase();
        words.unwrapped = unwrapped;
        words
    }

    /// The plain text, lower case, single blanks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of [`Words::text`] stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        let place = |at: usize| self.places.get(at).map_or(0, |place| *place as usize);
        let start = place(range.start);
        let end = range.end.checked_sub(1).map_or(start, |last| {
            // A blank stands for a stretch of them, and covers none.
            let blank = self.text.as_bytes().get(last) == Some(&b' ');
            let character = self.unwrapped.text()[place(last)..].chars().next();
            let length = character.filter(|_| !blank).map_or(0, char::len_utf8);
            place(last) + length
        });
        self.unwrapped.span(start..end.max(start))
    }

    /// Adds a part of a line that stands at `at`.
    fn add(&mut self, line: &str, at: usize) {
        let mut from = at;
        for word in line.split_inclusive(char::is_whitespace) {
            let body = word.trim_end();
            if body.is_ascii() {
                self.text.push_str(body);
                let places = from as u32..(from + body.len()) as u32;
                self.places.extend(places);
            } else {
                self.add_word(body, from);
            }
            if body.len() < word.len() && !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
                self.places.push((from + body.len()) as u32);
            }
            from += word.len();
        }
    }

    fn add_word(&mut self, word: &str, at: usize) {
        for (offset, character) in word.char_indices() {
            for lower in character.to_lowercase() {
                self.text.push(lower);
                let place = (at + offset) as u32;
                self.places
                    .extend(std::iter::repeat_n(place, lower.len_utf8()));
            }
        }
    }
}

/// The reply code, separator and enhanced status that a line starts with:
/// `550-5.7.26`, `550 `, `421-`.
fn reply_code(line: &str) -> Option<&str> {
    let bytes = line.as_bytes();
    let code = bytes.len() >= 4
        && matches!(bytes[0], b'2' | b'4' | b'5')
        && bytes[..3].iter().all(u8::is_ascii_digit)
        && matches!(bytes[3], b' ' | b'-');
    if !code {
        return None;
    }
    let status = bytes[4..]
        .iter()
        .take_while(|b| b.is_ascii_digit() || **b == b'.')
        .count();
    Some(&line[..4 + status])
}

/// How much of `line` only repeats the start of the reply's first line.
fn repeated(first: &str, line: &str) -> usize {
    let status = &first[4..];
    let mut skip = 4;
    if !status.is_empty() && line[skip..].starts_with(status) {
        skip += status.len();
    }
    skip
}

/// Where the code that a reply's first line began with, `550-5.7.26`, stands
/// again: before each of its further lines, the blank behind it included.
fn repeated_inside(first: &str, text: &str) -> Option<Range<usize>> {
    let (code, status) = first
        .split_once('-')
        .filter(|(_, status)| !status.is_empty())?;
    text.match_indices(status).find_map(|(at, _)| {
        let start = at.checked_sub(code.len() + 1)?;
        let head = text.get(start..at)?.strip_prefix(code)?;
        let end = at + status.len();
        let blank = text[end..].chars().next().map_or(0, char::len_utf8);
        let alone = text[..start].ends_with([' ', '\t']) && text[end..].starts_with([' ', '\t']);
        (matches!(head, "-" | " ") && alone).then_some(start..end + blank)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Role;

    fn words(text: &str, wrapped_at: Option<u32>) -> (Vec<Source>, Words) {
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
        let words = Words::of(&sources, span);
        (sources, words)
    }

    #[track_caller]
    fn check(text: &str, plain: &str) {
        assert_eq!(words(text, None).1.text(), plain);
    }

    #[test]
    fn folds_lines_quotes_and_repeated_codes() {
        check("550  5.1.1\tUser\r\n unknown ", "550 5.1.1 user unknown");
        check("> 550 a\n> > b", "550 a b");
        check(
            "550-5.7.26 Unauthenticated\n550-5.7.26 email\n550 5.7.26 from",
            "550-5.7.26 unauthenticated email from",
        );
        check("550-one\n550 two", "550-one two");
        check(
            "550-5.7.26 a hard 550-5.7.26 fail policy, 550 5.7.26 and 5.7.26",
            "550-5.7.26 a hard fail policy, and 5.7.26",
        );
        check(
            "550 5.1.1 unknown, 550 5.1.1 unknown",
            "550 5.1.1 unknown, 550 5.1.1 unknown",
        );
        check("550 one\n551 two", "550 one 551 two");
        check("it couldn\u{2019}t be found", "it couldn't be found");
        check("", "");
        check("\n\n", "");
        check(
            "550-5.7.1 a\n<<< 550-5.7.1 b\n<<< 550 5.7.1 c",
            "550-5.7.1 a b c",
        );
        check(
            "delivery 1: failure: a_b._/Remote_host_said:_550_no",
            "delivery 1: failure: a b. /remote host said: 550 no",
        );
    }

    #[test]
    fn joins_what_was_cut_inside_words() {
        let (sources, words) = words("exceeded thresh\nold", Some(15));
        assert_eq!(words.text(), "exceeded threshold");
        let hit = words.text().find("threshold").expect("it is there");
        assert_eq!(words.span(hit..hit + 9).of(&sources), "thresh\nold");
    }

    #[test]
    fn every_range_maps_back_to_whole_characters() {
        let (sources, words) = words("> İSTANBUL ÄÖ\n> ñ\u{1F4E7}x\u{2019}s", None);
        let text = words.text().to_string();
        let bounds: Vec<usize> = (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .collect();
        for (n, start) in bounds.iter().enumerate() {
            for end in &bounds[n + 1..] {
                let span = words.span(*start..*end);
                assert!(
                    sources[0]
                        .text
                        .get(span.start as usize..span.end as usize)
                        .is_some()
                );
            }
        }
        let at = text.find("äö").expect("it is there");
        assert_eq!(words.span(at..at + "äö".len()).of(&sources), "ÄÖ");
    }
}
