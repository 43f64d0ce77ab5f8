//! Does a plan cover the directives above it? (*đối chiếu*)
//!
//! Every deadline, number, task and name of a directive that binds the unit is looked for in the plan, ours or one
//! written by hand. A value of the plan belongs to the value of the directive that it resembles most, so that a number
//! that was changed is told from one that was dropped. Rules are those of a chief of office before signing, `KH-A` to
//! `KH-U`.

mod annex;
mod award;
mod duty;
mod form;
mod items;
mod resemble;
mod residue;

use super::plan::text::one_line;
use super::plan::{Parent, Position, last_day};
use super::units::SubUnits;
use crate::extract::Knowledge;
use crate::extract::mention::level;
use crate::model::{DocumentInfo, Level, Severity, Span};
use crate::pack::{AwardRules, Calendar, Lexicon, PlanWords, Profile, RegistrationForms};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub struct CompareInputs<'a> {
    /// The plan.
    pub plan: Parent<'a>,
    /// The directives.
    pub directives: &'a [Parent<'a>],
    /// The unit of the plan; without it, the unit is known by the plan's issuer.
    pub profile: &'a Profile,
    /// The units below.
    pub units: Option<&'a SubUnits>,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Words of the field.
    pub words: &'a PlanWords,
    /// Rules of commendation.
    pub awards: &'a AwardRules,
    /// Registration forms.
    pub forms: &'a RegistrationForms,
    /// Document types.
    pub lexicon: &'a Lexicon,
    /// The compiled patterns.
    pub knowledge: &'a Knowledge,
}

/// What a directive asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// A date or period.
    Deadline,
    /// A number.
    Quota,
    /// A task.
    Task,
    /// A name of a movement or a slogan.
    Name,
}

/// How a plan meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As asked, or better.
    Covered,
    /// Something like it is there, not the same.
    Changed,
    /// A number below the one asked for.
    Weaker,
    /// A date after the one asked for.
    Later,
    /// Not there.
    Missing,
}

/// A passage of one of the papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Where it stands.
    pub span: Span,
    /// What stands there.
    pub text: String,
    /// The paragraph around it, on one line, where that says more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub around: String,
}

/// One thing that a directive asks for, with where the plan has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The directive, by index.
    pub directive: usize,
    /// How the plan meets it.
    pub status: Status,
    /// The passage of the directive.
    pub wanted: Place,
    /// The passage of the plan.
    pub found: Option<Place>,
}

/// Something that the person who signs should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Rule, `KH-A` to `KH-U`.
    pub rule: &'static str,
    /// How grave.
    pub severity: Severity,
    /// Key of its sentence under `compare.`.
    pub key: &'static str,
    /// Values for the slots of the sentence.
    pub args: BTreeMap<&'static str, String>,
    /// Place in the plan.
    pub place: Option<Place>,
}

/// What comparing comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What the directives ask for, in their order.
    pub items: Vec<Item>,
    /// Findings, the gravest first.
    pub remarks: Vec<Remark>,
}

impl Comparison {
    /// How many items have a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.items.iter().filter(|item| item.status == status).count()
    }

    /// The gravest finding.
    #[must_use]
    pub fn gravest(&self) -> Option<Severity> {
        self.remarks.iter().map(|remark| remark.severity).max()
    }
}

/// Compares a plan with the directives above it.
#[must_use]
pub fn compare(inputs: &CompareInputs) -> Comparison {
    let mut out = Comparison::default();
    let lines = resemble::lines(&inputs.plan);
    for (index, directive) in inputs.directives.iter().enumerate() {
        let info = &directive.extraction.document;
        let position = Position::new(info, inputs.profile, inputs.knowledge, inputs.words);
        items::find(inputs, index, directive, &position, &lines, &mut out);
        residue::find(inputs, directive, &position, &mut out);
        form::cited(inputs, directive, &mut out);
        annex::find(inputs, index, directive, &position, &mut out);
    }
    form::review(inputs, &mut out);
    award::find(inputs, &mut out);
    duty::review(inputs, &mut out);
    out.remarks.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.rule.cmp(b.rule)));
    out.remarks.dedup();
    out
}

/// A profile that knows no more than the plan's own head: for plans of other offices.
#[must_use]
pub fn profile_of(info: &DocumentInfo, knowledge: &Knowledge) -> Option<Profile> {
    let name = info.issuer.clone()?;
    let code = match level(&name, knowledge) {
        Level::Central => "trung-uong",
        Level::Province => "tinh",
        Level::District => "huyen",
        Level::Chapter => "chi-hoi",
        _ => "xa",
    };
    let levels =
        [("trung-uong", "Trung ương"), ("tinh", "Tỉnh"), ("huyen", "Huyện"), ("xa", "Xã"), ("chi-hoi", "Chi hội")];
    let levels: String =
        levels.iter().map(|(code, name)| format!("[[cap]]\nma = \"{code}\"\nten = \"{name}\"\n")).collect();
    let quoted = toml::Value::String(name);
    let text = format!("[don-vi]\nten = {quoted}\ncap = \"{code}\"\nky-hieu = \"-\"\ndia-danh = \"-\"\n{levels}");
    Profile::parse(&text).ok()
}

/// The last day of a deadline, for order.
pub(super) fn due(deadline: &crate::model::Deadline) -> Option<jiff::civil::Date> {
    last_day(&deadline.when)
}

/// The day that a deadline names, whether it counts itself or not.
fn named_day(deadline: &crate::model::Deadline) -> Option<jiff::civil::Date> {
    match &deadline.when {
        crate::model::When::By { date, .. } => date.parse().ok(),
        _ => due(deadline),
    }
}

/// `05/11/2021`
fn short_date(date: jiff::civil::Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

fn place(parent: &Parent, span: Span) -> Place {
    let text = parent.document.slice(span).unwrap_or_default().to_owned();
    let block = parent.document.blocks.get(span.block as usize).map(|block| one_line(&block.text));
    let around = block.filter(|block| *block != one_line(&text)).unwrap_or_default();
    Place { span, text, around }
}

fn remark(rule: &'static str, severity: Severity, key: &'static str, args: &[(&'static str, &str)]) -> Remark {
    let args = args.iter().map(|(slot, value)| (*slot, (*value).to_owned())).collect();
    Remark { rule, severity, key, args, place: None }
}
