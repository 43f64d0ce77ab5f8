//! Sheets of a workbook: a header that stays in view, filters, widths, print titles on A4 across. Text is always written
//! as text, never as a formula; the bytes depend on the content alone.

use super::View;
use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// Longest text of a cell, in characters as Excel counts them (UTF-16 units).
const CELL: usize = 32_000;

/// One sheet: its key in the text catalogues and its columns (key, width in characters).
pub(super) struct Sheet {
    pub key: &'static str,
    pub columns: &'static [(&'static str, f64)],
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
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

/// Sheets with their rows as bytes of an XLSX file.
pub(super) fn workbook<'s>(
    sheets: impl IntoIterator<Item = (&'s Sheet, &'s [Vec<Cell>])>,
    view: &View,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed time keeps equal content equal in its bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("thidua").set_creation_datetime(&created));
    for (sheet, rows) in sheets {
        write_sheet(workbook.add_worksheet(), sheet, rows, view)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(
    sheet: &mut rust_xlsxwriter::Worksheet,
    form: &Sheet,
    rows: &[Vec<Cell>],
    view: &View,
) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E8_EEF4))
        .set_border_bottom(FormatBorder::Thin);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let number = Format::new().set_align(FormatAlign::Top);
    let day = Format::new().set_align(FormatAlign::Top).set_num_format("dd/mm/yyyy");

    sheet.set_name(view.text(&format!("report.sheet.{}", form.key)))?;
    for (column, (key, width)) in (0_u16..).zip(form.columns) {
        sheet.write_string_with_format(0, column, view.text(&format!("report.column.{key}")), &header)?;
        sheet.set_column_width(column, *width)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(value) => sheet.write_string_with_format(row, column, clipped(value), &text)?,
                Cell::Number(value) => sheet.write_number_with_format(row, column, *value, &number)?,
                Cell::Date(date) => match excel_date(*date) {
                    Some(value) => sheet.write_datetime_with_format(row, column, value, &day)?,
                    None => sheet.write_string_with_format(row, column, date.to_string(), &text)?,
                },
                Cell::Link(file) => {
                    let name = file.rsplit('/').next().unwrap_or(file);
                    sheet.write_url_with_text(row, column, format!("file://{file}").as_str(), name)?
                }
                Cell::Empty => sheet,
            };
        }
    }
    let last_column = u16::try_from(form.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{}&R&P / &N", view.text(&format!("report.sheet.{}", form.key))));
    Ok(())
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
