//! Ruling lines become tables: which cells there are, and which cells are merged.

use super::glyphs::{Page, Rule};

/// Lines this close are one.
const NEAR: f64 = 3.0;

/// A table on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Borders between columns, from the left.
    pub columns: Vec<f64>,
    /// Borders between rows, from the top.
    pub rows: Vec<f64>,
    /// Cells in reading order.
    pub cells: Vec<Cell>,
}

/// A cell, possibly merged from several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows that it spans.
    pub row_span: usize,
    /// Columns that it spans.
    pub column_span: usize,
}

impl Grid {
    /// Top border.
    #[must_use]
    pub fn top(&self) -> f64 {
        self.rows.first().copied().unwrap_or(0.0)
    }

    /// The cell at a place, as an index into [`Grid::cells`].
    #[must_use]
    pub fn cell_at(&self, x: f64, y: f64) -> Option<usize> {
        let column = between(&self.columns, x)?;
        let row = between(&self.rows, y)?;
        self.cells.iter().position(|cell| {
            (cell.row..cell.row + cell.row_span).contains(&row)
                && (cell.column..cell.column + cell.column_span).contains(&column)
        })
    }

    /// Left and right border of a cell.
    #[must_use]
    pub fn sides(&self, cell: &Cell) -> (f64, f64) {
        let at = |index: usize| self.columns.get(index).copied().unwrap_or(0.0);
        (at(cell.column), at(cell.column + cell.column_span))
    }
}

fn between(borders: &[f64], value: f64) -> Option<usize> {
    borders.windows(2).position(|pair| matches!(pair, [low, high] if (*low..*high).contains(&value)))
}

/// The tables of a page, from the top down; no more than `most` cells in all.
#[must_use]
pub fn grids(page: &Page, most: usize) -> Vec<Grid> {
    let across = joined(&page.across);
    let down = joined(&page.down);
    let mut grids: Vec<Grid> = Vec::new();
    let mut left = most;
    for (across, down) in components(&across, &down) {
        let Some(grid) = grid(&across, &down, left) else { continue };
        left -= grid.cells.len();
        grids.push(grid);
    }
    grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
    grids
}

/// Pieces of one line drawn cell by cell become one line.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut rules = rules.to_vec();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Rule> = Vec::new();
    let mut group: Vec<Rule> = Vec::new();
    for rule in rules {
        if group.first().is_some_and(|first| rule.at - first.at > NEAR) {
            out.extend(merged(std::mem::take(&mut group)));
        }
        group.push(rule);
    }
    out.extend(merged(group));
    out
}

/// Lines of (nearly) one coordinate, overlapping ones made one.
fn merged(mut group: Vec<Rule>) -> Vec<Rule> {
    let mean = group.iter().map(|rule| rule.at).sum::<f64>() / group.len().max(1) as f64;
    group.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut out: Vec<Rule> = Vec::new();
    for rule in group {
        match out.last_mut() {
            Some(last) if rule.from <= last.to + NEAR => last.to = last.to.max(rule.to),
            _ => out.push(Rule { at: mean, ..rule }),
        }
    }
    out
}

/// Lines that touch each other belong to one table.
fn components(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut left: Vec<Option<Rule>> = across.iter().copied().map(Some).collect();
    let mut left_down: Vec<Option<Rule>> = down.iter().copied().map(Some).collect();
    let mut out = Vec::new();
    while let Some(start) = left.iter().position(Option::is_some) {
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        let mut waiting: Vec<Rule> = left.get_mut(start).and_then(Option::take).into_iter().collect();
        while let Some(row) = waiting.pop() {
            for slot in &mut left_down {
                let Some(column) = slot.filter(|column| touch(&row, column)) else { continue };
                *slot = None;
                for slot in &mut left {
                    if let Some(row) = slot.filter(|row| touch(row, &column)) {
                        *slot = None;
                        waiting.push(row);
                    }
                }
                columns.push(column);
            }
            rows.push(row);
        }
        out.push((rows, columns));
    }
    out
}

fn touch(row: &Rule, column: &Rule) -> bool {
    (column.from - NEAR..=column.to + NEAR).contains(&row.at) && (row.from - NEAR..=row.to + NEAR).contains(&column.at)
}

fn grid(across: &[Rule], down: &[Rule], most: usize) -> Option<Grid> {
    let rows = borders(across);
    let columns = borders(down);
    let (height, width) = (rows.len().checked_sub(1)?, columns.len().checked_sub(1)?);
    // One cell alone is a frame around text, no table.
    if height == 0 || width == 0 || height * width < 2 || height.checked_mul(width)? > most {
        return None;
    }
    let covers = |rules: &[Rule], at: f64, middle: f64| {
        rules.iter().any(|rule| (rule.at - at).abs() <= NEAR && (rule.from..=rule.to).contains(&middle))
    };
    let middle =
        |borders: &[f64], index: usize| Some((borders.get(index).copied()? + borders.get(index + 1).copied()?) / 2.0);
    let mut taken = vec![false; height * width];
    let mut cells = Vec::new();
    for row in 0..height {
        for column in 0..width {
            if taken.get(row * width + column).copied().unwrap_or(true) {
                continue;
            }
            let y = middle(&rows, row)?;
            let x = middle(&columns, column)?;
            let wall_right = |column: usize| columns.get(column + 1).is_none_or(|at| covers(down, *at, y));
            let wall_below = |row: usize| rows.get(row + 1).is_none_or(|at| covers(across, *at, x));
            let free = |row: usize, column: usize| !taken.get(row * width + column).copied().unwrap_or(true);
            let mut column_span = 1;
            while column + column_span < width
                && !wall_right(column + column_span - 1)
                && free(row, column + column_span)
            {
                column_span += 1;
            }
            let mut row_span = 1;
            while row + row_span < height
                && !wall_below(row + row_span - 1)
                && (column..column + column_span).all(|column| free(row + row_span, column))
            {
                row_span += 1;
            }
            for r in row..row + row_span {
                for c in column..column + column_span {
                    if let Some(slot) = taken.get_mut(r * width + c) {
                        *slot = true;
                    }
                }
            }
            cells.push(Cell { row, column, row_span, column_span });
        }
    }
    Some(Grid { columns, rows, cells })
}

fn borders(rules: &[Rule]) -> Vec<f64> {
    let mut borders: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
    borders.sort_by(f64::total_cmp);
    borders.dedup_by(|a, b| (*a - *b).abs() <= NEAR);
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f64, from: f64, to: f64) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn lines_make_cells_and_missing_walls_merge_them() {
        let page = Page {
            // Three rows, two columns; the wall between the columns is missing in the first row.
            across: vec![
                rule(10.0, 0.0, 100.0),
                rule(20.0, 0.0, 50.0),
                rule(20.0, 50.0, 100.0),
                rule(30.0, 0.0, 100.0),
            ],
            down: vec![rule(0.0, 10.0, 30.0), rule(50.0, 20.0, 30.0), rule(100.0, 10.0, 30.0)],
            ..Page::default()
        };
        let grids = grids(&page, 100);
        assert_eq!(grids.len(), 1);
        let cells: Vec<(usize, usize, usize)> =
            grids[0].cells.iter().map(|cell| (cell.row, cell.column, cell.column_span)).collect();
        assert_eq!(cells, [(0, 0, 2), (1, 0, 1), (1, 1, 1)]);
        assert_eq!(grids[0].cell_at(75.0, 25.0), Some(2));
        assert_eq!(grids[0].cell_at(75.0, 35.0), None);
    }

    #[test]
    fn a_line_under_a_heading_is_no_table() {
        let page = Page { across: vec![rule(10.0, 0.0, 100.0)], ..Page::default() };
        assert!(grids(&page, 100).is_empty());
    }
}
