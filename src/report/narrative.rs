//! Text for people to what it says about the recipients.
//!
//! One reader for every form, known or never seen before: it finds the
//! lines that report (and not those of the returned message), the replies
//! in them, the addresses that are named as recipients, and joins them. What
//! is special about a family of mail systems stands in small tables:
//! labels, phrases, marks.

use std::collections::HashMap;

use crate::budget::Budget;
use crate::limits;
use crate::report::{Kind, PerMessage, PerRecipient, Returned, Statement};
use crate::smtp::reply;
use crate::source::{Source, Span};

mod family;
mod labels;
mod page;
mod phrases;
mod reading;
mod recipients;
mod table;
mod telling;
mod whole;

use phrases::Tells;
use reading::Reading;
pub use whole::is_about_mail;

/// Everything that was found in text for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrative {
    /// The family of mail systems whose words these are (`exchange`,
    /// `gmail`, `postfix` ...), `log` or `text`.
    pub format: &'static str,
    /// `Bounce` or `Delay` where the text reports one, `None` where nothing
    /// says so.
    pub kind: Option<Kind>,
    /// Whether it is mail that was not delivered, by the words of the text or
    /// by the form of what it quotes.
    pub is_about_mail: bool,
    /// What is said once for the message.
    pub per_message: PerMessage,
    /// One for each recipient, in the order of the text; one without an
    /// address when a failure is told and nothing names its recipient.
    pub per_recipient: Vec<PerRecipient>,
    /// Whether the text calls a recipient one: in a list of them, behind a
    /// label, or in the paragraph that tells the failure.
    pub names_recipient: bool,
    /// What the text shows of the message that came back.
    pub returned: Returned,
    /// The header block of that message.
    pub header: Option<Span>,
}

/// Reads the texts with these indices.
pub fn read(sources: &[Source], text_sources: &[u32], budget: &mut Budget) -> Narrative {
    let mut all = Narrative {
        format: "text",
        ..Narrative::default()
    };
    let mut known = HashMap::new();
    for &source in text_sources {
        if budget.is_spent() {
            break;
        }
        let one = Reading::new(sources, source, budget).narrative(budget);
        if all.per_recipient.is_empty() || (all.kind.is_none() && one.kind.is_some()) {
            let returned = std::mem::take(&mut all.returned);
            let header = all.header;
            all = one;
            all.header = header.or(all.header);
            fill(&mut all.returned, returned);
            known = by_address(&all.per_recipient);
        } else {
            join(&mut all, &known, one);
        }
    }
    all
}

/// What a subject (lower case) calls its message, in the words in which
/// texts tell it.
pub fn told(subject: &str) -> Option<Kind> {
    let told = phrases::find(subject);
    let tells = |what: &[Tells]| told.iter().any(|(tells, _)| what.contains(tells));
    match tells(&[Tells::Delay]) {
        true => Some(Kind::Delay),
        false => tells(&[Tells::Failure, Tells::GaveUp]).then_some(Kind::Bounce),
    }
}

/// The address of a recipient, as it is compared.
fn address(recipient: &PerRecipient) -> Option<String> {
    let field = recipient.final_recipient.as_ref();
    field.map(|field| field.value.to_lowercase())
}

/// Where each recipient stands in a list of them, the first of those with the
/// same address.
fn by_address(recipients: &[PerRecipient]) -> HashMap<Option<String>, usize> {
    let mut places = HashMap::new();
    for (n, recipient) in recipients.iter().enumerate() {
        places.entry(address(recipient)).or_insert(n);
    }
    places
}

/// Adds what another text of the same message says about the same recipients,
/// whose places in `all` are `known`.
fn join(all: &mut Narrative, known: &HashMap<Option<String>, usize>, other: Narrative) {
    for recipient in other.per_recipient {
        let n = known.get(&address(&recipient));
        let Some(known) = n.and_then(|n| all.per_recipient.get_mut(*n)) else {
            continue;
        };
        if known.reply_code.is_none() && recipient.reply_code.is_some() {
            known.reply_code = recipient.reply_code;
            known.status = recipient.status.or(known.status.take());
            known.diagnostic_code = recipient.diagnostic_code;
            known.remote_mta = known.remote_mta.take().or(recipient.remote_mta);
            let outer = std::mem::replace(&mut known.said, recipient.said);
            add(&mut known.said, outer);
        } else {
            known.status = known.status.take().or(recipient.status);
            add(&mut known.said, recipient.said);
        }
    }
    fill(&mut all.returned, other.returned);
    all.header = all.header.or(other.header);
}

/// Adds statements to those about one recipient, as many as are read.
fn add(said: &mut Vec<Statement>, more: Vec<Statement>) {
    let room = limits::STATEMENTS.saturating_sub(said.len());
    let is_cut = more.len() > room;
    said.extend(more.into_iter().take(room));
    reply::mark_cut(said, is_cut);
}

fn fill(known: &mut Returned, other: Returned) {
    known.subject = known.subject.take().or(other.subject);
    known.from = known.from.take().or(other.from);
    known.to = known.to.take().or(other.to);
    known.date = known.date.take().or(other.date);
    known.message_id = known.message_id.take().or(other.message_id);
}

#[cfg(test)]
mod tests;
