//! Any bytes as the main part of a sound package: past the checks of the archive, into the reader.
#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod bodies;
#[path = "../../tests/support/zip.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod zip;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::document_xml(bytes));
