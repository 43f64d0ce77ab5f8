//! Issued decisions for the register: ours as they were planned, others from their Word file or a table.

use super::names::{name_in_list, printed_name};
use super::papers::Basis;
use super::plan::Decision;
use crate::model::{Awardee, Extraction, Field, IssuedAward, IssuedDecision, Roster};
use crate::pack::AwardRules;
use crate::read::roster::{Proposal, money};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A decision that was written here; `None` as long as it has no number or date.
#[must_use]
pub fn issued(
    basis: &Basis<'_>,
    decision: &Decision,
    year: Option<i16>,
    file: &str,
    sha256: &str,
) -> Option<IssuedDecision> {
    let (number, date) = (decision.number?, basis.order.date?);
    let lines = decision.groups.iter().flat_map(|(_, lines)| lines);
    let awards = lines
        .filter_map(|line| {
            let awardee = basis.roster.awardees.get(line.row)?;
            let money = line.money.as_ref().map(|(money, _)| *money);
            Some(award(awardee, &decision.form, &decision.form_name, year, money))
        })
        .collect();
    let about = basis
        .order
        .achievement
        .as_ref()
        .map(|text| format!("Về việc tặng {} đã có thành tích {text}", decision.form_name));
    Some(IssuedDecision {
        number: number.to_string(),
        symbol: format!("QĐ-{}", basis.profile.unit.symbol),
        date,
        subject: about,
        issuer: Some(basis.profile.issuer()),
        file: file.to_owned(),
        sha256: sha256.to_owned(),
        awards,
    })
}

fn award(awardee: &Awardee, form: &str, form_name: &str, year: Option<i16>, money: Option<i64>) -> IssuedAward {
    let own = |field| awardee.text(field).filter(|text| !text.is_empty()).map(str::to_owned);
    let said = awardee.text(Field::Period).and_then(|text| text.get(..4)?.parse().ok());
    IssuedAward {
        subject: awardee.subject,
        name: printed_name(awardee),
        post: own(Field::Post),
        unit: awardee.unit().map(str::to_owned),
        form: form.to_owned(),
        form_name: form_name.to_owned(),
        achievement: own(Field::Achievement),
        year: said.or(year),
        money,
    }
}

/// A number with its symbol: `120/QĐ-BTV`, `06A/QĐ-BTV`.
#[must_use]
pub fn code_parts(code: &str) -> Option<(String, String)> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let (number, symbol) = code.split_once('/')?;
    let bare = number.trim_start_matches('0');
    let sound = bare.bytes().next().is_some_and(|b| b.is_ascii_digit()) && bare.chars().all(char::is_alphanumeric);
    (sound && !symbol.is_empty()).then(|| (bare.to_owned(), symbol.to_owned()))
}

/// A decision that was read as a document: number, date and subject from its head, awards from its lists. The error
/// names what is missing: `so`, `ngay`, `danh-sach`.
///
/// # Errors
/// When the head has no number or date, or no list was found.
pub fn issued_of_document(
    extraction: &Extraction,
    roster: &Roster,
    rules: &AwardRules,
    file: &str,
    sha256: &str,
) -> Result<IssuedDecision, &'static str> {
    let head = &extraction.document;
    let code = head.number.as_ref().zip(head.symbol.as_ref()).map(|(number, symbol)| format!("{number}/{symbol}"));
    let (number, symbol) = code.as_deref().and_then(code_parts).ok_or("so")?;
    let date: Date = head.date.as_deref().and_then(|date| date.parse().ok()).ok_or("ngay")?;
    if roster.awardees.is_empty() {
        return Err("danh-sach");
    }
    let given = head.subject.as_deref().and_then(|subject| rules.form_named(subject));
    let awards = roster
        .awardees
        .iter()
        .map(|awardee| {
            let said = awardee.text(Field::Award);
            let form = said.and_then(|text| rules.form_named(text)).or(given);
            let name = said.map(str::to_owned).or_else(|| form.map(|form| form.name.clone())).unwrap_or_default();
            let code = form.map(|form| form.code.clone()).unwrap_or_default();
            let mut award = award(awardee, &code, &name, None, awardee.text(Field::Amount).and_then(money));
            award.name = name_in_list(awardee);
            award
        })
        .collect();
    Ok(IssuedDecision {
        number,
        symbol,
        date,
        subject: head.subject.clone(),
        issuer: head.issuer.clone(),
        file: file.to_owned(),
        sha256: sha256.to_owned(),
        awards,
    })
}

/// Old decisions from a table that names number and date of the decision in every row. Rows without them are given back.
#[must_use]
pub fn issued_of_roster(
    roster: &Roster,
    proposals: &[Proposal],
    rules: &AwardRules,
    file: &str,
    sha256: &str,
) -> (Vec<IssuedDecision>, Vec<usize>) {
    let forms: BTreeMap<usize, &str> =
        proposals.iter().map(|proposal| (proposal.row, proposal.form.as_str())).collect();
    let mut found: Vec<IssuedDecision> = Vec::new();
    let mut left = Vec::new();
    for (row, awardee) in roster.awardees.iter().enumerate() {
        let code = awardee.text(Field::DecisionNumber).and_then(code_parts);
        let date = awardee.text(Field::DecisionDate).or_else(|| awardee.text(Field::DecisionNumber)).and_then(date_in);
        let (Some((number, symbol)), Some(date)) = (code, date) else {
            left.push(row);
            continue;
        };
        let form = forms.get(&row).copied().unwrap_or_default();
        let name = rules.form(form).map(|form| form.name.clone());
        let name = name.or_else(|| awardee.text(Field::Award).map(str::to_owned)).unwrap_or_default();
        let award = award(awardee, form, &name, None, awardee.text(Field::Amount).and_then(money));
        match found.iter_mut().find(|known| known.number == number && known.symbol == symbol && known.date == date) {
            Some(known) => known.awards.push(award),
            None => found.push(IssuedDecision {
                number,
                symbol,
                date,
                subject: None,
                issuer: None,
                file: file.to_owned(),
                sha256: sha256.to_owned(),
                awards: vec![award],
            }),
        }
    }
    (found, left)
}

/// A date as `20/10/2026` or ISO 8601.
fn date_in(text: &str) -> Option<Date> {
    if let Ok(date) = text.trim().parse() {
        return Some(date);
    }
    text.split(|c: char| !c.is_ascii_digit() && c != '/' && c != '-').find_map(|word| {
        let parts: Vec<&str> = word.split(['/', '-']).collect();
        let [day, month, year] = parts.as_slice() else { return None };
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_of_old_decisions() {
        assert_eq!(code_parts("06 /QĐ-BTV"), Some(("6".into(), "QĐ-BTV".into())));
        assert_eq!(code_parts("06A/QĐ-BTV"), Some(("6A".into(), "QĐ-BTV".into())));
        assert_eq!(code_parts("……/QĐ-BTV"), None);
        assert_eq!(date_in("20/10/2026"), Some(jiff::civil::date(2026, 10, 20)));
        assert_eq!(date_in("2026-10-20"), Some(jiff::civil::date(2026, 10, 20)));
        assert_eq!(date_in("tháng 10"), None);
    }
}
