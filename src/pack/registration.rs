//! Registration forms as data (`hoi-lhpn/dang-ky-*/form.toml`): what a form holds, and how units write its headings when
//! they send it back; the words of its cells and the titles that can be registered (`hoi-lhpn/dang-ky/words.toml`).

use super::PackError;
use crate::language::fold::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RegistrationKind {
    /// Works and tasks (*công trình, phần việc*).
    CongTrinh,
    /// A collective's movements, targets and titles.
    TapThe,
    /// One person's targets and title.
    CaNhan,
}

impl RegistrationKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::CongTrinh, Self::TapThe, Self::CaNhan];

    /// Code, as in the names of files and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CongTrinh => "cong-trinh",
            Self::TapThe => "tap-the",
            Self::CaNhan => "ca-nhan",
        }
    }
}

/// What a cell of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    /// Number of the row.
    Sequence,
    /// Words.
    Text,
    /// A whole number, perhaps with what it counts.
    Count,
    /// An amount in đồng.
    Money,
    /// A day, a month, a quarter.
    Date,
    /// First and last day.
    Period,
    /// A person's name.
    Person,
    /// A title of emulation.
    Title,
}

/// A column of a form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnForm {
    /// Name in data, e.g. `dia-diem`.
    pub key: String,
    /// Heading as the form prints it.
    pub heading: String,
    /// Other ways in which units write it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What its cells hold.
    pub kind: CellKind,
    /// A form without it is complete.
    #[serde(default)]
    pub optional: bool,
}

/// One column of a returned form in the place of several.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedForm {
    /// Its headings.
    pub headings: Vec<String>,
    /// Keys of the columns that it holds.
    pub columns: Vec<String>,
    /// What its cells hold.
    pub kind: CellKind,
}

/// A table of a form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableForm {
    /// Name in data.
    pub key: String,
    /// Key of the column that makes a row an item.
    pub item: String,
    /// Columns in the form's order.
    #[serde(rename = "column")]
    pub columns: Vec<ColumnForm>,
    /// Columns that units put in the place of several.
    #[serde(default)]
    pub joined: Vec<JoinedForm>,
}

impl TableForm {
    /// A column by its key.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<&ColumnForm> {
        self.columns.iter().find(|column| column.key == key)
    }
}

/// A value behind a label, outside tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldForm {
    /// Name in data.
    pub key: String,
    /// Labels, the usual one first.
    pub labels: Vec<String>,
}

/// A registration form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationForm {
    /// What is registered.
    pub kind: RegistrationKind,
    /// Titles by which the form is known; folded.
    pub titles: Vec<String>,
    /// Names of what is counted, the longest first; folded.
    pub counted: Vec<String>,
    /// First words of lines that belong to the form itself; folded.
    pub frame: Vec<String>,
    /// Labelled values.
    #[serde(rename = "field")]
    pub fields: Vec<FieldForm>,
    /// Tables.
    #[serde(rename = "table")]
    pub tables: Vec<TableForm>,
}

/// A title of emulation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleForm {
    /// Name in full.
    pub name: String,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<String>,
    /// Who can hold it.
    #[serde(rename = "for")]
    pub holder: RegistrationKind,
    /// The title that must have been held before.
    #[serde(default)]
    pub lower: Option<String>,
    /// How often it must have been held before this registration.
    #[serde(default)]
    pub before: u32,
}

/// The registration forms and the words of their cells.
#[derive(Debug, Clone)]
pub struct RegistrationForms {
    /// One for each kind, in the order of [`RegistrationKind::ALL`].
    pub forms: Vec<RegistrationForm>,
    /// First words of a row of totals; folded.
    pub totals: Vec<String>,
    /// What stands in the place of an amount that nobody states; folded.
    pub no_amount: Vec<String>,
    /// Units of money in đồng; folded, the longest first.
    pub money: Vec<(String, u64)>,
    /// Words of what is done already; folded.
    pub done: Vec<String>,
    /// Titles that can be registered.
    pub titles: Vec<TitleForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    totals: Vec<String>,
    no_amount: Vec<String>,
    done: Vec<String>,
    money: BTreeMap<String, u64>,
    #[serde(rename = "title")]
    titles: Vec<TitleForm>,
}

const FORMS: [(&str, &str); 3] = [
    ("hoi-lhpn/dang-ky-cong-trinh/form.toml", include_str!("../../templates/hoi-lhpn/dang-ky-cong-trinh/form.toml")),
    ("hoi-lhpn/dang-ky-tap-the/form.toml", include_str!("../../templates/hoi-lhpn/dang-ky-tap-the/form.toml")),
    ("hoi-lhpn/dang-ky-ca-nhan/form.toml", include_str!("../../templates/hoi-lhpn/dang-ky-ca-nhan/form.toml")),
];

impl RegistrationForms {
    /// The built-in forms.
    ///
    /// # Errors
    /// When a data file is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let forms = FORMS.iter().map(|(file, source)| form(file, source)).collect::<Result<Vec<_>, _>>()?;
        let file = "hoi-lhpn/dang-ky/words.toml";
        let words: Words = toml::from_str(include_str!("../../templates/hoi-lhpn/dang-ky/words.toml"))
            .map_err(|error| PackError::invalid(file, error))?;
        let mut money: Vec<(String, u64)> = words.money.iter().map(|(unit, value)| (fold(unit), *value)).collect();
        money.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        money.dedup();
        Ok(Self {
            forms,
            totals: folded(&words.totals),
            no_amount: folded(&words.no_amount),
            money,
            done: folded(&words.done),
            titles: words.titles,
        })
    }

    /// The form of a kind.
    #[must_use]
    pub fn form(&self, kind: RegistrationKind) -> Option<&RegistrationForm> {
        self.forms.iter().find(|form| form.kind == kind)
    }

    /// A title by any of its spellings.
    #[must_use]
    pub fn title(&self, text: &str) -> Option<&TitleForm> {
        let wanted = fold(text.trim().trim_matches(['"', '“', '”', '.']).trim());
        self.titles
            .iter()
            .find(|title| std::iter::once(&title.name).chain(&title.also).any(|name| fold(name) == wanted))
    }
}

fn form(file: &str, source: &str) -> Result<RegistrationForm, PackError> {
    let mut form: RegistrationForm = toml::from_str(source).map_err(|error| PackError::invalid(file, error))?;
    form.titles = folded(&form.titles);
    form.counted = folded(&form.counted);
    form.frame = folded(&form.frame);
    for table in &form.tables {
        let unknown = |key: &&String| table.column(key).is_none();
        if let Some(key) = table.joined.iter().flat_map(|joined| &joined.columns).chain([&table.item]).find(unknown) {
            return Err(PackError::invalid(file, format!("table {}: no column {key}", table.key)));
        }
    }
    Ok(form)
}

/// Folded, the longest first.
fn folded(words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_forms_are_consistent() {
        let forms = RegistrationForms::builtin().expect("the shipped forms are valid");
        let kinds: Vec<_> = forms.forms.iter().map(|form| form.kind).collect();
        assert_eq!(kinds, RegistrationKind::ALL);
        for title in &forms.titles {
            assert!(title.lower.as_ref().is_none_or(|lower| forms.title(lower).is_some()), "{}", title.name);
        }
        assert_eq!(forms.title("“CSTĐ cơ sở”").map(|title| title.name.as_str()), Some("Chiến sĩ thi đua cơ sở"));
        assert!(forms.title("Chiến sĩ giỏi").is_none());
    }
}
