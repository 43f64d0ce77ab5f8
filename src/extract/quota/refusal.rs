//! Numbers that are no quotas: references, history, scales, things that nobody has to reach.

use super::Finder;
use crate::extract::actor;
use crate::extract::scan::Number;
use crate::language::token::Kind;
use crate::model::{Quota, QuotaKind};
use std::ops::Range;

impl Finder<'_, '_> {
    /// The number stands first in a cell of a column that hands out numbers.
    pub(super) fn is_handed_out(&self, number: &Number) -> bool {
        let short = self.scan.tokens.len() <= 10 && number.start <= 3;
        short && self.context.cell_kind.is_some() && !number.in_words
    }

    /// Something else has the number already, or it is part of a name between quotation marks.
    pub(super) fn is_taken(&self, number: &Number) -> bool {
        (number.start..number.end)
            .any(|i| self.taken.get(i).copied().unwrap_or(false) || self.scan.quoted.get(i).copied().unwrap_or(false))
    }

    /// Ordinals, references, dates, codes, telephone numbers, names between quotation marks.
    pub(super) fn is_reference(&self, number: &Number) -> bool {
        let scan = self.scan;
        let knowledge = self.knowledge;
        let at = number.start;
        let before = at.checked_sub(1).and_then(|i| scan.tokens.get(i));
        let glued_before = before.is_some_and(|t| matches!(t.kind, Kind::Mark('/' | '-' | '.' | ':' | '+' | '@')))
            && scan.tokens.get(at).is_some_and(|t| !t.spaced)
            && at >= 2
            && scan
                .tokens
                .get(at - 2)
                .is_some_and(|t| t.kind == Kind::Digits && scan.tokens.get(at - 1).is_some_and(|m| !m.spaced))
            && !number.range_high;
        let glued_after = scan.tokens.get(number.end).is_some_and(|t| matches!(t.kind, Kind::Mark('/')) && !t.spaced)
            && scan
                .tokens
                .get(number.end + 1)
                .is_some_and(|t| t.kind == Kind::Digits || t.upper && !self.is_per_noun(number.end + 1))
            && !number.percent
            && !self.per_count_follows(number.end);
        let ordinal = scan.phrase_before(at, knowledge.lists.number_noun).is_some_and(|noun| {
            let before = if noun.start > 0 { self.word(noun.start - 1) } else { "" };
            // `mỗi đợt 02 …`, `tổng số 15 …` count.
            let counts =
                matches!(before, "mỗi" | "Mỗi" | "từng" | "một") || before == "tổng" && self.word(noun.start) == "số";
            !counts
        });
        let ordinal_cell = self.context.in_table && scan.tokens.len() == 1;
        let label = ordinal_cell
            || at == 0 && scan.tokens.get(number.end).is_some_and(|t| matches!(t.kind, Kind::Mark('.' | ')' | '/')));
        let long = !number.percent
            && number.end == at + 1
            && scan.tokens.get(at).is_some_and(|t| t.kind == Kind::Digits && t.width() >= 7);
        let time = scan.nodes.at(at).any(|n| {
            n.class == knowledge.classes.t && n.end as usize > number.end
                || n.class == knowledge.classes.t && n.end as usize == number.end && !number.percent && self.in_time(at)
                || n.class == knowledge.classes.clock
        }) || (at.saturating_sub(4)..at)
            .any(|i| scan.nodes.at(i).any(|n| n.class == knowledge.classes.t && n.end as usize > at));
        let measured = if number.range_low { scan.high(number).map_or(number.end, |n| n.end) } else { number.end };
        let never =
            scan.phrase(measured, knowledge.lists.never_unit).is_some() && !self.word(measured).starts_with("phút");
        let roman_name = number.in_words && self.word(at).chars().next().is_some_and(char::is_uppercase) && at > 0;
        glued_before || glued_after || ordinal || label || long || time || never || roman_name
    }

    pub(super) fn in_time(&self, at: usize) -> bool {
        matches!(self.word(at.wrapping_sub(1)), "ngày" | "tháng" | "trước" | "dịp" | "đến" | "hết")
    }

    /// What has been reached already is no target.
    pub(super) fn is_history(&self, number: &Number) -> bool {
        let scan = self.scan;
        if self.context.history_heading {
            return true;
        }
        let segment = scan.segment(number.start);
        let sentence = scan.sentence(number.start);
        let said = scan.lower(sentence.start..number.start);
        let goal = scan.has(sentence.start..number.start, self.knowledge.lists.goal);
        let compared = self.comparator_before(number.start).is_some();
        if self.context.reports && number.percent && !compared {
            return true;
        }
        // `Năm 2020, toàn tỉnh có 71,5% …` in a paper of 2021.
        let mut years = (sentence.start..number.start).filter_map(|i| self.year_at(i)).peekable();
        let earlier = years.peek().is_some() && self.context.year.is_some_and(|this| years.all(|year| year < this));
        if earlier && !goal && !self.context.standing && (!compared || said.contains(" có ")) {
            return true;
        }
        let past = scan.last_phrase(segment.start..number.start, self.knowledge.lists.past);
        let result = past.is_some_and(|p| {
            // `đã đăng ký`, `đã được khen` describe; a verb of choosing behind them starts afresh.
            !scan.has(p.end..number.start, self.knowledge.lists.choose)
        });
        result && !goal
    }

    /// A year in plain words, not in a citation or a name.
    pub(super) fn year_at(&self, at: usize) -> Option<i16> {
        let token = self.scan.tokens.get(at)?;
        let plain = token.kind == Kind::Digits
            && token.width() == 4
            && (1945..=2100).contains(&token.value)
            && !self.taken.get(at).copied().unwrap_or(false)
            && !self.scan.quoted.get(at).copied().unwrap_or(false);
        plain.then(|| i16::try_from(token.value).ok()).flatten()
    }

    /// Points of a scale: *cộng 02 điểm*, *trừ 5 điểm*.
    pub(super) fn is_scale(&self, number: &Number) -> bool {
        let scan = self.scan;
        let segment = scan.segment(number.start);
        let points = |i: usize| {
            matches!(scan.word(i), "cộng" | "trừ")
                && scan
                    .tokens
                    .get(i + 1)
                    .is_some_and(|t| matches!(t.kind, Kind::Digits) || matches!(self.word(i + 1), "thêm" | "từ"))
        };
        segment.clone().any(points)
            || (self.context.scale_heading && self.comparator_before(number.start).is_none())
            || (self.word(number.end) == "điểm" && scan.is_mark(number.start.wrapping_sub(1), '('))
    }

    /// Whether a number without a comparator counts: things that are counted, under a verb, a list, or *mỗi*.
    pub(super) fn is_counted(&self, number: &Number, unit_end: usize, per: bool, elided: bool) -> bool {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        if number.range_high {
            return true;
        }
        let countable = self.unit_is(number, lists.countable) || self.upper_unit(number);
        // `mỗi tháng 02 lần`
        let times = self.word(number.end) == "lần"
            && number.start >= 2
            && scan.nodes.at(number.start - 2).any(|n| n.class == self.knowledge.classes.every);
        if times {
            return true;
        }
        // `vận động Quỹ đạt 500 triệu đồng, bình quân mỗi cơ sở 25 triệu đồng` among the targets
        let segment = scan.segment(number.start);
        let each = actor::within(self.actors, segment.start..number.start)
            .iter()
            .any(|a| a.each && a.tokens.end <= number.start);
        let reached = matches!(self.word(number.start.wrapping_sub(1)), "đạt");
        if self.context.aim_heading && (reached || each) && scan.phrase(number.end, lists.money).is_some() {
            return true;
        }
        let weak = scan
            .phrase(number.end, lists.weak_unit)
            .is_some_and(|weak| scan.phrase(number.end, lists.countable).is_none_or(|strong| strong <= weak));
        let range_unit = number.range_low && scan.high(number).is_some_and(|n| self.unit_is(n, lists.countable));
        // `mỗi hội nhận 01 hàng cây`, `trồng 02 luống hoa`: the verb and the padded figure count whatever follows.
        let done = number.padded
            && !weak
            && scan.tokens.get(number.end).is_some_and(|t| t.kind == Kind::Word)
            && scan.phrase_before(number.start, lists.verb).is_some()
            && scan.phrase(number.end, lists.unit_stop).is_none();
        if !(countable || range_unit || done)
            || weak
            || unit_end == number.end && !range_unit && number.glued_unit.is_none()
        {
            return false;
        }
        if per || elided {
            return true;
        }
        let window = segment.start.max(number.start.saturating_sub(18))..number.start;
        let colon = scan.is_mark(number.start.wrapping_sub(1), ':');
        let has = self.word(number.start.wrapping_sub(1)) == "có" && self.context.criteria_heading;
        let aimed = self.context.aim_heading
            && matches!(self.word(number.start.wrapping_sub(1)), "có" | "Có" | "thêm" | "được" | "đạt" | "là");
        let acts = has
            || aimed
            || [lists.choose, lists.award, lists.award_name, lists.verb]
                .iter()
                .any(|&list| scan.has(window.clone(), list));
        let opens = number.start == segment.start
            && (self.context.award_heading || self.context.choose_heading || number.padded);
        let possessive = scan.phrase_before(number.start, lists.possessive).is_some();
        let award = scan.has(segment.start..number.start, lists.award);
        let rhythm = segment.start..number.start;
        let rhythm = rhythm.clone().any(|at| self.opens_with_rhythm(at));
        (each || colon || acts || opens || rhythm)
            && (!possessive || award && !matches!(self.word(number.start.wrapping_sub(1)), "theo"))
    }

    /// `…; đơn vị trực thuộc một tập thể, hai cá nhân`: those who are chosen, in a sentence that has counted some before.
    pub(super) fn goes_on(&self, number: &Number, previous: Option<&(&Quota, Range<usize>)>) -> bool {
        let scan = self.scan;
        let Some((quota, tokens)) = previous else { return false };
        let proposed = matches!(quota.kind, QuotaKind::Nomination | QuotaKind::Award);
        let lists = &self.knowledge.lists;
        let chosen = [lists.chosen, lists.honoured].iter().any(|&list| scan.phrase(number.end, list).is_some());
        // The longest name of an actor has some forty words.
        let near = tokens.end.max(number.start.saturating_sub(48))..number.start;
        let named = actor::within(self.actors, near).iter().any(|a| a.subject && a.tokens.end == number.start);
        let same = tokens.start >= scan.sentence(number.start).start;
        // `cấp huyện tối thiểu 02 nhà, riêng các huyện miền núi 01 nhà`
        let shared = named && self.unit_is(number, lists.countable) && quota.kind == QuotaKind::Target;
        same && (shared || proposed && chosen && (named || self.continues(tokens, number)))
    }

    /// `…, 03 cá nhân`, `… và 01 hành động`: the number goes on with the one before.
    pub(super) fn continues(&self, previous: &Range<usize>, number: &Number) -> bool {
        let scan = self.scan;
        let gap = previous.end..number.start;
        if gap.is_empty() || gap.len() > 10 {
            return false;
        }
        let joined = matches!(self.word(number.start - 1), "," | "và" | "hoặc" | "/" | "+" | ";");
        let broken = gap.clone().any(|i| {
            scan.is_mark(i, ':')
                || scan.is_mark(i, ';')
                || (i > gap.start
                    && scan.phrase(i, self.knowledge.lists.verb).is_some()
                    && !scan.tokens.get(i).is_some_and(|t| t.capital))
                || actor::within(self.actors, i..i + 1).iter().any(|a| a.subject)
        });
        joined && !broken
    }
}
