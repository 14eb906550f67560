//! What the lines of mail logs add to what every text tells: the outcome,
//! the queue id, the command.

use std::ops::Range;

use crate::report::Action;
use crate::smtp::reply::is_host;

/// What a log line (lower case) says became of its recipient.
pub(super) fn action(lower: &str) -> Option<Action> {
    // "reject: RCPT from unknown[192.0.2.1]: 450 ...": who was refused tries again.
    let refused = lower.split_once("reject: ");
    let reply = refused.and_then(|(_, from)| from.split_once("]: "));
    if lower.contains(" temporarily rejected rcpt ")
        || reply.is_some_and(|(_, reply)| reply.starts_with('4'))
    {
        return Some(Action::Delayed);
    }
    let outcomes: &[(&[&str], Action)] = &[
        (
            &[
                "status=bounced",
                "status=undeliverable",
                "result=\"permfail\"",
                "permfail for",
                " ** ",
                ": failure: ",
                "status=expired",
                "reject: ",
                " rejected ",
            ],
            Action::Failed,
        ),
        (
            &[
                "status=deferred",
                "result=\"tempfail\"",
                "tempfail for",
                " == ",
                ": deferral: ",
                "stat=deferred",
                "status=softbounce",
            ],
            Action::Delayed,
        ),
        (
            &[
                "status=sent",
                "stat=sent",
                "result=\"ok\"",
                "status=delivered",
                "status=deliverable",
                " => ",
            ],
            Action::Delivered,
        ),
    ];
    outcomes
        .iter()
        .find(|(marks, _)| marks.iter().any(|mark| lower.contains(mark)))
        .map(|(_, action)| *action)
}

/// What a row of a table (lower case) says became of its recipient, in the
/// words of message traces and of sending services.
pub(super) fn outcome(lower: &str) -> Option<Action> {
    let outcomes: &[(&[&str], Action)] = &[
        (
            &["fail", "bounce", "reject", "drop", "undeliver", "block"],
            Action::Failed,
        ),
        (
            &["defer", "delay", "pending", "gettingstatus"],
            Action::Delayed,
        ),
        (
            &["deliver", "sent", "quarantined", "filteredasspam"],
            Action::Delivered,
        ),
        (&["expanded"], Action::Expanded),
    ];
    let words = || lower.split(|c: char| !c.is_ascii_alphabetic());
    outcomes
        .iter()
        .find(|(marks, _)| words().any(|word| marks.iter().any(|mark| word.starts_with(mark))))
        .map(|(_, action)| *action)
}

/// The queue id of a log line: the word before the first `key=value`, ended by
/// a colon, or Exim's own form behind the date.
pub(super) fn queue_id(line: &str) -> Option<Range<usize>> {
    let exim = line.split(' ').take(5).find(|word| {
        let mut parts = word.split('-').map(|part| {
            let is_plain = part.bytes().all(|b| b.is_ascii_alphanumeric());
            (is_plain && part.bytes().any(|b| b.is_ascii_alphabetic())).then_some(part.len())
        });
        let lengths = [parts.next(), parts.next(), parts.next(), parts.next()];
        matches!(
            lengths,
            [Some(Some(6)), Some(Some(6 | 11)), Some(Some(2 | 4)), None]
        )
    });
    if let Some(start) = exim.and_then(|word| line.find(word).zip(Some(word.len()))) {
        return Some(start.0..start.0 + start.1);
    }
    let pairs = line.find("to=").or_else(|| line.find("from="))?;
    let before = line.get(..pairs)?.trim_end();
    let word = before.strip_suffix(':')?;
    let start = word
        .rfind(|c: char| c.is_whitespace() || c == ':')
        .map_or(0, |at| at + 1);
    let id = word.get(start..)?;
    let plain = (5..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then_some(start..word.len())
}

/// The host that a log line says was tried: `relay=mx.example.org[192.0.2.1]:25`,
/// `H=mx.example.org [192.0.2.1]`, `relay="192.0.2.1 (mx.example.org)"`.
pub(super) fn relay(line: &str) -> Option<Range<usize>> {
    let keys = [
        "relay=\"",
        "relay=",
        " H=",
        "remote_host=",
        "host=",
        "connect to ",
    ];
    // There the host is the client's.
    if line.contains(" rejected RCPT ") {
        return None;
    }
    keys.iter()
        .find_map(|key| host(line, line.find(key)? + key.len()))
}

/// The host that stands at `start`, by its name where that follows.
fn host(line: &str, start: usize) -> Option<Range<usize>> {
    let rest = line.get(start..)?;
    let end = rest
        .find(|c: char| c.is_whitespace() || "[,;:\"".contains(c))
        .unwrap_or(rest.len());
    let named = rest.get(end..)?.strip_prefix(" (");
    let (start, host) = match named.and_then(|named| named.split_once(')')) {
        Some((name, _)) if is_host(name) => (start + end + 2, name),
        _ => (start, rest.get(..end)?.trim_end_matches('.')),
    };
    is_host(host).then_some(start..start + host.len())
}

/// The time that a log line begins with: "Mar  3 11:12:13",
/// "2026-03-03T11:12:13+01:00", "2026-03-03 11:12:13".
pub(super) fn date(line: &str) -> Option<Range<usize>> {
    let bytes = line
        .get(..LONGEST_DATE.min(line.len()))
        .unwrap_or(line)
        .as_bytes();
    // The hour, with minutes and seconds behind it.
    let clock = bytes.windows(8).position(|window| {
        window.iter().enumerate().all(|(n, byte)| match n {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    })?;
    let before = line.get(..clock)?;
    let is_day = match before.as_bytes() {
        // "Mar  3 "
        [
            b'A'..=b'Z',
            b'a'..=b'z',
            b'a'..=b'z',
            b' ',
            b' ' | b'0'..=b'3',
            b'0'..=b'9',
            b' ',
        ] => true,
        _ => before.len() == 11 && before.starts_with("20") && before.get(4..5) == Some("-"),
    };
    let rest = line.get(clock..)?;
    let length = rest.find([' ', ',', '\t']).unwrap_or(rest.len());
    (is_day && length < LONGEST_DATE).then_some(0..clock + length)
}

/// Longest time at the start of a log line, in bytes.
const LONGEST_DATE: usize = 40;

/// The SMTP command named in a text (lower case): where, how long, which.
pub(super) fn command(lower: &str) -> Option<(usize, usize, &'static str)> {
    for opener in OPENERS {
        for (at, _) in lower.match_indices(opener) {
            let start = at + opener.len();
            let rest = lower.get(start..)?;
            let lead = rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            // "An error occurred while sending mail:" tells of no command.
            let is_prose = *opener == "while sending" && rest.starts_with("mail:");
            let found = COMMANDS
                .iter()
                .filter(|_| !is_prose)
                .find_map(|(words, command)| Some((length(rest, words)?, *command)));
            if let Some((length, command)) = found {
                return Some((start + lead, length, command));
            }
        }
    }
    None
}

/// How long the words are that a text begins with, a fold between them or not.
fn length(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.split(' ') {
        rest = rest.trim_start().strip_prefix(word)?;
        if !(rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || ":)".contains(c))) {
            return None;
        }
    }
    Some(text.len() - rest.len())
}

const OPENERS: &[&str] = &[
    "in reply to",
    "in response to",
    "remote mail server after",
    "error following",
    "while sending",
    "did not like our",
    "not like our final",
    ">>>",
    "during",
    "command was:",
    "after end of",
    "smtp command:",
    "response to",
    "after",
];

const COMMANDS: &[(&str, &str)] = &[
    ("rcpt to", "RCPT TO"),
    ("rcpt", "RCPT"),
    ("mail from", "MAIL FROM"),
    ("mail", "MAIL"),
    ("end of data", "DATA"),
    ("end-of-data", "DATA"),
    ("final data", "DATA"),
    ("data", "DATA"),
    ("ehlo", "EHLO"),
    ("helo", "HELO"),
    ("lhlo", "LHLO"),
    ("starttls", "STARTTLS"),
    ("auth", "AUTH"),
    ("bdat", "BDAT"),
    ("quit", "QUIT"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_outcomes() {
        assert_eq!(
            action("dsn=5.1.1, status=bounced (host"),
            Some(Action::Failed)
        );
        assert_eq!(
            action("stat=deferred: connection timed out"),
            Some(Action::Delayed)
        );
        assert_eq!(action("stat=sent (ok)"), Some(Action::Delivered));
        assert_eq!(action("stat=user unknown"), None);
    }

    #[test]
    fn reads_outcomes_of_rows() {
        assert_eq!(outcome("a@example.org  failed"), Some(Action::Failed));
        assert_eq!(outcome("a@example.org##delivered"), Some(Action::Delivered));
        assert_eq!(outcome("a@example.org;pending"), Some(Action::Delayed));
        assert_eq!(outcome("a@example.org"), None);
    }

    #[test]
    fn reads_queue_ids() {
        let line =
            "Nov 20 07:33:10 relay postfix/smtp[44]: 7D1A220C: to=<a@example.org>, relay=none";
        assert_eq!(queue_id(line).map(|range| &line[range]), Some("7D1A220C"));
        assert_eq!(queue_id("to=<a@example.org>"), None);
        let line = "2026-03-04 10:12:03 1uBxyz-0001Ab-2C ** a@example.org R=dnslookup";
        assert_eq!(
            queue_id(line).map(|range| &line[range]),
            Some("1uBxyz-0001Ab-2C")
        );
    }

    #[test]
    fn reads_times_and_hosts() {
        for (line, time, host) in [
            (
                "Nov 20 07:33:10 relay postfix/smtp[44]: 7D: to=<a@example.org>, relay=mx.example.org[192.0.2.1]:25",
                Some("Nov 20 07:33:10"),
                Some("mx.example.org"),
            ),
            (
                "2026-03-04T10:12:03.5+01:00 relay smtpd[1]: relay=\"192.0.2.1 (mx.example.org)\"",
                Some("2026-03-04T10:12:03.5+01:00"),
                Some("mx.example.org"),
            ),
            (
                "2026-03-04 10:12:03 1uBxyz ** a@example.org H=mx.example.org [192.0.2.1]",
                Some("2026-03-04 10:12:03"),
                Some("mx.example.org"),
            ),
            ("to=<a@example.org>, relay=none, delay=1", None, None),
            ("at 10:12:03 we", None, None),
        ] {
            let part = |range: Option<Range<usize>>| range.map(|range| &line[range]);
            assert_eq!(part(date(line)), time);
            assert_eq!(part(relay(line)), host);
        }
    }

    #[test]
    fn reads_commands() {
        let named = |text| command(text).map(|(_, _, command)| command);
        assert_eq!(
            named("550 no (in reply to rcpt to command)"),
            Some("RCPT TO")
        );
        assert_eq!(
            named("550 no (in reply to end of\n data command)"),
            Some("DATA")
        );
        assert_eq!(named(">>> data\n<<< 550"), Some("DATA"));
        assert_eq!(named("nothing"), None);
    }
}
