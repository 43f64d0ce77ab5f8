//! From a pattern's text to its operations.

use super::{ClassSet, Names, Op, Program};
use crate::language::token::Vocabulary;
/// The program of a pattern; what is wrong with it is said in words.
pub(super) fn program(source: &str, vocabulary: &mut Vocabulary, names: &mut Names) -> Result<Program, String> {
    let lexemes = lex(source)?;
    let mut parser = Parser { lexemes: &lexemes, at: 0, ops: Vec::new(), literals: 0, vocabulary, names };
    parser.sequence()?;
    if parser.at < lexemes.len() {
        return Err(format!("`)` or `|` without `(` in `{source}`"));
    }
    parser.ops.push(Op::Accept);
    Ok(Program { needs: needs(&parser.ops), ops: parser.ops, literals: parser.literals })
}

/// Classes that stand on every way through a program.
fn needs(ops: &[Op]) -> ClassSet {
    let mut behind = vec![ClassSet::default(); ops.len() + 1];
    // Every operation leads further on only, so that what is behind it is known when it is looked at.
    for (at, op) in ops.iter().enumerate().rev() {
        let of = |to: usize| behind.get(to).copied().unwrap_or_default();
        let mut set = match op {
            Op::Split(first, second) => ClassSet(of(*first).0 & of(*second).0),
            Op::Jump(to) => of(*to),
            Op::Accept => ClassSet::default(),
            Op::Word(_) | Op::Mark(_) | Op::Class(..) | Op::Gap(_) => of(at + 1),
        };
        if let Op::Class(class, _) = op {
            set.add(*class);
        }
        if let Some(slot) = behind.get_mut(at) {
            *slot = set;
        }
    }
    behind.first().copied().unwrap_or_default()
}

/// The operations that may come first from one on.
pub(super) fn first_ops(ops: &[Op], at: usize) -> Vec<usize> {
    match ops.get(at) {
        Some(Op::Split(first, second)) => [first_ops(ops, *first), first_ops(ops, *second)].concat(),
        Some(Op::Jump(to)) => first_ops(ops, *to),
        _ => vec![at],
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Lexeme {
    Word(String),
    Mark(char),
    Class(String, String),
    Gap(u8),
    Open,
    Close,
    Or,
    Optional,
}

fn lex(source: &str) -> Result<Vec<Lexeme>, String> {
    let mut out = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => {}
            '(' => out.push(Lexeme::Open),
            ')' => out.push(Lexeme::Close),
            '|' => out.push(Lexeme::Or),
            '?' => out.push(Lexeme::Optional),
            '\'' => match (chars.next(), chars.next()) {
                (Some(mark), Some('\'')) => out.push(Lexeme::Mark(mark)),
                _ => return Err(format!("one mark between quotes in `{source}`")),
            },
            '<' => {
                let name: String = chars.by_ref().take_while(|&c| c != '>').collect();
                if let Some(width) = name.strip_prefix("..") {
                    out.push(Lexeme::Gap(width.parse().map_err(|_| format!("gap `{name}` needs a number"))?));
                } else {
                    let (class, slot) = name.split_once(':').unwrap_or((&name, &name));
                    out.push(Lexeme::Class(class.to_owned(), slot.to_owned()));
                }
            }
            c if c.is_alphanumeric() => {
                let mut word = String::from(c);
                while let Some(&next) = chars.peek() {
                    if !next.is_alphanumeric() {
                        break;
                    }
                    word.push(next);
                    chars.next();
                }
                out.push(Lexeme::Word(word));
            }
            mark => out.push(Lexeme::Mark(mark)),
        }
    }
    Ok(out)
}

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    at: usize,
    ops: Vec<Op>,
    literals: usize,
    vocabulary: &'a mut Vocabulary,
    names: &'a mut Names,
}

impl Parser<'_> {
    fn sequence(&mut self) -> Result<(), String> {
        while let Some(lexeme) = self.lexemes.get(self.at) {
            let begin = self.ops.len();
            match lexeme {
                Lexeme::Close | Lexeme::Or => return Ok(()),
                Lexeme::Optional => return Err("`?` must follow an element".to_owned()),
                Lexeme::Word(word) => {
                    let op = Op::Word(self.vocabulary.intern(word));
                    self.ops.push(op);
                    self.literals += 1;
                    self.at += 1;
                }
                Lexeme::Mark(mark) => {
                    self.ops.push(Op::Mark(*mark));
                    self.at += 1;
                }
                Lexeme::Class(class, slot) => {
                    let op = Op::Class(self.names.intern(class), self.names.intern(slot));
                    self.ops.push(op);
                    self.at += 1;
                }
                Lexeme::Gap(width) => {
                    self.ops.push(Op::Gap(*width));
                    self.at += 1;
                }
                Lexeme::Open => self.group()?,
            }
            if self.lexemes.get(self.at) == Some(&Lexeme::Optional) {
                self.at += 1;
                self.shift(begin);
                self.ops.insert(begin, Op::Split(begin + 1, self.ops.len() + 1));
            }
        }
        Ok(())
    }

    /// `(a|b|c)`: a chain of splits, each branch jumping behind the group.
    fn group(&mut self) -> Result<(), String> {
        self.at += 1;
        let mut jumps = Vec::new();
        loop {
            let begin = self.ops.len();
            self.sequence()?;
            match self.lexemes.get(self.at) {
                Some(Lexeme::Or) => {
                    self.at += 1;
                    self.shift(begin);
                    jumps.push(self.ops.len() + 1);
                    self.ops.insert(begin, Op::Split(begin + 1, self.ops.len() + 2));
                    self.ops.push(Op::Jump(usize::MAX));
                }
                Some(Lexeme::Close) => {
                    self.at += 1;
                    let end = self.ops.len();
                    for jump in jumps {
                        if let Some(op) = self.ops.get_mut(jump) {
                            *op = Op::Jump(end);
                        }
                    }
                    return Ok(());
                }
                _ => return Err("`(` without `)`".to_owned()),
            }
        }
    }

    /// Makes room for one operation at `from`: targets at or behind it move by one.
    fn shift(&mut self, from: usize) {
        for op in self.ops.iter_mut().skip(from) {
            match op {
                Op::Split(a, b) => {
                    *a += usize::from(*a >= from);
                    *b += usize::from(*b >= from);
                }
                Op::Jump(to) if *to != usize::MAX => *to += usize::from(*to >= from),
                _ => {}
            }
        }
    }
}
