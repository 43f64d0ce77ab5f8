//! Numbers in words and in Roman figures.

/// A word that can be part of a numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeral {
    /// 0-9.
    Digit(u64),
    /// 10, 100, 1 000, …
    Scale(u64),
    /// *linh*, *lẻ*: fills an empty place, has no value.
    Filler,
}

/// Value of a sequence of numeral words (`hai mươi lăm` → 25) and how many of them belong to it; `None` when the
/// sequence does not begin with a numeral.
#[must_use]
pub fn value(words: &[Numeral]) -> Option<(u64, usize)> {
    let mut total = 0_u64;
    let mut group = 0_u64;
    let mut pending: Option<u64> = None;
    let mut used = 0;
    for (at, word) in words.iter().enumerate() {
        match *word {
            Numeral::Digit(digit) => {
                if pending.is_some() {
                    break;
                }
                pending = Some(digit);
            }
            Numeral::Filler => {
                if at == 0 || pending.is_some() {
                    break;
                }
                continue;
            }
            Numeral::Scale(scale @ (10 | 100)) => {
                group = group.checked_add(pending.take().unwrap_or(1).checked_mul(scale)?)?;
            }
            Numeral::Scale(scale) => {
                group = group.checked_add(pending.take().unwrap_or(0))?;
                total = total.checked_add(group.max(1).checked_mul(scale)?)?;
                group = 0;
            }
        }
        used = at + 1;
    }
    if used == 0 {
        return None;
    }
    Some((total.checked_add(group)?.checked_add(pending.unwrap_or(0))?, used))
}

/// Value of a Roman figure in its regular form, up to 3999 (`IV`, `XXXII`).
#[must_use]
pub fn roman(figure: &str) -> Option<u32> {
    if figure.is_empty() || figure.len() > 15 {
        return None;
    }
    let mut total = 0_u32;
    let mut previous = 0_u32;
    for c in figure.chars().rev() {
        let digit = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        };
        if digit < previous {
            total = total.checked_sub(digit)?;
        } else {
            total += digit;
            previous = digit;
        }
    }
    (to_roman(total)? == figure).then_some(total)
}

/// A number from 1 to 3999 in Roman figures.
#[must_use]
pub fn to_roman(number: u32) -> Option<String> {
    const FIGURES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, figure) in FIGURES {
        while rest >= value {
            out.push_str(figure);
            rest -= value;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::Numeral::{Digit, Filler, Scale};
    use super::*;

    #[test]
    fn numerals_in_words_have_their_value() {
        for (words, expected) in [
            (vec![Digit(1)], (1, 1)),
            (vec![Scale(10)], (10, 1)),
            (vec![Scale(10), Digit(1)], (11, 2)),
            (vec![Digit(2), Scale(10), Digit(5)], (25, 3)),
            (vec![Digit(1), Scale(100), Filler, Digit(2)], (102, 4)),
            (vec![Digit(3), Scale(1000), Digit(5), Scale(100)], (3500, 4)),
            (vec![Digit(1), Digit(2)], (1, 1)),
        ] {
            assert_eq!(value(&words), Some(expected));
        }
        assert_eq!(value(&[Filler, Digit(1)]), None);
    }

    #[test]
    fn roman_figures_round_trip() {
        for number in 1..=3999 {
            assert_eq!(to_roman(number).as_deref().and_then(roman), Some(number));
        }
        assert_eq!((to_roman(0), to_roman(4000)), (None, None));
        assert_eq!(roman("IIII"), None);
        assert_eq!(roman("XVx"), None);
    }
}
