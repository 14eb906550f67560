//! Phrases in a text: literal pieces with `*` and `{name}` between them.

use std::ops::Range;

use crate::catalog::{Gap, Phrase};
use crate::matcher::Matcher;
use crate::order;

/// How many bytes a `*` may run over.
const RUN: usize = 300;
/// How many bytes a captured token may have: a domain's limit (RFC 5321, section 4.5.3.1.2).
const TOKEN: usize = 255;
/// How many places of a phrase's first piece are tried.
const STARTS: usize = 64;

/// Where each literal piece stands in one text.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    pieces: &'static [&'static str],
    /// Piece and first byte, in that order.
    places: Vec<(u16, u32)>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// From its first byte to its last.
    pub range: Range<usize>,
    /// The captured tokens by name.
    pub tokens: Vec<(&'static str, Range<usize>)>,
}

impl Hits {
    /// Finds every piece in one pass; `matcher` was built from `pieces`.
    pub fn find(matcher: &Matcher, pieces: &'static [&'static str], text: &str) -> Hits {
        let mut places: Vec<(u16, u32)> = matcher
            .all(text)
            .map(|(piece, range)| (piece as u16, range.start as u32))
            .collect();
        order::sort_by_key(&mut places, |place| *place);
        Hits { pieces, places }
    }

    /// The pieces that were found, in ascending order, each once.
    pub fn pieces(&self) -> impl Iterator<Item = u16> {
        self.places
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|places| places.first())
            .map(|(piece, _)| *piece)
    }

    /// The places of a piece from `from` on.
    fn places(&self, piece: u16, from: usize) -> impl Iterator<Item = usize> {
        let first = self
            .places
            .partition_point(|place| *place < (piece, from as u32));
        self.places[first..]
            .iter()
            .take_while(move |(this, _)| *this == piece)
            .map(|(_, at)| *at as usize)
    }
}

/// Finds the first place where all pieces of a phrase follow each other.
pub fn locate(phrase: &Phrase, text: &str, hits: &Hits) -> Option<Hit> {
    let first = phrase.pieces.first()?;
    hits.places(first.literal, 0)
        .take(STARTS)
        .find_map(|at| follow(phrase, text, hits, at))
}

fn follow(phrase: &Phrase, text: &str, hits: &Hits, at: usize) -> Option<Hit> {
    let mut tokens = Vec::new();
    let mut start = at;
    let mut end = at;
    for (n, piece) in phrase.pieces.iter().enumerate() {
        let literal = hits.pieces.get(piece.literal as usize)?;
        let place = if n == 0 {
            match piece.before {
                Gap::None if !starts_word(text, at, literal) => return None,
                Gap::Token(name) => {
                    let token = token_before(text, at)?;
                    start = token.start;
                    tokens.push((name, token));
                }
                _ => {}
            }
            at
        } else {
            let places = hits
                .places(piece.literal, end)
                .take_while(|place| place - end <= RUN);
            match piece.before {
                Gap::Token(name) => {
                    let (place, token) = places
                        .filter_map(|place| Some((place, token_between(text, end..place)?)))
                        .next()?;
                    tokens.push((name, token));
                    place
                }
                _ => places.into_iter().next()?,
            }
        };
        end = place + literal.len();
    }
    match phrase.end {
        Gap::None if !ends_word(text, end) => return None,
        Gap::Token(name) => {
            let token = token_after(text, end)?;
            end = token.end;
            tokens.push((name, token));
        }
        _ => {}
    }
    Some(Hit {
        range: start..end,
        tokens,
    })
}

fn starts_word(text: &str, at: usize, literal: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(inside(literal.chars().next()) && inside(text[..at].chars().next_back()))
}

fn ends_word(text: &str, end: usize) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(inside(text[..end].chars().next_back()) && inside(text[end..].chars().next()))
}

/// What surrounds a token without belonging to it.
fn around(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | ',' | ';'
        )
}

/// What ends a sentence rather than a token.
fn trailing(c: char) -> bool {
    around(c) || matches!(c, '.' | ':' | '!' | '?')
}

fn token_between(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let whole = text.get(range.clone())?;
    let start = range.start + (whole.len() - whole.trim_start_matches(around).len());
    let token = whole.trim_start_matches(around).trim_end_matches(trailing);
    let plain = !token.is_empty() && token.len() <= TOKEN && !token.contains(char::is_whitespace);
    plain.then(|| start..start + token.len())
}

fn token_after(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let skip = rest.len() - rest.trim_start_matches(trailing).len();
    let word = rest[skip..]
        .find(|c: char| around(c))
        .unwrap_or(rest.len() - skip);
    token_between(text, at + skip..at + skip + word)
}

fn token_before(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?.trim_end_matches(trailing);
    let start = before
        .char_indices()
        .rev()
        .take(TOKEN + 1)
        .find(|(_, c)| around(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    token_between(text, start..before.len())
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::catalog::Piece;

    static PIECES: &[&str] = &["mailbox", "is full", "blocked using", "see", "over quota"];

    const FULL: Phrase = phrase(&[piece(Gap::None, 0), piece(Gap::Any, 1)], Gap::None);
    const BLOCKED: Phrase = phrase(
        &[
            piece(Gap::Token("ip"), 2),
            piece(Gap::Token("blocklist"), 3),
        ],
        Gap::Token("url"),
    );
    const QUOTA: Phrase = phrase(&[piece(Gap::None, 4)], Gap::None);
    const QUOTA_OPEN: Phrase = phrase(&[piece(Gap::Any, 4)], Gap::Any);

    const fn piece(before: Gap<'static>, literal: u16) -> Piece {
        Piece { before, literal }
    }

    const fn phrase(pieces: &'static [Piece], end: Gap<'static>) -> Phrase {
        Phrase {
            pieces,
            length: 0,
            end,
        }
    }

    #[track_caller]
    fn check(phrase: &Phrase, text: &str, expected: Option<(&str, &[(&str, &str)])>) {
        let hits = Hits::find(&Matcher::new(PIECES), PIECES, text);
        let hit = locate(phrase, text, &hits);
        let found = hit.as_ref().map(|hit| {
            let tokens: Vec<(&str, &str)> = hit
                .tokens
                .iter()
                .map(|(name, range)| (*name, &text[range.clone()]))
                .collect();
            (&text[hit.range.clone()], tokens)
        });
        let expected = expected.map(|(range, tokens)| (range, tokens.to_vec()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn pieces_follow_each_other() {
        check(
            &FULL,
            "the mailbox of x is full.",
            Some(("mailbox of x is full", &[])),
        );
        check(&FULL, "is full: mailbox", None);
        check(
            &FULL,
            "mailbox, mailbox is full",
            Some(("mailbox, mailbox is full", &[])),
        );
        let far = format!("mailbox {} is full", "x".repeat(RUN));
        check(&FULL, &far, None);
    }

    #[test]
    fn words_are_whole_unless_a_star_says_otherwise() {
        check(&QUOTA, "over quota", Some(("over quota", &[])));
        check(&QUOTA, "(over quota)", Some(("over quota", &[])));
        check(&QUOTA, "over quotation", None);
        check(&QUOTA, "moreover quota", None);
        check(&QUOTA, "over quotas, over quota", Some(("over quota", &[])));
        check(&QUOTA_OPEN, "moreover quotation", Some(("over quota", &[])));
    }

    #[test]
    fn tokens_are_captured_without_what_surrounds_them() {
        check(
            &BLOCKED,
            "host [192.0.2.1] blocked using <bl.example.org>; see https://example.org/q?ip=1.",
            Some((
                "192.0.2.1] blocked using <bl.example.org>; see https://example.org/q?ip=1",
                &[
                    ("ip", "192.0.2.1"),
                    ("blocklist", "bl.example.org"),
                    ("url", "https://example.org/q?ip=1"),
                ],
            )),
        );
        check(
            &BLOCKED,
            "192.0.2.1 blocked using two words see https://example.org",
            None,
        );
        check(&BLOCKED, "blocked using bl.example.org see x", None);
    }
}
