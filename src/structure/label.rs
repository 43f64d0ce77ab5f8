//! Labels in front of paragraphs: numbers, letters, bullets, `Điều 5.`, `Bước 2:`.
//!
//! Found by hand on the first characters; what only looks like a label (a date, a decimal, a document number, an
//! amount) stays in the text.

/// What a label is, from the outermost to the innermost as offices order them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `Phần I`.
    Part,
    /// `Chương II`.
    Chapter,
    /// `Mục 1`.
    Section,
    /// `Tiểu mục 1`.
    Subsection,
    /// `A.`
    Upper,
    /// `I.`
    Roman,
    /// `Điều 5.`
    Article,
    /// `Khoản 2.`
    Clause,
    /// `1.` (1), `1.1` (2), …
    Number(u8),
    /// `a)`
    Letter,
    /// `(1)`, `ii)`
    Paren,
    /// `Bước 1:`
    Step,
    /// `*`
    Star,
    /// `-`
    Dash,
    /// `+`
    Plus,
    /// `•` and other marks.
    Dot,
}

impl Kind {
    /// Bullets order entries, they number nothing.
    pub fn is_bullet(self) -> bool {
        self >= Self::Star
    }
}

/// A label taken off a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// What it is.
    pub kind: Kind,
    /// As written, with its closing mark.
    pub text: &'a str,
    /// The text behind it; empty only behind `Chương I` and the like.
    pub rest: &'a str,
}

/// Dashes, which typists and word processors exchange for each other.
macro_rules! dash {
    () => {
        '-' | '–' | '—' | '−' | '‐'
    };
}

/// The label in front of a text, if there is one.
pub fn split(text: &str) -> Option<Label<'_>> {
    let text = text.trim_start();
    let label = match text.chars().next()? {
        '(' => parenthesis(text),
        '0'..='9' => number(text),
        'a'..='z' | 'đ' => small_letter(text),
        c if c.is_alphabetic() => word(text).or_else(|| roman(text)).or_else(|| capital(text)),
        _ => bullet(text),
    };
    label.filter(|label| !label.rest.is_empty() || label.kind <= Kind::Article)
}

/// The kind of a label that a reader found (an automatic number).
pub fn kind_of(label: &str) -> Kind {
    let label = label.trim();
    let probe = format!("{label} Xá");
    if let Some(found) = split(&probe)
        && found.text.len() >= label.len()
    {
        return found.kind;
    }
    match label.chars().next() {
        Some(c) if c.is_ascii_digit() => Kind::Number(segments(label)),
        Some(c) if c.is_alphabetic() && roman_value(label.trim_end_matches(|c: char| !c.is_alphabetic())).is_some() => {
            Kind::Roman
        }
        Some(c) if c.is_lowercase() => Kind::Letter,
        Some(c) if c.is_alphabetic() => Kind::Upper,
        Some('(') => Kind::Paren,
        _ => Kind::Dot,
    }
}

fn segments(label: &str) -> u8 {
    label.split('.').filter(|s| s.starts_with(|c: char| c.is_ascii_digit())).count().clamp(1, 9) as u8
}

/// A label of `length` bytes and the rest behind it.
fn cut(text: &str, length: usize, kind: Kind) -> Option<Label<'_>> {
    let (label, rest) = text.split_at_checked(length)?;
    Some(Label { kind, text: label.trim_end(), rest: rest.trim_start() })
}

/// A capital and a small letter: a word begins, not an abbreviation.
fn begins_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(|c| c.is_lowercase() || c == ' ')
}

fn begins_with_blank(text: &str) -> bool {
    text.starts_with(char::is_whitespace)
}

fn bullet(text: &str) -> Option<Label<'_>> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let next = rest.chars().next()?;
    let kind = match first {
        dash!() if next != first && next != '-' && next != '>' => Kind::Dash,
        '+' if !next.is_ascii_digit() => Kind::Plus,
        '*' if next.is_whitespace() || next.is_uppercase() => Kind::Star,
        '•'
        | '·'
        | '●'
        | '▪'
        | '■'
        | '□'
        | '◦'
        | '○'
        | '➢'
        | '➤'
        | '►'
        | '✓'
        | '✔'
        | '❖'
        | '♦'
        | '◆'
        | '⁃'
        | '∙'
        | '→'
        | '⇒'
        | '§'
        | '¨'
        | '¤'
        | '\u{F000}'..='\u{F0FF}' => Kind::Dot,
        _ => return None,
    };
    cut(text, first.len_utf8(), kind)
}

/// `(1)`, `(a)`, `(ii)`.
fn parenthesis(text: &str) -> Option<Label<'_>> {
    let close = text.bytes().take(8).position(|b| b == b')')?;
    let inner = text.get(1..close)?;
    let fits = matches!(inner.chars().count(), 1..=2) && inner.bytes().all(|b| b.is_ascii_digit())
        || inner.chars().count() == 1 && inner.chars().all(char::is_lowercase)
        || matches!(inner, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix");
    let rest = text.get(close + 1..)?;
    (fits && (begins_with_blank(rest) || begins_word(rest))).then(|| cut(text, close + 1, Kind::Paren)).flatten()
}

/// `1.`, `1)`, `1/`, `1-`, `1.1`, `1.1.`, `2.1-`.
fn number(text: &str) -> Option<Label<'_>> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    if end > 3 {
        return None;
    }
    let mut depth = 1_u8;
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        let length = digits(end + 1);
        // Three digits are thousands, four are a year, a leading zero is a decimal or a date.
        if length > 2 || bytes.get(end + 1) == Some(&b'0') || depth == 9 {
            return None;
        }
        end += 1 + length;
        depth += 1;
    }
    let rest = text.get(end..)?;
    let close = rest.chars().next().map_or(0, char::len_utf8);
    let after = rest.get(close..).unwrap_or_default();
    let next = after.chars().next();
    let closed = match rest.chars().next() {
        Some('.') => {
            next.is_some_and(|c| !c.is_ascii_digit() && c != '.' && c != '…' && c != '/' && !matches!(c, dash!()))
        }
        Some(')') => next.is_some_and(|c| c.is_whitespace() || c.is_alphabetic()),
        Some('/') => begins_with_blank(after) || begins_word(after),
        Some(dash!()) => {
            begins_word(after) || (begins_with_blank(after) && after.trim_start().starts_with(char::is_alphabetic))
        }
        _ => false,
    };
    if closed {
        return cut(text, end + close, Kind::Number(depth));
    }
    let behind = rest.trim_start().chars().next();
    let open = depth > 1
        && behind.is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'))
        && (begins_with_blank(rest) || begins_word(rest));
    open.then(|| cut(text, end, Kind::Number(depth))).flatten()
}

/// `a)`, `a.`, `a/`, `a1)`, `iv)`, and the letter o that stands for a round bullet.
fn small_letter(text: &str) -> Option<Label<'_>> {
    let mut chars = text.char_indices().skip(1).peekable();
    let first = text.chars().next()?;
    if matches!(first, 'f' | 'j' | 'w' | 'z') {
        return None;
    }
    if first == 'o' && text.get(1..).is_some_and(|rest| begins_with_blank(rest) && begins_word(rest.trim_start())) {
        return cut(text, 1, Kind::Dot);
    }
    let roman = text.bytes().take(6).take_while(|b| matches!(b, b'i' | b'v' | b'x')).count();
    if roman >= 2 && text.as_bytes().get(roman) == Some(&b')') {
        return cut(text, roman + 1, Kind::Paren);
    }
    while chars.peek().is_some_and(|(at, c)| c.is_ascii_digit() && *at < 5) {
        chars.next();
    }
    let (at, close) = chars.next()?;
    let rest = text.get(at + close.len_utf8()..)?;
    let next = rest.chars().next()?;
    let closed = match close {
        ')' => next.is_whitespace() || next.is_alphabetic() || matches!(next, '“' | '"'),
        '.' => next.is_whitespace() || next.is_uppercase(),
        '/' | dash!() => next.is_whitespace() || begins_word(rest),
        _ => false,
    };
    closed.then(|| cut(text, at + close.len_utf8(), Kind::Letter)).flatten()
}

/// `I.`, `III.`, `I-`, `I –`, `II/`, and `I` before capitals.
fn roman(text: &str) -> Option<Label<'_>> {
    let length = text.bytes().take(6).take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    roman_value(text.get(..length)?)?;
    let rest = text.get(length..)?;
    let close = rest.chars().next()?;
    let after = rest.get(close.len_utf8()..)?;
    let next = after.chars().next();
    match close {
        '.' => {
            let initial = after.chars().nth(1) == Some('.') && next.is_some_and(char::is_alphabetic);
            next.filter(|c| *c != '.' && !initial)?;
        }
        dash!() | ')' | ':' => {
            next.filter(|c| c.is_whitespace() || c.is_uppercase())?;
        }
        '/' => {
            next.filter(|c| c.is_whitespace())?;
        }
        c if c.is_whitespace() => {
            let dashed =
                after.trim_start().strip_prefix(|c| matches!(c, dash!())).filter(|rest| begins_with_blank(rest));
            if let Some(rest) = dashed {
                return cut(text, text.len() - rest.len(), Kind::Roman);
            }
            return capitals(after).then(|| cut(text, length, Kind::Roman)).flatten();
        }
        _ => return None,
    }
    cut(text, length + close.len_utf8(), Kind::Roman)
}

/// `A.`, `B-`, `C)`; not `Q.` (*quyền*).
fn capital(text: &str) -> Option<Label<'_>> {
    let first = text.chars().next().filter(|c| matches!(c, 'A'..='H' | 'Đ'))?;
    let rest = text.get(first.len_utf8()..)?;
    let close = rest.chars().next().filter(|c| matches!(c, '.' | ')' | '/' | dash!()))?;
    let after = rest.get(close.len_utf8()..)?;
    (begins_with_blank(after) || (close == '.' && capitals(after) && after.get(1..2).is_none_or(|c| c != ".")))
        .then(|| cut(text, first.len_utf8() + close.len_utf8(), Kind::Upper))
        .flatten()
}

const WORDS: [(&str, Kind); 7] = [
    ("phần", Kind::Part),
    ("chương", Kind::Chapter),
    ("mục", Kind::Section),
    ("tiểu mục", Kind::Subsection),
    ("điều", Kind::Article),
    ("khoản", Kind::Clause),
    ("bước", Kind::Step),
];

/// `Điều 5.`, `Chương I`, `Bước 2:`.
fn word(text: &str) -> Option<Label<'_>> {
    let (kind, length) = WORDS.iter().find_map(|(word, kind)| Some((*kind, prefix(text, word)?)))?;
    let behind = text.get(length..)?;
    let blanks = behind.len() - behind.trim_start().len();
    if blanks == 0 {
        return None;
    }
    let ordinal = ordinal(behind.trim_start(), kind)?;
    let end = length + blanks + ordinal;
    let rest = text.get(end..)?;
    let spaced = rest.trim_start();
    let gap = rest.len() - spaced.len();
    match spaced.chars().next() {
        None => (kind <= Kind::Article).then(|| cut(text, end, kind)).flatten(),
        Some('.' | ':' | ')') if gap <= 1 => cut(text, end + gap + 1, kind),
        Some(dash @ dash!()) if spaced.get(dash.len_utf8()..).is_some_and(begins_with_blank) => {
            cut(text, end + gap + dash.len_utf8(), kind)
        }
        Some(_) => (kind < Kind::Upper && gap > 0 && capitals(spaced)).then(|| cut(text, end, kind)).flatten(),
    }
}

/// Length in bytes of a word in front of a text, in any case.
fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for expected in word.chars() {
        let (_, c) = chars.next()?;
        let lower = if c == 'Ð' { 'đ' } else { c.to_lowercase().next().unwrap_or(c) };
        if lower != expected {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}

/// Length in bytes of `12`, `5a`, `IV`, `B` or `thứ nhất`.
fn ordinal(text: &str, kind: Kind) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let letter = text.get(digits..)?.chars().next().filter(|c| c.is_lowercase());
        let alone = letter
            .is_some_and(|c| !text.get(digits + c.len_utf8()..).unwrap_or_default().starts_with(char::is_alphabetic));
        return (digits <= 3).then(|| digits + letter.filter(|_| alone).map_or(0, char::len_utf8));
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let first = text.get(..end)?;
    if roman_value(first).is_some() || (kind < Kind::Article && first.len() == 1 && first != "V") {
        return Some(end);
    }
    if kind == Kind::Part && prefix(first, "thứ") == Some(first.len()) && !first.is_empty() {
        let behind = text.get(end..)?.trim_start();
        let word = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
        return (word > 0).then(|| text.len() - behind.len() + word);
    }
    None
}

/// Value of a well-formed Roman numeral up to 39.
fn roman_value(text: &str) -> Option<u32> {
    let tens = text.bytes().take_while(|b| *b == b'X').count();
    let units = text.get(tens..)?;
    let unit = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"].iter().position(|u| *u == units)?;
    (tens <= 3 && tens + unit > 0).then_some((tens * 10 + unit) as u32)
}

/// At least two letters, all of them capitals.
pub fn capitals(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c.is_lowercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels() {
        for (text, label, rest, kind) in [
            ("I. MỤC TIÊU", "I.", "MỤC TIÊU", Kind::Roman),
            ("III.KINH PHÍ", "III.", "KINH PHÍ", Kind::Roman),
            ("I- ĐÁNH GIÁ", "I-", "ĐÁNH GIÁ", Kind::Roman),
            ("I– ĐÁNH GIÁ", "I–", "ĐÁNH GIÁ", Kind::Roman),
            ("B– PHẦN RIÊNG", "B–", "PHẦN RIÊNG", Kind::Upper),
            ("3– Giao Văn phòng", "3–", "Giao Văn phòng", Kind::Number(1)),
            ("c– Cá nhân", "c–", "Cá nhân", Kind::Letter),
            ("II – NỘI DUNG", "II –", "NỘI DUNG", Kind::Roman),
            ("IV NHIỆM VỤ", "IV", "NHIỆM VỤ", Kind::Roman),
            ("A. PHẦN CHUNG", "A.", "PHẦN CHUNG", Kind::Upper),
            ("1.Yêu cầu", "1.", "Yêu cầu", Kind::Number(1)),
            ("12) Tổ chức", "12)", "Tổ chức", Kind::Number(1)),
            ("1/ Đăng ký", "1/", "Đăng ký", Kind::Number(1)),
            ("2- Giao Văn phòng", "2-", "Giao Văn phòng", Kind::Number(1)),
            ("1.1 Cấp xã", "1.1", "Cấp xã", Kind::Number(2)),
            ("2.3.Trách nhiệm", "2.3.", "Trách nhiệm", Kind::Number(2)),
            ("2.2- Hằng năm", "2.2-", "Hằng năm", Kind::Number(2)),
            ("1.2.3. Chi hội", "1.2.3.", "Chi hội", Kind::Number(3)),
            ("a) Tập thể", "a)", "Tập thể", Kind::Letter),
            ("đ) hộ gia đình", "đ)", "hộ gia đình", Kind::Letter),
            ("a/ Cấp xã", "a/", "Cấp xã", Kind::Letter),
            ("b.Cá nhân", "b.", "Cá nhân", Kind::Letter),
            ("(1) Một là", "(1)", "Một là", Kind::Paren),
            ("iii) ba", "iii)", "ba", Kind::Paren),
            ("-Địa điểm: nhà văn hóa", "-", "Địa điểm: nhà văn hóa", Kind::Dash),
            ("– 02 cá nhân", "–", "02 cá nhân", Kind::Dash),
            ("+ Quý I", "+", "Quý I", Kind::Plus),
            ("· Ghi chú", "·", "Ghi chú", Kind::Dot),
            ("* Đối với xã", "*", "Đối với xã", Kind::Star),
            ("o Tổ một", "o", "Tổ một", Kind::Dot),
            ("Bước 2:  Bình chọn", "Bước 2:", "Bình chọn", Kind::Step),
            ("Điều 5. Hồ sơ", "Điều 5.", "Hồ sơ", Kind::Article),
            ("ĐIỀU 12: Hồ sơ", "ĐIỀU 12:", "Hồ sơ", Kind::Article),
            ("Điều 3a. Hồ sơ", "Điều 3a.", "Hồ sơ", Kind::Article),
            ("Chương II", "Chương II", "", Kind::Chapter),
            ("Chương I QUY ĐỊNH CHUNG", "Chương I", "QUY ĐỊNH CHUNG", Kind::Chapter),
            ("Phần thứ nhất. Mở đầu", "Phần thứ nhất.", "Mở đầu", Kind::Part),
            ("Mục 1. Nguyên tắc", "Mục 1.", "Nguyên tắc", Kind::Section),
        ] {
            assert_eq!(split(text), Some(Label { kind, text: label, rest }), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_label() {
        for text in [
            "1.250 hội viên",
            "02 phần việc",
            "3.000.000 đồng",
            "15/10 hằng năm",
            "20.11.2026",
            "2.5 triệu đồng",
            "30-4 và 01-5",
            "19-CT/TW của Bộ Chính trị",
            "06/KH-BTV",
            "2021 - 2026",
            "5%",
            "1…",
            "V/v tổ chức",
            "V.I. Lê-nin",
            "đ/c Hoa",
            "v.v...",
            "b/c",
            "Mục tiêu chung",
            "Mục 2 phần III Kế hoạch",
            "Điều 20 của Luật",
            "Điều lệ Hội",
            "Bước đầu",
            "Phần việc",
            "Chương trình",
            "Q. CHỦ TỊCH",
            "+84 912",
            "**",
            "---",
            "(8/3)",
            "Khoản 2 Điều 5",
            "Xã Bình Minh",
            "Các chi hội",
            "1.",
            "-",
            "a)",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn kinds_of_automatic_labels() {
        for (label, kind) in [
            ("1.1", Kind::Number(2)),
            ("1.", Kind::Number(1)),
            ("1", Kind::Number(1)),
            ("IV.", Kind::Roman),
            ("a)", Kind::Letter),
            ("-", Kind::Dash),
            ("\u{F0B7}", Kind::Dot),
            ("Điều 4.", Kind::Article),
        ] {
            assert_eq!(kind_of(label), kind, "{label}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[ 0-9IVXAa-đ().:/*+•–-]{0,8}[ A-Zđạò.,]{0,12}") {
            if let Some(label) = split(&text) {
                let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(letters(label.text) + &letters(label.rest), letters(&text));
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}") {
            let _ = split(&text);
            let _ = kind_of(&text);
        }
    }
}
