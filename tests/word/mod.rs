//! Small Word files for tests, made from the XML that matters and nothing else.

#![allow(dead_code, reason = "each test file uses its share")]

use std::io::{Cursor, Write as _};
use thidua::guard::{Limits, package::Package};
use thidua::template::{CompileOptions, Data, Fault, RenderError, RenderOptions, Rendered, Template, TemplateError};

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DECLARATIONS: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ",
    "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" ",
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" ",
    "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" ",
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" ",
    "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" ",
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" ",
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
);

/// A part with its root element.
pub fn root(name: &str, content: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{name} {DECLARATIONS}>{content}</{name}>")
}

/// A document of that body, with more parts.
pub fn docx_with(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut all = vec![
        ("[Content_Types].xml", types.to_owned()),
        ("_rels/.rels", relations.to_owned()),
        ("word/document.xml", root("w:document", &format!("<w:body>{body}</w:body>"))),
    ];
    all.extend(parts.iter().cloned());
    zip(&all)
}

pub fn zip(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document of that body.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// A table of rows of cells; each cell is the XML of its blocks.
pub fn table(rows: &[&[&str]]) -> String {
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let grid = "<w:gridCol w:w=\"1000\"/>".repeat(columns);
    let rows: String = rows
        .iter()
        .map(|row| {
            let cells: String = row.iter().map(|cell| format!("<w:tc><w:tcPr/>{cell}</w:tc>")).collect();
            format!("<w:tr>{cells}</w:tr>")
        })
        .collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
}

pub fn compile(bytes: &[u8]) -> Template {
    match Template::compile(bytes, &CompileOptions::default()) {
        Ok(template) => template,
        Err(error) => panic!("{error:?}"),
    }
}

pub fn faults(bytes: &[u8]) -> Vec<Fault> {
    match Template::compile(bytes, &CompileOptions::default()) {
        Ok(template) => template.warnings().to_vec(),
        Err(TemplateError::Faults(faults)) => faults,
        Err(error) => panic!("{error}"),
    }
}

pub fn data(json: &serde_json::Value) -> Data {
    Data::from_value(json).unwrap()
}

pub fn fill(bytes: &[u8], json: &serde_json::Value, options: &RenderOptions) -> Result<Rendered, RenderError> {
    compile(bytes).render(&data(json), options)
}

/// The document part after filling.
pub fn filled(bytes: &[u8], json: serde_json::Value) -> String {
    part(&fill(bytes, &json, &RenderOptions::default()).unwrap().bytes, "word/document.xml")
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let content = Package::open(bytes, &Limits::default()).unwrap().read(name).unwrap();
    String::from_utf8(content).unwrap()
}

/// Texts of the paragraphs of a part, in order; breaks are `\n`, tabs `\t`. The part must be well-formed.
pub fn texts(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut open, mut inside) = (Vec::new(), Vec::new(), false);
    let last = |open: &mut Vec<String>, text: &str| {
        if let Some(paragraph) = open.last_mut() {
            paragraph.push_str(text);
        }
    };
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"w:p" => open.push(String::new()),
            Event::Empty(tag) if tag.name().as_ref() == b"w:p" => out.push(String::new()),
            Event::End(tag) if tag.name().as_ref() == b"w:p" => out.extend(open.pop()),
            Event::Start(tag) if tag.name().as_ref() == b"w:t" => inside = true,
            Event::End(tag) if tag.name().as_ref() == b"w:t" => inside = false,
            Event::Empty(tag) if tag.name().as_ref() == b"w:br" => last(&mut open, "\n"),
            Event::Empty(tag) if tag.name().as_ref() == b"w:tab" => last(&mut open, "\t"),
            Event::Text(text) if inside => last(&mut open, &text.decode().unwrap()),
            Event::GeneralRef(name) if inside => {
                let name = name.decode().unwrap();
                last(
                    &mut open,
                    match name.as_ref() {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("entity {other}"),
                    },
                );
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}
