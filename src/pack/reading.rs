//! Words by which readers tell columns apart (`base/lexicon/reading.toml`): they know no pack, what they need is always
//! that of the program.

use super::PackError;
use serde::Deserialize;
use std::sync::LazyLock;

/// Word lists of the readers, in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingWords {
    /// What opens the list of recipients.
    pub recipients: Vec<String>,
}

impl ReadingWords {
    /// The words of the program; a test sees to it that they are valid.
    #[must_use]
    pub fn get() -> &'static Self {
        static WORDS: LazyLock<ReadingWords> = LazyLock::new(|| ReadingWords::builtin().unwrap_or_default());
        &WORDS
    }

    fn builtin() -> Result<Self, PackError> {
        toml::from_str(include_str!("../../templates/base/lexicon/reading.toml"))
            .map_err(|error| PackError::invalid("base/lexicon/reading.toml", error))
    }

    /// Whether a text opens the list of recipients.
    #[must_use]
    pub fn opens_recipients(&self, text: &str) -> bool {
        self.recipients.iter().any(|words| {
            text.len() >= words.len()
                && text.chars().flat_map(char::to_lowercase).take(words.chars().count()).eq(words.chars())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_load_and_open_lists_in_any_case() {
        let words = ReadingWords::builtin().expect("the shipped list is valid");
        assert!(words.opens_recipients("NƠI NHẬN:") && words.opens_recipients("Nơi nhận"));
        assert!(!words.opens_recipients("Nơi đến") && !words.opens_recipients("Nơi"));
    }
}
