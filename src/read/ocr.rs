//! Text recognised in pictures by `tesseract`, an external program that the office may or may not have.

use super::foreign::{self, Picture};
use super::pdf;
use super::pdf::glyphs::{Font, Glyph, Page};
use crate::guard::Limits;
use crate::guard::child;
use crate::model::{Document, InputError, Source};
use std::path::Path;
use std::process::Command;

/// Points of a pixel: pictures count as drawn at 200 dots per inch.
const POINT: f64 = 72.0 / 200.0;
/// Size of a font for the height of its lines, with marks above and tails below.
const SIZE: f64 = 0.8;

/// Reads a picture: a photograph or a scan of one page.
///
/// # Errors
/// [`InputError::NeedsOcr`] where text is not to be recognised, or where none was.
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let Some(program) = &limits.outside.ocr else { return Err(InputError::NeedsOcr { pages: 1 }) };
    let page = recognised(program, bytes, limits)?;
    if page.text.chars().filter(|c| c.is_alphabetic()).count() < 8 {
        return Err(InputError::NeedsOcr { pages: 1 });
    }
    Ok(pdf::document(source, vec![page], Vec::new(), limits))
}

/// The text of a page of a PDF that is a picture.
///
/// # Errors
/// [`InputError::Outside`] when a program gave up.
pub fn pdf_page(program: &Path, bytes: &[u8], page: usize, limits: &Limits) -> Result<Page, InputError> {
    let picture = foreign::pdf_picture(bytes, page, limits)?;
    recognised(program, &portable(&picture), limits)
}

/// A picture in the plainest format that there is (PGM).
fn portable(picture: &Picture) -> Vec<u8> {
    let mut out = format!("P5 {} {} 255\n", picture.width, picture.height).into_bytes();
    out.extend_from_slice(&picture.grey);
    out
}

fn recognised(program: &Path, picture: &[u8], limits: &Limits) -> Result<Page, InputError> {
    let mut command = Command::new(program);
    command.args(["stdin", "stdout", "-l", "vie", "--dpi", "200", "--psm", "3", "tsv"]);
    // Files are recognised side by side; one of them needs no more than one thread.
    command.env("OMP_THREAD_LIMIT", "1");
    let outside = &limits.outside;
    let answer = child::run(&mut command, picture, outside.page_patience, outside.answer).map_err(foreign::given_up)?;
    Ok(page(&String::from_utf8_lossy(&answer)))
}

/// A row of the table that the program prints.
struct Row<'a> {
    level: u8,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    text: &'a str,
}

fn row(line: &str) -> Option<Row<'_>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| fields.get(at)?.parse::<f64>().ok().map(|pixels| pixels * POINT);
    Some(Row {
        level: fields.first()?.parse().ok()?,
        left: number(6)?,
        top: number(7)?,
        width: number(8)?,
        height: number(9)?,
        text: fields.get(11).copied().unwrap_or_default(),
    })
}

/// Words with their places become glyphs of a page.
fn page(table: &str) -> Page {
    let rows: Vec<Row> = table.lines().filter_map(row).collect();
    let mut heights: Vec<f64> = rows.iter().filter(|row| row.level == 4).map(|row| row.height).collect();
    heights.sort_by(f64::total_cmp);
    let usual = SIZE * heights.get(heights.len() / 2).copied().unwrap_or(12.0);
    let mut page = Page { recognised: true, fonts: vec![Font::default()], ..Page::default() };
    let (mut y, mut size) = (0.0, usual);
    for row in rows {
        match row.level {
            1 => (page.width, page.height) = (row.width, row.height),
            4 => {
                // The height of a line depends on its letters; the size of its font hardly ever does.
                let own = SIZE * row.height;
                size = if (0.6 * usual..1.5 * usual).contains(&own) { usual } else { own };
                y = row.top + row.height - 0.25 * size;
            }
            5 if !row.text.trim().is_empty() => {
                let start = page.text.len();
                page.text.push_str(row.text);
                let text = start..page.text.len();
                page.glyphs.push(Glyph { x0: row.left, x1: row.left + row.width, y, size, text, font: 0 });
            }
            _ => {}
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t\n\
            4\t1\t1\t1\t1\t0\t200\t100\t300\t40\t-1\t\n\
            5\t1\t1\t1\t1\t1\t200\t100\t90\t40\t96\tKế\n\
            5\t1\t1\t1\t1\t2\t310\t100\t190\t40\t95\thoạch\n";
        let page = page(table);
        assert_eq!(page.text, "Kếhoạch");
        assert_eq!(page.glyphs.len(), 2);
        assert!((page.width - 595.44).abs() < 0.01 && page.glyphs[1].x0 > page.glyphs[0].x1);
    }
}
