//! What belongs to the page and not to the text: page numbers, running heads and feet, notes below a line.

use super::Sheet;
use super::glyphs::Page;
use super::lines::Line;
use crate::model::Part;
use std::collections::BTreeMap;

/// The outer share of a page in which its furniture stands.
const EDGE: f64 = 0.11;

/// Takes page numbers and running lines off the pages; returns each running line once.
pub fn take(sheets: &mut [Sheet]) -> Vec<(String, Part)> {
    let mut seen: BTreeMap<(String, Part), usize> = BTreeMap::new();
    for sheet in sheets.iter() {
        for (line, part) in edges(sheet) {
            *seen.entry((key(line), part)).or_default() += 1;
        }
    }
    let pages = sheets.len();
    let running =
        |line: &Line, part: Part| pages > 1 && seen.get(&(key(line), part)).is_some_and(|n| *n * 2 > pages && *n > 1);
    let mut out: Vec<(String, Part)> = Vec::new();
    for sheet in sheets.iter_mut() {
        let (top, bottom) = (EDGE * sheet.height, (1.0 - EDGE) * sheet.height);
        let count = sheet.lines.len();
        let mut at = 0;
        sheet.lines.retain(|line| {
            let (first, last) = (at == 0, at + 1 == count);
            at += 1;
            let part = match line.y() {
                y if y < top => Part::Header,
                y if y > bottom => Part::Footer,
                _ => return true,
            };
            if (first || last) && is_page_number(line) {
                return false;
            }
            if !running(line, part) {
                return true;
            }
            let text = text(line);
            if !out.iter().any(|(known, _)| mask(known) == mask(&text)) {
                out.push((text, part));
            }
            false
        });
    }
    out
}

/// The lines at the upper and lower edge.
fn edges(sheet: &Sheet) -> impl Iterator<Item = (&Line, Part)> {
    let (top, bottom) = (EDGE * sheet.height, (1.0 - EDGE) * sheet.height);
    sheet.lines.iter().filter_map(move |line| match line.y() {
        y if y < top => Some((line, Part::Header)),
        y if y > bottom => Some((line, Part::Footer)),
        _ => None,
    })
}

fn text(line: &Line) -> String {
    line.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A text with its numbers made equal: "Trang 2" and "Trang 3" are one running line.
fn mask(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Running lines agree in text and height.
fn key(line: &Line) -> String {
    format!("{} {}", mask(&text(line)), (line.y() / 4.0).round())
}

/// `2`, `- 2 -`, `Trang 2`, `2/5`.
fn is_page_number(line: &Line) -> bool {
    let text = text(line);
    let bare = text.trim_matches(['-', '–', ' ']);
    let bare = bare.strip_prefix("Trang ").unwrap_or(bare);
    let number = bare.split_once('/').map_or(bare, |(page, _)| page);
    !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 16
}

/// The height of the short line above the notes of a page; below the page where there is none.
pub fn notes(page: &Page) -> f64 {
    let mut sizes: Vec<f64> = page.glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let left = page.glyphs.iter().map(|glyph| glyph.x0).fold(f64::INFINITY, f64::min);
    let separators = page.across.iter().filter(|rule| {
        let below: Vec<_> = page.glyphs.iter().filter(|glyph| glyph.y > rule.at).collect();
        (60.0..260.0).contains(&(rule.to - rule.from))
            && rule.from - left < 12.0
            && rule.at > 0.4 * page.height
            && !below.is_empty()
            && below.iter().filter(|glyph| glyph.size > 0.93 * usual).count() * 8 <= below.len()
    });
    separators.map(|rule| rule.at).fold(f64::INFINITY, f64::min)
}
