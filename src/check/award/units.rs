//! Units: rows without one, quotas kept or not, units of the office under another spelling.

use super::Case;
use super::people::unit_key;
use crate::model::{AwardFinding, Extraction, Field, Quota, QuotaKind, QuotaOp, Severity, Subject, Unit, UnitQuota};
use crate::pack::ListWords;
use crate::pack::award::unmarked;
use std::collections::{BTreeMap, BTreeSet};

pub fn review(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut out = without_unit(case);
    out.extend(other_spelling(case));
    out.extend(quotas(case));
    out.extend(totals(case));
    out.extend(shares(case));
    out
}

/// Numbers for all units together; several of one kind (for several forms) count as one.
fn totals(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut sums: BTreeMap<Subject, (i64, Vec<&str>)> = BTreeMap::new();
    for quota in case.quotas.iter().filter(|quota| quota.total) {
        let sum = sums.entry(quota.subject).or_default();
        sum.0 += quota.at_most.or(quota.at_least).unwrap_or(0);
        sum.1.push(&quota.text);
    }
    let count = |subject: Subject| rows(case).filter(|awardee| awardee.subject == subject).count();
    sums.into_iter()
        .filter_map(|(subject, (most, texts))| {
            let found = i64::try_from(count(subject)).unwrap_or(i64::MAX);
            let (code, severity) = match found.cmp(&most) {
                std::cmp::Ordering::Greater => ("KT213", Severity::Error),
                std::cmp::Ordering::Less => ("KT214", Severity::Info),
                std::cmp::Ordering::Equal => return None,
            };
            Some(
                AwardFinding::new(code, severity, None)
                    .with("kind", subject.code())
                    .with("found", found.to_string())
                    .with("quota", most.to_string())
                    .with("text", texts.join("; ")),
            )
        })
        .collect()
}

/// Shares of members: judged where the office's list says how many members a unit has, else said.
fn shares(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut out = Vec::new();
    for quota in case.quotas {
        let Some(percent) = quota.percent else { continue };
        let members: Vec<(&crate::model::SubUnit, u64)> =
            case.units.iter().filter_map(|unit| Some((unit, unit.members?))).collect();
        if members.is_empty() || quota.subject != Subject::Individual {
            out.push(AwardFinding::new("KT215", Severity::Info, quota.place.clone()).with("text", quota.text.as_str()));
            continue;
        }
        for (unit, members) in members {
            let names: BTreeSet<String> =
                std::iter::once(&unit.name).chain(&unit.aliases).map(|name| unit_key(name)).collect();
            let own = |awardee: &&crate::model::Awardee| {
                awardee.subject == quota.subject && awardee.unit().is_some_and(|name| names.contains(&unit_key(name)))
            };
            let found = rows(case).filter(own).count();
            #[expect(clippy::cast_precision_loss, reason = "members of a unit are few")]
            let most = (members as f64 * percent / 100.0 + 1e-9).floor();
            #[expect(clippy::cast_precision_loss, reason = "awardees of a unit are few")]
            if found as f64 > most {
                out.push(
                    AwardFinding::new("KT216", Severity::Warning, quota.place.clone())
                        .with("unit", unit.name.as_str())
                        .with("found", found.to_string())
                        .with("members", members.to_string())
                        .with("quota", format!("{most}"))
                        .with("text", quota.text.as_str()),
                );
            }
        }
    }
    out
}

fn rows<'c>(case: &'c Case<'c>) -> impl Iterator<Item = &'c crate::model::Awardee> {
    let proposed: BTreeSet<usize> = case.proposals.iter().map(|proposal| proposal.row).collect();
    proposed.into_iter().filter_map(|row| case.roster.awardees.get(row))
}

/// Persons and households without a unit. A list that names no units at all is said once.
fn without_unit(case: &Case<'_>) -> Vec<AwardFinding> {
    let people = || rows(case).filter(|awardee| awardee.subject != Subject::Collective);
    let missing: Vec<_> = people().filter(|awardee| awardee.unit().is_none()).collect();
    let all = missing.len() > 1 && missing.len() == people().count();
    missing
        .iter()
        .take(if all { 1 } else { missing.len() })
        .map(|awardee| {
            let code = if all { "KT252" } else { "KT250" };
            let severity = if all { Severity::Warning } else { Severity::Error };
            AwardFinding::new(code, severity, awardee.place().cloned()).with("name", awardee.name())
        })
        .collect()
}

/// Names under which the office knows its units.
fn office_units(case: &Case<'_>) -> BTreeMap<String, String> {
    let exists = |unit: &&crate::model::SubUnit| case.day.is_none_or(|day| unit.exists_on(day));
    let units = case.units.iter().filter(exists);
    units
        .flat_map(|unit| {
            std::iter::once(&unit.name).chain(&unit.aliases).map(|name| (unit_key(name), unit.name.clone()))
        })
        .collect()
}

/// Units that differ from one of the office's in diacritics alone.
fn other_spelling(case: &Case<'_>) -> Vec<AwardFinding> {
    let known = office_units(case);
    let bare: BTreeMap<String, &String> = known.iter().map(|(key, name)| (unmarked(key), name)).collect();
    let mut said = BTreeSet::new();
    rows(case)
        .filter_map(|awardee| {
            let unit = awardee.unit()?;
            let key = unit_key(unit);
            let name = bare.get(&unmarked(&key)).filter(|_| !known.contains_key(&key))?;
            said.insert(key).then(|| {
                let place = awardee.fields.get(&Field::Unit).map(|said| said.place.clone());
                AwardFinding::new("KT253", Severity::Warning, place.or_else(|| awardee.place().cloned()))
                    .with("unit", unit)
                    .with("known", name.as_str())
            })
        })
        .collect()
}

/// A unit with what it proposes.
#[derive(Default)]
struct Tally {
    name: String,
    counts: BTreeMap<Subject, i64>,
}

fn quotas(case: &Case<'_>) -> Vec<AwardFinding> {
    let per_unit: Vec<&UnitQuota> = case.quotas.iter().filter(|q| !q.total && q.percent.is_none()).collect();
    if per_unit.is_empty() {
        return Vec::new();
    }
    let known = office_units(case);
    // A unit of the list is the quota's unit, the office's unit of which it is a part, or itself.
    let named: Vec<(String, &str)> =
        per_unit.iter().filter_map(|quota| quota.unit.as_deref()).map(|unit| (unit_key(unit), unit)).collect();
    let canonical = |unit: &str| -> (String, String) {
        let key = unit_key(unit);
        if let Some((key, name)) = named.iter().find(|(known, _)| *known == key) {
            return (key.clone(), (*name).to_owned());
        }
        if let Some(name) = known.get(&key) {
            return (unit_key(name), name.clone());
        }
        let whole = |known: &str| crate::pack::award::contains_words(&key, known);
        let within = named.iter().filter(|(known, _)| whole(known)).max_by_key(|(known, _)| known.len());
        within.map_or((key.clone(), unit.to_owned()), |(key, name)| (key.clone(), (*name).to_owned()))
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for awardee in rows(case) {
        let Some(unit) = awardee.unit() else { continue };
        let (key, name) = canonical(unit);
        let tally = tallies.entry(key).or_insert_with(|| Tally { name, ..Tally::default() });
        *tally.counts.entry(awardee.subject).or_default() += 1;
    }
    let exists = |unit: &&crate::model::SubUnit| case.day.is_none_or(|day| unit.exists_on(day));
    for unit in case.units.iter().filter(exists) {
        let name = unit.name.clone();
        tallies.entry(unit_key(&unit.name)).or_insert_with(|| Tally { name, ..Tally::default() });
    }
    let mut out = Vec::new();
    let mut missing = BTreeSet::new();
    for quota in per_unit {
        let units: Vec<(String, Option<&Tally>, String)> = match &quota.unit {
            Some(unit) => {
                let (key, name) = canonical(unit);
                vec![(key.clone(), tallies.get(&key), name)]
            }
            None => tallies.iter().map(|(key, tally)| (key.clone(), Some(tally), tally.name.clone())).collect(),
        };
        for (key, tally, name) in units {
            let found = tally.and_then(|tally| tally.counts.get(&quota.subject)).copied().unwrap_or(0);
            let is_absent = tally.is_none_or(|tally| tally.counts.is_empty());
            let find = |code, severity, bound: i64| {
                AwardFinding::new(code, severity, quota.place.clone())
                    .with("unit", name.as_str())
                    .with("kind", quota.subject.code())
                    .with("found", found.to_string())
                    .with("quota", bound.to_string())
                    .with("text", quota.text.as_str())
            };
            let expected = quota.at_least.or(quota.at_most).unwrap_or(0);
            if is_absent {
                if expected > 0 && missing.insert(key) {
                    out.push(find("KT212", Severity::Warning, expected));
                }
            } else if let Some(most) = quota.at_most.filter(|most| found > *most) {
                out.push(find("KT210", Severity::Error, most));
            } else if let Some(least) = quota.at_least.filter(|least| found < *least) {
                out.push(find("KT211", Severity::Warning, least));
            } else if let Some(most) = quota.at_most.filter(|most| found < *most && quota.at_least.is_none()) {
                out.push(find("KT211", Severity::Info, most));
            }
        }
    }
    out
}

/// The quotas that a directive sets for what may be proposed or given, of collectives, persons, households: per unit,
/// for all together, as a share.
#[must_use]
pub fn directive_quotas(extraction: &Extraction, words: &ListWords) -> Vec<UnitQuota> {
    let chosen = |quota: &&Quota| matches!(quota.kind, QuotaKind::Nomination | QuotaKind::Award);
    extraction.quotas.iter().filter(chosen).filter_map(|quota| directive_quota(quota, words)).collect()
}

fn directive_quota(quota: &Quota, words: &ListWords) -> Option<UnitQuota> {
    let actor = quota.actor.as_deref();
    let each = quota.per.is_some() || actor.is_none_or(|actor| !is_one_unit(actor, words));
    let text = quota.text.clone();
    let Unit::Things(things) = &quota.unit else {
        // *không quá 5% số cá nhân*
        let subject = words.subject(&text).unwrap_or(Subject::Individual);
        let unit = if each { None } else { quota.actor.clone() };
        let percent = Some(quota.value);
        return Some(UnitQuota {
            unit,
            total: false,
            percent,
            subject,
            at_least: None,
            at_most: None,
            place: None,
            text,
        });
    };
    let subject = words.subject(things)?;
    #[expect(clippy::cast_possible_truncation, reason = "counts are small whole numbers")]
    let value = quota.value as i64;
    let (at_least, at_most) = match quota.op {
        QuotaOp::AtLeast => (Some(value), None),
        QuotaOp::MoreThan => (Some(value + 1), None),
        QuotaOp::Exactly => (Some(value), Some(value)),
        QuotaOp::LessThan => (None, Some(value - 1)),
        QuotaOp::AtMost => (None, Some(value)),
    };
    // What the giver gives is a number for all: *Ban Thường vụ Hội LHPN tỉnh tặng Bằng khen cho 10 tập thể*.
    let many = actor.is_some_and(is_many);
    let total = quota.kind == QuotaKind::Award && quota.per.is_none() && !many;
    let unit = if each || total { None } else { quota.actor.clone() };
    Some(UnitQuota { unit, total, percent: None, subject, at_least, at_most, place: None, text })
}

fn is_many(actor: &str) -> bool {
    let folded = crate::language::fold::fold(actor);
    ["các", "mỗi", "từng", "mọi"].iter().any(|word| crate::pack::award::contains_words(&folded, word))
}

/// "Hội LHPN xã Bình An" is one unit; "Hội LHPN các xã, phường" and "mỗi cơ sở" are many.
fn is_one_unit(actor: &str, words: &ListWords) -> bool {
    !is_many(actor)
        && words.is_unit_name(actor)
        && actor.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count() > 2
}
