//! Forms of achievement reports as data (`templates/*/bao-cao-thanh-tich/*.toml`).

use super::PackError;
use crate::model::Severity;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The forms that are part of the program: path in the packs and content.
const BUILTIN: &[(&str, &str)] = &[
    (
        "nd152-2025/bao-cao-thanh-tich/ca-nhan-cong-trang.toml",
        include_str!("../../templates/nd152-2025/bao-cao-thanh-tich/ca-nhan-cong-trang.toml"),
    ),
    (
        "nd152-2025/bao-cao-thanh-tich/tap-the-cong-trang.toml",
        include_str!("../../templates/nd152-2025/bao-cao-thanh-tich/tap-the-cong-trang.toml"),
    ),
    (
        "nd152-2025/bao-cao-thanh-tich/dot-xuat.toml",
        include_str!("../../templates/nd152-2025/bao-cao-thanh-tich/dot-xuat.toml"),
    ),
    (
        "nd152-2025/bao-cao-thanh-tich/chuyen-de.toml",
        include_str!("../../templates/nd152-2025/bao-cao-thanh-tich/chuyen-de.toml"),
    ),
    (
        "nd152-2025/bao-cao-thanh-tich/ho-gia-dinh.toml",
        include_str!("../../templates/nd152-2025/bao-cao-thanh-tich/ho-gia-dinh.toml"),
    ),
    (
        "nd152-2025/bao-cao-thanh-tich/cong-hien.toml",
        include_str!("../../templates/nd152-2025/bao-cao-thanh-tich/cong-hien.toml"),
    ),
    (
        "nd98-2023/bao-cao-thanh-tich/ca-nhan-cong-trang.toml",
        include_str!("../../templates/nd98-2023/bao-cao-thanh-tich/ca-nhan-cong-trang.toml"),
    ),
    (
        "nd98-2023/bao-cao-thanh-tich/tap-the-cong-trang.toml",
        include_str!("../../templates/nd98-2023/bao-cao-thanh-tich/tap-the-cong-trang.toml"),
    ),
    (
        "nd98-2023/bao-cao-thanh-tich/dot-xuat.toml",
        include_str!("../../templates/nd98-2023/bao-cao-thanh-tich/dot-xuat.toml"),
    ),
    (
        "nd98-2023/bao-cao-thanh-tich/chuyen-de.toml",
        include_str!("../../templates/nd98-2023/bao-cao-thanh-tich/chuyen-de.toml"),
    ),
    (
        "nd98-2023/bao-cao-thanh-tich/ho-gia-dinh.toml",
        include_str!("../../templates/nd98-2023/bao-cao-thanh-tich/ho-gia-dinh.toml"),
    ),
    (
        "nd98-2023/bao-cao-thanh-tich/cong-hien.toml",
        include_str!("../../templates/nd98-2023/bao-cao-thanh-tich/cong-hien.toml"),
    ),
    (
        "hoi-lhpn/bao-cao-thanh-tich/ca-nhan.toml",
        include_str!("../../templates/hoi-lhpn/bao-cao-thanh-tich/ca-nhan.toml"),
    ),
    (
        "hoi-lhpn/bao-cao-thanh-tich/tap-the.toml",
        include_str!("../../templates/hoi-lhpn/bao-cao-thanh-tich/tap-the.toml"),
    ),
    (
        "hoi-lhpn/bao-cao-thanh-tich/cong-trinh.toml",
        include_str!("../../templates/hoi-lhpn/bao-cao-thanh-tich/cong-trinh.toml"),
    ),
];

/// Whom a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormSubject {
    /// Cá nhân.
    CaNhan,
    /// Tập thể.
    TapThe,
    /// Hộ gia đình.
    HoGiaDinh,
    /// Whoever it is.
    #[default]
    Any,
}

/// What a section of a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionRole {
    /// Who it is: lý lịch; đặc điểm, tình hình.
    Profile,
    /// Thành tích đạt được.
    Achievement,
    /// Các hình thức đã được khen thưởng.
    Awards,
    /// A section of a house form of its own.
    Other,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Name of a person (or of what the report is about).
    Name,
    /// Date of birth.
    Birth,
    /// Any date.
    Date,
    /// Nam, Nữ.
    Gender,
    /// Digits.
    Phone,
    /// An administrative unit.
    Place,
    /// A body.
    Unit,
    /// A post.
    Post,
    /// Anything.
    #[default]
    Text,
}

/// A severity as a form states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Worth knowing.
    Info,
    /// Needs a look.
    Warning,
    /// Wrong.
    Error,
}

impl From<Grade> for Severity {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Info => Self::Info,
            Grade::Warning => Self::Warning,
            Grade::Error => Self::Error,
        }
    }
}

/// A slot of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotForm {
    /// Spellings of the label; the first is the form's own.
    pub label: Vec<String>,
    /// What it holds.
    #[serde(default)]
    pub kind: FieldKind,
    /// How grave it is when it is missing; not looked for otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Grade>,
    /// The slot may be empty (*nếu có*).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_be_empty: bool,
}

/// A table of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormTable {
    /// Spellings of its title.
    #[serde(default)]
    pub title: Vec<String>,
    /// Column headings.
    pub columns: Vec<String>,
    /// How grave it is when no such table is there; not looked for otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Grade>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionForm {
    /// Roman number.
    pub no: String,
    /// What it is about.
    pub role: SectionRole,
    /// Headings that are right; the first is the form's own.
    pub heading: Vec<String>,
    /// How grave it is when the section is missing, out of order or renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Grade>,
    /// Headings of its parts, for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Slots.
    #[serde(default, rename = "field", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<SlotForm>,
    /// Tables.
    #[serde(default, rename = "table", skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<FormTable>,
}

/// A block of signature or confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignForm {
    /// `unit`, `reporter`, `proposer`, or a name of the form's own.
    pub id: String,
    /// Spellings of its heading.
    pub role: Vec<String>,
    /// How grave it is when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Grade>,
    /// A block that begins with TM. and a body will do instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_authority: bool,
}

/// The form of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportForm {
    /// Id: `pack/name`.
    pub id: String,
    /// Another form that gives what this one does not state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// Title for people.
    pub title: String,
    /// Law or house that it belongs to.
    pub law: String,
    /// Number of the form there.
    #[serde(default)]
    pub form_no: String,
    /// A person has compared it with the official text.
    #[serde(default)]
    pub verified: bool,
    /// It claims to be an official form.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub official: bool,
    /// First day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date")]
    #[serde(serialize_with = "plain_date")]
    pub from: Option<Date>,
    /// Last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date")]
    #[serde(serialize_with = "plain_date")]
    pub to: Option<Date>,
    /// Whom it is for.
    #[serde(default)]
    pub subject: FormSubject,
    /// `cong-trang`, `dot-xuat`, `chuyen-de`, `cong-hien`, `cong-trinh`.
    #[serde(default)]
    pub kind: String,
    /// No finding of this form is graver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Grade>,
    /// A comparison with earlier years is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Grade>,
    /// The form asks for a statement that nobody was disciplined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Grade>,
    /// One event with its day and place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Grade>,
    /// Sections in order.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionForm>,
    /// Signature and confirmation blocks.
    #[serde(default, rename = "sign")]
    pub signs: Vec<SignForm>,
}

fn yes() -> bool {
    true
}

fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let value = toml::value::Datetime::deserialize(deserializer)?;
    value.to_string().parse().map(Some).map_err(serde::de::Error::custom)
}

#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn plain_date<S: serde::Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    let date = date.map(|date| date.to_string()).unwrap_or_default();
    let value: toml::value::Datetime = date.parse().map_err(serde::ser::Error::custom)?;
    value.serialize(serializer)
}

impl ReportForm {
    /// Reads one form; `file` is named in errors. What it extends is looked up by the caller.
    ///
    /// # Errors
    /// When the file is not a form.
    pub fn parse(file: &str, text: &str) -> Result<Self, PackError> {
        let form: Self = toml::from_str(text).map_err(|error| PackError::invalid(file, error))?;
        if form.extends.is_none() && form.sections.is_empty() {
            return Err(PackError::invalid(file, "no [[section]]"));
        }
        Ok(form)
    }

    /// The severity of a requirement, capped for forms that are not official.
    #[must_use]
    pub fn grade(&self, grade: Grade) -> Severity {
        self.at_most.map_or(grade, |most| grade.min(most)).into()
    }

    /// A severity, capped for forms that are not official.
    #[must_use]
    pub fn cap(&self, severity: Severity) -> Severity {
        self.at_most.map_or(severity, |most| severity.min(most.into()))
    }

    /// The section of a kind.
    #[must_use]
    pub fn section(&self, role: SectionRole) -> Option<&SectionForm> {
        self.sections.iter().find(|section| section.role == role)
    }

    /// Whether it was in force on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    fn inherit(&mut self, base: &Self) {
        if self.sections.is_empty() {
            self.sections.clone_from(&base.sections);
        }
        if self.signs.is_empty() {
            self.signs.clone_from(&base.signs);
        }
        if self.subject == FormSubject::Any {
            self.subject = base.subject;
        }
        if self.kind.is_empty() {
            self.kind.clone_from(&base.kind);
        }
        self.comparison = self.comparison.or(base.comparison);
        self.statement = self.statement.or(base.statement);
        self.event = self.event.or(base.event);
    }
}

/// All forms at hand.
#[derive(Debug, Clone, Default)]
pub struct ReportForms {
    forms: Vec<ReportForm>,
}

impl ReportForms {
    /// The forms that are part of the program.
    ///
    /// # Errors
    /// When a form is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let mut forms = Self::default();
        for (file, text) in BUILTIN {
            forms.add(file, text)?;
        }
        Ok(forms)
    }

    /// Adds a form; one with the same id is replaced.
    ///
    /// # Errors
    /// When the file is not a form, or extends one that is not there.
    pub fn add(&mut self, file: &str, text: &str) -> Result<&ReportForm, PackError> {
        let mut form = ReportForm::parse(file, text)?;
        if let Some(base) = form.extends.clone() {
            let base = self.get(&base).ok_or_else(|| PackError::invalid(file, format!("extends: no form {base}")))?;
            form.inherit(&base.clone());
        }
        self.forms.retain(|other| other.id != form.id);
        self.forms.push(form);
        self.forms.last().ok_or_else(|| PackError::invalid(file, "no form"))
    }

    /// The form with an id; the part behind the slash will do where it is unique.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ReportForm> {
        self.forms.iter().find(|form| form.id == id).or_else(|| {
            let mut short = self.forms.iter().filter(|form| form.id.rsplit('/').next() == Some(id));
            short.next().filter(|_| short.next().is_none())
        })
    }

    /// Every form, in the order of the packs.
    pub fn iter(&self) -> impl Iterator<Item = &ReportForm> {
        self.forms.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_there_and_say_whom_they_are_for() {
        let forms = ReportForms::builtin().expect("forms");
        assert_eq!(forms.iter().count(), BUILTIN.len());
        for form in forms.iter() {
            assert!(!form.sections.is_empty() && !form.signs.is_empty(), "{}", form.id);
            assert!(!form.verified, "{}: nobody has compared it yet", form.id);
        }
        let old = forms.get("nd98-2023/ca-nhan-cong-trang").expect("form");
        assert_eq!(old.subject, FormSubject::CaNhan);
        assert!(old.holds_on(jiff::civil::date(2024, 5, 1)) && !old.holds_on(jiff::civil::date(2025, 7, 1)));
        assert!(forms.get("ca-nhan-cong-trang").is_none(), "two forms bear this name");
        assert!(forms.get("cong-trinh").is_some());
    }

    #[test]
    fn what_is_not_official_is_a_warning_at_most() {
        let forms = ReportForms::builtin().expect("forms");
        let house = forms.get("hoi-lhpn/ca-nhan").expect("form");
        assert!(!house.official);
        assert_eq!(house.grade(Grade::Error), Severity::Warning);
    }

    #[test]
    fn a_form_is_written_as_it_is_read() {
        let forms = ReportForms::builtin().expect("forms");
        for form in forms.iter() {
            let text = toml::to_string(form).expect("written");
            let read = ReportForm::parse("x", &text).expect("read");
            assert_eq!(&read, form);
        }
    }
}
