//! Whole bounces as they are handed over, each beside what is read from it.
//!
//! `tests/bounces/<who wrote it>/<case>.eml` has its reading in `<case>.json`:
//! every value without its place. Each file is read with LF and with CRLF,
//! must give the same, and every place must hold the value that it claims.
//! `UPDATE=1 cargo test --test bounces` writes the readings anew.

use std::path::{Path, PathBuf};

use bounce_analyzer::{Options, Source, analyze};
use serde_json::{Map, Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bounces")
}

fn messages() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for who in std::fs::read_dir(folder()).expect("the folder is in the repository") {
        let who = who.expect("a readable folder").path();
        if !who.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(who).expect("a readable folder") {
            let path = file.expect("a readable folder").path();
            if path.extension().is_some_and(|extension| extension == "eml") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no messages in {}", folder().display());
    found
}

/// What is read from a message, and which places are wrong.
fn reading(bytes: &[u8]) -> (Value, Vec<String>) {
    let analysis = analyze(bytes, &Options::default());
    let mut wrong = Vec::new();
    let reports: Vec<Value> = analysis
        .reports
        .iter()
        .map(|report| {
            let value = serde_json::to_value(report).expect("reports serialize");
            plain(value, &analysis.sources, &mut wrong)
        })
        .collect();
    let problems: Vec<&str> = analysis.problems.iter().map(|p| p.code).collect();
    let reading = json!({
        "input": analysis.input,
        "reports": reports,
        "problems": problems,
    });
    (reading, wrong)
}

/// A report without places: a field becomes its value, a statement its words,
/// and what is missing is left out. The diagnosis is the catalogue's matter.
fn plain(value: Value, sources: &[Source], wrong: &mut Vec<String>) -> Value {
    match value {
        Value::Object(object) if object.contains_key("origin") => {
            let words = words(&object["span"], sources);
            let claimed = match &object["value"] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            if !bare(&words).contains(&bare(&claimed)) {
                wrong.push(format!("{claimed:?} is not at {words:?}"));
            }
            object["value"].clone()
        }
        Value::Object(object) => {
            let mut kept = Map::new();
            for (key, value) in object {
                let value = match key.as_str() {
                    "diagnosis" => continue,
                    "span" => Value::String(words(&value, sources)),
                    _ => plain(value, sources, wrong),
                };
                let is_empty = value.is_null()
                    || value.as_array().is_some_and(Vec::is_empty)
                    || value.as_object().is_some_and(Map::is_empty);
                if !is_empty {
                    kept.insert(key, value);
                }
            }
            Value::Object(kept)
        }
        Value::Array(items) => items
            .into_iter()
            .map(|item| plain(item, sources, wrong))
            .collect(),
        other => other,
    }
}

fn words(span: &Value, sources: &[Source]) -> String {
    let number = |key: &str| span[key].as_u64().expect("spans are numbers") as usize;
    sources[number("source")].text[number("start")..number("end")].to_string()
}

/// Without what unfolding takes away, with escaped characters as such, and in
/// small letters, because commands are read in capitals: "RCPT To:".
fn bare(text: &str) -> String {
    text.replace("\\x{F6}", "\u{f6}")
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '>' | '<'))
        .collect()
}

#[test]
fn every_message_reads_as_written_beside_it() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    for path in messages() {
        let name = path
            .strip_prefix(folder())
            .unwrap_or(&path)
            .display()
            .to_string();
        let bytes = std::fs::read(&path).expect("a readable file");
        let (reading, wrong) = reading(&bytes);
        faults.extend(wrong.into_iter().map(|wrong| format!("{name}: {wrong}")));
        let crlf: Vec<u8> = bytes
            .iter()
            .flat_map(|b| match b {
                b'\n' => b"\r\n".to_vec(),
                b => vec![*b],
            })
            .collect();
        if self::reading(&crlf).0 != reading {
            faults.push(format!("{name}: CRLF reads differently"));
        }
        let beside = path.with_extension("json");
        let text = serde_json::to_string_pretty(&reading).expect("JSON") + "\n";
        if update {
            std::fs::write(&beside, text).expect("a writable folder");
        } else if std::fs::read_to_string(&beside).unwrap_or_default() != text {
            faults.push(format!("{name}: reads as\n{text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
