//! What is left of the limits that count over a whole input, and which limits
//! were reached: see [`limits`].

use crate::analysis::Problem;
use crate::limits;
use crate::report::{PerRecipient, Statement};

/// What may still be read of one input.
#[derive(Debug)]
pub struct Budget {
    texts: usize,
    work: usize,
    problems: Vec<Problem>,
}

/// Bytes that a recipient and a statement count as beside their words, and
/// those that a reply counts as when it is found: so much do they cost, as
/// measured with many of each.
const EACH: usize = 256;
const FOUND: usize = 512;

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            texts: limits::TEXTS,
            work: limits::WORK,
            problems: Vec::new(),
        }
    }
}

impl Budget {
    /// Something that the reader should know, said once for an input.
    pub fn problem(&mut self, code: &'static str) {
        if !self.problems.iter().any(|problem| problem.code == code) {
            self.problems.push(Problem { code, span: None });
        }
    }

    /// Everything that was said of the input.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Cuts a decoded text to what may be kept of it.
    pub fn keep(&mut self, text: &mut String) {
        if text.len() > limits::TEXT {
            self.problem("text-cut");
        }
        if text.len().min(limits::TEXT) > self.texts {
            self.problem("too-much-text");
        }
        text.truncate(text.floor_char_boundary(limits::TEXT.min(self.texts)));
        self.texts -= text.len();
    }

    /// Pays for replies that were found in a text.
    pub fn pay_for_replies(&mut self, found: usize) {
        self.spend(found * FOUND);
    }

    /// Pays for a recipient with everything that was said about it; `false`
    /// when the work is used up, and it is left out.
    pub fn pay(&mut self, recipient: &PerRecipient) -> bool {
        self.spend(EACH) && self.pay_for(&recipient.said)
    }

    /// Pays for more that was said about a recipient.
    pub fn pay_for(&mut self, said: &[Statement]) -> bool {
        let words = |said: &Statement| said.span.length().min(limits::WORDS);
        self.spend(said.iter().map(|said| EACH + words(said)).sum())
    }

    /// Whether the work is used up: nothing more is worth reading.
    pub fn is_spent(&self) -> bool {
        self.work == 0
    }

    fn spend(&mut self, bytes: usize) -> bool {
        // With nothing left the rest is not read, so that the last bit is too much, too.
        let enough = bytes < self.work;
        self.work = self.work.saturating_sub(bytes);
        if !enough {
            self.problem("too-much-work");
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_nothing_is_left_that_is_told() {
        for work in [limits::WORK, limits::WORK + 1] {
            let mut budget = Budget::default();
            assert!(budget.spend(limits::WORK - 1) && !budget.is_spent());
            let mut budget = Budget::default();
            assert!(!budget.spend(work) && budget.is_spent());
            let problems = budget.into_problems();
            let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
            assert_eq!(codes, ["too-much-work"]);
        }
    }
}
