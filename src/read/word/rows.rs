//! Tables whose rows say at their end where their cells stood.

use super::story::cell_of;
use crate::model::{Block, CellRef};

/// Edges that are nearer to each other than this are one (twentieths of a point).
const NEAR: i32 = 15;

/// How a cell takes part in a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum Merge {
    #[default]
    None,
    First,
    Further,
}

/// One cell of a row as the row's end defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct CellShape {
    /// Edges, in twentieths of a point.
    pub left: i32,
    pub right: i32,
    pub down: Merge,
    pub across: Merge,
}

/// A row's cells; empty when nothing is known of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::read) struct RowShape {
    pub cells: Vec<CellShape>,
}

/// A cell that is shown.
#[derive(Debug, Clone, Copy)]
struct Cell {
    row: u32,
    /// Its number in the row as the blocks have it.
    index: u32,
    left: i32,
    right: i32,
    rows: u32,
}

#[derive(Debug, Default)]
struct Table {
    id: u32,
    row: u32,
    /// Cells of the open row that have ended.
    column: u32,
    /// First block of each cell of the open row.
    starts: Vec<usize>,
    first_block: usize,
    cells: Vec<Cell>,
    /// Index in `cells` of those that may go on below.
    open: Vec<usize>,
    edges: Vec<i32>,
}

/// The open tables, outermost first.
#[derive(Debug, Default)]
pub(in crate::read) struct Rows {
    open: Vec<Table>,
    next: u32,
    /// Cells of the document so far.
    pub cells: usize,
}

impl Rows {
    /// Opens and closes tables until as many are open as there are around the next paragraph.
    pub(in crate::read) fn enter(&mut self, depth: usize, blocks: &mut [Block]) {
        while self.open.len() > depth {
            if let Some(table) = self.open.pop() {
                table.finish(blocks);
            }
        }
        while self.open.len() < depth.min(64) {
            let first_block = blocks.len();
            self.open.push(Table { id: self.next, first_block, starts: vec![first_block], ..Table::default() });
            self.next += 1;
        }
    }

    /// The number of a table that begins.
    pub(in crate::read) fn next_table(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// The place of a paragraph.
    pub(in crate::read) fn place(&self) -> Option<CellRef> {
        let table = self.open.last()?;
        let depth = u32::try_from(self.open.len() - 1).unwrap_or(u32::MAX);
        Some(CellRef { table: table.id, row: table.row, column: table.column, column_span: 1, row_span: 1, depth })
    }

    pub(in crate::read) fn end_cell(&mut self, blocks: &[Block]) {
        self.cells += 1;
        if let Some(table) = self.open.last_mut() {
            table.column += 1;
            table.starts.push(blocks.len());
        }
    }

    pub(in crate::read) fn end_row(&mut self, shape: &RowShape, blocks: &mut Vec<Block>) {
        if let Some(table) = self.open.last_mut() {
            table.end_row(shape, blocks);
        }
    }

    /// Tables of a story of its own, numbered on from these.
    pub(in crate::read) fn apart(&self) -> Self {
        Self { open: Vec::new(), next: self.next, cells: self.cells }
    }

    /// Goes on where a story of its own ended.
    pub(in crate::read) fn count_on(&mut self, apart: &Self) {
        self.next = apart.next;
        self.cells = apart.cells;
    }
}

impl Table {
    fn end_row(&mut self, shape: &RowShape, blocks: &mut Vec<Block>) {
        let count = self.column;
        let mut covered = Vec::new();
        let mut open = Vec::new();
        let mut last: Option<usize> = None;
        for index in 0..count {
            let own = shape.cells.get(index as usize).copied();
            // Cells of a row that says nothing stand one beside the other.
            let edge = |at: u32| i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(1000);
            let cell = own.unwrap_or_else(|| match shape.cells.last() {
                // More cells than the row defines stand behind its last one.
                Some(last) => CellShape { left: last.right, right: last.right, ..CellShape::default() },
                None => CellShape { left: edge(index), right: edge(index + 1), ..CellShape::default() },
            });
            self.edges.extend([cell.left, cell.right]);
            if let (Merge::Further, Some(last)) = (cell.across, last) {
                covered.push(index);
                if let Some(before) = self.cells.get_mut(last) {
                    before.right = before.right.max(cell.right);
                }
                continue;
            }
            let above = self.open.iter().copied().find(|&at| {
                self.cells.get(at).is_some_and(|above| above.left.abs_diff(cell.left) < NEAR.unsigned_abs())
            });
            if let (Merge::Further, Some(above)) = (cell.down, above) {
                covered.push(index);
                if let Some(anchor) = self.cells.get_mut(above) {
                    anchor.rows += 1;
                }
                open.push(above);
                last = Some(above);
                continue;
            }
            if cell.down != Merge::None {
                open.push(self.cells.len());
            }
            last = Some(self.cells.len());
            self.cells.push(Cell { row: self.row, index, left: cell.left, right: cell.right, rows: 1 });
        }
        self.open = open;
        self.drop_covered(&covered, blocks);
        self.row += 1;
        self.column = 0;
        self.starts = vec![blocks.len()];
    }

    /// What stands in a covered cell is not shown.
    fn drop_covered(&self, covered: &[u32], blocks: &mut Vec<Block>) {
        for &index in covered.iter().rev() {
            let from = self.starts.get(index as usize).copied().unwrap_or(usize::MAX);
            let to = self.starts.get(index as usize + 1).copied().unwrap_or(blocks.len());
            if from < to && to <= blocks.len() {
                blocks.drain(from..to);
            }
        }
    }

    /// Gives the blocks their columns, now that all edges are known.
    fn finish(mut self, blocks: &mut [Block]) {
        if self.column > 0 {
            // The last row was not ended: its cells stay where they are.
            self.edges.clear();
        }
        self.edges.sort_unstable();
        let mut columns: Vec<i32> = Vec::new();
        for edge in std::mem::take(&mut self.edges) {
            if columns.last().is_none_or(|last| edge.saturating_sub(*last) >= NEAR) {
                columns.push(edge);
            }
        }
        if columns.is_empty() {
            return;
        }
        let column = |edge: i32| {
            let at = columns.partition_point(|known| known.saturating_sub(NEAR) < edge);
            u32::try_from(at.saturating_sub(1)).unwrap_or(u32::MAX)
        };
        for block in blocks.iter_mut().skip(self.first_block) {
            let Some(place) = cell_of(block, self.id) else { continue };
            let found = self.cells.binary_search_by_key(&(place.row, place.column), |cell| (cell.row, cell.index));
            let Some(cell) = found.ok().and_then(|at| self.cells.get(at)) else { continue };
            place.column = column(cell.left);
            place.column_span = column(cell.right).saturating_sub(place.column).max(1);
            place.row_span = cell.rows;
        }
    }
}
