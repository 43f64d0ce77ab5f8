//! Deadlines, numbers, tasks and names of a directive, each with where the plan has it.

use super::duty::Addressees;
use super::resemble::{Line, Words, alike, line_of, share, words};
use super::{CompareInputs, Comparison, Item, ItemKind, Place, Status, due, place, remark};
use crate::compose::plan::binding::{self, BoundDeadline, BoundQuota, segment};
use crate::compose::plan::passage::{Passage, Topic, holds, passages};
use crate::compose::plan::text::{one_line, quoted, slice};
use crate::compose::plan::{Parent, Position, Role};
use crate::language::fold::fold;
use crate::model::{Deadline, DeadlineKind, Quota, QuotaKind, QuotaOp, Severity, Span, Unit};

/// Words that two passages must share to speak of the same thing.
const SAME: f64 = 0.6;
/// Words that make one passage a changed form of another.
const AKIN: f64 = 0.35;

pub(super) fn find(
    inputs: &CompareInputs,
    index: usize,
    directive: &Parent,
    position: &Position,
    lines: &[Line],
    out: &mut Comparison,
) {
    let passages = passages(directive, position);
    let deadlines = binding::deadlines(index, directive, position, &passages);
    let quotas = binding::quotas(index, directive, position, &passages);
    let addressees = Addressees::new(inputs, position);
    let seeker = Seeker { inputs, directive, position, addressees, lines };
    seeker.deadlines(index, &deadlines, out);
    seeker.quotas(index, &quotas, out);
    seeker.tasks(index, &passages, out);
    seeker.names(index, &passages, out);
}

struct Seeker<'a> {
    inputs: &'a CompareInputs<'a>,
    directive: &'a Parent<'a>,
    position: &'a Position<'a>,
    addressees: Addressees,
    lines: &'a [Line],
}

impl Seeker<'_> {
    fn plan(&self) -> &Parent<'_> {
        &self.inputs.plan
    }

    fn text<'p>(parent: &'p Parent, block: u32) -> &'p str {
        parent.document.blocks.get(block as usize).map_or("", |block| block.text.as_str())
    }

    /// The words around an item of a paper: of its row, or of its piece of the sentence.
    fn around(&self, parent: &Parent, span: Span, action: Option<&str>) -> Words {
        let text = Self::text(parent, span.block);
        let piece = segment(text, span, self.inputs.knowledge);
        let mut found = words(slice(text, piece.start..piece.end));
        found.extend(words(action.unwrap_or_default()));
        found
    }

    // --- numbers ------------------------------------------------------------------------------------------------

    fn quotas(&self, index: usize, wanted: &[BoundQuota], out: &mut Comparison) {
        let asked = &self.directive.extraction.quotas;
        let keys: Vec<Words> = asked.iter().map(|quota| self.quota_words(self.directive, quota)).collect();
        // Each number of the plan belongs to the number of the directive that it resembles most.
        let mut belongs: Vec<Vec<&Quota>> = vec![Vec::new(); asked.len()];
        for quota in &self.plan().extraction.quotas {
            let key = self.quota_words(self.plan(), quota);
            let scored = asked.iter().zip(&keys).enumerate().filter_map(|(at, (other, words))| {
                let score = quota_score(quota, &key, other, words)?;
                Some((score, at))
            });
            if let Some((_, at)) = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
                && let Some(list) = belongs.get_mut(at)
            {
                list.push(quota);
            }
        }
        for bound in wanted {
            let Some(at) = asked.iter().position(|quota| std::ptr::eq(quota, bound.quota)) else { continue };
            let found = belongs.get(at).map_or(&[][..], Vec::as_slice);
            self.two_numbers(found, out);
            let (status, found) = self.quota_status(bound.quota, found);
            self.quota_remark(bound.quota, status, found.as_ref(), out);
            let wanted = place(self.directive, bound.quota.span);
            out.items.push(Item { kind: ItemKind::Quota, directive: index, status, wanted, found });
        }
    }

    fn quota_words(&self, parent: &Parent, quota: &Quota) -> Words {
        let mut key = self.around(parent, quota.span, None);
        key.extend(words(&quota.text));
        key
    }

    fn quota_status(&self, asked: &Quota, found: &[&Quota]) -> (Status, Option<Place>) {
        let weaker = found.iter().find(|quota| is_weaker(asked, quota));
        if let Some(quota) = weaker {
            return (Status::Weaker, Some(place(self.plan(), quota.span)));
        }
        if let Some(quota) = found.first() {
            return (Status::Covered, Some(place(self.plan(), quota.span)));
        }
        // What the patterns do not see may still stand there to the letter.
        let text = fold(&one_line(&asked.text));
        let line = self.lines.iter().find(|line| fold(&line.text).contains(&text));
        match line {
            Some(line) => (Status::Covered, Some(whole(line))),
            None => (Status::Missing, None),
        }
    }

    fn quota_remark(&self, asked: &Quota, status: Status, found: Option<&Place>, out: &mut Comparison) {
        let (key, severity) = match status {
            // A threshold is a condition, not a number to be reached.
            Status::Weaker if asked.kind == QuotaKind::Threshold => ("quota-weaker", Severity::Warning),
            Status::Missing if asked.kind == QuotaKind::Threshold => ("quota-missing", Severity::Warning),
            Status::Weaker => ("quota-weaker", Severity::Error),
            Status::Missing => ("quota-missing", Severity::Error),
            _ => return,
        };
        let there = found.map(|place| place.text.clone()).unwrap_or_default();
        let mut remark = remark("KH-B", severity, key, &[("wanted", &one_line(&asked.text)), ("found", &there)]);
        remark.place = found.cloned();
        out.remarks.push(remark);
    }

    /// `KH-U`: the plan gives two numbers for one thing, to the same people.
    fn two_numbers(&self, found: &[&Quota], out: &mut Comparison) {
        let annexed = |quota: &&&Quota| {
            self.plan().structure.zones.get(quota.span.block as usize) == Some(&crate::structure::Zone::Annex)
        };
        let role = |quota: &Quota| {
            let who = quota.actor.as_deref().or(quota.per.as_deref());
            who.map(|who| self.position.role(who))
        };
        let mut numbers = found.iter().filter(|quota| quota.exception.is_none() && !annexed(quota));
        let Some(first) = numbers.next() else { return };
        let key = self.quota_words(self.plan(), first);
        let other = numbers.find(|other| {
            (other.value - first.value).abs() > 1e-9
                && other.op == first.op
                && role(other) == role(first)
                && alike(&key, &self.quota_words(self.plan(), other)) >= SAME
        });
        if let Some(other) = other {
            self.twice("twice-number", (&first.text, &other.text), other.span, out);
        }
    }

    fn twice(&self, key: &'static str, (one, other): (&str, &str), at: Span, out: &mut Comparison) {
        let slots = [("one", one_line(one)), ("other", one_line(other))];
        let slots: Vec<(&'static str, &str)> = slots.iter().map(|(slot, text)| (*slot, text.as_str())).collect();
        let mut remark = remark("KH-U", Severity::Warning, key, &slots);
        remark.place = Some(place(self.plan(), at));
        out.remarks.push(remark);
    }

    // --- dates --------------------------------------------------------------------------------------------------

    fn deadlines(&self, index: usize, wanted: &[BoundDeadline], out: &mut Comparison) {
        let asked = &self.directive.extraction.deadlines;
        let key = |parent: &Parent, deadline: &Deadline| self.around(parent, deadline.span, deadline.action.as_deref());
        let keys: Vec<Words> = asked.iter().map(|deadline| key(self.directive, deadline)).collect();
        let mut belongs: Vec<Vec<&Deadline>> = vec![Vec::new(); asked.len()];
        for deadline in &self.plan().extraction.deadlines {
            let mut words = key(self.plan(), deadline);
            // A row of a table speaks of one thing: of the date of the directive that stands in it.
            let row = line_of(self.lines, deadline.span).filter(|line| line.blocks.len() > 1);
            if let Some(row) = row {
                words.extend(row.words.iter().cloned());
            }
            let in_row = |other: &Deadline| {
                let here = |own: &&Deadline| row.is_some_and(|row| row.blocks.contains(&own.span.block));
                self.plan().extraction.deadlines.iter().filter(here).any(|own| own.when == other.when)
            };
            let scored = asked.iter().zip(&keys).enumerate().filter_map(|(at, (other, wanted))| {
                let shared = share(wanted, &words);
                let same = other.when == deadline.when || in_row(other);
                let kind = if other.kind == deadline.kind { 0.2 } else { 0.0 };
                (shared >= SAME || same && shared >= 0.2).then_some((shared + kind + if same { 0.5 } else { 0.0 }, at))
            });
            if let Some((_, at)) = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
                && let Some(list) = belongs.get_mut(at)
            {
                list.push(deadline);
            }
        }
        for bound in wanted {
            let Some(at) = asked.iter().position(|deadline| std::ptr::eq(deadline, bound.deadline)) else { continue };
            let found = belongs.get(at).map_or(&[][..], Vec::as_slice);
            self.two_dates(bound.deadline, found, out);
            let words = keys.get(at).cloned().unwrap_or_default();
            let (status, found) = self.deadline_status(bound.deadline, found, &words);
            let there = found.as_ref().map(|place| one_line(&place.text)).unwrap_or_default();
            let key = match status {
                Status::Later => Some("deadline-later"),
                Status::Missing => Some("deadline-missing"),
                _ => None,
            };
            if let Some(key) = key {
                let wanted = one_line(&bound.deadline.text);
                let mut remark = remark("KH-C", Severity::Error, key, &[("wanted", &wanted), ("found", &there)]);
                remark.place.clone_from(&found);
                out.remarks.push(remark);
            }
            let wanted = place(self.directive, bound.deadline.span);
            out.items.push(Item { kind: ItemKind::Deadline, directive: index, status, wanted, found });
        }
    }

    fn deadline_status(&self, asked: &Deadline, found: &[&Deadline], words: &Words) -> (Status, Option<Place>) {
        let limit = due(asked);
        let later =
            found.iter().find(|deadline| matches!((due(deadline), limit), (Some(own), Some(limit)) if own > limit));
        if let Some(deadline) = later {
            return (Status::Later, Some(place(self.plan(), deadline.span)));
        }
        if let Some(deadline) = found.first() {
            return (Status::Covered, Some(place(self.plan(), deadline.span)));
        }
        let text = fold(&one_line(&asked.text));
        let line = self.lines.iter().find(|line| fold(&line.text).contains(&text) && share(words, &line.words) >= 0.3);
        match line {
            Some(line) => (Status::Covered, Some(whole(line))),
            None => (Status::Missing, None),
        }
    }

    /// `KH-U`: the plan sets two days of its own for one thing of the same people. The parent's day may stand beside.
    fn two_dates(&self, asked: &Deadline, found: &[&Deadline], out: &mut Comparison) {
        let limit = due(asked);
        if !matches!(asked.kind, DeadlineKind::Registration | DeadlineKind::Report | DeadlineKind::Submission) {
            return;
        }
        let theirs: Vec<_> = self.directive.extraction.deadlines.iter().filter_map(due).chain(limit).collect();
        // A year that is not written may be read otherwise in the plan.
        let said: Vec<String> =
            self.directive.extraction.deadlines.iter().map(|deadline| fold(&one_line(&deadline.text))).collect();
        let own = |deadline: &&&Deadline| {
            due(deadline).is_some_and(|day| !theirs.contains(&day)) && !said.contains(&fold(&one_line(&deadline.text)))
        };
        let role = |deadline: &Deadline| deadline.actor.as_deref().map(|who| self.position.role(who));
        let row = |deadline: &Deadline| line_of(self.lines, deadline.span).map(|line| line.block);
        let mut days = found.iter().filter(own);
        let Some(first) = days.next() else { return };
        let key = self.around(self.plan(), first.span, first.action.as_deref());
        let other = days.find(|other| {
            due(other) != due(first)
                && row(other) != row(first)
                && role(other) == role(first)
                && alike(&key, &self.around(self.plan(), other.span, other.action.as_deref())) >= SAME
        });
        if let Some(other) = other {
            self.twice("twice-date", (&first.text, &other.text), other.span, out);
        }
    }

    // --- tasks --------------------------------------------------------------------------------------------------

    fn tasks(&self, index: usize, passages: &[Passage], out: &mut Comparison) {
        for passage in passages.iter().filter(|passage| passage.role.binds() && passage.topic != Topic::Time) {
            let given = self.directive.extraction.assignments.iter().any(|task| holds(passage, &task.span));
            if !given {
                continue;
            }
            let text = Self::text(self.directive, passage.span.block);
            let wanted = words(slice(text, passage.span.start..passage.span.end));
            if wanted.len() < 4 {
                continue;
            }
            let best = self.lines.iter().map(|line| (share(&wanted, &line.words), line));
            let best = best.max_by(|a, b| a.0.total_cmp(&b.0));
            let moved = best.filter(|(share, _)| *share >= SAME).and_then(|(_, line)| self.moved(passage, line));
            let (status, found) = match best {
                Some((share, line)) if share >= SAME && moved == Some("task-kept") => {
                    (Status::Changed, Some(whole(line)))
                }
                Some((share, line)) if share >= SAME => (Status::Covered, Some(whole(line))),
                Some((share, line)) if share >= AKIN => (Status::Changed, Some(whole(line))),
                _ => (Status::Missing, None),
            };
            let source = place(self.directive, passage.span);
            if let (Some(key), Some(found)) = (moved, &found) {
                let severity = if key == "task-kept" { Severity::Warning } else { Severity::Info };
                let mut remark = remark("KH-F", severity, key, &[("wanted", &one_line(&source.text))]);
                remark.place = Some(found.clone());
                out.remarks.push(remark);
            }
            if status == Status::Missing {
                out.remarks.push(remark(
                    "KH-F",
                    Severity::Warning,
                    "task-missing",
                    &[("wanted", &one_line(&source.text))],
                ));
            }
            out.items.push(Item { kind: ItemKind::Task, directive: index, status, wanted: source, found });
        }
    }

    /// A task that the plan gives to others than the parent: kept by the unit, or handed down whole.
    fn moved(&self, passage: &Passage, line: &Line) -> Option<&'static str> {
        if line.blocks.len() > 1 {
            return None;
        }
        match (passage.role, self.addressees.of(&line.blocks)?) {
            (Role::Below, Role::Own) => Some("task-kept"),
            (Role::Own, Role::Below) => Some("task-handed-down"),
            _ => None,
        }
    }

    // --- names --------------------------------------------------------------------------------------------------

    /// Names in quotation marks of the title and of what is announced as name or slogan, and movements by name.
    fn names(&self, index: usize, passages: &[Passage], out: &mut Comparison) {
        let mut wanted: Vec<Span> = Vec::new();
        let mut add = |span: Span| {
            if !wanted.iter().any(|known| self.directive.document.slice(*known) == self.directive.document.slice(span))
            {
                wanted.push(span);
            }
        };
        let quotes = |span: Span| {
            let text = Self::text(self.directive, span.block);
            let all = quoted(text).into_iter();
            let inner = all.map(move |quote| Span {
                block: span.block,
                start: quote.start + 1,
                end: quote.end.saturating_sub(1),
            });
            inner.filter(move |quote| quote.start >= span.start && quote.end <= span.end && quote.end > quote.start)
        };
        if let Some(subject) = self.directive.extraction.document.spans.get("subject") {
            quotes(*subject).for_each(&mut add);
        }
        for passage in passages.iter().filter(|passage| passage.topic == Topic::Name) {
            quotes(passage.span).for_each(&mut add);
        }
        let whole: Vec<String> = self.lines.iter().map(|line| one_line(&line.text)).collect();
        for span in wanted {
            let source = place(self.directive, span);
            let name = one_line(&source.text);
            let name = name.trim_matches(|c: char| c.is_whitespace() || c == '.').to_owned();
            let line = whole.iter().position(|text| text.contains(&name)).and_then(|at| self.lines.get(at));
            let (status, found) = match line {
                Some(line) => (Status::Covered, Some(whole_of(line))),
                None => match self.altered(&name) {
                    Some(place) => (Status::Changed, Some(place)),
                    None => (Status::Missing, None),
                },
            };
            if status != Status::Covered {
                let there = found.as_ref().map(|place| place.text.clone()).unwrap_or_default();
                let key = if status == Status::Changed { "name-changed" } else { "name-missing" };
                let mut remark = remark("KH-D", Severity::Error, key, &[("wanted", &name), ("found", &there)]);
                remark.place.clone_from(&found);
                out.remarks.push(remark);
            } else if let Some(other) = self.altered(&name) {
                // To the letter in one place, otherwise in another.
                let slots = [("wanted", name.as_str()), ("found", other.text.as_str())];
                let mut remark = remark("KH-D", Severity::Error, "name-changed", &slots);
                remark.place = Some(other);
                out.remarks.push(remark);
            }
            out.items.push(Item { kind: ItemKind::Name, directive: index, status, wanted: source, found });
        }
    }

    /// A quotation of the plan that is nearly the name, and stands in no directive so.
    fn altered(&self, name: &str) -> Option<Place> {
        let wanted = words(name);
        let said = |text: &str| {
            let text = one_line(text);
            let text = text.trim_matches(|c: char| c.is_whitespace() || c == '.');
            let blocks = self.inputs.directives.iter().flat_map(|directive| &directive.document.blocks);
            blocks.map(|block| one_line(&block.text)).any(|line| line.contains(text))
        };
        let mut best: Option<(f64, Place)> = None;
        for block in &self.plan().document.blocks {
            for quote in quoted(&block.text) {
                let span = Span { block: block.id, start: quote.start + 1, end: quote.end.saturating_sub(1) };
                let found = place(self.plan(), span);
                let score = alike(&wanted, &words(&found.text));
                if score >= 0.5 && !said(&found.text) && best.as_ref().is_none_or(|(known, _)| score > *known) {
                    best = Some((score, found));
                }
            }
        }
        best.map(|(_, place)| place)
    }
}

fn whole_of(line: &Line) -> Place {
    whole(line)
}

fn whole(line: &Line) -> Place {
    let length = u32::try_from(line.text.chars().count()).unwrap_or(u32::MAX);
    Place { span: Span { block: line.block, start: 0, end: length }, text: line.text.clone(), around: String::new() }
}

/// How much two numbers resemble each other; `None` when they count different things.
fn quota_score(quota: &Quota, key: &Words, other: &Quota, wanted: &Words) -> Option<f64> {
    let units = match (&quota.unit, &other.unit) {
        (Unit::Percent, Unit::Percent) => 0.5,
        (Unit::Things(a), Unit::Things(b)) => {
            let (a, b) = (words(a), words(b));
            share(&a, &b).max(share(&b, &a))
        }
        _ => return None,
    };
    let around = alike(key, wanted).max(share(wanted, key) * 0.8);
    let same = (quota.value - other.value).abs() < 1e-9;
    let bonus = if same { 0.5 } else { 0.0 } + if quota.op == other.op { 0.1 } else { 0.0 };
    let akin = units >= 0.5 && (around >= 0.45 || same && around >= 0.15);
    akin.then_some(units + around + bonus)
}

/// Whether a number of the plan asks for less than the directive does.
fn is_weaker(asked: &Quota, own: &Quota) -> bool {
    match asked.op {
        QuotaOp::AtLeast | QuotaOp::MoreThan => {
            own.value < asked.value || matches!(own.op, QuotaOp::AtMost | QuotaOp::LessThan)
        }
        QuotaOp::Exactly => own.value < asked.value,
        QuotaOp::AtMost | QuotaOp::LessThan => own.value > asked.value && own.op == asked.op,
    }
}
