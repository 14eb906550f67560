//! A text for people, line by line: which lines report, and which only show
//! the message that came back, the head of a forward or a signature.

use std::ops::Range;
use std::sync::OnceLock;

use super::labels::{self, Label};
use super::phrases::{self, Tells};
use super::table::Table;
use crate::matcher::Lists;
use crate::order;
use crate::smtp::EnhancedStatus;
use crate::source::{Source, Span};
use crate::unwrapped::{Unwrapped, is_dated};

/// How many blank lines are looked over for the line next to them.
pub(super) const BLANK: usize = 100;

/// A text and its lines.
#[derive(Debug)]
pub(super) struct Page {
    pub text: Unwrapped,
    pub lines: Vec<Line>,
    /// The phrases in the report's own lines.
    pub phrases: Vec<(Tells, Range<usize>)>,
    /// The lines that stand under headings, in order.
    pub tables: Vec<Table>,
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its bytes without the white space around them.
    pub range: Range<usize>,
    pub part: Part,
    /// Whether it was written into a log.
    pub is_log: bool,
    /// The label it starts with, and where the value starts.
    pub label: Option<(Label, usize)>,
    /// Lines with the same number tell about the same recipients: a
    /// paragraph, a group of fields, a log line.
    pub block: u32,
}

/// What a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The report itself.
    Report,
    /// The header block over a forwarded or pasted report.
    Head,
    /// The message that came back.
    Returned,
    /// A signature.
    Signature,
}

impl Page {
    pub fn new(sources: &[Source], source: u32) -> Page {
        let length = sources
            .get(source as usize)
            .map_or(0, |source| source.text.len());
        let span = Span {
            source,
            start: 0,
            end: length as u32,
        };
        let text = Unwrapped::of(sources, span);
        let phrases = phrases::find(text.lower());
        let mut page = Page {
            lines: lines(&text),
            text,
            phrases,
            tables: Vec::new(),
        };
        page.divide();
        page.tabulate();
        let (lines, phrases) = (&page.lines, &mut page.phrases);
        phrases.retain(|(_, range)| {
            part_of(lines, range.start).is_none_or(|part| matches!(part, Part::Report | Part::Head))
        });
        page
    }

    pub fn raw(&self, range: Range<usize>) -> &str {
        self.text.text().get(range).unwrap_or("")
    }

    pub fn lower(&self, range: Range<usize>) -> &str {
        self.text.lower().get(range).unwrap_or("")
    }

    /// The index of the line that holds the byte at `at`.
    pub fn line_at(&self, at: usize) -> usize {
        line_at(&self.lines, at)
    }

    pub fn part_at(&self, at: usize) -> Part {
        part_of(&self.lines, at).unwrap_or(Part::Report)
    }

    /// Whether a failure or a delay is told in a stretch.
    pub fn reports(&self, range: Range<usize>) -> bool {
        self.any(range, |tells| tells != Tells::Hint)
    }

    /// Whether at least words are there that also tell other things.
    pub fn hints(&self, range: Range<usize>) -> bool {
        self.any(range, |_| true)
    }

    fn any(&self, range: Range<usize>, is: impl Fn(Tells) -> bool) -> bool {
        let first = self
            .phrases
            .partition_point(|(_, phrase)| phrase.end <= range.start);
        self.phrases[first..]
            .iter()
            .take_while(|(_, phrase)| phrase.start < range.end)
            .take(PHRASES)
            .any(|(tells, _)| is(*tells))
    }

    /// Tells the parts and the blocks of the lines.
    fn divide(&mut self) {
        let mut part = Part::Report;
        let mut block = 0;
        // Whether the returned part goes on over empty lines.
        let mut whole = false;
        let mut told = false;
        let mut headless = 0;
        let mut n = 0;
        while n < self.lines.len() {
            let range = self.lines[n].range.clone();
            let empty = range.is_empty();
            if empty {
                block += 1;
            }
            if part != Part::Report {
                let over = match part {
                    Part::Returned if whole => self.opens_report(n),
                    Part::Signature if whole => self.ends_signature(n, &mut headless),
                    _ => empty,
                };
                if over {
                    told &= part == Part::Signature;
                    part = Part::Report;
                    block += 1;
                }
            }
            if part == Part::Report && !empty {
                if let Some(head) = self.head_block(n, told, &mut headless) {
                    for line in &mut self.lines[n..head.end] {
                        line.part = head.part;
                        line.block = block;
                    }
                    part = head.part;
                    whole = head.whole;
                    n = head.end;
                    continue;
                }
                let lower = self.lower(range.clone());
                if lower == "--" {
                    part = Part::Signature;
                    whole = false;
                } else if is_farewell(self.raw(range.clone())) {
                    part = Part::Signature;
                    whole = true;
                } else if is_returned_marker(lower, self.raw(range.clone()))
                    && !self.is_forward(n, told)
                {
                    part = Part::Returned;
                    whole = true;
                } else if self.lines[n].is_log {
                    block += 1;
                }
                told |= self.reports(range.clone());
            }
            self.lines[n].part = part;
            self.lines[n].block = block;
            n += 1;
        }
    }

    /// Finds the lines that stand under headings.
    fn tabulate(&mut self) {
        let mut n = 0;
        while n < self.lines.len() {
            let table = Table::headed_by(self.raw(self.lines[n].range.clone()), n);
            n += 1;
            let Some(mut table) = table else {
                continue;
            };
            // Some programs set an empty line between all lines.
            let mut empty = 0;
            while let Some(line) = self.lines.get(n)
                && empty < 2
                && line.part == Part::Report
            {
                empty = if line.range.is_empty() { empty + 1 } else { 0 };
                n += 1;
            }
            table.rows.end = n;
            self.tables.push(table);
        }
    }

    /// The table that line `n` is a row of.
    pub fn table(&self, n: usize) -> Option<&Table> {
        let next = self.tables.partition_point(|table| table.rows.end <= n);
        self.tables.get(next).filter(|table| {
            table.rows.contains(&n) && table.has_row(self.raw(self.lines[n].range.clone()))
        })
    }

    /// The block of header lines that begins at line `n`. None begins before
    /// `headless`: what was looked over in vain is not looked over again from
    /// each of its lines.
    fn head_block(&self, n: usize, told: bool, headless: &mut usize) -> Option<Head> {
        let first = &self.lines[n];
        let label = first.label?.0;
        let lower = self.lower(first.range.clone());
        let trace = [
            "received: from ",
            "received: by ",
            "received: (",
            "received:from ",
        ]
        .iter()
        .any(|start| lower.starts_with(start))
            || lower.starts_with("return-path: <")
            || lower.starts_with("dkim-signature:")
            || lower.starts_with("arc-seal:")
            || lower.starts_with("x-google-smtp-source:");
        if trace && told {
            return Some(Head {
                part: Part::Returned,
                end: n + 1,
                whole: true,
            });
        }
        let heading = |label: Label| {
            matches!(
                label,
                Label::From
                    | Label::To
                    | Label::Subject
                    | Label::Date
                    | Label::MessageId
                    | Label::Header
            )
        };
        if !heading(label) || n < *headless {
            return None;
        }
        let mut end = n;
        let mut kinds = Vec::new();
        let mut bouncy = false;
        while let Some(line) = self.lines.get(end) {
            if line.range.is_empty() || end - n > HEADERS {
                break;
            }
            match line.label {
                Some((label, _)) if heading(label) => {
                    kinds.push(label);
                    if matches!(label, Label::From | Label::Subject) {
                        let value = self.lower(line.range.clone());
                        bouncy |= MAILERS.iter().any(|mailer| value.contains(mailer))
                            || self.reports(line.range.clone());
                    }
                }
                // A field of the report in the same paragraph: no header of a message.
                Some(_) => {
                    kinds.clear();
                    break;
                }
                // "Failure: 550 ..." in a language without that label.
                None if self.states_status(end) => {
                    kinds.clear();
                    break;
                }
                None if end == n || !self.continues(end) => break,
                None => {}
            }
            end += 1;
        }
        order::sort_by_key(&mut kinds, |label| *label as u8);
        kinds.dedup();
        if kinds.len() < 2 {
            *headless = end;
            return None;
        }
        let above = self.above(n).map(|line| self.lower(line.range.clone()));
        // "... a message with the following header fields:" shows what came back.
        let apart = n == 0 || self.lines[n - 1].range.is_empty();
        let forward =
            above.is_none_or(|above| is_forwarded(above) || (apart && !above.ends_with(':')));
        // Outlook heads what was answered or forwarded with "Sent:".
        let sent = self.lines[n..end].iter().any(|line| {
            SENT.iter()
                .any(|sent| self.lower(line.range.clone()).starts_with(sent))
        });
        let answered = sent && kinds.contains(&Label::From) && kinds.contains(&Label::To);
        let forwarded = forward && !told && kinds.contains(&Label::From);
        let part = match bouncy || answered || forwarded {
            true => Part::Head,
            false => Part::Returned,
        };
        Some(Head {
            part,
            end,
            whole: false,
        })
    }

    /// Whether line `n` holds a status, after a label that nobody knows.
    fn states_status(&self, n: usize) -> bool {
        let line = self.lower(self.lines[n].range.clone());
        let after = line.split_once(": ").map_or("", |(_, value)| value);
        after
            .split([' ', ';', '-', '#'])
            .take(4)
            .any(|word| word.parse::<EnhancedStatus>().is_ok())
    }

    /// Whether a line below a farewell is none of the signature any more: it
    /// tells of a failure, or begins what was forwarded or came back.
    fn ends_signature(&self, n: usize, headless: &mut usize) -> bool {
        let line = &self.lines[n];
        let range = line.range.clone();
        let lower = self.lower(range.clone());
        let reported = matches!(
            line.label,
            Some((
                Label::Recipient
                    | Label::Diagnostic
                    | Label::Status
                    | Label::Action
                    | Label::ReportingMta,
                _
            ))
        );
        // What programs write begins with what no name and no street does.
        let is_machine = lower.starts_with(|c: char| "{[<#`\"=".contains(c))
            || is_dated(lower.as_bytes())
            || states_reply(lower)
            || lower.contains('@')
                && self.below(n).is_some_and(|below| {
                    self.reports(below.range.clone())
                        || states_reply(self.lower(below.range.clone()))
                });
        !range.is_empty()
            && (reported
                || is_machine
                || self.reports(range.clone())
                || Table::headed_by(self.raw(range.clone()), n).is_some()
                || self.opens_report(n)
                || is_forwarded(lower)
                || is_returned_marker(lower, self.raw(range))
                || self.head_block(n, true, headless).is_some())
    }

    /// Whether a line continues the header field above it.
    fn continues(&self, n: usize) -> bool {
        let start = self.lines[n].range.start;
        let text = self.text.text();
        text[..start].ends_with([' ', '\t'])
    }

    /// The nearest line above with any words.
    pub fn above(&self, n: usize) -> Option<&Line> {
        self.lines[..n]
            .iter()
            .rev()
            .find(|line| !line.range.is_empty())
    }

    /// The nearest line below with any words.
    pub fn below(&self, n: usize) -> Option<&Line> {
        self.lines
            .get(n + 1..)?
            .iter()
            .take(BLANK)
            .find(|line| !line.range.is_empty())
    }

    /// "-----Original Message-----" over a report, not over what came back.
    fn is_forward(&self, n: usize, told: bool) -> bool {
        let lower = self.lower(self.lines[n].range.clone());
        if !is_forwarded(lower) {
            return false;
        }
        let mut bouncy = false;
        for line in self.lines[n + 1..]
            .iter()
            .filter(|line| !line.range.is_empty())
            .take(6)
        {
            if let Some((Label::From | Label::Subject, _)) = line.label {
                let value = self.lower(line.range.clone());
                bouncy |= MAILERS.iter().any(|mailer| value.contains(mailer))
                    || self.reports(line.range.clone());
            }
        }
        bouncy || !told
    }

    /// Whether a line behind a returned message begins another report.
    fn opens_report(&self, n: usize) -> bool {
        let range = self.lines[n].range.clone();
        let lower = self.lower(range);
        let lower = lower.trim_start_matches(['*', ' ', '-', '#']);
        begins(lower, OPENERS) || self.is_forward(n, true) || self.lines[n].is_log
    }
}

/// How many lines of a header block are read to tell what it is.
const HEADERS: usize = 200;

/// How many phrases of one stretch are looked at.
const PHRASES: usize = 64;

/// A block of header lines.
struct Head {
    part: Part,
    /// One past its last line.
    end: usize,
    whole: bool,
}

/// Whether a line was written into a log: a time or a queue id, then what
/// became of one recipient.
fn is_log_line(lower: &str, is_qmail: bool) -> bool {
    let recipient = || [" to=", ",to="].iter().any(|key| lower.contains(key));
    let outcome = || {
        ["status=", "stat=", "dsn=", "result=", "proto="]
            .iter()
            .any(|key| lower.contains(key))
    };
    let exim = || {
        lower.as_bytes().first().is_some_and(u8::is_ascii_digit)
            && lower.contains('@')
            && [" ** ", " == ", " rejected rcpt "]
                .iter()
                .any(|mark| lower.contains(mark))
    };
    let qmail = || lower.contains("delivery ") && tells_as_qmail(lower);
    lower.contains('=') && recipient() && outcome() || exim() || is_qmail && qmail()
}

/// How qmail's log tells what became of a delivery.
fn tells_as_qmail(lower: &str) -> bool {
    lower.contains(": failure: ") || lower.contains(": deferral: ")
}

fn lines(text: &Unwrapped) -> Vec<Line> {
    let raw = text.text();
    let mut at = 0;
    let mut lines = Vec::new();
    let is_qmail = tells_as_qmail(text.lower());
    for line in raw.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let words = line.trim();
        // An empty line starts and ends where it stands.
        let start = if words.is_empty() { at } else { start };
        let range = range_of(words, start);
        let label = labels::of(words).map(|(label, value)| (label, start + value));
        lines.push(Line {
            range,
            part: Part::Report,
            is_log: is_log_line(&text.lower()[range_of(words, start)], is_qmail),
            label,
            block: 0,
        });
        at += line.len();
    }
    lines
}

fn range_of(words: &str, start: usize) -> Range<usize> {
    start..start + words.len()
}

fn line_at(lines: &[Line], at: usize) -> usize {
    lines
        .partition_point(|line| line.range.start <= at)
        .saturating_sub(1)
}

fn part_of(lines: &[Line], at: usize) -> Option<Part> {
    lines.get(line_at(lines, at)).map(|line| line.part)
}

/// Whether a line (lower case) begins with a reply code or holds a status.
fn states_reply(lower: &str) -> bool {
    let code = matches!(
        lower.as_bytes(),
        [b'4' | b'5', b'0'..=b'9', b'0'..=b'9']
            | [b'4' | b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..]
    );
    let is_status = |word: &str| {
        let status = word.trim_end_matches('.').parse::<EnhancedStatus>();
        status.is_ok_and(|status| status.class > 2)
    };
    code || lower
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .any(is_status)
}

/// Whether a line says farewell: a signature follows, and often what a
/// lawyer wants to be said under every mail.
fn is_farewell(line: &str) -> bool {
    let words = line.trim_end_matches([',', '.', '!', ' ']);
    words.len() < 40 && FAREWELLS.contains(&words.to_lowercase().as_str())
}

const FAREWELLS: &[&str] = &[
    "regards",
    "best regards",
    "kind regards",
    "warm regards",
    "many thanks",
    "thanks",
    "thank you",
    "thanks and regards",
    "thanks & regards",
    "best",
    "cheers",
    "sincerely",
    "yours sincerely",
    "best wishes",
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "mit freundlichem gruß",
    "freundliche grüße",
    "freundliche grüsse",
    "viele grüße",
    "beste grüße",
    "liebe grüße",
    "mfg",
    "vg",
    "lg",
    "danke",
    "cordialement",
    "bien cordialement",
    "merci",
    "saludos",
    "saludos cordiales",
    "un saludo",
    "un cordial saludo",
    "atentamente",
    "gracias",
    "atenciosamente",
    "cumprimentos",
    "obrigado",
    "cordiali saluti",
    "distinti saluti",
    "grazie",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "vriendelijke groet",
    "z poważaniem",
    "pozdrawiam",
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "med venlig hilsen",
    "med vennlig hilsen",
    "ystävällisin terveisin",
    "s pozdravem",
    "üdvözlettel",
    "с уважением",
    "saygılarımla",
    "敬具",
    "よろしくお願いいたします",
    "よろしくお願いします",
    "此致",
    "谢谢",
    "감사합니다",
];

/// Whether a line announces the returned message.
fn is_returned_marker(lower: &str, raw: &str) -> bool {
    let plain = lower.trim_matches(['-', '_', '=', '*', '#', ':', ' ', '>']);
    let decorated = plain.len() + 4 < lower.len();
    begins(plain, RETURNED)
        || RETURNED_EXACT.contains(&plain)
        || (decorated
            && plain.len() < 60
            && [
                "original message",
                "returned message",
                "message header",
                "unsent message",
                "original mail",
                "rejected message",
            ]
            .iter()
            .any(|mark| plain.contains(mark)))
        || begins(raw, RETURNED_ABROAD)
}

/// Whether a line begins with one of the marks; mostly its first byte tells
/// that it does not.
fn begins(line: &str, marks: &[&str]) -> bool {
    let first = line.as_bytes().first();
    marks
        .iter()
        .any(|mark| mark.as_bytes().first() == first && line.starts_with(mark))
}

/// How lines begin behind which the returned message stands.
const RETURNED: &[&str] = &[
    "original message headers",
    "below this line is a copy",
    "enclosed is a copy",
    "original message follows",
    "this is a copy of ",
    "the header of the original message",
    "message header follows",
    "message headers follow",
    "unsent message",
    "original message attached",
    "below is a copy of the original message",
    "included is a copy of",
    "here is a copy of",
    "message text follows",
    "headers of the original message",
    "the headers of the original",
    "copy of the original message",
    "copy of your message",
    "copy of message",
    "start of returned message",
    "beginning of original message",
    "beginning of the original message",
    "the original message is included",
    "original headers",
    "the following is a copy of",
    "returned message follows",
    "message follows",
    "text of the original message",
    "the first lines of the original",
    "a copy of the original message",
    "the original message headers",
    "the message that caused this notification",
    "the message headers",
    "full message headers",
    "message contents",
    "non-delivered message",
    "the text you sent follows",
    "the original message was:",
    "your original message",
    "your message follows",
    "your message reads",
];

/// Lines that announce it and nothing else.
const RETURNED_EXACT: &[&str] = &[
    "original message",
    "returned message",
    "message headers",
    "message header",
    "original mail",
    "undelivered message",
    "rejected message",
    "original message header",
    "message source",
    "message text",
    "returned mail",
];

/// The same in other languages, as they stand.
const RETURNED_ABROAD: &[&str] = &[
    "En-têtes de message d",
    "En-têtes du message d",
    "Intestazioni originali",
    "Oorspronkelijke bericht",
    "Cabeçalhos originais",
    "Cabeçalhos de mensagem",
    "Ursprüngliche Nachrichtenk",
    "Ursprüngliche Nachricht:",
    "Originalnachrichtenkopf",
    "Kopfzeilen der Originalnachricht",
    "Encabezados de mensaje original",
    "Encabezados del mensaje original",
    "Encabezados originales",
    "元のメッセージ ヘッダー",
    "元のメッセージのヘッダー",
    "元のメール",
    "邮件原始标头",
    "原始邮件头",
    "原始郵件標頭",
    "Заголовки исходного",
    "Исходные заголовки",
    "원본 메시지 헤더",
    "Oryginalne nagłówki",
    "Ursprungliga meddelande",
    "Oprindelige meddelelse",
];

/// Whether a line (lower case) marks a forwarded message.
fn is_forwarded(lower: &str) -> bool {
    static MARKS: OnceLock<Lists> = OnceLock::new();
    MARKS.get_or_init(|| Lists::new([FORWARDS])).any(lower)
}

/// Marks over a forwarded message.
const FORWARDS: &[&str] = &[
    "original message",
    "forwarded message",
    "begin forwarded message",
    "forwarded by",
    "forwarded mail",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "mensagem original",
    "mensagem encaminhada",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "пересланное сообщение",
    "исходное сообщение",
    "元のメッセージ",
    "転送されたメッセージ",
    "转发的邮件",
    "原始邮件",
    "________________",
];

/// How Outlook calls the date of a message that was answered or forwarded.
const SENT: &[&str] = &[
    "sent:",
    "gesendet:",
    "envoyé",
    "enviado",
    "inviato:",
    "verzonden:",
    "wysłano:",
    "skickat:",
    "отправлено:",
    "送信日時:",
    "发送时间:",
];

/// Who signs reports.
const MAILERS: &[&str] = &[
    "mailer-daemon",
    "mailer daemon",
    "postmaster",
    "mail delivery",
    "mail-daemon",
    "maildaemon",
    "microsoftexchange",
    "microsoft outlook",
    "delivery status",
    "mail administrator",
    "mail router",
    "undeliverable",
];

/// How reports begin.
const OPENERS: &[&str] = &[
    "this is the mail system at",
    "this message was created automatically by mail",
    "hi. this is the",
    "delivery has failed to these",
    "reporting-mta:",
    "final-recipient:",
    "original-recipient:",
    "diagnostic information for administrators",
    "the following message to <",
    "address not found",
    "message not delivered",
    "message blocked",
    "the original message was received at",
    "this is an automatically generated delivery status",
    "this is the dragonfly mail agent",
    "sorry, we were unable to deliver",
    "your message did not reach",
    "your message couldn't be delivered",
    "we're sorry to inform you",
    "delivery incomplete",
    "delivery to the following",
];
