//! The rest of what a chief of office looks at before a plan is signed.

use super::{CompareInputs, Comparison, place, remark, short_date};
use crate::compose::plan::Parent;
use crate::compose::plan::text::one_line;
use crate::language::fold::fold;
use crate::model::{Block, BlockKind, CellRef, Severity, Span};
use crate::structure::Zone;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// `KH-A`: the directive is cited, with its own number and date.
pub(super) fn cited(inputs: &CompareInputs, directive: &Parent, out: &mut Comparison) {
    let info = &directive.extraction.document;
    let Some(code) = crate::compose::code::of(directive.document, info) else { return };
    // Offices write the stroke where the Party writes a dash.
    let plain = |code: &str| fold(code).replace('-', "/");
    let found = inputs.plan.extraction.citations.iter();
    let found = found.clone().find(|c| c.code.as_deref().map(plain) == Some(plain(&code)));
    let Some(found) = found else {
        out.remarks.push(remark("KH-A", Severity::Error, "not-cited", &[("wanted", &code)]));
        return;
    };
    if let (Some(wanted), Some(date)) = (&info.date, &found.date)
        && wanted != date
    {
        let shown = |date: &str| date.parse().map_or_else(|_| date.to_owned(), short_date);
        let slots = [("wanted", shown(wanted)), ("found", shown(date))];
        let slots: Vec<(&'static str, &str)> = slots.iter().map(|(slot, date)| (*slot, date.as_str())).collect();
        let mut remark = remark("KH-A", Severity::Error, "cited-date", &slots);
        remark.place = Some(place(&inputs.plan, found.span));
        out.remarks.push(remark);
    }
}

/// What the plan itself has to have.
pub(super) fn review(inputs: &CompareInputs, out: &mut Comparison) {
    dates(inputs, out);
    recipients(inputs, out);
    deputy(inputs, out);
    blanks(inputs, out);
    sums(inputs, out);
    let plan = inputs.plan.extraction;
    let money = |block: &&Block| block.kind != BlockKind::Heading && fold(&block.text).contains(&fold("kinh phí"));
    let whole = inputs.plan.document.blocks.iter().find(money).is_some();
    if !whole {
        out.remarks.push(remark("KH-I", Severity::Info, "no-budget", &[]));
    }
    if !matches!(plan.document.kind.as_deref(), Some("KH" | "HD" | "CTr" | "CV") | None) {
        let kind = plan.document.kind.clone().unwrap_or_default();
        out.remarks.push(remark("KH-L", Severity::Warning, "kind", &[("found", &kind)]));
    }
    for finding in &plan.diagnostics {
        // Faults of a plan's own schedule and of its annexes have been found when it was read.
        let (rule, severity) = match finding.code {
            "TD121" => ("KH-J", Severity::Error),
            // The parent's day beside the own one is no contradiction.
            "TD301" if ["one", "other"].iter().any(|slot| is_theirs(inputs, finding.args.get(slot))) => continue,
            "TD301" | "TD302" => ("KH-U", Severity::Warning),
            code if code.starts_with("TD2") => ("KH-T", Severity::Warning),
            _ => continue,
        };
        let mut args: BTreeMap<&'static str, String> =
            finding.args.iter().map(|(slot, value)| (*slot, value.clone())).collect();
        args.insert("code", finding.code.to_owned());
        let mut remark = remark(rule, severity, "diagnostic", &[]);
        remark.args = args;
        remark.place = finding.span.map(|span| place(&inputs.plan, span));
        out.remarks.push(remark);
    }
}

/// Whether a day, as a finding prints it, is one of a directive.
fn is_theirs(inputs: &CompareInputs, day: Option<&String>) -> bool {
    let Some(day) = day.and_then(|day| Date::strptime("%d/%m/%Y", day).ok()) else { return false };
    let deadlines = inputs.directives.iter().flat_map(|directive| &directive.extraction.deadlines);
    deadlines.filter_map(super::named_day).any(|theirs| theirs == day)
}

/// `KH-C`: own dates lie after the plan's and on working days.
fn dates(inputs: &CompareInputs, out: &mut Comparison) {
    let plan = inputs.plan.extraction;
    let signed = plan.document.date.as_deref().and_then(|date| date.parse::<Date>().ok());
    for deadline in &plan.deadlines {
        let crate::model::When::By { date, .. } = &deadline.when else { continue };
        let Ok(date) = date.parse::<Date>() else { continue };
        let text = one_line(&deadline.text);
        let mut say = |key: &'static str, severity: Severity| {
            let mut remark = remark("KH-C", severity, key, &[("found", &text)]);
            remark.place = Some(place(&inputs.plan, deadline.span));
            out.remarks.push(remark);
        };
        if signed.is_some_and(|signed| date < signed) {
            say("before-signing", Severity::Error);
        } else if !inputs.calendar.is_working(date) {
            say("day-off", Severity::Info);
        }
    }
}

/// `KH-G`: the units below stand in Nơi nhận.
fn recipients(inputs: &CompareInputs, out: &mut Comparison) {
    let list: Vec<String> = inputs.plan.extraction.document.recipients.iter().map(|r| fold(&r.text)).collect();
    if list.is_empty() {
        return;
    }
    let has = |name: &str| list.iter().any(|line| line.contains(&fold(name)));
    if inputs.profile.below.name.as_deref().is_some_and(has) {
        return;
    }
    let Some(units) = inputs.units else { return };
    for unit in units.list.iter().filter(|unit| !has(&unit.name) && !unit.aliases.iter().any(|name| has(name))) {
        out.remarks.push(remark("KH-G", Severity::Warning, "unit-not-in-copies", &[("wanted", &unit.name)]));
    }
}

/// `KH-M`: a deputy signs with `KT.`
fn deputy(inputs: &CompareInputs, out: &mut Comparison) {
    let Some(signature) = &inputs.plan.extraction.document.signature else { return };
    let title = signature.title.clone().unwrap_or_default();
    let authority = signature.authority.clone().unwrap_or_default();
    if fold(&title).starts_with("phó ") && !fold(&authority).contains("kt.") {
        out.remarks.push(remark("KH-M", Severity::Error, "deputy", &[("found", &title)]));
    }
}

/// `KH-N`: blanks and placeholders that are left. An annexed form waits for those who fill it in.
fn blanks(inputs: &CompareInputs, out: &mut Comparison) {
    let marks = ["……", "....", "{{", "[cần điền]", "xxx", "dd/mm/yyyy"];
    let zones = &inputs.plan.structure.zones;
    let ours = |id: u32| zones.get(id as usize) != Some(&Zone::Annex);
    let blocks = inputs.plan.document.blocks.iter().filter(|block| ours(block.id));
    let left = blocks.filter(|block| marks.iter().any(|mark| fold(&block.text).contains(&fold(mark)))).count();
    if left > 0 {
        out.remarks.push(remark("KH-N", Severity::Warning, "blanks", &[("count", &left.to_string())]));
    }
}

/// Block and text of each cell, by row and column.
type Cells = BTreeMap<(u32, u32), (u32, String)>;

/// `KH-K`: the last row of a table of shares is the sum of its column.
fn sums(inputs: &CompareInputs, out: &mut Comparison) {
    let mut tables: BTreeMap<u32, Cells> = BTreeMap::new();
    for block in &inputs.plan.document.blocks {
        if let Some(CellRef { table, row, column, .. }) = block.cell {
            tables.entry(table).or_default().insert((row, column), (block.id, block.text.trim().to_owned()));
        }
    }
    for cells in tables.values() {
        let total = cells.iter().find(|((row, _), (_, text))| *row > 1 && fold(text).starts_with("tổng"));
        let Some(((last, first), _)) = total else { continue };
        for ((_, column), (block, text)) in cells.iter().filter(|((row, column), _)| row == last && column > first) {
            let Ok(sum) = text.replace('.', "").parse::<u64>() else { continue };
            let numbers = cells.iter().filter(|((row, at), _)| row < last && at == column);
            let added: u64 = numbers.filter_map(|(_, (_, text))| text.replace('.', "").parse::<u64>().ok()).sum();
            if added != sum {
                let (added, sum) = (added.to_string(), sum.to_string());
                let mut remark = remark("KH-K", Severity::Error, "sum", &[("found", &sum), ("wanted", &added)]);
                remark.place = Some(place(&inputs.plan, Span { block: *block, start: 0, end: 0 }));
                out.remarks.push(remark);
            }
        }
    }
}
