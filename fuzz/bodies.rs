//! What each fuzz target does with its bytes: faults or a result, never a panic. `tests/fuzzed.rs` runs the same over
//! seeds of its own, so that they compile and hold wherever the tests run.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;
use thidua::guard::Limits;
use thidua::template::{CompileOptions, Data, Missing, Records, RenderOptions, Template};
use thidua::{Engine, Options};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("built-in packs"));

fn read(name: &str, bytes: &[u8]) {
    let _ = thidua::read::document(name, bytes, &Limits::default());
}

fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let entry = |(name, content): &(&str, &[u8])| super::zip::Entry {
        deflate: false,
        ..super::zip::Entry::new(name, content.to_vec())
    };
    super::zip::build(&entries.iter().map(entry).collect::<Vec<_>>())
}

/// Any bytes as a package.
pub fn docx(bytes: &[u8]) {
    read("a.docx", bytes);
}

/// Any bytes as the main part of a sound package: past the checks of the archive, into the reader.
pub fn document_xml(bytes: &[u8]) {
    read("a.docx", &package(&[("word/document.xml", bytes)]));
}

/// Any bytes as a plain text.
pub fn text(bytes: &[u8]) {
    read("a.txt", bytes);
}

/// Any bytes as a Markdown text.
pub fn markdown(bytes: &[u8]) {
    read("a.md", bytes);
}

/// Any bytes as a web page.
pub fn html(bytes: &[u8]) {
    read("a.html", &[b"<!doctype html>", bytes].concat());
}

/// Any bytes as RTF.
pub fn rtf(bytes: &[u8]) {
    read("a.rtf", &[b"{\\rtf1", bytes].concat());
}

/// Any bytes as the body of a flat OpenDocument text.
pub fn odt(bytes: &[u8]) {
    let head =
        b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:body><office:text>";
    read("a.fodt", &[head.as_slice(), bytes, b"</office:text></office:body></office:document>"].concat());
}

/// Any bytes as a PDF.
pub fn pdf(bytes: &[u8]) {
    read("a.pdf", &[b"%PDF-1.5\n", bytes].concat());
}

/// Any bytes as the streams of a Word 97-2003 file: a compound file around them is sound.
pub fn doc(bytes: &[u8]) {
    read("a.doc", bytes);
    // The first two bytes say where the table stream begins.
    let [high, low, rest @ ..] = bytes else { return };
    let cut = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
    let (main, table) = rest.split_at(cut);
    let Ok(mut file) = cfb::CompoundFile::create(Cursor::new(Vec::new())) else { return };
    for (name, content) in [("WordDocument", main), ("1Table", table), ("0Table", table), ("Data", table)] {
        if let Ok(mut stream) = file.create_stream(name) {
            let _ = stream.write_all(content);
        }
    }
    read("a.doc", &file.into_inner().into_inner());
}

/// Any bytes as a list: a separated text, a workbook's sheet, an old workbook's stream.
pub fn sheet(bytes: &[u8]) {
    let sheets = |bytes: &[u8]| drop(thidua::read::sheet::sheets(bytes, &Limits::default()));
    sheets(bytes);
    let types = b"<Types/>";
    let book = b"<workbook xmlns:r='x'><sheets><sheet name='a' r:id='rId1'/></sheets></workbook>";
    let relations = b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>";
    sheets(&package(&[
        ("[Content_Types].xml", types),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", bytes),
    ]));
    sheets(&package(&[("content.xml", bytes)]));
    let Ok(mut file) = cfb::CompoundFile::create(Cursor::new(Vec::new())) else { return };
    if let Ok(mut stream) = file.create_stream("Workbook") {
        let _ = stream.write_all(bytes);
    }
    sheets(&file.into_inner().into_inner());
}

/// Any bytes as data for a template.
pub fn data(bytes: &[u8]) {
    for name in ["a.jsonl", "a.json", "a.csv", "a.toml"] {
        let source = || Box::new(Cursor::new(bytes.to_vec()));
        if let Ok(records) = Records::open(name, source(), &Limits::default()) {
            records.take(1_000).for_each(|record| drop(record.read()));
        }
        let _ = Data::from_file(name, source(), &Limits::default());
    }
}

/// Any bytes as the main part of a template.
pub fn template(bytes: &[u8]) {
    let types = b"<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>";
    let file = package(&[("[Content_Types].xml", types), ("word/document.xml", bytes)]);
    let Ok(template) = Template::compile(&file, &CompileOptions::default()) else { return };
    let Ok(data) = Data::from_json(br#"{"a": [1, {"b": "c"}], "x": "y", "$": 1}"#) else { return };
    let options = RenderOptions { max_output: 1 << 20, max_passes: 10_000, ..RenderOptions::default() };
    for missing in [Missing::Dots, Missing::Error] {
        let _ = template.render(&data, &RenderOptions { missing, ..options.clone() });
    }
    let _ = template.schema();
}

/// Any text through the whole engine: every span lies within its block.
pub fn extraction(bytes: &[u8]) {
    let Ok(document) = ENGINE.read("a.txt", bytes) else { return };
    let reading = ENGINE.extract(document, &Options::default());
    for deadline in &reading.extraction.deadlines {
        assert_eq!(reading.document.slice(deadline.span), Some(deadline.text.as_str()));
    }
    for quota in &reading.extraction.quotas {
        assert_eq!(reading.document.slice(quota.span), Some(quota.text.as_str()));
    }
}
