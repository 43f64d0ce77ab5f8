//! Tables of cells: the one door for lists that offices keep in CSV, Excel (`.xlsx`, `.xls`) or LibreOffice (`.ods`).
//!
//! A sheet holds its filled cells only, each with its place, so that a cell far out costs nothing and a fault can be
//! named the way a person looks for it: *Sheet1, C7*.

pub(crate) mod csv;
mod ods;
mod xls;
mod xlsx;

use crate::guard::{Limits, ole};
use crate::model::InputError;
use jiff::civil::Date;
use std::borrow::Cow;

/// A sheet of a workbook, or a whole CSV file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// Rows that hold something, in order.
    pub rows: Vec<Row>,
    /// Cells that span several; the value stands in the first.
    pub merged: Vec<Merged>,
}

/// A cell that spans several rows or columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Rows, as people count them, from 1.
    pub rows: std::ops::Range<u32>,
    /// Columns, from 0.
    pub columns: std::ops::Range<u32>,
}

/// A row with its filled cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Number as a person sees it, from 1.
    pub number: u32,
    /// Filled cells from left to right.
    pub cells: Vec<Cell>,
}

/// A filled cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Column, from 0.
    pub column: u32,
    /// What it holds.
    pub value: CellValue,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Text, without blanks at its ends.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// True or false.
    Bool(bool),
}

impl CellValue {
    /// The value as text: whole numbers without a fraction, days as `05/3/2026`.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Date(date) => Cow::Owned(format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        }
    }
}

impl Row {
    /// The cell of a column (from 0), when it is filled.
    #[must_use]
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|at| self.cells.get(at))
    }

    /// The text of a column's cell; empty when it is not filled.
    #[must_use]
    pub fn text(&self, column: u32) -> Cow<'_, str> {
        self.cell(column).map_or(Cow::Borrowed(""), |cell| cell.value.text())
    }
}

/// The address of a cell as spreadsheets write it: row from 1, column from 0 (`address(7, 2)` is `C7`).
#[must_use]
pub fn address(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Reads all sheets of a list; the format is found by content.
///
/// # Errors
/// When the bytes are neither CSV text nor an `.xlsx`, `.xls` or `.ods` workbook, or exceed a limit.
pub fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, InputError> {
    if bytes.len() as u64 > limits.input_bytes {
        return Err(Limits::exceeded("input bytes", limits.input_bytes));
    }
    if ole::is_compound(bytes) {
        return match ole::content(bytes)? {
            ole::Content::Workbook => xls::sheets(bytes, limits),
            ole::Content::Document => Err(InputError::Unsupported { found: "an archive without a workbook" }),
        };
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let package = crate::guard::package::Package::open(bytes, limits)?;
        return if package.contains("content.xml") {
            ods::sheets(&package, limits)
        } else if package.contains("xl/workbook.xml") || package.contains("[Content_Types].xml") {
            xlsx::sheets(&package, limits)
        } else {
            Err(InputError::Unsupported { found: "an archive without a workbook" })
        };
    }
    csv::sheet(bytes, limits).map(|sheet| vec![sheet])
}

/// Counts filled cells over all sheets against the limit, and drops empty texts.
struct Filler<'l> {
    limits: &'l Limits,
    cells: usize,
    characters: usize,
}

impl<'l> Filler<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self { limits, cells: 0, characters: 0 }
    }

    fn add(&mut self, row: &mut Row, column: u32, value: CellValue) -> Result<(), InputError> {
        let value = match value {
            CellValue::Text(text) => {
                let text = super::clean::tidy(text);
                if text.is_empty() {
                    return Ok(());
                }
                self.characters += text.len();
                CellValue::Text(text)
            }
            value => value,
        };
        self.cells += 1;
        if self.cells > self.limits.sheet_cells {
            return Err(Limits::exceeded("cells", self.limits.sheet_cells as u64));
        }
        if self.characters > self.limits.characters {
            return Err(Limits::exceeded("characters", self.limits.characters as u64));
        }
        // Cells come from left to right; one that does not takes the place of what stands there.
        match row.cells.binary_search_by_key(&column, |cell| cell.column) {
            Ok(at) => {
                if let Some(cell) = row.cells.get_mut(at) {
                    cell.value = value;
                }
            }
            Err(at) => row.cells.insert(at, Cell { column, value }),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        assert_eq!((address(7, 2), address(1, 25), address(1, 26)), ("C7".into(), "Z1".into(), "AA1".into()));
        assert_eq!(column_letters(16_383), "XFD");
    }

    #[test]
    fn a_separated_text_is_one_sheet_with_numbers_of_lines() {
        let text = "\u{feff}Tên;Hội viên\r\n\"Hội LHPN xã \"\"A\"\"\nB\";12\r\n\r\nXã C;\n";
        let sheets = sheets(text.as_bytes(), &Limits::default()).unwrap();
        let rows = &sheets[0].rows;
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 5]);
        assert_eq!(rows[1].text(0), "Hội LHPN xã \"A\"\nB");
        assert_eq!((rows[1].text(1).as_ref(), rows[2].cell(1)), ("12", None));
        assert!(super::sheets(b"a\n\"b", &Limits::default()).is_err());
    }

    #[test]
    fn a_workbook_gives_texts_numbers_and_days() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        let sheet = book.add_worksheet().set_name("Đơn vị").unwrap();
        sheet.write(0, 0, "Tên").unwrap();
        sheet.write(2, 1, 12.5).unwrap();
        let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 7, 1).unwrap();
        sheet.write_with_format(2, 3, &date, &day).unwrap();
        sheet.write(2, 4, true).unwrap();
        book.add_worksheet().set_name("Khác").unwrap().write(1_000_000, 16_000, "xa").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let sheets = sheets(&bytes, &Limits::default()).unwrap();
        assert_eq!(sheets[0].name, "Đơn vị");
        assert_eq!(sheets[0].rows[1].number, 3);
        assert_eq!(sheets[0].rows[1].text(1), "12.5");
        assert_eq!(sheets[0].rows[1].cell(3).unwrap().value, CellValue::Date(jiff::civil::date(2025, 7, 1)));
        assert_eq!(sheets[0].rows[1].cell(4).unwrap().value, CellValue::Bool(true));
        assert_eq!((sheets[1].rows[0].number, sheets[1].rows[0].text(16_000).as_ref()), (1_000_001, "xa"));
        let limits = Limits { sheet_cells: 3, ..Limits::default() };
        assert!(matches!(super::sheets(&bytes, &limits), Err(InputError::TooLarge { .. })));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(super::sheets(b"PK\x03\x04 broken", &Limits::default()).is_err());
        assert!(super::sheets(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &Limits::default()).is_err());
        assert!(super::sheets(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &Limits::default()).is_err());
    }
}
