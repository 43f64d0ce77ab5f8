//! Where the characters of a Word document come from: the way back from a block's text to the bytes of its part, for
//! comments and corrections at the exact words.
//!
//! Places are kept while the text is read, through decoding, composition and tidying; they are never searched for.

use crate::language::composed::{Attached, composed};
use crate::language::legacy::{self, Legacy};
use crate::model::Block;
use crate::read::clean::clean;
use crate::read::text::emphasis;
use std::ops::Range;

/// Bytes of a part's decoded XML (without byte-order mark) that stand for one character of a block: its own letters or
/// reference within a text, or the start tag of the element that is shown as this character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    pub(in crate::read) fn of(range: Range<usize>) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: narrow(range.start), end: narrow(range.end) }
    }

    /// The places of a piece's characters. A piece that is shorter than its place is one character, written as a
    /// reference.
    pub(in crate::read) fn each(piece: &str, place: Range<usize>) -> impl Iterator<Item = Self> {
        let is_plain = piece.len() == place.len();
        piece.char_indices().map(move |(at, c)| {
            let start = place.start + at;
            Self::of(if is_plain { start..start + c.len_utf8() } else { place.clone() })
        })
    }
}

impl Attached for Place {
    fn joined(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where a block comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockSource {
    /// Index in [`SourceMap::parts`].
    pub part: usize,
    /// The start tag of the block's (first) paragraph; empty where the block has none.
    pub home: Place,
    /// One place for each character of the block's text.
    pub places: Vec<Place>,
}

impl BlockSource {
    pub(in crate::read) fn new(home: Option<Place>, places: Vec<Place>) -> Self {
        Self { part: 0, home: home.unwrap_or(Place { start: 0, end: 0 }), places }
    }
}

/// Where the blocks of a document come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceMap {
    /// Names of the parts that were read; the first is the main part.
    pub parts: Vec<String>,
    /// One entry for each block of the document as it was read.
    pub blocks: Vec<BlockSource>,
}

impl SourceMap {
    /// What is added from now on stands in this part.
    pub(in crate::read) fn enter(&mut self, part: &str) {
        self.parts.push(part.to_owned());
    }

    /// Adds an entry and returns its number.
    pub(in crate::read) fn add(&mut self, source: BlockSource) -> u32 {
        let number = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        self.blocks.push(BlockSource { part: self.parts.len().saturating_sub(1), ..source });
        number
    }

    /// Puts the entries in the order of the blocks, whose ids are still the numbers of their entries.
    pub(in crate::read) fn in_order_of(&mut self, blocks: &[Block]) {
        let empty = || BlockSource::new(None, Vec::new());
        let taken =
            |id: u32| self.blocks.get_mut(id as usize).map_or_else(empty, |slot| std::mem::replace(slot, empty()));
        self.blocks = blocks.iter().map(|block| block.id).map(taken).collect();
    }
}

/// Places of the characters of `text.to_uppercase()`.
pub(in crate::read) fn uppercase(text: &str, places: &[Place]) -> impl Iterator<Item = Place> {
    text.chars().zip(places).flat_map(|(c, place)| c.to_uppercase().map(|_| *place))
}

/// Places of the characters of the decoded text.
pub(in crate::read) fn decoded(text: &str, encoding: Legacy, places: &[Place]) -> Vec<Place> {
    let chars: Vec<(char, Place)> = text.chars().zip(places.iter().copied()).collect();
    legacy::decode_attached(&chars, encoding).into_iter().map(|(_, place)| place).collect()
}

/// What `Line::finished` makes of a text, with places: clean, NFC, trimmed, without double blanks and marks of emphasis.
pub(in crate::read) fn finished(text: &str, places: &[Place]) -> (String, Vec<Place>) {
    let seen: Vec<(char, Place)> =
        text.chars().zip(places).filter_map(|(c, place)| clean(c).map(|c| (c, *place))).collect();
    let composed = composed(&seen);
    let is_blank = |(c, _): &(char, Place)| matches!(c, ' ' | '\t' | '\n');
    let start = composed.iter().position(|c| !is_blank(c)).unwrap_or(composed.len());
    let end = composed.iter().rposition(|c| !is_blank(c)).map_or(start, |at| at + 1);
    let single = without_double_blanks(composed.get(start..end).unwrap_or_default());
    let chars: Vec<char> = single.iter().map(|(c, _)| *c).collect();
    let (marks, _) = emphasis::marks(&chars);
    single.into_iter().zip(marks).filter(|(_, is_mark)| !is_mark).map(|(kept, _)| kept).unzip()
}

fn without_double_blanks(chars: &[(char, Place)]) -> Vec<(char, Place)> {
    let mut out = Vec::with_capacity(chars.len());
    for group in chars.chunk_by(|(a, _), (b, _)| *a == ' ' && *b == ' ') {
        match group {
            [(' ', first), (_, second)] => out.push((' ', first.joined(*second))),
            group => out.extend_from_slice(group),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::line::Line;
    use super::*;
    use proptest::prelude::*;

    fn numbered(text: &str) -> Vec<Place> {
        Place::each(text, 0..text.len()).collect()
    }

    #[test]
    fn a_reference_is_one_character() {
        assert_eq!(Place::each("&", 7..12).collect::<Vec<_>>(), [Place { start: 7, end: 12 }]);
    }

    #[test]
    fn legacy_letters_keep_both_of_their_characters() {
        let text = "Hoäi Lieân";
        let places = decoded(text, Legacy::Vni, &numbered(text));
        assert_eq!(legacy::decode(text, Legacy::Vni).unwrap().chars().count(), places.len());
        assert_eq!(places[1], Place { start: 1, end: 4 });
    }

    proptest! {
        #[test]
        fn the_text_is_the_same_with_and_without_places(text in "[a-c ôạ\u{323}\u{302}\u{AD}\u{A0}\t\n*_\\\\(]{0,30}|\\PC{0,30}") {
            let (found, places) = finished(&text, &numbered(&text));
            prop_assert_eq!(found.chars().count(), places.len());
            prop_assert_eq!(found, Line::finished(text));
        }

        #[test]
        fn legacy_text_is_the_same_with_and_without_places(text in "[a-yA-Y ®ôëäâïùöÖñ\u{AD}]{0,30}") {
            for encoding in Legacy::ALL {
                let chars: Vec<(char, Place)> = text.chars().zip(numbered(&text)).collect();
                let found: String = legacy::decode_attached(&chars, encoding).into_iter().map(|(c, _)| c).collect();
                prop_assert_eq!(found, legacy::transcode(&text, encoding));
            }
        }
    }
}
