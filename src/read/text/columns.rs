//! Columns flattened into lines: what tabs or wide gaps hold apart goes back into cells.

use super::lines::Line;
use crate::guard::Limits;
use crate::language::gaps;
use crate::model::{CellRef, InputError};
use crate::pack::ReadingWords;

/// A line, or one cell of a line.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The line; its text is the cell's.
    pub line: Line,
    /// Place in a table.
    pub cell: Option<CellRef>,
}

/// Lines of the administrative header at most.
const HEAD_LINES: usize = 16;
/// Lines of signature and recipients at most.
const FOOT_LINES: usize = 40;
/// Longer lines are running text, never part of a header or footer.
const SHORT: usize = 140;
/// An indent from which a line of a two-column footer stands in the right column.
const RIGHT: usize = 20;

/// Takes rows apart into cells.
///
/// # Errors
/// [`InputError::TooLarge`] beyond the limit of cells.
pub fn take_apart(lines: Vec<Line>, limits: &Limits) -> Result<Vec<Piece>, InputError> {
    let rows = rows(&lines);
    let mut pieces = Vec::with_capacity(lines.len());
    let mut table = 0;
    let mut cells = 0_usize;
    let mut at = 0;
    let mut lines = lines.into_iter();
    while at < rows.len() {
        let length = rows[at..].iter().take_while(|row| row.group == rows[at].group).count();
        if rows[at].group.is_none() {
            for row in &rows[at..at + length] {
                if let Some(mut line) = lines.next() {
                    if let Some(text) = &row.text {
                        line.text.clone_from(text);
                    }
                    pieces.push(Piece { line, cell: None });
                }
            }
        } else {
            let group = &rows[at..at + length];
            let columns = used_columns(group);
            let first = pieces.len();
            let side_by_side = is_footer(group);
            for (number, row) in group.iter().enumerate() {
                let Some(line) = lines.next() else { break };
                cells += row.cells.len();
                if cells > limits.cells {
                    return Err(InputError::TooLarge { what: "table cells", limit: limits.cells as u64 });
                }
                let number = if side_by_side { 0 } else { number as u32 };
                push_row(&mut pieces, &line, row, &columns, table, number);
            }
            if side_by_side {
                pieces[first..].sort_by_key(|piece| piece.cell.map(|cell| cell.column));
            }
            table += 1;
        }
        at += length;
    }
    Ok(pieces)
}

/// Recipients and signature are two cells side by side, whose lines have nothing to do with each other.
fn is_footer(group: &[Row]) -> bool {
    group.iter().take(2).any(|row| row.cells.iter().any(|cell| opens_recipients(cell)))
}

fn push_row(pieces: &mut Vec<Piece>, line: &Line, row: &Row, columns: &[Option<u32>], table: u32, number: u32) {
    for (cell, column) in row.cells.iter().zip(columns) {
        let Some(column) = *column else { continue };
        if cell.is_empty() {
            continue;
        }
        let cell_ref = CellRef { table, row: number, column, column_span: 1, row_span: 1, depth: 0 };
        pieces.push(Piece { line: Line { text: cell.clone(), ..line.clone() }, cell: Some(cell_ref) });
    }
}

/// Columns that are empty in every row are alignment; the others are numbered from 0.
fn used_columns(group: &[Row]) -> Vec<Option<u32>> {
    let width = group.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut used = vec![false; width];
    for row in group {
        for (slot, cell) in used.iter_mut().zip(&row.cells) {
            *slot |= !cell.is_empty();
        }
    }
    let mut next = 0..;
    used.iter().map(|used| if *used { next.next() } else { None }).collect()
}

/// One line with its cells; lines of the same group form a table.
#[derive(Debug, Default)]
struct Row {
    group: Option<usize>,
    cells: Vec<String>,
    /// The text of a line that is no row, where it differs.
    text: Option<String>,
}

fn rows(lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = lines.iter().map(|_| Row::default()).collect();
    tab_rows(lines, &mut rows);
    foot_rows(lines, &mut rows);
    head_rows(lines, &mut rows);
    rows
}

/// Lines with tabs inside are rows; a label and a tab is a paragraph.
fn tab_rows(lines: &[Line], rows: &mut [Row]) {
    let is_row = |at: usize| {
        let line = &lines[at];
        let Some((first, rest)) = line.text.split_once('\t') else { return false };
        if rest.contains('\t') || opens_recipients(first) {
            return true;
        }
        let neighbour = |other: Option<usize>| {
            other.and_then(|other| lines.get(other)).is_some_and(|other| {
                other.text.split_once('\t').is_some_and(|(first, _)| !is_label(first))
                    || other.text.contains('\t') && !is_label(first)
            })
        };
        let before = if line.gap { None } else { at.checked_sub(1) };
        let after = lines.get(at + 1).filter(|next| !next.gap).map(|_| at + 1);
        let lone = !neighbour(before) && !neighbour(after);
        !(is_label(first) || (lone && first.trim_end().ends_with(':')))
    };
    let mut group = None;
    for at in 0..lines.len() {
        let line = &lines[at];
        if line.gap {
            group = None;
        }
        if line.text.contains('\t') && is_row(at) {
            let id = *group.get_or_insert(at);
            let cells = std::iter::repeat_n(String::new(), line.tabs);
            let cells = cells.chain(line.text.split('\t').map(|cell| cell.trim().to_owned())).collect();
            rows[at] = Row { group: Some(id), cells, text: None };
        } else if let Some(id) =
            group.filter(|_| line.tab_behind || line.tabs > 0 && !line.text.starts_with(['-', '–', '+']))
        {
            let mut cells = vec![String::new(); line.tabs];
            cells.push(line.text.clone());
            rows[at] = Row { group: Some(id), cells, text: None };
        } else {
            group = None;
            if line.text.contains('\t') {
                rows[at].text = Some(line.text.replace('\t', " "));
            }
        }
    }
}

/// A label or bullet in front of a paragraph (`1.`, `a)`, `-`), as opposed to a running number in a table (`1`).
fn is_label(cell: &str) -> bool {
    let cell = cell.trim();
    let mut chars = cell.chars();
    match (chars.next(), chars.next_back()) {
        (Some(only), None) => !only.is_alphanumeric(),
        (Some(_), Some('.' | ')' | '/' | ':')) => {
            let named = ["điều ", "bước ", "mục ", "khoản "].iter().any(|word| starts_folded(cell, word));
            cell.len() <= 16 && (named || !cell.contains(' '))
        }
        _ => false,
    }
}

/// The first lines of a document, where blanks hold two columns apart.
fn head_rows(lines: &[Line], rows: &mut [Row]) {
    let end = lines.iter().take(HEAD_LINES).position(|line| line.text.chars().count() > SHORT).unwrap_or(HEAD_LINES);
    let mut group = None;
    for (line, row) in lines.iter().zip(rows.iter_mut()).take(end) {
        if row.group.is_some() {
            continue;
        }
        let cells = wide_gaps(row.text.as_ref().unwrap_or(&line.text));
        if cells.len() >= 2 {
            let id = *group.get_or_insert(usize::MAX);
            *row = Row { group: Some(id), cells, text: None };
        } else if group.is_some() && line.indent >= 2 * RIGHT {
            *row = Row { group, cells: vec![String::new(), line.text.clone()], text: None };
        } else {
            group = None;
        }
    }
}

/// Signature and recipients, where blanks hold two columns apart: from the line that opens them to the first line that
/// belongs to neither.
fn foot_rows(lines: &[Line], rows: &mut [Row]) {
    let mut at = 0;
    while at < lines.len() {
        let first = &lines[at];
        if rows[at].group.is_some() || !opens_footer(first) {
            at += 1;
            continue;
        }
        // The line that names the authority may stand one above "Nơi nhận".
        let end = foot_end(lines, at);
        let flattened = |line: &Line| line.indent >= RIGHT || wide_gaps(&line.text).len() >= 2;
        if lines[at..end].iter().any(flattened) && rows[at..end].iter().all(|row| row.group.is_none()) {
            for (line, row) in lines[at..end].iter().zip(&mut rows[at..end]) {
                let mut cells = wide_gaps(&line.text);
                if cells.len() < 2 && line.indent >= RIGHT {
                    cells.insert(0, String::new());
                }
                *row = Row { group: Some(at), cells, text: None };
            }
            align(&lines[at..end], &mut rows[at..end]);
        }
        at = end.max(at + 1);
    }
}

/// Three columns and more: a line with fewer cells has each below the heading that it stands under.
fn align(lines: &[Line], rows: &mut [Row]) {
    let Some(widest) = lines.iter().map(places).max_by_key(Vec::len).filter(|places| places.len() > 2) else { return };
    for (line, row) in lines.iter().zip(rows) {
        let own = places(line);
        if own.len() >= widest.len() {
            continue;
        }
        let mut cells = vec![String::new(); widest.len()];
        let mut free = 0;
        for (start, end, text) in own {
            let apart = |at: &usize| {
                let (left, right, _) = &widest[*at];
                left.abs_diff(start).min((left + right).abs_diff(start + end) / 2)
            };
            let Some(at) = (free..widest.len()).min_by_key(apart) else { return };
            cells[at] = text;
            free = at + 1;
        }
        row.cells = cells;
    }
}

/// Where the cells of a line stand: the columns of their first character and of the end, and their text.
fn places(line: &Line) -> Vec<(usize, usize, String)> {
    let part = |part: std::ops::Range<usize>| {
        let text = line.text.get(part.clone()).unwrap_or_default();
        let start = line.indent + line.text.get(..part.start).map_or(0, |head| head.chars().count());
        (start, start + text.chars().count(), text.to_owned())
    };
    gaps::parts(&line.text).map(part).collect()
}

fn opens_footer(line: &Line) -> bool {
    let cells = wide_gaps(&line.text);
    cells.iter().any(|cell| opens_recipients(cell))
        || ((line.indent >= RIGHT || cells.len() >= 2)
            && cells.last().is_some_and(|cell| {
                ["TM.", "T/M", "T.M", "KT.", "K/T", "TL.", "T/L", "TUQ."].iter().any(|mark| cell.starts_with(mark))
            }))
}

fn foot_end(lines: &[Line], start: usize) -> usize {
    let belongs = |line: &Line| {
        line.text.chars().count() <= SHORT + 60
            && (!line.gap
                || line.indent >= RIGHT
                || line.text.starts_with(['-', '–', '+', '}', '('])
                || wide_gaps(&line.text).len() >= 2)
            && !line.page_break
    };
    // A second list of recipients is another footer; what goes on at the margin below a name is text again.
    let again = |line: &Line| wide_gaps(&line.text).iter().any(|cell| opens_recipients(cell));
    let leaves = |above: &Line, line: &Line| {
        above.indent >= RIGHT
            && line.indent == 0
            && !line.text.starts_with(['-', '–', '+', '}', '('])
            && wide_gaps(&line.text).len() < 2
    };
    let limit = lines.len().min(start + FOOT_LINES);
    let ends = |at: &usize| !belongs(&lines[*at]) || again(&lines[*at]) || leaves(&lines[*at - 1], &lines[*at]);
    (start + 1..limit).find(ends).unwrap_or(limit)
}

/// Whether a cell begins with words, whatever their case.
fn opens_recipients(cell: &str) -> bool {
    ReadingWords::get().opens_recipients(cell)
}

fn starts_folded(cell: &str, words: &str) -> bool {
    cell.len() >= words.len() && cell.chars().flat_map(char::to_lowercase).take(words.chars().count()).eq(words.chars())
}

/// Parts of a line that wide gaps hold apart.
fn wide_gaps(text: &str) -> Vec<String> {
    gaps::parts(text).map(|part| text.get(part).unwrap_or_default().to_owned()).collect()
}
