//! List definitions and the lists that use them.

use super::file::{File, Structure};
use super::looks::RunProperties;
use super::styles::Styles;
use crate::read::bytes::Bytes;
use crate::read::word::lists::{AbstractList, LEVELS, Level, List, Numbering};
use crate::read::word::ordinal::NumberFormat;

/// Reads all lists; what is cut off is left out.
pub(super) fn read(file: File, styles: &Styles) -> Numbering {
    let mut numbering = Numbering::default();
    definitions(file.structure_on(Structure::Lists), styles, &mut numbering);
    lists(file.structure_on(Structure::ListOverrides), styles, &mut numbering);
    numbering
}

/// Bytes of a list definition without its levels.
const DEFINITION: usize = 28;

/// All definitions stand first, then the levels of all of them.
fn definitions(bytes: Bytes, styles: &Styles, numbering: &mut Numbering) -> Option<()> {
    let count = usize::from(bytes.u16(0)?);
    let mut at = 2 + count * DEFINITION;
    for index in 0..count {
        let definition = bytes.part(2 + index * DEFINITION, DEFINITION)?;
        let is_simple = definition.u8(26)? & 1 != 0;
        let mut list = AbstractList::default();
        for slot in list.levels.iter_mut().take(if is_simple { 1 } else { LEVELS }) {
            let (level, end) = level(bytes, at, styles)?;
            *slot = Some(level);
            at = end;
        }
        numbering.abstracts.entry(definition.i32(0)?.into()).or_insert(list);
    }
    Some(())
}

/// Bytes of a list without its levels.
const LIST: usize = 16;

fn lists(bytes: Bytes, styles: &Styles, numbering: &mut Numbering) -> Option<()> {
    let count = bytes.size(0)?.min(bytes.len() / LIST);
    let mut at = 4 + count * LIST;
    for index in 0..count {
        let list = bytes.part(4 + index * LIST, LIST)?;
        let mut read = List { abstract_id: list.i32(0)?.into(), ..List::default() };
        let complete = overrides(bytes, &mut at, list.u8(12)?, styles, &mut read).is_some();
        numbering.lists.insert(i64::try_from(index + 1).ok()?, read);
        if !complete {
            // Where the levels of the next list stand is no longer known.
            at = bytes.len();
        }
    }
    Some(())
}

fn overrides(bytes: Bytes, at: &mut usize, count: u8, styles: &Styles, list: &mut List) -> Option<()> {
    bytes.u32(*at)?;
    *at += 4;
    for _ in 0..count {
        let start = bytes.i32(*at)?;
        let flags = bytes.u32(*at + 4)?;
        *at += 8;
        let over = list.overrides.entry((flags & 0xF) as usize).or_default();
        if flags & 0x10 != 0 {
            over.start = Some(start.into());
        }
        if flags & 0x20 != 0 {
            let (mut level, end) = level(bytes, *at, styles)?;
            *at = end;
            if flags & 0x10 != 0 {
                // With a level of its own, the start is the level's.
                over.start = Some(level.start);
            }
            level.start = over.start.unwrap_or(level.start);
            over.level = Some(level);
        }
    }
    Some(())
}

/// Bytes of a level before its properties and text.
const LEVEL: usize = 28;

/// A level, and where it ends.
fn level(bytes: Bytes, at: usize, styles: &Styles) -> Option<(Level, usize)> {
    let head = bytes.part(at, LEVEL)?;
    let flags = head.u8(5)?;
    let run_len = usize::from(head.u8(24)?);
    let run_at = at + LEVEL + usize::from(head.u8(25)?);
    let text_at = run_at + run_len;
    let units = usize::from(bytes.u16(text_at)?);
    let text = bytes.utf16(text_at + 2, units)?;
    let mut run = RunProperties::default();
    run.read(bytes.part(run_at, run_len)?);
    let font = run.other_font.or(run.font).map(|font| styles.font(font)).unwrap_or_default();
    let level = Level {
        start: head.i32(0)?.into(),
        format: NumberFormat::of_code(head.u8(4)?),
        // Numbers of levels stand as control characters in the text.
        text: text.chars().fold(String::new(), |mut text, c| {
            match u32::from(c) {
                number @ 0..=8 => text.push_str(&format!("%{}", number + 1)),
                _ => text.push(c),
            }
            text
        }),
        font,
        legal: flags & 4 != 0,
        restart: (flags & 8 != 0).then(|| usize::from(head.u8(26).unwrap_or_default())),
        style: None,
        hidden: run.toggles.hidden.is_some_and(|hidden| hidden.on(false)),
    };
    Some((level, text_at + 2 + units * 2))
}
