//! Values for templates, from JSON and from anything that serde can read.

use super::expr::emit::{MARK, MARK_END, variable};
use super::rich::{self, Rich};
use crate::model::InputError;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::sync::Arc;
use tera::value::Key;
use tera::{Map, Value};

/// Values for one document.
#[derive(Debug, Clone, Default)]
pub struct Data {
    pub(super) values: tera::Context,
    pub(super) rich: Arc<Vec<Rich>>,
    names: Vec<String>,
    /// Characters that XML forbids and that were left out.
    pub dropped: usize,
    /// Rows of a list that stands for itself, as the lists `rows` and `hang`.
    pub rows: Option<usize>,
}

/// Why data could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// Not well-formed JSON.
    #[error("no well-formed JSON at line {line}, column {column}")]
    Form {
        /// Line, from 1.
        line: usize,
        /// Bytes of that line before the place.
        column: usize,
    },
    /// The file or the record cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Well-formed, but no data for a template.
    #[error("{0}")]
    Content(String),
}

impl DataError {
    /// The same for a text that begins at a line and column of a longer one.
    #[must_use]
    pub fn behind(self, first: usize, before: usize) -> Self {
        match self {
            Self::Form { line, column } => {
                Self::Form { line: first + line.max(1) - 1, column: if line > 1 { column } else { before + column } }
            }
            other => other,
        }
    }
}

impl From<serde_json::Error> for DataError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_data() {
            let text = error.to_string();
            // The place within the record is of no use to people, who see its line.
            return Self::Content(text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason).to_owned());
        }
        Self::Form { line: error.line(), column: error.column() }
    }
}

impl Data {
    /// Reads one JSON object.
    ///
    /// # Errors
    /// When the text is not JSON, or not an object.
    pub fn from_json(json: &[u8]) -> Result<Self, DataError> {
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let data = Self::read(&mut deserializer)?;
        deserializer.end()?;
        Ok(data)
    }

    /// Reads values that are already in memory.
    ///
    /// # Errors
    /// When the value is not an object.
    pub fn from_value(value: &serde_json::Value) -> Result<Self, DataError> {
        Self::read(value)
    }

    fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, DataError>
    where
        DataError: From<D::Error>,
    {
        let mut reader = Reader::default();
        let value = Seed(&mut reader, 0).deserialize(deserializer)?;
        let Some(map) = value.into_map() else { return Err(DataError::Content("an object is expected".to_owned())) };
        let mut values = tera::Context::new();
        let names = map.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect();
        for (key, value) in map {
            let Some(name) = key.as_str() else { continue };
            values.insert_value(variable(name), value);
        }
        Ok(Self { values, rich: Arc::new(reader.rich), names, dropped: reader.dropped, rows: None })
    }

    /// Names of the values at the top.
    pub(super) fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    /// `true` when there is a value of that name at the top.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(&variable(name))
    }

    /// A value at the top as text, for names of files.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        let mut steps = path.split('.');
        let mut at = self.values.get(&variable(steps.next()?))?.clone();
        for step in steps {
            at = at.as_map()?.get(&Key::Str(step))?.clone();
        }
        if at.is_none() || at.is_undefined() || at.is_map() || at.is_array() { None } else { Some(at.to_string()) }
    }
}

#[derive(Default)]
struct Reader {
    rich: Vec<Rich>,
    dropped: usize,
}

const MAX_DEPTH: usize = 64;

impl Reader {
    fn text(&mut self, text: &str) -> Value {
        let bad = |c: char| !crate::guard::write::is_xml_char(c) && c != '\u{7}' && c != '\u{c}';
        // Control characters are rare: one look over the bytes settles most texts.
        if text.bytes().any(|b| b < 0x20 || b == 0xef) && text.contains(bad) {
            self.dropped += text.chars().filter(|c| bad(*c)).count();
            return Value::from(text.replace(bad, ""));
        }
        Value::from(text)
    }

    fn rich(&mut self, rich: Rich) -> Value {
        self.rich.push(rich);
        Value::safe_string(&format!("{MARK}I{}{MARK_END}", self.rich.len() - 1))
    }
}

struct Seed<'r>(&'r mut Reader, usize);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("data")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| Value::from(value), Value::from))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(self.0.text(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::none())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::none())
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let Seed(reader, depth) = self;
        if depth > MAX_DEPTH {
            return Err(A::Error::custom("data is nested too deeply"));
        }
        let mut out: Vec<Value> = Vec::with_capacity(list.size_hint().unwrap_or(0).min(4096));
        while let Some(value) = list.next_element_seed(Seed(reader, depth + 1))? {
            out.push(value);
        }
        Ok(Value::from(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Seed(reader, depth) = self;
        if depth > MAX_DEPTH {
            return Err(A::Error::custom("data is nested too deeply"));
        }
        let mut out = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if out.is_empty() && name.starts_with('$') {
                let value: serde_json::Value = map.next_value()?;
                if name == "$listing" {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    return last(&mut map, reader.text(&text));
                }
                let mut object = serde_json::Map::new();
                sanitised(reader, &name, value, &mut object);
                match rich::read(&object) {
                    Ok(Some(rich)) => {
                        let handle = reader.rich(rich);
                        return last(&mut map, handle);
                    }
                    Ok(None) => {}
                    Err(reason) => return Err(A::Error::custom(reason)),
                }
                continue;
            }
            let value = map.next_value_seed(Seed(reader, depth + 1))?;
            out.insert(Key::from(composed(name)), value);
        }
        Ok(Value::from(out))
    }
}

/// A rich value is alone in its object.
fn last<'de, A: MapAccess<'de>>(map: &mut A, value: Value) -> Result<Value, A::Error> {
    match map.next_key::<String>()? {
        None => Ok(value),
        Some(name) => Err(A::Error::custom(format!("`{name}` beside a rich value"))),
    }
}

fn composed(name: String) -> String {
    if name.is_ascii() { name } else { unicode_normalization::UnicodeNormalization::nfc(name.as_str()).collect() }
}

/// The texts inside a rich value without forbidden characters.
fn sanitised(
    reader: &mut Reader,
    name: &str,
    value: serde_json::Value,
    out: &mut serde_json::Map<String, serde_json::Value>,
) {
    fn clean(reader: &mut Reader, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => {
                if let Some(good) = reader.text(text).as_str()
                    && good.len() != text.len()
                {
                    *text = good.to_owned();
                }
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(|item| clean(reader, item)),
            serde_json::Value::Object(object) => object.values_mut().for_each(|value| clean(reader, value)),
            _ => {}
        }
    }
    let mut value = value;
    clean(reader, &mut value);
    out.insert(name.to_owned(), value);
}
