//! Any bytes as the body of a flat OpenDocument text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    let head = b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:body><office:text>";
    let text = [head.as_slice(), bytes, b"</office:text></office:body></office:document>"].concat();
    let _ = thidua::read::document("a.fodt", &text, &Limits::default());
});
