//! Tokens: words, numbers and marks of a text, each with its place and the number of its folded word.

use super::fold::{Sign, fold_word, table};
use rustc_hash::FxHashMap;

/// Number of a folded word in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(u32);

impl Sym {
    /// Any word that no list and no pattern knows.
    pub const UNKNOWN: Self = Self(0);

    /// Index for tables by word.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The folded words that lists and patterns know.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// By their folded form in UTF-8.
    words: FxHashMap<Box<[u8]>, Sym>,
}

impl Vocabulary {
    /// Number of a word, which becomes known; the word is folded first.
    pub fn intern(&mut self, word: &str) -> Sym {
        let folded = fold_word(word);
        if let Some(&sym) = self.words.get(folded.as_bytes()) {
            return sym;
        }
        let sym = Sym(u32::try_from(self.words.len() + 1).unwrap_or_default());
        self.words.insert(folded.as_bytes().into(), sym);
        sym
    }

    /// Number of a folded word, given in UTF-8.
    fn lookup(&self, folded: &[u8]) -> Sym {
        self.words.get(folded).copied().unwrap_or(Sym::UNKNOWN)
    }

    /// Known words, plus one for the unknown.
    #[must_use]
    pub fn size(&self) -> usize {
        self.words.len() + 1
    }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Digits,
    /// Letters and digits (`06A`, `QH15`).
    Mixed,
    /// One character that is neither, folded.
    Mark(char),
    /// A line break.
    Break,
}

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is made of.
    pub kind: Kind,
    /// The word's number; [`Sym::UNKNOWN`] for what is not a word.
    pub sym: Sym,
    /// First character in the text, in Unicode scalar values.
    pub start: u32,
    /// One past the last character, in Unicode scalar values.
    pub end: u32,
    /// First byte in the text.
    pub byte_start: u32,
    /// One past the last byte in the text.
    pub byte_end: u32,
    /// The value of digits (saturating).
    pub value: u32,
    /// Blanks stand before it.
    pub spaced: bool,
    /// The word begins with a capital.
    pub capital: bool,
    /// The word has at least two letters and all are capitals.
    pub upper: bool,
    /// The word holds a capital beyond ASCII.
    pub accented_capital: bool,
}

impl Token {
    /// Whether it is this mark.
    #[must_use]
    pub fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// Length in characters.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.end - self.start
    }

    /// The token's characters.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.byte_start as usize..self.byte_end as usize).unwrap_or_default()
    }
}

/// The words met so far, as they are written: a language has few, and looking one up is faster than folding it again.
/// What is known changes how fast a text is cut, never how.
#[derive(Debug, Default)]
pub struct Words {
    /// By their bytes in one number, which a table finds at once.
    known: FxHashMap<u128, Known>,
}

/// What a word of letters alone gives its token.
#[derive(Debug, Clone, Copy)]
struct Known {
    sym: Sym,
    width: u32,
    capital: bool,
    upper: bool,
    accented_capital: bool,
}

impl Words {
    /// So many words are remembered at most.
    const MOST: usize = 20_000;

    /// Cuts a text into tokens; always with the same vocabulary.
    #[must_use]
    pub fn tokenize(&mut self, text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
        let mut tokens = Vec::new();
        self.tokenize_into(&mut tokens, text, vocabulary);
        tokens
    }

    /// As [`Words::tokenize`], in the place of the tokens of another text.
    pub fn tokenize_into(&mut self, tokens: &mut Vec<Token>, text: &str, vocabulary: &Vocabulary) {
        let table = table();
        tokens.clear();
        tokens.reserve(text.len() / 5 + 4);
        let bytes = text.as_bytes();
        let sign_at = |at: usize| match bytes.get(at) {
            Some(&byte) if byte < 0x80 => Some(table.ascii(byte)),
            _ => text.get(at..).and_then(|rest| rest.chars().next()).map(|c| table.sign(c)),
        };
        let mut at = 0;
        let mut index = 0_u32;
        let mut spaced = false;
        let mut word = Word::EMPTY;
        while let Some(first) = sign_at(at) {
            let (byte_start, start) = (at, index);
            at += first.source();
            index += 1;
            let line_end = bytes.get(byte_start) == Some(&b'\n');
            if first.is(Sign::BLANK) && !line_end {
                spaced = true;
                continue;
            }
            let mut token = Token {
                kind: Kind::Break,
                sym: Sym::UNKNOWN,
                start,
                end: index,
                byte_start: to_u32(byte_start),
                byte_end: to_u32(at),
                value: 0,
                spaced,
                capital: false,
                upper: false,
                accented_capital: false,
            };
            spaced = line_end;
            if !first.is(Sign::WORD) {
                if !line_end {
                    token.kind = Kind::Mark(first.char());
                }
                tokens.push(token);
                continue;
            }
            let plain_end = plain_word(bytes, byte_start);
            let key = plain_end.and_then(|end| key(bytes, byte_start, end));
            let known = key.and_then(|key| self.known.get(&key));
            if let (Some(known), Some(end)) = (known, plain_end) {
                at = end;
                index = start + known.width;
                token.kind = Kind::Word;
                token.sym = known.sym;
                (token.end, token.byte_end) = (index, to_u32(end));
                (token.capital, token.upper) = (known.capital, known.upper);
                token.accented_capital = known.accented_capital;
                tokens.push(token);
                continue;
            }
            word.clear();
            let (mut letters, mut digits, mut capitals) = (0_u32, 0_u32, 0_u32);
            let mut next = Some(first);
            while let Some(sign) = next {
                word.push(sign);
                if sign.is(Sign::DIGIT) {
                    digits += 1;
                    token.value = token.value.saturating_mul(10).saturating_add(sign.digit());
                } else {
                    letters += 1;
                    capitals += u32::from(sign.is(Sign::CAPITAL));
                    token.accented_capital |= sign.is(Sign::CAPITAL) && sign.source() > 1;
                }
                next = sign_at(at).filter(|sign| {
                    // `ngày20/9`: small letters and digits that a fault has glued.
                    let small = digits == 0 && letters >= 3 && capitals == u32::from(first.is(Sign::CAPITAL));
                    sign.is(Sign::WORD) && !(small && sign.is(Sign::DIGIT))
                });
                at += next.map_or(0, Sign::source);
            }
            token.end = start + letters + digits;
            index = token.end;
            token.byte_end = to_u32(at);
            token.capital = first.is(Sign::CAPITAL);
            token.upper = letters >= 2 && capitals == letters;
            token.kind = match (letters, digits) {
                (0, _) => Kind::Digits,
                (_, 0) => Kind::Word,
                _ => Kind::Mixed,
            };
            if letters > 0 {
                token.sym = match word.folded() {
                    Some(folded) => vocabulary.lookup(folded),
                    None => vocabulary.lookup(fold_word(text.get(byte_start..at).unwrap_or_default()).as_bytes()),
                };
            }
            if let Some(key) = key
                && plain_end == Some(at)
                && self.known.len() < Self::MOST
            {
                let known = Known {
                    sym: token.sym,
                    width: token.width(),
                    capital: token.capital,
                    upper: token.upper,
                    accented_capital: token.accented_capital,
                };
                self.known.insert(key, known);
            }
            tokens.push(token);
        }
    }
}

/// The bytes of a word as one number; `None` for a word that is longer than any Vietnamese one.
fn key(bytes: &[u8], start: usize, end: usize) -> Option<u128> {
    let length = (end - start).min(17);
    let spare = 16_u32.checked_sub(u32::try_from(length).ok()?)? * 8;
    Some(match bytes.get(start..).and_then(|rest| rest.first_chunk()) {
        // What stands behind the word is shifted out.
        Some(chunk) => u128::from_be_bytes(*chunk) >> spare,
        None => bytes.get(start..end)?.iter().fold(0, |key, byte| key << 8 | u128::from(*byte)),
    })
}

/// Where a word ends that is made of Latin letters alone, as the first bytes of its characters tell; `None` when
/// something else stands in it.
fn plain_word(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += match bytes.get(at..) {
            Some([b'a'..=b'z' | b'A'..=b'Z', ..]) => 1,
            // U+00C0 to U+01FF, but for the signs of multiplication and division.
            Some([0xC3, second, ..]) if !matches!(second, 0x97 | 0xB7) => 2,
            Some([0xC4..=0xC7, _, ..]) => 2,
            Some([0xE1, 0xBA | 0xBB, _, ..]) => 3,
            None | Some([] | [0..=0x2F | 0x3A..=0x7F, ..]) => return (at > start).then_some(at),
            // Dashes, quotation marks and the like, U+2000 to U+203F.
            Some([0xE2, 0x80, ..]) => return (at > start).then_some(at),
            // A digit, or a character that its first bytes do not tell.
            _ => return None,
        };
    }
}

/// A word on its way into the vocabulary: its letters folded one by one, which is all that most words need.
#[derive(Debug)]
struct Word {
    bytes: [u8; Self::ROOM],
    length: usize,
    /// Letters may have to change together.
    whole: bool,
}

impl Word {
    /// Bytes of the longest Vietnamese syllables, and four more to write a letter in one go.
    const ROOM: usize = 36;

    const EMPTY: Self = Self { bytes: [0; Self::ROOM], length: 0, whole: false };

    fn clear(&mut self) {
        (self.length, self.whole) = (0, false);
    }

    fn push(&mut self, sign: Sign) {
        let (bytes, width) = sign.bytes();
        let last = self.length.checked_sub(1).and_then(|at| self.bytes.get(at)).copied().unwrap_or_default();
        self.whole |= sign.may_change_behind(last);
        match self.bytes.get_mut(self.length..self.length + bytes.len()) {
            Some(room) => {
                room.copy_from_slice(&bytes);
                self.length += width;
            }
            None => self.whole = true,
        }
    }

    /// The folded word, unless it has to be folded as a whole.
    fn folded(&self) -> Option<&[u8]> {
        self.bytes.get(..self.length).filter(|_| !self.whole)
    }
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks_keep_their_places() {
        let mut vocabulary = Vocabulary::default();
        let ngay = vocabulary.intern("ngày");
        let text = "Trước ngày 05/9/2022, số 06A/HD–BTV";
        let tokens = Words::default().tokenize(text, &vocabulary);
        let words: Vec<&str> = tokens.iter().map(|t| t.text(text)).collect();
        assert_eq!(words, ["Trước", "ngày", "05", "/", "9", "/", "2022", ",", "số", "06A", "/", "HD", "–", "BTV"]);
        assert_eq!(tokens[1].sym, ngay);
        assert_eq!((tokens[1].start, tokens[1].end), (6, 10));
        assert_eq!(tokens[6].value, 2022);
        assert!(tokens[12].is('-'));
        assert!(tokens[13].upper && !tokens[0].upper && tokens[0].capital);
    }

    #[test]
    fn words_met_before_are_cut_as_new_ones() {
        let vocabulary = Vocabulary::default();
        let mut words = Words::default();
        for c in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("ab{c}d Hội{c} {c}Ấp ngày{c}20/9");
            let first = words.tokenize(&text, &vocabulary);
            assert_eq!(first, words.tokenize(&text, &vocabulary), "{c:?} {:x}", u32::from(c));
            assert_eq!(first, Words::default().tokenize(&text, &vocabulary), "{c:?} {:x}", u32::from(c));
            let letters: String = first.iter().map(|token| token.text(&text)).collect();
            assert_eq!(letters, text.chars().filter(|c| !c.is_whitespace() || *c == '\n').collect::<String>());
        }
    }
}
