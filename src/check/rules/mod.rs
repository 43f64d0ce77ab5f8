//! The rules, one file per subject.

mod calendar;
mod form;
mod missing;
mod numbering;
pub(in crate::check) mod schedule;
mod text;
mod values;

#[cfg(test)]
mod case;

use super::subject::Subject;
use crate::model::Finding;

/// A rule looks and adds what it finds.
pub(super) type Rule = fn(&Subject<'_>, &mut Vec<Finding>);

/// Every rule. The order does not matter: findings are sorted by place.
pub(super) const ALL: &[Rule] = &[
    form::own_type,
    form::cited_type,
    form::body_in_symbol,
    form::promised_form,
    missing::parts,
    missing::draft,
    calendar::impossible_date,
    calendar::weekday,
    calendar::working_days,
    schedule::report_before_end,
    schedule::late_registration,
    schedule::already_past,
    schedule::cited_from_the_future,
    schedule::reversed_period,
    schedule::registration_with_report,
    schedule::year_unknown,
    values::two_dates,
    values::two_numbers,
    numbering::sequence,
    text::pasted_twice,
    text::left_over,
    text::abolished_district,
];
