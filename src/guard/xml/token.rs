//! The pieces that a part falls into.
//!
//! Start tags, end tags and text are nearly all of a part; they are found here with few looks at each byte. What is rare
//! (comments, instructions, references, CDATA, document types) or damaged is left to quick-xml, set down at its place.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// A piece of a part.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Start(Tag<'a>),
    Empty(Tag<'a>),
    /// An end tag, by the name in it.
    End(&'a [u8]),
    Text(&'a [u8]),
    CData(&'a [u8]),
    Reference(BytesRef<'a>),
    /// A comment or a processing instruction.
    Remark,
    Declaration,
    DocType,
    Eof,
}

/// What stands between the angle brackets of a start tag, without the stroke of an empty element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    pub text: &'a [u8],
    /// Bytes of the name.
    pub name: usize,
    /// An attribute may declare a namespace.
    pub declares: bool,
}

impl<'a> Tag<'a> {
    /// What follows the name.
    pub fn attributes(&self) -> &'a [u8] {
        self.text.get(self.name..).unwrap_or_default()
    }
}

/// The piece at `at`, which moves behind it; `open` is the name of the innermost open element.
///
/// # Errors
/// What quick-xml has to say, and where.
#[inline]
pub(super) fn next<'a>(source: &'a [u8], at: &mut usize, open: &[u8]) -> Result<Token<'a>, (u64, quick_xml::Error)> {
    let rest = source.get(*at..).unwrap_or_default();
    match rest {
        [b'<', b'/', end @ ..] => {
            // An end tag is known by its name; the rare ones with blanks or without a partner are left to quick-xml.
            if let Some((name, b">")) = end.get(..=open.len()).and_then(|end| end.split_at_checked(open.len()))
                && name == open
            {
                *at += open.len() + 3;
                return Ok(Token::End(name));
            }
            slow(source, at)
        }
        [b'<', b'!' | b'?', ..] => slow(source, at),
        [b'<', tag @ ..] => {
            let Some((end, tag)) = start_tag(tag) else { return slow(source, at) };
            *at += end + 2;
            Ok(tag)
        }
        [b'&', ..] => slow(source, at),
        [] => Ok(Token::Eof),
        text => {
            let length = memchr::memchr2(b'<', b'&', text).unwrap_or(text.len());
            *at += length;
            Ok(Token::Text(text.get(..length).unwrap_or_default()))
        }
    }
}

/// The start tag that these bytes begin with, behind its angle bracket, and the place of the bracket that ends it; `None`
/// where that takes a closer look.
#[inline]
pub(super) fn start_tag(bytes: &[u8]) -> Option<(usize, Token<'_>)> {
    let mut name = 0;
    let first = loop {
        match bytes.get(name)? {
            b' ' | b'>' | b'\r' | b'\n' | b'\t' => break name,
            b'"' | b'\'' => return None,
            _ => name += 1,
        }
    };
    let mut at = first;
    let mut declares = false;
    let end = loop {
        let blanks = bytes.get(at..)?.iter().take_while(|byte| matches!(byte, b' ' | b'\r' | b'\n' | b'\t')).count();
        declares |= blanks > 0 && bytes.get(at + blanks..)?.starts_with(b"xmlns");
        let mark = quote_or_end(bytes, at)?;
        let &quote = bytes.get(mark)?;
        if quote == b'>' {
            break mark;
        }
        at = 1 + position(bytes, mark + 1, quote)?;
    };
    let text = bytes.get(..end)?;
    Some(match text.split_last() {
        Some((b'/', text)) => (end, Token::Empty(Tag { text, name: name.min(text.len()), declares })),
        _ => (end, Token::Start(Tag { text, name, declares })),
    })
}

const LOW: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// A number with the high bit of the first byte set that equals `byte`, and perhaps of others behind it.
#[inline]
fn equal(eight: u64, byte: u8) -> u64 {
    let other = eight ^ (LOW * u64::from(byte));
    other.wrapping_sub(LOW) & !other
}

/// The first such byte from `at` on, eight bytes at a time: values are short.
#[inline]
pub(super) fn position(bytes: &[u8], mut at: usize, byte: u8) -> Option<usize> {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let found = equal(u64::from_le_bytes(*eight), byte) & HIGH;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    bytes.get(at..)?.iter().position(|&other| other == byte).map(|more| at + more)
}

/// The first quotation mark or closing angle bracket from `at` on.
#[inline]
fn quote_or_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let eight = u64::from_le_bytes(*eight);
        let found = (equal(eight, b'"') | equal(eight, b'\'') | equal(eight, b'>')) & HIGH;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    bytes.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>')).map(|more| at + more)
}

#[cold]
#[inline(never)]
fn slow<'a>(source: &'a [u8], at: &mut usize) -> Result<Token<'a>, (u64, quick_xml::Error)> {
    let mut reader = Reader::from_reader(source.get(*at..).unwrap_or_default());
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let event = reader.read_event();
    let base = *at as u64;
    *at += usize::try_from(reader.buffer_position()).unwrap_or_default();
    let of = |piece: &[u8]| {
        let start = (piece.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
        source.get(start..start + piece.len()).unwrap_or_default()
    };
    Ok(match event.map_err(|error| (base + reader.error_position(), error))? {
        Event::Start(tag) => Token::Start(Tag { text: of(&tag), name: tag.name().0.len(), declares: true }),
        Event::Empty(tag) => Token::Empty(Tag { text: of(&tag), name: tag.name().0.len(), declares: true }),
        Event::End(end) => Token::End(of(end.name().0)),
        Event::Text(text) => Token::Text(of(&text)),
        Event::CData(text) => Token::CData(of(&text)),
        Event::GeneralRef(reference) => Token::Reference(reference),
        Event::Comment(_) | Event::PI(_) => Token::Remark,
        Event::Decl(_) => Token::Declaration,
        Event::DocType(_) => Token::DocType,
        Event::Eof => Token::Eof,
    })
}
