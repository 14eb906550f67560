//! The list of a value's spans against what its JSON shows.

#[path = "../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;
mod files;

use bounce_analyzer::record::records;
use bounce_analyzer::walk::Walk;
use bounce_analyzer::{Options, Span, analyze};
use serde_json::Value;

/// Every object of the form of a span, wherever it stands.
fn shown(value: &Value, found: &mut Vec<Span>) {
    match value {
        Value::Object(fields) => {
            let number = |name: &str| Some(fields.get(name)?.as_u64()? as u32);
            if let (Some(source), Some(start), Some(end)) =
                (number("source"), number("start"), number("end"))
            {
                found.push(Span { source, start, end });
            }
            fields.values().for_each(|value| shown(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| shown(value, found)),
        _ => {}
    }
}

#[track_caller]
fn check(value: &mut (impl Walk + serde::Serialize)) -> usize {
    let mut expected = Vec::new();
    shown(
        &serde_json::to_value(&*value).expect("plain data"),
        &mut expected,
    );
    let mut found = Vec::new();
    value.spans(&mut found);
    let mut found: Vec<Span> = found.into_iter().map(|span| *span).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    found.len()
}

#[test]
fn no_span_is_missed() {
    let mut count = 0;
    for entry in files::entries() {
        for example in &entry.examples {
            let mut analysis = analyze(example.text.as_bytes(), &Options::default());
            count += check(&mut analysis);
            count += check(&mut records(&analysis, "example"));
        }
    }
    assert!(count > 0);
}
