//! Deadlines and numbers of a directive that bind the unit.

use super::Parent;
use super::passage::{Passage, holds};
use super::role::{Position, Role};
use super::text::{length, quoted, trimmed};
use crate::extract::Knowledge;
use crate::extract::mention::anatomy;
use crate::language::fold::fold;
use crate::model::{Block, Deadline, Quota, QuotaKind, Span, Unit};
use crate::structure::Zone;

/// A deadline that binds.
#[derive(Debug, Clone, Copy)]
pub struct BoundDeadline<'a> {
    /// The directive, by index.
    pub parent: usize,
    /// The deadline.
    pub deadline: &'a Deadline,
    /// On whom.
    pub role: Role,
}

/// A number that binds.
#[derive(Debug, Clone, Copy)]
pub struct BoundQuota<'a> {
    /// The directive, by index.
    pub parent: usize,
    /// The number.
    pub quota: &'a Quota,
    /// On whom.
    pub role: Role,
}

/// The deadlines of a directive that bind, in reading order; what stands there twice counts once.
pub fn deadlines<'a>(
    index: usize,
    parent: &Parent<'a>,
    position: &Position,
    passages: &[Passage],
) -> Vec<BoundDeadline<'a>> {
    let mut out: Vec<BoundDeadline> = Vec::new();
    for deadline in &parent.extraction.deadlines {
        let role = role(deadline.actor.as_deref(), deadline.span, position, passages);
        let twice = out.iter().any(|other| {
            other.deadline.when == deadline.when
                && other.deadline.kind == deadline.kind
                && other.deadline.action.as_deref().map(fold) == deadline.action.as_deref().map(fold)
        });
        if role.binds() && !twice {
            out.push(BoundDeadline { parent: index, deadline, role });
        }
    }
    out
}

/// The numbers of a directive that bind, in reading order: not what is awarded, not what others get by an exception.
pub fn quotas<'a>(index: usize, parent: &Parent<'a>, position: &Position, passages: &[Passage]) -> Vec<BoundQuota<'a>> {
    let mut out: Vec<BoundQuota> = Vec::new();
    for quota in &parent.extraction.quotas {
        if quota.kind == QuotaKind::Award || is_nobodys(parent, quota) {
            continue;
        }
        let role = role(quota.actor.as_deref(), quota.span, position, passages);
        let twice = out.iter().any(|other| same_quota(other.quota, quota) && other.quota.actor == quota.actor);
        if role.binds() && !twice {
            out.push(BoundQuota { parent: index, quota, role });
        }
    }
    // An exception that names the unit takes the place of the rule beside it, and of the rule that counts the same.
    let own: Vec<BoundQuota> = out
        .iter()
        .filter(|bound| bound.quota.exception.is_some())
        .filter(|bound| bound.quota.actor.as_deref().is_some_and(|actor| position.names_unit(actor)))
        .copied()
        .collect();
    let counted = |quota: &Quota| fold(&String::from(quota.unit.clone()));
    out.retain(|bound| {
        let gives_way = |other: &BoundQuota| {
            other.quota.span.block == bound.quota.span.block
                || other.role == bound.role
                    && other.quota.kind == bound.quota.kind
                    && counted(other.quota) == counted(bound.quota)
        };
        bound.quota.exception.is_some() || !own.iter().any(gives_way)
    });
    out
}

/// A number in a table behind the directive that is given to nobody: prizes, points, samples.
fn is_nobodys(parent: &Parent, quota: &Quota) -> bool {
    let block = parent.document.blocks.get(quota.span.block as usize);
    let annexed = parent.structure.zones.get(quota.span.block as usize) == Some(&Zone::Annex);
    annexed && quota.actor.is_none() && quota.per.is_none() && block.is_some_and(|block| block.cell.is_some())
}

/// Whether a cell says nothing beside the dates and numbers that were found in it.
#[must_use]
pub fn is_bare(parent: &Parent, block: &Block) -> bool {
    let here = |span: &Span| span.block == block.id;
    let extraction = parent.extraction;
    let dates = extraction.deadlines.iter().map(|deadline| deadline.span).filter(here);
    let spans: Vec<Span> = dates.chain(extraction.quotas.iter().map(|quota| quota.span).filter(here)).collect();
    let left: String = (0..)
        .zip(block.text.chars())
        .filter(|(at, _)| !spans.iter().any(|span| (span.start..span.end).contains(at)))
        .map(|(_, c)| c)
        .collect();
    left.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count() < 3
}

/// The cell that says what the row of a cell is about: the one with most words that holds no date and no number.
#[must_use]
pub fn row_topic(parent: &Parent, block: &Block) -> Option<Span> {
    let own = block.cell.filter(|cell| cell.row > 0)?;
    let row = parent.document.blocks.iter().filter(|other| {
        other.id != block.id && other.cell.is_some_and(|cell| (cell.table, cell.row) == (own.table, own.row))
    });
    // Who acts and where it goes stand behind the date, what is done before it.
    let before = row.filter(|other| other.cell.is_some_and(|cell| cell.column < own.column));
    let words = |block: &&Block| block.text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    let topic = before.max_by_key(words).filter(|block| words(block) >= 2)?;
    Some(Span { block: topic.id, start: 0, end: length(&topic.text) })
}

/// A number of a table in words: `05 công trình`.
#[must_use]
pub fn in_words(quota: &Quota) -> String {
    let number = quota.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match &quota.unit {
        Unit::Things(things) if things.chars().any(char::is_alphabetic) => {
            // *Số công trình tối thiểu*: the bound stands before the number in a sentence.
            match ["tối thiểu", "ít nhất"].iter().find_map(|bound| Some((bound, things.strip_suffix(bound)?))) {
                Some((bound, things)) => format!("{bound} {number} {}", things.trim_end()),
                None => format!("{number} {things}"),
            }
        }
        _ => number,
    }
}

/// Whether two numbers ask the same.
#[must_use]
pub fn same_quota(a: &Quota, b: &Quota) -> bool {
    let unit = |unit: &Unit| fold(&String::from(unit.clone()));
    a.op == b.op && (a.value - b.value).abs() < 1e-9 && unit(&a.unit) == unit(&b.unit) && fold(&a.text) == fold(&b.text)
}

/// On whom an item binds: the actor that it states, else the one of the passage that it stands in.
fn role(actor: Option<&str>, span: Span, position: &Position, passages: &[Passage]) -> Role {
    let passage = passages.iter().find(|passage| holds(passage, &span)).map(|passage| passage.role);
    let stated = actor.map(|actor| position.role(actor));
    match (stated, passage) {
        (Some(stated @ (Role::Own | Role::Below | Role::Other)), _) => stated,
        // A body that is named near by does not take a task from the one that the passage addresses.
        (Some(Role::Parent), Some(passage @ (Role::Own | Role::Below))) => passage,
        (Some(Role::Parent), _) => Role::Parent,
        (_, passage) => passage.unwrap_or(Role::Everyone),
    }
}

/// The piece of a sentence that holds an item: up to the next comma, semicolon or full stop on either side.
#[must_use]
pub fn segment(text: &str, span: Span, knowledge: &Knowledge) -> Span {
    // *mỗi huyện, thành phố* is one addressee; its comma separates nothing.
    let named = anatomy(text, knowledge).mentions.into_iter().map(|mention| mention.range);
    let quotes: Vec<_> = quoted(text).into_iter().chain(named).collect();
    let chars: Vec<char> = text.chars().collect();
    let in_quote = |at: u32| quotes.iter().any(|quote| quote.contains(&at));
    let is_stop = |at: u32, stops: &[char]| {
        let c = chars.get(at as usize).copied().unwrap_or(' ');
        let next = chars.get(at as usize + 1).copied().unwrap_or(' ');
        let number = c == '.' || c == ',';
        stops.contains(&c) && !in_quote(at) && !(number && next.is_ascii_digit())
    };
    let mut start = span.start;
    while start > 0 && !is_stop(start - 1, &[',', ';', '.', ':', '(', ')', '\n']) {
        start -= 1;
    }
    let mut end = span.end;
    let last = length(text);
    while end < last && !is_stop(end, &[',', ';', '.', '(', ')', '\n']) {
        end += 1;
    }
    let range = trimmed(text, start..end);
    Span { block: span.block, start: range.start.min(span.start), end: range.end.max(span.end) }
}

/// Where the action of a deadline stands in its block, when it stands there in one piece.
#[must_use]
pub fn action_span(text: &str, deadline: &Deadline) -> Option<Span> {
    let action = deadline.action.as_deref()?;
    let byte = text.find(action)?;
    let start = length(text.get(..byte)?);
    Some(Span { block: deadline.span.block, start, end: start + length(action) })
}
