//! Word documents (DOCX): an own bounded streaming reader.
//!
//! [`walk`] goes through a part, [`table`] keeps the places of cells; what a paragraph inherits comes from [`styles`], the
//! definitions of its list from [`numbering`]. The text is what a person sees after all revisions are accepted. Headers,
//! footers, notes and comments follow the body as blocks of their own part.

pub mod layout;
mod numbering;
mod properties;
pub(in crate::read) mod relations;
mod styles;
mod table;
mod theme;
mod values;
mod walk;

use crate::guard::Limits;
use crate::guard::package::Package;
use crate::guard::xml::{self, Namespace, Xml};
use crate::model::{Block, Document, Finding, InputError, Part, Severity, Source};
use crate::read::gaps::{self, Gaps};
use crate::read::word::lists::Numbering;
use crate::read::word::ordinal::NumberFormat;
pub use crate::read::word::origin::{BlockSource, Place, SourceMap};
use relations::Relations;
use styles::Styles;
use theme::Theme;
use walk::{Definitions, NoteRef, Walker};

/// Reads a Word document.
///
/// # Errors
/// When the package or one of the parts that hold text is damaged, unsafe or too large, or when it is not a Word
/// document.
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    read_tracking(source, bytes, limits, false).map(|(document, _)| document)
}

/// Reads a Word document and keeps where every character comes from.
///
/// # Errors
/// See [`read`].
pub fn read_with_sources(source: Source, bytes: &[u8], limits: &Limits) -> Result<(Document, SourceMap), InputError> {
    read_tracking(source, bytes, limits, true)
}

fn read_tracking(
    source: Source,
    bytes: &[u8],
    limits: &Limits,
    is_tracking: bool,
) -> Result<(Document, SourceMap), InputError> {
    let package = Package::open(bytes, limits)?;
    let parts = Parts::open(&package, limits)?;
    let styles = parts.bytes("styles")?;
    let text = styles.as_ref().map(|(name, bytes)| Ok((name.as_str(), xml::decode(name, bytes)?))).transpose()?;
    let with_theme = |theme| {
        let styles = match &text {
            Some((name, text)) => Styles::read(name, text, theme, limits)?,
            None => Styles::none(theme, limits),
        };
        let mut numbering = parts.part("numbering", Numbering::read)?.unwrap_or_default();
        numbering.link(|style| styles.list_of(style))?;
        parts.read(&Definitions { styles: &styles, numbering: &numbering, limits }, is_tracking)
    };
    let mut found = with_theme(Theme::default())?;
    // Hardly any theme has fonts older than Unicode; one that has shows in the letters. It is no text itself: without it,
    // its fonts are ordinary ones.
    if found.is_suspect
        && let Ok(Some(theme)) = parts.part("theme", Theme::read)
        && theme != Theme::default()
    {
        found = with_theme(theme)?;
    }
    let Found { blocks, gaps, sources, .. } = found;
    let mut document = Document { source, blocks, notices: Vec::new() };
    gaps::settle(&mut document, "utf-8", &gaps);
    document.notices.extend(macros(&package));
    for (id, block) in (0..).zip(&mut document.blocks) {
        block.id = id;
    }
    Ok((document, sources))
}

/// What was read of one document.
struct Found {
    blocks: Vec<Block>,
    gaps: Gaps,
    sources: SourceMap,
    /// Some letters are not those of Vietnamese.
    is_suspect: bool,
}

/// The parts of one document.
struct Parts<'p> {
    package: &'p Package<'p>,
    limits: &'p Limits,
    main: String,
    relations: Relations,
}

impl<'p> Parts<'p> {
    fn open(package: &'p Package<'p>, limits: &'p Limits) -> Result<Self, InputError> {
        let main = main_part(package, limits)?;
        let relations = Relations::of(package, &main, limits)?;
        Ok(Self { package, limits, main, relations })
    }

    /// Name of the part of a kind: by relationship, or by its usual name where relationships are missing.
    fn name_of(&self, kind: &str) -> Option<String> {
        if let Some(target) = self.relations.target(kind) {
            return Some(target.to_owned()).filter(|name| self.package.contains(name));
        }
        let folder = self.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        Some(format!("{folder}{kind}.xml")).filter(|name| self.package.contains(name))
    }

    /// Name and bytes of an optional part.
    fn bytes(&self, kind: &str) -> Result<Option<(String, Vec<u8>)>, InputError> {
        let Some(name) = self.name_of(kind) else { return Ok(None) };
        let bytes = self.package.read(&name)?;
        Ok(Some((name, bytes)))
    }

    /// Reads an optional part.
    fn part<T>(
        &self,
        kind: &str,
        read: impl FnOnce(&mut Xml) -> Result<T, InputError>,
    ) -> Result<Option<T>, InputError> {
        self.name_of(kind).map(|name| self.with_part(&name, read)).transpose()
    }

    fn with_part<T>(&self, name: &str, read: impl FnOnce(&mut Xml) -> Result<T, InputError>) -> Result<T, InputError> {
        let bytes = self.package.read(name)?;
        let text = xml::decode(name, &bytes)?;
        read(&mut Xml::new(name, &text, self.limits))
    }

    fn read(&self, definitions: &Definitions, is_tracking: bool) -> Result<Found, InputError> {
        let mut walker = Walker::new(definitions).tracking(is_tracking);
        self.body(&mut walker)?;
        if walker.swallowed() {
            walker = Walker::new(definitions).tracking(is_tracking).leniently();
            self.body(&mut walker)?;
        }
        self.notes(&mut walker)?;
        self.furniture(&mut walker)?;
        if let Some(name) = self.name_of("comments") {
            walker.part = Part::Comment;
            self.entries(&name, &mut walker, b"comment", |walker, xml, _| walker.story(xml))?;
        }
        let mut sources = walker.sources.unwrap_or_default();
        sources.in_order_of(&walker.blocks);
        Ok(Found { blocks: walker.blocks, gaps: walker.gaps, sources, is_suspect: walker.is_suspect })
    }

    fn body(&self, walker: &mut Walker) -> Result<(), InputError> {
        walker.enter(&self.main);
        self.with_part(&self.main, |xml| {
            let root = xml.root()?;
            match (root.namespace, root.name()) {
                (Namespace::Word, b"document") => {}
                (_, b"workbook" | b"presentation") => {
                    return Err(InputError::Unsupported { found: "a workbook or presentation" });
                }
                _ => return Err(xml.malformed("it is no Word document")),
            }
            while let Some(child) = xml.child()? {
                if child.namespace == Namespace::Word && child.name() == b"body" {
                    walker.story(xml)?;
                } else {
                    xml.skip()?;
                }
            }
            xml.finish()
        })
    }

    /// Walks the entries of a part of notes or comments.
    fn entries(
        &self,
        name: &str,
        walker: &mut Walker,
        element: &[u8],
        mut read: impl FnMut(&mut Walker, &mut Xml, Option<i64>) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        walker.enter(name);
        self.with_part(name, |xml| {
            xml.root()?;
            while let Some(child) = xml.child()? {
                if child.namespace == Namespace::Word && child.name() == element {
                    read(walker, xml, values::integer(&child, b"id"))?;
                } else {
                    xml.skip()?;
                }
            }
            xml.finish()
        })
    }

    /// Footnotes, then endnotes, in the order in which the text refers to them; others are not shown in Word either.
    fn notes(&self, walker: &mut Walker) -> Result<(), InputError> {
        for is_endnote in [false, true] {
            let (kind, element, format) = if is_endnote {
                ("endnotes", &b"endnote"[..], NumberFormat::LowerRoman)
            } else {
                ("footnotes", &b"footnote"[..], NumberFormat::Decimal)
            };
            let wanted: Vec<NoteRef> =
                walker.notes.iter().filter(|note| note.is_endnote == is_endnote).copied().collect();
            let Some(name) = self.name_of(kind).filter(|_| !wanted.is_empty()) else { continue };
            let body = std::mem::take(&mut walker.blocks);
            walker.part = Part::Note;
            let mut found: std::collections::HashMap<i64, Vec<Block>> = std::collections::HashMap::new();
            self.entries(&name, walker, element, |walker, xml, id| {
                walker.story(xml)?;
                let blocks = std::mem::take(&mut walker.blocks);
                if let Some(id) = id {
                    found.entry(id).or_insert(blocks);
                }
                Ok(())
            })?;
            walker.blocks = body;
            let mut number = 0;
            for note in wanted {
                number += i64::from(!note.own_mark);
                let Some(mut blocks) = found.remove(&note.id) else { continue };
                if let Some(first) = blocks.first_mut().filter(|_| !note.own_mark) {
                    first.label.get_or_insert_with(|| format.write(number));
                }
                walker.blocks.append(&mut blocks);
            }
        }
        Ok(())
    }

    /// Headers and footers, each once, in the order in which sections name them.
    fn furniture(&self, walker: &mut Walker) -> Result<(), InputError> {
        let mut seen: Vec<String> = Vec::new();
        let mut shown: Vec<Vec<String>> = Vec::new();
        for (is_header, id) in std::mem::take(&mut walker.furniture) {
            let Some(name) = self.relations.by_id(&id).filter(|name| self.package.contains(name)) else { continue };
            if seen.iter().any(|other| other == name) {
                continue;
            }
            seen.push(name.to_owned());
            walker.part = if is_header { Part::Header } else { Part::Footer };
            let start = walker.blocks.len();
            walker.enter(name);
            self.with_part(name, |xml| {
                xml.root()?;
                walker.story(xml)?;
                xml.finish()
            })?;
            // First, even and other pages often carry the same lines.
            let texts: Vec<String> = walker.blocks.iter().skip(start).map(|block| block.text.clone()).collect();
            if shown.contains(&texts) {
                walker.blocks.truncate(start);
            } else {
                shown.push(texts);
            }
        }
        Ok(())
    }
}

/// The main part: by relationship, by content type, by its usual name.
fn main_part(package: &Package, limits: &Limits) -> Result<String, InputError> {
    if let Some(target) = Relations::of(package, "", limits)?.target("officeDocument") {
        return if package.contains(target) {
            Ok(target.to_owned())
        } else {
            Err(InputError::MissingPart { part: target.to_owned() })
        };
    }
    if package.contains("word/document.xml") {
        return Ok("word/document.xml".to_owned());
    }
    if package.contains("mimetype") {
        return Err(InputError::Unsupported { found: "an OpenDocument or e-book file" });
    }
    if package.contains("[Content_Types].xml") {
        return Err(InputError::MissingPart { part: "word/document.xml".to_owned() });
    }
    Err(InputError::Unsupported { found: "an archive without a document" })
}

/// Macros are never run; that there are some is worth knowing.
fn macros(package: &Package) -> Option<Finding> {
    let has_macros = package.names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"));
    has_macros.then(|| Finding::new("IN105", Severity::Warning, None))
}
