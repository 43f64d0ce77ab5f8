//! Who is the same on a list: names as they are compared, and what follows for several titles of one person.

use super::Proposal;
use crate::language::fold::{fold, nfc};
use crate::model::{Awardee, Field, Roster};
use crate::pack::AwardRules;
use crate::pack::award::FormKind;
use std::collections::BTreeMap;

/// Name and unit of an awardee as they are compared: spelling variants are equal, short and long forms of unit names too.
#[must_use]
pub fn key(awardee: &Awardee) -> (String, String) {
    let unit = awardee.text(Field::Unit).map(unit_key).unwrap_or_default();
    (name_key(awardee.name()), unit)
}

/// A name as it is compared.
#[must_use]
pub fn name_key(name: &str) -> String {
    fold(&nfc(name)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A unit's name without what lists leave out: the kind of organisation.
#[must_use]
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

/// Rows whose title is not the highest of its person in the period; where a rule says so, they bring no money.
#[must_use]
pub fn lower_titles(roster: &Roster, proposals: &[Proposal], rules: &AwardRules) -> Vec<usize> {
    let mut held: BTreeMap<(String, String, String), Vec<(u8, usize)>> = BTreeMap::new();
    for proposal in proposals {
        if let (Some(awardee), Some(form)) = (roster.awardees.get(proposal.row), rules.form(&proposal.form))
            && form.kind == FormKind::Title
        {
            let (name, unit) = key(awardee);
            let period = awardee.text(Field::Period).unwrap_or_default().to_owned();
            held.entry((name, unit, period)).or_default().push((form.rank, proposal.row));
        }
    }
    let lower = |titles: Vec<(u8, usize)>| {
        let top = titles.iter().map(|(rank, _)| *rank).max().unwrap_or(0);
        titles.into_iter().filter(move |(rank, _)| *rank < top).map(|(_, row)| row)
    };
    held.into_values().flat_map(lower).collect()
}
