//! Rows of a table of a returned form.

use super::cell::{Days, Hint, Said, is_blank};
use super::columns::Column;
use super::grid::GridCell;
use super::read::{FormReader, Found, Item, Returned, Stated, Unread, UnreadKind, days_of, whole};
use crate::language::fold::fold;
use crate::language::numeral::roman;
use crate::model::Document;
use crate::pack::{CellKind, leading};
use std::collections::BTreeMap;

/// Reads the rows of a table into `returned`.
pub(super) fn read(reader: &FormReader, document: &Document, table: &Found, hint: Hint, returned: &mut Returned) {
    let mut rows = Rows { reader, document, table, hint, group: None, returned };
    for row in table.heading.body..table.grid.rows {
        rows.row(row);
    }
}

struct Rows<'r, 'a> {
    reader: &'r FormReader<'a>,
    document: &'r Document,
    table: &'r Found<'r, 'r>,
    hint: Hint,
    group: Option<String>,
    returned: &'r mut Returned,
}

/// A cell of a row with the column that it belongs to.
struct Placed<'r> {
    column: &'r Column,
    cell: &'r GridCell,
}

impl<'r> Rows<'r, '_> {
    fn row(&mut self, row: u32) {
        let cells = self.table.grid.row(row);
        if cells.iter().all(|cell| is_blank(&cell.text)) || is_numbering(&cells) {
            return;
        }
        if let [only] = cells.as_slice()
            && only.row == row
            && self.spans_columns(only)
        {
            return self.line(only);
        }
        let placed = self.placed(&cells);
        if is_heading_again(&placed) {
            return;
        }
        let own = |key: &str| placed.iter().find(|placed| placed.column.keys.iter().any(|known| known == key));
        let item = own(&self.table.form.item);
        // A name that goes on from the row above: the row belongs to the item above.
        if item.is_some_and(|item| item.cell.row < row) {
            return self.go_on(row, &placed);
        }
        let first = cells.first().filter(|cell| self.begins_total(&cell.text)).copied();
        if let Some(total) = item.map(|item| item.cell).filter(|cell| self.begins_total(&cell.text)).or(first) {
            return self.total(total);
        }
        let says = |placed: &&Placed| placed.column.kind != CellKind::Sequence && !is_blank(&placed.cell.text);
        let filled = placed.iter().filter(says).count();
        if filled == 0 {
            return;
        }
        let sequence = placed.iter().find(|placed| placed.column.kind == CellKind::Sequence);
        if let Some(item) = item.filter(|item| !is_blank(&item.cell.text)) {
            let lettered = sequence.is_some_and(|placed| is_group_label(&placed.cell.text));
            if filled == 1 && lettered {
                self.group = Some(item.cell.text.replace('\n', " "));
                return;
            }
        }
        self.item(row, &placed, item.map(|item| item.cell));
    }

    /// Cells with their columns: each belongs to the column that it has most in common with.
    fn placed(&self, cells: &[&'r GridCell]) -> Vec<Placed<'r>> {
        let columns = &self.table.heading.columns;
        let belongs = |cell: &&'r GridCell| {
            let overlap = |column: &&Column| cell.overlap(column.start, column.width);
            let best = columns
                .iter()
                .filter(|column| overlap(column) > 0)
                .max_by(|a, b| overlap(a).cmp(&overlap(b)).then(b.start.cmp(&a.start)));
            let near = || columns.iter().min_by_key(|column| column.start.abs_diff(cell.column));
            best.or_else(near).map(|column| Placed { column, cell })
        };
        cells.iter().filter_map(belongs).collect()
    }

    fn spans_columns(&self, cell: &GridCell) -> bool {
        let covered =
            self.table.heading.columns.iter().filter(|column| cell.overlap(column.start, column.width) > 0).count();
        covered >= 3 && covered * 2 >= self.table.heading.columns.len()
    }

    /// A line across the table: a total or the heading of a group.
    fn line(&mut self, cell: &GridCell) {
        if self.begins_total(&cell.text) {
            self.total(cell);
        } else {
            self.group = Some(cell.text.replace('\n', " "));
        }
    }

    fn begins_total(&self, text: &str) -> bool {
        leading(fold(text).trim(), &self.reader.forms.totals).is_some()
    }

    fn total(&mut self, cell: &GridCell) {
        if let Said::Value(value) = self.reader.cells.count(&cell.text) {
            let span = whole(self.document, cell.block);
            self.returned.stated.push(Stated { value, text: cell.text.clone(), span });
        }
    }

    /// Adds what a further row says to the item above.
    fn go_on(&mut self, row: u32, placed: &[Placed]) {
        let Some(item) = self.returned.items.last_mut() else { return };
        for placed in placed.iter().filter(|placed| placed.cell.row == row && !is_blank(&placed.cell.text)) {
            let Some(key) = placed.column.keys.first() else {
                item.more.push((placed.column.heading.clone(), placed.cell.text.clone()));
                continue;
            };
            let cell = item.cells.entry(key.clone()).or_default();
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(&placed.cell.text);
        }
    }

    fn item(&mut self, row: u32, placed: &[Placed], name: Option<&GridCell>) {
        let block = name.or_else(|| placed.first().map(|placed| placed.cell)).map_or(0, |cell| cell.block);
        let text = name.map(|cell| cell.text.replace('\n', " ").trim().to_owned()).filter(|text| !is_blank(text));
        let mut item = Item {
            table: self.table.form.key.clone(),
            table_number: self.table.grid.table + 1,
            row: row + 1,
            block,
            name: text.clone().unwrap_or_default(),
            cells: BTreeMap::new(),
            count: None,
            money: None,
            start: None,
            end: None,
            more: Vec::new(),
            group: self.group.clone(),
        };
        if text.is_none() {
            let words: Vec<&str> = placed.iter().map(|placed| placed.cell.text.as_str()).collect();
            self.unread(UnreadKind::Nameless, row, None, &words.join(" | "), block);
        }
        for placed in placed.iter().filter(|placed| !is_blank(&placed.cell.text)) {
            self.value(row, placed, &mut item);
        }
        self.returned.items.push(item);
    }

    fn value(&mut self, row: u32, placed: &Placed, item: &mut Item) {
        let (column, text) = (placed.column, placed.cell.text.as_str());
        let Some(key) = column.keys.first() else {
            item.more.push((column.heading.clone(), text.to_owned()));
            return;
        };
        item.cells.insert(key.clone(), text.to_owned());
        let joined = column.keys.len() > 1;
        let figures = text.chars().any(|c| c.is_ascii_digit());
        let missed = match column.kind {
            CellKind::Sequence | CellKind::Text | CellKind::Person | CellKind::Title => None,
            CellKind::Count => match self.reader.cells.count(text) {
                Said::Value(count) => {
                    item.count = Some(count);
                    None
                }
                Said::Unclear if figures || !joined => Some(UnreadKind::Number),
                _ => None,
            },
            CellKind::Money => match self.reader.cells.money(text, scale(&column.heading)) {
                Said::Value(money) => {
                    item.money = Some(money);
                    None
                }
                Said::Unclear if figures || !joined => Some(UnreadKind::Money),
                _ => None,
            },
            CellKind::Date | CellKind::Period => match days_of(self.reader, text, self.hint) {
                Ok(days) => {
                    set_days(item, key, column.kind, days);
                    None
                }
                Err(()) => Some(UnreadKind::Date),
            },
        };
        if let Some(kind) = missed {
            self.unread(kind, row, Some(&column.heading), text, placed.cell.block);
        }
    }

    fn unread(&mut self, kind: UnreadKind, row: u32, column: Option<&str>, text: &str, block: u32) {
        self.returned.unread.push(Unread {
            kind,
            row: Some(row + 1),
            column: column.map(str::to_owned),
            text: text.to_owned(),
            span: whole(self.document, block),
        });
    }
}

/// Puts days where the column says: a column for the beginning, for the end, or for both.
/// The heading once more, at the top of another page.
fn is_heading_again(placed: &[Placed]) -> bool {
    let said: Vec<&Placed> = placed.iter().filter(|placed| !is_blank(&placed.cell.text)).collect();
    let repeats = |placed: &&Placed| {
        let text = fold(&placed.cell.text).replace('\n', " ");
        !text.trim().is_empty() && fold(&placed.column.heading).replace('\n', " ").contains(text.trim())
    };
    said.len() >= 3 && said.iter().all(repeats)
}

fn set_days(item: &mut Item, key: &str, kind: CellKind, days: Option<Days>) {
    let Some(days) = days else { return };
    let both = kind == CellKind::Period;
    if both || key.starts_with("bat-dau") {
        item.start = Some(days.start);
    }
    if both || !key.starts_with("bat-dau") {
        item.end = Some(days.end);
        // A period in the column for the end says both.
        if days.start != days.end && item.start.is_none() {
            item.start = Some(days.start);
        }
    }
}

/// What a figure without a unit counts, by the heading: *Kinh phí (triệu đồng)*.
fn scale(heading: &str) -> u64 {
    let folded = fold(heading);
    if folded.contains("triệu") || folded.contains("trđ") {
        1_000_000
    } else if folded.contains("nghìn") || folded.contains("ngàn") || folded.contains("1.000") || folded.contains("1000")
    {
        1000
    } else {
        1
    }
}

/// `(1) (2) (3)`, `A B 1 2`: a row that numbers the columns.
fn is_numbering(cells: &[&GridCell]) -> bool {
    let inner = |cell: &&GridCell| cell.text.trim().trim_start_matches('(').trim_end_matches(')').trim().to_owned();
    let texts: Vec<String> = cells.iter().map(inner).collect();
    let numbers: Vec<Option<u32>> = texts.iter().map(|text| text.parse().ok()).collect();
    let figures: Vec<u32> = numbers.iter().flatten().copied().collect();
    let others = texts.iter().zip(&numbers).filter(|(_, number)| number.is_none());
    let mut others = others.map(|(text, _)| text);
    figures.len() >= 3
        && figures.first() == Some(&1)
        && figures.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b))
        && others.all(|text| text.chars().count() == 1)
}

/// `I`, `A.`, `II.`: numbers of groups.
fn is_group_label(text: &str) -> bool {
    let label = text.trim().trim_end_matches(['.', ')']);
    roman(label).is_some() || (label.len() == 1 && label.chars().all(|c| c.is_ascii_uppercase()))
}
