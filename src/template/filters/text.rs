//! Filters and tests over texts and numbers, with the arguments that Jinja gives them.

use super::{MAX_TEXT, Outcome, PASSES, fail, is_handle, text_of};
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Registers a filter from text to text. Handles go through; absent values stay absent, so that they are reported.
fn on_text(tera: &mut Tera, name: &'static str, act: fn(&str, &Kwargs) -> TeraResult<String>) {
    tera.register_filter(name, move |value: &Value, kwargs: Kwargs, _: &State| -> Outcome {
        if is_handle(value) || value.is_undefined() {
            return Ok(value.clone());
        }
        let out = act(&text_of(value), &kwargs)?;
        if out.len() > MAX_TEXT { fail(PASSES) } else { Ok(Value::from(out)) }
    });
}

pub fn register(tera: &mut Tera) {
    tera.register_filter("safe", |value: &Value, _: Kwargs, _: &State| value.clone());
    tera.register_filter("escape", |value: &Value, _: Kwargs, _: &State| value.clone());
    on_text(tera, "string", |text, _| Ok(text.to_owned()));
    on_text(tera, "upper", |text, _| Ok(text.to_uppercase()));
    on_text(tera, "lower", |text, _| Ok(text.to_lowercase()));
    on_text(tera, "title", |text, _| Ok(title(text)));
    on_text(tera, "capitalize", |text, _| {
        let mut chars = text.chars();
        let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        Ok(first + &chars.as_str().to_lowercase())
    });
    on_text(tera, "trim", |text, kwargs| Ok(trimmed(text, kwargs, true, true)?.to_owned()));
    on_text(tera, "trim_start", |text, kwargs| Ok(trimmed(text, kwargs, true, false)?.to_owned()));
    on_text(tera, "trim_end", |text, kwargs| Ok(trimmed(text, kwargs, false, true)?.to_owned()));
    on_text(tera, "replace", replace);
    on_text(tera, "truncate", truncate);
    on_text(tera, "center", |text, kwargs| {
        let width = kwargs.get::<usize>("width")?.unwrap_or(80).min(10_000);
        let free = width.saturating_sub(text.chars().count());
        Ok(format!("{}{text}{}", " ".repeat(free / 2), " ".repeat(free - free / 2)))
    });
    on_text(tera, "striptags", |text, _| Ok(striptags(text)));
    on_text(tera, "urlencode", |text, _| {
        let keep = |b: u8| b.is_ascii_alphanumeric() || b"-_.~/".contains(&b);
        Ok(text.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect())
    });
    on_text(tera, "wordwrap", wordwrap);
    tera.register_filter("split_words", |value: &Value, kwargs: Kwargs, _: &State| -> Outcome {
        let text = text_of(value);
        let pieces: Vec<Value> = match kwargs.get::<&str>("pat")? {
            Some(pattern) if !pattern.is_empty() => text.split(pattern).map(Value::from).collect(),
            _ => text.split_whitespace().map(Value::from).collect(),
        };
        Ok(Value::from(pieces))
    });
    tera.register_filter("count_of", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<u64> {
        let wanted = kwargs.must_get::<Value>("pat")?;
        Ok(match value.as_array() {
            Some(list) => list.iter().filter(|element| **element == wanted).count() as u64,
            None => text_of(value).matches(&text_of(&wanted)).count() as u64,
        })
    });
    tera.register_filter("to_int", |value: &Value, kwargs: Kwargs, _: &State| -> Outcome {
        if is_handle(value) {
            return Ok(value.clone());
        }
        let base = kwargs.get::<u32>("base")?.unwrap_or(10).clamp(2, 36);
        let parsed = match value.as_str() {
            Some(text) => {
                let text = text.trim();
                i64::from_str_radix(text, base).ok().or_else(|| text.parse::<f64>().ok().map(|n| n as i64))
            }
            None => value.as_i64().or_else(|| value.as_f64().map(|n| n as i64)),
        };
        Ok(parsed.map_or(kwargs.get::<Value>("default")?.unwrap_or_else(|| Value::from(0_i64)), Value::from))
    });
    tera.register_filter("to_float", |value: &Value, kwargs: Kwargs, _: &State| -> Outcome {
        if is_handle(value) {
            return Ok(value.clone());
        }
        let parsed = value.as_f64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
        Ok(parsed.map_or(kwargs.get::<Value>("default")?.unwrap_or_else(|| Value::from(0.0)), Value::from))
    });
    tera.register_filter("round", round);
    tera.register_filter("tojson", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let pretty = kwargs.get::<Value>("indent")?.is_some();
        let written = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        written.map_err(tera::Error::message)
    });
    tera.register_filter("filesizeformat", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let binary = kwargs.get::<bool>("binary")?.unwrap_or(false);
        Ok(filesize(value.as_f64().unwrap_or(0.0), binary))
    });
    tera.register_filter("format", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        printf(&text_of(value), &kwargs.get::<Vec<Value>>("args")?.unwrap_or_default())
    });
    tera.register_filter("str_format", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let args = kwargs.get::<Vec<Value>>("args")?.unwrap_or_default();
        let named = kwargs.get::<Value>("named")?.unwrap_or_else(Value::none);
        Ok(braces(&text_of(value), &args, &named))
    });
    tera.register_test("lower_case", |value: &Value, _: Kwargs, _: &State| {
        let text = text_of(value);
        text.to_lowercase() == text && text.to_uppercase() != text
    });
    tera.register_test("upper_case", |value: &Value, _: Kwargs, _: &State| {
        let text = text_of(value);
        text.to_uppercase() == text && text.to_lowercase() != text
    });
}

/// Each word with a capital, the rest small.
fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        let is_mark = matches!(c, '\u{300}'..='\u{36f}');
        if inside || is_mark {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = is_mark || c.is_alphanumeric() || c == '\'';
    }
    out
}

fn trimmed<'t>(text: &'t str, kwargs: &Kwargs, start: bool, end: bool) -> TeraResult<&'t str> {
    let pattern: Option<Vec<char>> = kwargs.get::<&str>("pat")?.map(|pattern| pattern.chars().collect());
    let goes = |c: char| pattern.as_ref().map_or_else(|| c.is_whitespace(), |set| set.contains(&c));
    let text = if start { text.trim_start_matches(goes) } else { text };
    Ok(if end { text.trim_end_matches(goes) } else { text })
}

fn replace(text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let from = text_of(&kwargs.must_get::<Value>("from")?);
    let to = text_of(&kwargs.must_get::<Value>("to")?);
    let most = kwargs.get::<usize>("count")?.unwrap_or(usize::MAX);
    let found = if from.is_empty() { 0 } else { text.matches(from.as_str()).count().min(most) };
    if found.saturating_mul(to.len()).saturating_add(text.len()) > MAX_TEXT {
        return fail(PASSES);
    }
    Ok(if found == 0 { text.to_owned() } else { text.replacen(from.as_str(), &to, most) })
}

fn truncate(text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let length = kwargs.get::<usize>("length")?.unwrap_or(255);
    let leeway = kwargs.get::<usize>("leeway")?.unwrap_or(5);
    let end = kwargs.get::<&str>("end")?.unwrap_or("...");
    if text.chars().count() <= length.saturating_add(leeway) {
        return Ok(text.to_owned());
    }
    let cut: String = text.chars().take(length.saturating_sub(end.chars().count())).collect();
    if kwargs.get::<bool>("killwords")?.unwrap_or(false) {
        return Ok(cut + end);
    }
    Ok(cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words).to_owned() + end)
}

fn striptags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wordwrap(text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(79).max(1);
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let len = word.chars().count();
        if column > 0 {
            let wraps = column + 1 + len > width;
            out.push(if wraps { '\n' } else { ' ' });
            column = if wraps { 0 } else { column + 1 };
        }
        out.push_str(word);
        column += len;
    }
    Ok(out)
}

/// Rounds as Jinja does: the result of `round` without places is still a decimal number.
fn round(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    if is_handle(value) {
        return Ok(value.clone());
    }
    let Some(number) = value.as_f64() else { return fail(format!("round: `{}` is not a number", value.name())) };
    let places = kwargs.get::<i32>("precision")?.unwrap_or(0).clamp(-15, 15);
    let factor = 10_f64.powi(places);
    let scaled = number * factor;
    let rounded = match kwargs.get::<&str>("method")?.unwrap_or("common") {
        "ceil" => scaled.ceil(),
        "floor" => scaled.floor(),
        _ => scaled.round_ties_even(),
    };
    Ok(Value::from(rounded / factor))
}

fn filesize(bytes: f64, binary: bool) -> String {
    let base: f64 = if binary { 1024.0 } else { 1000.0 };
    let units = if binary { ["KiB", "MiB", "GiB", "TiB"] } else { ["kB", "MB", "GB", "TB"] };
    if bytes < base {
        return format!("{bytes} Bytes");
    }
    let mut size = bytes;
    let mut unit = "";
    for name in units {
        if size < base {
            break;
        }
        size /= base;
        unit = name;
    }
    format!("{size:.1} {unit}")
}

/// `%s`, `%d`, `%05d`, `%.2f`, `%%`.
fn printf(pattern: &str, args: &[Value]) -> TeraResult<String> {
    let mut out = String::new();
    let mut args = args.iter();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let Some(at) = after.find(|c: char| c.is_ascii_alphabetic() || c == '%') else {
            return fail("format: unfinished `%`");
        };
        let (spec, tail) = after.split_at(at);
        let mut tail = tail.chars();
        let kind = tail.next().unwrap_or('s');
        rest = tail.as_str();
        if kind == '%' {
            out.push('%');
            continue;
        }
        let Some(value) = args.next() else { return fail("format: too few values") };
        let (width, places) = spec.split_once('.').unwrap_or((spec, ""));
        let zero = width.starts_with('0');
        let number: usize = width.trim_matches(['0', '-', '+', ' ']).parse().unwrap_or(0);
        let width = width.trim_start_matches('0').parse::<usize>().unwrap_or(number).min(1000);
        let text = match kind {
            'd' | 'i' => value.as_f64().map_or_else(|| text_of(value), |n| format!("{:.0}", n.trunc())),
            'f' => {
                let places = places.parse::<usize>().unwrap_or(6).min(30);
                value.as_f64().map_or_else(|| text_of(value), |n| format!("{n:.places$}"))
            }
            _ => text_of(value),
        };
        out.push_str(&if zero { format!("{text:0>width$}") } else { format!("{text:>width$}") });
    }
    Ok(out + rest)
}

/// `{}`, `{0}`, `{name}`.
fn braces(pattern: &str, args: &[Value], named: &Value) -> String {
    let mut out = String::new();
    let mut next = 0;
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((field, tail)) = after.split_once('}') else { break };
        let name = field.split([':', '!']).next().unwrap_or_default();
        let value = match name.parse::<usize>() {
            Ok(index) => args.get(index).cloned(),
            Err(_) if name.is_empty() => {
                next += 1;
                args.get(next - 1).cloned()
            }
            Err(_) => Some(super::lists::attribute(named, name)),
        };
        out.push_str(&value.map(|value| text_of(&value)).unwrap_or_default());
        rest = tail;
    }
    out + rest
}
