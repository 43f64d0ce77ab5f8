//! Any bytes as a web page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<!doctype html>", bytes].concat();
    let _ = thidua::read::document("a.html", &page, &Limits::default());
});
