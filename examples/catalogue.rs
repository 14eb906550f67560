//! Lists the catalogue, one line of JSON an article, or prints its texts:
//!
//! ```text
//! cargo run --quiet --example catalogue
//! cargo run --quiet --example catalogue -- --texts es
//! ```

#[path = "../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;
#[path = "../tests/files/mod.rs"]
mod files;

use std::io::Write;

use bounce_analyzer::catalog;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--texts", language] => match catalog::texts(language) {
            Some(texts) => writeln!(out, "{texts}"),
            None => Err(std::io::Error::other(format!(
                "no texts in {language:?}: the languages are {}",
                catalog::LANGUAGES.join(", ")
            ))),
        },
        [] => files::entries()
            .iter()
            .try_for_each(|entry| writeln!(out, "{}", line(entry))),
        _ => Err(std::io::Error::other("usage: catalogue [--texts LANGUAGE]")),
    }
}

fn line(entry: &entry::Entry) -> serde_json::Value {
    let meta = &entry.meta;
    serde_json::json!({
        "id": entry.id,
        "family": entry.id.split('/').next(),
        "category": meta.category,
        "who": meta.who,
        "permanent": meta.permanent,
        "covers": meta.covers,
        "languages": entry.texts.keys().collect::<Vec<_>>(),
        "phrases": meta.matches.iter().map(|block| block.text.len()).sum::<usize>(),
        "examples": entry.examples.len(),
        "steps": entry.texts.get("en").map_or(0, |text| text.steps.values().map(Vec::len).sum::<usize>()),
        "reviewed": meta.reviewed.map(|date| date.to_string()),
    })
}
