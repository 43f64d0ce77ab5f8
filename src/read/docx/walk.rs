//! The walk through a part: paragraphs and runs, in the accepted view of revisions.

mod wrappers;

use super::properties::{FontCache, ParagraphProperties, RunProperties, Section};
use super::styles::{ParagraphLook, Styles};
use super::values;
use crate::guard::Limits;
use crate::guard::xml::{Element, Namespace, Xml};
use crate::model::{Block, BlockKind, CellRef, Hints, InputError, Part};
use crate::read::gaps::Gap;
use crate::read::word::fields::{self, Fields};
use crate::read::word::line::Line;
use crate::read::word::lists::{Counters, Label, ListRef, Numbering};
use crate::read::word::look::RunLook;
use crate::read::word::origin::{BlockSource, Place, SourceMap};
use crate::read::word::symbols::Font;
use std::rc::Rc;

type Outcome = Result<(), InputError>;

/// What is remembered of the markup read last.
const RUN: usize = 0;
const PARAGRAPH: usize = 1;

/// What a document's parts have in common.
#[derive(Debug)]
pub(super) struct Definitions<'d> {
    pub styles: &'d Styles<'d>,
    pub numbering: &'d Numbering,
    pub limits: &'d Limits,
}

/// What the paragraph style that was looked up last gives.
#[derive(Debug, Default)]
struct Looked {
    is_known: bool,
    style: Option<String>,
    look: ParagraphLook,
}

/// A reference from the text to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoteRef {
    pub is_endnote: bool,
    pub id: i64,
    /// The text brings its own mark; the note is not numbered.
    pub own_mark: bool,
}

/// Reads one part after the other into one list of blocks.
#[derive(Debug)]
pub(super) struct Walker<'d> {
    definitions: &'d Definitions<'d>,
    pub blocks: Vec<Block>,
    pub notes: Vec<NoteRef>,
    /// Relationship ids of headers (`true`) and footers, in order of use.
    pub furniture: Vec<(bool, String)>,
    /// What was noticed, with the index of the next block.
    pub gaps: Vec<(u32, Gap)>,
    counters: Counters,
    pub(super) part: Part,
    pub(super) cell: Option<CellRef>,
    fields: Fields,
    line: Line,
    /// Text of a paragraph whose mark was deleted: it goes on in the next paragraph.
    carried: Option<Box<(Line, Rc<ParagraphProperties>)>>,
    /// Blocks of the text boxes anchored in the open paragraph.
    boxes: Vec<Block>,
    paragraph_look: RunLook,
    last_look: Looked,
    fonts: FontCache,
    last_run: RunProperties,
    /// A paragraph's look, and that of the last run in it.
    last_run_look: Option<(RunLook, RunLook)>,
    last_paragraph: Rc<ParagraphProperties>,
    plain_paragraph: Rc<ParagraphProperties>,
    page_break: bool,
    buffer: String,
    /// Places of the characters in `buffer`, when they are wanted.
    places: Vec<Place>,
    /// Where characters come from, when that is wanted. A block's id is the number of its entry, until blocks get their
    /// own ids at the end.
    pub(super) sources: Option<SourceMap>,
    /// Some letters are not those of Vietnamese.
    pub(super) is_suspect: bool,
    characters: usize,
    pub(super) tables: u32,
    pub(super) cells: usize,
}

impl<'d> Walker<'d> {
    pub(super) fn new(definitions: &'d Definitions<'d>) -> Self {
        Self {
            definitions,
            blocks: Vec::new(),
            notes: Vec::new(),
            furniture: Vec::new(),
            gaps: Vec::new(),
            counters: Counters::default(),
            part: Part::Body,
            cell: None,
            fields: Fields::default(),
            line: Line::default(),
            carried: None,
            boxes: Vec::new(),
            paragraph_look: RunLook::default(),
            last_look: Looked::default(),
            fonts: FontCache::new(definitions.styles.theme),
            last_run: RunProperties::default(),
            last_run_look: None,
            last_paragraph: Rc::default(),
            plain_paragraph: Rc::default(),
            page_break: false,
            buffer: String::new(),
            places: Vec::new(),
            sources: None,
            is_suspect: false,
            characters: 0,
            tables: 0,
            cells: 0,
        }
    }

    /// Takes text in field codes for text.
    pub(super) fn leniently(mut self) -> Self {
        self.fields = Fields::lenient();
        self.gaps.push((0, Gap::UnclosedField));
        self
    }

    /// Whether a field was begun that never came to its result.
    pub(super) fn swallowed(&self) -> bool {
        self.fields.swallowed()
    }

    /// Keeps in mind where every character comes from.
    pub(super) fn tracking(mut self, is_wanted: bool) -> Self {
        self.sources = is_wanted.then(SourceMap::default);
        self
    }

    /// A part begins.
    pub(super) fn enter(&mut self, part: &str) {
        if let Some(sources) = &mut self.sources {
            sources.enter(part);
        }
    }

    /// Place of an element, when places are wanted.
    fn place(&self, element: &Element, xml: &Xml) -> Option<Place> {
        self.sources.as_ref().map(|_| Place::of(xml.place_of(element)))
    }

    /// Reads the text of the open element to `buffer`, its places to `places`.
    fn read_text(&mut self, xml: &mut Xml) -> Outcome {
        self.buffer.clear();
        if self.sources.is_none() {
            return xml.text(&mut self.buffer);
        }
        self.places.clear();
        let (buffer, places) = (&mut self.buffer, &mut self.places);
        xml.pieces(|piece, place| {
            buffer.push_str(piece);
            places.extend(Place::each(piece, place));
        })
    }

    fn notice(&mut self, gap: Gap) {
        let place = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        self.gaps.push((place, gap));
    }

    pub(super) fn limits(&self) -> &'d Limits {
        self.definitions.limits
    }

    /// Reads a self-contained run of paragraphs: the body, a note, a header, a cell, a text box.
    pub(super) fn story(&mut self, xml: &mut Xml) -> Outcome {
        let outer = self.carried.take();
        self.children(xml)?;
        self.end_story()?;
        self.carried = outer;
        Ok(())
    }

    /// Like [`Walker::story`], with an element of properties in front.
    pub(super) fn story_after(
        &mut self,
        xml: &mut Xml,
        properties: &[u8],
        mut read: impl FnMut(&mut Self, &mut Xml) -> Outcome,
    ) -> Outcome {
        let outer = self.carried.take();
        while let Some(child) = xml.child()? {
            if child.namespace == Namespace::Word && child.name() == properties {
                read(self, xml)?;
            } else {
                self.node(&child, xml)?;
            }
        }
        self.end_story()?;
        self.carried = outer;
        Ok(())
    }

    /// A paragraph whose mark was deleted and that nothing follows stands for itself.
    fn end_story(&mut self) -> Outcome {
        if let Some(carried) = self.carried.take() {
            let (line, properties) = *carried;
            self.line = line;
            self.emit(&properties)?;
        }
        Ok(())
    }

    /// Walks the children of the open element.
    pub(super) fn children(&mut self, xml: &mut Xml) -> Outcome {
        while let Some(child) = xml.child()? {
            self.node(&child, xml)?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Element, xml: &mut Xml) -> Outcome {
        match (node.namespace, node.name()) {
            (Namespace::Word, name) => match name {
                b"r" => self.run(xml),
                b"p" => self.paragraph(node, xml),
                b"tbl" => self.table(xml),
                b"ins" | b"moveTo" | b"hyperlink" | b"smartTag" | b"customXml" | b"dir" | b"bdo" | b"sdtContent" => {
                    self.children(xml)
                }
                b"sdt" => self.content_control(xml, Self::children),
                b"fldSimple" => {
                    if node.attribute(b"instr").is_some_and(|code| fields::is_silent(&code)) {
                        xml.skip()
                    } else {
                        self.children(xml)
                    }
                }
                b"sectPr" => {
                    let section = Section::read(xml)?;
                    self.end_section(&section);
                    Ok(())
                }
                b"altChunk" | b"subDoc" => {
                    self.notice(Gap::ForeignFile);
                    xml.skip()
                }
                // Deleted and moved text, bookmarks, proofing marks, and what newer programs may add.
                _ => xml.skip(),
            },
            (Namespace::Math, _) => self.math(node, xml),
            (Namespace::Compatibility, b"AlternateContent") => self.alternatives(xml, &mut Self::children),
            _ => xml.skip(),
        }
    }

    fn paragraph(&mut self, node: &Element, xml: &mut Xml) -> Outcome {
        let mut properties = Rc::clone(&self.plain_paragraph);
        let outer = std::mem::take(&mut self.line);
        if let Some(carried) = self.carried.take() {
            self.line = carried.0;
        }
        self.line.home = self.line.home.or_else(|| self.place(node, xml));
        let mut has_properties = false;
        while let Some(child) = xml.child()? {
            if !has_properties && child.name() == b"pPr" && child.namespace == Namespace::Word && !xml.is_empty() {
                if !xml.repeats(PARAGRAPH) {
                    let start = xml.position();
                    self.last_paragraph = Rc::new(ParagraphProperties::read(xml, &mut self.fonts)?);
                    xml.remember(PARAGRAPH, start);
                }
                properties = Rc::clone(&self.last_paragraph);
                self.paragraph_look = self.look(properties.style.as_deref())?.run;
                has_properties = true;
                continue;
            }
            if !has_properties {
                self.paragraph_look = self.look(None)?.run;
                has_properties = true;
            }
            self.node(&child, xml)?;
        }
        if properties.mark.mark_removed {
            let line = std::mem::take(&mut self.line);
            self.carried = Some(Box::new((line, Rc::clone(&properties))));
        } else {
            self.emit(&properties)?;
        }
        self.line = outer;
        if let Some(section) = &properties.section {
            self.end_section(section);
        }
        self.check_size()
    }

    /// What a paragraph style gives; neighbouring paragraphs mostly have the same one.
    fn look(&mut self, style: Option<&str>) -> Result<&ParagraphLook, InputError> {
        if !self.last_look.is_known || self.last_look.style.as_deref() != style {
            let look = self.definitions.styles.paragraph(style)?;
            self.last_look = Looked { is_known: true, style: style.map(str::to_owned), look };
        }
        Ok(&self.last_look.look)
    }

    /// Turns the finished line into a block, followed by the text boxes that are anchored in it.
    fn emit(&mut self, properties: &ParagraphProperties) -> Outcome {
        let (text, places) = self.line.finish_placed();
        let is_hidden = (text.is_empty() || properties.mark.style.is_some()) && self.hides_mark(properties)?;
        let label = if text.is_empty() && is_hidden { None } else { self.label(properties)? };
        let is_shown = !text.is_empty() || label.as_ref().is_some_and(|label| !label.is_bullet);
        self.is_suspect |= self.line.is_suspect;
        if self.line.unknown_sign {
            self.notice(Gap::UnknownSign);
        }
        if self.line.marks_dropped {
            self.notice(Gap::LeftOver("**"));
        }
        for encoding in std::mem::take(&mut self.line.decoded) {
            self.notice(Gap::Decoded(encoding));
        }
        let line = std::mem::take(&mut self.line);
        if is_shown {
            let look = self.look(properties.style.as_deref())?;
            let outline = properties.outline.map_or(look.outline, |level| Some(level).filter(|&level| level < 9));
            let (bold, italic) = line.emphasis();
            let hints = Hints {
                outline_level: outline,
                list_level: label.as_ref().map(|label| label.level),
                bold,
                italic,
                centred: properties.centred.unwrap_or(look.centred),
                page_break_before: line.page_break_before
                    || properties.page_break_before.unwrap_or(look.page_break_before),
                gap_before: false,
            };
            let kind = match (self.cell, outline, &label) {
                (Some(_), ..) => BlockKind::TableCell,
                (None, Some(_), _) => BlockKind::Heading,
                (None, None, Some(_)) => BlockKind::ListItem,
                (None, None, None) => BlockKind::Paragraph,
            };
            self.characters = self.characters.saturating_add(text.chars().count());
            let hints =
                Hints { page_break_before: hints.page_break_before || std::mem::take(&mut self.page_break), ..hints };
            let source = self.sources.as_mut().map_or(0, |map| map.add(BlockSource::new(line.home, places)));
            self.blocks.push(Block {
                kind,
                label: label.map(|label| label.text),
                part: self.part,
                cell: self.cell,
                hints,
                ..Block::paragraph(source, text)
            });
        } else {
            self.page_break |= line.page_break_before;
        }
        self.page_break |= line.page_break_after;
        self.blocks.append(&mut self.boxes);
        Ok(())
    }

    fn hides_mark(&mut self, properties: &ParagraphProperties) -> Result<bool, InputError> {
        let style = self.look(properties.style.as_deref())?.run;
        Ok(self.definitions.styles.run_in(style, &properties.mark)?.toggles.hidden)
    }

    fn label(&mut self, properties: &ParagraphProperties) -> Result<Option<Label>, InputError> {
        let numbering = self.definitions.numbering;
        let look = self.look(properties.style.as_deref())?;
        let own = properties.list;
        if own.num.is_some() {
            return Ok(self.counters.next(numbering, ListRef { level: own.level.or(Some(0)), ..own }, None));
        }
        if look.list.num.is_none() {
            return Ok(None);
        }
        let list = ListRef { num: look.list.num, level: own.level.or(look.list.level) };
        // A level may name the paragraph's style, or the one that the list is inherited from.
        let named = properties.style.clone().filter(|style| numbering.stands_for_level(list, style));
        let style = if own.level.is_some() { None } else { named.or_else(|| look.list_style.clone()) };
        Ok(self.counters.next(numbering, list, style.as_deref()))
    }

    fn end_section(&mut self, section: &Section) {
        if self.part == Part::Body {
            self.page_break |= !section.continuous;
            self.furniture.extend_from_slice(&section.furniture);
        }
    }

    fn check_size(&self) -> Outcome {
        if self.characters > self.limits().characters {
            return Err(Limits::exceeded("characters", self.limits().characters as u64));
        }
        Ok(())
    }

    fn run(&mut self, xml: &mut Xml) -> Outcome {
        let look = self.paragraph_look;
        self.run_content(xml, look)
    }

    /// Walks the content of a run or of a choice within it.
    fn run_content(&mut self, xml: &mut Xml, mut look: RunLook) -> Outcome {
        while let Some(child) = xml.child()? {
            if child.namespace != Namespace::Word {
                match (child.namespace, child.name()) {
                    (Namespace::Compatibility, b"AlternateContent") => {
                        self.alternatives(xml, &mut |walker, xml| walker.run_content(xml, look))?;
                    }
                    (Namespace::Math, _) => self.math(&child, xml)?,
                    _ => xml.skip()?,
                }
                continue;
            }
            let is_seen = !look.toggles.hidden && self.fields.show_text();
            match child.name() {
                // States nothing, and is not what was read last.
                b"rPr" if xml.is_empty() => look = self.paragraph_look,
                b"rPr" => {
                    let repeated = xml.repeats(RUN);
                    if !repeated {
                        let start = xml.position();
                        self.last_run = RunProperties::read(xml, &mut self.fonts)?;
                        xml.remember(RUN, start);
                    }
                    look = match self.last_run_look {
                        Some((paragraph, run)) if repeated && paragraph == self.paragraph_look => run,
                        _ => self.definitions.styles.run_in(self.paragraph_look, &self.last_run)?,
                    };
                    self.last_run_look = Some((self.paragraph_look, look));
                    continue;
                }
                b"t" if is_seen => {
                    if self.sources.is_none() {
                        self.line.push(&xml.whole_text()?, look);
                    } else {
                        self.read_text(xml)?;
                        self.line.push_placed(&self.buffer, look, &self.places);
                    }
                    continue;
                }
                b"instrText" => {
                    self.buffer.clear();
                    xml.text(&mut self.buffer)?;
                    self.fields.code(&self.buffer);
                    continue;
                }
                b"fldChar" => {
                    self.field_char(&child, xml, look)?;
                    continue;
                }
                _ if !is_seen => {}
                b"tab" | b"ptab" => self.line.push_mark_placed('\t', self.place(&child, xml)),
                b"cr" => self.line.push_mark_placed('\n', self.place(&child, xml)),
                b"br" => self.line_break(&child, self.place(&child, xml)),
                b"noBreakHyphen" => self.line.push_mark_placed('-', self.place(&child, xml)),
                // Cleaned away at the end, but a letter of TCVN3 before.
                b"softHyphen" => self.line.push_placed("\u{AD}", look, self.place(&child, xml).as_slice()),
                b"sym" => self.sign(&child, self.place(&child, xml)),
                b"footnoteReference" | b"endnoteReference" => {
                    if let Some(id) = values::integer(&child, b"id") {
                        let own_mark = child.attribute(b"customMarkFollows").is_some_and(|value| value != "0");
                        let is_endnote = child.name() == b"endnoteReference";
                        self.notes.push(NoteRef { is_endnote, id, own_mark });
                    }
                }
                b"drawing" | b"pict" | b"object" => {
                    self.graphic(xml)?;
                    continue;
                }
                b"ruby" => {
                    while let Some(part) = xml.child()? {
                        if part.name() == b"rubyBase" { self.children(xml)? } else { xml.skip()? }
                    }
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }

    fn line_break(&mut self, element: &Element, place: Option<Place>) {
        if element.raw_attributes().is_empty() || element.attribute(b"type").is_none_or(|kind| kind != "page") {
            self.line.push_mark_placed('\n', place);
        } else if self.line.is_blank() {
            self.line.page_break_before = true;
        } else {
            self.line.push_mark_placed('\n', place);
            self.line.page_break_after = true;
        }
    }

    fn sign(&mut self, element: &Element, place: Option<Place>) {
        let code = element.attribute(b"char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        let font = element.attribute(b"font").map(|name| Font::named(&name)).unwrap_or_default();
        if let Some(code) = code {
            self.line.push_sign_placed(code, font, place);
        }
    }

    fn field_char(&mut self, element: &Element, xml: &mut Xml, look: RunLook) -> Outcome {
        match element.attribute(b"fldCharType").as_deref() {
            Some("begin") => {
                let shown = wrappers::form_field(xml)?;
                self.fields.begin(shown);
                return Ok(());
            }
            Some("separate") => self.fields.separate(),
            Some("end") => {
                let shown = self.fields.end();
                if let Some(shown) = shown.filter(|_| self.fields.show_text() && !look.toggles.hidden) {
                    let places = self.place(element, xml).map_or(Vec::new(), |at| vec![at; shown.chars().count()]);
                    self.line.push_placed(&shown, RunLook { font: Font::Unicode, ..look }, &places);
                }
            }
            _ => {}
        }
        xml.skip()
    }
}
