//! The JSON of a sending service's event to the fields that it stands for:
//! what Amazon SES, SendGrid, Mailgun, Postmark and others post to a webhook
//! or mail to a topic's subscribers, and people paste.
//!
//! ```text
//! {"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"a@example.org",
//!  "status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}
//! ```
//!
//! It is read as pairs of names and texts, whatever the nesting: a topic
//! wraps the event in a string of another object, with every quote escaped.

use std::ops::Range;

use crate::budget::Budget;
use crate::limits;
use crate::report::dsn::{Place, StatusFields, is_proper};
use crate::report::{Action, PerRecipient};
use crate::smtp::reply;
use crate::source::{Field, Origin, Source, Span};

/// Reads one text; `None` when it holds no event that reports on delivery.
pub fn read(sources: &[Source], source: u32, budget: &mut Budget) -> Option<StatusFields> {
    let text = &sources.get(source as usize)?.text;
    let pairs = pairs(text);
    let word = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
    let event = pairs.iter().find_map(|(name, value)| match word(name) {
        "notificationType" | "eventType" | "event" | "Type" | "type" | "RecordType" => {
            event(word(value))
        }
        _ => None,
    })?;
    let place = Place {
        sources,
        source,
        origin: Origin::Label,
    };
    let mut fields = StatusFields {
        is_feedback: event == Event::Complaint,
        ..StatusFields::default()
    };
    let mut recipient = PerRecipient::default();
    if pairs.len() == limits::FIELDS {
        budget.problem("too-many-fields");
    }
    for (name, value) in pairs {
        if fields.per_recipient.len() == limits::RECIPIENTS {
            budget.problem("too-many-recipients");
            break;
        }
        match word(&name) {
            "emailAddress" | "email" | "Email" | "recipient" | "rcpt_to" | "recipients" => {
                if !is_proper(word(&value)) {
                    continue;
                }
                if recipient.final_recipient.is_some() {
                    let whole = std::mem::take(&mut recipient);
                    if !budget.pay(&whole) {
                        break;
                    }
                    fields.per_recipient.push(whole);
                }
                recipient.final_recipient = Some(place.field(value));
            }
            "status" if recipient.status.is_none() => {
                recipient.status = word(&value).parse().ok().map(|status| Field {
                    value: status,
                    span: place.span(value),
                    origin: Origin::Label,
                });
            }
            "diagnosticCode" | "reason" | "raw_reason" | "Details" | "smtpResponse"
            | "response" | "message"
                if recipient.said.is_empty() =>
            {
                let said =
                    reply::statements(sources, place.span(place.without_type(&value)), budget);
                if word(&name) != "message" || said.iter().any(|said| said.reply_code.is_some()) {
                    recipient.diagnostic_code = Some(place.field(place.without_type(&value)));
                    recipient.said = said;
                }
            }
            "reportingMTA" => {
                let host = place.without_type(&value);
                fields.per_message.reporting_mta = Some(place.field(host));
            }
            _ => {}
        }
    }
    let has_said = recipient.status.is_some() || !recipient.said.is_empty();
    if (recipient.final_recipient.is_some() || has_said) && budget.pay(&recipient) {
        fields.per_recipient.push(recipient);
    }
    for recipient in &mut fields.per_recipient {
        recipient.action = match event {
            Event::Failure => Some(Action::Failed),
            Event::Delay => Some(Action::Delayed),
            Event::Delivery => Some(Action::Delivered),
            Event::Complaint => None,
        };
    }
    (!fields.per_recipient.is_empty()).then_some(fields)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Failure,
    Delay,
    Delivery,
    Complaint,
}

fn event(name: &str) -> Option<Event> {
    match name {
        "Bounce" | "bounce" | "bounced" | "HardBounce" | "SoftBounce" | "hard_bounce"
        | "soft_bounce" | "failed" | "dropped" | "Reject" | "policy_rejection" | "out_of_band" => {
            Some(Event::Failure)
        }
        "DeliveryDelay" | "deferred" | "delay" | "delivery_delayed" => Some(Event::Delay),
        "Delivery" | "delivery" | "delivered" => Some(Event::Delivery),
        "Complaint" | "complaint" | "complained" | "spamreport" | "spam_complaint"
        | "SpamComplaint" => Some(Event::Complaint),
        _ => None,
    }
}

/// Bytes of a brace and the blanks around it, where an object in a string begins.
const OPENING: usize = 100;

/// The strings of a JSON text, each with the name that stands before it; the
/// items of a list share one. A string may itself hold an object, its quotes
/// escaped: quotes pair with those that are escaped as they are.
fn pairs(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut pairs: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut name = None;
    let mut open: Option<(usize, usize)> = None;
    let mut escapes = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\\' {
            escapes += 1;
            continue;
        }
        let depth = std::mem::take(&mut escapes);
        match byte {
            b'"' => match open {
                // A quote inside of the string is escaped once more than
                // those around it; inside of an object, those open anew.
                Some((start, around)) if depth == around => {
                    let string = start..at - depth;
                    open = None;
                    let after = text.get(at + 1..at + 20).unwrap_or("").trim_start();
                    if after.starts_with(':') {
                        name = Some(string);
                    } else if let Some(name) = &name
                        && pairs.len() < limits::FIELDS
                    {
                        pairs.push((name.clone(), string));
                    }
                }
                Some((start, around)) if depth > around => {
                    let before = text.get(start..at - depth).unwrap_or("");
                    let begins_object = before.len() < OPENING && before.trim() == "{";
                    if begins_object {
                        open = Some((at + 1, depth));
                    }
                }
                _ => open = Some((at + 1, depth)),
            },
            b'{' if open.is_none() => name = None,
            _ => {}
        }
    }
    pairs
}

impl Place<'_> {
    /// A stretch of the text as a field.
    fn field(&self, range: Range<usize>) -> Field<String> {
        let span: Span = self.span(range);
        let value = span.of(self.sources).replace("\\\"", "\"");
        Field {
            value: value.replace("\\/", "/"),
            span,
            origin: self.origin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Role;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, Option<Action>)]) {
        let sources = [Source {
            role: Role::Text,
            text: text.to_string(),
            wrapped_at: None,
        }];
        let fields = read(&sources, 0, &mut Budget::default()).unwrap_or_default();
        let got: Vec<(&str, String, Option<Action>)> = fields
            .per_recipient
            .iter()
            .map(|recipient| {
                let address = recipient.final_recipient.as_ref();
                let words = recipient.said.first().map(|said| said.span.of(&sources));
                (
                    address.map_or("", |field| &field.value),
                    words.unwrap_or("").to_string(),
                    recipient.action,
                )
            })
            .collect();
        let expected: Vec<(&str, String, Option<Action>)> = expected
            .iter()
            .map(|(address, words, action)| (*address, words.to_string(), *action))
            .collect();
        assert_eq!(got, expected);
    }

    const SES: &str = r#"{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"a@example.org","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"},{"emailAddress":"b@example.org"}],"reportingMTA":"dsn; a1.example.net"},"mail":{"source":"me@example.com"}}"#;

    #[test]
    fn an_event_names_recipients_and_replies() {
        let expected = [
            (
                "a@example.org",
                "550 5.1.1 user unknown",
                Some(Action::Failed),
            ),
            ("b@example.org", "", Some(Action::Failed)),
        ];
        check(SES, &expected);
        let wrapped = format!(
            "{{\n \"Type\" : \"Notification\",\n \"Message\" : \"{}\"}}",
            SES.replace('"', "\\\"")
        );
        check(&wrapped, &expected);
    }

    #[test]
    fn events_of_several_services() {
        check(
            r#"[{"email":"a@example.org","event":"bounce","reason":"550 5.1.1 no such user","status":"5.1.1"}]"#,
            &[(
                "a@example.org",
                "550 5.1.1 no such user",
                Some(Action::Failed),
            )],
        );
        check(
            r#"{"notificationType":"Delivery","delivery":{"recipients":["a@example.org","b@example.org"]}}"#,
            &[
                ("a@example.org", "", Some(Action::Delivered)),
                ("b@example.org", "", Some(Action::Delivered)),
            ],
        );
        check(r#"{"event":"open","email":"a@example.org"}"#, &[]);
        check(r#"He said "type": "bounce"#, &[]);
        check("\\\\\"\\\"{\"\\", &[]);
    }
}
