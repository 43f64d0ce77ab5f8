//! Fields of section I: labels with their values, on lines of their own, several on a line, or in a table.

use super::segment::Segment;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::Span;
use crate::pack::{FieldKind, SectionForm, SlotForm};
use std::ops::Range;

/// A field that was found.
#[derive(Debug, Clone)]
pub(in crate::check) struct Field {
    /// Index of the form's field.
    pub(in crate::check) form: usize,
    /// What it holds.
    pub(in crate::check) kind: FieldKind,
    /// Place of the label.
    pub(in crate::check) label: Span,
    /// The value as written; empty when nothing stands there.
    pub(in crate::check) value: String,
    /// Place of the value; of the label when the value is empty.
    pub(in crate::check) span: Span,
}

/// The spellings of a form's labels, folded, the longest first.
struct Labels {
    known: Vec<(String, usize, FieldKind)>,
}

/// A label in a folded text.
struct Hit {
    range: Range<usize>,
    /// Behind the label, a note in brackets and the colon.
    value: usize,
    form: usize,
    kind: FieldKind,
}

impl Labels {
    fn of(fields: &[SlotForm]) -> Self {
        let mut known: Vec<(String, usize, FieldKind)> = fields
            .iter()
            .enumerate()
            .flat_map(|(at, field)| field.label.iter().map(move |label| (fold(label), at, field.kind)))
            .collect();
        known.sort_by_key(|(label, ..)| std::cmp::Reverse(label.len()));
        Self { known }
    }

    /// The label at a byte of a text. Without a colon only a label at the start counts (`strict` is off there).
    fn at(&self, text: &str, at: usize, strict: bool) -> Option<Hit> {
        let rest = text.get(at..)?;
        self.known.iter().find_map(|(label, form, kind)| {
            let after = rest.strip_prefix(label.as_str())?;
            if after.starts_with(is_word) {
                return None;
            }
            let note = after.trim_start();
            let note = match note.strip_prefix('(') {
                Some(inner) => inner.split_once(')').map_or(note, |(_, rest)| rest).trim_start(),
                None => note,
            };
            // `Chức vụ, chức danh: …`: more words of the label.
            let note = if strict { note } else { longer(note).unwrap_or(note) };
            let is_closed = note.starts_with(':');
            let value = note.trim_start_matches([':', ' ']);
            if !is_closed && strict {
                return None;
            }
            // `Đơn vị đạt …` is a sentence, not a field.
            if !is_closed && !note.is_empty() && matches!(kind, FieldKind::Text | FieldKind::Phone) {
                return None;
            }
            let begin = at + rest.len() - value.len();
            Some(Hit { range: at..at + label.len(), value: begin, form: *form, kind: *kind })
        })
    }

    /// All labels of a text, in order.
    fn all(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let start = text.len() - skip_label(text).len();
        let places = std::iter::once((start, false))
            .chain(text.match_indices([';', ',', '.', ' ', '(', '-']).map(|(at, mark)| (at + mark.len(), true)));
        let mut free_from = 0;
        for (at, strict) in places {
            let at = at + text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
            if at < free_from {
                continue;
            }
            if let Some(hit) = self.at(text, at, strict) {
                free_from = hit.value;
                hits.push(hit);
            }
        }
        hits
    }
}

/// What stands behind a label that goes on with a comma or a stroke, from its colon on.
fn longer(note: &str) -> Option<&str> {
    const MORE: usize = 60;
    let rest = note.strip_prefix([',', '/'])?;
    let colon = rest.find(':').filter(|at| *at < MORE)?;
    let words = rest.get(..colon)?;
    (!words.contains(|c: char| c.is_ascii_digit() || matches!(c, ';' | '.'))).then(|| rest.get(colon..)).flatten()
}

/// A typed number, letter or bullet in front of a label.
fn skip_label(text: &str) -> &str {
    let bare = text.trim_start_matches(['-', '+', '*', '•', '·', ' ', '–']);
    let first = bare.split([' ', '.', ')', '/']).next().unwrap_or_default();
    let behind = bare.get(first.len()..).unwrap_or_default();
    let short = first.len() <= 2 && (first.chars().all(|c| c.is_ascii_digit()) || first.chars().count() == 1);
    if short && !first.is_empty() && behind.starts_with(['.', ')', '/']) {
        behind.trim_start_matches(['.', ')', '/', ' '])
    } else {
        bare
    }
}

/// The fields of a section form within a range of segments.
pub(in crate::check) fn fields(segments: &[Segment], range: Range<usize>, section: &SectionForm) -> Vec<Field> {
    let labels = Labels::of(&section.fields);
    let mut found: Vec<Field> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(segment) = segments.get(at) else { break };
        at += 1;
        let text = segment.words();
        let hits = labels.all(text);
        let ends: Vec<usize> = hits.iter().skip(1).map(|hit| hit.range.start).chain([text.len()]).collect();
        for (hit, end) in hits.iter().zip(ends) {
            // In a cell of its own the label may have more words: `Chức vụ, chức danh`.
            let beside = segments.get(at).filter(|_| at < range.end).filter(|next| same_row(segment, next));
            let more = hits.len() == 1 && text.get(hit.value..).is_some_and(|rest| rest.starts_with([',', '/']));
            let start = if more && beside.is_some() { end } else { hit.value.min(end) };
            let value = trimmed(text, start..end);
            let label = segment.span(hit.range.clone());
            let mut field = Field {
                form: hit.form,
                kind: hit.kind,
                label,
                value: segment.slice(value.clone()),
                span: if value.is_empty() { label } else { segment.span(value.clone()) },
            };
            if value.is_empty()
                && end == text.len()
                && let Some(next) = segments.get(at).filter(|_| at < range.end)
                && (next.line == segment.line || same_row(segment, next) || hangs(segment, next))
                && labels.at(next.words(), 0, true).is_none()
                && labels
                    .at(next.words(), 0, false)
                    .is_none_or(|hit| !hit.range.is_empty() && hit.value < next.words().len())
            {
                let value = trimmed(
                    next.words(),
                    next.words().len() - next.words().trim_start_matches([':', ' ']).len()..next.words().len(),
                );
                field.value = next.slice(value.clone());
                if !value.is_empty() {
                    field.span = next.span(value);
                }
                at += 1;
            }
            found.push(field);
        }
    }
    found
}

fn same_row(a: &Segment, b: &Segment) -> bool {
    matches!((a.cell, b.cell), (Some((table, row, _)), Some((other, next, _))) if table == other && row == next)
}

/// The value stands on the next line, behind a label that ends with its colon.
fn hangs(label: &Segment, value: &Segment) -> bool {
    label.cell.is_none()
        && value.cell.is_none()
        && value.label.is_none()
        && label.text.ends_with(':')
        && !value.text.contains(':')
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let lead = part.len() - part.trim_start_matches([' ', ':', '-']).len();
    let rest = part.get(lead..).unwrap_or_default();
    let length = rest.trim_end_matches([' ', ';', ',', '(', '-']).len();
    // A full stop that ends the value, not one of an abbreviation.
    let length = match rest.get(..length).and_then(|value| value.strip_suffix('.')) {
        Some(value) if !value.ends_with('.') && !value.is_empty() => value.len(),
        _ => length,
    };
    range.start + lead..range.start + lead + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::paper::segment;
    use crate::model::{Block, Document, Format, Source};
    use crate::pack::{ReportForms, SectionRole};

    fn read(lines: &[&str]) -> Vec<(String, String)> {
        let source =
            Source { path: String::new(), format: Format::Text, sha256: String::new(), encoding: String::new() };
        let blocks = (0..).zip(lines).map(|(id, text)| Block::paragraph(id, *text)).collect();
        let document = Document { source, blocks, notices: Vec::new() };
        let segments = segment::of(&document);
        let forms = ReportForms::builtin().expect("forms");
        let section = forms.get("nd152-2025/ca-nhan-cong-trang").and_then(|form| form.section(SectionRole::Profile));
        let section = section.expect("section");
        fields(&segments, 0..segments.len(), section)
            .into_iter()
            .map(|field| {
                assert!(field.value.is_empty() || document.slice(field.span) == Some(field.value.as_str()));
                (section.fields[field.form].label[0].clone(), field.value)
            })
            .collect()
    }

    #[test]
    fn fields_are_read_however_they_stand() {
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        assert_eq!(read(&["1. Họ và tên: Lê Thị Na."]), [pair("Họ và tên", "Lê Thị Na")]);
        assert_eq!(
            read(&["Sinh ngày: 05/3/1980; Giới tính: Nữ"]),
            [pair("Sinh ngày, tháng, năm", "05/3/1980"), pair("Giới tính", "Nữ")]
        );
        assert_eq!(read(&["| Quê quán | xã Mỹ Lộc |"]), [pair("Quê quán", "xã Mỹ Lộc")]);
        assert_eq!(read(&["Chức vụ (Đảng, chính quyền, đoàn thể): Chủ tịch"]), [pair("Chức vụ", "Chủ tịch")]);
        assert_eq!(read(&["Chức vụ, chức danh: Chủ tịch"]), [pair("Chức vụ", "Chủ tịch")]);
        assert_eq!(read(&["| Chức vụ, chức danh | Chủ tịch |"]), [pair("Chức vụ", "Chủ tịch")]);
        assert_eq!(read(&["Quê quán:"]), [pair("Quê quán", "")]);
        assert_eq!(read(&["Trình độ được nâng lên."]), []);
    }
}
