//! Tasks with their actors, criteria for being commended, promised attachments.

use super::actor::{self, Actor};
use super::citation::one_line;
use super::context::BlockContext;
use super::knowledge::Knowledge;
use super::scan::Scan;
use crate::model::{Assignment, Attachment, Criterion, CriterionSubject, Level};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Levels of the actors met so far: a paper names the same few again and again.
#[derive(Debug, Default)]
pub(super) struct Levels {
    known: FxHashMap<String, Level>,
}

/// Who has to do what: the actor that a sentence opens with, or the one that a heading or list entry puts over it.
pub(super) fn assignments(
    scan: &Scan,
    knowledge: &Knowledge,
    context: &BlockContext,
    actors: &[Actor],
    levels: &mut Levels,
    out: &mut Vec<Assignment>,
) {
    for sentence in &scan.sentences {
        let opening = actor::within(actors, sentence.start..sentence.start + 6).iter().find(|a| {
            a.tokens.start >= sentence.start && a.tokens.end <= sentence.end && opens(scan, knowledge, a, sentence)
        });
        if let Some(actor) = opening {
            let start = (actor.tokens.end..sentence.end)
                .find(|&i| !matches!(scan.tokens.get(i).map_or("", |t| t.text(&scan.block.text)), ":" | "," | "-"))
                .unwrap_or(sentence.end);
            let bound = matches!(scan.word(start), "cần" | "phải" | "sẽ" | "có");
            if scan.phrase(start, knowledge.lists.verb).is_some()
                || bound && scan.phrase(start + 1, knowledge.lists.verb).is_some()
            {
                push(scan, knowledge, levels, actor.text(scan), start..sentence.end, out);
            }
        } else if let Some(actor) = &context.actor
            && scan.phrase(sentence.start, knowledge.lists.verb).is_some()
        {
            push(scan, knowledge, levels, actor.clone(), sentence.clone(), out);
        }
    }
}

/// The actor stands at the beginning, behind *Giao*, *Đề nghị*, *Yêu cầu*, *Đối với* or a rhythm at most.
fn opens(scan: &Scan, knowledge: &Knowledge, actor: &Actor, sentence: &Range<usize>) -> bool {
    let between = sentence.start..actor.tokens.start;
    between.len() <= 4 && addressed(scan, knowledge, between)
}

/// Nothing but words of address and marks.
fn addressed(scan: &Scan, knowledge: &Knowledge, range: Range<usize>) -> bool {
    let mut at = range.start;
    while at < range.end {
        let mark = scan.tokens.get(at).is_some_and(|t| t.is(',') || t.is(':') || t.is('-'));
        match scan.phrase(at, knowledge.lists.address) {
            Some(end) => at = end,
            None if mark => at += 1,
            None => return false,
        }
    }
    true
}

fn push(
    scan: &Scan,
    knowledge: &Knowledge,
    levels: &mut Levels,
    actor: String,
    tokens: Range<usize>,
    out: &mut Vec<Assignment>,
) {
    let mut end = tokens.end;
    while end > tokens.start && scan.tokens.get(end - 1).is_some_and(|t| t.is('.') || t.is(';')) {
        end -= 1;
    }
    if end <= tokens.start + 1 {
        return;
    }
    let level = levels.known.get(&actor).copied().unwrap_or_else(|| {
        let level = level(knowledge, &actor);
        levels.known.insert(actor.clone(), level);
        level
    });
    out.push(Assignment {
        actor,
        level,
        task: one_line(scan.text(tokens.start..end)),
        span: scan.span(tokens.start..end),
    });
}

/// Level of an actor by its words: the lowest level named wins, a department of the issuer comes first.
pub(super) fn level(knowledge: &Knowledge, actor: &str) -> Level {
    let block = crate::model::Block::paragraph(0, actor);
    let scan = Scan::new(&block, knowledge);
    let all = 0..scan.tokens.len();
    let lists = &knowledge.lists;
    let starts = |list| scan.phrase(0, list).is_some() || scan.phrase(1, list).is_some();
    if starts(lists.level_department) && !scan.has(all.clone(), lists.committee) {
        return Level::Department;
    }
    if scan.has(all.clone(), lists.level_chapter) {
        return Level::Chapter;
    }
    if scan.has(all.clone(), lists.level_commune) {
        return Level::Commune;
    }
    if scan.has(all.clone(), lists.level_district) {
        return Level::District;
    }
    if scan.has(all.clone(), lists.level_province) {
        return Level::Province;
    }
    if scan.has(all, lists.level_central) {
        return Level::Central;
    }
    Level::Other
}

/// Entries under a heading of criteria, by whom they are about.
pub(super) fn criteria(scan: &Scan, knowledge: &Knowledge, context: &BlockContext, out: &mut Vec<Criterion>) {
    if !context.criteria_heading || scan.tokens.len() < 6 {
        return;
    }
    let lists = &knowledge.lists;
    let all = 0..scan.tokens.len();
    // *Khen thưởng: …* says what is given, not on what condition.
    if scan.phrase(0, lists.commendation).is_some() {
        return;
    }
    let opens = |list| scan.phrase(0, list).is_some();
    let has = |list| scan.has(all.clone(), list);
    let subject = if context.subject == Some(CriterionSubject::Household)
        || scan.has(0..scan.tokens.len().min(8), lists.household)
    {
        CriterionSubject::Household
    } else if opens(lists.collective) {
        CriterionSubject::Collective
    } else if opens(lists.individual) {
        CriterionSubject::Individual
    } else if let Some(subject) = context.subject {
        subject
    } else if has(lists.collective) && !has(lists.individual) {
        CriterionSubject::Collective
    } else {
        CriterionSubject::Individual
    };
    out.push(Criterion { subject, text: scan.text(all.clone()).to_owned(), span: scan.span(all) });
}

/// `(có mẫu đăng ký gửi kèm)`: a thing and a word that says it comes along.
pub(super) fn attachments(scan: &Scan, knowledge: &Knowledge, out: &mut Vec<Attachment>) {
    let lists = &knowledge.lists;
    if !scan.holds(lists.attachment) {
        return;
    }
    let mut from = 0;
    for at in 0..scan.tokens.len() {
        let Some(end) = scan.phrase(at, lists.attachment) else { continue };
        if at < from {
            continue;
        }
        let segment = scan.segment(at);
        let open = (segment.start..at).rev().take(16).find(|&i| scan.is_mark(i, '(')).map(|i| i + 1);
        let near = open.unwrap_or(at.saturating_sub(8)).max(segment.start);
        let thing = (near..at).find(|&i| scan.phrase(i, lists.attachment_thing).is_some());
        let behind = (end..(end + 3).min(segment.end)).find(|&i| scan.phrase(i, lists.attachment_thing).is_some());
        let tokens = match (thing, behind) {
            (Some(start), _) => open.unwrap_or(start)..end,
            (None, Some(thing)) => at..scan.phrase(thing, lists.attachment_thing).unwrap_or(thing + 1),
            (None, None) => continue,
        };
        // `ban hành kèm theo Quyết định số …` names this very paper.
        let issued = at > 0 && scan.sym(at - 1) == knowledge.words.hanh;
        if !issued {
            from = tokens.end;
            out.push(Attachment { text: scan.text(tokens.clone()).to_owned(), span: scan.span(tokens) });
        }
    }
}
