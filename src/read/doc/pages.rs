//! Formatted disk pages: which properties hold for which bytes of the text.

use crate::read::bytes::{Bytes, Plc};
use std::ops::Range;

/// A stretch of the main stream with the place of its properties.
#[derive(Debug, Clone)]
struct Run {
    bytes: Range<u32>,
    /// Where the properties begin in the main stream, and how many bytes they have.
    at: usize,
    len: usize,
}

/// The properties of all runs or all paragraphs.
#[derive(Debug)]
pub(super) struct Pages<'s> {
    main: Bytes<'s>,
    runs: Vec<Run>,
    /// The run found last: neighbours are asked for one after the other.
    last: usize,
}

const PAGE: usize = 512;

impl<'s> Pages<'s> {
    /// Properties of runs (CHPX).
    pub(super) fn of_runs(main: Bytes<'s>, pages: Plc<'s>) -> Self {
        Self::read(main, pages, |page, _, index, count| {
            let at = usize::from(page.u8((count + 1) * 4 + index)?) * 2;
            let len = usize::from(page.u8(at)?);
            (at > 0).then_some((at + 1, len))
        })
    }

    /// Properties of paragraphs (PAPX): the style, then what differs from it.
    pub(super) fn of_paragraphs(main: Bytes<'s>, pages: Plc<'s>) -> Self {
        Self::read(main, pages, |page, _, index, count| {
            let at = usize::from(page.u8((count + 1) * 4 + index * 13)?) * 2;
            if at == 0 {
                return None;
            }
            match usize::from(page.u8(at)?) {
                0 => Some((at + 2, usize::from(page.u8(at + 1)?) * 2)),
                words => Some((at + 1, words * 2 - 1)),
            }
        })
    }

    fn read(
        main: Bytes<'s>,
        pages: Plc<'s>,
        place: impl Fn(Bytes, usize, usize, usize) -> Option<(usize, usize)>,
    ) -> Self {
        let mut runs = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for index in 0..pages.len() {
            let number = pages.entry(index).and_then(|entry| entry.u32(0)).unwrap_or_default() & 0x003F_FFFF;
            let start = number as usize * PAGE;
            // A page that is named twice would be read without end.
            let Some(page) = main.part(start, PAGE).filter(|_| seen.insert(number)) else { continue };
            let count = usize::from(page.u8(PAGE - 1).unwrap_or_default());
            for run in 0..count {
                let (Some(from), Some(to)) = (page.u32(run * 4), page.u32(run * 4 + 4)) else { break };
                let (at, len) = place(page, start, run, count).unwrap_or_default();
                let at = if at + len > PAGE { (0, 0) } else { (start + at, len) };
                if from < to {
                    runs.push(Run { bytes: from..to, at: at.0, len: at.1 });
                }
            }
        }
        runs.sort_by_key(|run| run.bytes.start);
        Self { main, runs, last: 0 }
    }

    /// Properties at an offset of the main stream, and where they end.
    pub(super) fn at(&mut self, offset: usize) -> (Bytes<'s>, usize) {
        let wanted = u32::try_from(offset).unwrap_or(u32::MAX);
        let holds = |run: &Run| run.bytes.contains(&wanted);
        if !self.runs.get(self.last).is_some_and(holds) {
            self.last = self.runs.partition_point(|run| run.bytes.start <= wanted).saturating_sub(1);
        }
        match self.runs.get(self.last).filter(|run| holds(run)) {
            Some(run) => (self.main.part(run.at, run.len).unwrap_or(Bytes(&[])), run.bytes.end as usize),
            None => {
                let next = self.runs.get(self.last + 1).map_or(usize::MAX, |run| run.bytes.start as usize);
                (Bytes(&[]), if next > offset { next } else { usize::MAX })
            }
        }
    }
}
