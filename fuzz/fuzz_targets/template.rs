//! Any bytes as the main part of a template: faults or a document, never a panic.
#![no_main]

#[path = "../../tests/support/zip.rs"]
mod zip;

use libfuzzer_sys::fuzz_target;
use thidua::template::{CompileOptions, Data, Missing, RenderOptions, Template};

fuzz_target!(|bytes: &[u8]| {
    let types = b"<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>";
    let entry = |name, content: &[u8]| zip::Entry { deflate: false, ..zip::Entry::new(name, content) };
    let package = zip::build(&[entry("[Content_Types].xml", types), entry("word/document.xml", bytes)]);
    let Ok(template) = Template::compile(&package, &CompileOptions::default()) else { return };
    let Ok(data) = Data::from_json(br#"{"a": [1, {"b": "c"}], "x": "y", "$": 1}"#) else { return };
    let options = RenderOptions {
        missing: Missing::Dots,
        max_output: 1 << 20,
        max_passes: 10_000,
        ..RenderOptions::default()
    };
    let _ = template.render(&data, &options);
    let _ = template.schema();
});
