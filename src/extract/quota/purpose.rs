//! What a number is for: to be reached, chosen, given, or a condition.

use super::{Bound, Finder, Verb};
use crate::extract::knowledge::Cue;
use crate::extract::scan::Number;
use crate::model::{QuotaKind, QuotaOp, Unit};
use std::ops::Range;

impl Finder<'_, '_> {
    /// What a number is for, by the words that govern it.
    pub(super) fn kind(
        &self,
        number: &Number,
        bound: &Bound,
        unit: &Unit,
        each: bool,
        earlier: Option<QuotaKind>,
    ) -> QuotaKind {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        let segment = scan.segment(number.start);
        let sentence = scan.sentence(number.start);
        let before = segment.start..number.start;
        let share = matches!(unit, Unit::Percent);
        let counted = if number.range_low { scan.high(number).map_or(number.end, |n| n.end) } else { number.end };
        let begins = |list: Cue| scan.phrase(counted, list).is_some();
        let said = |list: Cue| scan.has(before.clone(), list);
        let strives = said(lists.strive);
        let word_before = scan.word(bound.start.wrapping_sub(1));

        // `từ 30 đoàn viên trở lên được chọn 02 …`: how many there must be before any may be chosen.
        let ranged = bound.start >= segment.start + 3
            && scan.word(bound.start - 1) == "đến"
            && (segment.start..segment.start + 3).any(|at| scan.word(at) == "từ");
        // `(thôn trên 300 hộ được giới thiệu 03 hộ)`
        let open =
            (segment.start..bound.start).rev().find(|&at| ['(', ')', ':'].iter().any(|&mark| scan.is_mark(at, mark)));
        let head = open.filter(|&at| !scan.is_mark(at, ')')).map_or(segment.start, |at| at + 1);
        let opens = (bound.stated || number.range_high)
            && (bound.start <= head + 2 || ranged)
            && matches!(bound.by.as_str(), "tu" | "duoi" | "tren" | "it-nhat" | "range")
            && !share
            && (counted..segment.end).any(|i| scan.phrase(i, lists.choose).is_some());
        if opens {
            return QuotaKind::Threshold;
        }
        if begins(lists.prize) {
            return QuotaKind::Award;
        }
        // `Danh hiệu “…”: có 100% …` says what the title takes.
        let title = scan.lower(sentence.start..sentence.start + 2) == "danh hiệu"
            && (sentence.start..number.start).any(|at| scan.is_mark(at, ':'));
        let labelled_condition =
            title || (sentence.start..sentence.start + 4).any(|i| scan.phrase(i, lists.criteria_heading).is_some());
        let verb = self.nearest_verb(before.clone());
        let gives = matches!(verb, Some(Verb::Choose | Verb::Award));
        if labelled_condition || self.context.criteria_heading && !gives {
            return QuotaKind::Threshold;
        }
        // `trong đó có ít nhất 30% …` is a part of the number before.
        if before.clone().any(|at| scan.lower(at..at + 2) == "trong đó")
            && let Some(earlier) = earlier
            && segment.start == sentence.start
        {
            return earlier;
        }
        let tail = number.end..(number.end + 8).min(segment.end);
        let agreed = scan.has(tail, lists.agreement) || said(lists.agreement);
        let measure = !share && begins(lists.measure);
        // Money that somebody gives or saves is to be reached.
        let given = begins(lists.money) && (each || !matches!(verb, None | Some(Verb::Choose)));
        if (measure && !given || agreed) && !strives && bound.stated {
            return QuotaKind::Threshold;
        }
        let timed = sentence.start < bound.start
            && self.taken.get(sentence.start).copied().unwrap_or(false)
            && word_before == "có";
        let aimed = timed || word_before == "có" && self.context.aim_heading;
        // `xây dựng được ít nhất …` says what is done.
        let done = word_before == "được" && scan.phrase_before(bound.start - 1, lists.verb).is_some();
        if matches!(word_before, "có" | "được" | "khi" | "nếu")
            && !done
            && !aimed
            && bound.stated
            && !each
            && !strives
            && !before.clone().any(|at| self.opens_with_rhythm(at))
        {
            return QuotaKind::Threshold;
        }
        let people = begins(lists.chosen);
        let honoured = people || begins(lists.honoured);
        let whole = share && number.value >= 99.5;
        match verb {
            Some(Verb::Award) if honoured && !whole && !(each && scan.has(before.clone(), lists.choose)) => {
                return QuotaKind::Award;
            }
            Some(Verb::Choose | Verb::Award)
                if !(whole || strives && share) && (verb == Some(Verb::Choose) || honoured) =>
            {
                // Who *giới thiệu … để khen thưởng* hands nothing out.
                let proposed = scan.last_phrase(before, lists.asking).is_some();
                let given = !proposed && scan.has(number.end..sentence.end, lists.to_be_given);
                return if given && !each { QuotaKind::Award } else { QuotaKind::Nomination };
            }
            Some(_) => {}
            None => {
                // `…; không quá 10 tập thể`: goes on with what the sentence was about.
                if let Some(earlier) = earlier
                    && honoured
                    && segment.start > sentence.start
                {
                    return earlier;
                }
                let named = scan.has(sentence.start..number.start, lists.award_name) || self.context.award_heading;
                if named && honoured && !whole && !each && !(share && bound.op == QuotaOp::AtMost) {
                    return QuotaKind::Award;
                }
                let bounded = bound.op == QuotaOp::AtMost;
                if people && (each || self.context.choose_heading || self.context.award_heading || bounded) {
                    return QuotaKind::Nomination;
                }
            }
        }
        if share {
            let offered = scan.has(number.end..segment.end, lists.to_be_proposed);
            let falls = said(lists.falling);
            return match bound.op {
                QuotaOp::AtMost if !falls && (people || self.context.award_heading || self.context.choose_heading) => {
                    QuotaKind::Nomination
                }
                QuotaOp::LessThan if !falls => QuotaKind::Threshold,
                _ if offered && !strives && !each => QuotaKind::Nomination,
                _ => QuotaKind::Target,
            };
        }
        let condition = matches!(bound.by.as_str(), "tu" | "duoi" | "tren") && bound.stated && !number.range_low;
        if condition && !strives && !each && !scan.has(before, lists.verb) {
            return QuotaKind::Threshold;
        }
        QuotaKind::Target
    }

    /// The last verb in front of a number, by what it means for the number.
    pub(super) fn nearest_verb(&self, before: Range<usize>) -> Option<Verb> {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        before.clone().rev().find_map(|at| {
            let ends = |cue: Cue| scan.phrase(at, cue).filter(|end| *end <= before.end);
            let name = at > before.start
                && scan.tokens.get(at).is_some_and(|t| t.capital)
                && !matches!(self.word(at - 1), ":" | ";" | "." | "-" | "+");
            if name {
                return None;
            }
            let (choose, award, verb) = (ends(lists.choose), ends(lists.award), ends(lists.verb));
            match (choose, award, verb) {
                (Some(choose), award, _) if award.is_none_or(|award| choose >= award) => Some(Verb::Choose),
                // Inside a longer phrase of choosing (`đề nghị khen thưởng`) the shorter one does not count.
                (_, Some(award), _) => {
                    let inside = (before.start.max(at.saturating_sub(3))..at)
                        .any(|start| scan.phrase(start, lists.choose).is_some_and(|end| end >= award));
                    let asked = self.asked(before.start.max(at.saturating_sub(9))..at);
                    (!inside).then_some(if asked { Verb::Choose } else { Verb::Award })
                }
                (_, _, Some(_)) if matches!(scan.word(at), "kiểm" | "giám") => Some(Verb::Do),
                (_, _, Some(_)) if ends(lists.submission).is_none() && ends(lists.review).is_none() => Some(Verb::Do),
                _ => None,
            }
        })
    }

    /// `đề nghị cấp trên khen …`: one body is asked to give, nobody gives yet. *đề nghị các đơn vị khen* tells many to.
    fn asked(&self, range: Range<usize>) -> bool {
        let scan = self.scan;
        let asking = scan.last_phrase(range.clone(), self.knowledge.lists.asking);
        asking.is_some_and(|asking| {
            asking.end < range.end
                && !matches!(self.word(asking.end), "các" | "mỗi" | "từng")
                && !(asking.end..range.end).any(|at| scan.is_mark(at, ';') || scan.is_mark(at, ':'))
        })
    }

    pub(super) fn opens_with_rhythm(&self, at: usize) -> bool {
        self.scan.nodes.at(at).any(|n| n.class == self.knowledge.classes.every)
    }
}
