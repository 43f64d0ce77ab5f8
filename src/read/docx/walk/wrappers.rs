//! What wraps text or stands in for it: formulas, content controls, alternatives, drawings with text boxes, form fields.

use super::{Outcome, Walker};
use crate::guard::xml::{Element, Namespace, Xml};
use crate::model::{InputError, Part};
use crate::read::docx::properties::ParagraphProperties;
use crate::read::docx::values;
use crate::read::word::look::RunLook;

impl Walker<'_> {
    /// Formulas: their letters and numbers in order, a fraction with its stroke.
    pub(super) fn math(&mut self, node: &Element, xml: &mut Xml) -> Outcome {
        match node.name() {
            b"t" => {
                self.read_text(xml)?;
                if self.fields.show_text() {
                    self.line.push_placed(&self.buffer, RunLook::default(), &self.places);
                }
                Ok(())
            }
            name => {
                if name == b"den" && self.fields.show_text() {
                    self.line.push_mark_placed('/', self.place(node, xml));
                }
                while let Some(child) = xml.child()? {
                    match child.namespace {
                        Namespace::Math => self.math(&child, xml)?,
                        Namespace::Word if matches!(child.name(), b"ins" | b"r") => self.children(xml)?,
                        _ => xml.skip()?,
                    }
                }
                Ok(())
            }
        }
    }

    /// A content control; the prompt in an empty one is not text.
    pub(in crate::read::docx) fn content_control(
        &mut self,
        xml: &mut Xml,
        content: impl Fn(&mut Self, &mut Xml) -> Outcome,
    ) -> Outcome {
        let mut is_prompt = false;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"sdtPr" => {
                    while let Some(property) = xml.child()? {
                        is_prompt |= property.name() == b"showingPlcHdr" && values::on(&property);
                        xml.skip()?;
                    }
                }
                b"sdtContent" if !is_prompt => content(self, xml)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// `mc:AlternateContent`: the first choice that yields something, else the fallback; never both.
    pub(in crate::read::docx) fn alternatives(
        &mut self,
        xml: &mut Xml,
        content: &mut dyn FnMut(&mut Self, &mut Xml) -> Outcome,
    ) -> Outcome {
        let before = self.yielded();
        while let Some(branch) = xml.child()? {
            let is_usable = match branch.name() {
                b"Choice" => branch
                    .attribute(b"Requires")
                    .is_none_or(|needed| needed.split_whitespace().all(|prefix| xml.is_office_prefix(prefix))),
                b"Fallback" => true,
                _ => false,
            };
            if is_usable && self.yielded() == before { content(self, xml)? } else { xml.skip()? }
        }
        Ok(())
    }

    fn yielded(&self) -> (usize, usize, usize) {
        (self.line.len(), self.boxes.len(), self.blocks.len())
    }

    /// Drawings and pictures: only the text boxes in them are text.
    pub(super) fn graphic(&mut self, xml: &mut Xml) -> Outcome {
        while let Some(child) = xml.child()? {
            match (child.namespace, child.name()) {
                (Namespace::Word, b"txbxContent") => self.text_box(|walker| walker.story(xml))?,
                (Namespace::Compatibility, b"AlternateContent") => self.alternatives(xml, &mut Self::graphic)?,
                (Namespace::Vml, b"textpath") => {
                    if let Some(text) = values::text(&child, b"string").filter(|text| !text.trim().is_empty()) {
                        let place = self.place(&child, xml);
                        self.text_box(|walker| {
                            let places = place.map_or(Vec::new(), |place| vec![place; text.chars().count()]);
                            walker.line.home = place;
                            walker.line.push_placed(&text, RunLook::default(), &places);
                            walker.emit(&ParagraphProperties::default())
                        })?;
                    }
                    xml.skip()?;
                }
                _ => self.graphic(xml)?,
            }
        }
        Ok(())
    }

    /// Reads a text box apart from the paragraph that anchors it.
    fn text_box(&mut self, content: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let blocks = std::mem::take(&mut self.blocks);
        let boxes = std::mem::take(&mut self.boxes);
        let line = std::mem::take(&mut self.line);
        let fields = std::mem::take(&mut self.fields);
        let (part, cell, look, page_break) = (self.part, self.cell.take(), self.paragraph_look, self.page_break);
        if part == Part::Body {
            self.part = Part::TextBox;
        }
        self.page_break = false;
        content(self)?;
        (self.part, self.cell, self.paragraph_look, self.page_break) = (part, cell, look, page_break);
        self.fields = fields;
        self.line = line;
        self.boxes = boxes;
        let inner = std::mem::replace(&mut self.blocks, blocks);
        self.boxes.extend(inner);
        Ok(())
    }
}

/// What a form field shows when it has no stored result: the state of a check box, the chosen entry of a list.
pub(super) fn form_field(xml: &mut Xml) -> Result<Option<String>, InputError> {
    let mut shown = None;
    while xml.child()?.is_some() {
        while let Some(kind) = xml.child()? {
            match kind.name() {
                b"checkBox" => {
                    let (mut checked, mut default) = (None, false);
                    while let Some(state) = xml.child()? {
                        match state.name() {
                            b"checked" => checked = Some(values::on(&state)),
                            b"default" => default = values::on(&state),
                            _ => {}
                        }
                        xml.skip()?;
                    }
                    shown = Some(if checked.unwrap_or(default) { "☒" } else { "☐" }.to_owned());
                }
                b"ddList" => {
                    let (mut chosen, mut entries) = (0, Vec::new());
                    while let Some(entry) = xml.child()? {
                        match entry.name() {
                            b"result" => chosen = values::integer(&entry, b"val").unwrap_or_default(),
                            b"listEntry" => entries.extend(values::text(&entry, b"val")),
                            _ => {}
                        }
                        xml.skip()?;
                    }
                    shown = usize::try_from(chosen).ok().and_then(|at| entries.get(at).cloned());
                }
                _ => xml.skip()?,
            }
        }
    }
    Ok(shown)
}
