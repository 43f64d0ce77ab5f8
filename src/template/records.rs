//! Data files: JSON, JSON lines, TOML, CSV and workbooks as records, one for each document.
//!
//! JSON lists, JSON lines and CSV are read as far as their records are asked for, so that a file of any length costs one
//! record at a time. The text of a JSON record is read where it is used, by as many threads as there are.

use super::cut::{Elements, Lines, Piece};
use super::data::{Data, DataError};
use crate::guard::Limits;
use crate::model::InputError;
use crate::read::sheet::{self, CellValue, Row, csv};
use serde_json::{Map, Value, json};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

/// A source of bytes for records.
pub type Source = Box<dyn Read + Send>;

/// Bytes that a source is asked for at a time.
const CHUNK: usize = 64 << 10;

/// The records of a data file, in its order.
pub struct Records {
    form: Form,
    number: usize,
    limit: u64,
}

enum Form {
    Lines(Lines<Box<dyn BufRead + Send>>),
    Elements(Elements<Box<dyn BufRead + Send>>),
    Table(Arc<[Heading]>, csv::Rows<Box<dyn BufRead + Send>>),
    Sheet(Arc<[Heading]>, std::vec::IntoIter<Row>),
    /// Values, each with fields that all of them have.
    Values(Arc<Map<String, Value>>, std::vec::IntoIter<Value>),
    Ended,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.debug_struct("Records").field("number", &self.number).finish_non_exhaustive()
    }
}

/// A record that is not read yet.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The line (of a workbook: the row) on which it begins, from 1; unknown in TOML and in the lists of an object.
    pub line: Option<usize>,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Json(Piece),
    Cells(Arc<[Heading]>, Vec<Value>),
    Value(Arc<Map<String, Value>>, Value),
    Failed(DataError),
}

/// The heading of a column as it is written, and as a plain name.
#[derive(Debug, Clone)]
struct Heading {
    text: String,
    plain: String,
}

impl Records {
    /// The records of a data file; its kind is told by its name.
    ///
    /// # Errors
    /// When the file is not what its name says, as far as that shows at its beginning.
    pub fn open(name: &str, source: Source, limits: &Limits) -> Result<Self, DataError> {
        let form = match extension(name).as_str() {
            "xlsx" | "xlsm" | "xls" | "ods" => Form::sheet(&crate::guard::input::read(source, limits)?, limits)?,
            "csv" | "tsv" => Form::table(source, limits)?,
            "toml" => grouped(toml(&decoded(source, limits)?)?),
            "jsonl" | "ndjson" => Form::Lines(Lines::new(utf8(source, limits)?, record_limit(limits))),
            _ => Form::json(source, limits)?,
        };
        Ok(Self { form, number: 0, limit: limits.input_bytes })
    }

    fn step(&mut self) -> Option<(Option<usize>, Content)> {
        let cut = |piece: std::io::Result<Option<Piece>>, limit| match piece {
            Ok(piece) => piece.map(|piece| match piece.too_long {
                true => (Some(piece.line), Content::Failed(Limits::exceeded("input bytes", limit).into())),
                false => (Some(piece.line), Content::Json(piece)),
            }),
            Err(error) => Some((None, Content::Failed(InputError::Io { reason: error.to_string() }.into()))),
        };
        match &mut self.form {
            Form::Lines(lines) => cut(lines.next(), self.limit),
            Form::Elements(elements) => cut(elements.next(), self.limit),
            Form::Table(headings, rows) => loop {
                match rows.next()? {
                    Ok(row) if row.texts.iter().all(|text| text.trim().is_empty()) => {}
                    Ok(row) => {
                        let cells = row.texts.into_iter().map(Value::String).collect();
                        return Some((Some(row.line), Content::Cells(headings.clone(), cells)));
                    }
                    Err(error) => return Some((None, Content::Failed(error.into()))),
                }
            },
            Form::Sheet(headings, rows) => {
                let row = rows.next()?;
                let line = usize::try_from(row.number).ok();
                Some((line, Content::Cells(headings.clone(), cells(row, headings.len()))))
            }
            Form::Values(common, values) => values.next().map(|value| (None, Content::Value(common.clone(), value))),
            Form::Ended => None,
        }
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (line, content) = self.step()?;
        if matches!(content, Content::Failed(DataError::Input(InputError::Io { .. }))) {
            self.form = Form::Ended;
        }
        self.number += 1;
        Some(Record { number: self.number, line, content })
    }
}

impl Record {
    /// The values of the record.
    ///
    /// # Errors
    /// When the record is not well formed, is no object, or holds a rich value that is malformed.
    pub fn read(&self) -> Result<Data, DataError> {
        match &self.content {
            Content::Json(piece) => {
                Data::from_json(&piece.text).map_err(|error| error.behind(piece.line, piece.column))
            }
            Content::Cells(headings, cells) => Data::from_value(&row(headings, cells)),
            Content::Value(common, value) if common.is_empty() => Data::from_value(value),
            Content::Value(common, value) => {
                let mut record = Map::clone(common);
                if let Value::Object(fields) = value {
                    record.extend(fields.clone());
                }
                Data::from_value(&Value::Object(record))
            }
            Content::Failed(error) => Err(error.clone()),
        }
    }
}

impl Data {
    /// The values of a whole data file for one document; its kind is told by its name. Several rows are the lists
    /// `rows` and `hang`.
    ///
    /// # Errors
    /// When the file is not what its name says.
    pub fn from_file(name: &str, source: Source, limits: &Limits) -> Result<Self, DataError> {
        match extension(name).as_str() {
            "toml" => Self::from_value(&toml(&decoded(source, limits)?)?),
            "jsonl" | "ndjson" | "csv" | "tsv" | "xlsx" | "xlsm" | "xls" | "ods" => {
                let mut rows = Vec::new();
                for record in Records::open(name, source, limits)? {
                    rows.push(record.value()?);
                }
                listed(rows)
            }
            _ => {
                let text = decoded(source, limits)?;
                match text.trim_start().starts_with('[') {
                    true => match serde_json::from_str(&text).map_err(DataError::from)? {
                        Value::Array(rows) => listed(rows),
                        value => Self::from_value(&value),
                    },
                    false => Self::from_json(text.as_bytes()),
                }
            }
        }
    }
}

/// Several rows as one record; a single one stands for itself.
fn listed(mut rows: Vec<Value>) -> Result<Data, DataError> {
    let count = rows.len();
    let mut data = match count {
        1 => Data::from_value(&rows.pop().unwrap_or_default()),
        _ => Data::from_value(&json!({"rows": rows.clone(), "hang": rows})),
    }?;
    data.rows = (count > 1).then_some(count);
    Ok(data)
}

impl Record {
    /// The record as a plain value.
    fn value(self) -> Result<Value, DataError> {
        match self.content {
            Content::Json(piece) => serde_json::from_slice(&piece.text)
                .map_err(|error| DataError::from(error).behind(piece.line, piece.column)),
            Content::Cells(headings, cells) => Ok(row(&headings, &cells)),
            Content::Value(_, value) => Ok(value),
            Content::Failed(error) => Err(error),
        }
    }
}

impl Form {
    fn json(source: Source, limits: &Limits) -> Result<Self, DataError> {
        let mut source = utf8(source, limits)?;
        let first = loop {
            let chunk = source.fill_buf().map_err(failed)?;
            let blank = chunk.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blank < chunk.len() || chunk.is_empty() {
                break chunk.get(blank).copied();
            }
            // Blanks in front are kept for the numbers of lines: only a chunk full of them is lost.
            source.consume(blank);
        };
        if first == Some(b'[') {
            return Ok(Self::Elements(Elements::new(source, record_limit(limits))));
        }
        let text = decoded(Box::new(source), limits)?;
        serde_json::from_str(&text).map(grouped).map_err(DataError::from)
    }

    fn table(source: Source, limits: &Limits) -> Result<Self, DataError> {
        let mut source = text(source, limits)?;
        let head = source.fill_buf().map_err(failed)?;
        let head = String::from_utf8_lossy(head);
        let first = head.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let separator = csv::separator(std::iter::once(first));
        let mut rows = csv::Rows::new(source, separator, limits.input_bytes);
        for row in rows.by_ref() {
            let row = row?;
            if row.texts.iter().any(|text| !text.trim().is_empty()) {
                return Ok(Self::Table(headings(row.texts), rows));
            }
        }
        Ok(Self::Ended)
    }

    fn sheet(bytes: &[u8], limits: &Limits) -> Result<Self, DataError> {
        let Some(first) = sheet::sheets(bytes, limits)?.into_iter().next() else { return Ok(Self::Ended) };
        let mut rows = first.rows.into_iter();
        let Some(head) = rows.next() else { return Ok(Self::Ended) };
        let texts = cells(head, 0).into_iter().map(|cell| match cell {
            Value::String(text) => text,
            other => other.to_string(),
        });
        Ok(Self::Sheet(headings(texts.collect()), rows))
    }
}

fn extension(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_lowercase()
}

fn record_limit(limits: &Limits) -> usize {
    usize::try_from(limits.input_bytes).unwrap_or(usize::MAX)
}

fn failed(error: std::io::Error) -> DataError {
    InputError::Io { reason: error.to_string() }.into()
}

/// Bytes as UTF-8 without a mark in front; what begins as UTF-16 does is read whole.
fn utf8(source: Source, limits: &Limits) -> Result<Box<dyn BufRead + Send>, DataError> {
    let mut source = BufReader::with_capacity(CHUNK, source);
    let head = source.fill_buf().map_err(failed)?;
    match encoding_rs::Encoding::for_bom(head) {
        None => Ok(Box::new(source)),
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => {
            source.consume(mark);
            Ok(Box::new(source))
        }
        Some((encoding, _)) => {
            let bytes = crate::guard::input::read(source, limits)?;
            let text = encoding.decode(&bytes).0.into_owned();
            Ok(Box::new(std::io::Cursor::new(text.into_bytes())))
        }
    }
}

/// A separated text as UTF-8; what does not begin as UTF-8 is read whole and decoded.
fn text(source: Source, limits: &Limits) -> Result<Box<dyn BufRead + Send>, DataError> {
    let mut source = utf8(source, limits)?;
    let head = source.fill_buf().map_err(failed)?;
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // A character may be cut at the end of the chunk.
        Err(error) => error.error_len().is_none(),
    };
    if is_utf8 {
        return Ok(source);
    }
    let bytes = crate::guard::input::read(source, limits)?;
    let text = crate::language::encoding::decode(&bytes).text.into_owned();
    Ok(Box::new(std::io::Cursor::new(text.into_bytes())))
}

/// The whole source as text.
fn decoded(source: Source, limits: &Limits) -> Result<String, DataError> {
    let bytes = crate::guard::input::read(utf8(source, limits)?, limits)?;
    String::from_utf8(bytes).map_err(|_| DataError::Content("it is not UTF-8".to_owned()))
}

fn toml(text: &str) -> Result<Value, DataError> {
    let table: toml::Table = toml::from_str(text).map_err(|error| DataError::Content(error.to_string()))?;
    Ok(plain_toml(toml::Value::Table(table)))
}

/// A value as records. Of an object with one list of objects, each element is a record that also has the other fields
/// of the object.
fn grouped(value: Value) -> Form {
    let plain = |rows: Vec<Value>| Form::Values(Arc::default(), rows.into_iter());
    match value {
        Value::Array(rows) => plain(rows),
        Value::Object(mut object) => {
            let is_list = |value: &Value| matches!(value, Value::Array(items) if items.iter().all(Value::is_object));
            let lists: Vec<String> =
                object.iter().filter(|(_, value)| is_list(value)).map(|(name, _)| name.clone()).collect();
            match lists.as_slice() {
                [list] => match object.remove(list) {
                    Some(Value::Array(rows)) => Form::Values(Arc::new(object), rows.into_iter()),
                    _ => Form::Ended,
                },
                _ => plain(vec![Value::Object(object)]),
            }
        }
        value => plain(vec![value]),
    }
}

fn plain_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(value) => json!(value),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(plain_toml).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(name, value)| (name, plain_toml(value))).collect())
        }
    }
}

fn headings(texts: Vec<String>) -> Arc<[Heading]> {
    texts.iter().map(|text| Heading { text: text.trim().to_owned(), plain: plain_name(text.trim()) }).collect()
}

/// The cells of a row from the first column on, at least `width` of them; those that are not filled are empty texts.
fn cells(row: Row, width: usize) -> Vec<Value> {
    let empty = || Value::String(String::new());
    let mut out = Vec::new();
    for cell in row.cells {
        let column = usize::try_from(cell.column).unwrap_or(usize::MAX);
        if column > 16_384 {
            continue;
        }
        out.resize(column.max(out.len()), empty());
        out.push(match cell.value {
            CellValue::Text(text) => Value::String(text),
            #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
            CellValue::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => json!(number as i64),
            CellValue::Number(number) => json!(number),
            CellValue::Date(date) => Value::String(date.to_string()),
            CellValue::Bool(value) => json!(value),
        });
    }
    out.resize(width.max(out.len()), empty());
    out
}

/// A row of a table as a record: each value under the heading as it is written, and under the heading as a plain name
/// (`Họ và tên` → `ho_va_ten`).
fn row(headings: &[Heading], cells: &[Value]) -> Value {
    let mut record = Map::new();
    for (heading, cell) in headings.iter().zip(cells) {
        if heading.text.is_empty() {
            continue;
        }
        record.entry(heading.plain.clone()).or_insert_with(|| cell.clone());
        record.insert(heading.text.clone(), cell.clone());
    }
    Value::Object(record)
}

/// A heading as a name: without tone marks, small, words joined by `_`.
#[must_use]
pub fn plain_name(heading: &str) -> String {
    let mut out = String::new();
    for c in unicode_normalization::UnicodeNormalization::nfd(heading).flat_map(char::to_lowercase) {
        match c {
            'đ' => out.push('d'),
            c if c.is_ascii_alphanumeric() => out.push(c),
            '\u{300}'..='\u{36f}' => {}
            _ if !out.is_empty() && !out.ends_with('_') => out.push('_'),
            _ => {}
        }
    }
    out.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(name: &str, bytes: &'static [u8]) -> Vec<Record> {
        Records::open(name, Box::new(bytes), &Limits::default()).unwrap().collect()
    }

    fn lines(records: &[Record]) -> Vec<Option<usize>> {
        records.iter().map(|record| record.line).collect()
    }

    #[test]
    fn a_broken_record_is_an_error_at_its_line_and_the_others_are_read() {
        let lines_of = records("a.jsonl", b"\xEF\xBB\xBF{\"a\": 1}\n\n{\"a\": \n{\"a\": 3}\n[]\n");
        assert_eq!(lines(&lines_of), [Some(1), Some(3), Some(4), Some(5)]);
        assert_eq!(lines_of[1].read().unwrap_err(), DataError::Form { line: 3, column: 5 });
        assert_eq!(lines_of[2].read().unwrap().text("a").as_deref(), Some("3"));
        assert!(matches!(lines_of[3].read(), Err(DataError::Content(_))));
        let list = records("a.json", b"\n[ {\"a\": 1}, {\"a\":\n x}, {\"a\": 3}");
        assert_eq!(lines(&list), [Some(2), Some(2), Some(3), Some(3)]);
        assert_eq!(list[1].read().unwrap_err(), DataError::Form { line: 3, column: 2 });
        assert_eq!(list[2].read().unwrap().text("a").as_deref(), Some("3"));
        assert!(matches!(list[3].read(), Err(DataError::Form { line: 3, .. })));
    }

    #[test]
    fn rows_have_the_headings_as_they_are_and_as_plain_names() {
        let rows = records("a.csv", "\u{feff}\nHọ và tên;Đơn vị\r\n\"Nguyễn \"\"Hai\"\"\nA\";x;y\n;\nB\n".as_bytes());
        assert_eq!(lines(&rows), [Some(3), Some(6)]);
        let first = rows[0].read().unwrap();
        assert_eq!(first.text("Họ và tên").as_deref(), Some("Nguyễn \"Hai\"\nA"));
        assert_eq!((first.text("ho_va_ten"), first.text("don_vi").as_deref()), (first.text("Họ và tên"), Some("x")));
        // What is not written is not there.
        assert!(!rows[1].read().unwrap().has("don_vi"));
        let open = records("a.csv", b"a\n1\n\"b");
        assert!(open[0].read().is_ok() && open[1].read().is_err());
    }

    #[test]
    fn an_object_with_one_list_gives_its_other_fields_to_each() {
        let rows = records("a.json", br#"{"so": 7, "nguoi": [{"ten": "A"}, {"ten": "B", "so": 8}], "nam": [1]}"#);
        let values: Vec<_> =
            rows.iter().map(|row| row.read().unwrap()).map(|row| (row.text("ten"), row.text("so"))).collect();
        assert_eq!(values[0], (Some("A".to_owned()), Some("7".to_owned())));
        assert_eq!(values[1], (Some("B".to_owned()), Some("8".to_owned())));
    }

    #[test]
    fn a_record_may_be_as_long_as_a_file_and_no_longer() {
        let limits = Limits { input_bytes: 20, ..Limits::default() };
        let text: &[u8] = b"{\"a\": 1}\n{\"a\": 2}\n{\"a\": \"xxxxxxxxxxxxxxxxxxxx\"}\n{\"a\": 4}\n";
        let all: Vec<Record> = Records::open("a.jsonl", Box::new(text), &limits).unwrap().collect();
        let good: Vec<bool> = all.iter().map(|record| record.read().is_ok()).collect();
        assert_eq!(good, [true, true, false, true]);
    }
}
