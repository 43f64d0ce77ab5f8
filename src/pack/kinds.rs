//! Kinds of files that come into an office (`base/lexicon/kinds.toml`).

use super::PackError;
use crate::language::fold::fold;
use serde::{Deserialize, Serialize};

/// What a file is, as far as its way through the office goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A document that says what is to be done: plan, guidance, letter, decision.
    Directive,
    /// An achievement report (báo cáo thành tích).
    Report,
    /// A filled-in registration form.
    Registration,
    /// A list of people or units.
    List,
}

impl Kind {
    /// All of them, in the order of their ways.
    pub const ALL: [Self; 4] = [Self::Directive, Self::Report, Self::Registration, Self::List];

    /// Code, as in data files and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Directive => "directive",
            Self::Report => "report",
            Self::Registration => "registration",
            Self::List => "list",
        }
    }
}

/// How a kind is known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWords {
    /// The kind.
    #[serde(rename = "code")]
    pub kind: Kind,
    /// Name of the folder, below incoming documents and below results.
    pub folder: String,
    /// First words of its title; folded.
    pub titles: Vec<String>,
    /// The command that takes files of this kind further; `{files}`, `{office}` and `{folder}` (of its results) are
    /// filled in. One with `{file}` and `{name}` (of its results) runs for each file. Empty: each file is read and
    /// extracted for itself.
    #[serde(default)]
    pub way: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    openings: Vec<String>,
    kind: Vec<KindWords>,
}

/// How the kinds are known.
#[derive(Debug, Clone)]
pub struct Kinds {
    /// First words of a text that is no title and has none behind it; folded.
    pub openings: Vec<String>,
    /// The kinds.
    pub list: Vec<KindWords>,
}

pub(super) fn builtin() -> Result<Kinds, PackError> {
    let file = "base/lexicon/kinds.toml";
    let mut words: File = toml::from_str(include_str!("../../templates/base/lexicon/kinds.toml"))
        .map_err(|error| PackError::invalid(file, error))?;
    for kind in Kind::ALL {
        if words.kind.iter().filter(|words| words.kind == kind).count() != 1 {
            return Err(PackError::invalid(file, format!("{} does not stand there once", kind.code())));
        }
    }
    for words in &mut words.kind {
        words.titles = words.titles.iter().map(|title| fold(title)).collect();
    }
    let openings = words.openings.iter().map(|words| fold(words)).collect();
    Ok(Kinds { openings, list: words.kind })
}
