//! Annexes of a plan: the numbers proposed for the units below, and the blank forms that they fill in.

use super::binding::{self, BoundDeadline};
use super::dates::{OwnDate, last_day, own_date};
use super::passage::passages;
use super::role::{Position, contains_word};
use super::section::{Piece, computed, pack, profile};
use super::text::{clauses, slice};
use super::{Inputs, Parent, cite};
use crate::compose::letterhead::written;
use crate::extract::Knowledge;
use crate::language::fold::fold;
use crate::language::numeral::to_roman;
use crate::model::{DeadlineKind, Origin, QuotaKind, Unit};
use crate::pack::{CALENDAR_FILE, PlanWords, Profile, RegistrationForms, RegistrationKind};
use jiff::civil::Date;

/// What annexes are called, in their order.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// Of the numbers proposed.
    pub allocation: Option<String>,
    /// Of each form.
    pub forms: Vec<String>,
    /// Of each form of the directives.
    pub sent: Vec<String>,
}

impl Labels {
    /// One annex is *Phụ lục*; several are numbered in Roman figures (NĐ 30/2020, Phụ lục I).
    pub fn new(inputs: &Inputs, has_allocation: bool) -> Self {
        let first = usize::from(has_allocation);
        let sent = first + inputs.forms.len();
        let count = sent + inputs.sent.len();
        let name = inputs.words.sentence("annex", &[]);
        let label = |at: usize| match u32::try_from(at + 1).ok().and_then(to_roman) {
            Some(number) if count > 1 => format!("{name} {number}"),
            _ => name.clone(),
        };
        Self {
            allocation: has_allocation.then(|| label(0)),
            forms: (first..sent).map(label).collect(),
            sent: (sent..count).map(label).collect(),
        }
    }
}

/// A blank form that stands behind the plan.
#[derive(Debug, Clone)]
pub struct AnnexedForm {
    /// What is registered with it.
    pub kind: RegistrationKind,
    /// *Phụ lục II*.
    pub label: String,
    /// The plan that it belongs to: `Kèm theo Kế hoạch số …`.
    pub belongs: (String, Origin),
    /// The plan, as the form cites it.
    pub basis: (String, Origin),
    /// Last day of registering, as the timetable of the plan has it.
    pub due: Option<(Date, Origin)>,
}

/// The plan itself, as its annexes cite it.
pub fn own_plan(inputs: &Inputs) -> Piece {
    let date = match inputs.signed {
        Some(date) => format!("ngày {}", written(date)),
        None => format!("ngày {0} tháng {0} năm {0}", cite::BLANK),
    };
    let slots =
        [("symbol", inputs.profile.unit.symbol.as_str()), ("date", &date), ("issuer", &inputs.profile.issuer())];
    let text = inputs.words.sentence("own-plan", &slots);
    let given = inputs.signed.map(|_| Origin::Given { option: "--date".to_owned() });
    let origins = given.into_iter().chain([pack("sentences.own-plan"), profile("don-vi")]).collect();
    Piece::new(text, computed("own-plan", origins))
}

/// `Kèm theo Kế hoạch số …`.
pub fn belongs(inputs: &Inputs) -> Piece {
    let plan = own_plan(inputs);
    let text = inputs.words.sentence("belongs", &[("plan", &plan.text)]);
    Piece::new(text, computed("belongs", vec![plan.origin, pack("sentences.belongs")]))
}

/// The forms of the plan, each with what it has to say.
pub fn forms(inputs: &Inputs, labels: &Labels, deadlines: &[BoundDeadline]) -> Vec<AnnexedForm> {
    let (belongs, basis) = (belongs(inputs), own_plan(inputs));
    let due = deadlines.iter().filter(|bound| bound.deadline.kind == DeadlineKind::Registration);
    let due = due.filter_map(|bound| due_of(inputs, bound)).min_by_key(|(date, _)| *date);
    let form = |(kind, label): (&RegistrationKind, &String)| AnnexedForm {
        kind: *kind,
        label: label.clone(),
        belongs: (belongs.text.clone(), belongs.origin.clone()),
        basis: (basis.text.clone(), basis.origin.clone()),
        due: due.clone(),
    };
    inputs.forms.iter().zip(&labels.forms).map(form).collect()
}

/// The day that the plan sets for a deadline; nothing where a person has to set it.
fn due_of(inputs: &Inputs, bound: &BoundDeadline) -> Option<(Date, Origin)> {
    let source = inputs.parents.get(bound.parent)?.source(bound.deadline.span);
    match own_date(bound.deadline, inputs.profile.planning.lead, inputs.signed, inputs.calendar) {
        OwnDate::By { date, .. } => {
            let calendar = Origin::Pack { file: CALENDAR_FILE.to_owned(), key: "year".to_owned() };
            let inputs = vec![source, profile("ke-hoach.nhac-truoc"), calendar];
            Some((date, computed("working-days-before", inputs)))
        }
        OwnDate::Same => Some((last_day(&bound.deadline.when)?, source)),
        OwnDate::EachBefore | OwnDate::NoRoom => None,
    }
}

/// A blank form that a directive sends along.
#[derive(Debug, Clone)]
pub struct SentForm {
    /// Its title, with where it stands.
    pub title: (String, Origin),
    /// Headings of its columns.
    pub columns: Vec<(String, Origin)>,
    /// Rows to fill in.
    pub rows: u32,
    /// Something is registered with it.
    pub registers: bool,
}

/// The blank forms that directives send along; a plan hands them on as they are.
#[must_use]
pub fn forms_sent(parents: &[Parent], words: &PlanWords) -> Vec<SentForm> {
    let mut out: Vec<SentForm> = Vec::new();
    for parent in parents {
        for form in super::blank::forms(parent) {
            let Some(span) = form.title_span else { continue };
            let above = fold(&form.above);
            let columns = form.columns.iter().map(|heading| (heading.text.clone(), parent.source(heading.span)));
            let sent = SentForm {
                title: (form.title.clone(), parent.source(span)),
                columns: columns.collect(),
                rows: form.rows,
                registers: words.registration.ask.iter().any(|word| above.contains(word.as_str())),
            };
            // Several directives may send the same form.
            if !out.iter().any(|other| other.title.0 == sent.title.0 && other.columns.len() == sent.columns.len()) {
                out.push(sent);
            }
        }
    }
    out
}

/// The forms that units below need when directives ask them to register: works and tasks, titles.
#[must_use]
pub fn forms_asked_for(
    parents: &[Parent],
    profile: &Profile,
    knowledge: &Knowledge,
    words: &PlanWords,
    forms: &RegistrationForms,
) -> Vec<RegistrationKind> {
    let works: Vec<String> =
        forms.form(RegistrationKind::CongTrinh).map(|form| form.counted.clone()).unwrap_or_default();
    let holds = |text: &str, list: &[String]| list.iter().any(|word| contains_word(text, word));
    let mut found = Vec::new();
    for parent in parents {
        let position = Position::new(&parent.extraction.document, profile, knowledge, words);
        let passages = passages(parent, &position);
        let asked: Vec<String> = passages
            .iter()
            .filter(|passage| passage.role.binds())
            .flat_map(|passage| {
                let text = parent.document.blocks.get(passage.span.block as usize).map_or("", |b| b.text.as_str());
                let clauses = clauses(text, passage.span.start..passage.span.end).into_iter();
                clauses.map(|range| fold(slice(text, range))).collect::<Vec<_>>()
            })
            .filter_map(|clause| registered(&clause, words))
            .collect();
        let counts = binding::quotas(0, parent, &position, &passages).iter().any(|bound| {
            let Unit::Things(things) = &bound.quota.unit else { return false };
            bound.quota.kind == QuotaKind::Target && works.iter().any(|word| fold(things).starts_with(word.as_str()))
        });
        let promised = parent.extraction.attachments.iter().filter_map(|a| registered(&fold(&a.text), words));
        let all: Vec<String> = asked.into_iter().chain(promised).collect();
        if !all.is_empty() && (counts || all.iter().any(|text| holds(text, &works))) {
            found.push(RegistrationKind::CongTrinh);
        }
        if all.iter().any(|text| holds(text, &words.registration.titles)) {
            found.push(RegistrationKind::TapThe);
            if all.iter().any(|text| holds(text, &words.registration.titles) && holds(text, &words.registration.person))
            {
                found.push(RegistrationKind::CaNhan);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What is registered: the words behind *đăng ký*, unless they speak of taking part.
fn registered(clause: &str, words: &PlanWords) -> Option<String> {
    let words = &words.registration;
    let (at, word) = words.ask.iter().filter_map(|word| Some((clause.find(word.as_str())?, word))).min()?;
    let rest = clause.get(at + word.len()..)?.trim_start();
    let joins = words.joining.iter().any(|word| rest.starts_with(word.as_str()));
    (!joins).then(|| rest.to_owned())
}
