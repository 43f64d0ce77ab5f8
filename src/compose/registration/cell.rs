//! What a cell says: numbers as `06`, `6`, `sáu`; money as `1.000.000`, `1 triệu`; days as people write them.

use crate::language::fold::fold;
use crate::language::numeral::{self, Numeral};
use crate::pack::{NumeralWord, Pack, RegistrationForms};
use rustc_hash::FxHashMap;

mod days;

pub use days::{Days, Hint};

/// How a cell was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<T> {
    /// Nothing, or dots waiting for a value.
    Blank,
    /// A value.
    Value(T),
    /// Words that stand for no value (*vận động*, *không*).
    Words,
    /// Something that is no value of this kind, or more than one.
    Unclear,
}

impl<T> Said<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }
}

/// Reads cells.
#[derive(Debug)]
pub struct Cells {
    numerals: FxHashMap<String, Numeral>,
    money: Vec<(String, u64)>,
    no_amount: Vec<String>,
}

/// Whether nothing is written: no letter, no digit.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// A piece of a folded cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'t> {
    /// Digits: their text.
    Digits(&'t str),
    /// Letters.
    Word(&'t str),
    /// Anything else that is no blank.
    Mark(char),
}

/// Cuts a folded text at blanks, marks, and where letters meet digits.
fn pieces(text: &str) -> Vec<(Piece<'_>, std::ops::Range<usize>)> {
    let mut out: Vec<(Piece, std::ops::Range<usize>)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let digit = c.is_ascii_digit();
        let mut end = start + c.len_utf8();
        if digit || c.is_alphabetic() {
            while let Some(&(at, next)) = chars.peek() {
                if next.is_ascii_digit() != digit || !(next.is_alphabetic() || next.is_ascii_digit()) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let word = text.get(start..end).unwrap_or_default();
        let piece = match (digit, c.is_alphabetic()) {
            (true, _) => Piece::Digits(word),
            (_, true) => Piece::Word(word),
            _ => Piece::Mark(c),
        };
        out.push((piece, start..end));
    }
    out
}

/// A number of one or more groups of digits, with the pieces that it takes.
struct Number {
    whole: u64,
    /// Digits behind a decimal mark.
    fraction: Option<String>,
    /// Groups are held together by commas, which in Vietnamese are decimal marks.
    commas: bool,
    taken: usize,
}

impl Cells {
    /// A reader with the words of the packs.
    #[must_use]
    pub fn new(pack: &Pack, forms: &RegistrationForms) -> Self {
        let numeral = |word: &NumeralWord| match *word {
            NumeralWord::Digit(value) => Numeral::Digit(value),
            NumeralWord::Scale(value) => Numeral::Scale(value),
            NumeralWord::Filler => Numeral::Filler,
        };
        let numerals = pack.patterns.numerals.iter().map(|(word, value)| (fold(word), numeral(value))).collect();
        Self { numerals, money: forms.money.clone(), no_amount: forms.no_amount.clone() }
    }

    /// How many: `06`, `6 công trình`, `ít nhất 06`, `sáu`, `1.200 người`. Of several numbers the one of people counts;
    /// without one the cell is unclear.
    #[must_use]
    pub fn count(&self, text: &str) -> Said<u64> {
        if is_blank(text) {
            return Said::Blank;
        }
        let folded = fold(text);
        let pieces = pieces(&folded);
        let mut found: Vec<(u64, bool)> = Vec::new();
        let mut at = 0;
        while let Some((piece, range)) = pieces.get(at) {
            let Piece::Digits(_) = piece else {
                at += 1;
                continue;
            };
            let glued = at > 0
                && pieces
                    .get(at - 1)
                    .is_some_and(|(before, r)| matches!(before, Piece::Word(_)) && r.end == range.start);
            let Some(number) = number(&pieces, at) else { return Said::Unclear };
            let next = pieces.get(at + number.taken);
            let end = pieces.get(at + number.taken - 1).map_or(range.end, |(_, r)| r.end);
            // `1O`, `5l`: a letter that was meant as a digit.
            let slip = matches!(next, Some((Piece::Word(word), r)) if r.start == end && word.chars().count() == 1);
            if number.fraction.is_some() || glued || slip {
                return Said::Unclear;
            }
            found.push((number.whole, matches!(next, Some((Piece::Word("người"), _)))));
            at += number.taken;
        }
        match found.as_slice() {
            [] => self.words(&pieces).map_or_else(|| self.no_number(&folded), Said::Value),
            [(value, _)] => Said::Value(*value),
            several => {
                let mut people = several.iter().filter(|(_, people)| *people);
                match (people.next(), people.next()) {
                    (Some((value, _)), None) => Said::Value(*value),
                    _ => Said::Unclear,
                }
            }
        }
    }

    /// A numeral in words that the cell begins with, perhaps behind words of bound (*ít nhất*, *khoảng*), or the number
    /// of people that it speaks of.
    fn words(&self, pieces: &[(Piece, std::ops::Range<usize>)]) -> Option<u64> {
        let words: Vec<Option<Numeral>> = pieces
            .iter()
            .map(|(piece, _)| if let Piece::Word(word) = piece { self.numerals.get(*word).copied() } else { None })
            .collect();
        let run_at = |start: usize| {
            let run: Vec<Numeral> = words.iter().skip(start).map_while(|word| *word).collect();
            let (value, taken) = numeral::value(&run)?;
            (taken == run.len()).then_some((value, start + taken))
        };
        let begins = |at: usize| {
            words.get(at).is_some_and(Option::is_some) && (at == 0 || words.get(at - 1).is_some_and(Option::is_none))
        };
        let people = (0..words.len())
            .filter(|at| begins(*at))
            .filter_map(run_at)
            .find(|(_, end)| matches!(pieces.get(*end), Some((Piece::Word("người"), _))));
        let first = || words.iter().take(3).position(Option::is_some).and_then(run_at);
        people.or_else(first).map(|(value, _)| value)
    }

    /// A cell without figures: known words for "no amount", or something else.
    fn no_number<T>(&self, folded: &str) -> Said<T> {
        let text = folded.trim().trim_end_matches('.');
        let known = self
            .no_amount
            .iter()
            .any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
        if known { Said::Words } else { Said::Unclear }
    }

    /// An amount in đồng; `scale` is what a figure without a unit counts (a heading may say *triệu đồng*).
    #[must_use]
    pub fn money(&self, text: &str, scale: u64) -> Said<u64> {
        if is_blank(text) {
            return Said::Blank;
        }
        let folded = fold(text);
        // What stands in brackets explains the amount in front of them.
        let head = folded.split('(').next().unwrap_or(&folded);
        let pieces = pieces(head);
        let mut at = match pieces.iter().position(|(piece, _)| matches!(piece, Piece::Digits(_))) {
            Some(at) => at,
            None => return self.money_words(&pieces, head),
        };
        let mut total = 0_u64;
        let mut last_unit = u64::MAX;
        let mut sums = 0;
        while let Some((Piece::Digits(_), _)) = pieces.get(at) {
            let Some(number) = number(&pieces, at) else { return Said::Unclear };
            at += number.taken;
            let start = pieces.get(at).map_or(head.len(), |(_, range)| range.start);
            let rest = head.get(start..).unwrap_or_default();
            let unit = self.money.iter().find(|(unit, _)| {
                rest.strip_prefix(unit.as_str()).is_some_and(|r| !r.starts_with(char::is_alphabetic))
            });
            let value = match unit {
                Some((unit, value)) => {
                    let behind = start + unit.len();
                    at += pieces.iter().skip(at).take_while(|(_, range)| range.start < behind).count();
                    *value
                }
                None if sums == 0 => scale,
                None => return Said::Unclear,
            };
            // `10 triệu 500 nghìn` adds up, `5 triệu 2 triệu` does not.
            if value >= last_unit {
                return Said::Unclear;
            }
            let Some(amount) = amount(&number, value) else { return Said::Unclear };
            let half = matches!(pieces.get(at), Some((Piece::Word("rưỡi"), _)));
            at += usize::from(half);
            total = total.saturating_add(amount).saturating_add(if half { value / 2 } else { 0 });
            let lone = unit.is_none() && value == 1 && amount > 0 && amount < 1000;
            if lone {
                return Said::Unclear;
            }
            last_unit = value;
            sums += 1;
        }
        if pieces.iter().skip(at).any(|(piece, _)| matches!(piece, Piece::Digits(_))) {
            Said::Unclear
        } else {
            Said::Value(total)
        }
    }

    fn money_words(&self, pieces: &[(Piece, std::ops::Range<usize>)], head: &str) -> Said<u64> {
        let run: Vec<Numeral> = pieces
            .iter()
            .map_while(
                |(piece, _)| if let Piece::Word(word) = piece { self.numerals.get(*word).copied() } else { None },
            )
            .collect();
        let rest: Vec<&Piece> = pieces.iter().skip(run.len()).map(|(piece, _)| piece).collect();
        match numeral::value(&run) {
            Some((value, taken)) if taken == run.len() && value >= 1000 => match rest.as_slice() {
                [] => Said::Value(value),
                [Piece::Word("rưỡi"), ..] => Said::Value(value.saturating_add(last_scale(&run) / 2)),
                [Piece::Word("đồng" | "chẵn"), ..] => Said::Value(value),
                _ => Said::Unclear,
            },
            _ => self.no_number(head),
        }
    }
}

fn last_scale(run: &[Numeral]) -> u64 {
    match run.last() {
        Some(Numeral::Scale(scale)) => *scale,
        _ => 0,
    }
}

/// A number that begins at a piece: groups of three digits held together by the same mark or by blanks, or a decimal.
/// `None` when the marks make no sense (`1.000.00`).
fn number(pieces: &[(Piece, std::ops::Range<usize>)], at: usize) -> Option<Number> {
    let digits = |at: usize| match pieces.get(at) {
        Some((Piece::Digits(text), range)) => Some((*text, range.clone())),
        _ => None,
    };
    let (first, mut range) = digits(at)?;
    let mut text = first.to_owned();
    let mut fraction = None;
    let mut taken = 1;
    let mut grouping: Option<Option<char>> = None;
    loop {
        let mark = match pieces.get(at + taken) {
            Some((Piece::Mark(mark @ ('.' | ',')), next)) if next.start == range.end => Some(*mark),
            Some((Piece::Digits(group), next)) if next.start == range.end + 1 && group.len() == 3 => None,
            _ => break,
        };
        let step = 1 + usize::from(mark.is_some());
        let Some((group, next)) = digits(at + taken + step - 1) else { break };
        // A comma or a full stop that ends a clause stands before a blank.
        if mark.is_some() && next.start != range.end + 1 {
            break;
        }
        let groups = first.len() <= 3 && group.len() == 3 && fraction.is_none();
        if groups && grouping.is_none_or(|known| known == mark) {
            text.push_str(group);
            grouping = Some(mark);
        } else if mark.is_some() && fraction.is_none() && grouping != Some(mark) && group.len() <= 2 {
            fraction = Some(group.to_owned());
        } else {
            return None;
        }
        taken += step;
        range = next;
    }
    Some(Number { whole: text.parse().ok()?, fraction, commas: grouping == Some(Some(',')), taken })
}

/// The number in a unit; `None` where it is no whole number of đồng, or where a comma may be either mark
/// (`1,250 triệu`).
fn amount(number: &Number, unit: u64) -> Option<u64> {
    if number.commas && unit > 1 {
        return None;
    }
    let whole = number.whole.checked_mul(unit)?;
    let Some(fraction) = &number.fraction else { return Some(whole) };
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let part = fraction.parse::<u64>().ok()?.checked_mul(unit)?;
    (part % scale == 0).then(|| whole.saturating_add(part / scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells() -> Cells {
        Cells::new(&Pack::builtin().expect("packs"), &RegistrationForms::builtin().expect("forms"))
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
        let cells = cells();
        for (text, value) in [
            ("06", 6),
            ("6", 6),
            ("sáu", 6),
            ("Mười hai", 12),
            ("hai mươi lăm người", 25),
            ("ít nhất 06 hoạt động/phần việc", 6),
            ("1.200", 1200),
            ("1 200 người", 1200),
            ("120người", 120),
            ("Phụ nữ nghèo: 15 hộ, 60 người", 60),
            ("Khoảng 50", 50),
            ("Phụ nữ nghèo: một trăm linh bảy người", 107),
        ] {
            assert_eq!(cells.count(text), Said::Value(value), "{text}");
        }
        for text in ["……", "", " - ", "...."] {
            assert_eq!(cells.count(text), Said::Blank, "{text}");
        }
        for text in ["50-60", "1O", "12l", "l2", "1,5", "nhiều", "20 hộ, 30 cây", "1.20"] {
            assert_eq!(cells.count(text), Said::Unclear, "{text}");
        }
        assert_eq!(cells.count("Toàn thể hội viên"), Said::Words);
    }

    #[test]
    fn money_is_read_as_people_write_it() {
        let cells = cells();
        for (text, value) in [
            ("1.000.000", 1_000_000),
            ("1.000.000đ", 1_000_000),
            ("1,000,000 đồng", 1_000_000),
            ("1 000 000", 1_000_000),
            ("1000000", 1_000_000),
            ("1 triệu", 1_000_000),
            ("1,5 triệu đồng", 1_500_000),
            ("1.5tr", 1_500_000),
            ("500 nghìn", 500_000),
            ("500k", 500_000),
            ("2 tỷ", 2_000_000_000),
            ("10 triệu 500 nghìn", 10_500_000),
            ("2 triệu rưỡi", 2_500_000),
            ("Một triệu hai trăm nghìn đồng", 1_200_000),
            ("hai triệu rưỡi", 2_500_000),
            ("5.000.000 đồng, xã hội hóa", 5_000_000),
            ("5 triệu (ngân sách 2 triệu, XHH 3 triệu)", 5_000_000),
            ("0", 0),
        ] {
            assert_eq!(cells.money(text, 1), Said::Value(value), "{text}");
        }
        assert_eq!(cells.money("15", 1_000_000), Said::Value(15_000_000));
        for text in ["5", "1.000.00", "1.000.0000", "5 triệu + 2 triệu", "1,250 triệu", "nhiều tiền", "3 triệu 4 triệu"]
        {
            assert_eq!(cells.money(text, 1), Said::Unclear, "{text}");
        }
        assert_eq!(cells.money("Xã hội hóa", 1), Said::Words);
        assert_eq!(cells.money("……", 1), Said::Blank);
    }
}
