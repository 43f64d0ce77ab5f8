//! A unit's own plan, drawn from the directives above it.
//!
//! ```text
//!  directive ──passage──▶ topics and addressees ──adapt──▶ sentences of the plan   ┐
//!            ──binding──▶ deadlines and numbers that bind ──dates, share──▶ tables ┴─build──▶ sections ──write──▶ values, trace
//! ```
//!
//! What binds is carried over: names to the letter, numbers not below, dates not later. What addresses only the parent
//! is left out. What cannot be decided stands open, in the document as `……` and in the checklist as a sentence.

pub(crate) mod adapt;
mod allocation;
mod annex;
pub(crate) mod binding;
pub(crate) mod blank;
mod build;
mod cite;
mod dates;
mod leftover;
pub(crate) mod passage;
mod remarks;
pub(crate) mod role;
mod section;
mod share;
pub(crate) mod text;
mod write;

pub use allocation::{Allocation, AllocationRow};
pub use annex::{AnnexedForm, SentForm, forms_asked_for, forms_sent};
pub(super) use cite::issuer;
pub use dates::{OwnDate, last_day, own_date};
pub use role::{Position, Role};
pub use share::{Share, shares};
pub(super) use write::rich_text;

use super::units::SubUnits;
use crate::extract::Knowledge;
use crate::model::{Document, Extraction, Open, Origin, Span, Traced, TracedSource};
use crate::pack::{Calendar, Lexicon, PlanWords, Profile, RegistrationKind, Texts};
use crate::structure::Structure;
use jiff::civil::Date;

/// A directive that was read.
#[derive(Debug, Clone, Copy)]
pub struct Parent<'a> {
    /// Its text.
    pub document: &'a Document,
    /// What it says.
    pub extraction: &'a Extraction,
    /// Its parts.
    pub structure: &'a Structure,
}

impl Parent<'_> {
    /// The origin of a value that stands at a span.
    #[must_use]
    pub fn source(&self, span: Span) -> Origin {
        Origin::Source {
            document: self.document.source.path.clone(),
            span,
            text: self.document.slice(span).unwrap_or_default().to_owned(),
        }
    }
}

/// What a plan is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The directives, the one that counts most first.
    pub parents: &'a [Parent<'a>],
    /// The unit.
    pub profile: &'a Profile,
    /// The units below.
    pub units: Option<&'a SubUnits>,
    /// Forms that stand behind the plan, for the units below to fill in.
    pub forms: &'a [RegistrationKind],
    /// Forms that the directives send along, to stand behind the plan as they are.
    pub sent: &'a [SentForm],
    /// Date of the plan, when it is known already.
    pub signed: Option<Date>,
    /// Index of the signer in the profile.
    pub signer: usize,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Words of the field.
    pub words: &'a PlanWords,
    /// Document types.
    pub lexicon: &'a Lexicon,
    /// Sentences for the checklist.
    pub texts: &'a Texts,
    /// The compiled patterns.
    pub knowledge: &'a Knowledge,
}

/// A plan, ready for its template.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Values for `hoi-lhpn/ke-hoach/form.docx`.
    pub values: serde_json::Value,
    /// Every value with its origin, in the order of the document.
    pub entries: Vec<Traced>,
    /// What is open.
    pub open: Vec<Open>,
    /// What was read.
    pub sources: Vec<TracedSource>,
    /// Numbers proposed for the units below.
    pub allocations: Vec<Allocation>,
    /// Forms that stand behind the plan.
    pub forms: Vec<AnnexedForm>,
    /// Names of the annexes with the forms of the directives, and the plan that they belong to.
    pub sent: (Vec<String>, (String, Origin)),
}

/// Draws a plan.
#[must_use]
pub fn plan(inputs: &Inputs) -> Plan {
    let draft = build::draft(inputs);
    write::written(inputs, draft)
}
