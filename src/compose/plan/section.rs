//! The plan before it is written: sections with lines and tables, every piece with its origin.

use crate::model::{Open, Origin};

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Heading `1.`
    Heading,
    /// Heading `a)`
    Subheading,
    /// Running text.
    Text,
}

impl Look {
    /// The name by which the form knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "muc",
            Self::Subheading => "tieu-muc",
            Self::Text => "doan",
        }
    }
}

/// A text with its origin.
#[derive(Debug, Clone)]
pub struct Piece {
    pub text: String,
    pub origin: Origin,
}

impl Piece {
    pub fn new(text: impl Into<String>, origin: Origin) -> Self {
        Self { text: text.into(), origin }
    }
}

/// A paragraph.
#[derive(Debug, Clone)]
pub struct Line {
    pub look: Look,
    pub piece: Piece,
}

/// A section of the plan.
#[derive(Debug, Clone, Default)]
pub struct Section {
    pub title: &'static str,
    pub lines: Vec<Line>,
    /// Rows of the table of numbers: what, who, source.
    pub targets: Vec<[Piece; 3]>,
    /// Rows of the timeline: what, own date, the parent's date, who, to whom.
    pub timeline: Vec<[Piece; 5]>,
}

impl Section {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.targets.is_empty() && self.timeline.is_empty()
    }

    pub fn heading(&mut self, text: String, origin: Origin) {
        self.lines.push(Line { look: Look::Heading, piece: Piece::new(text, origin) });
    }

    pub fn subheading(&mut self, text: String, origin: Origin) {
        self.lines.push(Line { look: Look::Subheading, piece: Piece::new(text, origin) });
    }

    pub fn text(&mut self, text: String, origin: Origin) {
        self.lines.push(Line { look: Look::Text, piece: Piece::new(text, origin) });
    }
}

/// The whole plan before it is written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub subject: Piece,
    pub opening: Vec<Piece>,
    pub sections: Vec<Section>,
    pub closing: Piece,
    pub allocations: Vec<super::Allocation>,
    pub labels: super::annex::Labels,
    pub forms: Vec<super::AnnexedForm>,
    pub open: Vec<Open>,
}

/// A value of a pack.
pub fn pack(key: &str) -> Origin {
    Origin::Pack { file: crate::pack::PLAN_WORDS_FILE.to_owned(), key: key.to_owned() }
}

/// A field of the profile.
pub fn profile(field: impl Into<String>) -> Origin {
    Origin::Profile { field: field.into() }
}

/// What follows from other values.
pub fn computed(rule: &str, inputs: Vec<Origin>) -> Origin {
    Origin::Computed { rule: rule.to_owned(), inputs }
}
