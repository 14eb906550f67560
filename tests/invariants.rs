//! The invariants of `invariants/mod.rs`, on the fixtures, on the error files
//! and on what the fuzzer found (`fuzz/findings/<target>/`).

#[path = "invariants/mod.rs"]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

use targets::TARGETS;

/// The files that a target starts from.
fn seeds(target: &str) -> &'static str {
    match target {
        "entry" => "src/errors",
        _ => "tests/bounces",
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

#[track_caller]
fn replay(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Vec::new();
    files(&root.join(seeds(name)), &mut inputs);
    assert!(inputs.len() > 100, "no seeds");
    files(&root.join("fuzz/findings").join(name), &mut inputs);
    let (_, target) = TARGETS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a target of that name");
    for path in inputs {
        let bytes = fs::read(&path).expect("a readable file");
        let held = std::panic::catch_unwind(|| target(&bytes));
        assert!(held.is_ok(), "{name}: {}", path.display());
    }
}

#[test]
fn any_input() {
    replay("analyze");
}

#[test]
fn the_fields_of_a_dsn() {
    replay("dsn");
}

#[test]
fn text_for_people() {
    replay("text");
}

#[test]
fn a_page_of_html() {
    replay("html");
}

#[test]
fn an_error_file() {
    replay("entry");
}

#[test]
fn the_redaction_of_any_input() {
    replay("redaction");
}
