//! One model of findings for every renderer.

use super::Span;
use serde::Serialize;
use std::collections::BTreeMap;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Needs a look.
    Warning,
    /// Wrong.
    Error,
}

/// Something that a careful reader would notice. Its sentences live in the text catalogues under
/// `diagnostic.<code>.message`, `.reason` and `.remedy`; `args` fill their slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code, e.g. `TD101`; never reused.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// The place; `None` when the finding is about the whole document.
    pub span: Option<Span>,
    /// Other places that belong to it (the second of two contradicting values, say).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Span>,
    /// Values for the slots of the sentences.
    pub args: BTreeMap<&'static str, String>,
}

impl Finding {
    /// A finding without slots or related places.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, span: Option<Span>) -> Self {
        Self { code, severity, span, related: Vec::new(), args: BTreeMap::new() }
    }

    /// Adds a value for a slot.
    #[must_use]
    pub fn with(mut self, slot: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(slot, value.into());
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn and(mut self, span: Span) -> Self {
        self.related.push(span);
        self
    }
}
