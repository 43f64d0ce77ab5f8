//! The phrases of all word lists, found word by word.

use super::knowledge::Cue;
use crate::language::token::{Sym, Token, Vocabulary};
use std::ops::Range;

/// A phrase trie over folded words: finds at each token the phrases of all word lists. Built node by node, then laid out
/// in a row: every text is led through it word by word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// The nodes while they are built; the first one is the root.
    building: Vec<Building>,
    /// Nodes below the root, by word; 0 where no phrase begins.
    roots: Vec<u32>,
    nodes: Vec<PhraseNode>,
    edges: Vec<(Sym, u32)>,
    cues: Vec<Cue>,
}

/// A node that is built: the words that go on from it with the nodes to which they lead, and its cues.
#[derive(Debug, Default)]
struct Building {
    edges: Vec<(Sym, u32)>,
    cues: Vec<Cue>,
}

/// Where the edges and cues of a node stand in those of all.
#[derive(Debug)]
struct PhraseNode {
    edges: Range<u32>,
    cues: Range<u32>,
    /// A bit for each word of its edges, which some words share: most words that follow are ruled out by it.
    words: u64,
}

impl PhraseNode {
    fn bit(word: Sym) -> u64 {
        1 << (word.index() % 64)
    }
}

impl Phrases {
    /// Adds a phrase of a list.
    pub fn add(&mut self, words: &[Sym], cue: Cue) {
        if self.building.is_empty() {
            self.building.push(Building::default());
        }
        let mut node = 0;
        for &word in words {
            let fresh = self.building.len();
            let Some(Building { edges, .. }) = self.building.get_mut(node) else { return };
            let known = edges.iter().find(|(edge, _)| *edge == word).map(|(_, next)| *next as usize);
            if known.is_none() {
                edges.push((word, to_u32(fresh)));
                self.building.push(Building::default());
            }
            node = known.unwrap_or(fresh);
        }
        if let Some(Building { cues, .. }) = self.building.get_mut(node)
            && !cues.contains(&cue)
        {
            cues.push(cue);
        }
    }

    /// Settles the index when the vocabulary is complete.
    pub fn finish(&mut self, vocabulary: &Vocabulary) {
        self.roots = vec![0; vocabulary.size()];
        for (word, next) in self.building.first().into_iter().flat_map(|root| &root.edges) {
            if let Some(slot) = self.roots.get_mut(word.index()) {
                *slot = *next;
            }
        }
        for Building { edges, cues } in std::mem::take(&mut self.building) {
            let (edge, cue) = (to_u32(self.edges.len()), to_u32(self.cues.len()));
            let words = edges.iter().fold(0, |words, (word, _)| words | PhraseNode::bit(*word));
            self.edges.extend(edges);
            self.cues.extend(cues);
            let (edges, cues) = (edge..to_u32(self.edges.len()), cue..to_u32(self.cues.len()));
            self.nodes.push(PhraseNode { edges, cues, words });
        }
    }

    /// Whether any phrase begins with a word.
    pub fn begin_with(&self, word: Sym) -> bool {
        self.roots.get(word.index()).is_some_and(|node| *node > 0)
    }

    /// Calls `found(cue, tokens)` for every phrase that the tokens begin with; shorter phrases come first.
    pub fn walk(&self, tokens: &[Token], mut found: impl FnMut(Cue, usize)) {
        let mut next = tokens.first().and_then(|token| self.roots.get(token.sym.index()).copied()).unwrap_or_default();
        let mut length = 1;
        while let Some(node) = self.nodes.get(next as usize).filter(|_| next > 0) {
            for &cue in part(&self.cues, &node.cues) {
                found(cue, length);
            }
            let Some(token) = tokens.get(length).filter(|token| node.words & PhraseNode::bit(token.sym) != 0) else {
                return;
            };
            let edges = part(&self.edges, &node.edges);
            next = edges.iter().find(|(word, _)| *word == token.sym).map(|(_, next)| *next).unwrap_or_default();
            length += 1;
        }
    }
}

fn part<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    all.get(range.start as usize..range.end as usize).unwrap_or_default()
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::token::Words;

    #[test]
    fn all_phrases_that_begin_at_a_token_are_found_the_shorter_ones_first() {
        let mut vocabulary = Vocabulary::default();
        let mut phrases = Phrases::default();
        for (list, phrase) in [(1, "báo cáo"), (2, "báo cáo kết quả"), (3, "báo cáo"), (1, "gửi"), (1, "báo cáo")]
        {
            let words: Vec<Sym> = phrase.split(' ').map(|word| vocabulary.intern(word)).collect();
            phrases.add(&words, Cue(list));
        }
        phrases.finish(&vocabulary);
        let found = |text: &str| {
            let tokens = Words::default().tokenize(text, &vocabulary);
            let mut found = Vec::new();
            phrases.walk(&tokens, |cue, length| found.push((cue.0, length)));
            assert!(found.is_empty() || phrases.begin_with(tokens[0].sym));
            found
        };
        assert_eq!(found("Báo cáo kết quả về tỉnh"), [(1, 2), (3, 2), (2, 4)]);
        assert_eq!(found("báo cáo kết"), [(1, 2), (3, 2)]);
        assert_eq!(found("gửi"), [(1, 1)]);
        assert_eq!(found("báo tin"), []);
        assert_eq!(found("cáo"), []);
        assert_eq!(found(""), []);
    }
}
