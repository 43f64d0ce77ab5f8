//! Row definitions: edges and merges of cells.

use crate::read::word::rows::{CellShape, Merge, RowShape};

/// Cells of a row at most; Word allows 63.
const CELLS: usize = 1_024;

/// The row definition in force.
#[derive(Debug, Default)]
pub(super) struct RowDefinition {
    left: i32,
    cells: Vec<CellShape>,
    next: CellShape,
}

impl RowDefinition {
    /// A word of a definition; `false` when it is none.
    pub(super) fn word(&mut self, word: &str, value: i32) -> bool {
        match word {
            "trowd" => *self = Self::default(),
            "trleft" => self.left = value,
            "clvmgf" => self.next.down = Merge::First,
            "clvmrg" => self.next.down = Merge::Further,
            "clmgf" => self.next.across = Merge::First,
            "clmrg" => self.next.across = Merge::Further,
            "cellx" if self.cells.len() < CELLS => {
                let left = self.cells.last().map_or(self.left, |cell| cell.right);
                self.cells.push(CellShape { left, right: value, ..std::mem::take(&mut self.next) });
            }
            "cellx" => {}
            _ => return false,
        }
        true
    }

    pub(super) fn shape(&self) -> RowShape {
        RowShape { cells: self.cells.clone() }
    }
}
