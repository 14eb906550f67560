//! Which of the addresses in a text could not be served.
//!
//! Reports name senders, postmasters and help desks as well. An address
//! counts by how it is named, and only the best named ones are recipients.

use std::collections::HashSet;
use std::ops::Range;

use super::labels::{self, Label};
use super::page::{BLANK, Line, Page, Part};
use crate::smtp::address;
use crate::smtp::reply::{Place, Reply};

mod wording;
use wording::{contact, expanded, in_log, is_sender, keyed, names_recipient, wrote};

/// How an address is named, the surer the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    /// As a contact or a part of something else.
    Other,
    /// As the sender.
    Sender,
    /// As what the sender wrote, before an alias or a list was expanded.
    Original,
    /// Far from what is told: a place, if another names a recipient.
    Elsewhere,
    /// Somewhere.
    Mentioned,
    /// In the returned message's `To:`.
    ReturnedTo,
    /// In a server's reply.
    Replied,
    /// In a sentence that tells the failure.
    Told,
    /// On a line of its own.
    Listed,
    /// As the recipient.
    Named,
}

/// An address and how it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub range: Range<usize>,
    pub role: Role,
}

/// The addresses of a page, in order.
pub(super) fn find(page: &Page, replies: &[Reply]) -> Vec<Mention> {
    let raw = page.text.text();
    let found = address::find(raw);
    let mut mentions: Vec<Mention> = Vec::with_capacity(found.len());
    let tells = page.reports(0..raw.len()) || !replies.is_empty();
    for address in &found {
        let mut role = role(page, replies, address, &mentions);
        let n = page.line_at(address.range.start);
        let lower = page.lower(address.range.clone());
        let is_far = match role {
            Role::Mentioned if is_daemon(lower) => true,
            Role::Listed if is_announced(page, n) => false,
            // "<user@example.org> (expanded from <list@example.org>): ..."
            Role::Listed if address.outer().start == page.lines[n].range.start => {
                !address.bracketed && tells && !near_failure(page, replies, n)
            }
            Role::Mentioned | Role::Listed => tells && !near_failure(page, replies, n),
            // Only a log names it as a recipient.
            _ => lower.starts_with("mailer-daemon@") && !page.lines[n].is_log,
        };
        if is_far {
            role = role.min(Role::Elsewhere);
        }
        mentions.push(Mention {
            range: address.range.clone(),
            role,
        });
    }
    mentions
}

/// Whether a mail system or a program writes from an address.
fn is_daemon(address: &str) -> bool {
    [
        "mailer-daemon@",
        "postmaster@",
        "microsoftexchange329e",
        "noreply@",
        "no-reply@",
        "donotreply@",
    ]
    .iter()
    .any(|start| address.starts_with(start))
}

/// Whether a failure is told in the paragraph of line `n` or next to it: the
/// address in a signature or in a question around the report names nobody.
fn near_failure(page: &Page, replies: &[Reply], n: usize) -> bool {
    let tells = |first: usize, last: usize| {
        let range = page.lines[first].range.start..page.lines[last].range.end;
        page.reports(range.clone()) || holds_reply(replies, &range)
    };
    let paragraph = |n: usize| {
        let same = |line: &&Line| line.block == page.lines[n].block && line.part == Part::Report;
        let above = page.lines[..n].iter().rev().take(LIST).take_while(same);
        let below = page.lines[n..].iter().take(LIST).take_while(same);
        (n - above.count(), n + below.count().max(1) - 1)
    };
    let (first, last) = paragraph(n);
    let is_report = |n: &usize| {
        let line = &page.lines[*n];
        !line.range.is_empty() && line.part == Part::Report
    };
    let above = first.saturating_sub(GAP)..first;
    let below = last + 1..page.lines.len().min(last + 1 + GAP);
    let around = [above.rev().find(is_report), { below }.find(is_report)];
    tells(first, last)
        || around.into_iter().flatten().any(|n| {
            let (first, last) = paragraph(n);
            tells(first, last)
        })
}

/// Whether the words above a list of addresses announce it: "The following
/// destination addresses were unknown:".
fn is_announced(page: &Page, n: usize) -> bool {
    let is_words = |line: &&Line| {
        let words = page.raw(line.range.clone());
        !words.is_empty() && (words.len() > REACH || !words.contains('@'))
    };
    let above = page.lines[..n].iter().rev().take(LIST).find(is_words);
    above.is_some_and(|above| page.raw(above.range.clone()).ends_with(':'))
}

/// How many empty lines may stand between two paragraphs.
const GAP: usize = 8;

/// The recipients among the addresses: those that are named best.
pub(super) fn choose(page: &Page, mentions: &[Mention]) -> Vec<Range<usize>> {
    let key = |mention: &Mention| page.raw(mention.range.clone()).to_lowercase();
    // Whoever is called the sender is not the recipient by mere mention.
    let senders: HashSet<String> = mentions
        .iter()
        .filter(|mention| mention.role == Role::Sender)
        .map(key)
        .collect();
    let eligible =
        |mention: &Mention| mention.role >= Role::Told || !senders.contains(&key(mention));
    let Some(best) = ORDER.iter().find(|role| {
        mentions
            .iter()
            .any(|mention| mention.role == **role && eligible(mention))
    }) else {
        return Vec::new();
    };
    let mut seen = HashSet::new();
    let chosen: Vec<Range<usize>> = mentions
        .iter()
        .filter(|mention| mention.role == *best && eligible(mention) && seen.insert(key(mention)))
        .map(|mention| mention.range.clone())
        .take(crate::limits::RECIPIENTS + 1)
        .collect();
    // One guess is a guess; several are none.
    match best {
        Role::Mentioned | Role::ReturnedTo if chosen.len() > 1 => Vec::new(),
        _ => chosen,
    }
}

/// Which names count before which others.
const ORDER: &[Role] = &[
    Role::Named,
    Role::Told,
    Role::Listed,
    Role::Original,
    Role::Replied,
    Role::ReturnedTo,
    Role::Mentioned,
];

/// How far around an address its line is looked at, in bytes.
const REACH: usize = 600;

/// How far behind an address the verb stands that says what became of its mail.
const VERB: usize = 20;

/// How deep replies stand in one another.
const NESTED: usize = 8;

fn role(page: &Page, replies: &[Reply], address: &address::Found, earlier: &[Mention]) -> Role {
    let outer = address.outer();
    let n = page.line_at(address.range.start);
    let Some(line) = page.lines.get(n) else {
        return Role::Other;
    };
    let label = field_label(page, n);
    match line.part {
        Part::Report => {}
        Part::Returned => {
            return match label {
                Some(Label::To) => Role::ReturnedTo,
                Some(Label::From) => Role::Sender,
                Some(Label::Recipient) if is_failed_header(page, n) => Role::Named,
                _ => Role::Other,
            };
        }
        Part::Head => {
            return match label {
                Some(Label::Recipient) => Role::Named,
                // "Subject: Undeliverable: ..." and its kind seldom name anybody else.
                Some(Label::Subject) => Role::Mentioned,
                _ => Role::Other,
            };
        }
        Part::Signature => return Role::Other,
    }
    let text = page.text.text();
    let mut start = line.range.start.max(outer.start.saturating_sub(REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = line.range.end.min(outer.end + REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let prefix = page.lower(start..outer.start);
    let suffix = page.lower(outer.end..end);
    if prefix.ends_with("mailto:") || prefix.ends_with("[mailto:") {
        // The same address again, or the only one behind a name: "Neko<mailto:...>".
        let named = prefix
            .trim_end_matches("mailto:")
            .trim_end_matches(['<', '[', '(']);
        if named.contains('@') || named.len() > 80 {
            return Role::Other;
        }
        return listed(page, n, earlier).unwrap_or(Role::Mentioned);
    }
    if address.bracketed && wrote(suffix) || wrote(suffix) {
        return Role::Other;
    }
    // qmail's log gives the reply alone.
    let logged = line.is_log && !prefix.contains(": failure: ") && !prefix.contains(": deferral: ");
    if logged {
        return in_log(prefix, suffix);
    }
    if start == line.range.start
        && let Some(table) = page.table(n)
    {
        return match table.label(page.raw(start..outer.start)) {
            Some(Label::Recipient | Label::To) => Role::Named,
            Some(Label::OriginalRecipient) => Role::Original,
            Some(Label::From) => Role::Sender,
            _ => Role::Other,
        };
    }
    // "SMTPRecipientsRefused: {'user@example.org': (550, b'5.1.1 ...')}"
    if suffix.starts_with("': (") || suffix.starts_with("\": (") {
        return Role::Named;
    }
    // Exim repeats a call-out to the sender's host.
    if prefix.starts_with("550-sent:") {
        return Role::Sender;
    }
    let mut low = outer.start.saturating_sub(REACH);
    while !text.is_char_boundary(low) {
        low += 1;
    }
    let wide = match prefix.trim_matches(['<', ' ', '"']).is_empty() && n > 0 {
        true => page
            .lower(page.lines[n - 1].range.start.max(low)..outer.start)
            .trim_end(),
        false => prefix,
    };
    if let Some(role) = keyed(wide) {
        return role;
    }
    // Exceptions of Python and of Java; "Task 'user@example.org - Sending'".
    // Amazon SES names what was not verified, mostly the sender.
    let above = page.lower(low..outer.start);
    let above = above.rsplit("\n\n").next().unwrap_or("");
    if above.contains("smtpsenderrefused")
        || above.contains("smtpsenderfailedexception")
        || above.contains("identities failed the check")
        || suffix.starts_with(" - ") && prefix.ends_with(['\'', '"'])
    {
        return Role::Sender;
    }
    // "<a@example.org> -> <b@example.org>"
    if prefix.trim_end_matches(['<', ' ']).ends_with("->")
        && let Some(last) = earlier.last()
        && last.range.end >= line.range.start
    {
        return Role::Named;
    }
    // "a@example.org, b@example.org"
    if let Some(last) = earlier.last()
        && last.role >= Role::Told
        && last.range.end >= line.range.start
        && page
            .raw(last.range.end..outer.start)
            .chars()
            .all(|c| ",;<>'\" ".contains(c))
        && page.raw(last.range.end..outer.start).contains([',', ';'])
    {
        return last.role;
    }
    // A row of a log without its headings: whom it came from, whom it is for.
    if let Some(last) = earlier.last()
        && last.range.end >= line.range.start
        && matches!(
            page.raw(last.range.end..outer.start)
                .trim_matches(['"', '<', '>']),
            "\t" | ";" | "|" | ","
        )
        && page.raw(last.range.clone()) != page.raw(address.range.clone())
        && holds_reply(replies, &line.range)
    {
        return Role::Told;
    }
    if greets(page, n, suffix) {
        return Role::Sender;
    }
    if expanded(wide) {
        return Role::Original;
    }
    if let Some(label) = label {
        match label {
            Label::Recipient => return Role::Named,
            Label::OriginalRecipient => return Role::Original,
            Label::From => return Role::Sender,
            Label::Header
            | Label::MessageId
            | Label::Date
            | Label::ReportingMta
            | Label::ReceivedFromMta
            | Label::QueueId
            | Label::RemoteMta => return Role::Other,
            Label::To => return Role::Listed,
            Label::Subject => return Role::Mentioned,
            _ => {}
        }
    }
    if is_sender(prefix)
        || suffix
            .trim_start_matches([' ', ':', ','])
            .starts_with("sender")
    {
        return Role::Sender;
    }
    let last = replies.partition_point(|reply| reply.range.start <= address.range.start);
    let quoted = replies[..last].iter().rev().take(NESTED).find(|reply| {
        reply.place > Place::Prose
            && reply.code.is_some()
            && reply.range.contains(&address.range.start)
    });
    if let Some(reply) = quoted {
        // "550 5.1.1 <user@example.org>... User unknown" opens with its subject.
        let codes_end = reply
            .status
            .as_ref()
            .map(|(_, range)| range.end)
            .into_iter()
            .chain(reply.code.as_ref().map(|(_, range)| range.end))
            .filter(|end| *end <= outer.start)
            .max()
            .unwrap_or(reply.range.start);
        let before = page.lower(codes_end..outer.start).trim();
        let opens = before.is_empty() || before == "'" || before == "\"" || before == "-";
        if opens && reply.place == Place::Line && suffix.starts_with("...") {
            // Sendmail's own line, not the other host's.
            return Role::Named;
        }
        let first = opens || address.bracketed || names_recipient(before);
        if first && !suffix.contains("sender address") && !contact(before) {
            return Role::Replied;
        }
        return Role::Mentioned.min(if contact(before) {
            Role::Other
        } else {
            Role::Mentioned
        });
    }
    // "mail to user@example.org bounced" invites nobody.
    let fails = suffix.starts_with(" failed")
        || page.reports(outer.end..line.range.end.min(outer.end + VERB));
    if contact(wide) && !fails {
        return Role::Other;
    }
    let decoration = |c: char| "*->•·#)(\t '\"‘[".contains(c) || c.is_ascii_digit() || c == '.';
    // "SMTP <user@example.org>", "c=us;a= ;p=site;dda:smtp=user@example.org;".
    let bullet = prefix.trim_matches(decoration);
    let is_typed = matches!(bullet, "smtp" | "smtp:")
        || (bullet.starts_with("c=") && bullet.ends_with("dda:smtp="));
    if bullet.is_empty() || is_typed {
        let rest = suffix.trim_start_matches(['\'', '"', ']', ')', '`', '>']);
        if let Some(after) = rest.strip_prefix(':') {
            let own = address.bracketed
                || !after.trim().is_empty()
                || listed(page, n, earlier) == Some(Role::Named);
            return if own { Role::Named } else { Role::Listed };
        }
        if rest.starts_with("...") {
            return Role::Named;
        }
        let rest = rest.trim_start();
        let alone = rest.is_empty()
            || rest.starts_with(['(', '[', '<', ',', ';'])
            || rest
                .strip_prefix("on ")
                .is_some_and(|date| date.contains(':'))
            || rest.strip_prefix("- ").is_some()
            || rest.starts_with(": ");
        if alone {
            return listed(page, n, earlier).unwrap_or(Role::Listed);
        }
        if page.reports(line.range.clone()) || listed(page, n, earlier) == Some(Role::Named) {
            return Role::Told;
        }
        return Role::Mentioned;
    }
    // "Jane Doe (user@example.org)", "'Jane Doe' <user@example.org>".
    let closes = suffix.trim_matches(|c: char| ")>]'\"<>,;".contains(c) || c.is_whitespace());
    let twin = page.raw(address.range.clone()).to_ascii_lowercase();
    if (closes.is_empty() || closes.starts_with("mailto:") || closes == twin)
        && prefix.len() < 80
        && (address.bracketed || prefix.trim_end().ends_with(['(', '[', '<']))
        && !prefix.contains(':')
        && let Some(role) = listed(page, n, earlier)
    {
        return role;
    }
    told(page, replies, &outer, prefix, earlier)
}

fn holds_reply(replies: &[Reply], line: &Range<usize>) -> bool {
    let first = replies.partition_point(|reply| reply.range.start < line.start);
    replies
        .get(first)
        .is_some_and(|reply| reply.range.start < line.end)
}

/// "Hello user@example.org,": the first line of a notice addresses its reader,
/// who sent the message.
fn greets(page: &Page, n: usize, suffix: &str) -> bool {
    let closes = matches!(
        suffix.trim(),
        "," | "!" | "\u{60c}" | "\u{ff0c}" | "\u{3001}" | "様" | "さん" | "您好"
    );
    let first = || {
        page.lines[..n]
            .iter()
            .rev()
            .take(BLANK)
            .find(|line| !line.range.is_empty())
            .is_none_or(|above| {
                above.part != Part::Report || page.lower(above.range.clone()) == "fyi"
            })
    };
    closes && first()
}

/// The label of the field that a line belongs to: its own, or the one of the
/// line that it continues.
fn field_label(page: &Page, n: usize) -> Option<Label> {
    let line = page.lines.get(n)?;
    if let Some((label, _)) = line.label {
        return Some(label);
    }
    if line.part == Part::Report {
        return None;
    }
    // Inside of header blocks, lines continue the field above.
    page.lines[..n]
        .iter()
        .rev()
        .take(CONTINUED)
        .take_while(|line| !line.range.is_empty())
        .find_map(|line| line.label)
        .map(|(label, _)| label)
}

/// How many lines a header field may go on for.
const CONTINUED: usize = 40;

/// Exim's `X-Failed-Recipients:` in a pasted header block.
fn is_failed_header(page: &Page, n: usize) -> bool {
    page.lower(page.lines[n].range.clone())
        .starts_with("x-failed-recipients")
}

/// The role of an address on a line of its own: `Named` in a list that an
/// opening sentence announces or over a reply, `None` anywhere else.
fn listed(page: &Page, n: usize, earlier: &[Mention]) -> Option<Role> {
    // The entry right above is in the same list.
    if let Some(last) = earlier.last()
        && last.role == Role::Named
        && page.line_at(last.range.start) + 1 == n
        && page.lines[n - 1].label.is_none()
        && !page.raw(page.lines[n - 1].range.clone()).contains(": ")
    {
        return Some(Role::Named);
    }
    // Up over the other entries of the list.
    let mut above = None;
    for candidate in page.lines[..n]
        .iter()
        .rev()
        .take(BLANK)
        .filter(|line| !line.range.is_empty())
        .take(LIST)
    {
        let words = page.raw(candidate.range.clone());
        let entry = words.len() < 160
            && (words.contains('@') || words.starts_with('('))
            && !words.ends_with(':')
            && !page.reports(candidate.range.clone());
        if candidate.part != Part::Report || !entry {
            above = Some(candidate);
            break;
        }
    }
    if let Some(above) = above.filter(|above| above.part == Part::Report) {
        let words = page.raw(above.range.clone());
        let heading = words.ends_with([':', '-', '=', '*', '：', '。'])
            || above.label.is_some_and(|(label, _)| {
                matches!(
                    label,
                    Label::ReportingMta | Label::RemoteMta | Label::Recipient
                )
            });
        let stretch = sentence_above(page, above.range.start)..above.range.end;
        if page.reports(stretch.clone()) || heading && page.hints(stretch) {
            return Some(Role::Named);
        }
        if above.label.is_some_and(|(label, _)| {
            matches!(
                label,
                Label::ReportingMta | Label::RemoteMta | Label::Recipient
            )
        }) {
            return Some(Role::Named);
        }
    }
    let below = page.below(n).map(|below| {
        let mut end = below.range.end.min(below.range.start + REACH);
        while !page.text.text().is_char_boundary(end) {
            end -= 1;
        }
        page.lower(below.range.start..end)
    });
    let replied = below.is_some_and(|below| {
        below.starts_with("remote server returned")
            || below.starts_with('#')
            || below.split(" #").skip(1).any(is_exchange_reply)
            || below.starts_with("smtp error")
            || below.starts_with("(reason")
            || below.starts_with("550 ")
            || below.starts_with("reason:")
            || below.contains(" returned '")
    });
    if replied {
        return Some(Role::Named);
    }
    None
}

/// What Exchange puts behind `#`: "550 5.1.1 RESOLVER...", "5.5.0 smtp;", "<host".
fn is_exchange_reply(words: &str) -> bool {
    matches!(
        words.as_bytes(),
        [b'<', ..]
            | [b'4' | b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..]
            | [b'4' | b'5', b'.', b'0'..=b'9', ..]
    )
}

/// How many entries of a list are looked over.
const LIST: usize = 40;

/// Where the sentence began that ends on the line at `start`.
fn sentence_above(page: &Page, start: usize) -> usize {
    let n = page.line_at(start);
    let mut first = start;
    for line in page.lines[..n].iter().rev().take(2) {
        if line.range.is_empty() || line.part != Part::Report {
            break;
        }
        first = line.range.start;
    }
    first
}

/// The role of an address in the middle of a sentence.
fn told(
    page: &Page,
    replies: &[Reply],
    outer: &Range<usize>,
    prefix: &str,
    earlier: &[Mention],
) -> Role {
    let n = page.line_at(outer.start);
    // The words before it may stand on the line above.
    let text = page.text.text();
    let mut start =
        sentence_above(page, page.lines[n].range.start).max(outer.start.saturating_sub(REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = page.lower(start..outer.start);
    // "... when she writes to user@example.org:" announces what stands below.
    let announces = page.raw(page.lines[n].range.clone()).ends_with(':');
    let next = match announces {
        true => page.below(n),
        false => page.lines.get(n + 1),
    };
    let after_end = next
        .filter(|line| !line.range.is_empty())
        .map_or(page.lines[n].range.end, |line| line.range.end)
        .min(outer.end + REACH);
    let failure = page.reports(start..after_end) || holds_reply(replies, &(start..after_end));
    let named = names_recipient(before) || names_recipient(prefix);
    // "Unknown user: user@example.org"
    let closes = prefix.ends_with(": ") && page.lines[n].range.end == outer.end;
    if failure && (named || closes) {
        return Role::Told;
    }
    // "The following message to <a@example.org>, <b@example.org> was undeliverable".
    let next_of_list = earlier.last().is_some_and(|last| {
        last.role == Role::Told
            && page
                .raw(last.range.end..outer.start)
                .trim_matches(|c: char| ",;<>'\"() \n".contains(c))
                .trim()
                .trim_start_matches("and")
                .trim()
                .is_empty()
    });
    if next_of_list {
        return Role::Told;
    }
    match failure || named {
        true if is_sender(prefix) => Role::Other,
        true => Role::Mentioned,
        false => Role::Other.max(if page.lines[n].part == Part::Report {
            Role::Mentioned
        } else {
            Role::Other
        }),
    }
}

/// The address behind a label, brackets and type left out.
pub(super) fn labelled(page: &Page, n: usize) -> Option<Range<usize>> {
    let line = page.lines.get(n)?;
    let (_, value) = line.label?;
    let text = page.raw(value..line.range.end);
    let start = value + labels::value_start(text);
    let mut range = start..line.range.end;
    // "date": "2026-05-11T08:15:13",
    let words = page.raw(range.clone());
    let quoted = words
        .strip_prefix('"')
        .map(|words| words.trim_end_matches(','));
    if let Some(words) = quoted.and_then(|words| words.strip_suffix('"'))
        && !words.contains('"')
    {
        range = start + 1..start + 1 + words.len();
    }
    (!page.raw(range.clone()).is_empty()).then_some(range)
}
