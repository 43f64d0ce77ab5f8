//! Quotas: numbers that somebody has to reach, keep under, choose or hand out.

mod bound;
mod purpose;
mod refusal;
mod unit;

use crate::extract::actor::{self, Actor};
use crate::extract::context::BlockContext;
use crate::extract::grammar::Match;
use crate::extract::knowledge::{Knowledge, Rhythm};
use crate::extract::scan::{Number, Scan};
use crate::extract::time::Moment;
use crate::language::token::Kind;
use crate::model::{Frequency, Quota, QuotaOp, Unit};
use std::ops::Range;

/// All quotas of a block, from left to right, without overlaps. `taken` marks tokens of citations, contacts and
/// deadlines.
pub(super) fn find(
    scan: &Scan,
    knowledge: &Knowledge,
    context: &BlockContext,
    actors: &[Actor],
    taken: &[bool],
) -> Vec<Quota> {
    if scan.numbers.is_empty() {
        return Vec::new();
    }
    let comparators = knowledge.comparator.matches(&scan.tokens, &scan.nodes);
    let finder = Finder { scan, knowledge, context, actors, taken, comparators };
    let mut found: Vec<(Quota, Range<usize>)> = Vec::new();
    for number in &scan.numbers {
        let previous = found.last().map(|(quota, tokens)| (quota, tokens.clone()));
        if previous.as_ref().is_some_and(|(_, tokens)| number.start < tokens.end) {
            continue;
        }
        if let Some(quota) = finder.quota(number, previous) {
            found.push(quota);
        }
    }
    found.into_iter().map(|(quota, _)| quota).collect()
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    knowledge: &'s Knowledge,
    context: &'s BlockContext,
    actors: &'s [Actor],
    taken: &'s [bool],
    comparators: Vec<Match>,
}

/// What a verb means for the number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Choose,
    Award,
    Do,
}

/// How a number is bound, and the tokens that say so.
struct Bound {
    op: QuotaOp,
    /// First token of the words before the number.
    start: usize,
    /// One past the words behind the number (*trở lên*).
    end: usize,
    by: String,
    stated: bool,
}

impl Finder<'_, '_> {
    fn quota(&self, number: &Number, previous: Option<(&Quota, Range<usize>)>) -> Option<(Quota, Range<usize>)> {
        let handed_out = self.is_handed_out(number);
        if self.is_taken(number)
            || !handed_out && (self.is_reference(number) || self.is_history(number) || self.is_scale(number))
        {
            return None;
        }
        // `phấn đấu 80 - 85%`: the lower bound is to be reached, the upper one forbids nothing.
        let upper = number.range_high
            && number.percent
            && previous
                .as_ref()
                .is_some_and(|(quota, tokens)| quota.unit == Unit::Percent && tokens.end + 2 >= number.start);
        if upper && self.comparator_before(number.start).is_none() {
            return None;
        }
        let unit_end = self.unit_end(number);
        let mut bound = self.bound(number, unit_end)?;
        // The words of the number before are its own.
        bound.start = bound.start.max(previous.as_ref().map_or(0, |(_, tokens)| tokens.end)).min(number.start);
        let elided = previous.as_ref().filter(|(_, tokens)| self.continues(tokens, number)).map(|(quota, _)| *quota);
        if !bound.stated
            && let Some(earlier) = elided
            && matches!(earlier.op, QuotaOp::AtMost | QuotaOp::AtLeast)
        {
            bound.op = earlier.op;
        }
        let (per, per_end) = self.per_suffix(unit_end).map_or((None, unit_end), |(per, end)| (Some(per), end));
        let place = self.place_before(number);
        let counted = handed_out
            || place.is_some() && previous.is_some() && self.unit_is(number, self.knowledge.lists.countable)
            || number.percent
            || bound.stated
            || self.is_counted(number, unit_end, per.is_some(), elided.is_some())
            || self.goes_on(number, previous.as_ref());
        if !counted || number.in_words && !bound.stated && !self.goes_on(number, previous.as_ref()) {
            return None;
        }
        let unit = if number.percent {
            Unit::Percent
        } else {
            Unit::Things(self.cell_unit(number, unit_end).or_else(|| self.unit_text(number, unit_end))?)
        };
        let tokens = bound.start..bound.end.max(per_end).max(number.end);
        let actor = self.actor(number);
        let (actor_text, actor_per) = match actor.filter(|_| place.is_none()) {
            None if place.is_some() => (place.map(|words| self.scan.text(words).to_owned()), None),
            Some(actor) => (Some(actor.text(self.scan)), actor.per(self.scan)),
            None => (self.context.actor.clone(), self.context.per.clone()),
        };
        let (per, per_end) = match per {
            None if number.range_low => self.range_suffix(number).map_or((None, per_end), |per| (Some(per), per_end)),
            _ => (per, per_end),
        };
        let per = per.or_else(|| self.shared_suffix(unit_end)).or_else(|| self.per_every(number));
        let per = per.or_else(|| self.per_served(number));
        let kind = match (elided, self.context.cell_kind.filter(|_| handed_out)) {
            (Some(earlier), _) => earlier.kind,
            (None, Some(kind)) => kind,
            (None, None) => {
                let earlier = previous.as_ref().map(|(quota, _)| quota.kind);
                self.kind(number, &bound, &unit, actor.is_some_and(|a| a.each) || per.is_some(), earlier)
            }
        };
        let quota = Quota {
            text: self.scan.text(tokens.clone()).to_owned(),
            op: bound.op,
            value: number.value,
            unit,
            kind,
            actor: actor_text,
            // `/tháng` says how often, not of what each.
            per: match per.filter(|per| !is_time(per)) {
                Some(per) if per == "đợt" => actor_per.or(Some(per)),
                per => per.or(actor_per),
            },
            frequency: self.frequency(number, per_end),
            exception: self.context.exception(self.scan, self.knowledge, number.start),
            span: self.scan.span(tokens.clone()),
            by: bound.by,
        };
        Some((quota, tokens))
    }

    /// `(Mộc Sơn 15 hộ, Đồng Quang 10 hộ)`: the name in brackets that a number follows.
    fn place_before(&self, number: &Number) -> Option<Range<usize>> {
        let scan = self.scan;
        let named = |at: usize| scan.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.capital && !t.upper);
        let mut start = number.start;
        while start > 0 && named(start - 1) && number.start - start < 4 {
            start -= 1;
        }
        let mark = start.checked_sub(1)?;
        let listed = ['(', ',', ';'].iter().any(|&sign| scan.is_mark(mark, sign));
        let opened = (scan.sentence(number.start).start..=mark)
            .rev()
            .find(|&at| scan.is_mark(at, '(') || scan.is_mark(at, ')'))
            .is_some_and(|at| scan.is_mark(at, '('));
        (start < number.start && listed && opened).then_some(start..number.start)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.scan.tokens.get(at).map_or("", |t| t.text(&self.scan.block.text))
    }

    /// The actor of a number: in its part of the sentence, but not what is counted itself.
    fn actor(&self, number: &Number) -> Option<&Actor> {
        let near = number.start.saturating_sub(48)..number.start;
        // `…, các đơn vị trực thuộc 01 tập thể`: nothing stands between.
        let next = actor::within(self.actors, near).iter().rev().find(|a| a.subject && a.tokens.end == number.start);
        next.or_else(|| actor::governing(self.actors, self.scan, number.start))
    }

    /// `/năm`, `mỗi tuần` in the clause, a rhythm that opens the sentence or one before it, or one from above.
    fn frequency(&self, number: &Number, per_end: usize) -> Option<Frequency> {
        let scan = self.scan;
        let classes = &self.knowledge.classes;
        let rhythm_at = |at: usize| {
            scan.nodes.at(at).filter(|n| n.class == classes.every).find_map(|n| {
                match scan.moments.get(n.value as usize) {
                    Some(Moment::Every(rhythm)) => Some(*rhythm),
                    _ => None,
                }
            })
        };
        let segment = scan.segment(number.start);
        let suffix = (number.end..per_end).find_map(|i| {
            if !scan.is_mark(i, '/') {
                return None;
            }
            match self.word(i + 1) {
                "năm" => Some(Rhythm::Year),
                "quý" => Some(Rhythm::Quarter),
                "tháng" => Some(Rhythm::Month),
                "tuần" => Some(Rhythm::Week),
                "ngày" => Some(Rhythm::Day),
                _ => None,
            }
        });
        let in_clause = || (segment.start..number.start).rev().find_map(rhythm_at);
        let behind = || (number.end..segment.end.min(per_end + 16)).find_map(rhythm_at);
        let opened = || {
            scan.sentences
                .iter()
                .rev()
                .filter(|s| s.start <= number.start)
                .find_map(|sentence| (sentence.start..(sentence.start + 3).min(number.start)).find_map(rhythm_at))
        };
        suffix.or_else(in_clause).or_else(behind).or_else(opened).map(to_frequency).or(self.context.frequency)
    }
}

fn is_time(per: &str) -> bool {
    ["năm", "quý", "tháng", "tuần", "ngày", "lần"].contains(&per)
}

pub(super) fn to_frequency(rhythm: Rhythm) -> Frequency {
    match rhythm {
        Rhythm::Day => Frequency::Daily,
        Rhythm::Week => Frequency::Weekly,
        Rhythm::Month => Frequency::Monthly,
        Rhythm::Quarter => Frequency::Quarterly,
        Rhythm::Year => Frequency::Yearly,
    }
}
