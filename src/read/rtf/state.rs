//! What a group of RTF hands down to the groups in it.

use crate::read::word::look::Toggles;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Destination {
    /// The document, or a story of its own.
    #[default]
    Text,
    /// Nowhere.
    Skipped,
    Fonts,
    Styles,
    Lists,
    /// Text of a list level.
    LevelText,
    FieldCode,
    /// The label as the writing program computed it.
    ListText,
}

/// What ends with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Nothing,
    Field,
    /// A story of its own.
    Story(Apart),
    /// The group of this word in the list tables.
    List(&'static str),
    Style,
    NestedRow,
}

/// Stories of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    Header,
    Footer,
    Note,
    Comment,
    TextBox,
}

/// Properties of runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub font: i32,
    pub toggles: Toggles<bool>,
    pub deleted: bool,
}

/// Properties of paragraphs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph {
    pub style: i32,
    pub in_table: bool,
    /// Tables around the paragraph, where it says so.
    pub depth: Option<usize>,
    pub list: Option<i64>,
    pub level: u8,
    pub outline: Option<u8>,
    pub centred: bool,
    pub page_break_before: bool,
}

impl Paragraph {
    /// Tables around the paragraph.
    pub(super) fn depth(&self) -> usize {
        match self.depth {
            Some(depth) if depth > 0 => depth.min(64),
            _ => usize::from(self.in_table),
        }
    }
}

/// The state of an open group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub run: Run,
    pub paragraph: Paragraph,
    pub destination: Destination,
    pub ending: Ending,
    /// Characters that stand for one `\u` in programs without Unicode.
    pub fallback: usize,
    /// Where text went outside of a group with two spellings (`\upr`).
    pub outer: Destination,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            run: Run::default(),
            paragraph: Paragraph::default(),
            destination: Destination::Text,
            ending: Ending::Nothing,
            fallback: 1,
            outer: Destination::Text,
        }
    }
}
