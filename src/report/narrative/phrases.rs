//! The words in which mail systems tell that delivery failed, in the
//! languages that they write. They say that a text is a bounce and which
//! sentence names the recipient; what went wrong is the catalogue's.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tells {
    /// Delivery failed; nothing else says so in these words.
    Failure,
    /// Says it of other things, too: counts only beside other signs.
    Hint,
    /// The server still tries.
    Delay,
    /// The server has given up, whatever else is said.
    GaveUp,
}

/// Every phrase of a text (ASCII letters in lower case), in order.
pub(super) fn find(lower: &str) -> Vec<(Tells, Range<usize>)> {
    let Some((matcher, tells)) = matcher() else {
        return Vec::new();
    };
    matcher
        .find_iter(lower)
        .filter_map(|hit| Some((*tells.get(hit.pattern().as_usize())?, hit.range())))
        .collect()
}

type Matcher = (AhoCorasick, Vec<Tells>);

fn matcher() -> Option<&'static Matcher> {
    static MATCHER: OnceLock<Option<Matcher>> = OnceLock::new();
    MATCHER
        .get_or_init(|| {
            let tables = [
                (Tells::Failure, FAILURE),
                (Tells::Hint, HINT),
                (Tells::Delay, DELAY),
                (Tells::GaveUp, GAVE_UP),
            ];
            let phrases = tables.iter().flat_map(|(_, phrases)| phrases.iter());
            let tells = tables
                .iter()
                .flat_map(|(tells, phrases)| phrases.iter().map(|_| *tells))
                .collect();
            let matcher = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(phrases)
                .ok()?;
            Some((matcher, tells))
        })
        .as_ref()
}

const FAILURE: &[&str] = &[
    // English
    "could not be delivered", "couldn't be delivered", "could not\nbe delivered",
    "cannot be delivered", "can't be delivered", "can not be delivered", "wasn't delivered",
    "was not delivered", "were not delivered", "been delivered because", "not been delivered",
    "not be delivered", "not delivered to", "message not delivered", "mail not delivered",
    "undeliverable", "undelivered", "non-deliverable", "nondeliverable", "non-delivered",
    "delivery has failed", "delivery failed", "delivery failure", "delivery to the following",
    "delevery to the following", "failed delivery", "unable to deliver", "unable to be delivered",
    "not able to be delivered", "wasn't able to deliver", "was not able to deliver",
    "not able to be\ndelivered", "unable to send", "failed to deliver", "could not deliver",
    "couldn't deliver", "cannot deliver", "can't deliver", "did not reach", "didn't reach",
    "error delivering", "trouble delivering", "problem delivering", "problems delivering",
    "delivering your message", "delivering your mail", "attempting to deliver",
    "trying to deliver the mail", "trying to deliver", "rejected your message",
    "rejected your email", "delivery problems", "delivery errors", "permanent fatal errors",
    "transient non-fatal errors", "permanent delivery errors", "fatal errors", "failed recipient",
    "returned to sender", "returned mail", "not relayed to", "could not be reached",
    "cannot be reached", "rejected recipient", "not be sent to", "could not be sent",
    "couldn't be sent", "can't be sent", "cannot be sent", "could not send", "couldn't send",
    "can't be submitted", "address not found", "message blocked", "was blocked by our",
    "has been blocked", "were unable to deliver", "we were unable to", "wasn't found at",
    "message could not", "message not sent", "following address failed",
    "address(es) failed", "addresses failed", "recipients failed", "error following rcpt",
    "failed addresses", "delivery error", "returned message", "failure reasons", "could not find a gateway",
    "isn't set up to receive", "delivery status notification (failure)", "failure notice",
    "did not send the message to", "will not be delivered", "won't be delivered",
    "diagnostic information for administrators", "remote server returned", "are blocked by",
    "an error occurred while sending", "the server responded", "the mail server responded",
    "sending of the message failed", "sending the message failed", "failed to send",
    "unable to relay", "error returned by", "rejected by the recipient", "no such user here",
    "user unknown", "unknown user", "mailbox unavailable", "recipient address rejected",
    "recipient rejected", "no longer exists", "not listed in", "mailbox is full",
    "mailbox full", "unrouteable address", "host unknown", "domain not found", "loops back to myself",
    "submission quota", "bounced", "refused to accept", "message was rejected", "mail was rejected",
    "email was rejected", "message rejected", "was considered unsolicited", "delivery of the email was stopped",
    "delivery of the message was stopped", "your message to", "remote host said",
    "host or domain name not found", "address rejected",
    // German
    "nicht zugestellt", "konnte nicht gesendet", "unzustellbar", "zustellung fehlgeschlagen",
    "fehler bei der zustellung", "zustellung an", "nicht zustellbar", "nicht zustellen",
    "wurde abgelehnt", "nicht übermittelt", "nicht ausgeliefert",
    // French
    "chec de la remise", "pas pu être remis", "n'a pas été remis", "non remis",
    "non distribu", "pas pu être distribu", "pas pu être livr", "pas pu être délivr",
    "n'a pas été délivr", "n'a pu être remis", "n'a pas été distribu", "impossible de remettre",
    "pas pu être envoy", "échec de livraison", "échec de la livraison", "échec d'envoi", "a rejeté votre message",
    // Spanish
    "no se pudo entregar", "no se ha podido entregar", "no se ha entregado", "no se entregó",
    "error al entregar", "error en la entrega", "no se puede entregar", "no pudo ser entregado",
    "no ha podido ser entregado", "no ha sido entregado", "no fue entregado", "no entregado", "imposible entregar",
    "error de entrega", "no se pudo enviar", "ha rechazado", "rechazó su mensaje", "rechazó el mensaje",
    // Portuguese
    "não foi entregue", "não pôde ser entregue", "falha na entrega", "não entregue",
    "não foi possível entregar", "não pode ser entregue", "falha ao entregar", "erro na entrega", "rejeitou a mensagem", "rejeitou sua mensagem",
    // Italian
    "recapito non", "non recapitabile", "impossibile recapitare", "mancato recapito",
    "possibile recapitare", "non è stato recapitato", "non può essere recapitato",
    "impossibile consegnare", "non è stato consegnato", "possibile consegnare", "mancata consegna", "ha rifiutato il messaggio",
    // Dutch
    "niet worden bezorgd", "onbestelbaar", "niet bezorgd", "niet worden afgeleverd",
    "niet afgeleverd", "bezorging mislukt", "niet worden verzonden", "heeft uw bericht geweigerd",
    // Nordic
    "kunde inte levereras", "gick inte att leverera", "inte levererats", "kunne ikke leveres",
    "kan ikke leveres", "ikke leveret", "ikke levert", "olevererbart", "toimittaminen", "ei voitu toimittaa",
    // Polish, Czech, Hungarian, Romanian
    "nie można dostarczyć", "nie została dostarczona", "nie zostało dostarczone",
    "niedostarczon", "nie udało się dostarczyć", "nelze doručit", "nebyla doručena", "nebylo možné doručit",
    "kézbesíthetetlen", "nem kézbesíthető", "nu a putut fi livrat",
    // Russian, Ukrainian
    "не может быть доставлено", "не удалось доставить", "не доставлено", "недоставлен",
    "не может\nбыть", "не может быть отправлено", "ошибка доставки", "не было доставлено",
    "невозможно доставить", "сбой доставки", "не вдалося доставити", "не доставлен",
    // Turkish, Greek
    "teslim edilemedi", "iletilemedi", "δεν ήταν δυνατή η παράδοση",
    // Japanese
    "配信不能", "配信できません", "送信できません", "送信に失敗", "配送できません", "届けできません",
    "届けることができません", "配信に失敗", "配達できません", "配信されません", "届きませんでした",
    "送信できない", "受信できません", "管理者向けの診断情報", "存在しないか",
    // Chinese
    "无法送达", "无法投递", "未送达", "退信", "投递失败", "無法傳遞", "傳遞失敗", "无法传递",
    "传递失败", "发送失败", "未能送达", "無法送達", "無法寄達", "未传递",
    // Korean
    "배달되지", "배달하지 못", "전송되지", "전달되지", "배달할 수 없", "전송 실패",
];

const HINT: &[&str] = &[
    "message to", "mail to", "rejected", "blocked", "denied", "not found", "deliver", "bounce",
    "following recipient", "following address", "e-mail address", "quota",
    "because", "does not exist", "doesn't exist", "failed", "error", "not accept",
];

const DELAY: &[&str] = &[
    "warning message only", "warning only", "do not need to resend", "will be retried", "will retry",
    "delivery incomplete", "temporary problem delivering", "not yet been delivered",
    "still trying", "has not yet been", "delivery is delayed", "has been delayed", "delivery delayed",
    "been delayed", "delivery attempts will continue", "will continue to be made", "will keep trying",
    "continue to try", "continue trying", "no action is required on your part",
    "delivery status notification (delay)", "message delayed", "status=deferred", "stat=deferred",
    "has not been delivered yet", "not been delivered yet", "transient non-fatal",
    "in the queue", "attempts to deliver the message will continue", "will attempt to deliver",
    "action: delayed", "still being retried", "delayed by", "retry timeout not exceeded",
    "result=\"tempfail\"", "tempfail for", "deferral:", "noch nicht zugestellt", "wird weiterhin versucht",
    "verzögert", "retardé", "pas encore été", "se ha retrasado", "aún no se ha", "in ritardo",
    "vertraagd", "ещё не доставлено", "задерживается", "遅延", "延迟", "ritardata",
    "will keep on trying", "try again later",
];

const GAVE_UP: &[&str] = &[
    "permanent error", "given up", "giving up", "gave up", "permanent fatal", "permanently",
    "permanent failure", "no further delivery attempts", "retry timeout exceeded",
    "message expired", "delivery expired", "has failed", "status=bounced", "action: failed",
    "was undeliverable", "too old", "permfail", "will not try to redeliver", "will not retry",
    "retry time not reached for any host after a long failure period", "delivery failed",
];
