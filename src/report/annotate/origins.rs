//! From a span to bytes of a part.

use super::{Coordinates, Note};
use crate::guard::Limits;
use crate::model::{Block, InputError, Part, Span};
use crate::read;
use crate::read::docx::{Place, SourceMap};
use crate::structure::{self, Stretch};

/// A document with the origin of every character of its blocks.
#[derive(Debug)]
pub struct Origins {
    /// The blocks that spans refer to.
    pub blocks: Vec<Block>,
    /// Names of the parts; the first is the main part.
    pub parts: Vec<String>,
    sources: SourceMap,
    stretches: Vec<Vec<Stretch>>,
}

/// Bytes of a part, between the first and the last character of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Index of the part.
    pub part: usize,
    /// Place of the first character.
    pub first: Place,
    /// Place of the last character.
    pub last: Place,
    /// The words are empty: the place is before `first`, or behind it.
    pub point: Option<Side>,
}

/// A side of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Before,
    /// Behind it.
    Behind,
}

impl Origins {
    /// Reads a Word document anew, keeping places.
    pub fn of(bytes: &[u8], coordinates: Coordinates, limits: &Limits) -> Result<Self, InputError> {
        let (document, sources) = read::document_with_sources(bytes, limits)?;
        let parts = sources.parts.clone();
        let (document, stretches) = match coordinates {
            Coordinates::Settled => structure::settled(document),
            Coordinates::AsRead => {
                let whole = |from| vec![Stretch { start: 0, from, at: 0 }];
                let stretches = document.blocks.iter().map(|block| whole(block.id)).collect();
                (document, stretches)
            }
        };
        Ok(Self { blocks: document.blocks, parts, sources, stretches })
    }

    /// A document whose blocks all stand in one part, as they are.
    pub fn plain(blocks: Vec<Block>, sources: SourceMap) -> Self {
        let stretches = blocks.iter().map(|block| vec![Stretch { start: 0, from: block.id, at: 0 }]).collect();
        Self { parts: sources.parts.clone(), blocks, sources, stretches }
    }

    /// The words of a note; `None` when they do not stand there, or when they have no place of their own.
    pub fn words(&self, note: &Note) -> Option<Words> {
        let span = note.span?;
        let block = self.blocks.get(span.block as usize)?;
        if block.slice(span)? != note.quotation {
            return None;
        }
        self.of_span(span)
    }

    /// Where the characters of a span come from.
    pub fn of_span(&self, span: Span) -> Option<Words> {
        if span.start < span.end {
            let (part, first) = self.first_of(span.block, span.start..span.end)?;
            let (end_part, last) = self.first_of(span.block, (span.start..span.end).rev())?;
            return (part == end_part && first.start <= last.start).then_some(Words { part, first, last, point: None });
        }
        let point = |(part, place), side| Words { part, first: place, last: place, point: Some(side) };
        match self.character(span.block, span.start) {
            Some(found) => Some(point(found, Side::Before)),
            None => {
                let before = span.start.checked_sub(1)?;
                Some(point(self.character(span.block, before)?, Side::Behind))
            }
        }
    }

    fn first_of(&self, block: u32, characters: impl IntoIterator<Item = u32>) -> Option<(usize, Place)> {
        characters.into_iter().find_map(|at| self.character(block, at))
    }

    /// Where a character comes from; `None` for the blank that joins two paragraphs.
    fn character(&self, block: u32, at: u32) -> Option<(usize, Place)> {
        let stretches = self.stretches.get(block as usize)?;
        let stretch = stretches.iter().rev().find(|stretch| stretch.start <= at)?;
        let source = self.sources.blocks.get(stretch.from as usize)?;
        let place = source.places.get((at - stretch.start + stretch.at) as usize)?;
        Some((source.part, *place))
    }

    /// The part and the start tags of the paragraphs that a block was made of.
    pub fn homes(&self, block: u32) -> Vec<(usize, Place)> {
        let stretches = self.stretches.get(block as usize).map(Vec::as_slice).unwrap_or_default();
        let sources = stretches.iter().filter_map(|stretch| self.sources.blocks.get(stretch.from as usize));
        let mut homes: Vec<(usize, Place)> =
            sources.filter(|source| source.home.end > 0).map(|source| (source.part, source.home)).collect();
        homes.dedup();
        homes
    }

    /// The first character of the body: where notes on the whole document hang.
    pub fn beginning(&self) -> Option<Words> {
        let bodies = self.blocks.iter().filter(|block| block.part == Part::Body && !block.text.is_empty());
        bodies
            .filter_map(|block| self.of_span(Span { block: block.id, start: 0, end: 0 }))
            .find(|words| words.part == 0)
    }
}
