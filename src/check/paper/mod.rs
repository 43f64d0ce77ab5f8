//! An achievement report as its readers see it: title, sections, fields, earlier awards, confirmation blocks.
//!
//! Rules work on this; they never look for the parts themselves. What is not there is not there: nothing is guessed.

pub(in crate::check) mod field;
pub(in crate::check) mod row;
pub(in crate::check) mod section;
pub(in crate::check) mod segment;
pub(in crate::check) mod sign;

use crate::language::fold::fold;
use crate::model::{Document, DocumentInfo, Span};
use crate::pack::{Award, Awards, FieldKind, FormSubject, Lexicon, ReportForm, ReportWords, SectionForm, SectionRole};
use field::Field;
use jiff::civil::Date;
use row::{Row, RowReader};
use section::Section;
use segment::Segment;
use sign::Sign;
use std::ops::Range;

/// The knowledge that reading a report takes.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Known<'k> {
    pub(in crate::check) awards: &'k Awards,
    pub(in crate::check) words: &'k ReportWords,
    pub(in crate::check) lexicon: &'k Lexicon,
}

/// A report.
#[derive(Debug)]
pub(in crate::check) struct Paper<'a> {
    pub(in crate::check) document: &'a Document,
    pub(in crate::check) info: &'a DocumentInfo,
    pub(in crate::check) form: &'a ReportForm,
    pub(in crate::check) known: Known<'a>,
    pub(in crate::check) segments: Vec<Segment>,
    /// Segments of the title.
    pub(in crate::check) title: Range<usize>,
    pub(in crate::check) sections: Vec<Section>,
    pub(in crate::check) fields: Vec<Field>,
    pub(in crate::check) rows: Vec<Row<'a>>,
    pub(in crate::check) signs: Vec<Sign>,
    /// Segments of the bottom.
    pub(in crate::check) bottom: Range<usize>,
    /// Date of signing.
    pub(in crate::check) date: Option<(Date, Option<Span>)>,
    /// The award that is proposed: known award, words and place.
    pub(in crate::check) award: Option<Proposed<'a>>,
    /// Whom it is about, as the paper itself shows.
    pub(in crate::check) subject: FormSubject,
    /// Name of the person, collective or head of household.
    pub(in crate::check) name: Option<(String, Span)>,
}

/// The award of the title.
#[derive(Debug, Clone)]
pub(in crate::check) struct Proposed<'a> {
    /// What is known about it; `None` for a name that is not in the list.
    pub(in crate::check) award: Option<&'a Award>,
    /// The words.
    pub(in crate::check) words: String,
    /// Their place.
    pub(in crate::check) span: Span,
}

impl<'a> Paper<'a> {
    /// Reads a document as a report of a form.
    pub(in crate::check) fn read(
        document: &'a Document,
        info: &'a DocumentInfo,
        form: &'a ReportForm,
        known: Known<'a>,
    ) -> Self {
        let segments = segment::of(document);
        let title = section::title(&segments, known.words).unwrap_or(0..0);
        let sections = section::sections(&segments, title.end, form, known.words);
        let mut paper = Self {
            document,
            info,
            form,
            known,
            title,
            sections,
            fields: Vec::new(),
            rows: Vec::new(),
            signs: Vec::new(),
            bottom: segments.len()..segments.len(),
            date: date(info),
            award: None,
            subject: form.subject,
            name: None,
            segments,
        };
        paper.award = paper.proposed();
        paper.read_fields();
        paper.name = paper.own_name();
        paper.subject = paper.whose();
        let from = sign::bottom(&paper.sections, paper.title.end, paper.segments.len());
        let owner = paper.name.as_ref().map(|(name, _)| name.as_str());
        paper.signs = sign::signs(&paper.segments, from.start, form, &known.lexicon.form, owner);
        if let Some(first) = paper.signs.first() {
            let at = paper.segments.iter().position(|segment| segment.span == first.span);
            paper.bottom = at.unwrap_or(paper.segments.len())..paper.segments.len();
        }
        paper.close_sections();
        paper.read_rows();
        paper
    }

    /// The section at a place of the form: by its heading, and where that was retyped by its role, which tells apart
    /// the sections that the laws have.
    pub(in crate::check) fn own_section(&self, at: usize, form: &SectionForm) -> Option<&Section> {
        let named = self.sections.iter().find(|section| section.own == Some(at));
        named.or_else(|| if form.role == SectionRole::Other { None } else { self.section(form.role) })
    }

    /// The first section of a kind.
    pub(in crate::check) fn section(&self, role: SectionRole) -> Option<&Section> {
        self.sections.iter().find(|section| section.role == role)
    }

    /// The segments of the first section of a kind.
    pub(in crate::check) fn body(&self, role: SectionRole) -> &[Segment] {
        let range = self.section(role).map_or(0..0, |section| section.body.clone());
        self.segments.get(range).unwrap_or_default()
    }

    /// The first field of a kind that says something.
    pub(in crate::check) fn field(&self, kind: FieldKind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind && !field.value.is_empty())
    }

    /// Folded text of the title.
    pub(in crate::check) fn title_text(&self) -> String {
        let parts: Vec<&str> =
            self.segments.get(self.title.clone()).unwrap_or_default().iter().map(Segment::words).collect();
        parts.join(" ")
    }

    /// Where to point when something is missing at the top.
    pub(in crate::check) fn top(&self) -> Option<Span> {
        self.segments.get(self.title.start).or_else(|| self.segments.first()).map(|segment| segment.span)
    }

    /// Where to point when something is missing at the end.
    pub(in crate::check) fn end(&self) -> Option<Span> {
        self.segments.iter().rev().find(|segment| !segment.text.is_empty()).map(|segment| segment.span)
    }

    /// The last section ends where the bottom begins.
    fn close_sections(&mut self) {
        let end = self.bottom.start;
        for section in &mut self.sections {
            section.body.end = section.body.end.min(end).max(section.body.start);
        }
    }

    fn read_fields(&mut self) {
        let Some(section) = self.form.section(SectionRole::Profile) else { return };
        let range = self.section(SectionRole::Profile).map(|found| found.body.clone()).unwrap_or_else(|| {
            let end = self.sections.first().map_or(self.segments.len(), |first| first.heading);
            self.title.end..end.max(self.title.end)
        });
        // Fields may stand between the title and section I (`Tên tập thể đề nghị: …`).
        let before = self.title.end..self.section(SectionRole::Profile).map_or(self.title.end, |found| found.heading);
        self.fields = field::fields(&self.segments, before, section);
        self.fields.extend(field::fields(&self.segments, range, section));
    }

    fn read_rows(&mut self) {
        let reader = RowReader { segments: &self.segments, awards: self.known.awards, words: self.known.words };
        let awards = self.section(SectionRole::Awards).map(|section| section.body.clone());
        let merged = self.sections.iter().find(|section| section.merged).map(|section| section.body.clone());
        let range = awards.or(merged);
        self.rows = range.map(|range| reader.rows(range)).unwrap_or_default();
    }

    /// The award in the title.
    fn proposed(&self) -> Option<Proposed<'a>> {
        let segments = self.segments.get(self.title.clone())?;
        for segment in segments {
            if let Some((award, range)) = self.known.awards.named(segment.words()).first() {
                return Some(Proposed {
                    award: Some(*award),
                    words: segment.slice(range.clone()),
                    span: segment.span(range.clone()),
                });
            }
        }
        let starts = [
            "đề nghị tặng thưởng",
            "đề nghị xét tặng",
            "đề nghị tặng",
            "đề nghị công nhận",
            "đề nghị khen thưởng",
            "tặng danh hiệu",
            "danh hiệu",
        ];
        segments.iter().find_map(|segment| {
            let text = segment.words();
            let at = starts.iter().find_map(|start| text.find(start).map(|at| at + start.len()))?;
            let range = at + text.get(at..)?.len() - text.get(at..)?.trim_start().len()..text.len();
            let whom = crate::pack::starts(&self.known.words.title_subjects, text.get(range.clone())?);
            (!range.is_empty() && !whom).then(|| Proposed {
                award: None,
                words: segment.slice(range.clone()),
                span: segment.span(range),
            })
        })
    }

    fn own_name(&self) -> Option<(String, Span)> {
        let named = |field: &&Field| match field.kind {
            FieldKind::Name => true,
            FieldKind::Unit => self.form.subject == FormSubject::TapThe,
            _ => false,
        };
        let fields: Vec<&Field> =
            self.fields.iter().filter(|field| field.value.contains(char::is_alphabetic)).filter(named).collect();
        let first = fields.first()?;
        // Where fields differ, the name that the paper has most is the right one.
        let differ = fields.iter().any(|field| bare_name(&field.value) != bare_name(&first.value));
        let times = |field: &Field| {
            let name = bare_name(&field.value);
            self.segments.iter().filter(|segment| segment.words().contains(name.as_str())).count()
        };
        let best = fields.iter().rev().max_by_key(|field| times(field)).filter(|_| differ).unwrap_or(first);
        Some((best.value.clone(), best.span))
    }

    /// A form for anybody is about a person when it gives a birth date.
    fn whose(&self) -> FormSubject {
        if self.form.subject != FormSubject::Any {
            return self.form.subject;
        }
        if self.field(FieldKind::Birth).is_some() { FormSubject::CaNhan } else { FormSubject::TapThe }
    }
}

fn date(info: &DocumentInfo) -> Option<(Date, Option<Span>)> {
    Some((info.date.as_deref()?.parse().ok()?, info.spans.get("date").copied()))
}

/// The name of a person without what may stand behind it (`Nguyễn Thị Hoa (Nam/Nữ: Nữ)`), folded.
pub(in crate::check) fn bare_name(name: &str) -> String {
    let name = name.split(['(', ',', ';', '-']).next().unwrap_or_default();
    fold(name.trim())
}
