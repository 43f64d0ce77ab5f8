//! Dates against the calendar.

use crate::check::dates::pattern;
use crate::check::subject::{Subject, head, print};
use crate::model::{Finding, Severity};
use jiff::civil::{Date, Weekday};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// TD201: 31/11.
pub(super) fn impossible_date(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for passage in subject.passages() {
        for date in passage.dates().iter().filter(|date| date.is_impossible()) {
            let span = passage.span(date.range.clone());
            let quoted = subject.document.slice(span).unwrap_or_default().to_owned();
            found.push(Finding::new("TD201", Severity::Error, Some(span)).with("date", quoted));
        }
    }
}

const WEEKDAY: &str = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật)";
/// A weekday before a date opens a time: a line, a bracket, *vào*, *sáng*, … So *lần thứ năm* is none.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^|[,;:.(]|\b(?:vào|sáng|chiều|tối|trưa|lúc|từ|đến|là|trước|giờ|phút))\s*({WEEKDAY})\s*[,(]?\s*(?:ngày\s+)?$"
    ))
});
/// A weekday behind a date stands in brackets or behind a mark.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^\s*[(,-]\s*({WEEKDAY})\b")));

/// TD202: "thứ Năm, ngày 05/3/2026".
pub(super) fn weekday(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for passage in subject.passages() {
        let dates = passage.dates();
        if dates.is_empty() {
            continue;
        }
        let text = &passage.folded().text;
        if !text.contains("thứ") && !text.contains("chủ nhật") {
            continue;
        }
        for place in dates {
            let Some(date) = place.date() else { continue };
            let Some((range, named)) = weekday_at(text, &place.range) else { continue };
            if named != date.weekday() {
                let span = passage.span(range.start.min(place.range.start)..range.end.max(place.range.end));
                found.push(
                    Finding::new("TD202", Severity::Error, Some(span))
                        .with("date", print(date))
                        .with("named", name(named))
                        .with("actual", name(date.weekday())),
                );
            }
        }
    }
}

/// The weekday beside a date, with its place.
fn weekday_at(text: &str, date: &Range<usize>) -> Option<(Range<usize>, Weekday)> {
    let before = head(text, date.start);
    let from = date.start - before.len();
    let tail = text.get(date.end..)?;
    // Few dates have a weekday beside them, and a look at what it begins with is cheaper than the patterns.
    let is_behind = tail.trim_start().starts_with(['(', ',', '-']);
    if !is_behind && !before.contains("thứ ") && !before.contains("chủ nhật") {
        return None;
    }
    let before = BEFORE.captures(before).and_then(|c| c.get(1)).map(|m| (m, from));
    let (found, offset) = before.or_else(|| BEHIND.captures(tail).and_then(|c| c.get(1)).map(|m| (m, date.end)))?;
    let weekday = match found.as_str().split_whitespace().last()? {
        "hai" | "2" => Weekday::Monday,
        "ba" | "3" => Weekday::Tuesday,
        "tư" | "4" => Weekday::Wednesday,
        "năm" | "5" => Weekday::Thursday,
        "sáu" | "6" => Weekday::Friday,
        "bảy" | "bẩy" | "7" => Weekday::Saturday,
        "nhật" => Weekday::Sunday,
        _ => return None,
    };
    Some((offset + found.start()..offset + found.end(), weekday))
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

/// `05 ngày làm việc (từ ngày `, up to the first date.
static WORKING_DAYS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(\d{1,3})\s+ngày\s+làm\s+việc\s*[,:(]?\s*(?:kể\s+)?từ\s+(?:ngày\s+)?$"));
/// Between the two dates of a range.
static UP_TO: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:-|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?$"));

/// TD203: "05 ngày làm việc (từ ngày 03/6/2024 đến ngày 10/6/2024)", which are six.
pub(super) fn working_days(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for passage in subject.passages() {
        let dates = passage.dates();
        if dates.len() < 2 {
            continue;
        }
        let text = &passage.folded().text;
        if !text.contains("làm việc") {
            continue;
        }
        for (first, second) in dates.iter().zip(dates.iter().skip(1)) {
            let before = head(text, first.range.start);
            let between = text.get(first.range.end..second.range.start).unwrap_or_default();
            let Some(stated) = WORKING_DAYS.captures(before).filter(|_| UP_TO.is_match(between)) else { continue };
            let (Some(start), Some(end)) = (first.date(), second.date()) else { continue };
            let (Some(all), Some(number)) = (stated.get(0), stated.get(1).and_then(|m| m.as_str().parse::<u32>().ok()))
            else {
                continue;
            };
            let counted = count_working_days(start, end);
            // Days off are not in a calendar that this program could carry: fewer days than counted may be right.
            let may_be_right = number <= counted && counted - number <= days_off(start, end);
            if !may_be_right {
                let start_of_words = first.range.start - before.len() + all.start();
                let span = passage.span(start_of_words..second.range.end);
                found.push(
                    Finding::new("TD203", Severity::Warning, Some(span))
                        .with("stated", number.to_string())
                        .with("counted", counted.to_string())
                        .with("start", print(start))
                        .with("end", print(end)),
                );
            }
        }
    }
}

fn days(start: Date, end: Date) -> impl Iterator<Item = Date> {
    /// Longer ranges are no count of working days.
    const LIMIT: usize = 400;
    std::iter::successors(Some(start), |day| day.tomorrow().ok()).take_while(move |day| *day <= end).take(LIMIT)
}

fn count_working_days(start: Date, end: Date) -> u32 {
    let working = days(start, end).filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    u32::try_from(working.count()).unwrap_or(u32::MAX)
}

/// How many weekdays at most may be public holidays: days on or around a fixed holiday, and the weeks in which Tết and
/// the Hùng kings' day can fall.
fn days_off(start: Date, end: Date) -> u32 {
    let may_be_off = |day: &Date| {
        matches!(
            (day.month(), day.day()),
            (12, 31)
                | (1, 1..=3)
                | (1, 19..=31)
                | (2, 1..=28)
                | (4, 1..=30)
                | (5, 1..=4)
                | (8, 31)
                | (9, 1..=4)
                | (11, 24)
        )
    };
    /// Tết, the longest holiday, takes up to seven working days.
    const LONGEST: usize = 7;
    u32::try_from(days(start, end).filter(may_be_off).take(LONGEST).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::check::rules::case::Case;

    #[test]
    fn a_date_that_does_not_exist_is_quoted() {
        let case = Case::complete().body("Gửi hồ sơ trước ngày 31/11 hằng năm.");
        assert_eq!(case.codes(), ["TD201"]);
        assert_eq!(case.quoted(&case.findings()[0]), "31/11");
        assert!(Case::complete().body("Gửi hồ sơ trước ngày 30/11 hằng năm.").codes().is_empty());
    }

    #[test]
    fn a_weekday_fits_its_date() {
        for text in [
            "Hội nghị khai mạc vào thứ Tư, ngày 05/3/2026 tại hội trường.",
            "Vào thứ tư, ngày 05 tháng 3 năm 2026.",
            "Lúc 08 giờ 00 phút, ngày 05/3/2026 (thứ Sáu).",
            "Sáng Chủ nhật (05/3/2026) ra quân.",
        ] {
            assert_eq!(Case::complete().body(text).codes(), ["TD202"], "{text}");
        }
        for text in [
            "Vào thứ Năm, ngày 05/3/2026.",
            "Lúc 08 giờ 00 phút, ngày 05/3/2026 (thứ Năm).",
            "Đại hội lần thứ hai ngày 05/3/2026.",
            "Thứ hai, ngày 05/3 có mặt.",
            "ngày 05/3/2026, thứ nhất là ổn định tổ chức",
        ] {
            assert!(Case::complete().body(text).codes().is_empty(), "{text}");
        }
    }

    #[test]
    fn working_days_are_counted() {
        let wrong = "Công khai 05 ngày làm việc (từ ngày 03/6/2024 đến ngày 10/6/2024).";
        assert_eq!(Case::complete().body(wrong).codes(), ["TD203"]);
        for text in [
            "Công khai 06 ngày làm việc (từ ngày 03/6/2024 đến ngày 10/6/2024).",
            "Công khai 10 ngày làm việc (từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025).",
            "Công khai 03 ngày làm việc (từ ngày 29/4/2024 đến ngày 06/5/2024).",
            "Trong 05 ngày làm việc kể từ ngày nhận được văn bản.",
        ] {
            assert!(Case::complete().body(text).codes().is_empty(), "{text}");
        }
    }
}
