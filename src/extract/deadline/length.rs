//! Lengths of time from or before an event.

use super::{Finder, scan_has_time};
use crate::extract::citation::one_line;
use crate::extract::grammar::Match;
use crate::extract::knowledge::{DeadlineRule, LengthUnit, Reading};
use crate::extract::time::Moment;
use crate::language::token::Kind;
use crate::model::When;

impl Finder<'_, '_> {
    pub(super) fn relative(&self, rule: &DeadlineRule, hit: &Match) -> Option<When> {
        let Some(Moment::Length { count, unit, working }) = self.moment(hit, self.knowledge.slots.length) else {
            return None;
        };
        if rule.working_only && !working {
            return None;
        }
        let ahead = rule.read == Reading::Ahead;
        // `báo cáo 6 tháng trước ngày 30/6`, `05 ngày làm việc, từ ngày 04/12/2025`: the date binds.
        if scan_has_time(self.scan, self.knowledge, hit.end - 1..hit.end + 2) {
            return None;
        }
        let long = matches!(unit, LengthUnit::Year | LengthUnit::Month);
        let anchor = self.anchor(hit, ahead);
        // Years of service (`trong thời gian 05 năm`) are no deadline unless they run from an event.
        if long && anchor.is_none() {
            return None;
        }
        let sign = if ahead { "-" } else { "" };
        let offset = match unit {
            LengthUnit::Hour => format!("{sign}PT{count}H"),
            LengthUnit::Day => format!("{sign}P{count}D"),
            LengthUnit::Week => format!("{sign}P{count}W"),
            LengthUnit::Month => format!("{sign}P{count}M"),
            LengthUnit::Year => format!("{sign}P{count}Y"),
        };
        Some(When::Relative { offset, working_days: working, anchor })
    }

    /// The event that a length of time is counted from, in the words of the source.
    pub(super) fn anchor(&self, hit: &Match, ahead: bool) -> Option<String> {
        let scan = self.scan;
        let length = hit.captures.slot(self.knowledge.slots.length)?;
        let behind = length.node.end as usize;
        if ahead && behind >= hit.end && hit.start + 1 < length.start as usize {
            // `trước Đại hội 30 ngày`
            let words = one_line(scan.text(hit.start + 1..length.start as usize));
            let plain = words.split(' ').all(|w| matches!(w, "ít" | "nhất" | "tối" | "thiểu"));
            if !plain {
                return Some(words);
            }
        }
        let first = usize::from(scan.lower(hit.start..hit.start + 1).ne("sau")) * 2;
        if !ahead && behind >= hit.end && hit.start + first + 2 < length.start as usize {
            // `sau khi kết thúc Hội thi 05 ngày`
            return Some(one_line(scan.text(hit.start + first..length.start as usize)))
                .filter(|words| words.contains(' ') && words.to_lowercase().starts_with("sau"));
        }
        let mut start = behind;
        if scan.is_mark(start, '(') {
            start = (start..start + 10).find(|&i| scan.is_mark(i, ')')).map_or(start, |i| i + 1);
        }
        while scan.is_mark(start, ',') {
            start += 1;
        }
        let end = self.anchor_end(hit.end);
        (end > start).then(|| one_line(scan.text(start..end)))
    }

    /// Where the words of an anchor end: at a mark or a verb of the next clause.
    pub(super) fn anchor_end(&self, from: usize) -> usize {
        let scan = self.scan;
        let sentence_end = scan.sentence(from.saturating_sub(1)).end;
        let anchored = from > 0
            && matches!(
                scan.tokens.get(from - 1).map_or("", |t| t.text(&scan.block.text)),
                "từ" | "sau" | "khi" | "ngày" | "kể" | "với" | "trước" | "làm"
            );
        if !anchored {
            return from;
        }
        (from..sentence_end.min(from + 24))
            .find(|&i| {
                self.starts_clause(i)
                    || scan
                        .tokens
                        .get(i)
                        .is_some_and(|t| matches!(t.kind, Kind::Mark(',' | ';' | '.' | ')' | ':' | '/') | Kind::Break))
            })
            .unwrap_or(sentence_end.min(from + 24))
    }

    /// `và phải …`, `không muộn hơn …`, `chậm nhất …`: the anchor of a length of time is over.
    pub(super) fn starts_clause(&self, at: usize) -> bool {
        let word = |i: usize| self.scan.tokens.get(i).map_or("", |t| t.text(&self.scan.block.text));
        matches!(word(at), "phải" | "không" | "chậm" | "muộn" | "sẽ")
            || (word(at) == "và" && matches!(word(at + 1), "phải" | "gửi" | "báo" | "nộp" | "chậm" | "không"))
    }

    pub(super) fn clause_end(&self, from: usize) -> usize {
        let scan = self.scan;
        let sentence_end = scan.sentence(from.saturating_sub(1)).end;
        (from..sentence_end.min(from + 30))
            .find(|&i| {
                scan.tokens
                    .get(i)
                    .is_some_and(|t| matches!(t.kind, Kind::Mark(',' | ';' | '.' | ')' | ':') | Kind::Break))
            })
            .unwrap_or(sentence_end.min(from + 30))
    }
}
