//! Any bytes as a PDF.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let file = [b"%PDF-1.5\n", bytes].concat();
    let _ = thidua::read::document("a.pdf", &file, &Limits::default());
});
