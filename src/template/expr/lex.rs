//! Tokens of an expression. Quotation marks that Word has curled count as straight ones.

use super::parse::SyntaxError;

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Name(String),
    Str(String),
    Number(String),
    Op(&'static str),
}

#[derive(Debug, Clone)]
pub struct Spanned {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

const OPERATORS: [&str; 32] = [
    "**", "//", "==", "!=", "<=", ">=", "?.", "&&", "||", "+", "-", "*", "/", "%", "~", "<", ">", "=", "|", ".", ",",
    ":", ";", "(", ")", "[", "]", "{", "}", "!", "?", "@",
];

/// `true` for a mark that opens or closes a text in double quotation marks.
pub fn is_double_quote(mark: char) -> bool {
    matches!(mark, '"' | '“' | '”' | '„' | '‟')
}

/// `true` for a mark that opens or closes a text in single quotation marks.
pub fn is_single_quote(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‛')
}

/// Byte length of the quoted text at the start of `text`, marks included; `None` when it is not closed.
///
/// A text that opens with a straight mark closes with the next straight one, so that curled marks may stand inside;
/// only when there is none does a curled one close it.
pub fn quoted_len(text: &str) -> Option<usize> {
    let open = text.chars().next()?;
    let (straight, family): (char, fn(char) -> bool) =
        if is_double_quote(open) { ('"', is_double_quote) } else { ('\'', is_single_quote) };
    let find = |closes: &dyn Fn(char) -> bool| {
        let mut escaped = false;
        for (at, mark) in text.char_indices().skip(1) {
            match mark {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if closes(mark) => return Some(at + mark.len_utf8()),
                _ => {}
            }
        }
        None
    };
    if open == straight { find(&|mark| mark == straight).or_else(|| find(&family)) } else { find(&family) }
}

pub fn tokens(text: &str) -> Result<Vec<Spanned>, SyntaxError> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let mark = rest.chars().next().unwrap_or(' ');
        let (token, len) = if mark.is_whitespace() || is_invisible(mark) {
            at += mark.len_utf8();
            continue;
        } else if is_double_quote(mark) || is_single_quote(mark) {
            let len = quoted_len(rest).ok_or(SyntaxError::new("unclosed-text", at, text.len()))?;
            (Token::Str(unquote(rest.get(..len).unwrap_or_default())), len)
        } else if mark.is_ascii_digit() {
            number(rest)
        } else if mark.is_alphabetic() || mark == '_' {
            let len = rest.find(|c: char| !is_name_part(c)).unwrap_or(rest.len());
            let name: String = unicode_normalization::UnicodeNormalization::nfc(rest.get(..len).unwrap_or_default())
                .filter(|c| !is_invisible(*c))
                .collect();
            (Token::Name(name), len)
        } else if let Some(op) = OPERATORS.iter().find(|op| rest.starts_with(**op)) {
            (Token::Op(op), op.len())
        } else if mark == '–' || mark == '−' {
            (Token::Op("-"), mark.len_utf8())
        } else {
            return Err(SyntaxError::with("unknown-mark", at, at + mark.len_utf8(), mark));
        };
        out.push(Spanned { token, start: at, end: at + len });
        at += len;
    }
    Ok(out)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_invisible(c) || matches!(c, '\u{300}'..='\u{36f}')
}

fn number(rest: &str) -> (Token, usize) {
    let digits = |text: &str| text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'_').count();
    let mut len = digits(rest);
    if rest.as_bytes().get(len) == Some(&b'.') && rest.as_bytes().get(len + 1).is_some_and(u8::is_ascii_digit) {
        len += 1 + digits(rest.get(len + 1..).unwrap_or_default());
    }
    (Token::Number(rest.get(..len).unwrap_or_default().replace('_', "")), len)
}

fn unquote(quoted: &str) -> String {
    let mut chars = quoted.chars();
    chars.next();
    chars.next_back();
    let mut out = String::with_capacity(quoted.len());
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => {}
                Some('a') => out.push('\u{7}'),
                Some('f') => out.push('\u{c}'),
                Some(other @ ('\\' | '\'' | '"' | '/')) => out.push(other),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
    out
}
