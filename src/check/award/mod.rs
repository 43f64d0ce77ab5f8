//! What a careful clerk would notice about a list of awardees before a decision is written: people twice, sums and counts
//! that do not agree, quotas, authority, bases, conditions. Nothing is decided here; every finding has its place.

mod conditions;
mod law;
mod people;
mod sums;
mod units;

pub use units::directive_quotas;

use crate::model::{AwardFinding, PastAward, Roster, SubUnit, UnitQuota};
use crate::pack::{AwardRules, ListWords, Profile};
use crate::read::roster::Proposal;
use jiff::civil::Date;

/// A list with everything that is known about it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'c> {
    /// The list.
    pub roster: &'c Roster,
    /// What its rows are proposed for.
    pub proposals: &'c [Proposal],
    /// The rules.
    pub rules: &'c AwardRules,
    /// Words of lists.
    pub words: &'c ListWords,
    /// The office.
    pub profile: &'c Profile,
    /// Day on which rules are looked up; `None` when nobody said it.
    pub day: Option<Date>,
    /// Year that is assessed.
    pub year: Option<i16>,
    /// Name of the signer that was asked for.
    pub signer: Option<&'c str>,
    /// Texts in which bases are named: options, the office's own lines.
    pub bases: &'c [String],
    /// Date of the proposal (tờ trình).
    pub proposed: Option<Date>,
    /// Quotas of units.
    pub quotas: &'c [UnitQuota],
    /// Units of the office.
    pub units: &'c [SubUnit],
    /// Awards of the register.
    pub past: &'c [PastAward],
}

/// Everything that a person has to look at, in the order of the list; what is about the whole list comes first.
#[must_use]
pub fn review(case: &Case<'_>) -> Vec<AwardFinding> {
    let mut findings = law::review(case);
    findings.extend(sums::review(case));
    findings.extend(people::review(case));
    findings.extend(units::review(case));
    findings.extend(conditions::review(case));
    findings.sort_by_key(|finding| finding.place.as_ref().map(|place| (place.sheet.clone(), place.row)));
    findings
}
