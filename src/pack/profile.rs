//! The unit profile: who the office is, in `thidua.toml` of the office folder. Keys are Vietnamese, since clerks write
//! them; an unknown key is an error, since a misspelt one would be lost without a word.

use serde::Deserialize;

/// An office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The unit itself.
    #[serde(rename = "don-vi")]
    pub unit: Unit,
    /// Levels of the organisation, from the top down.
    #[serde(rename = "cap", default)]
    pub levels: Vec<Level>,
    /// Bodies above, from the nearest up.
    #[serde(rename = "cap-tren", default)]
    pub parents: Vec<Body>,
    /// Departments.
    #[serde(rename = "bo-phan", default)]
    pub departments: Vec<Department>,
    /// Who signs.
    #[serde(rename = "nguoi-ky", default)]
    pub signers: Vec<Signer>,
    /// Usual recipients.
    #[serde(rename = "noi-nhan", default)]
    pub recipients: Vec<Recipient>,
    /// How to reach the office.
    #[serde(rename = "lien-he", default)]
    pub contact: Contact,
}

/// The unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Full name, as in a sentence.
    #[serde(rename = "ten")]
    pub name: String,
    /// Other names that letters use for it.
    #[serde(rename = "ten-khac", default)]
    pub aliases: Vec<String>,
    /// Code of its level, one of [`Profile::levels`].
    #[serde(rename = "cap")]
    pub level: String,
    /// Lines at the top left of its documents, the parent first.
    #[serde(rename = "dong-dau", default)]
    pub header: Vec<String>,
    /// The unit's part of a symbol: `BTV` in `KH-BTV`.
    #[serde(rename = "ky-hieu")]
    pub symbol: String,
    /// Place name of the date line.
    #[serde(rename = "dia-danh")]
    pub place: String,
}

/// A level of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Code, referred to by other parts.
    #[serde(rename = "ma")]
    pub code: String,
    /// Name.
    #[serde(rename = "ten")]
    pub name: String,
    /// Last day on which the level existed, ISO 8601.
    #[serde(rename = "den-ngay", default)]
    pub until: Option<jiff::civil::Date>,
}

/// A body above the unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Full name.
    #[serde(rename = "ten")]
    pub name: String,
    /// Code of its level.
    #[serde(rename = "cap")]
    pub level: String,
    /// Other names.
    #[serde(rename = "ten-khac", default)]
    pub aliases: Vec<String>,
}

/// A department of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Name.
    #[serde(rename = "ten")]
    pub name: String,
    /// Abbreviation, as after `Lưu: VT,`.
    #[serde(rename = "viet-tat", default)]
    pub short: Option<String>,
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Full name.
    #[serde(rename = "ho-ten")]
    pub name: String,
    /// Post.
    #[serde(rename = "chuc-vu")]
    pub title: String,
    /// Authority lines, e.g. `TM. BAN THƯỜNG VỤ`.
    #[serde(rename = "quyen-han", default)]
    pub authority: Vec<String>,
}

/// A usual recipient.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The recipient.
    #[serde(rename = "ten")]
    pub name: String,
    /// What for.
    #[serde(rename = "de", default)]
    pub purpose: Option<String>,
}

/// How to reach the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Street address.
    #[serde(rename = "dia-chi", default)]
    pub address: Option<String>,
    /// Telephone number.
    #[serde(rename = "dien-thoai", default)]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(rename = "thu-dien-tu", default)]
    pub email: Option<String>,
    /// Person to ask.
    #[serde(rename = "nguoi", default)]
    pub person: Option<String>,
}

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
            Self::UnknownLevel { key, level, known } => {
                vec![("key", key.to_owned()), ("level", level), ("known", known)]
            }
        }
    }
}

impl Profile {
    /// Reads and validates a profile.
    ///
    /// # Errors
    /// See [`ProfileError`].
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text).map_err(|error| explained(&error, text))?;
        profile.validate()?;
        Ok(profile)
    }

    fn validate(&self) -> Result<(), ProfileError> {
        let unit = &self.unit;
        for (key, value) in
            [("don-vi.ten", &unit.name), ("don-vi.ky-hieu", &unit.symbol), ("don-vi.dia-danh", &unit.place)]
        {
            if value.trim().is_empty() {
                return Err(ProfileError::Blank { key });
            }
        }
        let parents = self.parents.iter().map(|parent| ("cap-tren.cap", &parent.level));
        for (key, level) in [("don-vi.cap", &unit.level)].into_iter().chain(parents) {
            if !self.levels.iter().any(|known| known.code == *level) {
                let known: Vec<&str> = self.levels.iter().map(|level| level.code.as_str()).collect();
                return Err(ProfileError::UnknownLevel { key, level: level.clone(), known: known.join(", ") });
            }
        }
        Ok(())
    }
}

/// The parser's error with the line, and the two frequent slips told apart from the rest.
fn explained(error: &toml::de::Error, text: &str) -> ProfileError {
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

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = include_str!("../../templates/base/office/thidua.toml");

    #[test]
    fn the_office_that_init_writes_is_valid() {
        let profile = Profile::parse(OFFICE).unwrap();
        assert!(profile.levels.iter().any(|level| level.until == Some(jiff::civil::date(2025, 6, 30))));
        assert!(!profile.signers.is_empty() && !profile.unit.header.is_empty());
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let text = OFFICE.replacen("ky-hieu =", "kyhieu =", 1);
        let line = text.lines().position(|line| line.starts_with("kyhieu")).unwrap() + 1;
        assert!(matches!(Profile::parse(&text), Err(ProfileError::UnknownKey { line: at, key, known })
            if at == line && key == "kyhieu" && known.contains("ky-hieu")));
    }

    #[test]
    fn what_is_missing_blank_or_unknown_is_named() {
        let without = |start: &str| -> String {
            OFFICE.lines().filter(|line| !line.starts_with(start)).map(|line| format!("{line}\n")).collect()
        };
        let missing = Profile::parse(&without("dia-danh"));
        assert!(matches!(missing, Err(ProfileError::MissingKey { key, .. }) if key == "dia-danh"));
        let level = OFFICE.replacen("cap = \"xa\"", "cap = \"thon\"", 1);
        assert!(matches!(Profile::parse(&level), Err(ProfileError::UnknownLevel { level, .. }) if level == "thon"));
        assert!(matches!(Profile::parse("[don-vi"), Err(ProfileError::Syntax { line: 1, .. })));
        let blank: String = OFFICE
            .lines()
            .map(
                |line| if line.starts_with("dia-danh") { "dia-danh = \" \"\n".to_owned() } else { format!("{line}\n") },
            )
            .collect();
        assert_eq!(Profile::parse(&blank), Err(ProfileError::Blank { key: "don-vi.dia-danh" }));
    }
}
