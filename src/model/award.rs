//! Awards: who is proposed, as a list says it, and what a careful clerk would notice about the list. Data only.

use super::Severity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whom an award is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// Tập thể.
    #[serde(rename = "tap-the")]
    Collective,
    /// Cá nhân.
    #[serde(rename = "ca-nhan")]
    Individual,
    /// Hộ gia đình.
    #[serde(rename = "ho")]
    Household,
}

impl Subject {
    /// All of them, in the order in which a list has them.
    pub const ALL: [Self; 3] = [Self::Collective, Self::Individual, Self::Household];

    /// The code that data files and text keys use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Collective => "tap-the",
            Self::Individual => "ca-nhan",
            Self::Household => "ho",
        }
    }

    /// The subject of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.code() == code)
    }
}

/// What a column of a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Running number.
    #[serde(rename = "stt")]
    Number,
    /// Name of a person, a collective or a household.
    #[serde(rename = "ten")]
    Name,
    /// Name with post and unit in one cell.
    #[serde(rename = "ten-chuc-vu-don-vi")]
    NamePostUnit,
    /// Ông, Bà.
    #[serde(rename = "xung-ho")]
    Salutation,
    /// Sex, which tells the form of address.
    #[serde(rename = "gioi-tinh")]
    Sex,
    /// A mark or year of birth in a column for men.
    #[serde(rename = "nam")]
    Male,
    /// A mark or year of birth in a column for women.
    #[serde(rename = "nu")]
    Female,
    /// Date or year of birth.
    #[serde(rename = "nam-sinh")]
    Birth,
    /// Post.
    #[serde(rename = "chuc-vu")]
    Post,
    /// Unit.
    #[serde(rename = "don-vi")]
    Unit,
    /// Post and unit in one cell.
    #[serde(rename = "chuc-vu-don-vi")]
    PostUnit,
    /// Collective, person or household.
    #[serde(rename = "doi-tuong")]
    Kind,
    /// Form or title.
    #[serde(rename = "hinh-thuc")]
    Award,
    /// What it is given for.
    #[serde(rename = "thanh-tich")]
    Achievement,
    /// Sum of money.
    #[serde(rename = "muc-thuong")]
    Amount,
    /// Year or period that is assessed.
    #[serde(rename = "thoi-gian")]
    Period,
    /// Titles held before, with their years.
    #[serde(rename = "da-dat")]
    History,
    /// Members of the collective.
    #[serde(rename = "tong-so")]
    Members,
    /// Members of the collective who hold *Lao động tiên tiến*.
    #[serde(rename = "so-ldtt")]
    Advanced,
    /// Share of such members, per cent.
    #[serde(rename = "ty-le-ldtt")]
    AdvancedShare,
    /// Votes for.
    #[serde(rename = "dong-y")]
    Agree,
    /// Votes against.
    #[serde(rename = "khong-dong-y")]
    Disagree,
    /// Invalid votes.
    #[serde(rename = "khong-hop-le")]
    Invalid,
    /// Members of the council.
    #[serde(rename = "thanh-vien")]
    Council,
    /// Number of a decision, in registers.
    #[serde(rename = "so-quyet-dinh")]
    DecisionNumber,
    /// Date of a decision, in registers.
    #[serde(rename = "ngay-quyet-dinh")]
    DecisionDate,
    /// Quota of collectives.
    #[serde(rename = "chi-tieu-tap-the")]
    QuotaCollective,
    /// Quota of persons.
    #[serde(rename = "chi-tieu-ca-nhan")]
    QuotaIndividual,
    /// Remarks.
    #[serde(rename = "ghi-chu")]
    Note,
}

/// A place in a list, as a person looks for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ListPlace {
    /// Path of the list as the user gave it.
    pub file: String,
    /// Sheet or table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row, from 1.
    pub row: u32,
    /// Address of the cell as spreadsheets write it.
    pub cell: String,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The text of the cell, NFC, without blanks at its ends.
    pub text: String,
    /// The place.
    pub place: ListPlace,
    /// Heading of the column, or what stands for it.
    pub column: String,
}

/// A row of a list: one who is proposed for an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Awardee {
    /// Whom the award is for.
    pub subject: Subject,
    /// What the row says, by meaning.
    pub fields: BTreeMap<Field, Said>,
}

impl Awardee {
    /// What the row says about something; `None` when it says nothing.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        self.fields.get(&field).map(|said| said.text.as_str())
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text(Field::Name).unwrap_or_default()
    }

    /// The unit; a collective is its own unit when the list names no other.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        let own = (self.subject == Subject::Collective).then(|| self.name());
        self.text(Field::Unit).or(own).filter(|unit| !unit.is_empty())
    }

    /// Place of the name, or of the row.
    #[must_use]
    pub fn place(&self) -> Option<&ListPlace> {
        self.fields.get(&Field::Name).or_else(|| self.fields.values().next()).map(|said| &said.place)
    }
}

/// A number that the list itself states: in a group line, a total row or a closing line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declared {
    /// What is counted.
    pub what: DeclaredKind,
    /// The number, in units or in đồng.
    pub value: i64,
    /// Rows that it may count, as ranges of [`Roster::awardees`]: a total row does not say where it begins.
    pub rows: Vec<std::ops::Range<usize>>,
    /// Its place.
    pub place: ListPlace,
}

/// What a declared number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeclaredKind {
    /// Awardees of one kind.
    Count(Subject),
    /// Money.
    Money,
}

/// A list as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Roster {
    /// Everybody on it, in its order.
    pub awardees: Vec<Awardee>,
    /// Numbers that it states about itself.
    pub declared: Vec<Declared>,
    /// Lines above the headings and other text that is no row: title, bases, remarks.
    pub lines: Vec<Said>,
    /// What could not be understood.
    pub findings: Vec<AwardFinding>,
}

/// Something about a list or its papers that needs a person's eye. Its sentences stand in the text catalogues under
/// `award.finding.<code>.message` and `.remedy`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwardFinding {
    /// Stable code, e.g. `KT201`; never reused.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// The place; `None` when the finding is about the whole list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<ListPlace>,
    /// Other places that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<ListPlace>,
    /// Values for the slots of the sentences.
    pub args: BTreeMap<&'static str, String>,
}

impl AwardFinding {
    /// A finding without slots or related places.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, place: Option<ListPlace>) -> Self {
        Self { code, severity, place, related: Vec::new(), args: BTreeMap::new() }
    }

    /// Adds a value for a slot.
    #[must_use]
    pub fn with(mut self, slot: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(slot, value.into());
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn and(mut self, place: Option<ListPlace>) -> Self {
        self.related.extend(place);
        self
    }
}

/// An award given before, as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastAward {
    /// Name as written in the decision.
    pub name: String,
    /// Unit as written.
    pub unit: Option<String>,
    /// Whom it was for.
    pub subject: Subject,
    /// Code of the form or title.
    pub form: String,
    /// Year that was assessed.
    pub year: Option<i16>,
    /// Number and symbol of the decision.
    pub decision: String,
    /// Its date, ISO 8601.
    pub date: Option<String>,
}

/// A decision that was issued, as the register takes it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedDecision {
    /// Number without leading zeros, with a letter where one stands after it: `120`, `6A`.
    pub number: String,
    /// Symbol after the stroke: `QĐ-BTV`.
    pub symbol: String,
    /// Date of the decision.
    pub date: jiff::civil::Date,
    /// Trích yếu.
    pub subject: Option<String>,
    /// Issuing body.
    pub issuer: Option<String>,
    /// File that it was read from.
    pub file: String,
    /// SHA-256 of that file, hexadecimal.
    pub sha256: String,
    /// What it gave, in its order.
    pub awards: Vec<IssuedAward>,
}

impl IssuedDecision {
    /// Number and symbol as printed: `06/QĐ-BTV`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}/{}", padded(&self.number), self.symbol)
    }
}

/// A number below ten with its zero (NĐ 30/2020, Phụ lục I).
#[must_use]
pub fn padded(number: &str) -> String {
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    if digits == 1 { format!("0{number}") } else { number.to_owned() }
}

/// An award of an issued decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedAward {
    /// Whom it is for.
    pub subject: Subject,
    /// Name as printed.
    pub name: String,
    /// Post.
    pub post: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Code of the form or title; empty when no rule knows it.
    pub form: String,
    /// Form or title as printed.
    pub form_name: String,
    /// What it was given for.
    pub achievement: Option<String>,
    /// Year that was assessed.
    pub year: Option<i16>,
    /// Đồng.
    pub money: Option<i64>,
}

/// How many a unit may or has to propose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitQuota {
    /// The unit; `None` for each unit.
    pub unit: Option<String>,
    /// The number is for all units together.
    pub total: bool,
    /// The bound is this share of the unit's members, per cent; it has no number of its own.
    pub percent: Option<f64>,
    /// Of whom.
    pub subject: Subject,
    /// No fewer.
    pub at_least: Option<i64>,
    /// No more.
    pub at_most: Option<i64>,
    /// Where it stands, in a list.
    pub place: Option<ListPlace>,
    /// Words of the source.
    pub text: String,
}
