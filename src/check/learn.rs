//! A form learned from a Word template: headings, slots of dots, tables with their columns, signature blocks.
//!
//! The parent's own template is the authority. What it does not show is not asked for; what was learned is written as
//! a `form.toml` for a person to correct.

use super::paper::section::{self, Numbering};
use super::paper::segment::{self, Segment};
use crate::language::fold::fold;
use crate::model::Document;
use crate::pack::{
    FieldKind, FormSubject, FormTable, Grade, PackError, ReportForm, ReportForms, ReportWords, SectionForm,
    SectionRole, SignForm, SlotForm,
};

/// Why nothing could be learned.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// The document has neither headings nor slots.
    #[error("no headings, slots or signature blocks were found")]
    Nothing,
    /// A built-in pack is faulty.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// Learns the form of a template.
///
/// # Errors
/// When the document shows no form.
pub fn form(document: &Document) -> Result<ReportForm, LearnError> {
    let words = ReportWords::builtin()?;
    let known = ReportForms::builtin()?;
    let segments = segment::of(document);
    let title = section::title(&segments, &words).unwrap_or(0..0);
    let lines = segments.get(title.clone()).unwrap_or_default();
    let name: Vec<&str> = lines.iter().map(|segment| segment.text.as_str()).collect();
    let found = headings(&segments, title.end);
    let mut sections: Vec<SectionForm> = Vec::new();
    for (at, own) in found.iter().enumerate() {
        let Some(heading) = segments.get(*own) else { continue };
        let end = found.get(at + 1).copied().unwrap_or(segments.len());
        let body = segments.get(own + 1..end).unwrap_or_default();
        let bottom = body.iter().position(|segment| role(segment).is_some()).unwrap_or(body.len());
        let body = body.get(..bottom).unwrap_or_default();
        let name = without_note(&without_label(heading));
        // The laws have one section of each kind; what comes again is a section of the parent's own.
        let part = section::role_of(&fold(&name), &words).unwrap_or(SectionRole::Other);
        let part = if sections.iter().any(|other| other.role == part) { SectionRole::Other } else { part };
        sections.push(SectionForm {
            no: heading
                .label
                .as_deref()
                .map_or_else(|| roman(at), |label| label.trim_end_matches(['.', ')', ' ']).to_owned()),
            role: part,
            heading: vec![name],
            required: Some(Grade::Error),
            parts: Vec::new(),
            fields: if matches!(part, SectionRole::Profile | SectionRole::Other) {
                slots(body, &known)
            } else {
                Vec::new()
            },
            tables: tables(body),
        });
    }
    if sections.is_empty() {
        let slots = slots(segments.get(title.end..).unwrap_or_default(), &known);
        if slots.is_empty() {
            return Err(LearnError::Nothing);
        }
        sections.push(SectionForm {
            no: "I".to_owned(),
            role: SectionRole::Profile,
            heading: Vec::new(),
            required: None,
            parts: Vec::new(),
            fields: slots,
            tables: tables(&segments),
        });
    }
    let text: String = segments.iter().map(|segment| segment.words()).collect::<Vec<_>>().join("\n");
    let subject = if text.contains("chủ hộ") {
        FormSubject::HoGiaDinh
    } else if text.contains("lí lịch") || text.contains("họ và tên") && text.contains("sinh") {
        FormSubject::CaNhan
    } else {
        FormSubject::TapThe
    };
    Ok(ReportForm {
        id: format!("mau/{}", stem(&document.source.path)),
        extends: None,
        title: if name.is_empty() { stem(&document.source.path) } else { without_dots(&name.join(" ")) },
        law: document.source.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        form_no: number(&segments),
        verified: false,
        official: true,
        from: None,
        to: None,
        subject,
        kind: "cong-trang".to_owned(),
        at_most: None,
        comparison: None,
        statement: text.contains("không bị xử lí kỉ luật").then_some(Grade::Warning),
        event: None,
        sections,
        signs: signs(&segments, title.end),
    })
}

fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn roman(at: usize) -> String {
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"].get(at).copied().unwrap_or("I").to_owned()
}

/// The headings of a template: the lines of the topmost numbering that occurs more than once, else of the topmost.
fn headings(segments: &[Segment], from: usize) -> Vec<usize> {
    let of = |wanted: Numbering| -> Vec<usize> {
        let lines = segments.iter().enumerate().skip(from);
        lines.filter(|(_, line)| is_heading(line, wanted)).map(|(at, _)| at).collect()
    };
    let levels = [Numbering::Roman, Numbering::Part, Numbering::Letter, Numbering::Arabic, Numbering::Lost].map(of);
    let several = levels.iter().find(|level| level.len() > 1);
    several.or_else(|| levels.iter().find(|level| !level.is_empty())).cloned().unwrap_or_default()
}

fn is_heading(line: &Segment, wanted: Numbering) -> bool {
    /// Characters of the longest heading, with the note behind it.
    const LONG: usize = 250;
    let name = without_note(&without_label(line));
    let is_marked = line.strong || line.is_capitals();
    section::numbering(line).0 == wanted
        && line.cell.is_none()
        && role(line).is_none()
        && name.contains(char::is_alphabetic)
        && line.text.chars().count() <= LONG
        && !line.text.contains(": ")
        && !is_dots(line.text.split(" (").next().unwrap_or_default())
        && match wanted {
            Numbering::Roman | Numbering::Part => true,
            Numbering::Letter | Numbering::Arabic => is_marked,
            Numbering::Lost => is_marked && name.split(' ').count() >= 2,
        }
}

/// A heading without the label that stayed in its text.
fn without_label(heading: &Segment) -> String {
    let (_, cut) = section::numbering(heading);
    let label = heading.words().get(..cut).map_or(0, |label| label.chars().count());
    heading.text.chars().skip(label).collect()
}

/// `Mẫu số 05` above the header.
fn number(segments: &[Segment]) -> String {
    segments
        .iter()
        .take(12)
        .find(|segment| segment.words().starts_with("mẫu số") || segment.words().starts_with("mẫu "))
        .map_or_else(String::new, |segment| segment.text.clone())
}

/// Text in front of dots and brackets.
fn without_note(text: &str) -> String {
    without_dots(text.split(" (").next().unwrap_or(text)).trim_end_matches([':', ' ', '.']).to_owned()
}

fn without_dots(text: &str) -> String {
    let cut = text.find("…").or_else(|| text.find("...")).unwrap_or(text.len());
    text.get(..cut).unwrap_or(text).trim().to_owned()
}

fn is_dots(text: &str) -> bool {
    text.contains('…') || text.contains("...") || text.contains("___")
}

/// Labels in front of dots or of a colon.
fn slots(body: &[Segment], known: &ReportForms) -> Vec<SlotForm> {
    let mut slots: Vec<SlotForm> = Vec::new();
    for segment in body {
        let columns = segment.cell.is_some_and(|(.., column)| column > 0);
        if columns || segment.text.chars().count() > 400 {
            continue;
        }
        // Several slots may stand on one line: each ends with its dots.
        let mut rest = segment.text.as_str();
        while let Some(colon) = rest.find(':') {
            let (head, tail) = rest.split_at(colon);
            let label = head.rsplit(['.', ';', '…', '_']).next().unwrap_or(head);
            let label = without_note(label.trim_matches([' ', '-', '+', ',', '•']));
            let note = head.contains("nếu có") || tail.split(':').next().is_some_and(|value| value.contains("nếu có"));
            let value = tail.trim_start_matches(':');
            let blank = value.trim().is_empty() || is_dots(value.split(':').next().unwrap_or_default());
            let words = label.split_whitespace().count();
            if blank && (1..=14).contains(&words) {
                slots.push(slot(label, note, known));
            }
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    slots.dedup_by(|a, b| a.label == b.label);
    slots
}

/// A slot with the spellings of the built-in form that has it.
fn slot(label: String, optional: bool, known: &ReportForms) -> SlotForm {
    let folded = fold(&label);
    let same = known
        .iter()
        .flat_map(|form| &form.sections)
        .flat_map(|section| &section.fields)
        .find(|field| field.required.is_some() && field.label.iter().any(|other| fold(other) == folded));
    let kind = same.map_or(FieldKind::Text, |field| field.kind);
    let mut spellings = vec![label.clone()];
    spellings
        .extend(same.into_iter().flat_map(|field| field.label.iter().filter(|other| fold(other) != folded).cloned()));
    SlotForm { label: spellings, kind, required: (!optional).then_some(Grade::Error), may_be_empty: optional }
}

/// Tables with at least two headings.
fn tables(body: &[Segment]) -> Vec<FormTable> {
    let mut tables: Vec<FormTable> = Vec::new();
    let cells: Vec<&Segment> = body.iter().filter(|segment| segment.cell.is_some()).collect();
    for table in cells.chunk_by(|a, b| a.cell.map(|(t, ..)| t) == b.cell.map(|(t, ..)| t)) {
        let Some(first) = table.first().and_then(|segment| segment.cell) else { continue };
        let heads: Vec<String> = table
            .iter()
            .filter(|segment| segment.cell.is_some_and(|(_, row, _)| row == first.1) && !segment.text.is_empty())
            .map(|segment| segment.text.clone())
            .collect();
        let asks = heads.iter().any(|head| head.contains(':') || is_dots(head));
        if heads.len() >= 2 && !asks {
            tables.push(FormTable { title: Vec::new(), columns: heads, required: Some(Grade::Error) });
        }
    }
    tables
}

/// Ids of blocks by the words of their headings.
fn role(segment: &Segment) -> Option<&'static str> {
    let text = segment.words();
    if segment.text.chars().count() > 70 || !(segment.is_capitals() || segment.strong) {
        return None;
    }
    if text.contains("cấp trình") || text.contains("cấp trên") {
        Some("proposer")
    } else if text.starts_with("người báo cáo")
        || text.starts_with("người viết")
        || text.starts_with("người khai")
        || text.starts_with("chủ hộ")
    {
        Some("reporter")
    } else if text.starts_with("tm.") || text.starts_with("t/m") {
        Some("authority")
    } else if text.contains("thủ trưởng") || text.starts_with("xác nhận") || text.contains("đại diện") {
        Some("unit")
    } else {
        None
    }
}

fn signs(segments: &[Segment], from: usize) -> Vec<SignForm> {
    let known = ReportForms::builtin().ok();
    let spellings = |id: &str| -> Vec<String> {
        known
            .iter()
            .flat_map(ReportForms::iter)
            .flat_map(|form| &form.signs)
            .find(|sign| sign.id == id)
            .map(|sign| sign.role.clone())
            .unwrap_or_default()
    };
    let mut signs: Vec<SignForm> = Vec::new();
    for segment in segments.iter().skip(from) {
        let Some(id) = role(segment) else { continue };
        let own = without_note(&segment.text);
        let count = signs.iter().filter(|sign| sign.id.starts_with(id)).count();
        let mut names = vec![own.clone()];
        if count == 0 && !own.to_lowercase().starts_with("xác nhận của ubnd") {
            names.extend(spellings(id).into_iter().filter(|other| *other != own));
        }
        let or_authority = id == "authority";
        let id = if count == 0 { id.to_owned() } else { format!("{id}-{}", count + 1) };
        signs.push(SignForm { id, role: names, required: Some(Grade::Error), or_authority });
    }
    signs
}
