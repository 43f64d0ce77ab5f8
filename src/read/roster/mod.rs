//! Lists of awardees as offices keep them: title rows above the headings, two-row headings, groups, totals, gaps in the
//! numbers, several sheets, tables in Word. Headings are known by meaning; every row that is not understood is named.

mod cells;
mod head;
mod proposals;
mod quotas;
mod reports;
mod rows;
mod same;
mod tables;

pub use cells::{money, percent, whole};
pub use head::ColumnMap;
pub use proposals::{Proposal, proposals};
pub use quotas::quotas;
pub use reports::report;
pub use same::{key, lower_titles, name_key, unit_key};
pub use tables::{Table, TableCell, TableRow, is_document, tables, tables_of_document, tables_of_sheets};

use crate::model::{AwardFinding, ListPlace, Roster, Severity};
use crate::pack::{AwardRules, ListWords};

/// What the reader of a list needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'k> {
    /// Words of lists.
    pub words: &'k ListWords,
    /// Names of forms, for groups by form.
    pub rules: &'k AwardRules,
}

/// Reads the tables of one file as one list.
#[must_use]
pub fn roster(file: &str, tables: &[Table], map: &ColumnMap, knowledge: Knowledge<'_>) -> Roster {
    let mut roster = Roster::default();
    for table in tables {
        if !rows::read(file, table, map, knowledge, &mut roster) {
            let Some(row) = table.rows.first() else { continue };
            let cell = row.cells.first().map_or_else(String::new, |cell| cell.address.clone());
            let place = ListPlace { file: file.to_owned(), sheet: table.name.clone(), row: row.number, cell };
            let name = table.name.clone().unwrap_or_else(|| file.to_owned());
            roster.findings.push(AwardFinding::new("KT105", Severity::Warning, Some(place)).with("sheet", name));
        }
    }
    roster
}

#[cfg(test)]
mod tests;
