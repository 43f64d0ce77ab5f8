//! Conditions of awards: titles of consecutive years, shares of members, votes of the council.

use super::Case;
use super::people::key;
use crate::language::fold::fold;
use crate::model::{AwardFinding, Awardee, Field, Severity};
use crate::pack::AwardRules;
use crate::pack::award::{Condition, Run};
use crate::read::roster::{percent, whole};
use std::collections::{BTreeMap, BTreeSet};

pub fn review(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut out = Vec::new();
    let mut undecided: BTreeMap<&str, usize> = BTreeMap::new();
    let has_history = case.roster.awardees.iter().any(|awardee| awardee.fields.contains_key(&Field::History));
    for proposal in case.proposals {
        let Some(awardee) = case.roster.awardees.get(proposal.row) else { continue };
        out.extend(votes(case, awardee, &proposal.form));
        let Some(day) = case.day else { continue };
        for condition in case.rules.conditions(&proposal.form, awardee.subject, day) {
            match met(case, awardee, condition, has_history) {
                Some(Ok(())) => {}
                Some(Err(finding)) => out.push(*finding),
                None => *undecided.entry(&proposal.form).or_default() += 1,
            }
        }
    }
    for (form, count) in undecided {
        let name = case.rules.form(form).map_or(form, |form| form.name.as_str());
        out.push(AwardFinding::new("KT263", Severity::Info, None).with("form", name).with("count", count.to_string()));
    }
    out
}

/// Whether a condition is met; `None` when nothing tells.
fn met(
    case: &Case<'_>,
    awardee: &Awardee,
    condition: &Condition,
    has_history: bool,
) -> Option<Result<(), Box<AwardFinding>>> {
    let fail = |code, needed: String, found: String| {
        Err(Box::new(
            AwardFinding::new(code, condition.confidence.severity(), awardee.place().cloned())
                .with("name", awardee.name())
                .with("needed", needed)
                .with("found", found)
                .with("basis", condition.basis.as_str()),
        ))
    };
    if let Some(run) = &condition.run {
        let years = years_of(case, awardee, run);
        if years.is_empty() && !has_history {
            return None;
        }
        if has_run(&years, run.years, case.year) {
            return Some(Ok(()));
        }
        let title = case.rules.form(&run.title).map_or(run.title.as_str(), |form| form.name.as_str());
        let found: Vec<String> = years.iter().map(i16::to_string).collect();
        return Some(fail("KT260", format!("{:02} × {title}", run.years), found.join(", ")));
    }
    let least = f64::from(condition.share?);
    let number = |field| awardee.text(field).and_then(whole);
    #[expect(clippy::cast_precision_loss, reason = "members of a collective are few")]
    let counted = match (number(Field::Advanced), number(Field::Members)) {
        (Some(part), Some(all)) if all > 0 => Some(part as f64 * 100.0 / all as f64),
        _ => None,
    };
    let share = counted.or_else(|| awardee.text(Field::AdvancedShare).and_then(percent))?;
    if share >= least {
        return Some(Ok(()));
    }
    Some(fail("KT264", format!("{least}%"), format!("{share:.1}%").replace('.', ",")))
}

/// Years in which somebody held a title: by the list, and by the register.
fn years_of(case: &Case<'_>, awardee: &Awardee, run: &Run) -> BTreeSet<i16> {
    let mut years = BTreeSet::new();
    if let Some(history) = awardee.text(Field::History) {
        years.extend(titles(history, case.rules).remove(&run.title).unwrap_or_default());
    }
    let own = key(awardee);
    for past in case.past.iter().filter(|past| past.form == run.title && past.subject == awardee.subject) {
        let unit = past.unit.as_deref().map(super::people::unit_key).unwrap_or_default();
        let same = fold(&past.name) == fold(awardee.name()) && (unit == own.1 || unit.is_empty() || own.1.is_empty());
        years.extend(past.year.filter(|_| same));
    }
    years
}

/// Titles with their years in "CSTĐCS 2023, 2024; LĐTT năm 2022".
fn titles(text: &str, rules: &AwardRules) -> BTreeMap<String, BTreeSet<i16>> {
    let mut out: BTreeMap<String, BTreeSet<i16>> = BTreeMap::new();
    let mut title: Option<String> = None;
    let mut waiting: BTreeSet<i16> = BTreeSet::new();
    for part in text.split([';', ',', '\n']) {
        let years = years_in(part);
        match rules.form_named(part) {
            Some(form) => {
                let own = out.entry(form.code.clone()).or_default();
                own.append(&mut waiting);
                own.extend(years);
                title = Some(form.code.clone());
            }
            // "2023, 2024: CSTĐCS" names the title after its years, "CSTĐCS 2023, 2024" before.
            None => match title.as_ref().and_then(|title| out.get_mut(title)) {
                Some(own) => own.extend(years),
                None => waiting.extend(years),
            },
        }
    }
    out
}

/// Years, and periods from year to year.
fn years_in(text: &str) -> BTreeSet<i16> {
    let mut out = BTreeSet::new();
    let mut last: Option<(i16, bool)> = None;
    for word in text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '–')) {
        for (at, piece) in word.split(['-', '–']).enumerate() {
            let year = piece.parse::<i16>().ok().filter(|year| piece.len() == 4 && (1980..2100).contains(year));
            if let Some(year) = year {
                if let Some((from, true)) = last.filter(|_| at > 0)
                    && year > from
                    && year - from < 15
                {
                    out.extend(from..=year);
                }
                out.insert(year);
                last = Some((year, true));
            }
        }
    }
    out
}

/// Whether there are so many years one after another, up to the assessed one or the one before.
fn has_run(years: &BTreeSet<i16>, length: i16, assessed: Option<i16>) -> bool {
    years.iter().any(|end| {
        let current = assessed.is_none_or(|year| *end == year || *end == year - 1);
        current && (0..length).all(|back| years.contains(&(end - back)))
    })
}

/// Votes that do not add up, and shares below what the form needs.
fn votes(case: &Case<'_>, awardee: &Awardee, form: &str) -> Option<AwardFinding> {
    let number = |field| awardee.text(field).and_then(whole);
    let agree = number(Field::Agree)?;
    let cast = agree + number(Field::Disagree).unwrap_or(0) + number(Field::Invalid).unwrap_or(0);
    let council = number(Field::Council).unwrap_or(cast);
    let place = awardee.fields.get(&Field::Agree).map(|said| said.place.clone());
    let find = |code, severity| {
        AwardFinding::new(code, severity, place.clone())
            .with("name", awardee.name())
            .with("agree", agree.to_string())
            .with("cast", cast.to_string())
            .with("council", council.to_string())
    };
    if cast > council {
        return Some(find("KT262", Severity::Error));
    }
    let rule = case.day.and_then(|day| case.rules.votes(form, day))?;
    if council > 0 && agree * 100 < i64::from(rule.share) * council {
        let finding = find("KT261", rule.confidence.severity());
        return Some(finding.with("share", rule.share.to_string()).with("basis", rule.basis.as_str()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_runs() {
        let rules = AwardRules::builtin().unwrap();
        let held = |text: &str| titles(text, &rules).remove("cstdcs").unwrap_or_default();
        assert_eq!(held("CSTĐCS năm 2023, 2024, 2025"), BTreeSet::from([2023, 2024, 2025]));
        assert_eq!(held("2023: LĐTT; 2024: CSTĐCS; 2025: CSTĐCS"), BTreeSet::from([2024, 2025]));
        assert_eq!(held("Chiến sĩ thi đua cơ sở 2023-2025"), BTreeSet::from([2023, 2024, 2025]));
        let years = |list: &[i16]| list.iter().copied().collect::<BTreeSet<i16>>();
        assert!(has_run(&years(&[2023, 2024, 2025]), 3, Some(2025)));
        assert!(!has_run(&years(&[2021, 2022, 2023]), 3, Some(2026)));
        assert!(!has_run(&years(&[2022, 2024, 2025]), 3, None));
    }
}
