//! What the lines of mail logs add to what every text tells: the outcome,
//! the queue id, the command.

use std::ops::Range;

use crate::report::Action;

/// What a log line (lower case) says became of its recipient.
pub(super) fn action(lower: &str) -> Option<Action> {
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

/// The queue id of a log line: the word before the first `key=value`, ended by a colon.
pub(super) fn queue_id(line: &str) -> Option<Range<usize>> {
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

/// The SMTP command named in a text (lower case): where, how long, which.
pub(super) fn command(lower: &str) -> Option<(usize, usize, &'static str)> {
    for opener in OPENERS {
        for (at, _) in lower.match_indices(opener) {
            let start = at + opener.len();
            let rest = lower.get(start..)?;
            let lead = rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            let found = COMMANDS.iter().find(|(words, _)| {
                let mut said = rest
                    .split(|c: char| c.is_whitespace() || c == ':' || c == ')')
                    .filter(|word| !word.is_empty());
                words.split(' ').all(|word| said.next() == Some(word))
            });
            if let Some((words, command)) = found {
                return Some((start + lead, words.len(), command));
            }
        }
    }
    None
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
