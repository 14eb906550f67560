//! One error file: Markdown with a toml block, read and linted.
//!
//! Compiled into `build.rs`, which turns the files into rules and texts, and
//! into the tests, which run the examples. Nothing here depends on the crate.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

/// The roles that can act, in the order in which the page shows them.
pub const ROLES: &[&str] = &["sender", "sender-admin", "recipient", "recipient-admin"];
/// The values that an article may use between braces, see `diagnosis/captures.rs`.
pub const VALUES: &[&str] = &[
    "blocklist",
    "code",
    "domain",
    "host",
    "ip",
    "limit",
    "queue_id",
    "recipient",
    "recipient_domain",
    "sender",
    "sender_domain",
    "size",
    "url",
];
/// The languages that an article must have.
pub const LANGUAGES: &[&str] = &["en", "es"];
/// The shells or places that a fenced block in a step may be meant for.
pub const COMMANDS: &[&str] = &["powershell", "shell", "dns", "text"];
/// How many words a title may have: it is the verdict.
const TITLE_WORDS: usize = 25;
/// How many steps a role may have.
const STEPS: usize = 7;
/// How many letters a phrase needs that stands without mark or provider.
const PHRASE_LETTERS: usize = 8;
/// How many a weak one needs, which only counts with an agreeing code.
const WEAK_LETTERS: usize = 4;

/// One error file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `<family>/<name>`, from the path.
    pub id: String,
    /// The toml block.
    pub meta: Meta,
    /// The article in each language.
    pub texts: BTreeMap<String, Text>,
    /// Bounces that must land here, or must not.
    pub examples: Vec<Example>,
    /// What is wrong with the file: each a sentence that says what to do.
    pub faults: Vec<String>,
}

/// The toml block of an error file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// One of the closed list.
    #[serde(default)]
    pub category: String,
    /// Who acts first, one of [`ROLES`].
    #[serde(default)]
    pub who: String,
    /// The entries of the knowledge files that this article explains.
    #[serde(default)]
    pub covers: Vec<String>,
    /// Where the facts come from: confirmed links.
    #[serde(default)]
    pub sources: Vec<String>,
    /// When a person last checked the article.
    pub reviewed: Option<toml::value::Datetime>,
    /// Whether it is final, where that differs from the code.
    pub permanent: Option<bool>,
    /// Earlier ids of this article.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Ids of articles that a reader may want next.
    #[serde(default)]
    pub related: Vec<String>,
    /// How it is recognised.
    #[serde(default, rename = "match")]
    pub matches: Vec<Match>,
}

/// One way to recognise the error: every key must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// `5.7.705`, `5.7.606-5.7.649`, `5.7.7xx`, `x.7.27`, `x.7.x`, `5.x.x`.
    #[serde(default)]
    pub status: Vec<String>,
    /// Reply codes.
    #[serde(default)]
    pub reply: Vec<u16>,
    /// Families of `_provider.toml`.
    #[serde(default)]
    pub provider: OneOrMany,
    /// Phrases.
    #[serde(default)]
    pub text: Vec<String>,
    /// Too general to count without an agreeing code.
    #[serde(default)]
    pub weak: bool,
    /// Only says where the real reason stands.
    #[serde(default)]
    pub wrapper: bool,
    /// Counts only as the answer to the message itself (`DATA`).
    #[serde(default)]
    pub after_data: bool,
    /// Counts only where the recipient's address starts so, in small letters.
    #[serde(default)]
    pub recipient: String,
}

/// `"a"` or `["a", "b"]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "OneOrManyForm")]
pub struct OneOrMany(pub Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrManyForm {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrManyForm> for OneOrMany {
    fn from(form: OneOrManyForm) -> Self {
        OneOrMany(match form {
            OneOrManyForm::One(one) => vec![one],
            OneOrManyForm::Many(many) => many,
        })
    }
}

/// The article in one language.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Text {
    /// What is wrong, one sentence.
    pub title: String,
    /// What happened, paragraph by paragraph.
    pub summary: Vec<Vec<Inline>>,
    /// Why, the most common first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Vec<Inline>>,
    /// What makes it worse.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<Vec<Inline>>,
    /// For each role that can act, the steps in order.
    pub steps: BTreeMap<String, Vec<Vec<Inline>>>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", untagged)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Words to see first.
    Strong {
        /// The words.
        strong: String,
    },
    /// A name, a path or a code, exactly.
    Code {
        /// The words.
        code: String,
    },
    /// A fixed outside link.
    Link {
        /// Where to.
        href: String,
        /// The words.
        link: String,
    },
    /// A value of this bounce, or the words to show without it.
    Value {
        /// One of [`VALUES`].
        value: String,
        /// The words to show when the bounce does not tell.
        fallback: String,
    },
    /// Lines to paste: literal text and values.
    Command {
        /// One of [`COMMANDS`].
        shell: String,
        /// The lines.
        command: Vec<Inline>,
    },
}

/// A bounce that must land on this article, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// The bounce.
    pub text: String,
    /// Whether it is a near miss.
    pub not: bool,
}

/// Reads one error file. Never fails: what is wrong stands in [`Entry::faults`].
pub fn read(id: &str, markdown: &str) -> Entry {
    let mut reader = Reader::new(id);
    for event in Parser::new(markdown) {
        reader.event(event);
    }
    reader.finish()
}

/// Where in the file the reader stands.
#[derive(Debug, Clone, PartialEq)]
enum Place {
    Head,
    Summary,
    Causes,
    Avoid,
    Steps(String),
    Examples,
}

struct Reader {
    entry: Entry,
    place: Place,
    language: Option<String>,
    heading: Option<(HeadingLevel, String)>,
    code: Option<(String, String)>,
    example: Option<String>,
    inline: Vec<Inline>,
    link: Option<(String, String)>,
    strong: Option<String>,
    list_depth: usize,
    toml: Option<String>,
    html: String,
}

impl Reader {
    fn new(id: &str) -> Reader {
        Reader {
            entry: Entry {
                id: id.to_string(),
                meta: Meta::default(),
                texts: BTreeMap::new(),
                examples: Vec::new(),
                faults: Vec::new(),
            },
            place: Place::Head,
            language: None,
            heading: None,
            code: None,
            example: None,
            inline: Vec::new(),
            link: None,
            strong: None,
            list_depth: 0,
            toml: None,
            html: String::new(),
        }
    }

    fn fault(&mut self, what: impl Into<String>) {
        self.entry.faults.push(what.into());
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((level, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text)) = self.heading.take() {
                    self.heading(level, text.trim());
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((language, text)) = self.code.take() {
                    self.code_block(&language, text);
                }
            }
            Event::Start(Tag::List(_)) => self.list_depth += 1,
            Event::End(TagEnd::List(_)) => self.list_depth -= 1,
            Event::End(TagEnd::Item) => self.item(),
            Event::End(TagEnd::Paragraph) => self.paragraph(),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some((dest_url.to_string(), String::new()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((href, link)) = self.link.take() {
                    self.inline.push(Inline::Link { href, link });
                }
            }
            Event::Start(Tag::Strong) => self.strong = Some(String::new()),
            Event::End(TagEnd::Strong) => {
                if let Some(strong) = self.strong.take() {
                    self.inline.push(Inline::Strong { strong });
                }
            }
            Event::Text(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Code(code) => {
                if let Some((_, heading)) = &mut self.heading {
                    heading.push_str(&code);
                } else if self.link.is_some() || self.strong.is_some() {
                    self.fault(format!("`{code}`: code inside a link or strong text"));
                } else {
                    if code.contains('{') && code.contains('}') && has_value(&code) {
                        self.fault(format!(
                            "`{code}`: values go into a fenced block, not into inline code"
                        ));
                    }
                    self.inline.push(Inline::Code {
                        code: code.to_string(),
                    });
                }
            }
            Event::Html(html) => self.html.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                let html = std::mem::take(&mut self.html);
                if !(html.starts_with("<!--") && html.trim_end().ends_with("-->")) {
                    self.fault(format!("{html}: of HTML, only comments are used"));
                }
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::HtmlBlock) => {}
            other => self.fault(format!("not known here: {other:?}")),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, heading)) = &mut self.heading {
            heading.push_str(text);
        } else if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if let Some((_, link)) = &mut self.link {
            link.push_str(text);
        } else if let Some(strong) = &mut self.strong {
            strong.push_str(text);
        } else {
            // Markdown hands over text in pieces, braces apart: joined first, read at the end.
            match self.inline.last_mut() {
                Some(Inline::Text(last)) => last.push_str(text),
                _ => self.inline.push(Inline::Text(text.to_string())),
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, text: &str) {
        self.inline.clear();
        match level {
            HeadingLevel::H1 if text == "examples" => {
                self.place = Place::Examples;
                self.language = None;
            }
            HeadingLevel::H1 => match text.split_once(": ") {
                Some((language, title)) if LANGUAGES.contains(&language) => {
                    let first = self.entry.texts.contains_key(language);
                    if first {
                        self.fault(format!("# {language}: stands twice"));
                    }
                    self.language = Some(language.to_string());
                    self.place = Place::Summary;
                    self.article().title = title.trim().to_string();
                }
                _ => self.fault(format!(
                    "# {text}: a first heading is `# en: Title`, `# es: Title` or `# examples`"
                )),
            },
            HeadingLevel::H2 if self.place == Place::Examples => {
                self.example = Some(text.to_string());
            }
            HeadingLevel::H2 => {
                self.place = match text {
                    "causes" => Place::Causes,
                    "avoid" => Place::Avoid,
                    role if ROLES.contains(&role) => Place::Steps(role.to_string()),
                    _ => {
                        self.fault(format!(
                            "## {text}: a section is `causes`, `avoid` or a role: {}",
                            ROLES.join(", ")
                        ));
                        Place::Summary
                    }
                };
            }
            _ => self.fault(format!("{text}: only # and ## are used")),
        }
    }

    fn article(&mut self) -> &mut Text {
        let language = self.language.clone().unwrap_or_default();
        self.entry.texts.entry(language).or_default()
    }

    fn code_block(&mut self, language: &str, text: String) {
        match (&self.place, language) {
            (Place::Head, "toml") => self.toml = Some(text),
            (Place::Examples, _) => match self.example.take() {
                Some(title) => {
                    let not = title.strip_prefix("not: ");
                    self.entry.examples.push(Example {
                        not: not.is_some(),
                        title: not.unwrap_or(&title).to_string(),
                        text,
                    });
                }
                None => self.fault("an example without a `## title` above it"),
            },
            (Place::Steps(_), shell) if COMMANDS.contains(&shell) => {
                let command = self.values(text.trim_end(), true);
                self.inline.push(Inline::Command {
                    shell: shell.to_string(),
                    command,
                });
            }
            (_, language) => self.fault(format!(
                "```{language}: a block is `toml` at the top, an example, or in a step one of {}",
                COMMANDS.join(", ")
            )),
        }
    }

    fn paragraph(&mut self) {
        if self.list_depth > 0 {
            // A paragraph of an item goes on with the item.
            return;
        }
        let inline = self.take_inline();
        match self.place {
            Place::Summary => self.article().summary.push(inline),
            _ => self.fault(format!("text outside of a list: {inline:?}")),
        }
    }

    fn item(&mut self) {
        let inline = self.take_inline();
        match self.place.clone() {
            Place::Causes => self.article().causes.push(inline),
            Place::Avoid => self.article().avoid.push(inline),
            Place::Steps(role) => self.article().steps.entry(role).or_default().push(inline),
            _ => self.fault(format!("a list where none is used: {inline:?}")),
        }
    }

    fn take_inline(&mut self) -> Vec<Inline> {
        let mut out = Vec::new();
        for inline in std::mem::take(&mut self.inline) {
            match inline {
                Inline::Text(text) => out.extend(self.values(&text, false)),
                other => out.push(other),
            }
        }
        out
    }

    /// Splits text at `{name|fallback}`. A command may have braces of its
    /// own, with a blank inside: `{ $_.Enabled }`.
    fn values(&mut self, text: &str, command: bool) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((inside, behind)) = after.split_once('}') else {
                break;
            };
            match inside.split_once('|') {
                Some((name, fallback)) if VALUES.contains(&name) && !fallback.is_empty() => {
                    if !before.is_empty() {
                        out.push(Inline::Text(before.to_string()));
                    }
                    out.push(Inline::Value {
                        value: name.to_string(),
                        fallback: fallback.to_string(),
                    });
                    rest = behind;
                }
                _ if command && inside.starts_with(' ') && !has_value(inside) => {
                    let cut = rest.len() - behind.len();
                    out.push(Inline::Text(rest[..cut].to_string()));
                    rest = behind;
                }
                _ => {
                    self.fault(format!(
                        "{{{inside}}}: a value is {{name|words without it}}, its name one of {}",
                        VALUES.join(", ")
                    ));
                    rest = behind;
                }
            }
        }
        if !rest.is_empty() {
            out.push(Inline::Text(rest.to_string()));
        }
        out
    }

    fn finish(mut self) -> Entry {
        match self.toml.take() {
            None => self.fault("no ```toml block at the top"),
            Some(text) => match toml::from_str::<Meta>(&text) {
                Ok(meta) => self.entry.meta = meta,
                Err(error) => self.fault(format!("toml: {error}")),
            },
        }
        let faults = lint(&self.entry);
        self.entry.faults.extend(faults);
        self.entry
    }
}

/// Whether a text has the name of a value in it, as `{name|` or `{name}`.
fn has_value(text: &str) -> bool {
    VALUES
        .iter()
        .any(|name| text.contains(&format!("{{{name}|")) || text.contains(&format!("{{{name}}}")))
}

/// What is wrong with one file taken by itself.
fn lint(entry: &Entry) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |ok: bool, fault: String| {
        if !ok {
            faults.push(fault);
        }
    };
    let meta = &entry.meta;
    check(
        ROLES.contains(&meta.who.as_str()),
        format!("who = {:?}: one of {}", meta.who, ROLES.join(", ")),
    );
    check(
        meta.reviewed.is_some_and(|date| date.date.is_some()),
        "reviewed = a date, without quotes".to_string(),
    );
    check(!meta.matches.is_empty(), "no [[match]]".to_string());
    check(!meta.sources.is_empty(), "no sources".to_string());
    for link in &meta.sources {
        check(
            link.starts_with("https://"),
            format!("{link}: a source is an https:// link"),
        );
    }
    for block in &meta.matches {
        check(
            !block.weak || !(block.status.is_empty() && block.reply.is_empty()),
            "weak = true needs a status or a reply beside the text".to_string(),
        );
        check(
            !block.weak || !block.text.is_empty(),
            "weak = true without text".to_string(),
        );
        for phrase in &block.text {
            let plain = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
            check(
                *phrase == plain.to_lowercase(),
                format!("{phrase:?}: phrases are lower case, with single blanks"),
            );
            let letters = phrase.chars().filter(|c| c.is_alphabetic()).count();
            let wide = phrase
                .chars()
                .filter(|c| c.is_alphabetic() && !c.is_ascii())
                .count();
            let needed = match block.weak {
                true => WEAK_LETTERS,
                false => PHRASE_LETTERS,
            };
            check(
                letters + wide >= needed || !block.provider.0.is_empty() || is_hex_code(phrase),
                format!("{phrase:?}: a phrase without a provider has at least {needed} letters"),
            );
        }
    }
    for language in LANGUAGES {
        let Some(text) = entry.texts.get(*language) else {
            check(false, format!("no `# {language}:`"));
            continue;
        };
        lint_text(&mut check, language, text, &meta.who);
    }
    if let (Some(en), Some(es)) = (entry.texts.get("en"), entry.texts.get("es")) {
        lint_pair(&mut check, en, es);
    }
    check(
        entry.examples.iter().any(|example| !example.not),
        "no example that must land here".to_string(),
    );
    faults
}

/// A code of Windows, `0x800ccc0f`: as much its own as a word.
fn is_hex_code(phrase: &str) -> bool {
    phrase
        .strip_prefix("0x")
        .is_some_and(|digits| digits.len() == 8 && u32::from_str_radix(digits, 16).is_ok())
}

fn lint_text(check: &mut impl FnMut(bool, String), language: &str, text: &Text, who: &str) {
    check(
        !text.title.is_empty() && text.title.split_whitespace().count() <= TITLE_WORDS,
        format!("{language}: a title has 1 to {TITLE_WORDS} words"),
    );
    check(
        !text.summary.is_empty(),
        format!("{language}: no paragraph under the title"),
    );
    check(
        text.steps.contains_key(who),
        format!("{language}: no `## {who}`, who acts first"),
    );
    for (role, steps) in &text.steps {
        check(
            (1..=STEPS).contains(&steps.len()),
            format!("{language}: {role}: 1 to {STEPS} steps"),
        );
    }
    for inline in all_inline(text) {
        if let Inline::Link { href, link } = inline {
            check(
                href.starts_with("https://") && !link.is_empty(),
                format!("{language}: {href}: a link is [words](https://...)"),
            );
        }
    }
}

/// The same sections, steps, links, code and commands in both languages, and no text left untranslated.
fn lint_pair(check: &mut impl FnMut(bool, String), en: &Text, es: &Text) {
    check(
        en.title != es.title,
        "es: the title is the English one".to_string(),
    );
    check(
        en.causes.len() == es.causes.len() && en.avoid.len() == es.avoid.len(),
        "en and es differ in the number of causes or avoids".to_string(),
    );
    let count = |text: &Text| -> Vec<(String, usize)> {
        text.steps
            .iter()
            .map(|(role, steps)| (role.clone(), steps.len()))
            .collect()
    };
    check(
        count(en) == count(es),
        format!(
            "en and es differ in steps: {:?}, {:?}",
            count(en),
            count(es)
        ),
    );
    let fixed = |text: &Text| -> Vec<String> {
        let mut out: Vec<String> = all_inline(text)
            .filter_map(|inline| match inline {
                Inline::Link { href, .. } => Some(href.clone()),
                Inline::Code { code } => Some(code.clone()),
                Inline::Value { value, .. } => Some(format!("{{{value}}}")),
                Inline::Command { command, .. } => Some(
                    command
                        .iter()
                        .map(|piece| match piece {
                            Inline::Text(text) => text.clone(),
                            Inline::Value { value, .. } => format!("{{{value}}}"),
                            _ => String::new(),
                        })
                        .collect(),
                ),
                _ => None,
            })
            .collect();
        out.sort();
        out.dedup();
        out
    };
    let (a, b) = (fixed(en), fixed(es));
    for only in a.iter().filter(|one| !b.contains(one)) {
        check(false, format!("only in en: {only}"));
    }
    for only in b.iter().filter(|one| !a.contains(one)) {
        check(false, format!("only in es: {only}"));
    }
    let long = |text: &Text| -> Vec<String> {
        all_inline(text)
            .filter_map(|inline| match inline {
                Inline::Text(words) if words.split_whitespace().count() >= 4 => {
                    Some(words.trim().to_string())
                }
                _ => None,
            })
            .collect()
    };
    let english = long(en);
    for same in long(es).iter().filter(|words| english.contains(words)) {
        check(false, format!("es: not translated: {same}"));
    }
    lint_contractions(check, es);
}

/// Spanish joins "de el" and "a el", which a value's words cannot do.
fn lint_contractions(check: &mut impl FnMut(bool, String), es: &Text) {
    let paragraphs = es
        .summary
        .iter()
        .chain(&es.causes)
        .chain(&es.avoid)
        .chain(es.steps.values().flatten());
    for pair in paragraphs.flat_map(|paragraph| paragraph.windows(2)) {
        if let [Inline::Text(before), Inline::Value { fallback, .. }] = pair {
            let last = before.split_whitespace().last().unwrap_or_default();
            check(
                !(matches!(last, "de" | "a" | "De" | "A") && fallback.starts_with("el ")),
                format!(
                    "es: \"{last} {fallback}\" is joined in Spanish: choose words without \"el\""
                ),
            );
        }
    }
}

/// Every piece of running text of an article.
pub fn all_inline(text: &Text) -> impl Iterator<Item = &Inline> {
    text.summary
        .iter()
        .chain(&text.causes)
        .chain(&text.avoid)
        .chain(text.steps.values().flatten())
        .flatten()
}
