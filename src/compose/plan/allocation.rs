//! Numbers proposed for the units below.

use super::binding::{self, BoundQuota};
use super::role::{Role, contains_word};
use super::section::{Piece, computed, pack, profile};
use super::share::shares;
use super::text::one_line;
use super::{Inputs, cite};
use crate::compose::units::SubUnits;
use crate::extract::mention::level;
use crate::language::fold::fold;
use crate::model::{Origin, Quota, QuotaKind, QuotaOp, SubUnit, Unit};
use crate::pack::profile::Sharing;

/// A number of the parent, shared out.
#[derive(Debug, Clone)]
pub struct Allocation {
    /// The number in the words of the parent, with its origin.
    pub quota: String,
    /// The parent's number.
    pub value: u64,
    /// What is counted.
    pub unit: String,
    /// One row for each unit.
    pub rows: Vec<AllocationRow>,
    /// Sum of the rows.
    pub total: u64,
    /// How it was shared out, in a few words.
    pub rule: String,
    /// The line above the table.
    pub(super) line: Piece,
    pub(super) origin: Origin,
}

/// The share of a unit.
#[derive(Debug, Clone)]
pub struct AllocationRow {
    /// The unit.
    pub unit: String,
    /// Proposed number.
    pub value: u64,
    /// Why, where it is no plain share.
    pub note: String,
    pub(super) origin: Origin,
}

/// Shares out what can be counted and is the unit's to reach, or is given to each unit below.
pub fn allocations(inputs: &Inputs, quotas: &[BoundQuota]) -> Vec<Allocation> {
    let Some(units) = inputs.units else { return Vec::new() };
    let list: Vec<&SubUnit> = units.on(inputs.signed).collect();
    if list.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<Allocation> = Vec::new();
    for bound in quotas.iter().filter(|bound| is_shared(bound, inputs)) {
        let Some(parent) = inputs.parents.get(bound.parent) else { continue };
        let number = out.len() + 1;
        let source = parent.source(bound.quota.span);
        let each = bound.role == Role::Below;
        let (rows, rule) = if each {
            (each_row(bound.quota, quotas, units, &list, &source, inputs), "rule-each")
        } else {
            shared_rows(bound.quota, units, &list, &source, inputs)
        };
        let total = rows.iter().map(|row| row.value).sum();
        let rule_text = inputs.words.sentence(rule, &[]);
        let said = one_line(&bound.quota.text);
        let quota = if said.chars().any(char::is_alphabetic) { said } else { binding::in_words(bound.quota) };
        let text = inputs.words.sentence(
            "allocation",
            &[
                ("number", &number.to_string()),
                ("quota", &quota),
                ("parent", &cite::short(parent, inputs.lexicon)),
                ("rule", &rule_text),
            ],
        );
        let line = Piece::new(
            text,
            computed(
                "allocation",
                vec![source.clone(), pack("sentences.allocation"), pack(&format!("sentences.{rule}"))],
            ),
        );
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
        out.push(Allocation {
            quota,
            value: bound.quota.value as u64,
            unit: String::from(bound.quota.unit.clone()),
            rows,
            total,
            rule: rule_text,
            line,
            origin: source,
        });
    }
    out
}

/// Things, not shares; to be reached or chosen; more than each could have anyway.
fn is_shared(bound: &BoundQuota, inputs: &Inputs) -> bool {
    let quota = bound.quota;
    let counts =
        matches!(quota.unit, Unit::Things(_)) && quota.value.fract() == 0.0 && (1.0..1e6).contains(&quota.value);
    let binds = matches!(quota.op, QuotaOp::AtLeast | QuotaOp::Exactly | QuotaOp::MoreThan);
    let kind = matches!(quota.kind, QuotaKind::Target | QuotaKind::Nomination);
    let to_share = match bound.role {
        Role::Own => quota.value >= 2.0,
        // *mỗi chi hội* is no number for a commune.
        Role::Below => {
            let addressed = quota.actor.as_deref().map(|actor| level(actor, inputs.knowledge));
            quota.per.is_some() && quota.exception.is_none() && addressed == inputs.profile.rank_below(inputs.signed)
        }
        _ => false,
    };
    counts && binds && kind && to_share
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
fn shared_rows(
    quota: &Quota,
    units: &SubUnits,
    list: &[&SubUnit],
    source: &Origin,
    inputs: &Inputs,
) -> (Vec<AllocationRow>, &'static str) {
    let (weights, rule): (Vec<f64>, _) = match inputs.profile.below.sharing {
        Sharing::Equal => (vec![1.0; list.len()], "rule-equal"),
        Sharing::Members => (list.iter().map(|u| u.members.unwrap_or(0) as f64).collect(), "rule-members"),
        Sharing::Weight => (list.iter().map(|u| u.weight.unwrap_or(1.0)).collect(), "rule-weight"),
    };
    let fixed: Vec<Option<u64>> = list.iter().map(|unit| fixed(unit, quota).map(|(value, _)| value)).collect();
    // *trên 5* is reached with 6.
    let total = quota.value as u64 + u64::from(quota.op == QuotaOp::MoreThan);
    let rows = list.iter().zip(shares(total, &weights, &fixed)).map(|(unit, share)| {
        let origin = match fixed_origin(unit, quota, units) {
            Some(origin) if share.fixed => origin,
            _ => computed("largest-remainder", vec![source.clone(), profile("cap-duoi.phan-bo"), row(unit, units)]),
        };
        let note = if share.fixed { inputs.words.sentence("note-fixed", &[]) } else { String::new() };
        AllocationRow { unit: unit.name.clone(), value: share.value, note, origin }
    });
    (rows.collect(), rule)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
fn each_row(
    quota: &Quota,
    quotas: &[BoundQuota],
    units: &SubUnits,
    list: &[&SubUnit],
    source: &Origin,
    inputs: &Inputs,
) -> Vec<AllocationRow> {
    let exceptions: Vec<&BoundQuota> = quotas
        .iter()
        .filter(|bound| bound.quota.exception.is_some() && bound.quota.span.block == quota.span.block)
        .collect();
    let rows = list.iter().map(|unit| {
        let least = quota.value as u64 + u64::from(quota.op == QuotaOp::MoreThan);
        if let Some(origin) = fixed_origin(unit, quota, units)
            && let Some((value, _)) = fixed(unit, quota)
        {
            let note = inputs.words.sentence("note-fixed", &[]);
            return AllocationRow { unit: unit.name.clone(), value, note, origin };
        }
        let named = exceptions.iter().find(|bound| names(unit, bound.quota.actor.as_deref().unwrap_or_default()));
        match named.and_then(|bound| Some((bound, inputs.parents.get(bound.parent)?))) {
            Some((bound, parent)) => AllocationRow {
                unit: unit.name.clone(),
                value: bound.quota.value as u64,
                note: inputs.words.sentence("note-exception", &[]),
                origin: computed("exception", vec![parent.source(bound.quota.span), row(unit, units)]),
            },
            None => AllocationRow {
                unit: unit.name.clone(),
                value: least,
                note: String::new(),
                origin: computed("each", vec![source.clone(), row(unit, units)]),
            },
        }
    });
    rows.collect()
}

/// Whether words name a unit, by its name or another of its names.
fn names(unit: &SubUnit, words: &str) -> bool {
    let words = fold(words);
    std::iter::once(&unit.name).chain(&unit.aliases).any(|name| contains_word(&words, &fold(name)))
}

/// The number fixed by hand for what a quota counts.
fn fixed(unit: &SubUnit, quota: &Quota) -> Option<(u64, String)> {
    let words = fold(&quota.text);
    let fits = |what: &str| what.is_empty() || words.contains(what);
    // The most telling heading first.
    let mut fixed: Vec<_> = unit.fixed.iter().filter(|fixed| fits(&fixed.what)).collect();
    fixed.sort_by_key(|fixed| std::cmp::Reverse(fixed.what.len()));
    fixed.first().map(|fixed| (fixed.value, fixed.column.clone()))
}

fn fixed_origin(unit: &SubUnit, quota: &Quota, units: &SubUnits) -> Option<Origin> {
    let (value, column) = fixed(unit, quota)?;
    let (file, sheet) = (units.file.clone(), units.sheet.clone());
    Some(Origin::Row { file, sheet, row: unit.row, column, text: value.to_string() })
}

fn row(unit: &SubUnit, units: &SubUnits) -> Origin {
    Origin::Row {
        file: units.file.clone(),
        sheet: units.sheet.clone(),
        row: unit.row,
        column: "Tên đơn vị".to_owned(),
        text: unit.name.clone(),
    }
}
