//! Tables as text: commas, semicolons or tabs, quoted fields that may hold line breaks.

use super::{CellValue, Filler, Row, Sheet};
use crate::guard::Limits;
use crate::language::encoding;
use crate::model::InputError;
use std::io::{BufRead, Read as _};

/// Reads a separated text. A row's number is the line on which it begins.
pub(super) fn sheet(bytes: &[u8], limits: &Limits) -> Result<Sheet, InputError> {
    let decoded = encoding::decode(bytes);
    if decoded.text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(InputError::Unsupported { found: "no text" });
    }
    let text = decoded.text.trim_start_matches('\u{feff}');
    let mut filler = Filler::new(limits);
    let mut sheet = Sheet::default();
    for fields in Rows::new(text.as_bytes(), separator(text.lines().take(20)), limits.input_bytes) {
        let fields = fields?;
        let mut row = Row { number: u32::try_from(fields.line).unwrap_or(u32::MAX), cells: Vec::new() };
        for (column, text) in (0..).zip(fields.texts) {
            filler.add(&mut row, column, CellValue::Text(text))?;
        }
        if !row.cells.is_empty() {
            sheet.rows.push(row);
        }
    }
    Ok(sheet)
}

/// The mark that stands most often in one of the given lines: a list may begin with a title.
pub(crate) fn separator<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> u8 {
    let most = |mark: char| lines.clone().map(|line| line.matches(mark).count()).max().unwrap_or_default();
    let best = [',', ';', '\t'].into_iter().rev().max_by_key(|mark| most(*mark));
    best.and_then(|mark| u8::try_from(mark).ok()).unwrap_or(b',')
}

/// The fields of a row as they are written, without the quotation marks around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The line on which the row begins, from 1.
    pub line: usize,
    /// The fields; one empty field for an empty line.
    pub texts: Vec<String>,
}

/// Rows of a separated text in UTF-8, read as they are asked for.
#[derive(Debug)]
pub(crate) struct Rows<R> {
    source: R,
    separator: u8,
    line: usize,
    limit: u64,
    buffer: Vec<u8>,
    failed: bool,
}

impl<R: BufRead> Rows<R> {
    /// A row may be `limit` bytes long.
    pub fn new(source: R, separator: u8, limit: u64) -> Self {
        Self { source, separator, line: 1, limit, buffer: Vec::new(), failed: false }
    }

    /// The next row; an error ends the text.
    fn row(&mut self) -> Result<Option<Fields>, InputError> {
        let mut row = Pieces { line: self.line, ..Pieces::default() };
        let mut left = self.limit.saturating_add(1);
        loop {
            self.buffer.clear();
            let read = self.source.by_ref().take(left).read_until(b'\n', &mut self.buffer);
            let read = read.map_err(|error| InputError::Io { reason: error.to_string() })? as u64;
            left = left.saturating_sub(read);
            if left == 0 {
                return Err(Limits::exceeded("input bytes", self.limit));
            }
            let ended = match read {
                0 if row.is_empty() => return Ok(None),
                0 => true,
                _ => row.add(&self.buffer, self.separator),
            };
            self.line += usize::from(self.buffer.ends_with(b"\n"));
            if ended || read == 0 {
                return row.finish().map(Some);
            }
        }
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Fields, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.row().transpose();
        // Where the next row begins is not known any more.
        self.failed = matches!(row, Some(Err(_)));
        row
    }
}

/// A row in the making.
#[derive(Default)]
struct Pieces {
    line: usize,
    done: Vec<Vec<u8>>,
    field: Vec<u8>,
    quoted: bool,
    begun: bool,
}

impl Pieces {
    fn is_empty(&self) -> bool {
        !self.begun
    }

    /// Adds a line with its end; `true` when the row ends with it.
    fn add(&mut self, line: &[u8], separator: u8) -> bool {
        self.begun = true;
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\r' if bytes.peek() == Some(&b'\n') => {}
                b'"' if self.quoted && bytes.peek() == Some(&b'"') => {
                    bytes.next();
                    self.field.push(b'"');
                }
                b'"' if self.quoted => self.quoted = false,
                b'"' if self.field.trim_ascii().is_empty() => {
                    self.field.clear();
                    self.quoted = true;
                }
                _ if self.quoted => self.field.push(byte),
                b'\r' => {}
                b'\n' => return true,
                _ if byte == separator => self.done.push(std::mem::take(&mut self.field)),
                _ => self.field.push(byte),
            }
        }
        false
    }

    fn finish(mut self) -> Result<Fields, InputError> {
        let malformed = |reason: String| InputError::Malformed { part: "CSV".to_owned(), offset: 0, reason };
        if self.quoted {
            return Err(malformed(format!("the quoted field that begins in row `{}` is not closed", self.line)));
        }
        self.done.push(self.field);
        let texts: Result<Vec<String>, _> = self.done.into_iter().map(String::from_utf8).collect();
        let texts = texts.map_err(|_| malformed(format!("row `{}` is not UTF-8", self.line)))?;
        Ok(Fields { line: self.line, texts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_one_by_one_with_the_line_on_which_they_begin() {
        let text = "Tên;Đơn vị\r\n\"Nguyễn \"\"Hai\"\"\r\nA\"; \"x\" ;y\n\nz";
        let rows: Vec<Fields> = Rows::new(text.as_bytes(), b';', 1000).map(Result::unwrap).collect();
        let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 2, 4, 5]);
        assert_eq!(rows[1].texts, ["Nguyễn \"Hai\"\nA", "x ", "y"]);
        assert_eq!(rows[2].texts, [""]);
        assert_eq!(rows[3].texts, ["z"]);
    }

    #[test]
    fn a_row_without_end_is_an_error_and_the_last() {
        let mut rows = Rows::new(&b"a\n\"b\nc\n"[..], b',', 1000);
        assert_eq!(rows.next().unwrap().unwrap().texts, ["a"]);
        assert!(matches!(rows.next(), Some(Err(InputError::Malformed { .. }))));
        assert!(rows.next().is_none());
        let mut rows = Rows::new(&b"a\nbcdefgh\nc\n"[..], b',', 4);
        assert_eq!(rows.next().unwrap().unwrap().texts, ["a"]);
        assert!(matches!(rows.next(), Some(Err(InputError::TooLarge { .. }))));
    }
}
