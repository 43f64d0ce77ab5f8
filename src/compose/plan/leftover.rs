//! Tables and annexes of a directive, as pieces of which a plan takes something up or nothing.

use super::Parent;
use super::text::{length, one_line};
use crate::model::{Block, Span};
use crate::structure::Zone;

/// A table, or the running text of an annex.
#[derive(Debug, Clone)]
pub struct Piece {
    /// A table.
    pub is_table: bool,
    /// What stands above it, or its first words.
    pub title: String,
    /// Its first words.
    pub span: Span,
    /// Its blocks.
    pub blocks: Vec<u32>,
}

/// Text of an annex up to this many characters is the heading of what follows.
const HEADING: usize = 400;

/// The pieces in reading order. Layout tables of head and foot are none.
pub fn pieces(parent: &Parent) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut table = None;
    // Lines since the last table: the nearest ones are the title of the next.
    let mut lines: Vec<&Block> = Vec::new();
    for block in &parent.document.blocks {
        let zone = parent.structure.zones.get(block.id as usize).copied().unwrap_or(Zone::Body);
        if !matches!(zone, Zone::Body | Zone::Annex) {
            continue;
        }
        match block.cell {
            Some(cell) if table == Some(cell.table) => {
                if let Some(piece) = out.last_mut() {
                    piece.blocks.push(block.id);
                }
            }
            Some(cell) => {
                text_of_annex(parent, &mut lines, &mut out);
                let title = lines.iter().rev().find(|line| is_title(&line.text)).or(lines.last()).map(|b| &b.text);
                let title = one_line(title.unwrap_or(&block.text));
                out.push(Piece { is_table: true, title, span: whole(block), blocks: vec![block.id] });
                lines.clear();
                table = Some(cell.table);
            }
            None => lines.push(block),
        }
    }
    text_of_annex(parent, &mut lines, &mut out);
    out.retain(|piece| !piece.title.is_empty());
    out
}

/// Lines of an annex that are more than a heading become a piece.
fn text_of_annex(parent: &Parent, lines: &mut Vec<&Block>, out: &mut Vec<Piece>) {
    let annexed = |block: &&&Block| parent.structure.zones.get(block.id as usize) == Some(&Zone::Annex);
    let text: Vec<&Block> = lines.iter().filter(annexed).copied().collect();
    if text.iter().map(|block| block.text.chars().count()).sum::<usize>() <= HEADING {
        return;
    }
    if let Some(first) = text.first() {
        let title = text.iter().take(3).map(|block| one_line(&block.text)).collect::<Vec<_>>().join(" - ");
        let blocks = text.iter().map(|block| block.id).collect();
        out.push(Piece { is_table: false, title, span: whole(first), blocks });
        lines.clear();
    }
}

/// A line in capitals, not the one that says which document it belongs to.
pub fn is_title(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !text.chars().any(char::is_lowercase)
}

fn whole(block: &Block) -> Span {
    Span { block: block.id, start: 0, end: length(&block.text) }
}
