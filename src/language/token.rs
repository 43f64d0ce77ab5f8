//! Tokens: words, numbers and marks of a text, each with its place and the number of its folded word.

use super::fold::{Word, fold_mark, fold_word};
use super::letter;
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
    words: FxHashMap<Box<str>, Sym>,
}

impl Vocabulary {
    /// Number of a word, which becomes known; the word is folded first.
    pub fn intern(&mut self, word: &str) -> Sym {
        let folded = fold_word(word);
        if let Some(&sym) = self.words.get(folded.as_ref()) {
            return sym;
        }
        let sym = Sym(u32::try_from(self.words.len() + 1).unwrap_or_default());
        self.words.insert(folded.into(), sym);
        sym
    }

    /// Number of a folded word.
    #[must_use]
    pub fn lookup(&self, folded: &str) -> Sym {
        self.words.get(folded).copied().unwrap_or(Sym::UNKNOWN)
    }

    /// All words' numbers, the unknown word's first.
    pub fn symbols(&self) -> impl Iterator<Item = Sym> {
        (0..).map(Sym).take(self.size())
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

/// Cuts a text into tokens.
#[must_use]
pub fn tokenize(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 4);
    let mut chars = text.char_indices().peekable();
    let mut index = 0_u32;
    let mut spaced = false;
    let (mut word, mut folded) = (Word::default(), String::new());
    while let Some((byte, c)) = chars.next() {
        let start = index;
        index += 1;
        let mut token = Token {
            kind: Kind::Break,
            sym: Sym::UNKNOWN,
            start,
            end: index,
            byte_start: u32::try_from(byte).unwrap_or(u32::MAX),
            byte_end: u32::try_from(byte + c.len_utf8()).unwrap_or(u32::MAX),
            value: 0,
            spaced,
            capital: false,
            upper: false,
        };
        if c == '\n' {
            spaced = true;
            tokens.push(token);
            continue;
        }
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        spaced = false;
        if !letter::is_word(c) {
            token.kind = Kind::Mark(fold_mark(c));
            tokens.push(token);
            continue;
        }
        let (mut letters, mut digits, mut capitals) = (0_u32, 0_u32, 0_u32);
        let mut end = byte;
        folded.clear();
        let mut take = |c: char, at: usize| {
            end = at + c.len_utf8();
            word.push(c, &mut folded);
            if let Some(digit) = c.to_digit(10) {
                digits += 1;
                token.value = token.value.saturating_mul(10).saturating_add(digit);
            } else {
                letters += 1;
                capitals += u32::from(letter::is_capital(c));
            }
        };
        take(c, byte);
        let mut small_letters = u32::from(!c.is_ascii_digit());
        while let Some(&(at, next)) = chars.peek() {
            // `ngày20/9`: small letters and digits that a fault has glued.
            let glued = small_letters >= 3 && next.is_ascii_digit();
            if !letter::is_word(next) || glued {
                break;
            }
            small_letters = if small_letters > 0 && !next.is_ascii_digit() && !letter::is_capital(next) {
                small_letters + 1
            } else {
                0
            };
            take(next, at);
            chars.next();
            index += 1;
        }
        token.end = index;
        token.byte_end = u32::try_from(end).unwrap_or(u32::MAX);
        token.capital = letter::is_capital(c);
        token.upper = letters >= 2 && capitals == letters;
        token.kind = match (letters, digits) {
            (0, _) => Kind::Digits,
            (_, 0) => Kind::Word,
            _ => Kind::Mixed,
        };
        word.finish(&mut folded);
        if letters > 0 {
            token.sym = vocabulary.lookup(&folded);
        }
        tokens.push(token);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks_keep_their_places() {
        let mut vocabulary = Vocabulary::default();
        let ngay = vocabulary.intern("ngày");
        let text = "Trước ngày 05/9/2022, số 06A/HD–BTV";
        let tokens = tokenize(text, &vocabulary);
        let words: Vec<&str> = tokens.iter().map(|t| t.text(text)).collect();
        assert_eq!(words, ["Trước", "ngày", "05", "/", "9", "/", "2022", ",", "số", "06A", "/", "HD", "–", "BTV"]);
        assert_eq!(tokens[1].sym, ngay);
        assert_eq!((tokens[1].start, tokens[1].end), (6, 10));
        assert_eq!(tokens[6].value, 2022);
        assert!(tokens[12].is('-'));
        assert!(tokens[13].upper && !tokens[0].upper && tokens[0].capital);
    }
}
