//! Places of table cells, with cells that span columns and rows.

use crate::model::CellRef;

/// Columns of a table at most; browsers have the same bound.
const COLUMNS: u32 = 1000;

/// A table that is open.
#[derive(Debug)]
pub struct Table {
    number: u32,
    depth: u32,
    row: Option<u32>,
    column: u32,
    /// For each column, the rows that a cell from above still covers.
    covered: Vec<u32>,
    /// The cell that is open.
    pub cell: Option<CellRef>,
}

impl Table {
    /// The `number`-th table of the document at a nesting depth.
    pub fn new(number: u32, depth: u32) -> Self {
        Self { number, depth, row: None, column: 0, covered: Vec::new(), cell: None }
    }

    /// Begins the next row.
    pub fn row(&mut self) {
        if self.row.is_some() {
            for covered in &mut self.covered {
                *covered = covered.saturating_sub(1);
            }
        }
        self.row = Some(self.row.map_or(0, |row| row + 1));
        self.column = 0;
        self.cell = None;
    }

    /// Begins the next cell of the row.
    pub fn cell(&mut self, columns: Option<&str>, rows: Option<&str>) {
        if self.row.is_none() {
            self.row();
        }
        let span = |value: Option<&str>, most: u32| {
            value.and_then(|v| v.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, most)
        };
        while self.covered.get(self.column as usize).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let column = self.column.min(COLUMNS);
        let column_span = span(columns, COLUMNS + 1 - column);
        let row_span = span(rows, 65_534);
        let end = (column + column_span) as usize;
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        for covered in self.covered.iter_mut().take(end).skip(column as usize) {
            *covered = row_span;
        }
        self.column = column + column_span;
        self.cell = Some(CellRef {
            table: self.number,
            row: self.row.unwrap_or(0),
            column,
            column_span,
            row_span,
            depth: self.depth,
        });
    }
}
