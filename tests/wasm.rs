//! What JavaScript gets, in a real browser.

#![cfg(target_arch = "wasm32")]

mod charsets;

use bounce_analyzer::source::Role;
use bounce_analyzer::wasm::{load_rules, to_utf16};
use bounce_analyzer::{Source, Span};
use js_sys::{Array, Function, JSON, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.txt"));
const THRESHOLD: &str = "550 5.7.705 Access denied, tenant has exceeded threshold";

fn analyze(bytes: &[u8], redacted: bool) -> Result<JsValue, serde_wasm_bindgen::Error> {
    load_rules(RULES.to_string());
    bounce_analyzer::wasm::analyze(bytes, redacted)
}

fn records(bytes: &[u8], name: &str, redacted: bool) -> Result<JsValue, serde_wasm_bindgen::Error> {
    load_rules(RULES.to_string());
    bounce_analyzer::wasm::records(bytes, name, redacted)
}

/// The value at a path such as `reports.0.kind`.
#[track_caller]
fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| {
        let inner = Reflect::get(&value, &key.into()).expect("an object");
        assert!(!inner.is_undefined(), "no {key} on the way to {path}");
        inner
    })
}

#[track_caller]
fn text(value: &JsValue, path: &str) -> String {
    at(value, path).as_string().expect("a string")
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).expect("plain data").into()
}

/// Every object inside of `value` that is a span, as `[source, start, end]`.
fn spans(value: &JsValue, found: &mut Vec<[u32; 3]>) {
    if !value.is_object() {
        return;
    }
    let number = |key: &str| {
        Reflect::get(value, &key.into())
            .ok()
            .and_then(|value| value.as_f64())
    };
    if let (Some(source), Some(start), Some(end)) =
        (number("source"), number("start"), number("end"))
    {
        found.push([source as u32, start as u32, end as u32]);
    }
    for inner in Object::values(value.unchecked_ref()).iter() {
        spans(&inner, found);
    }
}

/// What JavaScript cuts out for a span.
fn slice(analysis: &JsValue, [source, start, end]: [u32; 3]) -> String {
    at(analysis, &format!("sources.{source}.text"))
        .unchecked_into::<JsString>()
        .slice(start, end)
        .into()
}

#[wasm_bindgen_test]
fn a_reply_of_the_blocked_tenant_gives_its_article() {
    let analysis = analyze(THRESHOLD.as_bytes(), false).expect("plain data");
    let recipient = at(&analysis, "reports.0.per_recipient.0");
    assert_eq!(text(&analysis, "reports.0.kind"), "bounce");
    assert_eq!(
        text(&recipient, "diagnosis.article"),
        "exchange-online/tenant-threshold"
    );
    assert_eq!(text(&recipient, "diagnosis.category"), "tenant-restricted");
    assert_eq!(text(&recipient, "status.value"), "5.7.705");
    assert_eq!(at(&recipient, "reply_code.value"), 550);
    assert_eq!(at(&recipient, "diagnosis.permanent"), true);
}

#[wasm_bindgen_test]
fn what_is_missing_is_null_and_everything_survives_json() {
    let analysis = analyze(THRESHOLD.as_bytes(), false).expect("plain data");
    assert!(at(&analysis, "reports.0.returned.subject").is_null());
    assert!(at(&analysis, "reports.0.per_recipient.0.final_recipient").is_null());
    assert!(Array::is_array(&at(&analysis, "sources")));
    let copy = JSON::parse(&json(&analysis)).expect("JSON");
    assert_eq!(json(&copy), json(&analysis));
    assert!(!json(&analysis).contains("undefined"));
}

#[wasm_bindgen_test]
fn spans_count_utf16_units() {
    // One, two, three and four bytes of UTF-8 before and between what is read.
    let before = "a\u{f1}\u{20ac}\u{1f4e7}\u{10ffff}";
    let input = format!("{before} {THRESHOLD}");
    let analysis = analyze(input.as_bytes(), false).expect("plain data");
    let recipient = at(&analysis, "reports.0.per_recipient.0");
    for (field, words) in [("status", "5.7.705"), ("reply_code", "550")] {
        let mut found = Vec::new();
        spans(&at(&recipient, field), &mut found);
        let cut: Vec<String> = found.iter().map(|span| slice(&analysis, *span)).collect();
        assert_eq!(cut, [words]);
    }
}

#[wasm_bindgen_test]
fn every_offset_is_converted_whatever_its_order() {
    let text = "a\u{f1}\u{20ac}\u{1f4e7}\n\u{10ffff}z";
    let sources: Vec<Source> = [text, "", "plain"]
        .map(|text| Source {
            role: Role::Text,
            text: text.to_string(),
            wrapped_at: None,
        })
        .into();
    let mut spans = Vec::new();
    let mut expected = Vec::new();
    for (source, Source { text, .. }) in sources.iter().enumerate() {
        let source = source as u32;
        let ends = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for (start, end) in ends()
            .rev()
            .flat_map(|start| ends().map(move |end| (start, end)))
        {
            let units = |at: usize| text[..at].encode_utf16().count() as u32;
            let (start, end) = (start.min(end), start.max(end));
            expected.push(span(source, units(start), units(end)));
            spans.push(span(source, start as u32, end as u32));
        }
    }
    // Outside of every source: nothing to convert, or the end.
    spans.extend([span(2, 3, 99), span(3, 1, 2)]);
    expected.extend([span(2, 3, 5), span(3, 1, 2)]);
    to_utf16(spans.iter_mut().collect(), &sources);
    assert_eq!(spans, expected);
}

fn span(source: u32, start: u32, end: u32) -> Span {
    Span { source, start, end }
}

#[wasm_bindgen_test]
fn the_records_quote_what_their_spans_cut_out() {
    let input = format!("\u{1f4e7} {THRESHOLD}");
    let analysis = analyze(input.as_bytes(), false).expect("plain data");
    let records = records(input.as_bytes(), "pasted \u{1f4e7}", false).expect("plain data");
    assert_eq!(text(&records, "0.source"), "pasted \u{1f4e7}");
    assert_eq!(
        text(&records, "0.recipients.0.article"),
        "exchange-online/tenant-threshold"
    );
    let mut found = Vec::new();
    spans(&at(&records, "0.recipients.0.spans"), &mut found);
    assert!(!found.is_empty());
    for (n, span) in found.into_iter().enumerate() {
        assert_eq!(
            slice(&analysis, span),
            text(&records, &format!("0.recipients.0.evidence.{n}"))
        );
    }
}

#[wasm_bindgen_test]
fn odd_bytes_get_an_answer_and_spans_inside_of_their_source() {
    // A lone surrogate as some encoders write it, an overlong form, cut and
    // stray bytes, NUL, a byte order mark, and nothing at all.
    let odd: [&[u8]; 8] = [
        b"",
        b"\0\0\0\0",
        b"\xed\xa0\xbd 550 5.1.1 x",
        b"\xc0\xaf\xff\xfe 550 5.1.1 x \xf0\x9f\x93",
        b"\xef\xbb\xbf550 5.7.705 x",
        b"\xff\xfe5\x005\x000\x00",
        b"Content-Type: multipart/report; boundary=\"\n\n--\n\x80\x80",
        b"From: =?utf-8?B?8J+Tpw?= <\xf0\x9f\x93\xa7@example.com>\nSubject: =?x?Q?=ED=A0=BD?=\n\n550 5.1.1\n",
    ];
    for bytes in odd {
        let analysis = analyze(bytes, false).expect("plain data");
        assert!(at(&analysis, "reports.length").as_f64() >= Some(1.0));
        let mut found = Vec::new();
        spans(&analysis, &mut found);
        for [source, start, end] in found {
            let text: JsString = at(&analysis, &format!("sources.{source}.text")).unchecked_into();
            assert!(start <= end && end <= text.length());
        }
        records(bytes, "odd", false).expect("plain data");
    }
}

/// The bytes that the worker makes of a text: the browser's own encoder takes
/// any string, proper Unicode or not.
fn encoded(text: &JsString) -> Vec<u8> {
    let encoder: Function = at(&js_sys::global(), "TextEncoder").unchecked_into();
    let encoder = Reflect::construct(&encoder, &Array::new()).expect("an encoder");
    let encode: Function = at(&encoder, "encode").unchecked_into();
    let bytes = encode.call1(&encoder, text).expect("bytes");
    bytes.unchecked_into::<Uint8Array>().to_vec()
}

#[wasm_bindgen_test]
fn a_text_of_any_units_gets_an_answer() {
    // Lone surrogates, a pair the wrong way round, NUL, no characters.
    let odd: [&[u16]; 6] = [
        &[0xd83d],
        &[0xdce7],
        &[0xdce7, 0xd83d],
        &[0xd83d, 0xd83d, 0xdce7],
        &[0],
        &[0xfffe, 0xffff],
    ];
    for units in odd {
        let odd = JsString::from_char_code(units);
        let reply = JsString::from(THRESHOLD);
        let input = odd.concat(&" ".into()).concat(&reply).concat(&odd);
        let analysis = analyze(&encoded(&input), false).expect("plain data");
        let recipient = at(&analysis, "reports.0.per_recipient.0");
        assert_eq!(
            text(&recipient, "diagnosis.article"),
            "exchange-online/tenant-threshold"
        );
        let mut found = Vec::new();
        spans(&at(&recipient, "status"), &mut found);
        assert_eq!(slice(&analysis, found[0]), "5.7.705");
        let name = String::from_utf8(encoded(&odd)).expect("UTF-8");
        let records = records(&encoded(&input), &name, true).expect("plain data");
        assert_eq!(text(&records, "0.source"), name);
    }
}

#[wasm_bindgen_test]
fn a_text_of_sixteen_million_units_gets_an_answer() {
    for unit in [0xd83d, 0] {
        let input = JsString::from_char_code(&[unit]).repeat(16 << 20);
        let analysis = analyze(&encoded(&input), false).expect("plain data");
        assert_eq!(text(&analysis, "problems.0.code"), "text-cut");
    }
}

#[wasm_bindgen_test]
fn every_charset_is_read_with_the_tables_of_the_browser() {
    charsets::check();
}
