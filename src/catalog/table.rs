//! The rules of all articles, read once from the text that `build.rs` makes of
//! the error files: as a text they weigh a third of what static tables do. It
//! is part of the native library; the page hands it to the WebAssembly, as it
//! hands the texts to the reader, so that one more article changes no code.
//!
//! First stand the literal pieces of all phrases, one a line and in the order
//! of their ends, up to an empty line. An article is a line of its id, its
//! category and whether it is final; its rules are the lines below, each
//! indented by a tab and its parts parted by tabs, the flags first (behind an
//! `@` there, how the recipient's address starts), the phrases last, with the
//! numbers of their pieces:
//!
//! ```text
//! host or domain name not found
//! name=
//!
//! postfix/host-not-found  host-unknown
//!         -  5.4.4  550,554  postfix  0*1{host}
//! ```

use std::sync::OnceLock;

use super::pattern::{self, StatusPattern};
use super::{Article, Category, Gap, PROVIDERS, Phrase, Piece, Rule};
use crate::order;

/// The rules as a text: what the page loads as `rules.txt`.
#[cfg(not(target_arch = "wasm32"))]
pub const RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.txt"));
#[cfg(target_arch = "wasm32")]
const RULES: &str = "";

/// The rules, and which of them to try.
#[derive(Debug, Default)]
pub struct Table {
    /// The articles, by id.
    pub articles: Vec<Article>,
    /// The literal pieces of all phrases, in the order of their ends.
    pub pieces: Vec<&'static str>,
    /// For each piece, the rules with a phrase that starts with it.
    pub by_piece: Vec<Vec<Place>>,
    /// The rules without phrases, but for those of `by_status`.
    pub by_code: Vec<Place>,
    /// The rules without phrases that ask for one status or some: subject
    /// and detail of each, in that order.
    pub by_status: Vec<((u16, u16), Place)>,
}

/// Article and rule, both by their place in the table.
pub type Place = (u16, u16);

static READ: OnceLock<Table> = OnceLock::new();

/// The table of the catalogue.
pub fn table() -> &'static Table {
    READ.get_or_init(|| Table::read(RULES))
}

/// Takes the rules, where they are no part of the library. The first ones
/// stay: they are read once and kept for good.
pub fn load(rules: String) {
    READ.get_or_init(|| Table::read(rules.leak()));
}

impl Table {
    /// Reads the rules out of such a text; none of more articles or pieces
    /// than a [`Place`] can number.
    pub fn read(text: &'static str) -> Table {
        let mut table = Table::default();
        let mut lines = text.lines();
        table.pieces = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let mut articles: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for line in lines {
            match (line.strip_prefix('\t'), articles.last_mut()) {
                (Some(rule), Some((_, rules))) => rules.push(rule),
                (_, _) => articles.push((line, Vec::new())),
            }
        }
        let fits = |count: usize| count <= usize::from(u16::MAX);
        if !fits(table.pieces.len()) || !fits(articles.len()) {
            return Table::default();
        }
        table.by_piece.resize(table.pieces.len(), Vec::new());
        for (line, rules) in articles {
            table.article(line, &rules);
        }
        order::sort_by_key(&mut table.by_status, |rule| *rule);
        table
    }

    fn article(&mut self, line: &'static str, rules: &[&'static str]) {
        let mut parts = line.split('\t');
        let id = parts.next().unwrap_or_default();
        let category = parts.next().and_then(Category::named);
        let family = id.split('/').next().unwrap_or_default();
        let at = self.articles.len() as u16;
        let rules: Vec<Rule> = rules
            .iter()
            .zip(0..=u16::MAX)
            .map(|(rule, n)| self.rule(rule, (at, n)))
            .collect();
        self.articles.push(Article {
            id,
            category: category.unwrap_or(Category::Unclassified),
            permanent: parts.next().and_then(|word| word.parse().ok()),
            shared: provider(family).is_none(),
            rules: rules.leak(),
        });
    }

    fn rule(&mut self, line: &'static str, place: Place) -> Rule {
        let mut parts = line.split('\t');
        let flags = parts.next().unwrap_or_default();
        let (flags, recipient) = flags.split_once('@').unwrap_or((flags, ""));
        let mut list = || parts.next().unwrap_or_default().split(',');
        let status: Vec<StatusPattern> = list().filter_map(pattern::status).collect();
        let reply: Vec<u16> = list().filter_map(|code| code.parse().ok()).collect();
        let provider: Vec<u16> = list().filter_map(provider).collect();
        let text: Vec<Phrase> = parts.filter_map(|text| self.phrase(text, place)).collect();
        if text.is_empty() {
            let one = |pattern: &StatusPattern| match (pattern.subject, pattern.detail) {
                (Some(subject), Some((first, last))) if first == last => Some((subject, first)),
                _ => None,
            };
            match status.iter().map(one).collect::<Option<Vec<_>>>() {
                Some(each) if !each.is_empty() => {
                    let each = each.into_iter().map(|status| (status, place));
                    self.by_status.extend(each);
                }
                _ => self.by_code.push(place),
            }
        }
        // Read once and kept for good.
        Rule {
            status: status.leak(),
            reply: reply.leak(),
            provider: provider.leak(),
            text: text.leak(),
            weak: flags.contains('w'),
            wrapper: flags.contains('p'),
            after_data: flags.contains('d'),
            recipient,
        }
    }

    fn phrase(&mut self, text: &'static str, place: Place) -> Option<Phrase> {
        let mut pieces = Vec::new();
        let mut length = 0;
        let mut gap = Gap::None;
        let mut rest = text;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, behind) = rest.split_at(digits);
            if let Ok(literal) = number.parse::<u16>() {
                length += self.pieces.get(literal as usize)?.len() as u16;
                pieces.push(Piece {
                    before: std::mem::replace(&mut gap, Gap::None),
                    literal,
                });
            }
            rest = behind;
            if let Some(after) = rest.strip_prefix('*') {
                (gap, rest) = (Gap::Any, after);
            } else if let Some((name, after)) =
                rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
            {
                (gap, rest) = (Gap::Token(name), after);
            } else if digits == 0 {
                return None;
            }
        }
        let first = pieces.first()?.literal;
        let rules = self.by_piece.get_mut(first as usize)?;
        if rules.last() != Some(&place) {
            rules.push(place);
        }
        Some(Phrase {
            pieces: pieces.leak(),
            length,
            end: gap,
        })
    }
}

/// The place of a provider in [`PROVIDERS`].
fn provider(id: &str) -> Option<u16> {
    PROVIDERS
        .binary_search_by(|provider| provider.id.cmp(id))
        .ok()
        .map(|at| at as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_rule() {
        let table = Table::read(
            "a\nb\nc\n\nclass/unknown\tunclassified\t\n\t-\t\t\t\nexchange-online/a\tpolicy\tfalse\n\twp@group.\t5.7.7xx,x.7.1\t550,554\texchange-online\t1{ip}2*\t0\n",
        );
        assert_eq!(table.pieces, ["a", "b", "c"]);
        assert_eq!(table.by_code, [(0, 0)]);
        assert_eq!(table.by_piece, [vec![(1, 0)], vec![(1, 0)], vec![]]);
        let [unknown, article] = &table.articles[..] else {
            panic!("two articles: {table:?}");
        };
        assert!(unknown.shared && unknown.permanent.is_none());
        assert!(!article.shared);
        assert_eq!(
            (article.category, article.permanent),
            (Category::Policy, Some(false))
        );
        let rule = article.rules[0];
        assert!(rule.weak && rule.wrapper);
        assert_eq!(rule.recipient, "group.");
        assert_eq!(rule.reply, [550, 554]);
        assert_eq!(rule.status[0].detail, Some((700, 799)));
        assert_eq!(rule.provider.len(), 1);
        assert_eq!(rule.text[0].end, Gap::Any);
        assert_eq!(rule.text[0].pieces[1].before, Gap::Token("ip"));
        assert_eq!(rule.text[0].length, 2);
    }

    #[test]
    fn more_than_can_be_numbered_is_refused() {
        let articles = |count: usize| -> &'static str {
            let pieces: String = (0..count).map(|n| format!("{n}\n")).collect();
            let rules = (0..count).map(|n| format!("a/{n}\tpolicy\t\n\t-\t\t\t\t{n}\n"));
            format!("{pieces}\n{}", rules.collect::<String>()).leak()
        };
        assert_eq!(Table::read(articles(65_535)).articles.len(), 65_535);
        assert!(Table::read(articles(65_537)).articles.is_empty());
    }

    #[test]
    fn every_line_of_the_catalogue_is_read() {
        let table = table();
        let rules: usize = table
            .articles
            .iter()
            .map(|article| article.rules.len())
            .sum();
        let (pieces, articles) = RULES.split_once("\n\n").expect("both parts");
        assert_eq!(table.pieces.len(), pieces.lines().count());
        let lines = articles.lines().filter(|line| line.starts_with('\t'));
        let phrases: usize = lines
            .clone()
            .map(|line| line.split('\t').skip(5).count())
            .sum();
        let lines = lines.count();
        assert_eq!(rules, lines);
        assert_eq!(table.articles.len() + lines, articles.lines().count());
        assert!(table.articles.is_sorted_by(|a, b| a.id < b.id));
        let read = table.articles.iter().flat_map(|article| article.rules);
        assert_eq!(read.map(|rule| rule.text.len()).sum::<usize>(), phrases);
    }
}
