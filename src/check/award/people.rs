//! The same person twice, under one spelling or two; one achievement for two awards; awards of the same year before.

use super::Case;
use crate::language::fold::{fold, nfc};
use crate::language::syllable::is_syllable;
use crate::model::{AwardFinding, Awardee, Field, Severity};
use crate::pack::award::unmarked;
use std::collections::{BTreeMap, BTreeSet};

/// Name and unit of an awardee as they are compared: spelling variants are equal, short and long forms of unit names too.
pub fn key(awardee: &Awardee) -> (String, String) {
    let unit = awardee.text(Field::Unit).map(unit_key).unwrap_or_default();
    (name_key(awardee.name()), unit)
}

fn name_key(name: &str) -> String {
    fold(&nfc(name)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A unit's name without what lists leave out: the kind of organisation.
pub fn unit_key(unit: &str) -> String {
    let folded = name_key(unit);
    let mut rest = folded.as_str();
    for head in
        ["ban thường vụ ", "ban chấp hành ", "bch ", "btv ", "hội liên hiệp phụ nữ ", "hội lhpn ", "hội phụ nữ "]
    {
        rest = rest.strip_prefix(head).unwrap_or(rest);
    }
    rest.to_owned()
}

pub fn review(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut out = Vec::new();
    let proposed: BTreeMap<usize, &str> =
        case.proposals.iter().map(|proposal| (proposal.row, proposal.form.as_str())).collect();
    let rows: Vec<(usize, &Awardee)> =
        proposed.keys().filter_map(|row| Some((*row, case.roster.awardees.get(*row)?))).collect();
    let pairs = same(&rows).into_iter().chain(misspelt(&rows)).collect::<BTreeSet<(usize, usize)>>();
    for (first, second) in pairs {
        let (Some(a), Some(b)) = (case.roster.awardees.get(first), case.roster.awardees.get(second)) else { continue };
        let forms = (proposed.get(&first), proposed.get(&second));
        out.extend(pair(a, b, forms.0 == forms.1));
    }
    out.extend(before(case, &rows, &proposed));
    out
}

/// Pairs of rows whose names differ in diacritics at most, in one unit. Each later row is paired with the first.
fn same(rows: &[(usize, &Awardee)]) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<(String, &'static str), Vec<usize>> = BTreeMap::new();
    let by_row: BTreeMap<usize, &Awardee> = rows.iter().copied().collect();
    for (row, awardee) in rows {
        let bare: String = unmarked(&name_key(awardee.name())).split_whitespace().collect();
        groups.entry((bare, awardee.subject.code())).or_default().push(*row);
    }
    let mut out = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        for (at, second) in group.iter().enumerate() {
            let first = group.iter().take(at).find(
                |first| matches!((by_row.get(first), by_row.get(second)), (Some(a), Some(b)) if is_one_person(a, b)),
            );
            out.extend(first.map(|first| (*first, *second)));
        }
    }
    out
}

/// Equal names are common; one person is meant where the birth is equal, or else the unit.
fn is_one_person(a: &Awardee, b: &Awardee) -> bool {
    let (unit_a, unit_b) = (key(a).1, key(b).1);
    // A row without a unit is said for that; whose name it is nobody can tell.
    let born = |awardee: &Awardee| {
        [Field::Birth, Field::Female, Field::Male]
            .iter()
            .find_map(|field| awardee.text(*field).map(str::to_owned))
            .filter(|text| text.bytes().any(|b| b.is_ascii_digit()))
    };
    if let (Some(a), Some(b)) = (born(a), born(b)) {
        return a == b;
    }
    unit_a == unit_b
}

/// Pairs in one unit that differ by one letter, where one of them is spelt with what is no Vietnamese syllable.
fn misspelt(rows: &[(usize, &Awardee)]) -> Vec<(usize, usize)> {
    let mut units: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (row, awardee) in rows {
        let (name, unit) = key(awardee);
        units.entry(unit).or_default().push((*row, name));
    }
    let mut out = Vec::new();
    for names in units.values() {
        for (row, name) in names.iter().filter(|(_, name)| !name.split(' ').all(is_syllable)) {
            for (other, right) in names {
                let close = name != right
                    && name.chars().count().abs_diff(right.chars().count()) <= 1
                    && right.split(' ').all(is_syllable)
                    && one_apart(name, right);
                if close {
                    out.push((*row.min(other), *row.max(other)));
                }
            }
        }
    }
    out
}

/// Whether one letter was put in, left out or changed, or two neighbours were exchanged.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let tail = tail.min(a.len().min(b.len()) - head);
    let (left_a, left_b) = (a.len() - head - tail, b.len() - head - tail);
    let swapped = left_a == 2 && left_b == 2 && a.get(head) == b.get(head + 1) && a.get(head + 1) == b.get(head);
    (left_a <= 1 && left_b <= 1) || swapped
}

fn pair(a: &Awardee, b: &Awardee, one_form: bool) -> Option<AwardFinding> {
    let place = b.place().cloned();
    let spelled_alike = nfc(a.name()) == nfc(b.name());
    let equal = name_key(a.name()) == name_key(b.name());
    let find = |code, severity| {
        AwardFinding::new(code, severity, place.clone())
            .with("name", b.name())
            .with("other", a.name())
            .with("unit", b.unit().unwrap_or_default())
            .and(a.place().cloned())
    };
    if !one_form {
        let achievement = |awardee: &Awardee| awardee.text(Field::Achievement).map(name_key);
        let same = equal && achievement(a).is_some() && achievement(a) == achievement(b);
        return same.then(|| find("KT203", Severity::Error));
    }
    // The same person for two different periods is no slip.
    if equal && a.text(Field::Period) != b.text(Field::Period) {
        return None;
    }
    Some(match (spelled_alike, equal) {
        (true, _) => find("KT201", Severity::Error),
        (false, true) => find("KT202", Severity::Error),
        (false, false) => find("KT202", Severity::Warning),
    })
}

/// Those who hold the same form for the same year already.
fn before(case: &Case<'_>, rows: &[(usize, &Awardee)], proposed: &BTreeMap<usize, &str>) -> Vec<AwardFinding> {
    let Some(year) = case.year else { return Vec::new() };
    let mut known: BTreeMap<(String, String, &str), &str> = BTreeMap::new();
    for past in case.past.iter().filter(|past| past.year == Some(year)) {
        let unit = past.unit.as_deref().map(unit_key).unwrap_or_default();
        known.insert((name_key(&past.name), unit, &past.form), &past.decision);
    }
    rows.iter()
        .filter_map(|(row, awardee)| {
            let (name, unit) = key(awardee);
            let decision = known.get(&(name, unit, *proposed.get(row)?))?;
            Some(
                AwardFinding::new("KT205", Severity::Warning, awardee.place().cloned())
                    .with("name", awardee.name())
                    .with("year", year.to_string())
                    .with("decision", *decision),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_apart() {
        for (a, b) in [("hương", "hươg"), ("hươg", "hương"), ("lan", "lam"), ("hươgn", "hương"), ("lan", "lann")]
        {
            assert!(one_apart(a, b), "{a} {b}");
        }
        for (a, b) in [("hương", "hoa"), ("lan", "lannn"), ("lan", "nal")] {
            assert!(!one_apart(a, b), "{a} {b}");
        }
    }

    #[test]
    fn short_and_long_names_of_units_meet() {
        assert_eq!(unit_key("Hội Liên hiệp Phụ nữ xã Bình An"), unit_key("Hội LHPN Xã Bình An"));
        assert_ne!(unit_key("Hội LHPN xã Bình An"), unit_key("Hội LHPN xã Bình Ân"));
    }
}
