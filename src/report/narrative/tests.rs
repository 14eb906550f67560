use super::*;
use crate::budget::Budget;
use crate::source::Role;

fn narrative(text: &str) -> Narrative {
    let sources = vec![Source {
        role: Role::Text,
        text: text.to_string(),
        wrapped_at: None,
    }];
    read(&sources, &[0], &mut Budget::default())
}

/// Each recipient as `address code status`, `-` for what is not known.
fn told(narrative: &Narrative) -> Vec<String> {
    let dash = || "-".to_string();
    narrative
        .per_recipient
        .iter()
        .map(|recipient| {
            let address = recipient.final_recipient.as_ref();
            format!(
                "{} {} {}",
                address.map_or_else(dash, |field| field.value.clone()),
                recipient
                    .reply_code
                    .as_ref()
                    .map_or_else(dash, |field| field.value.to_string()),
                recipient
                    .status
                    .as_ref()
                    .map_or_else(dash, |field| field.value.to_string()),
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(&narrative(text)), expected, "{text}");
    let quoted: String = text.lines().map(|line| format!("> {line}\r\n")).collect();
    assert_eq!(told(&narrative(&quoted)), expected, "{quoted}");
}

#[track_caller]
fn check_kind(text: &str, kind: Option<Kind>) {
    assert_eq!(narrative(text).kind, kind, "{text}");
}

#[test]
fn reads_exchange_in_any_language() {
    for (failed, heading, server) in [
        (
            "Delivery has failed to these recipients or groups:",
            "Diagnostic information for administrators:",
            "Generating server:",
        ),
        (
            "Échec de la remise pour ces destinataires ou groupes\u{a0}:",
            "Informations de diagnostic pour les administrateurs\u{a0}:",
            "Serveur de génération\u{a0}:",
        ),
        (
            "Fehler bei der Zustellung an folgende Empfänger oder Gruppen:",
            "Diagnoseinformationen für Administratoren:",
            "Generierender Server:",
        ),
        (
            "Error en la entrega a estos destinatarios o grupos:",
            "Información de diagnóstico para los administradores:",
            "Servidor de generación:",
        ),
        (
            "Не удалось доставить сообщение следующим получателям:",
            "Диагностические сведения для администраторов:",
            "Создающий сервер:",
        ),
        (
            "无法将邮件传递给以下收件人或组:",
            "管理员诊断信息:",
            "正在生成服务器:",
        ),
        (
            "다음 받는 사람에게 배달하지 못했습니다.",
            "관리자를 위한 진단 정보:",
            "생성 서버:",
        ),
    ] {
        check(
            &format!(
                "{failed}\n\nanna@example.org (anna@example.org)\nSome words.\n\n{heading}\n\n{server} ex.example.com\n\nanna@example.org\nmx.example.org\nRemote Server returned '550 5.7.705 Access denied'\n\nOriginal message headers:\n\nFrom: bob@example.com\n"
            ),
            &["anna@example.org 550 5.7.705"],
        );
    }
}

#[test]
fn gives_each_recipient_its_own_reply() {
    check(
        "<ann@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1\n    <ann@example.org>: User unknown (in reply to RCPT TO command)\n\n<ben@example.net>: connect to mx.example.net[198.51.100.1]:25: Connection timed out\n\n<cay@example.com>: host mx.example.com[203.0.113.1] said: 552 5.2.2 Full",
        &[
            "ann@example.org 550 5.1.1",
            "ben@example.net - -",
            "cay@example.com 552 5.2.2",
        ],
    );
    check(
        "   ----- The following addresses had permanent fatal errors -----\n<ann@example.org>\n    (reason: 550 5.1.1 <ann@example.org>... User unknown)\n<ben@example.org>\n    (reason: 552 5.2.2 <ben@example.org>... Full)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> DATA\n<<< 552 5.2.2 <ben@example.org>... Full\n550 5.1.1 <ben@example.org>... User unknown\n<<< 550 5.1.1 <ann@example.org>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)",
        &["ann@example.org 550 5.1.1", "ben@example.org 552 5.2.2"],
    );
    check(
        "   ----- The following addresses had permanent fatal errors -----\n<ann@example.org>\n    (reason: 552-5.7.0 Blocked for its content)\n<ben@example.org>\n    (reason: 552-5.7.0 Blocked for its content)\n\n   ----- Transcript of session follows -----\n>>> DATA\n<<< 552-5.7.0 Blocked for its content\n<<< 552 5.7.0 See our pages\n554 5.0.0 Service unavailable",
        &["ann@example.org 552 5.7.0", "ben@example.org 552 5.7.0"],
    );
    check(
        "The following recipients failed:\n\n  ann@example.org, ben@example.org\n\n451 4.4.1 reply: read error",
        &["ann@example.org 451 4.4.1", "ben@example.org 451 4.4.1"],
    );
}

#[test]
fn never_takes_the_sender_for_the_recipient() {
    check(
        "550 Rejected by header based Anti-Spoofing policy: boss@example.com",
        &["- 550 -"],
    );
    check(
        "Your message to <ann@example.org> could not be delivered.\nReason: 550 5.7.1 <bob@example.com>: Sender address rejected",
        &["ann@example.org 550 5.7.1"],
    );
    check(
        "I'm sorry to have to inform you that your message could not be delivered.\n\nFor assistance, please send mail to <postmaster@example.com>\n\n<ann@example.org>: unknown user: \"ann\"",
        &["ann@example.org - -"],
    );
    check(
        "Hello bob@example.com,\n\nyour message to ann@example.org has been blocked.",
        &["ann@example.org - -"],
    );
}

#[test]
fn reads_below_comments_and_above_signatures() {
    check(
        "What is this?? We wait for 500 hours.\nPaul (paul@example.com)\n\n-----Original Message-----\nFrom: Mail Delivery System <MAILER-DAEMON@mail.example.com>\nTo: paul@example.com\nSubject: Undelivered Mail Returned to Sender\n\n<olga@example.org>: host a.example.org[192.0.2.1] said: 450 4.2.0 later\n<olga@example.org>: host b.example.org[192.0.2.2] said: 554 5.7.1 no\n\n--\nContact privacy@example.com.",
        &["olga@example.org 554 5.7.1"],
    );
}

#[test]
fn reads_logs_and_errors_of_programs() {
    check(
        "Mar  4 10:12:01 mx postfix/qmgr[8]: 4F2B61C0A3: from=<shop@example.com>, size=550, nrcpt=2 (queue active)\nMar  4 10:12:02 mx postfix/smtp[9]: 4F2B61C0A3: to=<ivy@example.org>, orig_to=<i@example.org>, relay=mx.example.org[192.0.2.10]:25, delay=451, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.10] said: 550 5.1.1 no)\nMar  4 10:12:03 mx postfix/smtp[9]: 4F2B61C0A3: to=<jack@example.net>, relay=none, dsn=2.0.0, status=sent (250 ok)",
        &["ivy@example.org 550 5.1.1"],
    );
    check(
        "2026-03-04 10:12:03 1tpXYZ-0001Ab-2C == cal@example.org R=dnslookup T=remote_smtp defer (-44): SMTP error from remote mail server after RCPT TO:<cal@example.org>: 451 4.7.1 Greylisting",
        &["cal@example.org 451 4.7.1"],
    );
    check(
        "delivery 17: failure: 192.0.2.10_does_not_like_recipient./Remote_host_said:_550_5.1.1_no/",
        &["- 550 5.1.1"],
    );
    check(
        "smtplib.SMTPRecipientsRefused: {'eve@example.org': (550, b'5.1.1 <eve@example.org>: User unknown')}",
        &["eve@example.org 550 5.1.1"],
    );
    check(
        "SMTP Error: The following recipients failed: hal@example.org: 5.1.1 <hal@example.org> does not exist\nDetail: No valid recipients SMTP code: 554 Additional SMTP info: 5.5.1",
        &["hal@example.org - 5.1.1"],
    );
    check(
        "{\"event\":\"bounce\",\"email\":\"pia@example.org\",\"reason\":\"550 5.1.1 gone\",\"status\":\"5.1.1\"}",
        &["pia@example.org 550 5.1.1"],
    );
}

#[test]
fn tells_a_delay_from_a_failure() {
    check_kind(
        "THIS IS A WARNING ONLY. It will be retried.\n\n<ann@example.org>: connect to mx.example.org: Connection timed out",
        Some(Kind::Delay),
    );
    check_kind("550 5.1.1 User unknown", Some(Kind::Bounce));
    check_kind("See you at eight, bring 500 sheets of paper.", None);
    check_kind("", None);
}

#[test]
fn reads_what_is_labelled() {
    let narrative = narrative(
        "Error Details\nReported error:\t550 5.1.10 RESOLVER.ADR.RecipientNotFound\nDSN generated by:\tex.example.com\nSender Address:\tbob@example.com\nRecipient Address:\tann@example.org\nSubject:\tOffer\n",
    );
    assert_eq!(told(&narrative), ["ann@example.org 550 5.1.10"]);
    let value = |field: &Option<crate::Field<String>>| {
        field
            .as_ref()
            .map_or(String::new(), |field| field.value.clone())
    };
    assert_eq!(
        value(&narrative.per_message.reporting_mta),
        "ex.example.com"
    );
    assert_eq!(value(&narrative.returned.subject), "Offer");
    assert_eq!(value(&narrative.returned.from), "bob@example.com");
    assert_eq!(narrative.format, "exchange");
}

#[test]
fn knows_mail_by_its_words_where_no_address_and_no_code_is_left() {
    for text in [
        "Delivery has failed to these recipients or groups: Leo. The message was not delivered.",
        "Ihre Nachricht konnte nicht zugestellt werden.",
        "Viestiä ei voitu toimittaa vastaanottajalle, yritä myöhemmin uudelleen.",
        "Mesajul nu a putut fi livrat către destinatarii următori.",
        "İletiniz aşağıdaki alıcılara veya gruplara teslim edilemedi.",
        "Meldingen kunne ikke leveres til følgende mottakere eller grupper.",
        "Pesan Anda tidak dapat dikirim ke penerima berikut, coba lagi nanti.",
        "Не удалось доставить письмо следующим получателям.",
    ] {
        assert_eq!(narrative(text).kind, Some(Kind::Bounce), "{text}");
        assert!(narrative(text).is_about_mail, "{text}");
    }
    let parcel = "We tried to ring, but your parcel could not be delivered to your address today.";
    assert!(!narrative(parcel).is_about_mail);
}
