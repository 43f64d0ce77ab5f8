//! What a page shows: glyphs with their places, ruling lines, pictures.
//!
//! Places are in points from the top left corner of the page as a person sees it (rotation applied), y grows downwards.

use crate::language::legacy::{self, Legacy};
use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One glyph.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Glyph {
    /// Left end of its advance.
    pub x0: f64,
    /// Right end of its advance.
    pub x1: f64,
    /// Baseline.
    pub y: f64,
    /// Size of the font.
    pub size: f64,
    /// Its characters in [`Page::text`].
    pub text: Range<usize>,
    /// Its font in [`Page::fonts`].
    pub font: usize,
}

/// What a font says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Font {
    key: u128,
    /// Its name says bold.
    pub bold: bool,
    /// Its name says italic.
    pub italic: bool,
    /// The encoding before Unicode that its name promises, and whether it shows small letters as capitals.
    pub legacy: Option<(Legacy, bool)>,
}

/// A ruling line, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The coordinate that both ends share.
    pub at: f64,
    /// The smaller other coordinate.
    pub from: f64,
    /// The larger other coordinate.
    pub to: f64,
}

/// A page as it was drawn.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Page {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Characters of all glyphs.
    pub text: String,
    /// Upright glyphs in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// Glyphs that stand on their side or their head, each kind in a frame of its own in which it is upright: text that
    /// runs up the page, down the page, and upside down.
    pub turned: [Vec<Glyph>; 3],
    /// Fonts in the order of use.
    pub fonts: Vec<Font>,
    /// Horizontal ruling lines.
    pub across: Vec<Rule>,
    /// Vertical ruling lines.
    pub down: Vec<Rule>,
    /// Share of the page that its pictures cover, 0 to 1.
    pub picture: f64,
    /// Glyphs that are there for searching only, behind a picture.
    pub invisible: usize,
    /// Glyphs for which the file names no character.
    pub unknown: usize,
    /// Its text was recognised in a picture.
    pub recognised: bool,
    /// What is true of the fonts of which the parser tells no name.
    pub unnamed: Option<(Legacy, bool)>,
    /// Some of its content cannot be decoded.
    pub damaged: bool,
    /// No more glyphs are taken than this.
    pub most: usize,
}

/// Keys of fonts of which the parser tells no name, and of those that are drawings.
const UNNAMED: u128 = 0;
const DRAWN: u128 = u128::MAX;

/// Stands for the byte 0xAD until it is known what it means: a hyphen, or a letter of TCVN3.
pub const BYTE_AD: char = '\u{E0AD}';
/// The same for a character that is a soft hyphen, or that letter.
pub const SOFT_HYPHEN: char = '\u{E0AE}';

/// Thicker than this is a filled area, no line.
const THICK: f64 = 3.0;
/// Shorter is a mark, no ruling line.
const SHORT: f64 = 4.0;

impl Page {
    /// How many glyphs there are.
    pub fn count(&self) -> usize {
        self.glyphs.len() + self.turned.iter().map(Vec::len).sum::<usize>()
    }

    fn font(&mut self, glyph: &PdfGlyph<'_>) -> usize {
        let data = match glyph {
            PdfGlyph::Outline(outline) => outline.font_data(),
            PdfGlyph::Type3(_) => None,
        };
        let is_unnamed = data.is_none() && matches!(glyph, PdfGlyph::Outline(_));
        let key = data.as_ref().map_or(if is_unnamed { UNNAMED } else { DRAWN }, |data| data.cache_key);
        if let Some(at) = self.fonts.iter().position(|font| font.key == key) {
            return at;
        }
        let name = data.as_ref().and_then(|data| data.postscript_name.clone()).unwrap_or_default();
        // A subset carries a mark of six letters: "ABCDEF+TimesNewRoman".
        let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
        let lower = name.to_ascii_lowercase();
        self.fonts.push(Font {
            key,
            bold: lower.contains("bold") || data.as_ref().is_some_and(|data| data.weight.is_some_and(|w| w >= 600)),
            italic: lower.contains("italic")
                || lower.contains("oblique")
                || data.as_ref().is_some_and(|data| data.is_italic),
            legacy: if is_unnamed { self.unnamed } else { legacy::of_font(name) },
        });
        self.fonts.len() - 1
    }

    /// Appends the characters of a glyph.
    fn characters(&mut self, glyph: &PdfGlyph<'_>, font: usize) -> Range<usize> {
        let start = self.text.len();
        let code = glyph.char_code();
        let named = glyph.as_unicode();
        if self.fonts.get(font).is_some_and(|font| font.legacy.is_some()) {
            // The byte 0xAD is a hyphen or a minus sign to everybody but TCVN3, whose ư it is.
            let byte = match &named {
                Some(BfString::Char(c)) if ('\u{A1}'..='\u{FF}').contains(c) => Some(*c),
                Some(BfString::Char('-' | '\u{2010}' | '\u{2212}' | '\u{AD}')) if code == 0xAD => Some('\u{AD}'),
                None if (0x20..=0xFF).contains(&code) => char::from_u32(code),
                _ => None,
            };
            if let Some(byte) = byte {
                self.text.push(byte);
                return start..self.text.len();
            }
        }
        match named {
            // In a font of unknown name it may be the ư of TCVN3 all the same.
            Some(BfString::Char('-' | '\u{2010}' | '\u{2212}')) if code == 0xAD => self.text.push(BYTE_AD),
            Some(BfString::Char('\u{AD}')) => self.text.push(SOFT_HYPHEN),
            Some(BfString::Char(c)) => self.text.push(sign(c)),
            Some(BfString::String(text)) => self.text.extend(text.chars().map(sign)),
            None => {
                self.unknown += 1;
                self.text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        start..self.text.len()
    }

    fn rules(&mut self, path: &BezPath, transform: Affine, mode: &DrawMode) {
        match mode {
            DrawMode::Invisible => {}
            DrawMode::Stroke(_) => self.strokes(path, transform),
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => {
                for area in areas(path, transform) {
                    self.area(area);
                }
            }
        }
    }

    fn strokes(&mut self, path: &BezPath, transform: Affine) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (start, last) = (to, to),
                PathEl::LineTo(to) => {
                    self.stroke(transform * last, transform * to);
                    last = to;
                }
                PathEl::ClosePath => {
                    self.stroke(transform * last, transform * start);
                    last = start;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
            }
        }
    }

    fn stroke(&mut self, a: Point, b: Point) {
        self.area(Rect::from_points(a, b));
    }

    fn area(&mut self, area: Rect) {
        if !area.is_finite() {
            return;
        }
        if area.height() <= THICK && area.width() >= SHORT {
            self.across.push(Rule { at: area.center().y, from: area.x0, to: area.x1 });
        } else if area.width() <= THICK && area.height() >= SHORT {
            self.down.push(Rule { at: area.center().x, from: area.y0, to: area.y1 });
        }
    }
}

/// The areas of the closed parts of a path.
fn areas(path: &BezPath, transform: Affine) -> Vec<Rect> {
    let mut areas = Vec::new();
    let mut part = BezPath::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) && !part.elements().is_empty() {
            areas.push((transform * std::mem::take(&mut part)).bounding_box());
        }
        part.push(*element);
    }
    if !part.elements().is_empty() {
        areas.push((transform * part).bounding_box());
    }
    areas
}

/// Fonts of signs keep theirs in a private area; bullets are the ones that offices use.
fn sign(c: char) -> char {
    match c {
        '\u{F02D}' => '-',
        '\u{F02B}' => '+',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0A8}' | '\u{F06F}' => '□',
        '\u{F0FE}' => '☑',
        '\u{F000}'..='\u{F0FF}' => '•',
        c => c,
    }
}

impl<'a> Device<'a> for Page {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if self.across.len() + self.down.len() < self.most {
            self.rules(path, props.transform, mode);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        let font = self.font(first);
        for glyph in run.glyphs() {
            if self.count() >= self.most {
                return;
            }
            let advance = match &**glyph {
                PdfGlyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
                PdfGlyph::Type3(_) => 500.0,
            };
            let place = props.transform * glyph.transform();
            let (origin, end) = (place * Point::ZERO, place * Point::new(advance, 0.0));
            let up = place * Point::new(0.0, 1000.0) - origin;
            let size = up.hypot();
            if !origin.is_finite() || !end.is_finite() || size < 0.5 {
                continue;
            }
            if matches!(mode, DrawMode::Invisible) {
                self.invisible += 1;
            }
            let text = self.characters(glyph, font);
            let [up_the_page, down_the_page, upside_down] = &mut self.turned;
            let is_level = up.y.abs() > 2.0 * up.x.abs();
            let (group, (from, to), y) = match (is_level, up.y > 0.0, up.x > 0.0) {
                (true, false, _) => (&mut self.glyphs, (origin.x, end.x), origin.y),
                (true, true, _) => (upside_down, (-origin.x, -end.x), -origin.y),
                (false, _, false) => (up_the_page, (-origin.y, -end.y), origin.x),
                (false, _, true) => (down_the_page, (origin.y, end.y), -origin.x),
            };
            group.push(Glyph { x0: from.min(to), x1: from.max(to), y, size, text, font });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let page = Rect::new(0.0, 0.0, self.width, self.height);
        let share = area.intersect(page).area() / page.area().max(1.0);
        // Scanners store a page in strips.
        self.picture = (self.picture + share).min(1.0);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
