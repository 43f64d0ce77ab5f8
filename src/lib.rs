//! `thidua` does the paperwork of emulation and commendation (*thi đua - khen thưởng*): it reads directives and says where
//! each value stands, composes plans, forms and decisions from Word templates, and checks reports against their forms.
//!
//! ```text
//!  bytes ──read──▶ Document ──structure──▶ header, outline, zones ──extract──▶ Extraction
//!                                                                                 │
//!                     unit profile, lists, packs ────────────────────────────────┤
//!                                                                                 ▼
//!                     report form ──check──▶ findings        compose ──▶ plan, forms, decision ──template──▶ DOCX
//!                                              └───── report: JSON, HTML, XLSX, ICS, SARIF, annotated DOCX ─────┘
//! ```
//!
//! A batch is this way, walked by many documents at once, with a journal.
//!
//! # Rooms
//!
//! `model ← guard ← language ← pack ← {register, read} ← structure ← extract ← {check, compose ← template} ← report ←
//! batch`: a room knows only rooms to its left (`tests/layers.rs` guards this). The command line belongs to the binary and
//! sees only the public API.
//!
//! - [`model`]: documents, spans, extractions, findings: data only
//! - [`guard`]: the only door for archives, XML and output files
//! - [`language`]: Vietnamese text: folding, tokens, numerals, dates, encodings
//! - [`pack`]: the knowledge in `templates/`: lexicon, patterns, texts
//! - [`register`]: the register of awards in an SQLite file
//! - [`read`]: one file per input format
//! - [`structure`]: administrative header and footer, outline, repeated passages
//! - [`extract`]: tokens → grammar → citations, deadlines, quotas, assignments, …
//! - [`check`]: what a careful reader would notice; report forms, rules of form, lists of awardees
//! - [`template`]: Word templates: compile once, render many
//! - [`compose`]: contexts for templates, every value with its origin
//! - [`report`]: one file per output format; renders, computes nothing
//! - [`batch`]: work lists and workers; a whole office with its journal
//!
//! # Words of the field
//!
//! Vietnamese terms that have no exact English word are kept: *thể thức* (rules of form), *trích yếu* (subject line),
//! *căn cứ* (legal basis), *nơi nhận* (recipients), *công trình, phần việc* (works and tasks registered in a drive).

pub mod batch;
pub mod check;
pub mod compose;
mod engine;
pub mod extract;
pub mod guard;
pub mod language;
pub mod model;
pub mod pack;
pub mod read;
pub mod register;
pub mod report;
pub mod structure;
pub mod template;

pub use engine::{Engine, Options, Reading};
