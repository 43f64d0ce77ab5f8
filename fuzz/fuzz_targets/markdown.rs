//! Any bytes as a Markdown text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let _ = thidua::read::document("a.md", bytes, &Limits::default());
});
