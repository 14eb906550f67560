//! What a reading says of one recipient: the deciding reply, what encloses
//! it, and the words for people around both.

use std::ops::Range;

use super::labels::Label;
use super::page::Part;
use super::phrases::Tells;
use super::reading::{BLOCK, Reading, Recipient};
use crate::limits;
use crate::report::{Action, Kind, PerRecipient, Statement, Voice, log};
use crate::smtp::reply::{self, Reply};
use crate::smtp::{EnhancedStatus, address};
use crate::source::{Field, Origin, Source};
use crate::unwrapped::Unwrapped;

impl Reading<'_> {
    /// What is said of the recipient with this index.
    pub fn per_recipient(&self, n: usize, kind: Option<Kind>) -> PerRecipient {
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
            let mut others = own
                .iter()
                .enumerate()
                .rev()
                .filter(|(n, reply)| *n != first && !reply.follows)
                .map(|(_, reply)| reply.statement(&self.page.text));
            let most = limits::statements(self.recipients.len());
            said.extend(others.by_ref().take(most));
            reply::mark_cut(&mut said, others.next().is_some());
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
        let field = |range: Range<usize>, origin: Origin| self.field(self.bounded(range), origin);
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
                .map(|range| self.field(range, Origin::Narrative)),
            final_recipient: recipient
                .address
                .clone()
                .map(|range| self.field(range, Origin::Narrative)),
            action,
            status,
            reply_code,
            remote_mta: said
                .first()
                .and_then(|statement| statement.speaker.clone())
                .or_else(|| named(Label::RemoteMta).and_then(|range| self.host(range)))
                .or_else(|| self.logged(block_of, log::relay)),
            diagnostic_code,
            command: deciding.and_then(|reply| self.command(reply)),
            last_attempt_date: named(Label::LastAttemptDate)
                .map(|range| field(range, Origin::Label))
                .or_else(|| self.logged(block_of, log::date))
                .or_else(|| self.attempted(block_of)),
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

    /// Adds the words for people: those next to the recipient, then the
    /// whole report.
    fn add_narrative(
        &self,
        recipient: &Recipient,
        deciding: Option<&Reply>,
        said: &mut Vec<Statement>,
    ) {
        let mut add = |range: Range<usize>, voice: Voice| {
            let text = self.page.text.text();
            let whole = reply::trimmed(text, range.clone());
            let range = reply::trimmed(text, self.bounded(range));
            if range.is_empty() {
                return;
            }
            let is_cut = range.end < whole.end;
            let span = self.page.text.span(range);
            if said.iter().all(|statement| statement.span != span) {
                said.push(Statement {
                    span,
                    voice,
                    reply_code: None,
                    status: None,
                    speaker: None,
                    is_cut,
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
            if let Some(first) = self.first_line {
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
            let starts_line = *at - line.range.start <= REACH
                && self
                    .page
                    .raw(line.range.start..*at)
                    .trim_matches(|c: char| "<*->•\t '\"(".contains(c))
                    .is_empty();
            if !starts_line {
                continue;
            }
            let close = self.page.raw(self.bounded(*at..line.range.end));
            let address = address::find(close).into_iter().next()?;
            let behind = *at + address.outer().end;
            let end = reply::paragraph_end(text, *at);
            let words = self
                .page
                .raw(behind..end)
                .trim_start_matches(|c: char| ":.>)] \n\t".contains(c));
            if words.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS {
                return Some(end - words.len()..end);
            }
            // In the list of a queue, the reason stands above, in brackets.
            let above = &self.page.lines[n.saturating_sub(1)];
            let words = self.page.raw(above.range.clone());
            if n > 0 && words.starts_with('(') && words.ends_with(')') && words.len() > LETTERS {
                return Some(above.range.clone());
            }
            // What stands in the lines right below is this recipient's.
            let below = self.block_range(n).end;
            if below > line.range.end && !self.begins_with_another(n + 1, close) {
                return Some(line.range.end..below);
            }
            let next = (n + 1..self.page.lines.len()).take(BLOCK).find(|next| {
                let other = &self.page.lines[*next];
                !other.range.is_empty() && other.block != line.block
            });
            if let Some(next) = next
                && self.page.lines[next].part == Part::Report
                && !self.begins_with_another(next, close)
            {
                let mut range = self.block_range(next);
                // "because:", "For the following reason:" only announce it.
                if self.page.raw(range.clone()).trim_end().ends_with(':') {
                    let after = (next + 1..self.page.lines.len()).take(BLOCK).find(|n| {
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

    /// Whether line `n` begins with an address that does not begin `own`.
    fn begins_with_another(&self, n: usize, own: &str) -> bool {
        let Some(line) = self.page.lines.get(n) else {
            return false;
        };
        let words = self.page.raw(self.bounded(line.range.clone()));
        let words = words.trim_start_matches(['<', '*', ' ', '\t']);
        let first = address::find(words).into_iter().next();
        first.is_some_and(|first| {
            first.range.start == 0 && !own.starts_with(&words[first.range.clone()])
        })
    }

    /// The SMTP command that a reply answers, if its paragraph says so.
    fn command(&self, reply: &Reply) -> Option<Field<String>> {
        let block = self.block_range(self.page.line_at(reply.range.start));
        let mut range = self.bounded(block.start..block.end.max(reply.range.end));
        let lower = self.page.lower(range.clone());
        // A reply answers the command last given before it, in a transcript
        // and in Exim's list of recipients.
        let before = lower.get(..reply.range.start.saturating_sub(range.start));
        let last = [">>>", "remote mail server after"]
            .iter()
            .filter_map(|given| before?.rfind(given))
            .max()
            .unwrap_or(0);
        range.start += last;
        let (at, words, command) = log::command(lower.get(last..)?)?;
        let start = range.start + at;
        Some(Field {
            value: command.to_string(),
            span: self.page.text.span(start..start + words),
            origin: Origin::Narrative,
        })
    }

    /// What the log line at `at` states.
    fn logged(
        &self,
        at: Option<usize>,
        read: fn(&str) -> Option<Range<usize>>,
    ) -> Option<Field<String>> {
        let line = &self.page.lines[self.page.line_at(at?)];
        let words = self.page.raw(self.bounded(line.range.clone()));
        let part = line.is_log.then(|| read(words)).flatten()?;
        let start = line.range.start;
        Some(self.field(start + part.start..start + part.end, Origin::Label))
    }

    /// When the last attempt was made, as Exchange writes it around a reply:
    /// "3/4/2026 10:12:01 AM - Server at mx.example.org returned '550 ...'",
    /// "{LED=550 ...};{MSG=};{FQDN=};{IP=};{LRT=3/4/2026 10:12:01 AM}".
    fn attempted(&self, at: Option<usize>) -> Option<Field<String>> {
        let at = at?;
        let line = self.page.lines[self.page.line_at(at)].range.clone();
        let range = self.bounded(line.clone());
        let words = self.page.lower(range.clone());
        let date = match words.find("{lrt=") {
            Some(mark) => {
                let start = range.start + mark + "{lrt=".len();
                start..start + self.page.raw(start..range.end).find('}')?
            }
            None => range.start..range.start + words.find(" - server at ")?,
        };
        let is_date = self.page.raw(date.clone()).contains(':') && date.len() < 40;
        is_date.then(|| self.field(date, Origin::Narrative))
    }

    /// How long the server goes on trying, as it is said: "5 day(s) old".
    pub fn retried(&self) -> Option<Field<String>> {
        let lower = self.page.text.lower();
        let (at, words) = RETRIES
            .iter()
            .find_map(|words| lower.find(words).map(|at| (at, words.len())))?;
        let rest = lower.get(at + words..)?;
        let end = rest.find(['.', '\n'])?;
        let range = at + words..at + words + end;
        let is_told = (4..60).contains(&range.len()) && self.page.part_at(at) == Part::Report;
        is_told.then(|| self.field(range, Origin::Narrative))
    }

    fn logged_action(&self, at: usize) -> Option<Action> {
        let line = &self.page.lines[self.page.line_at(at)];
        let lower = self.page.lower(self.bounded(line.range.clone()));
        match line.is_log {
            true => log::action(lower),
            false => self
                .page
                .table(self.page.line_at(at))
                .and(log::outcome(lower)),
        }
    }
}

/// What stands before the time for which a server goes on trying.
const RETRIES: &[&str] = &[
    "will be retried until it is ",
    "keep trying until message is ",
    "gmail will retry for ",
    "to deliver this message for the next ",
];

/// How many bytes may stand before a recipient that starts its line.
const REACH: usize = 80;
/// How many places that name one recipient are read.
const PLACES: usize = 8;
/// Letters that make the rest of a line a reason.
const LETTERS: usize = 6;

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
