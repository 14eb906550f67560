//! Every [`Span`] of a value, for whoever has to rewrite them all at once.
//!
//! Invariant: no span is missed. Each type lists all of its fields, and the
//! compiler refuses a list that lacks one.
//!
//! ```
//! use bounce_analyzer::spans::Spans;
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
use crate::report::{Action, Kind, PerMessage, PerRecipient, Report, Returned, Statement, Voice};
use crate::smtp::EnhancedStatus;
use crate::source::{Field, Source, Span};

/// Something that may hold spans.
pub trait Spans {
    /// Adds every span in it to `found`.
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>);
}

impl Spans for Span {
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
        found.push(self);
    }
}

impl<T: Spans> Spans for Option<T> {
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
        self.iter_mut().for_each(|value| value.spans(found));
    }
}

impl<T: Spans> Spans for Vec<T> {
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
        self.iter_mut().for_each(|value| value.spans(found));
    }
}

impl<T> Spans for Field<T> {
    fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
        found.push(&mut self.span);
    }
}

/// Types without spans.
macro_rules! without {
    ($($type:ty)*) => {$(
        impl Spans for $type {
            fn spans<'a>(&'a mut self, _: &mut Vec<&'a mut Span>) {}
        }
    )*};
}

/// Structs, each with all of its fields.
macro_rules! fields {
    ($($type:ident { $($field:ident)* })*) => {$(
        impl Spans for $type {
            fn spans<'a>(&'a mut self, found: &mut Vec<&'a mut Span>) {
                let $type { $($field),* } = self;
                $($field.spans(found);)*
            }
        }
    )*};
}

without! {
    bool u16 u32 String &'static str
    Action Basis Category EnhancedStatus InputKind Kind Source Voice
}

fields! {
    Analysis { input sources reports problems }
    Captured { name value span pasteable }
    Diagnosis { article category basis permanent provider evidence captured }
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
    Report { kind format per_message per_recipient returned }
    Returned { subject from to date message_id }
    Statement { span voice reply_code status speaker }
}
