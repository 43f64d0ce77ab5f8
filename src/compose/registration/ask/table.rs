//! Numbers that a table hands out to the units below, each by its name: the annex of a plan, a list in a letter.

use super::words::Counted;
use super::{Directive, at, counted};
use crate::compose::registration::units::Units;
use crate::language::fold::fold;
use crate::model::{Block, Origin, Span};
use crate::pack::RegistrationForm;
use std::collections::{BTreeMap, BTreeSet};

/// A number for one unit.
#[derive(Debug)]
pub(super) struct Share {
    /// The unit, by index.
    pub unit: usize,
    /// What is counted.
    pub counted: Counted,
    /// How many.
    pub number: u64,
    /// The cell.
    pub origin: Origin,
}

/// A table with the paragraph above it.
#[derive(Debug, Default)]
struct Table<'d> {
    above: Option<&'d Block>,
    cells: BTreeMap<(u32, u32), &'d Block>,
}

/// The numbers of all tables whose rows name units and whose columns count what the form registers.
pub(super) fn shares(directive: &Directive, form: &RegistrationForm, units: &Units) -> Vec<Share> {
    let mut tables: BTreeMap<u32, Table> = BTreeMap::new();
    let mut above = None;
    for block in &directive.document.blocks {
        match block.cell {
            Some(cell) => {
                let table = tables.entry(cell.table).or_insert_with(|| Table { above, ..Table::default() });
                table.cells.entry((cell.row, cell.column)).or_insert(block);
            }
            None if !block.text.trim().is_empty() => above = Some(block),
            None => {}
        }
    }
    tables.values().flat_map(|table| of_table(table, directive, form, units)).collect()
}

fn of_table(table: &Table, directive: &Directive, form: &RegistrationForm, units: &Units) -> Vec<Share> {
    let mut named: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for ((row, column), block) in &table.cells {
        if let Some(unit) = units.named(&block.text) {
            named.entry(*column).or_default().insert(*row, unit);
        }
    }
    // The column that names most units; one unit alone may stand in a table about something else.
    let Some((names, rows)) = named.into_iter().max_by_key(|(column, rows)| (rows.len(), std::cmp::Reverse(*column)))
    else {
        return Vec::new();
    };
    let distinct: BTreeSet<usize> = rows.values().copied().collect();
    if distinct.len() != rows.len() {
        return Vec::new();
    }
    let columns: BTreeSet<u32> = table.cells.keys().map(|(_, column)| *column).filter(|c| *c > names).collect();
    let whole = |column: u32| rows.keys().filter(move |row| number(table, **row, column).is_some()).count();
    let numeric: Vec<u32> = columns.into_iter().filter(|column| whole(*column) * 2 > rows.len()).collect();
    let head = rows.keys().next().copied().unwrap_or(0);
    let mut out = Vec::new();
    for column in &numeric {
        let heading = (0..head).rev().find_map(|row| table.cells.get(&(row, *column))).map(|block| block.text.as_str());
        let by_heading = heading.and_then(|heading| counted_in(heading, form));
        let by_line =
            || table.above.filter(|_| numeric.len() == 1).and_then(|line| counted_above(line, directive, form));
        let Some(counted) = by_heading.or_else(by_line) else { continue };
        for (row, unit) in &rows {
            let Some((number, block)) = number(table, *row, *column) else { continue };
            let end = u32::try_from(block.text.chars().count()).unwrap_or(u32::MAX);
            let origin = at(directive, Span { block: block.id, start: 0, end });
            out.push(Share { unit: *unit, counted: counted.clone(), number, origin });
        }
    }
    out
}

fn number<'d>(table: &Table<'d>, row: u32, column: u32) -> Option<(u64, &'d Block)> {
    let block = table.cells.get(&(row, column))?;
    Some((block.text.trim().replace('.', "").parse().ok()?, block))
}

/// What a heading counts.
fn counted_in(heading: &str, form: &RegistrationForm) -> Option<Counted> {
    let folded = fold(heading);
    let word = form.counted.iter().filter(|word| folded.contains(word.as_str())).max_by_key(|word| word.len())?;
    Some(Counted { key: word.clone(), name: word.clone() })
}

/// What the line above a table counts: its number, in its words.
fn counted_above(line: &Block, directive: &Directive, form: &RegistrationForm) -> Option<Counted> {
    let quotas = directive.extraction.quotas.iter().filter(|quota| quota.span.block == line.id);
    quotas.filter_map(|quota| counted(quota, form)).next().or_else(|| counted_in(&line.text, form))
}
