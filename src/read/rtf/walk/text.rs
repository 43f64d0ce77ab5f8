//! What the bytes and words of a file come to: characters, paragraphs with their labels, cells, stories of their own.

use super::{Outcome, Walker};
use crate::language::legacy;
use crate::model::{InputError, Part};
use crate::read::rtf::state::{Apart, Destination, Ending, Run};
use crate::read::word::lists::{Label, ListRef};
use crate::read::word::look::RunLook;
use crate::read::word::ordinal::NumberFormat;
use crate::read::word::story::Paragraph;
use crate::read::word::symbols::{self, Font};

impl Walker<'_> {
    /// Bytes of text.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        match self.group.destination {
            Destination::Skipped | Destination::Lists => {}
            Destination::Fonts => self.fonts.text(bytes),
            Destination::Styles => {
                self.style.2.push_str(&String::from_utf8_lossy(bytes.get(..bytes.len().min(64)).unwrap_or_default()))
            }
            Destination::LevelText => {
                let text = self.encoding.decode_without_bom_handling(bytes).0;
                text.chars().for_each(|c| self.lists.push(c));
            }
            Destination::Text | Destination::FieldCode | Destination::ListText => self.bytes.extend_from_slice(bytes),
        }
    }

    pub(super) fn unicode(&mut self, number: i32) {
        self.passed = self.group.fallback;
        let code = u32::try_from(if number < 0 { number + 0x1_0000 } else { number }).unwrap_or(0xFFFD);
        let c = match (code, self.high_surrogate.take()) {
            (0xD800..=0xDBFF, _) => {
                self.high_surrogate = Some(code);
                return;
            }
            (0xDC00..=0xDFFF, Some(high)) => char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (code - 0xDC00)),
            (code, _) => char::from_u32(code),
        };
        self.push_char(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    /// A character of text.
    pub(super) fn push_char(&mut self, c: char) {
        match self.group.destination {
            Destination::LevelText => self.lists.push(c),
            Destination::Text | Destination::FieldCode | Destination::ListText => {
                self.decode();
                self.text.push(c);
            }
            _ => {}
        }
    }

    /// Turns the bytes of the open run into text.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let entry = self.fonts.get(self.group.run.font);
        let named = entry.and_then(|entry| entry.encoding);
        let encoding = named.unwrap_or(self.encoding);
        let mut text = encoding.decode_without_bom_handling(&bytes).0;
        // Programs on Vietnamese systems write bytes of their own code page in fonts that they call Western.
        let other = encoding_rs::WINDOWS_1258;
        if self.encoding == other && encoding == encoding_rs::WINDOWS_1252 && !text.is_ascii() && !self.is_legacy() {
            let local = other.decode_without_bom_handling(&bytes).0;
            if legacy::quality(&crate::language::fold::nfc(&local)).0 > legacy::quality(&text).0 {
                text = local;
            }
        }
        self.text.push_str(&text);
    }

    fn is_legacy(&self) -> bool {
        matches!(self.fonts.get(self.group.run.font).map(|entry| entry.font), Some(Font::Legacy { .. }))
    }

    pub(super) fn is_seen(&self) -> bool {
        let run = self.group.run;
        self.group.destination == Destination::Text && !run.toggles.hidden && !run.deleted && self.fields.show_text()
    }

    /// Ends the open run.
    pub(super) fn flush(&mut self) {
        self.decode();
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        match self.group.destination {
            Destination::FieldCode => {
                self.fields.code(&text);
                if let Some(code) = self.field_codes.last_mut().filter(|code| code.len() < 4096) {
                    code.push_str(&text);
                }
            }
            Destination::ListText => {
                let look = self.look();
                let shown: String = match look.font {
                    Font::Legacy { encoding, .. } => legacy::decode(&text, encoding).unwrap_or(text),
                    font => symbols::bullet(&text, font),
                };
                self.list_text.push_str(&shown);
            }
            Destination::Text if self.is_seen() => {
                let look = self.look();
                let mut rest = text.as_str();
                while let Some(at) = rest.find(['\t', '\n']) {
                    let (before, mark) = rest.split_at(at);
                    self.story.line.push(before, look);
                    self.story.line.push_mark(if mark.starts_with('\t') { '\t' } else { '\n' });
                    rest = mark.get(1..).unwrap_or_default();
                }
                self.story.line.push(rest, look);
            }
            _ => {}
        }
    }

    fn look(&self) -> RunLook {
        let run = self.group.run;
        let font = self.fonts.get(run.font).map(|entry| entry.font).unwrap_or_default();
        RunLook { toggles: run.toggles, font }
    }

    /// Ends the paragraph; a deleted mark joins it with the next one.
    pub(super) fn end_paragraph(&mut self, by_mark: bool) -> Outcome {
        self.flush();
        let run = self.group.run;
        if self.group.destination != Destination::Text || (by_mark && run.deleted) {
            return Ok(());
        }
        let label = self.label();
        let paragraph = self.group.paragraph;
        self.section_break &= self.story.line.is_blank();
        self.story.paragraph(&Paragraph {
            outline: paragraph.outline,
            label,
            centred: paragraph.centred,
            page_break_before: paragraph.page_break_before,
            depth: paragraph.depth(),
        })?;
        if !self.in_box {
            let boxes = std::mem::take(&mut self.boxes);
            self.story.follow(boxes);
        }
        Ok(())
    }

    /// The label as the list says, or else as the writing program left it.
    fn label(&mut self) -> Option<Label> {
        let written = std::mem::take(&mut self.list_text);
        let paragraph = self.group.paragraph;
        let list = ListRef { num: paragraph.list.filter(|list| *list != 0), level: Some(paragraph.level) };
        let font = self.look().font;
        let counted = self.counters.next(&self.lists.numbering, list, None).map(|label| label.in_font(font));
        let written = written.trim();
        if written.is_empty() {
            return counted;
        }
        let is_bullet =
            counted.as_ref().map_or_else(|| !written.contains(char::is_alphanumeric), |label| label.is_bullet);
        Some(Label { text: written.to_owned(), level: paragraph.level, is_bullet })
    }

    pub(super) fn end_cell(&mut self, least: usize) -> Outcome {
        self.flush();
        if self.group.destination != Destination::Text {
            return Ok(());
        }
        let depth = self.group.paragraph.depth().max(least);
        let kept = self.group.paragraph;
        self.group.paragraph.depth = Some(depth);
        self.end_paragraph(false)?;
        self.group.paragraph = kept;
        self.story.end_cell(depth)
    }

    pub(super) fn end_row(&mut self, least: usize) {
        if !matches!(self.group.destination, Destination::Text) {
            return;
        }
        let depth = if least == 1 { 1 } else { self.group.paragraph.depth().max(least) };
        let [outer, nested] = &self.rows;
        let shape = if least == 1 { outer.shape() } else { nested.shape() };
        self.story.end_row(depth, &shape);
    }

    pub(super) fn begin_story(&mut self, apart: Apart) -> Result<bool, InputError> {
        let part = match apart {
            Apart::Header => Part::Header,
            Apart::Footer => Part::Footer,
            Apart::Note => Part::Note,
            Apart::Comment => Part::Comment,
            Apart::TextBox if self.story.part == Part::Body => Part::TextBox,
            Apart::TextBox => self.story.part,
        };
        self.group.ending = Ending::Story(apart);
        self.in_box |= apart == Apart::TextBox;
        self.group.destination = Destination::Text;
        self.group.paragraph = Default::default();
        self.group.run = Run { font: self.default_font, ..Default::default() };
        self.outer_fields.push(std::mem::take(&mut self.fields));
        self.story.begin_apart(part);
        Ok(true)
    }

    pub(super) fn end_story(&mut self, apart: Apart) -> Outcome {
        if !self.story.line.is_blank() {
            self.end_paragraph(false)?;
        }
        let mut blocks = self.story.end_apart();
        self.fields = self.outer_fields.pop().unwrap_or_default();
        self.in_box &= apart != Apart::TextBox;
        match apart {
            // It follows the paragraph that it is anchored in.
            Apart::TextBox => self.boxes.append(&mut blocks),
            Apart::Comment => self.comments.push(blocks),
            Apart::Header | Apart::Footer => self.furniture.push(blocks),
            Apart::Note => {
                let (notes, format) = if self.note.is_endnote {
                    (&mut self.endnotes, NumberFormat::LowerRoman)
                } else {
                    (&mut self.notes, NumberFormat::Decimal)
                };
                let number = i64::try_from(notes.len() + 1).unwrap_or(i64::MAX);
                if let Some(first) = blocks.first_mut().filter(|_| self.note.numbered) {
                    first.label.get_or_insert_with(|| format.write(number));
                }
                notes.push(blocks);
            }
        }
        Ok(())
    }
}
