//! The pattern language and its matcher.
//!
//! A pattern is a flat sequence of elements, separated by blanks:
//!
//! - `trước` a word (spelling variants are equal, see [`crate::language::fold`]);
//! - `/`, `,`, `-` a mark; `'('` and `')'` for brackets, `'''` for an apostrophe;
//! - `<date>` something that an earlier pass found, `<n>` a small number; `<date:end>` names the slot it fills;
//! - `<..3>` up to three tokens that are not the end of a sentence;
//! - `(chậm nhất|muộn nhất)` one of several sequences; `ngày?`, `(…)?` left out or not.
//!
//! Of several matches at one place the longest counts, then the one with more literal words.

mod nodes;
mod parse;

use nodes::ClassSet;
pub use nodes::{Node, Nodes};

use crate::language::token::{Kind, Sym, Token, Vocabulary};
use std::collections::BTreeMap;

/// Number of a class of things that an earlier pass found.
pub type Class = u8;
/// Number of a slot that a pattern fills.
pub type Slot = u8;

/// A slot with the tokens and the value that fill it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capture {
    /// Which slot.
    pub slot: Slot,
    /// First token.
    pub start: u32,
    /// The thing captured.
    pub node: Node,
}

const MAX_CAPTURES: usize = 6;

/// Slots filled on one way through a pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Captures {
    items: [Option<Capture>; MAX_CAPTURES],
}

impl Captures {
    /// Puts a capture behind the first `count`; returns how many there are then.
    fn put(&mut self, count: usize, capture: Capture) -> usize {
        match self.items.get_mut(count) {
            Some(place) => {
                *place = Some(capture);
                count + 1
            }
            None => count,
        }
    }

    /// The first `count` captures alone.
    fn first(&self, count: usize) -> Self {
        let mut first = *self;
        first.items.iter_mut().skip(count).for_each(|item| *item = None);
        first
    }

    /// All captures, in order.
    pub fn iter(&self) -> impl Iterator<Item = Capture> + '_ {
        self.items.iter().flatten().copied()
    }

    /// The first capture of a slot.
    #[must_use]
    pub fn slot(&self, slot: Slot) -> Option<Capture> {
        self.iter().find(|capture| capture.slot == slot)
    }
}

/// Where a pattern matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index of the pattern in its [`Grammar`].
    pub pattern: usize,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Slots.
    pub captures: Captures,
}

#[derive(Debug, Clone)]
enum Op {
    Word(Sym),
    Mark(char),
    Class(Class, Slot),
    /// Up to this many tokens of any kind but the end of a sentence.
    Gap(u8),
    /// Try the first branch, then the second.
    Split(usize, usize),
    Jump(usize),
    Accept,
}

#[derive(Debug, Clone)]
struct Program {
    ops: Vec<Op>,
    literals: usize,
    /// Classes without which no way through the program ends well.
    needs: ClassSet,
}

/// A pattern under the element that a match may begin with.
#[derive(Debug, Clone)]
struct Opening {
    pattern: usize,
    /// What may stand behind that element; nothing where anything may. Most tokens that a pattern might begin with are
    /// ruled out by the next one.
    next: Vec<Op>,
}

impl Opening {
    /// Whether something that may stand behind the first element stands at a token.
    fn may_go_on(&self, tokens: &[Token], nodes: &Nodes, at: usize) -> bool {
        self.next.is_empty()
            || self.next.iter().any(|op| match op {
                Op::Word(sym) => tokens.get(at).is_some_and(|t| t.sym == *sym),
                Op::Mark(mark) => tokens.get(at).is_some_and(|t| t.is(*mark)),
                Op::Class(class, _) => nodes.at(at).any(|node| node.class == *class),
                _ => true,
            })
    }
}

/// Patterns that may begin with one element, each once.
#[derive(Debug, Default, Clone)]
struct Openings(Vec<Opening>);

impl Openings {
    fn add(&mut self, opening: Opening) {
        match self.0.last_mut() {
            Some(last) if last.pattern == opening.pattern => {
                let anything = last.next.is_empty() || opening.next.is_empty();
                last.next.extend(opening.next);
                if anything {
                    last.next.clear();
                }
            }
            _ => self.0.push(opening),
        }
    }
}

/// Names of classes and slots, shared by the patterns of all passes.
#[derive(Debug, Default, Clone)]
pub struct Names {
    names: Vec<String>,
}

impl Names {
    /// Number of a name, which becomes known.
    pub fn intern(&mut self, name: &str) -> u8 {
        let at = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    }
}

/// The patterns of one pass, compiled, with an index by first element.
#[derive(Debug, Default, Clone)]
pub struct Grammar {
    programs: Vec<Program>,
    by_word: BTreeMap<Sym, Openings>,
    /// For each word the place of its openings in `rows`, plus one; 0 where no pattern begins, as with most words.
    places: Vec<u32>,
    rows: Vec<Openings>,
    /// Few marks open a pattern.
    by_mark: Vec<(char, Openings)>,
    by_class: Vec<Openings>,
    /// What the patterns need, each set once.
    needs: Vec<ClassSet>,
}

impl Grammar {
    /// Adds a pattern.
    ///
    /// # Errors
    /// What is wrong with the pattern, in words.
    pub fn add(&mut self, source: &str, vocabulary: &mut Vocabulary, names: &mut Names) -> Result<usize, String> {
        let program = parse::program(source, vocabulary, names)?;
        let pattern = self.programs.len();
        for first in parse::first_ops(&program.ops, 0) {
            let openings = match program.ops.get(first) {
                Some(Op::Word(sym)) => self.by_word.entry(*sym).or_default(),
                Some(Op::Mark(mark)) => self.of_mark(*mark),
                Some(Op::Class(class, _)) => self.of_class(*class),
                _ => return Err(format!("`{source}` must begin with a word, a mark or a class")),
            };
            let next = parse::first_ops(&program.ops, first + 1);
            let mut next: Vec<Op> = next.into_iter().filter_map(|at| program.ops.get(at).cloned()).collect();
            if next.iter().any(|op| !matches!(op, Op::Word(_) | Op::Mark(_) | Op::Class(..))) {
                next.clear();
            }
            openings.add(Opening { pattern, next });
        }
        if !self.needs.contains(&program.needs) {
            self.needs.push(program.needs);
        }
        self.programs.push(program);
        Ok(pattern)
    }

    fn of_mark(&mut self, mark: char) -> &mut Openings {
        let known = self.by_mark.iter().position(|(known, _)| *known == mark);
        let at = known.unwrap_or_else(|| {
            self.by_mark.push((mark, Openings::default()));
            self.by_mark.len() - 1
        });
        &mut self.by_mark[at].1
    }

    fn of_class(&mut self, class: Class) -> &mut Openings {
        let at = usize::from(class);
        if self.by_class.len() <= at {
            self.by_class.resize(at + 1, Openings::default());
        }
        &mut self.by_class[at]
    }

    /// Settles the index when the vocabulary is complete.
    pub fn finish(&mut self, vocabulary: &Vocabulary) {
        self.places = vec![0; vocabulary.size()];
        for (sym, openings) in &self.by_word {
            self.rows.push(openings.clone());
            if let Some(place) = self.places.get_mut(sym.index()) {
                *place = to_u32(self.rows.len());
            }
        }
    }

    /// Whether the text holds what at least one pattern needs.
    #[must_use]
    pub fn may_match(&self, nodes: &Nodes) -> bool {
        self.needs.iter().any(|needs| nodes.classes.holds_all(*needs))
    }

    /// Patterns that may begin with a token.
    fn by_token(&self, token: &Token) -> &[Opening] {
        let openings = match token.kind {
            Kind::Mark(mark) => self.by_mark.iter().find(|(known, _)| *known == mark).map(|(_, openings)| openings),
            _ => match self.places.get(token.sym.index()) {
                Some(&place) if place > 0 => self.rows.get(place as usize - 1),
                _ => None,
            },
        };
        openings.map(|openings| openings.0.as_slice()).unwrap_or_default()
    }

    /// The best match that begins at a token, if any.
    #[must_use]
    pub fn match_at(&self, tokens: &[Token], nodes: &Nodes, at: usize) -> Option<Match> {
        let by_token = self.by_token(tokens.get(at)?);
        if by_token.is_empty() && !nodes.any_at(at) {
            return None;
        }
        self.best(by_token, tokens, nodes, at)
    }

    /// The best of the patterns that begin with the token or with what begins there.
    #[inline(never)]
    fn best(&self, by_token: &[Opening], tokens: &[Token], nodes: &Nodes, at: usize) -> Option<Match> {
        let mut best: Option<Match> = None;
        let mut stack = Vec::new();
        let mut consider = |opening: &Opening, next: usize| {
            let Some(program) = self.programs.get(opening.pattern) else { return };
            if !nodes.classes.holds_all(program.needs) || !opening.may_go_on(tokens, nodes, next) {
                return;
            }
            if let Some((end, captures)) = run(&program.ops, tokens, nodes, at, &mut stack) {
                let better = best.is_none_or(|b| {
                    (end, program.literals)
                        > (b.end, self.programs.get(b.pattern).map_or(0, |program| program.literals))
                });
                if better {
                    best = Some(Match { pattern: opening.pattern, start: at, end, captures });
                }
            }
        };
        for opening in by_token {
            consider(opening, at + 1);
        }
        for node in nodes.at(at) {
            for opening in self.by_class.get(usize::from(node.class)).into_iter().flat_map(|openings| &openings.0) {
                consider(opening, node.end as usize);
            }
        }
        best
    }

    /// Matches that do not overlap, from left to right, the best at each place.
    #[must_use]
    pub fn matches(&self, tokens: &[Token], nodes: &Nodes) -> Vec<Match> {
        let mut found = Vec::new();
        if !self.may_match(nodes) {
            return found;
        }
        let mut at = 0;
        while at < tokens.len() {
            match self.match_at(tokens, nodes, at) {
                Some(hit) => {
                    at = hit.end.max(at + 1);
                    found.push(hit);
                }
                None => at += 1,
            }
        }
        found
    }
}

/// A branch that is still to be tried.
#[derive(Debug, Clone, Copy)]
struct Branch {
    op: usize,
    at: usize,
    /// Captures made before it; those behind belong to branches that are done.
    captured: usize,
    /// The capture that it begins with.
    capture: Option<Capture>,
}

/// Longest way through a program from a token: where it ends and what it captured. `stack` is empty before and after.
fn run(
    ops: &[Op],
    tokens: &[Token],
    nodes: &Nodes,
    start: usize,
    stack: &mut Vec<Branch>,
) -> Option<(usize, Captures)> {
    let mut best: Option<(usize, Captures)> = None;
    let mut captures = Captures::default();
    let mut next = Some(Branch { op: 0, at: start, captured: 0, capture: None });
    // A pattern is short; the bound only keeps a faulty pack from costing time.
    let mut steps = 0_u32;
    while let Some(Branch { mut op, mut at, mut captured, capture }) = next.take().or_else(|| stack.pop()) {
        if let Some(capture) = capture {
            captured = captures.put(captured, capture);
        }
        loop {
            steps += 1;
            if steps > 4_000 {
                stack.clear();
                return best;
            }
            match ops.get(op) {
                Some(Op::Word(sym)) if tokens.get(at).is_some_and(|t| t.sym == *sym) => (op, at) = (op + 1, at + 1),
                Some(Op::Mark(mark)) if tokens.get(at).is_some_and(|t| t.is(*mark)) => (op, at) = (op + 1, at + 1),
                Some(Op::Class(class, slot)) => {
                    let mut hits = nodes.at(at).filter(|node| node.class == *class);
                    let Some(first) = hits.next() else { break };
                    for other in hits {
                        let capture = Some(Capture { slot: *slot, start: to_u32(at), node: *other });
                        stack.push(Branch { op: op + 1, at: other.end as usize, captured, capture });
                    }
                    captured = captures.put(captured, Capture { slot: *slot, start: to_u32(at), node: *first });
                    (op, at) = (op + 1, first.end as usize);
                }
                Some(Op::Gap(width)) => {
                    for skip in 1..=usize::from(*width) {
                        match tokens.get(at + skip - 1) {
                            Some(token) if !ends_sentence(token) => {
                                stack.push(Branch { op: op + 1, at: at + skip, captured, capture: None });
                            }
                            _ => break,
                        }
                    }
                    op += 1;
                }
                Some(Op::Split(first, second)) => {
                    stack.push(Branch { op: *second, at, captured, capture: None });
                    op = *first;
                }
                Some(Op::Jump(to)) => op = *to,
                Some(Op::Accept) => {
                    if at > start && best.as_ref().is_none_or(|(end, _)| at > *end) {
                        best = Some((at, captures.first(captured)));
                    }
                    break;
                }
                _ => break,
            }
        }
    }
    best
}

fn ends_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('.' | ';' | '!' | '?') | Kind::Break)
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::token::Words;

    fn longest(pattern: &str, text: &str) -> Option<String> {
        let mut vocabulary = Vocabulary::default();
        let mut names = Names::default();
        let mut grammar = Grammar::default();
        grammar.add(pattern, &mut vocabulary, &mut names).expect("valid");
        grammar.finish(&vocabulary);
        let tokens = Words::default().tokenize(text, &vocabulary);
        let number = names.intern("n");
        let mut nodes = Nodes::new(tokens.len());
        for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Digits) {
            nodes.push(at, Node { class: number, end: to_u32(at + 1), value: token.value });
        }
        let hit = grammar.matches(&tokens, &nodes).into_iter().next()?;
        let (from, to) = (tokens[hit.start].byte_start as usize, tokens[hit.end - 1].byte_end as usize);
        Some(text[from..to].to_owned())
    }

    #[test]
    fn alternatives_options_and_gaps_match_the_longest() {
        let p = "(trước|chậm nhất (là|vào)?) ngày? <n> (/ <n>)? (/ <n>)?";
        assert_eq!(longest(p, "gửi về trước ngày 10/11/2021 nhé").as_deref(), Some("trước ngày 10/11/2021"));
        assert_eq!(longest(p, "Chậm nhất là 5/9").as_deref(), Some("Chậm nhất là 5/9"));
        assert_eq!(longest(p, "chậm 5/9"), None);
        assert_eq!(longest("gửi <..2> về", "gửi báo cáo về tỉnh").as_deref(), Some("gửi báo cáo về"));
        assert_eq!(longest("gửi <..2> về", "gửi báo. về tỉnh"), None);
        assert_eq!(longest("(mười|mười một) <n>?", "mười một").as_deref(), Some("mười một"));
        assert_eq!(longest("((a|b c)? d)? e", "b c d e").as_deref(), Some("b c d e"));
    }

    #[test]
    fn faulty_patterns_say_what_is_wrong() {
        for bad in ["(a", "a)", "? a", "<..x> a", "(a)?"] {
            let result = Grammar::default().add(bad, &mut Vocabulary::default(), &mut Names::default());
            assert!(result.is_err(), "{bad}");
        }
    }
}
