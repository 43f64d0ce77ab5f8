//! How values that are no text are printed: as Jinja does it, so that templates of docxtpl give the same text.
//!
//! `True`, `False`, `None`; lists and maps as Python writes them down; large and small decimal numbers as `1e+20`.

use super::{Outcome, is_handle};
use std::fmt::Write as _;
use tera::value::{Key, ValueKind};
use tera::{Kwargs, State, Tera, Value};

/// Registers the filter that every printed value goes through.
pub fn register(tera: &mut Tera) {
    tera.register_filter("shown", shown);
}

fn shown(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    Ok(match value.kind() {
        ValueKind::None => match kwargs.get::<Value>("missing")? {
            Some(missing) => missing,
            None => Value::from(spelled(value)),
        },
        ValueKind::Bool | ValueKind::F64 | ValueKind::Array | ValueKind::Map => Value::from(spelled(value)),
        _ => value.clone(),
    })
}

/// A value as text.
pub fn spelled(value: &Value) -> String {
    let mut out = String::new();
    write(value, false, &mut out);
    out
}

fn write(value: &Value, quoted: bool, out: &mut String) {
    if let Some(text) = value.as_str() {
        if quoted && !is_handle(value) { quote(text, out) } else { out.push_str(text) }
    } else if let Some(list) = value.as_array() {
        out.push('[');
        for (index, element) in list.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            write(element, true, out);
        }
        out.push(']');
    } else if let Some(map) = value.as_map() {
        out.push('{');
        for (index, (key, element)) in map.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            write_key(key, out);
            out.push_str(": ");
            write(element, true, out);
        }
        out.push('}');
    } else if let Some(truth) = value.as_bool() {
        out.push_str(if truth { "True" } else { "False" });
    } else if value.is_none() {
        out.push_str("None");
    } else if value.kind() == ValueKind::F64 {
        out.push_str(&decimal(&value.to_string()));
    } else {
        let _ = write!(out, "{value}");
    }
}

fn write_key(key: &Key, out: &mut String) {
    match key.as_str() {
        Some(text) => quote(text, out),
        None => {
            let _ = write!(out, "{key}");
        }
    }
}

/// Apostrophes around a text; quotation marks when the text has an apostrophe and no quotation mark.
fn quote(text: &str, out: &mut String) {
    let mark = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(mark);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            c if c == mark => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push(mark);
}

/// The exponent with its sign and two digits.
fn decimal(text: &str) -> String {
    let Some((digits, exponent)) = text.split_once('e') else { return text.to_owned() };
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}
