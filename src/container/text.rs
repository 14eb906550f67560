//! Bytes that no header describes to text: what the missing headers would
//! have said is read off the bytes.

use std::borrow::Cow;

use mail_parser::Encoding;

use crate::container::charset;
use crate::input::with_plain_line_ends;

/// Decodes text without headers. The flag tells that bytes were unreadable.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let bytes = without_transfer_encoding(bytes);
    let (text, malformed) = charset::decode(None, &bytes);
    (text, malformed)
}

/// The body of a message whose headers were lost may still be
/// quoted-printable or base64 (RFC 2045, section 6).
pub fn without_transfer_encoding(bytes: &[u8]) -> Cow<'_, [u8]> {
    let encoding = if is_base64(bytes) {
        Encoding::Base64
    } else if is_quoted_printable(bytes) {
        Encoding::QuotedPrintable
    } else {
        return Cow::Borrowed(bytes);
    };
    let decoded = encoding.decode(bytes);
    Cow::Owned(with_plain_line_ends(&decoded).into_owned())
}

/// Several escapes, and hardly an equals sign that is none.
fn is_quoted_printable(bytes: &[u8]) -> bool {
    if !bytes.contains(&b'=') {
        return false;
    }
    let mut escapes = 0;
    let mut soft = 0;
    let mut plain = 0;
    for at in bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'=')
        .map(|(at, _)| at)
    {
        let is_hex = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
        match bytes.get(at + 1..at + 3) {
            Some([b'\n', _]) => soft += 1,
            // "?ip=203.0.113.5": no escape stands in the middle of a number.
            Some([b'0'..=b'9', b'0'..=b'9'])
                if matches!(bytes.get(at + 3), Some(b'0'..=b'9' | b'.')) =>
            {
                plain += 1;
            }
            Some([high, low]) if is_hex(high) && is_hex(low) => escapes += 1,
            _ => plain += 1,
        }
    }
    let all = escapes + soft + plain;
    escapes + soft >= 2 && plain * 10 <= all && (escapes >= 2 || soft >= 2)
}

/// Lines of one length out of the alphabet, and readable inside.
fn is_base64(bytes: &[u8]) -> bool {
    let mut lines = bytes
        .split(|b| *b == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    let Some(first) = lines.next().map(<[u8]>::trim_ascii) else {
        return false;
    };
    let alphabet = |line: &[u8]| {
        line.iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
    };
    if first.len() < 40 || !alphabet(first) || !lines.all(|line| alphabet(line.trim_ascii())) {
        return false;
    }
    let decoded = Encoding::Base64.decode(bytes.get(..400).unwrap_or(bytes));
    let control = |b: &&u8| b.is_ascii_control() && !b.is_ascii_whitespace() && **b != 0x1b;
    !decoded.is_empty() && !decoded.iter().any(|b| control(&b))
}

/// The width at which a mail program or a copy broke every line of a body,
/// inside words too.
///
/// Conservative, because text that was filled between words has a longest
/// line too: no line is longer, and at the breaks words go on, or the blank
/// between two words stands at the start of the next line, where filling
/// never leaves it.
pub fn wrapped_at(bytes: &[u8]) -> Option<u32> {
    /// Widths that programs break at.
    const USUAL: [usize; 8] = [64, 70, 72, 76, 78, 80, 100, 120];
    const WIDTHS: std::ops::RangeInclusive<usize> = 60..=132;
    let lines = || bytes.split(|b| *b == b'\n');
    // Lines without a blank are encoded, ruled or an address, and those that
    // end with `=` are quoted-printable: their length has another reason.
    let is_prose = |line: &[u8]| line.trim_ascii().contains(&b' ') && !line.ends_with(b"=");
    let is_ascii = bytes.is_ascii();
    let width = |line: &[u8]| match is_ascii {
        true => line.len(),
        false => line.iter().filter(|b| (**b as i8) >= -0x40).count(),
    };
    let mut longest = 0;
    let mut longest_prose = 0;
    for line in lines() {
        let here = width(line);
        if here > *WIDTHS.end() {
            return None;
        }
        longest = longest.max(here);
        if is_prose(line) {
            longest_prose = longest_prose.max(here);
        }
    }
    if longest != longest_prose || !WIDTHS.contains(&longest) {
        return None;
    }
    let mut breaks = 0;
    let mut inside = 0;
    let mut near = 0;
    let mut lines = lines().peekable();
    while let Some(line) = lines.next() {
        let here = width(line);
        if !is_prose(line) || here + 6 < longest {
            continue;
        }
        let next = lines.peek().copied().unwrap_or_default();
        if here < longest {
            near += 1;
        } else if !next.trim_ascii().is_empty() {
            breaks += 1;
            // The next line of a reply begins with its code, what follows a code
            // with its status.
            let is_reply = matches!(
                next,
                [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..]
                    | [b'2' | b'4' | b'5', b'.', b'0'..=b'9', ..]
            );
            let goes_on = line.last().is_some_and(u8::is_ascii_alphanumeric)
                && !is_reply
                && next
                    .first()
                    .is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            let one_blank = matches!(next, [b' ', second, ..] if *second != b' ');
            inside += u32::from(goes_on || one_blank);
        }
    }
    let sure = match USUAL.contains(&longest) {
        true => inside >= 1 && (breaks > near * 2 || longest == 76),
        false => inside >= 2 && breaks >= 3 && breaks > near,
    };
    sure.then_some(longest as u32)
}

/// The same for a delivery-status part, where a fold begins with white space
/// and everything else is a field: what is neither was broken off.
pub fn fields_wrapped_at(text: &str) -> Option<u32> {
    let width = |line: &str| line.chars().count();
    let longest = text.lines().map(width).max().filter(|width| *width >= 60)?;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or("");
        let is_field = next
            .split_once(':')
            .is_some_and(|(name, _)| !name.contains(' '));
        let broken_off = !next.is_empty() && !next.starts_with([' ', '\t']) && !is_field;
        if broken_off && width(line) == longest {
            return Some(longest as u32);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_transfer_encodings_are_undone() {
        let quoted = b"Your mail to caf=C3=A9@example.com could not be de=\nlivered. =3D\n";
        assert_eq!(
            decode(quoted).0,
            "Your mail to café@example.com could not be delivered. =\n"
        );
        let base64 = b"WW91ciBtYWlsIHRvIGFAZXhhbXBsZS5jb20gY291bGQgbm90IGJlIGRlbGl2\nZXJlZC4K\n";
        assert_eq!(
            decode(base64).0,
            "Your mail to a@example.com could not be delivered.\n"
        );
        let plain = b"size=100, nrcpt=1 (queue active)\nrelay=a, delay=1, status=bounced";
        assert_eq!(decode(plain).0.as_bytes(), plain);
    }

    #[test]
    fn hard_wraps_are_told_from_filled_paragraphs() {
        let long = "<user@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown in virtual mailbox table (in reply to RCPT TO command)";
        let wrapped: String = long
            .as_bytes()
            .chunks(76)
            .map(|line| format!("{}\n", String::from_utf8_lossy(line)))
            .collect();
        assert_eq!(wrapped_at(wrapped.as_bytes()), Some(76));
        assert_eq!(wrapped_at(long.as_bytes()), None);
        let filled = "This is the mail system at host mail.example.com. I am sorry to have to\ninform you that your message could not be delivered to one or more of the\nrecipients. It is attached below. For further assistance, please send mail\nto postmaster.\n";
        assert_eq!(wrapped_at(filled.as_bytes()), None);
        let reply = "550-5.7.1 [192.0.2.1      19] Our system has detected that this message is lik\n550-5.7.1 unwanted, and\n550 5.7.1 blocks it";
        assert_eq!(wrapped_at(reply.as_bytes()), None);
        assert_eq!(wrapped_at(b""), None);
    }
}
