//! Text for people to what it says about the recipients.

use crate::report::{Kind, PerMessage, PerRecipient, Returned};
use crate::smtp::reply;
use crate::source::{Source, Span};

/// Everything that was found in text for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrative {
    /// The family of mail systems whose words these are (`exchange`,
    /// `gmail`, `postfix` ...), `log` or `text`.
    pub format: &'static str,
    /// `Bounce` or `Delay` where the text reports one, `None` where nothing
    /// says so.
    pub kind: Option<Kind>,
    /// What is said once for the message.
    pub per_message: PerMessage,
    /// One for each recipient, in the order of the text; one without an
    /// address when a failure is told and nothing names its recipient.
    pub per_recipient: Vec<PerRecipient>,
    /// What the text shows of the message that came back.
    pub returned: Returned,
}

/// Reads the texts with these indices.
pub fn read(sources: &[Source], text_sources: &[u32]) -> Narrative {
    let mut narrative = Narrative {
        format: "text",
        ..Narrative::default()
    };
    for &source in text_sources {
        let Some(text) = sources.get(source as usize).map(|source| &source.text) else {
            continue;
        };
        let said = reply::statements(
            sources,
            Span {
                source,
                start: 0,
                end: text.len() as u32,
            },
        );
        if let Some(first) = said
            .iter()
            .find(|said| said.reply_code.is_some() || said.status.is_some())
        {
            narrative.kind = Some(Kind::Bounce);
            narrative.per_recipient = vec![PerRecipient {
                status: first.status.clone(),
                reply_code: first.reply_code.clone(),
                said,
                ..PerRecipient::default()
            }];
            break;
        }
    }
    narrative
}
