//! Capitals of TCVN3 without the font that shows them: the encoding has no accented capitals of its own.

/// Writes in capitals the accented letters of words whose other letters are capitals: `HộI` → `HỘI`.
///
/// A word with one plain letter (`Xã`) follows its neighbours on the line.
#[must_use]
pub fn restore(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive(['\n', '\t']) {
        // Blanks hold columns apart: each has capitals of its own.
        let mut rest = line;
        while let Some(at) = rest.find("  ") {
            let (column, after) = rest.split_at(at + 2);
            restore_line(column, &mut out);
            rest = after;
        }
        restore_line(rest, &mut out);
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Capital,
    Small,
    /// One capital in front of accented letters, or accented letters alone.
    Unclear,
    NoWord,
}

fn restore_line(line: &str, out: &mut String) {
    let words: Vec<(&str, Case)> = pieces(line).map(|piece| (piece, case_of(piece))).collect();
    let clear = |(_, case): &&(&str, Case)| matches!(case, Case::Capital | Case::Small);
    // A word with both capitals and accented small letters says that they were capitals.
    let is_mixed = |(piece, case): &(&str, Case)| *case == Case::Capital && !piece.is_ascii();
    let is_sure = words.iter().any(is_mixed);
    let all_capital = is_sure && !words.iter().any(|(_, case)| *case == Case::Small);
    for (at, (piece, case)) in words.iter().enumerate() {
        let is_capital = match case {
            Case::Capital => true,
            Case::Unclear => {
                let before = words.get(..at).unwrap_or_default().iter().rfind(clear).map(|(_, case)| *case);
                let after = words.get(at + 1..).unwrap_or_default().iter().find(clear).map(|(_, case)| *case);
                match (before, after) {
                    (Some(before), Some(after)) => is_sure && before == Case::Capital && after == Case::Capital,
                    (Some(_), None) | (None, Some(_)) => all_capital,
                    (None, None) => false,
                }
            }
            Case::Small | Case::NoWord => false,
        };
        if is_capital { out.extend(piece.chars().map(capital)) } else { out.push_str(piece) }
    }
}

/// The capital of a letter; one whose capital is longer than one character stays as it is.
fn capital(c: char) -> char {
    let mut capital = c.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

/// Words and what stands between them, in turn.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c: char| c.is_alphabetic() != first.is_alphabetic()).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn case_of(piece: &str) -> Case {
    if !piece.starts_with(char::is_alphabetic) {
        return Case::NoWord;
    }
    let (mut capitals, mut small) = (0, 0);
    for c in piece.chars().filter(char::is_ascii) {
        if c.is_ascii_uppercase() { capitals += 1 } else { small += 1 }
    }
    match (capitals, small) {
        (0, 0) | (1, 0) => Case::Unclear,
        (2.., 0) => Case::Capital,
        _ => Case::Small,
    }
}

#[cfg(test)]
mod tests {
    use super::restore;

    #[test]
    fn capitals_come_back_where_the_line_says_so() {
        assert_eq!(
            restore("CộNG HOà Xã HộI CHủ NGHĩA VIệT NAM\nĐộc lập"),
            "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập"
        );
        assert_eq!(restore("Hà Nội, ngày 5"), "Hà Nội, ngày 5");
        assert_eq!(restore("của UBND xã"), "của UBND xã");
        assert_eq!(restore("Số: 05 /HD-BTV"), "Số: 05 /HD-BTV");
        assert_eq!(restore("Nơi nhận:    BAN THƯờNG Vụ"), "Nơi nhận:    BAN THƯỜNG VỤ");
        assert_eq!(restore("Sở GD ở Hà Nội"), "Sở GD ở Hà Nội");
    }
}
