//! How a number binds: the comparators around it.

use super::{Bound, Finder};
use crate::extract::grammar::Match;
use crate::extract::scan::Number;
use crate::model::QuotaOp;

impl Finder<'_, '_> {
    /// Comparators around a number.
    pub(super) fn bound(&self, number: &Number, unit_end: usize) -> Option<Bound> {
        let rules = &self.knowledge.comparators;
        let after = self.after(number, unit_end);
        let before = self.comparator_before(number.start).filter(|m| rules.get(m.pattern).is_some_and(|r| !r.after));
        let mut bound =
            Bound { op: QuotaOp::Exactly, start: number.start, end: unit_end, by: "count".to_owned(), stated: false };
        if let Some(hit) = before
            && let Some(rule) = rules.get(hit.pattern)
        {
            let from = rule.id == "tu";
            let weak = from
                && after.is_none()
                && !number.range_low
                && !self.unit_is(number, self.knowledge.lists.countable)
                && !number.percent;
            let falls = from && after.is_none() && self.changes(number, unit_end);
            if falls {
                return None;
            }
            if !weak {
                bound = Bound { op: rule.op, start: hit.start, end: unit_end, by: rule.id.clone(), stated: true };
            }
        } else if number.range_low {
            bound = Bound {
                op: QuotaOp::AtLeast,
                start: number.start,
                end: number.end,
                by: "range".to_owned(),
                stated: false,
            };
        } else if number.range_high {
            bound.op = QuotaOp::AtMost;
            "range".clone_into(&mut bound.by);
        }
        if number.range_low {
            bound.end = number.end;
        }
        // `đủ 20 năm công tác` describes.
        if bound.by == "bang" && self.word(number.end) == "năm" {
            return None;
        }
        if let Some((op, end)) = after {
            let exact = bound.stated && matches!(bound.op, QuotaOp::AtMost | QuotaOp::LessThan);
            if !exact {
                bound.op = op;
            }
            bound.end = bound.end.max(end);
            bound.stated = true;
        }
        Some(bound)
    }

    /// *trở lên* behind a number, before the next number or the end of the clause.
    pub(super) fn after(&self, number: &Number, unit_end: usize) -> Option<(QuotaOp, usize)> {
        let limit = self
            .scan
            .numbers_in(number.end..unit_end.max(number.end) + 11)
            .first()
            .map_or(usize::MAX, |n| n.start)
            .min(self.scan.segment(number.start).end)
            .min(unit_end.max(number.end) + 10);
        let from = self.comparators.partition_point(|m| m.start < number.end);
        self.comparators.iter().skip(from).take_while(|m| m.start < limit).find_map(|m| {
            let rule = self.knowledge.comparators.get(m.pattern)?;
            let clause = !(number.end..m.start).any(|i| self.scan.is_mark(i, ':'));
            (rule.after && m.start >= number.end && m.end <= limit && clause).then_some((rule.op, m.end))
        })
    }

    /// The comparator that ends right before a token.
    pub(super) fn comparator_before(&self, at: usize) -> Option<&Match> {
        let next = self.comparators.partition_point(|m| m.end < at);
        self.comparators.get(next).filter(|m| m.end == at)
    }

    /// `từ 23 xuống 18`: a baseline.
    pub(super) fn changes(&self, number: &Number, unit_end: usize) -> bool {
        let end = self.scan.segment(number.start).end.min(unit_end + 6);
        (number.end..end).any(|i| matches!(self.word(i), "xuống" | "lên"))
    }
}
