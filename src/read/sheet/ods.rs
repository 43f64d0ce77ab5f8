//! `LibreOffice` workbooks (OpenDocument, `content.xml`).

use super::{CellValue, Filler, Merged, Row, Sheet};
use crate::guard::Limits;
use crate::guard::package::Package;
use crate::guard::xml::{self, Element, Xml};
use crate::model::InputError;

const PART: &str = "content.xml";

/// Most columns of a sheet.
const COLUMNS: u32 = 16_384;

/// Reads every table of the workbook.
pub(super) fn sheets(package: &Package, limits: &Limits) -> Result<Vec<Sheet>, InputError> {
    let bytes = package.read(PART)?;
    let text = xml::decode(PART, &bytes)?;
    let mut xml = Xml::new(PART, &text, limits);
    let mut reader = Reader { filler: Filler::new(limits), sheets: Vec::new() };
    xml.root()?;
    reader.tables(&mut xml)?;
    if reader.sheets.is_empty() {
        return Err(InputError::Unsupported { found: "an OpenDocument file without a table" });
    }
    Ok(reader.sheets)
}

struct Reader<'l> {
    filler: Filler<'l>,
    sheets: Vec<Sheet>,
}

impl Reader<'_> {
    fn tables(&mut self, xml: &mut Xml) -> Result<(), InputError> {
        while let Some(child) = xml.child()? {
            match child.name() {
                b"body" | b"spreadsheet" => self.tables(xml)?,
                b"table" => {
                    let name = child.attribute(b"name").unwrap_or_default().into_owned();
                    let mut sheet = Sheet { name, ..Sheet::default() };
                    self.rows(xml, &mut sheet, &mut 1)?;
                    self.sheets.push(sheet);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml, sheet: &mut Sheet, next: &mut u32) -> Result<(), InputError> {
        while let Some(child) = xml.child()? {
            match child.name() {
                b"table-header-rows" | b"table-rows" | b"table-row-group" => self.rows(xml, sheet, next)?,
                b"table-row" => {
                    let count = repeated(&child, b"number-rows-repeated");
                    let mut row = Row { number: *next, cells: Vec::new() };
                    self.cells(xml, &mut row, &mut sheet.merged)?;
                    *next = next.saturating_add(count);
                    // Rows repeated with content are a fill; they are written out up to the limit of cells.
                    if !row.cells.is_empty() {
                        for copy in 1..count {
                            let mut again = Row { number: row.number.saturating_add(copy), cells: Vec::new() };
                            for cell in &row.cells {
                                self.filler.add(&mut again, cell.column, cell.value.clone())?;
                            }
                            sheet.rows.push(again);
                        }
                        sheet.rows.push(row);
                    }
                }
                _ => xml.skip()?,
            }
        }
        sheet.rows.sort_by_key(|row| row.number);
        Ok(())
    }

    fn cells(&mut self, xml: &mut Xml, row: &mut Row, merged: &mut Vec<Merged>) -> Result<(), InputError> {
        let mut column = 0_u32;
        while let Some(child) = xml.child()? {
            let count = repeated(&child, b"number-columns-repeated").min(COLUMNS);
            match child.name() {
                b"table-cell" => {
                    let (down, across) =
                        (repeated(&child, b"number-rows-spanned"), repeated(&child, b"number-columns-spanned"));
                    if down > 1 || across > 1 {
                        let rows = row.number..row.number.saturating_add(down);
                        merged.push(Merged { rows, columns: column..column.saturating_add(across) });
                    }
                    if let Some(value) = value(xml, &child)? {
                        for copy in 0..count {
                            self.filler.add(row, column.saturating_add(copy), value.clone())?;
                        }
                    }
                }
                _ => xml.skip()?,
            }
            column = column.saturating_add(count);
        }
        Ok(())
    }
}

fn repeated(element: &Element, attribute: &[u8]) -> u32 {
    element.attribute(attribute).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// The value of the open cell, which is consumed.
fn value(xml: &mut Xml, cell: &Element) -> Result<Option<CellValue>, InputError> {
    let kind = cell.attribute(b"value-type").unwrap_or_default().into_owned();
    let attribute = |name: &[u8]| cell.attribute(name).unwrap_or_default().into_owned();
    let typed = match kind.as_str() {
        "float" | "percentage" | "currency" => attribute(b"value").parse().ok().map(CellValue::Number),
        "date" => attribute(b"date-value").get(..10).and_then(|day| day.parse().ok()).map(CellValue::Date),
        "boolean" => Some(CellValue::Bool(attribute(b"boolean-value") == "true")),
        _ => None,
    };
    let mut text = String::new();
    while let Some(child) = xml.child()? {
        match child.name() {
            b"p" => {
                if !text.is_empty() {
                    text.push('\n');
                }
                xml.text(&mut text)?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(typed.or((!text.trim().is_empty()).then_some(CellValue::Text(text))))
}
