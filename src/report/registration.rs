//! What was collected of registrations, as a workbook and as JSON. Sums are formulas over the rows that they come from.

use super::sentences;
use crate::compose::registration::{Collected, Item, Returned, UnitRow, UnitState, UnreadKind};
use crate::model::Severity;
use crate::pack::Texts;
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use serde_json::{Value, json};

/// Longest text of a cell in characters.
const CELL: usize = 32_000;

/// A cell.
#[derive(Debug, Clone)]
enum Cell {
    Text(String),
    Number(u64),
    Date(Date),
    /// A formula with the value that it has.
    Formula(String, u64),
    Empty,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    fn number(number: Option<u64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// A sheet: its name, its columns (key of the heading, width), its rows.
struct Sheet {
    key: &'static str,
    columns: &'static [(&'static str, f64)],
    rows: Vec<Vec<Cell>>,
    /// A last row of sums.
    totals: Vec<Cell>,
}

/// Letters of the columns of the sheet of items that formulas speak of.
const ITEM_UNIT: &str = "B";
const ITEM_PEOPLE: &str = "G";
const ITEM_MONEY: &str = "I";

/// The workbook as bytes of an XLSX file; equal content gives equal bytes.
///
/// # Errors
/// When there are more rows than a sheet can hold.
pub fn workbook(collected: &Collected, texts: &Texts) -> Result<Vec<u8>, XlsxError> {
    let words = Words { texts };
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("thidua").set_creation_datetime(&created));
    let items = items(collected);
    let sheets = [
        units(collected, &words, items.rows.len()),
        items,
        missing(collected, &words),
        duplicates(collected),
        findings(collected, &words),
        unread(collected, &words),
    ];
    for sheet in &sheets {
        write(workbook.add_worksheet(), sheet, &words)?;
    }
    workbook.save_to_buffer()
}

/// Everything that was collected, with the sentences of the findings.
///
/// # Errors
/// When a value is no JSON, which none is.
pub fn json(collected: &Collected, texts: &Texts) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value(collected)?;
    if let Some(Value::Array(findings)) = value.get_mut("findings") {
        for (found, slot) in collected.findings.iter().zip(findings) {
            let words = sentences::finding(texts, &found.finding);
            if let Value::Object(slot) = slot {
                slot.insert("message".to_owned(), json!(words.message));
                slot.insert("reason".to_owned(), json!(words.reason));
                slot.insert("remedy".to_owned(), json!(words.remedy));
            }
        }
    }
    if let Value::Object(object) = &mut value {
        object.insert("schema_version".to_owned(), json!(1));
    }
    serde_json::to_string_pretty(&value)
}

struct Words<'a> {
    texts: &'a Texts,
}

impl Words<'_> {
    fn get(&self, key: &str) -> String {
        self.texts.get(key, &[])
    }

    fn state(&self, unit: &UnitRow) -> String {
        let state = match unit.state {
            UnitState::Missing => "missing",
            UnitState::Incomplete => "incomplete",
            UnitState::Complete => "complete",
        };
        let late = unit.late.then_some("late");
        let unlisted = (!unit.listed).then_some("unlisted");
        let keys = [state].into_iter().chain(late).chain(unlisted);
        keys.map(|key| self.get(&format!("collect.state.{key}"))).collect::<Vec<_>>().join("; ")
    }

    fn severity(&self, severity: Severity) -> String {
        self.get(super::entries::severity_key(severity))
    }
}

fn to_u64(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// Units with sums over the sheet of items, and a row of totals.
fn units(collected: &Collected, words: &Words, items: usize) -> Sheet {
    let sheet = format!("'{}'", words.get("collect.sheet.items").replace('\'', "''"));
    let last = items.max(1) + 1;
    let range = |column: &str| format!("{sheet}!${column}$2:${column}${last}");
    let rows = collected.units.iter().enumerate().map(|(at, unit)| {
        let own = format!("$B{}", at + 2);
        let sum = |column: &str| format!("SUMIF({},{own},{})", range(ITEM_UNIT), range(column));
        vec![
            Cell::Number(to_u64(at + 1)),
            Cell::text(unit.unit.clone()),
            Cell::number(unit.minimum),
            Cell::Formula(format!("COUNTIF({},{own})", range(ITEM_UNIT)), unit.items),
            Cell::Formula(sum(ITEM_PEOPLE), unit.people),
            Cell::Formula(sum(ITEM_MONEY), unit.money),
            Cell::date(unit.date),
            Cell::text(words.state(unit)),
            Cell::text(unit.codes.join(", ")),
            Cell::text(unit.files.join("\n")),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let end = rows.len() + 1;
    let total = |column: &str, value: fn(&UnitRow) -> u64| {
        let sum = collected.units.iter().map(value).fold(0, u64::saturating_add);
        if rows.is_empty() { Cell::Empty } else { Cell::Formula(format!("SUM({column}2:{column}{end})"), sum) }
    };
    let totals = vec![
        Cell::Empty,
        Cell::text(words.get("collect.column.total")),
        total("C", |unit| unit.minimum.unwrap_or(0)),
        total("D", |unit| unit.items),
        total("E", |unit| unit.people),
        total("F", |unit| unit.money),
    ];
    let columns = &[
        ("number", 6.0),
        ("unit", 36.0),
        ("minimum", 10.0),
        ("items", 12.0),
        ("people", 14.0),
        ("money", 18.0),
        ("date", 13.0),
        ("state", 24.0),
        ("codes", 20.0),
        ("files", 44.0),
    ];
    Sheet { key: "units", columns, rows, totals }
}

/// Every row that counts, with its place.
fn items(collected: &Collected) -> Sheet {
    let all = collected.counting().flat_map(|(unit, form)| form.items.iter().map(move |item| (unit, form, item)));
    let rows = all.enumerate().map(|(at, (unit, form, item))| item_row(at, unit, form, item)).collect();
    let columns = &[
        ("number", 6.0),
        ("unit", 30.0),
        ("name", 40.0),
        ("content", 36.0),
        ("whom", 22.0),
        ("place", 20.0),
        ("people", 12.0),
        ("source", 16.0),
        ("money", 16.0),
        ("start", 12.0),
        ("end", 12.0),
        ("responsible", 22.0),
        ("note", 20.0),
        ("more", 30.0),
        ("group", 20.0),
        ("files", 36.0),
        ("table", 7.0),
        ("row", 7.0),
    ];
    Sheet { key: "items", columns, rows, totals: Vec::new() }
}

fn item_row(at: usize, unit: &str, form: &Returned, item: &Item) -> Vec<Cell> {
    let cell = |key: &str| Cell::text(item.cells.get(key).cloned().unwrap_or_default());
    let shown = [
        "ten",
        "noi-dung",
        "doi-tuong",
        "dia-diem",
        "so-nguoi",
        "nguon",
        "kinh-phi",
        "bat-dau",
        "hoan-thanh",
        "phu-trach",
        "ghi-chu",
        "tt",
    ];
    // What other forms hold, and a figure that could not be read, stays as it was written.
    let unread = |key: &str| match key {
        "so-nguoi" => item.count.is_none(),
        "kinh-phi" => item.money.is_none(),
        "bat-dau" => item.start.is_none(),
        "hoan-thanh" => item.end.is_none(),
        _ => false,
    };
    let other = item.cells.iter().filter(|(key, _)| !shown.contains(&key.as_str()) || unread(key));
    let more: Vec<String> = other
        .map(|(key, text)| format!("{key}: {text}"))
        .chain(item.more.iter().map(|(heading, text)| format!("{heading}: {text}")))
        .collect();
    vec![
        Cell::Number(to_u64(at + 1)),
        Cell::text(unit),
        Cell::text(item.name.clone()),
        cell("noi-dung"),
        cell("doi-tuong"),
        cell("dia-diem"),
        Cell::number(item.count),
        cell("nguon"),
        Cell::number(item.money),
        Cell::date(item.start),
        Cell::date(item.end),
        cell("phu-trach"),
        cell("ghi-chu"),
        Cell::text(more.join("\n")),
        Cell::text(item.group.clone().unwrap_or_default()),
        Cell::text(form.file.clone()),
        Cell::Number(u64::from(item.table_number)),
        Cell::Number(u64::from(item.row)),
    ]
}

fn missing(collected: &Collected, words: &Words) -> Sheet {
    let due = collected.due.map(|due| due.date);
    let rows = collected
        .units
        .iter()
        .filter(|unit| unit.state == UnitState::Missing || unit.late)
        .enumerate()
        .map(|(at, unit)| {
            vec![
                Cell::Number(to_u64(at + 1)),
                Cell::text(unit.unit.clone()),
                Cell::text(words.state(unit)),
                Cell::date(unit.date.or(due).filter(|_| unit.late)),
                Cell::text(unit.files.join("\n")),
            ]
        })
        .collect();
    let columns = &[("number", 6.0), ("unit", 40.0), ("state", 30.0), ("date", 13.0), ("files", 44.0)];
    Sheet { key: "missing", columns, rows, totals: Vec::new() }
}

/// Things that are registered twice: both places side by side.
fn duplicates(collected: &Collected) -> Sheet {
    let found = collected.findings.iter().filter(|found| found.finding.code == "DK04");
    let rows = found
        .map(|found| {
            let arg = |slot: &str| Cell::text(found.finding.args.get(slot).cloned().unwrap_or_default());
            vec![
                arg("name"),
                Cell::text(found.unit.clone().unwrap_or_default()),
                Cell::text(found.file.clone()),
                Cell::number(found.row.map(u64::from)),
                arg("other"),
                arg("other_file"),
                arg("other_row"),
            ]
        })
        .collect();
    let columns =
        &[("name", 44.0), ("unit", 30.0), ("files", 36.0), ("row", 7.0), ("unit", 30.0), ("files", 36.0), ("row", 7.0)];
    Sheet { key: "duplicates", columns, rows, totals: Vec::new() }
}

fn findings(collected: &Collected, words: &Words) -> Sheet {
    let rows = collected
        .findings
        .iter()
        .map(|found| {
            let sentences = sentences::finding(words.texts, &found.finding);
            vec![
                Cell::text(found.unit.clone().unwrap_or_default()),
                Cell::text(found.finding.code),
                Cell::text(words.severity(found.finding.severity)),
                Cell::text(sentences.message),
                Cell::text(sentences.reason.unwrap_or_default()),
                Cell::text(sentences.remedy.unwrap_or_default()),
                Cell::text(found.file.clone()),
                Cell::number(found.row.map(u64::from)),
            ]
        })
        .collect();
    let columns = &[
        ("unit", 30.0),
        ("code", 8.0),
        ("severity", 11.0),
        ("message", 60.0),
        ("reason", 40.0),
        ("remedy", 40.0),
        ("files", 36.0),
        ("row", 7.0),
    ];
    Sheet { key: "findings", columns, rows, totals: Vec::new() }
}

/// Everything that is not in the sums because it could not be read.
fn unread(collected: &Collected, words: &Words) -> Sheet {
    let kind = |kind: UnreadKind| match kind {
        UnreadKind::Number => "number",
        UnreadKind::Money => "money",
        UnreadKind::Date => "date",
        UnreadKind::Nameless => "nameless",
        UnreadKind::Outside => "outside",
    };
    let what = |key: &str| Cell::text(words.get(&format!("collect.unread.{key}")));
    let cells = collected.forms.iter().flat_map(|form| form.unread.iter().map(move |unread| (form, unread)));
    let cells = cells.map(|(form, unread)| {
        vec![
            Cell::text(form.file.clone()),
            what(kind(unread.kind)),
            Cell::number(unread.row.map(u64::from)),
            Cell::text(unread.column.clone().unwrap_or_default()),
            Cell::text(unread.text.clone()),
        ]
    });
    let whole = |file: &String, key: &str, text: &str| {
        vec![Cell::text(file.clone()), what(key), Cell::Empty, Cell::Empty, Cell::text(text)]
    };
    let failures = collected.failures.iter().map(|failure| whole(&failure.file, "file", &failure.reason));
    let blank = collected.blank.iter().map(|file| whole(file, "blank", ""));
    let columns = &[("files", 44.0), ("what", 20.0), ("row", 7.0), ("name", 26.0), ("text", 70.0)];
    Sheet { key: "unread", columns, rows: cells.chain(failures).chain(blank).collect(), totals: Vec::new() }
}

fn write(worksheet: &mut Worksheet, sheet: &Sheet, words: &Words) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E8_EEF4))
        .set_border_bottom(FormatBorder::Thin);
    let looks = Looks {
        text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        number: Format::new().set_align(FormatAlign::Top).set_num_format("#,##0"),
        day: Format::new().set_align(FormatAlign::Top).set_num_format("dd/mm/yyyy"),
    };
    let bold = Looks {
        text: looks.text.clone().set_bold().set_border_top(FormatBorder::Thin),
        number: looks.number.clone().set_bold().set_border_top(FormatBorder::Thin),
        day: looks.day.clone().set_bold(),
    };
    worksheet.set_name(words.get(&format!("collect.sheet.{}", sheet.key)))?;
    for (column, (key, width)) in (0_u16..).zip(sheet.columns) {
        worksheet.write_string_with_format(0, column, words.get(&format!("collect.column.{key}")), &header)?;
        worksheet.set_column_width(column, *width)?;
    }
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        write_row(worksheet, row, cells, &looks)?;
    }
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    write_row(worksheet, last.saturating_add(1), &sheet.totals, &bold)?;
    let columns = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    worksheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    worksheet.set_freeze_panes(1, 2)?;
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

struct Looks {
    text: Format,
    number: Format,
    day: Format,
}

#[expect(clippy::cast_precision_loss, reason = "Excel counts in doubles")]
fn write_row(worksheet: &mut Worksheet, row: u32, cells: &[Cell], looks: &Looks) -> Result<(), XlsxError> {
    for (column, cell) in (0_u16..).zip(cells) {
        match cell {
            Cell::Text(text) => {
                let text: String = text.chars().take(CELL).collect();
                worksheet.write_string_with_format(row, column, text, &looks.text)?
            }
            Cell::Number(number) => worksheet.write_number_with_format(row, column, *number as f64, &looks.number)?,
            Cell::Formula(formula, value) => {
                let formula = Formula::new(formula).set_result(value.to_string());
                worksheet.write_formula_with_format(row, column, formula, &looks.number)?
            }
            Cell::Date(date) => {
                let (year, month, day) = (date.year(), date.month(), date.day());
                let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
                match parts {
                    (Ok(year), Ok(month), Ok(day)) if year >= 1900 => {
                        let date = ExcelDateTime::from_ymd(year, month, day)?;
                        worksheet.write_datetime_with_format(row, column, date, &looks.day)?
                    }
                    _ => worksheet.write_string_with_format(row, column, date.to_string(), &looks.text)?,
                }
            }
            Cell::Empty => worksheet,
        };
    }
    Ok(())
}
