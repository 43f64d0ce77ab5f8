//! Authority, signers, bases in force, forms for the right kind of awardee.

use super::Case;
use crate::language::fold::fold;
use crate::model::{AwardFinding, Field, Severity};
use crate::pack::award::{Attestation, Verdict};
use std::collections::BTreeSet;

pub fn review(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut out = Vec::new();
    if case.day.is_none() {
        out.push(AwardFinding::new("KT223", Severity::Info, None));
    }
    let forms: BTreeSet<&str> = case.proposals.iter().map(|proposal| proposal.form.as_str()).collect();
    out.extend(forms.iter().filter_map(|form| authority(case, form)));
    out.extend(level(case));
    out.extend(signer(case));
    out.extend(bases(case));
    out.extend(wrong_kind(case));
    out.extend(attested(case));
    if let (Some(proposed), Some(day)) = (case.proposed, case.day)
        && proposed > day
    {
        out.push(
            AwardFinding::new("KT232", Severity::Error, None)
                .with("proposed", proposed.to_string())
                .with("date", day.to_string()),
        );
    }
    out
}

fn authority(case: &Case<'_>, form: &str) -> Option<AwardFinding> {
    let name = case.rules.form(form).map_or(form, |form| form.name.as_str());
    let level = case.profile.levels.iter().find(|level| level.code == case.profile.unit.level);
    let level_name = level.map_or(case.profile.unit.level.as_str(), |level| level.name.as_str());
    let find = |code, severity| {
        AwardFinding::new(code, severity, None)
            .with("form", name)
            .with("level", level_name)
            .with("unit", case.profile.unit.name.as_str())
    };
    match case.rules.may_give(&case.profile.unit.level, form, case.day) {
        Verdict::May => None,
        Verdict::MayNot => Some(find("KT220", Severity::Error)),
        Verdict::Unsettled(rule) => Some(find("KT222", Severity::Warning).with("basis", rule.basis.as_str())),
    }
}

/// A level that no longer exists on the day decides nothing.
fn level(case: &Case<'_>) -> Option<AwardFinding> {
    let level = case.profile.levels.iter().find(|level| level.code == case.profile.unit.level)?;
    let until = level.until.filter(|until| case.day.is_some_and(|day| *until < day))?;
    Some(
        AwardFinding::new("KT224", Severity::Error, None)
            .with("level", level.name.as_str())
            .with("until", until.to_string()),
    )
}

fn signer(case: &Case<'_>) -> Option<AwardFinding> {
    let name = case.signer?;
    let known = case
        .profile
        .signers
        .iter()
        .any(|signer| crate::language::fold::fold(&signer.name) == crate::language::fold::fold(name));
    (!known).then(|| AwardFinding::new("KT221", Severity::Error, None).with("name", name))
}

/// Bases that the list, the options or the office's own lines name and that are not in force on the day.
fn bases(case: &Case<'_>) -> Vec<AwardFinding> {
    let Some(day) = case.day else { return Vec::new() };
    let lines = case.roster.lines.iter().map(|said| (said.text.as_str(), Some(said.place.clone())));
    let given = case.bases.iter().map(|text| (text.as_str(), None));
    let mut out = Vec::new();
    for (text, place) in lines.chain(given) {
        for basis in case.rules.bases_in(text) {
            let Some(severity) = basis.fault(day) else { continue };
            let next = case.rules.successor(basis).map_or("", |next| next.symbol.as_str());
            out.push(
                AwardFinding::new("KT230", severity, place.clone())
                    .with("basis", basis.symbol.as_str())
                    .with("date", day.to_string())
                    .with("until", basis.until().map(|until| until.to_string()).unwrap_or_default())
                    .with("next", next),
            );
        }
    }
    if !case.rules.has_office_basis(day) && case.bases.is_empty() {
        out.push(AwardFinding::new("KT231", Severity::Warning, None));
    }
    out
}

/// Nobody is rewarded while discipline or an inspection is being handled: the list says so, and no row speaks of it.
fn attested(case: &Case<'_>) -> Vec<AwardFinding> {
    let Some(day) = case.day else { return Vec::new() };
    let mut out = Vec::new();
    for rule in case.rules.attestations(day) {
        let holds = |text: &str| rule.words.iter().any(|word| fold(text).contains(&fold(word)));
        let columns = case.roster.awardees.iter().flat_map(|awardee| awardee.fields.values()).map(|said| &said.column);
        let lines = case.roster.lines.iter().map(|said| &said.text).chain(case.bases);
        if !columns.chain(lines).any(|text| holds(text)) {
            out.push(AwardFinding::new("KT270", Severity::Info, None).with("basis", rule.basis.as_str()));
        }
        for proposal in case.proposals {
            let Some(awardee) = case.roster.awardees.get(proposal.row) else { continue };
            let doubt = awardee.fields.iter().filter(|(field, _)| !matches!(field, Field::Name | Field::Unit));
            let doubt = doubt.map(|(_, said)| said).find(|said| is_doubtful(&said.text, rule));
            out.extend(doubt.map(|said| {
                AwardFinding::new("KT271", rule.confidence.severity(), Some(said.place.clone()))
                    .with("name", awardee.name())
                    .with("text", said.text.as_str())
                    .with("basis", rule.basis.as_str())
            }));
        }
    }
    out
}

fn is_doubtful(text: &str, rule: &Attestation) -> bool {
    let folded = fold(text);
    rule.doubts.iter().map(|word| fold(word)).any(|word| {
        folded.match_indices(&word).any(|(at, _)| {
            let before = folded.get(..at).unwrap_or_default();
            let near: Vec<&str> = before.split_whitespace().rev().take(3).collect();
            !rule.negations.iter().any(|negation| near.contains(&fold(negation).as_str()))
        })
    })
}

fn wrong_kind(case: &Case<'_>) -> impl Iterator<Item = AwardFinding> {
    case.proposals.iter().filter_map(|proposal| {
        let (awardee, form) = (case.roster.awardees.get(proposal.row)?, case.rules.form(&proposal.form)?);
        (!form.subjects.contains(&awardee.subject)).then(|| {
            AwardFinding::new("KT251", Severity::Error, awardee.place().cloned())
                .with("name", awardee.name())
                .with("form", form.name.as_str())
                .with("kind", awardee.subject.code())
        })
    })
}
