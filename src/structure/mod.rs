//! Structure of an administrative document: header, title, opening, outline, signature, recipients, repeated passages.

mod copies;
mod footer;
mod header;
mod issuer;
mod label;
mod line;
mod number;
mod opening;
mod outline;
mod recipients;
mod reflow;
mod title;

pub use reflow::{Stretch, settled};

use crate::model::{Block, Document, DocumentInfo, OutlineNode, Part};
use crate::pack::Pack;

/// The part of a document, as an office reads it, that a block belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// Quốc hiệu, issuing bodies, number and symbol, place and date.
    Header,
    /// Name of the type and trích yếu; `Kính gửi` too.
    Title,
    /// Căn cứ and the sentence that leads to the body.
    Opening,
    /// The running text.
    Body,
    /// Signature lines.
    Signature,
    /// Nơi nhận.
    Recipients,
    /// What follows the signature and belongs to the document: annexes, forms, an attached regulation.
    Annex,
    /// Page headers and footers, comments, stray field words.
    Furniture,
    /// A passage that stands further up in the same file already.
    Copy,
}

/// What structure adds to a document.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// The parts of form.
    pub info: DocumentInfo,
    /// Zone of each block, by block id.
    pub zones: Vec<Zone>,
    /// The block that governs each block, by block id: the nearest heading or list entry one level up
    /// (`- Cấp huyện:` governs the `+` entries below it).
    pub parents: Vec<Option<u32>>,
    /// Headings as a tree.
    pub outline: Vec<OutlineNode>,
    /// Repeated passages: (first block of the original, first block of the copy, number of blocks).
    pub copies: Vec<(u32, u32, u32)>,
}

/// Settles labels, kinds and sections of the blocks and finds the parts of form.
#[must_use]
pub fn analyse(document: Document, pack: &Pack) -> (Document, Structure) {
    let (mut document, kinds) = reflow::reflow(document);
    let words = &pack.lexicon.form;
    let blocks = &document.blocks;
    let mut info = DocumentInfo::default();
    let mut zones: Vec<Zone> = blocks.iter().map(zone_of_part).collect();
    let copies = copies::find(blocks);
    for (_, copy, count) in &copies {
        for block in *copy..copy + count {
            set_zone(&mut zones, block, Zone::Copy);
        }
    }
    let body = header::find(blocks, &kinds, &pack.lexicon, &mut info, &mut zones);
    if let Some(end) = footer::find(blocks, &kinds, body, words, &mut info, &mut zones) {
        for zone in zones.iter_mut().skip(end).filter(|zone| **zone == Zone::Body) {
            *zone = Zone::Annex;
        }
    }
    opening::settle(blocks, &kinds, body, words, &mut info, &mut zones);
    let outline = outline::settle(&mut document.blocks, &kinds, &zones, words);
    (document, Structure { info, zones, parents: outline.parents, outline: outline.tree, copies })
}

fn zone_of_part(block: &Block) -> Zone {
    match block.part {
        Part::Header | Part::Footer | Part::Comment => Zone::Furniture,
        Part::Body | Part::Note | Part::TextBox => Zone::Body,
    }
}

fn set_zone(zones: &mut [Zone], block: u32, zone: Zone) {
    if let Some(slot) = zones.get_mut(block as usize) {
        *slot = zone;
    }
}

#[cfg(test)]
mod tests;
