//! PDF with a text layer: glyphs with their places become lines, tables and paragraphs again.
//!
//! The order in which a file draws its glyphs means nothing where two fonts share a word, so everything is sorted by
//! place. A file without real text (a scan, pictures of letters) is never an empty success:
//! [`InputError::NeedsOcr`].

mod columns;
mod damage;
mod flow;
mod furniture;
pub(super) mod glyphs;
mod lines;
mod names;
pub(super) mod pages;
mod scan;
mod tables;

use super::gaps::Gap;
use super::{clean, foreign, ocr};
use crate::guard::Limits;
use crate::language::legacy::{self, Legacy};
use crate::model::{Block, CellRef, Document, Finding, InputError, Part, Severity, Source};
use columns::Stretch;
use flow::{Flow, Measure};
use glyphs::{BYTE_AD, Glyph, Page, SOFT_HYPHEN};
use lines::{Line, Piece};
use tables::Grid;

/// Reads a PDF.
///
/// # Errors
/// [`InputError::Encrypted`], [`InputError::Malformed`], [`InputError::TooLarge`]; [`InputError::NeedsOcr`] for a file
/// without real text, [`InputError::Outside`] when its parser gave up.
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let mut pages = foreign::pdf_pages(bytes, limits)?;
    let mut scanned = scan::check(&pages);
    if let Some(program) = limits.outside.ocr.as_deref().filter(|_| !scanned.pages.is_empty()) {
        for at in std::mem::take(&mut scanned.pages) {
            if let Some(page) = pages.get_mut(at) {
                *page = ocr::pdf_page(program, bytes, at, limits)?;
            }
        }
        scanned = scan::check(&pages);
    }
    if scanned.is_unreadable() {
        // Where content is damaged, a program that reads pictures finds no more than this one.
        return Err(match scanned.damaged() {
            Some(damaged) => InputError::Malformed {
                part: "PDF".to_owned(),
                offset: 0,
                reason: format!("the content of page `{damaged}` cannot be decoded"),
            },
            None => InputError::NeedsOcr { pages: pages.len() as u32 },
        });
    }
    Ok(document(source, pages, scanned.notices(), limits))
}

/// A document from its pages.
pub(super) fn document(mut source: Source, pages: Vec<Page>, mut notices: Vec<Finding>, limits: &Limits) -> Document {
    let mut cells = 0;
    let mut sheets = Vec::with_capacity(pages.len());
    for page in &pages {
        let sheet = Sheet::of(page, limits.cells - cells);
        cells += sheet.tables.iter().map(|table| table.grid.cells.len()).sum::<usize>();
        sheets.push(sheet);
    }
    let mut blocks = blocks(sheets);
    let named = pages.iter().flat_map(|page| &page.fonts).find_map(|font| font.legacy).map(|(encoding, _)| encoding);
    let repaired = repair(&mut blocks);
    if let Some(encoding) = named.or(repaired.map(|(encoding, _)| encoding)) {
        encoding.name().clone_into(&mut source.encoding);
        notices.push(Gap::Decoded(encoding).finding(0));
    }
    if let Some((encoding, true)) = repaired {
        notices.push(Gap::Doubtful(encoding.name()).finding(0));
    }
    if pages.iter().any(|page| page.recognised) {
        "ocr".clone_into(&mut source.encoding);
        notices.push(Finding::new("IN112", Severity::Warning, None));
    }
    Document { source, blocks, notices }
}

/// Decodes legacy text in fonts that do not tell their names; returns the encoding, and whether doubt is left.
fn repair(blocks: &mut [Block]) -> Option<(Legacy, bool)> {
    let joined: Vec<String> = blocks.iter().map(|block| block.text.replace([BYTE_AD, SOFT_HYPHEN], "\u{AD}")).collect();
    let repaired = legacy::repair_lines(&joined.join("\n"));
    let lines = repaired.as_ref().map(|repair| repair.text.lines().collect::<Vec<_>>()).unwrap_or_default();
    let fits = lines.len() == blocks.len();
    for (at, block) in blocks.iter_mut().enumerate() {
        match lines.get(at).filter(|_| fits) {
            Some(line) => block.text = clean::tidy((*line).to_owned()),
            None if block.text.contains([BYTE_AD, SOFT_HYPHEN]) => {
                block.text = block.text.replace(BYTE_AD, "-").replace(SOFT_HYPHEN, "");
            }
            None => {}
        }
    }
    repaired.filter(|_| fits).map(|repair| (repair.encoding, repair.doubtful))
}

/// A page taken apart.
struct Sheet {
    width: f64,
    height: f64,
    recognised: bool,
    lines: Vec<Line>,
    tables: Vec<Table>,
    turned: Vec<Line>,
    /// Baseline below which the lines are notes.
    notes: f64,
}

/// A table with the lines of each of its cells.
struct Table {
    grid: Grid,
    cells: Vec<Vec<Line>>,
}

impl Sheet {
    fn of(page: &Page, cells: usize) -> Self {
        let grids = tables::grids(page, cells);
        let mut inside: Vec<Vec<Vec<&Glyph>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
        let mut outside: Vec<&Glyph> = Vec::new();
        for glyph in &page.glyphs {
            let (x, y) = (f64::midpoint(glyph.x0, glyph.x1), glyph.y - 0.3 * glyph.size);
            let place = grids.iter().enumerate().find_map(|(at, grid)| Some((at, grid.cell_at(x, y)?)));
            let slot = place.and_then(|(at, cell)| inside.get_mut(at)?.get_mut(cell));
            slot.unwrap_or(&mut outside).push(glyph);
        }
        let tables = grids
            .into_iter()
            .zip(inside)
            .map(|(grid, cells)| Table {
                grid,
                cells: cells.into_iter().map(|cell| lines::lines(page, cell)).collect(),
            })
            .filter(|table| table.cells.iter().filter(|lines| !lines.is_empty()).count() > 1);
        Self {
            width: page.width,
            height: page.height,
            recognised: page.recognised,
            tables: tables.collect(),
            turned: page.turned.iter().flat_map(|glyphs| lines::lines(page, glyphs.iter().collect())).collect(),
            notes: furniture::notes(page),
            lines: lines::lines(page, outside),
        }
    }
}

/// The blocks of all pages.
fn blocks(mut sheets: Vec<Sheet>) -> Vec<Block> {
    let mut flow = Flow::default();
    for (text, part) in furniture::take(&mut sheets) {
        flow.apart(text, part);
    }
    let leading = leading(&sheets);
    let mut table_number = 0;
    let mut open_table: Option<OpenTable> = None;
    let mut open_footer = None;
    for (number, sheet) in sheets.into_iter().enumerate() {
        let measure = measure(&sheet.lines, sheet.width, leading);
        let mut tables = sheet.tables.into_iter().peekable();
        let mut notes: Vec<Piece> = Vec::new();
        flow.recognised = sheet.recognised;
        let goes_on = open_footer.is_some();
        for (at, stretch) in columns::take_apart(sheet.lines, number == 0, &mut open_footer).into_iter().enumerate() {
            let y = stretch.y();
            while let Some(table) = tables.next_if(|table| table.grid.top() < y) {
                push_table(&mut flow, table, &mut table_number, &mut open_table);
            }
            match stretch {
                Stretch::Line(line) if line.y() > sheet.notes => notes.extend(merged(line)),
                Stretch::Line(line) => {
                    open_table = None;
                    if let Some(piece) = merged(line) {
                        flow.line(piece, number, measure);
                    }
                }
                Stretch::Beside(left, right) => {
                    open_table = None;
                    let (table, row) =
                        if goes_on && at == 0 { (table_number.saturating_sub(1), 1) } else { (table_number, 0) };
                    for (column, lines) in [(0, left), (1, right)] {
                        let cell = CellRef { table, row, column, column_span: 1, row_span: 1, depth: 0 };
                        flow.cell(lines, cell, None);
                    }
                    table_number = table + 1;
                    flow.stop();
                }
            }
        }
        for table in tables {
            push_table(&mut flow, table, &mut table_number, &mut open_table);
        }
        for piece in notes {
            flow.apart(piece.text, Part::Note);
        }
        for line in sheet.turned {
            flow.apart(merged(line).map(|piece| piece.text).unwrap_or_default(), Part::TextBox);
        }
    }
    flow.blocks
}

/// A table that may go on overleaf.
struct OpenTable {
    number: u32,
    rows: u32,
    columns: Vec<f64>,
    head: Vec<String>,
}

fn push_table(flow: &mut Flow, table: Table, next: &mut u32, open: &mut Option<OpenTable>) {
    flow.stop();
    let same = |a: &[f64], b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 6.0);
    let goes_on = open.as_ref().is_some_and(|open| same(&open.columns, &table.grid.columns));
    let head = first_row(&table);
    let state = match open.take().filter(|_| goes_on) {
        Some(open) => open,
        None => {
            *next += 1;
            OpenTable { number: *next - 1, rows: 0, columns: table.grid.columns.clone(), head: head.clone() }
        }
    };
    // The heading of a table is repeated on each page.
    let skipped = u32::from(goes_on && head == state.head && head.iter().any(|text| !text.is_empty()));
    let mut rows = state.rows;
    for (cell, lines) in table.grid.cells.iter().zip(table.cells) {
        let Some(row) = (cell.row as u32).checked_sub(skipped) else { continue };
        let place = CellRef {
            table: state.number,
            row: state.rows + row,
            column: cell.column as u32,
            column_span: cell.column_span as u32,
            row_span: cell.row_span as u32,
            depth: 0,
        };
        rows = rows.max(place.row + place.row_span);
        let (left, right) = table.grid.sides(cell);
        flow.cell(lines.into_iter().filter_map(merged).collect(), place, Some(right - left - 8.0));
    }
    *open = Some(OpenTable { rows, ..state });
}

fn first_row(table: &Table) -> Vec<String> {
    let cells = table.grid.cells.iter().zip(&table.cells).filter(|(cell, _)| cell.row == 0);
    let text = |lines: &Vec<Line>| {
        lines.iter().flat_map(|line| &line.pieces).map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    cells.map(|(_, lines)| text(lines)).collect()
}

/// A line as one piece: what a wide gap holds apart is one tab apart.
fn merged(line: Line) -> Option<Piece> {
    let mut pieces = line.pieces.into_iter();
    let mut all = pieces.next()?;
    for piece in pieces {
        // A stretched line has wide blanks everywhere; a tab is wider. A label keeps one blank.
        let is_label = all.text.chars().count() <= 5 && !all.text.contains(' ');
        all.text.push(if !is_label && piece.x0 - all.x1 > 3.0 * piece.size { '\t' } else { ' ' });
        all.text.push_str(&piece.text);
        all.x1 = all.x1.max(piece.x1);
        all.bold &= piece.bold;
        all.italic &= piece.italic;
    }
    Some(all)
}

/// The usual distance of neighbouring lines, in sizes of the font: the smallest that is frequent.
fn leading(sheets: &[Sheet]) -> f64 {
    let mut steps: Vec<f64> = Vec::new();
    for sheet in sheets {
        for pair in sheet.lines.windows(2) {
            let [a, b] = pair else { continue };
            let (Some(first), Some(second)) = (a.pieces.first(), b.pieces.first()) else { continue };
            let step = (b.y() - a.y()) / second.size;
            // Only lines as long as a full one say something: the first reaches beyond the middle.
            let end = a.pieces.last().map_or(0.0, |piece| piece.x1);
            if (first.size - second.size).abs() < 0.6 && (0.9..3.0).contains(&step) && end > 0.7 * sheet.width {
                steps.push(step);
            }
        }
    }
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 4).copied().unwrap_or(1.3)
}

/// Where full lines of a page begin and end.
fn measure(lines: &[Line], width: f64, leading: f64) -> Measure {
    let ends = |line: &Line| Some((line.pieces.first()?.x0, line.pieces.last()?.x1));
    let long: Vec<(f64, f64)> = lines.iter().filter_map(ends).filter(|(x0, x1)| x1 - x0 > 0.5 * width).collect();
    let mut lefts: Vec<f64> = long.iter().map(|(x0, _)| *x0).collect();
    let mut rights: Vec<f64> = long.iter().map(|(_, x1)| *x1).collect();
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    Measure {
        left: lefts.get(lefts.len() / 10).copied().unwrap_or(0.12 * width),
        right: rights.get(rights.len() * 9 / 10).copied().unwrap_or(0.9 * width),
        leading,
    }
}
