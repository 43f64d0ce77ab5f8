//! Which decisions come out of a list, with their rows, numbers, counts and sums.

use crate::language::fold::{fold, nfc};
use crate::model::{Awardee, Field, Origin, Roster, Subject};
use crate::pack::AwardRules;
use crate::read::roster::{Proposal, lower_titles, money};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One decision for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// One for each form.
    Form,
    /// One for each form and unit.
    Unit,
    /// One for each form and kind of awardee.
    Kind,
}

/// What is asked for beside the list.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// One decision for what; for each form by default.
    pub group: Option<Group>,
    /// Date of the decisions.
    pub date: Option<Date>,
    /// Day on which amounts and bases are looked up.
    pub day: Option<Date>,
    /// Number of the first decision.
    pub number_from: Option<u32>,
    /// What for, after *đã có thành tích*.
    pub achievement: Option<String>,
    /// Where the money comes from.
    pub fund: Option<String>,
    /// Number and symbol of the proposal.
    pub proposal_number: Option<String>,
    /// Date of the proposal.
    pub proposal_date: Option<Date>,
    /// Further bases, as lines without *Căn cứ*.
    pub bases: Vec<String>,
    /// Name of the signer; the first of the profile by default.
    pub signer: Option<String>,
    /// No money.
    pub without_money: bool,
    /// Stock that has the fixed words printed already.
    pub stock: bool,
}

/// A row of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Index in [`Roster::awardees`].
    pub row: usize,
    /// Running number in its group of the list.
    pub number: usize,
    /// Running number in the whole list, which is the number in the golden book.
    pub golden: usize,
    /// Đồng, with where that comes from.
    pub money: Option<(i64, Origin)>,
}

/// Counts and sum of a decision or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many of each kind, in the order of the list.
    pub of: BTreeMap<Subject, usize>,
    /// Sum in đồng; `None` when an amount is not known or there is no money.
    pub money: Option<i64>,
}

impl Counts {
    /// All together.
    #[must_use]
    pub fn all(&self) -> usize {
        self.of.values().sum()
    }
}

/// A decision to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Code of the form.
    pub form: String,
    /// Name of the form.
    pub form_name: String,
    /// Its unit, when there is one decision for each.
    pub unit: Option<String>,
    /// Its kind, when there is one decision for each.
    pub kind: Option<Subject>,
    /// Number, when numbers were given.
    pub number: Option<u32>,
    /// Rows by kind: collectives, persons, households, each in the order of the list.
    pub groups: Vec<(Subject, Vec<Line>)>,
    /// Counts and sum.
    pub counts: Counts,
    /// Money is part of it.
    pub has_money: bool,
}

/// All decisions, and what they come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The decisions, in the order of the list.
    pub decisions: Vec<Decision>,
    /// Counts and sum of all.
    pub counts: Counts,
}

/// Puts every proposed row into a decision.
#[must_use]
pub fn plan(roster: &Roster, proposals: &[Proposal], rules: &AwardRules, order: &Order) -> Plan {
    let lower = without_money(roster, proposals, rules, order);
    let mut keys: Vec<(String, String, Option<Subject>)> = Vec::new();
    let mut index: BTreeMap<(String, String, Option<Subject>), usize> = BTreeMap::new();
    let mut members: Vec<Vec<&Proposal>> = Vec::new();
    for proposal in proposals {
        let Some(awardee) = roster.awardees.get(proposal.row) else { continue };
        let unit = if order.group == Some(Group::Unit) { unit_key(awardee) } else { String::new() };
        let kind = (order.group == Some(Group::Kind)).then_some(awardee.subject);
        let key = (proposal.form.clone(), unit, kind);
        let at = *index.entry(key.clone()).or_insert_with(|| {
            keys.push(key);
            members.push(Vec::new());
            members.len() - 1
        });
        if let Some(list) = members.get_mut(at) {
            list.push(proposal);
        }
    }
    let mut plan = Plan::default();
    for (position, ((form, _, kind), members)) in (0_u32..).zip(keys.into_iter().zip(members)) {
        let form_name = rules.form(&form).map_or_else(|| form.clone(), |form| form.name.clone());
        let first = members.first().and_then(|first| roster.awardees.get(first.row));
        let unit = first.filter(|_| order.group == Some(Group::Unit)).and_then(|first| first.unit().map(str::to_owned));
        let groups = grouped(roster, &members, rules, order, &lower);
        let counts = counted(&groups, order.without_money);
        let priced = |day: Date| Subject::ALL.iter().any(|subject| rules.amount(&form, *subject, day).is_some());
        let any = groups.iter().flat_map(|(_, lines)| lines).any(|line| line.money.is_some());
        let has_money = !order.without_money && (any || order.day.is_none_or(priced));
        let number = order.number_from.and_then(|first| first.checked_add(position));
        plan.decisions.push(Decision { form, form_name, unit, kind, number, groups, counts, has_money });
    }
    for decision in &plan.decisions {
        for (subject, count) in &decision.counts.of {
            *plan.counts.of.entry(*subject).or_default() += count;
        }
    }
    let sums: Option<Vec<i64>> = plan.decisions.iter().map(|decision| decision.counts.money).collect();
    plan.counts.money = sums.filter(|sums| !sums.is_empty()).map(|sums| sums.iter().sum());
    plan
}

fn grouped(
    roster: &Roster,
    members: &[&Proposal],
    rules: &AwardRules,
    order: &Order,
    lower: &BTreeSet<usize>,
) -> Vec<(Subject, Vec<Line>)> {
    let mut golden = 0;
    let mut groups = Vec::new();
    for subject in Subject::ALL {
        let mut lines = Vec::new();
        for proposal in members {
            let Some(awardee) = roster.awardees.get(proposal.row).filter(|awardee| awardee.subject == subject) else {
                continue;
            };
            golden += 1;
            let money = if order.without_money {
                None
            } else if lower.contains(&proposal.row) {
                Some((0, super::computed("cao-nhat", Vec::new())))
            } else {
                amount(awardee, &proposal.form, rules, order.day)
            };
            lines.push(Line { row: proposal.row, number: lines.len() + 1, golden, money });
        }
        if !lines.is_empty() {
            groups.push((subject, lines));
        }
    }
    groups
}

/// What the list says, or else what the rules say.
fn amount(awardee: &Awardee, form: &str, rules: &AwardRules, day: Option<Date>) -> Option<(i64, Origin)> {
    if let Some(said) = awardee.fields.get(&Field::Amount)
        && let Some(money) = money(&said.text)
    {
        return Some((money, super::cell(said)));
    }
    let amount = rules.amount(form, awardee.subject, day?)?;
    if amount.ceiling {
        return None;
    }
    let entries = amount.entries.iter();
    let inputs =
        entries.map(|key| Origin::Pack { file: "khen-thuong/quy-tac.toml".to_owned(), key: key.clone() }).collect();
    Some((amount.money, super::computed("he-so-x-luong-co-so", inputs)))
}

fn counted(groups: &[(Subject, Vec<Line>)], without_money: bool) -> Counts {
    let of = groups.iter().map(|(subject, lines)| (*subject, lines.len())).collect();
    let amounts = groups.iter().flat_map(|(_, lines)| lines).map(|line| line.money.as_ref().map(|(money, _)| *money));
    let money: Option<i64> = if without_money { None } else { amounts.sum() };
    Counts { of, money }
}

/// Rows that bring no money, because their person has a higher title of the same period.
fn without_money(roster: &Roster, proposals: &[Proposal], rules: &AwardRules, order: &Order) -> BTreeSet<usize> {
    match order.day.and_then(|day| rules.only_highest_title(day)) {
        Some(_) => lower_titles(roster, proposals, rules).into_iter().collect(),
        None => BTreeSet::new(),
    }
}

fn unit_key(awardee: &Awardee) -> String {
    fold(&nfc(awardee.unit().unwrap_or_default())).trim().to_owned()
}
