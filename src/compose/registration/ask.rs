//! What a plan or a directive asks the units below to register, every value with its origin.
//!
//! A plan of the office itself is followed to the letter. A directive of a body above is handed down: numbers that it
//! gives the units below are theirs, a number that it gives the office is shared out among them, its day moves forward
//! by the working days of the profile.

use super::task::{Due, Task, UnitTask};
use super::units::{UnitName, Units};
use crate::compose::plan::{OwnDate, own_date, shares};
use crate::compose::units::SubUnits;
use crate::language::fold::fold;
use crate::model::{
    Deadline, DeadlineKind, Document, Extraction, Level, Open, Origin, Quota, QuotaKind, QuotaOp, Span, SubUnit,
    TracedSource, Unit, When,
};
use crate::pack::profile::Sharing;
use crate::pack::{CALENDAR_FILE, Calendar, Lexicon, PlanWords, Profile, RegistrationForm, Texts};
use jiff::civil::Date;
use std::collections::BTreeMap;

mod table;
mod words;

use words::{Counted, levels_of};
pub use words::{cited, due_text};

/// A document that was read: a plan of the office, or a directive.
#[derive(Debug, Clone, Copy)]
pub struct Directive<'a> {
    /// The document.
    pub document: &'a Document,
    /// What was extracted.
    pub extraction: &'a Extraction,
}

/// What the command line says instead of documents.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Name of the drive.
    pub drive: Option<String>,
    /// Least number for each unit.
    pub minimum: Option<u64>,
    /// Last day of registering.
    pub due: Option<Date>,
    /// First day of the drive.
    pub start: Option<Date>,
    /// Last day of the drive.
    pub end: Option<Date>,
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// The least that a unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// The number.
    pub number: u64,
    /// As a form prints it: `01 công trình, 02 phần việc`.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// What is asked of the units below.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Name of the drive, to the letter.
    pub drive: Option<Value<String>>,
    /// First and last day of the drive.
    pub period: (Option<Date>, Option<Date>),
    /// Until when to register.
    pub due: Option<Value<Due>>,
    /// Where to send it.
    pub send_to: Option<Value<String>>,
    /// The document that asks, as it is cited.
    pub basis: Option<Value<String>>,
    /// Units, with what each owes.
    pub units: Vec<(UnitName, Option<Minimum>)>,
    /// What was read.
    pub sources: Vec<TracedSource>,
    /// Text of what was read, folded.
    pub text: String,
    /// What a person has to look at.
    pub open: Vec<Open>,
}

impl Asked {
    /// What returned forms are checked against.
    #[must_use]
    pub fn task(&self) -> Task {
        let unit = |(unit, minimum): &(UnitName, Option<Minimum>)| UnitTask {
            unit: unit.clone(),
            minimum: minimum.as_ref().map(|minimum| minimum.number),
        };
        Task {
            drive: self.drive.as_ref().map(|drive| drive.value.clone()),
            start: self.period.0,
            end: self.period.1,
            due: self.due.as_ref().map(|due| due.value),
            units: self.units.iter().map(unit).collect(),
            named: self.text.clone(),
            members: None,
        }
    }
}

/// The knowledge that is needed to ask.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// The office.
    pub profile: &'a Profile,
    /// The units below.
    pub below: Option<&'a SubUnits>,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Words of the field.
    pub words: &'a PlanWords,
    /// Names of document types.
    pub lexicon: &'a Lexicon,
    /// The form that is sent out.
    pub form: &'a RegistrationForm,
    /// Sentences in the language of the run.
    pub texts: &'a Texts,
}

/// Reads what directives and plans ask; what the command line gives goes before.
#[must_use]
pub fn ask(directives: &[Directive], office: &Office, given: &Given) -> Asked {
    let own = Units::new(&[own_name(office.profile)]);
    let mut ordered: Vec<(bool, &Directive)> = directives
        .iter()
        .map(|directive| {
            let issuer = directive.extraction.document.issuer.as_deref().unwrap_or_default();
            (own.named(issuer).is_some(), directive)
        })
        .collect();
    // A plan of the office says what its parent asks, and more.
    ordered.sort_by_key(|(own, _)| !own);
    let day = ordered.iter().find_map(|(_, directive)| date_of(directive));
    let list: Vec<&SubUnit> = office.below.map(|below| below.on(day).collect()).unwrap_or_default();
    let names: Vec<UnitName> =
        list.iter().map(|unit| UnitName { name: unit.name.clone(), aliases: unit.aliases.clone() }).collect();
    let mut asked = Asked {
        sources: directives.iter().map(|directive| source(directive)).collect(),
        text: directives.iter().flat_map(|d| &d.document.blocks).map(|b| fold(&b.text)).collect::<Vec<_>>().join("\n"),
        ..Asked::default()
    };
    asked.drive = given
        .drive
        .clone()
        .map(|value| Value { value, origin: Origin::Given { option: "--drive".to_owned() } })
        .or_else(|| ordered.iter().find_map(|(_, directive)| drive(directive)));
    let (start, end) = ordered.iter().find_map(|(_, directive)| period(directive)).unwrap_or_default();
    asked.period = (given.start.or(start), given.end.or(end));
    asked.due = given
        .due
        .map(|date| Value {
            value: Due { date, inclusive: true },
            origin: Origin::Given { option: "--due".to_owned() },
        })
        .or_else(|| ordered.iter().find_map(|(own, directive)| due(directive, *own, office, &mut asked.open)));
    asked.send_to = Some(send_to(office.profile));
    asked.basis = ordered.first().map(|(own, directive)| basis(directive, *own, office));
    let minima = minima(&ordered, office, &list, &names, given);
    asked.units = names.into_iter().zip(minima).collect();
    asked
}

/// The office's own names, to know its documents.
fn own_name(profile: &Profile) -> UnitName {
    let mut aliases = profile.unit.aliases.clone();
    aliases.push(profile.short_name().to_owned());
    aliases.extend(profile.unit.header.last().cloned());
    UnitName { name: profile.unit.name.clone(), aliases }
}

fn source(directive: &Directive) -> TracedSource {
    let source = &directive.document.source;
    TracedSource { path: source.path.clone(), sha256: source.sha256.clone() }
}

fn date_of(directive: &Directive) -> Option<Date> {
    directive.extraction.document.date.as_deref()?.parse().ok()
}

/// Origin of what stands at a span.
fn at(directive: &Directive, span: Span) -> Origin {
    Origin::Source {
        document: directive.document.source.path.clone(),
        span,
        text: directive.document.slice(span).unwrap_or_default().to_owned(),
    }
}

fn computed(rule: &str, inputs: Vec<Origin>) -> Origin {
    Origin::Computed { rule: rule.to_owned(), inputs }
}

/// The name of the drive: what the subject says from *đợt thi đua* (*phong trào*, …) on, or without its first words.
fn drive(directive: &Directive) -> Option<Value<String>> {
    let info = &directive.extraction.document;
    let subject = info.subject.as_deref()?;
    let name = words::drive_in(subject);
    let inputs = info.spans.get("subject").map(|span| at(directive, *span)).into_iter().collect();
    (!name.is_empty()).then(|| Value { value: name.to_owned(), origin: computed("drive-in-subject", inputs) })
}

/// The time of the drive: a period of carrying out whose duty speaks of time, else the first one.
fn period(directive: &Directive) -> Option<(Option<Date>, Option<Date>)> {
    let all = || directive.extraction.deadlines.iter().filter(|deadline| deadline.kind == DeadlineKind::Implementation);
    let days = |deadline: &Deadline| match &deadline.when {
        When::During { start, end, .. } => {
            let parse = |day: &Option<String>| day.as_deref().and_then(|day| day.parse::<Date>().ok());
            Some((parse(start), parse(end)))
        }
        _ => None,
    };
    let speaks =
        |deadline: &&Deadline| deadline.action.as_deref().is_some_and(|action| fold(action).contains("thời gian"));
    let stated = all().filter(speaks).find_map(days);
    stated.or_else(|| all().find_map(days))
}

/// The day of registering: the office's own day as it stands, a parent's moved forward by the lead of the profile.
fn due(directive: &Directive, own: bool, office: &Office, open: &mut Vec<Open>) -> Option<Value<Due>> {
    let registering = |kind: DeadlineKind| directive.extraction.deadlines.iter().filter(move |d| d.kind == kind);
    let day = |deadline: &Deadline| {
        let (date, inclusive) = match &deadline.when {
            When::By { date, inclusive } => (date, *inclusive),
            When::On { date } => (date, true),
            When::During { end: Some(end), .. } => (end, true),
            _ => return None,
        };
        Some((Due { date: date.parse().ok()?, inclusive }, deadline.span))
    };
    if own {
        let (due, span) = registering(DeadlineKind::Registration).filter_map(day).min_by_key(|(due, _)| due.date)?;
        // A plan states the parent's day beside its own, the earlier one, in a row of its timetable.
        let cell =
            |span: Span| directive.document.blocks.get(span.block as usize)?.cell.map(|cell| (cell.table, cell.row));
        let by = |deadline: &&Deadline| matches!(deadline.when, When::By { .. });
        let all: Vec<(Due, Span)> = directive.extraction.deadlines.iter().filter(by).filter_map(day).collect();
        let row = all
            .iter()
            .find(|(other, span)| other.date == due.date && cell(*span).is_some())
            .and_then(|(_, span)| cell(*span));
        let beside =
            all.into_iter().filter(|(_, span)| row.is_some() && cell(*span) == row).min_by_key(|(due, _)| due.date);
        let (value, span) = beside.filter(|(own, _)| own.date < due.date).unwrap_or((due, span));
        return Some(Value { value, origin: at(directive, span) });
    }
    let deadline = registering(DeadlineKind::Registration).find(|deadline| day(deadline).is_some())?;
    let (stated, span) = day(deadline)?;
    let origin = at(directive, span);
    let lead = office.profile.planning.lead;
    match own_date(deadline, lead, date_of(directive), office.calendar) {
        OwnDate::By { date, shortened: None, .. } => {
            let inputs = vec![
                origin,
                Origin::Profile { field: "ke-hoach.nhac-truoc".to_owned() },
                Origin::Pack { file: CALENDAR_FILE.to_owned(), key: "year".to_owned() },
            ];
            let value = Due { date, inclusive: true };
            Some(Value { value, origin: computed("working-days-before", inputs) })
        }
        // Where the days do not suffice, a person has to set one.
        OwnDate::By { .. } | OwnDate::NoRoom => {
            let what = office.texts.get("registration.open.no-room", &[]);
            open.push(Open { place: "han".to_owned(), what, about: vec![origin.clone()] });
            Some(Value { value: stated, origin })
        }
        OwnDate::Same | OwnDate::EachBefore => Some(Value { value: stated, origin }),
    }
}

/// Where units send what they fill in.
fn send_to(profile: &Profile) -> Value<String> {
    match &profile.planning.reports_to {
        Some(place) => Value { value: place.clone(), origin: Origin::Profile { field: "ke-hoach.gui-ve".to_owned() } },
        None => Value {
            value: profile.short_name().to_owned(),
            origin: Origin::Profile { field: "don-vi.ten-ngan".to_owned() },
        },
    }
}

fn basis(directive: &Directive, own: bool, office: &Office) -> Value<String> {
    let info = &directive.extraction.document;
    let issuer = if own { Some(office.profile.short_name().to_owned()) } else { words::issuer(directive, office) };
    let inputs = ["type", "number", "symbol", "date", "issuer", "subject"];
    let inputs = inputs.iter().filter_map(|field| info.spans.get(field)).map(|span| at(directive, *span)).collect();
    Value { value: cited(directive, issuer.as_deref(), office.lexicon), origin: computed("citation", inputs) }
}

/// What each unit owes.
fn minima(
    directives: &[(bool, &Directive)],
    office: &Office,
    list: &[&SubUnit],
    names: &[UnitName],
    given: &Given,
) -> Vec<Option<Minimum>> {
    if let Some(number) = given.minimum {
        let origin = Origin::Given { option: "--minimum".to_owned() };
        let text = words::general(number, office.form);
        return list.iter().map(|_| Some(Minimum { number, text: text.clone(), origin: origin.clone() })).collect();
    }
    let units = Units::new(names);
    let found = directives
        .iter()
        .map(|(_, directive)| Shares::of(directive, office, &units, list))
        .find(|shares| !shares.is_empty());
    list.iter()
        .enumerate()
        .map(|(at, unit)| fixed(unit, office).or_else(|| found.as_ref().and_then(|shares| shares.of_unit(at))))
        .collect()
}

/// A number fixed by hand in the list of units: a column for what the form counts, or for everything.
fn fixed(unit: &SubUnit, office: &Office) -> Option<Minimum> {
    let counts = |what: &str| what.is_empty() || office.form.counted.iter().any(|word| what.contains(word.as_str()));
    let fixed = unit.fixed.iter().find(|fixed| counts(&fixed.what))?;
    let origin = Origin::Row {
        file: office.below?.file.clone(),
        sheet: office.below?.sheet.clone(),
        row: unit.row,
        column: fixed.column.clone(),
        text: fixed.value.to_string(),
    };
    Some(Minimum { number: fixed.value, text: words::general(fixed.value, office.form), origin })
}

/// Numbers of one document: for every unit, for single units, by what is counted.
#[derive(Debug, Default)]
struct Shares {
    every: BTreeMap<Counted, (u64, Vec<Origin>)>,
    single: BTreeMap<usize, BTreeMap<Counted, (u64, Vec<Origin>)>>,
    /// What a table gives a unit by name: nothing else is asked of it.
    listed: BTreeMap<usize, BTreeMap<Counted, (u64, Vec<Origin>)>>,
}

impl Shares {
    fn of(directive: &Directive, office: &Office, units: &Units, list: &[&SubUnit]) -> Self {
        let mut shares = Self::default();
        let day = date_of(directive);
        let (own, below) = (office.profile.own_rank(), office.profile.rank_below(day));
        for share in table::shares(directive, office.form, units) {
            shares
                .listed
                .entry(share.unit)
                .or_default()
                .entry(share.counted)
                .or_insert((share.number, vec![share.origin]));
        }
        for quota in &directive.extraction.quotas {
            let Some(counted) = counted(quota, office.form) else { continue };
            let number = whole(quota);
            let origin = at(directive, quota.span);
            let actor = quota.actor.clone().unwrap_or_default();
            let named: Vec<usize> = actor.split([',', ';']).filter_map(|part| units.within(part)).collect();
            if !named.is_empty() {
                for unit in named {
                    shares.single.entry(unit).or_default().insert(counted.clone(), (number, vec![origin.clone()]));
                }
            } else if quota.exception.is_some() {
                // An exception for somebody else.
            } else if is_for(&actor, quota.per.as_deref(), below) {
                shares.every.entry(counted).or_insert((number, vec![origin]));
            } else if is_for(&actor, quota.per.as_deref(), own) {
                shares.share_out(&counted, number, &origin, office, list);
            }
        }
        shares
    }

    /// A number for the office as a whole: by equal parts, members or weights; the largest remainders round up, and the
    /// sum is never below the number.
    fn share_out(&mut self, counted: &Counted, number: u64, origin: &Origin, office: &Office, list: &[&SubUnit]) {
        let weight = |unit: &&SubUnit| match office.profile.below.sharing {
            Sharing::Equal => 1.0,
            Sharing::Members => unit.members.map_or(0.0, |members| members as f64),
            Sharing::Weight => unit.weight.unwrap_or(1.0),
        };
        let weights: Vec<f64> = list.iter().map(weight).collect();
        let by_hand: Vec<Option<u64>> = list.iter().map(|unit| fixed(unit, office).map(|own| own.number)).collect();
        for (at, share) in shares(number, &weights, &by_hand).into_iter().enumerate() {
            let part = share.value;
            let inputs = vec![origin.clone(), Origin::Profile { field: "cap-duoi.phan-bo".to_owned() }];
            let own = self.single.entry(at).or_default();
            own.entry(counted.clone()).or_insert((part, vec![computed("largest-remainder", inputs)]));
        }
    }

    fn is_empty(&self) -> bool {
        self.every.is_empty() && self.single.is_empty() && self.listed.is_empty()
    }

    /// What a unit owes: the numbers of a table that names it, else its own where it has some, else those of all.
    fn of_unit(&self, unit: usize) -> Option<Minimum> {
        let listed = self.listed.get(&unit);
        let own = listed.or_else(|| self.single.get(&unit));
        let mut all = if listed.is_some() { BTreeMap::new() } else { self.every.clone() };
        all.extend(own.into_iter().flatten().map(|(counted, share)| (counted.clone(), share.clone())));
        let number = all.values().map(|(number, _)| number).sum();
        let text: Vec<String> =
            all.iter().map(|(counted, (number, _))| words::amount(*number, &counted.name)).collect();
        let mut origins: Vec<Origin> = all.into_values().flat_map(|(_, origins)| origins).collect();
        let origin = match origins.len() {
            0 => return None,
            1 => origins.remove(0),
            _ => computed("sum", origins),
        };
        Some(Minimum { number, text: text.join(", "), origin })
    }
}

/// What a quota counts, when it is a number of things to be registered.
fn counted(quota: &Quota, form: &RegistrationForm) -> Option<Counted> {
    let binds = matches!(quota.op, QuotaOp::AtLeast | QuotaOp::Exactly | QuotaOp::MoreThan);
    let Unit::Things(name) = &quota.unit else { return None };
    let folded = fold(name);
    let known = form.counted.iter().filter(|word| folded.starts_with(word.as_str())).max_by_key(|word| word.len())?;
    (binds && quota.kind == QuotaKind::Target).then(|| Counted { key: known.clone(), name: name.clone() })
}

fn whole(quota: &Quota) -> u64 {
    let more = u64::from(quota.op == QuotaOp::MoreThan);
    if quota.value >= 0.0 { quota.value.ceil() as u64 + more } else { 0 }
}

/// Whether an actor is every unit of a level.
fn is_for(actor: &str, per: Option<&str>, level: Option<Level>) -> bool {
    let Some(level) = level else { return false };
    levels_of(actor).contains(&level) || per.is_some_and(|per| levels_of(per).contains(&level))
}
