//! What the fields, the text and the header of one message say, joined to
//! one report.
//!
//! Fields name the recipients; the text adds what was said. The more
//! specific of two statuses wins, and both stay among the statements.

use std::collections::{HashMap, HashSet};

use crate::budget::Budget;
use crate::container::Message;
use crate::limits;
use crate::report::dsn::{self, StatusFields};
use crate::report::event;
use crate::report::narrative::{self, Narrative};
use crate::report::not_a_bounce::{self, Author};
use crate::report::{Action, Kind, PerMessage, PerRecipient, Report, Returned, returned};
use crate::smtp::{EnhancedStatus, reply};
use crate::source::{Field, Source, Span};
use crate::walk::Walk;

/// What was read from one message of a document.
pub struct Reading {
    author: Author,
    /// Whether it has a header that names its author.
    has_headers: bool,
    fields: Option<StatusFields>,
    /// Whether the fields stand in a part of their own.
    has_status_part: bool,
    /// Whether the fields are those of a sending service's event.
    is_event: bool,
    /// Whether the end of the message is missing.
    is_cut: bool,
    narrative: Narrative,
}

impl Reading {
    /// Reads every text of a message.
    pub fn of(message: &Message, sources: &[Source], budget: &mut Budget) -> Reading {
        let mut author = message
            .headers
            .map(|headers| not_a_bounce::author(sources, headers))
            .unwrap_or_default();
        if author.failed_recipients.len() > limits::RECIPIENTS {
            author.failed_recipients.truncate(limits::RECIPIENTS);
            budget.problem("too-many-recipients");
        }
        let mut fields: Option<StatusFields> = None;
        for &part in &message.status {
            add(&mut fields, dsn::read(sources, part, budget));
        }
        let has_status_part = fields.is_some();
        if !has_status_part {
            for &text in &message.texts {
                add(&mut fields, dsn::read(sources, text, budget));
            }
        }
        let mut is_event = false;
        if fields.is_none() {
            for &text in &message.texts {
                add(&mut fields, event::read(sources, text, budget));
            }
            is_event = fields.is_some();
        }
        let narrative = narrative::read(sources, &message.texts, budget);
        Reading {
            has_headers: author.is_named,
            author,
            fields,
            has_status_part,
            is_event,
            is_cut: message.is_cut,
            narrative,
        }
    }

    /// Whether it is a report by its form and says for whom.
    pub fn is_complete(&self) -> bool {
        let names = |recipients: &[PerRecipient]| recipients.iter().any(|r| address(r).is_some());
        let fields = self.fields.as_ref();
        let by_fields = fields.is_some_and(|fields| {
            fields.is_disposition || fields.is_feedback || names(&fields.per_recipient)
        });
        (self.has_status_part && by_fields)
            || ((self.author.is_mail_system || self.author.is_postmaster)
                && (by_fields || names(&self.narrative.per_recipient)))
            || self.author.is_auto_reply
            || !self.author.failed_recipients.is_empty()
    }

    /// Whether its form says that it is a report, whatever its words.
    pub fn is_structured(&self) -> bool {
        self.has_status_part
            || self.author.is_mail_system
            || self.author.subject_says == Some(Kind::AbuseReport)
    }

    /// The header of the message that came back, where the text shows it.
    pub fn shown_header(&self) -> Option<Span> {
        self.narrative.header
    }

    /// Whether its words report something.
    pub fn tells(&self) -> bool {
        self.narrative.kind.is_some() || self.fields.is_some()
    }

    fn kind(&self) -> Kind {
        if let Some(fields) = &self.fields {
            if fields.is_feedback {
                return Kind::AbuseReport;
            }
            if fields.is_disposition {
                // Dovecot and Sieve refuse a message by a receipt that says so.
                return match self.narrative.kind {
                    Some(kind) if fields.is_discarded => kind,
                    _ => Kind::ReadReceipt,
                };
            }
            if !fields.per_recipient.is_empty() {
                return self.kind_of_actions(&fields.per_recipient);
            }
        }
        if self.author.is_auto_reply
            && (self.narrative.kind.is_none() || !self.author.is_mail_system)
        {
            return Kind::AutoReply;
        }
        let is_report = self.author.is_mail_system
            || self.author.is_postmaster
            || !self.author.failed_recipients.is_empty();
        match (self.narrative.kind, self.author.subject_says) {
            (Some(_), _) if !is_report && self.is_about_bounces() => Kind::Other,
            (Some(kind), _) => kind,
            (None, Some(kind @ (Kind::ReadReceipt | Kind::AbuseReport))) => kind,
            (None, Some(kind)) if is_report => kind,
            (None, _) if !self.author.failed_recipients.is_empty() => Kind::Bounce,
            // Cut off before it says more, or in words that nobody knows.
            (None, None) if self.has_status_part || self.author.is_mail_system => Kind::Bounce,
            _ => Kind::Other,
        }
    }

    /// Whether a text that no mail system wrote only talks of failed delivery,
    /// as newsletters and parcel services do: it speaks of no mail, or is one
    /// that states no address and no code; and it does not pass on what
    /// somebody else wrote.
    fn is_about_bounces(&self) -> bool {
        // Who gets a bounce is the sender, not the one it tells of.
        let is_other = |address: &str| !self.author.to.contains(&address.to_lowercase());
        let states = |recipient: &PerRecipient| {
            (self.narrative.names_recipient && address(recipient).is_some_and(is_other))
                || recipient.reply_code.is_some()
                || recipient.status.is_some()
        };
        let is_known = !matches!(self.narrative.format, "text" | "");
        let is_stated = is_known || self.narrative.per_recipient.iter().any(states);
        self.author.is_bulk
            || !self.author.passes_on
                && (!self.narrative.is_about_mail || self.has_headers && !is_stated)
    }

    fn kind_of_actions(&self, recipients: &[PerRecipient]) -> Kind {
        let any = |is: &[Action]| {
            recipients
                .iter()
                .any(|recipient| recipient.action.is_some_and(|action| is.contains(&action)))
        };
        if any(&[Action::Failed]) {
            return Kind::Bounce;
        }
        if any(&[Action::Delayed]) {
            return Kind::Delay;
        }
        if any(&[Action::Delivered, Action::Relayed, Action::Expanded]) {
            return Kind::Delivered;
        }
        let class = recipients
            .iter()
            .filter_map(|recipient| recipient.status.as_ref())
            .map(|status| status.value.class)
            .max();
        match (class, self.narrative.kind) {
            (Some(2), _) => Kind::Delivered,
            (_, Some(kind)) => kind,
            (_, None) => match self.author.subject_says {
                Some(Kind::Delay) => Kind::Delay,
                _ => Kind::Bounce,
            },
        }
    }
}

fn add(fields: &mut Option<StatusFields>, more: Option<StatusFields>) {
    let Some(more) = more else {
        return;
    };
    match fields {
        None => *fields = Some(more),
        Some(fields) => {
            fields.per_recipient.extend(more.per_recipient);
            fields.is_disposition |= more.is_disposition;
            fields.is_discarded |= more.is_discarded;
            fields.is_feedback |= more.is_feedback;
            fill_message(&mut fields.per_message, &more.per_message);
        }
    }
}

/// The report that a reading makes; `blocks` are the headers of what came back.
pub fn report(
    reading: &Reading,
    blocks: &[u32],
    sources: &[Source],
    budget: &mut Budget,
) -> Report {
    let kind = reading.kind();
    let told = &reading.narrative;
    let fields = reading.fields.clone().unwrap_or_default();
    let mut per_message = fields.per_message;
    fill_message(&mut per_message, &told.per_message);
    let fields_name_no_one = fields.per_recipient.iter().all(|r| address(r).is_none());
    let mut per_recipient = match fields.per_recipient.is_empty() {
        true => told.per_recipient.clone(),
        false => with_told(fields.per_recipient, &told.per_recipient, sources, budget),
    };
    if reading.is_cut && blocks.is_empty() {
        add_cut_off(&mut per_recipient, &told.per_recipient);
    }
    let reports_failure = matches!(kind, Kind::Bounce | Kind::Delay);
    if reports_failure {
        if fields_name_no_one {
            name_failed(
                &mut per_recipient,
                &reading.author.failed_recipients,
                sources,
                budget,
            );
        }
        if per_recipient.is_empty() {
            per_recipient.push(PerRecipient::default());
        }
        if let [only] = per_recipient.as_mut_slice() {
            name_from_returned(only, sources, blocks);
        }
    } else if kind == Kind::AutoReply || (kind == Kind::Other && reading.has_headers) {
        // Without headers it may be a few words of a reply: an article decides.
        per_recipient.clear();
    }
    for recipient in &mut per_recipient {
        prefer_proper(recipient);
        conclude(recipient);
        if reports_failure && recipient.action.is_none() {
            recipient.action = Some(match kind {
                Kind::Delay => Action::Delayed,
                _ => Action::Failed,
            });
        }
    }
    let mut returned = returned::read(sources, blocks);
    fill_returned(&mut returned, &told.returned);
    let format = match (reading.has_status_part, told.format) {
        (true, "text" | "") => "rfc3464",
        (false, "text" | "") if reading.fields.is_some() && !reading.is_event => "rfc3464",
        (_, "") => "text",
        (_, format) => format,
    };
    Report {
        kind,
        format: match reading.has_headers || reading.fields.is_some() || reports_failure {
            true => format,
            false => "text",
        },
        per_message,
        per_recipient,
        returned,
        ..Report::default()
    }
}

/// Joins what the text says to the recipients that the fields name.
fn with_told(
    mut named: Vec<PerRecipient>,
    told: &[PerRecipient],
    sources: &[Source],
    budget: &mut Budget,
) -> Vec<PerRecipient> {
    let nameless = named.iter().all(|recipient| address(recipient).is_none());
    if nameless && let [only] = named.as_slice() {
        // The fields do not say for whom, the text does.
        let addressed: Vec<&PerRecipient> = told.iter().filter(|r| address(r).is_some()).collect();
        let said = shared(only, addressed.len(), sources);
        if !addressed.is_empty() {
            named = addressed
                .into_iter()
                .take_while(|_| budget.pay(&said))
                .map(|recipient| {
                    let mut joined = said.clone();
                    joined.final_recipient = recipient.final_recipient.clone();
                    joined.original_recipient = recipient.original_recipient.clone();
                    joined
                })
                .collect();
        }
    }
    let mut by_address: HashMap<String, &PerRecipient> = HashMap::new();
    for recipient in told {
        for address in addresses(recipient) {
            by_address.entry(address).or_insert(recipient);
        }
    }
    let alone = named.len() == 1;
    let nameless = told.iter().find(|other| address(other).is_none());
    let nameless = nameless.map(|other| shared(other, named.len(), sources));
    for recipient in &mut named {
        let same = addresses(recipient)
            .find_map(|address| by_address.get(&address).copied())
            .or(nameless.as_ref())
            // Nothing else can be meant.
            .or_else(|| told.first().filter(|_| alone && told.len() == 1));
        if let Some(other) = same
            && budget.pay_for(&other.said)
        {
            join(recipient, other);
        }
    }
    named
}

/// What was said of nobody by name as it is said of each of some recipients:
/// the more they are, the less of it.
fn shared(said: &PerRecipient, recipients: usize, sources: &[Source]) -> PerRecipient {
    let mut shared = said.clone();
    if recipients > 1 {
        let most = limits::statements(recipients);
        let is_cut = shared.said.len() > most;
        shared.said.truncate(most);
        reply::mark_cut(&mut shared.said, is_cut);
        let length = limits::narrative(recipients);
        for statement in &mut shared.said {
            let words = statement.span.of(sources);
            let end = words.floor_char_boundary(length);
            statement.is_cut |= end < words.len();
            statement.span.end = statement.span.start + end as u32;
        }
        let mut texts = Vec::new();
        shared.texts(&mut texts);
        for text in texts {
            text.truncate(text.floor_char_boundary(length));
        }
    }
    shared
}

/// Adds the recipients whose fields are cut off, where the text names those
/// whose fields are there in the same way.
fn add_cut_off(recipients: &mut Vec<PerRecipient>, told: &[PerRecipient]) {
    let named = |recipients: &[PerRecipient]| -> HashSet<String> {
        recipients.iter().flat_map(addresses).collect()
    };
    let (known, all) = (named(recipients), named(told));
    let agrees = |r: &PerRecipient| addresses(r).any(|address| all.contains(&address));
    if !known.is_empty() && recipients.iter().all(agrees) {
        let unknown = |r: &&PerRecipient| addresses(r).all(|address| !known.contains(&address));
        recipients.extend(told.iter().filter(unknown).cloned());
    }
}

fn address(recipient: &PerRecipient) -> Option<&str> {
    let field = recipient.final_recipient.as_ref();
    field
        .or(recipient.original_recipient.as_ref())
        .map(|field| field.value.as_str())
}

/// The addresses of a recipient, as they are compared.
fn addresses(recipient: &PerRecipient) -> impl Iterator<Item = String> + use<> {
    let fields = [&recipient.final_recipient, &recipient.original_recipient];
    let values = fields.map(|field| field.as_ref().map(|field| field.value.to_lowercase()));
    values.into_iter().flatten()
}

/// Adds what the text says about a recipient to what the fields say.
fn join(recipient: &mut PerRecipient, told: &PerRecipient) {
    let has_reply = recipient.said.iter().any(|said| said.reply_code.is_some());
    let told_reply = told.said.iter().any(|said| said.reply_code.is_some());
    let fresh = told
        .said
        .iter()
        .filter(|said| !recipient.said.iter().any(|known| known.span == said.span))
        .cloned();
    if told_reply && !has_reply {
        let mut said: Vec<_> = fresh.collect();
        said.append(&mut recipient.said);
        recipient.said = said;
    } else {
        let fresh: Vec<_> = fresh.collect();
        recipient.said.extend(fresh);
    }
    let status = told.status.clone().filter(|status| {
        recipient
            .status
            .as_ref()
            .is_none_or(|own| says_more(status.value, own.value))
    });
    if status.is_some() {
        recipient.status = status;
    }
    fill(&mut recipient.reply_code, &told.reply_code);
    let is_improper = |field: &Field<String>| !dsn::is_proper(&field.value);
    if recipient.original_recipient.is_none()
        && recipient.final_recipient.as_ref().is_some_and(is_improper)
    {
        recipient
            .original_recipient
            .clone_from(&told.final_recipient);
    }
    fill(&mut recipient.original_recipient, &told.original_recipient);
    fill(&mut recipient.remote_mta, &told.remote_mta);
    fill(&mut recipient.diagnostic_code, &told.diagnostic_code);
    fill(&mut recipient.command, &told.command);
    fill(&mut recipient.last_attempt_date, &told.last_attempt_date);
    fill(&mut recipient.will_retry_until, &told.will_retry_until);
}

/// Shows the address that the sender wrote where the final one is no
/// address to anyone else: a pipe, a file, a host's own name for the mailbox.
fn prefer_proper(recipient: &mut PerRecipient) {
    let proper = |field: &Option<Field<String>>| {
        field
            .as_ref()
            .is_some_and(|field| dsn::is_proper(&field.value))
    };
    if !proper(&recipient.final_recipient) && proper(&recipient.original_recipient) {
        recipient
            .final_recipient
            .clone_from(&recipient.original_recipient);
    }
}

/// Sets the code and the status from what was said: the deciding
/// statement's own, or the nearest one's around it.
fn conclude(recipient: &mut PerRecipient) {
    let deciding = recipient.said.first();
    let stated = deciding.and_then(|said| said.status.clone());
    let code = deciding
        .and_then(|said| said.reply_code.clone())
        .or_else(|| {
            recipient
                .said
                .iter()
                .find_map(|said| said.reply_code.clone())
        });
    if code.is_some() {
        recipient.reply_code = code;
    }
    let is_reply = deciding.is_some_and(|said| said.reply_code.is_some());
    let status = match (stated, recipient.status.take()) {
        (Some(stated), Some(field)) if says_more(field.value, stated.value) => Some(field),
        // A number in running text is no match for a field.
        (Some(stated), Some(field)) if !is_reply && !says_more(stated.value, field.value) => {
            Some(field)
        }
        (Some(stated), _) => Some(stated),
        (None, Some(field)) => Some(field),
        (None, None) => recipient.said.iter().find_map(|said| said.status.clone()),
    };
    recipient.status = status;
}

/// Whether one status is worth more than another: `5.0.0` says nothing.
fn says_more(one: EnhancedStatus, other: EnhancedStatus) -> bool {
    other.is_undefined() && !one.is_undefined()
}

/// Recipients of X-Failed-Recipients that nothing else names.
fn name_failed(
    recipients: &mut Vec<PerRecipient>,
    failed: &[Field<String>],
    sources: &[Source],
    budget: &mut Budget,
) {
    if recipients
        .iter()
        .any(|recipient| address(recipient).is_some())
    {
        return;
    }
    let said = recipients.first().cloned().unwrap_or_default();
    let said = shared(&said, failed.len(), sources);
    let named: Vec<PerRecipient> = failed
        .iter()
        .take_while(|_| budget.pay(&said))
        .map(|address| PerRecipient {
            final_recipient: Some(address.clone()),
            ..said.clone()
        })
        .collect();
    if !named.is_empty() {
        *recipients = named;
    }
}

/// Names a recipient that nothing else names, or only as the host at the
/// other end does, by the message that came back.
fn name_from_returned(recipient: &mut PerRecipient, sources: &[Source], blocks: &[u32]) {
    let named = [&recipient.final_recipient, &recipient.original_recipient];
    let proper = |field: &&Option<Field<String>>| {
        field
            .as_ref()
            .is_some_and(|field| dsn::is_proper(&field.value))
    };
    // A local user's name is all that a host needs for its own users.
    let is_local = recipient
        .final_recipient
        .as_ref()
        .is_some_and(|field| !field.value.contains(['@', '/', '|']));
    if named.iter().any(proper) || is_local {
        return;
    }
    if let Some(only) = returned::only_recipient(sources, blocks) {
        recipient.original_recipient = Some(only);
    }
}

fn fill<T: Clone>(slot: &mut Option<Field<T>>, value: &Option<Field<T>>) {
    if slot.is_none() {
        slot.clone_from(value);
    }
}

fn fill_message(message: &mut PerMessage, more: &PerMessage) {
    fill(&mut message.reporting_mta, &more.reporting_mta);
    fill(&mut message.received_from_mta, &more.received_from_mta);
    fill(&mut message.arrival_date, &more.arrival_date);
    fill(
        &mut message.original_envelope_id,
        &more.original_envelope_id,
    );
    fill(&mut message.queue_id, &more.queue_id);
}

fn fill_returned(returned: &mut Returned, more: &Returned) {
    fill(&mut returned.subject, &more.subject);
    // "MAIL FROM:<>" of a transcript is the report's own, empty sender.
    let author = more.from.as_ref().filter(|f| !f.value.starts_with("<>"));
    fill(&mut returned.from, &author.cloned());
    fill(&mut returned.to, &more.to);
    fill(&mut returned.date, &more.date);
    fill(&mut returned.message_id, &more.message_id);
}
