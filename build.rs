//! Turns `src/errors/` into what the crate needs: providers as a static table,
//! rules as one text and texts as one JSON a language. A fault in any file
//! stops the build and says which file and what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

#[path = "src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;
#[path = "src/catalog/pattern.rs"]
mod pattern;

use entry::{Entry, Match, Text};
use pattern::Gap;

/// `_provider.toml` of a family.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Provider {
    name: String,
    /// The name in another language, where it has words to translate.
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    marks: Vec<String>,
    #[serde(default)]
    documentation: Option<String>,
}

/// What the page gets of one article in one language.
#[derive(Serialize)]
struct Article<'a> {
    category: &'a str,
    who: &'a str,
    codes: Vec<&'a str>,
    sources: &'a [String],
    reviewed: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<&'a str>,
    #[serde(flatten)]
    text: &'a Text,
}

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let errors = root.join("src/errors");
    println!("cargo::rerun-if-changed={}", errors.display());
    println!("cargo::rerun-if-changed=src/catalog/entry.rs");

    let mut faults = Vec::new();
    let mut providers = BTreeMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for family in sorted(&errors) {
        if !family.is_dir() {
            continue;
        }
        let name = file_name(&family);
        for file in sorted(&family) {
            let file_name = file_name(&file);
            let text =
                fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            if file_name == "_provider.toml" {
                match toml::from_str::<Provider>(&text) {
                    Ok(provider) => drop(providers.insert(name.clone(), provider)),
                    Err(e) => faults.push(format!("{name}/_provider.toml: {e}")),
                }
            } else if let Some(stem) = file_name.strip_suffix(".md") {
                if stem.starts_with('_') {
                    continue;
                }
                let entry = entry::read(&format!("{name}/{stem}"), &text);
                faults.extend(
                    entry
                        .faults
                        .iter()
                        .map(|fault| format!("{}.md: {fault}", entry.id)),
                );
                entries.push(entry);
            } else {
                faults.push(format!(
                    "{name}/{file_name}: neither an article nor _provider.toml"
                ));
            }
        }
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    faults.extend(lint_all(&entries, &providers));
    if !faults.is_empty() {
        for fault in &faults {
            println!("cargo::error=src/errors/{}", fault.replace('\n', " "));
        }
        return;
    }

    let out = PathBuf::from(std::env::var("OUT_DIR").expect("set by cargo"));
    write(&out.join("providers.rs"), &provider_table(&providers));
    write(&out.join("rules.txt"), &rules(&entries));
    let mut texts = String::new();
    writeln!(
        texts,
        "/// The languages of the catalogue, the first one complete by definition."
    )
    .expect("to a string");
    writeln!(
        texts,
        "pub const LANGUAGES: &[&str] = &{:?};",
        entry::LANGUAGES
    )
    .expect("to a string");
    writeln!(texts, "const TEXTS: &[&str] = &[").expect("to a string");
    for language in entry::LANGUAGES {
        let file = out.join(format!("{language}.json"));
        write(&file, &texts_of(language, &entries, &providers));
        writeln!(texts, "include_str!({:?}),", file.display().to_string()).expect("to a string");
    }
    writeln!(texts, "];").expect("to a string");
    write(&out.join("texts.rs"), &texts);
}

/// What is wrong between the files.
fn lint_all(entries: &[Entry], providers: &BTreeMap<String, Provider>) -> Vec<String> {
    let mut faults = Vec::new();
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    let categories = include_str!("src/catalog.rs");
    let mut aliases = BTreeMap::new();
    for entry in entries {
        let id = &entry.id;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/';
        if !id.chars().all(plain) {
            faults.push(format!("{id}.md: an id is [a-z0-9-] only"));
        }
        // The closed list is written once, as the macro call in catalog.rs.
        if !categories.contains(&format!(" \"{}\",\n", entry.meta.category)) {
            faults.push(format!(
                "{id}.md: category = {:?} is not in the list",
                entry.meta.category
            ));
        }
        for related in &entry.meta.related {
            if !ids.contains(related.as_str()) || related == id {
                faults.push(format!(
                    "{id}.md: related = {related:?} is no other article"
                ));
            }
        }
        for alias in &entry.meta.aliases {
            if ids.contains(alias.as_str()) || aliases.insert(alias, id).is_some() {
                faults.push(format!("{id}.md: alias {alias:?} is taken"));
            }
        }
        for block in &entry.meta.matches {
            for provider in &block.provider.0 {
                if !providers.contains_key(provider) {
                    faults.push(format!(
                        "{id}.md: provider {provider:?} has no _provider.toml"
                    ));
                }
            }
            for status in &block.status {
                if pattern::status(status).is_none() {
                    faults.push(format!("{id}.md: status {status:?} is not 5.7.1, 5.7.606-5.7.649, 5.7.7xx, x.7.27, x.7.x or 5.x.x"));
                }
            }
            for text in &block.text {
                if !is_phrase(text) {
                    faults.push(format!(
                        "{id}.md: phrase {text:?} has two gaps in a row, or a name that is none"
                    ));
                }
            }
        }
    }
    faults.extend(ties(entries));
    for (name, provider) in providers {
        let lower = |s: &String| *s == s.to_lowercase() && !s.is_empty();
        if provider.name.is_empty() || !provider.hosts.iter().chain(&provider.marks).all(lower) {
            faults.push(format!(
                "{name}/_provider.toml: a name, and hosts and marks in lower case"
            ));
        }
        for language in provider.names.keys() {
            if !entry::LANGUAGES[1..].contains(&language.as_str()) {
                faults.push(format!(
                    "{name}/_provider.toml: names.{language}: a language other than English, which `name` is in"
                ));
            }
        }
    }
    faults
}

/// Pairs of blocks in two articles that take the same statement and rank the
/// same: whichever comes first would win.
fn ties(entries: &[Entry]) -> Vec<String> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in entries {
        for condition in entry.meta.matches.iter().flat_map(conditions) {
            match seen.get(&condition) {
                Some(other) if *other != entry.id => faults.push(format!(
                    "{}.md: {condition} is also matched by {other}.md",
                    entry.id
                )),
                _ => drop(seen.insert(condition, &entry.id)),
            }
        }
    }
    faults
}

/// Everything that one block takes, one condition each, as a text to compare.
fn conditions(block: &Match) -> Vec<String> {
    let any = |list: &[String]| match list {
        [] => vec![String::new()],
        list => list.to_vec(),
    };
    let replies: Vec<String> = block.reply.iter().map(u16::to_string).collect();
    let after_data = match block.after_data {
        true => "true".to_string(),
        false => String::new(),
    };
    let mut out = Vec::new();
    for status in any(&block.status) {
        for reply in any(&replies) {
            for provider in any(&block.provider.0) {
                for text in any(&block.text) {
                    out.push(
                        [
                            ("status", &status),
                            ("reply", &reply),
                            ("provider", &provider),
                            ("text", &text),
                            ("after_data", &after_data),
                            ("recipient", &block.recipient),
                        ]
                        .iter()
                        .filter(|(_, value)| !value.is_empty())
                        .map(|(key, value)| format!("{key} = {value:?}"))
                        .collect::<Vec<_>>()
                        .join(", "),
                    );
                }
            }
        }
    }
    out
}

/// Whether a phrase can be read, and names values only.
fn is_phrase(text: &str) -> bool {
    let known = |gap: &Gap<'_>| match gap {
        Gap::Token(name) => entry::VALUES.contains(name),
        _ => true,
    };
    phrase(text)
        .is_some_and(|(pieces, end)| pieces.iter().all(|(gap, _)| known(gap)) && known(&end))
}

/// The literal pieces of a phrase, each with the gap before it, and the gap
/// at its end. `None` for two gaps in a row, and for a phrase of gaps only.
///
/// ```text
/// from {ip} was refused * see {url}  ->  "from", {ip} "was refused", * "see", {url}
/// ```
#[allow(clippy::type_complexity)]
fn phrase(text: &str) -> Option<(Vec<(Gap<'_>, &str)>, Gap<'_>)> {
    let mut pieces = Vec::new();
    let mut gap = Gap::None;
    let mut rest = text;
    loop {
        let at = rest.find(['*', '{']).unwrap_or(rest.len());
        let (literal, behind) = rest.split_at_checked(at)?;
        let literal = literal.trim();
        if !literal.is_empty() {
            pieces.push((gap, literal));
            gap = Gap::None;
        } else if gap != Gap::None && !behind.is_empty() {
            return None;
        }
        if let Some(after) = behind.strip_prefix('*') {
            (gap, rest) = (Gap::Any, after);
        } else if let Some((name, after)) = behind
            .strip_prefix('{')
            .and_then(|inside| inside.split_once('}'))
        {
            (gap, rest) = (Gap::Token(name), after);
        } else if behind.is_empty() {
            return (!pieces.is_empty()).then_some((pieces, gap));
        } else {
            return None;
        }
    }
}

/// The rules as the text that `src/catalog/table.rs` reads.
fn rules(entries: &[Entry]) -> String {
    let blocks = || entries.iter().flat_map(|entry| &entry.meta.matches);
    let mut pieces: Vec<&str> = blocks()
        .flat_map(|block| &block.text)
        .filter_map(|text| phrase(text))
        .flat_map(|(pieces, _)| pieces.into_iter().map(|(_, literal)| literal))
        .collect();
    // In the order in which they are prepared for the search.
    pieces.sort_by(|a, b| a.bytes().rev().cmp(b.bytes().rev()));
    pieces.dedup();
    let numbers: BTreeMap<&str, usize> = pieces.iter().copied().zip(0..).collect();
    let mut out = String::new();
    for piece in &pieces {
        out += &format!("{piece}\n");
    }
    out += "\n";
    for entry in entries {
        let meta = &entry.meta;
        let permanent = meta.permanent.map(|p| p.to_string()).unwrap_or_default();
        out += &format!("{}\t{}\t{permanent}\n", entry.id, meta.category);
        for block in &meta.matches {
            out += &format!("\t{}\n", rule(block, &numbers));
        }
    }
    out
}

fn rule(block: &Match, numbers: &BTreeMap<&str, usize>) -> String {
    let mut flags: String = [
        (block.weak, 'w'),
        (block.wrapper, 'p'),
        (block.after_data, 'd'),
    ]
    .iter()
    .filter_map(|(set, flag)| set.then_some(*flag))
    .collect();
    if !block.recipient.is_empty() {
        flags += &format!("@{}", block.recipient);
    }
    let replies: Vec<String> = block.reply.iter().map(u16::to_string).collect();
    let mut parts = vec![
        flags,
        block.status.join(","),
        replies.join(","),
        block.provider.0.join(","),
    ];
    parts.extend(block.text.iter().map(|text| numbered(text, numbers)));
    parts.join("\t")
}

/// A phrase with the numbers of its literal pieces in their place.
fn numbered(text: &str, numbers: &BTreeMap<&str, usize>) -> String {
    let (pieces, end) = phrase(text).expect("linted before");
    let gap = |gap: Gap<'_>| match gap {
        Gap::None => String::new(),
        Gap::Any => "*".to_string(),
        Gap::Token(name) => format!("{{{name}}}"),
    };
    let each = pieces
        .iter()
        .map(|(before, literal)| format!("{}{}", gap(*before), numbers[literal]));
    each.collect::<String>() + &gap(end)
}

fn provider_table(providers: &BTreeMap<String, Provider>) -> String {
    let mut out = "/// The providers, by id.\npub static PROVIDERS: &[Provider] = &[\n".to_string();
    for (id, provider) in providers {
        out += &format!(
            "Provider {{ id: {id:?}, name: {:?}, hosts: &{:?}, marks: &{:?} }},\n",
            provider.name, provider.hosts, provider.marks
        );
    }
    out + "];\n"
}

fn texts_of(language: &str, entries: &[Entry], providers: &BTreeMap<String, Provider>) -> String {
    let articles: BTreeMap<&str, Article<'_>> = entries
        .iter()
        .filter_map(|entry| {
            let text = entry.texts.get(language)?;
            let codes = entry
                .meta
                .matches
                .iter()
                .flat_map(|block| &block.status)
                .map(String::as_str)
                .collect::<BTreeSet<_>>();
            Some((
                entry.id.as_str(),
                Article {
                    category: &entry.meta.category,
                    who: &entry.meta.who,
                    codes: codes.into_iter().collect(),
                    sources: &entry.meta.sources,
                    reviewed: entry
                        .meta
                        .reviewed
                        .map(|date| date.to_string())
                        .unwrap_or_default(),
                    related: entry.meta.related.iter().map(String::as_str).collect(),
                    text,
                },
            ))
        })
        .collect();
    let names: BTreeMap<&str, (&String, Option<&str>)> = providers
        .iter()
        .map(|(id, provider)| {
            (
                id.as_str(),
                (
                    provider.names.get(language).unwrap_or(&provider.name),
                    provider.documentation.as_deref(),
                ),
            )
        })
        .collect();
    let aliases: BTreeMap<&str, &str> = entries
        .iter()
        .flat_map(|entry| {
            entry
                .meta
                .aliases
                .iter()
                .map(|alias| (alias.as_str(), entry.id.as_str()))
        })
        .collect();
    serde_json::to_string(&serde_json::json!({
        "language": language,
        "articles": articles,
        "providers": names,
        "aliases": aliases,
    }))
    .expect("plain data")
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("readable folder").path())
        .collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}
