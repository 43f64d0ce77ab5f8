//! Numbers as reports write them: `1.250`, `92,5`, `05`.

use crate::check::dates::{pattern, written};
use crate::language::letter::is_word;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+\b|[0-9]+(?:[.,][0-9]+)?")
});

/// A number in a folded text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Its value.
    pub(super) value: f64,
    /// Digits behind the decimal comma.
    pub(super) decimals: usize,
    /// `%` follows.
    pub(super) percent: bool,
}

/// Numbers that count something: dates, document numbers, years and figures inside words are left out.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let dates = written(text);
    let mut found = Vec::new();
    for hit in FIGURE.find_iter(text) {
        let before = text.get(..hit.start()).unwrap_or_default();
        let after = text.get(hit.end()..).unwrap_or_default();
        let in_date = dates.iter().any(|date| date.range.start <= hit.start() && hit.end() <= date.range.end);
        let in_word = before.ends_with(is_word) || after.starts_with(char::is_alphabetic);
        let in_code = after.starts_with(['/', '-'])
            && after.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()))
            || before.ends_with("số ") && after.trim_start().starts_with(['/', '-']);
        if in_date || in_word || in_code {
            continue;
        }
        let Some((value, decimals)) = parse(hit.as_str()) else { continue };
        found.push(Figure { range: hit.range(), value, decimals, percent: after.trim_start().starts_with('%') });
    }
    found
}

/// Value and decimals. A group of three behind a mark counts as thousands.
fn parse(text: &str) -> Option<(f64, usize)> {
    let groups = |mark: char| {
        let mut parts = text.split(mark);
        parts.next().is_some_and(|first| first.len() <= 3 && !first.starts_with('0'))
            && parts.clone().count() > 0
            && parts.all(|part| part.len() == 3)
    };
    if text.contains('.') && text.split(',').next().is_some_and(|whole| whole.contains('.')) && groups_of(text) {
        let (whole, decimal) = text.split_once(',').unwrap_or((text, ""));
        let plain = format!("{}.{}", whole.replace('.', ""), if decimal.is_empty() { "0" } else { decimal });
        return Some((plain.parse().ok()?, decimal.len()));
    }
    if text.contains(',') && groups(',') && !text.contains('.') {
        return Some((text.replace(',', "").parse().ok()?, 0));
    }
    let plain = text.replace(',', ".");
    let decimals = plain.split_once('.').map_or(0, |(_, decimal)| decimal.len());
    Some((plain.parse().ok()?, decimals))
}

fn groups_of(text: &str) -> bool {
    let whole = text.split(',').next().unwrap_or_default();
    let mut parts = whole.split('.');
    parts.next().is_some_and(|first| first.len() <= 3 && !first.starts_with('0')) && parts.all(|part| part.len() == 3)
}

/// Whether a number is a year.
pub(super) fn is_year(figure: &Figure) -> bool {
    figure.decimals == 0 && figure.value >= 1900.0 && figure.value <= 2100.0 && figure.range.len() == 4
}

/// A number for people: `1.250`, `92,5`.
pub(super) fn print(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, decimal) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(c);
    }
    if decimal.is_empty() { grouped } else { format!("{grouped},{decimal}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        let values = |text: &str| figures(text).into_iter().map(|figure| figure.value).collect::<Vec<_>>();
        assert_eq!(values("1.250 hội viên, 92,5% và 05 tổ"), [1250.0, 92.5, 5.0]);
        assert_eq!(values("1,200 hội viên"), [1200.0]);
        assert_eq!(values("ngày 05/01/2024, số 12/qđ-ubnd"), Vec::<f64>::new());
        assert_eq!(values("1.250,5"), [1250.5]);
        assert_eq!(values("85.5%"), [85.5]);
        assert_eq!(print(1250.0, 0), "1.250");
        assert_eq!(print(92.5, 1), "92,5");
    }
}
