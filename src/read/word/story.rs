//! From paragraphs and row marks to blocks, for formats that say what a paragraph is when it ends (DOC, RTF).

use super::line::Line;
use super::lists::Label;
use super::rows::{RowShape, Rows};
use crate::guard::Limits;
use crate::model::{Block, BlockKind, CellRef, Document, Hints, InputError, Part, Source};
use crate::read::gaps::{self, Gap};
use std::collections::BTreeMap;

/// What a finished paragraph is.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Paragraph {
    /// 0–8 for a heading.
    pub outline: Option<u8>,
    pub label: Option<Label>,
    pub centred: bool,
    pub page_break_before: bool,
    /// Tables around the paragraph; 0 for running text.
    pub depth: usize,
}

/// Collects blocks.
#[derive(Debug)]
pub(in crate::read) struct Story<'l> {
    limits: &'l Limits,
    pub blocks: Vec<Block>,
    pub part: Part,
    pub line: Line,
    /// Place in a table of formats that say it before the text.
    pub cell: Option<CellRef>,
    /// The next block begins a page.
    pub page_break: bool,
    /// What was noticed, with the number of the block at which it was.
    gaps: Vec<(u32, Gap)>,
    /// Blocks so far; a block's id is its number until the document is finished.
    next: u32,
    characters: usize,
    rows: Rows,
    /// Tables outside of the open text box.
    outer: Vec<Outer>,
}

/// What waits while a story of its own is read.
#[derive(Debug)]
struct Outer {
    rows: Rows,
    part: Part,
    line: Line,
    blocks: Vec<Block>,
    cell: Option<CellRef>,
}

impl<'l> Story<'l> {
    pub(in crate::read) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            blocks: Vec::new(),
            part: Part::Body,
            line: Line::default(),
            cell: None,
            page_break: false,
            gaps: Vec::new(),
            next: 0,
            characters: 0,
            rows: Rows::default(),
            outer: Vec::new(),
        }
    }

    /// Something that was not read, at this place.
    pub(in crate::read) fn notice(&mut self, gap: Gap) {
        self.gaps.push((self.next, gap));
    }

    /// Turns the line into a block.
    pub(in crate::read) fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), InputError> {
        self.rows.enter(paragraph.depth, &mut self.blocks);
        let text = self.line.finish();
        let mut line = std::mem::take(&mut self.line);
        let is_shown = !text.is_empty() || paragraph.label.as_ref().is_some_and(|label| !label.is_bullet);
        if line.unknown_sign {
            self.notice(Gap::UnknownSign);
        }
        if line.marks_dropped {
            self.notice(Gap::LeftOver("**"));
        }
        for encoding in std::mem::take(&mut line.decoded) {
            self.notice(Gap::Decoded(encoding));
        }
        line.page_break_before |= paragraph.page_break_before;
        if is_shown {
            self.characters = self.characters.saturating_add(text.chars().count());
            if self.characters > self.limits.characters {
                return Err(Limits::exceeded("characters", self.limits.characters as u64));
            }
            let (bold, italic) = line.emphasis();
            let cell = self.cell.or_else(|| self.rows.place());
            let kind = match (cell, paragraph.outline, &paragraph.label) {
                (Some(_), ..) => BlockKind::TableCell,
                (None, Some(_), _) => BlockKind::Heading,
                (None, None, Some(_)) => BlockKind::ListItem,
                (None, None, None) => BlockKind::Paragraph,
            };
            let hints = Hints {
                outline_level: paragraph.outline,
                list_level: paragraph.label.as_ref().map(|label| label.level),
                bold,
                italic,
                centred: paragraph.centred,
                page_break_before: line.page_break_before || std::mem::take(&mut self.page_break),
                gap_before: false,
            };
            self.blocks.push(Block {
                kind,
                label: paragraph.label.as_ref().map(|label| label.text.clone()),
                part: self.part,
                cell,
                hints,
                ..Block::paragraph(self.next, text)
            });
            self.next = self.next.saturating_add(1);
        } else {
            self.page_break |= line.page_break_before;
        }
        self.page_break |= line.page_break_after;
        Ok(())
    }

    /// A cell of the table at this depth ends.
    pub(in crate::read) fn end_cell(&mut self, depth: usize) -> Result<(), InputError> {
        self.rows.enter(depth, &mut self.blocks);
        self.rows.end_cell(&self.blocks);
        if self.rows.cells > self.limits.cells {
            return Err(Limits::exceeded("table cells", self.limits.cells as u64));
        }
        Ok(())
    }

    /// A row of the table at this depth ends.
    pub(in crate::read) fn end_row(&mut self, depth: usize, shape: &RowShape) {
        self.rows.enter(depth, &mut self.blocks);
        self.rows.end_row(shape, &mut self.blocks);
    }

    /// The number of a table that begins.
    pub(in crate::read) fn next_table(&mut self) -> u32 {
        self.rows.next_table()
    }

    /// All tables end.
    pub(in crate::read) fn end_tables(&mut self) {
        self.rows.enter(0, &mut self.blocks);
    }

    /// A page break character: before text, the paragraph begins a page; after it, the next one does.
    pub(in crate::read) fn break_page(&mut self) {
        if self.line.is_blank() {
            self.line.page_break_before = true;
        } else {
            self.line.push_mark('\n');
            self.line.page_break_after = true;
        }
    }

    /// Begins a story apart from the open paragraph and table: a text box, a note.
    pub(in crate::read) fn begin_apart(&mut self, part: Part) {
        let fresh = self.rows.apart();
        let rows = std::mem::replace(&mut self.rows, fresh);
        let part = std::mem::replace(&mut self.part, part);
        let blocks = std::mem::take(&mut self.blocks);
        self.outer.push(Outer { rows, part, line: std::mem::take(&mut self.line), blocks, cell: self.cell.take() });
    }

    /// Ends it and returns its blocks.
    pub(in crate::read) fn end_apart(&mut self) -> Vec<Block> {
        self.end_tables();
        let Some(mut outer) = self.outer.pop() else { return Vec::new() };
        outer.rows.count_on(&self.rows);
        (self.rows, self.part, self.line, self.cell) = (outer.rows, outer.part, outer.line, outer.cell);
        std::mem::replace(&mut self.blocks, outer.blocks)
    }

    /// Adds finished blocks.
    pub(in crate::read) fn follow(&mut self, mut blocks: Vec<Block>) {
        self.blocks.append(&mut blocks);
    }

    /// The document; `encoding` is that of the text which was not decoded from a legacy encoding.
    pub(in crate::read) fn finish(mut self, source: Source, encoding: &str) -> Document {
        self.end_tables();
        let places: BTreeMap<u32, u32> = (0..).zip(&self.blocks).map(|(at, block)| (block.id, at)).collect();
        let place = |number: u32| places.range(number..).next().map_or(0, |(_, at)| *at);
        let gaps: Vec<(u32, Gap)> = self.gaps.iter().map(|(number, gap)| (place(*number), *gap)).collect();
        for (id, block) in (0..).zip(&mut self.blocks) {
            block.id = id;
        }
        let mut document = Document { source, blocks: self.blocks, notices: Vec::new() };
        gaps::settle(&mut document, encoding, &gaps);
        document
    }
}

/// A block's place in a table.
pub(in crate::read) fn cell_of(block: &mut Block, table: u32) -> Option<&mut CellRef> {
    block.cell.as_mut().filter(|cell| cell.table == table)
}
