//! The patterns of codes as an error file writes them, and what stands
//! between the pieces of a phrase.
//!
//! ```text
//! 5.7.606-5.7.649  ->  class 5, subject 7, details 606 to 649
//! ```
//!
//! Compiled into `build.rs` too, which refuses what cannot be read.

/// Which enhanced statuses a rule takes; `None` stands for any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusPattern {
    /// 4 or 5.
    pub class: Option<u8>,
    /// The subject.
    pub subject: Option<u16>,
    /// First and last detail.
    pub detail: Option<(u16, u16)>,
}

/// What stands between two pieces of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap<'a> {
    /// Nothing: the phrase starts or ends here.
    None,
    /// Any run of characters (`*`).
    Any,
    /// One token, captured by name (`{name}`).
    Token(&'a str),
}

/// Reads `5.7.1`, `5.7.606-5.7.649`, `5.7.7xx`, `x.7.27`, `x.7.x` or `5.x.x`.
pub fn status(text: &str) -> Option<StatusPattern> {
    if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (status(first)?, status(last)?);
        let ((a, a_end), (b_start, b)) = (first.detail?, last.detail?);
        let one_range = first.class == last.class
            && first.subject == last.subject
            && a == a_end
            && b == b_start
            && a < b;
        return one_range.then_some(StatusPattern {
            detail: Some((a, b)),
            ..first
        });
    }
    let parts: Vec<&str> = text.split('.').collect();
    let [class, subject, detail] = parts.as_slice() else {
        return None;
    };
    let class = match *class {
        "x" => None,
        "4" => Some(4),
        "5" => Some(5),
        _ => return None,
    };
    let subject = match *subject {
        "x" => None,
        number => Some(number.parse().ok()?),
    };
    let detail = match *detail {
        "x" => None,
        family if family.ends_with("xx") => {
            let hundreds: u16 = family.strip_suffix("xx")?.parse().ok()?;
            let first = hundreds.checked_mul(100)?;
            Some((first, first.checked_add(99)?))
        }
        number => {
            let number = number.parse().ok()?;
            Some((number, number))
        }
    };
    (subject.is_some() || detail.is_none()).then_some(StatusPattern {
        class,
        subject,
        detail,
    })
}
