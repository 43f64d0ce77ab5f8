//! Counts and sums: what the list states about itself against its rows, amounts against the rules.

use super::Case;
use crate::language::numeral_words::grouped;
use crate::model::{AwardFinding, DeclaredKind, Field, Severity, Subject};
use crate::read::roster;
use std::collections::BTreeMap;

pub fn review(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut out = declared(case);
    out.extend(amounts(case));
    out.extend(several_titles(case));
    out
}

/// Money as people read it: `1.520.000`.
#[expect(clippy::cast_precision_loss, reason = "sums are far below 2^52")]
fn shown(money: i64) -> String {
    grouped(money as f64, 0)
}

fn declared(case: &Case<'_>) -> Vec<AwardFinding> {
    let rows = &case.roster.awardees;
    let mut out = Vec::new();
    for entry in &case.roster.declared {
        let ranges = entry.rows.iter().filter_map(|range| rows.get(range.clone()));
        match entry.what {
            DeclaredKind::Count(subject) => {
                let counts: Vec<i64> = ranges
                    .map(|rows| rows.iter().filter(|row| row.subject == subject).count())
                    .map(|count| i64::try_from(count).unwrap_or(i64::MAX))
                    .collect();
                if !counts.contains(&entry.value) {
                    let found = counts.first().copied().unwrap_or(0);
                    out.push(
                        AwardFinding::new("KT242", Severity::Error, Some(entry.place.clone()))
                            .with("kind", subject.code())
                            .with("stated", entry.value.to_string())
                            .with("found", found.to_string()),
                    );
                }
            }
            DeclaredKind::Money => {
                let sums: Vec<i64> = ranges
                    .map(|rows| rows.iter().filter_map(|row| row.text(Field::Amount).and_then(roster::money)).sum())
                    .collect();
                if !sums.contains(&entry.value) {
                    let found = sums.first().copied().unwrap_or(0);
                    out.push(
                        AwardFinding::new("KT241", Severity::Error, Some(entry.place.clone()))
                            .with("stated", shown(entry.value))
                            .with("found", shown(found)),
                    );
                }
            }
        }
    }
    out
}

/// Amounts of rows against the rules. Where a whole kind has one other amount, that is the office's own rate and said
/// once; where single rows differ, each is said.
fn amounts(case: &Case<'_>) -> Vec<AwardFinding> {
    let Some(day) = case.day else { return Vec::new() };
    let mut kinds: BTreeMap<(&str, Subject), Vec<(usize, i64)>> = BTreeMap::new();
    for proposal in case.proposals {
        let Some(row) = case.roster.awardees.get(proposal.row) else { continue };
        if let Some(money) = row.text(Field::Amount).and_then(roster::money) {
            kinds.entry((&proposal.form, row.subject)).or_default().push((proposal.row, money));
        }
    }
    let mut out = Vec::new();
    for ((form, subject), rows) in kinds {
        let Some(amount) = case.rules.amount(form, subject, day) else { continue };
        let fits = |money: i64| money == amount.money || (amount.ceiling && money < amount.money);
        let name = case.rules.form(form).map_or(form, |form| form.name.as_str());
        let severity = if amount.sure { Severity::Error } else { Severity::Warning };
        let own_rate = rows
            .first()
            .map(|(_, money)| *money)
            .filter(|first| rows.len() > 1 && !fits(*first) && rows.iter().all(|(_, money)| money == first));
        let wrong =
            rows.iter().filter(|(_, money)| !fits(*money)).take(if own_rate.is_some() { 1 } else { rows.len() });
        for (row, money) in wrong {
            let Some(awardee) = case.roster.awardees.get(*row) else { continue };
            let place = awardee.fields.get(&Field::Amount).map(|said| said.place.clone());
            let (code, severity) = if own_rate.is_some() { ("KT243", Severity::Warning) } else { ("KT240", severity) };
            out.push(
                AwardFinding::new(code, severity, place)
                    .with("name", awardee.name())
                    .with("form", name)
                    .with("stated", shown(*money))
                    .with("found", shown(amount.money))
                    .with("basis", amount.basis.as_str()),
            );
        }
    }
    out
}

/// One person with several titles: only the highest brings money.
fn several_titles(case: &Case<'_>) -> Vec<AwardFinding> {
    let Some(rule) = case.day.and_then(|day| case.rules.only_highest_title(day)) else { return Vec::new() };
    let lower = roster::lower_titles(case.roster, case.proposals, case.rules);
    lower
        .into_iter()
        .filter_map(|row| {
            let awardee = case.roster.awardees.get(row)?;
            Some(
                AwardFinding::new("KT244", Severity::Warning, awardee.place().cloned())
                    .with("name", awardee.name())
                    .with("basis", rule.basis.as_str()),
            )
        })
        .collect()
}
