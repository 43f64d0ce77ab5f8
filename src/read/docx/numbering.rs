//! `numbering.xml`: the definitions of lists.

use super::properties::font_of;
use super::theme::Theme;
use super::values;
use crate::guard::xml::{Element, Namespace, Xml};
use crate::model::InputError;
use crate::read::word::lists::{AbstractList, LEVELS, Level, List, ListRef, Numbering};
use crate::read::word::ordinal::NumberFormat;

/// Reads the open `w:numPr`.
pub(super) fn reference(xml: &mut Xml) -> Result<ListRef, InputError> {
    let mut list = ListRef::default();
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
                            b"rFonts" => level.font = font_of(&property, Theme::default()).unwrap_or_default(),
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
