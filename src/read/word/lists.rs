//! List labels: the definitions of a document's lists, and the counters that run through it.

use super::ordinal::NumberFormat;
use super::symbols;
use crate::language::legacy;
use crate::model::InputError;
use std::collections::BTreeMap;

/// Levels of a list (ECMA-376 allows nine).
pub(in crate::read) const LEVELS: usize = 9;

/// A list reference of a paragraph or a style; either half may come from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct ListRef {
    /// `w:numId`; 0 takes a paragraph out of its style's list.
    pub num: Option<i64>,
    /// `w:ilvl`.
    pub level: Option<u8>,
}

#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Level {
    pub start: i64,
    pub format: NumberFormat,
    /// `lvlText`, with `%1` … `%9` for numbers.
    pub text: String,
    /// Font of the label; decides what a bullet's code point shows.
    pub font: symbols::Font,
    pub legal: bool,
    /// One-based level whose use restarts this one; `None`: any higher level.
    pub restart: Option<usize>,
    /// Paragraph style that stands for this level.
    pub style: Option<String>,
    /// The label is hidden.
    pub hidden: bool,
}

#[derive(Debug, Default)]
pub(in crate::read) struct AbstractList {
    pub levels: [Option<Level>; LEVELS],
    /// The definition stands in the list that this numbering style names.
    pub style_link: Option<String>,
}

#[derive(Debug, Default)]
pub(in crate::read) struct Override {
    pub start: Option<i64>,
    pub level: Option<Level>,
}

#[derive(Debug, Default)]
pub(in crate::read) struct List {
    pub abstract_id: i64,
    pub overrides: BTreeMap<usize, Override>,
}

/// The list definitions of a document.
#[derive(Debug, Default)]
pub(in crate::read) struct Numbering {
    pub abstracts: BTreeMap<i64, AbstractList>,
    pub lists: BTreeMap<i64, List>,
}

impl Numbering {
    /// Leads lists that stand for a numbering style to the definition of that style's list.
    pub(in crate::read) fn link(
        &mut self,
        list_of_style: impl Fn(&str) -> Result<Option<i64>, InputError>,
    ) -> Result<(), InputError> {
        let mut targets = Vec::new();
        for (&num, list) in &self.lists {
            let mut id = list.abstract_id;
            for _ in 0..LEVELS {
                let Some(style) = self.abstracts.get(&id).and_then(|list| list.style_link.as_deref()) else { break };
                let Some(target) = list_of_style(style)?.and_then(|num| self.lists.get(&num)) else { break };
                id = target.abstract_id;
            }
            targets.push((num, id));
        }
        for (num, id) in targets {
            if let Some(list) = self.lists.get_mut(&num) {
                list.abstract_id = id;
            }
        }
        Ok(())
    }

    fn level<'n>(&'n self, list: &'n List, level: usize) -> Option<&'n Level> {
        let own = list.overrides.get(&level).and_then(|over| over.level.as_ref());
        own.or_else(|| self.abstracts.get(&list.abstract_id)?.levels.get(level)?.as_ref())
    }

    /// Whether a level of the list names the style.
    pub(in crate::read) fn stands_for_level(&self, list: ListRef, style: &str) -> bool {
        let definition = list.num.and_then(|num| self.lists.get(&num));
        definition.is_some_and(|definition| self.level_of_style(definition, style).is_some())
    }

    /// The level of a list that a paragraph style stands for.
    fn level_of_style(&self, list: &List, style: &str) -> Option<usize> {
        (0..LEVELS).find(|&level| self.level(list, level).is_some_and(|def| def.style.as_deref() == Some(style)))
    }
}

/// A label with its level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Label {
    pub text: String,
    pub level: u8,
    pub is_bullet: bool,
}

impl Label {
    /// The label in a font: words in it (`Điều 1.`) may be in a legacy encoding as the text is.
    pub(in crate::read) fn in_font(self, font: symbols::Font) -> Self {
        let symbols::Font::Legacy { encoding, capitals } = font else { return self };
        match legacy::decode(&self.text, encoding) {
            Some(text) if capitals => Self { text: text.to_uppercase(), ..self },
            Some(text) => Self { text, ..self },
            None => self,
        }
    }
}

/// The running numbers of all lists.
#[derive(Debug, Default)]
pub(in crate::read) struct Counters {
    /// By definition: lists that share one go on counting from each other.
    values: BTreeMap<i64, [Option<i64>; LEVELS]>,
    /// Levels of a list whose `startOverride` has had its effect.
    started: BTreeMap<i64, [bool; LEVELS]>,
}

impl Counters {
    /// Counts a paragraph and returns its label; `None` when it stands in no list or its label shows nothing.
    ///
    /// `style` is the paragraph style from which the list comes, where it does not come from the paragraph itself.
    pub(in crate::read) fn next(&mut self, numbering: &Numbering, list: ListRef, style: Option<&str>) -> Option<Label> {
        let num = list.num.filter(|&num| num != 0)?;
        let definition = numbering.lists.get(&num)?;
        let at = style
            .and_then(|style| numbering.level_of_style(definition, style))
            .or(list.level.map(usize::from))
            .unwrap_or_default();
        let level = numbering.level(definition, at)?;

        self.count(numbering, num, definition, at, level);
        let values = self.values.get(&definition.abstract_id)?;
        let text = if level.format == NumberFormat::Bullet {
            symbols::bullet(&level.text, level.font)
        } else {
            let number = |index: usize| {
                let of = numbering.level(definition, index);
                let value = values.get(index).copied().flatten().or(of.map(|of| of.start)).unwrap_or(1);
                match of {
                    Some(of) if !level.legal || of.format == NumberFormat::None => of.format.write(value),
                    _ => NumberFormat::Decimal.write(value),
                }
            };
            fill(&level.text, number)
        };
        let text = text.trim();
        let shown = !text.is_empty() && !level.hidden;
        shown.then(|| Label {
            text: text.to_owned(),
            level: u8::try_from(at).unwrap_or_default(),
            is_bullet: level.format == NumberFormat::Bullet,
        })
    }

    fn count(&mut self, numbering: &Numbering, num: i64, list: &List, at: usize, level: &Level) {
        let values = self.values.entry(list.abstract_id).or_default();
        let started = self.started.entry(num).or_default();
        let over = list.overrides.get(&at).and_then(|over| over.start);
        let restarts = over.is_some() && started.get_mut(at).is_some_and(|started| !std::mem::replace(started, true));
        for (index, value) in values.iter_mut().enumerate() {
            if index == at {
                *value = match (*value, over) {
                    (_, Some(start)) if restarts => Some(start),
                    (Some(value), _) => Some(value.saturating_add(1)),
                    (None, over) => Some(over.unwrap_or(level.start)),
                };
            } else if index < at {
                // A level that was passed over counts as used once.
                let over = list.overrides.get(&index).and_then(|over| over.start);
                let start = || over.or(numbering.level(list, index).map(|level| level.start));
                *value = value.or_else(start);
            } else {
                let restart = numbering.level(list, index).and_then(|deeper| deeper.restart);
                // `lvlRestart` 0: never; k: only when level k or a higher one is used.
                if restart.is_none_or(|restart| at < restart) {
                    *value = None;
                }
            }
        }
    }
}

/// Puts numbers into a level text.
pub(in crate::read) fn fill(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|next| next.to_digit(10)) {
            Some(digit @ 1..=9) if c == '%' => {
                chars.next();
                out.push_str(&number(digit as usize - 1));
            }
            _ => out.push(c),
        }
    }
    out
}
