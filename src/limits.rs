//! How much of one input is read. Reaching a limit is a
//! [`Problem`](crate::Problem), never an error and never a hang.

/// Bytes of one input.
pub const INPUT: usize = 64 << 20;
/// Bytes of one statement that are matched against the phrases.
pub const WORDS: usize = 8 << 10;
