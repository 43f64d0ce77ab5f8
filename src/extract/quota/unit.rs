//! What is counted, and of what each.

use super::Finder;
use crate::extract::actor;
use crate::extract::citation::one_line;
use crate::extract::knowledge::Cue;
use crate::extract::scan::Number;
use crate::language::token::Kind;

impl Finder<'_, '_> {
    /// Where the noun phrase behind a number ends.
    pub(super) fn unit_end(&self, number: &Number) -> usize {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        if number.range_low || number.glued_unit.is_some() {
            return number.end;
        }
        let mut end = number.end;
        let limit = scan.segment(number.start).end.min(number.end + 14);
        if scan.is_mark(end, '"') {
            // `02 “Phiên chợ nhân ái”`: a name is what is counted.
            return (end + 1..limit).find(|&i| scan.is_mark(i, '"')).map_or(end, |i| i + 1);
        }
        while end < limit {
            let Some(token) = scan.tokens.get(end) else { break };
            match token.kind {
                Kind::Word => {
                    let first = end == number.end;
                    let counted =
                        scan.phrase(end, lists.countable).is_some() || scan.phrase(end, lists.weak_unit).is_some();
                    let stop = scan.phrase(end, lists.unit_stop).is_some() && !(first && counted);
                    if stop
                        && !(self.word(end) == "và" && self.noun_follows(end + 1))
                        && !(matches!(self.word(end), "hoặc") && self.noun_follows(end + 1))
                    {
                        break;
                    }
                    end = scan.phrase(end, lists.countable).unwrap_or(end + 1);
                }
                Kind::Mark('/') if self.noun_follows(end + 1) && !self.is_per_noun(end + 1) => end += 1,
                Kind::Mark(',') if self.noun_follows(end + 1) => end += 1,
                _ => break,
            }
        }
        end
    }

    /// A counted noun begins here, and no number in front of it.
    pub(super) fn noun_follows(&self, at: usize) -> bool {
        self.scan.phrase(at, self.knowledge.lists.countable).is_some()
            && self.scan.tokens.get(at).is_some_and(|t| !t.capital || t.upper)
            && !self.is_actor(at)
    }

    pub(super) fn is_actor(&self, at: usize) -> bool {
        actor::within(self.actors, at..at + 1).iter().any(|a| a.subject && a.tokens.len() >= 2)
    }

    pub(super) fn unit_is(&self, number: &Number, list: Cue) -> bool {
        self.scan.phrase(number.end, list).is_some()
            || number.glued_unit.is_some()
            || self.scan.is_mark(number.end, '"')
    }

    pub(super) fn unit_text(&self, number: &Number, unit_end: usize) -> Option<String> {
        if let Some(digits) = number.glued_unit {
            return self.scan.text(number.start..number.end).get(digits..).map(str::to_owned);
        }
        if number.range_low {
            let high = self.scan.high(number)?;
            return self.unit_text(high, self.unit_end(high));
        }
        let text = one_line(self.scan.text(number.end..unit_end));
        let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// In a cell with nothing but a number: the unit that the table gives.
    pub(super) fn cell_unit(&self, number: &Number, unit_end: usize) -> Option<String> {
        self.context.cell_unit.clone().filter(|_| unit_end <= number.end && number.glued_unit.is_none())
    }

    pub(super) fn is_per_noun(&self, at: usize) -> bool {
        self.scan.phrase(at, self.knowledge.lists.per_noun).is_some()
    }

    /// `/5 đoàn viên`, `/01 ban`.
    pub(super) fn per_count_follows(&self, at: usize) -> bool {
        self.scan.is_mark(at, '/')
            && self.scan.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Digits)
            && self.scan.phrase(at + 2, self.knowledge.lists.countable).is_some()
    }

    /// `/đơn vị` behind the unit: of what each, and where it ends.
    pub(super) fn per_suffix(&self, unit_end: usize) -> Option<(String, usize)> {
        let scan = self.scan;
        if !scan.is_mark(unit_end, '/') {
            return None;
        }
        let start = unit_end + 1;
        let counted = self.per_count_follows(unit_end);
        if !counted && !self.is_per_noun(start) {
            return None;
        }
        let noun = if counted { start + 1 } else { start };
        let mut end = scan.phrase(noun, self.knowledge.lists.countable).unwrap_or(noun + 1);
        while end < noun + 5
            && scan.tokens.get(end).is_some_and(|t| t.kind == Kind::Word)
            && scan.phrase(end, self.knowledge.lists.unit_stop).is_none()
            && scan.phrase(end, self.knowledge.lists.verb).is_none()
            && scan.phrase(end, self.knowledge.lists.modal).is_none()
        {
            end += 1;
        }
        Some((one_line(scan.text(start..end)), end))
    }

    /// The per-suffix of the number that goes on with this one (`01 tập thể và 01 cá nhân/đơn vị`).
    pub(super) fn shared_suffix(&self, unit_end: usize) -> Option<String> {
        let next = self.scan.numbers_in(unit_end..unit_end + 4).first()?;
        let joined =
            next.start <= unit_end + 2 && (unit_end..next.start).all(|i| matches!(self.word(i), "," | "và" | "hoặc"));
        if !joined || next.start == unit_end {
            return None;
        }
        self.per_suffix(self.unit_end(next)).map(|(per, _)| per)
    }

    /// The per-suffix behind a range (`01 - 02 mô hình/đơn vị`).
    pub(super) fn range_suffix(&self, low: &Number) -> Option<String> {
        let high = self.scan.high(low)?;
        self.per_suffix(self.unit_end(high)).map(|(per, _)| per)
    }

    /// `kiểm tra mỗi chi hội ít nhất 02 lần`: of what each, though somebody else acts.
    pub(super) fn per_served(&self, number: &Number) -> Option<String> {
        let segment = self.scan.segment(number.start);
        let each = actor::within(self.actors, segment.start..number.start)
            .iter()
            .rev()
            .find(|a| a.each && !a.subject && a.tokens.end <= number.start)?;
        (self.scan.phrase_before(each.tokens.start, self.knowledge.lists.served).is_some())
            .then(|| each.per(self.scan))
            .flatten()
    }

    /// `cứ 100 đoàn viên được đề nghị 01 cá nhân`: of how many each.
    pub(super) fn per_every(&self, number: &Number) -> Option<String> {
        let scan = self.scan;
        let segment = scan.segment(number.start);
        let at = (segment.start..number.start)
            .find(|&i| scan.word(i) == "cứ" && scan.sym(i.wrapping_sub(1)) != self.knowledge.words.can)?;
        let counted = scan.number_at(at + 1).filter(|n| n.start < number.start)?;
        Some(one_line(scan.text(counted.start..self.unit_end(counted))))
    }

    /// An abbreviation in capitals is counted (`01 CĐCS`).
    pub(super) fn upper_unit(&self, number: &Number) -> bool {
        self.scan.tokens.get(number.end).is_some_and(|t| t.upper && t.spaced) && number.padded
    }
}
