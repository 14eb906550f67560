//! Inputs that were made to break a reader: every one gets an answer, and no
//! span leaves its source.

mod endless;
mod numbers;

use bounce_analyzer::input::InputKind;
use bounce_analyzer::limits;
use bounce_analyzer::report::Statement;
use bounce_analyzer::walk::Walk;
use bounce_analyzer::{Analysis, Options, analyze};
use endless::{DIMENSIONS, ENDLESS};
use numbers::Numbers;

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
    let texts = analysis.sources.iter().map(|source| source.text.len());
    assert!(texts.clone().all(|bytes| bytes <= limits::TEXT));
    assert!(texts.sum::<usize>() <= limits::TEXTS);
    let recipients = analysis.reports.iter().flat_map(|r| &r.per_recipient);
    let words = |said: &Statement| said.span.length().min(limits::WORDS);
    let said = recipients.flat_map(|recipient| &recipient.said);
    assert!(said.map(words).sum::<usize>() <= limits::WORK);
    analysis
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

const HEADER: &str = "From: a@example.com\nTo: b@example.com\nSubject: x\n";

/// What the page says of problems, by language.
const WORDS_FOR_PROBLEMS: [&str; 2] = [
    include_str!("../www/locales/en.js"),
    include_str!("../www/locales/es.js"),
];

/// The codes of the problems, each of which is said once and has its words.
fn problems(analysis: &Analysis) -> Vec<&'static str> {
    let codes: Vec<&str> = analysis.problems.iter().map(|p| p.code).collect();
    for code in &codes {
        let once = codes.iter().filter(|other| *other == code).count();
        assert_eq!(once, 1, "{code} is said once");
        for words in WORDS_FOR_PROBLEMS {
            assert!(words.contains(&format!("\"problem.{code}\":")), "{code}");
        }
    }
    codes
}

/// Each limit that cuts, as an input that reaches it.
#[test]
fn every_limit_that_cuts_is_a_problem() {
    let multipart = "Content-Type: multipart/mixed; boundary=b\n\n";
    let many = |piece: &str, number: usize| piece.repeat(number + 1);
    let each =
        |number: usize, piece: fn(usize) -> String| -> String { (0..=number).map(piece).collect() };
    let nested = format!("{HEADER}Content-Type: message/rfc822\n\n");
    let event = each(limits::RECIPIENTS, |n| {
        format!("{{\"emailAddress\":\"u{n}@example.org\",\"status\":\"5.1.1\"}},")
    });
    for (code, input) in [
        (
            "too-many-hops",
            format!(
                "{HEADER}{}\n550 no\n",
                many("Received: from a by b; c\n", limits::HOPS)
            ),
        ),
        (
            "too-many-hops",
            format!(
                "{HEADER}{}\n550 no\n",
                many("DKIM-Signature: v=1; d=example.com; s=a\n", limits::HOPS)
            ),
        ),
        (
            "too-many-fields",
            format!(
                "{{\"eventType\":\"Bounce\",{}}}",
                many("\"a\":\"b\",", limits::FIELDS)
            ),
        ),
        (
            "too-many-replies",
            format!(
                "Final-Recipient: rfc822; a@example.org\nAction: failed\nDiagnostic-Code: smtp; {}\n",
                many("550 5.1.1 no, ", limits::REPLIES)
            ),
        ),
        (
            "too-many-messages",
            many("From a Thu Apr 29 23:34:45 2026\n\nx\n\n", limits::MESSAGES),
        ),
        ("nested-too-deep", many(&nested, limits::DEPTH)),
        (
            "nested-too-deep",
            format!("{HEADER}{multipart}{}", many("--b\n\nx\n", limits::PARTS)),
        ),
        (
            "text-cut",
            format!("{HEADER}\n{}", many("words ", limits::TEXT / 6)),
        ),
        (
            "too-many-recipients",
            each(limits::RECIPIENTS, |n| {
                format!("Final-Recipient: rfc822; u{n}@example.org\nAction: failed\n\n")
            }),
        ),
        (
            "too-many-recipients",
            each(limits::RECIPIENTS, |n| {
                format!("<u{n}@example.org>: User unknown\n")
            }),
        ),
        (
            "too-many-recipients",
            format!("{{\"eventType\":\"Bounce\",\"bounce\":{{\"bouncedRecipients\":[{event}]}}}}"),
        ),
        (
            "too-many-recipients",
            format!(
                "{HEADER}X-Failed-Recipients: {}\n\nIt could not be delivered.\n",
                each(limits::RECIPIENTS, |n| format!("u{n}@example.org, "))
            ),
        ),
        ("too-many-replies", many("550 no\n\n", limits::REPLIES)),
        (
            "too-many-fields",
            format!("{HEADER}{}\n550 no\n", many("X: y\n", limits::FIELDS)),
        ),
        (
            "too-many-fields",
            format!(
                "Reporting-MTA: dns; mail.example.net\n\n{}",
                many("Status: 5.1.1\n", limits::FIELDS)
            ),
        ),
    ] {
        let found = problems(&read(input.as_bytes()));
        let start: String = input.chars().take(60).collect();
        assert!(found.contains(&code), "{code}: {found:?} for {start:?}...");
    }
}

/// A text or a reply of that many bytes that no article knows, in one
/// paragraph.
fn unknown(bytes: usize) -> String {
    "and so on, ".repeat(bytes / 11 + 1)
}

/// What is said about one recipient is cut without a word where what is left
/// out stands behind the words that decide.
#[test]
fn what_was_cut_is_told_only_where_it_may_be_the_answer() {
    const KNOWN: &str = "550 5.7.705 Access denied, tenant has exceeded threshold";
    let dsn =
        |said: &str| format!("Final-Recipient: rfc822; a@example.org\nAction: failed\n{said}\n");
    let reply = unknown(limits::REPLY);
    let words = unknown(limits::WORDS);
    let text = format!("<a@example.org>: {}\n", unknown(limits::NARRATIVE));
    let replies: String = (0..=limits::STATEMENTS + 1)
        .map(|n| format!("<<< 550 {n} and so on\n\n"))
        .collect();
    let diagnostics = "Diagnostic-Code: smtp; 550 and so on\n".repeat(limits::STATEMENTS + 1);
    for (input, is_told) in [
        // The reply itself: its end may say more.
        (format!("550 {reply}"), true),
        (format!("{KNOWN} {reply}"), true),
        (format!("550 {}", unknown(limits::REPLY / 2)), false),
        (dsn(&format!("Diagnostic-Code: x-unknown; {words}")), true),
        // The words around it.
        (format!("Delivery failed\n\n{text}"), true),
        (format!("Delivery failed\n\n{KNOWN}\n\n{text}"), false),
        // Other replies.
        (format!("Delivery failed\n\n{replies}"), true),
        (format!("Delivery failed\n\n{replies}\n{KNOWN}\n"), false),
        (dsn(&diagnostics), true),
        (
            dsn(&format!("Diagnostic-Code: smtp; {KNOWN}\n{diagnostics}")),
            false,
        ),
        (dsn(&format!("Diagnostic-Code: smtp; {replies}")), true),
    ] {
        let found = problems(&read(input.as_bytes()));
        let start: String = input.chars().take(150).collect();
        assert_eq!(
            found.contains(&"said-cut"),
            is_told,
            "{found:?} for {start:?}..."
        );
    }
}

#[test]
fn a_hundred_megabytes_of_zeros_are_cut() {
    let analysis = read(&vec![0; 100 << 20]);
    assert_eq!(analysis.problems[0].code, "too-large");
}

/// Bytes that are no text become characters of three bytes.
#[test]
fn all_decoded_texts_together_are_cut() {
    let part = [
        b"--b\nContent-Type: text/rfc822-headers\n\nSubject: ".to_vec(),
        vec![0x80; limits::TEXT / 3 - 100],
    ]
    .concat();
    let header = format!("{HEADER}Content-Type: multipart/mixed; boundary=b\n\n");
    let parts = [part, b"\n".to_vec()]
        .concat()
        .repeat(limits::TEXTS / limits::TEXT + 1);
    let analysis = read(&[header.into_bytes(), parts].concat());
    assert_eq!(problems(&analysis), ["too-much-text"]);
    let kept: usize = analysis.sources.iter().map(|s| s.text.len()).sum();
    assert!(kept <= limits::TEXTS && kept > limits::TEXTS - 4, "{kept}");
}

/// Few bytes in which every recipient is told many long things.
#[test]
fn all_work_together_is_cut() {
    let recipients = |number: usize, said: &str| -> String {
        (0..number)
            .map(|n| format!("<u{n}@example.org>{said}"))
            .collect()
    };
    let message = |text: &str| format!("From a Thu Apr 29 23:34:45 2026\n{HEADER}\n{text}\n\n");
    for text in [
        recipients(limits::RECIPIENTS, " said: 550 no "),
        recipients(19, ": 550 no\n"),
        "550 5.1.1 no\n".repeat(limits::REPLIES),
    ] {
        let text = message(&text);
        let messages = (4 << 20) / text.len();
        let analysis = read(text.repeat(messages).as_bytes());
        assert!(problems(&analysis).contains(&"too-much-work"));
        assert!(analysis.reports.len() < messages);
        // What was read is read as ever.
        let first = read(text.as_bytes());
        assert_eq!(analysis.reports[0].kind, first.reports[0].kind);
        let names = |analysis: &Analysis| analysis.reports[0].per_recipient.len();
        assert_eq!(names(&analysis), names(&first));
    }
}

/// What is said once may be about every recipient: it counts for each.
#[test]
fn words_for_all_recipients_are_counted_for_each() {
    let addresses: String = (0..=limits::RECIPIENTS)
        .map(|n| format!(" u{n}@example.org,\n"))
        .collect();
    let words = "550 5.1.1 access denied, over quota, no such user\n\n".repeat(200);
    let failed = format!(
        "From: MAILER-DAEMON@example.net\nTo: a@example.com\nX-Failed-Recipients:{addresses} b@example.org\n\n{words}"
    );
    let analysis = read(failed.as_bytes());
    assert_eq!(problems(&analysis), ["too-many-recipients"]);
    assert_eq!(analysis.reports[0].per_recipient.len(), limits::RECIPIENTS);
    let messages = 24;
    let mailbox = format!("From a Thu Apr 29 23:34:45 2026\n{failed}").repeat(messages);
    let analysis = read(mailbox.as_bytes());
    assert!(problems(&analysis).contains(&"too-much-work"));
    assert!(analysis.reports.len() < messages);
}

/// What is packed small and is large inside, and lines without an end.
#[test]
fn bombs_and_long_lines_get_an_answer() {
    let encoded = |encoding: &str, body: &str| {
        format!("{HEADER}Content-Transfer-Encoding: {encoding}\n\n{body}")
    };
    let line = "a".repeat(64 << 10);
    let lines = format!("{HEADER}X-Long: {line}\n {line}\n{line}: {line}\n\n{REPORT}");
    let mut packed = REPORT.to_string();
    for _ in 0..8 {
        // A message in a file in a message ...
        packed = format!(
            "{HEADER}Content-Type: application/octet-stream; name=x.eml\nContent-Transfer-Encoding: base64\n\n{}\n",
            base64(packed.as_bytes())
        );
    }
    assert!(problems(&read(packed.as_bytes())).contains(&"nested-too-deep"));
    for input in [
        encoded("base64", &"QUFB".repeat(1 << 20)),
        encoded("base64", &"=".repeat(1 << 20)),
        encoded("quoted-printable", &"=\n".repeat(1 << 19)),
        encoded("quoted-printable", &"=00=FF".repeat(1 << 17)),
        encoded("x-uuencode", "begin 644 x\nM\n"),
        lines,
        packed,
        format!("{HEADER}Subject: \0\0\0\n\n\0\0550 5.1.1 \0no\0\n"),
    ] {
        read(input.as_bytes());
    }
}

/// Whatever the input is taken for.
#[test]
fn bombs_get_an_answer_on_every_way_in() {
    const SIZE: usize = 256 << 10;
    let mut numbers = Numbers(7);
    let long = "a".repeat(64 << 10);
    let bombs: [(&str, Vec<u8>); 9] = [
        ("zeros", vec![0; SIZE]),
        (
            "random bytes",
            (0..SIZE).map(|_| numbers.next(256) as u8).collect(),
        ),
        ("elements", "<div>".repeat(SIZE / 5).into_bytes()),
        (
            "parts",
            "--b\nContent-Type: multipart/mixed; boundary=b\n\n"
                .repeat(SIZE / 45)
                .into(),
        ),
        ("base64", "QUFB".repeat(SIZE / 4).into_bytes()),
        ("soft line ends", "=\n".repeat(SIZE / 2).into_bytes()),
        ("escapes", "=00=FF=E2=82".repeat(SIZE / 12).into_bytes()),
        (
            "long header lines",
            format!("X: {long}\n {long}\n{long}: x\n\n").into(),
        ),
        ("unpaired surrogates", b"\xed\xa0\xbd".repeat(SIZE / 3)),
    ];
    let header = |rest: &str| format!("{HEADER}{rest}\n\n").into_bytes();
    let ways: [(InputKind, Vec<u8>); 8] = [
        (InputKind::Text, b"550 5.1.1 no\n".repeat(9)),
        (InputKind::Text, b"PK\x03\x04\x14\x00 550 no\n".repeat(9)),
        (InputKind::Html, b"<html>\n".repeat(9)),
        (InputKind::Message, header("")),
        (InputKind::Message, header("Content-Type: text/html")),
        (
            InputKind::Message,
            header("Content-Transfer-Encoding: quoted-printable"),
        ),
        (
            InputKind::MultipartBody,
            b"--b\nContent-Type: message/rfc822\n\n".to_vec(),
        ),
        (
            InputKind::Mailbox,
            [
                b"From a Thu Apr 29 23:34:45 2026\n".to_vec(),
                header("X: y"),
            ]
            .concat(),
        ),
    ];
    for (name, bomb) in &bombs {
        for (kind, start) in &ways {
            let analysis = read(&[&start[..], bomb].concat());
            assert_eq!(analysis.input, *kind, "{name}");
        }
        // Packed into a file of a message.
        let file = header(
            "Content-Type: application/octet-stream; name=x.eml\nContent-Transfer-Encoding: base64",
        );
        let inside = [header("").as_slice(), bomb].concat();
        let analysis = read(&[file, base64(&inside).into_bytes()].concat());
        assert!(analysis.sources.len() > 1, "{name} is opened");
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, n| {
            bits << 8 | u32::from(three.get(n).copied().unwrap_or(b' '))
        });
        text.extend((0..4).map(|n| char::from(ALPHABET[(bits >> (18 - 6 * n)) as usize & 63])));
        if text.len() % 77 == 76 {
            text.push('\n');
        }
    }
    text
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

/// A bounce as it is told below a thousand forwards, each quoting the last.
fn forwards(levels: usize) -> String {
    let mut text = String::new();
    for level in 0..levels {
        let marks = "> ".repeat(level);
        text.push_str(&format!(
            "{marks}---------- Forwarded message ---------\n{marks}From: a{level}@example.com\n{marks}Subject: Fwd: bounce\n{marks}\n"
        ));
    }
    let marks = "> ".repeat(levels);
    text.push_str(&format!(
        "{marks}Your message could not be delivered to\n{marks}<reader@example.org>: host mx.example.org said: 550 5.1.1 unknown\n"
    ));
    text
}

#[test]
fn the_longest_that_people_hand_over_is_read() {
    let reply = "<reader@example.org>: host mx.example.org said: 550 5.1.1 unknown";
    let brackets = "<".repeat(100_000);
    let line = "and so on without an end, ".repeat(40_000);
    for text in [
        format!("{reply} {line}"),
        format!("{line}\n{reply}"),
        format!("{reply}\n{brackets}"),
        format!("{brackets}\n{reply}"),
        forwards(1000),
    ] {
        let analysis = read(text.as_bytes());
        let recipient = &analysis.reports[0].per_recipient[0];
        let address = recipient.final_recipient.as_ref();
        let address = address.map(|field| field.value.as_str());
        assert_eq!(address, Some("reader@example.org"), "{}", &text[..80]);
        let code = recipient.reply_code.as_ref().map(|field| field.value);
        assert_eq!(code, Some(550), "{}", &text[..80]);
    }
}

/// How the time grows is measured by `benches/growth.rs`.
#[test]
fn every_shape_that_grows_is_read_to_its_end() {
    for (name, build) in DIMENSIONS.iter().chain(ENDLESS) {
        for bytes in [8 << 10, 64 << 10] {
            let analysis = read(&build(bytes));
            assert!(!analysis.reports.is_empty(), "{name}");
        }
    }
}
