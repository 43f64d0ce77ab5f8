//! Tables as text: commas, semicolons or tabs, quoted fields that may hold line breaks.

use super::{CellValue, Filler, Row, Sheet};
use crate::guard::Limits;
use crate::language::encoding;
use crate::model::InputError;

/// Reads a separated text. A row's number is the line on which it begins.
pub(super) fn sheet(bytes: &[u8], limits: &Limits) -> Result<Sheet, InputError> {
    let decoded = encoding::decode(bytes);
    if decoded.text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(InputError::Unsupported { found: "no text" });
    }
    let text = decoded.text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut filler = Filler::new(limits);
    let mut sheet = Sheet::default();
    let mut row = Row { number: 1, cells: Vec::new() };
    let (mut column, mut line) = (0, 1);
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += u32::from(c == '\n');
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            _ if quoted => field.push(c),
            '\r' => {}
            '\n' => {
                filler.add(&mut row, column, CellValue::Text(std::mem::take(&mut field)))?;
                column = 0;
                finish(&mut sheet, &mut row, line);
            }
            _ if c == separator => {
                filler.add(&mut row, column, CellValue::Text(std::mem::take(&mut field)))?;
                column += 1;
            }
            _ => field.push(c),
        }
    }
    if quoted {
        return Err(InputError::Malformed {
            part: "CSV".to_owned(),
            offset: bytes.len() as u64,
            reason: format!("the quoted field that begins in row {} is not closed", row.number),
        });
    }
    filler.add(&mut row, column, CellValue::Text(field))?;
    finish(&mut sheet, &mut row, line + 1);
    Ok(sheet)
}

fn finish(sheet: &mut Sheet, row: &mut Row, next: u32) {
    let done = std::mem::replace(row, Row { number: next, cells: Vec::new() });
    if !done.cells.is_empty() {
        sheet.rows.push(done);
    }
}

/// The mark that stands most often in one of the first lines: a list may begin with a title.
fn separator(text: &str) -> char {
    let most = |mark: char| text.lines().take(20).map(|line| line.matches(mark).count()).max().unwrap_or_default();
    [',', ';', '\t'].into_iter().rev().max_by_key(|mark| most(*mark)).unwrap_or(',')
}
