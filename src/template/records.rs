//! Data files: JSON, JSON lines, TOML, CSV and XLSX as records, one for each document.

use super::data::{Data, DataError};
use crate::guard::{Limits, package::Package};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::ops::Range;

/// Records of a data file. JSON stays text until its turn comes, so that a large file costs its own size only.
#[derive(Debug)]
pub enum Records {
    /// JSON texts: the file, and the byte range of each record in it.
    Texts(String, Vec<Range<usize>>),
    /// Values.
    Values(Vec<Value>),
}

/// How many documents a data file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// One document for the whole file.
    Whole,
    /// One for each row or element.
    Each,
}

impl Records {
    /// Reads a data file; its kind is told by its name.
    ///
    /// # Errors
    /// When the file is not what its name says.
    pub fn read(name: &str, bytes: Vec<u8>, grouping: Grouping, limits: &Limits) -> Result<Self, DataError> {
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        match extension.as_str() {
            "xlsx" | "xlsm" => Ok(grouped(Value::Array(super::sheet::rows(&bytes, limits)?), grouping)),
            "csv" | "tsv" => Ok(grouped(Value::Array(super::csv::rows(&text(bytes))?), grouping)),
            "toml" => {
                let table: toml::Table = toml::from_str(&text(bytes)).map_err(|error| DataError(error.to_string()))?;
                Ok(grouped(plain_toml(toml::Value::Table(table)), grouping))
            }
            "jsonl" | "ndjson" => lines(text(bytes), grouping),
            _ => json(text(bytes), grouping),
        }
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Texts(_, places) => places.len(),
            Self::Values(values) => values.len(),
        }
    }

    /// `true` when there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A record.
    ///
    /// # Errors
    /// When it is not an object, or holds a rich value that is malformed.
    pub fn get(&self, index: usize) -> Result<Data, DataError> {
        let missing = || DataError(index.to_string());
        match self {
            Self::Texts(whole, places) => {
                let place = places.get(index).cloned().ok_or_else(missing)?;
                Data::from_json(whole.get(place).ok_or_else(missing)?.as_bytes())
            }
            Self::Values(values) => Data::from_value(values.get(index).ok_or_else(missing)?),
        }
    }
}

/// Bytes as text: UTF-8, or UTF-16 with its mark. What is plain UTF-8 is not copied.
fn text(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') => text,
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => encoding_rs::UTF_8.decode(error.as_bytes()).0.into_owned(),
    }
}

fn json(text: String, grouping: Grouping) -> Result<Records, DataError> {
    let fail = |error: serde_json::Error| DataError(error.to_string());
    let start = text.trim_start();
    if start.starts_with('[') && grouping == Grouping::Each {
        let records: Vec<&RawValue> = serde_json::from_str(&text).map_err(fail)?;
        let places = records.iter().filter_map(|record| place(&text, record.get())).collect();
        return Ok(Records::Texts(text, places));
    }
    if start.starts_with('{') && grouping == Grouping::Whole {
        let _: IgnoredAny = serde_json::from_str(&text).map_err(fail)?;
        let whole = 0..text.len();
        return Ok(Records::Texts(text, vec![whole]));
    }
    serde_json::from_str(&text).map(|value| grouped(value, grouping)).map_err(fail)
}

fn lines(text: String, grouping: Grouping) -> Result<Records, DataError> {
    let fail = |number: usize, error: serde_json::Error| DataError(format!("{}: {error}", number + 1));
    let records = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    match grouping {
        Grouping::Each => {
            let mut places = Vec::new();
            for (number, line) in records() {
                let _: IgnoredAny = serde_json::from_str(line).map_err(|error| fail(number, error))?;
                places.extend(place(&text, line));
            }
            Ok(Records::Texts(text, places))
        }
        Grouping::Whole => {
            let rows: Result<Vec<Value>, _> = records()
                .map(|(number, line)| serde_json::from_str(line).map_err(|error| fail(number, error)))
                .collect();
            Ok(grouped(Value::Array(rows?), grouping))
        }
    }
}

/// The byte range of a part of a text, which is a slice of it.
fn place(whole: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    Some(start..start + part.len())
}

/// Splits a value into records. Of an object with one list of objects, each element is a record that also has the
/// other fields of the object.
fn grouped(value: Value, grouping: Grouping) -> Records {
    Records::Values(match (value, grouping) {
        (Value::Array(rows), Grouping::Each) => rows,
        (Value::Array(mut rows), Grouping::Whole) => match rows.len() {
            1 => rows.pop().into_iter().collect(),
            _ => vec![json!({"rows": rows.clone(), "hang": rows})],
        },
        (Value::Object(object), Grouping::Each) => {
            let is_list = |value: &Value| matches!(value, Value::Array(items) if items.iter().all(Value::is_object));
            let lists: Vec<String> =
                object.iter().filter(|(_, value)| is_list(value)).map(|(name, _)| name.clone()).collect();
            match lists.as_slice() {
                [list] => spread(object, list),
                _ => vec![Value::Object(object)],
            }
        }
        (value, _) => vec![value],
    })
}

fn spread(mut object: Map<String, Value>, list: &str) -> Vec<Value> {
    let Some(Value::Array(items)) = object.remove(list) else { return Vec::new() };
    items
        .into_iter()
        .map(|item| {
            let mut record = object.clone();
            if let Value::Object(fields) = item {
                record.extend(fields);
            }
            Value::Object(record)
        })
        .collect()
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

/// A row of a table as a record: each value under the heading as it is written, and under the heading as a plain name
/// (`Họ và tên` → `ho_va_ten`).
pub(super) fn row(headings: &[String], cells: impl IntoIterator<Item = Value>) -> Value {
    let mut record = Map::new();
    for (heading, cell) in headings.iter().zip(cells) {
        let heading = heading.trim();
        if heading.is_empty() {
            continue;
        }
        record.entry(plain_name(heading)).or_insert_with(|| cell.clone());
        record.insert(heading.to_owned(), cell);
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

/// A part of a package as text, if there is one.
pub(super) fn part(package: &Package, name: &str) -> Result<Option<Vec<u8>>, DataError> {
    package.read_optional(name).map_err(|error| DataError(error.to_string()))
}
