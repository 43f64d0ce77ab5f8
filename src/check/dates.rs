//! Shapes of dates in folded text, whether the date exists or not.

use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A date as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Byte range in the folded text, without the word *ngày*.
    pub(super) range: Range<usize>,
    /// Day of the month, as written; `None` for *tháng 13/2025*.
    pub(super) day: Option<u32>,
    /// Month, as written.
    pub(super) month: u32,
    /// Year, where one is written.
    pub(super) year: Option<i32>,
}

impl Written {
    /// The date, when it is complete and exists.
    pub(super) fn date(&self) -> Option<Date> {
        civil(self.year?, self.month, self.day?)
    }

    /// Whether no calendar has this date. 29/02 without a year may exist.
    pub(super) fn is_impossible(&self) -> bool {
        const LEAP_YEAR: i32 = 2024;
        civil(self.year.unwrap_or(LEAP_YEAR), self.month, self.day.unwrap_or(1)).is_none()
    }
}

fn civil(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A built-in pattern on folded text, whose blanks are plain and whose figures are ASCII: the classes are narrowed to
/// that, which lets the matcher run without Unicode tables. That each one compiles is tested.
pub(super) fn pattern(source: &str) -> Regex {
    let narrow = source.replace(r"\d", "[0-9]").replace(r"\s", " ");
    Regex::new(&narrow).unwrap_or_else(|error| unreachable!("built-in pattern: {error}"))
}

/// *ngày 31 tháng 11 năm 2025*, the year optional.
static IN_WORDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u:\b)ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,?\s+năm\s+\d{4})?(?-u:\b)"));
/// `31/11/2025`.
static WITH_SLASHES: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}(?-u:\b)"));
/// `ngày 31-11-2025`, `ngày 31.11.2025`: other marks only behind *ngày*.
static WITH_MARKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)ngày\s+\d{1,2}[-.]\d{1,2}[-.]\d{4}(?-u:\b)"));
/// `ngày 31/11`, `trước 31/11`, no year.
static WITHOUT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u:\b)(?:ngày|trước|chậm nhất|muộn nhất|chậm nhất vào|muộn nhất vào|dịp)\s+\d{1,2}/\d{1,2}(?-u:\b)")
});
/// `tháng 13/2025`, `tháng 13 năm 2025`.
static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)tháng\s+\d{1,2}(?:\s?/\s?|\s+năm\s+)\d{4}(?-u:\b)"));

/// All dates written in a folded text, in reading order, none overlapping.
pub(super) fn written(text: &str) -> Vec<Written> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<Written> = Vec::new();
    let has = |part: &str| memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    let (slash, day, month) = (has("/"), has("ngày"), has("tháng"));
    let shapes = [
        (&IN_WORDS, true, day && month),
        (&WITH_SLASHES, true, slash),
        (&WITH_MARKS, true, day && (has("-") || has("."))),
        (&WITHOUT_YEAR, false, slash),
    ];
    for (regex, has_year, _) in shapes.into_iter().filter(|(_, _, is_possible)| *is_possible) {
        for place in regex.find_iter(text) {
            let mut numbers = numbers(place.as_str());
            let (Some((first, day)), Some((_, month))) = (numbers.next(), numbers.next()) else { continue };
            let year = numbers.next().filter(|_| has_year).and_then(|(_, year)| i32::try_from(year).ok());
            found.push(Written { range: place.start() + first..place.end(), day: Some(day), month, year });
        }
    }
    let months = month.then(|| MONTH.find_iter(text));
    for place in months.into_iter().flatten() {
        let mut numbers = numbers(place.as_str()).map(|(_, number)| number);
        let Some(month) = numbers.next() else { continue };
        let year = numbers.next().and_then(|year| i32::try_from(year).ok());
        found.push(Written { range: place.range(), day: None, month, year });
    }
    found.retain(|written| stands_alone(text, &written.range));
    // The longest of those that begin together, then nothing that begins inside the one before.
    found.sort_by_key(|written| (written.range.start, std::cmp::Reverse(written.range.end)));
    let mut end = 0;
    found.retain(|written| {
        let is_free = written.range.start >= end;
        end = if is_free { written.range.end } else { end };
        is_free
    });
    found
}

/// The numbers in a date, with their places: reading them off it is cheaper than having the pattern keep them apart.
fn numbers(date: &str) -> impl Iterator<Item = (usize, u32)> + '_ {
    let begins = |(at, byte): &(usize, u8)| {
        byte.is_ascii_digit()
            && !at.checked_sub(1).and_then(|at| date.as_bytes().get(at)).is_some_and(u8::is_ascii_digit)
    };
    date.bytes().enumerate().filter(begins).filter_map(|(at, _)| {
        let rest = date.get(at..)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some((at, rest.get(..digits)?.parse().ok()?))
    })
}

/// Not a piece of a longer number or of a document code (`21/13/2023/QĐ-UBND`).
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let next = after.next();
    let joined = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '-' | '.' | ','));
    let number_before = joined(before)
        && text
            .get(..range.start.saturating_sub(1))
            .and_then(|head| head.chars().next_back())
            .is_some_and(char::is_numeric);
    let code_after =
        joined(next) && after.next().is_some_and(|c| c.is_numeric() || (next == Some('/') && c.is_alphabetic()));
    !number_before && !code_after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn impossible(text: &str) -> Vec<&str> {
        written(text).into_iter().filter(Written::is_impossible).map(|w| &text[w.range]).collect()
    }

    #[test]
    fn dates_that_no_calendar_has_are_seen_in_every_form() {
        assert_eq!(impossible("trước ngày 31/11 hàng năm"), ["31/11"]);
        assert_eq!(impossible("chậm nhất ngày 31 tháng 6 năm 2025."), ["31 tháng 6 năm 2025"]);
        assert_eq!(impossible("gửi trước 29/02/2023;"), ["29/02/2023"]);
        assert_eq!(impossible("trong tháng 13/2025"), ["tháng 13/2025"]);
        assert_eq!(impossible("ngày 30-02-2024"), ["30-02-2024"]);
    }

    #[test]
    fn what_is_no_date_or_a_good_one_gives_nothing() {
        for text in [
            "ngày 29/02/2024",
            "ngày 29/02",
            "trước ngày 30/11 hàng năm",
            "quyết định số 21/13/2023/qđ-ubnd",
            "mỗi tháng 15 triệu đồng",
            "đạt từ 35/40 điểm",
            "điện thoại 0209.31.2024",
            "5 không, 3 sạch",
        ] {
            assert!(impossible(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_complete_date_is_a_date() {
        let found = written("từ ngày 03/6/2024 đến ngày 10 tháng 6 năm 2024");
        let dates: Vec<_> = found.iter().map(|w| w.date().map(|d| d.to_string())).collect();
        assert_eq!(dates, [Some("2024-06-03".to_owned()), Some("2024-06-10".to_owned())]);
    }
}
