//! Plain text: lines become paragraphs, columns flattened by blanks or tabs become cells again.

pub(super) mod columns;
pub(super) mod emphasis;
mod left_over;
pub(super) mod lines;
pub(super) mod paragraphs;
pub(super) mod pipes;

use crate::guard::Limits;
use crate::language::encoding;
use crate::model::{Document, Finding, InputError, Source};
use crate::read::gaps;
use paragraphs::Breaks;
use std::borrow::Cow;

/// Reads a plain text.
///
/// # Errors
/// [`InputError::Empty`] without any letter or digit, [`InputError::TooLarge`] beyond the limits,
/// [`InputError::Unsupported`] for bytes that are no text.
pub fn read(mut source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let (text, mut notices) = decode(&mut source, bytes, limits)?;
    let lines = lines::lines(&text, emphasis::strip);
    let blocks = paragraphs::blocks(pipes::take_apart(lines, limits)?, Breaks::Hard);
    notices.extend(left_over::notices(&text, &blocks));
    Ok(Document { source, blocks, notices })
}

/// Bytes to text, with the checks that every text format shares; notes the encoding in `source`.
pub(super) fn decode<'a>(
    source: &mut Source,
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<(Cow<'a, str>, Vec<Finding>), InputError> {
    if bytes.len() as u64 > limits.input_bytes {
        return Err(InputError::TooLarge { what: "input bytes", limit: limits.input_bytes });
    }
    let decoded = encoding::decode(bytes);
    let notices = gaps::note_encoding(source, &decoded);
    let text = decoded.text;
    if text.len() > limits.characters && text.chars().count() > limits.characters {
        return Err(InputError::TooLarge { what: "characters", limit: limits.characters as u64 });
    }
    if is_binary(&text) {
        return Err(InputError::Unsupported { found: "binary data" });
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(InputError::Empty);
    }
    Ok((text, notices))
}

/// More than one in twenty of the first characters is a control character or undecodable.
fn is_binary(text: &str) -> bool {
    let (mut odd, mut all) = (0_usize, 0_usize);
    for c in text.chars().take(4096) {
        all += 1;
        odd += usize::from(c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C')));
    }
    odd * 20 > all
}

#[cfg(test)]
mod tests;
