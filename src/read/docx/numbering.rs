//! List labels: `numbering.xml` as definitions, and the counters that run through a document.

use super::ordinal::NumberFormat;
use super::symbols;
use super::values;
use crate::guard::xml::{Element, Namespace, Xml};
use crate::model::InputError;
use std::collections::BTreeMap;

/// Levels of a list (ECMA-376 allows nine).
const LEVELS: usize = 9;

/// A list reference of a paragraph or a style; either half may come from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ListRef {
    /// `w:numId`; 0 takes a paragraph out of its style's list.
    pub num: Option<i64>,
    /// `w:ilvl`.
    pub level: Option<u8>,
}

impl ListRef {
    /// Reads the open `w:numPr`.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut list = Self::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"numId" => list.num = values::integer(&child, b"val"),
                b"ilvl" => list.level = level_of(&child, b"val"),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(list)
    }
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: i64,
    format: NumberFormat,
    /// `lvlText`, with `%1` … `%9` for numbers.
    text: String,
    /// Font of the label; decides what a bullet's code point shows.
    font: symbols::Font,
    legal: bool,
    /// One-based level whose use restarts this one; `None`: any higher level.
    restart: Option<usize>,
    /// Paragraph style that stands for this level.
    style: Option<String>,
    /// The label is hidden.
    hidden: bool,
}

#[derive(Debug, Default)]
struct AbstractList {
    levels: [Option<Level>; LEVELS],
    /// The definition stands in the list that this numbering style names.
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct Override {
    start: Option<i64>,
    level: Option<Level>,
}

#[derive(Debug, Default)]
struct List {
    abstract_id: i64,
    overrides: BTreeMap<usize, Override>,
}

/// The list definitions of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: BTreeMap<i64, AbstractList>,
    lists: BTreeMap<i64, List>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut numbering = Self::default();
        xml.root()?;
        while let Some(child) = xml.child()? {
            match (child.namespace, child.name()) {
                (Namespace::Word, b"abstractNum") => {
                    let id = values::integer(&child, b"abstractNumId").unwrap_or(-1);
                    let list = AbstractList::read(xml)?;
                    numbering.abstracts.entry(id).or_insert(list);
                }
                (Namespace::Word, b"num") => {
                    let id = values::integer(&child, b"numId").unwrap_or(-1);
                    let list = List::read(xml)?;
                    numbering.lists.entry(id).or_insert(list);
                }
                _ => xml.skip()?,
            }
        }
        xml.finish()?;
        Ok(numbering)
    }

    /// Leads lists that stand for a numbering style to the definition of that style's list.
    pub(super) fn link(
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
    pub(super) fn stands_for_level(&self, list: ListRef, style: &str) -> bool {
        let definition = list.num.and_then(|num| self.lists.get(&num));
        definition.is_some_and(|definition| self.level_of_style(definition, style).is_some())
    }

    /// The level of a list that a paragraph style stands for.
    fn level_of_style(&self, list: &List, style: &str) -> Option<usize> {
        (0..LEVELS).find(|&level| self.level(list, level).is_some_and(|def| def.style.as_deref() == Some(style)))
    }
}

impl AbstractList {
    fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut list = Self::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"lvl" => {
                    let at = level_of(&child, b"ilvl");
                    let level = Level::read(xml)?;
                    if let Some(slot) = at.and_then(|at| list.levels.get_mut(usize::from(at))) {
                        *slot = Some(level);
                    }
                }
                b"numStyleLink" => {
                    list.style_link = values::text(&child, b"val");
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(list)
    }
}

impl List {
    fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut list = Self { abstract_id: -1, ..Self::default() };
        while let Some(child) = xml.child()? {
            match child.name() {
                b"abstractNumId" => {
                    list.abstract_id = values::integer(&child, b"val").unwrap_or(-1);
                    xml.skip()?;
                }
                b"lvlOverride" => {
                    let level = level_of(&child, b"ilvl").unwrap_or_default();
                    let over = list.overrides.entry(level.into()).or_default();
                    while let Some(part) = xml.child()? {
                        match part.name() {
                            b"startOverride" => {
                                over.start = values::integer(&part, b"val");
                                xml.skip()?;
                            }
                            b"lvl" => over.level = Some(Level::read(xml)?),
                            _ => xml.skip()?,
                        }
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(list)
    }
}

impl Level {
    fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut level = Self::default();
        while let Some(child) = xml.child()? {
            match (child.namespace, child.name()) {
                // A newer format stands in a choice with an older one beside it.
                (Namespace::Compatibility, b"AlternateContent") => {
                    let mut taken = false;
                    while let Some(branch) = xml.child()? {
                        let take = !taken && matches!(branch.name(), b"Choice" | b"Fallback");
                        while let Some(part) = xml.child()? {
                            if take && part.name() == b"numFmt" {
                                level.format = format_of(&part);
                                taken = true;
                            }
                            xml.skip()?;
                        }
                    }
                    continue;
                }
                (_, b"start") => level.start = values::integer(&child, b"val").unwrap_or_default(),
                (_, b"numFmt") => level.format = format_of(&child),
                (_, b"lvlText") => level.text = values::text(&child, b"val").unwrap_or_default(),
                (_, b"isLgl") => level.legal = values::on(&child),
                (_, b"pStyle") => level.style = values::text(&child, b"val"),
                (_, b"lvlRestart") => {
                    level.restart = values::integer(&child, b"val").and_then(|at| usize::try_from(at).ok());
                }
                (_, b"rPr") => {
                    while let Some(property) = xml.child()? {
                        match property.name() {
                            b"rFonts" => level.font = symbols::Font::of(&property).unwrap_or_default(),
                            b"vanish" => level.hidden = values::on(&property),
                            _ => {}
                        }
                        xml.skip()?;
                    }
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(level)
    }
}

fn format_of(element: &Element) -> NumberFormat {
    let name = element.attribute(b"val").unwrap_or_default();
    NumberFormat::named(&name, element.attribute(b"format").as_deref())
}

fn level_of(element: &Element, attribute: &[u8]) -> Option<u8> {
    values::integer(element, attribute)
        .and_then(|level| u8::try_from(level).ok())
        .filter(|&at| usize::from(at) < LEVELS)
}

/// A label with its level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    pub level: u8,
    pub is_bullet: bool,
}

/// The running numbers of all lists.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// By definition: lists that share one go on counting from each other.
    values: BTreeMap<i64, [Option<i64>; LEVELS]>,
    /// Levels of a list whose `startOverride` has had its effect.
    started: BTreeMap<i64, [bool; LEVELS]>,
}

impl Counters {
    /// Counts a paragraph and returns its label; `None` when it stands in no list or its label shows nothing.
    ///
    /// `style` is the paragraph style from which the list comes, where it does not come from the paragraph itself.
    pub(super) fn next(&mut self, numbering: &Numbering, list: ListRef, style: Option<&str>) -> Option<Label> {
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
fn fill(text: &str, number: impl Fn(usize) -> String) -> String {
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
