//! Tables of a document as cells with their places; a cell that is merged stands once, with all that it covers.

use crate::model::{Block, Document, Part};

/// A cell with something in it.
#[derive(Debug, Clone)]
pub struct GridCell {
    /// First row, from 0.
    pub row: u32,
    /// Rows covered.
    pub rows: u32,
    /// First grid column, from 0.
    pub column: u32,
    /// Grid columns covered.
    pub columns: u32,
    /// Paragraphs, joined by line breaks; automatic labels in front.
    pub text: String,
    /// First block.
    pub block: u32,
}

impl GridCell {
    /// Grid columns that the cell has in common with a range.
    pub fn overlap(&self, start: u32, width: u32) -> u32 {
        let end = (self.column + self.columns).min(start + width);
        end.saturating_sub(self.column.max(start))
    }

    /// Whether the cell stands in a row.
    pub fn is_in(&self, row: u32) -> bool {
        (self.row..self.row + self.rows).contains(&row)
    }
}

/// A table.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Number in the document.
    pub table: u32,
    /// Cells in reading order.
    pub cells: Vec<GridCell>,
    /// Rows up to the last one with something in it.
    pub rows: u32,
    /// Grid columns up to the last one with something in it.
    pub columns: u32,
    /// Blocks of the table: first and one past the last.
    pub blocks: std::ops::Range<u32>,
}

impl Grid {
    /// Cells that cover a row, from the left.
    pub fn row(&self, row: u32) -> Vec<&GridCell> {
        let mut cells: Vec<&GridCell> = self.cells.iter().filter(|cell| cell.is_in(row)).collect();
        cells.sort_by_key(|cell| cell.column);
        cells
    }
}

/// All tables of the running text, in order of opening. A nested table is a table of its own.
pub fn grids(document: &Document) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    for block in document.blocks.iter().filter(|block| block.part == Part::Body) {
        let Some(cell) = block.cell else { continue };
        let at = grids.iter().position(|grid| grid.table == cell.table).unwrap_or_else(|| {
            grids.push(Grid { table: cell.table, cells: Vec::new(), rows: 0, columns: 0, blocks: block.id..block.id });
            grids.len() - 1
        });
        let Some(grid) = grids.get_mut(at) else { continue };
        grid.blocks.end = block.id + 1;
        grid.rows = grid.rows.max(cell.row + cell.row_span);
        grid.columns = grid.columns.max(cell.column + cell.column_span);
        let text = shown(block);
        match grid.cells.iter_mut().rev().find(|known| known.row == cell.row && known.column == cell.column) {
            Some(known) => {
                known.text.push('\n');
                known.text.push_str(&text);
            }
            None => grid.cells.push(GridCell {
                row: cell.row,
                rows: cell.row_span.max(1),
                column: cell.column,
                columns: cell.column_span.max(1),
                text,
                block: block.id,
            }),
        }
    }
    grids.sort_by_key(|grid| grid.table);
    grids
}

/// A block's text with its label, as a person sees it.
pub fn shown(block: &Block) -> String {
    match &block.label {
        Some(label) if block.text.is_empty() => label.clone(),
        Some(label) => format!("{label} {}", block.text),
        None => block.text.clone(),
    }
}
