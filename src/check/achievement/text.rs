//! What the form left behind, dates that cannot be, names and laws that are no more.

use super::names::units;
use crate::check::dates::{Written, pattern};
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::check::subject::print;
use crate::language::letter::is_word;
use crate::model::{Finding, Severity, Span};
use crate::pack::{RuleWords, SectionRole, ends, holds, starts};
use jiff::civil::{Date, date};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Dots, underlines and words of a form.
static LEFT_OVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:…\s?){2,}(?:\s?%)?|…\.{2,}(?:\s?%)?|\.+…(?:\s?%)?| (?:được|có|là|gồm|đạt|số|tổ chức|năm|giúp|cho) (?:…|\.{3}) |\.{4,}(?:\s?%)?|(?:…|\.{3,})\.*\s?%|_{3,}|\[\s*\]|\[[^\]0-9]{2,40}\]|\[\.+\]|\bxx+\b|dd/mm/yyyy|\{\{[^}]*\}\}|<[^<>0-9]{2,30}>|\.\.\./\.\.\.|…/…|ngày\s?(?:…|\.{2,})|\((?:[^()]{0,40}\b)?ghi rõ[^()]*\)|\bghi rõ\b|\((?:[^()]{0,40}\b)?nếu có\)|\bnếu có\b\)?",
    )
});

static SIGNED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W{0,3}kí\b[^()]{0,60}\)?$"));
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(([^()]{3,90})\)"));

/// Places of what a form leaves behind: dots, and what it tells people to write.
fn left_in(text: &str, words: &RuleWords) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = LEFT_OVER.find_iter(text).map(|hit| hit.range()).collect();
    let free = |places: &[Range<usize>], range: &Range<usize>| {
        places.iter().all(|other| range.end <= other.start || other.end <= range.start)
    };
    // `(nêu rõ kết quả)`, `(điền số liệu)`: in brackets the verb is enough, unless a number or a place follows.
    for found in BRACKETED.captures_iter(text) {
        let (Some(all), Some(inner)) = (found.get(0), found.get(1)) else { continue };
        let inner = inner.as_str();
        let tells = starts(&words.note_verbs, inner)
            && !holds(&words.note_facts, inner)
            && !inner.contains(|c: char| c.is_ascii_digit());
        if tells && free(&places, &all.range()) {
            places.push(all.range());
        }
    }
    // `Ghi tóm tắt thành tích …`: at the start of a clause a manner must follow.
    let mut from = 0;
    for clause in text.split_inclusive([':', '.', ';', '-']) {
        let start = from + clause.len() - clause.trim_start().len();
        from += clause.len();
        let clause = clause.trim().trim_end_matches(['.', ';', ':', '-', ' ']);
        let rest = words.note_verbs.iter().find_map(|verb| clause.strip_prefix(verb.as_str()));
        let range = start..start + clause.len();
        if rest.is_some_and(|rest| starts(&words.note_manners, rest.trim_start()))
            && !clause.contains(|c: char| c.is_ascii_digit())
            && free(&places, &range)
        {
            places.push(range);
        }
    }
    places.sort_by_key(|range| range.start);
    places
}

/// A line without a number of its own that ends where its content should begin.
fn is_bare_entry(segment: &Segment) -> bool {
    let numbered = segment.label.as_deref().is_some_and(|label| label.contains(char::is_alphanumeric));
    !numbered && segment.cell.is_none() && !segment.strong
}

/// BC25: text of the form that was not filled in.
pub(super) fn left_over(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let bottom = paper.bottom.start;
    let notes = &paper.known.words.rules;
    for (at, segment) in paper.segments.iter().enumerate() {
        let text = segment.words();
        // A line that is drawn below the header or between parts.
        if text.chars().all(|c| matches!(c, '_' | '-' | '*' | '=' | '~' | ' ')) {
            continue;
        }
        let quick = text.contains('…')
            || text.contains("..")
            || text.contains("__")
            || text.contains("nếu có")
            || holds(&notes.note_verbs, text)
            || text.contains(['[', '<', '{'])
            || text.contains("xx")
            || text.contains("dd/");
        if !quick {
            continue;
        }
        for range in left_in(text, notes) {
            let Some(words) = text.get(range.clone()) else { continue };
            // `(Ký, ghi rõ họ tên)` below a signature, wherever it was typed.
            if SIGNED.is_match(text) {
                continue;
            }
            let is_note = words.contains("ghi rõ")
                || words.contains("nếu có")
                || starts(&notes.note_verbs, words.trim_start_matches('('));
            let in_bottom = at >= bottom;
            let span = segment.span(range.clone());
            // The label of a slot may carry the form's note; what stands behind the colon may not.
            let in_label = text.get(range.end..).is_some_and(|rest| rest.contains(':'))
                && (text.get(range.end..).is_some_and(|rest| rest.contains(is_word)) || !is_bare_entry(segment))
                || paper.fields.iter().any(|field| field.label.block == span.block && span.end <= field.span.start)
                || (segment.cell.is_some() && !text.contains('…') && text.len() < 120 && range.len() < text.len());
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
    // `Tính đến ngày …, giải ngân 100%`: what is done by then.
    let counted = holds(&paper.known.words.rules.counted_until, before);
    let plans = !counted && ends(&paper.known.words.rules.plan_dates, before.trim_end().trim_end_matches("ngày"));
    in_row || !plans
}

fn quoted(paper: &Paper<'_>, span: Span) -> String {
    paper.document.slice(span).unwrap_or_default().to_owned()
}

/// First day without districts.
const TWO_LEVELS: Date = date(2025, 7, 1);

/// BC09: law and names of units as of the day of the report.
pub(super) fn stale(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some((day, _)) = paper.date else { return };
    for segment in &paper.segments {
        let text = segment.words();
        for law in &paper.known.lexicon.laws {
            if let Some(range) = law.cited(text, day) {
                let span = segment.span(range);
                found.push(
                    Finding::new("BC09", Severity::Warning, Some(span))
                        .with("what", "law")
                        .with("value", quoted(paper, span))
                        .with("now", law.now.clone()),
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
