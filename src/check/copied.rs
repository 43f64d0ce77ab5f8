//! BC23: section II of one report is that of another. Texts and shingles wait on the disk: in memory is only which
//! report has which sampled shingle.

use super::sketch::Sketch;
use crate::guard::stream::{Spill, Waiting};
use crate::model::Span;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// One shingle of this many is looked up; all of them are compared.
const SAMPLE: u64 = 8;
/// A shingle that more reports share is boilerplate of the office and proves nothing.
const COMMON: usize = 24;
/// Share of a report's shingles that makes it a copy.
const COPIED: f64 = 0.7;
/// Fewest shingles for a judgement.
const FEWEST: usize = 40;

/// A report whose section II is that of an earlier one.
#[derive(Debug)]
pub(super) struct Copied {
    /// The report.
    pub at: usize,
    /// The earlier one.
    pub other: usize,
    /// Share of shingles that both have, from 0 to 1.
    pub share: f64,
    /// The paragraph with most of what both have.
    pub here: Option<(Span, String)>,
    /// The same paragraph in the earlier one.
    pub there: Option<(Span, String)>,
}

/// The texts of reports that came so far.
#[derive(Debug)]
pub(super) struct Texts {
    spill: Spill,
    places: FxHashMap<u32, Waiting>,
    /// The first report with a sampled shingle, and the reports after it. A shingle goes by half of its hash: what two
    /// reports seem to share is compared in full.
    first: FxHashMap<u32, u32>,
    later: FxHashMap<u32, Vec<u32>>,
}

/// What of a report waits.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Text {
    shingles: Vec<(u64, u32)>,
    paragraphs: Vec<(Span, u64, String)>,
}

impl Texts {
    /// None so far.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub(super) fn new() -> io::Result<Self> {
        let (first, later) = (FxHashMap::default(), FxHashMap::default());
        Ok(Self { spill: Spill::new()?, places: FxHashMap::default(), first, later })
    }

    /// Takes the text out of the sketch of the next report, and says whether an earlier one has it too.
    ///
    /// # Errors
    /// When the disk is full.
    pub(super) fn take(&mut self, at: usize, sketch: &mut Sketch) -> io::Result<Option<Copied>> {
        let text =
            Text { shingles: std::mem::take(&mut sketch.shingles), paragraphs: std::mem::take(&mut sketch.paragraphs) };
        if text.shingles.len() < FEWEST {
            return Ok(None);
        }
        let number = u32::try_from(at).map_err(io::Error::other)?;
        let copied = match self.candidate(number, &text) {
            Some(other) => self.compare(at, other, &text)?,
            None => None,
        };
        let record = postcard::to_stdvec(&text).map_err(io::Error::other)?;
        self.places.insert(number, self.spill.add(&record)?);
        Ok(copied)
    }

    /// The report that came before and shares most of the sampled shingles, when it shares half of them.
    fn candidate(&mut self, at: u32, text: &Text) -> Option<u32> {
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        let mut sampled = 0;
        for (hash, _) in text.shingles.iter().filter(|(hash, _)| hash % SAMPLE == 0) {
            sampled += 1;
            let half = (hash >> 32) as u32;
            let Some(first) = self.first.get(&half) else {
                self.first.insert(half, at);
                continue;
            };
            let later = self.later.entry(half).or_default();
            if later.len() + 1 < COMMON {
                for holder in std::iter::once(first).chain(later.iter()) {
                    *shared.entry(*holder).or_default() += 1;
                }
                later.push(at);
            }
        }
        let best = shared.into_iter().filter(|(other, _)| *other != at);
        let best = best.max_by_key(|(other, count)| (*count, std::cmp::Reverse(*other)));
        best.filter(|(_, count)| count * 2 >= sampled.max(1)).map(|(other, _)| other)
    }

    fn compare(&mut self, at: usize, other: u32, text: &Text) -> io::Result<Option<Copied>> {
        let Some(waiting) = self.places.get(&other) else { return Ok(None) };
        let original: Text = postcard::from_bytes(self.spill.get(*waiting)?).map_err(io::Error::other)?;
        let theirs: BTreeSet<u64> = original.shingles.iter().map(|(hash, _)| *hash).collect();
        let common: Vec<u32> =
            text.shingles.iter().filter(|(hash, _)| theirs.contains(hash)).map(|(_, block)| *block).collect();
        #[expect(clippy::cast_precision_loss, reason = "a report has few shingles")]
        let share = common.len() as f64 / text.shingles.len().max(1) as f64;
        if share < COPIED {
            return Ok(None);
        }
        // The paragraph with most of the shared text, here and there.
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        common.iter().for_each(|block| *counts.entry(*block).or_default() += 1);
        let block = counts.into_iter().max_by_key(|(block, count)| (*count, std::cmp::Reverse(*block)));
        let here = block.and_then(|(block, _)| text.paragraphs.iter().find(|(span, ..)| span.block == block));
        let here = here.or_else(|| text.paragraphs.first());
        let there = here.and_then(|(_, hash, _)| original.paragraphs.iter().find(|(_, other, _)| other == hash));
        let placed = |(span, _, words): &(Span, u64, String)| (*span, words.clone());
        Ok(Some(Copied { at, other: other as usize, share, here: here.map(placed), there: there.map(placed) }))
    }
}
