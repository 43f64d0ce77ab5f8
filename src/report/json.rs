//! JSON: the machine-readable form of a reading. Field names and order are a contract; additions only.

use super::quotes::Quotes;
use super::{View, sentences};
use crate::Reading;
use crate::model::{
    Assignment, Attachment, Block, Citation, Criterion, Deadline, DocumentInfo, Entities, Finding, OutlineNode, Quota,
    Severity, Source, Span,
};
use serde::Serialize;

/// Version of the form; a change that breaks readers of the old form raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// One object, over several lines and indented.
///
/// # Errors
/// Never for a well-formed reading; the type is serde's.
pub fn pretty(reading: &Reading, view: &View) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Printed::new(reading, view))
}

/// One object on one line.
///
/// # Errors
/// Never for a well-formed reading; the type is serde's.
pub fn line(reading: &Reading, view: &View) -> serde_json::Result<String> {
    serde_json::to_string(&Printed::new(reading, view))
}

#[derive(Serialize)]
struct Printed<'a> {
    schema_version: u32,
    source: &'a Source,
    document: &'a DocumentInfo,
    blocks: &'a [Block],
    outline: &'a [OutlineNode],
    citations: Vec<Explained<'a, Citation>>,
    deadlines: Vec<Explained<'a, Deadline>>,
    quotas: Vec<Explained<'a, Quota>>,
    assignments: &'a [Assignment],
    criteria: &'a [Criterion],
    entities: &'a Entities,
    attachments: &'a [Attachment],
    diagnostics: Vec<Diagnostic<'a>>,
}

/// An item with the pattern that recognised it, when that was asked for.
#[derive(Serialize)]
struct Explained<'a, T> {
    #[serde(flatten)]
    item: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
}

/// A finding with its sentences and the words it is about.
#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'a str,
    severity: Severity,
    message: String,
    reason: Option<String>,
    remedy: Option<String>,
    span: Option<Span>,
    #[serde(skip_serializing_if = "<[Span]>::is_empty")]
    related: &'a [Span],
    quote: Option<&'a str>,
}

impl<'a> Printed<'a> {
    fn new(reading: &'a Reading, view: &View) -> Self {
        let Reading { document, extraction } = reading;
        let quotes = Quotes::new(document);
        let diagnostic = |finding: &'a Finding| {
            let words = sentences::finding(view.texts, finding);
            Diagnostic {
                code: finding.code,
                severity: finding.severity,
                message: words.message,
                reason: words.reason,
                remedy: words.remedy,
                span: finding.span,
                related: &finding.related,
                quote: finding.span.and_then(|span| quotes.words(span)),
            }
        };
        Self {
            schema_version: SCHEMA_VERSION,
            source: &document.source,
            document: &extraction.document,
            blocks: &document.blocks,
            outline: &extraction.outline,
            citations: explained(&extraction.citations, |item| &item.by, view),
            deadlines: explained(&extraction.deadlines, |item| &item.by, view),
            quotas: explained(&extraction.quotas, |item| &item.by, view),
            assignments: &extraction.assignments,
            criteria: &extraction.criteria,
            entities: &extraction.entities,
            attachments: &extraction.attachments,
            diagnostics: extraction.diagnostics.iter().map(diagnostic).collect(),
        }
    }
}

fn explained<'a, T>(items: &'a [T], by: impl Fn(&'a T) -> &'a String, view: &View) -> Vec<Explained<'a, T>> {
    items.iter().map(|item| Explained { item, by: view.explain.then(|| by(item).as_str()) }).collect()
}
