//! Notes in the paper itself: a copy of a Word document with native comments at the exact words, with safe corrections
//! as tracked changes, or with these corrections made.
//!
//! ```text
//!  bytes ──origins──▶ the bytes that every character of a block comes from ──spot──▶ places between runs
//!        ──part──▶ runs split there, comments and changes put in ──package──▶ the copy
//! ```
//!
//! Everything that is not touched stays byte for byte: other parts of the package are copied as they are stored, runs are
//! split with their formatting, comments and revisions that are there stay, ids go on after theirs. Word allows comments
//! in the body only; a note on a header, a footer, a note at the foot or a text box hangs on the nearest place of the
//! body and says what it is about.
//!
//! A document in another format has no place for comments; [`plain`] writes its text as a new Word document with them.

mod comments;
mod look;
mod origins;
mod part;
mod plain;
mod run;
mod spot;
mod write;

use crate::guard::Limits;
use crate::model::{Fix, InputError, Span};
use crate::pack::Texts;

pub use plain::plain;
pub use write::annotate;

/// Something to be said at a place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The words that it is about; `None` for the whole document. An empty span is a place between two characters.
    pub span: Option<Span>,
    /// The words at the span, exactly. When they do not stand there, the note hangs on the paragraph and says so.
    pub quotation: String,
    /// The note, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// A correction that a machine may make.
    pub fix: Option<Fix>,
}

impl Note {
    /// A note on words, without a correction.
    #[must_use]
    pub fn on(span: Span, quotation: impl Into<String>, paragraphs: Vec<String>) -> Self {
        Self { span: Some(span), quotation: quotation.into(), paragraphs, fix: None }
    }
}

/// What the copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Comments only.
    #[default]
    Comment,
    /// Comments, and corrections as tracked changes.
    Suggest,
    /// No comments; corrections are made.
    Apply,
}

/// Which document the spans of the notes belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coordinates {
    /// A document whose structure was analysed ([`crate::Reading::document`]): labels stand beside the text, broken
    /// paragraphs are joined.
    #[default]
    Settled,
    /// A document as [`crate::Engine::read`] gives it.
    AsRead,
}

/// How notes are written.
#[derive(Debug, Clone)]
pub struct How<'a> {
    /// What the copy is for.
    pub mode: Mode,
    /// Which document the spans belong to.
    pub coordinates: Coordinates,
    /// Name of the author of comments and changes.
    pub author: &'a str,
    /// Initials of the author.
    pub initials: &'a str,
    /// Date of comments and changes; never the clock, `None` for none.
    pub date: Option<jiff::civil::DateTime>,
    /// Sentences of the reader's language.
    pub texts: &'a Texts,
    /// Bounds on what is read.
    pub limits: &'a Limits,
}

/// Where a note's comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At the exact words, or at the place between characters; at the beginning for the whole document.
    Words,
    /// At the nearest place where Word allows a comment; the comment says what it is about.
    Near,
    /// There is no comment: the document has no paragraph for it, or none was asked for.
    Nowhere,
}

/// What became of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Where its comment stands.
    pub anchor: Anchor,
    /// Its correction was made or is a tracked change.
    pub fixed: bool,
}

/// A copy with notes.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// The Word document.
    pub bytes: Vec<u8>,
    /// What became of each note, in their order.
    pub placed: Vec<Placed>,
    /// The document carries electronic signatures, which do not hold for a copy.
    pub is_signed: bool,
}

/// The result of making a copy.
pub type Outcome = Result<Annotated, InputError>;
