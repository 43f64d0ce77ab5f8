//! A document as segments: what stands between tabs, wide gaps, bars and line breaks, with its place.
//!
//! Offices type the same form in many ways: a field to a line, several on one line, in a table, in columns made of
//! blanks. Segments make them alike.

use crate::language::fold::Folded;
use crate::language::letter::{is_capital, is_word};
use crate::model::{Block, Document, Part, Span};
use std::ops::Range;

/// Blanks that part two columns.
const GAP: usize = 3;

/// A piece of one line of one block.
#[derive(Debug)]
pub(in crate::check) struct Segment {
    /// Its place, without blanks at its ends.
    pub(in crate::check) span: Span,
    /// Its text.
    pub(in crate::check) text: String,
    /// The same, folded.
    pub(in crate::check) folded: Folded,
    /// Label of the block, for its first segment.
    pub(in crate::check) label: Option<String>,
    /// Table, row, column: of the file, or of bars in a line.
    pub(in crate::check) cell: Option<(u32, u32, u32)>,
    /// Segments of one line have one number.
    pub(in crate::check) line: u32,
    /// Tabs in front of it in its line.
    pub(in crate::check) tabs: u32,
    /// The whole block is bold, or a heading.
    pub(in crate::check) strong: bool,
}

impl Segment {
    /// The folded text.
    pub(in crate::check) fn words(&self) -> &str {
        &self.folded.text
    }

    /// Place of a byte range of the folded text.
    pub(in crate::check) fn span(&self, range: Range<usize>) -> Span {
        let chars = self.folded.original(range);
        Span { block: self.span.block, start: self.span.start + chars.start, end: self.span.start + chars.end }
    }

    /// The words at a byte range of the folded text, as written.
    pub(in crate::check) fn slice(&self, range: Range<usize>) -> String {
        let chars = self.folded.original(range);
        self.text.chars().skip(chars.start as usize).take((chars.end - chars.start) as usize).collect()
    }

    /// All letters are capitals, and there are some.
    pub(in crate::check) fn is_capitals(&self) -> bool {
        let mut any = false;
        for c in self.text.chars().filter(|c| is_word(*c) && !c.is_ascii_digit()) {
            if !is_capital(c) {
                return false;
            }
            any = true;
        }
        any
    }
}

/// Segments of the running text in reading order; page furniture, notes and comments are left out.
pub(in crate::check) fn of(document: &Document) -> Vec<Segment> {
    let mut cutter = Cutter { segments: Vec::new(), line: 0, bars: None, tables: 10_000 };
    for block in &document.blocks {
        if matches!(block.part, Part::Body | Part::TextBox) {
            cutter.block(block);
        }
    }
    cutter.segments
}

struct Cutter {
    segments: Vec<Segment>,
    line: u32,
    /// Table made of bars that is open: its number and next row.
    bars: Option<(u32, u32)>,
    tables: u32,
}

impl Cutter {
    fn block(&mut self, block: &Block) {
        let mut label = block.label.clone();
        let mut start = 0;
        for line in block.text.split('\n') {
            let length = line.chars().count();
            self.line += 1;
            if is_barred(line) {
                self.barred(block, line, start);
            } else {
                self.bars = None;
                self.gapped(block, line, start, &mut label);
            }
            start += length + 1;
        }
    }

    /// `| 2023 | Lao động tiên tiến | … |`.
    fn barred(&mut self, block: &Block, line: &str, start: usize) {
        if line.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' ')) {
            return;
        }
        let (table, row) = self.bars.unwrap_or_else(|| {
            self.tables += 1;
            (self.tables, 0)
        });
        self.bars = Some((table, row + 1));
        let inner = line.trim_start();
        let offset = line.chars().count() - inner.chars().count() + usize::from(inner.starts_with('|'));
        let body = inner.strip_prefix('|').unwrap_or(inner).trim_end();
        let body = body.strip_suffix('|').unwrap_or(body);
        let mut at = start + offset;
        for (column, part) in (0..).zip(body.split('|')) {
            self.push(block, part, at, None, Some((table, row, column)), 0, true);
            at += part.chars().count() + 1;
        }
    }

    fn gapped(&mut self, block: &Block, line: &str, start: usize, label: &mut Option<String>) {
        let cell = block.cell.map(|cell| (cell.table, cell.row, cell.column));
        let (mut at, mut tabs) = (start, 0);
        for tabbed in line.split('\t') {
            for (offset, part) in parts(tabbed) {
                self.push(block, part, at + offset, label.take(), cell, tabs, false);
            }
            at += tabbed.chars().count() + 1;
            tabs += 1;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one place builds segments")]
    fn push(
        &mut self,
        block: &Block,
        part: &str,
        at: usize,
        label: Option<String>,
        cell: Option<(u32, u32, u32)>,
        tabs: u32,
        keep_empty: bool,
    ) {
        let text = part.trim();
        if text.is_empty() && !keep_empty && cell.is_none() {
            return;
        }
        let lead = part.chars().count() - part.trim_start().chars().count();
        let first = u32::try_from(at + lead).unwrap_or(u32::MAX);
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        self.segments.push(Segment {
            span: Span { block: block.id, start: first, end: first.saturating_add(length) },
            folded: Folded::new(text),
            text: text.to_owned(),
            label,
            cell,
            line: self.line,
            tabs,
            strong: block.hints.bold || block.hints.outline_level.is_some(),
        });
    }
}

/// A line of a table that is drawn with bars.
fn is_barred(line: &str) -> bool {
    let line = line.trim();
    line.bytes().filter(|byte| *byte == b'|').count() >= 2 && (line.starts_with('|') || line.ends_with('|'))
        || line.bytes().filter(|byte| *byte == b'|').count() >= 3
}

/// Pieces between wide gaps, with their character offsets.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut start_byte, mut start_char) = (0, 0);
    let (mut blanks, mut blank_byte) = (0, 0);
    for (char_at, (byte, c)) in text.char_indices().enumerate() {
        if c == ' ' {
            if blanks == 0 {
                blank_byte = byte;
            }
            blanks += 1;
            continue;
        }
        if blanks >= GAP && blank_byte > start_byte {
            parts.push((start_char, text.get(start_byte..blank_byte).unwrap_or_default()));
            (start_byte, start_char) = (byte, char_at);
        }
        blanks = 0;
    }
    parts.push((start_char, text.get(start_byte..).unwrap_or_default()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Source};

    fn segments(lines: &[&str]) -> Vec<(String, u32)> {
        let source =
            Source { path: String::new(), format: Format::Text, sha256: String::new(), encoding: String::new() };
        let blocks = (0..).zip(lines).map(|(id, text)| Block::paragraph(id, *text)).collect();
        let document = Document { source, blocks, notices: Vec::new() };
        let found = of(&document);
        for segment in &found {
            assert_eq!(document.slice(segment.span), Some(segment.text.as_str()), "the place is right");
        }
        found.into_iter().map(|segment| (segment.text, segment.line)).collect()
    }

    #[test]
    fn lines_are_cut_at_gaps_tabs_and_bars() {
        let text = |lines: &[&str]| segments(lines).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(text(&["NGƯỜI BÁO CÁO      THỦ TRƯỞNG"]), ["NGƯỜI BÁO CÁO", "THỦ TRƯỞNG"]);
        assert_eq!(text(&["a b\tc\nd"]), ["a b", "c", "d"]);
        assert_eq!(text(&["| 2023 | LĐTT |  | số 1 |"]), ["2023", "LĐTT", "", "số 1"]);
        assert_eq!(text(&["|---|---|"]), Vec::<String>::new());
        assert_eq!(text(&["hai  dấu cách"]), ["hai  dấu cách"]);
    }
}
