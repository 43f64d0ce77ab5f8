//! What a document asks for: tokens → grammar → citations, deadlines, quotas, assignments, criteria, names.
//!
//! Each block is scanned once ([`scan`]): tokens, numbers, phrases of the word lists, times. Then the extractors run in
//! a fixed order, and what one has taken the next does not touch: contacts and citations, deadlines, quotas.

mod actor;
mod citation;
mod context;
mod deadline;
pub mod grammar;
mod knowledge;
mod lead;
pub mod mention;
mod names;
mod phrases;
mod quota;
mod scan;
mod table;
mod task;
mod time;

pub use knowledge::Knowledge;

use crate::model::{Document, Extraction, Part};
use crate::structure::{Structure, Zone};
use context::BlockContext;
use jiff::civil::Date;
use lead::Lead;
use scan::Scan;
use std::ops::Range;
use std::rc::Rc;
use table::Tables;

/// Extracts everything from a document whose structure is settled. Diagnostics stay empty: they are `check`'s.
/// `as_of` stands in for the document's own date.
#[must_use]
pub fn extract(document: &Document, structure: &Structure, knowledge: &Knowledge, as_of: Option<Date>) -> Extraction {
    let mut out =
        Extraction { document: structure.info.clone(), outline: structure.outline.clone(), ..Extraction::default() };
    let date = as_of.or_else(|| structure.info.date.as_deref().and_then(|d| d.parse().ok()));
    let mut base = BlockContext {
        date,
        year: date.map(Date::year).or_else(|| announced_year(document, structure)),
        standing: is_standing(structure, document),
        annual: is_annual(structure.info.subject.as_deref().unwrap_or_default(), date),
        paper: structure.info.subject.as_deref().map(Rc::from),
        reports: matches!(structure.info.kind.as_deref(), Some("BC" | "TTr" | "BB")),
        ..BlockContext::default()
    };
    let own_code = match (&structure.info.number, &structure.info.symbol) {
        (Some(number), Some(symbol)) => Some(format!("{number}/{symbol}")),
        _ => None,
    };
    let mut leads: Vec<Lead> = Vec::with_capacity(document.blocks.len());
    let mut seen = citation::Seen::default();
    let mut gathered = names::Gathered::default();
    let mut levels = task::Levels::default();
    // The lead of the last block without a label, as an index.
    let mut introduction: Option<usize> = None;
    let mut tables = Tables::default();
    let mut last: Option<Scan> = None;
    for block in &document.blocks {
        let zone = structure.zones.get(block.id as usize).copied().unwrap_or(Zone::Body);
        if !matches!(zone, Zone::Title | Zone::Opening | Zone::Body | Zone::Annex)
            || !matches!(block.part, Part::Body | Part::Note | Part::TextBox)
        {
            leads.push(Lead::default());
            continue;
        }
        let renewed = Scan::behind(last.take(), block, knowledge);
        let scan = &*last.insert(renewed);
        let actors = actor::find(scan, knowledge);
        let mut context = above(&base, structure, &leads, block.id, block.cell.is_some(), zone);
        let lead = Lead::of(scan, knowledge, &actors, block);
        if let Some(cell) = block.cell {
            tables.enter(cell, block, scan, knowledge, &lead, &mut context);
        }
        match block.label.as_deref() {
            None => introduction = Some(leads.len()),
            // Entries below `Cấp huyện: mỗi huyện, thị, thành Đoàn` belong to it.
            Some("-" | "+" | "•" | "·" | "*" | "–") => {
                if let Some(introduction) = introduction.and_then(|at| leads.get(at))
                    && introduction.actor.is_some()
                {
                    context.actor.clone_from(&introduction.actor);
                    context.per.clone_from(&introduction.per);
                }
            }
            Some(_) => introduction = None,
        }
        leads.push(lead);

        let mut taken = vec![false; scan.tokens.len()];
        names::find(scan, knowledge, &actors, &mut gathered, &mut taken);
        // What the title cites is this paper's own subject.
        for cited in (zone != Zone::Title)
            .then(|| citation::find(scan, knowledge, zone, own_code.as_deref(), &mut seen))
            .into_iter()
            .flatten()
        {
            take(&mut taken, &cited.tokens);
            out.citations.push(cited.citation);
        }
        task::attachments(scan, knowledge, &mut out.attachments);
        if zone == Zone::Opening {
            base.actor = actor::asked(&actors, scan, knowledge).or(base.actor);
        }
        if !matches!(zone, Zone::Body | Zone::Annex) {
            continue;
        }
        for dated in deadline::find(scan, knowledge, &context, &actors, &taken) {
            take(&mut taken, &dated.tokens);
            out.deadlines.push(dated.deadline);
        }
        out.quotas.extend(quota::find(scan, knowledge, &context, &actors, &taken));
        task::assignments(scan, knowledge, &context, &actors, &mut levels, &mut out.assignments);
        task::criteria(scan, knowledge, &context, &mut out.criteria);
    }
    tables.name_doers(document, &mut out.deadlines);
    out.entities = gathered.entities;
    out
}

fn take(taken: &mut [bool], tokens: &Range<usize>) {
    for flag in taken.get_mut(tokens.clone()).into_iter().flatten() {
        *flag = true;
    }
}

/// Gathers what the blocks above say, nearest first.
fn above(
    base: &BlockContext,
    structure: &Structure,
    leads: &[Lead],
    block: u32,
    in_table: bool,
    zone: Zone,
) -> BlockContext {
    let mut context = BlockContext { in_table, in_opening: zone == Zone::Opening, ..base.clone() };
    context.standing &= zone != Zone::Opening;
    let mut parent = structure.parents.get(block as usize).copied().flatten();
    for depth in 0..6 {
        let Some(id) = parent else { break };
        let Some(lead) = leads.get(id as usize) else { break };
        if context.actor.is_none() {
            context.actor.clone_from(&lead.actor);
            context.per.clone_from(&lead.per);
        }
        context.frequency = context.frequency.or(lead.frequency);
        if context.heading.is_none() {
            context.heading.clone_from(&lead.title);
        }
        context.heading_kind = context.heading_kind.or(lead.kind);
        context.time_heading |= lead.time && depth == 0;
        context.criteria_heading |= lead.criteria;
        context.aim_heading |= lead.aim;
        context.award_heading |= lead.award && depth <= 1;
        context.choose_heading |= lead.choose && depth <= 1;
        context.history_heading |= lead.history;
        context.scale_heading |= lead.scale;
        context.subject = context.subject.or(lead.subject);
        parent = structure.parents.get(id as usize).copied().flatten().filter(|next| *next < id);
    }
    context
}

/// The year that a paper without a date announces: in its subject, else the one of most of its full dates.
fn announced_year(document: &Document, structure: &Structure) -> Option<i16> {
    // A draft's date line may lack the day only.
    let in_header = document.blocks.iter().take(40).find_map(|block| {
        let zone = structure.zones.get(block.id as usize).copied().unwrap_or(Zone::Body);
        let dated = zone == Zone::Header && crate::language::fold::fold(&block.text).contains("tháng");
        dated.then(|| years(&block.text).last()).flatten()
    });
    let in_subject = structure.info.subject.as_deref().and_then(|subject| years(subject).last());
    in_header.or(in_subject).or_else(|| {
        let mut counts = std::collections::BTreeMap::new();
        for block in &document.blocks {
            let zone = structure.zones.get(block.id as usize).copied().unwrap_or(Zone::Body);
            if matches!(zone, Zone::Body | Zone::Annex) {
                for year in years(&block.text) {
                    *counts.entry(year).or_insert(0_u32) += 1;
                }
            }
        }
        counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
    })
}

/// The title names one year, that of the paper or the next, and no span of years.
fn is_annual(subject: &str, date: Option<Date>) -> bool {
    let mut named = years(subject);
    match (named.next(), named.next(), date) {
        (Some(year), None, Some(date)) => year == date.year() || year == date.year() + 1,
        _ => false,
    }
}

fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.as_bytes()
        .split(|byte| !byte.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| std::str::from_utf8(digits).ok()?.parse().ok())
        .filter(|year| (1990..=2100).contains(year))
}

/// Quy chế, quy định and the decisions that issue them hold every year.
fn is_standing(structure: &Structure, document: &Document) -> bool {
    let kind = structure.info.kind.as_deref();
    if matches!(kind, Some("QC" | "QyĐ" | "NĐ" | "TT" | "Luật" | "PL" | "ĐL")) {
        return true;
    }
    let subject = structure.info.subject.as_deref().map(crate::language::fold::fold).unwrap_or_default();
    let issues_rule =
        ["quy chế", "quy định", "điều lệ"].iter().any(|rule| subject.contains(&crate::language::fold::fold(rule)));
    let annexed = document.blocks.iter().any(|block| {
        structure.zones.get(block.id as usize) == Some(&Zone::Annex)
            && block.text.chars().count() < 20
            && matches!(crate::language::fold::fold(block.text.trim()).as_str(), "quy chế" | "quy định")
    });
    kind == Some("QĐ") && (issues_rule || annexed)
}
