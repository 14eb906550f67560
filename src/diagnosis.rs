//! What was said, ranked against the rules of the catalogue.
//!
//! One pass finds every phrase in every statement; each rule whose conditions
//! hold is a [`Candidate`]; the best one is the diagnosis. The order is
//! computed, never written down: see [`Rank`].

use std::sync::OnceLock;

use serde::Serialize;

use crate::budget::Budget;
use crate::catalog::{self, Article, Basis, Category, PROVIDERS, Place, Rule, StatusPattern};
use crate::limits;
use crate::matcher::Matcher;
use crate::order;
use crate::report::{Action, Kind, PerRecipient, Report, Statement};
use crate::smtp::EnhancedStatus;
use crate::source::{Source, Span};
use crate::words::Words;

mod captures;
pub mod phrase;
mod speakers;

pub use captures::Captured;

/// What a recipient's failure means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnosis {
    /// The id of the article that explains it.
    pub article: &'static str,
    /// What kind of failure it is.
    pub category: Category,
    /// How sure that is.
    pub basis: Basis,
    /// Whether it is final. `false` means that the server, or sending again
    /// later, may still succeed.
    pub permanent: bool,
    /// Who said the deciding words, where that is known: an id of [`PROVIDERS`].
    pub provider: Option<&'static str>,
    /// The words that decided.
    pub evidence: Vec<Span>,
    /// This bounce's own values, for the article's text.
    pub captured: Vec<Captured>,
}

/// How well a rule fits, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Nothing is known.
    Unknown,
    /// The class of the code.
    Class,
    /// What the standard says of the reply code: of `550 5.7.999` the subject
    /// tells more, of `550 5.0.0` there is none.
    RegistryReply,
    /// The subject of the code.
    Subject,
    /// What the standard says of `x.y.0`, the undefined detail of a subject.
    RegistryUndefined,
    /// Words that only say where the real reason stands: better than a guess
    /// from a reply code or the first digits of a status, worse than anything
    /// that is a reason.
    Wrapper,
    /// What the standard says of the enhanced status.
    RegistryStatus,
    /// Such words with the exact code that says no more than they do.
    WrapperAndStatus,
    /// A general phrase with an agreeing code.
    WeakText,
    /// A range of a provider's codes.
    Range,
    /// A phrase that many systems use, of an article that is no provider's.
    SharedText,
    /// A provider's exact code.
    Status,
    /// A phrase.
    Text,
    /// A phrase with the exact code.
    TextAndStatus,
    /// A phrase in the provider's mouth.
    ProviderText,
}

impl Rank {
    fn basis(self) -> Basis {
        match self {
            Rank::ProviderText => Basis::ProviderText,
            Rank::TextAndStatus
            | Rank::Text
            | Rank::SharedText
            | Rank::WeakText
            | Rank::WrapperAndStatus
            | Rank::Wrapper => Basis::Text,
            Rank::Status | Rank::Range => Basis::Status,
            Rank::RegistryStatus | Rank::RegistryUndefined | Rank::RegistryReply => Basis::Registry,
            Rank::Subject | Rank::Class | Rank::Unknown => Basis::Class,
        }
    }
}

/// A rule whose conditions hold for a statement.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The article that the rule belongs to.
    pub article: &'static Article,
    /// How well it fits.
    pub rank: Rank,
    /// What orders candidates, the greatest first: see [`Candidate::key`].
    key: Key,
    /// Which statement of [`PerRecipient::said`] it is about.
    pub statement: usize,
    /// Who said it: an index into [`PROVIDERS`].
    speaker: Option<u16>,
    evidence: Vec<Span>,
    tokens: Vec<(&'static str, Span)>,
}

/// Specific, the nearer statement, the rank, the narrower range, the longer
/// phrase.
type Key = (bool, std::cmp::Reverse<usize>, Rank, u32, u16);

impl Candidate {
    /// Whether it rests on words or on a code of this failure's own, so that
    /// no statement further away can win.
    fn is_specific(&self) -> bool {
        self.key.0
    }

    /// What orders candidates: two articles with the same key are a tie,
    /// which the catalogue's tests refuse.
    pub fn key(&self) -> impl Ord + PartialEq + std::fmt::Debug + use<> {
        self.key
    }
}

/// Fills in the diagnosis of every recipient of a bounce or a delay.
pub fn diagnose(report: &mut Report, sources: &[Source], budget: &mut Budget) {
    if !matches!(report.kind, Kind::Bounce | Kind::Delay) {
        return;
    }
    for n in 0..report.per_recipient.len() {
        let recipient = &report.per_recipient[n];
        let best = ranked(recipient, sources, false).into_iter().next();
        if is_open(recipient, best.as_ref()) {
            budget.problem("said-cut");
        }
        let diagnosis = best.map(|best| conclude(best, report, recipient, sources));
        report.per_recipient[n].diagnosis = diagnosis;
    }
}

/// Whether what was cut off could change the answer: it stands before or in
/// the statement that decides, or none says anything specific.
fn is_open(recipient: &PerRecipient, best: Option<&Candidate>) -> bool {
    let said = &recipient.said;
    let heard = match best {
        Some(best) if best.is_specific() => best.statement + 1,
        _ => said.len(),
    };
    said.iter()
        .take(heard)
        .any(|statement| statement.is_cut || statement.span.length() > limits::WORDS)
}

/// Every article that fits, the best first, each once.
pub fn rank(recipient: &PerRecipient, sources: &[Source]) -> Vec<Candidate> {
    ranked(recipient, sources, true)
}

/// The articles that fit, the best first; without `all`, those of the
/// statements behind a decisive one are left out.
fn ranked(recipient: &PerRecipient, sources: &[Source], all: bool) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (n, statement) in recipient.said.iter().enumerate() {
        let words = Words::of(sources, statement.span);
        let heard = Heard::new(recipient, statement, n, words);
        heard.candidates(&mut found);
        // A nearer statement goes before any further one.
        if !all && found.iter().any(Candidate::is_specific) {
            break;
        }
    }
    if recipient.said.is_empty() {
        // Only fields: a Status without any words.
        Heard::fields_only(recipient).candidates(&mut found);
    }
    order::sort_by(&mut found, |a, b| {
        b.key.cmp(&a.key).then(a.article.id.cmp(b.article.id))
    });
    let mut seen = std::collections::HashSet::new();
    found.retain(|candidate| seen.insert(candidate.article.id));
    found
}

fn conclude(
    best: Candidate,
    report: &Report,
    recipient: &PerRecipient,
    sources: &[Source],
) -> Diagnosis {
    let statement = recipient.said.get(best.statement);
    let permanent = match (recipient.action, report.kind) {
        (Some(Action::Delayed), _) | (_, Kind::Delay) => false,
        (Some(Action::Failed), _) => best.article.permanent.unwrap_or(true),
        _ => best
            .article
            .permanent
            .unwrap_or_else(|| !states_temporary(recipient)),
    };
    let mut evidence = best.evidence.clone();
    if evidence.is_empty() {
        evidence.extend(statement.map(|statement| statement.span));
    }
    evidence.retain(|span| span.start < span.end);
    order::sorted_set(&mut evidence);
    Diagnosis {
        article: best.article.id,
        category: best.article.category,
        basis: best.rank.basis(),
        permanent,
        provider: best
            .speaker
            .and_then(|at| PROVIDERS.get(at as usize))
            .map(|provider| provider.id),
        evidence,
        captured: captures::collect(report, recipient, statement, &best.tokens, sources),
    }
}

/// Whether the code says that trying again may help. The reply code decides:
/// `554 4.3.2` and `550 4.4.7` are final.
fn states_temporary(recipient: &PerRecipient) -> bool {
    match (&recipient.reply_code, &recipient.status) {
        (Some(code), _) => code.value / 100 == 4,
        (None, Some(status)) => status.value.class == 4,
        (None, None) => false,
    }
}

/// One statement, ready to be held against the rules.
struct Heard {
    order: usize,
    words: Option<Words>,
    hits: phrase::Hits,
    status: Option<(EnhancedStatus, Option<Span>)>,
    reply: Option<(u16, Option<Span>)>,
    class: Option<u8>,
    providers: Vec<u16>,
    deciding: bool,
    after_data: bool,
    /// The recipient's address in small letters.
    recipient: String,
}

impl Heard {
    fn new(recipient: &PerRecipient, statement: &Statement, order: usize, words: Words) -> Heard {
        // The deciding statement has the recipient's status and code, which
        // may stand in an enclosing one; every other only its own.
        let deciding = order == 0;
        let status = match (deciding, &recipient.status, &statement.status) {
            (true, Some(field), _) | (_, _, Some(field)) => Some((field.value, Some(field.span))),
            _ => None,
        };
        let reply = match (deciding, &recipient.reply_code, &statement.reply_code) {
            (true, Some(field), _) | (_, _, Some(field)) => Some((field.value, Some(field.span))),
            _ => None,
        };
        let hits = pieces(words.text());
        Heard {
            order,
            class: class(status, reply),
            providers: speakers::of(recipient, statement, &words),
            words: Some(words),
            hits,
            status,
            reply,
            deciding,
            after_data: deciding
                && (recipient.command.as_ref()).is_some_and(|field| field.value == "DATA"),
            recipient: (recipient.final_recipient.as_ref())
                .map(|field| field.value.to_ascii_lowercase())
                .unwrap_or_default(),
        }
    }

    fn fields_only(recipient: &PerRecipient) -> Heard {
        let status = recipient
            .status
            .as_ref()
            .map(|field| (field.value, Some(field.span)));
        let reply = recipient
            .reply_code
            .as_ref()
            .map(|field| (field.value, Some(field.span)));
        Heard {
            order: 0,
            words: None,
            hits: phrase::Hits::default(),
            class: class(status, reply),
            status,
            reply,
            providers: Vec::new(),
            deciding: true,
            after_data: false,
            recipient: String::new(),
        }
    }

    fn candidates(&self, found: &mut Vec<Candidate>) {
        // A bare code says nothing about text around the deciding reply.
        let by_phrase = self.hits.pieces().flat_map(catalog::rules_of_piece);
        let mut places: Vec<Place> = by_phrase.copied().collect();
        if self.deciding {
            places.extend(catalog::rules_of_codes());
            if let Some((status, _)) = self.status {
                places.extend(catalog::rules_of_status(status.subject, status.detail));
            }
        }
        order::sorted_set(&mut places);
        for (article, rule) in places {
            if let Some(article) = catalog::articles().get(article as usize)
                && let Some(rule) = article.rules.get(rule as usize)
            {
                self.try_rule(article, rule, found);
            }
        }
    }

    fn try_rule(&self, article: &'static Article, rule: &'static Rule, found: &mut Vec<Candidate>) {
        if rule.after_data && !self.after_data || !self.recipient.starts_with(rule.recipient) {
            return;
        }
        let mut evidence = Vec::new();
        let narrower = rule.after_data || !rule.recipient.is_empty();
        let mut width = ANY_CODE - u32::from(narrower);
        let mut exact = false;
        let mut code_rank = None;
        if !rule.status.is_empty() {
            let Some((pattern, rank)) = rule
                .status
                .iter()
                .filter_map(|pattern| self.status_rank(*pattern).map(|rank| (pattern, rank)))
                .max_by_key(|(pattern, rank)| (*rank, std::cmp::Reverse(breadth(**pattern))))
            else {
                return;
            };
            width = breadth(*pattern);
            exact = rank == Rank::Status || rank == Rank::RegistryStatus;
            code_rank = Some(rank);
            evidence.extend(self.status.and_then(|(_, span)| span));
        }
        if !rule.reply.is_empty() {
            match self.reply {
                Some((code, span)) if rule.reply.contains(&code) => evidence.extend(span),
                _ => return,
            }
            code_rank = code_rank.or(Some(Rank::RegistryReply));
        }
        if !rule.provider.is_empty()
            && !rule
                .provider
                .iter()
                .any(|provider| self.providers.contains(provider))
        {
            return;
        }
        let mut length = 0;
        let mut tokens = Vec::new();
        let rank = if rule.text.is_empty() {
            code_rank.unwrap_or(Rank::Unknown)
        } else {
            let Some(words) = &self.words else { return };
            let best = rule
                .text
                .iter()
                .filter_map(|phrase| {
                    phrase::locate(phrase, words.text(), &self.hits).map(|hit| (phrase, hit))
                })
                .max_by_key(|(phrase, _)| phrase.length);
            let Some((phrase, hit)) = best else { return };
            length = phrase.length;
            evidence = vec![words.span(hit.range.clone())];
            tokens = hit
                .tokens
                .iter()
                .map(|(name, range)| (*name, words.span(range.clone())))
                .collect();
            if rule.weak {
                Rank::WeakText
            } else if !rule.provider.is_empty() {
                Rank::ProviderText
            } else if article.shared {
                Rank::SharedText
            } else if exact {
                Rank::TextAndStatus
            } else {
                Rank::Text
            }
        };
        let rank = match (rule.wrapper, exact) {
            (true, true) => Rank::WrapperAndStatus,
            (true, false) => Rank::Wrapper,
            (false, _) => rank,
        };
        let specific = rank >= Rank::WeakText;
        found.push(Candidate {
            article,
            rank,
            key: (
                specific,
                std::cmp::Reverse(if specific { self.order } else { 0 }),
                rank,
                u32::MAX - width,
                length,
            ),
            statement: self.order,
            speaker: self.providers.first().copied(),
            evidence,
            tokens,
        });
    }

    fn status_rank(&self, pattern: StatusPattern) -> Option<Rank> {
        let (class, subject, detail) = match self.status {
            Some((status, _)) => (status.class, Some(status.subject), Some(status.detail)),
            None => (self.class?, None, None),
        };
        if pattern.class.is_some_and(|wanted| wanted != class) {
            return None;
        }
        match (pattern.subject, pattern.detail) {
            (None, _) => Some(Rank::Class),
            (Some(wanted), None) => (Some(wanted) == subject).then_some(Rank::Subject),
            (Some(wanted), Some((first, last))) => {
                if Some(wanted) != subject || !detail.is_some_and(|d| (first..=last).contains(&d)) {
                    return None;
                }
                Some(match (first == last, pattern.class) {
                    (true, None) if first == 0 => Rank::RegistryUndefined,
                    (true, None) => Rank::RegistryStatus,
                    (true, Some(_)) => Rank::Status,
                    (false, _) => Rank::Range,
                })
            }
        }
    }
}

/// The breadth of a rule that asks for no status.
const ANY_CODE: u32 = 2000;

/// How many details a pattern takes.
fn breadth(pattern: StatusPattern) -> u32 {
    pattern
        .detail
        .map_or(1000, |(first, last)| u32::from(last - first))
}

/// The class that the code states: the status' first digit, else the reply code's.
fn class(
    status: Option<(EnhancedStatus, Option<Span>)>,
    reply: Option<(u16, Option<Span>)>,
) -> Option<u8> {
    status
        .map(|(status, _)| status.class)
        .or(reply.map(|(code, _)| (code / 100) as u8))
}

/// Every literal piece of every phrase that stands in a text, as [`Words::text`] gives it.
pub fn pieces(text: &str) -> phrase::Hits {
    phrase::Hits::find(matcher(), catalog::pieces(), text)
}

/// All literal pieces of all phrases at once.
fn matcher() -> &'static Matcher {
    static MATCHER: OnceLock<Matcher> = OnceLock::new();
    MATCHER.get_or_init(|| Matcher::new(catalog::pieces()))
}
