//! Properties of runs and paragraphs: only those that change what a reader sees.

use super::file::File;
use super::pieces::Changes;
use super::sprm::{self, Sprm};
use crate::read::bytes::Bytes;
use crate::read::word::look::Toggles;
use crate::read::word::rows::{CellShape, Merge, RowShape};

/// A toggle property: absolute, or relative to the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toggle {
    Set(bool),
    AsStyle,
    NotAsStyle,
}

impl Toggle {
    fn of(value: u8) -> Option<Self> {
        match value {
            0 => Some(Self::Set(false)),
            1 => Some(Self::Set(true)),
            0x80 => Some(Self::AsStyle),
            0x81 => Some(Self::NotAsStyle),
            _ => None,
        }
    }

    pub(super) fn on(self, style: bool) -> bool {
        match self {
            Self::Set(value) => value,
            Self::AsStyle => style,
            Self::NotAsStyle => !style,
        }
    }
}

/// Properties of a run as one place states them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunProperties {
    pub style: Option<u16>,
    pub toggles: Toggles<Option<Toggle>>,
    pub font: Option<u16>,
    /// Font of letters beyond ASCII.
    pub other_font: Option<u16>,
    pub deleted: Option<bool>,
    /// Characters are marks of something else.
    pub special: bool,
    /// Font and code of a sign of a symbol font.
    pub symbol: Option<(u16, u16)>,
}

impl RunProperties {
    pub(super) fn read(&mut self, list: Bytes) {
        for sprm in sprm::each(list) {
            let toggle = || Toggle::of(sprm.byte());
            match sprm.code {
                0x0800 => self.deleted = Some(sprm.byte() != 0),
                0x4A30 => self.style = Some(sprm.word()),
                0x2A33 => *self = Self { special: self.special, deleted: self.deleted, ..Self::default() },
                0x0835 => self.toggles.bold = toggle(),
                0x0836 => self.toggles.italic = toggle(),
                0x083B => self.toggles.capitals = toggle(),
                0x083C => self.toggles.hidden = toggle(),
                0x4A4F => self.font = Some(sprm.word()),
                0x4A51 => self.other_font = Some(sprm.word()),
                0x4A3D => (self.font, self.other_font) = (Some(sprm.word()), Some(sprm.word())),
                0x0855 => self.special = sprm.byte() != 0,
                0x6A09 => self.symbol = Some((sprm.word(), (sprm.long() >> 16) as u16)),
                _ => {}
            }
        }
    }

    /// What a fast save changed.
    pub(super) fn change(&mut self, changes: Changes) {
        match changes {
            Changes::None => {}
            Changes::Many(list) => self.read(list),
            Changes::One(code, value) => match code {
                0x41 => self.deleted = Some(value != 0),
                0x53 => *self = Self { special: self.special, deleted: self.deleted, ..Self::default() },
                0x55 => self.toggles.bold = Toggle::of(value),
                0x56 => self.toggles.italic = Toggle::of(value),
                0x5B => self.toggles.capitals = Toggle::of(value),
                0x5C => self.toggles.hidden = Toggle::of(value),
                _ => {}
            },
        }
    }
}

/// Properties of a paragraph as one place states them.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    pub style: u16,
    /// 0–8 for a heading, 9 for running text.
    pub outline: Option<u8>,
    pub list: Option<u16>,
    pub level: Option<u8>,
    pub centred: Option<bool>,
    pub page_break_before: Option<bool>,
    in_table: bool,
    depth: Option<u32>,
    pub ends_row: bool,
    pub ends_inner_cell: bool,
    pub ends_inner_row: bool,
    pub row: RowShape,
}

/// How often properties may lead to further ones in the data stream.
const HOPS: usize = 2;

impl ParagraphProperties {
    /// A paragraph of a style.
    pub(super) fn of_style(style: u16) -> Self {
        Self { style, ..Self::default() }
    }

    pub(super) fn read(&mut self, list: Bytes, file: File, hops: usize) {
        for sprm in sprm::each(list) {
            match sprm.code {
                0x4600 => self.style = sprm.word(),
                0x2403 | 0x2461 => self.centred = Some(sprm.byte() == 1),
                0x2407 => self.page_break_before = Some(sprm.byte() != 0),
                0x260A => self.level = Some(sprm.byte()).filter(|level| *level < 9),
                0x460B => self.list = Some(sprm.word()),
                0x2640 => self.outline = Some(sprm.byte()),
                0x2416 => self.in_table = sprm.byte() != 0,
                0x2417 => self.ends_row = sprm.byte() != 0,
                0x6649 => self.depth = Some(sprm.long()),
                0x244B => self.ends_inner_cell = sprm.byte() != 0,
                0x244C => self.ends_inner_row = sprm.byte() != 0,
                0x6645 | 0x6646 | 0x646B if hops < HOPS => {
                    let at = sprm.long() as usize;
                    let list = file.data.u16(at).and_then(|len| file.data.part(at + 2, len.into()));
                    if let Some(list) = list {
                        self.read(list, file, hops + 1);
                    }
                }
                sprm::TABLE_ROW => self.row = row_shape(sprm.operand),
                0x5624 => merge_across(&mut self.row, &sprm),
                0xD62B => {
                    let cell = self.row.cells.get_mut(usize::from(sprm.byte()));
                    if let (Some(cell), Some(value)) = (cell, sprm.operand.u8(1)) {
                        cell.down = down(value.into());
                    }
                }
                _ => {}
            }
        }
    }

    /// What a fast save changed.
    pub(super) fn change(&mut self, changes: Changes, file: File) {
        match changes {
            Changes::None => {}
            Changes::Many(list) => self.read(list, file, 0),
            Changes::One(code, value) => match code {
                0x05 => self.centred = Some(value == 1),
                0x09 => self.page_break_before = Some(value != 0),
                0x18 => self.in_table = value != 0,
                0x19 => self.ends_row = value != 0,
                _ => {}
            },
        }
    }

    /// Tables around the paragraph.
    pub(super) fn depth(&self) -> usize {
        let depth = usize::try_from(self.depth.unwrap_or_default()).unwrap_or_default();
        depth.max(usize::from(self.in_table)).min(64)
    }
}

/// The cells of a row: edges, then what each looks like.
fn row_shape(operand: Bytes) -> RowShape {
    let count = usize::from(operand.u8(0).unwrap_or_default()).min(64);
    let edge = |index: usize| operand.i16(1 + index * 2).map(i32::from);
    let looks = 1 + (count + 1) * 2;
    let mut cells = Vec::with_capacity(count);
    let mut across = Vec::with_capacity(count);
    for index in 0..count {
        let (Some(left), Some(right)) = (edge(index), edge(index + 1)) else { break };
        let flags = operand.u16(looks + index * 20).unwrap_or_default();
        across.push(flags & 3);
        cells.push(CellShape { left, right, down: down(flags >> 5 & 3), across: Merge::None });
    }
    let mut first = 0;
    for (cell, flags) in cells.iter_mut().zip(across) {
        // Programs disagree which of the values is the first cell of a merge; the others have another one than it.
        match flags {
            0 => first = 0,
            _ if first == 0 => (first, cell.across) = (flags, Merge::First),
            _ if flags == first => cell.across = Merge::First,
            _ => cell.across = Merge::Further,
        }
    }
    RowShape { cells }
}

fn down(value: u16) -> Merge {
    match value {
        1 => Merge::Further,
        2 | 3 => Merge::First,
        _ => Merge::None,
    }
}

fn merge_across(row: &mut RowShape, sprm: &Sprm) {
    let first = usize::from(sprm.byte());
    let end = usize::from(sprm.operand.u8(1).unwrap_or_default());
    for (index, cell) in row.cells.iter_mut().enumerate().take(end).skip(first) {
        cell.across = if index == first { Merge::First } else { Merge::Further };
    }
}
