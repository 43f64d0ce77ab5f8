//! Cost of extraction as a ratio to a floor: inflating `word/document.xml` and walking its XML events, nothing else;
//! and whether it is linear in the length of the text.
//!
//! `cargo bench --bench extraction [FILE.docx …]` prints one line for each document; without files it makes its own,
//! as Word writes them, and compares one megabyte of text with ten.
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

#[path = "support/directive.rs"]
mod directive;
mod support;

use std::hint::black_box;
use std::time::Duration;
use support::{best, floor, word_document};
use thidua::{Engine, Options, structure};

fn main() {
    let engine = Engine::new().unwrap();
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        for kilobytes in [5, 22, 200] {
            let body = directive::markup(&directive::paragraphs(kilobytes * 1000));
            let name = format!("{kilobytes} kB of text in {} kB of markup, plain styles", body.len() / 1000);
            measure(&engine, &name, &word_document(body, 20));
        }
        let body = directive::markup(&directive::paragraphs(22_000));
        measure(&engine, "22 kB of text, big styles", &word_document(body, 1500));
        linearity(&engine);
    }
    for file in files {
        match std::fs::read(&file) {
            Ok(bytes) => measure(&engine, &file, &bytes),
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn measure(engine: &Engine, name: &str, file: &[u8]) {
    let read = || engine.read("a.docx", file).unwrap();
    let options = Options::default();
    let [floor, reading, structured, full] = best(
        100,
        [
            &|| floor(file) > 0,
            &|| !black_box(read()).blocks.is_empty(),
            &|| !black_box(structure::analyse(read(), engine.pack())).0.blocks.is_empty(),
            &|| !black_box(engine.extract(read(), &options)).document.blocks.is_empty(),
        ],
    );
    let found = engine.extract(read(), &options).extraction;
    let ratio = |duration: Duration| duration.as_secs_f64() / floor.as_secs_f64();
    println!(
        "{name}: floor {floor:?}, read {:.2}×, with structure {:.2}×, full extraction {:.2}× \
         ({} deadlines, {} quotas, {} citations)",
        ratio(reading),
        ratio(structured),
        ratio(full),
        found.deadlines.len(),
        found.quotas.len(),
        found.citations.len()
    );
}

/// Full extraction of ten times as much text takes ten times as long.
fn linearity(engine: &Engine) {
    let texts = [1_000_000, 10_000_000].map(|bytes| directive::paragraphs(bytes).join("\n\n"));
    let extract = |text: &str| {
        let document = engine.read("a.txt", text.as_bytes()).unwrap();
        !black_box(engine.extract(document, &Options::default())).document.blocks.is_empty()
    };
    let [short, long] = best(3, [&|| extract(&texts[0]), &|| extract(&texts[1])]);
    println!(
        "1 MB of text {short:?}, 10 MB {long:?}: {:.1} times as long, {:.1} MB/s",
        long.as_secs_f64() / short.as_secs_f64(),
        10.0 / long.as_secs_f64()
    );
}
