//! What the measures have in common: the floor, the clock, and documents as Word writes them.

#[path = "../../tests/support/mod.rs"]
pub mod files;

use files::docx::Docx;
use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};

/// Times in turns, so that what else the machine does falls on all alike; the least disturbed turn of each counts.
pub fn best<const N: usize>(turns: usize, runs: [&dyn Fn() -> bool; N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..turns {
        for (best, run) in best.iter_mut().zip(runs) {
            let start = Instant::now();
            assert!(run());
            *best = start.elapsed().min(*best);
        }
    }
    best
}

/// Events in the main part: what anybody pays who inflates it and walks its XML.
#[expect(clippy::disallowed_methods, reason = "the floor is what anybody would write with the bare libraries")]
pub fn floor(bytes: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return 0 };
    let mut part = Vec::new();
    if archive.by_name("word/document.xml").map(|mut entry| entry.read_to_end(&mut part)).is_err() {
        return 0;
    }
    let mut reader = quick_xml::Reader::from_reader(part.as_slice());
    let mut events = 0;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) | Err(_) => return events,
            Ok(event) => {
                black_box(&event);
                events += 1;
            }
        }
    }
}

/// Fonts as Word repeats them in every run.
pub const FONTS: &str = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>";

/// A document with this body, numbering of nine levels, and this many table styles beside the usual ones.
pub fn word_document(body: String, table_styles: usize) -> Vec<u8> {
    let mut styles = String::from(
        "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault></w:docDefaults><w:latentStyles>",
    );
    (0..376).for_each(|n| {
        styles.push_str(&format!("<w:lsdException w:name=\"Style {n}\" w:semiHidden=\"1\" w:unhideWhenUsed=\"1\"/>"))
    });
    styles.push_str("</w:latentStyles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Doan\"><w:name w:val=\"Đoạn\"/><w:basedOn w:val=\"Normal\"/></w:style>");
    (0..60).for_each(|n| {
        styles.push_str(&format!(
            "<w:style w:type=\"character\" w:styleId=\"C{n}\"><w:name w:val=\"Kiểu {n}\"/><w:uiPriority w:val=\"99\"/><w:rPr>{FONTS}<w:b/><w:sz w:val=\"26\"/></w:rPr></w:style>"
        ));
    });
    (0..table_styles).for_each(|n| {
        styles.push_str(&format!(
            "<w:style w:type=\"table\" w:styleId=\"T{n}\"><w:name w:val=\"Bảng {n}\"/><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:shd w:val=\"clear\" w:fill=\"4F81BD\"/></w:tcPr></w:tblStylePr></w:style>"
        ));
    });
    let levels: String = (0..9)
        .map(|level| {
            let text = format!("%{}.", level + 1);
            files::docx::lvl(level, "decimal", &text, "<w:pPr><w:ind w:left=\"720\"/></w:pPr>")
        })
        .collect();
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    Docx::new(body).styles(&styles).numbering(&numbering).build()
}
