//! Deadlines against one another and against the document's own date.

use crate::check::dates::pattern;
use crate::check::subject::{Subject, head, parse, print};
use crate::language::fold::fold;
use crate::model::{Deadline, DeadlineKind, Finding, Severity, Span, When};
use crate::structure::Zone;
use jiff::civil::Date;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The period that the document announces: the longest one stated with its first and its last day.
pub(in crate::check) struct Drive {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Where it is stated.
    pub span: Span,
}

impl Drive {
    /// The drive of a document, if it announces one.
    pub fn of(subject: &Subject<'_>) -> Option<Self> {
        /// Shorter periods are steps within a drive.
        const SHORTEST: i32 = 20;
        let stated = subject.extraction.deadlines.iter().filter(|deadline| {
            deadline.kind != DeadlineKind::Event
                && deadline.exception.is_none()
                && !deadline.inferred
                && is_from_to(&fold(&deadline.text))
        });
        stated
            .filter_map(|deadline| {
                let (start, end) = both_ends(&deadline.when)?;
                Some(Self { start, end, span: deadline.span })
            })
            .filter(|drive| length(drive.start, drive.end) >= SHORTEST)
            .max_by_key(|drive| (length(drive.start, drive.end), std::cmp::Reverse(drive.span)))
    }
}

/// *Từ … đến …*, *bắt đầu …*, and not the name of a year, a quarter or a month.
fn is_from_to(text: &str) -> bool {
    text.contains("bắt đầu") || text.split_whitespace().any(|word| word == "từ" || word == "đến")
}

fn both_ends(when: &When) -> Option<(Date, Date)> {
    match when {
        When::During { start: Some(start), end: Some(end), .. } => Some((parse(start)?, parse(end)?)),
        _ => None,
    }
}

fn length(start: Date, end: Date) -> i32 {
    start.until(end).map_or(0, |span| span.get_days())
}

/// The day that ends a deadline, for those that name one.
fn due(deadline: &Deadline) -> Option<Date> {
    match &deadline.when {
        When::By { date, .. } | When::On { date } => parse(date),
        _ => None,
    }
}

/// Words of a clause about a report under way.
static INTERIM: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = [
        "sơ kết",
        "giữa kỳ",
        "tiến độ",
        "định kỳ",
        "hằng",
        "quý",
        "báo cáo tháng",
        "6 tháng",
        "đợt 1",
        "đợt i ",
        "lần 1",
        "bước đầu",
        "đột xuất",
        "báo cáo nhanh",
    ];
    words.map(fold).into()
});

/// Whether the clause asks for the report on the whole, not for one under way.
fn is_final_report(subject: &Subject<'_>, deadline: &Deadline) -> bool {
    if deadline.kind != DeadlineKind::Report || deadline.exception.is_some() {
        return false;
    }
    let clause = subject.clause(deadline.span);
    clause.contains("báo cáo") && !INTERIM.iter().any(|word| clause.contains(word))
}

/// TD204: the drive ends on 31/10, its report is due on 15/9.
pub(super) fn report_before_end(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(drive) = Drive::of(subject) else { return };
    for deadline in &subject.extraction.deadlines {
        let Some(day) = due(deadline) else { continue };
        if drive.start <= day && day < drive.end && is_final_report(subject, deadline) {
            found.push(
                Finding::new("TD204", Severity::Warning, Some(deadline.span))
                    .with("due", print(day))
                    .with("end", print(drive.end))
                    .and(drive.span),
            );
        }
    }
}

/// TD205: registration in the last quarter of the drive, or behind its end.
pub(super) fn late_registration(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(drive) = Drive::of(subject) else { return };
    for deadline in &subject.extraction.deadlines {
        let Some(day) = due(deadline) else { continue };
        let is_late = length(drive.start, day) * 4 > length(drive.start, drive.end) * 3;
        if deadline.kind == DeadlineKind::Registration && is_late {
            found.push(
                Finding::new("TD205", Severity::Warning, Some(deadline.span))
                    .with("due", print(day))
                    .with("start", print(drive.start))
                    .with("end", print(drive.end))
                    .and(drive.span),
            );
        }
    }
}

/// The words in front of a date that make it a last day.
static LAST_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:trước|chậm nhất|muộn nhất|hạn cuối|hạn chót)(?:\s+(?:là|vào))*\s+(?:ngày\s+)?$"));

/// TD206: a deadline before the document's own date.
pub(super) fn already_past(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(own) = subject.date else { return };
    let finding = |span, day| {
        Finding::new("TD206", Severity::Warning, Some(span)).with("due", print(day)).with("own", print(own))
    };
    for deadline in subject.extraction.deadlines.iter().filter(|deadline| !deadline.inferred) {
        if let Some(day) = due(deadline)
            && day < own
        {
            found.push(finding(deadline.span, day));
        }
    }
    // Extraction leaves out what was past when the document was signed: a slip of the year is found in the text.
    for passage in subject.passages().filter(|passage| matches!(passage.zone, Zone::Body | Zone::Annex)) {
        for place in passage.dates() {
            let Some(day) = place.date().filter(|day| *day < own) else { continue };
            let before = head(&passage.folded().text, place.range.start);
            let Some(marker) = LAST_DAY.find(before) else { continue };
            let span = passage.span(place.range.start - before.len() + marker.start()..place.range.end);
            let covered = is_covered(&subject.extraction.deadlines, |deadline| deadline.span, span)
                || is_covered(&subject.extraction.citations, |citation| citation.span, span);
            if !covered && asks_to_send(subject.clause(span)) {
                found.push(finding(span, day));
            }
        }
    }
}

/// Whether one of the items, which stand in reading order, overlaps a place.
fn is_covered<T>(items: &[T], span_of: impl Fn(&T) -> Span, place: Span) -> bool {
    let at = items.partition_point(|item| (span_of(item).block, span_of(item).end) <= (place.block, place.start));
    items.get(at).is_some_and(|item| span_of(item).block == place.block && span_of(item).start < place.end)
}

/// Whether a folded clause asks for something that has to be sent.
fn asks_to_send(clause: &str) -> bool {
    const PAST: &[&str] = &["đã", "được ban hành", "trước đây"];
    let asks = clause.contains("gửi ") || clause.contains("nộp ") || clause.contains("đăng kí ");
    asks && !PAST.iter().any(|word| clause.contains(word))
}

/// TD207: a document that was not there yet is cited.
pub(super) fn cited_from_the_future(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(own) = subject.date else { return };
    // Without a number, the date behind "báo cáo" may be the day on which one is due.
    let sure = subject.extraction.citations.iter().filter(|citation| !citation.repeat && citation.code.is_some());
    for citation in sure {
        if let Some(day) = citation.date.as_deref().and_then(parse)
            && day > own
        {
            found.push(
                Finding::new("TD207", Severity::Error, Some(citation.span))
                    .with("cited", print(day))
                    .with("own", print(own)),
            );
        }
    }
}

/// TD208: from 20/11/2021 to 20/9/2021.
pub(super) fn reversed_period(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for deadline in &subject.extraction.deadlines {
        if let Some((start, end)) = both_ends(&deadline.when)
            && end < start
        {
            found.push(
                Finding::new("TD208", Severity::Error, Some(deadline.span))
                    .with("start", print(start))
                    .with("end", print(end)),
            );
        }
    }
}

/// TD209: what is registered on a day cannot be reported on the same day.
pub(super) fn registration_with_report(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let of_kind = |kind| subject.extraction.deadlines.iter().filter(move |deadline| deadline.kind == kind);
    let mut reports: BTreeMap<Date, Span> = BTreeMap::new();
    for report in of_kind(DeadlineKind::Report).filter(|report| is_final_report(subject, report)) {
        if let Some(day) = due(report) {
            reports.entry(day).or_insert(report.span);
        }
    }
    for registration in of_kind(DeadlineKind::Registration) {
        let Some(day) = due(registration) else { continue };
        // One clause may ask for both in one letter.
        let report = reports.get(&day).filter(|span| subject.clause(**span) != subject.clause(registration.span));
        if let Some(report) = report {
            found.push(
                Finding::new("TD209", Severity::Warning, Some(registration.span)).with("due", print(day)).and(*report),
            );
        }
    }
}

/// TD210: a last day without a year, in a paper that bears none.
pub(super) fn year_unknown(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.date.is_some() {
        return;
    }
    for passage in subject.passages().filter(|passage| matches!(passage.zone, Zone::Body | Zone::Annex)) {
        for place in passage.dates().iter().filter(|place| place.year.is_none() && !place.is_impossible()) {
            let before = head(&passage.folded().text, place.range.start);
            let Some(marker) = LAST_DAY.find(before) else { continue };
            let span = passage.span(place.range.start - before.len() + marker.start()..place.range.end);
            if !is_covered(&subject.extraction.deadlines, |deadline| deadline.span, span)
                && !is_covered(&subject.extraction.citations, |citation| citation.span, span)
            {
                let due = subject.document.slice(span).unwrap_or_default().to_owned();
                found.push(Finding::new("TD210", Severity::Warning, Some(span)).with("due", due));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::rules::case::{Case, by, during};
    use crate::model::{DeadlineKind, Role};
    use DeadlineKind::{Implementation, Registration, Report};

    fn drive() -> Case {
        Case::complete()
            .date("2021-02-25")
            .body("Thời gian: [từ tháng 8/2021 đến ngày 08/3/2022].")
            .deadline(Implementation, during("2021-08-01", "2022-03-08"))
    }

    #[test]
    fn the_final_report_comes_after_the_end() {
        let early = |text: &str| drive().body(text).deadline(Report, by("2022-02-20")).codes();
        assert_eq!(early("Gửi báo cáo kết quả [chậm nhất ngày 20/02/2022]."), ["TD204"]);
        assert!(early("Gửi báo cáo sơ kết [chậm nhất ngày 20/02/2022].").is_empty());
        assert!(early("Báo cáo tiến độ [chậm nhất ngày 20/02/2022].").is_empty());
        let late = drive().body("Gửi báo cáo [trước ngày 15/3/2022].").deadline(Report, by("2022-03-15"));
        assert!(late.codes().is_empty());
        let year = Case::complete()
            .body("[Trong năm 2021], thực hiện thường xuyên.")
            .deadline(Implementation, during("2021-01-01", "2021-12-31"))
            .body("Báo cáo năm gửi [chậm nhất ngày 15/12/2021].")
            .deadline(Report, by("2021-12-15"));
        assert!(year.codes().is_empty());
    }

    #[test]
    fn registration_comes_early() {
        let registered = |day: &str| drive().body("Đăng ký [trước hạn].").deadline(Registration, by(day)).codes();
        assert_eq!(registered("2022-02-28"), ["TD205"]);
        assert!(registered("2021-09-10").is_empty());
    }

    #[test]
    fn registration_and_report_on_one_day_are_noticed() {
        let case = drive()
            .body("Gửi bản đăng ký [trước 28/02/2022].")
            .deadline(Registration, by("2022-02-28"))
            .body("Gửi báo cáo kết quả [chậm nhất vào 28/2/2022].")
            .deadline(Report, by("2022-02-28"));
        let codes = case.codes();
        for code in ["TD204", "TD205", "TD209"] {
            assert!(codes.contains(&code), "{code} in {codes:?}");
        }
    }

    #[test]
    fn a_last_day_without_a_year_is_named_when_nothing_dates_the_paper() {
        let undated = |text: &str| Case::empty().body(text).codes().contains(&"TD210");
        assert!(undated("Các chi hội gửi báo cáo trước ngày 20/3."));
        assert!(undated("Đăng ký chậm nhất ngày 15 tháng 4."));
        assert!(!undated("Các chi hội gửi báo cáo trước ngày 20/3/2024."));
        assert!(!undated("Kỷ niệm ngày 20/10."));
        let read = Case::empty().body("Gửi [trước ngày 20/3].").deadline(Report, by("2024-03-20"));
        assert!(!read.codes().contains(&"TD210"));
        assert!(Case::complete().body("Gửi báo cáo trước ngày 20/3.").codes().is_empty());
    }

    #[test]
    fn a_deadline_lies_after_the_document() {
        let own = || Case::complete().date("2021-09-14");
        let listed = own().body("Gửi [trước ngày 30/9/2020].").deadline(Registration, by("2020-09-30"));
        assert_eq!(listed.codes(), ["TD206"]);
        assert_eq!(own().body("Đăng ký tham gia trước ngày 30/9/2020.").codes(), ["TD206"]);
        let unlisted = own().body("Các đơn vị gửi bản đăng ký về Hội trước ngày 30/9/2020.");
        assert_eq!(unlisted.codes(), ["TD206"]);
        assert_eq!(unlisted.quoted(&unlisted.findings()[0]), "trước ngày 30/9/2020");
        for text in [
            "Các đơn vị gửi bản đăng ký về Hội trước ngày 30/9/2021.",
            "Các đơn vị đã gửi bản đăng ký trước ngày 30/9/2020.",
            "Hồ sơ phát sinh trước ngày 30/9/2020 giữ nguyên.",
        ] {
            assert!(own().body(text).codes().is_empty(), "{text}");
        }
    }

    #[test]
    fn a_cited_document_is_older() {
        let cite = |date| {
            Case::complete()
                .date("2021-09-14")
                .body("Thực hiện [Kế hoạch số 215/KH-ĐCT]")
                .citation("KH", Some("215/KH-ĐCT"), Some(date), Role::Basis)
                .codes()
        };
        assert_eq!(cite("2021-12-28"), ["TD207"]);
        assert!(cite("2021-09-14").is_empty());
    }

    #[test]
    fn a_period_runs_forward() {
        let case = Case::complete()
            .body("[Từ ngày 20/11/2021 đến ngày 20/9/2021].")
            .deadline(Implementation, during("2021-11-20", "2021-09-20"));
        assert_eq!(case.codes(), ["TD208"]);
    }
}
