//! V. TỔ CHỨC THỰC HIỆN: who does what in the unit and below it, and the timeline.

use super::Builder;
use crate::compose::plan::adapt::{Lead, adapted, named};
use crate::compose::plan::binding::{self, BoundDeadline};
use crate::compose::plan::cite;
use crate::compose::plan::dates::{OwnDate, last_day, own_date};
use crate::compose::plan::passage::{Passage, Topic};
use crate::compose::plan::role::Role;
use crate::compose::plan::section::{Line, Piece, Section, computed, pack, profile};
use crate::compose::plan::text::{capital_first, one_line, point_letter, small_first};
use crate::language::fold::fold;
use crate::model::{Deadline, DeadlineKind, Origin, When};
use crate::pack::CALENDAR_FILE;
use jiff::civil::Date;

impl Builder<'_> {
    /// V. TỔ CHỨC THỰC HIỆN
    pub(super) fn organisation(&mut self, deadlines: &[BoundDeadline]) -> Section {
        let mut section = Section { title: "TỔ CHỨC THỰC HIỆN", ..Section::default() };
        let (below, below_origin) = self.below();
        let parent = self.parent_name();
        section.heading(format!("1. {}", self.inputs.profile.short_name()), profile("don-vi.ten-ngan"));
        let lead = self.sentence("lead", &[("below", &small_first(&below)), ("parent", &parent)]);
        section.text(
            lead,
            computed("fixed-sentence", vec![pack("sentences.lead"), below_origin.clone(), profile("cap-tren")]),
        );
        let own = self.lines(is_own_task, Lead::Drop);
        self.by_department(own, &mut section);
        section.heading(format!("2. {below}"), below_origin);
        let (office, office_origin) = self.office();
        let fixed = self.sentence("below-task", &[("office", &office)]);
        section.text(fixed, computed("fixed-sentence", vec![pack("sentences.below-task"), office_origin]));
        let handed = self.lines(is_handed_on, Lead::Name);
        section.lines.extend(handed);
        // NĐ 30/2020, Phụ lục I: a document says where its annexes belong.
        let registers = self.inputs.sent.iter().zip(&self.labels.sent).filter(|(form, _)| form.registers);
        let forms: Vec<&str> =
            self.labels.forms.iter().chain(registers.map(|(_, label)| label)).map(String::as_str).collect();
        let forms = Some(forms.join(", ")).filter(|labels| !labels.is_empty());
        let others = self.inputs.sent.iter().zip(&self.labels.sent).filter(|(form, _)| !form.registers);
        let others: Vec<&str> = others.map(|(_, label)| label.as_str()).collect();
        let others = Some(others.join(", ")).filter(|labels| !labels.is_empty());
        let annexes =
            [("annex-allocation", self.labels.allocation.clone()), ("annex-form", forms), ("annex-other", others)];
        for (key, annex) in annexes {
            if let Some(annex) = annex {
                let origin = computed("annex", vec![pack(&format!("sentences.{key}"))]);
                section.text(self.sentence(key, &[("annex", &annex)]), origin);
            }
        }
        let mut rows: Vec<(Option<Date>, [Piece; 5])> =
            deadlines.iter().filter_map(|bound| Some((order(bound.deadline), self.step(bound)?))).collect();
        rows.sort_by_key(|(date, _)| (date.is_none(), *date));
        if !rows.is_empty() {
            section.heading(format!("3. {}", self.sentence("progress", &[])), pack("form"));
            section.timeline = rows.into_iter().map(|(_, row)| row).collect();
        }
        section
    }

    /// Own tasks under the departments whose field they are.
    fn by_department(&self, lines: Vec<Line>, section: &mut Section) {
        let departments = &self.inputs.profile.departments;
        let lead = self.inputs.profile.lead_department();
        if departments.len() < 2 {
            section.lines.extend(lines);
            return;
        }
        let mut shared: Vec<Vec<Line>> = vec![Vec::new(); departments.len()];
        let lead_at = departments.iter().position(|department| Some(department) == lead).unwrap_or(0);
        for line in lines {
            let folded = fold(&line.piece.text);
            let first = |fields: &[String]| fields.iter().filter_map(|field| folded.find(&fold(field))).min();
            // Words of the lead department (*thi đua*, *báo cáo*) stand nearly everywhere: the others come first.
            let others = departments.iter().enumerate().filter(|(at, _)| *at != lead_at);
            let found = others.filter_map(|(at, d)| Some((first(&d.fields)?, at))).min();
            if let Some(list) = shared.get_mut(found.map_or(lead_at, |(_, at)| at)) {
                list.push(line);
            }
        }
        let mut points = 0;
        for (at, (department, lines)) in departments.iter().zip(shared).enumerate() {
            if lines.is_empty() {
                continue;
            }
            points += 1;
            let name = small_first(&department.name);
            let text = format!("{}) {}", point_letter(points), self.sentence("assigned", &[("department", &name)]));
            section.subheading(text, computed("field-of-work", vec![profile(format!("bo-phan[{at}].linh-vuc"))]));
            section.lines.extend(lines);
        }
    }

    /// A row of the timeline.
    fn step(&self, bound: &BoundDeadline) -> Option<[Piece; 5]> {
        let read = self.reads.get(bound.parent)?;
        let deadline = bound.deadline;
        let block = read.parent.document.blocks.get(deadline.span.block as usize)?;
        let source = read.parent.source(deadline.span);
        let action = binding::action_span(&block.text, deadline);
        let span = action.unwrap_or_else(|| binding::segment(&block.text, deadline.span, self.inputs.knowledge));
        // An action that a heading or another cell of the row states stands in another block.
        let stated = deadline.action.as_deref().filter(|_| action.is_none()).map(one_line);
        let row = binding::row_topic(read.parent, block).filter(|_| binding::is_bare(read.parent, block));
        let (span, stated) = match row {
            Some(cell) => (cell, adapted(self.block_text(read, cell), cell, &read.voice, Lead::Drop)),
            None => (span, stated),
        };
        let text = stated
            .or_else(|| adapted(&block.text, span, &read.voice, Lead::Drop))
            .unwrap_or_else(|| one_line(&deadline.text));
        let text = text.trim_matches(|c: char| matches!(c, '.' | ';' | ',' | ':' | ')' | ' ') && c != ')').trim();
        let text = text.trim_start_matches([')', ',', ' ']);
        let dangling = &self.inputs.words.contacts.dangling;
        let text = match text.rsplit_once(' ') {
            Some((rest, last)) if dangling.contains(&fold(last)) => rest,
            _ => text,
        };
        let text = text.strip_prefix("Và ").or(text.strip_prefix("và ")).unwrap_or(text);
        let text = capital_first(text);
        let what = Piece::new(text, computed("adapted", vec![read.parent.source(span)]));
        let own = self.own_date(deadline, &source);
        let said = one_line(&deadline.text);
        let text = named(&said, self.inputs.words, &cite::short(read.parent, self.inputs.lexicon));
        let theirs =
            if text == said { Piece::new(text, source) } else { Piece::new(text, computed("named", vec![source])) };
        let is_duty =
            matches!(deadline.kind, DeadlineKind::Registration | DeadlineKind::Report | DeadlineKind::Submission);
        let who = if is_duty && bound.role != Role::Below {
            let (below, below_origin) = self.below();
            let text = format!("{below}; {} tổng hợp", self.inputs.profile.short_name());
            Piece::new(text, computed("gathered", vec![below_origin, profile("don-vi.ten-ngan")]))
        } else {
            self.who(bound.role)
        };
        let to = if is_duty {
            let (office, office_origin) = self.office();
            let text = format!("{office}; sau đó {}", read.voice.parent);
            Piece::new(text, computed("reporting-line", vec![office_origin, profile("cap-tren")]))
        } else {
            Piece::new(String::new(), pack("form"))
        };
        Some([what, own, theirs, who, to])
    }

    fn own_date(&self, deadline: &Deadline, source: &Origin) -> Piece {
        let lead = self.inputs.profile.planning.lead;
        let from = |rule: &str| {
            let calendar = Origin::Pack { file: CALENDAR_FILE.to_owned(), key: "year".to_owned() };
            computed(rule, vec![source.clone(), profile("ke-hoach.nhac-truoc"), calendar])
        };
        match own_date(deadline, lead, self.inputs.signed, self.inputs.calendar) {
            OwnDate::By { date, .. } => {
                let text = format!("chậm nhất {:02}/{:02}/{}", date.day(), date.month(), date.year());
                Piece::new(text, from("working-days-before"))
            }
            OwnDate::EachBefore => {
                let text = self.sentence("before-each", &[("lead", &format!("{lead:02}"))]);
                Piece::new(text, from("working-days-before-each"))
            }
            OwnDate::Same => Piece::new(self.sentence("same", &[]), pack("sentences.same")),
            OwnDate::NoRoom => Piece::new(cite::BLANK, from("no-room")),
        }
    }
}

fn is_own_task(passage: &Passage) -> bool {
    match passage.topic {
        Topic::Organisation | Topic::Report => matches!(passage.role, Role::Own | Role::Everyone),
        Topic::Content | Topic::Target => passage.inherited && passage.role == Role::Own,
        _ => false,
    }
}

fn is_handed_on(passage: &Passage) -> bool {
    match passage.topic {
        Topic::Organisation | Topic::Report => passage.role == Role::Below,
        Topic::Content | Topic::Target => passage.inherited && passage.role == Role::Below,
        _ => false,
    }
}

/// When a deadline falls due, for the order of the timeline.
fn order(deadline: &Deadline) -> Option<Date> {
    last_day(&deadline.when).or(match &deadline.when {
        When::During { start: Some(start), .. } => start.parse().ok(),
        _ => None,
    })
}
