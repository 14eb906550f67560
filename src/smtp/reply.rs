//! SMTP replies (RFC 5321, section 4.2) in text, out of whatever wraps them.
//!
//! A reply is told by its code, by an enhanced status (RFC 2034), or by both,
//! and by where they stand: digits inside addresses, versions, ports, delays
//! and queue ids are none. The lines of one reply become one, and of several
//! replies the innermost and last permanent one decides:
//!
//! ```text
//! '554 5.4.0 <mx.example.org #5.4.14 smtp; 554 5.4.14 Hop count exceeded>'
//!                                          ^^^ decides; 554 5.4.0 encloses it
//! ```

use std::ops::Range;

use crate::budget::Budget;
use crate::limits;
use crate::report::{Statement, Voice};
use crate::smtp::EnhancedStatus;
use crate::source::{Field, Origin, Source, Span};
use crate::unwrapped::Unwrapped;

mod place;

pub(crate) use place::{Place, is_host, paragraph_end};

/// The replies said in a stretch, unwrapped, the deciding (innermost) first,
/// then from the inside out; at most [`limits::STATEMENTS`].
///
/// Never empty for a stretch with any words: one statement without a code
/// stands for text in which none was found.
pub fn statements(sources: &[Source], span: Span, budget: &mut Budget) -> Vec<Statement> {
    let text = Unwrapped::of(sources, span);
    let mut found = find(&text);
    budget.pay_for_replies(found.len());
    if found.len() >= limits::REPLIES {
        budget.problem("too-many-replies");
    }
    found.retain(|reply| reply.place > Place::Prose);
    if found.is_empty() {
        // A code in the middle of a sentence is better than none.
        found = find(&text);
    }
    let deciding = deciding(&found.iter().collect::<Vec<_>>());
    let mut said: Vec<Statement> = Vec::new();
    if let Some(first) = deciding {
        said.push(found[first].statement(&text));
        let mut others = found.iter().enumerate().rev().filter(|(n, _)| *n != first);
        let read = others.by_ref().take(limits::STATEMENTS - 2);
        said.extend(read.map(|(_, reply)| reply.statement(&text)));
        mark_cut(&mut said, others.next().is_some());
    }
    let whole = trimmed(text.text(), 0..text.text().len());
    let covered = deciding.is_some_and(|n| found[n].range == whole);
    if !covered && !whole.is_empty() {
        said.push(Statement {
            span: text.span(whole),
            voice: Voice::Reply,
            reply_code: None,
            status: None,
            speaker: None,
            is_cut: false,
        });
    }
    said
}

/// Marks that more was said behind these statements than was read.
pub(crate) fn mark_cut(said: &mut [Statement], is_cut: bool) {
    if let Some(last) = said.last_mut() {
        last.is_cut |= is_cut;
    }
}

/// A reply found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// Its words, code included.
    pub range: Range<usize>,
    /// 400 to 599.
    pub code: Option<(u16, Range<usize>)>,
    pub status: Option<(EnhancedStatus, Range<usize>)>,
    /// The kind of place that it stands in.
    pub place: Place,
    /// The host that said it.
    pub speaker: Option<Range<usize>>,
    /// Whether it only follows from another: "503 need RCPT first".
    pub follows: bool,
    /// Whether the last line read ended its code with "-": more follows.
    open: bool,
    /// Whether it goes on behind [`limits::REPLY`].
    is_cut: bool,
}

impl Reply {
    /// The reply as a statement.
    pub fn statement(&self, text: &Unwrapped) -> Statement {
        Statement {
            span: text.span(self.range.clone()),
            voice: Voice::Reply,
            reply_code: self.code.clone().map(|(value, range)| Field {
                value,
                span: text.span(range),
                origin: Origin::Reply,
            }),
            status: self.status.clone().map(|(value, range)| Field {
                value,
                span: text.span(range),
                origin: Origin::Reply,
            }),
            speaker: self.speaker.clone().map(|range| Field {
                value: text.text()[range.clone()].to_string(),
                span: text.span(range),
                origin: Origin::Reply,
            }),
            is_cut: self.is_cut,
        }
    }

    /// Where its codes end.
    fn codes_end(&self) -> usize {
        let code = self.code.as_ref().map_or(0, |(_, range)| range.end);
        let status = self.status.as_ref().map_or(0, |(_, range)| range.end);
        code.max(status)
    }

    /// Whether nothing but mail is told so: by a code in a line of its own or
    /// out of another's mouth, by a code and its status together.
    pub fn is_sure(&self) -> bool {
        match (&self.code, &self.status) {
            (Some((code, at)), Some((status, behind))) => {
                (code / 100) as u8 == status.class && behind.start < at.end + 8
            }
            (Some(_), None) => matches!(self.place, Place::Line | Place::Quoted),
            _ => false,
        }
    }

    /// Whether it refuses for good: by the first digit of its code, else of its status.
    pub fn is_permanent(&self) -> bool {
        match (&self.code, &self.status) {
            (Some((code, _)), _) => *code >= 500,
            (None, Some((status, _))) => status.class == 5,
            (None, None) => false,
        }
    }
}

/// Which of several replies decides: one with a code before a bare status,
/// the permanent, the better placed, the last; then the innermost of those
/// that it encloses.
pub(crate) fn deciding(found: &[&Reply]) -> Option<usize> {
    let mut best = (0..found.len()).max_by_key(|&n| {
        let reply = found[n];
        (
            reply.place > Place::Prose,
            !reply.follows,
            reply.code.is_some(),
            reply.is_permanent(),
            reply.place,
            n,
        )
    })?;
    for (n, inner) in found.iter().enumerate().skip(best + 1) {
        let outer = found[best];
        let nested = inner.range.start > outer.range.start
            && inner.range.start < outer.range.end
            && inner.place >= Place::Label;
        if nested && inner.code.is_some() && !inner.follows {
            best = n;
        }
    }
    Some(best)
}

/// Every reply of a text, in order.
pub(crate) fn find(text: &Unwrapped) -> Vec<Reply> {
    let mut found: Vec<Reply> = Vec::new();
    let raw = text.text();
    let bytes = raw.as_bytes();
    let mut paragraph = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\n'
            && raw[at + 1..]
                .trim_start_matches([' ', '\t'])
                .starts_with('\n')
        {
            paragraph = at + 1;
        }
        if !bytes[at].is_ascii_digit() {
            let telling = |b: &u8| b.is_ascii_digit() || *b == b'\n';
            at += 1;
            at += bytes[at..]
                .iter()
                .position(telling)
                .unwrap_or(bytes.len() - at);
            continue;
        }
        let end = at + digits(&bytes[at..]);
        if found.len() >= limits::REPLIES {
            break;
        }
        match token(text, at, end) {
            Some(reply) => {
                at = reply.range.end;
                add(&mut found, reply, raw, paragraph);
            }
            // The other numbers of an IP address or a version are none either.
            None => at = end + dotted(&bytes[end..]),
        }
    }
    for n in 0..found.len() {
        let limit = found.get(n + 1).map(|next| next.range.start);
        let above = n.checked_sub(1).map_or(0, |above| found[above].range.end);
        let codes_above = n.checked_sub(1).map_or(0, |above| found[above].codes_end());
        // A reply ends within the one that encloses it.
        let within = (above > found[n].range.start).then_some(above);
        let end = place::end(text, &found[n], limit, within);
        let most = raw.floor_char_boundary(found[n].range.end + limits::REPLY);
        found[n].is_cut = most < raw.len() && raw[end..most].trim_start().is_empty();
        found[n].range.end = end;
        if found[n].code.is_none() && within.is_none() {
            // "Sorry, no mailbox here (#5.1.1)": the words stand before their status.
            found[n].range.start = place::sentence_start(text, found[n].range.start, above);
        }
        found[n].follows = follows(&found[n], codes_above, text.lower());
        found[n].speaker = place::speaker(text, found[n].range.start);
    }
    found
}

/// Whether a reply only follows from an earlier one: the commands sent after
/// a refusal are refused, and Sendmail closes with a line of its own.
fn follows(reply: &Reply, above: usize, lower: &str) -> bool {
    const FOLLOWING: &[&str] = &[
        "no valid recipients",
        "need rcpt",
        "rcpt first",
        "valid rcpt command must precede",
        "no recipients have been",
        "554 5.0.0 service unavailable",
    ];
    // "No valid recipients SMTP code: 554" says it before its code.
    let line = place::line_start(lower, reply.range.start).max(above);
    let start = line.min(reply.range.start);
    let words = lower.get(start..reply.range.end).unwrap_or("");
    let codes = reply.codes_end().saturating_sub(start);
    let end = words.get(codes..).and_then(|rest| rest.find('\n'));
    let words = end.map_or(words, |end| &words[..codes + end]);
    // Exim's "503-550 no such user 503 valid RCPT command must precede DATA"
    let words = words.split(" 503 ").next().unwrap_or(words);
    let code = reply.code.as_ref().map(|(code, _)| *code);
    code == Some(503) || FOLLOWING.iter().any(|phrase| words.contains(phrase))
}

/// Puts a reply behind the others, or joins it to the one that it continues.
fn add(found: &mut Vec<Reply>, reply: Reply, raw: &str, paragraph: usize) {
    if let Some(last) = found.last_mut()
        && last.range.start >= paragraph
    {
        let same_code = match (&last.code, &reply.code) {
            (Some((a, _)), Some((b, _))) => a == b,
            _ => false,
        };
        let agrees = match (&last.status, &reply.status) {
            (Some((a, _)), Some((b, _))) => a == b,
            _ => true,
        };
        // A longer one would be read in full for everybody it is about.
        let fits = reply.range.end - last.range.start <= limits::REPLY;
        if last.open
            && same_code
            && agrees
            && fits
            && goes_on(raw, last.range.end, reply.range.start)
        {
            last.status = last.status.take().or(reply.status);
            last.open = reply.open;
            last.range.end = reply.range.end;
            return;
        }
        // "550 no such user (#5.1.1)", "ERROR_CODE :550, ERROR_CODE :5.2.1".
        let between = &raw[last.range.end..reply.range.start];
        let class = last.code.as_ref().map(|(code, _)| (code / 100) as u8);
        if reply.code.is_none()
            && last.code.is_some()
            && last.status.is_none()
            && reply.place > Place::Prose
            && reply.status.as_ref().map(|(status, _)| status.class) == class
            && between.len() < STATUS_BEHIND
            && !between.contains("\n\n")
        {
            last.status = reply.status;
            return;
        }
    }
    if reply.place > Place::Nowhere {
        found.push(reply);
    }
}

/// Whether a code at `at` may continue a reply: it stands on the same line or
/// begins its own. A line that begins with a blank is folded: Postfix puts
/// all lines of a reply into one and breaks that anywhere.
fn goes_on(raw: &str, last: usize, at: usize) -> bool {
    let between = raw.get(last..at).unwrap_or("");
    match between.rsplit_once('\n') {
        Some((_, line)) => {
            // "(reason: 550-..." opens another one; a colon alone may be the reply's.
            let words = line.trim();
            let opened = words.starts_with('(')
                || ["said:", "reason:", "smtp;", "'", "\""]
                    .iter()
                    .any(|end| words.ends_with(end));
            matches!(line.trim(), "" | "<<<") || (line.starts_with([' ', '\t']) && !opened)
        }
        None => true,
    }
}

/// How far behind its code a reply's status may stand, in bytes.
const STATUS_BEHIND: usize = 400;

/// The reply that the number at `at..end` begins, up to its codes.
fn token(text: &Unwrapped, at: usize, end: usize) -> Option<Reply> {
    let bytes = text.text().as_bytes();
    let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    if before.is_some_and(|b| b.is_ascii_alphanumeric() || b"._/@+%$&~".contains(&b))
        || is_fragment(text.text(), at)
    {
        return None;
    }
    match end - at {
        3 => code_token(text, at, end),
        1 => {
            let (status, stop) = status_at(text.text(), at)?;
            Some(Reply {
                range: at..stop,
                code: None,
                place: place::of_status(text, at, stop),
                status: Some((status, at..stop)),
                speaker: None,
                open: false,
                is_cut: false,
                follows: false,
            })
        }
        _ => None,
    }
}

/// Whether a number is the end of an address: "https://example.com/doc-1#550".
fn is_fragment(raw: &str, at: usize) -> bool {
    let start = place::line_start(raw, at);
    let word = raw[start..at].split_whitespace().next_back();
    word.is_some_and(|word| word.ends_with('#') && word.contains("://"))
}

fn code_token(text: &Unwrapped, at: usize, end: usize) -> Option<Reply> {
    let raw = text.text();
    let bytes = raw.as_bytes();
    let code: u16 = raw.get(at..end)?.parse().ok()?;
    if !(400..600).contains(&code) {
        return None;
    }
    let next = bytes.get(end).copied();
    if next.is_some_and(|b| b.is_ascii_alphanumeric() || b"_/@%".contains(&b))
        || (next == Some(b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
    {
        return None;
    }
    // "Phone: 555-0100"
    let behind = digits(bytes.get(end + 1..).unwrap_or_default());
    let is_longer = next == Some(b'-') && behind > 0 && behind != 3;
    if is_longer && bytes.get(end + 1 + behind) != Some(&b'.') {
        return None;
    }
    let status = status_behind(raw, end);
    let stop = status.as_ref().map_or(end, |(_, range)| range.end);
    let place = place::of_code(text, at, end, code, status.is_some());
    (place > Place::Nowhere).then(|| Reply {
        range: at..stop,
        code: Some((code, at..end)),
        open: next == Some(b'-'),
        is_cut: false,
        status,
        place,
        speaker: None,
        follows: false,
    })
}

/// The status right behind a code: "550 5.7.1", "550-5.7.1", "550;5.7.1",
/// "550 #5.1.0", "550-'5.1.1", "(554, b'5.2.0".
fn status_behind(raw: &str, end: usize) -> Option<(EnhancedStatus, Range<usize>)> {
    let rest = raw.get(end..)?;
    let gap = rest
        .bytes()
        .take(8)
        .take_while(|b| b" \t\n-;:#.,'\"()b[<=".contains(b))
        .count();
    let at = end + gap;
    if gap == 0 {
        return None;
    }
    let (status, stop) = status_at(raw, at)?;
    Some((status, at..stop))
}

/// The status that stands at `at`, and where it ends.
pub(crate) fn status_at(raw: &str, at: usize) -> Option<(EnhancedStatus, usize)> {
    let rest = raw.get(at..)?;
    let length = rest
        .bytes()
        .take(12)
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let word = rest[..length].trim_end_matches('.');
    let status: EnhancedStatus = word.parse().ok()?;
    let after = rest.as_bytes().get(word.len()).copied();
    if after.is_some_and(|b| b.is_ascii_alphanumeric() || b"/_@".contains(&b)) {
        return None;
    }
    Some((status, at + word.len()))
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

fn dotted(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(b'.') => bytes
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == b'.')
            .count(),
        _ => 0,
    }
}

/// A range without the white space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(words) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len())
}

#[cfg(test)]
mod tests;
