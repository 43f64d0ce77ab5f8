//! `styles.xml`: what a paragraph or run inherits.

use super::properties::{FontCache, ParagraphProperties, RunProperties};
use super::theme::Theme;
use super::values;
use crate::guard::Limits;
use crate::guard::xml::{Fragment, Namespace, Scope, Xml};
use crate::model::InputError;
use crate::read::word::lists::ListRef;
use crate::read::word::look::{RunLook, Toggles};
use crate::read::word::symbols::Font;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Longest chain of `w:basedOn` that is followed; Word itself stops at eleven.
const CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

/// What a paragraph style gives to its paragraphs, with everything it inherits.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphLook {
    pub list: ListRef,
    /// The style that names the list.
    pub list_style: Option<String>,
    /// Outline level, 0 for the topmost; only of headings.
    pub outline: Option<u8>,
    pub centred: bool,
    pub page_break_before: bool,
    pub run: RunLook,
}

/// The styles of a document.
///
/// Most documents use a few of hundreds: a style is only found when the part is read, and parsed when it is used.
#[derive(Debug)]
pub(super) struct Styles<'l> {
    part: &'l str,
    text: &'l str,
    limits: &'l Limits,
    pub theme: Theme,
    scope: Scope<'l>,
    places: HashMap<Cow<'l, str>, Fragment>,
    parsed: RefCell<HashMap<String, Rc<Style>>>,
    default_paragraph: Option<String>,
    defaults: RunProperties,
}

impl<'l> Styles<'l> {
    /// No styles.
    pub(super) fn none(theme: Theme, limits: &'l Limits) -> Self {
        Self {
            part: "",
            text: "",
            limits,
            theme,
            scope: Scope::default(),
            places: HashMap::new(),
            parsed: RefCell::default(),
            default_paragraph: None,
            defaults: RunProperties::default(),
        }
    }

    /// Reads `styles.xml`.
    pub(super) fn read(part: &'l str, text: &'l str, theme: Theme, limits: &'l Limits) -> Result<Self, InputError> {
        let mut styles = Self { part, text, ..Self::none(theme, limits) };
        let mut xml = Xml::new(part, text, limits);
        xml.root()?;
        styles.scope = xml.scope();
        while let Some(child) = xml.child()? {
            match (child.namespace, child.name()) {
                (Namespace::Word, b"style") => {
                    let [kind, default, id] = child.attributes([b"type", b"default", b"styleId"]);
                    if kind.as_deref() == Some("table") {
                        // None of the properties of table styles is looked at, and mostly there are many in a row.
                        let start = xml.first_attribute(&child);
                        xml.skip_flat()?;
                        if start.ends_with(b"type=\"table\"") {
                            xml.skip_alike(start);
                        }
                        continue;
                    }
                    let is_default =
                        kind.as_deref() == Some("paragraph") && matches!(default.as_deref(), Some("1" | "true" | "on"));
                    let id = id.unwrap_or_default();
                    if is_default {
                        styles.default_paragraph = Some(id.clone().into_owned());
                    }
                    styles.places.insert(id, xml.set_aside()?);
                }
                (Namespace::Word, b"docDefaults") => styles.read_defaults(&mut xml)?,
                _ => xml.skip_flat()?,
            }
        }
        xml.finish()?;
        Ok(styles)
    }

    fn read_defaults(&mut self, xml: &mut Xml) -> Result<(), InputError> {
        while let Some(child) = xml.child()? {
            if child.name() != b"rPrDefault" {
                xml.skip()?;
                continue;
            }
            while let Some(inner) = xml.child()? {
                if inner.name() == b"rPr" {
                    self.defaults = RunProperties::read(xml, &mut FontCache::new(self.theme))?;
                } else {
                    xml.skip()?;
                }
            }
        }
        Ok(())
    }

    fn style(&self, id: &str) -> Result<Option<Rc<Style>>, InputError> {
        if let Some(style) = self.parsed.borrow().get(id) {
            return Ok(Some(Rc::clone(style)));
        }
        let Some(place) = self.places.get(id) else { return Ok(None) };
        let mut xml = Xml::fragment(self.part, self.text, self.limits, &self.scope, place);
        let style = Rc::new(Style::read(&mut xml, &mut FontCache::new(self.theme))?);
        self.parsed.borrow_mut().insert(id.to_owned(), Rc::clone(&style));
        Ok(Some(style))
    }

    /// The style itself, then what it is based on.
    fn chain(&self, id: &str) -> Result<Vec<(String, Rc<Style>)>, InputError> {
        let mut chain = Vec::new();
        let mut next = Some(id.to_owned());
        while let Some(id) = next.take().filter(|_| chain.len() < CHAIN) {
            let Some(style) = self.style(&id)? else { break };
            next.clone_from(&style.based_on);
            chain.push((id, style));
        }
        Ok(chain)
    }

    /// What a paragraph style gives; without a name, the default style.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Result<ParagraphLook, InputError> {
        let known = id.filter(|id| self.places.contains_key(*id));
        let mut look = ParagraphLook::default();
        let Some(id) = known.or(self.default_paragraph.as_deref()) else {
            look.run = self.run(&Toggles::default(), None);
            look.outline = id.and_then(heading_level);
            return Ok(look);
        };
        let mut toggles = Toggles::default();
        let mut font = None;
        let mut outline = None;
        let mut centred = None;
        let mut page_break = None;
        for (id, style) in self.chain(id)? {
            let paragraph = &style.paragraph;
            if look.list.num.is_none() && paragraph.list.num.is_some() {
                look.list.num = paragraph.list.num;
                // A level that a nearer style states counts for more than the one that this style stands for.
                look.list_style = look.list.level.is_none().then_some(id);
            }
            look.list.level = look.list.level.or(paragraph.list.level);
            outline = outline.or(paragraph.outline).or_else(|| heading_level(&style.name));
            centred = centred.or(paragraph.centred);
            page_break = page_break.or(paragraph.page_break_before);
            toggles = toggles.with(style.run.toggles, Option::or);
            font = font.or(style.run.font);
        }
        look.outline = outline.filter(|&level| level < 9);
        look.centred = centred.unwrap_or_default();
        look.page_break_before = page_break.unwrap_or_default();
        look.run = self.run(&toggles, font);
        Ok(look)
    }

    fn run(&self, toggles: &Toggles<Option<bool>>, font: Option<Font>) -> RunLook {
        RunLook {
            toggles: toggles.with(self.defaults.toggles, |own, default| own.or(default).unwrap_or_default()),
            font: font.or(self.defaults.font).unwrap_or_default(),
        }
    }

    /// A run in a paragraph: the paragraph style's look, the character style's, the run's own properties.
    pub(super) fn run_in(&self, paragraph: RunLook, run: &RunProperties) -> Result<RunLook, InputError> {
        let mut look = paragraph;
        if let Some(id) = &run.style {
            let mut toggles = Toggles::<Option<bool>>::default();
            let mut font = None;
            for (_, style) in self.chain(id)? {
                toggles = toggles.with(style.run.toggles, Option::or);
                font = font.or(style.run.font);
            }
            // A property that both styles switch on is off: an emphasis within an emphasis.
            look.toggles = look.toggles.with(toggles, |below, own| below ^ own.unwrap_or_default());
            // Hidden text never comes to light that way.
            look.toggles.hidden = paragraph.toggles.hidden || toggles.hidden.unwrap_or_default();
            look.font = font.unwrap_or(look.font);
        }
        look.toggles = look.toggles.with(run.toggles, |below, own| own.unwrap_or(below));
        look.font = run.font.unwrap_or(look.font);
        Ok(look)
    }

    /// The list of a numbering style.
    pub(super) fn list_of(&self, style: &str) -> Result<Option<i64>, InputError> {
        Ok(self.chain(style)?.iter().find_map(|(_, style)| style.paragraph.list.num))
    }
}

impl Style {
    fn read(xml: &mut Xml, fonts: &mut FontCache) -> Result<Self, InputError> {
        let mut style = Self::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"name" => style.name = values::text(&child, b"val").unwrap_or_default(),
                b"basedOn" => style.based_on = values::text(&child, b"val"),
                b"pPr" => {
                    style.paragraph = ParagraphProperties::read(xml, fonts)?;
                    continue;
                }
                b"rPr" => {
                    style.run = RunProperties::read(xml, fonts)?;
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(style)
    }
}

/// The level of a built-in heading style, by its name (`heading 1`) or its usual id (`Heading1`).
fn heading_level(name: &str) -> Option<u8> {
    let rest = name.get(..7).filter(|start| start.eq_ignore_ascii_case("heading")).and(name.get(7..))?;
    match rest.trim_start().as_bytes() {
        [digit @ b'1'..=b'9'] => Some(digit - b'1'),
        _ => None,
    }
}
