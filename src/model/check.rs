//! What checking came to: for one file, and for a batch. Renderers need nothing else.

use super::{CellRef, Finding, Part, Severity};
use serde::Serialize;
use std::collections::BTreeMap;

/// What an office does with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// *Đạt*: nothing but notes.
    Pass,
    /// *Cần người xem*: something that only a person can judge.
    Review,
    /// *Cần sửa*: at least one error.
    Fix,
    /// *Không đọc được*.
    Unreadable,
}

impl Verdict {
    /// Every verdict, the best first.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Review, Self::Fix, Self::Unreadable];

    /// Key in the text catalogues, below `verdict.`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Review => "review",
            Self::Fix => "fix",
            Self::Unreadable => "unreadable",
        }
    }

    /// The verdict over findings: an error has to be mended; a warning, or what could not be judged, needs a person.
    #[must_use]
    pub fn over<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        findings.into_iter().fold(Self::Pass, |verdict, finding| {
            verdict.max(match finding.severity {
                Severity::Error => Self::Fix,
                Severity::Warning => Self::Review,
                Severity::Info if finding.review => Self::Review,
                Severity::Info => Self::Pass,
            })
        })
    }
}

/// Where a finding stands, in an office's words rather than in spans; see `View::place_of` for the sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Block, from 0.
    pub block: u32,
    /// The part of the file.
    pub part: Part,
    /// Section labels, e.g. `II.1`.
    pub section: Option<String>,
    /// Place in a table.
    pub cell: Option<CellRef>,
}

/// A finding with what it takes to show it when the document is no longer at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// The words at the finding's span, exactly.
    pub quote: Option<String>,
    /// Words at the related spans, in their order.
    pub related_quotes: Vec<String>,
    /// Where it stands; `None` when it is about the whole document.
    pub place: Option<Place>,
    /// Twelve hexadecimal digits that stay the same when paragraphs are added or moved elsewhere in the document:
    /// made of the code, the words, the words around them, and a counter among equals. For baselines.
    pub fingerprint: String,
}

/// The form that a document was checked against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormUsed {
    /// Id, e.g. `nd152-2025/ca-nhan-cong-trang`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Law or house that the form belongs to, e.g. `Nghị định số 152/2025/NĐ-CP`.
    pub law: String,
    /// A person has compared it with the official text.
    pub verified: bool,
    /// The program chose it by title and date; the user did not name it.
    pub guessed: bool,
}

/// Whom a report is about, as it says itself; what it does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// Person, collective or head of household.
    pub name: Option<String>,
    /// Unit of the person, or the body above the collective.
    pub unit: Option<String>,
    /// Post.
    pub post: Option<String>,
    /// Award that is proposed.
    pub award: Option<String>,
    /// Date of signing, ISO 8601.
    pub date: Option<String>,
}

/// What checking one file came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// The path as the user gave it.
    pub path: String,
    /// SHA-256 of the input bytes; empty when it could not be read.
    pub sha256: String,
    /// Verdict.
    pub verdict: Verdict,
    /// The form; `None` for a file that was only linted, or whose form nobody could tell.
    pub form: Option<FormUsed>,
    /// Whom it is about.
    pub about: About,
    /// Findings by place; those about the whole document first.
    pub findings: Vec<Noted>,
    /// Why it could not be read: key and slots of the sentence, see `report::sentences::failure`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// Why a file could not be read, kept for renderers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Key below `error.` in the text catalogues.
    pub key: &'static str,
    /// Values for the slots.
    pub args: Vec<(&'static str, String)>,
}

impl CheckReport {
    /// A file that could not be read.
    #[must_use]
    pub fn unreadable(path: &str, error: &super::InputError) -> Self {
        Self {
            path: path.to_owned(),
            sha256: String::new(),
            verdict: Verdict::Unreadable,
            form: None,
            about: About::default(),
            findings: Vec::new(),
            failure: Some(Failure { key: error.key(), args: error.args() }),
        }
    }

    /// Settles the verdict anew after findings were added or taken away.
    pub fn settle(&mut self) {
        if self.verdict != Verdict::Unreadable {
            self.verdict = Verdict::over(self.findings.iter().map(|noted| &noted.finding));
        }
    }

    /// The gravest finding.
    #[must_use]
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|noted| noted.finding.severity).max()
    }
}

/// What checking a batch came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BatchReport {
    /// Every file, in work-list order, with the cross-document findings that concern it at their places.
    pub files: Vec<CheckReport>,
    /// Findings that belong to no single file (a person of the list without a report).
    pub findings: Vec<Noted>,
}

impl BatchReport {
    /// Number of files with each verdict, in the order of [`Verdict::ALL`].
    #[must_use]
    pub fn verdicts(&self) -> [(Verdict, usize); 4] {
        Verdict::ALL.map(|verdict| (verdict, self.files.iter().filter(|file| file.verdict == verdict).count()))
    }

    /// All findings with the index of their file; `None` for those of the batch.
    pub fn all(&self) -> impl Iterator<Item = (Option<usize>, &Noted)> {
        let of_files = self
            .files
            .iter()
            .enumerate()
            .flat_map(|(at, file)| file.findings.iter().map(move |noted| (Some(at), noted)));
        of_files.chain(self.findings.iter().map(|noted| (None, noted)))
    }

    /// How often each code was found, with its gravest severity.
    #[must_use]
    pub fn by_code(&self) -> BTreeMap<&'static str, (Severity, usize)> {
        let mut codes: BTreeMap<&'static str, (Severity, usize)> = BTreeMap::new();
        for (_, noted) in self.all() {
            let entry = codes.entry(noted.finding.code).or_insert((noted.finding.severity, 0));
            entry.0 = entry.0.max(noted.finding.severity);
            entry.1 += 1;
        }
        codes
    }

    /// The gravest finding.
    #[must_use]
    pub fn gravest(&self) -> Option<Severity> {
        self.all().map(|(_, noted)| noted.finding.severity).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_follows_the_gravest_finding() {
        let finding = |severity| Finding::new("BC01", severity, None);
        assert_eq!(Verdict::over([]), Verdict::Pass);
        assert_eq!(Verdict::over([&finding(Severity::Info)]), Verdict::Pass);
        assert_eq!(Verdict::over([&finding(Severity::Info).for_review()]), Verdict::Review);
        assert_eq!(Verdict::over([&finding(Severity::Error).for_review()]), Verdict::Review);
        assert_eq!(Verdict::over([&finding(Severity::Warning), &finding(Severity::Error)]), Verdict::Fix);
    }
}
