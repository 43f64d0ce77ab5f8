//! Pattern files and word lists, as they stand in the packs; `extract` compiles them.

use super::PackError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A point or period of time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeEntry {
    /// Name, for `--explain`.
    pub id: String,
    /// The pattern.
    pub when: String,
    /// Class of the result.
    pub is: String,
    /// The month meant by a word.
    pub month: Option<u32>,
    /// First (1) or second (2) half of the year.
    pub half: Option<u32>,
    /// The rhythm meant.
    pub every: Option<String>,
    /// Unit of a length of time.
    pub unit: Option<String>,
    /// Working days only.
    #[serde(default)]
    pub working: bool,
    /// `text = ISO form`.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which nothing is found.
    #[serde(default)]
    pub not: Vec<String>,
}

/// A pattern of deadlines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineEntry {
    /// Name, for `--explain`.
    pub id: String,
    /// The pattern.
    pub when: String,
    /// How it is read.
    pub read: String,
    /// Counts only where the context wants a time.
    #[serde(default)]
    pub bare: bool,
    /// The rhythm that the words imply.
    pub every: Option<String>,
    /// `working`: only lengths in working days.
    pub only: Option<String>,
    /// `text = result`.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which nothing is found.
    #[serde(default)]
    pub not: Vec<String>,
}

/// A word or phrase that says how a number binds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparatorEntry {
    /// Name, for `--explain`.
    pub id: String,
    /// The pattern.
    pub when: String,
    /// `>=`, `>`, `=`, `<`, `<=`.
    pub op: String,
    /// Stands behind the number.
    #[serde(default)]
    pub after: bool,
    /// `text = op value unit`.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which nothing is found.
    #[serde(default)]
    pub not: Vec<String>,
}

/// A sentence with the documents that it cites.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationExample {
    /// The sentence.
    pub text: String,
    /// `type code date` of each.
    pub gives: Vec<String>,
}

/// A sentence that looks like a deadline or a quota and is none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trap {
    /// What makes it a trap.
    pub why: String,
    /// The sentence.
    pub text: String,
    /// `deadline`, `quota`: what it must not give.
    pub is: Vec<String>,
}

/// The pattern files and word lists of a pack.
#[derive(Debug)]
pub struct Patterns {
    /// Points and periods of time.
    pub time: Vec<TimeEntry>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineEntry>,
    /// Comparators of quotas.
    pub comparators: Vec<ComparatorEntry>,
    /// Citations.
    pub citations: Vec<CitationExample>,
    /// Sentences that give nothing.
    pub traps: Vec<Trap>,
    /// Word lists by name (`lexicon/words.toml`): phrases of one meaning.
    pub words: BTreeMap<String, Vec<String>>,
    /// Numeral words with their value; scales from 10 up.
    pub numerals: Vec<(String, NumeralWord)>,
}

/// What a numeral word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumeralWord {
    /// 0-9.
    Digit(u64),
    /// 10 and more.
    Scale(u64),
    /// Fills an empty place.
    Filler,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeFile {
    time: Vec<TimeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeadlineFile {
    deadline: Vec<DeadlineEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComparatorFile {
    comparator: Vec<ComparatorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CitationFile {
    citation: Vec<CitationExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrapFile {
    trap: Vec<Trap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumeralFile {
    digit: BTreeMap<String, u64>,
    scale: BTreeMap<String, u64>,
    filler: Filler,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filler {
    words: Vec<String>,
}

impl Patterns {
    pub(super) fn builtin() -> Result<Self, PackError> {
        let time: TimeFile = parse("base/patterns/time.toml", include_str!("../../templates/base/patterns/time.toml"))?;
        let deadlines: DeadlineFile =
            parse("base/patterns/deadlines.toml", include_str!("../../templates/base/patterns/deadlines.toml"))?;
        let comparators: ComparatorFile =
            parse("base/patterns/quotas.toml", include_str!("../../templates/base/patterns/quotas.toml"))?;
        let citations: CitationFile =
            parse("base/patterns/citations.toml", include_str!("../../templates/base/patterns/citations.toml"))?;
        let traps: TrapFile =
            parse("base/patterns/traps.toml", include_str!("../../templates/base/patterns/traps.toml"))?;
        let words = parse("base/lexicon/words.toml", include_str!("../../templates/base/lexicon/words.toml"))?;
        let numerals: NumeralFile =
            parse("base/lexicon/numerals.toml", include_str!("../../templates/base/lexicon/numerals.toml"))?;
        let numerals = numerals
            .digit
            .into_iter()
            .map(|(word, value)| (word, NumeralWord::Digit(value)))
            .chain(numerals.scale.into_iter().map(|(word, value)| (word, NumeralWord::Scale(value))))
            .chain(numerals.filler.words.into_iter().map(|word| (word, NumeralWord::Filler)))
            .collect();
        Ok(Self {
            time: time.time,
            deadlines: deadlines.deadline,
            comparators: comparators.comparator,
            citations: citations.citation,
            traps: traps.trap,
            words,
            numerals,
        })
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, source: &str) -> Result<T, PackError> {
    toml::from_str(source).map_err(|error| PackError::invalid(file, error))
}
