//! Texts by character: spans count Unicode scalar values, as everywhere.

use std::ops::Range;

/// The characters of a range; what lies outside is left out.
pub fn slice(text: &str, range: Range<u32>) -> &str {
    let byte = |at: u32| text.char_indices().map(|(byte, _)| byte).nth(at as usize).unwrap_or(text.len());
    text.get(byte(range.start)..byte(range.end.max(range.start))).unwrap_or_default()
}

/// Length in characters.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A range without blanks at its ends.
pub fn trimmed(text: &str, range: Range<u32>) -> Range<u32> {
    let piece = slice(text, range.clone());
    let start = range.start + length(piece) - length(piece.trim_start());
    let end = start + length(piece.trim());
    start..end
}

/// The first letter small, unless the word is a name or an abbreviation (a second capital follows, or it stands alone).
pub fn small_first(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let second_is_small = chars.clone().next().is_none_or(|c| c.is_lowercase() || c.is_whitespace());
    // *Hội LHPN*, *Nguyễn Thị*: a capital in the second word makes a name of the first.
    let is_name = text.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    if first.is_uppercase() && second_is_small && !is_name {
        first.to_lowercase().chain(chars).collect()
    } else {
        text.to_owned()
    }
}

/// The first letter capital.
pub fn capital_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// One line without double blanks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ranges between quotation marks, the marks included; a quotation that is not closed reaches to the end.
pub fn quoted(text: &str) -> Vec<Range<u32>> {
    let mut out = Vec::new();
    let mut open: Option<(u32, char)> = None;
    for (at, c) in (0..).zip(text.chars()) {
        match (open, c) {
            (None, '“' | '"' | '«' | '‘') => {
                open = Some((
                    at,
                    match c {
                        '“' => '”',
                        '«' => '»',
                        '‘' => '’',
                        _ => '"',
                    },
                ));
            }
            (Some((start, close)), c) if c == close => {
                out.push(start..at + 1);
                open = None;
            }
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        out.push(start..length(text));
    }
    out
}

/// Whether two ranges share a character.
pub fn overlap(a: &Range<u32>, b: &Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Splits a range at semicolons that stand outside brackets and quotations.
pub fn clauses(text: &str, range: Range<u32>) -> Vec<Range<u32>> {
    let quotes = quoted(text);
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_i32, range.start);
    for (at, c) in (0..).zip(text.chars()).skip(range.start as usize).take((range.end - range.start) as usize) {
        match c {
            _ if quotes.iter().any(|quote| quote.contains(&at)) => {}
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ';' if depth <= 0 => {
                out.push(start..at + 1);
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < range.end {
        out.push(start..range.end);
    }
    out
}

/// The 23 letters by which points are counted (NĐ 30/2020, Phụ lục I).
pub fn point_letter(number: usize) -> String {
    const LETTERS: [&str; 23] = [
        "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x",
        "y",
    ];
    LETTERS.get(number.saturating_sub(1) % LETTERS.len()).copied().unwrap_or("a").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_characters() {
        assert_eq!(slice("Hội phụ nữ", 4..7), "phụ");
        assert_eq!(trimmed("  Hội  ", 0..7), 2..5);
        assert_eq!((small_first("Triển khai"), small_first("UBND xã")), ("triển khai".into(), "UBND xã".into()));
        assert_eq!(
            (small_first("Hội LHPN xã"), small_first("Các chi hội")),
            ("Hội LHPN xã".into(), "các chi hội".into())
        );
    }

    #[test]
    fn quotations_and_brackets_keep_clauses_together() {
        let text = "Tỉnh làm 17; huyện làm 6 (ít; nhiều) “a; b”; xong";
        let found: Vec<&str> = clauses(text, 0..length(text)).into_iter().map(|r| slice(text, r).trim()).collect();
        assert_eq!(found, ["Tỉnh làm 17;", "huyện làm 6 (ít; nhiều) “a; b”;", "xong"]);
        assert_eq!(quoted("a \"b\" “c"), [2..5, 6..8]);
    }
}
