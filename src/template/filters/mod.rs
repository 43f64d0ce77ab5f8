//! Filters, tests and functions that templates may use beside Tera's own. None of them touches files, the network, the
//! clock or the environment.

mod field;
mod lists;
mod spelling;
mod text;

use super::expr::emit::{MARK, MARK_END};
use super::rich::Rich;
use super::session;
use crate::guard::write::xml_text;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Begins the message of the error that ends a template with too many loop passes.
pub const PASSES: &str = "too many loop passes";

/// Longest text that a template may build in a variable, in bytes.
const MAX_TEXT: usize = 16 << 20;

/// Most elements that `range` gives.
const MAX_RANGE: i64 = 100_000;

pub(super) type Outcome = TeraResult<Value>;

pub(super) fn fail<T>(message: impl ToString) -> TeraResult<T> {
    Err(tera::Error::message(message))
}

/// Registers everything.
pub fn register(tera: &mut Tera) {
    lists::register(tera);
    text::register(tera);
    field::register(tera);
    spelling::register(tera);
    tera.register_filter("plain", |value: &Value, _: Kwargs, _: &State| inline(value, Place::Plain));
    tera.register_filter("attribute", |value: &Value, _: Kwargs, _: &State| inline(value, Place::Attribute));
    tera.register_filter("link", |value: &Value, _: Kwargs, _: &State| inline(value, Place::Link));
    tera.register_filter("colour", |value: &Value, _: Kwargs, _: &State| -> Outcome {
        let text = text_of(value);
        Ok(Value::safe_string(&xml_text(text.trim_start_matches('#'))))
    });
    tera.register_filter("image", image);
    tera.register_function("changed", changed);
    tera.register_function("restart_list", restart_list);
    tera.register_function("range", range);
    tera.register_function("tick", tick);
    tera.register_function("bounded", bounded);
}

/// A value as text; absent values are empty.
pub(super) fn text_of(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_undefined() || value.is_none() => String::new(),
        None => spelling::spelled(value),
    }
}

/// `true` for a value that stands for something rich or something missing: filters leave it as it is.
pub(super) fn is_handle(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with(MARK))
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Plain,
    Attribute,
    Link,
}

/// A value where no elements may stand. A missing one is noted for the list and printed as dots.
fn inline(value: &Value, place: Place) -> Outcome {
    if value.is_undefined() {
        return Ok(Value::undefined());
    }
    let text = text_of(value);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(MARK) {
        escape_into(&mut out, before, place);
        let (handle, tail) = after.split_once(MARK_END).unwrap_or((after, ""));
        if let Some(tag) = handle.strip_prefix('M') {
            out.push_str(&format!("{MARK}m{tag}{MARK_END}……"));
        } else if let Some(tag) = handle.strip_prefix('N') {
            out.push_str(&format!("{MARK}m{tag}{MARK_END}"));
        } else if let Some(Rich::Runs(runs)) = rich(handle) {
            runs.iter().for_each(|run| escape_into(&mut out, &run.text, place));
        }
        rest = tail;
    }
    escape_into(&mut out, rest, place);
    Ok(Value::safe_string(&out))
}

fn escape_into(out: &mut String, text: &str, place: Place) {
    if place == Place::Plain {
        out.push_str(&xml_text(text));
        return;
    }
    for c in text.chars() {
        match (c, place) {
            ('\n' | '\t' | ' ', Place::Link) => out.push_str("%20"),
            ('\n', _) => out.push_str("&#10;"),
            ('\t', _) => out.push_str("&#9;"),
            _ => out.push_str(&xml_text(c.encode_utf8(&mut [0; 4]))),
        }
    }
}

fn rich(handle: &str) -> Option<Rich> {
    let index: usize = handle.strip_prefix('I')?.parse().ok()?;
    session::with(|session| session.rich.get(index).cloned())
}

/// A picture, from a path or from a picture of the data, with the given measures.
fn image(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let Some(text) = value.as_str() else { return fail("image: a path is expected") };
    let mut image = match text.strip_prefix(MARK) {
        Some(handle) => match rich(handle.trim_end_matches(MARK_END)) {
            Some(Rich::Image(image)) => image,
            _ => return Ok(value.clone()),
        },
        None => super::rich::Image { path: text.to_owned(), ..Default::default() },
    };
    for (name, factor) in [("mm", 1.0), ("cm", 10.0), ("in", 25.4)] {
        let width = kwargs.get::<f64>(&format!("width_{name}"))?.map(|value| value * factor);
        let height = kwargs.get::<f64>(&format!("height_{name}"))?.map(|value| value * factor);
        image.width_mm = width.or(image.width_mm);
        image.height_mm = height.or(image.height_mm);
    }
    let index = session::with(|session| {
        session.rich.push(Rich::Image(image));
        session.rich.len() - 1
    });
    Ok(Value::safe_string(&format!("{MARK}I{index}{MARK_END}")))
}

/// `true` when the value differs from the last one of the same id, or in the first pass of the loop.
fn changed(kwargs: Kwargs, _: &State) -> TeraResult<bool> {
    let id = kwargs.must_get::<&str>("id")?.to_owned();
    let value = kwargs.must_get::<Value>("value")?;
    let first = kwargs.get::<bool>("first")?.unwrap_or(false);
    Ok(session::with(|session| {
        let before = session.last.insert(id, value.clone());
        first || before.as_ref() != Some(&value)
    }))
}

/// The number of a new list that continues nothing.
fn restart_list(kwargs: Kwargs, _: &State) -> TeraResult<u64> {
    let number = kwargs.must_get::<u32>("number")?;
    Ok(session::with(|session| {
        session.restarts.push(number);
        u64::from(session.first_list) + session.restarts.len() as u64 - 1
    }))
}

fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = kwargs.get::<i64>("start")?.unwrap_or(0);
    let end = kwargs.must_get::<i64>("end")?;
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    let mut out = Vec::new();
    let mut at = start;
    while (step > 0 && at < end) || (step < 0 && at > end) {
        if out.len() as i64 >= MAX_RANGE {
            return fail(format!("range: more than {MAX_RANGE} elements"));
        }
        out.push(at);
        at = match at.checked_add(step) {
            Some(next) => next,
            None => break,
        };
    }
    Ok(out)
}

fn tick(_: Kwargs, _: &State) -> Outcome {
    let full = session::with(|session| {
        session.passes += 1;
        session.max_passes > 0 && session.passes > session.max_passes
    });
    if full { fail(PASSES) } else { Ok(Value::safe_string("")) }
}

/// A value for a variable, unless it is a text that has grown too long.
fn bounded(kwargs: Kwargs, _: &State) -> Outcome {
    let value = kwargs.must_get::<Value>("value")?;
    match value.as_str() {
        Some(text) if text.len() > MAX_TEXT => fail(PASSES),
        _ => Ok(value),
    }
}
