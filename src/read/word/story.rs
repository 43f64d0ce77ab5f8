//! From paragraphs and row marks to blocks, for formats that say what a paragraph is when it ends (DOC, RTF).

use super::line::Line;
use super::lists::Label;
use super::rows::{RowShape, Rows};
use crate::guard::Limits;
use crate::language::legacy::Legacy;
use crate::model::{Block, BlockKind, CellRef, Document, Hints, InputError, Part, Source};
use crate::read::gaps::{self, Gap};

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
    /// The next block begins a page.
    pub page_break: bool,
    gaps: Vec<(u32, Gap)>,
    characters: usize,
    rows: Rows,
    /// Tables outside of the open text box.
    outer: Vec<(Rows, Part, Line)>,
}

impl<'l> Story<'l> {
    pub(in crate::read) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            blocks: Vec::new(),
            part: Part::Body,
            line: Line::default(),
            page_break: false,
            gaps: Vec::new(),
            characters: 0,
            rows: Rows::default(),
            outer: Vec::new(),
        }
    }

    /// Something that was not read, at this place.
    pub(in crate::read) fn notice(&mut self, gap: Gap) {
        self.gaps.push((self.place(), gap));
    }

    fn place(&self) -> u32 {
        u32::try_from(self.blocks.len()).unwrap_or(u32::MAX)
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
        if let Some(encoding) = line.decoded {
            self.notice(Gap::Decoded(encoding));
        }
        line.page_break_before |= paragraph.page_break_before;
        if is_shown {
            self.characters = self.characters.saturating_add(text.chars().count());
            if self.characters > self.limits.characters {
                return Err(Limits::exceeded("characters", self.limits.characters as u64));
            }
            let (bold, italic) = line.emphasis();
            let cell = self.rows.place();
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
                ..Block::paragraph(self.place(), text)
            });
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
        self.outer.push((rows, part, std::mem::take(&mut self.line)));
    }

    /// Ends it.
    pub(in crate::read) fn end_apart(&mut self) {
        self.end_tables();
        if let Some((mut rows, part, line)) = self.outer.pop() {
            rows.count_on(&self.rows);
            self.rows = rows;
            self.part = part;
            self.line = line;
        }
    }

    /// The document; `encoding` is that of the text which was not decoded from a legacy encoding.
    pub(in crate::read) fn finish(mut self, mut source: Source, encoding: &str) -> Document {
        self.end_tables();
        let mut findings = Vec::new();
        let mut said = Vec::new();
        for &(block, gap) in &self.gaps {
            if gap == Gap::ForeignFile || !said.contains(&gap) {
                said.push(gap);
                findings.push(gap.finding(block));
            }
        }
        let decoded: Vec<(u32, Legacy)> = self
            .gaps
            .iter()
            .filter_map(|(block, gap)| if let Gap::Decoded(encoding) = gap { Some((*block, *encoding)) } else { None })
            .collect();
        source.encoding = gaps::encoding_of(encoding, &self.blocks, &decoded);
        findings.extend(gaps::doubt(&self.blocks, &decoded));
        for (id, block) in (0..).zip(&mut self.blocks) {
            block.id = id;
        }
        Document { source, blocks: self.blocks, notices: findings }
    }
}

/// A block's place in a table.
pub(in crate::read) fn cell_of(block: &mut Block, table: u32) -> Option<&mut CellRef> {
    block.cell.as_mut().filter(|cell| cell.table == table)
}
