//! `KH-F`: who has to do what. Each one named has a task, a task of the parent keeps its addressee, a report goes
//! somewhere.

use super::{CompareInputs, Comparison, place, remark};
use crate::compose::plan::passage::{Passage, leading, passages};
use crate::compose::plan::text::{length, one_line};
use crate::compose::plan::{Position, Role};
use crate::extract::mention::anatomy;
use crate::language::fold::fold;
use crate::model::{BlockKind, DeadlineKind, Severity, Span};
use crate::structure::Zone;

/// The passages of the plan with whom each addresses, seen from the unit.
pub(super) struct Addressees {
    passages: Vec<(Passage, Role)>,
}

impl Addressees {
    /// Reads the plan as it stands below a directive.
    pub(super) fn new(inputs: &CompareInputs, position: &Position) -> Self {
        let departments: Vec<String> = inputs.profile.departments.iter().map(|d| fold(&d.name)).collect();
        let passages = passages(&inputs.plan, position).into_iter().map(|passage| {
            let by_name = passage.actor.as_ref().map(|actor| fold(&actor.text));
            let own = by_name.is_some_and(|name| departments.iter().any(|own| name.contains(own.as_str())));
            // A department or the body itself, in the words of the unit's own plan.
            let role = if own || passage.role == Role::Parent { Role::Own } else { passage.role };
            (passage, role)
        });
        Self { passages: passages.collect() }
    }

    /// Whom the plan addresses in some blocks: one addressee, or nothing to be said.
    pub(super) fn of(&self, blocks: &[u32]) -> Option<Role> {
        let mut found = self.passages.iter().filter(|(passage, _)| blocks.contains(&passage.span.block));
        let (_, first) = found.next()?;
        found.all(|(_, role)| role == first).then_some(*first)
    }
}

/// What the plan says of its own people, whatever the parent asks.
pub(super) fn review(inputs: &CompareInputs, out: &mut Comparison) {
    idle(inputs, out);
    reports(inputs, out);
}

/// A heading or a line that names somebody and is followed by nothing.
fn idle(inputs: &CompareInputs, out: &mut Comparison) {
    let plan = &inputs.plan;
    let position = Position::new(&plan.extraction.document, inputs.profile, inputs.knowledge, inputs.words);
    for block in plan.document.blocks.iter().filter(|block| block.cell.is_none()) {
        let zone = plan.structure.zones.get(block.id as usize);
        let text = block.text.trim_end();
        let introduces = block.kind == BlockKind::Heading || text.ends_with(':');
        if zone != Some(&Zone::Body) || !introduces || plan.structure.parents.contains(&Some(block.id)) {
            continue;
        }
        let anatomy = anatomy(&block.text, inputs.knowledge);
        let whole = 0..length(&block.text);
        let Some(actor) = leading(&block.text, &whole, &anatomy, &position) else { continue };
        let rest = length(text.trim_end_matches([':', '.', ' '])).saturating_sub(actor.range.end);
        // A table or a paragraph that belongs to no heading may still follow.
        let next = plan.document.blocks.get(block.id as usize + 1);
        let followed = next.is_some_and(|next| {
            next.kind != BlockKind::Heading
                && plan.structure.zones.get(next.id as usize) == Some(&Zone::Body)
                && plan.structure.parents.get(next.id as usize) != plan.structure.parents.get(block.id as usize)
                || next.cell.is_some()
        });
        if rest <= 2 && !followed {
            let span = Span { block: block.id, start: 0, end: length(&block.text) };
            let mut remark = remark("KH-F", Severity::Warning, "idle", &[("found", &one_line(&block.text))]);
            remark.place = Some(place(plan, span));
            out.remarks.push(remark);
        }
    }
}

/// A report with a date and without an address.
fn reports(inputs: &CompareInputs, out: &mut Comparison) {
    let plan = &inputs.plan;
    let goes = ["về ", "gửi ", "cho ", "báo cáo hội", "báo cáo ban", "báo cáo ủy ban", "báo cáo ubnd", "qua "];
    // One sentence may say it for all reports: *gửi đăng ký, báo cáo về …*.
    let said = |text: &str| text.contains(&fold("báo cáo")) && text.contains(&fold(" về "));
    let body = |id: u32| plan.structure.zones.get(id as usize) == Some(&Zone::Body);
    if plan.document.blocks.iter().any(|block| body(block.id) && said(&fold(&block.text))) {
        return;
    }
    for deadline in plan.extraction.deadlines.iter().filter(|d| d.kind == DeadlineKind::Report) {
        let Some(block) = plan.document.blocks.get(deadline.span.block as usize) else { continue };
        // The row of a table says it in another cell.
        if deadline.recipient.is_some() || block.cell.is_some() {
            continue;
        }
        let folded = fold(&block.text);
        if !goes.iter().any(|word| folded.contains(&fold(word))) {
            let mut remark = remark("KH-F", Severity::Warning, "report-address", &[("found", &one_line(&block.text))]);
            remark.place = Some(place(plan, deadline.span));
            out.remarks.push(remark);
        }
    }
}
