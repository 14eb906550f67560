//! An analysis without what points to people: the same shape, so that every
//! export is one code path.
//!
//! Local parts, names, IP addresses, message ids, tenant ids and the hosts of
//! the sender's side become tokens: `user-1`, `name-1`, `ip-1`, `message-1`,
//! `id-1`, `tenant-1`, `host-1`. The same value becomes the same token
//! wherever it stands. Codes, the hosts of known providers and the domains of
//! recipients stay, for without them nobody could help.
//!
//! ```
//! use bounce_analyzer::redact::redact;
//! use bounce_analyzer::{Options, analyze};
//!
//! let text = "<ann@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1 User unknown";
//! let redacted = redact(&analyze(text.as_bytes(), &Options::default()));
//! assert_eq!(
//!     redacted.sources[0].text,
//!     "<user-1@example.org>: host mx.example.org[ip-1] said: 550 5.1.1 User unknown"
//! );
//! ```

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::catalog::PROVIDERS;
use crate::matcher::Matcher;
use crate::order;
use crate::smtp::address;
use crate::source::{Field, Role};
use crate::walk::Walk;

/// Names and local parts shorter than this are not looked for by themselves.
const SHORTEST_NAME: usize = 4;
/// Longer runs of letters, digits and dots are no address, id or host: a
/// domain has at most 255 bytes (RFC 5321, section 4.5.3.1.2).
const LONGEST_RUN: usize = 300;
/// Under these, the first label names an organization.
const TENANT_PARENTS: &[&str] = &[
    "onmicrosoft.com",
    "mail.onmicrosoft.com",
    "mail.protection.outlook.com",
    "sharepoint.com",
];

/// Replaces what points to people, in the sources and in every value.
pub fn redact(analysis: &Analysis) -> Analysis {
    let mut redacted = analysis.clone();
    let mut redactor = Redactor::new(analysis);
    let mut moves = Vec::with_capacity(redacted.sources.len());
    for source in &mut redacted.sources {
        let changes = redactor.changes(&source.text);
        source.text = apply(&source.text, &changes);
        moves.push(changes);
    }
    let sources = std::mem::take(&mut redacted.sources);
    let mut spans = Vec::new();
    redacted.spans(&mut spans);
    for span in spans {
        if let Some(changes) = moves.get(span.source as usize) {
            span.start = moved(changes, span.start as usize, false);
            span.end = moved(changes, span.end as usize, true);
        }
    }
    let mut texts = Vec::new();
    redacted.texts(&mut texts);
    for text in texts {
        let changes = redactor.changes(text);
        *text = apply(text, &changes);
    }
    redacted.sources = sources;
    redacted
}

/// One stretch of a text, and what stands there afterwards.
struct Change {
    range: Range<usize>,
    token: String,
    /// By how much everything behind it moves, the changes before it included.
    shift: isize,
}

impl Change {
    fn new(range: Range<usize>, token: String) -> Change {
        Change {
            range,
            token,
            shift: 0,
        }
    }
}

fn apply(text: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for change in changes {
        out.push_str(&text[at..change.range.start]);
        out.push_str(&change.token);
        at = change.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Where an offset is afterwards. One inside of a change becomes its start,
/// or its end for the end of a span.
fn moved(changes: &[Change], offset: usize, is_end: bool) -> u32 {
    let done = changes.partition_point(|change| change.range.end <= offset);
    let shift = match done {
        0 => 0,
        done => changes[done - 1].shift,
    };
    let offset = match changes.get(done) {
        Some(change) if change.range.start < offset => match is_end {
            true => change.range.start + change.token.len(),
            false => change.range.start,
        },
        _ => offset,
    };
    (offset as isize + shift) as u32
}

/// What is to be hidden, and the tokens given so far.
struct Redactor {
    names: Matcher,
    message_ids: HashSet<String>,
    sender_hosts: HashSet<String>,
    tokens: HashMap<(&'static str, String), usize>,
    counts: HashMap<&'static str, usize>,
}

impl Redactor {
    fn new(analysis: &Analysis) -> Redactor {
        let mut names = Vec::new();
        let mut message_ids = HashSet::new();
        let mut sender_hosts = HashSet::new();
        for report in &analysis.reports {
            for recipient in &report.per_recipient {
                for field in [&recipient.original_recipient, &recipient.final_recipient] {
                    names.extend(local_part(field));
                }
            }
            let returned = &report.returned;
            names.extend([&returned.from, &returned.to].into_iter().flat_map(people));
            message_ids.extend(returned.message_id.iter().map(|id| id.value.to_lowercase()));
            let mtas = [
                &report.per_message.reporting_mta,
                &report.per_message.received_from_mta,
            ];
            let from = returned.from.iter().filter_map(|from| {
                let found = address::find(&from.value);
                let range = found.first()?.range.clone();
                Some(from.value[range].rsplit_once('@')?.1.to_string())
            });
            sender_hosts.extend(
                mtas.into_iter()
                    .flatten()
                    .map(|host| host.value.clone())
                    .chain(from)
                    .map(|host| host.trim_end_matches('.').to_lowercase())
                    .filter(|host| host.contains('.') && !is_provider(host)),
            );
        }
        for source in &analysis.sources {
            if matches!(source.role, Role::Headers | Role::Returned) {
                names.extend(header_names(&source.text));
            }
        }
        names
            .iter_mut()
            .for_each(|name| *name = name.to_lowercase());
        names.retain(|name| name.len() >= SHORTEST_NAME && name.contains(char::is_alphabetic));
        order::sorted_set(&mut names);
        Redactor {
            names: Matcher::new(&names),
            message_ids,
            sender_hosts,
            tokens: HashMap::new(),
            counts: HashMap::new(),
        }
    }

    /// Every stretch of a text that is to be replaced, in order, apart from each other.
    fn changes(&mut self, text: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        for found in address::find_everywhere(text) {
            self.address(text, found.range, &mut changes);
        }
        self.runs(text, &mut changes);
        self.names(text, &mut changes);
        order::sort_by_key(&mut changes, |change| {
            (change.range.start, std::cmp::Reverse(change.range.end))
        });
        let mut end = 0;
        changes.retain(|change| {
            let apart = change.range.start >= end;
            if apart {
                end = change.range.end;
            }
            apart
        });
        let mut shift = 0;
        for change in &mut changes {
            shift += change.token.len() as isize - change.range.len() as isize;
            change.shift = shift;
        }
        changes
    }

    fn address(&mut self, text: &str, range: Range<usize>, changes: &mut Vec<Change>) {
        let address = &text[range.clone()];
        let Some(at) = address.rfind('@') else { return };
        if self.message_ids.contains(&address.to_lowercase()) {
            let token = self.token("message", address);
            changes.push(Change::new(range, token));
            return;
        }
        let token = self.token("user", address);
        changes.push(Change::new(range.start..range.start + at, token));
    }

    /// IP addresses, GUIDs and hosts: runs of the characters that these have.
    fn runs(&mut self, text: &str, changes: &mut Vec<Change>) {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | '-' | '_');
        let mut at = 0;
        for run in text.split(|c: char| !inside(c)) {
            let trimmed = run.trim_matches(['.', ':', '-', '_']);
            let start = at + run.find(trimmed).unwrap_or(0);
            if !trimmed.is_empty() && trimmed.len() <= LONGEST_RUN {
                self.run(trimmed, start, changes);
            }
            at += run.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }

    fn run(&mut self, run: &str, start: usize, changes: &mut Vec<Change>) {
        // "192.0.2.1:25", "ip6:2001:db8::1", "status:550": the longest piece that is an address.
        if let Some(range) = ip(run) {
            let token = self.token("ip", &run[range.clone()]);
            changes.push(Change::new(start + range.start..start + range.end, token));
        } else if is_guid(run) {
            let token = self.token("id", run);
            changes.push(Change::new(start..start + run.len(), token));
        } else if run.contains('.') {
            let mut at = start;
            for host in run.split(':') {
                self.host(host.trim_end_matches('.'), at, changes);
                at += host.len() + 1;
            }
        }
    }

    fn host(&mut self, host: &str, start: usize, changes: &mut Vec<Change>) {
        let lower = host.to_lowercase();
        let tenant = TENANT_PARENTS.iter().find_map(|parent| {
            let label = lower.strip_suffix(parent)?.strip_suffix('.')?;
            (!label.is_empty() && !label.contains('.')).then_some(label.len())
        });
        if let Some(length) = tenant {
            let token = self.token("tenant", &host[..length]);
            changes.push(Change::new(start..start + length, token));
        } else if self.is_sender_side(&lower) {
            let token = self.token("host", host);
            changes.push(Change::new(start..start + host.len(), token));
        }
    }

    /// The sender's own hosts, and those below them.
    fn is_sender_side(&self, host: &str) -> bool {
        host.len() <= LONGEST_RUN
            && host
                .match_indices('.')
                .map(|(dot, _)| &host[dot + 1..])
                .chain([host])
                .any(|parent| self.sender_hosts.contains(parent))
    }

    fn names(&mut self, text: &str, changes: &mut Vec<Change>) {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let found: Vec<Range<usize>> = self
            .names
            .longest(text)
            .map(|(_, range)| range)
            .filter(|range| {
                text.is_char_boundary(range.start)
                    && text.is_char_boundary(range.end)
                    && !letter(text[..range.start].chars().next_back())
                    && !letter(text[range.end..].chars().next())
            })
            .collect();
        for range in found {
            let token = self.token("name", &text[range.clone()]);
            changes.push(Change::new(range, token));
        }
    }

    fn token(&mut self, kind: &'static str, value: &str) -> String {
        let next = self.counts.entry(kind).or_default();
        let number = self
            .tokens
            .entry((kind, value.to_lowercase()))
            .or_insert_with(|| {
                *next += 1;
                *next
            });
        format!("{kind}-{number}")
    }
}

/// The local part of an address, which also stands alone in many reports.
fn local_part(field: &Option<Field<String>>) -> Option<String> {
    let (local, _) = field.as_ref()?.value.rsplit_once('@')?;
    Some(local.to_string())
}

/// The display names and local parts of an address header.
fn people(field: &Option<Field<String>>) -> Vec<String> {
    let Some(field) = field else {
        return Vec::new();
    };
    let mut people: Vec<String> = field
        .value
        .split(['<', ',', ';'])
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|piece| !piece.contains('@'))
        .map(str::to_string)
        .collect();
    people.extend(
        address::find(&field.value)
            .into_iter()
            .filter_map(|found| Some(field.value[found.range].rsplit_once('@')?.0.to_string())),
    );
    people
}

/// The display names in the headers that name people.
fn header_names(text: &str) -> Vec<String> {
    const HEADERS: &[&str] = &[
        "from:",
        "to:",
        "cc:",
        "sender:",
        "reply-to:",
        "x-display-name:",
    ];
    text.lines()
        .filter(|line| {
            let lower: String = line.chars().take(20).collect::<String>().to_lowercase();
            HEADERS.iter().any(|header| lower.starts_with(header))
        })
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(_, value)| value.split(','))
        .map(|value| {
            let name = value.split_once('<').map_or(value, |(name, _)| name);
            name.trim_matches(|c: char| !c.is_alphanumeric())
                .to_string()
        })
        .filter(|name| !name.contains('@'))
        .filter(|name| {
            !name.to_lowercase().contains("mail delivery")
                && !name.to_lowercase().contains("postmaster")
        })
        .collect()
}

fn is_provider(host: &str) -> bool {
    PROVIDERS
        .iter()
        .flat_map(|provider| provider.hosts)
        .any(|suffix| {
            host.strip_suffix(suffix)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

/// The IP address in a run of letters, digits, dots, colons and hyphens.
fn ip(run: &str) -> Option<Range<usize>> {
    if !run.contains(['.', ':']) {
        return None;
    }
    if run.parse::<IpAddr>().is_ok() {
        return Some(0..run.len());
    }
    // Behind a key or before a port: "ip6:2001:db8::1", "192.0.2.1:25".
    let (before, after) = run.split_once(':')?;
    if before.parse::<IpAddr>().is_ok() {
        return Some(0..before.len());
    }
    let start = before.len() + 1;
    ip(after).map(|range| start + range.start..start + range.end)
}

/// 8-4-4-4-12 hexadecimal digits.
fn is_guid(run: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    run.len() == 36
        && run
            .split('-')
            .map(|group| (group.len(), group.bytes().all(|b| b.is_ascii_hexdigit())))
            .eq(lengths.map(|length| (length, true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Options, analyze};

    const REPORT: &str = "From: Mail Delivery System <mailer-daemon@mail.example.net>\n\
        To: Ann Sender <ann.sender@example.net>\n\
        Subject: Undelivered Mail Returned to Sender\n\
        MIME-Version: 1.0\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
        --b\nContent-Type: text/plain\n\n\
        bob.reader could not be reached at mx.example.org[192.0.2.7]:25.\n\
        Tenant 8d3b7a10-1c2d-4e5f-8a9b-0c1d2e3f4a5b, contoso.onmicrosoft.com, 2001:db8::7.\n\n\
        --b\nContent-Type: message/delivery-status\n\n\
        Reporting-MTA: dns; mail.example.net\n\n\
        Final-Recipient: rfc822; bob.reader@example.org\n\
        Action: failed\nStatus: 5.7.705\n\
        Remote-MTA: dns; AM8P1.prod.outlook.com\n\
        Diagnostic-Code: smtp; 550 5.7.705 <BOB.reader@example.org> Access denied, tenant has exceeded threshold\n\n\
        --b\nContent-Type: message/rfc822\n\n\
        From: Ann Sender <ann.sender@example.net>\nTo: Bob Reader <bob.reader@example.org>\n\
        Subject: Plan\nMessage-ID: <abc.123@mail.example.net>\n\nHello Bob\n\n--b--\n";

    #[test]
    fn nothing_that_points_to_people_is_left() {
        let redacted = redact(&analyze(REPORT.as_bytes(), &Options::default()));
        let json = serde_json::to_string(&redacted).expect("plain data");
        let lower = json.to_lowercase();
        for secret in [
            "ann.sender",
            "bob.reader",
            "ann sender",
            "bob reader",
            "192.0.2.7",
            "2001:db8",
            "8d3b7a10",
            "contoso",
            "abc.123",
            "mail.example.net",
        ] {
            assert!(!lower.contains(secret), "{secret} in {json}");
        }
        for kept in [
            "5.7.705",
            "outlook.com",
            "tenant has exceeded threshold",
            "example.org",
        ] {
            assert!(lower.contains(kept), "{kept} not in {json}");
        }
    }

    #[test]
    fn the_same_value_is_the_same_token_everywhere() {
        let redacted = redact(&analyze(REPORT.as_bytes(), &Options::default()));
        let recipient = &redacted.reports[0].per_recipient[0];
        let address = &recipient
            .final_recipient
            .as_ref()
            .expect("it is named")
            .value;
        assert!(address.ends_with("@example.org"), "{address}");
        let times = redacted
            .sources
            .iter()
            .map(|s| s.text.matches(address.as_str()).count());
        assert!(times.sum::<usize>() >= 3);
    }

    #[test]
    fn spans_still_point_to_what_they_did() {
        let analysis = analyze(REPORT.as_bytes(), &Options::default());
        let redacted = redact(&analysis);
        let recipient = |analysis: &Analysis| {
            let recipient = &analysis.reports[0].per_recipient[0];
            let status = recipient.status.as_ref().expect("stated").span;
            let evidence = recipient.diagnosis.as_ref().expect("diagnosed").evidence[0];
            [status, evidence].map(|span| span.of(&analysis.sources).to_string())
        };
        assert_eq!(recipient(&redacted), recipient(&analysis));
        let field = redacted.reports[0].per_recipient[0]
            .final_recipient
            .as_ref()
            .expect("it is named");
        assert_eq!(field.span.of(&redacted.sources), field.value);
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let redacted = redact(&analyze(text.as_bytes(), &Options::default()));
        assert_eq!(redacted.sources[0].text, expected);
    }

    #[test]
    fn addresses_in_links_are_hidden_too() {
        let text = "550 no, see https://example.com/r/ann@example.org?to=bo@example.net&x=1";
        let redacted = redact(&analyze(text.as_bytes(), &Options::default()));
        assert_eq!(
            redacted.sources[0].text,
            "550 no, see https://example.com/r/user-1@example.org?to=user-2@example.net&x=1"
        );
    }

    #[test]
    fn each_kind_of_value() {
        check(
            "550 5.7.1 [192.0.2.1]:25 and 192.0.2.1",
            "550 5.7.1 [ip-1]:25 and ip-1",
        );
        check("ip6:2001:db8::1 at 09:30:00", "ip6:ip-1 at 09:30:00");
        check("5.7.705 of 5.7.700-749", "5.7.705 of 5.7.700-749");
        check(
            "contoso.onmicrosoft.com, contoso-com.mail.protection.outlook.com",
            "tenant-1.onmicrosoft.com, tenant-2.mail.protection.outlook.com",
        );
        check(
            "a@example.org b@example.org A@example.org",
            "user-1@example.org user-2@example.org user-1@example.org",
        );
        check("", "");
    }
}
