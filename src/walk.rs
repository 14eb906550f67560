//! Every [`Span`] and every text of a value, for whoever has to rewrite them
//! all at once.
//!
//! Invariant: none is missed. Each type lists all of its fields, and the
//! compiler refuses a list that lacks one.
//!
//! ```
//! use bounce_analyzer::walk::Walk;
//! use bounce_analyzer::{Options, analyze};
//!
//! let mut analysis = analyze(b"550 5.1.1 User unknown", &Options::default());
//! let mut spans = Vec::new();
//! analysis.spans(&mut spans);
//! assert!(spans.iter().all(|span| span.end <= 22));
//! ```

use crate::analysis::{Analysis, Problem};
use crate::catalog::{Basis, Category};
use crate::diagnosis::{Captured, Diagnosis};
use crate::input::InputKind;
use crate::record::{OriginalRecord, RecipientRecord, Record};
use crate::report::trace::{Check, Hop, Note, Trace};
use crate::report::{Action, Kind, PerMessage, PerRecipient, Report, Returned, Statement, Voice};
use crate::smtp::EnhancedStatus;
use crate::source::{Field, Origin, Source, Span};

/// Something that may hold spans and texts.
pub trait Walk {
    /// Adds every span in it to `found`.
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>);

    /// Adds every text that was read from the input to `found`, but for the
    /// sources themselves.
    fn texts<'a>(&'a mut self, found: &mut Vec<&'a mut String>);
}

impl Walk for Span {
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
        found.push(self);
    }

    fn texts<'a>(&'a mut self, _: &mut Vec<&'a mut String>) {}
}

impl Walk for String {
    fn spans<'a>(&'a mut self, _: &mut Vec<&'a mut Span>) {}

    fn texts<'a>(&'a mut self, found: &mut Vec<&'a mut String>) {
        found.push(self);
    }
}

/// Containers, each with how to reach what is in it.
macro_rules! containers {
    ($($type:ident)*) => {$(
        impl<T: Walk> Walk for $type<T> {
            fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
                self.iter_mut().for_each(|value| value.spans(found));
            }

            fn texts<'a>(&'a mut self, found: &mut Vec<&'a mut String>) {
                self.iter_mut().for_each(|value| value.texts(found));
            }
        }
    )*};
}

/// Types without spans or texts of the input.
macro_rules! without {
    ($($type:ty)*) => {$(
        impl Walk for $type {
            fn spans<'a>(&'a mut self, _: &mut Vec<&'a mut Span>) {}

            fn texts<'a>(&'a mut self, _: &mut Vec<&'a mut String>) {}
        }
    )*};
}

/// Structs, each with all of its fields.
macro_rules! fields {
    ($($type:ident $(<$parameter:ident>)? { $($field:ident)* })*) => {$(
        impl $(<$parameter: Walk>)? Walk for $type $(<$parameter>)? {
            fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
                let $type { $($field),* } = self;
                $($field.spans(found);)*
            }

            fn texts<'a>(&'a mut self, found: &mut Vec<&'a mut String>) {
                let $type { $($field),* } = self;
                $($field.texts(found);)*
            }
        }
    )*};
}

containers! { Option Vec }

without! {
    bool i64 u16 u32 &'static str
    Action Basis Category EnhancedStatus InputKind Kind Origin Source Voice
}

fields! {
    Analysis { input sources reports problems }
    Captured { name value span pasteable }
    Check { method result identity }
    Diagnosis { article category basis permanent provider evidence captured }
    Field<T> { value span origin }
    Hop { from by with date delay }
    Note { name value }
    OriginalRecord { subject from to date message_id }
    PerMessage { reporting_mta received_from_mta arrival_date original_envelope_id queue_id }
    PerRecipient {
        original_recipient final_recipient action status reply_code remote_mta diagnostic_code
        command last_attempt_date will_retry_until said diagnosis
    }
    Problem { code span }
    RecipientRecord {
        address original_address action status reply_code diagnostic remote_mta command category
        permanent article basis evidence spans
    }
    Record { source kind format reporting_mta recipients original problems }
    Report { kind format per_message per_recipient returned trace }
    Returned { subject from to date message_id }
    Statement { span voice reply_code status speaker is_cut }
    Trace { hops checks signatures notes }
}
