//! Start tags and their attributes.

use super::Namespace;
use std::borrow::Cow;

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a> {
    /// Name and attributes as they stand.
    pub(super) tag: &'a [u8],
    /// Where the name without prefix begins and ends.
    pub(super) local: usize,
    pub(super) end: usize,
    /// Namespace of the element.
    pub namespace: Namespace,
}

impl<'a> Element<'a> {
    /// Name without prefix.
    #[must_use]
    #[inline]
    pub fn name(&self) -> &'a [u8] {
        self.tag.get(self.local..self.end).unwrap_or_default()
    }

    /// Value of the attribute of this local name, whatever its prefix.
    #[must_use]
    pub fn attribute(&self, local: &[u8]) -> Option<Cow<'a, str>> {
        let (_, value) = attributes(self.raw_attributes()).find(|(key, _)| {
            key.strip_suffix(local).is_some_and(|prefix| matches!(prefix.last(), None | Some(b':')))
        })?;
        let value = std::str::from_utf8(value).ok()?;
        quick_xml::escape::unescape(value).ok()
    }

    /// The attributes as they stand, for a cheap look whether one can be there at all.
    #[must_use]
    #[inline]
    pub fn raw_attributes(&self) -> &'a [u8] {
        self.tag.get(self.end..).unwrap_or_default()
    }
}

/// Names and raw values; what does not look like an attribute ends the list.
pub(super) fn attributes(raw: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        let (key, after) = rest.split_at_checked(memchr::memchr(b'=', rest)?)?;
        let after = after.get(1..)?.trim_ascii_start();
        let (quote, after) = after.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let (value, after) = after.split_at_checked(memchr::memchr(*quote, after)?)?;
        rest = after.get(1..)?;
        Some((key.trim_ascii(), value))
    })
}
