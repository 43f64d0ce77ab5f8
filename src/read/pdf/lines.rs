//! Glyphs become lines, and lines fall into pieces where wide gaps hold columns apart.

use super::glyphs::{Font, Glyph, Page};
use crate::language::legacy;
use unicode_normalization::char::is_combining_mark;

/// Glyphs on one baseline within one column.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Text, decoded and with blanks between words.
    pub text: String,
    /// Left end.
    pub x0: f64,
    /// Right end.
    pub x1: f64,
    /// Baseline.
    pub y: f64,
    /// Size of most of its glyphs.
    pub size: f64,
    /// All of it is bold.
    pub bold: bool,
    /// All of it is italic.
    pub italic: bool,
    /// Width of its first word.
    pub first_word: f64,
}

/// Pieces on one baseline, from left to right.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The pieces; never empty.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// Baseline of the first piece.
    #[must_use]
    pub fn y(&self) -> f64 {
        self.pieces.first().map_or(0.0, |piece| piece.y)
    }
}

/// Baselines this close, in sizes of the font, are one line (raised and lowered signs).
const SAME_LINE: f64 = 0.38;
/// A gap this wide, in sizes of the font, is a blank where none is drawn.
const BLANK: f64 = 0.15;
/// A gap this wide, in sizes of the font, holds columns apart.
const COLUMN: f64 = 1.8;

/// The lines of some glyphs of a page, from the top down.
#[must_use]
pub fn lines(page: &Page, glyphs: Vec<&Glyph>) -> Vec<Line> {
    let mut glyphs = in_order(page, glyphs);
    glyphs.sort_by(|a, b| a.at.y.total_cmp(&b.at.y));
    let mut lines = Vec::new();
    let mut rest = glyphs.into_iter().peekable();
    while let Some(first) = rest.next() {
        let (y, mut size) = (first.at.y, first.at.size);
        let mut row = vec![first];
        while let Some(next) = rest.next_if(|next| next.at.y - y <= SAME_LINE * size.max(next.at.size)) {
            size = size.max(next.at.size);
            row.push(next);
        }
        row.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.order.cmp(&b.order)));
        let pieces = pieces(page, &without_doubles(page, row));
        if !pieces.is_empty() {
            lines.push(Line { pieces });
        }
    }
    lines
}

/// A glyph with the place that sorts it.
struct Placed<'a> {
    at: &'a Glyph,
    x: f64,
    order: usize,
}

/// Marks that combine with the letter before them stay behind it, wherever they are drawn.
fn in_order<'a>(page: &Page, glyphs: Vec<&'a Glyph>) -> Vec<Placed<'a>> {
    let mut last = f64::NEG_INFINITY;
    let place = |(order, at): (usize, &'a Glyph)| {
        let text = page.text.get(at.text.clone()).unwrap_or_default();
        let x = if text.starts_with(is_combining_mark) && last.is_finite() { last } else { at.x0 };
        last = x;
        Placed { at, x, order }
    };
    glyphs.into_iter().enumerate().map(place).collect()
}

/// Letters that are drawn twice to look bold count once.
fn without_doubles<'a>(page: &Page, row: Vec<Placed<'a>>) -> Vec<&'a Glyph> {
    let mut out: Vec<&Glyph> = Vec::with_capacity(row.len());
    for placed in row {
        let glyph = placed.at;
        let text = page.text.get(glyph.text.clone()).unwrap_or_default();
        let is_double = out.iter().rev().take(3).any(|other| {
            (other.x0 - glyph.x0).abs() < 0.12 * glyph.size
                && glyph.x1 - glyph.x0 > 0.2 * glyph.size
                && page.text.get(other.text.clone()) == Some(text)
        });
        if !is_double {
            out.push(glyph);
        }
    }
    out
}

fn pieces(page: &Page, row: &[&Glyph]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current: Vec<&Glyph> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for glyph in row {
        let is_blank = page.text.get(glyph.text.clone()).is_some_and(|text| text.trim().is_empty());
        if is_blank {
            // A blank keeps its place in a piece; many of them are a gap like any other.
            if !current.is_empty() {
                current.push(glyph);
            }
            continue;
        }
        if !current.is_empty() && glyph.x0 - end > COLUMN * glyph.size {
            pieces.extend(piece(page, &std::mem::take(&mut current)));
        }
        end = if current.is_empty() { glyph.x1 } else { end.max(glyph.x1) };
        current.push(glyph);
    }
    pieces.extend(piece(page, &current));
    pieces
}

fn piece(page: &Page, glyphs: &[&Glyph]) -> Option<Piece> {
    let seen = |glyph: &&&Glyph| page.text.get(glyph.text.clone()).is_some_and(|text| !text.trim().is_empty());
    let first = glyphs.iter().find(seen)?;
    let last_seen = glyphs.iter().rposition(|glyph| seen(&glyph))?;
    let glyphs = glyphs.get(..=last_seen)?;
    let font = |glyph: &Glyph| page.fonts.get(glyph.font);
    let all = |test: fn(&Font) -> bool| glyphs.iter().filter(seen).all(|glyph| font(glyph).is_some_and(test));
    let mut sizes: Vec<f64> = glyphs.iter().filter(seen).map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let text = text(page, glyphs);
    (!text.is_empty()).then(|| Piece {
        text,
        x0: first.x0,
        x1: glyphs.iter().filter(seen).map(|glyph| glyph.x1).fold(first.x1, f64::max),
        y: first.y,
        size: sizes.get(sizes.len() / 2).copied().unwrap_or(first.size),
        bold: all(|font| font.bold),
        italic: all(|font| font.italic),
        first_word: first_word(page, glyphs, first.x0),
    })
}

/// Width of the first word of some glyphs that begin at `start`.
fn first_word(page: &Page, glyphs: &[&Glyph], start: f64) -> f64 {
    let mut end = start;
    for glyph in glyphs.iter().skip_while(|glyph| glyph.x0 < start) {
        let is_blank = page.text.get(glyph.text.clone()).is_some_and(|text| text.trim().is_empty());
        if end > start && (is_blank || glyph.x0 - end > BLANK * glyph.size) {
            break;
        }
        end = end.max(glyph.x1);
    }
    end - start
}

/// Characters of neighbouring glyphs, runs of a legacy font decoded as a whole (VNI writes a letter and its marks apart).
fn text(page: &Page, glyphs: &[&Glyph]) -> String {
    let mut out = String::new();
    let mut run = String::new();
    let mut run_font = None;
    let mut end: Option<f64> = None;
    for glyph in glyphs {
        let characters = page.text.get(glyph.text.clone()).unwrap_or_default();
        let legacy = page.fonts.get(glyph.font).and_then(|font| font.legacy);
        if legacy != run_font {
            out.push_str(&decoded(&std::mem::take(&mut run), run_font));
            run_font = legacy;
        }
        let gap = end.is_some_and(|end| glyph.x0 - end > BLANK * glyph.size);
        let ends_blank = if run.is_empty() { out.ends_with(' ') } else { run.ends_with(' ') };
        if gap && !ends_blank && !characters.starts_with([' ', '\u{A0}']) && !characters.starts_with(is_combining_mark)
        {
            run.push(' ');
        }
        let is_blank = characters.trim().is_empty();
        if !is_blank {
            run.push_str(characters);
        } else if !ends_blank {
            run.push(' ');
        }
        end = Some(end.map_or(glyph.x1, |end| end.max(glyph.x1)));
    }
    out.push_str(&decoded(&run, run_font));
    crate::read::clean::tidy(out)
}

fn decoded(run: &str, font: Option<(legacy::Legacy, bool)>) -> String {
    let Some((encoding, capitals)) = font else { return run.to_owned() };
    let Some(text) = legacy::decode(run, encoding) else { return run.to_owned() };
    if capitals { text.to_uppercase() } else { legacy::restore_capitals(&text) }
}
