//! Rules for achievement reports, BC01-BC33; those over several papers are in [`super::batch`].
//!
//! A rule is a function on a [`Paper`]; it never changes anything. What it cannot judge it leaves to a person.

mod awards;
mod bodies;
mod bottom;
mod evidence;
mod figure;
mod form;
mod names;
mod numbers;
mod period;
mod person;
mod text;
mod timespan;
mod totals;

pub(in crate::check) use names::plain;
pub(in crate::check) use numbers::{percentages_in, shares_in};
pub(in crate::check) use totals::{sums_in, table_sums_in};

use super::paper::Paper;
use crate::model::Finding;

/// A rule looks and adds what it finds.
type Rule = fn(&Paper<'_>, &mut Vec<Finding>);

/// Every rule. The order does not matter: findings are sorted by place.
const ALL: &[Rule] = &[
    form::version,
    form::mixed_subjects,
    form::sections,
    form::fields,
    form::tables,
    form::statement,
    form::event,
    form::header,
    person::full_name,
    person::one_name,
    person::one_unit,
    person::one_post,
    person::birth,
    person::other_unit,
    bodies::other_body,
    awards::proposed,
    awards::named_in_proposal,
    awards::complete_rows,
    awards::decision_fits,
    awards::run,
    period::covered,
    period::rows,
    evidence::claims,
    evidence::initiative,
    numbers::percentages,
    numbers::separators,
    numbers::stated_twice,
    numbers::units,
    numbers::lists_without_numbers,
    numbers::comparison,
    totals::sums,
    totals::table_sums,
    text::left_over,
    text::dates,
    text::stale,
    bottom::blocks,
    bottom::entitled,
];

/// Everything that the rules find in one report.
pub(in crate::check) fn review(paper: &Paper<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in ALL {
        rule(paper, &mut found);
    }
    for finding in &mut found {
        finding.severity = paper.form.cap(finding.severity);
        if finding.args.get("law").is_none() {
            finding.args.insert("law", paper.form.law.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::language::fold::fold;

    const SOURCES: &[&str] = &[
        include_str!("awards.rs"),
        include_str!("bodies.rs"),
        include_str!("bottom.rs"),
        include_str!("evidence.rs"),
        include_str!("form.rs"),
        include_str!("numbers.rs"),
        include_str!("period.rs"),
        include_str!("person.rs"),
        include_str!("text.rs"),
        include_str!("totals.rs"),
        include_str!("../guess.rs"),
        include_str!("../paper/row.rs"),
        include_str!("../paper/section.rs"),
        include_str!("../paper/sign.rs"),
    ];

    /// Folded text is searched for these words: a word in another spelling would never be found.
    #[test]
    fn words_in_the_rules_are_spelled_as_folding_spells_them() {
        for source in SOURCES {
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for literal in line.split('"').skip(1).step_by(2) {
                    let plain = literal.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | ',' | '/' | '.'));
                    assert!(!plain || fold(literal) == literal, "{literal}");
                }
            }
        }
    }
}
