//! What a document says, in the form that `thidua extract --format json` prints.

use super::{Finding, Span, When};
use serde::Serialize;

/// Everything extracted from one document. Items of each list stand in reading order.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Extraction {
    /// The administrative header and footer.
    pub document: DocumentInfo,
    /// Headings as a tree.
    pub outline: Vec<OutlineNode>,
    /// Documents named in the text.
    pub citations: Vec<Citation>,
    /// What is due when.
    pub deadlines: Vec<Deadline>,
    /// Numbers that somebody has to reach, keep under, choose or hand out.
    pub quotas: Vec<Quota>,
    /// Who has to do what.
    pub assignments: Vec<Assignment>,
    /// What a collective, a person or a household must fulfil to be commended.
    pub criteria: Vec<Criterion>,
    /// Names of things, people and places.
    pub entities: Entities,
    /// Forms and lists that the text promises to enclose.
    pub attachments: Vec<Attachment>,
    /// What a careful reader would notice.
    pub diagnostics: Vec<Finding>,
}

/// The parts of form (thể thức) of a document; what the file does not state is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DocumentInfo {
    /// Code of the named type: `KH`, `HD`, `QĐ`, `CV`, …
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Number without blanks, e.g. `53`, `06A`, `11/2021`.
    pub number: Option<String>,
    /// Symbol without blanks, e.g. `KH-BTV`.
    pub symbol: Option<String>,
    /// Issuing body.
    pub issuer: Option<String>,
    /// The body above the issuer, where the header names it.
    pub parent_issuer: Option<String>,
    /// Place of the date line.
    pub place: Option<String>,
    /// Date of signing, ISO 8601.
    pub date: Option<String>,
    /// Trích yếu, on one line.
    pub subject: Option<String>,
    /// The (first) signature block.
    pub signature: Option<Signature>,
    /// Nơi nhận.
    pub recipients: Vec<Recipient>,
    /// Where the values above were read, by field name (`type`, `number`, `date`, …).
    #[serde(skip)]
    pub spans: std::collections::BTreeMap<&'static str, Span>,
}

/// A signature block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// The `TM.`/`KT.`/`TL.`/`TUQ.` lines, joined by a space.
    pub authority: Option<String>,
    /// Post of the one who signs.
    pub title: Option<String>,
    /// Name of the one who signs.
    pub name: Option<String>,
}

/// One line of Nơi nhận.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipient {
    /// The recipient.
    pub text: String,
    /// What for, e.g. `để báo cáo`.
    pub purpose: Option<String>,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineNode {
    /// Label as printed, without the closing full stop.
    pub label: String,
    /// Text of the heading.
    pub title: String,
    /// Depth, from 1.
    pub depth: u32,
    /// Block of the heading.
    pub block: u32,
    /// Headings below.
    pub children: Vec<OutlineNode>,
}

/// How a cited document is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The document rests on it (*Căn cứ*, *Thực hiện* in the opening).
    Basis,
    /// It is mentioned.
    Mention,
}

/// A document named by its number, or by type and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Words of the source.
    pub text: String,
    /// Code of the document type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Number and symbol without blanks, e.g. `1501/KH-UBND`.
    pub code: Option<String>,
    /// Date of the cited document, ISO 8601.
    pub date: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// How it is used.
    pub role: Role,
    /// Article, clause, point: `khoản 2 Điều 20`.
    pub pinpoint: Option<String>,
    /// The same document was cited further up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub repeat: bool,
    /// Place.
    pub span: Span,
    /// Pattern that recognised it, for `--explain`.
    #[serde(skip)]
    pub by: String,
}

/// What kind of duty a deadline belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeadlineKind {
    /// Registering.
    Registration,
    /// Reporting.
    Report,
    /// Sending in something else.
    Submission,
    /// Choosing, assessing, approving.
    Review,
    /// Carrying out.
    Implementation,
    /// An event.
    Event,
    /// Anything else.
    Other,
}

/// A time by which, or in which, something must be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Words of the source.
    pub text: String,
    /// Kind of duty.
    pub kind: DeadlineKind,
    /// When.
    pub when: When,
    /// What has to be done.
    pub action: Option<String>,
    /// Who has to do it.
    pub actor: Option<String>,
    /// To whom it goes.
    pub recipient: Option<String>,
    /// A part of the value was not stated but taken from the document (a year, say).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    /// Words that make this an exception to a rule, e.g. `Riêng năm 2022`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<String>,
    /// Place.
    pub span: Span,
    /// Pattern that recognised it, for `--explain`.
    #[serde(skip)]
    pub by: String,
}

/// How a number binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum QuotaOp {
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// More than.
    #[serde(rename = ">")]
    MoreThan,
    /// Exactly.
    #[serde(rename = "=")]
    Exactly,
    /// Less than.
    #[serde(rename = "<")]
    LessThan,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
}

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotaKind {
    /// To be reached.
    Target,
    /// To be chosen or proposed.
    Nomination,
    /// To be given.
    Award,
    /// A condition.
    Threshold,
}

/// What is counted: a share, or things named by a noun phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub enum Unit {
    /// Per cent; printed as `percent`.
    Percent,
    /// The noun phrase of the source.
    Things(String),
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Percent => "percent".to_owned(),
            Unit::Things(name) => name,
        }
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Every year.
    Yearly,
}

/// A number that somebody has to reach, keep under, choose or hand out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quota {
    /// Words of the source.
    pub text: String,
    /// How the number binds.
    pub op: QuotaOp,
    /// The number.
    #[serde(serialize_with = "plain_number")]
    pub value: f64,
    /// What is counted.
    pub unit: Unit,
    /// What it is for.
    pub kind: QuotaKind,
    /// Who.
    pub actor: Option<String>,
    /// For each of what (*mỗi cơ sở Hội* → `cơ sở Hội`, *…/đơn vị* → `đơn vị`).
    pub per: Option<String>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// Words that make this an exception to a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<String>,
    /// Place.
    pub span: Span,
    /// Pattern that recognised it, for `--explain`.
    #[serde(skip)]
    pub by: String,
}

/// Whole numbers print without a fraction: `6`, not `6.0`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn plain_number<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    if value.fract() == 0.0 && value.abs() < 9e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

/// Level of the organisation that a task is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (to 30/6/2025).
    District,
    /// Xã, phường, thị trấn, cơ sở.
    Commune,
    /// Chi hội, tổ.
    Chapter,
    /// A department of the issuing body.
    Department,
    /// Anything else.
    Other,
}

/// A task with the one who has to carry it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// Who.
    pub actor: String,
    /// The actor's level.
    pub level: Level,
    /// What.
    pub task: String,
    /// Place of the task.
    pub span: Span,
}

/// Whom a criterion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CriterionSubject {
    /// Tập thể.
    Collective,
    /// Cá nhân.
    Individual,
    /// Hộ gia đình.
    Household,
}

/// A condition for being commended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// Whom it is about.
    pub subject: CriterionSubject,
    /// Words of the source.
    pub text: String,
    /// Place.
    pub span: Span,
}

/// A name found in the text; `spans` holds every place, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The name as first written.
    pub name: String,
    /// Its places.
    pub spans: Vec<Span>,
}

/// Names by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entities {
    /// Phong trào, đợt thi đua.
    pub movements: Vec<Named>,
    /// Cuộc vận động.
    pub campaigns: Vec<Named>,
    /// Chương trình, đề án, dự án.
    pub programmes: Vec<Named>,
    /// Organisations.
    pub organizations: Vec<Named>,
    /// Persons.
    pub persons: Vec<Named>,
    /// Places.
    pub places: Vec<Named>,
    /// Award forms and titles.
    pub awards: Vec<Named>,
    /// E-mail addresses, telephone numbers, web addresses.
    pub contacts: Vec<Contact>,
}

/// Kind of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContactKind {
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Web address.
    Url,
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// What it is.
    pub kind: ContactKind,
    /// As written, without blanks.
    pub value: String,
    /// Place.
    pub span: Span,
}

/// A form or list that the text promises to enclose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Words of the source.
    pub text: String,
    /// Place.
    pub span: Span,
}
