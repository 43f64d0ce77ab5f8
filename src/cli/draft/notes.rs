//! What a person has to look at, as Word comments in the drafted document itself.

use crate::cli::console::Console;
use thidua::guard::Limits;
use thidua::model::{Document, Open, Origin, Span, Traced};
use thidua::report::annotate::{Coordinates, How, Mode, Note, annotate};
use thidua::{Engine, Options};

/// The document with a comment for each open item that has a place in it, and the comments as entries of the trace.
/// Without a place, an item stands in the checklist only; a document that cannot take comments stays as it is.
pub fn noted(name: &str, bytes: &[u8], open: &[Open], engine: &Engine, console: &Console) -> (Vec<u8>, Vec<Traced>) {
    let Ok(document) = engine.read(name, bytes) else { return (bytes.to_vec(), Vec::new()) };
    let document = engine.extract(document, &Options::default()).document;
    let mut notes = Vec::new();
    let mut entries = Vec::new();
    for item in open {
        let Some(span) = place(item, &document) else { continue };
        let text = console.texts.get("draft.note", &[("what", &item.what)]);
        notes.push(Note::on(span, document.slice(span).unwrap_or_default(), vec![text.clone()]));
        let origin = Origin::Computed { rule: "note".to_owned(), inputs: item.about.clone() };
        entries.push(Traced { place: format!("{} (comment)", item.place), value: text, origin });
    }
    let limits = Limits::default();
    let how = How {
        mode: Mode::Comment,
        coordinates: Coordinates::Settled,
        author: "thidua",
        initials: "TĐ",
        date: None,
        texts: &console.texts,
        limits: &limits,
    };
    match annotate(bytes, &notes, &how) {
        Ok(copy) => (copy.bytes, entries),
        Err(_) => (bytes.to_vec(), Vec::new()),
    }
}

/// The words that an item is about: its blank, or the passage that it quotes.
fn place(item: &Open, document: &Document) -> Option<Span> {
    let blank = match item.place.as_str() {
        "so" => Some("Số: ……"),
        "ngay" => Some("ngày ……"),
        "kinh_phi" => Some("……"),
        _ => None,
    };
    if let Some(blank) = blank {
        let money = |text: &str| item.place != "kinh_phi" || text.starts_with("Kinh phí");
        return document
            .blocks
            .iter()
            .filter(|block| money(&block.text))
            .find_map(|block| find(&block.text, blank, block.id));
    }
    let quoted: Vec<String> = item.about.iter().filter_map(passage).collect();
    let spans = |text: &str| {
        document.blocks.iter().filter_map(move |block| find(&block.text, text, block.id)).collect::<Vec<_>>()
    };
    for text in &quoted {
        let found = spans(text);
        // A proposal is about the annex, the last place where its number stands.
        let span = if item.place.starts_with("phan_bo") { found.last() } else { found.first() };
        if let Some(span) = span {
            return Some(*span);
        }
    }
    None
}

fn passage(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Source { text, .. } => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => None,
    }
    .filter(|text| text.chars().count() >= 4)
}

fn find(text: &str, wanted: &str, block: u32) -> Option<Span> {
    let at = text.find(wanted)?;
    let count = |text: &str| u32::try_from(text.chars().count()).ok();
    let start = count(text.get(..at)?)?;
    Some(Span { block, start, end: start + count(wanted)? })
}
