//! SMTP replies (RFC 5321, section 4.2).

use crate::smtp::EnhancedStatus;

/// A server's reply: code, enhanced status (RFC 2034) and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// 200 to 599.
    pub code: Option<u16>,
    /// The enhanced status that follows the code.
    pub status: Option<EnhancedStatus>,
    /// The words, unfolded.
    pub text: String,
}
