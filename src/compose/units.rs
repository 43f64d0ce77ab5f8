//! The list of the units below, from a table of cells.
//!
//! Headings are known by their words, in any order and case: *Tên đơn vị* (the only one that is needed), *Tên khác*,
//! *Loại*, *Cấp*, *Hội viên*, *Hệ số*, *Địa chỉ*, *Có từ ngày*, *Đến ngày*, and any number of *Chỉ tiêu …* for numbers
//! fixed by hand. A column that means nothing here is passed over.

use crate::language::fold::fold;
use crate::model::{Fixed, InputError, Level, SubUnit};
use crate::pack::Profile;
use crate::read::sheet::{self, Cell, CellValue, Row, Sheet, column_letters};
use crate::template::plain_name;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The units below, with where they were read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SubUnits {
    /// Path of the list as the profile gives it.
    pub file: String,
    /// Sheet.
    pub sheet: Option<String>,
    /// The units, in the order of the list.
    pub list: Vec<SubUnit>,
}

/// Why a list of units is not valid. People read the sentence under `units.` + [`UnitsError::key`].
#[derive(Debug, thiserror::Error)]
pub enum UnitsError {
    /// The file could not be read.
    #[error("{0}")]
    Input(#[from] InputError),
    /// No row has the heading of the names.
    #[error("no heading `Tên đơn vị` in the first rows")]
    NoHeading,
    /// A list without units.
    #[error("no unit in the list")]
    Nothing,
    /// A cell that does not fit its column.
    #[error("cell {cell} ({heading}): {value} does not fit, expected {expected}")]
    Cell {
        /// Address, e.g. `C7`.
        cell: String,
        /// Heading of the column.
        heading: String,
        /// What the cell says.
        value: String,
        /// Key of what is expected: `number`, `date`, `level`.
        expected: &'static str,
    },
    /// A row without a name.
    #[error("row {row}: no name in column {column}")]
    NoName {
        /// Row, from 1.
        row: u32,
        /// Letters of the column.
        column: String,
    },
    /// Two rows with one name.
    #[error("{name} stands in row {first} and in row {second}")]
    Twice {
        /// The name.
        name: String,
        /// Row of the first.
        first: u32,
        /// Row of the second.
        second: u32,
    },
    /// The last day lies before the first.
    #[error("row {row}: the last day lies before the first")]
    Period {
        /// Row, from 1.
        row: u32,
    },
}

impl UnitsError {
    /// Key of the error's sentence in the text catalogues, without the `units.` prefix.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Input(_) => "input",
            Self::NoHeading => "no-heading",
            Self::Nothing => "nothing",
            Self::Cell { expected, .. } => expected,
            Self::NoName { .. } => "no-name",
            Self::Twice { .. } => "twice",
            Self::Period { .. } => "period",
        }
    }

    /// Values for the slots of the error's sentence.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Input(error) => vec![("reason", error.to_string())],
            Self::NoHeading | Self::Nothing => vec![],
            Self::Cell { cell, heading, value, .. } => {
                vec![("cell", cell.clone()), ("heading", heading.clone()), ("value", value.clone())]
            }
            Self::NoName { row, column } => vec![("row", row.to_string()), ("column", column.clone())],
            Self::Twice { name, first, second } => {
                vec![("name", name.clone()), ("first", first.to_string()), ("second", second.to_string())]
            }
            Self::Period { row } => vec![("row", row.to_string())],
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Name,
    Aliases,
    Kind,
    Level,
    Members,
    Weight,
    Address,
    Since,
    Until,
}

/// Openings of headings, folded; a heading belongs to the first that it begins with or equals.
const HEADINGS: &[(&str, Column)] = &[
    ("tên khác", Column::Aliases),
    ("tên gọi khác", Column::Aliases),
    ("tên", Column::Name),
    ("đơn vị", Column::Name),
    ("loại", Column::Kind),
    ("cấp", Column::Level),
    ("hội viên", Column::Members),
    ("số hội viên", Column::Members),
    ("tổng số hội viên", Column::Members),
    ("hệ số", Column::Weight),
    ("địa chỉ", Column::Address),
    ("có từ ngày", Column::Since),
    ("từ ngày", Column::Since),
    ("hiệu lực từ", Column::Since),
    ("đến ngày", Column::Until),
    ("hiệu lực đến", Column::Until),
    ("có đến ngày", Column::Until),
];

/// Rows in which the heading is searched: lists may carry a title.
const HEADING_ROWS: usize = 20;

impl SubUnits {
    /// Reads a list (CSV, XLSX or ODS; of a workbook, the first sheet that has the heading).
    ///
    /// # Errors
    /// See [`UnitsError`]; the first fault ends the reading.
    pub fn read(
        file: &str,
        bytes: &[u8],
        profile: &Profile,
        limits: &crate::guard::Limits,
    ) -> Result<Self, UnitsError> {
        let sheets = sheet::sheets(bytes, limits)?;
        let found = sheets.iter().find_map(|sheet| Headings::find(sheet).map(|headings| (sheet, headings)));
        let (sheet, headings) = found.ok_or(UnitsError::NoHeading)?;
        let mut list: Vec<SubUnit> = Vec::new();
        let mut rows: BTreeMap<String, u32> = BTreeMap::new();
        for row in sheet.rows.iter().filter(|row| row.number > headings.row) {
            let unit = headings.unit(row, profile)?;
            if let Some(first) = rows.insert(fold(&unit.name), row.number) {
                return Err(UnitsError::Twice { name: unit.name, first, second: row.number });
            }
            list.push(unit);
        }
        if list.is_empty() {
            return Err(UnitsError::Nothing);
        }
        let sheet = Some(sheet.name.clone()).filter(|name| !name.is_empty());
        Ok(Self { file: file.to_owned(), sheet, list })
    }

    /// The units that exist on a day (all of them when no day is known).
    pub fn on(&self, day: Option<Date>) -> impl Iterator<Item = &SubUnit> {
        self.list.iter().filter(move |unit| day.is_none_or(|day| unit.exists_on(day)))
    }
}

struct Headings {
    row: u32,
    columns: BTreeMap<Column, (u32, String)>,
    /// Columns of numbers fixed by hand: column, heading, what is counted.
    fixed: Vec<(u32, String, String)>,
}

impl Headings {
    fn find(sheet: &Sheet) -> Option<Self> {
        sheet.rows.iter().take(HEADING_ROWS).find_map(|row| {
            let mut headings = Self { row: row.number, columns: BTreeMap::new(), fixed: Vec::new() };
            for cell in &row.cells {
                let text = cell.value.text().into_owned();
                let folded = fold(text.trim());
                if let Some(rest) = folded.strip_prefix(&fold("chỉ tiêu")) {
                    let what = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
                    headings.fixed.push((cell.column, text, what));
                    continue;
                }
                let known = HEADINGS.iter().find(|(opening, _)| folded.starts_with(&fold(opening)));
                if let Some((_, column)) = known {
                    headings.columns.entry(*column).or_insert((cell.column, text));
                }
            }
            headings.columns.contains_key(&Column::Name).then_some(headings)
        })
    }

    fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<(&'r Cell, &str)> {
        let (at, heading) = self.columns.get(&column)?;
        row.cell(*at).map(|cell| (cell, heading.as_str()))
    }

    fn text(&self, row: &Row, column: Column) -> Option<String> {
        self.cell(row, column).map(|(cell, _)| one_line(&cell.value.text())).filter(|text| !text.is_empty())
    }

    fn unit(&self, row: &Row, profile: &Profile) -> Result<SubUnit, UnitsError> {
        let Some(name) = self.text(row, Column::Name) else {
            let column = self.columns.get(&Column::Name).map_or(0, |(column, _)| *column);
            return Err(UnitsError::NoName { row: row.number, column: column_letters(column) });
        };
        let aliases = self.text(row, Column::Aliases).unwrap_or_default();
        let unit = SubUnit {
            name,
            aliases: aliases.split([';', '|']).map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect(),
            kind: self.text(row, Column::Kind),
            level: self.level(row, profile)?,
            members: self.number(row, Column::Members)?.map(|number| number as u64),
            weight: self.number(row, Column::Weight)?,
            address: self.text(row, Column::Address),
            since: self.date(row, Column::Since)?,
            until: self.date(row, Column::Until)?,
            fixed: self.fixed(row)?,
            row: row.number,
        };
        match (unit.since, unit.until) {
            (Some(since), Some(until)) if until < since => Err(UnitsError::Period { row: row.number }),
            _ => Ok(unit),
        }
    }

    fn level(&self, row: &Row, profile: &Profile) -> Result<Option<Level>, UnitsError> {
        let Some((cell, heading)) = self.cell(row, Column::Level) else { return Ok(None) };
        let text = cell.value.text();
        let plain = plain_name(&text);
        let found = profile.levels.iter().find(|level| {
            plain_name(&level.code) == plain || level.name.split([',', '/']).any(|name| plain_name(name) == plain)
        });
        let rank = found.and_then(|level| profile.rank(&level.code));
        rank.map(Some).ok_or_else(|| misfit(row, cell, heading, "level"))
    }

    fn number(&self, row: &Row, column: Column) -> Result<Option<f64>, UnitsError> {
        let Some((cell, heading)) = self.cell(row, column) else { return Ok(None) };
        number(&cell.value).map(Some).ok_or_else(|| misfit(row, cell, heading, "number"))
    }

    fn date(&self, row: &Row, column: Column) -> Result<Option<Date>, UnitsError> {
        let Some((cell, heading)) = self.cell(row, column) else { return Ok(None) };
        match &cell.value {
            CellValue::Date(date) => Ok(Some(*date)),
            value => day(&value.text()).map(Some).ok_or_else(|| misfit(row, cell, heading, "date")),
        }
    }

    fn fixed(&self, row: &Row) -> Result<Vec<Fixed>, UnitsError> {
        let mut fixed = Vec::new();
        for (column, heading, what) in &self.fixed {
            let Some(cell) = row.cell(*column) else { continue };
            let value = number(&cell.value).filter(|number| number.fract() == 0.0);
            let value = value.ok_or_else(|| misfit(row, cell, heading, "number"))?;
            fixed.push(Fixed { what: what.clone(), value: value as u64, column: heading.clone() });
        }
        Ok(fixed)
    }
}

fn misfit(row: &Row, cell: &Cell, heading: &str, expected: &'static str) -> UnitsError {
    UnitsError::Cell {
        cell: sheet::address(row.number, cell.column),
        heading: heading.to_owned(),
        value: cell.value.text().into_owned(),
        expected,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number that is not negative: `1.200` has a point of thousands, `1,5` a decimal comma.
fn number(value: &CellValue) -> Option<f64> {
    let number = match value {
        CellValue::Number(number) => *number,
        CellValue::Text(text) => {
            let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let groups: Vec<&str> = text.split('.').collect();
            let thousands = matches!(groups.as_slice(), [first, rest @ ..]
                if !rest.is_empty() && first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
            let plain = if thousands { text.replace('.', "") } else { text };
            plain.replace(',', ".").parse().ok()?
        }
        _ => return None,
    };
    (number.is_finite() && (0.0..1e12).contains(&number)).then_some(number)
}

/// `2025-06-30` or `30/6/2025`.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split('/').collect();
    if let [day, month, year] = parts.as_slice() {
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Limits;

    const OFFICE: &str = include_str!("../../templates/base/office/thidua.toml");
    const UNITS: &str = include_str!("../../templates/base/office/don-vi.csv");

    fn read(text: &str) -> Result<SubUnits, UnitsError> {
        let profile = Profile::parse(OFFICE).unwrap();
        SubUnits::read("don-vi.csv", text.as_bytes(), &profile, &Limits::default())
    }

    #[test]
    fn the_list_that_init_writes_is_valid() {
        let units = read(UNITS).unwrap();
        assert_eq!(units.list.len(), 3);
        assert!(units.list.iter().all(|unit| unit.level == Some(Level::Chapter) && unit.members.is_some()));
    }

    #[test]
    fn columns_come_in_any_order_below_a_title() {
        let text = "DANH SÁCH ĐƠN VỊ\n\nTT;Số hội viên;Chỉ tiêu: công trình;TÊN ĐƠN VỊ;Đến ngày;Tên khác\n\
                    1;1.200;2;Hội LHPN xã A;30/6/2025;Xã A; \n2;;;Hội LHPN xã B;;\n";
        let units = read(text).unwrap();
        let first = &units.list[0];
        assert_eq!((first.name.as_str(), first.members, first.row), ("Hội LHPN xã A", Some(1200), 4));
        assert_eq!(first.fixed, [Fixed { what: "công trình".into(), value: 2, column: "Chỉ tiêu: công trình".into() }]);
        assert_eq!(units.on(Some(jiff::civil::date(2025, 7, 1))).count(), 1);
        assert_eq!(units.on(Some(jiff::civil::date(2025, 6, 30))).count(), 2);
    }

    #[test]
    fn faults_are_named_with_row_and_column() {
        let cell = |text: &str| match read(text) {
            Err(UnitsError::Cell { cell, expected, .. }) => (cell, expected),
            other => panic!("{other:?}"),
        };
        assert_eq!(cell("Tên,Hội viên\nA,nhiều\n"), ("B2".into(), "number"));
        assert_eq!(cell("Tên,Đến ngày\nA,31/6/2025\n"), ("B2".into(), "date"));
        assert_eq!(cell("Tên,Cấp\nA,thôn\n"), ("B2".into(), "level"));
        assert_eq!(cell("Tên,Chỉ tiêu\nA,1\nB,\"1,5\"\n"), ("B3".into(), "number"));
        assert!(matches!(read("Tên,Loại\nA,xã\n,xã\n"), Err(UnitsError::NoName { row: 3, .. })));
        assert!(matches!(read("Tên\nHội Hoà\nHội Hòa\n"), Err(UnitsError::Twice { first: 2, second: 3, .. })));
        assert!(matches!(read("A,B\n1,2\n"), Err(UnitsError::NoHeading)));
        assert!(matches!(read("Tên\n"), Err(UnitsError::Nothing)));
        assert!(matches!(read("Tên,Từ ngày,Đến ngày\nA,1/7/2025,1/6/2025\n"), Err(UnitsError::Period { row: 2 })));
    }
}
