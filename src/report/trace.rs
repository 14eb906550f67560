//! A header block to the way of its message and what was checked on it: the
//! hops of Received (RFC 5321, section 4.4) with their delays,
//! Authentication-Results (RFC 8601), Received-SPF (RFC 7208), the domains
//! of DKIM-Signature (RFC 6376), and the facts that Microsoft and Google
//! write beside them.

use std::ops::Range;

use mail_parser::HeaderForm;
use serde::Serialize;

use crate::budget::Budget;
use crate::limits;
use crate::report::fields::{self, Lines, RawField};
use crate::source::{Field, Origin, Source, Span};

/// The way of a message, as its header tells it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trace {
    /// From host to host, the oldest first.
    pub hops: Vec<Hop>,
    /// What hosts found when they checked it.
    pub checks: Vec<Check>,
    /// The domains that signed it.
    pub signatures: Vec<Field<String>>,
    /// What large providers noted about it.
    pub notes: Vec<Note>,
}

/// One host handing a message to the next.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hop {
    /// The host that gave it, as it called itself.
    pub from: Option<Field<String>>,
    /// The host that took it.
    pub by: Option<Field<String>>,
    /// The protocol (`ESMTPS`, `HTTP` ...).
    pub with: Option<Field<String>>,
    /// When, as written.
    pub date: Option<Field<String>>,
    /// Seconds since the hop before; `None` where either date is missing or
    /// unreadable. Negative where clocks differ.
    pub delay: Option<i64>,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// `spf`, `dkim`, `dmarc`, `arc`, `compauth` ..., lower case.
    pub method: String,
    /// `pass`, `fail`, `none` ..., lower case.
    pub result: Field<String>,
    /// The domain or address that was checked.
    pub identity: Option<Field<String>>,
}

/// A header field of a provider, as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// The name of the field.
    pub name: String,
    /// Its value.
    pub value: Field<String>,
}

/// The fields that are worth a reader's eye.
const NOTES: [&str; 20] = [
    "X-Forefront-Antispam-Report",
    "X-Microsoft-Antispam",
    "X-MS-Exchange-Organization-SCL",
    "X-MS-Exchange-Organization-AuthAs",
    "X-MS-Exchange-CrossTenant-AuthAs",
    "X-MS-Exchange-CrossTenant-Id",
    "X-MS-Exchange-CrossTenant-FromEntityHeader",
    "X-MS-Exchange-CrossTenant-Network-Message-Id",
    "X-MS-Exchange-Organization-Network-Message-Id",
    "X-MS-Exchange-SenderADCheck",
    "X-MS-Exchange-Generated-Message-Source",
    "X-MS-Exchange-Parent-Message-Id",
    "X-MS-Office365-Filtering-Correlation-Id",
    "X-OriginatorOrg",
    "X-Originating-IP",
    "X-Google-Original-From",
    "X-Google-DKIM-Signature",
    "X-Gm-Spam",
    "X-Spam-Status",
    "X-Spam-Score",
];

/// Reads one header block.
pub fn read(sources: &[Source], block: Span, origin: Origin, budget: &mut Budget) -> Trace {
    let mut trace = Trace::default();
    let Some(source) = sources.get(block.source as usize) else {
        return trace;
    };
    let mut times = Vec::new();
    let stretch = block.start as usize..block.end as usize;
    for field in fields::read_within(source, stretch, Lines::All) {
        let value = Value {
            sources,
            block: block.source,
            range: field.value.clone(),
            origin,
        };
        match field.name.to_ascii_lowercase().as_str() {
            "received" if trace.hops.len() < limits::HOPS => {
                let (hop, time) = hop(value);
                trace.hops.push(hop);
                times.push(time);
            }
            "received" => budget.problem("too-many-hops"),
            "authentication-results" | "x-ms-exchange-authentication-results" => {
                results(value, &mut trace.checks)
            }
            "received-spf" => trace.checks.extend(received_spf(value)),
            "dkim-signature" => trace.signatures.extend(signing_domain(value)),
            _ => trace.notes.extend(note(&field, value)),
        }
    }
    let shown = [
        trace.checks.len(),
        trace.signatures.len(),
        trace.notes.len(),
    ];
    if shown.into_iter().any(|number| number > limits::HOPS) {
        budget.problem("too-many-hops");
    }
    trace.checks.truncate(limits::HOPS);
    trace.signatures.truncate(limits::HOPS);
    trace.notes.truncate(limits::HOPS);
    trace.hops.reverse();
    times.reverse();
    for (hop, pair) in trace.hops.iter_mut().skip(1).zip(times.windows(2)) {
        if let [Some(before), Some(now)] = pair {
            hop.delay = Some(now - before);
        }
    }
    trace
}

/// The value of a header field, and its parts where they stand.
#[derive(Clone)]
struct Value<'a> {
    sources: &'a [Source],
    block: u32,
    range: Range<usize>,
    origin: Origin,
}

impl<'a> Value<'a> {
    fn text(&self) -> &'a str {
        self.sources
            .get(self.block as usize)
            .and_then(|source| source.text.get(self.range.clone()))
            .unwrap_or("")
    }

    /// A part of the value as a field.
    fn part(&self, part: Range<usize>) -> Field<String> {
        let span = Span {
            source: self.block,
            start: (self.range.start + part.start) as u32,
            end: (self.range.start + part.end) as u32,
        };
        Field {
            value: fields::unfolded(self.sources, span),
            span,
            origin: self.origin,
        }
    }
}

fn hop(value: Value<'_>) -> (Hop, Option<i64>) {
    let text = value.text();
    let mut hop = Hop::default();
    let mut time = None;
    if let Some(semicolon) = text.rfind(';') {
        let rest = text.get(semicolon + 1..).unwrap_or("");
        let start = semicolon + 1 + (rest.len() - rest.trim_start().len());
        let date = value.part(start..start + rest.trim().len());
        let parsed = HeaderForm::Date.parse(date.value.as_bytes());
        time = parsed
            .value()
            .as_datetime()
            .filter(|date| date.is_valid())
            .map(|date| date.to_timestamp());
        hop.date = (!date.value.is_empty()).then_some(date);
    }
    let words = words(text);
    let said = |n: usize| words.get(n).and_then(|word| text.get(word.clone()));
    // Exchange's protocol is called "Microsoft SMTP Server".
    if let Some(n) = (0..words.len()).find(|n| said(*n) == Some("Microsoft"))
        && (said(n + 1), said(n + 2)) == (Some("SMTP"), Some("Server"))
        && let (Some(first), Some(last)) = (words.get(n), words.get(n + 2))
    {
        hop.with = Some(value.part(first.start..last.end));
    }
    for pair in words.windows(2) {
        let [clause, word] = pair else {
            continue;
        };
        let slot = match text.get(clause.clone()).unwrap_or("") {
            "from" => &mut hop.from,
            "by" => &mut hop.by,
            "with" => &mut hop.with,
            _ => continue,
        };
        if slot.is_none() {
            *slot = Some(value.part(word.clone()));
        }
    }
    (hop, time)
}

/// The words of a structured value, comments in parentheses left out.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut depth = 0u32;
    let mut start = None;
    for (at, character) in text.char_indices() {
        let is_word = depth == 0 && !character.is_whitespace() && !matches!(character, '(' | ';');
        match (is_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// `method=result` and the identity that stands with it, for each check.
fn results(value: Value<'_>, checks: &mut Vec<Check>) {
    const METHODS: [&str; 10] = [
        "spf",
        "dkim",
        "dmarc",
        "arc",
        "iprev",
        "auth",
        "compauth",
        "sender-id",
        "domainkeys",
        "dkim-adsp",
    ];
    const IDENTITIES: [&str; 7] = [
        "smtp.mailfrom",
        "smtp.helo",
        "header.d",
        "header.i",
        "header.from",
        "policy.iprev",
        "smtp.auth",
    ];
    let text = value.text();
    for word in words(text) {
        if checks.len() > limits::HOPS {
            break;
        }
        let Some((name, result)) = text.get(word.clone()).and_then(|word| word.split_once('='))
        else {
            continue;
        };
        let at = word.end - result.len()..word.end;
        let name = name.to_ascii_lowercase();
        if METHODS.contains(&name.as_str()) {
            let mut result = value.part(at);
            result.value = result.value.to_ascii_lowercase();
            checks.push(Check {
                method: name,
                result,
                identity: None,
            });
        } else if IDENTITIES.contains(&name.as_str())
            && let Some(last) = checks.last_mut()
            && last.identity.is_none()
        {
            last.identity = Some(value.part(at));
        }
    }
}

/// `pass (comment) client-ip=192.0.2.1; envelope-from="a@example.com"; ...`
fn received_spf(value: Value<'_>) -> Option<Check> {
    let text = value.text();
    let words = words(text);
    let first = words.first()?.clone();
    let mut result = value.part(first);
    result.value = result.value.to_ascii_lowercase();
    let identity = words.into_iter().find_map(|word| {
        let identity = text.get(word.clone())?.strip_prefix("envelope-from=")?;
        let plain = identity.trim_matches(['"', '<', '>']);
        let start = word.end - identity.len() + identity.find(plain)?;
        Some(value.part(start..start + plain.len()))
    });
    // "domain of a@example.com designates 192.0.2.1 as permitted sender"
    let identity = identity.or_else(|| {
        let start = text.find("domain of ")? + "domain of ".len();
        let rest = text.get(start..)?;
        let words = rest
            .trim_start()
            .trim_start_matches("transitioning")
            .trim_start();
        let start = start + (rest.len() - words.len());
        let length = words.find(char::is_whitespace)?;
        Some(value.part(start..start + length))
    });
    Some(Check {
        method: "spf".to_string(),
        result,
        identity,
    })
}

/// The value of the tag `d=` (RFC 6376, section 3.5).
fn signing_domain(value: Value<'_>) -> Option<Field<String>> {
    let text = value.text();
    let mut at = 0;
    for tag in text.split_inclusive(';') {
        let start = at;
        at += tag.len();
        let plain = tag.trim_end_matches(';');
        let Some((name, domain)) = plain.split_once('=') else {
            continue;
        };
        if name.trim() == "d" && !domain.trim().is_empty() {
            let from = start + name.len() + 1 + (domain.len() - domain.trim_start().len());
            return Some(value.part(from..from + domain.trim().len()));
        }
    }
    None
}

fn note(field: &RawField, value: Value<'_>) -> Option<Note> {
    let name = NOTES
        .iter()
        .find(|name| name.eq_ignore_ascii_case(&field.name))?;
    let whole = value.part(0..value.text().len());
    (!whole.value.is_empty()).then(|| Note {
        name: name.to_string(),
        value: whole,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Role;

    fn trace(text: &str) -> Trace {
        let source = Source {
            role: Role::Returned,
            text: text.to_string(),
            wrapped_at: None,
        };
        let block = source.whole(0);
        read(&[source], block, Origin::Returned, &mut Budget::default())
    }

    fn value(field: &Option<Field<String>>) -> &str {
        field.as_ref().map_or("", |field| &field.value)
    }

    #[test]
    fn hops_are_in_order_with_delays() {
        let trace = trace(
            "Received: from b.example.net (b.example.net [192.0.2.2] (by hand))\n\
             \tby c.example.org (Postfix) with ESMTPS id 1\n\
             \tfor <a@example.org>; Thu, 12 Nov 2026 09:31:02 +0000 (UTC)\n\
             Received: from a.example.com by b.example.net with HTTP;\n\
             \tThu, 12 Nov 2026 10:30:00 +0100\n\
             Received: (qmail 1 invoked by uid 2); 12 Nov 2026 09:29:59 -0000\n\
             Received: nonsense\n",
        );
        let hops: Vec<(&str, &str, &str, Option<i64>)> = trace
            .hops
            .iter()
            .map(|hop| {
                (
                    value(&hop.from),
                    value(&hop.by),
                    value(&hop.with),
                    hop.delay,
                )
            })
            .collect();
        assert_eq!(
            hops,
            [
                ("", "", "", None),
                ("", "", "", None),
                ("a.example.com", "b.example.net", "HTTP", Some(1)),
                ("b.example.net", "c.example.org", "ESMTPS", Some(62)),
            ]
        );
    }

    #[test]
    fn checks_signatures_and_notes() {
        let trace = trace(
            "Authentication-Results: mx.example.org;\n\
             \tspf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a@example.com;\n\
             \tdkim=FAIL (body hash; see above) header.d=example.com; dmarc=none\n\
             Received-SPF: SoftFail (mx: domain of a@example.com) client-ip=192.0.2.1;\n\
             \tenvelope-from=\"a@example.com\"; helo=x\n\
             DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n\
             \td=example.com; s=key; bh=x=; b=y\n\
             X-OriginatorOrg: example.com\n",
        );
        let checks: Vec<(&str, &str, &str)> = trace
            .checks
            .iter()
            .map(|check| {
                let identity = value(&check.identity);
                (check.method.as_str(), check.result.value.as_str(), identity)
            })
            .collect();
        assert_eq!(
            checks,
            [
                ("spf", "pass", "a@example.com"),
                ("dkim", "fail", "example.com"),
                ("dmarc", "none", ""),
                ("spf", "softfail", "a@example.com"),
            ]
        );
        assert_eq!(trace.signatures[0].value, "example.com");
        assert_eq!(trace.notes[0].name, "X-OriginatorOrg");
    }
}
