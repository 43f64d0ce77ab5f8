//! What a person has to look at: the checklist of a plan.

use super::binding::{BoundDeadline, BoundQuota};
use super::dates::{OwnDate, own_date};
use super::role::{Position, Role};
use super::{Allocation, Inputs, Parent, leftover};
use crate::extract::mention::level;
use crate::model::{Level, Open, Origin, Unit};
use crate::pack::Known;
use std::collections::BTreeSet;

/// Gathers items; the same sentence about the same place counts once.
pub struct Remarks<'a> {
    inputs: &'a Inputs<'a>,
    pub list: Vec<Open>,
}

impl<'a> Remarks<'a> {
    pub fn new(inputs: &'a Inputs<'a>) -> Self {
        Self { inputs, list: Vec::new() }
    }

    /// Adds an item; `key` is its sentence under `draft.open.`.
    pub fn add(&mut self, place: &str, key: &str, slots: &[(&str, &str)], about: Vec<Origin>) {
        let what = self.inputs.texts.get(&format!("draft.open.{key}"), slots);
        let open = Open { place: place.to_owned(), what, about };
        if !self.list.contains(&open) {
            self.list.push(open);
        }
    }

    /// What is left blank on every plan before it is signed.
    pub fn blanks(&mut self) {
        self.add("so", "number", &[], vec![]);
        if self.inputs.signed.is_none() {
            self.add("ngay", "date", &[], vec![]);
        }
        if self.inputs.profile.signers.get(self.inputs.signer).is_none() {
            self.add("nguoi_ky", "signer", &[], vec![]);
        }
        if self.inputs.profile.planning.budget.is_none() {
            self.add("kinh_phi", "budget", &[], vec![]);
        }
        if self.inputs.units.is_none() {
            self.add("phan_bo", "no-units", &[], vec![]);
        }
    }

    /// The parent's own contradictions, blanks and promises.
    pub fn parent(&mut self, parent: &Parent, position: &Position) {
        let name = file_name(parent);
        if position.is_beside() {
            self.add("can_cu", "beside", &[("name", &name)], vec![]);
        }
        let info = &parent.extraction.document;
        for (field, missing) in [
            ("number", info.number.is_none()),
            ("date", info.date.is_none()),
            ("issuer", info.issuer.is_none()),
            ("subject", info.subject.is_none()),
        ] {
            if missing {
                self.add("can_cu", &format!("parent-{field}"), &[("name", &name)], vec![]);
            }
        }
        for finding in &parent.extraction.diagnostics {
            // What is missing from the parent's form is of no use to the plan.
            if finding.code.starts_with("TD11") || finding.code.starts_with("TD12") {
                continue;
            }
            let slots: Vec<(&str, &str)> = finding.args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            let sentence = self.inputs.texts.get(&format!("diagnostic.{}.message", finding.code), &slots);
            let about = finding.span.into_iter().chain(finding.related.iter().copied()).map(|span| parent.source(span));
            self.add("can_cu", "diagnostic", &[("name", &name), ("sentence", &sentence)], about.collect());
        }
        for attachment in &parent.extraction.attachments {
            self.add("phu_luc", "attachment", &[("text", &attachment.text)], vec![parent.source(attachment.span)]);
        }
    }

    /// Tables and annexes of the parent of which nothing was taken up; `taken` are the blocks that bind the unit.
    pub fn left_out(&mut self, parent: &Parent, taken: &BTreeSet<u32>) {
        let name = file_name(parent);
        for piece in leftover::pieces(parent) {
            if piece.blocks.iter().any(|block| taken.contains(block)) {
                continue;
            }
            let key = if piece.is_table { "left-table" } else { "left-text" };
            let title: String = piece.title.chars().take(120).collect();
            self.add("phu_luc", key, &[("name", &name), ("title", &title)], vec![parent.source(piece.span)]);
        }
    }

    /// Dates without room, beyond the calendar, or shorter than wanted.
    pub fn deadline(&mut self, bound: &BoundDeadline, place: &str) {
        let Some(parent) = self.inputs.parents.get(bound.parent) else { return };
        let lead = self.inputs.profile.planning.lead;
        let about = vec![parent.source(bound.deadline.span)];
        let text = bound.deadline.text.clone();
        match own_date(bound.deadline, lead, self.inputs.signed, self.inputs.calendar) {
            OwnDate::NoRoom => self.add(place, "no-room", &[("text", &text)], about.clone()),
            OwnDate::By { shortened: Some(days), .. } => {
                self.add(place, "short", &[("text", &text), ("days", &days.to_string())], about.clone());
            }
            OwnDate::By { known: Known::WeekendsOnly, date, .. } => {
                self.add(place, "weekends-only", &[("year", &date.year().to_string())], vec![]);
            }
            OwnDate::By { known: Known::Provisionally, date, .. } => {
                self.add(place, "provisional", &[("year", &date.year().to_string())], vec![]);
            }
            _ => {}
        }
        if bound.deadline.inferred {
            self.add(place, "inferred", &[("text", &text)], about);
        }
    }

    /// Numbers whose addressee or reach is not clear.
    pub fn quota(&mut self, bound: &BoundQuota, position: &Position, place: &str) {
        let Some(parent) = self.inputs.parents.get(bound.parent) else { return };
        let quota = bound.quota;
        let about = vec![parent.source(quota.span)];
        let slots = [("text", quota.text.as_str())];
        if quota.exception.is_some() && quota.actor.as_deref().is_some_and(|actor| position.names_unit(actor)) {
            self.add(place, "own-exception", &slots, about.clone());
        }
        let Some(actor) = quota.actor.as_deref() else {
            if matches!(quota.unit, Unit::Things(_)) {
                self.add(place, "nobody", &slots, about);
            }
            return;
        };
        let named = level(actor, position.knowledge);
        if bound.role == Role::Own && named != position.own && matches!(named, Level::District | Level::Commune) {
            self.add(place, "other-level", &[("text", &quota.text), ("actor", actor)], about.clone());
        }
        let several = crate::language::fold::fold(actor).matches(&crate::language::fold::fold("hội ")).count() > 1;
        if several && quota.per.is_none() && matches!(quota.unit, Unit::Things(_)) {
            self.add(place, "each-or-together", &[("text", &quota.text), ("actor", actor)], about);
        }
    }

    /// Proposed numbers.
    pub fn allocation(&mut self, allocation: &Allocation, place: &str) {
        let total = allocation.total.to_string();
        self.add(
            place,
            "allocation",
            &[("quota", &allocation.quota), ("total", &total)],
            vec![allocation.origin.clone()],
        );
        if allocation.total > allocation.value && allocation.rows.iter().any(|row| !row.note.is_empty()) {
            let value = allocation.value.to_string();
            self.add(
                place,
                "allocation-above",
                &[("total", &total), ("value", &value)],
                vec![allocation.origin.clone()],
            );
        }
    }

    /// Names of levels that no longer exist on the day of the plan.
    pub fn stale(&mut self, text: &str, place: &str, origin: &Origin) {
        let Some(day) = self.inputs.signed else { return };
        let folded = crate::language::fold::fold(text);
        for level in self.inputs.profile.levels.iter().filter(|level| level.until.is_some_and(|until| until < day)) {
            for word in level.name.split([',', '/']).map(str::trim).filter(|word| !word.is_empty()) {
                if super::role::contains_word(&folded, &crate::language::fold::fold(word)) {
                    self.add(place, "stale", &[("word", word), ("level", &level.name)], vec![origin.clone()]);
                    return;
                }
            }
        }
    }
}

/// The folder says nothing to the reader of a comment.
fn file_name(parent: &Parent) -> String {
    let path = parent.document.source.path.as_str();
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
