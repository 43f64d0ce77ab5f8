//! Reports: one file per output format. They render what was found and compute nothing.

pub mod annotate;
pub mod award;
pub mod checked;
pub mod checklist;
pub mod compare;
pub mod entries;
pub mod html;
pub mod ics;
pub mod json;
pub mod office_page;
mod quotes;
pub mod registration;
pub mod review;
mod rrule;
#[cfg(test)]
mod sample;
pub mod sentences;
mod sheet;
mod stream;
pub mod summary;
pub mod table;
pub mod text;
mod words;
pub mod xlsx;

pub use stream::{Format, Piece, Renderer, ReportError, Stream};

use crate::pack::{Lexicon, Texts};

/// What every renderer needs beside the reading itself.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Sentences of the reader's language.
    pub texts: &'a Texts,
    /// Names of document types.
    pub lexicon: &'a Lexicon,
    /// Say by which pattern each item was recognised.
    pub explain: bool,
}

impl View<'_> {
    /// A sentence without slots.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.texts.get(key, &[])
    }
}
