//! Elements that are passed over, set aside for later, or known to be those that were just read.

use super::token::{self, Token};
use super::{Binding, Xml};
use crate::guard::Limits;
use crate::model::InputError;
use memchr::memmem::Finder;
use std::ops::Range;

/// Namespaces that hold at a place of a part.
#[derive(Debug, Clone, Default)]
pub struct Scope<'a> {
    bindings: Vec<Binding<'a>>,
    depth: usize,
}

/// An element that was set aside, without its start tag.
#[derive(Debug, Clone)]
pub struct Fragment {
    range: Range<usize>,
    /// Place of the element's name.
    name: Range<usize>,
}

impl<'a> Xml<'a> {
    /// Consumes the open element by searching for its end tag, without looking at what stands between: for big elements
    /// that are of no interest and never hold one of their own name.
    ///
    /// # Errors
    /// When there is no end tag.
    pub fn skip_flat(&mut self) -> Result<(), InputError> {
        if self.at_end {
            return self.skip();
        }
        let name = self.names.last().copied().unwrap_or_default();
        let rest = self.source.get(self.at..).unwrap_or_default();
        let finder = match self.flat.take() {
            Some(flat) if flat.0 == name => flat,
            _ => Box::new((name, Finder::new(&[b"</", name].concat()).into_owned())),
        };
        let (_, tag) = &**self.flat.insert(finder);
        let mut end = 0;
        loop {
            let Some(found) = rest.get(end..).and_then(|rest| tag.find(rest)) else { return Err(self.truncated()) };
            end += found;
            match rest.get(end + 2 + name.len()) {
                Some(b'>') => {
                    self.at += end + name.len() + 3;
                    self.close();
                    return Ok(());
                }
                Some(b' ' | b'\t' | b'\n' | b'\r') => {
                    self.at += end;
                    return self.skip();
                }
                _ => end += 2,
            }
        }
    }

    /// Whether the open element is one without content (`<w:rPr/>`).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.at_end
    }

    /// Consumes the siblings that follow and whose start tags begin with these bytes, each as [`Xml::skip_flat`] does.
    /// Whatever is not quite like them is left for [`Xml::child`].
    pub fn skip_alike(&mut self, start: &[u8]) {
        let Some((_, end_tag)) = self.flat.as_deref().filter(|_| !self.at_end && !start.is_empty()) else { return };
        while let Some(rest) = self.source.get(self.at..).filter(|rest| rest.starts_with(start)) {
            let Some((end, Token::Start(tag))) = rest.get(1..).and_then(token::start_tag) else { return };
            let most = self.limits.attributes.saturating_mul(5);
            if tag.declares || tag.text.len() > most || self.elements >= self.limits.nodes {
                return;
            }
            let Some(found) = rest.get(end + 2..).and_then(|content| end_tag.find(content)) else { return };
            let end = end + 2 + found + end_tag.needle().len();
            if rest.get(end) != Some(&b'>') {
                return;
            }
            self.elements += 1;
            self.at += end + 1;
        }
    }

    /// Consumes the open element if it is byte for byte the one that was remembered last in this slot, where namespaces
    /// have not changed since: neighbouring runs mostly repeat their properties.
    #[inline]
    pub fn repeats(&mut self, slot: usize) -> bool {
        let Some(Some(range)) = self.remembered.get(slot).filter(|_| !self.at_end) else { return false };
        let end = self.at + range.len();
        if self.source.get(range.clone()) != self.source.get(self.at..end) {
            return false;
        }
        self.at = end;
        self.close();
        true
    }

    /// Remembers the element that was just consumed and whose content began at `start` (see [`Xml::position`]).
    pub fn remember(&mut self, slot: usize, start: usize) {
        let range = start..self.position();
        if let Some(remembered) = self.remembered.get_mut(slot).filter(|_| !range.is_empty()) {
            *remembered = Some(range);
        }
    }

    /// Consumes the open element unread and tells where it stands, to be read later with [`Xml::fragment`].
    ///
    /// # Errors
    /// When there is no end tag.
    pub fn set_aside(&mut self) -> Result<Fragment, InputError> {
        let start = self.position();
        let name = self.range_of(self.names.last().copied().unwrap_or_default());
        self.skip_flat()?;
        Ok(Fragment { range: start..self.position(), name })
    }

    /// The namespaces at the present place.
    #[must_use]
    pub fn scope(&self) -> Scope<'a> {
        Scope { bindings: self.bindings.clone(), depth: self.depth }
    }

    /// A parser within an element that was set aside: its children come next.
    #[must_use]
    pub fn fragment(part: &'a str, text: &'a str, limits: &'a Limits, scope: &Scope<'a>, fragment: &Fragment) -> Self {
        let mut xml = Self::new(part, text, limits);
        xml.source = xml.source.get(..fragment.range.end).unwrap_or_default();
        xml.at = fragment.range.start;
        xml.names.push(xml.source.get(fragment.name.clone()).unwrap_or_default());
        xml.depth = scope.depth + 1;
        xml.bindings.clone_from(&scope.bindings);
        xml.at_end = fragment.range.is_empty();
        xml
    }
}
