//! Builders of archives and Word documents in memory, sound ones and broken ones.
#![allow(dead_code, missing_docs, reason = "each test file uses its own part of the builders")]

pub mod docx;
pub mod zip;
