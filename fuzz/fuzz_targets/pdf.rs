//! Any bytes as a PDF.
#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod bodies;
#[path = "../../tests/support/zip.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod zip;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::pdf(bytes));
