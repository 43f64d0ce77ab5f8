//! `Số: 53/KH-BTV` and `Sóc Trăng, ngày 20 tháng 9 năm 2022`.

use crate::language::fold::fold_mark;

/// Number and symbol of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberLine {
    /// Number without blanks, with the year where it is part of it.
    pub number: Option<String>,
    /// Symbol without blanks.
    pub symbol: Option<String>,
    /// Bytes of the (folded) text that were read.
    pub length: usize,
}

/// Reads a number line from its folded text; `original` gives the spelling, character by character.
///
/// `Số: 53 /KH-BTV`, `Số 15-KH/HU`, `Số: 11/2021/QĐ-UBND`, `Số:       /KH-BTV`, `Số: …/KH-BTV`.
pub fn number_line(original: &str) -> Option<NumberLine> {
    if !original.starts_with(['s', 'S']) {
        return None;
    }
    let chars: Vec<(usize, char)> = original.char_indices().map(|(at, c)| (at, fold_mark(c))).collect();
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let lower = |index: usize| at(index).map(|c| c.to_lowercase().next().unwrap_or(c));
    if lower(0) != Some('s') || lower(1) != Some('ố') {
        return None;
    }
    let mut next = 2;
    while at(next).is_some_and(|c| matches!(c, ' ' | '\t' | ':' | '.' | '…' | '_')) {
        next += 1;
    }
    if next == 2 {
        return None;
    }
    let digits_from = next;
    while at(next).is_some_and(|c| c.is_ascii_digit()) {
        next += 1;
    }
    if next - digits_from > 6 {
        return None;
    }
    // `06A`: a number squeezed in between.
    if next > digits_from
        && at(next).is_some_and(|c| c.is_ascii_alphabetic())
        && at(next + 1).is_none_or(|c| matches!(c, ' ' | '/' | '-'))
    {
        next += 1;
    }
    let mut number: String = chars.get(digits_from..next)?.iter().map(|(_, c)| *c).collect();
    let blanks = |mut from: usize| {
        while at(from).is_some_and(|c| matches!(c, ' ' | '\t' | '.' | '…' | '_')) {
            from += 1;
        }
        from
    };
    let mut separator = blanks(next);
    // `11/2021/QĐ`: the year belongs to the number.
    let year_from = blanks(separator + 1);
    let year_to = (year_from..).find(|n| !at(*n).is_some_and(|c| c.is_ascii_digit())).unwrap_or(year_from);
    if at(separator) == Some('/') && year_to - year_from == 4 && matches!(at(blanks(year_to)), Some('/' | '-')) {
        if !number.is_empty() {
            number.push('/');
            number.extend(chars.get(year_from..year_to)?.iter().map(|(_, c)| *c));
        }
        separator = blanks(year_to);
    }
    let slipped = || {
        let token: String = chars.iter().skip(separator).map(|(_, c)| *c).take_while(|c| *c != ' ').collect();
        !number.is_empty()
            && separator > next
            && token.contains(['/', '-'])
            && token.chars().take_while(|c| c.is_uppercase()).count() >= 2
    };
    if !matches!(at(separator), Some('/' | '-')) && slipped() {
        // `Số: 07 HD/ĐTN`: the first joint was left out.
        separator -= 1;
    } else if !matches!(at(separator), Some('/' | '-')) {
        // A number alone; anything behind it makes it something else (`Số 12 đường …`).
        let alone = !number.is_empty() && separator >= chars.len();
        return alone.then_some(NumberLine { number: Some(number), symbol: None, length: original.len() });
    }
    let (symbol, end) = symbol(&chars, blanks(separator + 1));
    if symbol.is_empty() && number.is_empty() {
        return None;
    }
    let length = chars.get(end).map_or(original.len(), |(at, _)| *at);
    let some = |text: String| (!text.is_empty()).then_some(text);
    Some(NumberLine { number: some(number), symbol: some(symbol), length })
}

/// Letters, digits and their joints; a blank is inside only beside a joint (`QĐ- UBND`).
fn symbol(chars: &[(usize, char)], from: usize) -> (String, usize) {
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let joint = |c: char| matches!(c, '-' | '/' | '&' | '.');
    let mut symbol = String::new();
    let mut next = from;
    while let Some(c) = at(next) {
        if c.is_alphanumeric() || joint(c) {
            symbol.push(c);
        } else if c == ' ' {
            let behind = (next..).find(|n| at(*n) != Some(' ')).unwrap_or(next);
            let beside = symbol.ends_with(['-', '/']) || at(behind).is_some_and(|c| matches!(c, '-' | '/'));
            let goes_on =
                at(behind + usize::from(!symbol.ends_with(['-', '/']))).is_some_and(|c| c.is_uppercase() || c == ' ');
            if behind - next > 2 || !beside || !goes_on {
                break;
            }
        } else {
            break;
        }
        next += 1;
    }
    let trimmed = symbol.trim_end_matches(joint);
    (trimmed.to_owned(), next)
}

/// Place and date of signing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateLine {
    /// Bytes of the folded text that name the place; empty when it is not stated.
    pub place: std::ops::Range<usize>,
    /// Bytes of the folded text that state the date.
    pub when: std::ops::Range<usize>,
    /// ISO 8601 date, when all of it is stated and it exists.
    pub date: Option<String>,
}

/// Reads a date line from its folded text: `…, ngày dd tháng mm năm yyyy`, blanks or dots where a number is missing.
pub fn date_line(folded: &str) -> Option<DateLine> {
    let from = folded.rfind("ngày").filter(|at| !folded[..*at].ends_with(char::is_alphanumeric))?;
    let place_end = folded[..from].trim_end_matches([' ', ',', '.', ';']).len();
    let place = folded.get(..place_end)?;
    if place.chars().count() > 48
        || place.contains(['(', ':', '"', '/'])
        || place.contains(|c: char| c.is_ascii_digit()) && place.len() > 24
    {
        return None;
    }
    // A preposition makes it the end of a sentence about a day, no place; behind a comma it is the end of a name (Đại Từ).
    let last = place.rsplit(' ').next().unwrap_or_default();
    let is_place = folded.get(place_end..from).is_some_and(|mark| mark.contains(','));
    if !is_place
        && matches!(
            last,
            "trước" | "từ" | "đến" | "tới" | "hết" | "sau" | "vào" | "là" | "nhất" | "quá" | "trong" | "qua"
        )
    {
        return None;
    }
    let behind = folded.get(from + "ngày".len()..)?;
    let (day, month, year, length) = in_words(behind).or_else(|| in_figures(behind))?;
    let start = place.len() - place.trim_start_matches([' ', '*', '_']).len();
    Some(DateLine {
        place: start..place_end.max(start),
        when: from..from + "ngày".len() + length,
        date: iso(day, month, year),
    })
}

type Found = (Option<i8>, Option<i8>, Option<i16>, usize);

fn in_words(text: &str) -> Option<Found> {
    let month_at = text.find("tháng")?;
    let year_at = month_at + text.get(month_at..)?.find("năm")?;
    let value = |part: &str| -> Option<Option<i16>> {
        let bare = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | ',' | '/'));
        if bare.is_empty() { Some(None) } else { bare.parse().ok().map(Some) }
    };
    let day = value(text.get(..month_at)?)?;
    let month = value(text.get(month_at + "tháng".len()..year_at)?)?;
    let behind = text.get(year_at + "năm".len()..)?;
    let digits = behind.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    let lead = behind.len() - behind.trim_start().len();
    let year = value(behind.trim_start().get(..digits)?)?;
    let rest = behind.get(lead + digits..)?;
    // Running text goes on behind a date; a date line does not.
    if rest.chars().any(char::is_alphanumeric) {
        return None;
    }
    let small = |n: Option<i16>| n.and_then(|n| i8::try_from(n).ok());
    Some((small(day), small(month), year, year_at + "năm".len() + lead + digits))
}

fn in_figures(text: &str) -> Option<Found> {
    let bare = text.trim();
    let mut parts = bare.split(['/', '-', '.']);
    let mut number = || parts.next()?.trim().parse::<i16>().ok();
    let (day, month, year) = (number()?, number()?, number()?);
    (parts.next().is_none() && year > 1900)
        .then(|| (i8::try_from(day).ok(), i8::try_from(month).ok(), Some(year), text.trim_end().len()))
}

fn iso(day: Option<i8>, month: Option<i8>, year: Option<i16>) -> Option<String> {
    // `20…` is a year that waits for its end.
    let year = year.filter(|year| *year > 1900);
    jiff::civil::Date::new(year?, month?, day?).ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::fold;

    #[test]
    fn numbers_and_symbols() {
        for (line, number, symbol) in [
            ("Số: 12/KH-HPN", Some("12"), Some("KH-HPN")),
            ("Số: 12 /KH-HPN", Some("12"), Some("KH-HPN")),
            ("Số  :  12  / KH - HPN", Some("12"), Some("KH-HPN")),
            ("SỐ: 07B/TB-BTV", Some("07B"), Some("TB-BTV")),
            ("Số 21-CT/HU", Some("21"), Some("CT/HU")),
            ("Số: 318-KH/TĐTN-PT", Some("318"), Some("KH/TĐTN-PT")),
            ("Số: 4/2026/QĐ-UBND", Some("4/2026"), Some("QĐ-UBND")),
            ("Số:        /KH-BTV", None, Some("KH-BTV")),
            ("Số: ……/TTr–BTV", None, Some("TTr-BTV")),
            ("Số:      -KH/ĐU", None, Some("KH/ĐU")),
            ("Số: 915/UBND-VX", Some("915"), Some("UBND-VX")),
            ("Số: 33", Some("33"), None),
            ("Số: 07 HD/ĐTN", Some("07"), Some("HD/ĐTN")),
            ("Số: 33/QĐ- UBND", Some("33"), Some("QĐ-UBND")),
        ] {
            let found = number_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.number.as_deref(), found.symbol.as_deref()), (number, symbol), "{line}");
        }
        for line in ["Số lượng: 02 bản", "Số 12 đường Lê Lợi", "Sống", "Số", "Sổ vàng", "Số:"]
        {
            assert_eq!(number_line(line), None, "{line}");
        }
    }

    #[test]
    fn what_follows_the_symbol_is_left() {
        let line = "Số: 12/KH-BTV Bình Minh, ngày 3 tháng 9 năm 2026";
        let found = number_line(line).expect("a number");
        assert_eq!(found.symbol.as_deref(), Some("KH-BTV"));
        assert_eq!(line[found.length..].trim(), "Bình Minh, ngày 3 tháng 9 năm 2026");
    }

    #[test]
    fn dates_and_places() {
        for (line, place, date) in [
            ("Bình Minh, ngày 05 tháng 3 năm 2026", "bình minh", Some("2026-03-05")),
            ("Bình Minh, ngày     tháng 8 năm 2026", "bình minh", None),
            ("Bình Minh, ngày … tháng … năm 20…", "bình minh", None),
            ("Quận 1, ngày 5/3/2026", "quận 1", Some("2026-03-05")),
            ("Đại Từ, ngày 17 tháng 12 năm 2025", "đại từ", Some("2025-12-17")),
            ("ngày 31 tháng 02 năm 2026", "", None),
        ] {
            let found = date_line(&fold(line)).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&fold(line)[found.place.clone()], found.date.as_deref()), (place, date), "{line}");
        }
        assert_eq!(date_line(&fold("Thực hiện từ ngày 5 tháng 3 năm 2026 đến hết năm")), None);
    }
}
