//! Rows under a line of headings to the column that an address stands in:
//! message traces and logs as programs print them and spreadsheets export them.
//!
//! ```text
//! Date;From;To;Status                         news@example.com stands under "From",
//! 05.05.2026;news@example.com;a@example.org;bounced     a@example.org under "To"
//! ```

use std::ops::Range;

use super::labels::{self, Label};

/// A line of headings and the rows below it.
#[derive(Debug)]
pub(super) struct Table {
    /// Its rows, as indices of lines.
    pub rows: Range<usize>,
    /// What stands between two cells; `None` for blanks that align them.
    separator: Option<char>,
    /// Where each column starts, in characters, and its label.
    columns: Vec<(usize, Option<Label>)>,
}

/// Longest line of headings, in bytes.
const HEADINGS: usize = 1000;
/// How many columns a table has at most.
const COLUMNS: usize = 60;

impl Table {
    /// The table whose headings are the line with index `n`.
    pub fn headed_by(line: &str, n: usize) -> Option<Table> {
        if line.len() > HEADINGS || line.contains('@') {
            return None;
        }
        let separators = ['\t', ';', ',', '|'].map(Some);
        separators.into_iter().chain([None]).find_map(|separator| {
            // Most lines have none: that is told faster than counted.
            let cells = match separator {
                Some(separator) if line.contains(separator) => line.matches(separator).count(),
                None if line.contains("  ") => line.matches("  ").count(),
                _ => 0,
            };
            if !(2..COLUMNS).contains(&cells) {
                return None;
            }
            let columns = columns(line, separator);
            let count = |is: fn(&Label) -> bool| {
                let labels = columns.iter().filter_map(|(_, label)| label.as_ref());
                labels.filter(|label| is(label)).count()
            };
            let names_recipients = count(|label| matches!(label, Label::Recipient | Label::To)) > 0;
            (columns.len() > 2 && names_recipients && count(|_| true) > 1).then_some(Table {
                rows: n + 1..n + 1,
                separator,
                columns,
            })
        })
    }

    /// Whether a line has about as many cells as there are headings.
    pub fn has_row(&self, line: &str) -> bool {
        match self.separator {
            Some(separator) => line.matches(separator).count() * 2 >= self.columns.len() - 1,
            None => line.contains("  "),
        }
    }

    /// The label over what follows `before`, the start of a row.
    pub fn label(&self, before: &str) -> Option<Label> {
        let column = match self.separator {
            Some(separator) => {
                let mut quoted = false;
                let is_separator = |c: &char| {
                    quoted ^= *c == '"';
                    *c == separator && !quoted
                };
                before.chars().filter(is_separator).count()
            }
            None => {
                let at = before.chars().count();
                self.columns
                    .partition_point(|(start, _)| *start <= at)
                    .checked_sub(1)?
            }
        };
        self.columns.get(column)?.1
    }
}

fn columns(line: &str, separator: Option<char>) -> Vec<(usize, Option<Label>)> {
    let mut columns = Vec::new();
    let mut add = |start: usize, cell: &str| {
        let cell = cell.trim_start_matches("#Fields:");
        let name = cell.trim_matches(|c: char| c.is_whitespace() || c == '"');
        columns.push((start, labels::named(&name.replace(['_', '-'], " "))));
    };
    if let Some(separator) = separator {
        line.split(separator).for_each(|cell| add(0, cell));
        return columns;
    }
    let mut start = 0;
    for cell in line.split("  ") {
        let words = cell.trim_start();
        if !words.is_empty() {
            let blank = cell.chars().count() - words.chars().count();
            add(start + blank, words);
        }
        start += cell.chars().count() + 2;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headings: &str, row: &str, expected: &[(&str, Option<Label>)]) {
        let table = Table::headed_by(headings, 0).expect("headings");
        for (word, label) in expected {
            let before = &row[..row.find(word).expect("it is there")];
            assert_eq!(table.label(before), *label, "{word}");
        }
    }

    #[test]
    fn finds_the_column() {
        let expected = [
            ("a@example.com", Some(Label::From)),
            ("b@example.org", Some(Label::Recipient)),
        ];
        check(
            "date_time_utc,sender_address,message_subject,recipient_status",
            "2026-04-02,a@example.com,\"x, y\",b@example.org##Failed",
            &expected,
        );
        check(
            "Received   SenderAddress    RecipientAddress   Status",
            "4/2/2026   a@example.com    b@example.org      Failed",
            &expected,
        );
        assert!(Table::headed_by("We wrote to them, to you, and so on", 0).is_none());
    }
}
