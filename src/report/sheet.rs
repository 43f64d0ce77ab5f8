//! Sheets of a workbook: a header that stays in view, filters, widths, print titles on A4 across. Text is always written
//! as text, never as a formula; the bytes depend on the content alone.

use super::View;
use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use serde::{Deserialize, Serialize};

/// Longest text of a cell, in characters as Excel counts them (UTF-16 units).
const CELL: usize = 32_000;

/// One sheet: its key in the text catalogues and its columns (key, width in characters).
pub(super) struct Sheet {
    pub key: &'static str,
    pub columns: &'static [(&'static str, f64)],
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Date(Date),
    /// A file beside the workbook.
    Link(String),
    Empty,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.unwrap_or_default().into()
    }
}

/// A date as a date; what is none, as text.
pub(super) fn date(iso: Option<&String>) -> Cell {
    match iso.map(|iso| (iso, iso.parse::<Date>())) {
        Some((_, Ok(date))) => Cell::Date(date),
        Some((iso, Err(_))) => Cell::Text(iso.clone()),
        None => Cell::Empty,
    }
}

/// A workbook that grows row by row; its rows wait on the disk and not in memory.
pub(super) struct Book {
    workbook: Workbook,
    /// Columns of each sheet, and the row that comes next.
    sheets: Vec<(u16, u32)>,
    looks: Looks,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("sheets", &self.sheets).finish_non_exhaustive()
    }
}

struct Looks {
    header: Format,
    text: Format,
    number: Format,
    day: Format,
}

impl Book {
    /// A workbook with the headings of its sheets.
    pub(super) fn new<'s>(sheets: impl IntoIterator<Item = &'s Sheet>, view: &View) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed time keeps equal content equal in its bytes.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_author("thidua").set_creation_datetime(&created));
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00E8_EEF4))
            .set_border_bottom(FormatBorder::Thin);
        let looks = Looks {
            header,
            text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            number: Format::new().set_align(FormatAlign::Top),
            day: Format::new().set_align(FormatAlign::Top).set_num_format("dd/mm/yyyy"),
        };
        let mut book = Self { workbook, sheets: Vec::new(), looks };
        for sheet in sheets {
            book.open(sheet, view)?;
        }
        Ok(book)
    }

    fn open(&mut self, form: &Sheet, view: &View) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory();
        sheet.set_name(view.text(&format!("report.sheet.{}", form.key)))?;
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_header(format!("&L{}&R&P / &N", view.text(&format!("report.sheet.{}", form.key))));
        let mut columns = 0;
        for (column, (key, width)) in (0_u16..).zip(form.columns) {
            sheet.set_column_width(column, *width)?;
            let title = view.text(&format!("report.column.{key}"));
            sheet.write_string_with_format(0, column, title, &self.looks.header)?;
            columns = column + 1;
        }
        self.sheets.push((columns, 1));
        Ok(())
    }

    /// Adds a row to a sheet.
    pub(super) fn push(&mut self, at: usize, cells: &[Cell]) -> Result<(), XlsxError> {
        let Looks { text, number, day, .. } = &self.looks;
        let sheet = self.workbook.worksheet_from_index(at)?;
        let Some((_, row)) = self.sheets.get_mut(at) else { return Ok(()) };
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(value) => sheet.write_string_with_format(*row, column, clipped(value), text)?,
                Cell::Number(value) => sheet.write_number_with_format(*row, column, *value, number)?,
                Cell::Date(date) => match excel_date(*date) {
                    Some(value) => sheet.write_datetime_with_format(*row, column, value, day)?,
                    None => sheet.write_string_with_format(*row, column, date.to_string(), text)?,
                },
                Cell::Link(file) => {
                    let name = file.rsplit('/').next().unwrap_or(file);
                    sheet.write_url_with_text(*row, column, format!("file://{file}").as_str(), name)?
                }
                Cell::Empty => sheet,
            };
        }
        *row += 1;
        Ok(())
    }

    /// Writes the workbook.
    pub(super) fn save(mut self, out: impl std::io::Write + Send) -> Result<(), XlsxError> {
        for (at, (columns, next)) in self.sheets.iter().enumerate() {
            let sheet = self.workbook.worksheet_from_index(at)?;
            sheet.autofilter(0, 0, next - 1, columns.saturating_sub(1))?;
        }
        self.workbook.save_to_writer(out)
    }
}

/// Excel knows no days before 1900.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// At most [`CELL`] UTF-16 units; what is cut off is marked.
fn clipped(text: &str) -> String {
    if text.encode_utf16().count() <= CELL {
        return text.to_owned();
    }
    let mut units = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units < CELL
        })
        .collect();
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_too_long_for_a_cell_are_cut_and_marked() {
        let long = "𠀀".repeat(40_000);
        assert!(clipped(&long).encode_utf16().count() <= CELL && clipped(&long).ends_with('…'));
        assert_eq!(clipped("=1+1"), "=1+1");
    }
}
