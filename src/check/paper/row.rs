//! Rows of section III: what was awarded when, by which decision; in tables, or line by line.

use super::segment::Segment;
use crate::check::dates::{Written, pattern, written};
use crate::language::letter::is_word;
use crate::model::Span;
use crate::pack::{Award, Awards, ReportWords};
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// One earlier award.
#[derive(Debug)]
pub(in crate::check) struct Row<'k> {
    /// Segments that it is made of.
    pub(in crate::check) segments: Range<usize>,
    /// Table and row, when it stands in one.
    pub(in crate::check) cell: Option<(u32, u32)>,
    /// Years in the first column or at the start of the line, in order.
    pub(in crate::check) years: Vec<i16>,
    /// Place of the years.
    pub(in crate::check) year_span: Option<Span>,
    /// The awards it names.
    pub(in crate::check) awards: Vec<&'k Award>,
    /// Words and place of the award.
    pub(in crate::check) award: Option<(String, Span)>,
    /// Place of the decision, or of what stands in its column; of the row when nothing stands there.
    pub(in crate::check) decision: Span,
    /// A decision number is there.
    pub(in crate::check) number: bool,
    /// Dates in the decision, with their places.
    pub(in crate::check) dates: Vec<(Option<Date>, Span)>,
    /// A date whose words run together, or without a day.
    pub(in crate::check) broken_date: Option<Span>,
    /// Folded words of the issuer, when one is named.
    pub(in crate::check) issuer: Option<String>,
    /// Its place, where it stands in a cell or a line of its own.
    pub(in crate::check) issuer_span: Option<Span>,
    /// Place of the whole row (of its first segment to the end of that block).
    pub(in crate::check) span: Span,
}

/// A number of a decision in folded text: `12/qđ-ubnd`, `12/2024/qđ-ubnd`, `15-qđ/hu`, `số 12`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)[0-9]{1,5}[a-zđ]?\s?[/-]\s?(?:[0-9]{4}\s?/\s?)?[a-zđ][a-zđ0-9&]*(?:\s?-\s?[a-zđ][a-zđ0-9&]*)?(?:[-/][a-zđ0-9&]+)*|\b(?:số|qđ)\s?:?\s?[0-9]{1,5}(?:[^0-9./-]|$|[.,;])",
    )
});
/// Years in a cell.
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)(?:19|20)[0-9]{2}(?-u:\b)"));
/// Years that stand together: `2022, 2023`, `2022 và 2023`.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u:\b)(?:19|20)[0-9]{2}(?:\s?(?:,|;|-|/|\+|&|và|đến)\s?(?:năm )?(?:19|20)[0-9]{2})*(?-u:\b)")
});
/// `ngày 22tháng 01`, `ngày05/01/2024`, `tháng01`.
static RUN_TOGETHER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"ngày[0-9]|[0-9]tháng|tháng[0-9]|[0-9]năm|năm[0-9]{4}"));
/// `05 tháng 12 năm 2024`.
static BARE_DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u:\b)([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s*,?\s+năm\s+([0-9]{4})(?-u:\b)"));
/// A line that tells of an award: begins with a year.
static BEGINS_WITH_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[-+*•]?\s?)(?:(?:từ |các )?năm\s+(?:học\s+)?)?((?:19|20)[0-9]{2}(?:\s?(?:,|;|-|/|\+|&|và|đến)\s?(?:năm )?(?:19|20)[0-9]{2})*)(?-u:\b)",
    )
});

/// Years in a folded text.
pub(in crate::check) fn years(text: &str) -> Vec<i16> {
    YEAR.find_iter(text).filter_map(|m| m.as_str().parse().ok()).collect()
}

/// What a column of a folded heading holds.
fn column(text: &str) -> Option<Column> {
    if matches!(text, "tt" | "stt" | "số tt" | "số thứ tự") {
        Some(Column::Counter)
    } else if text.contains("quyết định")
        || text.contains("cơ quan")
        || text.starts_with("số")
        || text.starts_with("ngày")
    {
        Some(Column::Decision)
    } else if text.starts_with("năm") && text.len() < 24 {
        Some(Column::Year)
    } else if ["danh hiệu", "hình thức", "xếp lọai", "kết quả"].iter().any(|word| text.contains(word)) {
        Some(Column::Award)
    } else {
        None
    }
}

/// What is needed to read rows.
pub(in crate::check) struct RowReader<'k, 's> {
    pub(in crate::check) segments: &'s [Segment],
    pub(in crate::check) awards: &'k Awards,
    pub(in crate::check) words: &'k ReportWords,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Counter,
    Year,
    Award,
    Decision,
}

impl<'k> RowReader<'k, '_> {
    /// Rows in a range of segments.
    pub(in crate::check) fn rows(&self, range: Range<usize>) -> Vec<Row<'k>> {
        let mut rows = Vec::new();
        let mut columns: Vec<(u32, Column)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let Some(segment) = self.segments.get(at) else { break };
            if let Some((table, row, _)) = segment.cell {
                let end =
                    self.end(at, range.end, |next| matches!(next.cell, Some((t, r, _)) if t == table && r == row));
                if let Some(headings) = self.headings(at..end) {
                    columns = headings;
                } else if end - at > 1 {
                    rows.extend(self.cells(at..end, &columns));
                } else {
                    rows.extend(self.line(at..end));
                }
                at = end;
            } else if let Some((stacked, end)) = self.stacked(at, range.end) {
                rows.extend(stacked);
                at = end;
            } else if let Some((row, end)) = self.gapped(at, range.end) {
                rows.push(row);
                at = end;
            } else {
                let mut end = self.end(at, range.end, |next| next.line == segment.line && next.cell.is_none());
                // The decision may stand on a line of its own below.
                while let Some(next) = self.segments.get(end).filter(|next| end < range.end && next.cell.is_none()) {
                    let goes_on = next.label.is_none()
                        && (next.words().starts_with("quyết định")
                            || next.words().starts_with("qđ")
                            || next.words().starts_with("(quyết định")
                            || next.words().starts_with("theo quyết định"))
                        && !self.text(at..end).contains("quyết định");
                    if !goes_on {
                        break;
                    }
                    end += 1;
                }
                rows.extend(self.line(at..end));
                at = end;
            }
        }
        rows
    }

    /// A table whose cells stand below each other, as it is pasted into plain text: headings, then years with what
    /// belongs to them. With the place where it ends.
    fn stacked(&self, start: usize, limit: usize) -> Option<(Vec<Row<'k>>, usize)> {
        const HEADING: usize = 90;
        let is_cell = |at: &usize| {
            self.segments.get(*at).is_some_and(|segment| segment.cell.is_none() && segment.label.is_none())
        };
        let heading = |at: &usize| {
            is_cell(at)
                && self.segments.get(*at).is_some_and(|segment| {
                    column(segment.words()).is_some()
                        && segment.text.chars().count() < HEADING
                        && !segment.text.contains(|c: char| c.is_ascii_digit())
                })
        };
        let body = (start..limit).find(|at| !heading(at))?;
        let kinds: Vec<Column> =
            self.segments.get(start..body)?.iter().filter_map(|segment| column(segment.words())).collect();
        if kinds.len() < 3 || !kinds.contains(&Column::Year) || !kinds.contains(&Column::Award) {
            return None;
        }
        let mut rows = Vec::new();
        let mut at = body;
        while let Some(first) = (at..limit).find(|at| !is_cell(at) || self.is_year(*at) || heading(at)) {
            if !is_cell(&first) || heading(&first) {
                at = first;
                break;
            }
            let ends = |next: &usize| !is_cell(next) || self.is_year(*next) || heading(next);
            let end = (first + 1..limit).find(ends).unwrap_or(limit);
            // The running number of the next row stands in front of its year.
            let counter = end > first + 1
                && self.is_year(end)
                && self.segments.get(end - 1).is_some_and(|segment| self.guess(segment) == Column::Counter);
            rows.extend(self.cells(first..end - usize::from(counter), &[]));
            at = end;
            if end == limit {
                break;
            }
        }
        (!rows.is_empty()).then_some((rows, at.max(body)))
    }

    /// A row whose cells are held apart by blanks, with the lines that its cells go on in.
    fn gapped(&self, start: usize, limit: usize) -> Option<(Row<'k>, usize)> {
        const REST: usize = 70;
        let first = self.segments.get(start)?;
        let end = self.end(start, limit, |next| next.line == first.line && next.cell.is_none());
        let is_row = end - start >= 3
            && (start..(start + 2).min(end)).any(|at| self.is_year(at))
            && (start..end).any(|at| self.segments.get(at).is_some_and(|s| !self.awards.named(s.words()).is_empty()));
        if !is_row {
            return None;
        }
        let mut last = end;
        while let Some(next) = self.segments.get(last).filter(|_| last < limit) {
            let goes_on = next.cell.is_none()
                && next.label.is_none()
                && next.text.chars().count() < REST
                && next.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
                && !self.is_year(last);
            if !goes_on {
                break;
            }
            last += 1;
        }
        Some((self.cells(start..last, &[])?, last))
    }

    /// A cell that holds years and nothing else.
    fn is_year(&self, at: usize) -> bool {
        self.segments.get(at).is_some_and(|segment| {
            segment.cell.is_none() && segment.label.is_none() && self.guess(segment) == Column::Year
        })
    }

    fn end(&self, start: usize, limit: usize, same: impl Fn(&Segment) -> bool) -> usize {
        (start + 1..limit).find(|at| self.segments.get(*at).is_none_or(|next| !same(next))).unwrap_or(limit)
    }

    fn text(&self, range: Range<usize>) -> String {
        let parts: Vec<&str> = self.segments.get(range).unwrap_or_default().iter().map(Segment::words).collect();
        parts.join("; ")
    }

    /// The columns, when a row is the heading of a table.
    fn headings(&self, row: Range<usize>) -> Option<Vec<(u32, Column)>> {
        let segments = self.segments.get(row)?;
        let columns: Vec<(u32, Column)> =
            segments.iter().filter_map(|segment| Some((segment.cell?.2, column(segment.words())?))).collect();
        let has = |kind| columns.iter().any(|(_, column)| *column == kind);
        let no_figures = segments.iter().all(|segment| !segment.text.contains(|c: char| c.is_ascii_digit()));
        (columns.len() >= 2 && has(Column::Year) && no_figures && segments.len() >= 2).then_some(columns)
    }

    /// A row of a table; nothing when it is empty or says that there is nothing.
    fn cells(&self, row: Range<usize>, columns: &[(u32, Column)]) -> Option<Row<'k>> {
        let segments = self.segments.get(row.clone())?;
        let says = |segment: &&Segment| {
            let text = segment.words();
            text.contains(is_word) && !self.words.is_nothing(text)
        };
        if segments.iter().filter(says).count() == 0 {
            return None;
        }
        let kind = |segment: &Segment| {
            let column = segment.cell.map(|(_, _, column)| column);
            columns.iter().find(|(at, _)| Some(*at) == column).map_or_else(|| self.guess(segment), |(_, kind)| *kind)
        };
        let of = |wanted| segments.iter().filter(move |segment| kind(segment) == wanted);
        let first = segments.first()?;
        let last = segments.iter().rev().find(|segment| !segment.text.is_empty()).unwrap_or(first);
        let mut read = self.empty(row, first);
        read.cell = first.cell.map(|(table, row, _)| (table, row));
        for segment in of(Column::Year) {
            read.years.extend(years(segment.words()));
            if !segment.text.is_empty() {
                read.year_span.get_or_insert(segment.span);
            }
        }
        for segment in of(Column::Award).filter(|segment| !segment.text.is_empty()) {
            read.awards.extend(self.awards.named(segment.words()).into_iter().map(|(award, _)| award));
            read.award.get_or_insert((segment.text.clone(), segment.span));
        }
        if read.years.is_empty() && read.award.is_none() && of(Column::Decision).all(|segment| segment.text.is_empty())
        {
            return None;
        }
        read.decision = of(Column::Decision)
            .find(|segment| !segment.text.is_empty())
            .map_or_else(|| read.award.as_ref().map_or(last.span, |(_, span)| *span), |segment| segment.span);
        for segment in of(Column::Decision) {
            self.decision(segment, 0..segment.words().len(), &mut read);
        }
        Some(read)
    }

    fn guess(&self, segment: &Segment) -> Column {
        let text = segment.words();
        let bare = text.trim_start_matches("năm ").trim_start_matches("học ").trim_start_matches("từ ");
        let bare = bare.trim_start_matches("các năm ");
        let bare = bare.replace(" và ", " ").replace(" đến ", " ").replace("năm ", "").replace(['&', '+'], " ");
        // `06/12/2022`, `12/2022`: a date, not years.
        let dated = bare.find(['/', '-', '.']).is_some_and(|at| (1..=2).contains(&at));
        if dated {
            return Column::Decision;
        }
        if !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/' | ',' | ';')) {
            if years(text).is_empty() { Column::Counter } else { Column::Year }
        } else if NUMBER.is_match(text) || text.contains("quyết định") || text.starts_with("qđ") {
            Column::Decision
        } else if !self.awards.named(text).is_empty() {
            Column::Award
        } else {
            Column::Decision
        }
    }

    /// A line that tells of an award.
    fn line(&self, row: Range<usize>) -> Option<Row<'k>> {
        let segments = self.segments.get(row.clone())?;
        let first = segments.first()?;
        let text = self.text(row.clone());
        let named = self.awards.named(&text);
        let has_year = BEGINS_WITH_YEAR.captures(first.words());
        let has_decision = NUMBER.is_match(&text) || text.contains("quyết định số") || text.contains("qđ số");
        let begins = has_year.is_some() && (!named.is_empty() || text.contains("quyết định") || text.contains("qđ"));
        let dated = !named.is_empty() && has_decision && !years(&text).is_empty();
        let told = !named.is_empty() && text.contains("năm ") && !years(&text).is_empty() && text.len() < 400;
        if !(begins || dated || told) {
            return None;
        }
        let mut read = self.empty(row, first);
        if let Some(found) = has_year {
            if let Some(year) = found.get(1) {
                read.years = years(year.as_str());
                read.year_span = Some(first.span(year.range()));
            }
        } else {
            // `Bằng khen của … năm 2023 (Quyết định …)`: the year that is not in a date or a number.
            let bare = NUMBER.replace_all(&text, " ");
            let dates = written(&bare);
            let mut free = YEARS
                .find_iter(&bare)
                .filter(|m| dates.iter().all(|date| m.start() < date.range.start || m.start() >= date.range.end));
            if let Some(found) = free.next() {
                read.years = years(found.as_str());
                read.year_span = segments.iter().find_map(|segment| {
                    let at = segment.words().find(found.as_str())?;
                    Some(segment.span(at..at + found.len()))
                });
            }
        }
        read.awards = named.iter().map(|(award, _)| *award).collect();
        for segment in segments {
            let start = self.decision_start(segment);
            if read.award.is_none()
                && let Some((_, range)) = self.awards.named(segment.words()).first()
            {
                read.award = Some((segment.slice(range.clone()), segment.span(range.clone())));
            }
            self.decision(segment, start..segment.words().len(), &mut read);
        }
        read.decision = segments.last().map_or(first.span, |last| {
            let start = self.decision_start(last);
            if segments.len() == 1 && start == 0 { last.span } else { last.span(start..last.words().len()) }
        });
        Some(read)
    }

    /// Where the words of the decision begin in a line.
    fn decision_start(&self, segment: &Segment) -> usize {
        let text = segment.words();
        let behind_award = self.awards.named(text).first().map_or(0, |(_, range)| range.end);
        let numbered = NUMBER.find(text).map(|found| found.start());
        let start = [text.find("quyết định"), numbered].into_iter().flatten().min().unwrap_or(behind_award);
        // `Giấy khen (Chủ tịch UBND xã - QĐ số …)`: whoever decided may stand in front.
        let between = text.get(behind_award..start).unwrap_or_default();
        if behind_award > 0 && self.words.names_issuer(between) { behind_award } else { start }
    }

    fn empty(&self, segments: Range<usize>, first: &Segment) -> Row<'k> {
        Row {
            segments,
            cell: None,
            years: Vec::new(),
            year_span: None,
            awards: Vec::new(),
            award: None,
            decision: first.span,
            number: false,
            dates: Vec::new(),
            broken_date: None,
            issuer: None,
            issuer_span: None,
            span: first.span,
        }
    }

    /// Reads number, date and issuer of a decision.
    fn decision(&self, segment: &Segment, range: Range<usize>, row: &mut Row<'k>) {
        let Some(text) = segment.words().get(range.clone()) else { return };
        let shift = |inner: Range<usize>| segment.span(range.start + inner.start..range.start + inner.end);
        let dates = written(text);
        // `26/11/2025 - Bộ …` is no number: dates become blanks of the same length.
        let undated = blanked(text, &dates);
        row.number |= NUMBER.is_match(&undated);
        // A column *ngày* holds the date without the word.
        if let Some(found) = BARE_DATE.captures(text).filter(|_| !text.contains("ngày")) {
            let number =
                |group: usize| found.get(group).and_then(|m| m.as_str().parse::<i16>().ok()).unwrap_or_default();
            let small = |group: usize| i8::try_from(number(group)).unwrap_or_default();
            let date = Date::new(number(3), small(2), small(1)).ok();
            row.dates.push((date, shift(found.get(0).map_or(0..0, |m| m.range()))));
        }
        for date in &dates {
            if date.day.is_some() && date.year.is_some() {
                row.dates.push((Written::date(date), shift(date.range.clone())));
            } else if date.day.is_some() {
                // `ngày 24/12`: of which year, nobody says.
                row.broken_date.get_or_insert(shift(date.range.clone()));
            }
        }
        if let Some(found) = RUN_TOGETHER.find(text) {
            let head = text.get(..found.end()).unwrap_or_default();
            let start = head.rfind("ngày").filter(|at| found.start() - at < 12 || *at == found.start());
            let start = start.unwrap_or(found.start());
            let end = text
                .get(found.end()..)
                .and_then(|rest| rest.find([',', ';', ')']).or_else(|| rest.find(" của")))
                .map_or(text.len(), |at| found.end() + at);
            row.broken_date.get_or_insert(shift(start..end));
        }
        let bare = NUMBER.replace_all(&undated, " ");
        if row.issuer.is_none() && self.words.names_issuer(&bare) {
            row.issuer_span = (range.start == 0 && !NUMBER.is_match(text)).then_some(segment.span);
            row.issuer = Some(bare.into_owned());
        }
    }
}

/// A text whose dates are blanks.
fn blanked(text: &str, dates: &[Written]) -> String {
    let mut blank = text.to_owned();
    for date in dates {
        blank.replace_range(date.range.clone(), &" ".repeat(date.range.len()));
    }
    blank
}
