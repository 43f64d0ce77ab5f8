//! What the form left behind, dates that cannot be, names and laws that are no more.

use super::names::units;
use crate::check::dates::{Written, pattern};
use crate::check::paper::Paper;
use crate::check::subject::print;
use crate::language::letter::is_word;
use crate::model::{Finding, Severity, Span};
use crate::pack::{SectionRole, ends, holds};
use jiff::civil::{Date, date};
use regex::Regex;
use std::sync::LazyLock;

/// Dots, underlines and words of a form.
static LEFT_OVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:…\s?){2,}(?:\s?%)?|…\.{2,}(?:\s?%)?|\.+…(?:\s?%)?| (?:được|có|là|gồm|đạt|số|tổ chức|năm|giúp|cho) (?:…|\.{3}) |\.{4,}(?:\s?%)?|(?:…|\.{3,})\.*\s?%|_{3,}|\[\s*\]|\[[^\]0-9]{2,40}\]|\[\.+\]|\bxx+\b|\((?:điền|nhập|chèn)\b[^()]*\)|dd/mm/yyyy|\{\{[^}]*\}\}|<[^<>0-9]{2,30}>|\.\.\./\.\.\.|…/…|ngày\s?(?:…|\.{2,})|\((?:[^()]{0,40}\b)?ghi rõ[^()]*\)|\bghi rõ\b|\((?:[^()]{0,40}\b)?nếu có\)|\bnếu có\b\)?",
    )
});

/// BC25: text of the form that was not filled in.
pub(super) fn left_over(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let bottom = paper.bottom.start;
    for (at, segment) in paper.segments.iter().enumerate() {
        let text = segment.words();
        let quick = text.contains('…')
            || text.contains("..")
            || text.contains("__")
            || text.contains("nếu có")
            || text.contains("ghi rõ")
            || text.contains("(điền")
            || text.contains("(nhập")
            || text.contains("(chèn")
            || text.contains(['[', '<', '{'])
            || text.contains("xx")
            || text.contains("dd/");
        if !quick {
            continue;
        }
        for hit in LEFT_OVER.find_iter(text) {
            let words = hit.as_str();
            let is_note = words.contains("ghi rõ") || words.contains("nếu có");
            let in_bottom = at >= bottom;
            let span = segment.span(hit.range());
            // The label of a slot may carry the form's note; what stands behind the colon may not.
            let in_label = text.get(hit.end()..).is_some_and(|rest| rest.contains(':'))
                || paper.fields.iter().any(|field| field.label.block == span.block && span.end <= field.span.start)
                || (segment.cell.is_some() && !text.contains('…') && text.len() < 120);
            let open_slot = paper.fields.iter().any(|field| {
                field.span.block == span.block
                    && field.span.start <= span.start
                    && span.end <= field.span.end
                    && paper
                        .form
                        .section(SectionRole::Profile)
                        .and_then(|section| section.fields.get(field.form))
                        .is_some_and(|form| form.may_be_empty)
            });
            let heading = paper.sections.iter().any(|section| section.heading == at);
            if (is_note && (in_bottom || in_label || heading))
                || (in_bottom && !words.contains('%') && segment.text.chars().all(|c| !is_word(c)))
            {
                continue;
            }
            // `(nếu có)` in running text may be meant.
            let severity = match (is_note && words.contains("nếu có"), open_slot) {
                (_, true) => Severity::Info,
                (true, _) => Severity::Warning,
                _ => Severity::Error,
            };
            found.push(
                Finding::new("BC25", severity, Some(span))
                    .with("words", paper.document.slice(span).unwrap_or_default()),
            );
        }
    }
}

/// BC26: dates exist and are not behind the date of signing.
pub(super) fn dates(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let birth = paper.field(crate::pack::FieldKind::Birth).map(|field| field.span);
    let signed = paper.date;
    for segment in &paper.segments {
        for written in crate::check::dates::written(segment.words()) {
            let span = segment.span(written.range.clone());
            let is_birth = birth
                .is_some_and(|birth| birth.block == span.block && birth.start <= span.start && span.end <= birth.end);
            if is_birth {
                continue;
            }
            if written.is_impossible() {
                found.push(
                    Finding::new("BC26", Severity::Error, Some(span))
                        .with("what", "impossible")
                        .with("value", quoted(paper, span)),
                );
                continue;
            }
            if let (Some(day), Some((date, place))) = (Written::date(&written), signed)
                && day > date
                && place != Some(span)
                && place
                    .is_none_or(|place| place.block != span.block || span.end <= place.start || place.end <= span.start)
                && decided(segment.words(), written.range.start, paper, span)
            {
                let finding = Finding::new("BC26", Severity::Error, Some(span))
                    .with("what", "after")
                    .with("value", quoted(paper, span))
                    .with("date", print(date));
                found.push(place.into_iter().fold(finding, Finding::and));
            }
        }
    }
}

/// A date of something that has happened, not of a plan.
fn decided(text: &str, at: usize, paper: &Paper<'_>, span: Span) -> bool {
    let in_row = paper.rows.iter().any(|row| row.dates.iter().any(|(_, place)| *place == span));
    let before = text.get(..at).unwrap_or_default();
    let plans = ends(&paper.known.words.rules.plan_dates, before.trim_end().trim_end_matches("ngày"));
    in_row || !plans
}

fn quoted(paper: &Paper<'_>, span: Span) -> String {
    paper.document.slice(span).unwrap_or_default().to_owned()
}

/// First day without districts.
const TWO_LEVELS: Date = date(2025, 7, 1);

/// Laws with the day from which they hold no more, as reports cite them (folded).
pub(in crate::check) const EXPIRED: &[(&str, Date, &str)] = &[
    ("91/2017/nđ-cp", date(2024, 1, 1), "Nghị định số 98/2023/NĐ-CP, từ 01/7/2025 là Nghị định số 152/2025/NĐ-CP"),
    ("98/2023/nđ-cp", TWO_LEVELS, "Nghị định số 152/2025/NĐ-CP"),
    ("28/2024/nđ-cp", TWO_LEVELS, "Nghị định số 152/2025/NĐ-CP"),
    ("01/2024/tt-bnv", date(2025, 8, 5), "Thông tư số 15/2025/TT-BNV"),
    ("15/2003/qh11", date(2024, 1, 1), "Luật số 06/2022/QH15"),
    ("39/2013/qh13", date(2024, 1, 1), "Luật số 06/2022/QH15"),
    ("luật thi đua, khen thưởng năm 2003", date(2024, 1, 1), "Luật Thi đua, khen thưởng năm 2022"),
    ("luật thi đua, khen thưởng năm 2013", date(2024, 1, 1), "Luật Thi đua, khen thưởng năm 2022"),
    ("luật thi đua khen thưởng năm 2003", date(2024, 1, 1), "Luật Thi đua, khen thưởng năm 2022"),
    ("34-ct/tw", date(2024, 12, 26), "Chỉ thị số 41-CT/TW"),
];

/// BC09: law and names of units as of the day of the report.
pub(super) fn stale(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some((day, _)) = paper.date else { return };
    for segment in &paper.segments {
        let text = segment.words();
        for (law, from, now) in EXPIRED {
            if day >= *from
                && let Some(at) = text.find(law)
            {
                let span = segment.span(at..at + law.len());
                found.push(
                    Finding::new("BC09", Severity::Warning, Some(span))
                        .with("what", "law")
                        .with("value", quoted(paper, span))
                        .with("now", *now),
                );
            }
        }
    }
    if day >= TWO_LEVELS {
        abolished(paper, found);
    }
}

/// Districts and townships in what the paper says of today; decisions of earlier years and origins stay.
fn abolished(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let places: Vec<(usize, &crate::check::paper::segment::Segment)> = paper.segments.iter().enumerate().collect();
    let in_rows = |at: usize| paper.rows.iter().any(|row| row.segments.contains(&at));
    for (at, segment) in places {
        if in_rows(at) || at >= paper.bottom.start && segment.text.chars().count() > 80 {
            continue;
        }
        for named in units(segment) {
            let old = matches!(named.level, "huyện" | "thị trấn" | "quận" | "thị xã");
            if !old {
                continue;
            }
            let decided = segment.words().contains("quyết định")
                || holds(&paper.known.words.rules.former_units, segment.words())
                || named.before.trim_end().ends_with("(cũ)");
            let origin = paper.fields.iter().any(|field| {
                field.kind == crate::pack::FieldKind::Place
                    && field.span.block == named.span.block
                    && field.span.start <= named.span.start
                    && named.span.end <= field.span.end
            });
            if decided {
                continue;
            }
            let own = paper.fields.iter().any(|field| {
                matches!(field.kind, crate::pack::FieldKind::Unit | crate::pack::FieldKind::Post)
                    && field.span.block == named.span.block
                    && field.span.start <= named.span.start
                    && named.span.end <= field.span.end
            }) || at < paper.title.end;
            let severity = if own && !origin { Severity::Warning } else { Severity::Info };
            found.push(
                Finding::new("BC09", severity, Some(named.span))
                    .with("what", "unit")
                    .with("value", quoted(paper, named.span))
                    .with("now", "tên đơn vị hành chính hai cấp"),
            );
            if severity == Severity::Warning {
                return;
            }
        }
    }
}
