//! Word lists: document types and their codes, and what else has a fixed spelling.

use super::PackError;
use crate::language::fold::fold;
use serde::Deserialize;

/// A type of document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocType {
    /// Code as in the number of a document: `KH`, `QĐ`, `TTr`.
    pub code: String,
    /// Name in lower case, as in a sentence: `kế hoạch`.
    pub name: String,
    /// Other spellings of the name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Other codes in use (`QĐi`), or codes of other types that are a common slip.
    #[serde(default)]
    pub other_codes: Vec<String>,
    /// Cited by name alone, without a number (laws).
    #[serde(default)]
    pub by_name: bool,
    /// The name and its other spellings, folded.
    #[serde(skip)]
    pub folded: Vec<String>,
}

/// The word lists of a pack.
#[derive(Debug)]
pub struct Lexicon {
    /// Document types, the 29 of NĐ 30/2020 (Điều 7) and those that are only cited.
    pub doc_types: Vec<DocType>,
    /// Words by which the parts of form are known.
    pub form: super::FormWords,
    /// Events that drives are held in honour of.
    pub events: super::Events,
    /// Laws and directives that hold no more.
    pub laws: Vec<super::ExpiredLaw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocTypes {
    doc_type: Vec<DocType>,
}

impl Lexicon {
    pub(super) fn builtin() -> Result<Self, PackError> {
        let file = "base/lexicon/doc-types.toml";
        let mut doc_types: DocTypes = toml::from_str(include_str!("../../templates/base/lexicon/doc-types.toml"))
            .map_err(|error| PackError::invalid(file, error))?;
        for doc_type in &mut doc_types.doc_type {
            doc_type.folded = std::iter::once(&doc_type.name).chain(&doc_type.aliases).map(|name| fold(name)).collect();
        }
        Ok(Self {
            doc_types: doc_types.doc_type,
            form: super::FormWords::builtin()?,
            events: super::events::builtin()?,
            laws: super::laws::builtin()?,
        })
    }

    /// The document type with a code (exact spelling).
    #[must_use]
    pub fn doc_type(&self, code: &str) -> Option<&DocType> {
        self.doc_types.iter().find(|t| t.code == code)
    }
}
