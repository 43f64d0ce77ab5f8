//! Folding: the form of a text in which spelling variants are equal.
//!
//! Lower case; tone marks of `oa`, `oe`, `uy` in one place (*hoà* = *hòa*); final `y` as `i` after a single consonant
//! (*kỳ* = *kì*); *hằng* = *hàng*; look-alike letters (`Ð`, Cyrillic `о`) as the Vietnamese ones; every dash as `-`,
//! every quotation mark as `"` or `'`; runs of blanks as one space. Folding never joins or splits words, so tokens
//! found in a folded text map back to the original exactly.

use super::letter;
use std::borrow::Cow;
use std::sync::OnceLock;
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
        let mut folded = Self { text: String::with_capacity(original.len()), ..Self::default() };
        let mut word = Word::default();
        let mut rest = original;
        while !rest.is_empty() {
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if plain > 0 && rest.as_bytes().get(plain).is_none_or(u8::is_ascii) {
                let (letters, behind) = rest.split_at(plain);
                folded.push_plain(letters);
                rest = behind;
                continue;
            }
            let mut chars = rest.chars();
            for c in chars.by_ref() {
                folded.length += 1;
                if letter::is_word(c) {
                    word.push(c, &mut folded.text);
                    continue;
                }
                word.finish(&mut folded.text);
                folded.push_mark(fold_mark(c));
                break;
            }
            rest = chars.as_str();
        }
        word.finish(&mut folded.text);
        folded
    }

    /// Adds a word of nothing but ASCII letters and digits.
    fn push_plain(&mut self, word: &str) {
        let start = self.text.len();
        self.text.push_str(word);
        if let Some(word) = self.text.get_mut(start..) {
            word.make_ascii_lowercase();
        }
        self.length += word.len() as u32;
        if let [consonant, b'y' | b'Y'] = word.as_bytes()
            && takes_either_i(char::from(consonant.to_ascii_lowercase()))
        {
            self.text.pop();
            self.text.push('i');
        }
    }

    fn push_mark(&mut self, mark: char) {
        if mark == ' ' && self.text.ends_with(' ') {
            self.leave_out();
        } else {
            self.text.push(mark);
        }
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
    let mut out = String::with_capacity(word.len());
    let mut letters = Word::default();
    word.chars().for_each(|c| letters.push(c, &mut out));
    letters.finish(&mut out);
    Cow::Owned(out)
}

/// Longest Vietnamese syllable is `nghiêng`; compounds of letters and digits may be longer.
const LONGEST_SYLLABLE: usize = 16;

/// A word that is being folded, character by character.
#[derive(Debug, Default)]
pub(super) struct Word {
    letters: [char; LONGEST_SYLLABLE],
    count: usize,
}

impl Word {
    /// Adds a character of the word.
    pub(super) fn push(&mut self, c: char, out: &mut String) {
        let c = fold_letter(c);
        if let Some(slot) = self.letters.get_mut(self.count) {
            *slot = c;
        } else {
            // A longer run of letters is no Vietnamese word and needs no more than lower case.
            if self.count == LONGEST_SYLLABLE {
                out.extend(self.letters.iter());
            }
            out.push(c);
        }
        self.count += 1;
    }

    /// Ends the word, if there is one, and writes what is left of it.
    pub(super) fn finish(&mut self, out: &mut String) {
        if let Some(letters) = self.letters.get_mut(..self.count) {
            move_tone(letters);
            final_y(letters);
            if let ['h', vowel @ 'ằ', 'n', 'g'] = letters {
                *vowel = 'à';
            }
            letters.iter().for_each(|c| out.push(*c));
        }
        self.count = 0;
    }
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

/// `oà` → `òa`, `oè` → `òe`, `uỳ` → `ùy`, wherever they stand: both spellings meet in one form.
fn move_tone(word: &mut [char]) {
    for at in 1..word.len() {
        if let (Some(&first), Some(&second)) = (word.get(at - 1), word.get(at))
            && let Some((marked, base)) = tone_pair(first, second)
            && let Some(pair) = word.get_mut(at - 1..=at)
        {
            pair.copy_from_slice(&[marked, base]);
        }
    }
}

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

/// `kỳ` → `kì`: a lone `y` after one of h, k, l, m, s, t is spelled either way.
fn final_y(word: &mut [char]) {
    if let [consonant, vowel] = word
        && takes_either_i(*consonant)
    {
        *vowel = match *vowel {
            'y' => 'i',
            'ỳ' => 'ì',
            'ý' => 'í',
            'ỷ' => 'ỉ',
            'ỹ' => 'ĩ',
            'ỵ' => 'ị',
            other => other,
        };
    }
}

/// Consonants behind which a lone `y` is spelled `i` as well.
fn takes_either_i(consonant: char) -> bool {
    matches!(consonant, 'h' | 'k' | 'l' | 'm' | 's' | 't')
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
