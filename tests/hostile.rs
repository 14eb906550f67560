//! Inputs that were made to break a reader: every one gets an answer, no
//! span leaves its source, and the time grows with the length and no faster.

use std::time::{Duration, Instant};

use bounce_analyzer::walk::Walk;
use bounce_analyzer::{Analysis, Options, analyze};

/// A report with everything that a reader looks at.
const REPORT: &str = "Return-Path: <>\n\
    Received: from mail.example.net (mail.example.net [192.0.2.1])\n\
    \tby mx.example.com with ESMTPS id 1; Thu, 12 Nov 2026 09:30:02 +0000\n\
    From: Mail Delivery System <mailer-daemon@example.net>\n\
    To: sender@example.com\n\
    Subject: =?utf-8?B?w7xi?= Undelivered Mail\n\
    Date: Thu, 12 Nov 2026 09:30:00 +0000\n\
    MIME-Version: 1.0\n\
    Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\
    \n\
    --b1\n\
    Content-Type: text/plain; charset=utf-8\n\
    \n\
    <reader@example.org>: host mx.example.org[198.51.100.7] said:\n\
    \x20   550-5.1.1 Der Empf\u{e4}nger ist unbekannt\n\
    \x20   550 5.1.1 \u{1f4e7} (in reply to RCPT TO command)\n\
    \n\
    --b1\n\
    Content-Type: message/global-delivery-status\n\
    \n\
    Reporting-MTA: dns; mail.example.net\n\
    X-Postfix-Queue-ID: 4ABC\n\
    Arrival-Date: Thu, 12 Nov 2026 09:29:58 +0000\n\
    \n\
    Final-Recipient: utf-8; j\u{f6}rg@example.org\n\
    Original-Recipient: rfc822; <reader@example.org> (a comment)\n\
    Action: failed\n\
    Status: 5.1.1 (unknown)\n\
    Remote-MTA: dns; mx.example.org\n\
    Diagnostic-Code: smtp; 550-5.1.1 Der Empf\u{e4}nger\n\
    \x20 550 5.1.1 ist unbekannt\n\
    \n\
    --b1\n\
    Content-Type: message/rfc822\n\
    \n\
    From: sender@example.com\n\
    To: reader@example.org\n\
    Subject: Gr\u{fc}\u{df}e\n\
    Message-ID: <1@example.com>\n\
    \n\
    Hello\n\
    --b1--\n";

fn read(bytes: &[u8]) -> Analysis {
    let analysis = analyze(bytes, &Options::default());
    assert!(!analysis.reports.is_empty());
    let mut spans = Vec::new();
    let mut walked = analysis.clone();
    walked.spans(&mut spans);
    for span in spans {
        let source = &analysis.sources[span.source as usize];
        let range = span.start as usize..span.end as usize;
        let length = source.text.len();
        assert!(
            source.text.get(range).is_some(),
            "{span:?} of {length} bytes"
        );
    }
    analysis
}

/// Numbers that look random and are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

#[test]
fn a_report_cut_at_any_byte() {
    for end in 0..REPORT.len() {
        read(&REPORT.as_bytes()[..end]);
    }
    for start in (0..REPORT.len()).step_by(7) {
        read(&REPORT.as_bytes()[start..]);
    }
}

#[test]
fn a_report_with_bytes_changed() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..2000 {
        let mut bytes = REPORT.as_bytes().to_vec();
        for _ in 0..1 + round % 12 {
            let at = numbers.next(bytes.len());
            match numbers.next(4) {
                0 => bytes[at] = numbers.next(256) as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(
                    at,
                    *b"\n\r >:;<=\0\xff\x1b-"[numbers.next(12)..]
                        .first()
                        .expect("twelve bytes"),
                ),
                _ => {
                    let end = (at + numbers.next(40)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    let to = numbers.next(bytes.len());
                    bytes.splice(to..to, copy);
                }
            }
        }
        read(&bytes);
    }
}

#[test]
fn random_bytes() {
    let mut numbers = Numbers(42);
    for length in [1, 2, 3, 17, 300, 5000] {
        for _ in 0..40 {
            let bytes: Vec<u8> = (0..length).map(|_| numbers.next(256) as u8).collect();
            read(&bytes);
        }
    }
    read(&vec![0; 100_000]);
    read(b"\xff\xfe\x00\xd8\x00");
    read(b"\xfe\xff");
}

#[test]
fn depth_and_number_are_bounded() {
    let mut nested = String::new();
    for _ in 0..1000 {
        nested.push_str("From: a@example.com\nTo: b@example.com\nContent-Type: message/rfc822\n\n");
    }
    nested.push_str(REPORT);
    read(nested.as_bytes());

    let mut parts = String::from(
        "From: a@example.com\nTo: b@example.com\nContent-Type: multipart/mixed; boundary=b\n\n",
    );
    for n in 0..20_000 {
        parts.push_str(&format!("--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; u{n}@example.org\n\n"));
    }
    read(parts.as_bytes());

    let mut recipients = String::from("Reporting-MTA: dns; mail.example.net\n\n");
    for n in 0..10_000 {
        recipients.push_str(&format!(
            "Final-Recipient: rfc822; u{n}@example.org\nAction: failed\nStatus: 5.1.1\n\n"
        ));
    }
    let analysis = read(recipients.as_bytes());
    assert!(
        analysis
            .problems
            .iter()
            .any(|p| p.code == "too-many-recipients")
    );
}

#[test]
fn one_report_inside_of_thirty_is_found() {
    let mut nested = String::new();
    for _ in 0..30 {
        nested.push_str("From: a@example.com\nTo: b@example.com\nSubject: Fwd\nContent-Type: message/rfc822\n\n");
    }
    nested.push_str(REPORT);
    let analysis = read(nested.as_bytes());
    let recipient = &analysis.reports[0].per_recipient[0];
    let address = recipient.final_recipient.as_ref().expect("it is named");
    assert_eq!(address.value, "j\u{f6}rg@example.org");
}

/// Builds an input of about the given number of bytes.
type Build = fn(usize) -> Vec<u8>;

/// What repeats without end, and what to call it in a failure.
const ENDLESS: &[(&str, Build)] = &[
    ("angle brackets", |n| repeat("<", n)),
    ("closing brackets", |n| repeat("> ", n)),
    ("tags", |n| repeat("<a ", n)),
    ("styles", |n| {
        [b"<html>".to_vec(), repeat("<style>", n)].concat()
    }),
    ("comments", |n| {
        [b"<html>".to_vec(), repeat("<!--", n)].concat()
    }),
    ("entities", |n| {
        [b"<html>".to_vec(), repeat("&#65", n)].concat()
    }),
    ("one line", |n| repeat("550 5.1.1 a@example.com said: ", n)),
    ("one word", |n| repeat("a", n)),
    ("at signs", |n| repeat("a@b.c@", n)),
    ("codes", |n| repeat("550 ", n)),
    ("numbers", |n| repeat("5.1.1.", n)),
    ("colons", |n| repeat("a: ", n)),
    ("short lines", |n| repeat("a\n", n)),
    ("carriage returns", |n| repeat("\r", n)),
    ("boundary lines", |n| repeat("--boundaryboundary\n", n)),
    ("boundary lines of one length", |n| {
        (0..n / 12)
            .flat_map(|n| format!("--{n:09}\n").into_bytes())
            .collect()
    }),
    ("folds", |n| {
        [b"From: a\nTo: b\nSubject:".to_vec(), repeat(" a\n", n)].concat()
    }),
    ("headers", |n| repeat("Received: from a by b; c\n", n)),
    ("recipients", |n| {
        repeat("<a@example.com>: user unknown\n", n)
    }),
    ("fields", |n| {
        repeat("Final-Recipient: rfc822; a@example.com\n", n)
    }),
    ("diagnostics", |n| {
        repeat("Diagnostic-Code: smtp; 550 5.1.1 no\n", n)
    }),
    ("replies", |n| repeat("<<< 550-5.1.1 no\n", n)),
    ("quoted replies", |n| repeat("> > 550-5.1.1 no\n", n)),
    ("encoded words", |n| {
        [
            b"From: a\nTo: b\nSubject: ".to_vec(),
            repeat("=?utf-8?q?a?= ", n),
        ]
        .concat()
    }),
    ("quoted-printable", |n| repeat("=C3=A4=\n", n)),
    ("shifts", |n| repeat("\x1b$B!!", n)),
    ("mailbox lines", |n| {
        repeat("From a Thu Apr 29 23:34:45 2026\n\n", n)
    }),
    ("log lines", |n| {
        repeat(
            "Nov 12 09:30:00 mx postfix/smtp[1]: 4A: to=<a@example.com>, dsn=5.1.1, status=bounced (host b said: 550 no)\n",
            n,
        )
    }),
    ("brackets of every kind", |n| repeat("([{<\"'", n)),
    ("wide characters", |n| repeat("配信不能", n)),
];

fn repeat(piece: &str, bytes: usize) -> Vec<u8> {
    piece.repeat(bytes / piece.len() + 1).into_bytes()
}

#[test]
fn time_grows_with_the_length_and_no_faster() {
    let mut slow = Vec::new();
    for (name, build) in ENDLESS {
        let time = |bytes: usize| {
            let input = build(bytes);
            let started = Instant::now();
            read(&input);
            started.elapsed()
        };
        let short = time(32 << 10).max(Duration::from_millis(80));
        let long = time(256 << 10);
        // Eight times the bytes, and three times that for noise, is well
        // below the square.
        if long > short * 24 || long > Duration::from_secs(20) {
            slow.push(format!("{name}: {short:?} for 32 KB, {long:?} for 256 KB"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
