//! Lists (XLSX, XLS, ODS, CSV) as documents: every sheet is a table, every filled cell a block.

use super::clean::tidy;
use super::sheet::{self, Merged, Sheet};
use crate::guard::Limits;
use crate::model::{Block, BlockKind, CellRef, Document, InputError, Source};

/// Reads a list.
///
/// # Errors
/// As [`sheet::sheets`].
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let sheets = sheet::sheets(bytes, limits)?;
    let filled: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    let mut blocks = Vec::new();
    let mut characters = 0;
    for (table, sheet) in (0..).zip(&filled) {
        if filled.len() > 1 && !sheet.name.is_empty() {
            blocks.push(Block { kind: BlockKind::Heading, ..Block::paragraph(next(&blocks), sheet.name.clone()) });
        }
        for row in &sheet.rows {
            for cell in &row.cells {
                let text = tidy(cell.value.text().into_owned());
                characters += text.chars().count();
                if text.is_empty() {
                    continue;
                }
                let place = place(table, row.number, cell.column, &sheet.merged);
                blocks.push(Block {
                    kind: BlockKind::TableCell,
                    cell: Some(place),
                    ..Block::paragraph(next(&blocks), text)
                });
            }
        }
    }
    if characters > limits.characters {
        return Err(Limits::exceeded("characters", limits.characters as u64));
    }
    Ok(Document { source, blocks, notices: Vec::new() })
}

fn next(blocks: &[Block]) -> u32 {
    u32::try_from(blocks.len()).unwrap_or(u32::MAX)
}

/// Place of a cell; one that spans several says how many.
fn place(table: u32, row: u32, column: u32, merged: &[Merged]) -> CellRef {
    let span = merged.iter().find(|area| area.rows.start == row && area.columns.start == column);
    CellRef {
        table,
        row: row.saturating_sub(1),
        column,
        column_span: span.map_or(1, |area| area.columns.end.saturating_sub(column).max(1)),
        row_span: span.map_or(1, |area| area.rows.end.saturating_sub(row).max(1)),
        depth: 0,
    }
}
