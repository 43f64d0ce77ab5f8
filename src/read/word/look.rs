//! What a run of text looks like, as far as a reader of the text can tell.

use super::symbols::Font;

/// On/off properties; in styles they cancel each other, at a run they are absolute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read) struct Toggles<T> {
    pub bold: T,
    pub italic: T,
    pub capitals: T,
    pub hidden: T,
}

impl<T: Copy> Toggles<T> {
    pub(in crate::read) fn with<U: Copy, V>(self, other: Toggles<U>, join: impl Fn(T, U) -> V) -> Toggles<V> {
        Toggles {
            bold: join(self.bold, other.bold),
            italic: join(self.italic, other.italic),
            capitals: join(self.capitals, other.capitals),
            hidden: join(self.hidden, other.hidden),
        }
    }
}

/// What a run looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read) struct RunLook {
    pub toggles: Toggles<bool>,
    pub font: Font,
}
