//! `KH-H`: awards within the unit's authority, law that is in force on the date of the plan.

use super::{CompareInputs, Comparison, place, remark, short_date};
use crate::compose::plan::role::contains_word;
use crate::compose::plan::text::{one_line, slice};
use crate::extract::mention::anatomy;
use crate::language::fold::fold;
use crate::model::{Block, Severity, Span};
use crate::pack::award::Verdict;
use jiff::civil::Date;
use std::ops::Range;

/// Words that say that somebody gives an award.
const GIVES: [&str; 4] = ["tặng thưởng", "khen tặng", "trao tặng", "tặng"];
/// Words between a name and *tặng* by which another one gives: *Hội LHPN xã đề nghị … tặng*.
const ASKS: [&str; 5] = ["đề nghị", "đề xuất", "trình", "giới thiệu", "được"];

pub(super) fn find(inputs: &CompareInputs, out: &mut Comparison) {
    let day = inputs.plan.extraction.document.date.as_deref().and_then(|date| date.parse::<Date>().ok());
    for block in &inputs.plan.document.blocks {
        promises(inputs, block, day, out);
        if let Some(day) = day {
            bases(inputs, block, day, out);
        }
    }
}

/// What the unit itself gives.
fn promises(inputs: &CompareInputs, block: &Block, day: Option<Date>, out: &mut Comparison) {
    if !fold(&block.text).contains(GIVES[3]) {
        return;
    }
    let anatomy = anatomy(&block.text, inputs.knowledge);
    for sentence in &anatomy.sentences {
        let text = slice(&block.text, sentence.clone());
        let Some(form) = given(inputs, text) else { continue };
        // What is known holds from one law on; before it, a level that never gives a form did not give it either.
        let day = day.filter(|day| inputs.awards.speaks_of(&form, *day));
        let (key, severity) = match inputs.awards.may_give(&inputs.profile.unit.level, &form, day) {
            Verdict::May => continue,
            Verdict::MayNot => ("award", Severity::Error),
            Verdict::Unsettled(_) => ("award-unsettled", Severity::Info),
        };
        let mut remark = remark("KH-H", severity, key, &[("found", &one_line(text))]);
        remark.place = Some(place(&inputs.plan, span(block, sentence)));
        out.remarks.push(remark);
    }
}

/// The code of the form that the unit itself gives in a sentence: its name is the last one before *tặng*, and no word of
/// asking another stands between.
fn given(inputs: &CompareInputs, sentence: &str) -> Option<String> {
    let folded = fold(sentence);
    let verb = GIVES.iter().filter_map(|word| folded.find(word)).min()?;
    let (before, after) = folded.split_at_checked(verb)?;
    let unit = &inputs.profile.unit;
    let names = [&unit.name].into_iter().chain(&unit.short).chain(&unit.aliases).map(|name| fold(name));
    let own = names.filter_map(|name| Some(before.rfind(&name)? + name.len())).max()?;
    let between = before.get(own..)?;
    let other = anatomy(between, inputs.knowledge).mentions.into_iter().next().is_some();
    if other || ASKS.iter().any(|word| contains_word(between, word)) {
        return None;
    }
    inputs.awards.form_named(after).map(|form| form.code.clone())
}

/// Laws, decrees and circulars that are cited and not in force.
fn bases(inputs: &CompareInputs, block: &Block, day: Date, out: &mut Comparison) {
    for basis in inputs.awards.bases_in(&block.text) {
        let Some(severity) = basis.fault(day) else { continue };
        let next = inputs.awards.successor(basis).map_or("……", |next| next.symbol.as_str());
        let until = basis.until().map(short_date);
        let key = if until.is_some() { "stale-law" } else { "early-law" };
        let slots = [("found", basis.symbol.as_str()), ("until", until.as_deref().unwrap_or_default()), ("next", next)];
        let mut remark = remark("KH-H", severity, key, &slots);
        let whole = 0..u32::try_from(block.text.chars().count()).unwrap_or(0);
        remark.place = Some(place(&inputs.plan, span(block, &whole)));
        out.remarks.push(remark);
    }
}

fn span(block: &Block, range: &Range<u32>) -> Span {
    Span { block: block.id, start: range.start, end: range.end }
}
