//! The same person twice, under one spelling or two; one achievement for two awards; awards of the same year before.

pub use crate::read::roster::{key, unit_key};

use super::Case;
use crate::language::fold::{Folded, fold, nfc};
use crate::language::syllable::is_syllable;
use crate::model::{AwardFinding, Awardee, Field, Severity};
use crate::pack::award::unmarked;
use crate::read::roster::name_key;
use std::collections::{BTreeMap, BTreeSet};

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
    out.extend(used_again(&rows, &proposed));
    out.extend(decomposed(&rows));
    out
}

/// Letters typed apart from their marks: the papers print them as one, which is said once.
fn decomposed(rows: &[(usize, &Awardee)]) -> Option<AwardFinding> {
    let apart: Vec<&Awardee> =
        rows.iter().map(|(_, awardee)| *awardee).filter(|awardee| nfc(awardee.name()) != awardee.name()).collect();
    let first = apart.first()?;
    Some(
        AwardFinding::new("KT207", Severity::Info, first.place().cloned())
            .with("name", first.name())
            .with("count", apart.len().to_string()),
    )
}

/// One initiative (*sáng kiến*, *đề tài*) that several awards rest on.
fn used_again(rows: &[(usize, &Awardee)], proposed: &BTreeMap<usize, &str>) -> Vec<AwardFinding> {
    let mut first: BTreeMap<String, (usize, &Awardee)> = BTreeMap::new();
    let mut out = Vec::new();
    for (row, awardee) in rows {
        for title in initiatives(awardee.text(Field::Achievement).unwrap_or_default()) {
            let Some((earlier, other)) = first.get(&name_key(&title)) else {
                first.insert(name_key(&title), (*row, awardee));
                continue;
            };
            // A person who stands twice for one form is said for that.
            if key(awardee) == key(other) && proposed.get(row) == proposed.get(earlier) {
                continue;
            }
            let place = awardee.fields.get(&Field::Achievement).map(|said| said.place.clone());
            out.push(
                AwardFinding::new("KT206", Severity::Warning, place)
                    .with("name", awardee.name())
                    .with("other", other.name())
                    .with("text", title)
                    .and(other.place().cloned()),
            );
        }
    }
    out
}

/// Titles in quotation marks behind *sáng kiến* or *đề tài*.
fn initiatives(text: &str) -> Vec<String> {
    /// Characters between the word and the quotation mark at most.
    const NEAR: usize = 40;
    let folded = Folded::new(text);
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    for word in ["sáng kiến", "đề tài"] {
        let word = fold(word);
        for (at, _) in folded.text.match_indices(&word) {
            let end = folded.original(at..at + word.len()).end as usize;
            let rest = chars.get(end..).unwrap_or_default();
            let Some(open) = rest.iter().take(NEAR).position(|c| matches!(c, '“' | '"' | '«')) else { continue };
            let title = rest.get(open + 1..).unwrap_or_default().iter();
            let title: String = title.take_while(|c| !matches!(c, '”' | '"' | '»')).collect();
            if title.split_whitespace().count() >= 3 && !out.contains(&title) {
                out.push(title);
            }
        }
    }
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
    // Where no unit is known, two people of one name are as likely.
    let grave = if a.unit().is_some() || b.unit().is_some() { Severity::Error } else { Severity::Warning };
    Some(match (spelled_alike, equal) {
        (true, _) => find("KT201", grave),
        (false, true) => find("KT202", grave),
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
    fn initiatives_are_known_by_their_titles() {
        let text =
            "có sáng kiến cấp cơ sở “Tổ phụ nữ thu gom rác” và đề tài \"Vườn rau sạch học đường\", phong trào “Xanh”";
        assert_eq!(initiatives(text), ["Tổ phụ nữ thu gom rác", "Vườn rau sạch học đường"]);
        assert!(initiatives("không có sáng kiến; phong trào “Ba sạch trong nhà”").len() == 1, "near enough");
    }

    #[test]
    fn short_and_long_names_of_units_meet() {
        assert_eq!(unit_key("Hội Liên hiệp Phụ nữ xã Bình An"), unit_key("Hội LHPN Xã Bình An"));
        assert_ne!(unit_key("Hội LHPN xã Bình An"), unit_key("Hội LHPN xã Bình Ân"));
    }
}
