//! List table and list override table, read word by word.

use super::fonts::Fonts;
use crate::read::word::lists::{AbstractList, LEVELS, Level, List, Numbering};
use crate::read::word::ordinal::NumberFormat;

/// Collects lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub numbering: Numbering,
    levels: Vec<Level>,
    level: Level,
    /// Text of the level: its length, then characters; numbers of levels are characters below 9.
    text: Vec<char>,
    id: i64,
    /// A level's own definition is being read within an override.
    in_override: bool,
    over_level: usize,
    over: List,
    over_start: Option<i64>,
    has_start: bool,
}

impl Lists {
    /// A control word in either table, after the group that it stands in has begun.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>, fonts: &Fonts) {
        let value = i64::from(number.unwrap_or_default());
        match word {
            "listlevel" => self.level = Level { start: 1, ..Level::default() },
            "levelnfc" | "levelnfcn" => self.level.format = NumberFormat::of_code(u8::try_from(value).unwrap_or(0)),
            "levelstartat" if self.in_override => self.over_start = Some(value),
            "levelstartat" => self.level.start = value,
            "levellegal" => self.level.legal = value != 0,
            "levelnorestart" => self.level.restart = (value != 0).then_some(0),
            "f" => self.level.font = fonts.get(number.unwrap_or_default()).map(|font| font.font).unwrap_or_default(),
            "v" => self.level.hidden = number != Some(0),
            "leveltext" => self.text.clear(),
            "listid" => self.id = value,
            "listoverride" => {
                self.over = List::default();
                self.over_level = 0;
                self.in_override = true;
            }
            "lfolevel" => self.has_start = false,
            "listoverridestartat" => self.has_start = true,
            "ls" if self.in_override && self.numbering.lists.len() < 100_000 => {
                let mut list = std::mem::take(&mut self.over);
                list.abstract_id = self.id;
                self.numbering.lists.insert(value, list);
            }
            _ => {}
        }
    }

    /// A character of a level's text.
    pub(super) fn push(&mut self, c: char) {
        if self.text.len() < 256 {
            self.text.push(c);
        }
    }

    /// The group of a control word ends.
    pub(super) fn end(&mut self, word: &str) {
        match word {
            "leveltext" => {
                let mut chars = std::mem::take(&mut self.text).into_iter();
                let count = chars.next().map_or(0, |count| count as usize);
                self.level.text = chars.take(count).fold(String::new(), |mut text, c| {
                    match u32::from(c) {
                        number @ 0..=8 => text.push_str(&format!("%{}", number + 1)),
                        _ => text.push(c),
                    }
                    text
                });
            }
            "listlevel" if self.in_override => {
                let start = self.over_start;
                let level = std::mem::take(&mut self.level);
                let over = self.over.overrides.entry(self.over_level).or_default();
                over.level = Some(Level { start: start.unwrap_or(level.start), ..level });
            }
            "listlevel" if self.levels.len() < LEVELS => self.levels.push(std::mem::take(&mut self.level)),
            "lfolevel" => {
                if let Some(start) = self.over_start.take().filter(|_| self.has_start) {
                    self.over.overrides.entry(self.over_level).or_default().start = Some(start);
                }
                self.over_level += 1;
            }
            "list" => {
                let mut list = AbstractList::default();
                for (slot, level) in list.levels.iter_mut().zip(self.levels.drain(..)) {
                    *slot = Some(level);
                }
                if self.numbering.abstracts.len() < 100_000 {
                    self.numbering.abstracts.insert(self.id, list);
                }
            }
            "listoverride" => self.in_override = false,
            _ => {}
        }
    }
}
