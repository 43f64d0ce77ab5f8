//! Web pages: tokens of html5ever become paragraphs, list entries and table cells in one pass.
//!
//! No tree is built, so that nesting costs nothing; what decides is where blocks begin and end.

mod fonts;
mod lists;
mod sink;
mod tables;

use super::clean::tidy;
use crate::guard::Limits;
use crate::language::encoding;
use crate::model::{Document, InputError, Source};
use crate::read::gaps;
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use sink::Sink;

/// Reads a web page.
///
/// # Errors
/// [`InputError::Empty`] without any text, [`InputError::TooLarge`] beyond the limits.
pub fn read(mut source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    if bytes.len() as u64 > limits.input_bytes {
        return Err(InputError::TooLarge { what: "input bytes", limit: limits.input_bytes });
    }
    let mut decoded = encoding::decode_as_written(bytes, charset(bytes));
    // Where fonts tell how letters are encoded, they are decoded by font and not by guess.
    let by_font = fonts::are_named(&decoded.text);
    if !by_font {
        decoded = encoding::decode_labelled(bytes, charset(bytes));
    }
    let notices = gaps::note_encoding(&mut source, &decoded);
    if longest_tag(&decoded.text) > ATTRIBUTES {
        return Err(InputError::TooLarge { what: "attributes of an element", limit: ATTRIBUTES as u64 });
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&decoded.text));
    let tokenizer = Tokenizer::new(Sink::new(limits), TokenizerOpts::default());
    // A script or an encoding declaration interrupts the tokenizer; neither changes anything here.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let (blocks, found) = tokenizer.sink.into_blocks()?;
    if blocks.is_empty() {
        return Err(InputError::Empty);
    }
    let mut document = Document { source, blocks, notices };
    if by_font {
        let base = std::mem::take(&mut document.source.encoding);
        gaps::settle(&mut document, &base, &found);
    }
    Ok(document)
}

/// Attributes of one element at most; the tokenizer compares each with all before it.
const ATTRIBUTES: usize = 4_096;

/// Upper bound of the attributes of any tag: blanks and slashes between `<` and `>`, outside of quoted values.
fn longest_tag(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut most = 0;
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let mut next = from + at + 1;
        from = next;
        if !bytes.get(next).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut parts = 0;
        let mut valued = false;
        while let Some(&byte) = bytes.get(next) {
            next += 1;
            match byte {
                b'>' => break,
                b'"' | b'\'' if valued => {
                    let Some(end) = bytes.get(next..).and_then(|rest| memchr::memchr(byte, rest)) else { break };
                    next += end + 1;
                    valued = false;
                }
                b'=' => valued = true,
                b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => parts += 1,
                _ => valued = false,
            }
        }
        most = most.max(parts);
        from = next;
    }
    most
}

/// The encoding that a page names in its first bytes.
fn charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(1024))?;
    let at = memchr::memmem::find(head, b"charset=")? + "charset=".len();
    let value = head.get(at..)?;
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    value.split(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_')).next()
}

/// Text of a block as every reader gives it, without blanks at the ends of its lines.
fn settled(text: &str) -> String {
    let text = tidy(text.to_owned());
    if !text.contains('\n') {
        return text;
    }
    text.split('\n').map(str::trim).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
