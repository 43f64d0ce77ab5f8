//! Percentages, separators, units, comparison: numbers within one line.

use super::figure::{Figure, figures, is_year, print};
use crate::check::dates::pattern;
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::model::{Finding, Severity, Span};
use crate::pack::{FormSubject, RuleWords, SectionRole, ends, holds, starts};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Segments of the sections that tell of results.
fn told<'p>(paper: &'p Paper<'_>) -> impl Iterator<Item = &'p Segment> {
    paper.body(SectionRole::Profile).iter().chain(paper.body(SectionRole::Achievement))
}

/// BC17: a percentage is what its two numbers make.
pub(super) fn percentages(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let words = &paper.known.words.rules;
    percentages_in(told(paper), words, found);
    shares_in(&paper.segments, words, found);
}

/// BC17 for running text.
pub(in crate::check) fn percentages_in<'p>(
    segments: impl Iterator<Item = &'p Segment>,
    words: &RuleWords,
    found: &mut Vec<Finding>,
) {
    for segment in segments {
        let text = segment.words();
        if !text.contains('%') {
            continue;
        }
        let all = figures(text);
        for (at, percent) in all.iter().enumerate().filter(|(_, figure)| figure.percent) {
            let Some((part, whole)) = operands(text, &all, at, words).or_else(|| in_sentence(text, &all, at, words))
            else {
                continue;
            };
            if whole.value <= 0.0 || (part.value > whole.value && percent.value <= 100.0) {
                continue;
            }
            let exact = part.value / whole.value * 100.0;
            // Rounded or cut off, both count.
            let step = 0.1_f64.powi(i32::try_from(percent.decimals).unwrap_or(0));
            let tolerance = if percent.decimals == 0 { 1.0 } else { step };
            if (exact - percent.value).abs() >= tolerance {
                found.push(
                    Finding::new("BC17", Severity::Error, Some(percent_span(segment, text, percent)))
                        .with("value", print(percent.value, percent.decimals))
                        .with("part", print(part.value, 0))
                        .with("whole", print(whole.value, 0))
                        .with("exact", print(exact, percent.decimals.max(1)))
                        .and(segment.span(part.range.clone()))
                        .and(segment.span(whole.range.clone())),
                );
            }
        }
    }
}

fn percent_span(segment: &Segment, text: &str, percent: &Figure) -> Span {
    let end = text
        .get(percent.range.end..)
        .and_then(|rest| rest.find('%'))
        .map_or(percent.range.end, |at| percent.range.end + at + 1);
    segment.span(percent.range.start..end)
}

/// The part and the whole that a percentage is of, where the words leave no doubt.
fn operands<'f>(text: &str, all: &'f [Figure], at: usize, words: &RuleWords) -> Option<(&'f Figure, &'f Figure)> {
    let percent = all.get(at)?;
    let between = |a: &Figure, b: &Figure| text.get(a.range.end..b.range.start).unwrap_or_default();
    let slash = |a: &Figure, b: &Figure| {
        let mark = between(a, b).trim();
        mark == "/" || words.share_of.iter().any(|word| word == mark)
    };
    let is_count = |figure: &Figure| !figure.percent && figure.decimals == 0;
    // `96/120 hội viên, đạt 80%`: the nearest pair in front, whatever small numbers stand between.
    for back in (1..at).rev() {
        let (Some(part), Some(whole)) = (all.get(back - 1), all.get(back)) else { break };
        let gap = between(whole, percent);
        if gap.len() > 160 || gap.contains(['%', ';']) || gap.contains(". ") {
            break;
        }
        if slash(part, whole) && is_count(part) && is_count(whole) {
            return Some((part, whole));
        }
    }
    // `80% (96/120 hội viên)`.
    if let (Some(part), Some(whole)) = (all.get(at + 1), all.get(at + 2))
        && slash(part, whole)
        && is_count(part)
        && is_count(whole)
    {
        let gap = between(percent, part).trim_start_matches(['%', ' ']);
        let bracket = gap.ends_with('(') && !gap.contains([';', '.', ',']);
        let behind = ends(&words.share_pairs, gap) && !gap.contains([';', '.']);
        if (bracket || behind) && gap.len() < 60 {
            return Some((part, whole));
        }
    }
    // `82 trong tổng số 98 hội viên …, tỷ lệ 84%`.
    if let Some([.., part, whole]) =
        all.get(..at).map(|all| all.iter().filter(|figure| !is_year(figure)).collect::<Vec<_>>()).as_deref()
        && is_count(part)
        && is_count(whole)
        && holds(&words.share_of, between(part, whole))
        && !between(part, whole).contains([';', '.'])
        && !between(whole, percent).contains([';', '.'])
        && part.value <= whole.value
    {
        return Some((part, whole));
    }
    // `tổng số 120 hội viên, trong đó có 96 hội viên nữ, chiếm 80%`.
    let mut counts = all.get(..at)?.iter().rev().filter(|figure| !is_year(figure));
    let part = counts.next().filter(|figure| is_count(figure))?;
    let whole = counts.next().filter(|figure| is_count(figure))?;
    let near = between(part, percent);
    let far = between(whole, part);
    let share = holds(&words.share_marks, near);
    let head_start = text.get(..whole.range.start).map_or(0, |head| head.rfind(['.', ';']).map_or(0, |at| at + 1));
    let head = text.get(head_start..whole.range.start).unwrap_or_default();
    let inner = holds(&words.share_parts, far);
    // `Có 151 người …, 83 người đạt (tỷ lệ 55%)`: one noun twice.
    let noun = |figure: &Figure| crate::check::achievement::totals::noun(text, figure);
    let alike = !noun(part).is_empty()
        && noun(part) == noun(whole)
        && holds(&words.share_named, near)
        && far.matches(',').count() == 1
        && !head.contains(',');
    let total = head.trim_end().ends_with("trong")
        || head.trim_end().ends_with("trên")
        || head.contains("tổng số")
        || head.contains("trên tổng")
        || far.contains("trong đó");
    let joined =
        !near.contains(['.', ';']) && !far.contains([';']) && !far.contains(". ") && near.len() < 90 && far.len() < 120;
    // `tăng 5 mô hình, đạt 110%` compares with a plan.
    let plan = holds(&words.plans, near) || holds(&words.plans, far);
    let plan_after = text.get(percent.range.end..).is_some_and(|rest| {
        let rest = rest.trim_start_matches(['%', ' ']);
        starts(&words.plans_behind, rest)
    });
    (share && ((inner && total) || alike) && joined && !plan && !plan_after).then_some((part, whole))
}

/// `Chỉ tiêu giao 124, thực hiện 103, đạt 83%`; `Kế hoạch là 196 lượt; đã làm được 121 lượt, đạt 62%`: the only two counts
/// of a sentence with one share, of which the first is what was planned, or all.
fn in_sentence<'f>(text: &str, all: &'f [Figure], at: usize, words: &RuleWords) -> Option<(&'f Figure, &'f Figure)> {
    let percent = all.get(at)?;
    let start = text.get(..percent.range.start)?.rfind(". ").map_or(0, |at| at + 2);
    let end = text.get(percent.range.end..)?.find(". ").map_or(text.len(), |at| percent.range.end + at);
    let inside = |figure: &&Figure| figure.range.start >= start && figure.range.end <= end;
    let counts: Vec<&Figure> = all.iter().filter(inside).filter(|figure| !is_year(figure)).collect();
    let shares = counts.iter().filter(|figure| figure.percent).count();
    let whole_counts: Vec<&Figure> =
        counts.into_iter().filter(|figure| !figure.percent && figure.decimals == 0).collect();
    let [first, second] = whole_counts.as_slice() else { return None };
    if shares != 1 {
        return None;
    }
    let before = text.get(start..first.range.start)?;
    let between = text.get(first.range.end..second.range.start)?;
    let noun = |figure: &Figure| crate::check::achievement::totals::noun(text, figure);
    let alike =
        noun(first) == noun(second) || [first, second].iter().any(|figure| !noun(figure).contains(char::is_alphabetic));
    let lead = text.get(second.range.end.min(percent.range.start)..percent.range.start)?;
    if percent.range.start > second.range.end {
        // What was planned, what was done, and the share of it.
        let marked = ends(&words.share_marks, lead) || lead.trim_end().ends_with('(');
        let near = marked && lead.len() < 60;
        if holds(&words.share_of, between) {
            return (near && first.value <= second.value).then_some((*first, *second));
        }
        let planned = holds(&words.share_wholes, before) && holds(&words.share_done, between) && alike;
        // `Khảo sát 147 người, có 75 người hài lòng, đạt 51%`: one noun twice, and no plan behind the share.
        let rest = text.get(percent.range.end..).unwrap_or_default().trim_start_matches(['%', ' ']);
        let all_of = !noun(first).is_empty()
            && noun(first) == noun(second)
            && first.value >= second.value
            && percent.value < 100.0
            && (holds(&words.share_parts, between) || between.matches(',').count() == 1)
            && !holds(&words.plans, text.get(start..end)?)
            && !starts(&words.plans_behind, rest);
        return (near && (planned || all_of)).then_some((*second, *first));
    }
    // `Đạt 85% (124 người trong tổng số 167 người)`: the pair behind its share.
    let gap = text.get(percent.range.end..first.range.start)?;
    let paired = percent.range.end <= first.range.start && gap.trim_start_matches(['%', ' ']).len() < 24;
    (paired && gap.contains('(') && holds(&words.share_of, between) && first.value <= second.value)
        .then_some((*first, *second))
}

/// BC17 for rows of a table with a column *tỷ lệ*.
pub(in crate::check) fn shares_in(segments: &[Segment], words: &RuleWords, found: &mut Vec<Finding>) {
    let mut share: Option<(u32, u32)> = None;
    let cells: Vec<&Segment> = segments.iter().filter(|segment| segment.cell.is_some()).collect();
    for row in cells.chunk_by(|a, b| a.cell.map(|(t, r, _)| (t, r)) == b.cell.map(|(t, r, _)| (t, r))) {
        let Some(table) = row.first().and_then(|segment| segment.cell).map(|(table, ..)| table) else { continue };
        if let Some(heading) = row.iter().find(|segment| starts(&words.share_columns, segment.words()))
            && let Some((_, _, column)) = heading.cell
        {
            share = Some((table, column));
            continue;
        }
        let Some((_, column)) = share.filter(|(of, _)| *of == table) else { continue };
        let number = |segment: &&Segment| {
            let all = figures(segment.words());
            match all.as_slice() {
                [one] if segment.words().chars().all(|c| !c.is_alphabetic()) => Some(one.clone()),
                _ => None,
            }
        };
        let Some(cell) = row.iter().find(|segment| segment.cell.is_some_and(|(_, _, c)| c == column)) else { continue };
        let Some(percent) = number(cell) else { continue };
        let before: Vec<Figure> = row
            .iter()
            .filter(|segment| segment.cell.is_some_and(|(_, _, c)| c < column && c > 0))
            .filter_map(number)
            .filter(|figure| figure.decimals == 0)
            .collect();
        let Some([a, b]) = before.last_chunk::<2>() else { continue };
        // Plan and result: more than the plan is more than a hundred percent.
        let (small, large) = if a.value <= b.value { (a, b) } else { (b, a) };
        let (part, whole) = if percent.value > 100.0 { (large, small) } else { (small, large) };
        if whole.value <= 0.0 {
            continue;
        }
        let exact = part.value / whole.value * 100.0;
        let tolerance =
            if percent.decimals == 0 { 1.0 } else { 0.1_f64.powi(i32::try_from(percent.decimals).unwrap_or(1)) };
        // Which two columns it is of, the headings may not say: one pair that fits is enough.
        let fits = |part: &Figure, whole: &Figure| {
            whole.value > 0.0 && (part.value / whole.value * 100.0 - percent.value).abs() < tolerance
        };
        if !before.iter().any(|a| before.iter().any(|b| !std::ptr::eq(a, b) && fits(a, b))) {
            found.push(
                Finding::new("BC17", Severity::Error, Some(cell.span))
                    .with("value", print(percent.value, percent.decimals))
                    .with("part", print(part.value, 0))
                    .with("whole", print(whole.value, 0))
                    .with("exact", print(exact, percent.decimals.max(1))),
            );
        }
    }
}

static DOTTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?-u:\b)"));
static COMMAED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)[1-9][0-9]{0,2}(?:,[0-9]{3})+(?-u:\b)"));
/// Decimals: of a share, or with a unit behind them.
static POINT_SHARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u:\b)[0-9]{1,3}\.[0-9]{1,2}(?:\s?%| (?:[a-z&&[^g]]|đ|g[^i]))"));
static COMMA_SHARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)[0-9]{1,3},[0-9]{1,2}(?:\s?%| (?:[a-z]|đ))"));

/// BC19: one sign for thousands and one for decimals.
pub(super) fn separators(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let words = &paper.known.words.rules;
    let mut places: [Vec<Span>; 4] = Default::default();
    for segment in told(paper).chain(paper.body(SectionRole::Awards)) {
        let text = segment.words();
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let shapes: [&LazyLock<Regex>; 4] = [&DOTTED, &COMMAED, &POINT_SHARE, &COMMA_SHARE];
        for (list, shape) in places.iter_mut().zip(shapes) {
            for hit in shape.find_iter(text) {
                let before = text.get(..hit.start()).unwrap_or_default();
                let after = text.get(hit.end()..).unwrap_or_default();
                // Telephone numbers, document numbers, lists of years.
                let inside = before.ends_with(['.', ',', '/', '-'])
                    || after.starts_with(|c: char| c.is_ascii_digit())
                    || after.starts_with('/')
                    || words.no_amount.iter().any(|word| before.ends_with(word.as_str()));
                if !inside {
                    let number = hit.as_str().trim_end_matches(|c: char| !c.is_ascii_digit() && c != '%');
                    list.push(segment.span(hit.start()..hit.start() + number.len()));
                }
            }
        }
    }
    let [dotted, commaed, point_share, comma_share] = places;
    let push = |found: &mut Vec<Finding>, odd: &[Span], other: &[Span]| {
        if let (Some(first), Some(against)) = (odd.first(), other.first()) {
            let value = |span: Span| paper.document.slice(span).unwrap_or_default().to_owned();
            let finding = Finding::new("BC19", Severity::Warning, Some(*first))
                .with("what", "separator")
                .with("value", value(*first))
                .with("other", value(*against))
                .and(*against);
            found.push(odd.iter().skip(1).fold(finding, |finding, span| finding.and(*span)));
        }
    };
    // The comma between groups of three is not the way of Vietnamese numbers: it is always the odd one.
    push(found, &commaed, if dotted.is_empty() { &comma_share } else { &dotted });
    push(found, &point_share, if comma_share.is_empty() { &dotted } else { &comma_share });
}

/// *tổng số hội viên: 120*, *tổng số 120 hội viên*, *hiện có 120 hội viên*: facts that stay the same in one paper.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:tổng số|hiện có)\s+(?:(\d[\d.]*)\s+(hội viên|chi hội|tổ phụ nữ|cán bộ hội)\b|(hội viên|chi hội|tổ phụ nữ|cán bộ hội)\s?(?::|là|có)\s?(\d[\d.]*))",
    )
});

/// BC19: what is counted twice comes to the same number.
pub(super) fn stated_twice(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for segment in told(paper) {
        let text = segment.words();
        for hit in STATED.captures_iter(text) {
            let (Some(value), Some(thing)) = (hit.get(1).or(hit.get(4)), hit.get(2).or(hit.get(3))) else { continue };
            let start = text.get(..value.start()).and_then(|head| head.rfind(['.', ';'])).map_or(0, |at| at + 1);
            let sentence = text.get(start..).unwrap_or_default().split(['.', ';']).next().unwrap_or_default();
            // A number of another year, or of a part, is another number.
            if holds(&paper.known.words.rules.other_counts, sentence) {
                continue;
            }
            let number = value.as_str().trim_end_matches('.').replace('.', "");
            let span = segment.span(value.start()..value.start() + value.as_str().trim_end_matches('.').len());
            match seen.get(thing.as_str()) {
                Some((other, place)) if *other != number => found.push(
                    Finding::new("BC19", Severity::Warning, Some(span))
                        .with("what", "twice")
                        .with("value", format!("{} {}", value.as_str(), thing.as_str()))
                        .with("other", other.clone())
                        .and(*place),
                ),
                Some(_) => {}
                None => {
                    seen.insert(thing.as_str().to_owned(), (number, span));
                }
            }
        }
    }
}

/// BC20: a number in section II has something that it counts, and a time.
pub(super) fn units(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let words = &paper.known.words.rules;
    let mut places: Vec<Span> = Vec::new();
    let mut any_year = !crate::check::paper::row::years(&paper.title_text()).is_empty();
    let mut any_number = false;
    for segment in paper.body(SectionRole::Achievement) {
        let text = segment.words();
        any_year |= !crate::check::paper::row::years(text).is_empty() || holds(&words.times, text);
        if segment.cell.is_some() {
            continue;
        }
        for figure in figures(text) {
            if figure.percent || is_year(&figure) {
                continue;
            }
            any_number = true;
            let before = text.get(..figure.range.start).unwrap_or_default();
            let after = text.get(figure.range.end..).unwrap_or_default();
            let last = before.trim_end();
            let marked = before.ends_with(['/', '-', '.', ':', '+', '"', '(', ','])
                || after.starts_with(['/', '-', '+', '"'])
                || after.starts_with(" /")
                || after.starts_with(" -");
            let clause_start = before.rfind(['.', ';', ':']).map_or(0, |at| at + 1);
            let clause = before.get(clause_start..).unwrap_or_default();
            let sum = holds(&words.money, clause);
            let counted =
                (holds(&words.counted, clause) && !sum) || ends(&words.counted_before, last) || last.ends_with(':');
            let named = words.number_before.iter().any(|word| last.ends_with(word.as_str()));
            let rest = after.trim_start();
            let alone =
                rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '!']) || starts(&words.number_after, rest);
            // `8/3`, `20/10`, `5 không, 3 sạch` and the like have their word; a lone number has none.
            // `213 trong số 292 thành viên`: the whole has the unit.
            let part = words.share_of.iter().any(|of| {
                rest.strip_prefix(of.as_str())
                    .is_some_and(|whole| whole.trim_start().starts_with(|c: char| c.is_ascii_digit()))
            });
            if alone && !marked && !counted && !named && !last.is_empty() && !listed(rest) && !part {
                places.push(segment.span(figure.range.clone()));
            }
        }
    }
    for span in places {
        let value = paper.document.slice(span).unwrap_or_default().to_owned();
        found.push(Finding::new("BC20", Severity::Warning, Some(span)).with("what", "unit").with("value", value));
    }
    if any_number && !any_year && paper.form.kind == "cong-trang" {
        let place = paper.section(SectionRole::Achievement).and_then(|section| paper.segments.get(section.heading));
        found.push(
            Finding::new("BC20", Severity::Warning, place.map(|segment| segment.span))
                .with("what", "year")
                .with("value", ""),
        );
    }
}

/// `3, 4 và 5 hộ`: the last one has the unit.
fn listed(rest: &str) -> bool {
    let mut rest = rest;
    for mark in [", ", "và "] {
        if let Some(next) = rest.strip_prefix(mark) {
            rest = next;
            return rest.starts_with(|c: char| c.is_ascii_digit());
        }
    }
    false
}

/// What stands in front of an entry of a list.
const BULLETS: &[char] = &[
    '-', '+', '*', '•', '·', '–', '—', 'o', '▪', '●', '○', '■', '□', '◆', '♦', '➢', '✓', '✔', '❖', '►', '→', '‣',
    '\u{f0b7}',
];

/// BC20: three or more list entries in a row without any number.
pub(super) fn lists_without_numbers(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    const ENOUGH: usize = 3;
    let body = paper.body(SectionRole::Achievement);
    let is_entry = |segment: &Segment| {
        let bullet = segment.label.as_deref().is_some_and(|label| label.trim().starts_with(BULLETS))
            || segment.text.starts_with(|c: char| c != 'o' && BULLETS.contains(&c));
        bullet && segment.cell.is_none()
    };
    let mut run: Vec<Span> = Vec::new();
    let mut longest: Vec<Span> = Vec::new();
    let mut duties = false;
    for segment in body {
        // What somebody is charged with has no numbers.
        if !is_entry(segment) && segment.cell.is_none() {
            let text = segment.words();
            duties = paper.known.words.rules.duties.iter().any(|word| text.contains(word.as_str()))
                || (duties && segment.label.is_none() && !text.contains(|c: char| c.is_ascii_digit()));
        }
        if duties {
            continue;
        }
        let bare = is_entry(segment)
            && !segment.text.contains(|c: char| c.is_ascii_digit())
            && segment.text.split_whitespace().count() >= 3;
        if bare {
            run.push(segment.span);
        } else if is_entry(segment) || segment.label.is_none() || segment.text.chars().count() > 3 {
            if run.len() > longest.len() {
                longest.clone_from(&run);
            }
            run.clear();
        }
    }
    if run.len() > longest.len() {
        longest = run;
    }
    if longest.len() >= ENOUGH
        && let Some((first, rest)) = longest.split_first()
    {
        let finding = Finding::new("BC20", Severity::Warning, Some(*first))
            .with("what", "list")
            .with("value", longest.len().to_string());
        found.push(rest.iter().fold(finding, |finding, span| finding.and(*span)));
    }
}

/// BC21: a collective compares with an earlier year.
pub(super) fn comparison(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(grade) = paper.form.comparison.filter(|_| paper.subject == FormSubject::TapThe) else { return };
    let Some(section) = paper.section(SectionRole::Achievement) else { return };
    let body = paper.body(SectionRole::Achievement);
    // Years that results are told of: not those of the period, of decisions, of initiatives.
    let results = |segment: &&Segment| {
        let text = segment.words();
        let counts = figures(text).iter().any(|figure| !is_year(figure));
        counts && !text.ends_with(':') && !text.contains("quyết định") && !text.contains("sáng kiến")
    };
    let mut years: Vec<i16> =
        body.iter().filter(results).flat_map(|segment| crate::check::paper::row::years(segment.words())).collect();
    years.sort_unstable();
    years.dedup();
    let words = &paper.known.words.rules;
    let says = body.iter().any(|segment| holds(&words.compares, segment.words()) || moves(segment.words(), words));
    if !says && years.len() < 2 {
        let place = paper.segments.get(section.heading).map(|segment| segment.span);
        found.push(Finding::new("BC21", paper.form.grade(grade), place));
    }
}

/// `tăng 15 hội viên`, `giảm từ 12 xuống còn 7 hộ`; not `tăng gia`, `vượt khó`.
fn moves(text: &str, words: &RuleWords) -> bool {
    const NEAR: usize = 24;
    words.compares_by.iter().any(|verb| {
        text.match_indices(verb.as_str()).any(|(at, verb)| {
            let rest = text.get(at + verb.len()..).unwrap_or_default();
            let clause = rest.split(['.', ';']).next().unwrap_or_default();
            rest.starts_with(' ') && clause.find(|c: char| c.is_ascii_digit()).is_some_and(|digit| digit < NEAR)
        })
    })
}
