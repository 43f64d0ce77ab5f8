//! Paragraph and run properties: only those that change what a reader sees.

use super::theme::Theme;
use super::values;
use crate::guard::xml::{Element, Xml};
use crate::model::InputError;
use crate::read::word::lists::ListRef;
use crate::read::word::look::Toggles;
use crate::read::word::symbols::Font;

/// Properties of a run as one place states them; what it does not state is `None`.
#[derive(Debug, Clone, Default)]
pub(super) struct RunProperties {
    pub style: Option<String>,
    pub toggles: Toggles<Option<bool>>,
    pub font: Option<Font>,
    /// The run is a paragraph's mark and that mark was deleted or moved away.
    pub mark_removed: bool,
}

impl RunProperties {
    /// Reads the open `w:rPr`.
    pub(super) fn read(xml: &mut Xml, fonts: &mut FontCache) -> Result<Self, InputError> {
        let mut run = Self::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"rStyle" => run.style = values::text(&child, b"val"),
                b"rFonts" => run.font = fonts.of(&child),
                b"b" => run.toggles.bold = Some(values::on(&child)),
                b"i" => run.toggles.italic = Some(values::on(&child)),
                b"caps" => run.toggles.capitals = Some(values::on(&child)),
                b"vanish" => run.toggles.hidden = Some(values::on(&child)),
                b"del" | b"moveFrom" => run.mark_removed = true,
                _ => {}
            }
            xml.skip()?;
        }
        Ok(run)
    }
}

/// Properties of a paragraph as one place states them.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    pub list: ListRef,
    /// 0–8 for a heading, 9 for running text.
    pub outline: Option<u8>,
    pub centred: Option<bool>,
    pub page_break_before: Option<bool>,
    /// Properties of the paragraph mark.
    pub mark: RunProperties,
    /// A section ends with this paragraph.
    pub section: Option<Section>,
}

/// End of a section.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// What follows goes on on the same page.
    pub continuous: bool,
    /// Relationship ids of headers (`true`) and footers (`false`).
    pub furniture: Vec<(bool, String)>,
}

impl ParagraphProperties {
    /// Reads the open `w:pPr`.
    pub(super) fn read(xml: &mut Xml, fonts: &mut FontCache) -> Result<Self, InputError> {
        let mut paragraph = Self::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"pStyle" => paragraph.style = values::text(&child, b"val"),
                b"outlineLvl" => {
                    paragraph.outline = values::integer(&child, b"val").and_then(|level| u8::try_from(level).ok());
                }
                b"jc" => paragraph.centred = Some(child.attribute(b"val").as_deref() == Some("center")),
                b"pageBreakBefore" => paragraph.page_break_before = Some(values::on(&child)),
                b"numPr" => {
                    paragraph.list = super::numbering::reference(xml)?;
                    continue;
                }
                b"rPr" => {
                    paragraph.mark = RunProperties::read(xml, fonts)?;
                    continue;
                }
                b"sectPr" => {
                    paragraph.section = Some(Section::read(xml)?);
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(paragraph)
    }
}

impl Section {
    /// Reads the open `w:sectPr`.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut section = Self::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"type" => section.continuous = child.attribute(b"val").as_deref() == Some("continuous"),
                name @ (b"headerReference" | b"footerReference") => {
                    if let Some(id) = values::text(&child, b"id") {
                        section.furniture.push((name == b"headerReference", id));
                    }
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(section)
    }
}

/// The fonts of the last run: neighbouring runs mostly name the same ones.
#[derive(Debug, Default)]
pub(super) struct FontCache {
    theme: Theme,
    attributes: Vec<u8>,
    font: Option<Font>,
}

impl FontCache {
    /// No fonts yet, in a document with this theme.
    pub(super) fn new(theme: Theme) -> Self {
        Self { theme, ..Self::default() }
    }

    fn of(&mut self, fonts: &Element) -> Option<Font> {
        let attributes = fonts.raw_attributes();
        if self.attributes != attributes {
            self.font = font_of(fonts, self.theme);
            self.attributes.clear();
            self.attributes.extend_from_slice(attributes);
        }
        self.font
    }
}

/// The font of `w:rFonts`, or `None` where it names none for Latin text. A name of the theme counts for more than one
/// beside it.
pub(super) fn font_of(fonts: &Element, theme: Theme) -> Option<Font> {
    let named = |attribute: &[u8]| fonts.attribute(attribute).map(|name| Font::named(&name));
    let ascii = theme.named(fonts, b"asciiTheme").or_else(|| named(b"ascii"));
    let other = theme.named(fonts, b"hAnsiTheme").or_else(|| named(b"hAnsi"));
    // Letters with diacritics take the second font; a symbol font in one place only is Word's bullet trick.
    other.or(ascii)
}
