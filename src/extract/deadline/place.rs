//! Times that count only in the right place: bare dates and rhythms that stand alone.

use super::{Dated, Finder, frequency_rule};
use crate::extract::grammar::Match;
use crate::extract::knowledge::{DeadlineRule, Reading, Rhythm};
use crate::extract::time::Moment;
use crate::language::token::Kind;
use crate::model::{RecurringMode, When};

impl Finder<'_, '_> {
    /// Whether the place of a bare time asks for one: behind a label, in a heading, alone in its block or brackets; or
    /// it is a day still to come.
    pub(super) fn wants_time(&self, hit: &Match) -> bool {
        let scan = self.scan;
        let knowledge = self.knowledge;
        let slots = &knowledge.slots;
        let moment = self.moment(hit, slots.when).or_else(|| self.moment(hit, slots.start));
        let before = scan.tokens.get(hit.start.wrapping_sub(1));
        let text_before = before.map_or("", |t| t.text(&scan.block.text));
        // Years and bare months are names of periods far more often than deadlines.
        let vague = matches!(moment, Some(Moment::Year(_) | Moment::Half(..) | Moment::Every(_)) | None);
        let alone = hit.start <= 1 && hit.end + 2 >= scan.tokens.len();
        let labelled = before.is_none_or(|t| matches!(t.kind, Kind::Mark(':' | '(')))
            && (scan.has(0..hit.start, knowledge.lists.time_label) || self.context.time_heading);
        let listed = matches!(text_before, "," | ";" | "và" | "-")
            && scan.has(0..hit.start, knowledge.lists.time_label)
            && scan.tokens.iter().take(hit.start).any(|t| t.is(':'));
        // `Xét khen thưởng: tháng 11/2025 (sơ kết), tháng 7/2026 (tổng kết)`
        let sentence = scan.sentence(hit.start);
        let colon = (sentence.start..hit.start).find(|&i| scan.is_mark(i, ':')).filter(|c| c - sentence.start <= 8);
        let told = moment.is_some_and(|m| m.year().is_some())
            && matches!(text_before, ":" | "," | ";" | "và")
            && colon.is_some_and(|colon| {
                [knowledge.lists.review, knowledge.lists.report, knowledge.lists.submission]
                    .iter()
                    .any(|&cue| scan.has(sentence.start..colon, cue))
            })
            && !matches!(moment, Some(Moment::Year(_)));
        if labelled || listed || told {
            return true;
        }
        if vague {
            return false;
        }
        if alone && (self.context.in_table || self.context.time_heading) {
            return true;
        }
        let day_word = usize::from(scan.word(hit.start.wrapping_sub(1)) == "ngày");
        let named_day = scan.phrase_before(hit.start - day_word, knowledge.lists.made_on).is_some();
        match moment {
            Some(Moment::DayMonth(..)) => {
                let segment = scan.segment(hit.start);
                scan.sym(hit.start) == knowledge.words.ngay
                    && (scan.has(segment.start..hit.start, knowledge.lists.report)
                        || scan.has(segment.start..hit.start, knowledge.lists.submission))
            }
            Some(Moment::Date(date)) => {
                let segment = scan.segment(hit.start);
                let anniversary = scan.has(segment.start..hit.start, knowledge.lists.anniversary);
                !anniversary
                    && !named_day
                    && self.context.date.is_some_and(|today| date > today)
                    && !self.context.in_opening
            }
            _ => false,
        }
    }

    /// `số liệu tính đến 31/5/2021`: up to when figures were counted.
    pub(super) fn is_cutoff(&self, hit: &Match) -> bool {
        let scan = self.scan;
        let up_to = scan.lower(hit.start..hit.start + 1);
        matches!(up_to, "đến" | "hết" | "tới" | "từ" | "tính" | "trong")
            && scan.phrase_before(hit.start, self.knowledge.lists.cutoff).is_some()
    }

    /// `định kỳ 6 tháng trước ngày 15/6`, `định kỳ hằng quý … trước ngày 20`: the day says when the rhythm is due.
    pub(super) fn drop_said_better(&self, found: &mut Vec<Dated>) {
        let bare = |d: &Dated| matches!(&d.deadline.when, When::Recurring { rrule, mode: RecurringMode::During } if !rrule.contains("BY"));
        let dated = |d: &Dated| matches!(&d.deadline.when, When::Recurring { rrule, .. } if rrule.contains("BY"));
        let better: Vec<bool> = found
            .iter()
            .zip(found.iter().skip(1))
            .map(|(first, next)| {
                bare(first)
                    && dated(next)
                    && next.tokens.start <= first.tokens.end + 12
                    && self.scan.segment(first.tokens.start) == self.scan.segment(next.tokens.start)
            })
            .collect();
        let mut at = 0;
        found.retain(|_| {
            at += 1;
            !better.get(at - 1).copied().unwrap_or(false)
        });
    }

    /// Rhythms that stand alone: *Hàng tháng, mỗi chi hội …*.
    pub(super) fn add_rhythms(&self, found: &mut Vec<Dated>, taken: &[bool]) {
        let scan = self.scan;
        if !scan.nodes.hold(self.knowledge.classes.every) {
            return;
        }
        let mut added = Vec::new();
        for at in 0..scan.tokens.len() {
            let Some((node, rhythm)) = self.rhythm_at(at) else { continue };
            let end = node;
            let sentence = scan.sentence(at);
            let from = found.partition_point(|d| d.tokens.start < sentence.start.saturating_sub(1));
            let near = || found.iter().skip(from).take_while(|d| d.tokens.start < sentence.end);
            let covered = near().any(|d| d.tokens.start < end && at < d.tokens.end);
            let masked = taken.get(at).copied().unwrap_or(false) || scan.quoted.get(at).copied().unwrap_or(false);
            if covered || masked || !self.rhythm_counts(at, end) {
                continue;
            }
            // The day that follows in the same clause says the same more exactly; `định kỳ 6 tháng, hằng năm` are two.
            let listed = near().any(|d| d.tokens.end + 1 == at && matches!(scan.word(d.tokens.end), "," | "và"));
            let said_better = !listed
                && near().any(|d| {
                    d.tokens.start >= sentence.start
                        && d.tokens.end <= sentence.end
                        && matches!(d.deadline.when, When::Recurring { .. })
                });
            if said_better {
                continue;
            }
            let when = When::Recurring { rrule: frequency_rule(rhythm).to_owned(), mode: RecurringMode::During };
            let rule = DeadlineRule {
                id: "rhythm".to_owned(),
                read: Reading::Rhythm,
                bare: false,
                every: None,
                working_only: false,
            };
            added.push(self.item(&rule, at..end, (when, false), at, None));
        }
        found.extend(added);
    }

    pub(super) fn rhythm_at(&self, at: usize) -> Option<(usize, Rhythm)> {
        self.scan.nodes.at(at).filter(|n| n.class == self.knowledge.classes.every).find_map(|n| {
            match self.scan.moments.get(n.value as usize) {
                Some(Moment::Every(rhythm)) => Some((n.end as usize, *rhythm)),
                _ => None,
            }
        })
    }

    /// A rhythm counts where it opens a sentence or a clause, or goes with a verb; *chuyên đề hàng năm* is an adjective.
    pub(super) fn rhythm_counts(&self, at: usize, end: usize) -> bool {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        let sentence = scan.sentence(at);
        let average = at >= 2 && scan.lower(at - 2..at) == "bình quân" && at - 2 == sentence.start;
        let opens = at == sentence.start
            || average
            || scan.tokens.get(at - 1).is_some_and(|t| matches!(t.kind, Kind::Mark(':' | ';')))
            || (at <= sentence.start + 2 && scan.tokens.get(at).is_some_and(|t| t.capital));
        if opens {
            return true;
        }
        let slash = scan.is_mark(at - 1, '/');
        let verb_after = scan.phrase(end, lists.verb).is_some();
        let verb_before = scan.phrase_before(at, lists.report).is_some()
            || [lists.verb, lists.review].iter().any(|&list| scan.phrase_before(at, list).is_some())
            || (at.saturating_sub(3)..at).any(|i| scan.phrase(i, lists.report).is_some());
        !slash && (verb_after || verb_before)
    }
}
