//! The one door for XML: a pull parser that bounds depth, attributes and elements, refuses document types and unknown
//! entities, knows namespaces by their URI, and takes an early end for the damage that it is.
//!
//! quick-xml hands `A &amp; B` over in three events and resolves no namespaces cheaply; readers see neither here.

mod aside;
mod decode;
mod element;
mod namespace;
mod token;

pub use aside::{Fragment, Scope};
pub use decode::decode;
pub use element::Element;
pub use namespace::Namespace;

use super::Limits;
use crate::model::InputError;
use element::attributes;
use memchr::memmem::Finder;
use quick_xml::events::BytesRef;
use std::borrow::Cow;
use std::ops::Range;
use token::{Tag, Token};

#[derive(Debug, Clone, Copy)]
struct Binding<'a> {
    prefix: &'a [u8],
    namespace: Namespace,
    depth: usize,
}

/// Pull parser over one part.
///
/// Every element that [`Xml::child`] hands out must be consumed: by `child` until it returns `None`, by
/// [`Xml::text`] or by [`Xml::skip`].
#[derive(Debug)]
pub struct Xml<'a> {
    source: &'a [u8],
    text: &'a str,
    /// Bytes of the source that were read.
    at: usize,
    /// Names of the open elements that have an end tag, as their start tags have them.
    names: Vec<&'a [u8]>,
    part: &'a str,
    limits: &'a Limits,
    bindings: Vec<Binding<'a>>,
    /// The binding that was looked up last: nearly every element of a part has the same prefix.
    last_prefix: Option<(u64, Namespace)>,
    depth: usize,
    elements: u64,
    /// The element handed out last was empty (`<w:tab/>`).
    at_end: bool,
    /// Elements that were remembered, by what they are for the reader.
    remembered: [Option<Range<usize>>; 2],
    /// The end tag that was searched for last.
    flat: Option<Box<(&'a [u8], Finder<'static>)>>,
}

impl<'a> Xml<'a> {
    /// A parser over the text of a part (see [`decode`]).
    #[must_use]
    pub fn new(part: &'a str, text: &'a str, limits: &'a Limits) -> Self {
        Self {
            source: text.as_bytes(),
            text,
            at: 0,
            names: Vec::new(),
            part,
            limits,
            bindings: Vec::new(),
            last_prefix: None,
            depth: 0,
            elements: 0,
            at_end: false,
            remembered: [None, None],
            flat: None,
        }
    }

    /// The root element.
    ///
    /// # Errors
    /// When the part is not well-formed, has no element, or exceeds a limit.
    pub fn root(&mut self) -> Result<Element<'a>, InputError> {
        loop {
            match self.token()? {
                Token::Start(tag) => return self.open(tag),
                Token::Empty(tag) => return self.open_empty(tag),
                Token::End(_) => return Err(self.malformed("an element ends that was not begun")),
                Token::Eof => return Err(self.malformed("there is no element")),
                Token::Text(text) if !text.trim_ascii().is_empty() => return Err(self.malformed("text before markup")),
                Token::CData(_) | Token::Reference(_) => return Err(self.malformed("text before markup")),
                _ => {}
            }
        }
    }

    /// The next child of the open element, or `None` when that element has ended; text between children is passed over.
    ///
    /// # Errors
    /// When the part is not well-formed, ends early, or exceeds a limit.
    pub fn child(&mut self) -> Result<Option<Element<'a>>, InputError> {
        if self.at_end {
            self.close_empty();
            return Ok(None);
        }
        loop {
            match self.token()? {
                Token::Start(tag) => return self.open(tag).map(Some),
                Token::Empty(tag) => return self.open_empty(tag).map(Some),
                Token::End(name) => {
                    self.check_end(name)?;
                    return Ok(None);
                }
                Token::Reference(reference) => {
                    self.resolve(&reference)?;
                }
                Token::Eof => return Err(self.truncated()),
                _ => {}
            }
        }
    }

    /// Like [`Xml::child`], with the text in front of the child (or of the element's end) added to `text`.
    ///
    /// # Errors
    /// When the part is not well-formed, ends early, or exceeds a limit.
    pub fn child_after(&mut self, text: &mut String) -> Result<Option<Element<'a>>, InputError> {
        if self.at_end {
            self.close_empty();
            return Ok(None);
        }
        loop {
            match self.token()? {
                Token::Start(tag) => return self.open(tag).map(Some),
                Token::Empty(tag) => return self.open_empty(tag).map(Some),
                Token::End(name) => {
                    self.check_end(name)?;
                    return Ok(None);
                }
                Token::Text(piece) | Token::CData(piece) => text.push_str(self.str(piece)?),
                Token::Reference(reference) => text.push(self.resolve(&reference)?),
                Token::Eof => return Err(self.truncated()),
                _ => {}
            }
        }
    }

    /// Adds the text of the open element to `out` and consumes the element.
    ///
    /// # Errors
    /// When the part is not well-formed, ends early, or exceeds a limit.
    pub fn text(&mut self, out: &mut String) -> Result<(), InputError> {
        self.pieces(|piece, _| out.push_str(piece))
    }

    /// The text of the open element, which is consumed; nearly always it stands in the part as it is.
    ///
    /// # Errors
    /// When the part is not well-formed, ends early, or exceeds a limit.
    #[inline]
    pub fn whole_text(&mut self) -> Result<Cow<'a, str>, InputError> {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let length = memchr::memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        let name = self.names.last().copied().unwrap_or_default();
        let behind = rest.get(length..).unwrap_or_default();
        if !self.at_end
            && let [b'<', b'/', end @ ..] = behind
            && let Some((found, [b'>'])) = end.get(..=name.len()).and_then(|end| end.split_at_checked(name.len()))
            && found == name
        {
            let text = self.text.get(self.at..self.at + length);
            let text = text.ok_or_else(|| self.malformed("text ends within a character"))?;
            self.at += length + name.len() + 3;
            self.close();
            return Ok(Cow::Borrowed(text));
        }
        let mut out = String::new();
        self.text(&mut out)?;
        Ok(Cow::Owned(out))
    }

    /// Hands out the text of the open element piece by piece, each with its place in the part, and consumes the element.
    /// A piece that is shorter than its place is one character, written as a reference.
    ///
    /// # Errors
    /// When the part is not well-formed, ends early, or exceeds a limit.
    #[inline]
    pub fn pieces(&mut self, mut each: impl FnMut(&str, Range<usize>)) -> Result<(), InputError> {
        let outer = self.depth;
        loop {
            if self.at_end {
                self.close_empty();
            } else {
                match self.token()? {
                    Token::Text(text) | Token::CData(text) => {
                        let text = self.str(text)?;
                        each(text, self.range_of(text.as_bytes()));
                    }
                    Token::Reference(reference) => {
                        let end = self.position();
                        let c = self.resolve(&reference)?;
                        // `&` and `;` stand around the name.
                        each(c.encode_utf8(&mut [0; 4]), end.saturating_sub(reference.len() + 2)..end);
                    }
                    Token::Start(tag) => {
                        self.open(tag)?;
                    }
                    Token::Empty(tag) => {
                        self.open_empty(tag)?;
                    }
                    Token::End(name) => self.check_end(name)?,
                    Token::Eof => return Err(self.truncated()),
                    _ => {}
                }
            }
            if self.depth < outer {
                return Ok(());
            }
        }
    }

    /// Consumes the open element with everything in it.
    ///
    /// # Errors
    /// When the part is not well-formed, ends early, or exceeds a limit.
    #[inline]
    pub fn skip(&mut self) -> Result<(), InputError> {
        if self.at_end {
            self.close_empty();
            return Ok(());
        }
        self.skip_children()
    }

    /// Every element is counted, so that limits stay right, but none is looked at.
    fn skip_children(&mut self) -> Result<(), InputError> {
        let outer = self.depth;
        loop {
            match self.token()? {
                Token::Start(tag) => {
                    self.names.push(tag.text.get(..tag.name).unwrap_or_default());
                    self.enter(tag)?;
                }
                Token::Empty(tag) => {
                    self.enter(tag)?;
                    self.leave();
                }
                Token::End(name) => {
                    self.check_end(name)?;
                    if self.depth < outer {
                        return Ok(());
                    }
                }
                Token::Reference(reference) => {
                    self.resolve(&reference)?;
                }
                Token::Eof => return Err(self.truncated()),
                _ => {}
            }
        }
    }

    /// Checks that nothing but blanks and comments follows the root element.
    ///
    /// # Errors
    /// When something does.
    pub fn finish(&mut self) -> Result<(), InputError> {
        loop {
            match self.token()? {
                Token::Eof => return Ok(()),
                Token::Text(text) if text.trim_ascii().is_empty() => {}
                Token::Remark => {}
                _ => return Err(self.malformed("there is content after the end")),
            }
        }
    }

    /// Whether a prefix stands for a namespace that office programs define.
    #[must_use]
    pub fn is_office_prefix(&self, prefix: &str) -> bool {
        !matches!(self.lookup(prefix.as_bytes()), Namespace::Other)
    }

    /// An error at the present place.
    #[must_use]
    pub fn malformed(&self, reason: impl Into<String>) -> InputError {
        InputError::Malformed { part: self.part.to_owned(), offset: self.position() as u64, reason: reason.into() }
    }

    /// Bytes of the part that were read.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// Where the start tag of an element of this part stands, with its angle brackets.
    #[must_use]
    pub fn place_of(&self, element: &Element) -> Range<usize> {
        let tag = self.range_of(element.tag);
        let is_empty = self.source.get(tag.end) == Some(&b'/');
        tag.start.saturating_sub(1)..tag.end + if is_empty { 2 } else { 1 }
    }

    /// The bytes of an element's start tag up to the end of its first attribute.
    #[must_use]
    pub fn first_attribute(&self, element: &Element<'a>) -> &'a [u8] {
        let tag = self.range_of(element.tag);
        let end =
            attributes(element.raw_attributes()).next().map_or(tag.start, |(_, value)| self.range_of(value).end + 1);
        self.source.get(tag.start.saturating_sub(1)..end).unwrap_or_default()
    }

    /// Place of a slice of the source.
    #[inline]
    fn range_of(&self, slice: &[u8]) -> Range<usize> {
        let start = (slice.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize);
        start..start + slice.len()
    }

    fn truncated(&self) -> InputError {
        self.malformed("it ends before its elements do")
    }

    #[inline(always)]
    fn token(&mut self) -> Result<Token<'a>, InputError> {
        let open = self.names.last().copied().unwrap_or_default();
        match token::next(self.source, &mut self.at, open) {
            Ok(Token::DocType) => Err(InputError::Doctype { part: self.part.to_owned() }),
            Ok(token) => Ok(token),
            Err((offset, error)) => Err(InputError::Malformed {
                part: self.part.to_owned(),
                offset,
                reason: format!("it is not well-formed: `{error}`"),
            }),
        }
    }

    /// The source is known to be UTF-8: what was cut from it needs no second look, only its place.
    fn str(&self, bytes: &[u8]) -> Result<&'a str, InputError> {
        self.text.get(self.range_of(bytes)).ok_or_else(|| self.malformed("text ends within a character"))
    }

    #[inline]
    fn open_empty(&mut self, tag: Tag<'a>) -> Result<Element<'a>, InputError> {
        self.at_end = true;
        self.enter(tag)?;
        Ok(self.element(tag))
    }

    #[inline]
    fn open(&mut self, tag: Tag<'a>) -> Result<Element<'a>, InputError> {
        self.names.push(tag.text.get(..tag.name).unwrap_or_default());
        self.enter(tag)?;
        Ok(self.element(tag))
    }

    #[inline]
    fn enter(&mut self, tag: Tag<'a>) -> Result<(), InputError> {
        self.depth += 1;
        self.elements += 1;
        if self.depth > self.limits.depth {
            return Err(Limits::exceeded("nesting levels", self.limits.depth as u64));
        }
        if self.elements > self.limits.nodes {
            return Err(Limits::exceeded("XML elements", self.limits.nodes));
        }
        // An attribute takes five bytes at least: ` a=""`.
        if tag.text.len() > self.limits.attributes.saturating_mul(5)
            && attributes(tag.attributes()).take(self.limits.attributes + 1).count() > self.limits.attributes
        {
            return Err(Limits::exceeded("attributes of an element", self.limits.attributes as u64));
        }
        if tag.declares { self.declare(tag.attributes()) } else { Ok(()) }
    }

    #[inline]
    fn element(&mut self, tag: Tag<'a>) -> Element<'a> {
        let name = tag.text.get(..tag.name).unwrap_or_default();
        let colon = name.iter().position(|&byte| byte == b':');
        let namespace = self.resolve_prefix(name.get(..colon.unwrap_or_default()).unwrap_or_default());
        Element { tag: tag.text, local: colon.map_or(0, |at| at + 1), end: tag.name, namespace }
    }

    #[inline]
    fn check_end(&mut self, end: &[u8]) -> Result<(), InputError> {
        if self.names.last().is_none_or(|name| *name != end) {
            return Err(
                self.malformed(format!("`</{}>` ends an element of another name", String::from_utf8_lossy(end)))
            );
        }
        self.close();
        Ok(())
    }

    #[inline]
    fn close(&mut self) {
        self.names.pop();
        self.leave();
    }

    #[inline]
    fn close_empty(&mut self) {
        self.at_end = false;
        self.leave();
    }

    /// What was declared in an element ends with it.
    #[inline]
    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.bindings.last().is_some_and(|binding| binding.depth > self.depth) {
            while self.bindings.pop_if(|binding| binding.depth > self.depth).is_some() {}
            self.last_prefix = None;
            self.remembered = [None, None];
        }
    }

    fn declare(&mut self, raw: &'a [u8]) -> Result<(), InputError> {
        for (key, value) in attributes(raw) {
            let prefix = match key {
                b"xmlns" => &b""[..],
                key => match key.strip_prefix(b"xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            let uri = quick_xml::escape::unescape(self.str(value)?)
                .map_err(|error| self.malformed(format!("it is not well-formed: `{error}`")))?;
            let namespace = Namespace::of(&uri);
            self.bindings.push(Binding { prefix, namespace, depth: self.depth });
        }
        self.last_prefix = None;
        self.remembered = [None, None];
        Ok(())
    }

    #[inline]
    fn resolve_prefix(&mut self, prefix: &[u8]) -> Namespace {
        let key = short(prefix);
        match self.last_prefix {
            Some((last, namespace)) if key == Some(last) => namespace,
            _ => {
                let namespace = self.lookup(prefix);
                self.last_prefix = key.map(|key| (key, namespace));
                namespace
            }
        }
    }

    fn lookup(&self, prefix: &[u8]) -> Namespace {
        self.bindings.iter().rfind(|binding| binding.prefix == prefix).map_or(Namespace::Other, |found| found.namespace)
    }

    fn resolve(&self, reference: &BytesRef) -> Result<char, InputError> {
        match &**reference {
            b"amp" => Ok('&'),
            b"lt" => Ok('<'),
            b"gt" => Ok('>'),
            b"quot" => Ok('"'),
            b"apos" => Ok('\''),
            _ => match reference.resolve_char_ref() {
                Ok(Some(c)) => Ok(c),
                Ok(None) => Err(self.malformed(format!("unknown entity `&{};`", String::from_utf8_lossy(reference)))),
                Err(error) => Err(self.malformed(format!("it is not well-formed: `{error}`"))),
            },
        }
    }
}

/// A prefix as a number, for quick comparison.
#[inline]
fn short(prefix: &[u8]) -> Option<u64> {
    (prefix.len() <= 8).then(|| prefix.iter().fold(0, |key, &byte| key << 8 | u64::from(byte)))
}

#[cfg(test)]
mod tests;
