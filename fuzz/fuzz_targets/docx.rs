//! Any bytes as a package.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let _ = thidua::read::document("a.docx", bytes, &Limits::default());
});
