//! Start tags and their attributes.

use super::Namespace;
use super::token::position;
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
        let (_, value) = attributes(self.raw_attributes()).find(|(key, _)| is_named(key, local))?;
        unescaped(value)
    }

    /// Values of several attributes, found in one go; see [`Element::attribute`].
    #[must_use]
    pub fn attributes<const N: usize>(&self, locals: [&[u8]; N]) -> [Option<Cow<'a, str>>; N] {
        let mut values = [None; N];
        for (key, value) in attributes(self.raw_attributes()) {
            for (slot, local) in values.iter_mut().zip(locals) {
                if slot.is_none() && is_named(key, local) {
                    *slot = Some(value);
                }
            }
        }
        values.map(|value| value.and_then(unescaped))
    }

    /// The attributes as they stand, for a cheap look whether one can be there at all.
    #[must_use]
    #[inline]
    pub fn raw_attributes(&self) -> &'a [u8] {
        self.tag.get(self.end..).unwrap_or_default()
    }
}

#[inline]
fn is_named(key: &[u8], local: &[u8]) -> bool {
    key.last() == local.last()
        && key.strip_suffix(local).is_some_and(|prefix| matches!(prefix.last(), None | Some(b':')))
}

#[inline]
fn unescaped(value: &[u8]) -> Option<Cow<'_, str>> {
    let value = std::str::from_utf8(value).ok()?;
    if value.bytes().all(|byte| byte != b'&') {
        return Some(Cow::Borrowed(value));
    }
    quick_xml::escape::unescape(value).ok()
}

/// Names and raw values; what does not look like an attribute ends the list.
pub(super) fn attributes(raw: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        // Names are short.
        let (key, after) = rest.split_at_checked(rest.iter().position(|&byte| byte == b'=')?)?;
        let after = after.get(1..)?.trim_ascii_start();
        let (quote, after) = after.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let (value, after) = after.split_at_checked(position(after, 0, *quote)?)?;
        rest = after.get(1..)?;
        Some((key.trim_ascii(), value))
    })
}
