//! Workbooks: the review, the rows for mail merge, the register. Text is always written as text: nothing is a formula.

use super::Review;
use crate::pack::Texts;
use crate::register::Entry;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A column: key of its heading, width in characters.
type Column = (&'static str, f64);

fn book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // A fixed time of making: the same input gives the same bytes.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}

fn sheet<'b>(
    book: &'b mut Workbook,
    name: &str,
    prefix: &str,
    columns: &[Column],
    texts: &Texts,
) -> Result<&'b mut Worksheet, XlsxError> {
    let head =
        Format::new().set_bold().set_border_bottom(FormatBorder::Medium).set_align(FormatAlign::Top).set_text_wrap();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet().set_name(name)?;
    for (column, (key, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.set_column_format(column, &wrap)?;
        sheet.write_string_with_format(0, column, texts.get(&format!("{prefix}.{key}"), &[]), &head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(sheet)
}

/// Longest text that a cell holds.
const CELL: usize = 32_000;

fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if !text.is_empty() {
        let text: String = text.chars().take(CELL).collect();
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}

/// The review of a list.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn review(review: &Review<'_>) -> Result<Vec<u8>, XlsxError> {
    const COLUMNS: [Column; 5] =
        [("severity", 12.0), ("code", 9.0), ("place", 34.0), ("message", 70.0), ("remedy", 60.0)];
    let mut book = book()?;
    let name = review.texts.get("award.report.title", &[]);
    let name: String = name.chars().take(31).collect();
    let sheet = sheet(&mut book, &name, "award.report", &COLUMNS, review.texts)?;
    for (row, line) in (1_u32..).zip(review.rows()) {
        let place = if line.also.is_empty() { line.place } else { format!("{}\n{}", line.place, line.also) };
        for (column, text) in (0_u16..).zip([line.severity.as_str(), line.code, &place, &line.message, &line.remedy]) {
            write(sheet, row, column, text)?;
        }
    }
    book.save_to_buffer()
}

/// A row for mail merge: number, salutation, name, post, unit, kind, form, achievement, decision, date as texts, money and
/// number in the golden book as numbers.
pub type MailRow = ([String; 9], Option<i64>, usize);

/// The rows of all certificates, for mail merge and for addressing.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn mail_merge(rows: &[MailRow], texts: &Texts) -> Result<Vec<u8>, XlsxError> {
    const COLUMNS: [Column; 12] = [
        ("number", 6.0),
        ("salutation", 10.0),
        ("name", 30.0),
        ("post", 24.0),
        ("unit", 34.0),
        ("kind", 12.0),
        ("form", 22.0),
        ("achievement", 50.0),
        ("decision", 18.0),
        ("date", 14.0),
        ("money", 14.0),
        ("golden", 12.0),
    ];
    let mut book = book()?;
    let sheet = sheet(&mut book, &texts.get("award.mail.sheet", &[]), "award.mail", &COLUMNS, texts)?;
    let sum = Format::new().set_num_format("#,##0").set_align(FormatAlign::Top);
    for (row, (cells, money, golden)) in (1_u32..).zip(rows) {
        sheet.write_number(row, 0, row)?;
        for (column, text) in (1_u16..).zip(cells) {
            write(sheet, row, column, text)?;
        }
        if let Some(money) = money {
            #[expect(clippy::cast_precision_loss, reason = "sums are far below 2^52")]
            sheet.write_number_with_format(row, 10, *money as f64, &sum)?;
        }
        sheet.write_number(row, 11, u32::try_from(*golden).unwrap_or(0))?;
    }
    book.save_to_buffer()
}

/// The whole register.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn register(entries: &[Entry], texts: &Texts) -> Result<Vec<u8>, XlsxError> {
    const COLUMNS: [Column; 14] = [
        ("decision", 16.0),
        ("date", 12.0),
        ("about", 40.0),
        ("number", 6.0),
        ("subject", 12.0),
        ("name", 32.0),
        ("corrected", 28.0),
        ("post", 24.0),
        ("unit", 34.0),
        ("form", 24.0),
        ("achievement", 50.0),
        ("year", 8.0),
        ("money", 14.0),
        ("file", 40.0),
    ];
    let mut book = book()?;
    let sheet = sheet(&mut book, &texts.get("register.column.sheet", &[]), "register.column", &COLUMNS, texts)?;
    let sum = Format::new().set_num_format("#,##0").set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    for (row, entry) in (1_u32..).zip(entries) {
        let kind = texts.get(&format!("award.kind.{}", entry.subject), &[]);
        let own = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let cells = [
            (0, entry.decision.clone()),
            (2, own(&entry.about)),
            (4, kind),
            (5, entry.name.clone()),
            (6, own(&entry.corrected)),
            (7, own(&entry.post)),
            (8, own(&entry.unit)),
            (9, entry.form_name.clone()),
            (10, own(&entry.achievement)),
            (13, entry.file.clone()),
        ];
        for (column, text) in &cells {
            write(sheet, row, *column, text)?;
        }
        match entry.date.parse::<jiff::civil::Date>() {
            Ok(date) => {
                let value = ExcelDateTime::from_ymd(
                    u16::try_from(date.year()).unwrap_or(1900),
                    date.month().unsigned_abs(),
                    date.day().unsigned_abs(),
                )?;
                sheet.write_datetime_with_format(row, 1, &value, &day)?;
            }
            Err(_) => write(sheet, row, 1, &entry.date)?,
        }
        sheet.write_number(row, 3, u32::try_from(entry.number).unwrap_or(0))?;
        if let Some(year) = entry.year {
            sheet.write_number(row, 11, year)?;
        }
        if let Some(money) = entry.money {
            #[expect(clippy::cast_precision_loss, reason = "sums are far below 2^52")]
            sheet.write_number_with_format(row, 12, money as f64, &sum)?;
        }
    }
    book.save_to_buffer()
}
