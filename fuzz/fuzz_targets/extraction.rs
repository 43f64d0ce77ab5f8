//! Any text through the whole engine: every span lies within its block.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use thidua::{Engine, Options};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("built-in packs"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = ENGINE.read("a.txt", bytes) else { return };
    let reading = ENGINE.extract(document, &Options::default());
    for deadline in &reading.extraction.deadlines {
        assert_eq!(reading.document.slice(deadline.span), Some(deadline.text.as_str()));
    }
    for quota in &reading.extraction.quotas {
        assert_eq!(reading.document.slice(quota.span), Some(quota.text.as_str()));
    }
});
