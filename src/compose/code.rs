//! Number and symbol of a document as it writes them: `47/KH-BTV`, `112-KH/TĐTN-PT`.

use crate::model::{Document, DocumentInfo};

/// Number and symbol with the mark that stands between them in the document; a stroke where it cannot be seen.
pub(super) fn of(document: &Document, info: &DocumentInfo) -> Option<String> {
    let (number, symbol) = (info.number.as_deref()?, info.symbol.as_deref()?);
    let line = info.spans.get("number").and_then(|span| document.slice(*span)).unwrap_or_default();
    let line: String = line.split_whitespace().collect();
    // The Party and the Youth Union write a dash.
    let dashed = format!("{number}-{symbol}");
    Some(if line.contains(&dashed) { dashed } else { format!("{number}/{symbol}") })
}
