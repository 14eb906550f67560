use super::*;
use crate::source::Role;

fn read(text: &str) -> (Vec<Source>, Vec<Statement>) {
    let sources = vec![Source {
        role: Role::Text,
        text: text.to_string(),
        wrapped_at: None,
    }];
    let span = Span {
        source: 0,
        start: 0,
        end: text.len() as u32,
    };
    let said = statements(&sources, span, &mut Budget::default());
    (sources, said)
}

/// The deciding reply's code, its status or the nearest enclosing one's, and its words.
#[track_caller]
fn check(text: &str, code: u16, status: &str, words: &str) {
    let (sources, said) = read(text);
    let got_code = said[0].reply_code.as_ref().map_or(0, |field| field.value);
    let got_status = said
        .iter()
        .find_map(|statement| statement.status.as_ref())
        .map(|field| field.value.to_string())
        .unwrap_or_default();
    assert_eq!(
        (got_code, got_status.as_str(), said[0].span.of(&sources)),
        (code, status, words),
        "{text}\n{said:#?}"
    );
}

#[track_caller]
fn check_speaker(text: &str, speaker: &str) {
    let (_, said) = read(text);
    let got = said[0].speaker.as_ref().map_or("", |field| &field.value);
    assert_eq!(got, speaker, "{text}");
}

#[test]
fn reads_bare_replies_and_codes() {
    check(
        "550 5.7.705 Access denied",
        550,
        "5.7.705",
        "550 5.7.705 Access denied",
    );
    check(
        "550-5.7.705 Access denied",
        550,
        "5.7.705",
        "550-5.7.705 Access denied",
    );
    check(
        "550;5.7.711 Connector",
        550,
        "5.7.711",
        "550;5.7.711 Connector",
    );
    check(
        "550 #5.1.0 Address rejected",
        550,
        "5.1.0",
        "550 #5.1.0 Address rejected",
    );
    check("5.7.705", 0, "5.7.705", "5.7.705");
    check("#5.1.1", 0, "5.1.1", "#5.1.1");
    check("5.7.700-749", 0, "5.7.700", "5.7.700-749");
    check("550", 550, "", "550");
    check("S3150", 0, "", "S3150");
    check(
        "554 4.3.2 mailbox busy",
        554,
        "4.3.2",
        "554 4.3.2 mailbox busy",
    );
    check(
        "Sorry, no mailbox\nhere (#5.1.1)",
        0,
        "5.1.1",
        "Sorry, no mailbox\nhere (#5.1.1)",
    );
    check(
        "550 No such user (#5.1.1)",
        550,
        "5.1.1",
        "550 No such user (#5.1.1)",
    );
    check(
        "(554, b'5.2.0 STOREDRV.Submission.Exception')",
        554,
        "5.2.0",
        "554, b'5.2.0 STOREDRV.Submission.Exception'",
    );
}

#[test]
fn the_inner_reply_decides() {
    check(
        "Remote Server returned '554 5.4.0 <mx.example.org #5.4.14 smtp; 554 5.4.14 Hop count exceeded>'",
        554,
        "5.4.14",
        "554 5.4.14 Hop count exceeded",
    );
    check(
        "Remote Server returned '550 5.1.351 Remote server returned unknown recipient -> 550 <a@example.org>: User doesn't exist'",
        550,
        "5.1.351",
        "550 <a@example.org>: User doesn't exist",
    );
    check(
        "mail.example.com #<ex.example.com #5.7.1 smtp;530 5.7.1 Client was not authenticated> #SMTP#",
        530,
        "5.7.1",
        "530 5.7.1 Client was not authenticated",
    );
    check(
        "5.1.0 - Unknown address error 550-'5.2.2 <a@example.org>... Mailbox Full'",
        550,
        "5.2.2",
        "550-'5.2.2 <a@example.org>... Mailbox Full'",
    );
    check(
        "host mx.example.org[192.0.2.1] said: 550\n    5.1.1 <a@example.org>... User Unknown (in reply to RCPT TO\n    command)",
        550,
        "5.1.1",
        "550\n    5.1.1 <a@example.org>... User Unknown",
    );
    check(
        "Reason: [{LED=550 5.4.1 Recipient address rejected: Access denied. [X.example.org]};{MSG=};{IP=192.0.2.7}]",
        550,
        "5.4.1",
        "550 5.4.1 Recipient address rejected: Access denied. [X.example.org]",
    );
    check(
        "1/2/2026 - Server at a.example.org returned '550 5.4.312 Message expired, DNS query failed'\n1/2/2026 - Server at b.example.org returned '450 4.4.312 DNS query failed'",
        550,
        "5.4.312",
        "550 5.4.312 Message expired, DNS query failed",
    );
    check(
        "554 error: 554 5.2.0 STOREDRV",
        554,
        "5.2.0",
        "554 5.2.0 STOREDRV",
    );
    check(
        ">>> RCPT To:<a@example.org>\n<<< 550 No such user here\n550 5.1.1 <a@example.org>... User unknown",
        550,
        "5.1.1",
        "550 No such user here",
    );
}

#[test]
fn the_lines_of_a_reply_are_one() {
    check(
        "550-5.7.26 Unauthenticated\n550-5.7.26 email\n550 5.7.26 - gsmtp",
        550,
        "5.7.26",
        "550-5.7.26 Unauthenticated\n550-5.7.26 email\n550 5.7.26 - gsmtp",
    );
    check(
        "<<< 550-5.7.26 Unauthenticated\n<<< 550 5.7.26 email\n554 5.0.0 Service unavailable",
        550,
        "5.7.26",
        "550-5.7.26 Unauthenticated\n<<< 550 5.7.26 email",
    );
    check(
        "550-one 550-two 550 5.1.1 three",
        550,
        "5.1.1",
        "550-one 550-two 550 5.1.1 three",
    );
}

#[test]
fn a_log_line_ends_a_reply() {
    for next in ["Mar  4 10:12:02 mx postfix", "2026-03-04 10:12:02 1tp-1"] {
        let text = format!("dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 no\n{next}");
        check(&text, 550, "5.1.1", "550 5.1.1 no");
    }
}

#[test]
fn other_numbers_are_no_codes() {
    for text in [
        "Please wait 500 seconds",
        "connect to mx.example.org[192.0.2.1]:587: timed out",
        "Postfix 2.5.1",
        "client [5.1.1.7] blocked",
        "delay=451, delays=0.1",
        "id 1P1ce6-550-GZ",
        "quota of 500 messages",
        "size=550",
    ] {
        let (_, said) = read(text);
        assert!(
            said.iter()
                .all(|s| s.reply_code.is_none() && s.status.is_none()),
            "{text}: {said:#?}"
        );
    }
}

#[test]
fn names_who_spoke() {
    check_speaker(
        "host mx.example.org[192.0.2.1] said: 550 no",
        "mx.example.org",
    );
    check_speaker(
        "Server at mx.example.org (192.0.2.1) returned '550 no'",
        "mx.example.org",
    );
    check_speaker(
        "... while talking to mx.example.org.:\n>>> DATA\n<<< 550 no",
        "mx.example.org",
    );
    check_speaker(
        "192.0.2.89 failed after I sent the message.\nRemote host said: 550 no",
        "192.0.2.89",
    );
    check_speaker("550 no", "");
}

#[test]
fn text_without_a_code_is_one_statement() {
    let (sources, said) = read("  mail for example.org loops back to myself\n");
    assert_eq!(said.len(), 1);
    assert_eq!(
        said[0].span.of(&sources),
        "mail for example.org loops back to myself"
    );
    assert!(read(" \n").1.is_empty());
}

/// Wherever in a character or in white space the limit falls.
#[test]
fn a_reply_beyond_the_limit_is_cut() {
    for words in ["no ", "no   ", "ñ", "語", "🙂"] {
        for shift in 0..5 {
            let start = format!("550 {}", "-".repeat(shift));
            let (_, said) = read(&format!("{start}{}", words.repeat(limits::REPLY)));
            assert!(said[0].is_cut, "{words:?} behind {shift}");
            let (_, said) = read(&format!("{start}{}", words.repeat(limits::REPLY / 6)));
            assert!(!said[0].is_cut, "{words:?} behind {shift}");
        }
    }
}
