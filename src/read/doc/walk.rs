//! The walk through the text: characters by piece and run, paragraphs at their marks.

use super::file::{File, Structure, SubDocument};
use super::lists;
use super::looks::{ParagraphProperties, RunProperties};
use super::pages::Pages;
use super::pieces::Piece;
use super::styles::Styles;
use crate::guard::Limits;
use crate::language::fold::nfc;
use crate::language::legacy;
use crate::model::{InputError, Part};
use crate::read::gaps::Gap;
use crate::read::word::fields::Fields;
use crate::read::word::lists::{Counters, Label, ListRef, Numbering};
use crate::read::word::look::RunLook;
use crate::read::word::story::{Paragraph, Story};
use crate::read::word::symbols::Font;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

type Outcome = Result<(), InputError>;

/// A piece of a paragraph.
#[derive(Debug)]
enum Item {
    Text(String),
    /// Tab, line break, hyphen.
    Mark(char),
    PageBreak,
    /// Number of a font and a code in it.
    Symbol(u16, u16),
    FieldBegin,
    FieldSeparator,
    FieldEnd,
    /// A drawing stands at this character position.
    Drawing(u32),
}

/// Reads stories into blocks.
#[derive(Debug)]
pub(super) struct Walker<'s, 'l> {
    pub file: File<'s>,
    pieces: Vec<Piece<'s>>,
    runs: Pages<'s>,
    paragraphs: Pages<'s>,
    styles: Styles,
    numbering: Numbering,
    counters: Counters,
    pub story: Story<'l>,
    fields: Fields,
    items: Vec<(Item, RunProperties)>,
    /// Ends of sections; whether what follows begins a page.
    sections: BTreeMap<u32, bool>,
    /// Text boxes by the position of their anchor.
    boxes: BTreeMap<u32, Range<u32>>,
    shown_boxes: BTreeSet<u32>,
    /// Letters in one byte may be those of the Vietnamese code page.
    may_be_local: bool,
    /// Some of them were.
    was_local: bool,
    /// Characters walked over so far: ranges may overlap in a hostile file.
    walked: usize,
    limits: &'l Limits,
}

impl<'s, 'l> Walker<'s, 'l> {
    pub(super) fn new(file: File<'s>, pieces: Vec<Piece<'s>>, limits: &'l Limits) -> Self {
        let styles = Styles::read(file);
        let numbering = lists::read(file, &styles);
        let may_be_local = file.is_vietnamese() || styles.has_vietnamese_fonts;
        Self {
            file,
            pieces,
            runs: Pages::of_runs(file.main, file.plc(Structure::RunPages, 4)),
            paragraphs: Pages::of_paragraphs(file.main, file.plc(Structure::ParagraphPages, 4)),
            styles,
            numbering,
            counters: Counters::default(),
            story: Story::new(limits),
            fields: Fields::default(),
            items: Vec::new(),
            sections: sections(file),
            boxes: boxes(file),
            shown_boxes: BTreeSet::new(),
            may_be_local,
            was_local: false,
            walked: 0,
            limits,
        }
    }

    /// Begins anew, taking text in field codes for text.
    pub(super) fn leniently(&mut self) {
        self.story = Story::new(self.limits);
        self.story.notice(Gap::UnclosedField);
        self.counters = Counters::default();
        self.fields = Fields::lenient();
        self.items.clear();
        self.shown_boxes.clear();
    }

    /// Whether a field was begun that never came to its result.
    pub(super) fn swallowed(&self) -> bool {
        self.fields.swallowed()
    }

    /// How text is stored: in two bytes a character, or in one of a code page.
    pub(super) fn encoding(&self) -> &'static str {
        if self.pieces.iter().any(|piece| !piece.narrow) {
            "utf-16le"
        } else if self.was_local {
            "windows-1258"
        } else {
            "windows-1252"
        }
    }

    /// Letters in one byte are those of Western Europe, unless programs on a Vietnamese system wrote their own. What is
    /// in a font from before Unicode is decoded by font later, from either.
    fn narrow(&mut self, bytes: &[u8]) -> String {
        let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
        if self.may_be_local && !text.is_ascii() {
            let local = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes).0;
            if legacy::quality(&nfc(&local)).0 > legacy::quality(&text).0 {
                self.was_local = true;
                return local.into_owned();
            }
        }
        text.into_owned()
    }

    /// Walks the characters of a range.
    pub(super) fn walk(&mut self, range: Range<u32>) -> Outcome {
        self.walked = self.walked.saturating_add(range.end.saturating_sub(range.start) as usize);
        if self.walked > self.limits.characters.saturating_mul(4) {
            return Err(Limits::exceeded("characters", self.limits.characters as u64));
        }
        let first = self.pieces.partition_point(|piece| piece.end <= range.start);
        let mut index = first;
        while let Some(piece) = self.pieces.get(index).copied().filter(|piece| piece.start < range.end) {
            self.piece(piece, range.start.max(piece.start)..range.end.min(piece.end))?;
            index += 1;
        }
        if !self.items.is_empty() {
            self.end_paragraph(&ParagraphProperties::default(), &RunProperties::default())?;
        }
        Ok(())
    }

    fn piece(&mut self, piece: Piece<'s>, range: Range<u32>) -> Outcome {
        let mut at = range.start;
        while at < range.end {
            let offset = piece.offset_of(at);
            let (list, run_end) = self.runs.at(offset);
            let mut run = RunProperties::default();
            run.read(list);
            run.change(piece.changes);
            // A run that ends within a character ends after it.
            let chars = run_end.saturating_sub(offset).div_ceil(piece.width()).max(1);
            let end = at.saturating_add(u32::try_from(chars).unwrap_or(u32::MAX)).min(range.end);
            let len = (end - at) as usize * piece.width();
            let bytes = self.file.main.get(offset, len).unwrap_or_default();
            if piece.narrow {
                let text = self.narrow(bytes);
                self.chars(text.chars().map(|c| (c, 1)), at, piece, &run)?;
            } else {
                let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
                let chars = char::decode_utf16(units).map(|c| {
                    c.map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, u32::try_from(c.len_utf16()).unwrap_or(1)))
                });
                self.chars(chars, at, piece, &run)?;
            }
            at = end;
        }
        Ok(())
    }

    /// Characters of one run with the positions that each takes.
    fn chars(
        &mut self,
        chars: impl Iterator<Item = (char, u32)>,
        mut at: u32,
        piece: Piece<'s>,
        run: &RunProperties,
    ) -> Outcome {
        let mut text = String::new();
        for (c, width) in chars {
            let position = at;
            at = at.saturating_add(width);
            if !run.special && (c >= ' ' || c == '\t') {
                if c == '\t' {
                    self.text(&mut text, run);
                    self.items.push((Item::Mark('\t'), *run));
                } else {
                    text.push(c);
                }
                continue;
            }
            self.text(&mut text, run);
            match c {
                '\r' | '\x07' => self.mark(c, position, piece, run)?,
                '\x0C' => match self.sections.get(&(position + 1)).copied() {
                    Some(new_page) => {
                        self.mark(c, position, piece, run)?;
                        self.story.page_break |= new_page && self.story.part == Part::Body;
                    }
                    None => self.items.push((Item::PageBreak, *run)),
                },
                '\t' => self.items.push((Item::Mark('\t'), *run)),
                '\x0B' | '\x0E' => self.items.push((Item::Mark('\n'), *run)),
                '\x1E' => self.items.push((Item::Mark('-'), *run)),
                // Cleaned away at the end, but a letter of TCVN3 before.
                '\x1F' => self.items.push((Item::Text("\u{AD}".to_owned()), *run)),
                '\x13' => self.items.push((Item::FieldBegin, *run)),
                '\x14' => self.items.push((Item::FieldSeparator, *run)),
                '\x15' => self.items.push((Item::FieldEnd, *run)),
                '\x01' | '\x08' => self.items.push((Item::Drawing(position), *run)),
                '(' if run.special => {
                    let symbol = run.symbol.map(|(font, code)| Item::Symbol(font, code));
                    self.items.extend(symbol.map(|symbol| (symbol, *run)));
                }
                c if c >= ' ' => text.push(c),
                _ => {}
            }
        }
        self.text(&mut text, run);
        Ok(())
    }

    fn text(&mut self, text: &mut String, run: &RunProperties) {
        if !text.is_empty() {
            self.items.push((Item::Text(std::mem::take(text)), *run));
        }
    }

    /// A mark that ends a paragraph, a cell or a row.
    fn mark(&mut self, mark: char, position: u32, piece: Piece<'s>, run: &RunProperties) -> Outcome {
        let (list, _) = self.paragraphs.at(piece.offset_of(position));
        let mut paragraph = ParagraphProperties::of_style(list.u16(0).unwrap_or_default());
        if let Some(list) = list.from(2) {
            paragraph.read(list, self.file, 0);
        }
        paragraph.change(piece.changes, self.file);
        let depth = paragraph.depth();
        if mark == '\x07' {
            let depth = depth.max(1);
            if paragraph.ends_row {
                self.items.clear();
                self.story.end_row(depth, &paragraph.row);
                return Ok(());
            }
            self.end_paragraph(&paragraph, run)?;
            return self.story.end_cell(depth);
        }
        if paragraph.ends_inner_row {
            self.items.clear();
            self.story.end_row(depth, &paragraph.row);
            return Ok(());
        }
        if paragraph.ends_inner_cell {
            self.end_paragraph(&paragraph, run)?;
            return self.story.end_cell(depth);
        }
        if run.deleted == Some(true) {
            // The text goes on in the next paragraph.
            return Ok(());
        }
        self.end_paragraph(&paragraph, run)
    }

    fn end_paragraph(&mut self, properties: &ParagraphProperties, mark: &RunProperties) -> Outcome {
        let style = self.styles.paragraph(properties.style).clone();
        let mut drawings = Vec::new();
        for (item, run) in std::mem::take(&mut self.items) {
            let look = self.styles.run_in(style.run, &run);
            let is_seen = !look.toggles.hidden && run.deleted != Some(true) && self.fields.show_text();
            match item {
                Item::FieldBegin => self.fields.begin(None),
                Item::FieldSeparator => self.fields.separate(),
                Item::FieldEnd => {
                    let shown = self.fields.end().filter(|_| self.fields.show_text() && !look.toggles.hidden);
                    if let Some(shown) = shown {
                        self.story.line.push(&shown, RunLook { font: Font::Unicode, ..look });
                    }
                }
                Item::Text(text) if !is_seen => self.fields.code(&text),
                _ if !is_seen => {}
                Item::Text(text) => self.story.line.push(&text, look),
                Item::Mark(mark) => self.story.line.push_mark(mark),
                Item::PageBreak => self.story.break_page(),
                Item::Symbol(font, code) => self.story.line.push_sign(code.into(), self.styles.font(font)),
                Item::Drawing(position) => drawings.push(position),
            }
        }
        let mark_look = self.styles.run_in(style.run, mark);
        let hides_label = mark_look.toggles.hidden && self.story.line.is_blank();
        let list = ListRef {
            num: properties.list.or(style.list).filter(|list| *list != 0).map(i64::from),
            level: properties.level.or(style.level).or(Some(0)),
        };
        let label = if hides_label { None } else { self.counters.next(&self.numbering, list, None) };
        let outline = properties.outline.map_or(style.outline, |level| Some(level).filter(|level| *level < 9));
        self.story.paragraph(&Paragraph {
            outline,
            label: label.map(|label| Label::in_font(label, mark_look.font)),
            centred: properties.centred.unwrap_or(style.centred),
            page_break_before: properties.page_break_before.unwrap_or(style.page_break_before),
            depth: properties.depth(),
        })?;
        for position in drawings {
            self.text_box(position)?;
        }
        Ok(())
    }

    /// Reads the text box that is anchored at a position.
    fn text_box(&mut self, position: u32) -> Outcome {
        if self.story.part != Part::Body {
            return Ok(());
        }
        let Some(range) = self.boxes.get(&position).cloned() else { return Ok(()) };
        if !self.shown_boxes.insert(range.start) {
            return Ok(());
        }
        self.apart(Part::TextBox, range)
    }

    /// Reads a story apart from the open paragraph.
    pub(super) fn apart(&mut self, part: Part, range: Range<u32>) -> Outcome {
        let items = std::mem::take(&mut self.items);
        let fresh = if self.fields.is_lenient() { Fields::lenient() } else { Fields::default() };
        let fields = std::mem::replace(&mut self.fields, fresh);
        let page_break = std::mem::take(&mut self.story.page_break);
        self.story.begin_apart(part);
        self.walk(range)?;
        let blocks = self.story.end_apart();
        self.story.follow(blocks);
        self.story.page_break = page_break;
        self.fields = fields;
        self.items = items;
        Ok(())
    }

    /// Text boxes that no anchor of the text leads to.
    pub(super) fn other_boxes(&mut self) -> Outcome {
        for range in box_ranges(self.file) {
            if self.shown_boxes.insert(range.start) {
                self.apart(Part::TextBox, range)?;
            }
        }
        Ok(())
    }
}

/// Ends of sections, and whether the next section begins a page.
fn sections(file: File) -> BTreeMap<u32, bool> {
    let table = file.plc(Structure::Sections, 12);
    let begins_page = |index: usize| {
        let at = table.entry(index).and_then(|entry| entry.size(2));
        let list = at.and_then(|at| file.main.u16(at).and_then(|len| file.main.part(at + 2, len.into())));
        let kind = list.and_then(|list| super::sprm::each(list).find(|sprm| sprm.code == 0x3009));
        kind.is_none_or(|kind| kind.byte() > 1)
    };
    (1..table.len()).filter_map(|index| Some((table.position(index)?, begins_page(index)))).collect()
}

/// Where the text of each text box stands, in the order of the file.
fn box_ranges(file: File) -> Vec<Range<u32>> {
    let all = file.range(SubDocument::TextBoxes);
    let table = file.plc(Structure::TextBoxes, 22);
    let place = |index| table.position(index).map(|at| all.start.saturating_add(at).min(all.end));
    (0..table.len())
        .filter_map(|index| Some(place(index)?..place(index + 1)?))
        .filter(|range| range.start < range.end)
        .collect()
}

/// Text boxes by the position of the drawing that holds them.
fn boxes(file: File) -> BTreeMap<u32, Range<u32>> {
    let all = file.range(SubDocument::TextBoxes);
    let texts = file.plc(Structure::TextBoxes, 22);
    let place = |index| texts.position(index).map(|at| all.start.saturating_add(at).min(all.end));
    let by_shape: BTreeMap<u32, Range<u32>> = (0..texts.len())
        .filter_map(|index| Some((texts.entry(index)?.u32(14)?, place(index)?..place(index + 1)?)))
        .filter(|(_, range)| range.start < range.end)
        .collect();
    let anchors = file.plc(Structure::Shapes, 26);
    (0..anchors.len())
        .filter_map(|index| {
            let shape = anchors.entry(index)?.u32(0)?;
            Some((anchors.position(index)?, by_shape.get(&shape)?.clone()))
        })
        .collect()
}
