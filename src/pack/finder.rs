//! Many words looked for in one pass.

use super::PackError;
use crate::language::letter::is_word;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// Looks for a list of words at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Finder(Option<AhoCorasick>);

impl Finder {
    /// A finder of words; `file` is where they come from.
    ///
    /// # Errors
    /// When the words do not make an automaton.
    pub(super) fn of<'w>(file: &str, words: impl Iterator<Item = &'w str>) -> Result<Self, PackError> {
        let built = AhoCorasick::builder().match_kind(MatchKind::Standard).build(words);
        Ok(Self(Some(built.map_err(|error| PackError::invalid(file, error))?)))
    }

    /// Every word that stands alone in a folded text, by its number in the list, in reading order. Where words overlap,
    /// the one that comes first in the list wins.
    pub(super) fn whole(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let Some(automaton) = &self.0 else { return Vec::new() };
        let stands_alone = |range: &Range<usize>| {
            let before = text.get(..range.start).and_then(|head| head.chars().next_back());
            let after = text.get(range.end..).and_then(|tail| tail.chars().next());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        };
        let mut all: Vec<(usize, Range<usize>)> = automaton
            .find_overlapping_iter(text)
            .map(|found| (found.pattern().as_usize(), found.range()))
            .filter(|(_, range)| stands_alone(range))
            .collect();
        all.sort_by_key(|(word, range)| (*word, range.start));
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for (word, range) in all {
            if found.iter().all(|(_, other)| other.end <= range.start || range.end <= other.start) {
                found.push((word, range));
            }
        }
        found.sort_by_key(|(_, range)| range.start);
        found
    }
}
