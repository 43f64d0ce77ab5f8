//! Folding: the form of a text in which spelling variants are equal.
//!
//! Lower case; tone marks of `oa`, `oe`, `uy` in one place (*hoà* = *hòa*); final `y` as `i` after a single consonant
//! (*kỳ* = *kì*); *hằng* = *hàng*; look-alike letters (`Ð`, Cyrillic `о`) as the Vietnamese ones; every dash as `-`,
//! every quotation mark as `"` or `'`; runs of blanks as one space. Folding never joins or splits words, so tokens
//! found in a folded text map back to the original exactly.

use super::letter;
use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A folded text with the way back to the original.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Blanks of the original that were left out: the byte of `text` that follows them, and how many.
    left_out: Vec<(usize, u32)>,
    /// Characters of the original.
    length: u32,
    /// For each byte of `text`, the character (not byte) index in the original; one more entry for the end. Few texts
    /// are ever asked for it.
    map: OnceLock<Vec<u32>>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let table = table();
        // Most characters fold to themselves or to a small ASCII letter: what stands between the others is copied in
        // one piece.
        let plain = original.to_ascii_lowercase();
        let mut folded = Self { text: String::with_capacity(plain.len()), ..Self::default() };
        folded.length = u32::try_from(plain.chars().count()).unwrap_or(u32::MAX);
        let (mut from, mut at) = (0, 0);
        loop {
            at += plain.as_bytes().get(at..).map_or(0, same_bytes);
            let Some(&byte) = plain.as_bytes().get(at) else { break };
            let sign = match byte {
                0..=0x7F => table.ascii(byte),
                _ => plain.get(at..).and_then(|rest| rest.chars().next()).map_or(Sign::NONE, |c| table.sign(c)),
            };
            let start = at;
            at += sign.source();
            if !sign.is(Sign::CHANGES | Sign::TONED | Sign::FINAL | Sign::BLANK) {
                continue;
            }
            let done =
                if from == start { folded.text.as_bytes() } else { plain.as_bytes().get(..start).unwrap_or_default() };
            let last = done.last().copied().unwrap_or_default();
            let blanks = sign.is(Sign::BLANK) && last == b' ';
            if !blanks && !sign.is(Sign::CHANGES) && !sign.may_change_behind(last) {
                continue;
            }
            folded.text.push_str(plain.get(from..start).unwrap_or_default());
            from = at;
            let c = sign.char();
            let (before, rest) = (plain.get(..start).unwrap_or_default(), plain.get(at..).unwrap_or_default());
            if blanks {
                folded.leave_out();
            } else if let Some((marked, base)) = tone_moves(before, c, rest) {
                folded.text.pop();
                folded.text.extend([marked, base]);
            } else {
                folded.text.push(other_spelling(before, c, rest).unwrap_or(c));
            }
        }
        folded.text.push_str(plain.get(from..).unwrap_or_default());
        folded
    }

    fn leave_out(&mut self) {
        match self.left_out.last_mut() {
            Some((at, count)) if *at == self.text.len() => *count += 1,
            _ => self.left_out.push((self.text.len(), 1)),
        }
    }

    /// Folding changes characters one by one, so that only blanks left out shift them.
    fn map(&self) -> &[u32] {
        self.map.get_or_init(|| {
            let mut map = Vec::with_capacity(self.text.len() + 1);
            let mut left_out = self.left_out.iter().copied().peekable();
            let mut index = 0;
            for (at, c) in self.text.char_indices() {
                if let Some((_, count)) = left_out.next_if(|(byte, _)| *byte == at) {
                    index += count;
                }
                map.resize(at + c.len_utf8(), index);
                index += 1;
            }
            map.push(self.length);
            map
        })
    }

    /// First byte of the folded text that stands for a character of the original, or for one behind it.
    #[must_use]
    pub fn byte(&self, char: u32) -> usize {
        let mut left_out = self.left_out.iter().copied().peekable();
        let mut index = 0;
        for (at, _) in self.text.char_indices() {
            while let Some((_, count)) = left_out.next_if(|(byte, _)| *byte == at) {
                index += count;
            }
            if index >= char {
                return at;
            }
            index += 1;
        }
        self.text.len()
    }

    /// Character range in the original for a byte range in the folded text.
    #[must_use]
    pub fn original(&self, range: std::ops::Range<usize>) -> std::ops::Range<u32> {
        let map = self.map();
        let at = |byte: usize| map.get(byte).or(map.last()).copied().unwrap_or_default();
        let start = at(range.start);
        let end = if range.end > range.start && range.end < self.text.len() {
            // A folded blank may stand for several: the end is one past the last character covered.
            at(range.end - 1) + 1
        } else {
            at(range.end)
        };
        start..end.max(start)
    }
}

/// Folds a whole text without the way back.
#[must_use]
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// The mark that stands for a character outside words.
#[must_use]
pub fn fold_mark(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => '-',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '`' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Folds one word (letters and digits only); as many characters come out as went in (NFC).
#[must_use]
pub fn fold_word(word: &str) -> Cow<'_, str> {
    let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if plain && !(word.len() == 2 && word.ends_with('y')) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(fold(word))
}

/// A character as folding sees it.
#[derive(Debug, Clone, Copy)]
#[repr(align(8))]
pub(super) struct Sign {
    /// The folded character in UTF-8.
    bytes: [u8; 4],
    width: u8,
    traits: u8,
    /// Bytes of the character itself.
    source: u8,
}

impl Sign {
    /// Letter or digit.
    pub(super) const WORD: u8 = 1;
    pub(super) const BLANK: u8 = 2;
    pub(super) const CAPITAL: u8 = 4;
    /// One of `0` to `9`.
    pub(super) const DIGIT: u8 = 8;
    /// A vowel whose tone may stand on the letter before it.
    const TONED: u8 = 16;
    /// A vowel that may be spelled otherwise in a short word.
    const FINAL: u8 = 32;
    /// Folds to another character.
    const CHANGES: u8 = 64;

    /// Stands for no character.
    pub(super) const NONE: Self = Self { bytes: [0; 4], width: 0, traits: 0, source: 1 };

    fn of(c: char) -> Self {
        let word = letter::is_word(c);
        let folded = if word { fold_letter(c) } else { fold_mark(c) };
        let mut bytes = [0; 4];
        let width = u8::try_from(folded.encode_utf8(&mut bytes).len()).unwrap_or_default();
        let traits = [
            (Self::WORD, word),
            (Self::BLANK, c.is_whitespace()),
            (Self::CAPITAL, letter::is_capital(c)),
            (Self::DIGIT, c.is_ascii_digit()),
            (Self::TONED, tone_pair('o', folded).or_else(|| tone_pair('u', folded)).is_some()),
            (Self::FINAL, folded == 'ằ' || final_y(folded).is_some()),
            (Self::CHANGES, c != folded),
        ];
        let traits = traits.into_iter().filter(|(_, holds)| *holds).fold(0, |all, (one, _)| all | one);
        Self { bytes, width, traits, source: u8::try_from(c.len_utf8()).unwrap_or(1) }
    }

    pub(super) fn is(self, one: u8) -> bool {
        self.traits & one != 0
    }

    /// Whether a letter may have to change together with the one before it, whose last folded byte is given.
    pub(super) fn may_change_behind(self, before: u8) -> bool {
        self.is(Self::TONED) && matches!(before, b'o' | b'u')
            || self.is(Self::FINAL) && matches!(before, b'h' | b'k' | b'l' | b'm' | b's' | b't')
    }

    /// The folded character in UTF-8, and how many of the bytes are its own.
    pub(super) fn bytes(self) -> ([u8; 4], usize) {
        (self.bytes, usize::from(self.width))
    }

    /// Bytes of the character itself.
    pub(super) fn source(self) -> usize {
        usize::from(self.source)
    }

    /// The value of a digit.
    pub(super) fn digit(self) -> u32 {
        u32::from(self.bytes[0] & 0x0F)
    }

    /// The folded character.
    pub(super) fn char(self) -> char {
        if self.width == 1 {
            return char::from(self.bytes[0]);
        }
        std::str::from_utf8(&self.bytes).ok().and_then(|text| text.chars().next()).unwrap_or_default()
    }
}

/// Latin letters with the common marks, and those of Vietnamese: every text passes through here once per character.
const LATIN: usize = 0x250;
const VIETNAMESE: u32 = 0x1E00;
const VIETNAMESE_LETTERS: usize = 0x100;

/// The signs of the characters that texts are made of.
pub(super) struct Table {
    latin: [Sign; LATIN],
    vietnamese: [Sign; VIETNAMESE_LETTERS],
}

impl Table {
    /// The sign of a character of ASCII.
    pub(super) fn ascii(&self, byte: u8) -> Sign {
        self.latin[usize::from(byte)]
    }

    pub(super) fn sign(&self, c: char) -> Sign {
        let code = u32::from(c);
        let known = match self.latin.get(code as usize) {
            None => self.vietnamese.get(code.wrapping_sub(VIETNAMESE) as usize),
            latin => latin,
        };
        known.copied().unwrap_or_else(|| Sign::of(c))
    }
}

/// The table, made once.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let sign = |code: usize| Sign::of(u32::try_from(code).ok().and_then(char::from_u32).unwrap_or_default());
        Table { latin: std::array::from_fn(sign), vietnamese: std::array::from_fn(|at| sign(VIETNAMESE as usize + at)) }
    });
    &TABLE
}

/// How many bytes a text in small ASCII letters begins with that fold to themselves, whatever stands around them.
fn same_bytes(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match text.get(at..) {
            Some([b'a'..=b'x' | b'z' | b'0'..=b'9' | b'!' | b'#'..=b'&' | b'('..=b'/' | b':'..=b'?', ..]) => 1,
            Some([b' ', b'!'..=b'~', ..]) if at > 0 => 1,
            // Small letters beyond ASCII, but for those that `oà`, `kỳ` and `hằng` are about: â ê ì í ò ó ô õ ù ú, ă đ ĩ,
            // ũ, ơ ư, and those of U+1E80 to U+1EFF, where capitals are even.
            Some([0xC3, 0xA2 | 0xAA | 0xAC | 0xAD | 0xB2..=0xB5 | 0xB9 | 0xBA, ..])
            | Some([0xC4, 0x83 | 0x91 | 0xA9, ..] | [0xC5, 0xA9, ..] | [0xC6, 0xA1 | 0xB0, ..]) => 2,
            Some([0xE1, 0xBA, last @ 0xA3..=0xBF, ..])
                if last & 1 == 1 && !matches!(last, 0xA3 | 0xB1 | 0xB9 | 0xBB | 0xBD) =>
            {
                3
            }
            Some([0xE1, 0xBB, last @ 0x80..=0xB9, ..])
                if last & 1 == 1 && !matches!(last, 0xB3 | 0xB5 | 0xB7 | 0xB9) =>
            {
                3
            }
            _ => return at,
        };
    }
}

/// Longest Vietnamese syllable is `nghiêng`; compounds of letters and digits may be longer. A longer run of letters is
/// no Vietnamese word and needs no more than lower case.
const LONGEST_SYLLABLE: usize = 16;

/// `oà` → `òa`, `oè` → `òe`, `uỳ` → `ùy`, wherever they stand: both spellings meet in one form. The second letter stands
/// between `before` and `behind`.
fn tone_moves(before: &str, second: char, behind: &str) -> Option<(char, char)> {
    let pair = tone_pair(before.chars().next_back().map(fold_letter)?, second)?;
    let letters = |c: &char| letter::is_word(*c);
    let length = before.chars().rev().take_while(letters).take(LONGEST_SYLLABLE).count()
        + behind.chars().take_while(letters).take(LONGEST_SYLLABLE).count();
    (length < LONGEST_SYLLABLE).then_some(pair)
}

/// `kỳ` → `kì`, `hằng` → `hàng`: vowels that are spelled either way, in words of these letters alone.
fn other_spelling(before: &str, vowel: char, behind: &str) -> Option<char> {
    let mut before = before.chars().rev();
    let (other, ending) = match (before.next().map(fold_letter)?, vowel) {
        ('h', 'ằ') => ('à', "ng"),
        ('h' | 'k' | 'l' | 'm' | 's' | 't', _) => (final_y(vowel)?, ""),
        _ => return None,
    };
    let alone = |c: Option<char>| c.is_none_or(|c| !letter::is_word(c));
    (alone(before.next()) && alone(behind.strip_prefix(ending)?.chars().next())).then_some(other)
}

/// Lower case, with look-alikes replaced. Characters whose lower case is longer than one stay as they are.
fn fold_letter(c: char) -> char {
    match c {
        '\0'..='\x7F' => c.to_ascii_lowercase(),
        'Đ' | 'Ð' | 'ð' | 'Ɖ' | 'ɖ' => 'đ',
        'а' | 'А' => 'a',
        'е' | 'Е' => 'e',
        'о' | 'О' => 'o',
        'р' | 'Р' => 'p',
        'с' | 'С' => 'c',
        'х' | 'Х' => 'x',
        'у' | 'У' => 'y',
        'і' | 'І' => 'i',
        c => letter::lower(c),
    }
}

/// The two letters with the tone on the first.
fn tone_pair(first: char, second: char) -> Option<(char, char)> {
    if !matches!(first, 'o' | 'u') {
        return None;
    }
    let (base, tone) = match second {
        'à' => ('a', 0),
        'á' => ('a', 1),
        'ả' => ('a', 2),
        'ã' => ('a', 3),
        'ạ' => ('a', 4),
        'è' => ('e', 0),
        'é' => ('e', 1),
        'ẻ' => ('e', 2),
        'ẽ' => ('e', 3),
        'ẹ' => ('e', 4),
        'ỳ' => ('y', 0),
        'ý' => ('y', 1),
        'ỷ' => ('y', 2),
        'ỹ' => ('y', 3),
        'ỵ' => ('y', 4),
        _ => return None,
    };
    let marked = match (first, base) {
        ('o', 'a' | 'e') => ['ò', 'ó', 'ỏ', 'õ', 'ọ'][tone],
        ('u', 'y') => ['ù', 'ú', 'ủ', 'ũ', 'ụ'][tone],
        _ => return None,
    };
    Some((marked, base))
}

/// A lone `y` after one of h, k, l, m, s, t is spelled either way.
fn final_y(vowel: char) -> Option<char> {
    Some(match vowel {
        'y' => 'i',
        'ỳ' => 'ì',
        'ý' => 'í',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => return None,
    })
}

/// NFC form, borrowed when the text is NFC already.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_meet() {
        for (a, b) in [
            ("Uỷ ban", "ỦY BAN"),
            ("hoà", "hòa"),
            ("Hằng năm", "hàng  năm"),
            ("nhiệm kì", "Nhiệm kỳ"),
            ("KH–BTV", "kh-btv"),
            ("Ðiều 5", "điều 5"),
            ("“x”", "\"x\""),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        assert_ne!(fold("hàn"), fold("hàng"));
    }

    #[test]
    fn letters_fold_alone_as_they_fold_in_words() {
        for c in (0..0x2100).filter_map(char::from_u32).filter(|c| letter::is_word(*c)) {
            assert_eq!(fold(&format!("bb{c}bb")), format!("bb{}bb", fold_letter(c)), "{c:?} {:x}", u32::from(c));
            let (first, second) = tone_pair('o', fold_letter(c)).unwrap_or(('o', fold_letter(c)));
            assert_eq!(fold(&format!("bo{c} ")), format!("b{first}{second} "), "{c:?}");
            let vowel = final_y(fold_letter(c)).unwrap_or(fold_letter(c));
            assert_eq!(fold(&format!("K{c}")), format!("k{vowel}"), "{c:?}");
        }
    }

    #[test]
    fn ranges_lead_back_to_the_original() {
        let original = "Trước  ngày 15/10 – Uỷ ban";
        let folded = Folded::new(original);
        let at = folded.text.find("ủy ban").expect("folded");
        let range = folded.original(at..at + "ủy ban".len());
        let chars: String =
            original.chars().skip(range.start as usize).take((range.end - range.start) as usize).collect();
        assert_eq!(chars, "Uỷ ban");
        assert_eq!(Folded::new("  a   b  ").original(0..1), 0..1);
        assert_eq!(Folded::new("  a   b  ").original(3..4), 6..7);
        assert_eq!(Folded::new("  a   b  ").original(3..5), 6..9);
    }

    #[test]
    fn long_words_only_lose_their_capitals() {
        assert_eq!(fold("Nghiênghoàhoàhoàhoàhoà hoà"), "nghiênghoàhoàhoàhoàhoà hòa");
        assert_eq!(fold_word("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "abcdefghijklmnopqrstuvwxyz");
        assert_eq!(fold_word("ABCDEFGHIJKLMNOP"), "abcdefghijklmnop");
    }
}
