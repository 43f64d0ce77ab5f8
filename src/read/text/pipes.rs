//! Tables drawn with strokes (`| 1 | Chi hội |`, `1 | Chi hội`): each line is a row.

use super::columns::{self, Piece};
use super::lines::Line;
use crate::guard::Limits;
use crate::model::{CellRef, InputError};

/// Lines and cells: rows between strokes here, everything else as flattened columns.
///
/// # Errors
/// [`InputError::TooLarge`] beyond the limit of cells.
pub fn take_apart(lines: Vec<Line>, limits: &Limits) -> Result<Vec<Piece>, InputError> {
    if !lines.iter().any(|line| line.text.contains('|')) {
        return columns::take_apart(lines, limits);
    }
    let mut pieces = Vec::with_capacity(lines.len());
    let mut plain: Vec<Line> = Vec::new();
    let mut table = 0;
    let mut cells = 0;
    let mut at = 0;
    while at < lines.len() {
        let length = table_length(lines.get(at..).unwrap_or_default());
        if length == 0 {
            plain.extend(lines.get(at).cloned());
            at += 1;
            continue;
        }
        push_plain(&mut pieces, std::mem::take(&mut plain), &mut table, limits)?;
        let rows = lines.iter().skip(at).take(length).filter(|line| !is_separator(&line.text));
        for (row, line) in rows.enumerate() {
            for (column, text) in row_cells(&line.text).enumerate() {
                // A cell of several lines is several paragraphs.
                for text in text.split('\n').map(str::trim).filter(|text| !text.is_empty()) {
                    cells += 1;
                    if cells > limits.cells {
                        return Err(InputError::TooLarge { what: "table cells", limit: limits.cells as u64 });
                    }
                    let cell = CellRef {
                        table,
                        row: row as u32,
                        column: column as u32,
                        column_span: 1,
                        row_span: 1,
                        depth: 0,
                    };
                    pieces.push(Piece { line: Line { text: text.to_owned(), ..line.clone() }, cell: Some(cell) });
                }
            }
        }
        table += 1;
        at += length;
    }
    push_plain(&mut pieces, plain, &mut table, limits)?;
    Ok(pieces)
}

/// Appends lines between two tables, with table numbers that go on.
fn push_plain(pieces: &mut Vec<Piece>, lines: Vec<Line>, table: &mut u32, limits: &Limits) -> Result<(), InputError> {
    let first = *table;
    for mut piece in columns::take_apart(lines, limits)? {
        if let Some(cell) = &mut piece.cell {
            cell.table += first;
            *table = cell.table + 1;
        }
        pieces.push(piece);
    }
    Ok(())
}

/// Lines of the table at the start of `lines`; 0 when there is none.
fn table_length(lines: &[Line]) -> usize {
    let Some(first) = lines.first().filter(|line| line.text.contains('|')) else { return 0 };
    let next = lines.get(1).filter(|next| !next.gap);
    let headed = lines.get(1).is_some_and(|next| is_separator(&next.text));
    let framed = first.text.len() > 1 && first.text.starts_with('|') && first.text.ends_with('|');
    let strokes = |line: &Line| line.text.matches(" | ").count();
    let open = strokes(first) > 0 && next.is_some_and(|next| strokes(next) == strokes(first));
    if !(headed || framed || open) {
        return 0;
    }
    1 + lines.iter().skip(1).take_while(|line| !line.gap && line.text.contains('|')).count()
}

/// `|---|:---:|`
fn is_separator(text: &str) -> bool {
    text.contains('-') && text.contains('|') && text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

fn row_cells(text: &str) -> impl Iterator<Item = &str> {
    let inner = text.strip_prefix('|').unwrap_or(text);
    inner.strip_suffix('|').unwrap_or(inner).split('|')
}
