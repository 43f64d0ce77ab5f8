//! The roll-up: units with what they registered, who is missing, what is wrong.

use super::check::{FormFinding, check, counted, is_letter};
use super::read::Returned;
use super::task::Task;
use crate::language::fold::fold;
use crate::model::Severity;
use crate::pack::{RegistrationForms, RegistrationKind};
use jiff::civil::Date;
use serde::Serialize;

/// A file that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Path of the file.
    pub file: String,
    /// Why, as a sentence in the language of the run.
    pub reason: String,
}

/// How far a unit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitState {
    /// Nothing came.
    Missing,
    /// Something came that has to be put right.
    Incomplete,
    /// All is there.
    Complete,
}

/// A unit with what it registered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitRow {
    /// Name, by the list where it stands there.
    pub unit: String,
    /// The unit stands in the list of the profile.
    pub listed: bool,
    /// How far it has come.
    pub state: UnitState,
    /// It came too late.
    pub late: bool,
    /// Date of its (last) form.
    pub date: Option<Date>,
    /// Files, in the order of the inputs.
    pub files: Vec<String>,
    /// Rows that count.
    pub items: u64,
    /// Least number that it owes.
    pub minimum: Option<u64>,
    /// Sum of the numbers of people.
    pub people: u64,
    /// Sum of the money, in đồng.
    pub money: u64,
    /// Codes of what is wrong, in order, none twice.
    pub codes: Vec<&'static str>,
}

/// Everything that was collected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collected {
    /// Name of the drive.
    pub drive: Option<String>,
    /// First and last day of the drive.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Until when to register.
    pub due: Option<super::task::Due>,
    /// Units in the order of the list, then others in the order of the files.
    pub units: Vec<UnitRow>,
    /// The forms, in the order of the inputs.
    pub forms: Vec<Returned>,
    /// Whether each form counts (a later one of the same unit takes its place).
    pub counts: Vec<bool>,
    /// What is wrong, in the order of the files.
    pub findings: Vec<FormFinding>,
    /// Forms in which nothing was filled in: no row, no date, no signature.
    pub blank: Vec<String>,
    /// Files that could not be read.
    pub failures: Vec<Failure>,
}

impl Collected {
    /// Checks and sums up. `forms` stand in the order of the inputs.
    #[must_use]
    pub fn of(all: Vec<Returned>, failures: Vec<Failure>, task: &Task, words: &RegistrationForms) -> Self {
        let (blank, forms): (Vec<Returned>, Vec<Returned>) = all.into_iter().partition(is_unfilled);
        let blank = blank.into_iter().map(|form| form.file).collect();
        let counts = counting(&forms);
        let findings = check(&forms, &counts, task, words);
        let units = rows(&forms, &counts, &findings, task);
        let (drive, start, end, due) = (task.drive.clone(), task.start, task.end, task.due);
        Self { drive, start, end, due, units, forms, counts, findings, blank, failures }
    }

    /// The gravest finding.
    #[must_use]
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|found| found.finding.severity).max()
    }

    /// Whether the office has a list of units, so that others are strangers.
    #[must_use]
    pub fn has_list(&self) -> bool {
        self.units.iter().any(|unit| unit.listed)
    }

    /// Units of the list from which nothing came.
    pub fn missing(&self) -> impl Iterator<Item = &UnitRow> {
        self.units.iter().filter(|unit| unit.state == UnitState::Missing)
    }

    /// Forms that count, with the name of their unit.
    pub fn counting(&self) -> impl Iterator<Item = (&str, &Returned)> {
        let row = |file: &str| self.units.iter().find(|unit| unit.files.iter().any(|known| known == file));
        self.forms
            .iter()
            .zip(&self.counts)
            .filter(|(form, counts)| **counts && form.kind.is_some())
            .map(move |(form, _)| (row(&form.file).map_or("", |unit| unit.unit.as_str()), form))
    }
}

/// A form that was sent out and has come back, or lies in the folder, as it was.
fn is_unfilled(form: &Returned) -> bool {
    let silent = form.items.is_empty() && form.stated.is_empty() && form.signed_by.is_none() && form.date.is_none();
    silent && form.kind.is_some_and(|kind| kind != RegistrationKind::CaNhan || !form.fields.contains_key("ho-ten"))
}

/// What forms have in common of which only the last counts: unit, kind, and the person for a person's form.
fn owner(form: &Returned) -> Option<(String, RegistrationKind, String)> {
    let unit = match (form.unit, &form.unit_text) {
        (Some(unit), _) => format!("#{unit}"),
        (None, Some(text)) => fold(text),
        (None, None) => return None,
    };
    let person = match form.kind? {
        RegistrationKind::CaNhan => fold(form.fields.get("ho-ten").map_or("", String::as_str)),
        _ => String::new(),
    };
    Some((unit, form.kind?, person))
}

/// Of several forms of one unit the one with the latest date counts; without dates, the last.
fn counting(forms: &[Returned]) -> Vec<bool> {
    let later = |at: usize, form: &Returned| {
        let Some(own) = owner(form) else { return false };
        forms.iter().enumerate().any(|(index, other)| {
            index != at && owner(other).as_ref() == Some(&own) && (other.date, index) > (form.date, at)
        })
    };
    forms.iter().enumerate().map(|(at, form)| !later(at, form)).collect()
}

fn rows(forms: &[Returned], counts: &[bool], findings: &[FormFinding], task: &Task) -> Vec<UnitRow> {
    let codes = |files: &[String]| {
        let mut codes: Vec<&'static str> =
            findings.iter().filter(|found| files.contains(&found.file)).map(|found| found.finding.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let grave = |files: &[String]| {
        findings.iter().any(|found| files.contains(&found.file) && found.finding.severity > Severity::Info)
    };
    let row = |unit: String, listed: bool, minimum: Option<u64>, own: &[usize]| {
        let all = || own.iter().filter_map(|at| forms.get(*at).zip(counts.get(*at)));
        let counting = || all().filter(|(form, counts)| **counts && form.kind.is_some()).map(|(form, _)| form);
        let files: Vec<String> = all().map(|(form, _)| form.file.clone()).collect();
        let registered = counting().next().is_some();
        let sum = |value: fn(&super::read::Item) -> Option<u64>| {
            counting().flat_map(|form| &form.items).filter_map(value).fold(0, u64::saturating_add)
        };
        let late =
            all().any(|(form, _)| findings.iter().any(|found| found.file == form.file && found.finding.code == "DK05"));
        UnitRow {
            state: match (registered, grave(&files)) {
                (false, _) => UnitState::Missing,
                (true, true) => UnitState::Incomplete,
                (true, false) => UnitState::Complete,
            },
            late,
            date: counting().filter_map(|form| form.date).max(),
            items: counting().map(|form| u64::try_from(counted(form)).unwrap_or(0)).sum(),
            minimum,
            people: sum(|item| item.count),
            money: sum(|item| item.money),
            codes: codes(&files),
            unit,
            listed,
            files,
        }
    };
    let of_unit = |unit: usize| -> Vec<usize> {
        forms.iter().enumerate().filter(|(_, form)| form.unit == Some(unit)).map(|(at, _)| at).collect()
    };
    let listed = task.units.iter().enumerate();
    let mut rows: Vec<UnitRow> =
        listed.map(|(at, unit)| row(unit.unit.name.clone(), true, unit.minimum, &of_unit(at))).collect();
    let mut strangers: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, form) in forms.iter().enumerate().filter(|(_, form)| form.unit.is_none()) {
        if form.kind.is_none() && !is_letter(form, forms) && form.unit_text.is_none() {
            continue;
        }
        let name = form.unit_text.clone().unwrap_or_else(|| form.file.clone());
        match strangers.iter_mut().find(|(known, _)| fold(known) == fold(&name)) {
            Some((_, own)) => own.push(at),
            None => strangers.push((name, vec![at])),
        }
    }
    rows.extend(strangers.into_iter().map(|(name, own)| row(name, false, None, &own)));
    rows
}
