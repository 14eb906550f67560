//! The header of a message to what kind of message it is: an automatic
//! reply (RFC 3834), ordinary mail, or one that a mail system wrote.

use crate::report::fields::{self, Lines};
use crate::report::{Kind, narrative, returned};
use crate::source::{Field, Origin, Source};

/// What the header of a message tells about who wrote it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Author {
    /// Somebody is named as the author: a header is there, and not only what
    /// MIME needs.
    pub is_named: bool,
    /// A mail system wrote it: the sender is empty (RFC 5321, section
    /// 4.5.5), or a mailer daemon.
    pub is_mail_system: bool,
    /// A postmaster wrote it, who may be a program or a person.
    pub is_postmaster: bool,
    /// The one address that it was sent to, lower case, as written.
    pub to: String,
    /// A program answered in a person's name.
    pub is_auto_reply: bool,
    /// It came by way of a mailing list, or in bulk.
    pub is_bulk: bool,
    /// Its subject says that it passes something on; or a list's
    /// program passes on what became of a message to the list.
    pub passes_on: bool,
    /// What its subject calls it, if that tells.
    pub subject_says: Option<Kind>,
    /// The addresses of X-Failed-Recipients.
    pub failed_recipients: Vec<Field<String>>,
}

/// Reads a header block.
pub fn author(sources: &[Source], headers: u32) -> Author {
    let mut author = Author::default();
    let Some(source) = sources.get(headers as usize) else {
        return author;
    };
    let mut subject = String::new();
    let mut declared_auto_reply = false;
    let mut vacation_header = false;
    let mut is_list_notice = false;
    for field in fields::read(source, Lines::All) {
        let value = fields::value(sources, headers, &field.value, Origin::Header);
        let lower = value.value.to_lowercase();
        match field.name.to_ascii_lowercase().as_str() {
            "return-path" | "x-envelope-sender" | "envelope-sender" => {
                author.is_mail_system |= lower.trim() == "<>" || is_daemon(&lower);
            }
            "from" | "sender" => {
                author.is_named = true;
                author.is_mail_system |= is_daemon(&lower);
                author.is_postmaster |= local_part(&lower) == "postmaster";
            }
            "subject" => subject = lower,
            "to" if lower.len() < ADDRESS => author.to = lower,
            // Exchange's own mark.
            "x-ms-exchange-message-is-ndr" => author.is_mail_system = true,
            "content-type" => {
                author.is_mail_system |=
                    lower.starts_with("multipart/report") && lower.contains("delivery-status");
            }
            "auto-submitted" => declared_auto_reply |= lower.starts_with("auto-replied"),
            "x-autoreply" | "x-autorespond" | "x-auto-reply" | "x-autoresponder" => {
                vacation_header |= !matches!(lower.as_str(), "no" | "false" | "");
            }
            "precedence" | "x-precedence" => {
                vacation_header |=
                    lower.starts_with("auto_reply") || lower.starts_with("auto-reply");
                author.is_bulk |= lower.starts_with("list");
            }
            "x-vacation" | "x-mailer-vacation" => vacation_header = true,
            "list-unsubscribe" | "list-id" | "list-post" => author.is_bulk = true,
            // Mailman's own notices, those of refusal among them.
            "x-list-administrivia" => is_list_notice |= lower == "yes",
            "x-failed-recipients" => {
                let failed = returned::addresses(sources, value.span);
                author.failed_recipients.extend(failed.map(|field| Field {
                    origin: Origin::Header,
                    ..field
                }));
            }
            _ => {}
        }
    }
    author.is_bulk &= !is_list_notice;
    author.subject_says = subject_kind(&subject);
    author.passes_on = passes_on(&subject) || is_list_notice;
    // Mail systems declare their bounces auto-replied too.
    author.is_auto_reply = vacation_header
        || author.subject_says == Some(Kind::AutoReply)
        || (declared_auto_reply && !author.is_mail_system);
    author
}

/// Longest field that names one address, in bytes.
const ADDRESS: usize = 300;

/// The lower-case local part of the address in a From field.
fn local_part(sender: &str) -> &str {
    let address = match (sender.rfind('<'), sender.rfind('>')) {
        (Some(open), Some(close)) if open < close => sender.get(open + 1..close).unwrap_or(""),
        _ => sender,
    };
    let local = address.split(['@', ' ']).next().unwrap_or("");
    local.trim_matches(['"', '\''])
}

fn is_daemon(sender: &str) -> bool {
    let local = local_part(sender);
    const LOCALS: [&str; 6] = [
        "mailer-daemon",
        "mailer_daemon",
        "mail-daemon",
        "maildaemon",
        "mdaemon",
        "bounce-handler",
    ];
    const NAMES: [&str; 6] = [
        "mailer daemon",
        "mail delivery sub",
        "mail delivery sys",
        "mail delivery service",
        "mailer-daemon",
        "system administrator",
    ];
    LOCALS.contains(&local)
        || NAMES.iter().any(|name| sender.contains(name))
        || local.starts_with("microsoftexchange329e71ec88ae4615bbc36ab6ce41109e")
}

/// Whether a lower-case subject begins as mail programs mark a forward, in the
/// language they speak.
fn passes_on(subject: &str) -> bool {
    const MARKS: [&str; 13] = [
        "fwd", "fw", "wg", "tr", "rv", "i", "enc", "doorst", "vs", "vb", "pd", "転送", "转发",
    ];
    subject
        .split_once([':', '：'])
        .is_some_and(|(mark, _)| MARKS.contains(&mark.trim()))
}

/// What a subject calls its message, lower case. Programs that answer for
/// an absent person say so at the start, in the language they speak.
fn subject_kind(subject: &str) -> Option<Kind> {
    const AUTO: [&str; 38] = [
        "auto:",
        "auto-reply",
        "autoreply",
        "auto reply",
        "auto response",
        "auto-response",
        "automatic reply",
        "automatic response",
        "autoresponse",
        "out of office",
        "out of the office",
        "out-of-office",
        "away from the office",
        "on vacation",
        "vacation:",
        "automatische antwort",
        "abwesenheit",
        "abwesend",
        "réponse automatique",
        "absence du bureau",
        "absent du bureau",
        "respuesta automática",
        "fuera de la oficina",
        "resposta automática",
        "fora do escritório",
        "risposta automatica",
        "fuori ufficio",
        "automatisch antwoord",
        "afwezig",
        "自動応答",
        "自动答复",
        "自动回复",
        "自動回覆",
        "자동 회신",
        "автоответ",
        "автоматический ответ",
        "autosvar",
        "odpowiedź automatyczna",
    ];
    let start = subject.trim_start();
    let starts = AUTO.iter().any(|words| start.starts_with(words));
    // A few say it after the name of the person or the subject answered.
    let holds = ["out of office", "自動応答", "不在通知"]
        .iter()
        .any(|words| start.contains(words));
    if starts || holds {
        return Some(Kind::AutoReply);
    }
    const READ: [&str; 8] = [
        "read:",
        "gelesen:",
        "lu :",
        "leído:",
        "lida:",
        "letto:",
        "return receipt (displayed)",
        "開封済み:",
    ];
    if READ.iter().any(|words| start.starts_with(words)) {
        return Some(Kind::ReadReceipt);
    }
    // Microsoft's reports to senders of bulk mail carry no RFC 5965 part.
    if start.starts_with("complaint about message from") {
        return Some(Kind::AbuseReport);
    }
    narrative::told(start)
}
