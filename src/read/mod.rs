//! Readers: one file per input format, each from bytes to a [`Document`].

mod bytes;
pub(crate) mod clean;
pub mod doc;
pub mod docx;
pub mod foreign;
mod gaps;
mod html;
mod list;
mod markdown;

mod ocr;
pub mod odt;
mod pdf;
pub mod roster;
pub mod rtf;
pub mod sheet;
mod sniff;
mod text;
mod word;

use crate::guard::Limits;
use crate::guard::digest::hexadecimal;
use crate::model::{Document, Format, InputError, Source};

/// A reader: from a described source and its bytes to a document.
type Reader = fn(Source, &[u8], &Limits) -> Result<Document, InputError>;

/// Every format with its reader.
const READERS: &[(Format, Reader)] = &[
    (Format::Doc, doc::read),
    (Format::Docx, docx::read),
    (Format::Html, html::read),
    (Format::Markdown, markdown::read),
    (Format::Odt, odt::read),
    (Format::Pdf, pdf::read),
    (Format::Picture, ocr::read),
    (Format::Rtf, rtf::read),
    (Format::Text, text::read),
    (Format::Csv, list::read),
    (Format::Ods, list::read),
    (Format::Xls, list::read),
    (Format::Xlsx, list::read),
];

/// Reads a Word document and keeps where every character comes from. Its source tells no path: whoever needs that has
/// read the document before.
///
/// # Errors
/// See [`InputError`].
pub fn document_with_sources(bytes: &[u8], limits: &Limits) -> Result<(Document, docx::SourceMap), InputError> {
    let source =
        Source { path: String::new(), format: Format::Docx, sha256: String::new(), encoding: "utf-8".to_owned() };
    docx::read_with_sources(source, bytes, limits)
}

/// Reads a document; the format is found by content, `name` only settles text against Markdown.
///
/// # Errors
/// See [`InputError`].
pub fn document(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    if bytes.len() as u64 > limits.input_bytes {
        return Err(Limits::exceeded("input bytes", limits.input_bytes));
    }
    let format = sniff::format(name, bytes)?;
    let source = Source { path: name.to_owned(), format, sha256: hexadecimal(bytes), encoding: "utf-8".to_owned() };
    let reader = READERS.iter().find(|(known, _)| *known == format).map(|(_, reader)| reader);
    let reader = reader.ok_or(InputError::Unsupported { found: "of a format without a reader" })?;
    let document = reader(source, bytes, limits)?;
    if document.blocks.is_empty() {
        return Err(InputError::Empty);
    }
    Ok(document)
}
