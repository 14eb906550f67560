//! Messages in many charsets: the native build and the browser must read them
//! the same.

use bounce_analyzer::{Options, Source, analyze};

/// A charset, a text in it as base64 of its bytes, and the text.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "iso-2022-jp",
        "GyRCJWEhPCVrJHJHW0F3JEckLSReJDskcxsoQg==",
        "メールを配送できません",
    ),
    (
        "shift_jis",
        "g4GBW4OLgvCUepGXgsWCq4LcgrmC8Q==",
        "メールを配送できません",
    ),
    (
        "euc-jp",
        "peGhvKXrpPLH28H3pMekraTepLuk8w==",
        "メールを配送できません",
    ),
    ("gb18030", "xPq1xNPKvP7O3reoy8207w==", "您的邮件无法送达"),
    ("gbk", "xPq1xNPKvP7O3reoy8207w==", "您的邮件无法送达"),
    ("big5", "sXqqurZspfO1TKprsGW5Rg==", "您的郵件無法送達"),
    (
        "euc-kr",
        "uN7Az8C7ILnotN7H0iC89iC++L3AtM+02Q==",
        "메일을 배달할 수 없습니다",
    ),
    (
        "koi8-r",
        "88/Pwt3FzsnFIM7FIMTP09TB18zFzs8=",
        "Сообщение не доставлено",
    ),
    (
        "ibm866",
        "ka6uoemlrailIK2lIKSu4eKgoqulra4=",
        "Сообщение не доставлено",
    ),
    (
        "windows-1252",
        "WnVzdGVsbHVuZyBm/HIgTfxsbGVyIGdlc2NoZWl0ZXJ0",
        "Zustellung für Müller gescheitert",
    ),
    (
        "utf-8",
        "TmljaHQgenVnZXN0ZWxsdCDwn5On",
        "Nicht zugestellt 📧",
    ),
];

/// Fails where a message in any of the charsets is not read as its text, in
/// an encoded word (RFC 2047) or in its body.
pub fn check() {
    for (charset, base64, text) in TEXTS {
        let message = format!(
            "From: postmaster@example.com\nSubject: =?{charset}?B?{base64}?=\nMIME-Version: 1.0\n\
             Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n{base64}\n"
        );
        let sources = analyze(message.as_bytes(), &Options::default()).sources;
        let has = |words: &str| {
            sources
                .iter()
                .any(|source: &Source| source.text.contains(words))
        };
        assert!(
            has(&format!("Subject: {text}")),
            "{charset}, subject: {sources:#?}"
        );
        let body = |source: &Source| source.text.trim() == *text;
        assert!(sources.iter().any(body), "{charset}, body: {sources:#?}");
    }
}
