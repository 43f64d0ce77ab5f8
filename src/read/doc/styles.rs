//! The style sheet and the fonts.

use super::file::{File, Structure};
use super::looks::{ParagraphProperties, RunProperties, Toggle};
use crate::read::bytes::Bytes;
use crate::read::word::look::{RunLook, Toggles};
use crate::read::word::symbols::Font;

/// Longest chain of styles based on each other; Word itself stops at eleven.
const CHAIN: usize = 32;

/// Base of a style that has none.
const NO_BASE: u16 = 0x0FFF;

#[derive(Debug, Default)]
struct Style {
    base: Option<u16>,
    /// Level of a built-in heading style.
    heading: Option<u8>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

/// What a paragraph style gives, with everything it inherits.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphLook {
    pub run: RunLook,
    pub outline: Option<u8>,
    pub list: Option<u16>,
    pub level: Option<u8>,
    pub centred: bool,
    pub page_break_before: bool,
}

/// The styles and fonts of a document.
#[derive(Debug)]
pub(super) struct Styles {
    styles: Vec<Option<Style>>,
    fonts: Vec<Font>,
    /// Some font is of the Vietnamese character set.
    pub has_vietnamese_fonts: bool,
    default_font: u16,
    /// The look asked for last.
    last: Option<(u16, ParagraphLook)>,
}

impl Styles {
    pub(super) fn read(file: File) -> Self {
        let sheet = file.structure(Structure::Styles);
        let head_size = usize::from(sheet.u16(0).unwrap_or_default());
        let count = usize::from(sheet.u16(2).unwrap_or_default()).min(0x0FFE);
        let fixed = usize::from(sheet.u16(4).unwrap_or_default());
        let default_font = sheet.u16(2 + 12).filter(|_| head_size >= 14).unwrap_or_default();
        let mut styles = Vec::new();
        let mut at = 2 + head_size;
        for _ in 0..count {
            let Some(len) = sheet.u16(at).map(usize::from) else { break };
            styles.push(sheet.part(at + 2, len).filter(|_| len > 0).and_then(|style| Style::read(style, fixed, file)));
            at += 2 + len;
        }
        let (fonts, has_vietnamese_fonts) = fonts(file.structure(Structure::Fonts));
        Self { styles, fonts, has_vietnamese_fonts, default_font, last: None }
    }

    pub(super) fn font(&self, number: u16) -> Font {
        self.fonts.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The style itself, then what it is based on.
    fn chain(&self, style: u16) -> impl Iterator<Item = &Style> {
        let get = |style: u16| self.styles.get(usize::from(style)).and_then(Option::as_ref);
        std::iter::successors(get(style), move |style| get(style.base?)).take(CHAIN)
    }

    pub(super) fn paragraph(&mut self, style: u16) -> &ParagraphLook {
        let entry = match self.last.take() {
            Some(entry) if entry.0 == style => entry,
            _ => (style, self.look(style)),
        };
        &self.last.insert(entry).1
    }

    fn look(&self, style: u16) -> ParagraphLook {
        let mut look = ParagraphLook::default();
        let (mut outline, mut centred, mut page_break) = (None, None, None);
        for style in self.chain(style) {
            let paragraph = &style.paragraph;
            outline = outline.or(paragraph.outline).or(style.heading);
            centred = centred.or(paragraph.centred);
            page_break = page_break.or(paragraph.page_break_before);
            look.list = look.list.or(paragraph.list);
            look.level = look.level.or(paragraph.level);
        }
        look.outline = outline.filter(|level| *level < 9);
        look.centred = centred.unwrap_or_default();
        look.page_break_before = page_break.unwrap_or_default();
        look.run = self.style_run(style, RunLook { font: self.font(self.default_font), ..RunLook::default() });
        look
    }

    /// What the runs of a style look like on top of something else.
    fn style_run(&self, style: u16, below: RunLook) -> RunLook {
        let chain: Vec<&Style> = self.chain(style).collect();
        chain.iter().rev().fold(below, |look, style| self.apply(look, &style.run, look.toggles))
    }

    fn apply(&self, look: RunLook, run: &RunProperties, style: Toggles<bool>) -> RunLook {
        let own = run.toggles;
        let toggle = |own: Option<Toggle>, below: bool, style: bool| own.map_or(below, |own| own.on(style));
        let below = look.toggles;
        RunLook {
            toggles: Toggles {
                bold: toggle(own.bold, below.bold, style.bold),
                italic: toggle(own.italic, below.italic, style.italic),
                capitals: toggle(own.capitals, below.capitals, style.capitals),
                hidden: toggle(own.hidden, below.hidden, style.hidden),
            },
            // Letters with diacritics take the second font.
            font: run.other_font.or(run.font).map_or(look.font, |font| self.font(font)),
        }
    }

    /// A run in a paragraph: the paragraph style's look, the character style's, the run's own properties.
    pub(super) fn run_in(&self, paragraph: RunLook, run: &RunProperties) -> RunLook {
        let styled = run.style.map_or(paragraph, |style| self.style_run(style, paragraph));
        self.apply(styled, run, styled.toggles)
    }
}

impl Style {
    fn read(style: Bytes, fixed: usize, file: File) -> Option<Self> {
        let kind = style.u16(2)? & 0xF;
        let base = style.u16(2)? >> 4;
        let parts = style.u16(4)? & 0xF;
        let number = style.u16(0)? & 0x0FFF;
        let mut read = Self {
            base: Some(base).filter(|base| *base != NO_BASE),
            heading: u8::try_from(number).ok().filter(|number| (1..=9).contains(number)).map(|number| number - 1),
            ..Self::default()
        };
        let name = usize::from(style.u16(fixed)?);
        let mut at = fixed + 2 + (name + 1) * 2;
        for part in 0..parts {
            at += at % 2;
            let len = usize::from(style.u16(at)?);
            let list = style.part(at + 2, len)?;
            match (kind, part) {
                // Its first two bytes repeat the style's own number.
                (1, 0) => read.paragraph.read(list.from(2).unwrap_or(Bytes(&[])), file, 0),
                (1, 1) | (2, 0) => read.run.read(list),
                _ => {}
            }
            at += 2 + len;
        }
        Some(read)
    }
}

/// Number of the Vietnamese character set.
const VIETNAMESE_CHARSET: u8 = 163;

/// What each font makes of character codes, and whether one of them is of the Vietnamese character set.
fn fonts(list: Bytes) -> (Vec<Font>, bool) {
    let count = usize::from(list.u16(0).unwrap_or_default());
    let mut fonts = Vec::new();
    let mut has_vietnamese = false;
    let mut at = 4;
    for _ in 0..count {
        let Some(len) = list.u8(at).map(usize::from) else { break };
        let font = list.part(at + 1, len);
        has_vietnamese |= font.and_then(|font| font.u8(3)) == Some(VIETNAMESE_CHARSET);
        let name = font.and_then(|font| font.utf16(39, len.saturating_sub(39) / 2));
        let name = name.unwrap_or_default();
        fonts.push(Font::named(name.split('\0').next().unwrap_or_default()));
        at += 1 + len;
    }
    (fonts, has_vietnamese)
}
