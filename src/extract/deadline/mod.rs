//! Deadlines: what is due when, and the rhythm in which it is done.

mod duty;
mod length;
mod place;
mod value;

use crate::extract::actor::Actor;
use crate::extract::citation::one_line;
use crate::extract::context::BlockContext;
use crate::extract::grammar::Match;
use crate::extract::knowledge::{DeadlineRule, Knowledge, Reading, Rhythm};
use crate::extract::scan::Scan;
use crate::extract::time::{Moment, Period};
use crate::model::{Deadline, DeadlineKind, When};
use std::ops::Range;

/// A deadline with the tokens that it covers.
pub(super) struct Dated {
    pub deadline: Deadline,
    pub tokens: Range<usize>,
}

/// All deadlines of a block, from left to right, without overlaps. `taken` marks tokens of citations and contacts.
pub(super) fn find(
    scan: &Scan,
    knowledge: &Knowledge,
    context: &BlockContext,
    actors: &[Actor],
    taken: &[bool],
) -> Vec<Dated> {
    let finder = Finder { scan, knowledge, context, actors };
    let mut found: Vec<Dated> = Vec::new();
    let mut at = if knowledge.deadline.may_match(&scan.nodes) { 0 } else { scan.tokens.len() };
    while at < scan.tokens.len() {
        let free = !taken.get(at).copied().unwrap_or(false) && !scan.quoted.get(at).copied().unwrap_or(false);
        let hit = if free { knowledge.deadline.match_at(&scan.tokens, &scan.nodes, at) } else { None };
        let hit = hit.filter(|h| !(h.start..h.end).any(|i| taken.get(i).copied().unwrap_or(false)));
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        if finder.is_cutoff(&hit) {
            at = hit.end.max(at + 1);
            continue;
        }
        let from = found.last().map_or(0, |d| d.tokens.end);
        let previous = found.last().map(|d| d.deadline.kind);
        match finder.read(&hit, from, previous) {
            Some(dated) => {
                at = dated.tokens.end.max(at + 1);
                found.push(dated);
            }
            None => at += 1,
        }
    }
    finder.drop_said_better(&mut found);
    finder.add_rhythms(&mut found, taken);
    found.sort_by_key(|d| d.tokens.start);
    found
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    knowledge: &'s Knowledge,
    context: &'s BlockContext,
    actors: &'s [Actor],
}

impl Finder<'_, '_> {
    fn read(&self, hit: &Match, from: usize, previous: Option<DeadlineKind>) -> Option<Dated> {
        let rule = self.knowledge.deadline_rules.get(hit.pattern)?;
        if rule.bare && !self.wants_time(hit) {
            return None;
        }
        let (when, inferred) = self.when(rule, hit)?;
        let end = match rule.read {
            Reading::Event => self.clause_end(hit.end),
            Reading::After | Reading::Ahead => self.anchor_end(hit.end),
            _ => hit.end,
        };
        Some(self.item(rule, hit.start..end, (when, inferred), from, previous))
    }

    pub(super) fn item(
        &self,
        rule: &DeadlineRule,
        tokens: Range<usize>,
        (when, inferred): (When, bool),
        from: usize,
        previous: Option<DeadlineKind>,
    ) -> Dated {
        let scan = self.scan;
        let kind = self.kind(rule.read, &tokens, from, previous);
        let actor = self.actor(&tokens);
        let deadline = Deadline {
            text: scan.text(tokens.clone()).to_owned(),
            kind,
            when,
            action: self.action(&tokens, from),
            actor,
            recipient: self.recipient(&tokens),
            inferred,
            exception: self.context.exception(scan, self.knowledge, tokens.start),
            span: scan.span(tokens.clone()),
            by: rule.id.clone(),
        };
        Dated { deadline, tokens }
    }

    pub(super) fn moment(&self, hit: &Match, slot: u8) -> Option<Moment> {
        let capture = hit.captures.slot(slot)?;
        self.scan.moments.get(capture.node.value as usize).copied()
    }

    pub(super) fn small(&self, hit: &Match, slot: u8) -> Option<i8> {
        i8::try_from(hit.captures.slot(slot)?.node.value).ok()
    }

    pub(super) fn every(&self, rule: &DeadlineRule, hit: &Match) -> Option<Rhythm> {
        let slots = &self.knowledge.slots;
        if hit.captures.slot(slots.next).is_some() {
            return Some(Rhythm::Year);
        }
        match self.moment(hit, slots.every) {
            Some(Moment::Every(rhythm)) => Some(rhythm),
            _ => rule.every,
        }
    }

    /// The value of a match, and whether a part of it was inferred.
    fn when(&self, rule: &DeadlineRule, hit: &Match) -> Option<(When, bool)> {
        let slots = &self.knowledge.slots;
        match rule.read {
            Reading::Before | Reading::By | Reading::During => {
                let moment = self.moment(hit, slots.when)?;
                self.point(rule, hit, moment)
            }
            Reading::Range => self.range(hit),
            Reading::Week => self.week(hit),
            Reading::Feast => self.feast(rule, hit),
            Reading::From => {
                let moment = self.moment(hit, slots.start)?;
                let (period, inferred) = self.period(moment, hit.start, None)?;
                Some((When::During { start: Some(period.start.to_string()), end: None, until: None }, inferred))
            }
            Reading::Until => {
                let moment = self.moment(hit, slots.end)?;
                let (period, _) = self.period(moment, hit.start, None)?;
                let start = self.context.date.map(|d| d.to_string());
                let inferred = start.is_some();
                Some((When::During { start, end: Some(period.end.to_string()), until: None }, inferred))
            }
            Reading::Event => {
                let (start, inferred) = match self.moment(hit, slots.start) {
                    Some(moment) => {
                        let (period, inferred) = self.period(moment, hit.start, None)?;
                        (Some(period.start.to_string()), inferred)
                    }
                    None => (self.context.date.map(|d| d.to_string()), self.context.date.is_some()),
                };
                let words = one_line(self.scan.text(hit.end - 1..self.clause_end(hit.end)));
                (words.split(' ').count() > 1).then_some(())?;
                Some((When::During { start, end: None, until: Some(words) }, inferred))
            }
            Reading::Rhythm => self.rhythm(rule, hit).map(|when| (when, false)),
            Reading::After | Reading::Ahead => self.relative(rule, hit).map(|when| (when, false)),
        }
    }
}

fn scan_has_time(scan: &Scan, knowledge: &Knowledge, range: Range<usize>) -> bool {
    range.into_iter().any(|i| scan.nodes.at(i).any(|n| n.class == knowledge.classes.t))
}

fn during(period: Period) -> When {
    When::During { start: Some(period.start.to_string()), end: Some(period.end.to_string()), until: None }
}

fn frequency_rule(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Day => "FREQ=DAILY",
        Rhythm::Week => "FREQ=WEEKLY",
        Rhythm::Month => "FREQ=MONTHLY",
        Rhythm::Quarter => "FREQ=MONTHLY;INTERVAL=3",
        Rhythm::Year => "FREQ=YEARLY",
    }
}
