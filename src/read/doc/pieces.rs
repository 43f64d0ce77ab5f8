//! The piece table: which bytes hold which characters, and what was changed since the last full save.

use super::file::{File, MAIN, Structure, damaged};
use crate::guard::Limits;
use crate::model::InputError;
use crate::read::bytes::{Bytes, Plc};

/// Consecutive characters that stand together in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'s> {
    /// First character position and one past the last.
    pub start: u32,
    pub end: u32,
    /// Offset of the first character in the main stream.
    pub offset: usize,
    /// One byte for a character instead of two.
    pub narrow: bool,
    /// Changes that hold for all of the piece.
    pub changes: Changes<'s>,
}

/// Properties that a fast save left at a piece.
#[derive(Debug, Clone, Copy)]
pub(super) enum Changes<'s> {
    None,
    /// Code and value of one property.
    One(u8, u8),
    Many(Bytes<'s>),
}

impl Piece<'_> {
    /// Bytes of one character.
    pub(super) fn width(&self) -> usize {
        if self.narrow { 1 } else { 2 }
    }

    /// Offset of a character in the main stream.
    pub(super) fn offset_of(&self, position: u32) -> usize {
        let chars = usize::try_from(position.saturating_sub(self.start)).unwrap_or(usize::MAX);
        self.offset.saturating_add(chars.saturating_mul(self.width()))
    }
}

/// Reads the piece table.
pub(super) fn read<'s>(file: File<'s>, limits: &Limits) -> Result<Vec<Piece<'s>>, InputError> {
    let clx = file.structure(Structure::Pieces);
    let cut = |at: usize| damaged("Clx", at, "its piece table is missing or cut off".to_owned());
    let mut changes: Vec<Bytes> = Vec::new();
    let mut at = 0;
    let table = loop {
        match clx.u8(at).ok_or_else(|| cut(at))? {
            1 => {
                let len = usize::from(clx.u16(at + 1).ok_or_else(|| cut(at))?);
                changes.push(clx.part(at + 3, len).ok_or_else(|| cut(at))?);
                at += 3 + len;
            }
            2 => {
                let len = clx.size(at + 1).ok_or_else(|| cut(at))?;
                break clx.part(at + 5, len).ok_or_else(|| cut(at))?;
            }
            _ => return Err(cut(at)),
        }
    };
    let table = Plc::new(table, 8);
    let mut pieces: Vec<Piece> = Vec::with_capacity(table.len());
    for index in 0..table.len() {
        let (Some(start), Some(end), Some(entry)) =
            (table.position(index), table.position(index + 1), table.entry(index))
        else {
            break;
        };
        if end < start || pieces.last().is_some_and(|last| last.end != start) {
            return Err(damaged("Clx", at, "its pieces do not follow one another".to_owned()));
        }
        if end as usize > limits.characters {
            return Err(Limits::exceeded("characters", limits.characters as u64));
        }
        let code = entry.u32(2).unwrap_or_default();
        let narrow = code & 0x4000_0000 != 0;
        let offset = (code & 0x3FFF_FFFF) as usize / if narrow { 2 } else { 1 };
        let change = entry.u16(6).unwrap_or_default();
        let changes = match change & 1 {
            1 => changes.get(usize::from(change >> 1)).map_or(Changes::None, |bytes| Changes::Many(*bytes)),
            _ if change == 0 => Changes::None,
            _ => Changes::One((change >> 1 & 0x7F) as u8, (change >> 8) as u8),
        };
        let piece = Piece { start, end, offset, narrow, changes };
        let last = piece.offset_of(end);
        if last > file.main.len() {
            return Err(damaged(MAIN, offset, "text lies beyond the end of the file".to_owned()));
        }
        pieces.push(piece);
    }
    if pieces.is_empty() {
        return Err(cut(at));
    }
    Ok(pieces)
}
