//! Inputs of any size, each out of one thing that repeats without end: what
//! `hostile.rs` and the growth bench read.

use bounce_analyzer::catalog;

/// Builds an input of about the given number of bytes.
pub type Build = fn(usize) -> Vec<u8>;

const HEADER: &str = "From: MAILER-DAEMON@mail.example.net\nTo: a@example.com\nSubject: failure\n";

/// What grows in the mail of every day, and what to call it.
pub const DIMENSIONS: &[(&str, Build)] = &[
    ("bytes of text", |n| {
        body(
            "Your message could not be delivered, and this is what we know about it.\n",
            n,
        )
    }),
    ("recipients of a DSN", |n| {
        let fields = "Reporting-MTA: dns; mail.example.net\n\n";
        let recipients = counted(n, |n| {
            format!(
                "Final-Recipient: rfc822; u{n}@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <u{n}@example.org>: User unknown\n\n"
            )
        });
        multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\n{fields}{recipients}"
        ))
    }),
    ("recipients of a text", |n| {
        body(
            &counted(n, |n| {
                format!(
                    "<u{n}@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)\n\n"
                )
            }),
            0,
        )
    }),
    ("recipients of a log", |n| {
        counted(n, |n| format!("Nov 12 09:30:00 mx postfix/smtp[1]: {n:X}: to=<u{n}@example.org>, relay=mx.example.org[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.example.org said: 550 5.1.1 no)\n")).into_bytes()
    }),
    ("parts of text", |n| {
        multipart(&counted(n, |n| {
            format!("--b\nContent-Type: text/plain\n\n550 5.1.1 <u{n}@example.org>: User unknown\n")
        }))
    }),
    ("parts of messages", |n| {
        multipart(&counted(n, |n| {
            format!(
                "--b\nContent-Type: message/rfc822\n\nFrom: u{n}@example.org\nTo: a@example.com\nSubject: {n}\n\nHello\n"
            )
        }))
    }),
    ("parts of fields", |n| {
        multipart(&counted(n, |n| {
            format!(
                "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; u{n}@example.org\nAction: failed\n\n"
            )
        }))
    }),
    ("parts of files", |n| {
        multipart(&counted(n, |n| {
            format!(
                "--b\nContent-Type: application/octet-stream; name=x{n}.eml\n\nFrom: u{n}@example.org\nTo: a@example.com\n\nHello\n"
            )
        }))
    }),
    ("nested messages", |n| {
        repeat(&format!("{HEADER}Content-Type: message/rfc822\n\n"), n)
    }),
    ("nested multiparts", |n| {
        [
            HEADER.as_bytes(),
            counted(n, |n| {
                format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")
            })
            .as_bytes(),
        ]
        .concat()
    }),
    ("headers", |n| {
        [
            HEADER.as_bytes(),
            counted(n, |n| format!("X-Header-{n}: value {n}\n")).as_bytes(),
            b"\n550 5.1.1 x\n",
        ]
        .concat()
    }),
    ("hops", |n| {
        [HEADER.as_bytes(), counted(n, |n| format!("Received: from a{n}.example.org ([192.0.2.1]) by b{n}.example.org; Thu, 12 Nov 2026 09:30:00 +0000\n")).as_bytes(), b"\n550 5.1.1 x\n"].concat()
    }),
    ("recipients of a header", |n| {
        [
            "From: MAILER-DAEMON@mail.example.net\nSubject: failure\nTo: ",
            &counted(n, |n| format!("User {n} <u{n}@example.org>,\n ")),
            "x@example.org\n\n550 5.1.1 x\n",
        ]
        .concat()
        .into_bytes()
    }),
    ("messages of a mailbox", |n| {
        counted(n, |n| format!("From a Thu Apr 29 23:34:45 2026\n{HEADER}\n<u{n}@example.org>: 550 5.1.1 User unknown\n\n")).into_bytes()
    }),
    ("phrases, each a line", |n| phrases("\n", n)),
    ("phrases in one statement", |n| phrases(" ", n)),
    ("one phrase", |n| {
        repeat("550 tenant has exceeded threshold ", n)
    }),
    ("rows of a table", |n| {
        [
            HEADER,
            "Content-Type: text/html\n\n<html><table>",
            &counted(n, |n| {
                format!("<tr><td>u{n}@example.org</td><td>550 5.1.1 User unknown</td></tr>\n")
            }),
        ]
        .concat()
        .into_bytes()
    }),
];

/// What only an attacker or an accident writes.
pub const ENDLESS: &[(&str, Build)] = &[
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
    ("bare hops", |n| repeat("Received: from a by b; c\n", n)),
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
    ("codes in one line", |n| repeat("5.7.1 ", n)),
    ("codes without blanks", |n| repeat("5.7.1", n)),
    ("replies in one line", |n| repeat("550-5.7.1 ", n)),
    ("quotes", |n| repeat("\"", n)),
    ("open quotes", |n| repeat("\"a@example.com ", n)),
    ("open comments", |n| {
        [b"From: a\nTo: ".to_vec(), repeat("(", n)].concat()
    }),
    ("open parameters", |n| {
        [
            b"From: a\nTo: b\nContent-Type: multipart/report".to_vec(),
            repeat("; boundary=\"", n),
        ]
        .concat()
    }),
    ("open addresses", |n| {
        [b"From: a\nTo: b\n\n".to_vec(), repeat("<a@example.com ", n)].concat()
    }),
    ("addresses", |n| repeat("a@example.com ", n)),
    ("addresses without blanks", |n| repeat("<a@example.com>", n)),
    ("addresses of one word", |n| repeat("a@example.com,b=", n)),
    ("a long header", |n| {
        [
            HEADER.as_bytes().to_vec(),
            b"X: ".to_vec(),
            repeat("a", n),
            b"\n\n550 5.1.1 x\n".to_vec(),
        ]
        .concat()
    }),
    ("a long subject", |n| {
        [
            b"From: a\nTo: b\nSubject: ".to_vec(),
            repeat("a ", n),
            b"\n\n550 5.1.1 x\n".to_vec(),
        ]
        .concat()
    }),
    ("a long diagnostic", |n| {
        multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@example.org\nDiagnostic-Code: smtp; {}\n",
            text("550-5.1.1 no such user here ", n)
        ))
    }),
    ("a folded diagnostic", |n| {
        multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@example.org\nDiagnostic-Code: smtp; {}\n",
            text("550-5.1.1 no such user\n ", n)
        ))
    }),
    ("zeros", |n| vec![0; n]),
    ("zeros in a message", |n| {
        [HEADER.as_bytes().to_vec(), b"\n".to_vec(), vec![0; n]].concat()
    }),
    ("bytes that are no text", |n| vec![0x80; n]),
    ("base64", |n| encoded("base64", &repeat("QUFB", n))),
    ("soft line ends", |n| {
        encoded("quoted-printable", &repeat("=\n", n))
    }),
    ("broken escapes", |n| {
        encoded("quoted-printable", &repeat("=4", n))
    }),
    ("blanks", |n| {
        [b"a".to_vec(), repeat(" ", n), b"b".to_vec()].concat()
    }),
    ("blank lines", |n| {
        [b"a".to_vec(), repeat("\n", n), b"b".to_vec()].concat()
    }),
    ("quoted lines", |n| repeat("> ", n)),
    ("deeper quotes", |n| {
        (0..n)
            .map_while({
                let mut all = 0;
                move |depth| {
                    all += depth + 6;
                    (all < n).then(|| format!("{} 550 \n", ">".repeat(depth)))
                }
            })
            .collect::<String>()
            .into_bytes()
    }),
    ("labels", |n| {
        repeat("Recipient: a@example.com\nReason: \n", n)
    }),
    ("commands", |n| {
        repeat(">>> RCPT TO:<a@example.com>\n<<< 550 5.1.1 no\n", n)
    }),
    ("server names", |n| {
        repeat("mx.example.org rejected your message: ", n)
    }),
    ("said", |n| {
        repeat("host mx.example.org[192.0.2.1] said: ", n)
    }),
    ("page lines", |n| {
        repeat("mx.example.org\nRemote Server returned '550 5.1.1'\n", n)
    }),
    ("urls", |n| repeat("https://example.com/?a@example.com ", n)),
    ("one url", |n| {
        [
            b"https://example.com/".to_vec(),
            repeat("a@example.com/", n),
        ]
        .concat()
    }),
    ("hosts", |n| repeat("mx.example.org ", n)),
    ("one host", |n| repeat("mx.", n)),
    ("numbers of an address", |n| repeat("192.0.2.1 ", n)),
    ("colons without blanks", |n| repeat("1:", n)),
    ("cells", |n| {
        [b"<html>".to_vec(), repeat("<td>a", n)].concat()
    }),
    ("open lists", |n| {
        [b"<html>".to_vec(), repeat("<ul><li>a", n)].concat()
    }),
    ("bidi marks", |n| repeat("\u{202e}a", n)),
    ("capitals that grow", |n| repeat("\u{130}", n)),
    ("encoded words without blanks", |n| {
        [
            b"From: a\nTo: b\nSubject: ".to_vec(),
            repeat("=?utf-8?q?a?=", n),
        ]
        .concat()
    }),
    ("open encoded words", |n| {
        [
            b"From: a\nTo: b\nSubject: ".to_vec(),
            repeat("=?utf-8?q?", n),
        ]
        .concat()
    }),
    ("ends of one boundary", |n| multipart(&text("--b--\n", n))),
    ("boundaries of one letter", |n| multipart(&text("--b\n", n))),
    ("unopened parts", |n| {
        multipart(&counted(n, |n| {
            format!(
                "--b\nContent-Type: multipart/mixed\n\n--c{n}\nContent-Type: text/plain\n\n550 x\n"
            )
        }))
    }),
    ("recipients in one line", |n| {
        [
            HEADER,
            "\n550 no: ",
            &counted(n, |n| format!("<u{n}@example.org> ")),
        ]
        .concat()
        .into_bytes()
    }),
    ("blank lines before recipients", |n| {
        [
            HEADER,
            "\n",
            &"\n".repeat(n / 2),
            &counted(n / 2, |n| format!("<u{n}@example.org>: 550 User unknown\n")),
        ]
        .concat()
        .into_bytes()
    }),
    ("blanks before recipients", |n| {
        [
            HEADER,
            "\n",
            &" ".repeat(n / 2),
            &counted(n / 2, |n| format!("<u{n}@example.org> said: 550 no ")),
        ]
        .concat()
        .into_bytes()
    }),
    ("replies to all recipients", |n| {
        [
            HEADER,
            "\nfailed:\n",
            &counted(n / 2, |n| format!("<u{n}@example.org>\n")),
            "\nlater\n\n",
            &counted(n / 2, |n| {
                format!(
                    "550 5.1.1 {}\n\n",
                    format!("no such user here, reason {n} ").repeat(100)
                )
            }),
        ]
        .concat()
        .into_bytes()
    }),
    ("short replies to all recipients", |n| {
        [
            HEADER,
            "\nfailed:\n",
            &counted(n / 2, |n| format!("<u{n}@example.org>\n")),
            "\nlater\n\n",
            &counted(n / 2, |n| format!("550 no {n}\n\n")),
        ]
        .concat()
        .into_bytes()
    }),
    ("parts with the same recipients", |n| {
        let recipients = counted(16 << 10, |n| {
            format!("<u{n}@example.org>: 550 User unknown\n")
        });
        multipart(&text(&format!("--b\n\n{recipients}\n"), n))
    }),
    ("parts with many recipients", |n| {
        let recipients = counted(60 << 10, |n| format!("<u{n}@example.org>: 550 no\n"));
        multipart(&text(&format!("--b\n\n{recipients}\n"), n))
    }),
    ("lines of digits behind codes", |n| {
        repeat(&format!("550 5.1.1\n{}", "1\n".repeat(1000)), n)
    }),
    ("recipients of one log line", |n| {
        [
            "Nov 12 09:30:00 mx postfix/smtp[1]: 4A: ",
            &counted(n, |n| format!("to=<u{n}@example.org>, ")),
        ]
        .concat()
        .into_bytes()
    }),
    ("words without blanks before phrases", |n| {
        repeat(
            &format!(
                "550 5.7.1 {}",
                "x-blocked using-is full-over quota-see"
                    .replace(' ', "_")
                    .repeat(80)
            ),
            n,
        )
    }),
    ("versions", |n| repeat("version 5.1.1 ", n)),
    ("codes before closing brackets", |n| {
        repeat(&format!("550 5.1.1 {}\n\n", ")".repeat(3900)), n)
    }),
    ("codes before quotes", |n| {
        repeat(
            &format!("'550 5.1.1 {}{}\n\n", "x'x".repeat(600), ".".repeat(2000)),
            n,
        )
    }),
    ("replies behind a long line", |n| {
        ["a".repeat(n / 2), text("smtp: 550 5.1.1 no ", n / 2)]
            .concat()
            .into_bytes()
    }),
    ("statuses far apart", |n| {
        repeat(&format!("{}(#5.1.1)\n", "no mailbox ".repeat(90)), n)
    }),
    ("recipients behind blank lines", |n| {
        [
            "\n".repeat(n / 2),
            text(&format!("a@example.com,{}", " ".repeat(620)), n / 2),
        ]
        .concat()
        .into_bytes()
    }),
    ("links over blank lines", |n| {
        [
            HEADER,
            "\n",
            &counted(n / 2, |n| format!("x<mailto:u{n}@example.org> ")),
            &"\n".repeat(n / 2),
            "x",
        ]
        .concat()
        .into_bytes()
    }),
    ("links between long lines", |n| {
        let line = "no # ".repeat(n / 15);
        [
            HEADER,
            "\n",
            &line,
            "\n",
            &counted(n / 3, |n| format!("x<mailto:u{n}@example.org> ")),
            "\n",
            &line,
        ]
        .concat()
        .into_bytes()
    }),
    ("open address literals", |n| repeat("a@[", n)),
    ("open escapes of an address", |n| {
        multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: utf-8; {}\n",
            text("\\x{", n)
        ))
    }),
    ("escaped quotes behind blanks", |n| {
        [
            "{\"type\": \"bounce\", \"message\": \"",
            &" ".repeat(n / 2),
            &text("\\\"", n / 2),
        ]
        .concat()
        .into_bytes()
    }),
    ("pages beside blanks", |n| {
        let blanks = " ".repeat(n / 2);
        let pages = text("--b\nContent-Type: text/html\n\n550 no\n", n / 2);
        format!(
            "{HEADER}Content-Type: multipart/alternative; boundary=b\n\n--b\n\n{blanks}x\n{pages}"
        )
        .into_bytes()
    }),
    ("recipients of one row", |n| {
        let recipients = counted(n, |n| format!("u{n}@example.org, "));
        format!("Date\tTo\tStatus\tReason\n2026\t{recipients}\tfailed\t550 no\n").into_bytes()
    }),
    ("invitations before blanks", |n| {
        let invitation = format!("a@example.com or send mail to {}", " ".repeat(620));
        [b"x\n".to_vec(), repeat(&invitation, n)].concat()
    }),
    ("fields of one head", |n| body("From: a\n", n)),
    ("fields of a head without an end", |n| {
        body("From: a\nSubject: b\nAction: c\n", n)
    }),
    ("farewells", |n| body("Regards\nFrom: a\n", n)),
    ("a long author for all recipients", |n| {
        let recipients = counted(n / 2, |n| format!("<u{n}@example.org>: 550 User unknown\n"));
        multipart(&format!(
            "--b\n\n{recipients}\n--b\nContent-Type: message/rfc822\n\nFrom: {}@example.com\nTo: b@example.com\n\n",
            "a".repeat(n / 2)
        ))
    }),
    ("a long queue id for all recipients", |n| {
        let recipients = counted(n / 2, |n| {
            format!("Final-Recipient: rfc822; u{n}@example.org\nStatus: 5.1.1\n\n")
        });
        multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\nX-Queue-ID: {}\n\n{recipients}",
            "a".repeat(n / 2)
        ))
    }),
    ("one diagnostic for all recipients", |n| {
        let recipients = counted(n / 2, |n| format!("<u{n}@example.org>\n"));
        multipart(&format!(
            "--b\n\nYour message could not be delivered to:\n{recipients}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nAction: failed\nDiagnostic-Code: smtp; {}\n",
            text("550 5.1.1 no such user ", n / 2)
        ))
    }),
    ("one diagnostic for all recipients of the header", |n| {
        let recipients = counted(n / 2, |n| format!("u{n}@example.org,\n "));
        format!(
            "From: MAILER-DAEMON@mail.example.net\nTo: a@example.com\nX-Failed-Recipients: {recipients}x@example.org\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nAction: failed\nDiagnostic-Code: smtp; {}\n",
            text("550 5.1.1 no such user ", n / 2)
        )
        .into_bytes()
    }),
    ("many texts for all recipients", |n| {
        let recipients = counted(n / 2, |n| {
            format!("Final-Recipient: rfc822; u{n}@example.org\nStatus: 5.1.1\n\n")
        });
        multipart(&format!(
            "{}--b\nContent-Type: message/delivery-status\n\n{recipients}",
            text("--b\n\n550 5.1.1 no such user\n", n / 2)
        ))
    }),
    ("forwards over blank lines", |n| {
        let forwards = text("----- Original message -----\n", n / 2);
        [HEADER, "\n550 no\n", &forwards, &"\n".repeat(n / 2), "x"]
            .concat()
            .into_bytes()
    }),
    ("replies below a long line", |n| {
        let recipients = counted(2000, |n| format!("<u{n}@example.org>\n"));
        let replies = text("550 5.1.1 no ", n / 2);
        format!("failed:\n{recipients}\n{}\n({replies}", "a".repeat(n / 2)).into_bytes()
    }),
    ("an open reply to all recipients", |n| {
        let recipients = counted(n / 2, |n| format!("<u{n}@example.org>\n"));
        format!("failed:\n{recipients}\n{}", text("550-5.1.1 no ", n / 2)).into_bytes()
    }),
    ("checks", |n| {
        let checks = text("spf=pass smtp.mailfrom=a@example.com ", n);
        format!("{HEADER}Authentication-Results: mx; {checks}\n\n550 no\n").into_bytes()
    }),
    ("checks of a shown header", |n| {
        // Wrapped inside of words, and within its encoding on one line.
        let wrapped = format!(
            "{}\n",
            "Your message could not be delivered to its recipient. ".repeat(20)
        );
        let wrapped: Vec<&[u8]> = wrapped.as_bytes().chunks(76).collect();
        let checks = text(&format!("{}=\n", "spf=3Dpass ".repeat(6)), n);
        encoded(
            "quoted-printable",
            &[
                wrapped.join(&b'\n'),
                b"\n\nReceived: from a by b; c\nAuthentication-Results: mx; =\n".to_vec(),
                checks.into_bytes(),
            ]
            .concat(),
        )
    }),
    ("messages in files", |n| {
        let file = multipart(&counted(32 << 10, |n| {
            format!(
                "--b\nContent-Type: message/rfc822\n\nFrom: MAILER-DAEMON@example.net\nTo: a@example.com\n\n<u{n}@example.org>: 550 no\n"
            )
        }));
        let file = String::from_utf8_lossy(&file)
            .replace("boundary=b", "boundary=c")
            .replace("--b\n", "--c\n");
        multipart(&text(
            &format!("--b\nContent-Type: application/octet-stream; name=x.eml\n\n{file}--c--\n"),
            n,
        ))
    }),
    ("parameters", |n| {
        let parameters = counted(n, |n| format!("; a*{n}=b"));
        format!("{HEADER}Content-Type: multipart/report{parameters}\n\n550 no\n").into_bytes()
    }),
    ("parts with many codes", |n| {
        multipart(&text(&format!("--b\n\n{}\n", "5.7.1 ".repeat(2000)), n))
    }),
    ("diagnostics with many codes", |n| {
        let diagnostic = "550 5.7.1 ".repeat(1000);
        multipart(&format!(
            "--b\nContent-Type: message/delivery-status\n\n{}",
            text(
                &format!(
                    "Final-Recipient: rfc822; a@example.org\nDiagnostic-Code: smtp; {diagnostic}\n\n"
                ),
                n
            )
        ))
    }),
    ("lists before replies", |n| {
        let list = counted(5000, |n| format!("<u{n}@example.org>\n"));
        repeat(&format!("failed:\n{list}\n{}", "550 no\n\n".repeat(500)), n)
    }),
    ("hosts of one label", |n| {
        repeat(&format!("{} ", "a.".repeat(149)), n)
    }),
];

fn repeat(piece: &str, bytes: usize) -> Vec<u8> {
    text(piece, bytes).into_bytes()
}

fn text(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len() + 1)
}

/// Pieces that differ by their number.
fn counted(bytes: usize, piece: fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 200);
    let mut n = 0;
    while text.len() < bytes {
        text.push_str(&piece(n));
        n += 1;
    }
    text
}

fn body(piece: &str, bytes: usize) -> Vec<u8> {
    [HEADER, "\n", &text(piece, bytes)].concat().into_bytes()
}

fn encoded(encoding: &str, bytes: &[u8]) -> Vec<u8> {
    let header = format!("{HEADER}Content-Transfer-Encoding: {encoding}\n\n");
    [header.as_bytes(), bytes].concat()
}

fn multipart(parts: &str) -> Vec<u8> {
    format!("{HEADER}Content-Type: multipart/report; boundary=b\n\n{parts}").into_bytes()
}

/// The words of all rules, one after the other.
fn phrases(between: &str, bytes: usize) -> Vec<u8> {
    let all = catalog::pieces().join(between);
    [HEADER, "\n550 ", &text(&format!("{all}{between}"), bytes)]
        .concat()
        .into_bytes()
}
