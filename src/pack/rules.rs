//! The rules of checking as data: code, severity, scope, an example that breaks each rule and one that keeps it
//! (`base/check/rules.toml`). Their sentences stand in the text catalogues.

use super::{Grade, PackError};
use serde::{Deserialize, Serialize};

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// One paper.
    Document,
    /// A batch.
    Batch,
    /// The look of a Word document.
    Layout,
    /// A plan beside the directive above it.
    Compare,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    /// Code.
    pub code: String,
    /// Gravest severity that it gives.
    pub severity: Grade,
    /// What it looks at.
    pub scope: Scope,
    /// A machine may mend it.
    #[serde(default)]
    pub fix: bool,
    /// The example paper of the test that it is shown in: `ca-nhan`, `tap-the`, `ke-hoach`, `doi-chieu`; empty for examples that a
    /// test makes otherwise (a Word document, a batch).
    #[serde(default)]
    pub paper: String,
    /// Words that keep the rule; they stand in the example paper.
    pub good: String,
    /// Words in their place that break it.
    pub bad: String,
    /// Examples in a plan beside its directive, of a rule that also looks at one paper.
    #[serde(default)]
    pub beside: Option<Pair>,
}

/// An example that keeps a rule and one that breaks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Words that keep the rule.
    pub good: String,
    /// Words in their place that break it.
    pub bad: String,
}

impl RuleEntry {
    /// The examples in a plan that is compared with its directive.
    #[must_use]
    pub fn compared(&self) -> Option<(&str, &str)> {
        match (&self.beside, self.scope) {
            (Some(pair), _) => Some((&pair.good, &pair.bad)),
            (None, Scope::Compare) => Some((&self.good, &self.bad)),
            (None, _) => None,
        }
    }
}

/// All rules, in the order of their codes.
#[derive(Debug, Clone)]
pub struct RuleBook {
    rules: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<RuleEntry>,
}

/// Example papers that break no rule; `doi-chieu` is a plan for the directive `doi-chieu-cap-tren`.
const PAPERS: &[(&str, &str)] = &[
    ("doi-chieu", include_str!("../../templates/base/check/doi-chieu.txt")),
    ("doi-chieu-cap-tren", include_str!("../../templates/base/check/doi-chieu-cap-tren.txt")),
    ("ca-nhan", include_str!("../../templates/base/check/ca-nhan.txt")),
    ("tap-the", include_str!("../../templates/base/check/tap-the.txt")),
    ("ke-hoach", include_str!("../../templates/base/check/ke-hoach.txt")),
];

impl RuleBook {
    /// The rules that are part of the program.
    ///
    /// # Errors
    /// When the list is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let file: File = toml::from_str(include_str!("../../templates/base/check/rules.toml"))
            .map_err(|error| PackError::invalid("base/check/rules.toml", error))?;
        Ok(Self { rules: file.rule })
    }

    /// The rule with a code, whatever the case of its letters.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&RuleEntry> {
        self.rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
    }

    /// Every rule.
    pub fn iter(&self) -> impl Iterator<Item = &RuleEntry> {
        self.rules.iter()
    }

    /// An example paper.
    #[must_use]
    pub fn paper(name: &str) -> Option<&'static str> {
        PAPERS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }
}
