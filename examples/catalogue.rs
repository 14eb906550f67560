//! Lists the catalogue, one line of JSON an article; or prints its texts, its
//! rules or the bounces that it explains, as the page loads them; or lists the
//! links and the cmdlets that it names, for checking:
//!
//! ```text
//! cargo run --quiet --example catalogue
//! cargo run --quiet --example catalogue -- --texts es
//! cargo run --quiet --example catalogue -- --bounces
//! cargo run --quiet --example catalogue -- --rules
//! cargo run --quiet --example catalogue -- --names
//! ```

#[path = "../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;
#[path = "../tests/files/mod.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use bounce_analyzer::{Options, analyze, catalog, record};

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
        ["--bounces"] => writeln!(out, "{}", bounces()),
        ["--rules"] => write!(out, "{}", catalog::RULES),
        ["--names"] => names().iter().try_for_each(|(name, ids)| {
            writeln!(
                out,
                "{name}\t{}",
                ids.iter().cloned().collect::<Vec<_>>().join(" ")
            )
        }),
        [] => files::entries()
            .iter()
            .try_for_each(|entry| writeln!(out, "{}", line(entry))),
        _ => Err(std::io::Error::other(
            "usage: catalogue [--texts LANGUAGE | --bounces | --rules | --names]",
        )),
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

/// Of each article, the bounces that land on it, the codes in them, and
/// whether they are final: null where some are and others are not.
fn bounces() -> serde_json::Value {
    files::entries()
        .iter()
        .map(|entry| (entry.id.clone(), bounces_of(entry)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn bounces_of(entry: &entry::Entry) -> serde_json::Value {
    let examples = entry.examples.iter().filter(|example| !example.not);
    let texts: Vec<&str> = examples.map(|example| example.text.trim_end()).collect();
    let read: Vec<_> = texts
        .iter()
        .flat_map(|text| record::records(&analyze(text.as_bytes(), &Options::default()), "example"))
        .flat_map(|record| record.recipients)
        .filter(|recipient| recipient.article == Some(entry.id.as_str()))
        .collect();
    let codes: BTreeSet<String> = read
        .iter()
        .map(|recipient| {
            let reply = recipient.reply_code.map(|code| code.to_string());
            let status = recipient.status.map(|status| status.to_string());
            reply
                .into_iter()
                .chain(status)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|code| !code.is_empty())
        .collect();
    let standings: BTreeSet<bool> = read.iter().filter_map(|one| one.permanent).collect();
    let permanent = standings.first().filter(|_| standings.len() == 1);
    serde_json::json!({ "bounces": texts, "codes": codes, "permanent": permanent })
}

/// Every link and every cmdlet, with the articles that name it.
fn names() -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in files::entries() {
        let mut named: BTreeSet<String> = entry.meta.sources.iter().cloned().collect();
        for inline in entry.texts.values().flat_map(entry::all_inline) {
            match inline {
                entry::Inline::Link { href, .. } => drop(named.insert(href.clone())),
                entry::Inline::Code { code } => named.extend(cmdlets(code)),
                entry::Inline::Command { shell, command } if shell == "powershell" => {
                    for piece in command {
                        if let entry::Inline::Text(text) = piece {
                            named.extend(cmdlets(text));
                        }
                    }
                }
                _ => {}
            }
        }
        for name in named {
            out.entry(name).or_default().insert(entry.id.clone());
        }
    }
    out
}

/// The words of the form `Verb-Noun`.
fn cmdlets(text: &str) -> impl Iterator<Item = String> {
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(move |word| {
            word.split_once('-').is_some_and(|(verb, noun)| {
                capital(verb) && capital(noun) && !noun.contains('-') && noun.len() > 3
            })
        })
        .map(str::to_string)
}
