//! Blank tables behind a paper: forms that somebody has to fill in.

use super::Parent;
use super::leftover::is_title;
use super::text::{length, one_line};
use crate::model::{CellRef, Span};
use crate::structure::Zone;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that a heading may take.
const HEAD_ROWS: u32 = 2;

/// A heading of a column, with where it stands.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Its words; those of two rows one after another.
    pub text: String,
    /// The lowest cell that they stand in.
    pub span: Span,
}

/// A blank table.
#[derive(Debug, Clone)]
pub struct Form {
    /// Headings of the columns.
    pub columns: Vec<Heading>,
    /// First block.
    pub block: u32,
    /// Lines of the annex above the table.
    pub above: String,
    /// The one in capitals that names it.
    pub title: String,
    /// Where the title stands.
    pub title_span: Option<Span>,
    /// Rows that are left for filling in.
    pub rows: u32,
}

/// Text and first block of each cell, by row and column.
type Cells = BTreeMap<(u32, u32), (String, Span)>;

#[derive(Debug, Default)]
struct Table {
    lines: Vec<(String, Span)>,
    cells: Cells,
    block: u32,
}

/// The blank tables of the annexes of a paper.
pub fn forms(paper: &Parent) -> Vec<Form> {
    let mut tables: BTreeMap<u32, Table> = BTreeMap::new();
    let mut lines = Vec::new();
    for block in &paper.document.blocks {
        if paper.structure.zones.get(block.id as usize) != Some(&Zone::Annex) {
            lines.clear();
            continue;
        }
        let span = Span { block: block.id, start: 0, end: length(&block.text) };
        let Some(CellRef { table, row, column, .. }) = block.cell else {
            lines.push((one_line(&block.text), span));
            continue;
        };
        let table = tables.entry(table).or_insert_with(|| Table {
            lines: std::mem::take(&mut lines),
            block: block.id,
            ..Table::default()
        });
        table.cells.entry((row, column)).or_insert_with(|| (one_line(&block.text), span));
    }
    tables.into_values().filter_map(form).collect()
}

fn form(table: Table) -> Option<Form> {
    let blank = |text: &str| !text.chars().any(char::is_alphabetic);
    let columns: BTreeSet<u32> = table.cells.keys().map(|(_, column)| *column).collect();
    let row = |at: u32| table.cells.iter().filter(move |((row, _), _)| *row == at).map(|(_, (text, _))| text.as_str());
    // The second row of a heading stands below cells that span columns: no figure and no blank in it.
    let second = row(1).all(|text| !text.chars().any(|c| c.is_ascii_digit()))
        && row(1).filter(|text| !blank(text)).count() >= 2
        && row(0).count() < columns.len();
    let head = if second { HEAD_ROWS } else { 1 };
    // Cells without text are no blocks.
    let rows = table.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0).saturating_sub(head);
    let inside =
        |((row, column), (text, _)): &(&(u32, u32), &(String, Span))| *row >= head && *column > 0 && !blank(text);
    let filled = table.cells.iter().filter(inside).count();
    if columns.len() < 3 || filled * 2 >= rows.max(1) as usize * (columns.len() - 1) {
        return None;
    }
    let heading = |column: u32| {
        let cells: Vec<&(String, Span)> = (0..head).filter_map(|row| table.cells.get(&(row, column))).collect();
        let text = cells.iter().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty());
        let text = text.collect::<Vec<_>>().join(" ");
        cells.last().filter(|_| !text.is_empty()).map(|(_, span)| Heading { text: text.clone(), span: *span })
    };
    let title = table.lines.iter().rev().find(|(text, _)| is_title(text));
    Some(Form {
        columns: columns.into_iter().filter_map(heading).collect(),
        block: table.block,
        above: table.lines.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n"),
        title: title.map(|(text, _)| text.clone()).unwrap_or_default(),
        title_span: title.map(|(_, span)| *span),
        rows,
    })
}
