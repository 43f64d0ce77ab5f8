//! Tables that hand out numbers or tasks: what the head of a column counts, who a row is about, and what is to be done.

use super::citation;
use super::context::BlockContext;
use super::knowledge::Knowledge;
use super::lead::Lead;
use super::scan::Scan;
use crate::language::token::Kind;
use crate::model::{Block, CellRef, Deadline, DeadlineKind, Document, QuotaKind};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Rows of a head at most.
const HEAD_ROWS: u32 = 3;

/// What the tables of a document have said so far, by table and column or row.
#[derive(Debug, Default)]
pub(super) struct Tables {
    columns: BTreeMap<(u32, u32), Lead>,
    heads: BTreeMap<(u32, u32), Head>,
    actors: BTreeMap<(u32, u32), String>,
    units: BTreeMap<(u32, u32), String>,
    topics: BTreeMap<(u32, u32), Topic>,
    /// Those who act, where they stand in a column of their own, often behind the time.
    doers: BTreeMap<(u32, u32), String>,
    sums: BTreeSet<(u32, u32)>,
}

/// What a row is about.
#[derive(Debug, Clone)]
struct Topic {
    words: Rc<str>,
    /// The duty that its words name.
    kind: Option<DeadlineKind>,
}

/// What the cells below a head are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Head {
    /// Things that somebody has to reach or may propose; in which unit, where the head says so.
    Counts {
        unit: Option<String>,
        chosen: bool,
        /// Things that are chosen only where a heading says so.
        honoured: bool,
    },
    /// The units of the numbers.
    Units,
    /// What the row is about.
    Topic,
    /// Those who have to do it.
    Doers,
    Other,
}

impl Tables {
    /// Takes a cell in, and puts what stands over it and before it into its context.
    pub fn enter(
        &mut self,
        cell: CellRef,
        block: &Block,
        scan: &Scan,
        knowledge: &Knowledge,
        lead: &Lead,
        context: &mut BlockContext,
    ) {
        let row = (cell.table, cell.row);
        let column = (cell.table, cell.column);
        let worded = scan.tokens.iter().any(|t| t.kind == Kind::Word);
        let figures = scan.tokens.iter().any(|t| t.kind == Kind::Digits);
        // The first cell of a row that names somebody speaks for the row.
        if let Some(actor) = self.actors.get(&row) {
            context.actor = Some(actor.clone());
            context.per = None;
        } else if worded
            && cell.row > 0
            && cell.column <= 1
            && scan.tokens.len() <= 14
            && self.columns.get(&column).is_some_and(|c| c.names)
        {
            self.actors.insert(row, citation::one_line(&block.text));
        }
        if cell.row == 0 {
            self.columns.insert(column, lead.clone());
        } else if let Some(head) = self.columns.get(&column) {
            context.heading_kind = head.kind.or(context.heading_kind);
            context.time_heading |= head.time;
            if head.time {
                self.enter_time(row, context);
            }
        }
        if cell.row < HEAD_ROWS && worded && !figures && self.is_head(cell) {
            let head = head(scan, knowledge);
            for column in cell.column..cell.column.saturating_add(cell.column_span.min(64)) {
                self.heads.insert((cell.table, column), head.clone());
            }
            return;
        }
        if worded && ["tổng", "cộng"].contains(&scan.word(0)) && cell.column <= 1 {
            self.sums.insert(row);
        }
        match self.heads.get(&column) {
            Some(Head::Units) => {
                self.units.insert(row, citation::one_line(&block.text));
            }
            Some(Head::Topic) => {
                let topic = Topic { words: citation::one_line(&block.text).into(), kind: lead.kind };
                for row in spanned(cell) {
                    self.topics.insert(row, topic.clone());
                }
            }
            Some(Head::Doers) if worded => {
                for row in spanned(cell) {
                    self.doers.entry(row).or_insert_with(|| citation::one_line(&block.text));
                }
            }
            Some(Head::Counts { unit, chosen, honoured }) if figures && !self.sums.contains(&row) && !told(context) => {
                let unit = unit.clone().or_else(|| self.units.get(&row).cloned());
                context.cell_unit = unit.or_else(|| self.topics.get(&row).map(|topic| topic.words.to_string()));
                let chosen = *chosen || *honoured && (context.award_heading || context.choose_heading);
                context.cell_kind = Some(match (chosen, context.award_heading, context.choose_heading) {
                    (true, true, false) => QuotaKind::Award,
                    (true, ..) => QuotaKind::Nomination,
                    _ => QuotaKind::Target,
                });
            }
            _ => {}
        }
    }

    /// A time beside a task is the task's.
    fn enter_time(&self, row: (u32, u32), context: &mut BlockContext) {
        if let Some(topic) = self.topics.get(&row) {
            context.heading = Some(topic.words.clone());
            context.heading_kind = topic.kind.or(context.heading_kind);
        }
        if let Some(doer) = self.doers.get(&row) {
            context.actor = Some(doer.clone());
            context.per = None;
        }
    }

    /// Names those who act for the times of their rows that stand in front of them.
    pub fn name_doers(&self, document: &Document, deadlines: &mut [Deadline]) {
        for deadline in deadlines.iter_mut().filter(|deadline| deadline.actor.is_none()) {
            let cell = document.blocks.get(deadline.span.block as usize).and_then(|block| block.cell);
            deadline.actor = cell.and_then(|cell| self.doers.get(&(cell.table, cell.row))).cloned();
        }
    }

    /// Below the first row only what stands under a head that counts goes on with the head.
    fn is_head(&self, cell: CellRef) -> bool {
        cell.row == 0
            || self.heads.get(&(cell.table, cell.column)).is_some_and(|head| matches!(head, Head::Counts { .. }))
                && !self.sums.contains(&(cell.table, cell.row))
                && !self.actors.contains_key(&(cell.table, cell.row))
    }
}

/// The rows that a cell stands in.
fn spanned(cell: CellRef) -> impl Iterator<Item = (u32, u32)> {
    (cell.row..cell.row.saturating_add(cell.row_span.clamp(1, 64))).map(move |row| (cell.table, row))
}

/// Numbers of the past and points of a scale are not handed out.
fn told(context: &BlockContext) -> bool {
    context.history_heading || context.scale_heading || context.reports
}

fn head(scan: &Scan, knowledge: &Knowledge) -> Head {
    let lists = &knowledge.lists;
    let all = 0..scan.tokens.len().min(24);
    if scan.has(all.clone(), lists.unit_heading) {
        return Head::Units;
    }
    if scan.has(all.clone(), lists.doer_heading) && !scan.has(all.clone(), lists.count_heading) {
        return Head::Doers;
    }
    if scan.has(all.clone(), lists.uncounted_heading) {
        return Head::Other;
    }
    // `Số hộ đăng ký`, `Tập thể`, `Bằng khen (cá nhân)`
    let noun = usize::from(matches!(scan.word(0), "số" | "tổng"));
    let noun = noun + usize::from(scan.word(noun) == "lượng" || noun == 1 && scan.word(noun) == "số");
    // *Đơn vị* alone heads the column of those who act, *Số đơn vị* counts them.
    let counts = scan.phrase(noun, lists.count_heading).is_some();
    let counted =
        !counts && scan.phrase(noun, lists.countable).is_some() && (noun > 0 || !scan.has(0..1, lists.actor_head));
    let chosen = (scan.phrase(noun, lists.chosen).is_some() || scan.has(all.clone(), lists.award_name))
        && !scan.has(all.clone(), lists.registration);
    let honoured = scan.phrase(noun, lists.honoured).is_some() && !scan.has(all.clone(), lists.registration);
    if counted || noun == 0 && (chosen || honoured) && !names_units(scan) {
        let unit = citation::one_line(scan.text(noun..all.end));
        return Head::Counts { unit: Some(unit), chosen, honoured };
    }
    if scan.has(all.clone(), lists.count_heading) {
        return Head::Counts { unit: None, chosen, honoured };
    }
    if scan.has(all, lists.topic_heading) { Head::Topic } else { Head::Other }
}

/// *Đơn vị*, *Tên đơn vị* head the column of those who act.
fn names_units(scan: &Scan) -> bool {
    matches!(scan.word(0), "đơn" | "tên" | "họ" | "danh")
}
