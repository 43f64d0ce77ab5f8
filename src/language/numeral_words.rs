//! Numbers in Vietnamese words, as decisions and receipts spell them.

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const GROUPS: [&str; 3] = ["", "nghìn", "triệu"];

/// A whole number in words: `1205` → `một nghìn hai trăm linh năm`.
#[must_use]
pub fn words(number: i128) -> String {
    let mut out = Vec::new();
    if number < 0 {
        out.push("âm");
    }
    let magnitude = number.unsigned_abs();
    if magnitude == 0 {
        return DIGITS[0].to_owned();
    }
    // Beyond a billion the names repeat: nghìn tỷ, triệu tỷ, tỷ tỷ.
    let mut billions = Vec::new();
    let mut rest = magnitude;
    while rest > 0 {
        billions.push(u32::try_from(rest % 1_000_000_000).unwrap_or(0));
        rest /= 1_000_000_000;
    }
    let top = billions.len() - 1;
    for (level, part) in billions.iter().enumerate().rev() {
        below_billion(*part, level == top, &mut out);
        if *part > 0 {
            out.extend(std::iter::repeat_n("tỷ", level));
        }
    }
    out.join(" ")
}

/// A number with a fraction in words, as schools teach it: `1.5` → `một phẩy năm`, `2.05` → `hai phẩy không năm`,
/// `206.075` → `hai trăm linh sáu phẩy không trăm bảy mươi lăm`; more than three places are read figure by figure.
/// `None` for what is no number, or too large to be exact.
#[must_use]
pub fn decimal_words(number: f64) -> Option<String> {
    if !number.is_finite() || number.abs() >= 1e15 {
        return None;
    }
    // The shortest figures that mean this number are those that it was written with.
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = words(whole.parse().ok()?);
    if number < 0.0 {
        out.insert_str(0, "âm ");
    }
    if fraction.is_empty() {
        return Some(out);
    }
    let digits = fraction.bytes().map(|byte| DIGITS.get(usize::from(byte.wrapping_sub(b'0'))).copied());
    let digits: Vec<&str> = digits.collect::<Option<_>>()?;
    let figure = fraction.parse().unwrap_or(0);
    let mut read = Vec::new();
    match digits.len() {
        2 if !fraction.starts_with('0') => below_thousand(figure, true, &mut read),
        3 => below_thousand(figure, false, &mut read),
        _ => read = digits,
    }
    Some(format!("{out} phẩy {}", read.join(" ")))
}

/// A part of nine digits; `first` when nothing stands before it.
fn below_billion(part: u32, first: bool, out: &mut Vec<&'static str>) {
    let mut leading = first;
    for level in (0..3).rev() {
        let group = part / 1000_u32.pow(level) % 1000;
        if group == 0 {
            continue;
        }
        below_thousand(group, leading, out);
        let name = GROUPS[level as usize];
        if !name.is_empty() {
            out.push(name);
        }
        leading = false;
    }
}

fn below_thousand(group: u32, leading: bool, out: &mut Vec<&'static str>) {
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
    if hundreds > 0 || !leading {
        out.extend([digit(hundreds), "trăm"]);
    }
    match (tens, units) {
        (0, 0) => {}
        (0, _) if hundreds > 0 || !leading => out.extend(["linh", digit(units)]),
        (0, _) => out.push(digit(units)),
        (1, _) => out.push("mười"),
        _ => out.extend([digit(tens), "mươi"]),
    }
    match (tens, units) {
        (0, _) | (_, 0) => {}
        (1, 5) => out.push("lăm"),
        (1, _) => out.push(digit(units)),
        (_, 1) => out.push("mốt"),
        (_, 4) => out.push("tư"),
        (_, 5) => out.push("lăm"),
        _ => out.push(digit(units)),
    }
}

/// An amount of money in words, with a capital: `Một triệu hai trăm nghìn đồng`.
#[must_use]
pub fn money(amount: i128, unit: &str) -> String {
    let text = words(amount);
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{} {unit}", chars.as_str())
}

/// A number with Vietnamese separators: `1234567.5` with one place → `1.234.567,5`.
#[must_use]
pub fn grouped(number: f64, places: usize) -> String {
    let text = format!("{number:.places$}");
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut out = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_say_them() {
        for (number, text) in [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (55, "năm mươi lăm"),
            (101, "một trăm linh một"),
            (110, "một trăm mười"),
            (1_205, "một nghìn hai trăm linh năm"),
            (1_005, "một nghìn không trăm linh năm"),
            (2_340_000, "hai triệu ba trăm bốn mươi nghìn"),
            (1_000_000_000, "một tỷ"),
            (3_000_000_001, "ba tỷ không trăm linh một"),
            (1_500_000_000_000, "một nghìn năm trăm tỷ"),
            (-7, "âm bảy"),
        ] {
            assert_eq!(words(number), text, "{number}");
        }
    }

    #[test]
    fn fractions_read_as_schools_teach_them() {
        for (number, text) in [
            (1.5, "một phẩy năm"),
            (0.25, "không phẩy hai mươi lăm"),
            (2.05, "hai phẩy không năm"),
            (206.075, "hai trăm linh sáu phẩy không trăm bảy mươi lăm"),
            (-0.307, "âm không phẩy ba trăm linh bảy"),
            (7.2048, "bảy phẩy hai không bốn tám"),
            (12.0, "mười hai"),
        ] {
            assert_eq!(decimal_words(number).as_deref(), Some(text), "{number}");
        }
        assert_eq!(decimal_words(f64::NAN), None);
    }

    #[test]
    fn money_and_separators() {
        assert_eq!(money(1_200_000, "đồng"), "Một triệu hai trăm nghìn đồng");
        assert_eq!(grouped(1_234_567.5, 1), "1.234.567,5");
        assert_eq!(grouped(-999.0, 0), "-999");
    }
}
