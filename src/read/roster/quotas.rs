//! Quotas of units from a table: a column of units, and columns of numbers for collectives, persons, households.

use super::cells;
use super::tables::Table;
use crate::model::{ListPlace, Subject, UnitQuota};
use crate::pack::ListWords;

/// Reads the quotas of every table. A unit's cell without a number sets no quota.
#[must_use]
pub fn quotas(file: &str, tables: &[Table], words: &ListWords) -> Vec<UnitQuota> {
    let mut out = Vec::new();
    for table in tables {
        let mut columns: Option<(u32, Vec<(u32, Subject)>)> = None;
        for row in &table.rows {
            let heads: Vec<(u32, Subject)> = row
                .cells
                .iter()
                .filter(|cell| cell.text.chars().count() < 60 && cells::whole(&cell.text).is_none())
                .filter_map(|cell| Some((cell.column, words.subject(&cell.text)?)))
                .collect();
            if columns.is_none() {
                if let Some(first) = heads.first() {
                    let unit = row.cells.iter().rev().find(|cell| cell.column < first.0).map_or(0, |cell| cell.column);
                    columns = Some((unit, heads));
                }
                continue;
            }
            let Some((unit_column, subjects)) = &columns else { continue };
            let unit = row.text(*unit_column);
            if !cells::is_name(unit) || words.line(unit).is_some() {
                continue;
            }
            for (column, subject) in subjects {
                if let Some(value) = cells::whole(row.text(*column)) {
                    let cell = row.cell(*column).map_or_else(String::new, |cell| cell.address.clone());
                    let place = ListPlace { file: file.to_owned(), sheet: table.name.clone(), row: row.number, cell };
                    out.push(UnitQuota {
                        total: false,
                        percent: None,
                        unit: Some(unit.to_owned()),
                        subject: *subject,
                        at_least: None,
                        at_most: Some(value),
                        place: Some(place),
                        text: format!("{unit}: {value}"),
                    });
                }
            }
        }
    }
    out
}
