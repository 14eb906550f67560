//! One text, read: its replies, its recipients, and which belong together.

use std::collections::HashMap;
use std::ops::Range;

use super::labels::Label;
use super::page::{Line, Page, Part};
use super::recipients::{self, Mention, Role};
use crate::budget::Budget;
use crate::limits;
use crate::order;
use crate::smtp::reply::{self, Place, Reply};
use crate::source::{Field, Origin, Source};

/// One text, read.
pub(super) struct Reading<'a> {
    pub sources: &'a [Source],
    pub page: Page,
    /// The replies in the report's own lines.
    pub replies: Vec<Reply>,
    mentions: Vec<Mention>,
    pub recipients: Vec<Recipient>,
    /// The first line of the report with any words.
    pub first_line: Option<usize>,
}

/// One recipient and where the text is about it.
pub(super) struct Recipient {
    pub address: Option<Range<usize>>,
    pub original: Option<Range<usize>>,
    /// Where it is named, in order.
    pub places: Vec<usize>,
    /// Indices into [`Reading::replies`].
    pub replies: Vec<usize>,
}

impl<'a> Reading<'a> {
    pub fn new(sources: &'a [Source], source: u32, budget: &mut Budget) -> Reading<'a> {
        let page = Page::new(sources, source);
        let mut replies = reply::find(&page.text);
        budget.pay_for_replies(replies.len());
        if replies.len() >= limits::REPLIES {
            budget.problem("too-many-replies");
        }
        replies.retain(|reply| {
            let line = &page.lines[page.line_at(reply.range.start)];
            // A header that shows a number is no reply.
            line.part == Part::Report
                && !matches!(
                    line.label,
                    Some((
                        Label::Header | Label::Date | Label::MessageId | Label::Subject,
                        _
                    ))
                )
        });
        let mentions = recipients::find(&page, &replies);
        let mut chosen = recipients::choose(&page, &mentions);
        if chosen.len() > limits::RECIPIENTS {
            chosen.truncate(limits::RECIPIENTS);
            budget.problem("too-many-recipients");
        }
        let first_line = page
            .lines
            .iter()
            .position(|line| line.part == Part::Report && !line.range.is_empty());
        let mut reading = Reading {
            sources,
            first_line,
            page,
            replies,
            mentions,
            recipients: Vec::new(),
        };
        reading.gather(chosen);
        reading
    }

    /// Which places and which replies belong to which recipient.
    fn gather(&mut self, chosen: Vec<Range<usize>>) {
        let mut index: HashMap<String, usize> = HashMap::new();
        for address in chosen {
            let key = self.page.raw(address.clone()).to_lowercase();
            index.insert(key, self.recipients.len());
            self.recipients.push(Recipient {
                address: Some(address),
                original: None,
                places: Vec::new(),
                replies: Vec::new(),
            });
        }
        // (where, whose), in the order of the text.
        let mut places: Vec<(usize, usize)> = Vec::new();
        for mention in &self.mentions {
            let key = self.page.raw(mention.range.clone()).to_lowercase();
            if mention.role >= Role::Elsewhere
                && self.page.part_at(mention.range.start) == Part::Report
                && let Some(&whose) = index.get(&key)
            {
                places.push((mention.range.start, whose));
                self.recipients[whose].places.push(mention.range.start);
            } else if mention.role == Role::Original {
                let block = self.block(mention.range.start);
                let near = places.last().filter(|(at, _)| self.block(*at) == block);
                if let Some(&(_, whose)) = near {
                    self.recipients[whose]
                        .original
                        .get_or_insert(mention.range.clone());
                }
            }
        }
        if self.recipients.len() <= 1 {
            if self.recipients.is_empty() {
                self.recipients.push(Recipient {
                    address: None,
                    original: None,
                    places: Vec::new(),
                    replies: Vec::new(),
                });
            }
            self.recipients[0].replies = (0..self.replies.len()).collect();
            return;
        }
        let mut shared = Vec::new();
        for n in 0..self.replies.len() {
            let mut whose = self.whose(n, &places);
            order::sorted_set(&mut whose);
            if whose.is_empty() {
                shared.push(n);
            }
            for recipient in whose {
                self.recipients[recipient].replies.push(n);
            }
        }
        shared.truncate(SHARED / self.recipients.len());
        for recipient in &mut self.recipients {
            // A Status field is no reply: another may stand above all recipients.
            let own_code = recipient.replies.iter().any(|n| {
                let reply = &self.replies[*n];
                let line = &self.page.lines[self.page.line_at(reply.range.start)];
                let is_field = matches!(line.label, Some((Label::Status, _)));
                reply.place > Place::Prose && (reply.code.is_some() || !is_field)
            });
            if !own_code {
                recipient.replies.extend(&shared);
                order::sort_by_key(&mut recipient.replies, |n| *n);
            }
        }
    }

    /// Whose the reply is: those that it names itself, those named in its
    /// block, or the group named last before it.
    fn whose(&self, n: usize, places: &[(usize, usize)]) -> Vec<usize> {
        let reply = &self.replies[n];
        let within = |range: Range<usize>| {
            let first = places.partition_point(|(at, _)| *at < range.start);
            places[first..]
                .iter()
                .take_while(move |(at, _)| *at < range.end)
                .take(GROUP)
                .map(|(_, whose)| *whose)
        };
        let named: Vec<usize> = within(reply.range.clone()).collect();
        if !named.is_empty() {
            return named;
        }
        let block = self.block(reply.range.start);
        if reply.place == Place::Quoted {
            // "<<< 550 no such user\n550 5.1.1 <a@example.org>... User unknown"
            let restated = self.replies[n + 1..]
                .iter()
                .take(RESTATED)
                .take_while(|next| {
                    next.place < Place::Quoted && self.block(next.range.start) == block
                })
                .map(|next| within(next.range.clone()).collect::<Vec<usize>>())
                .find(|named| !named.is_empty());
            if let Some(named) = restated {
                return named;
            }
        }
        // In the list of a queue the reason stands above, in brackets.
        let line = self.page.line_at(reply.range.start);
        if self
            .page
            .raw(self.page.lines[line].range.clone())
            .starts_with('(')
            && line
                .checked_sub(1)
                .is_some_and(|above| !self.is_list_entry(above))
            && line + 1 < self.page.lines.len()
            && self.is_list_entry(line + 1)
        {
            let below: Vec<usize> = within(self.page.lines[line + 1].range.clone()).collect();
            if !below.is_empty() {
                return below;
            }
        }
        let before = places.partition_point(|(at, _)| *at < reply.range.start);
        let fields = self.is_field_block(reply.range.start);
        if fields {
            let line = self.page.line_at(reply.range.start);
            let in_block: Vec<usize> = within(self.block_range(line)).collect();
            if !in_block.is_empty() {
                return in_block;
            }
        }
        // The last named before it, and those listed together with it.
        let mut group = Vec::new();
        let mut line = None;
        let mut later = reply.range.start;
        for (at, whose) in places[..before].iter().rev().take(GROUP) {
            let here = self.page.line_at(*at);
            let together = match line {
                None => true,
                Some(below) => {
                    here == below
                        || (here + 1 == below
                            && self.is_list_entry(here)
                            && self.is_list_entry(below))
                }
            };
            let reply_between = line.is_some() && {
                let next = self
                    .replies
                    .partition_point(|other| other.range.start <= *at);
                self.replies
                    .get(next)
                    .is_some_and(|other| other.range.start < later)
            };
            if !together || reply_between {
                break;
            }
            line = Some(here);
            later = *at;
            group.push(*whose);
        }
        group
    }

    /// Whether a recipient is called one, and not only mentioned.
    pub fn names_recipient(&self) -> bool {
        self.mentions.iter().any(|mention| match mention.role {
            Role::Mentioned => {
                let line = self.page.line_at(mention.range.start);
                self.page.reports(self.block_range(line))
            }
            role => role >= Role::ReturnedTo,
        })
    }

    /// Whether an address stands behind a label that calls it the recipient.
    pub fn labels_recipient(&self) -> bool {
        self.mentions.iter().any(|mention| {
            let line = &self.page.lines[self.page.line_at(mention.range.start)];
            line.part == Part::Report && matches!(line.label, Some((Label::Recipient, _)))
        })
    }

    /// Whether a line holds nothing but an address.
    fn is_list_entry(&self, n: usize) -> bool {
        let range = self.page.lines[n].range.clone();
        let words = self.page.raw(range);
        words.len() < 120
            && words.contains('@')
            && !words.trim_end_matches(['>', ')']).contains(": ")
            && !words.ends_with(':')
            && words.split_whitespace().count() <= 4
    }

    fn block(&self, at: usize) -> u32 {
        self.page.lines[self.page.line_at(at)].block
    }

    /// Whether the block at `at` is a group of fields or a log line, whose
    /// recipient may stand behind the reply.
    fn is_field_block(&self, at: usize) -> bool {
        let n = self.page.line_at(at);
        let line = &self.page.lines[n];
        if line.is_log {
            return true;
        }
        let block = line.block;
        let same = |line: &&Line| line.block == block;
        let fields = self.page.lines[..n]
            .iter()
            .rev()
            .take_while(same)
            .take(FIELD_LINES)
            .chain(
                self.page.lines[n..]
                    .iter()
                    .take_while(same)
                    .take(FIELD_LINES),
            )
            .filter(|line| line.label.is_some())
            .count();
        fields >= 2
    }

    /// The lines of the block that holds line `n`.
    pub fn block_range(&self, n: usize) -> Range<usize> {
        let block = self.page.lines[n].block;
        let same = |line: &&Line| line.block == block && line.part == Part::Report;
        let above = self.page.lines[..n].iter().rev().take(BLOCK);
        let below = self.page.lines[n..].iter().take(BLOCK);
        let before = above.take_while(same).count();
        let after = below.take_while(same).count().max(1);
        self.page.lines[n - before].range.start..self.page.lines[n + after - 1].range.end
    }

    /// A range cut to what is read for one recipient.
    pub fn bounded(&self, range: Range<usize>) -> Range<usize> {
        let length = limits::narrative(self.recipients.len());
        let end = range.end.min(range.start + length);
        let end = self.page.text.text().floor_char_boundary(end);
        range.start..end.max(range.start)
    }

    pub fn field(&self, range: Range<usize>, origin: Origin) -> Field<String> {
        Field {
            value: self.page.raw(range.clone()).to_string(),
            span: self.page.text.span(range),
            origin,
        }
    }

    /// The first value of a label in the report's lines.
    pub fn labelled(&self, wanted: Label) -> Option<Range<usize>> {
        (0..self.page.lines.len()).find_map(|n| self.value(n, wanted))
    }

    /// The value on line `n`, if it has that label.
    pub fn value(&self, n: usize, wanted: Label) -> Option<Range<usize>> {
        let line = self.page.lines.get(n)?;
        let has = line.label.is_some_and(|(label, _)| label == wanted);
        (has && line.part == Part::Report)
            .then(|| recipients::labelled(&self.page, n))
            .flatten()
    }

    /// The host at the start of a label's value.
    pub fn host(&self, range: Range<usize>) -> Option<Field<String>> {
        let value = self.page.raw(self.bounded(range.clone()));
        let length = value
            .find(|c: char| c.is_whitespace() || "([<,;".contains(c))
            .unwrap_or(value.len());
        let host = value[..length].trim_end_matches('.');
        (!host.is_empty() && !host.contains('@'))
            .then(|| self.field(range.start..range.start + host.len(), Origin::Label))
    }
}

/// How many lines around a field are looked over for others.
const FIELD_LINES: usize = 30;
/// How often replies to nobody by name are read: once for each recipient.
const SHARED: usize = 100_000;
/// How many recipients one reply may be about.
const GROUP: usize = 200;
/// How many replies behind a quoted one are looked at for its recipient.
const RESTATED: usize = 8;
/// How many lines around one a block is followed.
pub(super) const BLOCK: usize = 100;
