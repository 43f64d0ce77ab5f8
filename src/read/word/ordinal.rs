//! Number formats of list labels (`w:numFmt`).

use crate::language::numeral::to_roman;

/// How a list level writes its number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::read) enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, … padded with zeros to this many digits.
    Padded(usize),
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, …, Z, AA, BB.
    UpperLetter,
    /// a, b, …, z, aa, bb.
    LowerLetter,
    /// 1st, 2nd.
    Ordinal,
    /// một, hai, ba.
    Vietnamese,
    /// ①, ②.
    Circled,
    /// - 1 -.
    Dashed,
    /// 1, 2, … in hexadecimal.
    Hex,
    /// *, †, ‡, §, **.
    Chicago,
    /// A sign, the same for every entry.
    Bullet,
    /// Nothing.
    None,
}

impl NumberFormat {
    /// The format that `w:numFmt` names; an unknown one counts in digits.
    pub(in crate::read) fn named(name: &str, pattern: Option<&str>) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "vietnameseCounting" => Self::Vietnamese,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "numberInDash" => Self::Dashed,
            "hex" => Self::Hex,
            "chicago" => Self::Chicago,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            // `001, 002, 003, ...` says by its first entry how many digits there are.
            "custom" => match pattern.and_then(|pattern| pattern.split(',').next()).map(str::trim) {
                Some(first) if first.len() > 1 && first.bytes().all(|b| b.is_ascii_digit()) => {
                    Self::Padded(first.len())
                }
                _ => Self::Decimal,
            },
            _ => Self::Decimal,
        }
    }

    /// The format of a code (`nfc` in DOC, `\\levelnfc` in RTF); an unknown one counts in digits.
    pub(in crate::read) fn of_code(code: u8) -> Self {
        match code {
            1 => Self::UpperRoman,
            2 => Self::LowerRoman,
            3 => Self::UpperLetter,
            4 => Self::LowerLetter,
            5 => Self::Ordinal,
            8 => Self::Hex,
            9 => Self::Chicago,
            18 => Self::Circled,
            22 => Self::Padded(2),
            23 => Self::Bullet,
            56 => Self::Vietnamese,
            57 => Self::Dashed,
            255 => Self::None,
            _ => Self::Decimal,
        }
    }

    /// The number as a reader sees it.
    pub(in crate::read) fn write(&self, number: i64) -> String {
        let positive = usize::try_from(number).ok().filter(|&n| n > 0 && n <= 0x7FFF);
        let Some(n) = positive else {
            return match self {
                Self::None | Self::Bullet => String::new(),
                Self::Padded(width) => format!("{number:0width$}"),
                _ => number.to_string(),
            };
        };
        match self {
            Self::Decimal => n.to_string(),
            Self::Padded(width) => format!("{n:0width$}"),
            Self::UpperRoman => roman(n),
            Self::LowerRoman => roman(n).to_ascii_lowercase(),
            Self::UpperLetter => letters(n, b'A'),
            Self::LowerLetter => letters(n, b'a'),
            Self::Ordinal => ordinal(n),
            Self::Vietnamese => vietnamese(n),
            Self::Circled => circled(n),
            Self::Dashed => format!("- {n} -"),
            Self::Hex => format!("{n:X}"),
            Self::Chicago => {
                ["*", "†", "‡", "§"].get((n - 1) % 4).map_or_else(String::new, |s| s.repeat(n.div_ceil(4).min(64)))
            }
            Self::Bullet | Self::None => String::new(),
        }
    }
}

fn roman(n: usize) -> String {
    u32::try_from(n).ok().and_then(to_roman).unwrap_or_else(|| n.to_string())
}

/// Word repeats the letter after `z`: aa, bb, cc.
fn letters(n: usize, first: u8) -> String {
    let at = u8::try_from((n - 1) % 26).unwrap_or_default();
    char::from(first + at).to_string().repeat((n - 1) / 26 + 1)
}

fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

fn circled(n: usize) -> String {
    let base = match n {
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32B1 + n - 36,
        _ => return n.to_string(),
    };
    u32::try_from(base).ok().and_then(char::from_u32).map_or_else(|| n.to_string(), String::from)
}

fn vietnamese(n: usize) -> String {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let digit = |d: usize| DIGITS.get(d).copied().unwrap_or_default();
    let below_hundred = |n: usize| match (n / 10, n % 10) {
        (0, unit) => digit(unit).to_owned(),
        (1, 0) => "mười".to_owned(),
        (1, 5) => "mười lăm".to_owned(),
        (1, unit) => format!("mười {}", digit(unit)),
        (ten, 0) => format!("{} mươi", digit(ten)),
        (ten, 1) => format!("{} mươi mốt", digit(ten)),
        (ten, 5) => format!("{} mươi lăm", digit(ten)),
        (ten, unit) => format!("{} mươi {}", digit(ten), digit(unit)),
    };
    match n {
        0..=99 => below_hundred(n),
        100..=999 if n.is_multiple_of(100) => format!("{} trăm", digit(n / 100)),
        100..=999 if n % 100 < 10 => format!("{} trăm linh {}", digit(n / 100), digit(n % 10)),
        100..=999 => format!("{} trăm {}", digit(n / 100), below_hundred(n % 100)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &str, numbers: &[i64]) -> Vec<String> {
        let format = NumberFormat::named(name, None);
        numbers.iter().map(|&n| format.write(n)).collect()
    }

    #[test]
    fn formats_write_what_word_shows() {
        assert_eq!(series("upperRoman", &[1, 4, 9, 14, 1999]), ["I", "IV", "IX", "XIV", "MCMXCIX"]);
        assert_eq!(series("lowerLetter", &[1, 4, 26, 27, 53]), ["a", "d", "z", "aa", "aaa"]);
        assert_eq!(series("decimalZero", &[0, 9, 10, 100]), ["00", "09", "10", "100"]);
        assert_eq!(series("ordinal", &[1, 2, 3, 11, 21]), ["1st", "2nd", "3rd", "11th", "21st"]);
        assert_eq!(
            series("vietnameseCounting", &[1, 10, 15, 21, 25, 105, 110]),
            ["một", "mười", "mười lăm", "hai mươi mốt", "hai mươi lăm", "một trăm linh năm", "một trăm mười"]
        );
        assert_eq!(series("decimalEnclosedCircle", &[1, 20, 21]), ["①", "⑳", "㉑"]);
        assert_eq!(series("numberInDash", &[2]), ["- 2 -"]);
        assert_eq!(series("chicago", &[1, 2, 5]), ["*", "†", "**"]);
        assert_eq!(series("none", &[1]), [""]);
        assert_eq!(series("upperRoman", &[0, -3, i64::MAX]), ["0", "-3", "9223372036854775807"]);
    }

    #[test]
    fn a_custom_format_says_its_width() {
        assert_eq!(NumberFormat::named("custom", Some("001, 002, 003, ...")).write(7), "007");
    }
}
