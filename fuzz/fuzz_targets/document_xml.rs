//! Any bytes as the main part of a sound package: past the checks of the archive, into the reader.
#![no_main]

#[path = "../../tests/support/zip.rs"]
mod zip;

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let entry = zip::Entry { deflate: false, ..zip::Entry::new("word/document.xml", bytes) };
    let _ = thidua::read::document("a.docx", &zip::build(&[entry]), &Limits::default());
});
