//! How long a text gets in print, near enough to warn before it leaves its place.

/// Width of a text in ems, with the widths of Times New Roman.
fn ems(text: &str) -> f64 {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfd()
        .map(|c| match c {
            '\u{300}'..='\u{36f}' => 0.0,
            'i' | 'j' | 'l' | 't' | '\'' | '’' | '|' => 0.28,
            'f' | 'r' | 'I' | '(' | ')' | '-' | '/' => 0.33,
            ' ' | '.' | ',' | ';' | ':' => 0.25,
            'm' | 'w' | '—' => 0.75,
            'M' | 'W' => 0.92,
            'c' | 'e' | 'z' | 's' => 0.43,
            c if c.is_uppercase() => 0.69,
            _ => 0.5,
        })
        .sum()
}

/// Lines that a text takes at a size in points in a place so many millimetres wide.
pub fn lines(text: &str, points: f64, millimetres: f64) -> usize {
    let width = millimetres * 72.0 / 25.4 / points;
    let (mut lines, mut used) = (1, 0.0);
    for word in text.split_whitespace() {
        let next = ems(word);
        if used > 0.0 && used + 0.25 + next > width {
            lines += 1;
            used = next;
        } else {
            used += if used > 0.0 { 0.25 } else { 0.0 } + next;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_measured_in_lines() {
        let words = "xuất sắc trong phong trào thi đua ";
        assert_eq!(lines(words, 16.0, 221.0), 1);
        assert!((3..=4).contains(&lines(&words.repeat(8), 16.0, 221.0)));
    }
}
