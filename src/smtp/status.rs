//! Enhanced mail system status codes (RFC 3463).
//!
//! ```
//! use bounce_analyzer::smtp::EnhancedStatus;
//!
//! let status: EnhancedStatus = "5.7.705".parse().unwrap();
//! assert_eq!((status.class, status.subject, status.detail), (5, 7, 705));
//! assert_eq!(status.to_string(), "5.7.705");
//! ```

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// `class.subject.detail` (RFC 3463, section 2): class 2, 4 or 5, the other
/// two 0 to 999 without leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedStatus {
    /// 2 success, 4 persistent transient failure, 5 permanent failure.
    pub class: u8,
    /// The area: 1 addressing, 2 mailbox, 3 mail system, 4 network,
    /// 5 protocol, 6 content, 7 security; 0 and others undefined.
    pub subject: u16,
    /// The condition within the area.
    pub detail: u16,
}

impl EnhancedStatus {
    /// Whether more than the class and the subject is said: `x.y.0` is not specific.
    pub fn is_specific(&self) -> bool {
        self.detail != 0
    }

    /// Whether it is `x.0.0`, which says nothing beyond the class.
    pub fn is_undefined(&self) -> bool {
        self.subject == 0 && self.detail == 0
    }
}

impl fmt::Display for EnhancedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// Why a text is no [`EnhancedStatus`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAStatus;

impl fmt::Display for NotAStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an enhanced status code (RFC 3463): expected class.subject.detail")
    }
}

impl std::error::Error for NotAStatus {}

impl FromStr for EnhancedStatus {
    type Err = NotAStatus;

    fn from_str(text: &str) -> Result<Self, NotAStatus> {
        let mut numbers = text.split('.').map(number);
        match (
            numbers.next(),
            numbers.next(),
            numbers.next(),
            numbers.next(),
        ) {
            (Some(Some(class @ (2 | 4 | 5))), Some(Some(subject)), Some(Some(detail)), None) => {
                Ok(EnhancedStatus {
                    class: class as u8,
                    subject,
                    detail,
                })
            }
            _ => Err(NotAStatus),
        }
    }
}

/// One to three digits without a leading zero.
fn number(text: &str) -> Option<u16> {
    let plain = matches!(text.len(), 1..=3)
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

impl Serialize for EnhancedStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(u8, u16, u16)>) {
        let parsed = text
            .parse::<EnhancedStatus>()
            .ok()
            .map(|s| (s.class, s.subject, s.detail));
        assert_eq!(parsed, expected, "{text}");
        if let Ok(status) = text.parse::<EnhancedStatus>() {
            assert_eq!(status.to_string(), text);
        }
    }

    #[test]
    fn reads_what_rfc_3463_allows() {
        check("5.7.705", Some((5, 7, 705)));
        check("4.0.0", Some((4, 0, 0)));
        check("2.1.5", Some((2, 1, 5)));
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "5",
            "5.7",
            "5.7.",
            "5.7.705.1",
            "3.1.1",
            "5.7.0705",
            "5.07.1",
            "5.7.1000",
            "5.7.-1",
            "5.7.+1",
            " 5.7.1",
            "5.7.1 ",
            "192.0.2.1",
            "5.7.x",
        ] {
            check(text, None);
        }
    }
}
