//! The look of a Word document as rules of form measure it: page, fonts, paragraphs. Read only when asked for, in a
//! pass of its own, so that reading text costs no more.

use super::{Parts, values};
use crate::guard::Limits;
use crate::guard::package::Package;
use crate::guard::xml::{self, Namespace, Xml};
use crate::language::fold::nfc;
use crate::model::InputError;
use std::collections::HashMap;

/// Longest chain of `w:basedOn` that is followed.
const CHAIN: usize = 12;
/// Paragraphs that are kept; rules need no more to know a paper.
const PARAGRAPHS: usize = 5_000;

/// A page, in twips (1/1440 inch).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Margins: top, bottom, left, right.
    pub margins: [u32; 4],
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// Left.
    #[default]
    Left,
    /// Centred.
    Centred,
    /// Right.
    Right,
    /// Justified.
    Justified,
}

/// A paragraph with text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// Its text, NFC, blanks joined.
    pub text: String,
    /// It stands in a table.
    pub in_table: bool,
    /// How it is set.
    pub setting: Setting,
    /// First-line indent in twips, negative for a hanging one.
    pub first_line: i64,
    /// Space before and after, in twips.
    pub before: i64,
    /// Space after.
    pub after: i64,
    /// Line spacing in 240ths of a line; `None` for exact spacing.
    pub line: Option<i64>,
    /// A rule is drawn below it, or it holds a drawing.
    pub rule: bool,
    /// All letters are bold.
    pub bold: bool,
    /// All letters are italic.
    pub italic: bool,
    /// Fonts with the number of letters in each.
    pub fonts: Vec<(String, usize)>,
    /// Sizes in half-points with the number of letters in each.
    pub sizes: Vec<(i64, usize)>,
}

impl Paragraph {
    /// The size of most letters, in half-points.
    #[must_use]
    pub fn size(&self) -> Option<i64> {
        self.sizes.iter().max_by_key(|(_, count)| *count).map(|(size, _)| *size)
    }
}

/// The look of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The first section's page.
    pub page: Option<Page>,
    /// Sections whose page is wider than high.
    pub landscape: bool,
    /// A page number stands in a header (`Some(true)`: centred), a footer (`Some(false)`), or nowhere.
    pub number_in_header: Option<bool>,
    /// The header's number is centred.
    pub number_centred: bool,
    /// The first page has a header of its own (`w:titlePg`).
    pub first_page_differs: bool,
    /// Paragraphs with text, in reading order.
    pub paragraphs: Vec<Paragraph>,
}

/// Reads the look of a Word document.
///
/// # Errors
/// When the package or its main part cannot be read.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Layout, InputError> {
    let package = Package::open(bytes, limits)?;
    let parts = Parts::open(&package, limits)?;
    let mut looks = Looks::default();
    parts.part("styles", |xml| looks.read(xml))?;
    let mut layout = Layout::default();
    let mut furniture: Vec<(bool, String)> = Vec::new();
    parts.with_part(&parts.main, |xml| {
        xml.root()?;
        let mut walker = Walker { looks: &looks, layout: &mut layout, furniture: &mut furniture, tables: 0 };
        walker.children(xml)
    })?;
    for (is_header, id) in furniture {
        let Some(name) = parts.relations.by_id(&id).filter(|name| package.contains(name)) else { continue };
        let data = package.read(name)?;
        let text = xml::decode(name, &data)?;
        let numbered =
            text.contains("PAGE") && !text.contains("NUMPAGES") || text.contains(" PAGE ") || text.contains(">PAGE");
        if numbered {
            layout.number_in_header = Some(layout.number_in_header.unwrap_or(false) || is_header);
            layout.number_centred |= text.contains("w:val=\"center\"");
        }
    }
    Ok(layout)
}

#[derive(Debug, Clone, Default)]
struct ParagraphLook {
    setting: Option<Setting>,
    first_line: Option<i64>,
    before: Option<i64>,
    after: Option<i64>,
    line: Option<i64>,
    exact: Option<bool>,
    rule: Option<bool>,
}

#[derive(Debug, Clone, Default)]
struct RunLook {
    bold: Option<bool>,
    italic: Option<bool>,
    size: Option<i64>,
    font: Option<String>,
}

impl ParagraphLook {
    fn or(self, other: &Self) -> Self {
        Self {
            setting: self.setting.or(other.setting),
            first_line: self.first_line.or(other.first_line),
            before: self.before.or(other.before),
            after: self.after.or(other.after),
            line: self.line.or(other.line),
            exact: self.exact.or(other.exact),
            rule: self.rule.or(other.rule),
        }
    }

    /// Reads the open `w:pPr`; returns the style's id.
    fn read(&mut self, xml: &mut Xml, run: &mut RunLook) -> Result<(Option<String>, Option<Section>), InputError> {
        let mut style = None;
        let mut section = None;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"pStyle" => style = values::text(&child, b"val"),
                b"jc" => {
                    self.setting = Some(match child.attribute(b"val").as_deref() {
                        Some("center") => Setting::Centred,
                        Some("right" | "end") => Setting::Right,
                        Some("both" | "distribute") => Setting::Justified,
                        _ => Setting::Left,
                    });
                }
                b"ind" => {
                    let hanging = values::integer(&child, b"hanging").map(|twips| -twips);
                    self.first_line = values::integer(&child, b"firstLine").or(hanging);
                }
                b"spacing" => {
                    self.before = values::integer(&child, b"before");
                    self.after = values::integer(&child, b"after");
                    self.line = values::integer(&child, b"line");
                    self.exact = child.attribute(b"lineRule").map(|rule| rule != "auto");
                }
                b"pBdr" => {
                    while let Some(side) = xml.child()? {
                        if side.name() == b"bottom" {
                            self.rule = Some(child_is_drawn(&side));
                        }
                        xml.skip()?;
                    }
                    continue;
                }
                b"rPr" => {
                    run.read(xml)?;
                    continue;
                }
                b"sectPr" => {
                    section = Some(Section::read(xml)?);
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok((style, section))
    }
}

fn child_is_drawn(side: &crate::guard::xml::Element) -> bool {
    !matches!(side.attribute(b"val").as_deref(), None | Some("nil" | "none"))
}

impl RunLook {
    fn or(self, other: &Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            size: self.size.or(other.size),
            font: self.font.or_else(|| other.font.clone()),
        }
    }

    /// Reads the open `w:rPr`; returns the character style's id.
    fn read(&mut self, xml: &mut Xml) -> Result<Option<String>, InputError> {
        let mut style = None;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"rStyle" => style = values::text(&child, b"val"),
                b"b" => self.bold = Some(values::on(&child)),
                b"i" => self.italic = Some(values::on(&child)),
                b"sz" => self.size = values::integer(&child, b"val"),
                b"rFonts" => {
                    self.font = values::text(&child, b"ascii").or_else(|| values::text(&child, b"hAnsi"));
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(style)
    }
}

#[derive(Debug, Clone, Default)]
struct StyleLook {
    based_on: Option<String>,
    paragraph: ParagraphLook,
    run: RunLook,
}

#[derive(Debug, Default)]
struct Looks {
    styles: HashMap<String, StyleLook>,
    default: Option<String>,
    paragraph: ParagraphLook,
    run: RunLook,
}

impl Looks {
    fn read(&mut self, xml: &mut Xml) -> Result<(), InputError> {
        xml.root()?;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"docDefaults" => {
                    while let Some(inner) = xml.child()? {
                        let is_run = inner.name() == b"rPrDefault";
                        while let Some(properties) = xml.child()? {
                            match (is_run, properties.name()) {
                                (true, b"rPr") => {
                                    self.run.read(xml)?;
                                }
                                (false, b"pPr") => {
                                    self.paragraph.read(xml, &mut RunLook::default())?;
                                }
                                _ => xml.skip()?,
                            }
                        }
                    }
                }
                b"style" => {
                    let id = values::text(&child, b"styleId").unwrap_or_default();
                    let is_default = matches!(child.attribute(b"default").as_deref(), Some("1" | "true"));
                    if is_default && child.attribute(b"type").as_deref() == Some("paragraph") {
                        self.default = Some(id.clone());
                    }
                    let style = Self::style(xml)?;
                    self.styles.insert(id, style);
                }
                _ => xml.skip()?,
            }
        }
        xml.finish()
    }

    fn style(xml: &mut Xml) -> Result<StyleLook, InputError> {
        let mut style = StyleLook::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"basedOn" => style.based_on = values::text(&child, b"val"),
                b"pPr" => {
                    style.paragraph.read(xml, &mut RunLook::default())?;
                    continue;
                }
                b"rPr" => {
                    style.run.read(xml)?;
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(style)
    }

    fn of(&self, id: Option<&str>) -> (ParagraphLook, RunLook) {
        let (mut paragraph, mut run) = (ParagraphLook::default(), RunLook::default());
        let mut next = id.map(str::to_owned).or_else(|| self.default.clone());
        let mut steps = 0;
        while let Some(style) = next.take().and_then(|id| self.styles.get(&id)).filter(|_| steps < CHAIN) {
            paragraph = paragraph.or(&style.paragraph);
            run = run.or(&style.run);
            next.clone_from(&style.based_on);
            steps += 1;
        }
        (paragraph.or(&self.paragraph), run.or(&self.run))
    }
}

#[derive(Debug, Clone, Default)]
struct Section {
    page: Page,
    first_page_differs: bool,
    furniture: Vec<(bool, String)>,
}

impl Section {
    fn read(xml: &mut Xml) -> Result<Self, InputError> {
        let mut section = Self::default();
        while let Some(child) = xml.child()? {
            let twips =
                |name: &[u8]| values::integer(&child, name).and_then(|value| u32::try_from(value).ok()).unwrap_or(0);
            match child.name() {
                b"pgSz" => (section.page.width, section.page.height) = (twips(b"w"), twips(b"h")),
                b"pgMar" => section.page.margins = [twips(b"top"), twips(b"bottom"), twips(b"left"), twips(b"right")],
                b"titlePg" => section.first_page_differs = values::on(&child),
                name @ (b"headerReference" | b"footerReference") => {
                    if let Some(id) = values::text(&child, b"id") {
                        section.furniture.push((name == b"headerReference", id));
                    }
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(section)
    }
}

struct Walker<'a> {
    looks: &'a Looks,
    layout: &'a mut Layout,
    furniture: &'a mut Vec<(bool, String)>,
    tables: u32,
}

impl Walker<'_> {
    fn children(&mut self, xml: &mut Xml) -> Result<(), InputError> {
        while let Some(child) = xml.child()? {
            if child.namespace != Namespace::Word {
                xml.skip()?;
                continue;
            }
            match child.name() {
                b"p" => self.paragraph(xml)?,
                b"tbl" => {
                    self.tables += 1;
                    self.children(xml)?;
                    self.tables -= 1;
                }
                b"body" | b"tr" | b"tc" | b"sdt" | b"sdtContent" | b"ins" | b"customXml" | b"smartTag" => {
                    self.children(xml)?
                }
                b"sectPr" => {
                    let section = Section::read(xml)?;
                    self.section(section);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn section(&mut self, section: Section) {
        self.layout.landscape |= section.page.width > section.page.height;
        if self.layout.page.is_none() {
            self.layout.first_page_differs = section.first_page_differs;
        }
        self.layout.page.get_or_insert(section.page);
        self.furniture.extend(section.furniture);
    }

    fn paragraph(&mut self, xml: &mut Xml) -> Result<(), InputError> {
        let mut own = ParagraphLook::default();
        let mut style = None;
        let mut found = Paragraph { in_table: self.tables > 0, bold: true, italic: true, ..Paragraph::default() };
        let mut letters = 0;
        let mut section = None;
        let mut base: Option<(ParagraphLook, RunLook)> = None;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"pPr" if child.namespace == Namespace::Word => {
                    (style, section) = own.read(xml, &mut RunLook::default())?;
                }
                b"r" => {
                    let look = base.get_or_insert_with(|| self.looks.of(style.as_deref()));
                    let run = look.1.clone();
                    letters += self.run(xml, &run, &mut found)?;
                }
                b"hyperlink" | b"ins" | b"smartTag" | b"sdt" | b"sdtContent" => {
                    let look = base.get_or_insert_with(|| self.looks.of(style.as_deref()));
                    let run = look.1.clone();
                    letters += self.runs(xml, &run, &mut found)?;
                }
                _ => xml.skip()?,
            }
        }
        if let Some(section) = section {
            self.section(section);
        }
        let (paragraph, _) = base.unwrap_or_else(|| self.looks.of(style.as_deref()));
        let look = own.or(&paragraph);
        found.rule |= look.rule.unwrap_or(false);
        let text = nfc(&found.text).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || letters == 0 {
            // A rule on a paragraph of its own belongs to the line above it.
            if found.rule
                && let Some(last) = self.layout.paragraphs.last_mut()
            {
                last.rule = true;
            }
            return Ok(());
        }
        found.text = text;
        found.setting = look.setting.unwrap_or_default();
        found.first_line = look.first_line.unwrap_or_default();
        found.before = look.before.unwrap_or_default();
        found.after = look.after.unwrap_or_default();
        found.line = if look.exact.unwrap_or(false) { None } else { Some(look.line.unwrap_or(240)) };
        if self.layout.paragraphs.len() < PARAGRAPHS {
            self.layout.paragraphs.push(found);
        }
        Ok(())
    }

    fn runs(&mut self, xml: &mut Xml, base: &RunLook, into: &mut Paragraph) -> Result<usize, InputError> {
        let mut letters = 0;
        while let Some(child) = xml.child()? {
            match child.name() {
                b"r" => letters += self.run(xml, base, into)?,
                b"hyperlink" | b"ins" | b"smartTag" | b"sdt" | b"sdtContent" => {
                    letters += self.runs(xml, base, into)?
                }
                _ => xml.skip()?,
            }
        }
        Ok(letters)
    }

    /// Reads a run; returns its letters.
    fn run(&mut self, xml: &mut Xml, base: &RunLook, into: &mut Paragraph) -> Result<usize, InputError> {
        let mut own = RunLook::default();
        let mut text = String::new();
        while let Some(child) = xml.child()? {
            match child.name() {
                b"rPr" => {
                    let style = own.read(xml)?;
                    if let Some(style) = style.and_then(|id| self.looks.styles.get(&id)) {
                        own = own.or(&style.run);
                    }
                    continue;
                }
                b"t" => {
                    xml.text(&mut text)?;
                    continue;
                }
                b"tab" | b"br" => text.push(' '),
                b"drawing" | b"pict" | b"object" | b"AlternateContent" => into.rule = true,
                _ => {}
            }
            xml.skip()?;
        }
        let look = own.or(base);
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        into.text.push_str(&text);
        if letters > 0 {
            into.bold &= look.bold.unwrap_or(false);
            into.italic &= look.italic.unwrap_or(false);
            let size = look.size.unwrap_or(20);
            match into.sizes.iter_mut().find(|(known, _)| *known == size) {
                Some(entry) => entry.1 += letters,
                None => into.sizes.push((size, letters)),
            }
            let font = look.font.unwrap_or_else(|| "Times New Roman".to_owned());
            match into.fonts.iter_mut().find(|(known, _)| *known == font) {
                Some(entry) => entry.1 += letters,
                None => into.fonts.push((font, letters)),
            }
        }
        Ok(letters)
    }
}
