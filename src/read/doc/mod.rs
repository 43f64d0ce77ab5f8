//! Word 97-2003 documents (DOC): an own bounded reader on the compound file.
//!
//! [`file`] holds the streams and the table that says where everything is, [`pieces`] which bytes are which characters,
//! [`pages`] which properties they have; [`walk`] goes through the text. The font of each run decides what its characters
//! are. As in the reader of DOCX, the text is what a person sees after all revisions are accepted, and headers, footers,
//! notes and comments follow the body as blocks of their own part.

mod file;
mod lists;
mod looks;
mod pages;
mod pieces;
mod sprm;
mod styles;
mod walk;

use crate::guard::Limits;
use crate::model::{Document, InputError, Part, Source};
use crate::read::bytes::Plc;
use crate::read::word::ordinal::NumberFormat;
use file::{File, Streams, Structure, SubDocument};
use std::ops::Range;
use walk::Walker;

/// Reads a Word 97-2003 document.
///
/// # Errors
/// [`InputError::Encrypted`] with a password, [`InputError::Unsupported`] from Word 95 and before, and when the compound
/// file or the structures that lead to its text are damaged or too large.
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let streams = Streams::open(bytes, limits)?;
    let file = File::new(&streams);
    let mut walker = Walker::new(file, pieces::read(file, limits)?, limits);
    body(&mut walker)?;
    if walker.swallowed() {
        walker.leniently();
        body(&mut walker)?;
    }
    notes(&mut walker)?;
    furniture(&mut walker)?;
    for range in stories(file, Structure::Comments, SubDocument::Comments) {
        walker.apart(Part::Comment, range)?;
    }
    let encoding = walker.encoding();
    Ok(walker.story.finish(source, encoding))
}

fn body(walker: &mut Walker) -> Result<(), InputError> {
    walker.walk(walker.file.range(SubDocument::Body))?;
    walker.story.end_tables();
    walker.other_boxes()
}

/// The stories of a sub-document; what follows the last one is not text.
fn stories(file: File, table: Structure, part: SubDocument) -> Vec<Range<u32>> {
    let all = file.range(part);
    let table = Plc::new(file.structure(table), 0);
    let place = |index| table.position(index).map(|at| all.start.saturating_add(at).min(all.end));
    (0..table.len().saturating_sub(1)).filter_map(|index| Some(place(index)?..place(index + 1)?)).collect()
}

/// Footnotes, then endnotes, numbered as in the text.
fn notes(walker: &mut Walker) -> Result<(), InputError> {
    let file = walker.file;
    for (refs, texts, part, format) in [
        (Structure::NoteRefs, Structure::Notes, SubDocument::Footnotes, NumberFormat::Decimal),
        (Structure::EndnoteRefs, Structure::Endnotes, SubDocument::Endnotes, NumberFormat::LowerRoman),
    ] {
        let refs = file.plc(refs, 2);
        let mut number = 0;
        for (index, range) in stories(file, texts, part).into_iter().enumerate() {
            let own_mark = refs.entry(index).and_then(|entry| entry.u16(0)) == Some(0);
            number += i64::from(!own_mark);
            let first = walker.story.blocks.len();
            walker.apart(Part::Note, range)?;
            if let Some(block) = walker.story.blocks.get_mut(first).filter(|_| !own_mark) {
                block.label.get_or_insert_with(|| format.write(number));
            }
        }
    }
    Ok(())
}

/// Stories in front of the headers: separators of footnotes and endnotes.
const SEPARATORS: usize = 6;

/// Headers and footers, each once; first, even and other pages often carry the same lines.
fn furniture(walker: &mut Walker) -> Result<(), InputError> {
    let mut shown: Vec<Vec<String>> = Vec::new();
    let file = walker.file;
    let boxes = stories_of_boxes(file).into_iter().map(|range| (Part::Header, range));
    let pages = stories(file, Structure::Headers, SubDocument::Headers).into_iter().enumerate().skip(SEPARATORS);
    let pages = pages.map(|(index, range)| {
        let is_header = matches!((index - SEPARATORS) % 6, 0 | 1 | 4);
        (if is_header { Part::Header } else { Part::Footer }, range)
    });
    for (part, range) in pages.chain(boxes).collect::<Vec<_>>() {
        let first = walker.story.blocks.len();
        walker.apart(part, range)?;
        let texts: Vec<String> = walker.story.blocks.iter().skip(first).map(|block| block.text.clone()).collect();
        if texts.is_empty() || shown.contains(&texts) {
            walker.story.blocks.truncate(first);
        } else {
            shown.push(texts);
        }
    }
    Ok(())
}

/// Text boxes of headers.
fn stories_of_boxes(file: File) -> Vec<Range<u32>> {
    let all = file.range(SubDocument::HeaderBoxes);
    let table = file.plc(Structure::HeaderBoxes, 22);
    let place = |index| table.position(index).map(|at| all.start.saturating_add(at).min(all.end));
    (0..table.len())
        .filter_map(|index| Some(place(index)?..place(index + 1)?))
        .filter(|range| range.start < range.end)
        .collect()
}
