//! The whole document as plain text.
//!
//! One paragraph a line, with its label in front; line breaks stay. A table row is one line, its cells separated by
//! tabs; further paragraphs and line breaks of its cells stand on further lines of the same form, so that reading the
//! text again finds the same columns. A nested table follows the row that holds it. Text boxes stand where they are
//! anchored. Empty lines of a text file stay one empty line. Notes, comments, headers and footers follow the body, each
//! group after a blank line.

use crate::model::{Block, CellRef, Document, Part};
use std::collections::BTreeMap;

/// Renders a document as plain text.
#[must_use]
pub fn render(document: &Document) -> String {
    let mut out = String::new();
    let widths = widths(&document.blocks);
    let mut row = Row::default();
    let mut part = Part::Body;
    for block in &document.blocks {
        let next = group(block.part);
        if next != part {
            row.close(&mut out);
            if !out.is_empty() {
                out.push('\n');
            }
            part = next;
        }
        match block.cell {
            Some(cell) => row.add(cell, block, &widths, &mut out),
            None => {
                row.close(&mut out);
                if block.hints.gap_before && !out.is_empty() && !out.ends_with("\n\n") {
                    out.push('\n');
                }
                out.push_str(&line(block));
                out.push('\n');
            }
        }
    }
    row.close(&mut out);
    out
}

/// Grid columns of each table, by its number.
fn widths(blocks: &[Block]) -> BTreeMap<u32, u32> {
    let mut widths = BTreeMap::new();
    for cell in blocks.iter().filter_map(|block| block.cell) {
        let width: &mut u32 = widths.entry(cell.table).or_default();
        *width = (*width).max(cell.column.saturating_add(cell.column_span));
    }
    widths
}

/// Text boxes belong to the running text.
fn group(part: Part) -> Part {
    if part == Part::TextBox { Part::Body } else { part }
}

fn line(block: &Block) -> String {
    match &block.label {
        Some(label) if block.text.is_empty() => label.clone(),
        Some(label) => format!("{label} {}", block.text),
        None => block.text.clone(),
    }
}

/// A row that is being put together, with those of the tables that it holds.
#[derive(Default)]
struct Row {
    place: Option<(u32, u32)>,
    cells: Vec<Cell>,
    /// Grid columns of the table.
    width: u32,
    /// Lines of nested tables, to follow the row.
    nested: String,
    inner: Option<Box<Row>>,
    depth: u32,
}

struct Cell {
    column: u32,
    /// One past the last column that the cell covers.
    end: u32,
    lines: Vec<String>,
}

impl Row {
    fn add(&mut self, cell: CellRef, block: &Block, widths: &BTreeMap<u32, u32>, out: &mut String) {
        if self.place.is_some() && cell.depth > self.depth {
            let inner = self.inner.get_or_insert_default();
            inner.add(cell, block, widths, &mut self.nested);
            return;
        }
        if self.place != Some((cell.table, cell.row)) {
            self.close(out);
            self.place = Some((cell.table, cell.row));
            self.depth = cell.depth;
            self.width = widths.get(&cell.table).copied().unwrap_or(0);
        }
        // A tab within a cell would be taken for the end of it.
        let text = line(block).replace('\t', " ");
        let lines = text.split('\n').map(str::to_owned);
        match self.cells.last_mut() {
            Some(last) if last.column == cell.column => last.lines.extend(lines),
            _ => {
                let end = cell.column.saturating_add(cell.column_span);
                self.cells.push(Cell { column: cell.column, end, lines: lines.collect() });
            }
        }
    }

    /// Ends the row: cells in their order, one tab for each that is empty or covered on the way. A line that ends
    /// before the last column keeps a tab at its end, which tells it from a paragraph.
    fn close(&mut self, out: &mut String) {
        if let Some(inner) = &mut self.inner {
            inner.close(&mut self.nested);
        }
        if self.place.take().is_some() {
            let height = self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
            for at in 0..height {
                let (mut column, mut end) = (0, 0);
                for cell in &self.cells {
                    let Some(text) = cell.lines.get(at) else { continue };
                    out.extend(std::iter::repeat_n('\t', cell.column.saturating_sub(column) as usize));
                    (column, end) = (cell.column, cell.end);
                    out.push_str(text);
                }
                if end < self.width {
                    out.push('\t');
                }
                out.push('\n');
            }
            self.cells.clear();
        }
        out.push_str(&std::mem::take(&mut self.nested));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BlockKind, Format, Source};

    fn cell(table: u32, row: u32, column: u32, depth: u32, text: &str) -> Block {
        Block {
            kind: BlockKind::TableCell,
            cell: Some(CellRef { table, row, column, column_span: 1, row_span: 1, depth }),
            ..Block::paragraph(0, text)
        }
    }

    fn rendered(blocks: Vec<Block>) -> String {
        let source =
            Source { path: String::new(), format: Format::Docx, sha256: String::new(), encoding: String::new() };
        render(&Document { source, blocks, notices: Vec::new() })
    }

    #[test]
    fn further_paragraphs_of_a_cell_stand_on_further_lines() {
        let text = rendered(vec![
            Block { label: Some("I.".into()), ..Block::paragraph(0, "MỤC ĐÍCH") },
            cell(0, 0, 0, 0, "TT"),
            cell(0, 0, 1, 0, "Đơn vị"),
            cell(0, 0, 1, 0, "(cơ sở)"),
            cell(0, 1, 1, 0, "Hội\nphụ nữ"),
            Block::paragraph(0, "Hết"),
        ]);
        assert_eq!(text, "I. MỤC ĐÍCH\nTT\tĐơn vị\n\t(cơ sở)\n\tHội\n\tphụ nữ\nHết\n");
    }

    #[test]
    fn a_nested_table_follows_its_row() {
        let text = rendered(vec![
            cell(0, 0, 0, 0, "a"),
            cell(1, 0, 0, 1, "x"),
            cell(1, 0, 1, 1, "y"),
            cell(0, 0, 0, 0, "b"),
            cell(0, 0, 1, 0, "c"),
            cell(0, 1, 0, 0, "d"),
        ]);
        assert_eq!(text, "a\tc\nb\t\nx\ty\nd\t\n");
    }

    #[test]
    fn notes_and_headers_stand_apart() {
        let part = |part, text: &str| Block { part, ..Block::paragraph(0, text) };
        let text = rendered(vec![
            part(Part::Body, "a"),
            part(Part::TextBox, "b"),
            Block { label: Some("1".into()), ..part(Part::Note, "n") },
            part(Part::Header, "h"),
        ]);
        assert_eq!(text, "a\nb\n\n1 n\n\nh\n");
    }
}
