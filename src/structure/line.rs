//! Lines of header and footer: blocks taken apart at line breaks and wide gaps, with their folded form.

use super::label::Kind;
use crate::language::fold::Folded;
use crate::language::gaps;
use crate::model::{Block, Span};
use std::cell::OnceCell;

/// One line, or the part of it that stands in one column.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Block.
    pub block: &'a Block,
    /// First character in the block's text.
    pub start: u32,
    /// The text, without blanks at its ends.
    pub text: &'a str,
    /// Folded text; most lines are known for what they are without it.
    pub folded: OnceCell<Folded>,
    /// Column, where the line stands beside others.
    pub column: Option<u32>,
    /// Kind of the block's label, for the first line of the block.
    pub kind: Option<Kind>,
    /// First line of its block with empty lines before.
    pub gap: bool,
}

impl<'a> Line<'a> {
    /// Folded text.
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(self.text))
    }

    /// Folded text without marks at its ends.
    pub fn words(&self) -> &str {
        self.folded().text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '.' | ':' | ','))
    }

    /// The span of the whole line.
    pub fn span(&self) -> Span {
        Span { block: self.block.id, start: self.start, end: self.start + self.text.chars().count() as u32 }
    }

    /// Text and span of a byte range of the folded text.
    pub fn part(&self, folded: std::ops::Range<usize>) -> (&'a str, Span) {
        let range = self.folded().original(folded);
        let text = chars(self.text, range.start, range.end);
        let lead = (text.len() - text.trim_start().len()) as u32;
        let trimmed = text.trim();
        let start = self.start + range.start + lead;
        (trimmed, Span { block: self.block.id, start, end: start + trimmed.chars().count() as u32 })
    }

    /// Nothing but drawn marks.
    pub fn is_drawn(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }

    /// Number of the table that the line stands in.
    pub fn table(&self) -> Option<u32> {
        self.block.cell.map(|cell| cell.table)
    }
}

/// Bytes of a block that are looked at; what is longer is running text, and its beginning says enough.
const BYTES: usize = 8_000;

/// The lines of a block.
pub fn of<'a>(block: &'a Block, kind: Option<Kind>) -> impl Iterator<Item = Line<'a>> {
    let text = beginning(&block.text);
    let is_single = memchr::memchr(b'\n', text.as_bytes()).is_none() && !gaps::may_part(text);
    let single = is_single.then(|| {
        let from = text.len() - text.trim_start().len();
        (from, text.trim(), block.cell.map(|cell| cell.column))
    });
    let parts = if is_single { Vec::new() } else { parts(block, text) };
    let (mut byte, mut start) = (0, 0);
    single.into_iter().filter(|(_, text, _)| !text.is_empty()).chain(parts).enumerate().map(
        move |(at, (from, part, column))| {
            start += text.get(byte..from).map_or(0, |before| before.chars().count() as u32);
            byte = from;
            Line {
                block,
                start,
                text: part,
                folded: OnceCell::new(),
                column,
                kind: kind.filter(|_| at == 0),
                gap: at == 0 && block.hints.gap_before,
            }
        },
    )
}

/// The parts of a text of several lines or columns: the first byte of each, its text, its column.
fn parts<'a>(block: &Block, text: &'a str) -> Vec<(usize, &'a str, Option<u32>)> {
    let mut parts = Vec::new();
    let mut line_start = 0_usize;
    for line in text.split('\n') {
        let cells: Vec<_> = gaps::parts(line).filter(|part| !part.is_empty()).collect();
        for (column, cell) in cells.iter().enumerate() {
            let own = (cells.len() > 1).then_some(column as u32);
            let column = block.cell.map(|c| c.column).or(own);
            parts.push((line_start + cell.start, line.get(cell.clone()).unwrap_or_default(), column));
        }
        line_start += line.len() + 1;
    }
    parts
}

fn beginning(text: &str) -> &str {
    let end = (0..=BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}

/// Characters `start..end` of a text.
fn chars(text: &str, start: u32, end: u32) -> &str {
    let byte = |n: u32| text.char_indices().nth(n as usize).map_or(text.len(), |(at, _)| at);
    text.get(byte(start)..byte(end)).unwrap_or_default()
}
