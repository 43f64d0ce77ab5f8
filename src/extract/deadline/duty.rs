//! The duty that a time belongs to: its kind, who has it, to whom it goes, what is to be done.

use super::Finder;
use crate::extract::actor;
use crate::extract::citation::one_line;
use crate::extract::knowledge::{Cue, Reading};
use crate::model::DeadlineKind;
use std::ops::Range;

impl Finder<'_, '_> {
    /// What kind of duty a time belongs to, by the words around it.
    pub(super) fn kind(
        &self,
        read: Reading,
        tokens: &Range<usize>,
        from: usize,
        previous: Option<DeadlineKind>,
    ) -> DeadlineKind {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        let sentence = scan.sentence(tokens.start);
        let segment = scan.segment(tokens.start);
        // `(các nội dung trên gửi về …)` looks back over the whole sentence.
        let said = scan.lower(segment.start..tokens.start);
        let start = if said.contains("nội dung trên") { sentence.start } else { segment.start };
        let from = self.past_brackets(from, tokens.start);
        let before = start.max(from.min(tokens.start))..tokens.start;
        if scan.phrase(tokens.start, lists.event).is_some_and(|e| e <= tokens.end) {
            return DeadlineKind::Event;
        }
        let relative = matches!(read, Reading::After | Reading::Ahead);
        let around = sentence.start..(tokens.end + 8).min(sentence.end);
        if relative && scan.has(around, lists.received) {
            return DeadlineKind::Review;
        }
        let told_after = relative
            && (tokens.end..segment.end).find_map(|at| {
                let told = scan.phrase(at, lists.notice).is_some();
                let other = scan.phrase(at, lists.review).is_some() || scan.phrase(at, lists.submission).is_some();
                (told || other).then_some(told)
            }) == Some(true)
            && !scan.has(before.clone(), lists.verb);
        if told_after {
            return DeadlineKind::Other;
        }
        if relative
            && let Some(notice) = scan.last_phrase(before.clone(), lists.notice)
            && !scan.has(notice.end..tokens.start, lists.submission)
        {
            return DeadlineKind::Other;
        }
        // `Đăng ký: …` governs all that follows in its block.
        if let Some(end) = scan.phrase(0, lists.registration)
            && (end..end + 4).any(|i| scan.is_mark(i, ':'))
        {
            return DeadlineKind::Registration;
        }
        let opens_with_event = (segment.start..segment.start + 3).any(|i| scan.phrase(i, lists.event).is_some())
            && !scan.has(before.clone(), lists.submission)
            && !scan.has(before.clone(), lists.report)
            && !scan.has(before.clone(), lists.registration);
        let period = matches!(read, Reading::Range | Reading::Until | Reading::Event);
        if opens_with_event && !period && !relative {
            return DeadlineKind::Event;
        }
        let silent = ![lists.verb, lists.report, lists.registration, lists.submission]
            .iter()
            .any(|&cue| scan.has(before.clone(), cue));
        // `hằng tháng, trước ngày 22, báo cáo tiến độ`
        let behind = tokens.end + usize::from(scan.is_mark(tokens.end, ','));
        let told = [lists.report, lists.registration, lists.submission, lists.review]
            .iter()
            .any(|&cue| scan.phrase(behind, cue).is_some());
        if silent
            && told
            && behind > tokens.end
            && from <= segment.start
            && let Some(kind) = self.first_kind(behind..segment.end, period)
        {
            return kind;
        }
        if let Some(earlier) = previous
            && silent
            && from > segment.start
        {
            return earlier;
        }
        let spoken = self.kind_before(&before, relative, period);
        if let Some(kind) = spoken {
            // A bare *thực hiện*, *hoàn thành* goes on with what the sentence was about.
            return match previous {
                Some(earlier) if kind == DeadlineKind::Implementation && from > sentence.start => earlier,
                // `đăng ký … trước ngày …; các xã vùng cao gửi trước ngày …`
                Some(earlier)
                    if kind == DeadlineKind::Submission
                        && from > sentence.start
                        && matches!(scan.word(tokens.start.wrapping_sub(1)), "gửi" | "nộp")
                        && matches!(earlier, DeadlineKind::Registration | DeadlineKind::Report) =>
                {
                    earlier
                }
                _ => kind,
            };
        }
        if let Some(earlier) = previous
            && from > sentence.start
        {
            return earlier;
        }
        // `định kỳ 6 tháng báo cáo 01 lần`
        if scan.has(tokens.clone(), lists.report) {
            return DeadlineKind::Report;
        }
        let labelled = scan.has(sentence.start..tokens.start, lists.time_label);
        let duty = self
            .context
            .heading_kind
            .filter(|kind| !matches!(kind, DeadlineKind::Event | DeadlineKind::Implementation));
        self.first_kind(tokens.end..segment.end, period)
            .or_else(|| self.kind_before(&(0..tokens.start), relative, period))
            .or(duty)
            .or(if labelled { Some(DeadlineKind::Implementation) } else { None })
            .or(self.context.heading_kind.filter(|kind| !(period && *kind == DeadlineKind::Event)))
            .unwrap_or(if relative { DeadlineKind::Other } else { DeadlineKind::Implementation })
    }

    /// `trước ngày 10/01 (sơ kết) và trước ngày 05/7`: what the brackets say belongs to the time before.
    fn past_brackets(&self, from: usize, to: usize) -> usize {
        if !self.scan.is_mark(from, '(') {
            return from;
        }
        (from..to).find(|&at| self.scan.is_mark(at, ')')).map_or(from, |at| at + 1)
    }

    /// The kind that the words in front of a time name: the more particular duty wins.
    pub(super) fn kind_before(&self, range: &Range<usize>, relative: bool, period: bool) -> Option<DeadlineKind> {
        let scan = self.scan;
        let lists = &self.knowledge.lists;
        let has = |cue: Cue| scan.has(range.clone(), cue);
        // *tổng kết* in *báo cáo tổng kết* is no review.
        let report_end = scan.last_phrase(range.clone(), lists.report).map_or(0, |p| p.end);
        let near = |cue: Cue| {
            scan.last_phrase(range.clone(), cue)
                .is_some_and(|p| p.end + 3 > range.end && (cue == lists.report || p.end > report_end))
        };
        let praises = scan.lower(range.clone()).contains("báo cáo thành tích");
        let sent = actor::within(self.actors, range.clone()).iter().any(|a| {
            a.receiver && a.tokens.start >= range.start && a.tokens.end <= range.end && a.tokens.end + 6 > range.end
        });
        let first = |cue: Cue| range.clone().find(|&at| scan.phrase(at, cue).is_some_and(|end| end <= range.end));
        let last = |cue: Cue| scan.last_phrase(range.clone(), cue).map(|p| p.start);
        let report = first(lists.report).filter(|_| !praises || first(lists.report) != last(lists.report));
        let before = |a: Option<usize>, b: Option<usize>| a.is_some_and(|a| b.is_none_or(|b| a < b));
        let assessed_first = before(first(lists.review), first(lists.submission))
            && !before(first(lists.report), first(lists.review))
            && first(lists.review).is_some_and(|at| at <= range.start + 1 || !has(lists.submission));
        if (relative || period) && near(lists.review) && !near(lists.submission) || relative && assessed_first {
            return Some(DeadlineKind::Review);
        }
        // `tiếp nhận hồ sơ, hội đồng xét chọn hoàn thành trước …`: nothing is sent.
        let sends = scan.lower(range.clone());
        if near(lists.review) && !["gửi", "nộp", "trình "].iter().any(|verb| sends.contains(verb)) && !sent {
            return Some(DeadlineKind::Review);
        }
        // `tổng hợp kết quả đăng ký, báo cáo về tỉnh` is a report, `gửi bản đăng ký` a registration.
        if has(lists.registration) && report.is_none_or(|_| last(lists.report) < last(lists.registration)) {
            return Some(DeadlineKind::Registration);
        }
        let dossier = range.clone().find(|&at| scan.lower(at..(at + 2).min(range.end)) == "hồ sơ");
        // `tổng hợp hồ sơ, báo cáo TW Hội`: the verb, with the one who receives.
        let told = scan
            .last_phrase(range.clone(), lists.report)
            .is_some_and(|p| actor::within(self.actors, p.end..p.end + 1).iter().any(|a| a.tokens.end <= range.end));
        if report.is_some_and(|report| told || dossier.is_none_or(|dossier| report < dossier)) {
            return Some(DeadlineKind::Report);
        }
        // `Thẩm định hồ sơ, trình Hội đồng` is the work of the one who assesses.
        let assesses = first(lists.review).is_some_and(|at| at <= range.start + 1);
        let sends = scan.lower(range.clone());
        let passes_up = before(first(lists.review), first(lists.submission))
            && ["thẩm định", "thẩm tra", "phúc tra"].iter().any(|word| sends.contains(word))
            && !["gửi", "nộp", "lập hồ sơ"].iter().any(|word| sends.contains(word));
        if (assesses || passes_up) && sends.contains("trình ") {
            return Some(DeadlineKind::Review);
        }
        if has(lists.submission) || sent && !has(lists.event) {
            return Some(DeadlineKind::Submission);
        }
        // `các hoạt động chào mừng ngày 20/11, hoàn thành trước …`: the work, not the feast.
        let done = range.end >= 2 && scan.lower(range.end - 2..range.end) == "hoàn thành";
        if has(lists.review) && (period || done || last(lists.event) <= last(lists.review)) {
            return Some(DeadlineKind::Review);
        }
        if has(lists.event) && !period && !done {
            return Some(DeadlineKind::Event);
        }
        (has(lists.implementation) || has(lists.event)).then_some(DeadlineKind::Implementation)
    }

    /// The kind that the first telling word of a range names.
    pub(super) fn first_kind(&self, range: Range<usize>, period: bool) -> Option<DeadlineKind> {
        let lists = &self.knowledge.lists;
        let order = [
            (lists.registration, DeadlineKind::Registration),
            (lists.report, DeadlineKind::Report),
            (lists.submission, DeadlineKind::Submission),
            (lists.review, DeadlineKind::Review),
            (lists.event, if period { DeadlineKind::Implementation } else { DeadlineKind::Event }),
            (lists.implementation, DeadlineKind::Implementation),
        ];
        range.clone().find_map(|at| {
            // *được công nhận* tells what becomes of somebody, not what is to be done.
            if at > range.start && self.scan.word(at - 1) == "được" {
                return None;
            }
            let hit = order
                .iter()
                .filter_map(|(cue, kind)| Some((self.scan.phrase(at, *cue).filter(|end| *end <= range.end)?, *kind)))
                .max_by_key(|(end, _)| *end)?;
            let ahead = hit.0..(hit.0 + 4).min(range.end);
            let follows = |cue: Cue| ahead.clone().any(|i| self.scan.phrase(i, cue).is_some());
            Some(match hit.1 {
                // `tổ chức lựa chọn`, `gửi báo cáo`
                DeadlineKind::Implementation if follows(lists.review) => DeadlineKind::Review,
                DeadlineKind::Implementation if follows(lists.event) && !period => DeadlineKind::Event,
                DeadlineKind::Submission if follows(lists.report) => DeadlineKind::Report,
                kind => kind,
            })
        })
    }

    pub(super) fn actor(&self, tokens: &Range<usize>) -> Option<String> {
        let scan = self.scan;
        // `trước ngày 15/6 đối với các trường …`, `hằng tuần mỗi huyện …`
        let behind = actor::within(self.actors, tokens.end..tokens.end + 3).iter().find(|a| {
            let scope = a.tokens.start == tokens.end + 2 && scan.lower(tokens.end..tokens.end + 2) == "đối với";
            let next = a.subject && a.tokens.start == tokens.end && a.each;
            scope || next
        });
        if let Some(behind) = behind {
            return Some(behind.text(scan));
        }
        if let Some(actor) = actor::governing(self.actors, scan, tokens.start) {
            return Some(actor.text(scan));
        }
        let sentence = scan.sentence(tokens.start);
        // What stands in brackets behind has a time of its own.
        let ahead = (tokens.end..tokens.end + 13).find(|&i| scan.is_mark(i, '(')).unwrap_or(tokens.end + 13);
        let after = actor::within(self.actors, tokens.end..ahead).iter().find(|a| {
            a.subject
                && a.tokens.start >= tokens.end
                && a.tokens.start <= tokens.end + 12
                && a.tokens.end <= sentence.end
        });
        after.map(|a| a.text(scan)).or_else(|| self.context.actor.clone())
    }

    pub(super) fn recipient(&self, tokens: &Range<usize>) -> Option<String> {
        let scan = self.scan;
        let segment = scan.segment(tokens.start);
        actor::within(self.actors, segment.clone())
            .iter()
            .filter(|a| a.receiver && a.tokens.start >= segment.start && a.tokens.end <= segment.end)
            .min_by_key(|a| a.tokens.start.abs_diff(tokens.start))
            .map(|a| a.text(scan))
    }

    /// What has to be done: the clause without the time.
    pub(super) fn action(&self, tokens: &Range<usize>, from: usize) -> Option<String> {
        let scan = self.scan;
        let segment = scan.segment(tokens.start);
        let start = segment.start.max(from.min(tokens.start));
        let clean = |range: Range<usize>| {
            let text = if range.is_empty() { String::new() } else { one_line(scan.text(range)) };
            let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '”' | '“' | ')'));
            text.chars().filter(|c| c.is_alphabetic()).nth(2).map(|_| text.to_owned())
        };
        // A bare label (*Thời gian:*) says less than the heading above it.
        let label = scan.has(start..tokens.start, self.knowledge.lists.time_label) && tokens.start - start <= 4;
        // `… báo cáo kết quả về tỉnh (đợt 1 trước ngày 15/3; đợt 2 trước ngày 01/11)`: what stands before the brackets.
        let open = scan.sentence(tokens.start).start..tokens.start;
        let open = open.rev().find(|&i| scan.is_mark(i, '(') || scan.is_mark(i, ')'));
        let open = open.filter(|&i| scan.is_mark(i, '('));
        let whole = open.and_then(|open| clean(scan.segment(open).start..open));
        // *Phấn đấu* alone says nothing.
        let strives = scan.phrase(start, self.knowledge.lists.strive) == Some(tokens.start);
        let before = whole.or_else(|| if label || strives { None } else { clean(start..tokens.start) });
        before
            .or_else(|| clean(tokens.end..segment.end))
            .or_else(|| if label { None } else { clean(segment.start..tokens.start) })
            .or_else(|| self.context.heading.as_deref().map(str::to_owned))
            .or_else(|| self.context.paper.as_deref().map(str::to_owned))
            .or_else(|| clean(start..tokens.start))
    }
}
