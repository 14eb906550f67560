//! How fast messages are read: mail-parser alone (the floor), `analyze`, and
//! `analyze` with its records as JSON, in turn within one run.
//!
//! ```text
//! cargo bench --bench read                            # the project's fixtures
//! BOUNCE_CORPUS=folder cargo bench --bench read       # and a folder of .eml files
//! ```
//!
//! Each figure is the shortest of some passes over all messages, so that what
//! else runs on the machine counts little; the ratios matter more than the times.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use bounce_analyzer::record::records;
use bounce_analyzer::{Options, analyze};
use mail_parser::MessageParser;

/// How long the three readings of one folder are repeated.
const SPAN: Duration = Duration::from_secs(10);

/// One way to read a message.
type Reading = fn(&[u8]);

const READINGS: &[(&str, Reading)] = &[
    ("parse", |bytes| {
        black_box(MessageParser::new().parse(bytes));
    }),
    ("analyze", |bytes| {
        black_box(analyze(bytes, &Options::default()));
    }),
    ("analyze + JSON", |bytes| {
        let analysis = analyze(bytes, &Options::default());
        black_box(serde_json::to_string(&records(&analysis, "bench")).expect("plain data"));
    }),
];

fn main() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bounces");
    measure("fixtures", &fixtures);
    if let Some(folder) = std::env::var_os("BOUNCE_CORPUS") {
        measure("BOUNCE_CORPUS", Path::new(&folder));
    }
}

fn measure(name: &str, folder: &Path) {
    let mut messages = Vec::new();
    collect(folder, &mut messages);
    assert!(!messages.is_empty(), "no .eml in {}", folder.display());
    let bytes: usize = messages.iter().map(Vec::len).sum();
    let mut shortest = [Duration::MAX; READINGS.len()];
    let started = Instant::now();
    while started.elapsed() < SPAN {
        for ((_, read), shortest) in READINGS.iter().zip(&mut shortest) {
            let pass = Instant::now();
            messages.iter().for_each(|message| read(message));
            *shortest = pass.elapsed().min(*shortest);
        }
    }
    println!("{name}: {} messages, {bytes} bytes", messages.len());
    for ((reading, _), time) in READINGS.iter().zip(shortest) {
        let seconds = time.as_secs_f64();
        println!(
            "{reading:15} {:9.0} messages/s {:7.1} MB/s {:9.3} ms a pass, {:.1} x parse",
            messages.len() as f64 / seconds,
            bytes as f64 / seconds / 1e6,
            seconds * 1e3,
            seconds / shortest[0].as_secs_f64(),
        );
    }
}

fn collect(folder: &Path, messages: &mut Vec<Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, messages);
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            messages.push(fs::read(&path).expect("a readable file"));
        }
    }
}
