//! One block, cut into tokens, with the numbers, the times and the phrases in it: what all extractors work on.

mod numbers;

use super::grammar::{Node, Nodes};
use super::knowledge::{Cue, CueSet, Knowledge};
use super::time::{self, Moment};
use crate::language::letter;
use crate::language::token::{Kind, Sym, Token};
use crate::model::{Block, Span};
use std::ops::Range;

/// A number with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// First token.
    pub start: usize,
    /// One past the last token; the per-cent sign is included.
    pub end: usize,
    pub value: f64,
    pub percent: bool,
    /// Written in words.
    pub in_words: bool,
    /// Written with a leading zero (`02`).
    pub padded: bool,
    /// First of two bounds (`75 - 80%`).
    pub range_low: bool,
    /// Second of two bounds.
    pub range_high: bool,
    /// A unit written on to the digits (`10km`): bytes of the token that are digits.
    pub glued_unit: Option<usize>,
}

/// A phrase of a word list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub cue: Cue,
    pub start: usize,
    pub end: usize,
}

/// A block with everything the passes found.
pub(super) struct Scan<'d> {
    pub block: &'d Block,
    /// The block's text in lower case, of the same byte offsets; empty when some letter changes its width.
    lower: String,
    pub tokens: Vec<Token>,
    pub nodes: Nodes,
    pub numbers: Vec<Number>,
    pub moments: Vec<Moment>,
    /// Phrases by first token, and their end.
    phrases: Vec<(Cue, u32)>,
    /// For each token, the lists that have a phrase beginning there, and where those stand in `phrases`.
    cues: Vec<(CueSet, u32)>,
    /// Lists that have a phrase anywhere.
    all_cues: CueSet,
    /// Token stands between quotation marks; empty where no token does.
    pub quoted: Vec<bool>,
    /// Sentences, as token ranges.
    pub sentences: Vec<Range<usize>>,
    /// Where semicolons stand.
    semicolons: Vec<usize>,
}

impl<'d> Scan<'d> {
    pub fn new(block: &'d Block, knowledge: &Knowledge) -> Self {
        let mut scan = Self {
            block,
            lower: String::new(),
            tokens: Vec::new(),
            nodes: Nodes::default(),
            numbers: Vec::new(),
            moments: Vec::new(),
            phrases: Vec::new(),
            cues: Vec::new(),
            all_cues: CueSet::default(),
            quoted: Vec::new(),
            sentences: Vec::new(),
            semicolons: Vec::new(),
        };
        scan.fill(knowledge);
        scan
    }

    /// The scan of a block in the place of that of the block before, if any, whose vectors it takes over: most are too
    /// long for the quick lists of the allocator.
    pub fn behind(before: Option<Self>, block: &'d Block, knowledge: &Knowledge) -> Self {
        let Some(mut scan) = before else { return Self::new(block, knowledge) };
        scan.block = block;
        scan.numbers.clear();
        scan.moments.clear();
        scan.phrases.clear();
        scan.cues.clear();
        scan.all_cues = CueSet::default();
        scan.fill(knowledge);
        scan
    }

    /// Finds everything in the block.
    fn fill(&mut self, knowledge: &Knowledge) {
        let text = &self.block.text;
        knowledge.tokenize(&mut self.tokens, text);
        lower_text(&mut self.lower, text, &self.tokens);
        self.nodes.restart(self.tokens.len());
        self.quoted = quoted(text, &self.tokens);
        sentences(&mut self.sentences, text, &self.tokens);
        self.semicolons.clear();
        self.semicolons.extend(self.tokens.iter().enumerate().filter(|(_, t)| t.is(';')).map(|(at, _)| at));
        self.phrases.reserve(self.tokens.len() * 2);
        self.cues.reserve(self.tokens.len());
        self.find_numbers(knowledge);
        self.find_phrases(knowledge);
        time::find(self, knowledge);
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.tokens.get(range.start).map_or(0, |t| t.start);
        let end = range.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |t| t.end);
        Span { block: self.block.id, start, end: end.max(start) }
    }

    pub fn text(&self, range: Range<usize>) -> &'d str {
        let (start, end) = self.bytes(range);
        self.block.text.get(start..end).unwrap_or_default()
    }

    /// Words in lower case.
    pub fn lower(&self, range: Range<usize>) -> &str {
        let (start, end) = self.bytes(range);
        let text = if self.lower.is_empty() { &self.block.text } else { &self.lower };
        text.get(start..end).unwrap_or_default()
    }

    /// One word in lower case.
    pub fn word(&self, at: usize) -> &str {
        self.lower(at..at.saturating_add(1))
    }

    fn bytes(&self, range: Range<usize>) -> (usize, usize) {
        let start = self.tokens.get(range.start).map_or(0, |t| t.byte_start as usize);
        let end =
            range.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |t| t.byte_end as usize);
        (start, end)
    }

    pub fn sym(&self, at: usize) -> Sym {
        self.tokens.get(at).map_or(Sym::UNKNOWN, |t| t.sym)
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is(mark))
    }

    /// Phrases that begin at a token; the shorter ones come first.
    fn phrases_at(&self, at: usize) -> &[(Cue, u32)] {
        let Some((_, from)) = self.cues.get(at) else { return &[] };
        let to = self.cues.get(at + 1).map_or(self.phrases.len(), |(_, to)| *to as usize);
        self.phrases.get(*from as usize..to).unwrap_or_default()
    }

    /// End of the longest phrase of a list that begins at a token.
    pub fn phrase(&self, at: usize, cue: Cue) -> Option<usize> {
        if !self.cues.get(at)?.0.holds(cue) {
            return None;
        }
        self.phrases_at(at).iter().filter(|(c, _)| *c == cue).map(|(_, end)| *end as usize).max()
    }

    /// Whether a phrase of a list stands anywhere.
    pub fn holds(&self, cue: Cue) -> bool {
        self.all_cues.holds(cue)
    }

    /// Whether a phrase of a list stands somewhere in a range.
    pub fn has(&self, range: Range<usize>, cue: Cue) -> bool {
        self.all_cues.holds(cue) && range.clone().any(|at| self.phrase(at, cue).is_some_and(|end| end <= range.end))
    }

    /// The last phrase of a list that ends at or before `range.end`.
    pub fn last_phrase(&self, range: Range<usize>, cue: Cue) -> Option<Phrase> {
        if !self.all_cues.holds(cue) {
            return None;
        }
        range.clone().rev().find_map(|at| {
            let end = self.phrase(at, cue)?;
            (end <= range.end).then_some(Phrase { cue, start: at, end })
        })
    }

    /// A phrase of a list that ends exactly before a token.
    pub fn phrase_before(&self, at: usize, cue: Cue) -> Option<Phrase> {
        (at.saturating_sub(5)..at).find_map(|start| {
            let hit = self.phrases_at(start).iter().any(|(c, end)| *c == cue && *end as usize == at);
            hit.then_some(Phrase { cue, start, end: at })
        })
    }

    /// Numbers that begin in a range of tokens.
    pub fn numbers_in(&self, range: Range<usize>) -> &[Number] {
        let from = self.numbers.partition_point(|n| n.start < range.start);
        let to = self.numbers.partition_point(|n| n.start < range.end).max(from);
        self.numbers.get(from..to).unwrap_or_default()
    }

    /// The number that begins at a token.
    pub fn number_at(&self, at: usize) -> Option<&Number> {
        self.numbers_in(at..at + 1).first()
    }

    /// The upper bound that goes with a lower one (`từ 10 đến 12`, `từ 50 đến dưới 100`).
    pub fn high(&self, low: &Number) -> Option<&Number> {
        self.numbers_in(low.end + 1..low.end + 3).first().filter(|high| high.range_high)
    }

    /// The sentence that a token stands in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let index = self.sentences.partition_point(|s| s.end <= at);
        self.sentences.get(index).cloned().unwrap_or(0..self.tokens.len())
    }

    /// The part of the sentence between semicolons that a token stands in.
    pub fn segment(&self, at: usize) -> Range<usize> {
        let sentence = self.sentence(at);
        let index = self.semicolons.partition_point(|semicolon| *semicolon < at);
        let before = index.checked_sub(1).and_then(|last| self.semicolons.get(last));
        let start = before.map_or(sentence.start, |before| sentence.start.max(before + 1));
        let end = self.semicolons.get(index).map_or(sentence.end, |next| sentence.end.min(*next));
        start..end
    }

    pub fn push_node(&mut self, at: usize, node: Node) {
        self.nodes.push(at, node);
    }

    fn find_phrases(&mut self, knowledge: &Knowledge) {
        let compound = knowledge.lists.compound;
        // Inside a compound (*bầu cử*, *công trình*) no shorter phrase counts.
        let mut inside = 0..0;
        for at in 0..self.tokens.len() {
            let from = self.phrases.len();
            let rest = self.tokens.get(at..).unwrap_or_default();
            if rest.first().is_none_or(|token| !knowledge.phrases.begin_with(token.sym)) {
                self.cues.push((CueSet::default(), to_u32(from)));
                continue;
            }
            let mut cues = CueSet::default();
            knowledge.phrases.walk(rest, |cue, length| {
                cues.add(cue);
                self.phrases.push((cue, to_u32(at + length)));
            });
            if at >= inside.end && cues.holds(compound) {
                let found = self.phrases.get(from..).unwrap_or_default();
                let end = found.iter().filter(|(cue, _)| *cue == compound).map(|(_, end)| *end as usize).max();
                inside = at..end.unwrap_or(at);
            }
            if inside.contains(&at) {
                let mut kept = from;
                for index in from..self.phrases.len() {
                    let Some(phrase) = self.phrases.get(index).copied() else { break };
                    let end = phrase.1 as usize;
                    if end > inside.end || (inside.start == at && end == inside.end) {
                        self.phrases.swap(kept, index);
                        kept += 1;
                    }
                }
                self.phrases.truncate(kept);
                cues = CueSet::default();
                self.phrases.iter().skip(from).for_each(|(cue, _)| cues.add(*cue));
            }
            self.all_cues.add_all(cues);
            self.cues.push((cues, to_u32(from)));
        }
    }
}

/// Writes a text in lower case; only its words have capitals. Nothing is written when some letter changes its width.
fn lower_text(lower: &mut String, text: &str, tokens: &[Token]) {
    lower.clear();
    let mut from = 0;
    for token in tokens.iter().filter(|token| token.accented_capital) {
        let start = token.byte_start as usize;
        push_lower(lower, text.get(from..start).unwrap_or_default());
        lower.extend(token.text(text).chars().map(letter::lower));
        from = token.byte_end as usize;
    }
    push_lower(lower, text.get(from..).unwrap_or_default());
    if lower.len() != text.len() {
        lower.clear();
    }
}

/// Appends a text whose only capitals are those of ASCII.
fn push_lower(lower: &mut String, text: &str) {
    let start = lower.len();
    lower.push_str(text);
    if let Some(pushed) = lower.get_mut(start..) {
        pushed.make_ascii_lowercase();
    }
}

fn node(class: u8, end: usize, value: u32) -> Node {
    Node { class, end: to_u32(end), value }
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Longest name between quotation marks, in tokens.
const LONGEST_NAME: usize = 60;

/// Which tokens stand between quotation marks; a mark that is never closed opens nothing. Most texts have no marks, and
/// nothing to tell.
fn quoted(text: &str, tokens: &[Token]) -> Vec<bool> {
    if !tokens.iter().any(|token| token.is('"')) {
        return Vec::new();
    }
    let mut inside = vec![false; tokens.len()];
    let mut open: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        if !token.is('"') {
            continue;
        }
        match (token.text(text), open) {
            ("“" | "«" | "„", _) | (_, None) => open = Some(at),
            (_, Some(start)) if at - start <= LONGEST_NAME => {
                for flag in inside.iter_mut().take(at).skip(start + 1) {
                    *flag = true;
                }
                open = None;
            }
            // A whole passage between quotation marks (an amended article) is text, not a name.
            (_, Some(_)) => open = None,
        }
    }
    inside
}

/// Longest sentence, in tokens; a longer one is cut at a comma or semicolon, so that work stays linear in the text.
const LONGEST_SENTENCE: usize = 240;

/// Sentences end at `.` before a capital or a digit, at `!`, `?`, and at a line break.
fn sentences(out: &mut Vec<Range<usize>>, text: &str, tokens: &[Token]) {
    out.clear();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let ends = match token.kind {
            Kind::Break | Kind::Mark('!' | '?') => true,
            Kind::Mark('.') => {
                let abbreviation = at
                    .checked_sub(1)
                    .and_then(|i| tokens.get(i))
                    .is_some_and(|t| t.kind == Kind::Word && t.width() <= 2 && t.upper && t.text(text) != "TW");
                next.is_none_or(|n| n.spaced && (n.capital || n.kind != Kind::Word)) && !abbreviation
            }
            Kind::Mark(',' | ';') => at - start > LONGEST_SENTENCE,
            _ => at - start > LONGEST_SENTENCE * 2,
        };
        if ends {
            out.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
}
