//! Any bytes as a plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let _ = thidua::read::document("a.txt", bytes, &Limits::default());
});
