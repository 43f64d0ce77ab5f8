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
    for Move { from, at, block, start } in moves {
        if let Some(list) = stretches.get_mut(block as usize) {
            list.push(Stretch { start, from, at });
        }
    }
    (document, stretches)
}

/// Settles the blocks of a document; returns the kind of each block's label.
pub fn reflow(document: Document) -> (Document, Vec<Option<Kind>>) {
    let (document, kinds, _) = reflow_with_moves(document);
    (document, kinds)
}

/// Where characters of a block of the input went.
#[derive(Debug, Clone, Copy)]
struct Move {
    /// The block.
    from: u32,
    /// The first of the characters in it.
    at: u32,
    /// The new block.
    block: u32,
    /// The first of the characters there.
    start: u32,
}

/// In the order of the input.
fn reflow_with_moves(document: Document) -> (Document, Vec<Option<Kind>>, Vec<Move>) {
    let Document { source, blocks, mut notices } = document;
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut kinds: Vec<Option<Kind>> = Vec::with_capacity(blocks.len());
    let mut moves: Vec<Move> = Vec::with_capacity(blocks.len());
    for (from, block) in (0..).zip(blocks) {
        if let Some(previous) = out.last_mut()
            && continues(previous, &block)
        {
            moves.push(Move { from, at: 0, block: previous.id, start: count(&previous.text) + 1 });
            previous.text.push(' ');
            previous.text.push_str(&block.text);
            continue;
        }
        let mut add = |at: u32, part: Block| {
            let id = out.len() as u32;
            let (block, kind, shift) = labelled(part, id);
            moves.push(Move { from, at: at + shift, block: id, start: 0 });
            out.push(block);
            kinds.push(kind);
        };
        if memchr::memchr(b'\n', block.text.as_bytes()).is_none() {
            add(0, block);
        } else {
            entries(block).into_iter().for_each(|(at, part)| add(at, part));
        }
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

fn moved(span: Span, moves: &[Move]) -> Span {
    let first = moves.partition_point(|place| place.from < span.block);
    let end = moves.partition_point(|place| place.from <= span.block);
    let places = moves.get(first..end).unwrap_or_default();
    let place = places.iter().rev().find(|place| place.at <= span.start).or(places.first());
    place.map_or(span, |place| Span {
        block: place.block,
        start: span.start.saturating_sub(place.at) + place.start,
        end: span.end.saturating_sub(place.at) + place.start,
    })
}

/// A paragraph that was broken in the middle of a sentence (by a page, by a conversion): the first half is long and
/// open, the second begins with a small letter.
fn continues(previous: &Block, block: &Block) -> bool {
    const LONG: usize = 50;
    let plain = |b: &Block| b.kind != BlockKind::Heading && b.cell.is_none() && b.part == Part::Body;
    // What rules most out, and costs least, comes first.
    !previous.text.ends_with(['.', ';', ':', '!', '?', '…', '/', '”', '"'])
        && previous.text.len() > LONG
        && plain(previous)
        && plain(block)
        && block.label.is_none()
        && (block.text.starts_with(char::is_lowercase) || is_open(&previous.text))
        && label::split(&block.text).is_none()
        && previous.text.chars().count() > LONG
        && !capitals(&previous.text)
}

/// A bracket was opened and not closed, not long ago.
fn is_open(text: &str) -> bool {
    text.rfind('(').is_some_and(|at| text.len() - at < 200 && !text.get(at..).is_some_and(|tail| tail.contains(')')))
}

/// The entries of a block: one, unless line breaks stand before labels.
fn entries(block: Block) -> Vec<(u32, Block)> {
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
    let Some(found) = label::split(&block.text) else { return (block, None, 0) };
    let kind = found.kind;
    // The rest is the end of the text.
    let cut = block.text.len() - found.rest.len();
    let shift = block.text.get(..cut).map_or(0, count);
    block.label = Some(found.text.to_owned());
    block.text.drain(..cut);
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
