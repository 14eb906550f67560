//! Many words looked for in a text at once (Aho and Corasick, 1975).
//!
//! ```
//! use bounce_analyzer::matcher::Matcher;
//!
//! let matcher = Matcher::new(["full", "mailbox full", "box"]);
//! let longest: Vec<_> = matcher.longest("Mailbox full").collect();
//! assert_eq!(longest, [(1, 0..12)]);
//! assert_eq!(matcher.all("mailbox full").count(), 3);
//! ```
//!
//! Words and text are read from the end: so all words that begin at one place
//! are met together, the longest first. One pass over the text, whatever the
//! words; no more memory than the words take. Places where no word ends, by
//! its last bytes, are passed over: most of any text.

use std::ops::Range;

use crate::order;

/// The state before anything was read.
const ROOT: u32 = 0;
/// No state, no word.
const NONE: u32 = u32::MAX;

/// Words to look for. ASCII letters of a text count as lower case, so the
/// words have to be.
#[derive(Debug, Clone)]
pub struct Matcher {
    states: Vec<State>,
    /// Where each byte leads from [`ROOT`], which most bytes are read in.
    from_root: Vec<u32>,
    endings: Endings,
    lengths: Vec<usize>,
}

/// The last bytes of each word: one bit for each [`slot`](Endings::slot).
#[derive(Debug, Clone)]
struct Endings(Box<[u32; Endings::SLOTS / 32]>);

impl Endings {
    /// How many bytes are looked at; of each five bits, so that a letter is
    /// the same in any case.
    const BYTES: usize = 4;
    const SLOTS: usize = 1 << 16;

    /// An ending, read on by one byte towards the front: the byte that was
    /// read longest ago is forgotten.
    fn read(ending: u32, byte: u8) -> u32 {
        (ending << 5 | u32::from(byte & 31)) & ((1 << (5 * Endings::BYTES)) - 1)
    }

    fn slot(ending: u32) -> usize {
        (ending ^ ending >> 11) as usize % Endings::SLOTS
    }

    fn add(&mut self, word: &[u8]) {
        let last = word.iter().rev().take(Endings::BYTES);
        let known = last.len();
        let ending = last.fold(0, |ending, byte| Endings::read(ending, *byte));
        // Before a short word stands anything.
        let missing = 5 * (Endings::BYTES - known);
        for before in 0..1 << missing {
            let slot = Endings::slot(ending << missing | before);
            self.0[slot / 32] |= 1 << (slot % 32);
        }
    }

    /// How much of a text is left when everything is cut off behind which no
    /// word ends.
    fn last(&self, text: &[u8]) -> usize {
        let unread = text.len().saturating_sub(Endings::BYTES - 1);
        let (first, last) = text.split_at(unread);
        let mut ending = last
            .iter()
            .rev()
            .fold(0, |at, byte| Endings::read(at, *byte));
        let end = first.iter().rposition(|byte| {
            ending = Endings::read(ending, *byte);
            let slot = Endings::slot(ending);
            self.0[slot / 32] >> (slot % 32) & 1 == 1
        });
        end.map_or(last.len(), |at| at + Endings::BYTES)
    }
}

/// What was read is the end of some word.
#[derive(Debug, Clone)]
struct State {
    /// The byte that leads here.
    byte: u8,
    /// The first state that one more byte leads to, and the next one of those
    /// that lead on from where this one does.
    child: u32,
    sibling: u32,
    /// The state for the longest shorter part of what was read.
    shorter: u32,
    /// The word that was read in whole.
    word: u32,
    /// The nearest state along `shorter` that has a word.
    shorter_word: u32,
}

impl State {
    fn new(byte: u8) -> State {
        State {
            byte,
            child: NONE,
            sibling: NONE,
            shorter: ROOT,
            word: NONE,
            shorter_word: NONE,
        }
    }
}

impl Matcher {
    /// Prepares the words, known from then on by their number. Of equal words
    /// the first counts, an empty one is never found.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Matcher {
        let mut matcher = Matcher {
            states: vec![State::new(0)],
            from_root: vec![ROOT; 256],
            endings: Endings(Box::new([0; Endings::SLOTS / 32])),
            lengths: Vec::new(),
        };
        // Those that end alike one after the other: each then branches off
        // from the one before it, and no list of siblings has to be walked.
        let words: Vec<W> = words.into_iter().collect();
        let mut places: Vec<usize> = (0..words.len()).collect();
        let ending = |at: &usize| words[*at].as_ref().bytes().rev();
        if !places.is_sorted_by(|a, b| ending(a).le(ending(b))) {
            order::sort_by(&mut places, |a, b| ending(a).cmp(ending(b)));
        }
        for at in places {
            matcher.add(at as u32, words[at].as_ref().as_bytes());
        }
        matcher.lengths = words.iter().map(|word| word.as_ref().len()).collect();
        matcher.link();
        matcher
    }

    fn add(&mut self, number: u32, word: &[u8]) {
        if word.is_empty() {
            return;
        }
        self.endings.add(word);
        let mut at = ROOT;
        for byte in word.iter().rev() {
            at = match self.child(at, *byte) {
                Some(child) => child,
                None => self.add_child(at, *byte),
            };
        }
        if let Some(state) = self.states.get_mut(at as usize)
            && state.word == NONE
        {
            state.word = number;
        }
    }

    fn add_child(&mut self, parent: u32, byte: u8) -> u32 {
        let child = self.states.len() as u32;
        let mut state = State::new(byte);
        if let Some(parent) = self.states.get_mut(parent as usize) {
            state.sibling = std::mem::replace(&mut parent.child, child);
        }
        self.states.push(state);
        if parent == ROOT
            && let Some(next) = self.from_root.get_mut(byte as usize)
        {
            *next = child;
        }
        child
    }

    /// Fills in what shorter parts lead to, the states near the root first.
    fn link(&mut self) {
        let mut queue = vec![ROOT];
        let mut next = 0;
        while let Some(parent) = queue.get(next).copied() {
            next += 1;
            let mut child = self.state(parent).map_or(NONE, |state| state.child);
            while let Some(state) = self.state(child) {
                let (byte, sibling) = (state.byte, state.sibling);
                let shorter = match parent {
                    ROOT => ROOT,
                    _ => self.step(self.state(parent).map_or(ROOT, |state| state.shorter), byte),
                };
                let shorter_word = match self.state(shorter) {
                    Some(state) if state.word != NONE => shorter,
                    Some(state) => state.shorter_word,
                    None => NONE,
                };
                if let Some(state) = self.states.get_mut(child as usize) {
                    state.shorter = shorter;
                    state.shorter_word = shorter_word;
                }
                queue.push(child);
                child = sibling;
            }
        }
    }

    fn state(&self, at: u32) -> Option<&State> {
        self.states.get(at as usize)
    }

    fn child(&self, at: u32, byte: u8) -> Option<u32> {
        if at == ROOT {
            let child = self.from_root.get(byte as usize).copied();
            return child.filter(|child| *child != ROOT);
        }
        let mut child = self.state(at)?.child;
        while let Some(state) = self.state(child) {
            if state.byte == byte {
                return Some(child);
            }
            child = state.sibling;
        }
        None
    }

    /// Reads one more byte.
    fn step(&self, mut at: u32, byte: u8) -> u32 {
        loop {
            if let Some(child) = self.child(at, byte) {
                return child;
            }
            match self.state(at) {
                Some(state) if at != ROOT => at = state.shorter,
                _ => return ROOT,
            }
        }
    }

    /// The places of the text where words begin, from the last to the first,
    /// and the state that reading up to there leads to.
    fn states<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, u32)> + 'a {
        let mut rest = text.as_bytes();
        let mut state = ROOT;
        std::iter::from_fn(move || {
            loop {
                if state == ROOT {
                    rest = rest.get(..self.endings.last(rest))?;
                }
                let (byte, before) = rest.split_last()?;
                state = self.step(state, byte.to_ascii_lowercase());
                rest = before;
                let here = self.state(state)?;
                if here.word != NONE || here.shorter_word != NONE {
                    return Some((before.len(), state));
                }
            }
        })
    }

    /// The words that begin at a place, the longest first.
    fn words(&self, at: usize, state: u32) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        let mut state = self.state(state);
        std::iter::from_fn(move || {
            while let Some(State {
                word, shorter_word, ..
            }) = state
            {
                state = self.state(*shorter_word);
                if let Some(length) = self.lengths.get(*word as usize) {
                    return Some((*word as usize, at..at + length));
                }
            }
            None
        })
    }

    /// Every word wherever it stands, inside of others too: its number and
    /// where, from the end of the text to its start.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        self.states(text)
            .flat_map(|(at, state)| self.words(at, state))
    }

    /// Words apart from each other, from the start of the text to its end: of
    /// those that overlap the one that begins first, and of those the longest.
    pub fn longest(&self, text: &str) -> impl Iterator<Item = (usize, Range<usize>)> + use<> {
        let mut found: Vec<(usize, Range<usize>)> = self
            .states(text)
            .filter_map(|(at, state)| self.words(at, state).next())
            .collect();
        let mut end = 0;
        found.reverse();
        found.retain(|(_, range)| {
            let apart = range.start >= end;
            if apart {
                end = range.end;
            }
            apart
        });
        found.into_iter()
    }
}

/// Lists of words, looked for at once.
///
/// ```
/// use bounce_analyzer::matcher::Lists;
///
/// let lists = Lists::new([&["full", "quota"][..], &["unknown"]]);
/// let found: Vec<_> = lists.longest("unknown: over quota").collect();
/// assert_eq!(found, [(1, 0..7), (0, 14..19)]);
/// ```
#[derive(Debug, Clone)]
pub struct Lists {
    matcher: Matcher,
    /// The list of each word.
    list_of: Vec<usize>,
}

impl Lists {
    /// Prepares the lists, known from then on by their number. A word belongs
    /// to the first that has it.
    pub fn new<'a>(lists: impl IntoIterator<Item = &'a [&'a str]>) -> Lists {
        let words = lists.into_iter().enumerate();
        let words = words.flat_map(|(list, words)| words.iter().map(move |word| (list, word)));
        let (list_of, words): (Vec<usize>, Vec<&str>) = words.unzip();
        Lists {
            matcher: Matcher::new(words),
            list_of,
        }
    }

    /// As [`Matcher::all`], with the list of each word.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        self.listed(self.matcher.all(text))
    }

    /// As [`Matcher::longest`], with the list of each word.
    pub fn longest(&self, text: &str) -> impl Iterator<Item = (usize, Range<usize>)> {
        self.listed(self.matcher.longest(text))
    }

    /// Whether any word stands in a text.
    pub fn any(&self, text: &str) -> bool {
        self.matcher.all(text).next().is_some()
    }

    fn listed(
        &self,
        found: impl Iterator<Item = (usize, Range<usize>)>,
    ) -> impl Iterator<Item = (usize, Range<usize>)> {
        found.filter_map(|(word, range)| Some((*self.list_of.get(word)?, range)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], text: &str, longest: &[&str]) {
        let matcher = Matcher::new(words);
        let found: Vec<&str> = matcher
            .longest(text)
            .map(|(number, range)| {
                let found = &text[range];
                assert_eq!(found.to_ascii_lowercase(), words[number]);
                found
            })
            .collect();
        assert_eq!(found, longest);
    }

    #[test]
    fn the_first_and_then_the_longest_counts() {
        check(&["ab", "abcd", "bc"], "abcd", &["abcd"]);
        check(&["ab", "abcd", "bc", "cx"], "abcx", &["ab", "cx"]);
        check(&["b", "abx"], "ab abx", &["b", "abx"]);
        check(&["aa"], "aaaaa", &["aa", "aa"]);
        check(&["full", "über"], "ist ÜBERFULL über", &["FULL", "über"]);
        check(&["a", "a", ""], "a-A", &["a", "A"]);
        check(&[], "text", &[]);
        check(&["text"], "", &[]);
    }

    /// Against looking for each word at each place.
    #[test]
    fn every_word_is_found_wherever_it_stands() {
        let letters = ["a", "b", "é", "ab"];
        let mut seed = 7u32;
        let mut word = |length: u32| -> String {
            (0..length)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    letters[(seed >> 16) as usize % letters.len()]
                })
                .collect()
        };
        for round in 0..200 {
            let mut words: Vec<String> = (1..=round % 7 + 1).map(|n| word(n % 4 + 1)).collect();
            words.sort();
            words.dedup();
            let text = word(40);
            let mut found: Vec<_> = Matcher::new(&words)
                .all(&text)
                .map(|(number, range)| (range.start, number, range.end))
                .collect();
            found.sort_unstable();
            let mut expected = Vec::new();
            for start in 0..text.len() {
                for (number, word) in words.iter().enumerate() {
                    if text.as_bytes()[start..].starts_with(word.as_bytes()) {
                        expected.push((start, number, start + word.len()));
                    }
                }
            }
            assert_eq!(found, expected, "{words:?} in {text:?}");
        }
    }
}
