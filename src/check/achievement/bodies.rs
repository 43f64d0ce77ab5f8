//! Bodies with a name of their own (*Trường Tiểu học …*, *Phòng …*), which no administrative unit tells apart.

use super::person::{front, without_year};
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Finding, Severity, Span};
use crate::pack::{FieldKind, FormSubject, SectionRole, ends, holds};

/// The body that the report is from.
struct Own {
    /// What kind it is, as the list has it.
    kind: String,
    /// Words behind the kind, folded.
    name: Vec<String>,
    span: Span,
    written: String,
}

/// The body that the field of the unit names; nothing when an administrative unit names it.
fn own(paper: &Paper<'_>) -> Option<Own> {
    let of = |kind: FieldKind| paper.fields.iter().rev().find(|field| field.kind == kind && !field.value.is_empty());
    // Section I tells better than the lines above it.
    let named = || of(FieldKind::Name).filter(|_| paper.subject == FormSubject::TapThe);
    let field = of(FieldKind::Unit).or_else(named)?;
    let text = fold(field.value.split([',', '(', ';']).next().unwrap_or_default());
    let kinds = paper.known.words.rules.bodies.iter();
    let kind = kinds
        .filter(|kind| text.strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with(' ')))
        .max_by_key(|kind| kind.len())?;
    let name: Vec<String> = text.get(kind.len()..)?.split_whitespace().map(str::to_owned).collect();
    (!name.is_empty()).then(|| Own { kind: kind.clone(), name, span: field.span, written: field.value.clone() })
}

/// Another body of the same kind.
struct Foreign {
    span: Span,
    /// Folded words of its sentence in front of it.
    before: String,
}

/// Bodies of the kind of the report's own that have another name. The words that both names begin with (*Tiểu học*) say
/// nothing; the first word behind them must have a capital and be none of the own name.
fn foreign(segment: &Segment, own: &Own) -> Vec<Foreign> {
    let text = segment.words();
    let mut found = Vec::new();
    for (at, _) in text.match_indices(own.kind.as_str()) {
        let before = text.get(..at).unwrap_or_default();
        let Some(rest) = text.get(at + own.kind.len()..).and_then(|rest| rest.strip_prefix(' ')) else { continue };
        let begins_big = segment.slice(at..at + own.kind.len()).starts_with(char::is_uppercase);
        if before.ends_with(is_word) || !begins_big {
            continue;
        }
        let mut place = text.len() - rest.len();
        let mut end = None;
        let mut mine = own.name.iter().peekable();
        for word in rest.split(' ').take(7) {
            let bare = word.trim_matches(|c: char| !is_word(c));
            let range = place..place + bare.len();
            place += word.len() + 1;
            if bare.is_empty() || word.starts_with(['(', '"']) {
                break;
            }
            if end.is_none() && mine.next_if(|own| *own == bare).is_some() {
                if mine.peek().is_none() {
                    break;
                }
                continue;
            }
            let is_name = segment.slice(range.clone()).starts_with(char::is_uppercase);
            if !is_name || (end.is_none() && own.name.iter().any(|own| own == bare)) {
                break;
            }
            end = Some(range.end);
            if bare.len() < word.len() {
                break;
            }
        }
        if let Some(end) = end {
            let from = before.rfind(['.', ';']).map_or(0, |at| at + 1);
            let before = before.get(from..).unwrap_or_default().to_owned();
            found.push(Foreign { span: segment.span(at..end), before });
        }
    }
    found
}

/// BC07, BC24: another body of the same kind in the title, or told of as the own one.
pub(super) fn other_body(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(own) = own(paper) else { return };
    let words = &paper.known.words.rules;
    let quoted = |span: Span| paper.document.slice(span).unwrap_or_default().to_owned();
    for segment in front(paper) {
        for other in foreign(segment, &own).iter().filter(|other| other.span.block != own.span.block) {
            found.push(
                Finding::new("BC07", Severity::Error, Some(other.span))
                    .with("what", "unit")
                    .with("value", quoted(other.span))
                    .with("own", own.written.clone())
                    .and(own.span),
            );
        }
    }
    let profile = paper.body(SectionRole::Profile).iter().filter(|_| paper.subject == FormSubject::TapThe);
    let mut places: Vec<Span> = Vec::new();
    for segment in paper.body(SectionRole::Achievement).iter().chain(profile).filter(|s| s.cell.is_none()) {
        for other in foreign(segment, &own) {
            let before = without_year(other.before.trim().trim_end_matches(','));
            let tail: String = before.chars().rev().take(60).collect::<Vec<char>>().into_iter().rev().collect();
            let headed = before.is_empty() || ends(&words.unit_heads, before);
            if headed && !holds(&words.unit_elsewhere, &tail.replace("đến nay", "")) {
                places.push(other.span);
            }
        }
    }
    if let Some((first, rest)) = places.split_first() {
        let finding = Finding::new("BC24", Severity::Error, Some(*first))
            .with("value", quoted(*first))
            .with("own", own.written.clone());
        found.push(rest.iter().fold(finding, |finding, span| finding.and(*span)));
    }
}
