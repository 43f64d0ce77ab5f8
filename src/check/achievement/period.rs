//! The years that the report covers, and those of its table.

use super::figure::{figures, is_year};
use super::timespan::at_start;
use crate::check::dates::pattern;
use crate::check::paper::Paper;
use crate::check::paper::row::Row;
use crate::check::paper::segment::Segment;
use crate::model::{Finding, Severity, Span};
use crate::pack::{RuleWords, SectionRole, ends, holds};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// *giai đoạn 2021 - 2025*, *từ năm 2021 đến năm 2025*, *(2021-2025)*.
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(giai đọan|các năm|năm liên tục|từ đầu năm|từ cuối năm|năm|từ năm|từ|\()\s?\(?\s?(20\d{2})\s?(?:-|(?:cho )?(?:đến|tới)(?: (?:hết|cuối|giữa))?(?: năm)?)\s?(20\d{2})\b",
    )
});
static BARE_RANGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)(20\d{2})\s?(?:-|đến)\s?(20\d{2})(?-u:\b)"));
/// *Kể từ năm 2023 đến nay*, at the start of a sentence: up to the day of the report.
static UP_TO_NOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:[-+*•]\s?)?(?:kể |tính )?từ (?:đầu |giữa |cuối )?(?:năm )?(20\d{2}) (?:cho )?(?:đến|tới) nay\b")
});
/// *Ngay từ năm 2021*, *trước đó, năm 2021*, *tháng 5/2021*, *giai đoạn 2019-2021*: a result of that year, at the start of
/// a clause.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[-+*•]\s?)?(?:(?:đặc biệt|điển hình|nổi bật|nhất|cụ thể|riêng|kết quả|thành tích|là|của|trong|vào|khi|cũng|trước đó),?\s)*(?:(?:ngay )?từ (?:đầu )?năm|(?:đầu |cuối )?năm|6 tháng (?:đầu|cuối) năm|ngày \d{1,2}\s?[/-]\s?\d{1,2}\s?[/-]|ngày \d{1,2} tháng \d{1,2} năm|(?:ngày \d{1,2}\s?/\s?)?(?:tháng|qúy) [0-9ivx]{1,4}(?:\s?[/-]\s?|,? năm )|giai đọan (?:20\d{2}\s?(?:-|đến)\s?)?|các năm (?:20\d{2}\s?(?:-|,|và)\s?)?)\s?(20\d{2})\b",
    )
});
/// *02 năm 2024, 2025*; *các năm 2023, 2024 và 2025*.
static LISTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"năm\s?\(?:?\s?(20\d{2}(?:\s?(?:,|và|;)\s?(?:năm\s)?20\d{2})+)"));
/// *Năm 2025*, at the start of a line or of a sentence.
static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[-+*•]\s?)?(?:(?:trong|kết quả|thành tích|riêng|cụ thể|tính đến|đến|hết)\s+)*(?:(?:đầu|cuối|giữa)\s+)?(?:năm|năm học|trong năm|năm công tác|01 năm|một năm)\s+\(?\s?(?:năm )?(20\d{2})\b",
    )
});
static SINGLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bnăm\s+(?:công tác\s+)?\(?(20\d{2})\b"));

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)20\d{2}(?-u:\b)"));

/// Years that a report covers.
#[derive(Debug, Clone)]
struct Period {
    years: Vec<i16>,
    span: Span,
    /// Stated as a range or a list, not gathered from lines.
    stated: bool,
}

/// `…, bản thân đạt được kết quả như sau:`
fn opens_results(segment: &Segment) -> bool {
    segment.cell.is_none() && segment.text.ends_with(':') && segment.text.split_whitespace().count() >= 6
}

/// `Một năm qua (2025), … như sau:`: the only year of the sentence that opens the results, near its start.
fn single_in(segment: &Segment, words: &RuleWords) -> Option<Period> {
    const NEAR: usize = 60;
    let text = segment.words();
    let years = crate::check::paper::row::years(text);
    let year = years.first().filter(|_| opens_results(segment) && years.len() == 1)?;
    let at = text.find(&year.to_string())?;
    let before = text.get(..at)?;
    let dated = before.trim_end().ends_with(['/', '-']) || before.contains("ngày") || before.contains("tháng");
    let others = holds(&words.range_of_others, before) || holds(&words.year_before, before) || dated;
    (at < NEAR && !others && before.contains("năm")).then(|| Period {
        years: vec![*year],
        span: segment.span(at..at + 4),
        stated: false,
    })
}

/// `Từ tháng 01/2023 đến tháng 10/2025, … như sau:`: the time that a sentence which opens the results begins with.
fn opening(segment: &Segment, paper: &Paper<'_>) -> Option<Period> {
    if !opens_results(segment) || holds(&paper.known.words.rules.duties, segment.words()) {
        return None;
    }
    let today = paper.date.map(|(date, _)| (date.year(), i16::from(date.month())));
    let told = at_start(segment.words(), &paper.known.words.rules, today)?;
    let (first, last) = told.years;
    (last - first < 30).then(|| Period {
        years: (first..=last).collect(),
        span: segment.span(told.range),
        stated: true,
    })
}

/// No line but that of an initiative begins with another year: results that are told year by year are of all years.
fn alone(one: &Period, body: &[Segment]) -> bool {
    body.iter().filter(|segment| !segment.words().contains("sáng kiến")).all(|segment| {
        let year = LEADING.captures(segment.words()).and_then(|found| found.get(1)?.as_str().parse::<i16>().ok());
        year.is_none_or(|year| one.years.contains(&year))
    })
}

fn range_in(segment: &Segment, words: &RuleWords) -> Option<Period> {
    let text = segment.words();
    for found in RANGE.captures_iter(text) {
        let year = |group: usize| found.get(group).and_then(|m| m.as_str().parse::<i16>().ok());
        let (Some(all), Some(first), Some(last)) = (found.get(0), year(2), year(3)) else { continue };
        let before = text.get(..all.start()).unwrap_or_default().trim_end();
        let compares = holds(&words.range_of_others, before) || ends(&words.range_behind, before);
        let school = found.get(1).is_some_and(|lead| lead.as_str() == "năm") && before.ends_with("học");
        if first <= last && last - first < 20 && !compares && !school {
            return Some(Period { years: (first..=last).collect(), span: segment.span(all.range()), stated: true });
        }
    }
    // `Nhìn lại chặng đường 2021 - 2025, … như sau:` opens a list of results.
    if opens_results(segment)
        && let Some(found) = BARE_RANGE.captures(text)
        && let (Some(all), Some(Ok(first)), Some(Ok(last))) = (
            found.get(0),
            found.get(1).map(|m| m.as_str().parse::<i16>()),
            found.get(2).map(|m| m.as_str().parse::<i16>()),
        )
    {
        let before = text.get(..all.start()).unwrap_or_default();
        let others = holds(&words.range_of_others, before) || ends(&words.range_behind, before);
        if first <= last && last - first < 20 && !others {
            return Some(Period { years: (first..=last).collect(), span: segment.span(all.range()), stated: true });
        }
    }
    let found = LISTED.captures(text)?;
    let list = found.get(1)?;
    let mut years = crate::check::paper::row::years(list.as_str());
    years.sort_unstable();
    let span = segment.span(found.get(0)?.range());
    let before = text.get(..list.start()).unwrap_or_default();
    (!before.contains("so với") && !before.contains("quyết định")).then_some(Period { years, span, stated: true })
}

/// `Kể từ năm 2023 đến nay, … kết quả như sau:`; not the years of service that a duty tells of.
fn up_to_now(segment: &Segment, paper: &Paper<'_>) -> Option<Period> {
    const LONGEST: i16 = 12;
    let text = segment.words();
    let found = UP_TO_NOW.captures(text)?;
    let year = found.get(1)?;
    let first: i16 = year.as_str().parse().ok()?;
    let last = paper.date?.0.year();
    let tells = holds(&paper.known.words.rules.results, text) || text.ends_with(':');
    (tells && first <= last && last - first < LONGEST).then(|| Period {
        years: (first..=last).collect(),
        span: segment.span(year.range()),
        stated: true,
    })
}

/// The period, by what states it best: a range in section II, a range in the title, lines that begin with a year, the
/// year in the title.
fn period(paper: &Paper<'_>) -> Option<Period> {
    let body = paper.body(SectionRole::Achievement);
    let title = paper.segments.get(paper.title.clone()).unwrap_or_default();
    let words = &paper.known.words.rules;
    let range = |segment: &Segment| range_in(segment, words);
    let until_now = |segment: &Segment| up_to_now(segment, paper);
    let opened = || body.iter().take(12).find_map(|segment| opening(segment, paper)).filter(|one| alone(one, body));
    let stated = opened()
        .or_else(|| title.iter().find_map(range))
        .or_else(|| body.iter().take(12).find_map(|segment| range(segment).or_else(|| until_now(segment))))
        .or_else(|| body.iter().take(12).find_map(|segment| single_in(segment, words)).filter(|one| alone(one, body)));
    if stated.is_some() {
        return stated;
    }
    let tells_awards = |segment: &&Segment| {
        let text = segment.words();
        segment.cell.is_some() || ["tặng", "danh hiệu", "khen thưởng"].iter().any(|word| text.contains(word))
    };
    let mut years: Vec<(i16, Span)> = body
        .iter()
        .filter(|segment| !tells_awards(segment))
        .filter_map(|segment| {
            let found = LEADING.captures(segment.words())?.get(1)?;
            Some((found.as_str().parse().ok()?, segment.span(found.range())))
        })
        .collect();
    years.sort_unstable();
    years.dedup_by_key(|(year, _)| *year);
    // A year far off belongs to the past that a line mentions.
    if let Some(cut) = years.windows(2).rposition(|pair| matches!(pair, [(a, _), (b, _)] if b - a > 2)) {
        years.drain(..=cut);
    }
    if let Some((_, span)) = years.first() {
        return Some(Period { span: *span, years: years.iter().map(|(year, _)| *year).collect(), stated: false });
    }
    // A single year: in the title, or in the first lines of section II.
    let before = &paper.known.words.rules.year_before;
    title.iter().chain(body.iter().take(12)).find_map(|segment| {
        let text = segment.words();
        let found = SINGLE.captures(text)?.get(1)?;
        let head = text.get(..found.start()).unwrap_or_default();
        if before.iter().any(|word| head.contains(word.as_str())) && segment.cell.is_none() && head.contains(' ') {
            return None;
        }
        Some(Period { years: vec![found.as_str().parse().ok()?], span: segment.span(found.range()), stated: false })
    })
}

/// BC11: as many years as the award asks for, none left out.
pub(super) fn covered(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some((min, max)) = paper.award.as_ref().and_then(|proposed| proposed.award?.years) else { return };
    if paper.form.kind != "cong-trang" {
        return;
    }
    // A whole career is as long as it is.
    const YEARLY: u16 = 5;
    const NEAR: usize = 90;
    let tells_career = |segment: &Segment| {
        let text = segment.words();
        let head = text.char_indices().nth(NEAR).map_or(text, |(at, _)| text.get(..at).unwrap_or_default());
        holds(&paper.known.words.rules.career, head)
    };
    if max > YEARLY && paper.body(SectionRole::Achievement).iter().take(12).any(tells_career) {
        return;
    }
    let Some(period) = period(paper) else { return };
    let (Some(first), Some(last)) = (period.years.first(), period.years.last()) else { return };
    let count = u16::try_from(last - first + 1).unwrap_or(u16::MAX);
    let award = paper.award.as_ref().map(|proposed| proposed.words.clone()).unwrap_or_default();
    let wanted = if min == max { format!("{min:02} năm") } else { format!("{min:02}-{max:02} năm") };
    let finding = |what: &str| {
        Finding::new("BC11", Severity::Warning, Some(period.span))
            .with("what", what)
            .with("award", award.clone())
            .with("wanted", wanted.clone())
            .with("value", if first == last { first.to_string() } else { format!("{first}-{last}") })
    };
    if count < min {
        found.push(finding("short"));
    } else if count > max {
        found.push(finding("long"));
    } else if !period.stated && usize::from(count) != period.years.len() {
        found.push(finding("gap"));
    } else if let Some((date, _)) = paper.date
        && *last > date.year()
    {
        found.push(finding("future"));
    }
}

/// BC12: years of the table: in the past, inside the period, none twice, none left out, one to a row.
pub(super) fn rows(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let place = |row: &Row<'_>| row.year_span.unwrap_or(row.span);
    let push = |found: &mut Vec<Finding>, row: &Row<'_>, what: &str, value: String| {
        found.push(Finding::new("BC12", Severity::Warning, Some(place(row))).with("what", what).with("value", value));
    };
    for row in &paper.rows {
        let written = row.year_span.and_then(|span| paper.document.slice(span)).unwrap_or_default();
        let folded = crate::language::fold::fold(written);
        // A title is given for one year; other awards may be given for several.
        let several = holds(&paper.known.words.rules.row_periods, &folded)
            || (folded.contains("đến") && row.awards.first().is_some_and(|award| award.family != "title"));
        if row.years.len() > 1 && !several {
            push(found, row, "mixed", written.to_owned());
        }
        if let (Some((date, _)), Some(last)) = (paper.date, row.years.iter().max())
            && *last > date.year()
        {
            push(found, row, "future", last.to_string());
        }
    }
    twice(paper, found);
    left_out(paper, found);
    outside(paper, found);
    text_outside(paper, found);
}

/// One award in one year stands once.
fn twice(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let award = |row: &Row<'_>| row.awards.first().map(|award| award.id.clone());
    for (at, row) in paper.rows.iter().enumerate() {
        let earlier = paper.rows.get(..at).unwrap_or_default().iter().find(|other| {
            !row.years.is_empty()
                && other.years == row.years
                && award(other).is_some()
                && award(other) == award(row)
                && words(other) == words(row)
        });
        let both_titles =
            |other: &Row<'_>| is_yearly(other) && is_yearly(row) && other.years == row.years && !row.years.is_empty();
        let same_year = || {
            paper.rows.get(..at).unwrap_or_default().iter().find(|other| both_titles(other) && leaves_gap(paper, row))
        };
        if let Some(other) = earlier.or_else(same_year) {
            found.push(
                Finding::new("BC12", Severity::Warning, Some(row.year_span.unwrap_or(row.span)))
                    .with("what", "twice")
                    .with("value", row.years.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"))
                    .and(other.year_span.unwrap_or(other.span)),
            );
        }
    }
}

fn words(row: &Row<'_>) -> Option<String> {
    row.award.as_ref().map(|(words, _)| crate::language::fold::fold(words))
}

/// Titles and results are given for every year.
fn is_yearly(row: &Row<'_>) -> bool {
    row.years.len() == 1
        && row.awards.first().is_some_and(|award| matches!(award.family.as_str(), "title" | "result" | "inexact"))
}

fn yearly(paper: &Paper<'_>) -> Vec<i16> {
    let mut years: Vec<i16> =
        paper.rows.iter().filter(|row| is_yearly(row)).flat_map(|row| row.years.iter().copied()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The year next to a repeated one is missing.
fn leaves_gap(paper: &Paper<'_>, row: &Row<'_>) -> bool {
    let years = yearly(paper);
    let (Some(first), Some(last), Some(year)) = (years.first(), years.last(), row.years.first()) else { return false };
    let gap = |year: i16| year > *first && year < *last && !years.contains(&year);
    gap(year + 1) || gap(year - 1)
}

/// A year that is missing between others of the table of titles.
fn left_out(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let years = yearly(paper);
    if years.len() < 3 {
        return;
    }
    for pair in years.windows(2) {
        let [before, after] = pair else { continue };
        if *after - *before != 2 {
            continue;
        }
        let row = paper.rows.iter().find(|row| is_yearly(row) && row.years.contains(after));
        let repeated = found.iter().any(|finding| finding.code == "BC12");
        if let Some(row) = row.filter(|_| !repeated) {
            found.push(
                Finding::new("BC12", Severity::Warning, Some(row.year_span.unwrap_or(row.span)))
                    .with("what", "skipped")
                    .with("value", (before + 1).to_string()),
            );
        }
    }
}

/// A row far from the others and from the period.
fn outside(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(period) = period(paper) else { return };
    let (Some(first), Some(last)) = (period.years.first(), period.years.last()) else { return };
    let inside = |year: i16| (*first..=*last).contains(&year);
    let years: Vec<i16> = paper.rows.iter().flat_map(|row| row.years.iter().copied()).collect();
    let out: Vec<i16> = years.iter().copied().filter(|year| !inside(*year)).collect();
    let covered = years.len() - out.len();
    for row in &paper.rows {
        let Some(year) = row.years.first().copied().filter(|year| row.years.len() == 1 && *year < *first) else {
            continue;
        };
        // Years that join on to the period are history that the form asks for.
        let nearest = years.iter().filter(|other| **other != year).map(|other| (other - year).abs()).min();
        let alone = nearest.is_none_or(|distance| distance > 1) && first - year > 1;
        let odd = period.years.len() > 1 && out.len() == 1 && covered >= 2 && first - year > 1;
        if (alone && first - year > 4) || odd {
            found.push(
                Finding::new("BC12", Severity::Warning, Some(row.year_span.unwrap_or(row.span)))
                    .with("what", "outside")
                    .with("value", year.to_string()),
            );
        }
    }
}

/// A sentence of section II that tells of a year outside the period.
fn text_outside(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(period) = period(paper) else { return };
    let (Some(first), Some(last)) = (period.years.first(), period.years.last()) else { return };
    let words = &paper.known.words.rules;
    let merit = paper.form.kind == "cong-trang";
    for segment in paper.body(SectionRole::Achievement).iter().filter(|segment| segment.cell.is_none()) {
        let text = segment.words();
        opened_outside(segment, &period, words, found);
        if merit {
            told_outside(segment, &period, words, found);
        }
        for captures in SINGLE.captures_iter(text) {
            let Some(year_at) = captures.get(1) else { continue };
            let Ok(year) = year_at.as_str().parse::<i16>() else { continue };
            let head = text.get(..year_at.start()).unwrap_or_default();
            let tail = text.get(year_at.end()..).unwrap_or_default();
            let before = head.get(head.rfind(['.', ';', '(']).map_or(0, |at| at + 1)..).unwrap_or_default();
            let after = tail.split(['.', ';']).next().unwrap_or_default();
            let leads = LEADING.is_match(format!("{}{}", before.trim_start(), year_at.as_str()).as_str());
            // Within a sentence only what counts something is a result of that year.
            let inside = merit
                && !leads
                && before.contains(' ')
                && !compares(head)
                && before.split(' ').count() >= 4
                && figures(&format!("{before}{after}")).iter().any(|figure| !is_year(figure));
            let early = year < *first && (period.stated || first - year > 1);
            let far = year < *first && first - year > 1;
            let out = if leads { early || year > *last + 1 } else { inside && far };
            let relates = holds(&words.year_before, before)
                || holds(&words.year_after, after)
                || (first - year == 1 && compares(head));
            if out && !relates && (period.stated || period.years.len() > 1 || (first - year).abs() > 1) {
                found.push(too_early(segment.span(year_at.range()), year));
            }
        }
    }
}

/// A year before the period.
fn too_early(place: Span, year: i16) -> Finding {
    Finding::new("BC12", Severity::Warning, Some(place)).with("what", "outside").with("value", year.to_string())
}

/// A clause that begins with a time before the period and counts something of that time.
fn opened_outside(segment: &Segment, period: &Period, words: &RuleWords, found: &mut Vec<Finding>) {
    let Some(first) = period.years.first() else { return };
    let text = segment.words();
    let mut from = 0;
    for clause in text.split_inclusive(". ") {
        let at = from;
        from += clause.len();
        let Some(year_at) = OPENING.captures(clause).and_then(|found| found.get(1)) else { continue };
        let Ok(year) = year_at.as_str().parse::<i16>() else { continue };
        let after = clause.get(year_at.end()..).unwrap_or_default();
        let counts = figures(after).iter().any(|figure| !is_year(figure));
        let early = year < *first && (period.stated || period.years.len() > 1 || first - year > 1);
        let leads = LEADING.is_match(clause);
        if early && counts && !leads && !holds(&words.year_after, after) && !after.trim_start().starts_with('-') {
            found.push(too_early(segment.span(at + year_at.start()..at + year_at.end()), year));
        }
    }
}

/// A sentence that counts something, all of whose years are before the period.
fn told_outside(segment: &Segment, period: &Period, words: &RuleWords, found: &mut Vec<Finding>) {
    let Some(first) = period.years.first() else { return };
    let text = segment.words();
    let mut from = 0;
    for sentence in text.split_inclusive(". ") {
        let at = from;
        from += sentence.len();
        let places = year_places(sentence);
        let Some((year, place)) = places.first().cloned() else { continue };
        let latest = places.iter().map(|(year, _)| *year).max().unwrap_or(year);
        let counts = figures(sentence).iter().any(|figure| !is_year(figure));
        let before = sentence.get(..place.start).unwrap_or_default();
        let after = sentence.get(place.end..).unwrap_or_default();
        let relates =
            holds(&words.year_before, before) || holds(&words.year_after, after) || sentence.contains("so với");
        let early = latest < *first && (period.stated || period.years.len() > 1 || first - latest > 1);
        let compares = first - latest == 1 && compares(before);
        let span = segment.span(at + place.start..at + place.end);
        let said = found.iter().any(|finding| finding.code == "BC12" && finding.span == Some(span));
        if early && counts && !relates && !compares && !said && !sentence.contains("/qđ") {
            found.push(too_early(span, year));
        }
    }
}

/// `Giúp 12 hộ thoát nghèo (năm 2024 giúp 02 hộ)`: a bracket with the year before, to compare with.
fn compares(head: &str) -> bool {
    head.trim_end().ends_with("(năm")
}

/// Years of a sentence, without those of document numbers (`91/2017/NĐ-CP`).
fn year_places(sentence: &str) -> Vec<(i16, Range<usize>)> {
    YEAR.find_iter(sentence)
        .filter(|hit| !sentence.get(hit.end()..).is_some_and(|rest| rest.starts_with('/')))
        .filter_map(|hit| Some((hit.as_str().parse().ok()?, hit.range())))
        .collect()
}
