//! Headings: which rows hold them, and what each column is about.

use super::tables::{Table, TableRow};
use crate::language::fold::fold;
use crate::model::{Field, Subject};
use crate::pack::ListWords;
use crate::pack::award::Heading;
use crate::read::sheet;
use std::collections::BTreeMap;

/// Columns that the user named: by letter, or by heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap(pub Vec<(Field, String)>);

/// Headings of a table.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Columns of each field, in order.
    pub columns: BTreeMap<Field, Vec<u32>>,
    /// Heading of each column.
    pub names: BTreeMap<u32, String>,
    /// Columns that nobody knows.
    pub unknown: Vec<u32>,
    /// Whom a column of names is about, when its heading says so.
    pub subjects: BTreeMap<u32, Subject>,
    /// Rows that the headings take.
    pub rows: usize,
}

impl Head {
    /// The first column of a field.
    pub fn column(&self, field: Field) -> Option<u32> {
        self.columns.get(&field).and_then(|columns| columns.first().copied())
    }

    /// Whether a column is used for a field.
    pub fn is_used(&self, column: u32) -> bool {
        self.columns.values().any(|columns| columns.contains(&column))
    }
}

/// Rows in which headings are looked for before a sheet is given up.
const SEARCHED: usize = 80;
/// Longest heading in characters.
const LONGEST: usize = 80;

/// The place of the first headings and what they say.
pub fn find(table: &Table, map: &ColumnMap, words: &ListWords) -> Option<(usize, Head)> {
    let found = (0..table.rows.len().min(SEARCHED)).find_map(|at| Some((at, read(table, at, words, false)?)));
    let (at, mut head) = match found {
        Some(found) => found,
        // Named by letters, columns need no headings.
        None if map.0.iter().any(|(field, _)| *field == Field::Name) => (0, Head::default()),
        None => return None,
    };
    for (field, wanted) in &map.0 {
        let by_heading = head.names.iter().find(|(_, name)| fold(name) == fold(wanted)).map(|(column, _)| *column);
        if let Some(column) = by_heading.or_else(|| column_of_letters(wanted)) {
            head.columns.values_mut().for_each(|columns| columns.retain(|known| *known != column));
            head.columns.insert(*field, vec![column]);
            head.unknown.retain(|known| *known != column);
            head.names.entry(column).or_insert_with(|| wanted.clone());
        }
    }
    head.columns.retain(|_, columns| !columns.is_empty());
    Some((at, head))
}

/// `C` is 2, `AA` is 26.
fn column_of_letters(letters: &str) -> Option<u32> {
    let sound = !letters.is_empty() && letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    sound.then(|| letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1)
}

/// Reads the headings that begin in a row; `None` when the row holds none. Within a table (`again`) only headings to the
/// letter count, since cells may look like them.
pub fn read(table: &Table, at: usize, words: &ListWords, again: bool) -> Option<Head> {
    let row = table.rows.get(at)?;
    if !could_be(row) {
        return None;
    }
    let below = table.rows.get(at + 1).filter(|below| is_second_row(row, below, words));
    let mut head = Head { rows: if below.is_some() { 2 } else { 1 }, ..Head::default() };
    let (mut known, mut filled) = (0, 0);
    let columns: std::collections::BTreeSet<u32> =
        row.cells.iter().chain(below.iter().flat_map(|below| &below.cells)).map(|cell| cell.column).collect();
    for column in columns {
        let own = row.cell(column).filter(|cell| !cell.continued).map_or("", |cell| cell.text.as_str());
        let lower = below
            .and_then(|below| below.cell(column))
            .filter(|cell| !cell.continued)
            .map_or("", |cell| cell.text.as_str());
        let above = if own.is_empty() { left_of(row, column) } else { own };
        let name = match (own.is_empty(), lower.is_empty()) {
            (false, true) => own.to_owned(),
            (_, false) => format!("{above} {lower}").trim().to_owned(),
            (true, true) => continue,
        };
        filled += 1;
        let meaning = if again {
            words.exact_heading(&name).or_else(|| words.exact_heading(if lower.is_empty() { own } else { lower }))
        } else if lower.is_empty() {
            words.heading(own)
        } else {
            words
                .exact_heading(&name)
                .or_else(|| words.exact_heading(lower))
                .or_else(|| words.heading(lower))
                .or_else(|| words.heading(&name))
        };
        match meaning {
            Some(Heading::Field(field)) => {
                known += 1;
                head.columns.entry(field).or_default().push(column);
                if field == Field::Name
                    && let Some(subject) = words.subject(&name)
                {
                    head.subjects.insert(column, subject);
                }
            }
            Some(Heading::Ignored) => known += 1,
            None => head.unknown.push(column),
        }
        head.names.insert(column, name);
    }
    // "Tên đơn vị" is the name where no other column holds one.
    let has_name =
        |head: &Head| head.columns.contains_key(&Field::Name) || head.columns.contains_key(&Field::NamePostUnit);
    if !has_name(&head)
        && let Some(units) = head.columns.remove(&Field::Unit)
    {
        head.columns.insert(Field::Name, units);
    }
    let enough = if again { known >= 2 && known == filled } else { known >= 2 && known * 2 >= filled };
    (has_name(&head) && head.columns.len() >= 2 && enough).then_some(head)
}

/// Headings are short and no numbers.
fn could_be(row: &TableRow) -> bool {
    row.cells.len() >= 2
        && row.cells.iter().all(|cell| {
            cell.text.chars().count() <= LONGEST && !cell.text.bytes().next().is_some_and(|b| b.is_ascii_digit())
        })
}

/// Whether the row below holds sub-headings: all of it is headings, and it fills what the row above leaves open.
fn is_second_row(row: &TableRow, below: &TableRow, words: &ListWords) -> bool {
    let own: Vec<_> = below.cells.iter().filter(|cell| !cell.continued).collect();
    !own.is_empty()
        && own.iter().all(|cell| {
            let combined = format!("{} {}", left_of(row, cell.column), cell.text);
            words.exact_heading(&cell.text).is_some() || words.exact_heading(&combined).is_some()
        })
        && own.iter().any(|cell| row.cell(cell.column).is_none_or(|above| above.text != cell.text))
        && below.number == row.number + 1
}

/// The text of a column, or of the nearest filled one to its left, as a heading over several columns has it.
fn left_of(row: &TableRow, column: u32) -> &str {
    row.cells.iter().rev().find(|cell| cell.column <= column).map_or("", |cell| cell.text.as_str())
}

/// The letter of a column, or its heading.
pub fn column_name(head: &Head, column: u32) -> String {
    head.names.get(&column).cloned().unwrap_or_else(|| sheet::column_letters(column))
}
