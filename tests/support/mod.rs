//! Builders of archives and Word documents in memory, sound ones and broken ones.
#![allow(
    dead_code,
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "each test file uses its own part of the builders"
)]

pub mod awards;
pub mod bench;
pub mod doc;
pub mod docx;
pub mod pdf;
pub mod shown;
pub mod zip;
