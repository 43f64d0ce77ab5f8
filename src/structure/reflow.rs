//! Paragraphs as they were meant: broken ones are joined, entries held together by line breaks are taken apart,
//! labels stand beside the text.

use super::label::{self, Kind, capitals};
use crate::model::{Block, BlockKind, Document, Part, Span};

/// A stretch of a settled block: from `start` on, its characters are those of block `from` of the document as it was
/// read, beginning at that block's character `at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First character in the settled block.
    pub start: u32,
    /// Block as it was read.
    pub from: u32,
    /// The first character in that block.
    pub at: u32,
}

/// Settles the blocks of a document and tells where each comes from, as stretches in the order of its text.
///
/// Whoever has a place in a document whose structure was analysed finds with it the place in the document as it was read.
#[must_use]
pub fn settled(document: Document) -> (Document, Vec<Vec<Stretch>>) {
    let (document, _, moves) = reflow_with_moves(document);
    let mut stretches: Vec<Vec<Stretch>> = vec![Vec::new(); document.blocks.len()];
    for (from, places) in (0..).zip(moves) {
        for (at, block, start) in places {
            if let Some(list) = stretches.get_mut(block as usize) {
                list.push(Stretch { start, from, at });
            }
        }
    }
    (document, stretches)
}

/// Settles the blocks of a document; returns the kind of each block's label.
pub fn reflow(document: Document) -> (Document, Vec<Option<Kind>>) {
    let (document, kinds, _) = reflow_with_moves(document);
    (document, kinds)
}

/// Per block of the input: where its characters went, as (first character, new block, first character there).
type Moves = Vec<Vec<(u32, u32, u32)>>;

fn reflow_with_moves(document: Document) -> (Document, Vec<Option<Kind>>, Moves) {
    let Document { source, blocks, mut notices } = document;
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut kinds: Vec<Option<Kind>> = Vec::with_capacity(blocks.len());
    let mut moves: Moves = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut places = Vec::with_capacity(1);
        if let Some(previous) = out.last_mut()
            && continues(previous, &block)
        {
            places.push((0, previous.id, count(&previous.text) + 1));
            previous.text.push(' ');
            previous.text.push_str(&block.text);
        } else {
            for (start, part) in entries(block) {
                let id = out.len() as u32;
                let (block, kind, shift) = labelled(part, id);
                places.push((start + shift, id, 0));
                out.push(block);
                kinds.push(kind);
            }
        }
        moves.push(places);
    }
    for notice in &mut notices {
        if let Some(span) = &mut notice.span {
            *span = moved(*span, &moves);
        }
        for span in &mut notice.related {
            *span = moved(*span, &moves);
        }
    }
    (Document { source, blocks: out, notices }, kinds, moves)
}

fn count(text: &str) -> u32 {
    text.chars().count() as u32
}

fn moved(span: Span, moves: &[Vec<(u32, u32, u32)>]) -> Span {
    let places = moves.get(span.block as usize).map(Vec::as_slice).unwrap_or_default();
    let place = places.iter().rev().find(|(from, _, _)| *from <= span.start).or(places.first());
    place.map_or(span, |(from, block, to)| Span {
        block: *block,
        start: span.start.saturating_sub(*from) + to,
        end: span.end.saturating_sub(*from) + to,
    })
}

/// A paragraph that was broken in the middle of a sentence (by a page, by a conversion): the first half is long and
/// open, the second begins with a small letter.
fn continues(previous: &Block, block: &Block) -> bool {
    const LONG: usize = 50;
    let plain = |b: &Block| b.kind != BlockKind::Heading && b.cell.is_none() && b.part == Part::Body;
    plain(previous)
        && plain(block)
        && block.label.is_none()
        && (block.text.starts_with(char::is_lowercase) || is_open(&previous.text))
        && label::split(&block.text).is_none()
        && !previous.text.ends_with(['.', ';', ':', '!', '?', '…', '/', '”', '"'])
        && previous.text.len() > LONG
        && previous.text.chars().count() > LONG
        && !capitals(&previous.text)
}

/// A bracket was opened and not closed, not long ago.
fn is_open(text: &str) -> bool {
    text.rfind('(').is_some_and(|at| text.len() - at < 200 && !text.get(at..).is_some_and(|tail| tail.contains(')')))
}

/// The entries of a block: one, unless line breaks stand before labels.
fn entries(block: Block) -> Vec<(u32, Block)> {
    if !block.text.contains('\n') {
        return vec![(0, block)];
    }
    let mut cuts = vec![0];
    for (at, _) in block.text.match_indices('\n') {
        if block.text.get(at + 1..).is_some_and(|line| label::split(line.split('\n').next().unwrap_or(line)).is_some())
        {
            cuts.push(at + 1);
        }
    }
    if cuts.len() == 1 {
        return vec![(0, block)];
    }
    let ends = cuts.iter().skip(1).copied().chain([block.text.len()]);
    let mut entries = Vec::with_capacity(cuts.len());
    let mut start = 0;
    for (from, to) in cuts.iter().zip(ends) {
        let text = block.text.get(*from..to).unwrap_or_default();
        let mut part = Block { text: text.trim_end().to_owned(), ..block.clone() };
        if *from > 0 {
            part.label = None;
            part.hints.list_level = None;
        }
        entries.push((start, part));
        start += count(text);
    }
    entries
}

/// Takes a typed label off; returns how many characters went with it.
fn labelled(mut block: Block, id: u32) -> (Block, Option<Kind>, u32) {
    block.id = id;
    if let Some(label) = &block.label {
        let kind = label::kind_of(label);
        return (block, Some(kind), 0);
    }
    let Some((kind, label, rest)) = label::split(&block.text).map(|l| (l.kind, l.text.to_owned(), l.rest.to_owned()))
    else {
        return (block, None, 0);
    };
    let shift = count(&block.text) - count(&rest);
    block.label = Some(label);
    block.text = rest;
    (block, Some(kind), shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Source};

    #[test]
    fn every_settled_character_is_found_again() {
        let texts = [
            "Căn cứ Kế hoạch số 12/KH-BTV ngày 5 tháng 3 năm 2025 của Ban Thường vụ về việc",
            "phát động thi đua trong các cấp Hội.",
            "Nội dung:\n1. Nội dung thứ nhất\n2. Nội dung thứ hai",
            "a) Tập thể",
        ];
        let blocks: Vec<Block> = (0..).zip(texts).map(|(id, text)| Block::paragraph(id, text)).collect();
        let source = Source { path: "x".into(), format: Format::Docx, sha256: String::new(), encoding: String::new() };
        let (document, stretches) = settled(Document { source, blocks: blocks.clone(), notices: Vec::new() });
        assert_eq!(document.blocks.len(), stretches.len());
        assert_eq!(document.blocks.len(), 5, "two joined, one taken apart");
        for (block, stretches) in document.blocks.iter().zip(&stretches) {
            for (at, c) in (0..).zip(block.text.chars()) {
                let stretch = stretches.iter().rev().find(|stretch| stretch.start <= at);
                // The blank that joins two halves belongs to neither.
                let Some(stretch) = stretch else { panic!("no place for {c:?} in {:?}", block.text) };
                let original =
                    blocks[stretch.from as usize].text.chars().nth((at - stretch.start + stretch.at) as usize);
                assert!(original == Some(c) || original.is_none() && c == ' ', "{c:?} in {:?}", block.text);
            }
        }
    }
}
