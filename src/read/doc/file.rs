//! The streams of a Word 97-2003 file and the table at its head that says where everything is (FIB).

use crate::guard::Limits;
use crate::model::InputError;
use crate::read::bytes::{Bytes, Plc};
use std::io::{Cursor, Read};

/// The streams, as they are.
#[derive(Debug)]
pub(super) struct Streams {
    pub main: Vec<u8>,
    pub table: Vec<u8>,
    pub data: Vec<u8>,
}

/// Stream that holds the text.
pub(super) const MAIN: &str = "WordDocument";

const ENCRYPTED: u16 = 1 << 8;
const SECOND_TABLE: u16 = 1 << 9;
const OBFUSCATED: u16 = 1 << 15;

impl Streams {
    /// Opens the compound file.
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, InputError> {
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes))
            .map_err(|error| InputError::Archive { reason: error.to_string() })?;
        let mut budget = limits.total_bytes;
        let mut stream = |name: &str| -> Result<Option<Vec<u8>>, InputError> {
            if !file.is_stream(name) {
                return Ok(None);
            }
            let stream = file.open_stream(name).map_err(|error| damaged(name, 0, error.to_string()))?;
            let limit = limits.part_bytes.min(budget);
            let mut content = Vec::new();
            stream
                .take(limit.saturating_add(1))
                .read_to_end(&mut content)
                .map_err(|error| damaged(name, content.len(), error.to_string()))?;
            if content.len() as u64 > limit {
                return Err(Limits::exceeded("bytes in one part", limit));
            }
            budget -= content.len() as u64;
            Ok(Some(content))
        };
        let main = stream(MAIN)?.ok_or_else(|| InputError::MissingPart { part: MAIN.to_owned() })?;
        let flags = flags(Bytes(&main))?;
        let (named, other) = if flags & SECOND_TABLE != 0 { ("1Table", "0Table") } else { ("0Table", "1Table") };
        let table = match stream(named)? {
            Some(table) => table,
            None => stream(other)?.ok_or_else(|| InputError::MissingPart { part: named.to_owned() })?,
        };
        let data = stream("Data")?.unwrap_or_default();
        Ok(Self { main, table, data })
    }
}

/// The flags of the head, after the checks that need no more than them.
fn flags(main: Bytes) -> Result<u16, InputError> {
    let short = || damaged(MAIN, main.len(), "it is cut off".to_owned());
    match main.u16(0).ok_or_else(short)? {
        0xA5EC => {}
        // Word 6 and 95, and their kin for East Asian languages
        0xA5DC | 0xA697..=0xA699 => {
            return Err(InputError::Unsupported { found: "a Word document of the form before 1997" });
        }
        _ => return Err(damaged(MAIN, 0, "it does not begin as a Word document does".to_owned())),
    }
    let flags = main.u16(10).ok_or_else(short)?;
    if flags & (ENCRYPTED | OBFUSCATED) != 0 {
        return Err(InputError::Encrypted);
    }
    // Word 6 and Word 95.
    if main.u16(2).ok_or_else(short)? < 0x00C0 {
        return Err(InputError::Unsupported { found: "a Word document of the form before 1997" });
    }
    Ok(flags)
}

pub(super) fn damaged(part: &str, offset: usize, reason: String) -> InputError {
    InputError::Malformed { part: part.to_owned(), offset: offset as u64, reason }
}

/// Structures of the table stream, by their number in the FIB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Structure {
    Styles = 1,
    NoteRefs = 2,
    Notes = 3,
    Comments = 5,
    Sections = 6,
    Headers = 11,
    RunPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    Shapes = 40,
    EndnoteRefs = 46,
    Endnotes = 47,
    TextBoxes = 56,
    HeaderBoxes = 58,
    Lists = 73,
    ListOverrides = 74,
}

/// The sub-documents, in the order of their character positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubDocument {
    Body,
    Footnotes,
    Headers,
    Comments,
    Endnotes,
    TextBoxes,
    HeaderBoxes,
}

/// Where everything is.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'s> {
    pub main: Bytes<'s>,
    pub table: Bytes<'s>,
    pub data: Bytes<'s>,
}

impl<'s> File<'s> {
    pub(super) fn new(streams: &'s Streams) -> Self {
        Self { main: Bytes(&streams.main), table: Bytes(&streams.table), data: Bytes(&streams.data) }
    }

    /// The document's language is Vietnamese (`lid` of the FIB, its primary part).
    pub(super) fn is_vietnamese(self) -> bool {
        self.main.u16(6).is_some_and(|language| language & 0x3FF == 0x2A)
    }

    /// A structure; empty when the file has none.
    pub(super) fn structure(self, structure: Structure) -> Bytes<'s> {
        let at = 154 + 8 * structure as usize;
        let found = self.main.size(at).zip(self.main.size(at + 4));
        found.and_then(|(at, len)| self.table.part(at, len)).unwrap_or(Bytes(&[]))
    }

    /// A structure and everything behind it: some go on beyond the length that the head names.
    pub(super) fn structure_on(self, structure: Structure) -> Bytes<'s> {
        let at = 154 + 8 * structure as usize;
        let known = self.main.size(at + 4).filter(|len| *len > 0);
        let start = known.and_then(|_| self.main.size(at));
        start.and_then(|at| self.table.from(at)).unwrap_or(Bytes(&[]))
    }

    pub(super) fn plc(self, structure: Structure, size: usize) -> Plc<'s> {
        Plc::new(self.structure(structure), size)
    }

    /// Character positions of a sub-document.
    pub(super) fn range(self, part: SubDocument) -> std::ops::Range<u32> {
        // Text, footnotes, headers, macros, comments, endnotes, text boxes.
        let length = |index: usize| self.main.u32(76 + 4 * index).filter(|len| *len < 0x7FFF_FFFF).unwrap_or_default();
        let index = match part {
            SubDocument::Body => 0,
            SubDocument::Footnotes => 1,
            SubDocument::Headers => 2,
            SubDocument::Comments => 4,
            SubDocument::Endnotes => 5,
            SubDocument::TextBoxes => 6,
            SubDocument::HeaderBoxes => 7,
        };
        let start = (0..index).fold(0_u32, |sum, at| sum.saturating_add(length(at)));
        start..start.saturating_add(length(index))
    }
}
