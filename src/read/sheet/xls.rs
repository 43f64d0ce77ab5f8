//! Excel 97-2003 workbooks (`.xls`): records in the stream `Workbook` of a compound file.
//!
//! Text is decoded by the font of its cell: lists of that time are often in TCVN3 or VNI.

mod strings;

use super::xlsx::day;
use super::{CellValue, Filler, Merged, Row, Sheet};
use crate::guard::Limits;
use crate::language::legacy::{self, Legacy};
use crate::model::InputError;
use crate::read::bytes::Bytes;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

const STREAM: &str = "Workbook";

/// Reads every sheet of the workbook.
pub(super) fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, InputError> {
    let content = stream(bytes, limits)?;
    let content = Bytes(&content);
    let book = Book::read(content)?;
    let mut filler = Filler::new(limits);
    let mut sheets = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, name) in &book.sheets {
        // A sheet that is named twice would be read without end.
        if seen.insert(*at) {
            let mut sheet = book.sheet(content, *at, &mut filler)?;
            sheet.name.clone_from(name);
            sheets.push(sheet);
        }
    }
    Ok(sheets)
}

fn stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, InputError> {
    let damaged = |error: std::io::Error| InputError::Archive { reason: error.to_string() };
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if !file.is_stream(STREAM) {
        return Err(InputError::MissingPart { part: STREAM.to_owned() });
    }
    let mut content = Vec::new();
    let stream = file.open_stream(STREAM).map_err(damaged)?;
    stream.take(limits.part_bytes.saturating_add(1)).read_to_end(&mut content).map_err(damaged)?;
    if content.len() as u64 > limits.part_bytes {
        return Err(Limits::exceeded("bytes in one part", limits.part_bytes));
    }
    Ok(content)
}

/// One record.
#[derive(Debug, Clone, Copy)]
struct Record<'b> {
    kind: u16,
    data: Bytes<'b>,
    /// Where the next record begins.
    end: usize,
}

fn record(content: Bytes, at: usize) -> Option<Record> {
    let len = usize::from(content.u16(at + 2)?);
    Some(Record { kind: content.u16(at)?, data: content.part(at + 4, len)?, end: at + 4 + len })
}

/// Records from a place on.
fn records(content: Bytes, start: usize) -> impl Iterator<Item = Record> {
    let mut at = Some(start);
    std::iter::from_fn(move || {
        let found = record(content, at?)?;
        at = Some(found.end);
        Some(found)
    })
}

const END: u16 = 0x000A;
const BEGIN: u16 = 0x0809;
const CONTINUED: u16 = 0x003C;

/// What all sheets have in common.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<(usize, String)>,
    texts: Vec<String>,
    fonts: Vec<Option<(Legacy, bool)>>,
    /// Font and number format of each cell format.
    formats: Vec<(u16, u16)>,
    dates: BTreeSet<u16>,
    since_1904: bool,
}

impl Book {
    fn read(content: Bytes) -> Result<Self, InputError> {
        let mut book = Self::default();
        let damaged = |offset: usize| InputError::Malformed {
            part: STREAM.to_owned(),
            offset: offset as u64,
            reason: "it does not begin as a workbook does".to_owned(),
        };
        let first = record(content, 0).filter(|first| first.kind == BEGIN).ok_or_else(|| damaged(0))?;
        if first.data.u16(0) != Some(0x0600) {
            return Err(InputError::Unsupported { found: "a workbook of the form before 1997" });
        }
        let mut ended = false;
        for record in records(content, 0) {
            let data = record.data;
            match record.kind {
                END => {
                    ended = true;
                    break;
                }
                0x002F => return Err(InputError::Encrypted),
                0x0022 => book.since_1904 = data.u16(0) == Some(1),
                0x0085 if data.u8(5) == Some(0) => {
                    let name = data.u8(6).map(usize::from).and_then(|len| strings::characters(data, 7, len));
                    book.sheets.extend(data.size(0).zip(name.map(|(name, _)| name)));
                }
                0x0031 => {
                    let name = data.u8(14).map(usize::from).and_then(|len| strings::characters(data, 15, len));
                    book.fonts.push(name.and_then(|(name, _)| legacy::of_font(&name)));
                }
                0x041E => {
                    let pattern = data.u16(2).map(usize::from).and_then(|len| strings::characters(data, 4, len));
                    if let (Some(number), Some((pattern, _))) = (data.u16(0), pattern)
                        && shows_day(&pattern)
                    {
                        book.dates.insert(number);
                    }
                }
                0x00E0 => book.formats.extend(data.u16(0).zip(data.u16(2))),
                0x00FC => book.texts = strings::table(content, record.data, record.end),
                _ => {}
            }
        }
        if ended { Ok(book) } else { Err(damaged(content.len())) }
    }

    fn sheet(&self, content: Bytes, start: usize, filler: &mut Filler) -> Result<Sheet, InputError> {
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        let mut merged = Vec::new();
        // A formula whose result is the text of the next record.
        let mut waiting: Option<(u32, u32, u16)> = None;
        // Charts in a sheet have a beginning and an end of their own.
        let mut depth = 0;
        let mut ended = false;
        for record in records(content, start) {
            let data = record.data;
            match record.kind {
                BEGIN => depth += 1,
                END => depth -= 1,
                _ => {}
            }
            if depth <= 0 {
                ended = true;
                break;
            }
            if depth > 1 {
                continue;
            }
            if record.kind == 0x00E5 {
                merged.extend(areas(data));
                continue;
            }
            let place = (data.u16(0), data.u16(2), data.u16(4));
            let (Some(row), Some(column), Some(format)) = place else { continue };
            let (row, column) = (u32::from(row) + 1, u32::from(column));
            let mut add = |row: u32, column: u32, value: CellValue| {
                filler.add(rows.entry(row).or_insert_with(|| Row { number: row, cells: Vec::new() }), column, value)
            };
            match record.kind {
                0x00FD => {
                    let text = data.size(6).and_then(|index| self.texts.get(index));
                    if let Some(text) = text {
                        add(row, column, CellValue::Text(self.decoded(text, format)))?;
                    }
                }
                0x0204 => {
                    let text = data.u16(6).map(usize::from).and_then(|len| strings::characters(data, 8, len));
                    if let Some((text, _)) = text {
                        add(row, column, CellValue::Text(self.decoded(&text, format)))?;
                    }
                }
                0x0203 => {
                    if let Some(number) = double(data, 6) {
                        add(row, column, self.number(number, format))?;
                    }
                }
                0x027E => {
                    if let Some(number) = data.u32(6) {
                        add(row, column, self.number(packed(number), format))?;
                    }
                }
                0x00BD => {
                    let count = data.len().saturating_sub(6) / 6;
                    for index in 0..count {
                        let at = 4 + index * 6;
                        if let (Some(format), Some(number)) = (data.u16(at), data.u32(at + 2)) {
                            let column = column + u32::try_from(index).unwrap_or(u32::MAX);
                            add(row, column, self.number(packed(number), format))?;
                        }
                    }
                }
                0x0205 if data.u8(7) == Some(0) => {
                    add(row, column, CellValue::Bool(data.u8(6) == Some(1)))?;
                }
                0x0006 => match (data.u16(12), data.u8(6)) {
                    (Some(0xFFFF), Some(0)) => waiting = Some((row, column, format)),
                    (Some(0xFFFF), Some(1)) => add(row, column, CellValue::Bool(data.u8(8) == Some(1)))?,
                    (Some(0xFFFF), _) => {}
                    _ => {
                        if let Some(number) = double(data, 6) {
                            add(row, column, self.number(number, format))?;
                        }
                    }
                },
                0x0207 => {
                    let text = data.u16(0).map(usize::from).and_then(|len| strings::characters(data, 2, len));
                    if let (Some((row, column, format)), Some((text, _))) = (waiting.take(), text) {
                        add(row, column, CellValue::Text(self.decoded(&text, format)))?;
                    }
                }
                _ => {}
            }
        }
        if !ended {
            let reason = "it is cut off".to_owned();
            return Err(InputError::Malformed { part: STREAM.to_owned(), offset: content.len() as u64, reason });
        }
        Ok(Sheet { name: String::new(), rows: rows.into_values().collect(), merged })
    }

    /// Text in the font of its cell.
    fn decoded(&self, text: &str, format: u16) -> String {
        let font = self.formats.get(usize::from(format)).map(|(font, _)| usize::from(*font));
        // There is no font with the number 4.
        let font = font.map(|font| if font > 4 { font - 1 } else { font });
        let known = font.and_then(|font| self.fonts.get(font).copied().flatten());
        match known.and_then(|(encoding, capitals)| Some((legacy::decode(text, encoding)?, capitals))) {
            Some((decoded, true)) => decoded.to_uppercase(),
            Some((decoded, false)) => decoded,
            None => legacy::repair(text, None).map_or_else(|| text.to_owned(), |repair| repair.text),
        }
    }

    fn number(&self, number: f64, format: u16) -> CellValue {
        let pattern = self.formats.get(usize::from(format)).map_or(0, |(_, pattern)| *pattern);
        let is_day = matches!(pattern, 14..=17 | 22 | 27..=31 | 36 | 50..=58) || self.dates.contains(&pattern);
        let shown = is_day.then(|| day(number, self.since_1904)).flatten();
        shown.map_or(CellValue::Number(number), CellValue::Date)
    }
}

/// Whether a number format shows a day: `d` or `y` outside of quotes and brackets.
fn shows_day(pattern: &str) -> bool {
    let mut quoted = false;
    let mut bracketed = false;
    for c in pattern.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'd' | 'D' | 'y' | 'Y' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

fn double(data: Bytes, at: usize) -> Option<f64> {
    let bits = u64::from(data.u32(at + 4)?) << 32 | u64::from(data.u32(at)?);
    Some(f64::from_bits(bits)).filter(|number| number.is_finite())
}

/// A number in four bytes: a whole number or the upper half of a double, perhaps in hundredths.
fn packed(bits: u32) -> f64 {
    let number =
        if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn areas(data: Bytes) -> Vec<Merged> {
    let count = usize::from(data.u16(0).unwrap_or_default()).min(data.len() / 8);
    let area = |index: usize| {
        let value = |offset: usize| data.u16(2 + index * 8 + offset).map(u32::from);
        Some(Merged { rows: value(0)? + 1..value(2)? + 2, columns: value(4)?..value(6)? + 1 })
    };
    (0..count).filter_map(area).collect()
}
