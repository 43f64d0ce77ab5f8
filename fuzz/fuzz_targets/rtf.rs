//! Any bytes as RTF.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let text = [b"{\\rtf1", bytes].concat();
    let _ = thidua::read::document("a.rtf", &text, &Limits::default());
});
