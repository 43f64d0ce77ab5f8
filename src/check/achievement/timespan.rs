//! A statement of time at the start of a sentence: *Từ tháng 01/2023 đến tháng 10/2025*, *Trong ba năm liền (2023, 2024,
//! 2025)*, *Kể từ đầu năm 2022 cho tới nay*.

use crate::pack::{RuleWords, leading};
use std::ops::Range;

/// What a sentence says of its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// The first year of the time, and the last.
    pub(super) years: (i16, i16),
    /// Bytes of the statement, from its first word to its last year.
    pub(super) range: Range<usize>,
}

/// A year, with the month that is named with it.
struct Mark {
    year: i16,
    month: Option<i16>,
}

/// Reads the statement that a folded text begins with; `today` is the year and the month of the report.
pub(super) fn at_start(text: &str, words: &RuleWords, today: Option<(i16, i16)>) -> Option<Told> {
    let mut marks: Vec<Mark> = Vec::new();
    let (mut at, mut begin, mut end) = (0, None, 0);
    let (mut number, mut open, mut school, mut comma) = (None, false, false, false);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next()?;
        if !first.is_alphanumeric() {
            let ends = matches!(first, ':' | ';') || (first == '.' && rest.starts_with(". "));
            if ends && begin.is_some() {
                break;
            }
            comma |= first == ',';
            at += first.len_utf8();
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let value: i16 = rest.get(..digits)?.parse().ok()?;
            if rest.get(digits..).is_some_and(|next| next.starts_with(char::is_alphabetic)) {
                break;
            }
            begin.get_or_insert(at);
            at += digits;
            if digits == 4 && (1945..2100).contains(&value) {
                marks.push(Mark { year: value, month: number.take().filter(|month| (1..=12).contains(month)) });
                end = at;
            } else if digits <= 2 {
                number = Some(value);
            } else {
                break;
            }
            comma = false;
            continue;
        }
        // Behind years a comma closes the statement, unless another year follows.
        if comma && !marks.is_empty() && !(rest.starts_with("năm ") || rest.starts_with("và ")) {
            break;
        }
        comma = false;
        if let Some(now) = leading(rest, &words.until_now).filter(|_| !marks.is_empty()) {
            open = true;
            at += now.len();
            end = at;
            break;
        }
        let Some(word) = leading(rest, &words.period_words) else { break };
        begin.get_or_insert(at);
        school |= word == "học";
        if word != "năm" {
            number = None;
        }
        at += word.len();
    }
    if open {
        let (year, month) = today?;
        marks.push(Mark { year, month: marks.first()?.month.map(|_| month) });
    }
    let years = covered(&marks, school)?;
    Some(Told { years, range: begin?..end })
}

/// The years between the first mark and the last. Twelve months that begin in one year and end in the next are one year,
/// and so is a school year.
fn covered(marks: &[Mark], school: bool) -> Option<(i16, i16)> {
    let first = marks.iter().min_by_key(|mark| mark.year)?;
    let last = marks.iter().rev().max_by_key(|mark| mark.year)?;
    if let (Some(from), Some(to)) = (first.month, last.month)
        && last.year > first.year
    {
        let months = (last.year - first.year) * 12 + to - from + 1;
        return Some((last.year - (months + 11) / 12 + 1, last.year));
    }
    let start = if school && last.year > first.year { first.year + 1 } else { first.year };
    Some((start, last.year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::fold;
    use crate::pack::ReportWords;

    #[test]
    fn times_are_read_however_they_are_told() {
        let words = ReportWords::builtin().expect("words").rules;
        let read = |text: &str| at_start(&fold(text), &words, Some((2025, 11))).map(|told| told.years);
        for (text, years) in [
            ("Từ tháng 01/2023 đến tháng 10/2025, tập thể đạt kết quả:", (2023, 2025)),
            ("Từ tháng 12/2024 đến tháng 11/2025, đơn vị đã", (2025, 2025)),
            ("Trong 3 năm liền (2023, 2024, 2025), bản thân", (2023, 2025)),
            ("Kể từ đầu năm 2022 cho tới nay, tôi", (2022, 2025)),
            ("Trong 10 tháng đầu năm 2025, tập thể", (2025, 2025)),
            ("- Từ ngày 01/01/2025 đến ngày 31/10/2025, tôi", (2025, 2025)),
            ("Năm học 2024-2025, nhà trường", (2025, 2025)),
            ("Hai năm liên tục (2024 - 2025), tôi", (2024, 2025)),
            ("Năm 2025, so với năm 2020, đơn vị", (2025, 2025)),
        ] {
            assert_eq!(read(text), Some(years), "{text}");
        }
        for text in ["Giúp 12 hộ năm 2025", "Bản thân từ năm 2020", "Trong 5 năm qua, tôi", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
