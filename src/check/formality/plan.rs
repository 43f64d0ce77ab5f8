//! What the chief of an office looks for in a plan before it is signed (KH-…).

use super::Formal;
use crate::check::dates::pattern;
use crate::check::rules::schedule::Drive;
use crate::check::subject::print;
use crate::language::fold::fold;
use crate::model::{Deadline, DeadlineKind, Finding, RecurringMode, Severity, Span, When};
use crate::pack::holds;
use crate::structure::Zone;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

fn is_plan(formal: &Formal<'_>) -> bool {
    matches!(formal.subject.extraction.document.kind.as_deref(), Some("KH" | "HD" | "CTr" | "TL"))
}

/// KH-F: somebody has to report, and it is said by when.
pub(super) fn dates_of_reports(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if !is_plan(formal) {
        return;
    }
    let due = formal
        .subject
        .extraction
        .deadlines
        .iter()
        .any(|deadline| matches!(deadline.kind, DeadlineKind::Report | DeadlineKind::Submission));
    if due {
        return;
    }
    let has_tasks = !formal.subject.extraction.assignments.is_empty() || formal.subject.extraction.quotas.len() > 1;
    if has_tasks {
        let place = formal
            .subject
            .passages()
            .filter(|p| {
                p.zone == Zone::Body
                    && fold(&p.block.text).contains("tổ chức thực hiện")
                    && p.block.text.chars().count() < 60
            })
            .last()
            .map(|p| p.whole())
            .or_else(|| formal.subject.bottom());
        found.push(formal.finding("KH-F", Severity::Warning, "report", place));
    }
}

/// KH-E: a paper of one level that has its units report past it, to the level above.
pub(super) fn other_level(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let info = &formal.subject.extraction.document;
    let Some(issuer) = info.issuer.as_deref().map(fold) else { return };
    let above: &[&str] = if issuer.contains(" huyện") || issuer.contains(" quận") || issuer.contains(" thị xã") {
        &["hội lhpn tỉnh", "tỉnh hội", "hội liên hiệp phụ nữ tỉnh"]
    } else if issuer.contains(" xã") || issuer.contains(" phường") {
        &["hội lhpn tỉnh", "hội lhpn huyện", "tỉnh hội"]
    } else {
        return;
    };
    for passage in formal.subject.passages().filter(|p| p.zone == Zone::Body) {
        let text = &passage.folded().text;
        for lead in ["báo cáo kịp thời về ", "báo cáo về ", "gửi báo cáo về ", "gửi về "] {
            for (at, _) in text.match_indices(lead) {
                let start = at + lead.len();
                let rest = text.get(start..).unwrap_or_default();
                if let Some(body) = above.iter().find(|body| rest.starts_with(**body)) {
                    let span = passage.span(start..start + body.len());
                    if !found.iter().any(|finding| finding.code == "KH-E" && finding.span == Some(span)) {
                        found.push(formal.finding("KH-E", Severity::Info, "level", Some(span)).for_review());
                    }
                }
            }
        }
    }
}

/// KH-T: a drive that begins long after the paper that announces it; which of the two dates is wrong cannot be told.
pub(super) fn late_start(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    /// Days between paper and drive that nobody wonders about: plans for a year are made in the autumn before.
    const USUAL: i32 = 130;
    let (Some(own), Some(drive)) = (formal.subject.date, Drive::of(formal.subject)) else { return };
    let days = own.until(drive.start).map_or(0, |span| span.get_days());
    if is_plan(formal) && days > USUAL {
        let finding = formal
            .finding("KH-T", Severity::Warning, "late", Some(drive.span))
            .with("start", print(drive.start))
            .with("own", print(own))
            .with("count", days.to_string());
        found.push(finding.for_review());
    }
}

/// KH-T: a drive in honour of an event begins when the event is over.
pub(super) fn celebrated_too_late(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let subject = formal.subject;
    let Some(title) = subject.extraction.document.subject.as_deref().map(fold) else { return };
    let events = &subject.pack.lexicon.events;
    let Some(drive) = Drive::of(subject).filter(|_| holds(&events.honours, &title)) else { return };
    for event in &events.all {
        if event.find(&title).is_some() && event.last < drive.start {
            let finding = formal
                .finding("KH-T", Severity::Warning, "event", Some(drive.span))
                .with("start", print(drive.start))
                .with("event", event.name.clone())
                .with("day", print(event.last));
            found.push(finding.for_review());
        }
    }
}

/// KH-U: the choice may go on to the end of a month, its results are due before that, every year.
pub(super) fn sent_before_done(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let deadlines = &formal.subject.extraction.deadlines;
    for choice in deadlines.iter().filter(|deadline| deadline.kind == DeadlineKind::Review) {
        let Some(month) = month_of_year(choice) else { continue };
        let due = deadlines.iter().filter(|other| {
            matches!(other.kind, DeadlineKind::Submission | DeadlineKind::Report)
                && other.exception.is_none()
                && other.span.block.abs_diff(choice.span.block) <= NEAR
        });
        for due in due.filter(|due| due_in_month(due) == Some(month)) {
            let text = formal.subject.document.slice(due.span).unwrap_or_default();
            let finding = formal.finding("KH-U", Severity::Info, "tight", Some(choice.span)).with("other", text);
            found.push(finding.and(due.span).for_review());
        }
    }
}

/// Blocks between two deadlines of one matter.
const NEAR: u32 = 6;

/// The month of *trong tháng 10 hằng năm*.
fn month_of_year(deadline: &Deadline) -> Option<&str> {
    match &deadline.when {
        When::Recurring { rrule, mode: RecurringMode::During } => rrule.strip_prefix("FREQ=YEARLY;BYMONTH="),
        _ => None,
    }
    .filter(|month| month.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The month of *trước ngày 15/10 hằng năm*.
fn due_in_month(deadline: &Deadline) -> Option<&str> {
    match &deadline.when {
        When::Recurring { rrule, mode: RecurringMode::Before | RecurringMode::By } => {
            rrule.strip_prefix("FREQ=YEARLY;BYMONTH=")?.split_once(";BYMONTHDAY=").map(|(month, _)| month)
        }
        _ => None,
    }
}

/// A quoted name with the years that it is for.
static NAME_WITH_YEARS: LazyLock<Regex> = LazyLock::new(|| {
    let words = ["giai đoạn", "nhiệm kỳ"].map(fold).join("|");
    pattern(&format!(r#""([^" ][^"]{{7,160}})",? ({words}) (\d{{4}} ?- ?\d{{4}})"#))
});

/// KH-U: the same movement is for *giai đoạn 2022 - 2027* here and for *nhiệm kỳ 2022 - 2027* there.
pub(super) fn two_names_of_a_period(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(String, String), (String, Span)> = BTreeMap::new();
    let passages = formal.subject.all().filter(|passage| !matches!(passage.zone, Zone::Furniture | Zone::Copy));
    for passage in passages.filter(|passage| passage.folded().text.contains('"')) {
        for hit in NAME_WITH_YEARS.captures_iter(&passage.folded().text) {
            let part = |at: usize| hit.get(at).map_or("", |part| part.as_str());
            let key = (part(1).to_owned(), part(3).replace(' ', ""));
            let range =
                hit.get(2).map_or(0..0, |word| word.start()..hit.get(3).map_or(word.end(), |years| years.end()));
            let span = passage.span(range);
            match seen.get(&key) {
                Some((word, first)) if word != part(2) => {
                    let other = formal.subject.document.slice(*first).unwrap_or_default();
                    found.push(
                        formal.finding("KH-U", Severity::Info, "period", Some(span)).with("other", other).and(*first),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(key, (part(2).to_owned(), span));
                }
            }
        }
    }
}
