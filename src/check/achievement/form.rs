//! The report against its form: version, sections, fields, tables, statements.

use crate::check::paper::Paper;
use crate::check::paper::section::Numbering;
use crate::check::paper::segment::Segment;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Finding, Severity, Span};
use crate::pack::{FormSubject, Grade, SectionForm, SectionRole, holds, starts};

/// BC01: the form was in force on the day of the report.
pub(super) fn version(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some((date, span)) = paper.date else { return };
    if !paper.form.holds_on(date) {
        found.push(
            Finding::new("BC01", Severity::Warning, span.or_else(|| paper.top()))
                .with("what", "version")
                .with("form", paper.form.title.clone())
                .with("detail", super::super::subject::print(date))
                .for_review(),
        );
    }
}

/// BC01: one report is about a person or about a collective, not about both.
pub(super) fn mixed_subjects(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let words = &paper.known.words.rules;
    let (foreign, mine) = match paper.subject {
        FormSubject::CaNhan => (&words.mixed_for_person, &words.mixed_own_person),
        FormSubject::TapThe => (&words.mixed_for_collective, &words.mixed_own_collective),
        FormSubject::HoGiaDinh => (&words.mixed_for_person, &words.mixed_own_person),
        FormSubject::Any => return,
    };
    let mut places: Vec<Span> = Vec::new();
    for segment in paper.body(SectionRole::Achievement).iter().chain(paper.body(SectionRole::Profile)) {
        // `II.3. Thành tích …`: a number that the reader left in the text.
        let text = segment.words().trim_start_matches(|c: char| matches!(c, 'i' | 'v' | '.') || c.is_ascii_digit());
        let text = if text.starts_with(' ') { text.trim_start() } else { segment.words() };
        let numbered = text.len() < segment.words().len();
        let heading = segment.text.chars().count() <= 120
            && (segment.label.is_some() || numbered || segment.strong || text.ends_with(':') || segment.is_capitals());
        let opens = text.split(['.', ':']).next().unwrap_or_default();
        let clause = opens.split(',').next().unwrap_or_default();
        let named = holds(foreign, opens);
        let both = opens.contains("tập thể và cá nhân") || opens.contains("cá nhân và tập thể");
        // `Thành tích của cá nhân lãnh đạo đơn vị` is about the first of both.
        let first = |list: &[String]| list.iter().filter_map(|word| opens.find(word.as_str())).min();
        let own = first(mine).is_some_and(|at| first(foreign).is_none_or(|other| at <= other));
        let rates = holds(&words.mixed_ratings, opens);
        let speaks = starts(&words.mixed_starts, text) && holds(foreign, clause) && !rates;
        // `Thành tích của tập thể …` opens a paragraph as well.
        let opened = ["thành tích", "tên"].iter().any(|start| {
            clause.strip_prefix(start).is_some_and(|rest| {
                let rest = rest.trim_start().trim_start_matches("của ").trim_start_matches("riêng ");
                starts(foreign, rest) || foreign.iter().any(|word| rest.starts_with(word.trim_start_matches("của ")))
            })
        });
        if (heading && named && speaks && (!own || both)) || (opened && !rates && (!own || both)) {
            places.push(segment.span);
        }
    }
    for row in &paper.rows {
        let wrong = row.awards.iter().find(|award| {
            matches!(
                (paper.subject, award.subject),
                (FormSubject::CaNhan, FormSubject::TapThe) | (FormSubject::TapThe, FormSubject::CaNhan)
            )
        });
        if wrong.is_some() {
            places.push(row.award.as_ref().map_or(row.span, |(_, span)| *span));
        }
    }
    if let Some((first, rest)) = places.split_first() {
        let finding = Finding::new("BC01", Severity::Warning, Some(*first))
            .with("what", "mixed")
            .with("form", paper.form.title.clone())
            .with("detail", if paper.subject == FormSubject::TapThe { "cá nhân" } else { "tập thể" });
        found.push(rest.iter().fold(finding, |finding, span| finding.and(*span)));
    }
}

/// BC02, BC03: sections present, in order, named right, numbered with Roman figures, and apart.
pub(super) fn sections(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let heading = |at: usize| paper.segments.get(at).map(|segment| segment.span);
    for section in paper.sections.iter().filter(|section| section.merged) {
        found.push(Finding::new("BC03", Severity::Error, heading(section.heading)).with("what", "heading"));
    }
    let is_merged = paper.sections.iter().any(|section| section.merged);
    for (at, form) in paper.form.sections.iter().enumerate() {
        let Some(required) = form.required else { continue };
        let named = form.heading.first().map_or("", String::as_str);
        let grade = paper.form.grade(required);
        match paper.own_section(at, form) {
            None if form.role == SectionRole::Awards && is_merged => {}
            None if form.role == SectionRole::Awards && swallowed(paper).is_some() => {
                found.push(Finding::new("BC03", grade, swallowed(paper)).with("what", "table"));
            }
            None => found.push(
                Finding::new("BC02", grade, missing_place(paper, form))
                    .with("what", "missing")
                    .with("section", format!("{}. {named}", form.no))
                    .with("detail", ""),
            ),
            Some(section) if !section.named_right && !section.merged => {
                let written = paper.segments.get(section.heading).map(|segment| segment.text.clone());
                found.push(
                    Finding::new("BC02", grade.min(Severity::Warning), heading(section.heading))
                        .with("what", "renamed")
                        .with("section", format!("{}. {named}", form.no))
                        .with("detail", written.unwrap_or_default()),
                );
            }
            Some(_) => {}
        }
    }
    order(paper, found);
    numbering(paper, found);
}

/// The first section that stands before one that the form has in front of it.
fn order(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let place = |role: SectionRole| paper.form.sections.iter().position(|section| section.role == role);
    let mut last: Option<(usize, usize)> = None;
    for section in &paper.sections {
        let Some(at) = section.own.or_else(|| place(section.role)) else { continue };
        if let Some((before, heading)) = last
            && at < before
        {
            let named = |at: usize| {
                paper
                    .form
                    .sections
                    .get(at)
                    .map(|form| format!("{}. {}", form.no, form.heading.first().map_or("", String::as_str)))
            };
            let grade = paper.form.sections.get(before).and_then(|form| form.required).unwrap_or(Grade::Warning);
            let early = paper.segments.get(heading).map(|segment| segment.span);
            let late = paper.segments.get(section.heading).map(|segment| segment.span);
            let finding = Finding::new("BC02", paper.form.grade(grade), early)
                .with("what", "order")
                .with("section", named(before).unwrap_or_default())
                .with("detail", named(at).unwrap_or_default());
            found.push(late.into_iter().fold(finding, Finding::and));
            return;
        }
        last = Some((at, section.heading));
    }
}

/// A., B. or 1., 2. in the place of I., II.
fn numbering(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let other: Vec<Span> = paper
        .sections
        .iter()
        .filter(|section| section.role != SectionRole::Other)
        .filter(|section| matches!(section.numbering, Numbering::Letter | Numbering::Part | Numbering::Arabic))
        .filter_map(|section| paper.segments.get(section.heading).map(|segment| segment.span))
        .collect();
    if let Some((first, rest)) = other.split_first() {
        let finding = Finding::new("BC02", Severity::Warning, Some(*first))
            .with("what", "numbering")
            .with("section", "I, II, III")
            .with("detail", "");
        found.push(rest.iter().fold(finding, |finding, span| finding.and(*span)));
    }
}

/// A heading or a table of section III among the text of section II.
fn swallowed(paper: &Paper<'_>) -> Option<Span> {
    paper.body(SectionRole::Achievement).iter().find_map(|segment| {
        let text = segment.words();
        let short = segment.text.chars().count() <= 60;
        let titled = short
            && (text.starts_with("danh hiệu thi đua")
                || text.starts_with("hình thức khen thưởng")
                || text.starts_with("các hình thức khen thưởng")
                || text.starts_with("khen thưởng"));
        (titled && (segment.label.is_some() || segment.cell.is_some() || segment.strong || text.len() < 40))
            .then_some(segment.span)
    })
}

/// Where a missing section should begin: at the next one, else at the end of the one before.
fn missing_place(paper: &Paper<'_>, form: &SectionForm) -> Option<Span> {
    let order = paper.form.sections.iter().position(|section| section.role == form.role)?;
    let behind = paper.form.sections.get(order + 1..)?.iter().find_map(|next| paper.section(next.role));
    let before = paper.form.sections.get(..order)?.iter().rev().find_map(|previous| paper.section(previous.role));
    let at = behind.map(|section| section.heading).or_else(|| before.map(|section| section.heading));
    at.and_then(|at| paper.segments.get(at)).map(|segment| segment.span).or_else(|| paper.top())
}

/// BC04: the slots of section I.
pub(super) fn fields(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(section) = paper.form.section(SectionRole::Profile) else { return };
    let Some(profile) = paper.section(SectionRole::Profile) else { return };
    let mut text: String = String::new();
    let before = paper.title.end..profile.heading;
    for segment in paper.segments.get(before).unwrap_or_default().iter().chain(paper.body(SectionRole::Profile)) {
        text.push_str(segment.words());
        text.push('\n');
    }
    let place = paper.segments.get(profile.heading).map(|segment| segment.span);
    for (at, form) in section.fields.iter().enumerate() {
        let Some(required) = form.required else { continue };
        let label = form.label.first().map_or("", String::as_str);
        let mut own = paper.fields.iter().filter(|field| field.form == at).peekable();
        let is_read = own.peek().is_some();
        if !is_read {
            let named = form.label.iter().any(|label| mentions(&text, &fold(label)));
            let schooling = form.label.iter().any(|label| fold(label).contains("trình độ"));
            let told = told(paper, form.kind, &text) && (form.kind != crate::pack::FieldKind::Text || schooling);
            if !named && !told {
                found.push(
                    Finding::new("BC04", paper.form.grade(required), place)
                        .with("what", "missing")
                        .with("field", label),
                );
            }
            continue;
        }
        if form.may_be_empty {
            continue;
        }
        if let Some(empty) = own.clone().find(|field| is_blank(&field.value))
            && own.all(|field| is_blank(&field.value))
        {
            found.push(
                Finding::new("BC04", paper.form.grade(required), Some(empty.label))
                    .with("what", "empty")
                    .with("field", label),
            );
        }
    }
}

/// Whole words of a label in a text, at the start of a line or in front of a colon.
fn mentions(text: &str, label: &str) -> bool {
    text.match_indices(label).any(|(at, _)| {
        let head = text.get(..at).unwrap_or_default();
        let tail = text.get(at + label.len()..).unwrap_or_default();
        let line = head.rsplit('\n').next().unwrap_or_default();
        let begins = !line.contains(is_word) || tail.trim_start().starts_with([':', '(']);
        let before = head.chars().next_back();
        begins && before.is_none_or(|c| !is_word(c)) && tail.chars().next().is_none_or(|c| !is_word(c))
    })
}

/// What running text says without the form's label.
fn told(paper: &Paper<'_>, kind: crate::pack::FieldKind, text: &str) -> bool {
    use crate::pack::FieldKind;
    match kind {
        FieldKind::Name => ["đồng chí ", "ông ", "bà ", "chị ", "tôi là "].iter().any(|word| text.contains(word)),
        // Behind the name: `Bà …`, `(nữ)`; words in the text (*Việt Nam*, *phụ nữ*) say nothing of her.
        FieldKind::Gender => text.lines().any(|line| {
            ["bà ", "ông "].iter().any(|word| line.starts_with(word))
                || ["(nữ)", "(nam)", ", nữ,", ", nam,", ": nữ", ": nam", " - nữ", " - nam"]
                    .iter()
                    .any(|word| line.contains(word))
                || matches!(line.trim_end_matches(['.', ';']), "nữ" | "nam")
        }),
        FieldKind::Birth => {
            ["sinh ngày", "sinh năm", "ngày sinh", "năm sinh", "sinh tháng"].iter().any(|word| text.contains(word))
        }
        FieldKind::Post => !paper.known.words.posts_in(text).is_empty(),
        FieldKind::Unit => text.contains("công tác tại") || text.contains("làm việc tại"),
        FieldKind::Text => {
            text.contains("đại học")
                || text.contains("cao đẳng")
                || text.contains("trung cấp")
                || text.contains("thạc sĩ")
                || text.contains("cử nhân")
        }
        FieldKind::Date | FieldKind::Phone | FieldKind::Place => false,
    }
}

fn is_blank(value: &str) -> bool {
    !value.contains(is_word)
}

/// BC02: tables that a form of its own asks for, with their columns.
pub(super) fn tables(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    for section in &paper.form.sections {
        for table in &section.tables {
            let Some(required) = table.required else { continue };
            let columns: Vec<String> = table.columns.iter().map(|column| fold(column)).collect();
            let (there, place) = most_columns(paper, &columns);
            let missing: Vec<&str> = table
                .columns
                .iter()
                .zip(&columns)
                .filter(|(_, folded)| !there.contains(folded) && !is_free(paper, folded))
                .map(|(column, _)| column.as_str())
                .collect();
            if missing.is_empty() {
                continue;
            }
            let is_there = there.len() * 2 >= columns.len();
            let place = place.filter(|_| is_there).or_else(|| missing_place(paper, section));
            found.push(
                Finding::new("BC02", paper.form.grade(required), place)
                    .with("what", if is_there { "columns" } else { "table" })
                    .with("section", format!("{}. {}", section.no, section.heading.first().map_or("", String::as_str)))
                    .with("detail", missing.join("; ")),
            );
        }
    }
}

/// The columns that the table with most of them has, and where it begins.
fn most_columns<'c>(paper: &Paper<'_>, columns: &'c [String]) -> (Vec<&'c String>, Option<Span>) {
    let cells: Vec<&Segment> = paper.segments.iter().filter(|segment| segment.cell.is_some()).collect();
    let tables = cells.chunk_by(|a, b| a.cell.map(|(table, ..)| table) == b.cell.map(|(table, ..)| table));
    let of_table = |table: &[&Segment]| -> Vec<&'c String> {
        columns.iter().filter(|column| table.iter().any(|cell| cell.words().starts_with(column.as_str()))).collect()
    };
    let best = tables.map(|table| (of_table(table), table.first().map(|cell| cell.span)));
    best.rev().max_by_key(|(there, _)| there.len()).unwrap_or_default()
}

/// Columns that say nothing of their own: running numbers, remarks.
fn is_free(paper: &Paper<'_>, column: &str) -> bool {
    paper.known.words.free_columns.iter().any(|free| free == column)
}

/// BC27: a statement that nobody was disciplined, where the form asks for it.
pub(super) fn statement(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(grade) = paper.form.statement else { return };
    let says = paper.segments.iter().any(|segment| holds(&paper.known.words.rules.statements, segment.words()));
    if !says {
        let place = paper.section(SectionRole::Achievement).and_then(|section| paper.segments.get(section.heading));
        found.push(Finding::new("BC27", paper.form.grade(grade), place.map(|segment| segment.span)));
    }
}

/// BC02: an unexpected achievement happened on a day and at a place.
pub(super) fn event(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(grade) = paper.form.event else { return };
    let Some(section) = paper.section(SectionRole::Achievement) else { return };
    let body = paper.body(SectionRole::Achievement);
    let dated = body
        .iter()
        .any(|segment| !crate::check::dates::written(segment.words()).is_empty() || segment.words().contains("ngày "));
    if !dated {
        let place = paper.segments.get(section.heading).map(|segment| segment.span);
        found.push(
            Finding::new("BC02", paper.form.grade(grade), place)
                .with("what", "event")
                .with("section", "II")
                .with("detail", ""),
        );
    }
}

/// BC32: the header names the unit.
pub(super) fn header(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    if paper.info.issuer.is_none() && paper.subject != FormSubject::HoGiaDinh {
        found.push(Finding::new("BC32", Severity::Info, paper.top()).with("what", "header"));
    }
}
