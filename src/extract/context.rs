//! What the document says about a block before the block itself is read.

use super::knowledge::Knowledge;
use super::scan::Scan;
use crate::model::{CriterionSubject, DeadlineKind, Frequency, QuotaKind};
use jiff::civil::Date;
use std::rc::Rc;

/// Date, headings and actors that stand over a block.
#[derive(Debug, Clone, Default)]
pub(super) struct BlockContext {
    /// Reference date: the paper's own, or the one given.
    pub date: Option<Date>,
    /// Year for dates without one.
    pub year: Option<i16>,
    /// A standing rule (quy chế, quy định): dates without a year hold every year.
    pub standing: bool,
    /// The paper is about one year only (*kế hoạch … năm 2024*): its half-yearly reports fall in that year.
    pub annual: bool,
    /// A paper that tells or asks (báo cáo, tờ trình): a share without a comparator is a result.
    pub reports: bool,
    /// The actor that a heading or list entry above puts over the block.
    pub actor: Option<String>,
    /// Of what each, when that actor is *mỗi …*.
    pub per: Option<String>,
    /// The rhythm that a heading or entry above sets.
    pub frequency: Option<Frequency>,
    /// What the paper is about; shared by the contexts of all blocks.
    pub paper: Option<Rc<str>>,
    /// The nearest heading or entry above, in words; shared with those beside the block.
    pub heading: Option<Rc<str>>,
    /// What a heading above is about.
    pub heading_kind: Option<DeadlineKind>,
    /// A heading above asks for a time.
    pub time_heading: bool,
    /// A heading above names conditions.
    pub criteria_heading: bool,
    /// A heading above names what is to be reached.
    pub aim_heading: bool,
    /// A heading above names awards.
    pub award_heading: bool,
    /// A heading above asks for a choice.
    pub choose_heading: bool,
    /// A heading above tells what has been done.
    pub history_heading: bool,
    /// A heading above announces a scale of points.
    pub scale_heading: bool,
    /// Whom the criteria above are about.
    pub subject: Option<CriterionSubject>,
    /// In a column that hands out numbers: what they count, where the number does not say.
    pub cell_unit: Option<String>,
    /// In such a column: what the numbers are for.
    pub cell_kind: Option<QuotaKind>,
    pub in_table: bool,
    pub in_opening: bool,
}

impl BlockContext {
    /// Whether a day lies before the reference date.
    pub fn is_past(&self, date: Date) -> bool {
        self.date.is_some_and(|today| date < today)
    }

    /// `Riêng …` in the sentence before a token: the words that make an exception.
    pub fn exception(&self, scan: &Scan, knowledge: &Knowledge, at: usize) -> Option<String> {
        let start = exception_start(scan, knowledge, at)?;
        let end = (start + 1..at)
            .find(|&i| {
                scan.is_mark(i, ',')
                    || (i > start + 1
                        && scan.phrase(i, knowledge.lists.verb).is_some()
                        && !scan.tokens.get(i).is_some_and(|t| t.capital))
            })
            .unwrap_or(at);
        let words = super::citation::one_line(scan.text(start..end));
        (!words.is_empty()).then_some(words)
    }

    /// The year of `Riêng năm 2022 …` in the sentence of a token.
    pub fn exception_year(&self, scan: &Scan, knowledge: &Knowledge, at: usize) -> Option<i16> {
        let start = exception_start(scan, knowledge, at)?;
        (start..at).find_map(|i| {
            (scan.sym(i) == knowledge.words.nam)
                .then(|| scan.tokens.get(i + 1))
                .flatten()
                .filter(|t| t.width() == 4 && (1945..=2100).contains(&t.value))
                .and_then(|t| i16::try_from(t.value).ok())
        })
    }
}

fn exception_start(scan: &Scan, knowledge: &Knowledge, at: usize) -> Option<usize> {
    let segment = scan.segment(at);
    (segment.start..at).rev().find(|&i| scan.sym(i) == knowledge.words.rieng)
}
