//! The numbers of a block: in figures, in words, with a unit in one word (`16h30`, `20%`), two of them as a range.

use super::{Number, Scan, node, to_u32};
use crate::extract::knowledge::Knowledge;
use crate::language::numeral::{self, Numeral};
use crate::language::token::Kind;

impl Scan<'_> {
    pub(super) fn find_numbers(&mut self, knowledge: &Knowledge) {
        let classes = &knowledge.classes;
        let mut at = 0;
        while let Some(token) = self.tokens.get(at).copied() {
            match token.kind {
                Kind::Digits => {
                    let (mut number, plain_end) = self.digits(at);
                    if number.end == at + 1 {
                        if token.width() <= 2 {
                            self.push_node(at, node(classes.two, at + 1, token.value));
                        }
                        if (1..=99).contains(&token.value) && token.width() <= 2 {
                            self.push_node(at, node(classes.n, at + 1, token.value));
                            self.push_node(at, node(classes.q, at + 1, token.value.min(9)));
                            if token.width() == 2 {
                                self.push_node(at, node(classes.yy, at + 1, 2000 + token.value));
                            }
                        }
                        if token.width() == 4 && (1900..=2100).contains(&token.value) {
                            self.push_node(at, node(classes.y, at + 1, token.value));
                        }
                    } else if plain_end != number.end
                        && self.is_mark(plain_end, '.')
                        && token.width() <= 2
                        && (1..=31).contains(&token.value)
                    {
                        // A decimal or a thousand may still be the day of a date with full stops.
                        self.push_node(at, node(classes.n, at + 1, token.value));
                    }
                    number.percent = self.percent(&mut number.end, knowledge);
                    let index = self.numbers.len();
                    self.push_node(at, node(classes.num, number.end, to_u32(index)));
                    let parts = at + 1..number.end;
                    self.numbers.push(number);
                    // Days, months and years inside a number with full stops (`21.4.2023`) stay reachable.
                    for inner in parts {
                        self.inner_digits(inner, knowledge);
                    }
                    at = self.numbers.last().map_or(at + 1, |n| n.end);
                }
                Kind::Mixed => {
                    self.mixed(at, knowledge);
                    at += 1;
                }
                Kind::Word => {
                    if knowledge.numeral(token.sym).is_some() {
                        let rest = self.tokens.get(at..).unwrap_or_default().iter();
                        let words: Vec<Numeral> = rest.map_while(|t| knowledge.numeral(t.sym)).take(8).collect();
                        self.words(at, &words, knowledge);
                    }
                    if token.width() <= 4
                        && (token.upper || token.width() == 1)
                        && let Some(figure) = numeral::roman(token.text(&self.block.text))
                        && figure <= 4
                    {
                        self.push_node(at, node(classes.q, at + 1, figure));
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
        self.mark_ranges();
    }

    fn inner_digits(&mut self, at: usize, knowledge: &Knowledge) {
        let Some(token) = self.tokens.get(at).copied() else { return };
        if token.kind != Kind::Digits {
            return;
        }
        if (1..=99).contains(&token.value) && token.width() <= 2 {
            self.push_node(at, node(knowledge.classes.n, at + 1, token.value));
        }
        if token.width() == 4 && (1900..=2100).contains(&token.value) {
            self.push_node(at, node(knowledge.classes.y, at + 1, token.value));
        }
    }

    /// A number in digits from a token on: groups of three after full stops, decimals after a comma. Also the end of
    /// the first run of digits.
    fn digits(&self, at: usize) -> (Number, usize) {
        let touching = |index: usize, mark: char, width: Option<u32>| {
            let (Some(sign), Some(group)) = (self.tokens.get(index), self.tokens.get(index + 1)) else { return None };
            let fits = sign.is(mark)
                && !sign.spaced
                && !group.spaced
                && group.kind == Kind::Digits
                && width.is_none_or(|w| group.width() == w);
            fits.then_some(*group)
        };
        let first = self.tokens.get(at).copied();
        let width = first.map_or(0, |t| t.width());
        let mut value = f64::from(first.map_or(0, |t| t.value));
        let mut end = at + 1;
        if width <= 3 {
            while let Some(group) = touching(end, '.', Some(3)) {
                value = value * 1000.0 + f64::from(group.value);
                end += 2;
            }
        }
        if let Some(decimals) = touching(end, ',', None)
            && decimals.width() <= 2
            && touching(end + 2, ',', None).is_none()
        {
            value += f64::from(decimals.value) / 10_f64.powi(i32::try_from(decimals.width()).unwrap_or(0));
            end += 2;
        } else if end == at + 1
            && touching(end, '/', None).is_some()
            && touching(end + 2, '/', None).is_none()
            && let Some(below) = self.tokens.get(end + 1)
            && first.is_some_and(|t| t.value < below.value && t.value > 0)
            && below.value <= 10
            && width == 1
            && self.fraction_context(at, end + 2)
        {
            value /= f64::from(below.value);
            end += 2;
        }
        let padded = first.is_some_and(|t| t.width() == 2 && t.value < 10);
        (
            Number {
                start: at,
                end,
                value,
                percent: false,
                in_words: false,
                padded,
                range_low: false,
                range_high: false,
                glued_unit: None,
            },
            at + 1,
        )
    }

    /// `2/3 số đơn vị`, `không quá 1/3` are fractions, `trước 2/3`, `không quá ngày 2/3` are dates.
    fn fraction_context(&self, at: usize, end: usize) -> bool {
        let word = |i: Option<usize>| i.map_or("", |i| self.word(i));
        let counted = matches!(word(Some(end)), "số" | "tổng");
        let before = word(at.checked_sub(1));
        let late = word(at.checked_sub(2));
        let bound = matches!(before, "quá" | "dưới" | "trên" | "thiểu" | "đa") || (before == "nhất" && late == "ít");
        let time =
            matches!(before, "ngày" | "trước" | "dịp" | "nhất" | "hết" | "đến" | "từ" | "là" | "-" | "(" | "vào");
        bound || (counted && !time)
    }

    fn percent(&self, end: &mut usize, knowledge: &Knowledge) -> bool {
        if self.is_mark(*end, '%') {
            *end += 1;
            return true;
        }
        if self.sym(*end) == knowledge.words.phan && self.sym(*end + 1) == knowledge.words.tram {
            *end += 2;
            return true;
        }
        false
    }

    fn mixed(&mut self, at: usize, knowledge: &Knowledge) {
        let Some(token) = self.tokens.get(at).copied() else { return };
        let text = token.text(&self.block.text);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let Some(rest) = text.get(digits..).map(str::to_lowercase) else { return };
        if digits == 0 {
            return;
        }
        let clock = rest == "h"
            || (rest.starts_with(['h', 'g']) && rest.get(1..).is_some_and(|minutes| minutes.parse::<u8>().is_ok()));
        if clock {
            self.push_node(at, node(knowledge.classes.clock, at + 1, 0));
        } else if matches!(rest.as_str(), "km" | "m2" | "m" | "ha" | "kg" | "tr") {
            let value = text.get(..digits).and_then(|d| d.parse().ok()).unwrap_or(0.0);
            let index = self.numbers.len();
            self.push_node(at, node(knowledge.classes.num, at + 1, to_u32(index)));
            self.numbers.push(Number {
                start: at,
                end: at + 1,
                value,
                percent: false,
                in_words: false,
                padded: false,
                range_low: false,
                range_high: false,
                glued_unit: Some(digits),
            });
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "numerals in words stay far below 2^52")]
    fn words(&mut self, at: usize, words: &[Numeral], knowledge: &Knowledge) {
        let Some((value, used)) = numeral::value(words) else { return };
        // Inside a longer numeral (`mươi` of `hai mươi`) nothing begins.
        let inside = at > 0
            && knowledge.numeral(self.sym(at - 1)).is_some()
            && !matches!(words.first(), Some(Numeral::Digit(_)));
        if inside || value == 0 {
            return;
        }
        // `triệu`, `tỷ` alone are units.
        if matches!(words.first(), Some(Numeral::Scale(scale)) if *scale > 10) {
            return;
        }
        // `sáu tháng một lần`: the last one counts times, it is no month.
        let times = self.tokens.get(at + used).is_some_and(|t| t.text(&self.block.text) == "lần");
        if value <= 99 && !times {
            self.push_node(at, node(knowledge.classes.n, at + used, u32::try_from(value).unwrap_or(99)));
        }
        let (value, used) = match self.parts(at + used, knowledge) {
            Some((parts, width)) if parts > value => (value as f64 / parts as f64, used + width),
            _ => (value as f64, used),
        };
        let index = self.numbers.len();
        self.push_node(at, node(knowledge.classes.num, at + used, to_u32(index)));
        self.numbers.push(Number {
            start: at,
            end: at + used,
            value,
            percent: false,
            in_words: true,
            padded: false,
            range_low: false,
            range_high: false,
            glued_unit: None,
        });
    }

    /// `phần tư` behind *ba*: into how many parts, and how many words say so.
    fn parts(&self, at: usize, knowledge: &Knowledge) -> Option<(u64, usize)> {
        let word = knowledge.numeral(self.sym(at + 1))?;
        let parted = self.sym(at) == knowledge.words.phan && self.word(at + 1) != "không";
        let (parts, _) = numeral::value(&[word])?;
        (parted && (2..=10).contains(&parts)).then_some((parts, 2))
    }

    /// `75 - 80%`, `từ 10 đến 12`: two bounds of one number.
    fn mark_ranges(&mut self) {
        for index in 1..self.numbers.len() {
            let (Some(low), Some(high)) = (self.numbers.get(index - 1).copied(), self.numbers.get(index).copied())
            else {
                continue;
            };
            let year = |n: &Number| n.end == n.start + 1 && n.value >= 1900.0 && n.value <= 2100.0;
            let to = self.tokens.get(low.end).is_some_and(|t| matches!(t.text(&self.block.text), "đến" | "tới"));
            let near = high.start == low.end + 1 && (to || self.is_mark(low.end, '-'));
            // `từ 50 đến dưới 100 người`
            let below = high.start == low.end + 2 && to && self.word(low.end + 1) == "dưới";
            let joined = !year(&low) && !year(&high) && (near || below);
            if joined && low.value < high.value && !low.in_words && !high.in_words && high.value < 100_000.0 {
                if let Some(low) = self.numbers.get_mut(index - 1) {
                    low.range_low = true;
                    low.percent |= high.percent;
                }
                if let Some(high) = self.numbers.get_mut(index) {
                    high.range_high = true;
                }
            }
        }
    }
}
