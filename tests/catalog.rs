//! The examples of every article, against all articles.
//!
//! Each example is read the way people hand it over: bare, inside a DSN,
//! quoted in a forward, with LF and with CRLF. It must land on its article, a
//! near miss must not, no two articles may fit equally well, and every phrase
//! must be hit by an example of its file.

#[path = "../src/catalog/entry.rs"]
#[allow(dead_code)]
mod entry;
mod files;

use bounce_analyzer::catalog;
use bounce_analyzer::diagnosis::phrase::locate;
use bounce_analyzer::diagnosis::{self, rank};
use bounce_analyzer::source::Role;
use bounce_analyzer::words::Words;
use bounce_analyzer::{Analysis, Kind, Options, Source, Span, analyze};
use entry::{Entry, Example};

/// How an example reaches the reader.
type Wrap = fn(&str) -> String;

/// Each way, and what to call it in a failure.
const FORMS: &[(&str, Wrap)] = &[
    ("bare", |text| text.to_string()),
    ("in a DSN", dsn),
    ("quoted in a forward", forward),
];

fn dsn(text: &str) -> String {
    let diagnostic = text
        .trim()
        .lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n ");
    let class = match text.trim().starts_with('4') {
        true => "4.0.0",
        false => "5.0.0",
    };
    format!(
        "From: Mail Delivery System <mailer-daemon@example.net>\n\
         To: sender@example.com\n\
         Subject: Undelivered Mail Returned to Sender\n\
         Date: Thu, 12 Nov 2026 09:30:00 +0000\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\
         \n\
         --b1\n\
         Content-Type: text/plain\n\
         \n\
         This is the mail system.\n\
         \n\
         --b1\n\
         Content-Type: message/delivery-status\n\
         \n\
         Reporting-MTA: dns; mail.example.net\n\
         \n\
         Final-Recipient: rfc822; reader@example.org\n\
         Action: failed\n\
         Status: {class}\n\
         Diagnostic-Code: smtp; {diagnostic}\n\
         \n\
         --b1--\n"
    )
}

fn forward(text: &str) -> String {
    let quoted: String = text.lines().map(|line| format!("> {line}\n")).collect();
    format!(
        "From: Help Desk <help@example.com>\n\
         To: admin@example.com\n\
         Subject: Fwd: mail came back\n\
         Date: Thu, 12 Nov 2026 10:00:00 +0000\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\n\
         \n\
         What is this?\n\
         \n\
         {quoted}"
    )
}

fn articles(analysis: &Analysis) -> Vec<&'static str> {
    analysis
        .reports
        .iter()
        .flat_map(|report| &report.per_recipient)
        .filter_map(|recipient| recipient.diagnosis.as_ref())
        .map(|diagnosis| diagnosis.article)
        .collect()
}

/// What is wrong with one example in one form.
fn faults(entry: &Entry, example: &Example, form: &str, text: &str) -> Vec<String> {
    let analysis = analyze(text.as_bytes(), &Options::default());
    let found = articles(&analysis);
    let at = format!("{}.md, {:?}, {form}", entry.id, example.title);
    let mut faults = Vec::new();
    let lands = found.iter().any(|id| *id == entry.id);
    if example.not && lands {
        faults.push(format!("{at}: must not land here"));
    }
    if !example.not && !(lands && found.iter().all(|id| *id == entry.id)) {
        faults.push(format!("{at}: lands on {found:?}"));
    }
    for report in &analysis.reports {
        if !matches!(report.kind, Kind::Bounce | Kind::Delay) {
            continue;
        }
        for recipient in &report.per_recipient {
            let candidates = rank(recipient, &analysis.sources);
            if let [first, second, ..] = &candidates[..]
                && first.key() == second.key()
            {
                faults.push(format!(
                    "{at}: a tie of {} and {}",
                    first.article.id, second.article.id
                ));
            }
        }
    }
    faults
}

fn fail(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_example_lands_on_its_article_in_every_form() {
    let mut all = Vec::new();
    for entry in files::entries() {
        for example in &entry.examples {
            for (form, wrap) in FORMS {
                // An example that brings its own headers or blank lines is a whole message.
                if *form != "bare" && example.text.trim().contains("\n\n") {
                    continue;
                }
                let text = wrap(&example.text);
                all.extend(faults(&entry, example, form, &text));
                let crlf = text.replace('\n', "\r\n");
                all.extend(faults(&entry, example, &format!("{form}, CRLF"), &crlf));
            }
        }
    }
    fail(&all);
}

#[test]
fn every_phrase_is_hit_by_an_example_of_its_file() {
    let mut dead = Vec::new();
    for entry in files::entries() {
        let article = catalog::article(&entry.id).expect("compiled from the same files");
        let examples: Vec<String> = entry
            .examples
            .iter()
            .filter(|e| !e.not)
            .map(|e| plain(&e.text))
            .collect();
        for (block, rule) in entry.meta.matches.iter().zip(article.rules) {
            for (text, phrase) in block.text.iter().zip(rule.text) {
                let hit = |example: &String| {
                    locate(phrase, example, &diagnosis::pieces(example)).is_some()
                };
                if !examples.iter().any(hit) {
                    dead.push(format!("{}.md: no example has {text:?}", entry.id));
                }
            }
        }
    }
    fail(&dead);
}

/// The text as the phrases see it.
fn plain(text: &str) -> String {
    let source = Source {
        role: Role::Text,
        text: text.to_string(),
        wrapped_at: None,
    };
    let span = Span {
        source: 0,
        start: 0,
        end: text.len() as u32,
    };
    Words::of(&[source], span).text().to_string()
}

#[test]
fn ids_are_found_and_texts_are_complete() {
    let entries = files::entries();
    for language in catalog::LANGUAGES {
        let json: serde_json::Value =
            serde_json::from_str(catalog::texts(language).expect("its own language"))
                .expect("JSON");
        let articles = json["articles"].as_object().expect("articles by id");
        assert_eq!(articles.len(), entries.len());
        for entry in &entries {
            assert!(catalog::article(&entry.id).is_some(), "{}", entry.id);
            assert!(
                !articles[&entry.id]["title"]
                    .as_str()
                    .unwrap_or("")
                    .is_empty()
            );
        }
    }
    assert!(catalog::texts("xx").is_none());
    assert!(catalog::article("nobody/nothing").is_none());
}
