//! Lines become paragraphs: a paragraph broken over lines is joined, entries stay apart.

use super::columns::Piece;
use crate::model::{Block, BlockKind};

/// What a line break inside a paragraph means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// A new paragraph, unless the sentence plainly goes on.
    Hard,
    /// Nothing (Markdown), unless the line before was short or closed.
    Soft,
}

/// Blocks in reading order.
pub fn blocks(pieces: Vec<Piece>, breaks: Breaks) -> Vec<Block> {
    let width = wrap_width(&pieces);
    let mut blocks: Vec<Block> = Vec::with_capacity(pieces.len());
    // Length of the last line of the block that is being built, for files with a fixed line length.
    let mut last_line = 0;
    for piece in pieces {
        let length = piece.line.text.chars().count();
        if let Some(previous) = blocks.last_mut()
            && piece.cell.is_none()
            && previous.cell.is_none()
            && !piece.line.gap
            && previous.kind != BlockKind::Heading
            && piece.line.heading.is_none()
            && (continues(&previous.text, last_line, &piece.line.text, width)
                || (breaks == Breaks::Soft && flows_on(&previous.text, last_line, &piece.line.text)))
        {
            previous.text.push(' ');
            previous.text.push_str(&piece.line.text);
            previous.hints.bold &= piece.line.strong;
        } else {
            blocks.push(block(blocks.len(), piece));
        }
        last_line = length;
    }
    blocks
}

fn block(id: usize, piece: Piece) -> Block {
    let mut block = Block::paragraph(id as u32, piece.line.text);
    if piece.cell.is_some() {
        block.kind = BlockKind::TableCell;
        block.cell = piece.cell;
    }
    if piece.line.heading.is_some() {
        block.kind = BlockKind::Heading;
        block.hints.outline_level = piece.line.heading;
    }
    block.hints.bold = piece.line.strong;
    block.hints.gap_before = piece.line.gap;
    block.hints.page_break_before = piece.line.page_break;
    block
}

/// The fixed line length of a file that was wrapped by a program, in characters.
fn wrap_width(pieces: &[Piece]) -> Option<usize> {
    const LONGEST: usize = 132;
    let lengths = || pieces.iter().filter(|p| p.cell.is_none()).map(|p| p.line.text.chars().count() + p.line.indent);
    let all = lengths().count();
    let long = lengths().filter(|n| *n > LONGEST).count();
    if all < 8 || long * 100 > all * 2 {
        return None;
    }
    let width = lengths().filter(|n| *n <= LONGEST).max()?;
    let full = lengths().filter(|n| n + 15 >= width).count();
    (width >= 50 && full * 4 >= all).then_some(width)
}

/// Whether a line goes on with the paragraph of the line before it.
fn continues(paragraph: &str, last_line: usize, line: &str, width: Option<usize>) -> bool {
    if starts_entry(line) || is_capitals(paragraph) != is_capitals(line) {
        return false;
    }
    if let Some(width) = width {
        let first_word = line.split(' ').next().map_or(0, |word| word.chars().count());
        if last_line + 1 + first_word > width {
            return true;
        }
    }
    !ends_sentence(paragraph) && (line.starts_with(char::is_lowercase) && !is_name(paragraph) || is_open(paragraph))
}

/// A bracket was opened and not closed, not long ago.
fn is_open(paragraph: &str) -> bool {
    paragraph
        .rfind('(')
        .is_some_and(|at| paragraph.len() - at < 200 && !paragraph.get(at..).is_some_and(|t| t.contains(')')))
}

/// A few words that all begin with a capital: somebody's name, whatever follows it.
fn is_name(paragraph: &str) -> bool {
    let words = || paragraph.split(' ');
    (2..=6).contains(&words().count()) && words().all(|word| word.starts_with(char::is_uppercase))
}

/// Whether a line follows a full line that did not end anything.
fn flows_on(paragraph: &str, last_line: usize, line: &str) -> bool {
    const FULL: usize = 60;
    last_line >= FULL
        && !ends_sentence(paragraph)
        && !starts_entry(line)
        && !is_capitals(paragraph)
        && !is_capitals(line)
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '!', '?', '…'])
}

/// A bullet or a short label in front: a new entry, whatever stands before it.
fn starts_entry(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return true };
    let second = chars.next();
    match first {
        '-' | '+' | '–' | '—' | '*' | '•' | '·' | '●' | '▪' | '■' | '◦' | '}' | '{' | '|' | '#' | '>' => {
            true
        }
        'a'..='z' | 'đ' => matches!(second, Some(')' | '.' | '/')),
        '0'..='9' => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let number = line.get(..line.len() - rest.len()).unwrap_or_default();
            // A telephone number or an amount has longer groups than a label.
            let short = number.split('.').enumerate().all(|(at, group)| group.len() <= if at == 0 { 3 } else { 2 });
            short && (number.ends_with('.') || rest.starts_with([')', '/', '-', '–']))
        }
        _ => false,
    }
}

/// No small letter, and at least two letters.
fn is_capitals(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c.is_lowercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}
