//! Why a profile is not valid.

/// Why a profile is not valid. People read the sentence under `profile.` + [`ProfileError::key`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Not TOML, or a value of the wrong kind.
    #[error("line {line}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// A key that means nothing here.
    #[error("line {line}: unknown key {key}; known here: {known}")]
    UnknownKey {
        /// Line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// Keys that could be meant.
        known: String,
    },
    /// A key without which nothing works.
    #[error("line {line}: key {key} is missing")]
    MissingKey {
        /// Line of the table, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// A key without a value.
    #[error("{key} is blank")]
    Blank {
        /// The key.
        key: &'static str,
    },
    /// More than one parent is marked as the primary one.
    #[error("two bodies are marked as the primary parent: {first}, {second}")]
    TwoPrimary {
        /// Name of one.
        first: String,
        /// Name of another.
        second: String,
    },
    /// A value that does not fit its key.
    #[error("{key}: {value} does not fit; {known}")]
    Value {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
        /// What would fit.
        known: String,
    },
    /// A level that the list of levels does not hold.
    #[error("{key}: level {level} is not among {known}")]
    UnknownLevel {
        /// The key.
        key: &'static str,
        /// The code.
        level: String,
        /// Codes that the list holds.
        known: String,
    },
}

impl ProfileError {
    /// Key of the error's sentence in the text catalogues, without the `profile.` prefix.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::Blank { .. } => "blank",
            Self::TwoPrimary { .. } => "two-primary",
            Self::Value { .. } => "value",
            Self::UnknownLevel { .. } => "unknown-level",
        }
    }

    /// Values for the slots of the error's sentence.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self.clone() {
            Self::Syntax { line, reason } => vec![("line", line.to_string()), ("reason", reason)],
            Self::UnknownKey { line, key, known } => vec![("line", line.to_string()), ("key", key), ("known", known)],
            Self::MissingKey { line, key } => vec![("line", line.to_string()), ("key", key)],
            Self::Blank { key } => vec![("key", key.to_owned())],
            Self::TwoPrimary { first, second } => vec![("first", first), ("second", second)],
            Self::Value { key, value, known } => {
                vec![("key", key.to_owned()), ("value", value), ("known", known)]
            }
            Self::UnknownLevel { key, level, known } => {
                vec![("key", key.to_owned()), ("level", level), ("known", known)]
            }
        }
    }
}

/// The parser's error with the line, and the two frequent slips told apart from the rest.
pub(super) fn explained(error: &toml::de::Error, text: &str) -> ProfileError {
    let at = error.span().map_or(0, |span| span.start);
    let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((key, known)) if message.starts_with("unknown field") => {
            ProfileError::UnknownKey { line, key: (*key).to_owned(), known: known.join(", ") }
        }
        Some((key, _)) if message.starts_with("missing field") => {
            ProfileError::MissingKey { line, key: (*key).to_owned() }
        }
        _ => ProfileError::Syntax { line, reason: message.to_owned() },
    }
}
