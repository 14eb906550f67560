//! A header's value as written to the text that it stands for (RFC 2047).
//!
//! ```text
//! =?iso-8859-1?Q?Gr=FC=DFe?= =?iso-8859-1?Q?_aus_K=F6ln?=  ->  Grüße aus Köln
//! ```

use std::borrow::Cow;

use mail_parser::Encoding;

use super::charset;

/// Decodes the encoded words of a value and joins its lines. What only looks
/// like an encoded word stays as it is.
pub fn decode(value: &[u8]) -> String {
    let mut out = Decoder::default();
    let mut literal = 0;
    let mut at = 0;
    while let Some(found) = value.get(at..).and_then(|rest| find(rest, b"=?")) {
        at += found;
        match value.get(at..).and_then(Word::read) {
            Some(word) => {
                out.literal(value.get(literal..at).unwrap_or_default(), true);
                at += word.length;
                literal = at;
                out.word(word);
            }
            None => at += 2,
        }
    }
    out.literal(value.get(literal..).unwrap_or_default(), false);
    out.text
}

/// One encoded word, its text decoded to bytes.
struct Word<'a> {
    /// The charset, without a language (RFC 2231, section 5).
    label: &'a [u8],
    bytes: Vec<u8>,
    /// How many bytes it takes in the value.
    length: usize,
}

impl<'a> Word<'a> {
    /// Reads `=?charset?encoding?text?=` at the start of `value`.
    fn read(value: &'a [u8]) -> Option<Word<'a>> {
        let mut parts = value.get(2..)?.splitn(4, |byte| *byte == b'?');
        let (charset, encoding, text) = (parts.next()?, parts.next()?, parts.next()?);
        if !parts.next()?.starts_with(b"=") || charset.is_empty() {
            return None;
        }
        let bytes = match encoding {
            b"B" | b"b" => Encoding::Base64.decode(text).into_owned(),
            b"Q" | b"q" => {
                let blanks: Vec<u8> = text
                    .iter()
                    .map(|b| if *b == b'_' { b' ' } else { *b })
                    .collect();
                quoted(&blanks)
            }
            _ => return None,
        };
        let label = charset.split(|byte| *byte == b'*').next()?;
        let length = 2 + charset.len() + 1 + encoding.len() + 1 + text.len() + 2;
        Some(Word {
            label,
            bytes,
            length,
        })
    }
}

/// The Q encoding: `=FC` is a byte, everything else is itself.
fn quoted(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits
            .filter(|digits| *first == b'=' && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = match value {
            Some(_) => behind.get(2..).unwrap_or_default(),
            None => behind,
        };
    }
    bytes
}

/// Words of one charset that follow each other are decoded as one: senders
/// cut them inside of characters.
#[derive(Default)]
struct Decoder<'a> {
    text: String,
    label: &'a [u8],
    bytes: Vec<u8>,
    after_word: bool,
}

impl<'a> Decoder<'a> {
    /// Text outside of words; white space between two words means nothing.
    fn literal(&mut self, bytes: &[u8], before_word: bool) {
        if self.after_word && before_word && bytes.trim_ascii().is_empty() {
            return;
        }
        self.flush();
        let (text, _) = charset::decode(None, bytes);
        let mut lines = text.split('\n');
        self.text.push_str(lines.next().unwrap_or_default());
        for line in lines {
            self.text.push(' ');
            self.text.push_str(line.trim_start());
        }
    }

    fn word(&mut self, word: Word<'a>) {
        if !self.label.eq_ignore_ascii_case(word.label) {
            self.flush();
        }
        self.label = word.label;
        self.bytes.extend(word.bytes);
        self.after_word = true;
    }

    fn flush(&mut self) {
        let label: Cow<'_, str> = String::from_utf8_lossy(self.label);
        self.text
            .push_str(&charset::decode(Some(&label), &self.bytes).0);
        self.bytes.clear();
        self.after_word = false;
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(value: &str, text: &str) {
        assert_eq!(super::decode(value.as_bytes()), text);
    }

    #[test]
    fn words_become_text() {
        check(
            "=?iso-8859-1?Q?Gr=FC=DFe?= =?iso-8859-1?q?_aus_K=f6ln?=",
            "Grüße aus Köln",
        );
        check(
            "=?utf-8?B?8J+Tpw==?= and =?UTF-8*en?Q?more?=",
            "\u{1f4e7} and more",
        );
        check("=?utf-8?Q?a?=\n =?utf-8?Q?b?=\n c\n\td", "ab c d");
        check("plain", "plain");
        check("", "");
    }

    #[test]
    fn characters_may_be_cut_between_words() {
        check("=?utf-8?B?8J8=?= =?utf-8?B?k6c=?=", "\u{1f4e7}");
        check("=?utf-8?Q?=C3?=\n =?UTF-8?Q?=A9?=", "é");
        check("=?utf-8?Q?=C3=A9?= =?iso-8859-1?Q?=E9?=", "éé");
    }

    #[test]
    fn what_is_no_word_stays() {
        check("=?utf-8?X?a?= =?utf-8?Q?a", "=?utf-8?X?a?= =?utf-8?Q?a");
        check("=?=?=?", "=?=?=?");
        check("a =? b ?= =??Q?x?=", "a =? b ?= =??Q?x?=");
        check("=?utf-8?Q?=zz=4?=", "=zz=4");
        check("=?no-such?Q?a?=", "a");
    }
}
