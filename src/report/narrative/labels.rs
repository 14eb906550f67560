//! Labels before values, in the languages that mail systems write.
//!
//! The value behind a label is machine text in every language, so that one
//! small table reads them all. Names are lower case, as they stand before
//! the colon.

use std::sync::OnceLock;

use crate::order;
use crate::smtp::reply::is_host;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    /// The address that could not be served.
    Recipient,
    /// The address as the sender wrote it.
    OriginalRecipient,
    /// The returned message's recipients.
    To,
    /// The returned message's author, or the envelope sender.
    From,
    Subject,
    Date,
    MessageId,
    Action,
    Status,
    /// A reply or a reason.
    Diagnostic,
    ReportingMta,
    ReceivedFromMta,
    RemoteMta,
    ArrivalDate,
    LastAttemptDate,
    WillRetryUntil,
    QueueId,
    /// A header that says nothing about the failure.
    Header,
}

/// The label that a line starts with, and where its value starts.
pub(super) fn of(line: &str) -> Option<(Label, usize)> {
    let colon = line.find(':')?;
    if colon > LONGEST {
        return None;
    }
    let name = line[..colon]
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '*' | '-' | '•' | '#' | '|' | '>' | '[' | '"' | '\'')
        })
        .to_lowercase();
    let value = colon + 1;
    if let Some(label) = named(&name) {
        return Some((label, value));
    }
    if let Some(label) = server(&name, &line[value..]) {
        return Some((label, value));
    }
    let header = HEADERS.contains(&name.as_str())
        || HEADER_STARTS.iter().any(|start| name.starts_with(start));
    header.then_some((Label::Header, value))
}

/// The label of a line that names nothing but a host: Exchange calls itself
/// "Generating server" and the other "Remote server" in every language.
fn server(name: &str, value: &str) -> Option<Label> {
    let (host, comment) = value
        .trim()
        .split_once([' ', '<'])
        .unwrap_or((value.trim(), ""));
    let is_alone = comment.is_empty() || comment.starts_with(['(', '[']) || comment.ends_with('>');
    if !is_alone || !is_host(host.trim_end_matches('.')) {
        return None;
    }
    let any = |stems: &[&str]| stems.iter().any(|stem| name.contains(stem));
    let is_server = any(SERVER) || name.split([' ', '\u{3000}']).any(|word| word == "dsn");
    is_server.then(|| match any(REMOTE) {
        true => Label::RemoteMta,
        false => Label::ReportingMta,
    })
}

const SERVER: &[&str] = &[
    "server",
    "serveur",
    "servidor",
    "serwer",
    "сервер",
    "サーバー",
    "服务器",
    "伺服器",
    "서버",
    "sunucu",
    "kiszolgáló",
    "palvelin",
    "διακομιστής",
    "máy chủ",
    "שרת",
    "الخادم",
    "delivery host",
];

const REMOTE: &[&str] = &[
    "remote",
    "remoto",
    "distant",
    "rejected by",
    "recei",
    "empfang",
    "récept",
    "recep",
    "ricev",
    "ontvang",
    "extern",
    "zdaln",
    "odbior",
    "удал",
    "получ",
    "リモート",
    "受信",
    "远程",
    "遠端",
    "接收",
    "원격",
    "수신",
    "uzak",
    "alıcı",
    "vzdálen",
    "távoli",
    "etä",
    "delivery host",
];

/// The label with this name, in any case.
pub(super) fn named(name: &str) -> Option<Label> {
    static SORTED: OnceLock<Vec<(&str, Label)>> = OnceLock::new();
    let sorted = SORTED.get_or_init(|| {
        let each = LABELS.iter();
        let mut sorted: Vec<(&str, Label)> = each
            .flat_map(|(label, names)| names.iter().map(|name| (*name, *label)))
            .collect();
        order::sort_by_key(&mut sorted, |(name, _)| *name);
        sorted
    });
    let name = name.to_lowercase();
    // Of equal names the first label counts.
    let at = sorted.partition_point(|(other, _)| *other < name.as_str());
    sorted
        .get(at)
        .filter(|(other, _)| *other == name)
        .map(|(_, label)| *label)
}

/// Longest label, in bytes.
const LONGEST: usize = 64;

const LABELS: &[(Label, &[&str])] = &[
    (
        Label::Recipient,
        &[
            "final-recipient",
            "recipient",
            "recipients",
            "recipient address",
            "recipient status",
            "recipient(s)",
            "x-failed-recipients",
            "failed recipient",
            "failedrecipient",
            "failed recipients",
            "failed address",
            "intended recipient",
            "intended recipients",
            "addressed to",
            "rcpt to",
            "rcpt",
            "recipientaddress",
            "recipient email",
            "recipient email address",
            "message to",
            "your message to",
            "mail to",
            "email to",
            "delivery to",
            "failed to",
            "x-actual-recipient",
            "undeliverable to",
            "undelivered to",
            "could not be delivered to",
            "not delivered to",
            "unable to deliver message to",
            "was not delivered to",
            "not sent to",
            "envelope recipient",
            "envelope-to",
            "destination",
            "destination address",
            "to address",
            "forward-path",
            "empfänger",
            "empfängeradresse",
            "empfänger-adresse",
            "destinataire",
            "destinataires",
            "adresse du destinataire",
            "adresse destinataire",
            "destinatario",
            "destinatarios",
            "dirección del destinatario",
            "dirección de destinatario",
            "destinatari",
            "indirizzo destinatario",
            "indirizzo del destinatario",
            "destinatário",
            "destinatários",
            "endereço do destinatário",
            "geadresseerde",
            "ontvanger",
            "adres van geadresseerde",
            "получатель",
            "адрес получателя",
            "受信者",
            "受信者のアドレス",
            "宛先",
            "宛先アドレス",
            "送信先",
            "配信先",
            "收件人",
            "收件人地址",
            "收件者",
            "收件者地址",
            "받는 사람",
            "받는 사람 주소",
            "수신자",
            "odbiorca",
            "adres odbiorcy",
            "adres adresata",
            "alıcı adresi",
            "mottagare",
            "mottagaradress",
            "modtager",
            "mottaker",
            "vastaanottaja",
            "příjemce",
            "címzett",
            "alıcı",
            "παραλήπτης",
            "одержувач",
        ],
    ),
    (
        Label::OriginalRecipient,
        &[
            "original-recipient",
            "original address",
            "original recipient",
            "x-original-to",
            "orig-to",
        ],
    ),
    (
        Label::To,
        &[
            "to",
            "an",
            "à",
            "a",
            "para",
            "aan",
            "til",
            "till",
            "宛先 (to)",
            "кому",
            "至",
            "do",
            "komu",
        ],
    ),
    (
        Label::From,
        &[
            "from",
            "sender",
            "sender address",
            "senderaddress",
            "return-path",
            "reply-to",
            "mail from",
            "envelope sender",
            "envelope-from",
            "sender email",
            "x-sender",
            "message from",
            "original sender",
            "requester",
            "requested by",
            "reporter",
            "reported by",
            "submitted by",
            "customer",
            "assigned to",
            "x-postfix-sender",
            "von",
            "absender",
            "absenderadresse",
            "de",
            "expéditeur",
            "adresse de l'expéditeur",
            "remitente",
            "dirección del remitente",
            "mittente",
            "indirizzo mittente",
            "remetente",
            "endereço do remetente",
            "da",
            "van",
            "afzender",
            "отправитель",
            "адрес отправителя",
            "adres nadawcy",
            "adres van afzender",
            "avsändaradress",
            "afsenderadresse",
            "gönderen adresi",
            "от",
            "差出人",
            "送信者",
            "送信者のアドレス",
            "发件人",
            "发件人地址",
            "寄件者",
            "寄件者地址",
            "보낸 사람",
            "보낸 사람 주소",
            "nadawca",
            "avsändare",
            "afsender",
            "avsender",
            "x-envelope-from",
            "errors-to",
            "resent-from",
            "disposition-notification-to",
        ],
    ),
    (
        Label::Subject,
        &[
            "subject",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "assunto",
            "onderwerp",
            "тема",
            "件名",
            "主题",
            "主旨",
            "제목",
            "temat",
            "ämne",
            "emne",
            "aihe",
            "předmět",
            "tárgy",
            "konu",
            "original subject",
            "the subject of the message is",
            "messagesubject",
            "message_subject",
            "message subject",
            "original message subject",
        ],
    ),
    (
        Label::Date,
        &[
            "date",
            "sent",
            "created date",
            "created",
            "the date of the message is",
            "erstellt am",
            "erstellungsdatum",
            "date de création",
            "fecha de creación",
            "data de criação",
            "data creazione",
            "data di creazione",
            "gemaakt op",
            "aanmaakdatum",
            "data utworzenia",
            "skapad",
            "skapades",
            "oprettet",
            "дата создания",
            "作成日",
            "作成日時",
            "创建日期",
            "建立日期",
            "만든 날짜",
            "oluşturma tarihi",
            "gesendet",
            "envoyé",
            "enviado",
            "inviato",
            "verzonden",
            "datum",
            "fecha",
            "data",
            "дата",
            "отправлено",
            "送信日時",
            "发送时间",
            "日期",
        ],
    ),
    (
        Label::MessageId,
        &[
            "message-id",
            "message id",
            "x-original-message-id",
            "network-message-id",
            "messageid",
        ],
    ),
    (Label::Action, &["action"]),
    (
        Label::Status,
        &[
            "status",
            "status code",
            "enhanced status",
            "status-code",
            "delivery status",
            "error code",
            "statuscode",
            "dsn code",
            "code d'état",
            "code de statut",
            "código de estado",
            "codice di stato",
            "código de status",
            "код состояния",
            "状态代码",
            "状態コード",
            "ステータス コード",
            "ステータスコード",
            "fehlercode",
        ],
    ),
    (
        Label::Diagnostic,
        &[
            "diagnostic-code",
            "diagnostic code",
            "diagnostic",
            "diagnosis",
            "reason",
            "reported error",
            "error",
            "error message",
            "response",
            "reply",
            "server response",
            "smtp error",
            "remote server error",
            "error details",
            "details",
            "the response was",
            "the error was",
            "smtp reply",
            "remote server said",
            "remote host said",
            "remote server response",
            "technical details",
            "failure reason",
            "cause",
            "problem",
            "bounce reason",
            "last error",
            "grund",
            "fehler",
            "gemeldeter fehler",
            "raison",
            "erreur",
            "erreur signalée",
            "motivo",
            "error notificado",
            "errore",
            "errore segnalato",
            "errore restituito",
            "erro",
            "erro relatado",
            "reden",
            "fout",
            "gerapporteerde fout",
            "причина",
            "ошибка",
            "сообщение об ошибке",
            "理由",
            "エラー",
            "報告されたエラー",
            "原因",
            "错误",
            "报告的错误",
            "錯誤",
            "오류",
            "przyczyna",
            "błąd",
            "orsak",
            "årsag",
            "x-error",
            "smtp-reply",
            "note",
        ],
    ),
    (
        Label::ReportingMta,
        &[
            "reporting-mta",
            "generating server",
            "dsn generated by",
            "reporting server",
            "serveur de génération",
            "server di generazione",
            "bronserver",
        ],
    ),
    (Label::ReceivedFromMta, &["received-from-mta"]),
    (
        Label::RemoteMta,
        &[
            "remote-mta",
            "host",
            "remote server",
            "receiving server",
            "remote system",
            "remote host",
            "remote mta",
            "recipient server",
            "message rejected by",
            "the following organization rejected your message",
            "the following organisation rejected your message",
        ],
    ),
    (Label::ArrivalDate, &["arrival-date", "arrival date"]),
    (
        Label::LastAttemptDate,
        &["last-attempt-date", "last attempt date", "last attempt"],
    ),
    (Label::WillRetryUntil, &["will-retry-until"]),
    (
        Label::QueueId,
        &[
            "x-postfix-queue-id",
            "queue-id",
            "queue id",
            "the message identifier is",
            "x-queue-id",
            "message reference",
        ],
    ),
];

/// Other headers, of reports and of returned messages.
const HEADERS: &[&str] = &[
    "received",
    "received-spf",
    "authentication-results",
    "dkim-signature",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-language",
    "cc",
    "bcc",
    "references",
    "in-reply-to",
    "thread-topic",
    "thread-index",
    "user-agent",
    "delivered-to",
    "accept-language",
    "importance",
    "priority",
    "precedence",
    "auto-submitted",
    "list-unsubscribe",
    "list-id",
    "list-post",
    "list-help",
    "list-archive",
    "mailing-list",
    "comments",
    "keywords",
    "organization",
    "x-mailer",
    "domainkey-signature",
    "feedback-id",
    "return-receipt-to",
    "feedback-type",
    "abuse",
    "contact",
];

const HEADER_STARTS: &[&str] = &["x-", "arc-", "list-", "content-", "resent-"];

/// What an address book writes before an address: `rfc822;`, `SMTP:`.
pub(super) fn value_start(value: &str) -> usize {
    let lead = value.len() - value.trim_start().len();
    match value.split_once(';') {
        Some((kind, _))
            if kind.trim().len() < 16
                && kind
                    .trim()
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
        {
            let after = kind.len() + 1;
            after + (value[after..].len() - value[after..].trim_start().len())
        }
        _ => lead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Label, &str)>) {
        let got = of(line).map(|(label, at)| (label, line[at..].trim()));
        assert_eq!(got, expected, "{line}");
    }

    #[test]
    fn knows_labels_in_many_languages() {
        check(
            "Final-Recipient: rfc822; a@example.org",
            Some((Label::Recipient, "rfc822; a@example.org")),
        );
        check(
            "Empfänger: a@example.org",
            Some((Label::Recipient, "a@example.org")),
        );
        check(
            "Serveur de génération : mx",
            Some((Label::ReportingMta, "mx")),
        );
        check(
            "DSN の生成元:\tmx.example.org",
            Some((Label::ReportingMta, "mx.example.org")),
        );
        check(
            "Удаленный сервер: mx.example.org (192.0.2.1)",
            Some((Label::RemoteMta, "mx.example.org (192.0.2.1)")),
        );
        check("Mail server responded: 550 no", None);
        check("件名: x", Some((Label::Subject, "x")));
        check("X-Anything: y", Some((Label::Header, "y")));
        check("* Subject: x", Some((Label::Subject, "x")));
        check("something else: y", None);
        check("no label", None);
    }

    #[test]
    fn skips_the_type_of_a_value() {
        assert_eq!(value_start(" rfc822; a@example.org"), 9);
        assert_eq!(value_start(" a@example.org"), 1);
        assert_eq!(value_start(""), 0);
    }
}
