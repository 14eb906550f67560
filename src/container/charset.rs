//! Bytes of a text to that text, whatever charset was declared.
//!
//! Bounces are put together by programs that do not look at what they
//! quote: the charset is missing, unknown or wrong often enough that the
//! bytes have the last word.

use mail_parser::Charset;

/// Decodes text whose charset is declared as `label`, if it is. The flag
/// tells that some bytes meant nothing and became U+FFFD.
pub fn decode(label: Option<&str>, bytes: &[u8]) -> (String, bool) {
    let shifts = bytes.contains(&0x1b)
        && bytes
            .windows(2)
            .any(|pair| matches!(pair, [0x1b, b'$' | b'(']));
    if bytes.is_ascii() && !shifts && !label.is_some_and(is_utf7) {
        return (ascii(bytes), false);
    }
    if !bytes.is_ascii()
        && let Some(text) = utf8(bytes)
    {
        return text;
    }
    let declared = label.and_then(|label| match is_utf7(label) {
        // "unicode-1-1-utf-7", as Exchange 2003 has it.
        true => Some(Charset::Utf7),
        false => Charset::from_label(label.trim().as_bytes()),
    });
    if shifts && bytes.is_ascii() {
        return decode_as(Charset::Iso2022Jp, bytes);
    }
    if let Some(charset) = declared {
        let (text, malformed) = decode_as(charset, bytes);
        if !malformed {
            return (text, false);
        }
    }
    let guessed = guess(bytes);
    let (text, malformed) = decode_as(guessed, bytes);
    match declared {
        Some(charset) if malformed => decode_as(charset, bytes),
        _ => (text, malformed),
    }
}

/// Text that is UTF-8, but for a character here and there that was cut in
/// two or came from elsewhere. Eight-bit text that is UTF-8 by chance is not
/// met in practice.
fn utf8(bytes: &[u8]) -> Option<(String, bool)> {
    let text = String::from_utf8_lossy(bytes);
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let malformed = text.matches(char::REPLACEMENT_CHARACTER).count();
    (malformed * 4 <= wide).then(|| (text.into_owned(), malformed > 0))
}

fn is_utf7(label: &str) -> bool {
    label.to_ascii_lowercase().contains("utf-7")
}

fn ascii(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Decodes as one charset. In the browser, what mail-parser decodes only with
/// large tables is left to the browser, which has them.
fn decode_as(charset: Charset, bytes: &[u8]) -> (String, bool) {
    #[cfg(target_arch = "wasm32")]
    if let Some(label) = multi_byte(charset)
        && let Some(text) = crate::wasm::decode(label, bytes)
    {
        let malformed = text.contains(char::REPLACEMENT_CHARACTER);
        return (text, malformed);
    }
    let (text, malformed) = charset.decode_checked(bytes);
    (text.into_owned(), malformed)
}

/// What the Encoding Standard calls the charsets that need large tables.
#[cfg(target_arch = "wasm32")]
fn multi_byte(charset: Charset) -> Option<&'static str> {
    Some(match charset {
        Charset::ShiftJis => "shift_jis",
        Charset::Big5 => "big5",
        Charset::EucJp => "euc-jp",
        Charset::EucKr => "euc-kr",
        Charset::Gb18030 => "gb18030",
        Charset::Gbk => "gbk",
        Charset::Iso2022Jp => "iso-2022-jp",
        Charset::Ibm866 => "ibm866",
        Charset::XMacCyrillic => "x-mac-cyrillic",
        _ => return None,
    })
}

/// The charset of text that says nothing about it and is not UTF-8.
fn guess(bytes: &[u8]) -> Charset {
    let sample = bytes.get(..64 << 10).unwrap_or(bytes);
    let high = |b: &u8| *b >= 0x80;
    let count = sample.iter().filter(|b| high(b)).count();
    // European text: one letter, or two, between ASCII ones.
    let runs = || sample.split(|b| !high(b)).map(<[u8]>::len);
    let alone = runs().filter(|run| *run == 1).count();
    if alone * 3 > count * 2 || runs().all(|run| run <= 2) {
        return Charset::Windows1252;
    }
    let mut best = (cyrillic(sample, count), Charset::Windows1251);
    if is_koi8(sample) {
        best.1 = Charset::Koi8R;
    }
    for (charset, typical) in [
        (Charset::ShiftJis, '\u{3040}'..='\u{30ff}'),
        (Charset::EucJp, '\u{3040}'..='\u{30ff}'),
        (Charset::EucKr, '\u{ac00}'..='\u{d7a3}'),
        (Charset::Gb18030, '\u{4e00}'..='\u{9fff}'),
        (Charset::Big5, '\u{4e00}'..='\u{9fff}'),
    ] {
        let (text, malformed) = decode_as(charset, sample);
        let wide = text.chars().filter(|c| !c.is_ascii()).count().max(1);
        let fitting = text.chars().filter(|c| typical.contains(c)).count();
        let mut score = fitting * 100 / wide;
        // Nearly any bytes are some character of these: only the frequent
        // ones, which the charsets put first, count.
        score = match charset {
            Charset::Gb18030 => score * frequent(sample, 0xb0..=0xd7, 0xa1, count) / 100,
            Charset::EucKr => score * frequent(sample, 0xb0..=0xc8, 0xa1, count) / 70,
            Charset::Big5 => score * frequent(sample, 0xa4..=0xc6, 0x40, count) / 110,
            _ => score * 3 / 2,
        };
        if malformed {
            score /= 3;
        }
        if score > best.0 {
            best = (score, charset);
        }
    }
    match best {
        (score, charset) if score >= 40 => charset,
        _ => Charset::Windows1252,
    }
}

/// Of 100 pairs of bytes, how many begin within `leads` and go on with
/// `trail` or more.
fn frequent(bytes: &[u8], leads: std::ops::RangeInclusive<u8>, trail: u8, high: usize) -> usize {
    let mut rest = bytes.iter();
    let mut hits = 0;
    while let Some(byte) = rest.next() {
        if *byte >= 0x80 {
            let second = rest.next().is_some_and(|second| *second >= trail);
            hits += usize::from(second && leads.contains(byte)) * 2;
        }
    }
    (hits * 100 / high.max(1)).min(100)
}

/// Of 100 high bytes, how many are letters of both Cyrillic charsets, in
/// words that a person could read.
fn cyrillic(bytes: &[u8], high: usize) -> usize {
    let letters = bytes.iter().filter(|b| **b >= 0xc0).count();
    // Words of an odd number of letters rule out charsets of byte pairs.
    let odd = bytes
        .split(|b| *b < 0x80)
        .filter(|run| run.len() % 2 == 1)
        .count();
    match odd {
        0 => 30,
        _ => letters * 100 / high.max(1),
    }
}

/// KOI8-R has its small letters where Windows-1251 has its capitals.
fn is_koi8(bytes: &[u8]) -> bool {
    let low = bytes.iter().filter(|b| (0xc0..=0xdf).contains(*b)).count();
    let top = bytes.iter().filter(|b| **b >= 0xe0).count();
    low > top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(label: Option<&str>, bytes: &[u8], text: &str) {
        assert_eq!(decode(label, bytes), (text.to_string(), false));
    }

    #[test]
    fn a_declared_charset_is_used() {
        check(Some("iso-8859-1"), b"Gr\xfc\xdfe", "Grüße");
        check(Some("koi8-r"), b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет");
        check(Some("shift_jis"), b"\x93\xfa\x96\x7b", "日本");
        check(Some("gb18030"), b"\xd6\xd0\xce\xc4", "中文");
        check(Some("big5"), b"\xa4\xa4\xa4\xe5", "中文");
        check(Some("euc-kr"), b"\xc7\xd1\xb1\xdb", "한글");
        check(Some("iso-2022-jp"), b"\x1b$BF|K\\\x1b(B", "日本");
        check(Some("unicode-1-1-utf-7"), b"Hi +ZeVnLA-", "Hi 日本");
        check(Some("us-ascii"), "über".as_bytes(), "über");
        let cut = &"Сообщение".as_bytes()[..11];
        assert_eq!(decode(None, cut), ("Сообщ\u{fffd}".to_string(), true));
    }

    #[test]
    fn a_missing_charset_is_guessed() {
        check(None, b"Gr\xfc\xdfe aus K\xf6ln", "Grüße aus Köln");
        check(None, b"\x1b$BF|K\\\x1b(B", "日本");
        for (charset, text) in [
            (encode::KOI8, "Сообщение не доставлено"),
            (encode::WINDOWS, "Сообщение не доставлено"),
        ] {
            let bytes: Vec<u8> = text.chars().map(charset).collect();
            check(None, &bytes, text);
        }
        // "The mail could not be delivered", in kana and kanji.
        check(
            None,
            b"\x83\x81\x81\x5b\x83\x8b\x82\xf0\x94\x7a\x91\x97\x82\xc5\x82\xab\x82\xdc\x82\xb9\x82\xf1",
            "メールを配送できません",
        );
        check(
            None,
            b"\xa5\xe1\xa1\xbc\xa5\xeb\xa4\xf2\xc7\xdb\xc1\xf7\xa4\xc7\xa4\xad\xa4\xde\xa4\xbb\xa4\xf3",
            "メールを配送できません",
        );
        check(
            None,
            b"\xc4\xfa\xb5\xc4\xd3\xca\xbc\xfe\xce\xde\xb7\xa8\xcb\xcd\xb4\xef",
            "您的邮件无法送达",
        );
        check(
            None,
            b"\xb1\x7a\xaa\xba\xb6\x6c\xa5\xf3\xb5\x4c\xaa\x6b\xb0\x65\xb9\x46",
            "您的郵件無法送達",
        );
    }

    mod encode {
        const KOI8_ORDER: &str = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";

        pub const KOI8: fn(char) -> u8 = |c| {
            let at = KOI8_ORDER.chars().position(|other| other == c);
            at.map_or(c as u8, |at| 0xc0 + at as u8)
        };
        pub const WINDOWS: fn(char) -> u8 = |c| match c {
            'А'..='я' => 0xc0 + (c as u32 - 'А' as u32) as u8,
            c => c as u8,
        };
    }
}
