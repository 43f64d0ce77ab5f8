//! Cost of reading as a ratio to a floor: inflating `word/document.xml` and walking its XML events, nothing else.
//!
//! `cargo bench --bench reading` prints one line for each kind of document that it makes, as Word writes them: text in
//! short runs with revision ids, proofing marks and bookmarks. With `-- FILE.docx …` it measures these files together;
//! `-- --make FOLDER` writes 500 documents for that, and for the peers (`benches/peers/reading.py`).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on fails"
)]

mod support;

use std::hint::black_box;
use support::{FONTS, best, floor, word_document};
use thidua::guard::Limits;
use thidua::{Engine, structure};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [make, folder] if make == "--make" => {
            for number in 0..500 {
                let path = std::path::Path::new(folder).join(format!("{number:03}.docx"));
                std::fs::write(path, document(40 + number * 37 % 500, 20)).unwrap();
            }
        }
        [] => {
            for paragraphs in [40, 170, 1700] {
                measure(&format!("{paragraphs} paragraphs, plain styles"), 200, &[document(paragraphs, 20)]);
            }
            measure("170 paragraphs, big styles", 200, &[document(170, 1500)]);
        }
        paths => {
            let files: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
            measure(&format!("{} files", files.len()), 5, &files);
        }
    }
}

fn measure(name: &str, turns: usize, files: &[Vec<u8>]) {
    let limits = Limits::default();
    let engine = Engine::new().unwrap();
    let read = |file: &Vec<u8>| thidua::read::document("a.docx", file, &limits);
    let [floor, read, structured, text] = best(
        turns,
        [
            &|| files.iter().all(|file| floor(file) > 0),
            &|| files.iter().all(|file| black_box(read(file).map(|read| read.blocks.len())).is_ok()),
            &|| {
                let structured = |read| !black_box(structure::analyse(read, engine.pack())).0.blocks.is_empty();
                files.iter().all(|file| read(file).is_ok_and(structured))
            },
            &|| {
                let printed = |read| !black_box(thidua::report::text::render(&read)).is_empty();
                files.iter().all(|file| read(file).is_ok_and(printed))
            },
        ],
    );
    let ratio = |duration: std::time::Duration| duration.as_secs_f64() / floor.as_secs_f64();
    println!(
        "{name}: floor {floor:?}, read {:.2}×, with structure {:.2}×, with text {:.2}×",
        ratio(read),
        ratio(structured),
        ratio(text)
    );
}

/// A document of Word-like markup with this many table styles beside the usual ones.
fn document(paragraphs: usize, table_styles: usize) -> Vec<u8> {
    const WORDS: [&str; 12] = [
        "các ",
        "cấp Hội ",
        "phụ nữ ",
        "phát động ",
        "phong trào ",
        "thi đua ",
        "yêu nước, ",
        "đạt ",
        "85% ",
        "trước ngày ",
        "15/10/2022 ",
        "khen thưởng ",
    ];
    let mut body = String::new();
    for index in 0..paragraphs {
        body.push_str(&format!(
            "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"00A77B3E\" w:rsidP=\"00{index:06X}\"><w:pPr><w:pStyle w:val=\"Doan\"/>\
             <w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:before=\"120\" w:after=\"120\"/>\
             <w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/><w:rPr>{FONTS}<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:pPr>",
            index % 3
        ));
        body.push_str(&format!(
            "<w:bookmarkStart w:id=\"{index}\" w:name=\"_Toc{index}\"/><w:bookmarkEnd w:id=\"{index}\"/>"
        ));
        for run in 0..4 {
            body.push_str(&format!(
                "<w:proofErr w:type=\"spellStart\"/><w:r w:rsidRPr=\"005C{run:04X}\"><w:rPr>{FONTS}<w:sz w:val=\"28\"/>\
                 <w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr><w:t xml:space=\"preserve\">"
            ));
            (0..4).for_each(|word| body.push_str(WORDS[(index * 7 + run * 5 + word) % WORDS.len()]));
            body.push_str("</w:t></w:r><w:proofErr w:type=\"spellEnd\"/>");
        }
        body.push_str("</w:p>");
    }
    word_document(body, table_styles)
}
