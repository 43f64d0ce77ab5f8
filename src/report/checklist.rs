//! What stands beside a generated document: the trace of its values as JSON, and the checklist for the person who signs.

use crate::model::{Open, Origin, Trace};
use crate::pack::Texts;
use std::fmt::Write as _;

/// The trace as JSON, for `X.trace.json`.
///
/// # Errors
/// When JSON cannot be written, which only a fault of ours could cause.
pub fn trace_json(trace: &Trace) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(trace).map(|json| json + "\n")
}

/// The checklist as Markdown, for `X.checklist.md`: one box for each thing to fill in or decide, with the passages that
/// it is about.
#[must_use]
pub fn checklist(trace: &Trace, texts: &Texts) -> String {
    let mut out = format!("# {}\n\n", texts.get("checklist.title", &[("name", &trace.document)]));
    if trace.open.is_empty() {
        let _ = writeln!(out, "{}", texts.get("checklist.nothing", &[]));
    }
    for open in &trace.open {
        item(open, texts, &mut out);
    }
    let sources: Vec<&str> = trace.sources.iter().map(|source| source.path.as_str()).collect();
    let _ = write!(out, "\n{}\n", texts.get("checklist.sources", &[("names", &sources.join(", "))]));
    out
}

fn item(open: &Open, texts: &Texts, out: &mut String) {
    let _ = writeln!(out, "- [ ] {}", open.what);
    for origin in &open.about {
        let line = match origin {
            Origin::Source { document, span, text } => {
                let block = (span.block + 1).to_string();
                let text = shortened(text);
                texts.get("checklist.passage", &[("name", document), ("block", &block), ("text", &text)])
            }
            Origin::Row { file, row, column, text, .. } => {
                let row = row.to_string();
                texts.get("checklist.row", &[("name", file), ("row", &row), ("column", column), ("text", text)])
            }
            _ => continue,
        };
        let _ = writeln!(out, "  - {line}");
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).collect::<String>() + "…" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Span, TracedSource};
    use crate::pack::Lang;

    #[test]
    fn every_open_item_has_a_box_and_its_passage() {
        let span = Span { block: 6, start: 0, end: 3 };
        let about = Origin::Source { document: "den/a.docx".into(), span, text: "x ".repeat(200) };
        let trace = Trace {
            schema_version: 1,
            document: "ke-hoach.docx".into(),
            sources: vec![TracedSource { path: "den/a.docx".into(), sha256: "0".into() }],
            entries: vec![],
            open: vec![Open { place: "so".into(), what: "Điền số.".into(), about: vec![about] }],
        };
        let texts = Texts::builtin(Lang::Vi);
        let text = checklist(&trace, &texts);
        assert!(text.contains("- [ ] Điền số.\n  - ") && text.contains("den/a.docx, đoạn 7") && text.contains('…'));
        assert!(trace_json(&trace).unwrap().contains("\"schema_version\": 1"));
    }
}
