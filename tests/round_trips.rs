//! What is written is read again: statuses, addresses, replies, phrases.
//!
//! Every status and every phrase there is, and addresses and replies made of
//! numbers that look random and are the same in every run.

mod numbers;

use bounce_analyzer::budget::Budget;
use bounce_analyzer::catalog::{self, Gap, Phrase};
use bounce_analyzer::diagnosis::{phrase, pieces};
use bounce_analyzer::smtp::{EnhancedStatus, address, reply};
use bounce_analyzer::source::Role;
use bounce_analyzer::{Source, Span};
use numbers::Numbers;

impl Numbers {
    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.next(list.len())]
    }

    /// Some letters of an alphabet.
    fn word(&mut self, alphabet: &str, longest: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..=self.next(longest))
            .map(|_| letters[self.next(letters.len())])
            .collect()
    }
}

#[test]
fn every_status_is_written_as_it_was_read() {
    for class in [2, 4, 5] {
        for subject in 0..1000 {
            for detail in (0..1000).step_by(if subject < 10 { 1 } else { 37 }) {
                let status = EnhancedStatus {
                    class,
                    subject,
                    detail,
                };
                assert_eq!(status.to_string().parse(), Ok(status));
            }
        }
    }
}

#[test]
fn an_address_is_found_in_any_dress() {
    let mut numbers = Numbers(7);
    for _ in 0..20_000 {
        let address = format!(
            "{}{}@{}.{}",
            numbers.word("abcxyzüñ0189", 12),
            numbers.pick(&["", ".x", "+tag", "-1", "_a", "'s"]),
            numbers.word("abcxyz0189", 20),
            numbers.pick(&[
                "example.org",
                "example.com",
                "xn--bcher-kva.example",
                "example"
            ]),
        );
        let (before, after) = [
            ("", ""),
            ("<", ">"),
            ("to <", ">: User unknown"),
            ("(", ")"),
            ("\"", "\""),
            ("rcpt to:<", ">... no"),
            ("to=", ", relay="),
            ("[mailto:", "]"),
            ("no such user: ", ". Sorry"),
            ("宛先", "に届きません"),
        ][numbers.next(10)];
        let text = format!("{before}{address}{after}");
        let found: Vec<&str> = address::find(&text)
            .iter()
            .map(|found| &text[found.range.clone()])
            .collect();
        assert_eq!(found, [address.as_str()], "{text}");
    }
}

#[test]
fn a_reply_is_read_as_it_was_said() {
    let mut numbers = Numbers(11);
    for _ in 0..5_000 {
        let class = 4 + numbers.next(2);
        let code = class * 100 + numbers.next(60);
        let status = format!("{class}.{}.{}", numbers.next(8), numbers.next(800));
        let words = (0..1 + numbers.next(8))
            .map(|_| numbers.word("abcdefghij", 8))
            .collect::<Vec<String>>();
        let words = words.join(" ");
        let reply = match numbers.next(3) {
            0 => format!("{code}-{status} {words}\n{code} {status} {words}"),
            1 => format!("{code}-{status} {words}\n{code}-{status}\n{code} {status} {words}"),
            _ => format!("{code} {status} {words}"),
        };
        let before = numbers.pick(&[
            "",
            "host mx.example.org[192.0.2.1] said: ",
            "<<< ",
            "smtp; ",
        ]);
        let text = format!("{before}{reply}");
        let span = Span {
            source: 0,
            start: 0,
            end: text.len() as u32,
        };
        let sources = [Source {
            role: Role::Text,
            text,
            wrapped_at: None,
        }];
        let said = reply::statements(&sources, span, &mut Budget::default());
        let deciding = said.first().expect("it says something");
        let read = (
            deciding
                .reply_code
                .as_ref()
                .map(|field| field.value as usize),
            deciding
                .status
                .as_ref()
                .map(|field| field.value.to_string()),
            deciding.span.of(&sources),
        );
        assert_eq!(read, (Some(code), Some(status), reply.as_str()));
    }
}

#[test]
fn every_phrase_is_found_in_the_words_that_it_stands_for() {
    let phrases: Vec<Phrase> = catalog::articles()
        .iter()
        .flat_map(|article| article.rules)
        .flat_map(|rule| rule.text.iter().copied())
        .collect();
    assert!(phrases.len() > 100, "the catalogue has phrases");
    for phrase in phrases {
        let mut text = String::new();
        let mut names = Vec::new();
        let mut fill = |gap: Gap<'static>, text: &mut String| match gap {
            Gap::None => {}
            Gap::Any => text.push_str(" and "),
            Gap::Token(name) => {
                names.push(name);
                text.push_str(" qq.example.org ");
            }
        };
        for piece in phrase.pieces {
            fill(piece.before, &mut text);
            text.push_str(catalog::pieces()[piece.literal as usize]);
        }
        fill(phrase.end, &mut text);
        let hit = phrase::locate(&phrase, &text, &pieces(&text))
            .unwrap_or_else(|| panic!("not found in {text:?}"));
        let tokens: Vec<(&str, &str)> = hit
            .tokens
            .iter()
            .map(|(name, range)| (*name, &text[range.clone()]))
            .collect();
        let expected: Vec<(&str, &str)> =
            names.iter().map(|name| (*name, "qq.example.org")).collect();
        assert_eq!(tokens, expected, "{text}");
    }
}
