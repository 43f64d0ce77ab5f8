//! Styles, fonts and list definitions of an OpenDocument text.

use crate::guard::xml::{Element, Xml};
use crate::language::legacy;
use crate::model::InputError;
use crate::read::word::lists::Level;
use crate::read::word::look::{RunLook, Toggles};
use crate::read::word::ordinal::NumberFormat;
use crate::read::word::symbols::{self, Font};
use std::collections::HashMap;

/// Levels of a list (OpenDocument allows ten).
pub(super) const LEVELS: usize = 10;

/// Longest chain of parents that is followed.
const CHAIN: usize = 32;

/// Styles and lists at most.
const MOST: usize = 100_000;

/// Properties as one style states them.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    toggles: Toggles<Option<bool>>,
    font: Option<Font>,
    centred: Option<bool>,
    break_before: Option<bool>,
}

/// What a paragraph style gives, with everything it inherits.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphLook {
    pub run: RunLook,
    pub list: Option<String>,
    pub centred: bool,
    pub page_break_before: bool,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    fonts: HashMap<String, Font>,
    paragraphs: HashMap<String, Style>,
    texts: HashMap<String, Style>,
    default: Style,
    lists: HashMap<String, Vec<Option<Level>>>,
    /// Numbers of headings.
    pub outline: Vec<Option<Level>>,
}

impl Styles {
    /// Reads the open element of styles or font faces.
    pub(super) fn read(&mut self, xml: &mut Xml) -> Result<(), InputError> {
        while let Some(child) = xml.child()? {
            match child.name() {
                b"font-face" => {
                    let family = child.attribute(b"font-family").unwrap_or_default();
                    let family = Font::named(family.trim_matches(['\'', '"']));
                    self.fonts.insert(text(&child, b"name"), family);
                    xml.skip()?;
                }
                b"style" | b"default-style" => self.style(&child, xml)?,
                b"list-style" => {
                    let levels = self.levels(xml)?;
                    if self.lists.len() < MOST {
                        self.lists.insert(text(&child, b"name"), levels);
                    }
                }
                b"outline-style" => self.outline = self.levels(xml)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn style(&mut self, element: &Element, xml: &mut Xml) -> Result<(), InputError> {
        let family = element.attribute(b"family").unwrap_or_default().into_owned();
        let name = text(element, b"name");
        let is_default = element.name() == b"default-style";
        let mut style = Style {
            parent: element.attribute(b"parent-style-name").map(|name| name.into_owned()),
            list: element.attribute(b"list-style-name").map(|name| name.into_owned()),
            // A paragraph whose page style changes begins a page.
            break_before: element.attribute(b"master-page-name").filter(|name| !name.is_empty()).map(|_| true),
            ..Style::default()
        };
        while let Some(child) = xml.child()? {
            match child.name() {
                b"paragraph-properties" => {
                    if let Some(align) = child.attribute(b"text-align") {
                        style.centred = Some(align == "center");
                    }
                    if let Some(kind) = child.attribute(b"break-before") {
                        style.break_before = Some(kind == "page");
                    }
                }
                b"text-properties" => self.run(&child, &mut style),
                _ => {}
            }
            xml.skip()?;
        }
        match family.as_str() {
            "paragraph" if is_default => self.default = style,
            "paragraph" if self.paragraphs.len() < MOST => {
                self.paragraphs.insert(name, style);
            }
            "text" if self.texts.len() < MOST => {
                self.texts.insert(name, style);
            }
            _ => {}
        }
        Ok(())
    }

    fn run(&self, element: &Element, style: &mut Style) {
        let value = |name: &[u8]| element.attribute(name);
        let own = &mut style.toggles;
        own.bold =
            value(b"font-weight").map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|w| w >= 600));
        own.italic = value(b"font-style").map(|kind| kind == "italic" || kind == "oblique");
        own.capitals = value(b"text-transform").map(|transform| transform == "uppercase");
        own.hidden = value(b"display").map(|display| display == "none");
        style.font = self.font_of(element);
    }

    fn font_of(&self, element: &Element) -> Option<Font> {
        if let Some(name) = element.attribute(b"font-name") {
            return Some(self.fonts.get(name.as_ref()).copied().unwrap_or_else(|| Font::named(&name)));
        }
        let family = element.attribute(b"font-family")?;
        Some(Font::named(family.trim_matches(['\'', '"'])))
    }

    fn levels(&self, xml: &mut Xml) -> Result<Vec<Option<Level>>, InputError> {
        let mut levels = vec![None; LEVELS];
        while let Some(child) = xml.child()? {
            let at = child.attribute(b"level").and_then(|level| level.parse::<usize>().ok()).unwrap_or_default();
            let mut level = match child.name() {
                b"list-level-style-number" | b"outline-level-style" => number_level(&child, at),
                b"list-level-style-bullet" => {
                    Level { format: NumberFormat::Bullet, text: text(&child, b"bullet-char"), ..Level::default() }
                }
                _ => Level { format: NumberFormat::None, ..Level::default() },
            };
            while let Some(property) = xml.child()? {
                if property.name() == b"text-properties" {
                    level.font = self.font_of(&property).unwrap_or_default();
                }
                xml.skip()?;
            }
            if let Font::Legacy { encoding, .. } = level.font {
                level.text = legacy::decode(&level.text, encoding).unwrap_or(level.text);
            }
            if let Some(slot) = at.checked_sub(1).and_then(|at| levels.get_mut(at)) {
                *slot = Some(level);
            }
        }
        Ok(levels)
    }

    /// A level of a list.
    pub(super) fn level(&self, list: &str, level: usize) -> Option<&Level> {
        self.lists.get(list)?.get(level)?.as_ref()
    }

    pub(super) fn paragraph(&self, name: &str) -> ParagraphLook {
        let mut toggles = Toggles::<Option<bool>>::default();
        let (mut font, mut list, mut centred, mut break_before) = (None, None, None, None);
        let mut break_is_own = true;
        let mut next = self.paragraphs.get(name);
        for _ in 0..CHAIN {
            let Some(style) = next else { break };
            toggles = toggles.with(style.toggles, Option::or);
            font = font.or(style.font);
            list = list.or_else(|| style.list.clone());
            centred = centred.or(style.centred);
            if break_is_own || style.break_before == Some(false) {
                break_before = break_before.or(style.break_before);
            }
            break_is_own = false;
            next = style.parent.as_ref().and_then(|parent| self.paragraphs.get(parent));
        }
        let toggles = toggles.with(self.default.toggles, |own, default| own.or(default).unwrap_or_default());
        ParagraphLook {
            run: RunLook { toggles, font: font.or(self.default.font).unwrap_or_default() },
            list: list.filter(|list| !list.is_empty()),
            centred: centred.unwrap_or_default(),
            page_break_before: break_before.unwrap_or_default(),
        }
    }

    /// A span of a text style within something else.
    pub(super) fn span(&self, below: RunLook, name: &str) -> RunLook {
        let mut toggles = Toggles::<Option<bool>>::default();
        let mut font = None;
        let mut next = self.texts.get(name);
        for _ in 0..CHAIN {
            let Some(style) = next else { break };
            toggles = toggles.with(style.toggles, Option::or);
            font = font.or(style.font);
            next = style.parent.as_ref().and_then(|parent| self.texts.get(parent));
        }
        RunLook {
            toggles: below.toggles.with(toggles, |below, own| own.unwrap_or(below)),
            font: font.unwrap_or(below.font),
        }
    }
}

fn text(element: &Element, name: &[u8]) -> String {
    element.attribute(name).unwrap_or_default().into_owned()
}

fn number_level(element: &Element, at: usize) -> Level {
    let format = match element.attribute(b"num-format").as_deref() {
        Some("1") => NumberFormat::Decimal,
        Some("01") => NumberFormat::Padded(2),
        Some("I") => NumberFormat::UpperRoman,
        Some("i") => NumberFormat::LowerRoman,
        Some("A") => NumberFormat::UpperLetter,
        Some("a") => NumberFormat::LowerLetter,
        Some("1st") => NumberFormat::Ordinal,
        Some("") | None => NumberFormat::None,
        Some(_) => NumberFormat::Decimal,
    };
    let number = |name: &[u8]| element.attribute(name).and_then(|value| value.parse::<usize>().ok());
    let shown = number(b"display-levels").unwrap_or(1).clamp(1, at.max(1));
    let text = match element.attribute(b"num-list-format") {
        // `%1%.%2%.`
        Some(list_format) => (1..=LEVELS)
            .rev()
            .fold(list_format.into_owned(), |text, level| text.replace(&format!("%{level}%"), &format!("%{level}"))),
        None => {
            let first = (at + 1).saturating_sub(shown).max(1);
            let numbers: Vec<String> = (first..=at).map(|level| format!("%{level}")).collect();
            let numbers = if format == NumberFormat::None { String::new() } else { numbers.join(".") };
            format!("{}{numbers}{}", self::text(element, b"num-prefix"), self::text(element, b"num-suffix"))
        }
    };
    let start = number(b"start-value").and_then(|start| i64::try_from(start).ok()).unwrap_or(1);
    Level { start, format, text, font: symbols::Font::default(), ..Level::default() }
}
