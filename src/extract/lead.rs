//! What a block says to those below it: who, how often, and what they are about.

use super::actor::{self, Actor};
use super::knowledge::{Cue, Knowledge};
use super::scan::Scan;
use super::{citation, quota, time};
use crate::model::{Block, CriterionSubject, DeadlineKind, Frequency};
use std::rc::Rc;

/// What a block says to those below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead {
    pub actor: Option<String>,
    pub per: Option<String>,
    pub frequency: Option<Frequency>,
    pub kind: Option<DeadlineKind>,
    pub time: bool,
    pub criteria: bool,
    pub aim: bool,
    pub award: bool,
    pub choose: bool,
    pub history: bool,
    pub scale: bool,
    /// A short block's words, for entries below that say only when.
    pub title: Option<Rc<str>>,
    /// Heads a column of units or people.
    pub names: bool,
    pub subject: Option<CriterionSubject>,
}

impl Lead {
    pub fn of(scan: &Scan, knowledge: &Knowledge, actors: &[Actor], block: &Block) -> Self {
        let lists = &knowledge.lists;
        let all = 0..scan.tokens.len().min(40);
        let short = scan.tokens.len() <= 40;
        let has = |cue: Cue| short && scan.has(all.clone(), cue);
        let kind = [
            (lists.registration, DeadlineKind::Registration),
            (lists.report, DeadlineKind::Report),
            (lists.submission, DeadlineKind::Submission),
            (lists.review, DeadlineKind::Review),
            (lists.event, DeadlineKind::Event),
            (lists.implementation, DeadlineKind::Implementation),
        ]
        .into_iter()
        .find(|(list, _)| has(*list))
        .map(|(_, kind)| kind);
        let lead = actor::leading(actors, scan);
        Self {
            per: lead.as_ref().and_then(|_| actors.first()?.per(scan)),
            actor: lead,
            frequency: rhythm_at_start(scan, knowledge),
            kind,
            time: has(lists.time_label),
            // *Nội dung, tiêu chí thi đua* heads what is to be reached, not conditions.
            criteria: has(lists.criteria_heading) && (!has(lists.target_heading) || has(lists.commendation)),
            aim: has(lists.aim_heading),
            award: has(lists.award) || has(lists.award_name),
            choose: has(lists.choose),
            history: has(lists.history_heading) && !has(lists.report),
            subject: if !short {
                None
            } else if has(lists.household) {
                Some(CriterionSubject::Household)
            } else {
                match (has(lists.collective), has(lists.individual)) {
                    (true, false) => Some(CriterionSubject::Collective),
                    (false, true) => Some(CriterionSubject::Individual),
                    _ => None,
                }
            },
            // *Thời gian* heads a time, it does not say for what.
            title: (short
                && block.label.is_some()
                && !shouted(&block.text)
                && !(scan.tokens.len() <= 5 && has(lists.time_label)))
            .then(|| citation::one_line(&block.text).into()),
            names: has(lists.actor_head) || scan.word(0) == "tên",
            scale: has(lists.scale_heading),
        }
    }
}

/// A heading in capitals names a part of the paper, not a task.
fn shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

fn rhythm_at_start(scan: &Scan, knowledge: &Knowledge) -> Option<Frequency> {
    let every = knowledge.classes.every;
    if !scan.nodes.hold(every) {
        return None;
    }
    let opens = scan.nodes.at(0);
    let short = (scan.tokens.len() <= 24).then(|| scan.nodes.all()).into_iter().flatten();
    opens.chain(short).filter(|n| n.class == every).find_map(|n| match scan.moments.get(n.value as usize)? {
        time::Moment::Every(rhythm) => Some(quota::to_frequency(*rhythm)),
        _ => None,
    })
}
