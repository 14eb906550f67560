//! Text for people to what it says about the recipients.
//!
//! One reader for every form, known or never seen before: it finds the
//! lines that report (and not those of the returned message), the replies
//! in them, the addresses that are named as recipients, and joins them. What
//! is special about a family of mail systems stands in small tables:
//! labels, phrases, marks.

use std::collections::HashMap;
use std::ops::Range;

use crate::limits;
use crate::report::log;
use crate::report::{Action, Kind, PerMessage, PerRecipient, Returned, Statement, Voice};
use crate::smtp::EnhancedStatus;
use crate::smtp::reply::{self, Place, Reply};
use crate::source::{Field, Origin, Source};
use crate::unwrapped::Unwrapped;

mod family;
mod labels;
mod page;
mod phrases;
mod recipients;

use labels::Label;
use page::{Page, Part};
use phrases::Tells;
use recipients::{Mention, Role};

/// Everything that was found in text for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrative {
    /// The family of mail systems whose words these are (`exchange`,
    /// `gmail`, `postfix` ...), `log` or `text`.
    pub format: &'static str,
    /// `Bounce` or `Delay` where the text reports one, `None` where nothing
    /// says so.
    pub kind: Option<Kind>,
    /// What is said once for the message.
    pub per_message: PerMessage,
    /// One for each recipient, in the order of the text; one without an
    /// address when a failure is told and nothing names its recipient.
    pub per_recipient: Vec<PerRecipient>,
    /// What the text shows of the message that came back.
    pub returned: Returned,
}

/// Reads the texts with these indices.
pub fn read(sources: &[Source], text_sources: &[u32]) -> Narrative {
    let mut all = Narrative {
        format: "text",
        ..Narrative::default()
    };
    for &source in text_sources {
        let one = Reading::new(sources, source).narrative();
        if all.per_recipient.is_empty() || (all.kind.is_none() && one.kind.is_some()) {
            let returned = std::mem::take(&mut all.returned);
            all = one;
            fill(&mut all.returned, returned);
        } else {
            join(&mut all, one);
        }
    }
    all
}

/// Adds what another text of the same message says about the same recipients.
fn join(all: &mut Narrative, other: Narrative) {
    let address = |recipient: &PerRecipient| {
        let field = recipient.final_recipient.as_ref();
        field.map(|field| field.value.to_lowercase())
    };
    for recipient in other.per_recipient {
        let key = address(&recipient);
        let Some(known) = all
            .per_recipient
            .iter_mut()
            .find(|known| address(known) == key)
        else {
            continue;
        };
        if known.reply_code.is_none() && recipient.reply_code.is_some() {
            known.reply_code = recipient.reply_code;
            known.status = recipient.status.or(known.status.take());
            known.diagnostic_code = recipient.diagnostic_code;
            known.remote_mta = known.remote_mta.take().or(recipient.remote_mta);
            let outer = std::mem::replace(&mut known.said, recipient.said);
            known.said.extend(outer);
        } else {
            known.status = known.status.take().or(recipient.status);
            known.said.extend(recipient.said);
        }
    }
    fill(&mut all.returned, other.returned);
}

fn fill(known: &mut Returned, other: Returned) {
    known.subject = known.subject.take().or(other.subject);
    known.from = known.from.take().or(other.from);
    known.to = known.to.take().or(other.to);
    known.date = known.date.take().or(other.date);
    known.message_id = known.message_id.take().or(other.message_id);
}

/// One text, read.
struct Reading<'a> {
    sources: &'a [Source],
    page: Page,
    /// The replies in the report's own lines.
    replies: Vec<Reply>,
    mentions: Vec<Mention>,
    recipients: Vec<Recipient>,
}

/// One recipient and where the text is about it.
struct Recipient {
    address: Option<Range<usize>>,
    original: Option<Range<usize>>,
    /// Where it is named, in order.
    places: Vec<usize>,
    /// Indices into [`Reading::replies`].
    replies: Vec<usize>,
}

impl<'a> Reading<'a> {
    fn new(sources: &'a [Source], source: u32) -> Reading<'a> {
        let page = Page::new(sources, source);
        let mut replies = reply::find(&page.text);
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
        let chosen = recipients::choose(&page, &mentions);
        let mut reading = Reading {
            sources,
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
            if mention.role >= Role::Mentioned
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
            whose.sort_unstable();
            whose.dedup();
            if whose.is_empty() {
                shared.push(n);
            }
            for recipient in whose {
                self.recipients[recipient].replies.push(n);
            }
        }
        for recipient in &mut self.recipients {
            let own_code = recipient
                .replies
                .iter()
                .any(|n| self.replies[*n].place > Place::Prose);
            if !own_code {
                recipient.replies.extend(&shared);
                recipient.replies.sort_unstable();
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
            let reply_between = line.is_some_and(|below| {
                let next = self
                    .replies
                    .partition_point(|other| other.range.start <= *at);
                self.replies.get(next).is_some_and(|other| {
                    other.range.end < reply.range.start
                        && self.page.line_at(other.range.start) < below
                })
            });
            if !together || reply_between {
                break;
            }
            line = Some(here);
            group.push(*whose);
        }
        group
    }

    /// Whether a line holds nothing but an address.
    fn is_list_entry(&self, n: usize) -> bool {
        let range = self.page.lines[n].range.clone();
        let words = self.page.raw(range);
        words.contains('@')
            && !words.trim_end_matches(['>', ')']).contains(": ")
            && words.len() < 120
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
        let same = |line: &&page::Line| line.block == block;
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
}

/// How many lines around a field are looked over for others.
const FIELD_LINES: usize = 30;
/// How many recipients one reply may be about.
const GROUP: usize = 200;
/// How many replies behind a quoted one are looked at for its recipient.
const RESTATED: usize = 8;
/// How many lines around one a block is followed.
const BLOCK: usize = 100;
/// How many places that name one recipient are read.
const PLACES: usize = 8;

impl Reading<'_> {
    fn narrative(&self) -> Narrative {
        let kind = self.kind();
        let mut narrative = Narrative {
            format: self.format(),
            kind,
            per_message: self.per_message(),
            returned: self.returned(),
            per_recipient: Vec::new(),
        };
        let words = reply::trimmed(self.page.text.text(), 0..self.page.text.text().len());
        if kind.is_none() && words.len() > limits::SHORT_PASTE {
            return narrative;
        }
        if words.is_empty() {
            return narrative;
        }
        narrative.per_recipient = (0..self.recipients.len())
            .map(|n| self.per_recipient(n, kind))
            .collect();
        if let Some(kind) = kind
            && narrative
                .per_recipient
                .iter()
                .all(|r| r.action == Some(Action::Delayed))
            && kind == Kind::Bounce
        {
            narrative.kind = Some(Kind::Delay);
        }
        // A log that tells of deliveries and of failures is about the failures.
        if narrative
            .per_recipient
            .iter()
            .any(|r| matches!(r.action, Some(Action::Failed | Action::Delayed)))
        {
            narrative.per_recipient.retain(|r| {
                !matches!(
                    r.action,
                    Some(Action::Delivered | Action::Relayed | Action::Expanded)
                )
            });
        }
        narrative
    }

    fn format(&self) -> &'static str {
        let is_log = self
            .page
            .lines
            .iter()
            .filter(|line| line.part == Part::Report && !line.range.is_empty())
            .take(3)
            .any(|line| line.is_log);
        match is_log {
            true => "log",
            false => family::of(self.page.text.lower()),
        }
    }

    /// Whether the text tells of a bounce or a delay.
    fn kind(&self) -> Option<Kind> {
        let tells = |what| self.page.phrases.iter().any(|(tells, _)| *tells == what);
        let replies = self
            .replies
            .iter()
            .filter(|reply| reply.place > Place::Prose);
        let permanent = replies.clone().any(Reply::is_permanent);
        let coded = replies.clone().next().is_some();
        let labelled = self.page.lines.iter().any(|line| {
            line.part == Part::Report && matches!(line.label, Some((Label::Action, _)))
        });
        if !(coded
            || labelled
            || tells(Tells::Failure)
            || tells(Tells::GaveUp)
            || tells(Tells::Delay))
        {
            return None;
        }
        let delay = tells(Tells::Delay) && !permanent && !tells(Tells::GaveUp);
        Some(if delay { Kind::Delay } else { Kind::Bounce })
    }

    fn per_recipient(&self, n: usize, kind: Option<Kind>) -> PerRecipient {
        let recipient = &self.recipients[n];
        let own: Vec<&Reply> = recipient
            .replies
            .iter()
            .map(|n| &self.replies[*n])
            .collect();
        let deciding = reply::deciding(&own);
        let mut said: Vec<Statement> = Vec::new();
        if let Some(first) = deciding {
            said.push(own[first].statement(&self.page.text));
            // What only follows from a refusal says nothing of its own.
            let others = own
                .iter()
                .enumerate()
                .rev()
                .filter(|(n, reply)| *n != first && !reply.follows)
                .map(|(_, reply)| reply.statement(&self.page.text));
            said.extend(others.take(limits::STATEMENTS));
        }
        let status = status(&said);
        let reply_code = said
            .iter()
            .find_map(|statement| statement.reply_code.clone());
        let deciding = deciding.map(|first| own[first]);
        self.add_narrative(recipient, deciding, &mut said);
        let block_of = deciding
            .map(|reply| reply.range.start)
            .or(recipient.places.first().copied());
        let field = |range: Range<usize>, origin: Origin| self.field(range, origin);
        let named = |wanted: Label| self.labelled_in(recipient, block_of, wanted);
        let diagnostic_code = said.first().map(|statement| Field {
            value: plain(self.sources, statement),
            span: statement.span,
            origin: Origin::Reply,
        });
        let action = named(Label::Action)
            .and_then(|range| action(self.page.lower(range)))
            .or(block_of.and_then(|at| self.logged_action(at)))
            .or(match kind {
                Some(Kind::Bounce) => Some(Action::Failed),
                Some(Kind::Delay) => Some(Action::Delayed),
                _ => None,
            });
        PerRecipient {
            original_recipient: recipient
                .original
                .clone()
                .map(|range| field(range, Origin::Narrative)),
            final_recipient: recipient
                .address
                .clone()
                .map(|range| field(range, Origin::Narrative)),
            action,
            status,
            reply_code,
            remote_mta: said
                .first()
                .and_then(|statement| statement.speaker.clone())
                .or_else(|| named(Label::RemoteMta).and_then(|range| self.host(range))),
            diagnostic_code,
            command: deciding.and_then(|reply| self.command(reply)),
            last_attempt_date: named(Label::LastAttemptDate)
                .map(|range| field(range, Origin::Label)),
            will_retry_until: named(Label::WillRetryUntil).map(|range| field(range, Origin::Label)),
            said,
            diagnosis: None,
        }
    }

    /// The value of a label in one of the recipient's blocks.
    fn labelled_in(
        &self,
        recipient: &Recipient,
        at: Option<usize>,
        wanted: Label,
    ) -> Option<Range<usize>> {
        let single = self.recipients.len() == 1;
        if single {
            return self.labelled(wanted);
        }
        let places = recipient.places.iter().take(PLACES).copied().chain(at);
        places.into_iter().find_map(|at| {
            let block = self.block_range(self.page.line_at(at));
            let (first, last) = (self.page.line_at(block.start), self.page.line_at(block.end));
            (first..=last).find_map(|n| self.value(n, wanted))
        })
    }

    /// The first value of a label in the report's lines.
    fn labelled(&self, wanted: Label) -> Option<Range<usize>> {
        (0..self.page.lines.len()).find_map(|n| self.value(n, wanted))
    }

    /// The value on line `n`, if it has that label.
    fn value(&self, n: usize, wanted: Label) -> Option<Range<usize>> {
        let line = self.page.lines.get(n)?;
        let has = line.label.is_some_and(|(label, _)| label == wanted);
        (has && line.part == Part::Report)
            .then(|| recipients::labelled(&self.page, n))
            .flatten()
    }

    /// Adds the words for people: those next to the recipient, then the
    /// whole report.
    fn add_narrative(
        &self,
        recipient: &Recipient,
        deciding: Option<&Reply>,
        said: &mut Vec<Statement>,
    ) {
        let mut add = |range: Range<usize>, voice: Voice| {
            let range = reply::trimmed(self.page.text.text(), self.bounded(range));
            if range.is_empty() {
                return;
            }
            let span = self.page.text.span(range);
            if said.iter().all(|statement| statement.span != span) {
                said.push(Statement {
                    span,
                    voice,
                    reply_code: None,
                    status: None,
                    speaker: None,
                });
            }
        };
        if let Some(reply) = deciding {
            // The whole line around it: "#< #5.5.0 SMTP; 554-mx.example.org> #SMTP#".
            let line = &self.page.lines[self.page.line_at(reply.range.start)];
            let last = &self.page.lines[self.page.line_at(reply.range.end)];
            add(
                line.range.start..last.range.end.max(reply.range.end),
                Voice::Reply,
            );
        }
        if let Some(range) = self.labelled_in(recipient, None, Label::Diagnostic) {
            let end = reply::paragraph_end(&self.page.text, range.start);
            add(range.start..end.max(range.end), Voice::Reply);
        }
        if let Some(range) = self.reason(recipient) {
            add(range, Voice::Reply);
        }
        if self.recipients.len() > 1 {
            for at in recipient.places.iter().take(PLACES) {
                add(self.block_range(self.page.line_at(*at)), Voice::Narrative);
            }
            let first = self
                .page
                .lines
                .iter()
                .position(|line| line.part == Part::Report && !line.range.is_empty());
            if let Some(first) = first {
                add(self.block_range(first), Voice::Narrative);
            }
            return;
        }
        // The run of report lines around the recipient, else around the reply.
        let at = recipient
            .places
            .first()
            .copied()
            .or(deciding.map(|reply| reply.range.start));
        let anchor = at.map(|at| self.page.line_at(at)).or_else(|| {
            let told = self
                .page
                .phrases
                .iter()
                .find(|(tells, _)| *tells != Tells::Hint)?;
            Some(self.page.line_at(told.1.start))
        });
        let report = |n: usize| {
            self.page
                .lines
                .get(n)
                .is_some_and(|line| line.part == Part::Report)
        };
        let anchor = anchor.or_else(|| (0..self.page.lines.len()).find(|n| report(*n)));
        let Some(anchor) = anchor.filter(|n| report(*n)) else {
            return;
        };
        let mut first = anchor;
        while first > 0 && report(first - 1) {
            first -= 1;
        }
        let mut last = anchor;
        while report(last + 1) {
            last += 1;
        }
        let whole = self.page.lines[first].range.start..self.page.lines[last].range.end;
        add(self.block_range(anchor), Voice::Narrative);
        if whole.len() > limits::NARRATIVE
            && let Some(reply) = deciding
        {
            // Too much to show: the paragraph of the reply, then the start.
            add(
                self.block_range(self.page.line_at(reply.range.start)),
                Voice::Narrative,
            );
        }
        add(whole, Voice::Narrative);
    }

    /// The words that tell why, next to a recipient: behind it on its line,
    /// or in the next paragraph.
    fn reason(&self, recipient: &Recipient) -> Option<Range<usize>> {
        let text = &self.page.text;
        for at in recipient.places.iter().take(PLACES) {
            let n = self.page.line_at(*at);
            let line = &self.page.lines[n];
            if line.label.is_some() || self.page.part_at(*at) != Part::Report {
                continue;
            }
            let close = self.page.raw(*at..line.range.end);
            let address = crate::smtp::address::find(close).into_iter().next()?;
            let behind = *at + address.outer().end;
            let starts_line = self
                .page
                .raw(line.range.start..*at)
                .trim_matches(|c: char| "<*->•\t '\"(".contains(c))
                .is_empty();
            if !starts_line {
                continue;
            }
            let end = reply::paragraph_end(text, *at);
            let words = self
                .page
                .raw(behind..end)
                .trim_start_matches(|c: char| ":.>)] \n\t".contains(c));
            if words.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS {
                return Some(end - words.len()..end);
            }
            let next = (n + 1..self.page.lines.len()).find(|n| {
                let line = &self.page.lines[*n];
                !line.range.is_empty()
                    && line.block != self.page.lines[self.page.line_at(*at)].block
            });
            if let Some(next) = next
                && self.page.lines[next].part == Part::Report
            {
                let mut range = self.block_range(next);
                // "because:", "For the following reason:" only announce it.
                if self.page.raw(range.clone()).trim_end().ends_with(':') {
                    let after = (next + 1..self.page.lines.len()).find(|n| {
                        let line = &self.page.lines[*n];
                        !line.range.is_empty() && line.block != self.page.lines[next].block
                    });
                    if let Some(after) = after.filter(|n| self.page.lines[*n].part == Part::Report)
                    {
                        range = self.block_range(after);
                    }
                }
                return Some(range);
            }
        }
        None
    }

    /// The lines of the block that holds line `n`.
    fn block_range(&self, n: usize) -> Range<usize> {
        let block = self.page.lines[n].block;
        let same = |line: &&page::Line| line.block == block && line.part == Part::Report;
        let above = self.page.lines[..n].iter().rev().take(BLOCK);
        let below = self.page.lines[n..].iter().take(BLOCK);
        let before = above.take_while(same).count();
        let after = below.take_while(same).count().max(1);
        self.page.lines[n - before].range.start..self.page.lines[n + after - 1].range.end
    }

    /// A range cut to [`limits::NARRATIVE`].
    fn bounded(&self, range: Range<usize>) -> Range<usize> {
        let text = self.page.text.text();
        let mut end = range.end.min(range.start + limits::NARRATIVE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        range.start..end.max(range.start)
    }

    fn field(&self, range: Range<usize>, origin: Origin) -> Field<String> {
        Field {
            value: self.page.raw(range.clone()).to_string(),
            span: self.page.text.span(range),
            origin,
        }
    }

    /// The host at the start of a label's value.
    fn host(&self, range: Range<usize>) -> Option<Field<String>> {
        let value = self.page.raw(range.clone());
        let length = value
            .find(|c: char| c.is_whitespace() || "([,;".contains(c))
            .unwrap_or(value.len());
        let host = value[..length].trim_end_matches('.');
        (!host.is_empty() && !host.contains('@'))
            .then(|| self.field(range.start..range.start + host.len(), Origin::Label))
    }

    /// The SMTP command that a reply answers, if its paragraph says so.
    fn command(&self, reply: &Reply) -> Option<Field<String>> {
        let block = self.block_range(self.page.line_at(reply.range.start));
        let range = self.bounded(block.start..block.end.max(reply.range.end));
        let lower = self.page.lower(range.clone());
        let (at, words, command) = log::command(lower)?;
        let start = range.start + at;
        Some(Field {
            value: command.to_string(),
            span: self.page.text.span(start..start + words),
            origin: Origin::Narrative,
        })
    }

    fn logged_action(&self, at: usize) -> Option<Action> {
        let line = &self.page.lines[self.page.line_at(at)];
        let lower = self.page.lower(line.range.clone());
        line.is_log.then(|| log::action(lower)).flatten()
    }

    fn per_message(&self) -> PerMessage {
        let first = |wanted: Label| {
            (0..self.page.lines.len())
                .filter(|n| {
                    let line = &self.page.lines[*n];
                    line.part == Part::Report
                        && line.label.is_some_and(|(label, _)| label == wanted)
                })
                .find_map(|n| recipients::labelled(&self.page, n))
        };
        PerMessage {
            reporting_mta: first(Label::ReportingMta)
                .and_then(|range| self.host(range))
                .or_else(|| self.introduced()),
            received_from_mta: first(Label::ReceivedFromMta).and_then(|range| self.host(range)),
            arrival_date: first(Label::ArrivalDate).map(|range| self.field(range, Origin::Label)),
            original_envelope_id: None,
            queue_id: first(Label::QueueId)
                .map(|range| self.field(range, Origin::Label))
                .or_else(|| self.logged_queue_id()),
        }
    }

    /// The host that introduces itself: "This is the mail system at host mx.example.org."
    fn introduced(&self) -> Option<Field<String>> {
        let lower = self.page.text.lower();
        let (at, words) = INTRODUCTIONS
            .iter()
            .find_map(|words| lower.find(words).map(|at| (at, words.len())))?;
        let start = at + words;
        let rest = self.page.text.text().get(start..)?;
        let length = rest
            .find(|c: char| c.is_whitespace() || "([,;".contains(c))
            .unwrap_or(rest.len());
        let host = rest[..length].trim_end_matches(['.', ':']);
        reply::is_host(host).then(|| self.field(start..start + host.len(), Origin::Narrative))
    }

    fn logged_queue_id(&self) -> Option<Field<String>> {
        let line = self
            .page
            .lines
            .iter()
            .find(|line| line.part == Part::Report && line.is_log)?;
        let range = log::queue_id(self.page.raw(line.range.clone()))?;
        Some(self.field(
            line.range.start + range.start..line.range.start + range.end,
            Origin::Label,
        ))
    }

    fn returned(&self) -> Returned {
        let first = |wanted: Label| {
            (0..self.page.lines.len())
                .filter(|n| {
                    let line = &self.page.lines[*n];
                    line.part != Part::Head
                        && line.part != Part::Signature
                        && line.label.is_some_and(|(label, _)| label == wanted)
                })
                .find_map(|n| recipients::labelled(&self.page, n))
                .map(|range| self.field(range, Origin::Returned))
        };
        let mut message_id = first(Label::MessageId);
        if let Some(field) = &mut message_id {
            field.value = field.value.trim_matches(['<', '>']).to_string();
        }
        Returned {
            subject: first(Label::Subject),
            from: first(Label::From),
            to: first(Label::To),
            date: first(Label::Date),
            message_id,
        }
    }
}

/// Letters that make the rest of a line a reason.
const LETTERS: usize = 6;

/// How hosts introduce themselves in reports.
const INTRODUCTIONS: &[&str] = &[
    "mail system at host ",
    "qmail-send program at ",
    "this is the mail delivery agent at ",
    "dragonfly mail agent v0.13 at ",
    "delivery status notification from ",
    "generated by the program amavisd-new at host\n",
    "почтовым сервером ",
    "message from ",
    "email server at ",
];

/// The deciding statement's status, or the nearest enclosing one's of its
/// class. `x.0.0` yields to a specific one.
fn status(said: &[Statement]) -> Option<Field<EnhancedStatus>> {
    let first = said.first()?;
    let class = first
        .status
        .as_ref()
        .map(|field| field.value.class)
        .or(first
            .reply_code
            .as_ref()
            .map(|field| (field.value / 100) as u8));
    let fits =
        |field: &&Field<EnhancedStatus>| class.is_none_or(|class| field.value.class == class);
    let own = first.status.as_ref();
    let others = || {
        said[1..]
            .iter()
            .filter_map(|statement| statement.status.as_ref())
            .filter(fits)
    };
    match own {
        Some(own) if own.value.is_undefined() => others()
            .find(|field| !field.value.is_undefined())
            .or(Some(own))
            .cloned(),
        Some(own) => Some(own.clone()),
        None => others().next().cloned(),
    }
}

fn action(lower: &str) -> Option<Action> {
    let word = lower
        .split(|c: char| !c.is_ascii_alphabetic())
        .find(|word| !word.is_empty())?;
    Some(match word {
        "failed" | "failure" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        _ => return None,
    })
}

/// The words of a statement on one line.
fn plain(sources: &[Source], statement: &Statement) -> String {
    let unwrapped = Unwrapped::of(sources, statement.span);
    let words: Vec<&str> = unwrapped.text().split_whitespace().collect();
    words.join(" ")
}
#[cfg(test)]
mod debug {
    #[test]
    fn dump() {
        let Ok(path) = std::env::var("DUMP") else {
            return;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let sources = vec![crate::source::Source {
            role: crate::source::Role::Text,
            text,
            wrapped_at: None,
        }];
        let r = super::Reading::new(&sources, 0);
        for l in &r.page.lines {
            eprintln!(
                "{:?} b{} {:?} {}",
                l.part,
                l.block,
                l.label.map(|l| l.0),
                r.page.raw(l.range.clone())
            );
        }
        for m in &r.mentions {
            eprintln!("{:?} {}", m.role, r.page.raw(m.range.clone()));
        }
        for m in &r.replies {
            eprintln!(
                "{:?} {:?} {:?} follows={} {}",
                m.place,
                m.code.as_ref().map(|c| c.0),
                m.status.as_ref().map(|c| c.0),
                m.speaker.clone().map_or("", |r2| r.page.raw(r2)),
                r.page.raw(m.range.clone())
            );
        }
    }
}
