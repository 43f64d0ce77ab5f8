//! RTF as tokens: groups, control words, text.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// `\word`, `\word12`.
    Word(&'b str, Option<i32>),
    /// `\~`, `\*`; a line end behind a backslash is `\n`.
    Symbol(u8),
    /// `\'hh`.
    Byte(u8),
    /// Text as it stands, without line ends.
    Text(&'b [u8]),
    /// `\binN` with its bytes.
    Binary,
}

/// Longest control word of the format is much shorter.
const LONGEST_WORD: usize = 64;

/// Cuts a file into tokens; never fails, never reads a byte twice.
#[derive(Debug)]
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Offset of the next token.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Token<'b> {
        let Some(first) = self.peek() else { return Token::Symbol(0) };
        if first.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        match first {
            b'\'' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                let (high, low) = (digit(self.peek()), digit(self.bytes.get(self.at + 1).copied()));
                match (high, low) {
                    (Some(high), Some(low)) => {
                        self.at += 2;
                        Token::Byte(u8::try_from(high * 16 + low).unwrap_or_default())
                    }
                    _ => Token::Symbol(0),
                }
            }
            b'\r' | b'\n' => {
                if first == b'\r' && self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                Token::Symbol(b'\n')
            }
            symbol => Token::Symbol(symbol),
        }
    }

    fn word(&mut self) -> Token<'b> {
        let start = self.at;
        while self.at - start < LONGEST_WORD && self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        let number_at = self.at;
        if self.peek() == Some(b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let mut digits = 0;
        while digits < 10 && self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
            digits += 1;
        }
        let number = self.bytes.get(number_at..self.at).and_then(|number| std::str::from_utf8(number).ok());
        let number = number.and_then(|number| number.parse::<i64>().ok());
        let number = number.map(|number| i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX }));
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            let len = usize::try_from(number.unwrap_or_default()).unwrap_or_default();
            self.at = self.at.saturating_add(len).min(self.bytes.len());
            return Token::Binary;
        }
        Token::Word(word, number)
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return Some(self.control());
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                b'\t' => {
                    self.at += 1;
                    return Some(Token::Word("tab", None));
                }
                _ => {
                    let rest = self.bytes.get(self.at..)?;
                    let is_end = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\t' | 0);
                    let len = rest.iter().position(is_end).unwrap_or(rest.len());
                    self.at += len;
                    return Some(Token::Text(rest.get(..len)?));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_bytes_and_text() {
        let tokens: Vec<Token> = Tokens::new(b"{\\rtf1\\u-10?\\'e1 x\r\ny\\~\\bin3 {{{\\par}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("u", Some(-10)),
                Token::Text(b"?"),
                Token::Byte(0xE1),
                Token::Text(b" x"),
                Token::Text(b"y"),
                Token::Symbol(b'~'),
                Token::Binary,
                Token::Word("par", None),
                Token::Close,
            ]
        );
    }

    #[test]
    fn what_is_cut_off_ends() {
        for bytes in [&b"\\"[..], b"\\'", b"\\'a", b"\\bin999999999 x", b"\\u99999999999999", b"\\u-"] {
            assert!(Tokens::new(bytes).count() < 10);
        }
    }
}
