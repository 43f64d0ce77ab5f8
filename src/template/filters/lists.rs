//! Filters and tests over lists and maps, with the arguments that Jinja gives them.

use super::{Outcome, fail, is_handle, text_of};
use std::cmp::Ordering;
use tera::value::Key;
use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

pub fn register(tera: &mut Tera) {
    tera.register_filter("tuples", tuples);
    tera.register_filter("listed", |value: &Value, _: Kwargs, _: &State| {
        match is_handle(value) || value.is_undefined() {
            true => Value::from(Vec::<Value>::new()),
            false => value.clone(),
        }
    });
    tera.register_filter("items", |value: &Value, _: Kwargs, _: &State| pairs(value));
    tera.register_filter("dictsort", dictsort);
    tera.register_filter("list", |value: &Value, _: Kwargs, _: &State| elements(value).map(Value::from));
    tera.register_filter("join", join);
    tera.register_filter("sort", sort);
    tera.register_filter("unique", unique);
    tera.register_filter("groupby", groupby);
    tera.register_filter("sum", sum);
    tera.register_filter("min", |value: &Value, kwargs: Kwargs, _: &State| extreme(value, &kwargs, Ordering::Less));
    tera.register_filter("max", |value: &Value, kwargs: Kwargs, _: &State| extreme(value, &kwargs, Ordering::Greater));
    tera.register_filter("map", map);
    tera.register_filter("select", |value: &Value, kwargs: Kwargs, _: &State| select(value, &kwargs, true, false));
    tera.register_filter("reject", |value: &Value, kwargs: Kwargs, _: &State| select(value, &kwargs, false, false));
    tera.register_filter("selectattr", |value: &Value, kwargs: Kwargs, _: &State| select(value, &kwargs, true, true));
    tera.register_filter("rejectattr", |value: &Value, kwargs: Kwargs, _: &State| select(value, &kwargs, false, true));
    tera.register_filter("batch", batch);
    tera.register_filter("slice", slice);
    tera.register_filter("get_or_none", |value: &Value, kwargs: Kwargs, _: &State| -> Outcome {
        let key = kwargs.must_get::<Value>("key")?;
        let found = attribute(value, &text_of(&key));
        Ok(if found.is_undefined() { kwargs.get::<Value>("default")?.unwrap_or_else(Value::none) } else { found })
    });
    tera.register_filter("plus", plus);
    tera.register_test("sequence", |value: &Value, _: Kwargs, _: &State| value.is_array());
    tera.register_test("true_value", |value: &Value, _: Kwargs, _: &State| value.as_bool() == Some(true));
    tera.register_test("false_value", |value: &Value, _: Kwargs, _: &State| value.as_bool() == Some(false));
    for name in ["eq", "ne", "lt", "le", "gt", "ge"] {
        tera.register_test(name, move |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<bool> {
            check(name, value, Some(&kwargs.must_get::<Value>("other")?))
        });
    }
    tera.register_test("in_list", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        check("in", value, Some(&kwargs.must_get::<Value>("other")?))
    });
}

fn elements(value: &Value) -> TeraResult<Vec<Value>> {
    if let Some(list) = value.as_array() {
        return Ok(list.to_vec());
    }
    if let Some(map) = value.as_map() {
        return Ok(map.keys().map(Key::as_value).collect());
    }
    match value.as_str() {
        Some(_) if is_handle(value) => Ok(Vec::new()),
        Some(text) => Ok(text.chars().map(Value::from).collect()),
        None => fail(format!("a list is expected, found `{}`", value.name())),
    }
}

fn pairs(value: &Value) -> Outcome {
    match value.as_map() {
        Some(map) => Ok(Value::from(
            map.iter().map(|(key, value)| Value::from(vec![key.as_value(), value.clone()])).collect::<Vec<_>>(),
        )),
        None => fail(format!("a map is expected, found `{}`", value.name())),
    }
}

/// Elements as lists of `n`: a map gives its pairs, a group its name and its members.
fn tuples(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let count = kwargs.must_get::<usize>("n")?;
    if value.as_map().is_some() {
        return pairs(value);
    }
    let mut out = Vec::new();
    for element in elements(value)? {
        let tuple = match (element.as_array(), element.as_map()) {
            (Some(list), _) => list.to_vec(),
            (_, Some(map)) => map.values().cloned().collect(),
            _ => return fail(format!("cannot be taken apart: `{}`", element.name())),
        };
        if tuple.len() != count {
            return fail(format!("{count} values are expected, found {}", tuple.len()));
        }
        out.push(Value::from(tuple));
    }
    Ok(Value::from(out))
}

/// A field of a value by a dotted path.
pub(super) fn attribute(value: &Value, path: &str) -> Value {
    let mut at = value.clone();
    for step in path.split('.') {
        let next = match (at.as_map(), at.as_array(), step.parse::<usize>()) {
            (Some(map), _, _) => map.get(&Key::Str(step)).cloned(),
            (_, Some(list), Ok(index)) => list.get(index).cloned(),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return Value::undefined(),
        }
    }
    at
}

fn keyed(value: &Value, kwargs: &Kwargs) -> TeraResult<Vec<(Value, Value)>> {
    let path = kwargs.get::<Value>("attribute")?.map(|path| text_of(&path));
    let sensitive = kwargs.get::<bool>("case_sensitive")?.unwrap_or(false);
    let key = |element: &Value| {
        let key = path.as_ref().map_or_else(|| element.clone(), |path| attribute(element, path));
        match key.as_str() {
            Some(text) if !sensitive => Value::from(text.to_lowercase()),
            _ => key,
        }
    };
    Ok(elements(value)?.into_iter().map(|element| (key(&element), element)).collect())
}

fn compare(a: &Value, b: &Value) -> Ordering {
    a.partial_cmp(b).unwrap_or_else(|| a.to_string().cmp(&b.to_string()))
}

fn sort(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let reverse = kwargs.get::<bool>("reverse")?.unwrap_or(false);
    let mut items = keyed(value, &kwargs)?;
    items.sort_by(|(a, _), (b, _)| if reverse { compare(b, a) } else { compare(a, b) });
    Ok(Value::from(items.into_iter().map(|(_, element)| element).collect::<Vec<_>>()))
}

fn unique(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let mut seen = std::collections::BTreeSet::new();
    let items = keyed(value, &kwargs)?;
    let first = |(key, _): &(Value, Value)| seen.insert(format!("{}{key}", key.name()));
    Ok(Value::from(items.into_iter().filter(first).map(|(_, element)| element).collect::<Vec<_>>()))
}

fn dictsort(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let by = kwargs.get::<&str>("by")?.map_or(0, |by| usize::from(by == "value"));
    let reverse = kwargs.get::<bool>("reverse")?.unwrap_or(false);
    let mut items = pairs(value)?.as_array().map(<[Value]>::to_vec).unwrap_or_default();
    let key = |pair: &Value| {
        let key = pair.as_array().and_then(|pair| pair.get(by)).cloned().unwrap_or_else(Value::none);
        key.as_str().map(|text| Value::from(text.to_lowercase())).unwrap_or(key)
    };
    items.sort_by(|a, b| if reverse { compare(&key(b), &key(a)) } else { compare(&key(a), &key(b)) });
    Ok(Value::from(items))
}

/// Members by the value of a field, groups in order of that value, members in their own order.
fn groupby(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let fallback = kwargs.get::<Value>("default")?;
    let path = text_of(&kwargs.must_get::<Value>("attribute")?);
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for element in elements(value)? {
        let found = attribute(&element, &path);
        let key = if found.is_undefined() { fallback.clone().unwrap_or_else(Value::none) } else { found };
        match groups.iter_mut().find(|(group, _)| *group == key) {
            Some((_, members)) => members.push(element),
            None => groups.push((key, vec![element])),
        }
    }
    groups.sort_by(|(a, _), (b, _)| compare(a, b));
    let group = |(key, members): (Value, Vec<Value>)| {
        let mut map = Map::new();
        map.insert(Key::from("grouper"), key);
        map.insert(Key::from("list"), Value::from(members));
        Value::from(map)
    };
    Ok(Value::from(groups.into_iter().map(group).collect::<Vec<_>>()))
}

fn join(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    if is_handle(value) {
        return Ok(value.clone());
    }
    let separator = kwargs.get::<Value>("d")?.or(kwargs.get::<Value>("sep")?).map(|d| text_of(&d)).unwrap_or_default();
    let path = kwargs.get::<Value>("attribute")?.map(|path| text_of(&path));
    let texts: Vec<String> = elements(value)?
        .iter()
        .map(|element| path.as_ref().map_or_else(|| text_of(element), |path| text_of(&attribute(element, path))))
        .collect();
    Ok(Value::from(texts.join(&separator)))
}

fn sum(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let path = kwargs.get::<Value>("attribute")?.map(|path| text_of(&path));
    let mut total = kwargs.get::<Value>("start")?.unwrap_or_else(|| Value::from(0_i64));
    for element in elements(value)? {
        let number = path.as_ref().map_or_else(|| element.clone(), |path| attribute(&element, path));
        total = add(&total, &number)?;
    }
    Ok(total)
}

fn add(a: &Value, b: &Value) -> Outcome {
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64())
        && let Some(sum) = a.checked_add(b)
    {
        return Ok(Value::from(sum));
    }
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => Ok(Value::from(a + b)),
        _ => fail(format!("cannot add `{}` and `{}`", a.name(), b.name())),
    }
}

/// `a + b` for numbers, texts and lists.
fn plus(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let other = kwargs.must_get::<Value>("other")?;
    if let (Some(a), Some(b)) = (value.as_array(), other.as_array()) {
        return Ok(Value::from([a, b].concat()));
    }
    if value.as_str().is_some() || other.as_str().is_some() {
        return Ok(Value::from(text_of(value) + &text_of(&other)));
    }
    add(value, &other)
}

fn extreme(value: &Value, kwargs: &Kwargs, wanted: Ordering) -> Outcome {
    let mut best: Option<(Value, Value)> = None;
    for (key, element) in keyed(value, kwargs)? {
        if best.as_ref().is_none_or(|(found, _)| compare(&key, found) == wanted) {
            best = Some((key, element));
        }
    }
    Ok(best.map_or_else(|| Value::from(""), |(_, element)| element))
}

fn map(value: &Value, kwargs: Kwargs, state: &State) -> Outcome {
    let mut out = Vec::new();
    let path = kwargs.get::<Value>("attribute")?.map(|path| text_of(&path));
    let fallback = kwargs.get::<Value>("default")?;
    let filter = kwargs.get::<&str>("filter")?;
    for element in elements(value)? {
        out.push(match (&path, filter) {
            (Some(path), _) => {
                let found = attribute(&element, path);
                match (found.is_undefined(), &fallback) {
                    (true, Some(fallback)) => fallback.clone(),
                    (true, None) => return fail(format!("`{path}` is undefined")),
                    (false, _) => found,
                }
            }
            (None, Some(filter)) => {
                let target = crate::template::expr::words::find(crate::template::expr::words::FILTERS, filter);
                state.call_filter(target.map_or(filter, |word| word.target), &element, Kwargs::default())?
            }
            (None, None) => return fail("map: attribute | filter"),
        });
    }
    Ok(Value::from(out))
}

fn select(value: &Value, kwargs: &Kwargs, keep: bool, by_attribute: bool) -> Outcome {
    let path = if by_attribute { Some(text_of(&kwargs.must_get::<Value>("attribute")?)) } else { None };
    let test = kwargs.get::<&str>("test")?;
    let argument = kwargs.get::<Value>("arg")?;
    let mut out = Vec::new();
    for element in elements(value)? {
        let tested = path.as_ref().map_or_else(|| element.clone(), |path| attribute(&element, path));
        let holds = match test {
            Some(test) => check(test, &tested, argument.as_ref())?,
            None => tested.is_truthy(),
        };
        if holds == keep {
            out.push(element);
        }
    }
    Ok(Value::from(out))
}

/// A test by its name.
fn check(test: &str, value: &Value, argument: Option<&Value>) -> TeraResult<bool> {
    let other = || argument.ok_or_else(|| tera::Error::message(format!("`{test}` needs a value to compare with")));
    let ordered = |wanted: &[Ordering]| -> TeraResult<bool> {
        let other = other()?;
        match value.partial_cmp(other) {
            Some(order) => Ok(wanted.contains(&order)),
            None => fail(format!("cannot compare `{}` with `{}`", value.name(), other.name())),
        }
    };
    let text = || value.as_str().unwrap_or_default();
    Ok(match test {
        "eq" | "equalto" | "==" | "sameas" => value == other()?,
        "ne" | "!=" => value != other()?,
        "lt" | "lessthan" | "<" => ordered(&[Ordering::Less])?,
        "le" | "<=" => ordered(&[Ordering::Less, Ordering::Equal])?,
        "gt" | "greaterthan" | ">" => ordered(&[Ordering::Greater])?,
        "ge" | ">=" => ordered(&[Ordering::Greater, Ordering::Equal])?,
        "in" => match (other()?.as_array(), other()?.as_str()) {
            (Some(list), _) => list.contains(value),
            (_, Some(whole)) => whole.contains(text()),
            _ => other()?.as_map().is_some_and(|map| map.contains_key(&Key::Str(text()))),
        },
        "defined" => !value.is_undefined(),
        "undefined" => value.is_undefined(),
        "none" => value.is_none(),
        "true" => value.as_bool() == Some(true),
        "false" => value.as_bool() == Some(false),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_number() && value.as_i64().is_some() && !value.is_f64(),
        "float" => value.is_f64(),
        "boolean" => value.is_bool(),
        "mapping" => value.is_map(),
        "sequence" => value.is_array(),
        "odd" => value.as_i64().is_some_and(|n| n.rem_euclid(2) == 1),
        "even" => value.as_i64().is_some_and(|n| n.rem_euclid(2) == 0),
        "divisibleby" => match (value.as_i64(), other()?.as_i64()) {
            (Some(n), Some(by)) if by != 0 => n % by == 0,
            _ => false,
        },
        _ => return fail(format!("unknown test `{test}`")),
    })
}

fn batch(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let size = kwargs.must_get::<usize>("linecount")?.max(1);
    let fill = kwargs.get::<Value>("fill_with")?;
    let items = elements(value)?;
    let rows = items.chunks(size).map(|chunk| {
        let mut row = chunk.to_vec();
        if let Some(fill) = &fill {
            row.resize(size.min(100_000), fill.clone());
        }
        Value::from(row)
    });
    Ok(Value::from(rows.collect::<Vec<_>>()))
}

fn slice(value: &Value, kwargs: Kwargs, _: &State) -> Outcome {
    let count = kwargs.must_get::<usize>("slices")?.clamp(1, 100_000);
    let fill = kwargs.get::<Value>("fill_with")?;
    let items = elements(value)?;
    let (size, extra) = (items.len() / count, items.len() % count);
    let mut rest = items.as_slice();
    let mut out = Vec::with_capacity(count);
    for index in 0..count {
        let (head, tail) = rest.split_at(size + usize::from(index < extra));
        let mut column = head.to_vec();
        if index >= extra && extra > 0 {
            column.extend(fill.clone());
        }
        out.push(Value::from(column));
        rest = tail;
    }
    Ok(Value::from(out))
}
