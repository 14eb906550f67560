//! Holds the catalogue against a folder of facts on errors: what no article
//! covers, and which machine texts land elsewhere.
//!
//! ```text
//! cargo run --release --quiet --example coverage -- FOLDER [FAMILY ...]
//! ```
//!
//! FOLDER has `<family>.jsonl` files, one object per line with `id`, `codes`,
//! `reply`, `literal`, `meaning` and `source`, and `checked/*.tsv` with the
//! evidence for a text in the last column. A FAMILY is the name of such a
//! file; without any, all are checked. Each literal is said in a DSN with its
//! reply and code by a host of the provider, and that reply bare; it must land
//! on an article that covers an entry, of any family, with the same literal.
//!
//! Not asked for are a literal without evidence, one of a wrapper, and one
//! that is no text but a code.

#[path = "../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;
#[path = "../tests/files/mod.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bounce_analyzer::catalog::{Basis, PROVIDERS};
use bounce_analyzer::{Diagnosis, Options, analyze};
use serde::Deserialize;

/// One fact.
#[derive(Deserialize)]
struct Fact {
    id: String,
    #[serde(default)]
    codes: Vec<String>,
    #[serde(default)]
    reply: Vec<String>,
    #[serde(default)]
    literal: Vec<String>,
    #[serde(default)]
    meaning: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    source: String,
}

impl Fact {
    /// Whether it only says where the real reason stands.
    fn is_wrapper(&self) -> bool {
        self.topic == "wrapper" || self.meaning.starts_with("WRAPPER")
    }
}

/// What all families say together.
#[derive(Default)]
struct Known {
    /// The entries by literal, alone and as a reply.
    sharing: BTreeMap<String, Vec<String>>,
    /// The literals of wrappers.
    wrappers: BTreeSet<String>,
    /// The literals that the second collection found nowhere.
    unfounded: BTreeSet<String>,
    /// The codes whose `RESOLVER` token it found nowhere.
    without_token: BTreeSet<String>,
}

#[derive(Default)]
struct Score {
    asked: usize,
    found: usize,
    by_text: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, families @ ..] = arguments.as_slice() else {
        eprintln!("usage: coverage FOLDER [FAMILY ...]");
        std::process::exit(2);
    };
    let folder = Path::new(folder);
    let entries = files::entries();
    let mut covers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in &entries {
        for fact in &entry.meta.covers {
            covers.entry(fact).or_default().push(&entry.id);
        }
    }
    let all = read(folder);
    let mut known = Known::default();
    known.read_checks(folder);
    for fact in all.values().flatten() {
        known.add(fact);
    }
    for family in families {
        assert!(all.contains_key(family), "no {family}.jsonl");
    }
    let mut totals = Vec::new();
    for (family, facts) in &all {
        if families.is_empty() || families.contains(family) {
            totals.push(check(family, facts, &covers, &known));
        }
    }
    for total in totals {
        println!("{total}");
    }
    languages_and_age(&entries);
}

/// The facts by family.
fn read(folder: &Path) -> BTreeMap<String, Vec<Fact>> {
    let mut out = BTreeMap::new();
    for item in fs::read_dir(folder).expect("a readable folder") {
        let path = item.expect("a readable entry").path();
        let family = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            let text = fs::read_to_string(&path).expect("a readable file");
            let facts = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| {
                    serde_json::from_str(line)
                        .unwrap_or_else(|e| panic!("{}: {e}: {line}", path.display()))
                })
                .collect();
            out.insert(family, facts);
        }
    }
    assert!(!out.is_empty(), "no facts in {}", folder.display());
    out
}

impl Known {
    fn add(&mut self, fact: &Fact) {
        for literal in &fact.literal {
            for key in [plain(literal), plain(&reply(fact, literal))] {
                self.sharing.entry(key).or_default().push(fact.id.clone());
            }
            if fact.is_wrapper() {
                self.wrappers.insert(plain(literal));
            }
        }
    }

    /// What the second collection says of the evidence for a text.
    fn read_checks(&mut self, folder: &Path) {
        let Ok(tables) = fs::read_dir(folder.join("checked")) else {
            return;
        };
        for table in tables.flatten() {
            let text = fs::read_to_string(table.path()).unwrap_or_default();
            for row in text.lines() {
                let cells: Vec<&str> = row.split('\t').collect();
                let ([code, _, literal, ..], Some(check)) = (cells.as_slice(), cells.last()) else {
                    continue;
                };
                if check.starts_with("NOT FOUND") {
                    self.unfounded.insert(plain(literal));
                }
                if check.contains("token NOT found") || check.contains("token was NOT found") {
                    self.without_token.insert(code.to_string());
                }
            }
        }
    }

    /// Whether a literal of the fact can be asked for.
    fn asks(&self, fact: &Fact, literal: &str) -> bool {
        let key = plain(literal);
        let hearsay = fact.source.to_lowercase().starts_with("practitioner")
            || self.unfounded.contains(&key)
            || key.contains("resolver.")
                && fact
                    .codes
                    .iter()
                    .any(|code| self.without_token.contains(code));
        let is_text = key.chars().filter(|c| c.is_alphabetic()).count() > 2;
        is_text && !hearsay && !fact.is_wrapper() && !self.wrappers.contains(&key)
    }

    /// The entries with the same literal.
    fn sharing(&self, fact: &Fact, literal: &str) -> impl Iterator<Item = &String> {
        [plain(literal), plain(&reply(fact, literal))]
            .into_iter()
            .flat_map(|key| self.sharing.get(&key))
            .flatten()
    }
}

fn plain(text: &str) -> String {
    text.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn check(
    family: &str,
    facts: &[Fact],
    covers: &BTreeMap<&str, Vec<&str>>,
    known: &Known,
) -> String {
    let mut uncovered = 0;
    let mut said = Score::default();
    let mut bare = Score::default();
    for fact in facts {
        let Some(articles) = covers.get(fact.id.as_str()) else {
            println!("{family}: {} is covered by no article", fact.id);
            uncovered += 1;
            continue;
        };
        for literal in &fact.literal {
            if !known.asks(fact, literal) {
                continue;
            }
            let accepted: BTreeSet<&str> = known
                .sharing(fact, literal)
                .flat_map(|id| covers.get(id.as_str()).into_iter().flatten().copied())
                .collect();
            let reply = reply(fact, literal);
            for (form, text, score) in [
                ("said", dsn(&host(family, articles), &reply), &mut said),
                ("bare", reply.clone(), &mut bare),
            ] {
                let diagnosis = diagnosis(&text);
                let lands = diagnosis
                    .as_ref()
                    .is_some_and(|d| accepted.contains(d.article));
                let by_text = diagnosis
                    .as_ref()
                    .is_some_and(|d| matches!(d.basis, Basis::Text | Basis::ProviderText));
                score.asked += 1;
                score.found += usize::from(lands);
                score.by_text += usize::from(lands && by_text);
                if !(lands && by_text) {
                    println!(
                        "{family}: {form}: {}: {literal:?} lands on {:?}",
                        fact.id,
                        diagnosis.map(|d| (d.article, d.basis))
                    );
                }
            }
        }
    }
    let rate = |score: &Score| 100.0 * score.by_text as f64 / score.asked.max(1) as f64;
    format!(
        "{family}: {} of {} entries covered; said by its provider: {} of {} literals on their article, {} by text ({:.1} %); bare: {} of {}, {} by text ({:.1} %)",
        facts.len() - uncovered,
        facts.len(),
        said.found,
        said.asked,
        said.by_text,
        rate(&said),
        bare.found,
        bare.asked,
        bare.by_text,
        rate(&bare),
    )
}

/// The literal with something in the place of what the facts leave out.
fn specimen(literal: &str) -> String {
    literal
        .replace('…', "abc")
        .replace("<domain>", "example.org")
        .replace("XXX, YYY", "a@example.org, b@example.org")
}

/// The literal as a reply, with its code and status where it lacks them: of a
/// range, its first.
fn reply(fact: &Fact, literal: &str) -> String {
    let literal = specimen(literal);
    let status = fact
        .codes
        .iter()
        .map(|code| code.split('-').next().unwrap_or(code))
        .find(|code| {
            code.parse::<bounce_analyzer::smtp::EnhancedStatus>()
                .is_ok()
        });
    let mut reply = String::new();
    let starts_with_code =
        literal.len() > 3 && literal.as_bytes()[..3].iter().all(u8::is_ascii_digit);
    if !starts_with_code {
        reply.push_str(fact.reply.first().map_or("550", String::as_str));
        reply.push(' ');
        if let Some(status) = status.filter(|status| !literal.contains(status)) {
            reply.push_str(status);
            reply.push(' ');
        }
    }
    reply + &literal
}

/// A host of the provider that says it.
fn host(family: &str, articles: &[&str]) -> String {
    let folder = articles
        .first()
        .and_then(|id| id.split('/').next())
        .unwrap_or("");
    PROVIDERS
        .iter()
        .find(|provider| provider.id == folder || provider.id == family)
        .and_then(|provider| provider.hosts.first())
        .map_or("mx.example.org".to_string(), |suffix| {
            format!("mx1.{suffix}")
        })
}

fn dsn(host: &str, reply: &str) -> String {
    let class = if reply.starts_with('4') { '4' } else { '5' };
    format!(
        "From: Mail Delivery System <mailer-daemon@example.net>\nTo: sender@example.com\nSubject: Undelivered Mail\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\n\
         --b1\nContent-Type: text/plain\n\nThis is the mail system.\n\n\
         --b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.net\n\n\
         Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: {class}.0.0\nRemote-MTA: dns; {host}\n\
         Diagnostic-Code: smtp; {reply}\n\n--b1--\n"
    )
}

fn diagnosis(text: &str) -> Option<Diagnosis> {
    analyze(text.as_bytes(), &Options::default())
        .reports
        .into_iter()
        .flat_map(|report| report.per_recipient)
        .find_map(|recipient| recipient.diagnosis)
}

/// Which articles lack a language, and which no person has checked for a year.
fn languages_and_age(entries: &[entry::Entry]) {
    let newest = entries
        .iter()
        .filter_map(|entry| entry.meta.reviewed)
        .filter_map(|day| day.date)
        .max();
    for entry in entries {
        for language in entry::LANGUAGES {
            if !entry.texts.contains_key(*language) {
                println!("{}: no {language}", entry.id);
            }
        }
        let reviewed = entry.meta.reviewed.and_then(|day| day.date);
        // Against the newest review, so that the same files give the same answer on any day.
        if let (Some(reviewed), Some(newest)) = (reviewed, newest)
            && (reviewed.year + 1, reviewed.month, reviewed.day)
                < (newest.year, newest.month, newest.day)
        {
            println!(
                "{}: last reviewed on {reviewed}, more than a year before the newest",
                entry.id
            );
        }
    }
    println!("{} articles", entries.len());
}
