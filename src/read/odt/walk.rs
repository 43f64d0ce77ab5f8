//! The walk through the text.

use super::lists::{Lists, Open};
use super::styles::{LEVELS, Styles};
use crate::guard::Limits;
use crate::guard::xml::{Element, Xml};
use crate::model::{Block, CellRef, InputError, Part};
use crate::read::word::look::RunLook;
use crate::read::word::story::{Paragraph, Story};

type Outcome = Result<(), InputError>;

/// Reads stories into blocks.
#[derive(Debug)]
pub(super) struct Walker<'l> {
    pub styles: Styles,
    pub story: Story<'l>,
    limits: &'l Limits,
    lists: Lists,
    open: Vec<Open>,
    /// The last character of the paragraph was a blank: blanks of the markup run together.
    after_blank: bool,
    /// Blocks of the text boxes anchored in the open paragraph.
    boxes: Vec<Block>,
    /// Stories that follow the body.
    pub notes: Vec<Block>,
    pub endnotes: Vec<Block>,
    pub comments: Vec<Block>,
    pub furniture: Vec<Vec<Block>>,
    cells: usize,
}

impl<'l> Walker<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            styles: Styles::default(),
            story: Story::new(limits),
            limits,
            lists: Lists::default(),
            open: Vec::new(),
            after_blank: true,
            boxes: Vec::new(),
            notes: Vec::new(),
            endnotes: Vec::new(),
            comments: Vec::new(),
            furniture: Vec::new(),
            cells: 0,
        }
    }

    /// Reads the paragraphs, lists and tables in the open element.
    pub(super) fn blocks(&mut self, xml: &mut Xml) -> Outcome {
        while let Some(child) = xml.child()? {
            match child.name() {
                b"p" => self.paragraph(&child, None, xml)?,
                b"h" => {
                    let level = child.attribute(b"outline-level").and_then(|level| level.parse::<u8>().ok());
                    let is_plain = child.attribute(b"is-list-header").is_some_and(|value| value == "true");
                    let level = level.unwrap_or(1).clamp(1, 10) - 1;
                    self.paragraph(&child, Some((level, is_plain)), xml)?;
                }
                b"list" => self.list(&child, xml)?,
                b"table" => self.table(xml)?,
                b"section"
                | b"index-body"
                | b"index-title"
                | b"table-of-content"
                | b"illustration-index"
                | b"alphabetical-index"
                | b"user-index"
                | b"object-index"
                | b"table-index"
                | b"bibliography"
                | b"numbered-paragraph" => self.blocks(xml)?,
                b"frame" | b"custom-shape" | b"rect" | b"g" | b"a" => {
                    self.graphic(&child, xml)?;
                    let boxes = std::mem::take(&mut self.boxes);
                    self.story.follow(boxes);
                }
                // Deleted text among them.
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element, heading: Option<(u8, bool)>, xml: &mut Xml) -> Outcome {
        let look = self.styles.paragraph(&element.attribute(b"style-name").unwrap_or_default());
        let outer_boxes = std::mem::take(&mut self.boxes);
        self.after_blank = true;
        self.inline(xml, look.run)?;
        let label = match self.open.last_mut() {
            Some(list) => self.lists.label(list, look.list.as_deref(), &self.styles),
            None => {
                let numbered = heading.filter(|(_, is_plain)| !is_plain);
                numbered.and_then(|(level, _)| self.lists.heading(usize::from(level), &self.styles))
            }
        };
        self.story.paragraph(&Paragraph {
            outline: heading.map(|(level, _)| level.min(8)),
            label: label.map(|label| label.in_font(look.run.font)),
            centred: look.centred,
            page_break_before: look.page_break_before,
            depth: 0,
        })?;
        let boxes = std::mem::replace(&mut self.boxes, outer_boxes);
        self.story.follow(boxes);
        Ok(())
    }

    /// Text with what stands in it.
    fn inline(&mut self, xml: &mut Xml, look: RunLook) -> Outcome {
        let mut text = String::new();
        loop {
            let child = xml.child_after(&mut text)?;
            self.push(&std::mem::take(&mut text), look);
            let Some(child) = child else { return Ok(()) };
            match child.name() {
                b"span" => {
                    let name = child.attribute(b"style-name").unwrap_or_default();
                    let inner = self.styles.span(look, &name);
                    self.inline(xml, inner)?;
                    continue;
                }
                b"s" => {
                    let count = child.attribute(b"c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                    self.mark(&" ".repeat(count.min(1_000)), look);
                }
                b"tab" => self.mark("\t", look),
                b"line-break" => self.mark("\n", look),
                b"note" => {
                    self.note(&child, xml)?;
                    continue;
                }
                b"annotation" => {
                    self.story.begin_apart(Part::Comment);
                    let open = std::mem::take(&mut self.open);
                    self.blocks(xml)?;
                    self.open = open;
                    let mut blocks = self.story.end_apart();
                    self.comments.append(&mut blocks);
                    continue;
                }
                b"frame" | b"custom-shape" | b"rect" | b"g" | b"line" | b"polygon" | b"ellipse" => {
                    let after_blank = self.after_blank;
                    self.graphic(&child, xml)?;
                    self.after_blank = after_blank;
                    continue;
                }
                b"page-number"
                | b"page-count"
                | b"page-continuation"
                | b"placeholder"
                | b"script"
                | b"hidden-text"
                | b"change"
                | b"change-start"
                | b"change-end"
                | b"ruby-text"
                | b"variable-set"
                | b"user-index-mark"
                | b"alphabetical-index-mark"
                | b"toc-mark"
                | b"note-citation"
                | b"forms" => {}
                // Links, fields and what newer programs may add: their text is shown.
                _ => {
                    self.inline(xml, look)?;
                    continue;
                }
            }
            xml.skip()?;
        }
    }

    /// Text of the markup: its blanks run together.
    fn push(&mut self, text: &str, look: RunLook) {
        if text.is_empty() || look.toggles.hidden {
            return;
        }
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !is_blank || !self.after_blank {
                collapsed.push(if is_blank { ' ' } else { c });
            }
            self.after_blank = is_blank;
        }
        self.story.line.push(&collapsed, look);
    }

    fn mark(&mut self, marks: &str, look: RunLook) {
        if !look.toggles.hidden {
            marks.chars().for_each(|mark| self.story.line.push_mark(mark));
        }
        self.after_blank = false;
    }

    fn list(&mut self, element: &Element, xml: &mut Xml) -> Outcome {
        let value = |name: &[u8]| element.attribute(name).map(|value| value.into_owned());
        let goes_on = value(b"continue-numbering").is_some_and(|value| value == "true");
        let list = self.lists.open(
            value(b"style-name"),
            value(b"id"),
            value(b"continue-list").as_deref(),
            goes_on,
            self.open.last(),
        );
        if self.open.len() >= LEVELS {
            return self.blocks(xml);
        }
        self.open.push(list);
        while let Some(item) = xml.child()? {
            let is_item = item.name() == b"list-item";
            if !is_item && item.name() != b"list-header" {
                xml.skip()?;
                continue;
            }
            let start = item.attribute(b"start-value").and_then(|start| start.parse().ok());
            if let Some(list) = self.open.last_mut() {
                list.begin_entry(is_item, start);
            }
            self.blocks(xml)?;
        }
        self.open.pop();
        Ok(())
    }

    fn note(&mut self, element: &Element, xml: &mut Xml) -> Outcome {
        let is_endnote = element.attribute(b"note-class").is_some_and(|class| class == "endnote");
        let mut label = String::new();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"note-citation" => xml.text(&mut label)?,
                b"note-body" => {
                    self.story.begin_apart(Part::Note);
                    let open = std::mem::take(&mut self.open);
                    let after_blank = self.after_blank;
                    self.blocks(xml)?;
                    self.after_blank = after_blank;
                    self.open = open;
                    let mut blocks = self.story.end_apart();
                    if let Some(first) = blocks.first_mut().filter(|_| !label.trim().is_empty()) {
                        first.label.get_or_insert_with(|| label.trim().to_owned());
                    }
                    if is_endnote { self.endnotes.append(&mut blocks) } else { self.notes.append(&mut blocks) }
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Drawings: only the text in them is text.
    fn graphic(&mut self, element: &Element, xml: &mut Xml) -> Outcome {
        match element.name() {
            b"text-box" | b"custom-shape" | b"rect" | b"line" | b"polygon" | b"ellipse" => {
                let part = if self.story.part == Part::Body { Part::TextBox } else { self.story.part };
                self.story.begin_apart(part);
                let open = std::mem::take(&mut self.open);
                let boxes = std::mem::take(&mut self.boxes);
                self.blocks(xml)?;
                self.open = open;
                self.boxes = boxes;
                let mut blocks = self.story.end_apart();
                self.boxes.append(&mut blocks);
                Ok(())
            }
            b"frame" | b"g" | b"a" => {
                while let Some(child) = xml.child()? {
                    self.graphic(&child, xml)?;
                }
                Ok(())
            }
            _ => xml.skip(),
        }
    }

    fn table(&mut self, xml: &mut Xml) -> Outcome {
        let outer = self.story.cell;
        let place = CellRef {
            table: self.story.next_table(),
            row: 0,
            column: 0,
            column_span: 1,
            row_span: 1,
            depth: outer.map_or(0, |cell| cell.depth + 1),
        };
        let open = std::mem::take(&mut self.open);
        let mut row = 0;
        self.rows(xml, place, &mut row)?;
        self.open = open;
        self.story.cell = outer;
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml, place: CellRef, row: &mut u32) -> Outcome {
        while let Some(child) = xml.child()? {
            match child.name() {
                b"table-header-rows" | b"table-rows" | b"table-row-group" => self.rows(xml, place, row)?,
                b"table-row" => {
                    self.row(xml, CellRef { row: *row, ..place })?;
                    *row = row.saturating_add(number(&child, b"number-rows-repeated"));
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml, place: CellRef) -> Outcome {
        let mut column = 0_u32;
        while let Some(child) = xml.child()? {
            let repeated = number(&child, b"number-columns-repeated");
            match child.name() {
                b"table-cell" => {
                    self.cells += 1;
                    if self.cells > self.limits.cells {
                        return Err(Limits::exceeded("table cells", self.limits.cells as u64));
                    }
                    let first = self.story.blocks.len();
                    self.story.cell = Some(CellRef {
                        column,
                        column_span: number(&child, b"number-columns-spanned"),
                        row_span: number(&child, b"number-rows-spanned"),
                        ..place
                    });
                    self.blocks(xml)?;
                    self.repeat(first, column, repeated)?;
                }
                // What a merged cell covers is not shown.
                _ => xml.skip()?,
            }
            column = column.saturating_add(repeated);
        }
        Ok(())
    }

    /// Writes out a cell that stands for several.
    fn repeat(&mut self, first: usize, column: u32, repeated: u32) -> Outcome {
        let cell: Vec<Block> = self.story.blocks.get(first..).unwrap_or_default().to_vec();
        if cell.is_empty() {
            return Ok(());
        }
        for copy in 1..repeated {
            self.cells += 1;
            if self.cells > self.limits.cells {
                return Err(Limits::exceeded("table cells", self.limits.cells as u64));
            }
            let mut again = cell.clone();
            for place in again.iter_mut().filter_map(|block| block.cell.as_mut()) {
                place.column = place.column.max(column).saturating_add(copy);
            }
            self.story.follow(again);
        }
        Ok(())
    }

    /// Headers and footers of the page styles.
    pub(super) fn master_pages(&mut self, xml: &mut Xml) -> Outcome {
        while let Some(page) = xml.child()? {
            if page.name() != b"master-page" {
                xml.skip()?;
                continue;
            }
            while let Some(child) = xml.child()? {
                let part = match child.name() {
                    b"header" | b"header-left" | b"header-first" => Part::Header,
                    b"footer" | b"footer-left" | b"footer-first" => Part::Footer,
                    _ => {
                        xml.skip()?;
                        continue;
                    }
                };
                self.story.begin_apart(part);
                self.blocks(xml)?;
                let blocks = self.story.end_apart();
                self.furniture.push(blocks);
            }
        }
        Ok(())
    }
}

/// A count that is at least one, and no more than any table has.
fn number(element: &Element, name: &[u8]) -> u32 {
    element.attribute(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).clamp(1, 16_384)
}
