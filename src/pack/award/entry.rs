//! Entries of the rules: how sure each is, for how long it holds, what it says.

use crate::model::{Severity, Subject};
use jiff::civil::Date;
use serde::Deserialize;

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Confidence {
    /// Read in the text of the law.
    #[serde(rename = "nguon")]
    Source,
    /// Known from summaries only.
    #[serde(rename = "nguon-mong")]
    Thin,
    /// From memory.
    #[serde(rename = "nho")]
    Memory,
    /// The office's own rule.
    #[serde(rename = "noi-bo")]
    Office,
}

impl Confidence {
    /// How grave it is to act against such a rule: what was not read in its source is never more than a warning.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Source | Self::Office => Severity::Error,
            Self::Thin | Self::Memory => Severity::Warning,
        }
    }

    /// Whether the rule was read in its source.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self.severity() == Severity::Error
    }
}

/// Whether a day lies in a period; an open end holds for ever. Both ends belong to it.
fn holds(from: Option<Date>, until: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

/// An entry that holds for a time.
pub(super) trait Dated {
    /// First and last day.
    fn period(&self) -> (Option<Date>, Option<Date>);

    fn holds_on(&self, day: Date) -> bool {
        let (from, until) = self.period();
        holds(from, until, day)
    }
}

macro_rules! dated {
    ($($entry:ty),+) => {
        $(impl Dated for $entry {
            fn period(&self) -> (Option<Date>, Option<Date>) {
                (self.from, self.until)
            }
        })+
    };
}
pub(super) use dated;

dated!(Authority, Condition, Attestation, Votes, Combination, Basis);

/// The entries that hold on a day.
pub(super) fn on<T: Dated>(entries: &[T], day: Date) -> impl Iterator<Item = &T> {
    entries.iter().filter(move |entry| entry.holds_on(day))
}

/// A title or a form of commendation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Code, referred to by other rules and by `--award`.
    #[serde(rename = "ma")]
    pub code: String,
    /// Name as in a decision.
    #[serde(rename = "ten")]
    pub name: String,
    /// Title (*danh hiệu*) or form (*hình thức*).
    #[serde(rename = "loai")]
    pub kind: FormKind,
    /// Other spellings in lists.
    #[serde(rename = "cach-viet", default)]
    pub aliases: Vec<String>,
    /// Whom it is for.
    #[serde(rename = "doi-tuong")]
    pub subjects: Vec<Subject>,
    /// Rank among titles, the higher the greater.
    #[serde(rename = "bac", default)]
    pub rank: u8,
}

/// Title or form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum FormKind {
    /// Danh hiệu thi đua.
    #[serde(rename = "danh-hieu")]
    Title,
    /// Hình thức khen thưởng.
    #[serde(rename = "hinh-thuc")]
    Form,
}

/// Who may give what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    #[serde(rename = "ma")]
    pub(super) code: String,
    /// Code of the level in the unit profile.
    #[serde(rename = "cap")]
    pub level: String,
    /// Codes of forms.
    #[serde(rename = "hinh-thuc")]
    pub forms: Vec<String>,
    #[serde(rename = "tu-ngay", default)]
    pub(super) from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    pub(super) until: Option<Date>,
    /// Where the rule stands.
    #[serde(rename = "can-cu", default)]
    pub basis: String,
    /// How sure it is.
    #[serde(rename = "tin")]
    pub confidence: Confidence,
    /// The law leaves it to a regulation that the office has to name.
    #[serde(rename = "chua-ro", default)]
    pub unsettled: bool,
}

/// What a level may do about a form on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'r> {
    /// May give it.
    May,
    /// May give it if the office's own regulation says so.
    Unsettled(&'r Authority),
    /// May not, or did at another time.
    MayNot,
}

impl PartialEq for Authority {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Authority {}

/// A condition for an award.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Code of the entry.
    #[serde(rename = "ma")]
    pub code: String,
    /// Code of the form.
    #[serde(rename = "hinh-thuc")]
    pub form: String,
    /// Whom it is about.
    #[serde(rename = "doi-tuong")]
    pub subject: Subject,
    /// A title held in consecutive years before.
    #[serde(rename = "lien-tuc", default)]
    pub run: Option<Run>,
    /// Least share of members with *Lao động tiên tiến*, per cent.
    #[serde(rename = "ty-le-ldtt", default)]
    pub share: Option<u32>,
    #[serde(rename = "tu-ngay", default)]
    pub(super) from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    pub(super) until: Option<Date>,
    /// Where the rule stands.
    #[serde(rename = "can-cu", default)]
    pub basis: String,
    /// How sure it is.
    #[serde(rename = "tin")]
    pub confidence: Confidence,
}

/// A title held in consecutive years.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Code of the title.
    #[serde(rename = "danh-hieu")]
    pub title: String,
    /// Number of years.
    #[serde(rename = "so-nam")]
    pub years: i16,
}

/// What a list has to attest about everybody on it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// Code of the entry.
    #[serde(rename = "ma")]
    pub code: String,
    /// Words of which one stands in a list that attests.
    #[serde(rename = "tu")]
    pub words: Vec<String>,
    /// Words that make a row doubtful.
    #[serde(rename = "nghi", default)]
    pub doubts: Vec<String>,
    /// Words before them that take the doubt away.
    #[serde(rename = "khong", default)]
    pub negations: Vec<String>,
    #[serde(rename = "tu-ngay", default)]
    pub(super) from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    pub(super) until: Option<Date>,
    /// Where the rule stands.
    #[serde(rename = "can-cu", default)]
    pub basis: String,
    /// How sure it is.
    #[serde(rename = "tin")]
    pub confidence: Confidence,
}

/// Share of votes that an award needs, of all members of the council.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// Code of the entry.
    #[serde(rename = "ma")]
    pub code: String,
    /// Codes of forms.
    #[serde(rename = "hinh-thuc")]
    pub forms: Vec<String>,
    /// Per cent.
    #[serde(rename = "ty-le")]
    pub share: u32,
    #[serde(rename = "tu-ngay", default)]
    pub(super) from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    pub(super) until: Option<Date>,
    /// Where the rule stands.
    #[serde(rename = "can-cu", default)]
    pub basis: String,
    /// How sure it is.
    #[serde(rename = "tin")]
    pub confidence: Confidence,
}

/// How several awards of one person go together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Combination {
    /// Code of the entry.
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "cung-loai-danh-hieu-cung-thoi-gian")]
    pub(super) titles_of_one_period: TitlesOfOnePeriod,
    #[serde(rename = "tu-ngay", default)]
    pub(super) from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    pub(super) until: Option<Date>,
    /// Where the rule stands.
    #[serde(rename = "can-cu", default)]
    pub basis: String,
    /// How sure it is.
    #[serde(rename = "tin")]
    pub confidence: Confidence,
}

/// What several titles of one period bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum TitlesOfOnePeriod {
    #[serde(rename = "cao-nhat")]
    Highest,
    #[serde(rename = "tung-danh-hieu")]
    Each,
}

/// A law, decree or circular.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    #[serde(rename = "ma")]
    pub(super) code: String,
    /// Number and symbol.
    #[serde(rename = "ky-hieu")]
    pub symbol: String,
    /// As in a line of bases, without *Căn cứ*.
    #[serde(rename = "ten")]
    pub name: String,
    #[serde(rename = "tu-ngay", default)]
    pub(super) from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    pub(super) until: Option<Date>,
    /// How sure the last day is, where that differs.
    #[serde(rename = "den-ngay-tin", default)]
    pub(super) until_confidence: Option<Confidence>,
    #[serde(rename = "thay-bang", default)]
    pub(super) successor: Option<String>,
    #[serde(rename = "in", default)]
    pub(super) printed: bool,
    /// How sure it is.
    #[serde(rename = "tin")]
    pub confidence: Confidence,
}

impl Basis {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.holds_on(day)
    }

    /// How grave it is to rest on it on a day; `None` when it is in force.
    #[must_use]
    pub fn fault(&self, day: Date) -> Option<Severity> {
        if self.is_in_force(day) {
            return None;
        }
        let is_over = self.until.is_some_and(|until| until < day);
        let confidence = if is_over { self.until_confidence.unwrap_or(self.confidence) } else { self.confidence };
        Some(confidence.severity())
    }

    /// The last day in force.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.until
    }
}
