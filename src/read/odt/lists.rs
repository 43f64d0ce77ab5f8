//! The running numbers of lists.

use super::styles::{LEVELS, Styles};
use crate::read::word::lists::{Label, Level, fill};
use crate::read::word::ordinal::NumberFormat;
use crate::read::word::symbols;
use std::collections::HashMap;

/// Numbers of one list, by level.
type Values = [Option<i64>; LEVELS];

/// A list that is open at a place.
#[derive(Debug, Clone)]
pub(super) struct Open {
    style: Option<String>,
    /// Which numbers it counts.
    values: usize,
    level: usize,
    /// The next paragraph begins an entry.
    is_entry: bool,
    /// Number that the entry begins with.
    start: Option<i64>,
}

impl Open {
    /// An entry begins.
    pub(super) fn begin_entry(&mut self, is_numbered: bool, start: Option<i64>) {
        self.is_entry = is_numbered;
        self.start = start;
    }
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    values: Vec<Values>,
    by_id: HashMap<String, usize>,
    by_style: HashMap<String, usize>,
    outline: Values,
}

impl Lists {
    /// A list begins; `outer` is the list that it stands in.
    pub(super) fn open(
        &mut self,
        style: Option<String>,
        id: Option<String>,
        continued: Option<&str>,
        goes_on: bool,
        outer: Option<&Open>,
    ) -> Open {
        if let Some(outer) = outer {
            let style = style.or_else(|| outer.style.clone());
            return Open { style, values: outer.values, level: outer.level + 1, is_entry: false, start: None };
        }
        let earlier = continued.and_then(|id| self.by_id.get(id));
        let earlier = earlier.or_else(|| style.as_ref().filter(|_| goes_on).and_then(|style| self.by_style.get(style)));
        let values = earlier.copied().unwrap_or_else(|| {
            self.values.push(Values::default());
            self.values.len() - 1
        });
        if let Some(id) = id {
            self.by_id.insert(id, values);
        }
        if let Some(style) = &style {
            self.by_style.insert(style.clone(), values);
        }
        Open { style, values, level: 0, is_entry: false, start: None }
    }

    /// The label of a paragraph in a list; only the first of an entry has one.
    pub(super) fn label(&mut self, list: &mut Open, paragraph_list: Option<&str>, styles: &Styles) -> Option<Label> {
        if !std::mem::take(&mut list.is_entry) {
            return None;
        }
        let style = list.style.as_deref().or(paragraph_list)?;
        let level = |at| styles.level(style, at);
        let own = level(list.level)?;
        let values = self.values.get_mut(list.values)?;
        count(values, list.level, list.start.take(), own.start);
        written(values, list.level, own, level)
    }

    /// The number of a heading.
    pub(super) fn heading(&mut self, level: usize, styles: &Styles) -> Option<Label> {
        let of = |at: usize| styles.outline.get(at).and_then(Option::as_ref);
        let own = of(level).filter(|own| own.format != NumberFormat::None)?;
        count(&mut self.outline, level, None, own.start);
        written(&self.outline, level, own, of)
    }
}

fn count(values: &mut Values, at: usize, start: Option<i64>, first: i64) {
    for (index, value) in values.iter_mut().enumerate() {
        if index == at {
            *value = start.or_else(|| value.map(|value| value.saturating_add(1))).or(Some(first));
        } else if index > at {
            *value = None;
        }
    }
}

fn written<'s>(values: &Values, at: usize, own: &Level, level: impl Fn(usize) -> Option<&'s Level>) -> Option<Label> {
    let is_bullet = own.format == NumberFormat::Bullet;
    let text = if is_bullet {
        symbols::bullet(&own.text, own.font)
    } else {
        fill(&own.text, |index| {
            let of = level(index);
            let value = values.get(index).copied().flatten().or(of.map(|of| of.start)).unwrap_or(1);
            of.map_or_else(|| value.to_string(), |of| of.format.write(value))
        })
    };
    let text = text.trim();
    (!text.is_empty()).then(|| Label { text: text.to_owned(), level: u8::try_from(at).unwrap_or(u8::MAX), is_bullet })
}
