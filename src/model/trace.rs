//! Where every value of a generated document comes from. Nothing is invented: what has no origin is not printed, it stands
//! open in the document and in [`Trace::open`].

use super::Span;
use serde::Serialize;

/// Origin of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Origin {
    /// A passage of a document that was read; `text` is what stands at the span, to the letter.
    Source {
        /// Path as the user gave it.
        document: String,
        /// The place; offsets count Unicode scalar values of the block's NFC text.
        span: Span,
        /// The passage.
        text: String,
    },
    /// A field of the unit profile.
    Profile {
        /// Path of the field, e.g. `nguoi-ky[1].ho-ten`.
        field: String,
    },
    /// A cell of a list.
    Row {
        /// Path of the list.
        file: String,
        /// Sheet or table.
        #[serde(skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
        /// Row as a person sees it, from 1.
        row: u32,
        /// Heading or letter of the column.
        column: String,
        /// What the cell says.
        text: String,
    },
    /// Said on the command line.
    Given {
        /// The option, e.g. `--date`.
        option: String,
    },
    /// Follows from other values by a rule.
    Computed {
        /// Name of the rule, e.g. `largest-remainder`.
        rule: String,
        /// What it was computed from.
        inputs: Vec<Origin>,
    },
    /// A fixed sentence or value of a pack.
    Pack {
        /// Path of the data file.
        file: String,
        /// Key in it.
        key: String,
    },
}

/// A value in a generated document with its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Traced {
    /// Where it stands in the document: the template's field, or a section label.
    pub place: String,
    /// The value as printed.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// What a person still has to fill in or decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    /// Where it stands in the document.
    pub place: String,
    /// What is to be done, as a sentence in the language of the run.
    pub what: String,
    /// The passages that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Origin>,
}

/// A document that was read for a generated one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TracedSource {
    /// Path as the user gave it.
    pub path: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// What is written beside a generated document as `X.trace.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Version of this form.
    pub schema_version: u32,
    /// File name of the generated document.
    pub document: String,
    /// What was read for it, in the order given.
    pub sources: Vec<TracedSource>,
    /// Every value, in the order of the document.
    pub entries: Vec<Traced>,
    /// What is open.
    pub open: Vec<Open>,
}
