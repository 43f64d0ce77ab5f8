//! Knowledge as data: the packs in `templates/`, embedded, loaded and validated.

pub mod award;
mod award_names;
mod calendar;
mod events;
mod finder;
mod form;
mod kinds;
mod laws;
mod lexicon;
mod pattern;
mod plan;
pub mod profile;
mod reading;
mod registration;
mod report_form;
mod report_words;
mod rule_words;
mod rules;
mod text;
mod word;

pub use award::{AwardRules, ListWords};
pub use award_names::{Award, Awards, Run};
pub use calendar::{CALENDAR_FILE, Calendar, Counted, Known};
pub use events::{Event, Events};
pub use form::{FormWords, leading};
pub use kinds::{Kind, KindWords, Kinds};
pub use laws::ExpiredLaw;
pub use lexicon::{DocType, Lexicon};
pub use pattern::{CitationExample, ComparatorEntry, DeadlineEntry, NumeralWord, Patterns, TimeEntry, Trap};
pub use plan::{IssuerWords, PLAN_WORDS_FILE, PlanWords};
pub use profile::{Profile, ProfileError};
pub use reading::ReadingWords;
pub use registration::{
    CellKind, ColumnForm, FieldForm, JoinedForm, RegistrationForm, RegistrationForms, RegistrationKind, TableForm,
    TitleForm,
};
pub use report_form::{
    FieldKind, FormSubject, FormTable, Grade, ReportForm, ReportForms, SectionForm, SectionRole, SignForm, SlotForm,
};
pub use report_words::ReportWords;
pub use rule_words::{DossierWords, RuleWords, ends, holds, starts};
pub use rules::{RuleBook, RuleEntry, Scope};
pub use text::{Lang, Texts};
pub use word::{WORD_FORMS, WordForm, word_form};

/// Why a pack could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A data file is not valid.
    #[error("{file}: {reason}")]
    Invalid {
        /// Path of the data file in the pack.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

impl PackError {
    pub(crate) fn invalid(file: &str, reason: impl std::fmt::Display) -> Self {
        Self::Invalid { file: file.to_owned(), reason: reason.to_string() }
    }
}

/// Everything that is data: word lists, patterns, sentences.
#[derive(Debug)]
pub struct Pack {
    /// Word lists.
    pub lexicon: Lexicon,
    /// Patterns.
    pub patterns: Patterns,
    /// Kinds of files.
    pub kinds: Kinds,
}

impl Pack {
    /// The packs that are part of the program.
    ///
    /// # Errors
    /// When a data file is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        Ok(Self { lexicon: Lexicon::builtin()?, patterns: Patterns::builtin()?, kinds: kinds::builtin()? })
    }
}
