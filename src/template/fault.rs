//! What is wrong with a template, and where, as a person sees it.

use crate::model::{InputError, Severity};
use crate::pack::Texts;
use serde::Serialize;

/// Why one part could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartError {
    /// Not well-formed.
    Malformed {
        /// Byte offset in the part.
        offset: usize,
        /// What is wrong.
        reason: String,
    },
    /// Carries a DOCTYPE.
    Doctype,
    /// Exceeds a bound.
    TooLarge {
        /// What was counted.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
}

impl PartError {
    pub(super) fn malformed(offset: usize, reason: impl ToString) -> Self {
        Self::Malformed { offset, reason: reason.to_string() }
    }

    /// The same, as an error of the whole file.
    #[must_use]
    pub fn of(self, part: &str) -> InputError {
        let part = part.to_owned();
        match self {
            Self::Malformed { offset, reason } => InputError::Malformed { part, offset: offset as u64, reason },
            Self::Doctype => InputError::Doctype { part },
            Self::TooLarge { what, limit } => InputError::TooLarge { what, limit: limit as u64 },
        }
    }
}

/// One step on the way to a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// `part`, `table`, `row`, `cell`, `paragraph`, `box`, `note`, `comment`, …: a key under `template.place`.
    pub kind: String,
    /// Number, from 1; absent where there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// A place in a template, with the words around it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Name of the part in the package.
    pub part: String,
    /// From the part inwards.
    pub steps: Vec<Step>,
    /// Text of the paragraph, with the tag between `»` and `«`.
    pub text: String,
}

impl Place {
    /// The place as a person says it, e.g. `đầu trang, bảng 2, hàng 3, ô 1, đoạn 5`.
    #[must_use]
    pub fn describe(&self, texts: &Texts) -> String {
        let mut out = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let name = texts.get(&format!("template.place.{}", step.kind), &[]);
            out.push(match step.number {
                Some(number) => format!("{name} {number}"),
                None => name,
            });
        }
        if out.is_empty() { self.part.clone() } else { out.join(", ") }
    }
}

/// Something wrong with a template, or with the data for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Key of the sentence under `template.fault` in the text catalogues; stable.
    pub code: &'static str,
    /// An error stops rendering; a warning does not.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// A second place that belongs to it (the opening tag of a closing one, say).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<Place>,
    /// Value for the slot `{what}`.
    pub what: String,
    /// Names that look like the wrong one, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<String>,
}

impl Fault {
    /// An error.
    #[must_use]
    pub fn error(code: &'static str, place: &Place, what: impl ToString) -> Self {
        let what = what.to_string();
        Self { code, severity: Severity::Error, place: place.clone(), other: None, what, near: Vec::new() }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, place: &Place, what: impl ToString) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, what) }
    }

    /// Adds the second place.
    #[must_use]
    pub fn and(mut self, place: &Place) -> Self {
        self.other = Some(place.clone());
        self
    }

    /// Adds near names.
    #[must_use]
    pub fn near(mut self, names: Vec<String>) -> Self {
        self.near = names;
        self
    }

    /// The whole sentence: place, fault, near names, and the words around the tag.
    #[must_use]
    pub fn sentence(&self, texts: &Texts) -> String {
        let other = self.other.as_ref().map(|place| place.describe(texts)).unwrap_or_default();
        let mut out = format!(
            "{}: {}",
            self.place.describe(texts),
            texts.get(&format!("template.fault.{}", self.code), &[("what", &self.what), ("other", &other)])
        );
        if !self.near.is_empty() {
            out.push_str(&texts.get("template.near", &[("names", &self.near.join(", "))]));
        }
        if !self.place.text.is_empty() {
            out.push_str("\n    ");
            out.push_str(&self.place.text);
        }
        if let Some(other) = self.other.as_ref().filter(|other| !other.text.is_empty()) {
            out.push_str("\n    ");
            out.push_str(&other.text);
        }
        out
    }
}
