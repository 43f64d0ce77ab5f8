//! Excel workbooks: the values that cells show, formulas by their stored result.

use super::{CellValue, Filler, Merged, Row, Sheet};
use crate::guard::Limits;
use crate::guard::package::Package;
use crate::guard::xml::{self, Element, Xml};
use crate::model::InputError;
use crate::read::docx::relations::Relations;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Reads every worksheet, in the order of the workbook.
pub(super) fn sheets(package: &Package, limits: &Limits) -> Result<Vec<Sheet>, InputError> {
    let relations = Relations::of(package, "", limits)?;
    let book = relations.target("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let parts = Relations::of(package, &book, limits)?;
    let workbook = Workbook::read(package, &book, limits)?;
    let texts = match parts.target("sharedStrings") {
        Some(part) => shared_texts(package, part, limits)?,
        None => Vec::new(),
    };
    let dates = match parts.target("styles") {
        Some(part) => date_styles(package, part, limits)?,
        None => Vec::new(),
    };
    let shared = Shared { texts, dates, since_1904: workbook.since_1904 };
    let mut filler = Filler::new(limits);
    let mut sheets = Vec::new();
    for (name, id) in workbook.sheets {
        let Some(part) = parts.by_id(&id).filter(|part| package.contains(part)) else { continue };
        let (rows, merged) = rows(package, part, limits, &shared, &mut filler)?;
        sheets.push(Sheet { name, rows, merged });
    }
    Ok(sheets)
}

struct Workbook {
    /// Name and relationship of each sheet.
    sheets: Vec<(String, String)>,
    since_1904: bool,
}

impl Workbook {
    fn read(package: &Package, part: &str, limits: &Limits) -> Result<Self, InputError> {
        let bytes = package.read(part)?;
        let text = xml::decode(part, &bytes)?;
        let mut xml = Xml::new(part, &text, limits);
        let mut workbook = Self { sheets: Vec::new(), since_1904: false };
        xml.root()?;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"workbookPr" => {
                    workbook.since_1904 = matches!(child.attribute(b"date1904").as_deref(), Some("1" | "true"));
                    xml.skip()?;
                }
                b"sheets" => {
                    while let Some(sheet) = xml.child()? {
                        let value = |name| sheet.attribute(name).unwrap_or_default().into_owned();
                        workbook.sheets.push((value(b"name"), value(b"id")));
                        xml.skip()?;
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(workbook)
    }
}

/// What the cells of all sheets refer to.
struct Shared {
    texts: Vec<String>,
    /// For each cell format, whether it shows a day.
    dates: Vec<bool>,
    since_1904: bool,
}

fn shared_texts(package: &Package, part: &str, limits: &Limits) -> Result<Vec<String>, InputError> {
    let Some(bytes) = package.read_optional(part)? else { return Ok(Vec::new()) };
    let text = xml::decode(part, &bytes)?;
    let mut xml = Xml::new(part, &text, limits);
    let mut texts = Vec::new();
    xml.root()?;
    while xml.child()?.is_some() {
        texts.push(rich_text(&mut xml)?);
    }
    Ok(texts)
}

/// The text of the open element, without reading aids of East Asian scripts.
fn rich_text(xml: &mut Xml) -> Result<String, InputError> {
    let mut out = String::new();
    while let Some(child) = xml.child()? {
        match child.name() {
            b"t" => xml.text(&mut out)?,
            b"r" => out.push_str(&rich_text(xml)?),
            _ => xml.skip()?,
        }
    }
    Ok(out)
}

fn date_styles(package: &Package, part: &str, limits: &Limits) -> Result<Vec<bool>, InputError> {
    let Some(bytes) = package.read_optional(part)? else { return Ok(Vec::new()) };
    let text = xml::decode(part, &bytes)?;
    let mut xml = Xml::new(part, &text, limits);
    let mut own: BTreeMap<String, bool> = BTreeMap::new();
    let mut out = Vec::new();
    xml.root()?;
    while let Some(child) = xml.child()? {
        match child.name() {
            b"numFmts" => {
                while let Some(format) = xml.child()? {
                    let code = format.attribute(b"formatCode").unwrap_or_default().to_lowercase();
                    let bare: String = code.split('"').step_by(2).collect();
                    let bare = bare.split(']').map(|part| part.split('[').next().unwrap_or_default());
                    let is_date = bare.collect::<String>().contains(['d', 'y']);
                    own.insert(format.attribute(b"numFmtId").unwrap_or_default().into_owned(), is_date);
                    xml.skip()?;
                }
            }
            b"cellXfs" => {
                while let Some(style) = xml.child()? {
                    let format = style.attribute(b"numFmtId").unwrap_or_default().into_owned();
                    let builtin = format.parse::<u32>().is_ok_and(|n| (14..=17).contains(&n) || n == 22);
                    out.push(own.get(&format).copied().unwrap_or(builtin));
                    xml.skip()?;
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(out)
}

fn rows(
    package: &Package,
    part: &str,
    limits: &Limits,
    shared: &Shared,
    filler: &mut Filler,
) -> Result<(Vec<Row>, Vec<Merged>), InputError> {
    let bytes = package.read(part)?;
    let text = xml::decode(part, &bytes)?;
    let mut xml = Xml::new(part, &text, limits);
    let (mut rows, mut merged) = (Vec::new(), Vec::new());
    xml.root()?;
    while let Some(child) = xml.child()? {
        if child.name() == b"mergeCells" {
            while let Some(cells) = xml.child()? {
                merged.extend(cells.attribute(b"ref").and_then(|reference| span_of(&reference)));
                xml.skip()?;
            }
            continue;
        }
        if child.name() != b"sheetData" {
            xml.skip()?;
            continue;
        }
        let mut next = 1_u32;
        while let Some(element) = xml.child()? {
            if element.name() != b"row" {
                xml.skip()?;
                continue;
            }
            let number = element.attribute(b"r").and_then(|r| r.parse().ok()).unwrap_or(next);
            next = number.saturating_add(1);
            let mut row = Row { number, cells: Vec::new() };
            let mut column = 0_u32;
            while let Some(cell) = xml.child()? {
                if cell.name() != b"c" {
                    xml.skip()?;
                    continue;
                }
                column = cell.attribute(b"r").and_then(|r| column_of(&r)).unwrap_or(column);
                if let Some(value) = value(&mut xml, &cell, shared)? {
                    filler.add(&mut row, column, value)?;
                }
                column = column.saturating_add(1);
            }
            if !row.cells.is_empty() {
                rows.push(row);
            }
        }
    }
    Ok((rows, merged))
}

/// `B4:B9` as a range.
fn span_of(reference: &str) -> Option<Merged> {
    let (first, last) = reference.split_once(':')?;
    let row = |cell: &str| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    Some(Merged { rows: row(first)?..row(last)?.checked_add(1)?, columns: column_of(first)?..column_of(last)? + 1 })
}

fn column_of(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.into_iter().try_fold(0_u32, |sum, letter| {
        sum.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    number.checked_sub(1).filter(|column| *column < 16_384)
}

/// The value of the open cell, which is consumed.
fn value(xml: &mut Xml, cell: &Element, shared: &Shared) -> Result<Option<CellValue>, InputError> {
    let kind = cell.attribute(b"t").unwrap_or_default().into_owned();
    let style = cell.attribute(b"s").and_then(|style| style.parse::<usize>().ok());
    let mut raw = String::new();
    let mut inline = None;
    while let Some(child) = xml.child()? {
        match child.name() {
            b"v" => xml.text(&mut raw)?,
            b"is" => inline = Some(rich_text(xml)?),
            _ => xml.skip()?,
        }
    }
    let raw = raw.trim();
    if let Some(text) = inline {
        return Ok(Some(CellValue::Text(text)));
    }
    if raw.is_empty() {
        return Ok(None);
    }
    Ok(Some(match kind.as_str() {
        "s" => {
            let text = raw.parse::<usize>().ok().and_then(|index| shared.texts.get(index)).cloned();
            CellValue::Text(text.unwrap_or_default())
        }
        "b" => CellValue::Bool(raw == "1"),
        "d" => raw.get(..10).and_then(|day| day.parse().ok()).map_or(CellValue::Text(raw.to_owned()), CellValue::Date),
        "str" | "e" | "inlineStr" => CellValue::Text(raw.to_owned()),
        _ => {
            let is_date = style.and_then(|style| shared.dates.get(style)).copied().unwrap_or(false);
            match raw.parse::<f64>() {
                Ok(number) if is_date => {
                    day(number, shared.since_1904).map_or(CellValue::Number(number), CellValue::Date)
                }
                Ok(number) if number.is_finite() => CellValue::Number(number),
                _ => CellValue::Text(raw.to_owned()),
            }
        }
    }))
}

/// A day of Excel's calendar, whose first is 1/1/1900 (or 2/1/1904) and which knows a 29 February 1900 that never was.
pub(super) fn day(serial: f64, since_1904: bool) -> Option<Date> {
    if !(1.0..3_000_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    let days = serial.trunc() as i64;
    let (first, days) = match since_1904 {
        true => (jiff::civil::date(1904, 1, 1), days),
        false => (jiff::civil::date(1899, 12, 30), days + i64::from(days < 60)),
    };
    first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
