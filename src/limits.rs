//! How much of one input is read. Reaching a limit is a
//! [`Problem`](crate::Problem) wherever what is left out could change the
//! answer, never an error and never a hang.

/// Bytes of one input.
pub const INPUT: usize = 64 << 20;
/// Messages of one mailbox.
pub const MESSAGES: usize = 10_000;
/// MIME parts of one message, those of nested messages included.
pub const PARTS: usize = 2_000;
/// Levels of multiparts and messages inside of each other.
pub const DEPTH: usize = 40;
/// Bytes of one decoded text.
pub const TEXT: usize = 4 << 20;
/// Bytes of all decoded texts of one input.
pub const TEXTS: usize = 32 << 20;
/// Recipients of one report.
pub const RECIPIENTS: usize = 2_000;
/// Fields of one header block or delivery-status part.
pub const FIELDS: usize = 20_000;
/// Bytes of text for people around a recipient that are read as one statement.
pub const NARRATIVE: usize = 4 << 10;
/// Bytes of a pasted text that is read as something said though nothing in
/// it tells a failure: a bare code, a few words of a reply.
pub const SHORT_PASTE: usize = 400;
/// Bytes of one reply.
pub const REPLY: usize = 4 << 10;
/// Replies of one text.
pub const REPLIES: usize = 4_000;
/// Statements about one recipient out of one text or field.
pub const STATEMENTS: usize = 32;
/// Bytes of one statement that are matched against the phrases.
pub const WORDS: usize = 8 << 10;
/// Bytes of all statements of one input that are matched, a recipient and a
/// statement counting as some for themselves: few bytes name many recipients,
/// and the same words are about each of them.
pub const WORK: usize = 64 << 20;
/// Hops, checks or signatures of one header block that are shown.
pub const HOPS: usize = 200;

/// Statements that are read about each of some recipients.
pub fn statements(recipients: usize) -> usize {
    share(STATEMENTS, 4, recipients)
}

/// Bytes of text for people that are read for each of some recipients.
pub fn narrative(recipients: usize) -> usize {
    share(NARRATIVE, 256, recipients)
}

/// What each gets of `all`: the more recipients, the less is read for each,
/// so that the whole is bounded.
fn share(all: usize, least: usize, recipients: usize) -> usize {
    (all / (1 + recipients / 20)).max(least)
}
