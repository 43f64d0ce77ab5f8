//! A run's output: head, one piece per document as it comes, tail. Pieces are rendered by the workers and written in
//! order, so that a batch of any size needs the memory of a few documents.

use super::{View, html, ics, json, sentences, table, text, xlsx};
use crate::Reading;
use crate::guard::digest::short;
use crate::model::InputError;
use crate::pack::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Output formats of `thidua extract`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A summary for people, on a terminal.
    Table,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// One self-contained HTML page.
    Html,
    /// The document as plain text.
    Text,
    /// Deadlines as calendar entries.
    Ics,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// Extension of an output file, without the full stop.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Table | Self::Text => "txt",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Html => "html",
            Self::Ics => "ics",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Why a report could not be made; a fault of this program or a run too large for a format.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A value does not fit JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A template does not fit its values.
    #[error(transparent)]
    Page(#[from] tera::Error),
    /// The workbook cannot hold the rows.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Renders documents in one format; shared by the workers.
#[derive(Debug)]
pub struct Renderer<'a> {
    format: Format,
    view: View<'a>,
    lang: Lang,
    as_of: Option<jiff::civil::Date>,
    page: html::Page,
}

impl<'a> Renderer<'a> {
    /// A renderer; `as_of` dates calendar entries of documents that bear no date.
    ///
    /// # Errors
    /// When a built-in template is faulty, which a test excludes.
    pub fn new(
        format: Format,
        view: View<'a>,
        lang: Lang,
        as_of: Option<jiff::civil::Date>,
    ) -> Result<Self, ReportError> {
        Ok(Self { format, view, lang, as_of, page: html::Page::new()? })
    }

    /// Renders one document.
    ///
    /// # Errors
    /// See [`ReportError`].
    pub fn piece(&self, reading: &Reading) -> Result<Piece, ReportError> {
        let view = &self.view;
        Ok(Piece(match self.format {
            Format::Table => Content::Text(table::render(reading, view)),
            Format::Json => Content::Text(json::pretty(reading, view)?),
            Format::Jsonl => Content::Text(json::line(reading, view)? + "\n"),
            Format::Html => Content::Text(self.page.document(reading, view)?),
            Format::Text => Content::Text(text::render(&reading.document)),
            Format::Ics => Content::Calendar(ics::render(reading, self.as_of, view)),
            Format::Xlsx => Content::Rows(Box::new(xlsx::Rows::of(reading, view))),
        }))
    }
}

/// One document, rendered.
#[derive(Debug, Serialize, Deserialize)]
pub struct Piece(Content);

#[derive(Debug, Serialize, Deserialize)]
enum Content {
    Text(String),
    Calendar(Vec<ics::Component>),
    Rows(Box<xlsx::Rows>),
}

/// Writes the pieces of a run.
#[derive(Debug)]
pub struct Stream<'a, W> {
    renderer: &'a Renderer<'a>,
    out: W,
    /// One document was asked for, not a list of them.
    single: bool,
    count: usize,
    workbook: Option<xlsx::Workbook>,
    failures: Vec<(String, String)>,
    /// Calendar entries written so far: the same document in two files is entered once.
    uids: BTreeSet<[u8; 16]>,
}

impl<'a, W: Write + Send> Stream<'a, W> {
    /// Starts the output. Nothing is written before the first document or the end.
    pub fn new(renderer: &'a Renderer<'a>, out: W, single: bool) -> Self {
        Self { renderer, out, single, count: 0, workbook: None, failures: Vec::new(), uids: BTreeSet::new() }
    }

    /// Writes one document.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn push(&mut self, piece: Piece) -> io::Result<()> {
        if self.count == 0 {
            self.open()?;
        } else {
            self.out.write_all(self.between().as_bytes())?;
        }
        self.count += 1;
        match piece.0 {
            Content::Text(text) => self.out.write_all(text.as_bytes())?,
            Content::Calendar(components) => {
                for component in components {
                    if self.uids.insert(short(&component.uid)) {
                        self.out.write_all(component.text.as_bytes())?;
                    }
                }
            }
            Content::Rows(rows) => self.workbook()?.push(&rows).map_err(io::Error::other)?,
        }
        self.out.flush()
    }

    /// Takes note of an input that could not be read; the page and the workbook name it.
    pub fn fail(&mut self, name: &str, error: &InputError) {
        let reason = sentences::input_error(self.renderer.view.texts, error);
        self.failures.push((name.to_owned(), reason));
    }

    /// Writes what closes the output and gives the writer back. A single document that could not be read leaves the
    /// output empty.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if self.count == 0 {
            if self.single {
                return Ok(self.out);
            }
            self.open()?;
        }
        self.close()?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn workbook(&mut self) -> io::Result<&mut xlsx::Workbook> {
        let workbook = match self.workbook.take() {
            Some(workbook) => workbook,
            None => xlsx::Workbook::new(&self.renderer.view).map_err(io::Error::other)?,
        };
        Ok(self.workbook.insert(workbook))
    }

    fn open(&mut self) -> io::Result<()> {
        let Renderer { format, view, lang, page, .. } = self.renderer;
        match format {
            Format::Json if !self.single => self.out.write_all(b"[\n"),
            Format::Html => self.out.write_all(page.head(*lang, view).map_err(io::Error::other)?.as_bytes()),
            Format::Ics => self.out.write_all(ics::head(view).as_bytes()),
            _ => Ok(()),
        }
    }

    fn between(&self) -> &'static str {
        match self.renderer.format {
            Format::Json => ",\n",
            Format::Table | Format::Text => "\n",
            _ => "",
        }
    }

    fn close(&mut self) -> io::Result<()> {
        let Renderer { format, view, page, .. } = self.renderer;
        match format {
            Format::Json if self.single => self.out.write_all(b"\n"),
            Format::Json => self.out.write_all(if self.count == 0 { b"]\n" } else { b"\n]\n" }),
            Format::Html => {
                let tail = page.tail(&self.failures, view).map_err(io::Error::other)?;
                self.out.write_all(tail.as_bytes())
            }
            Format::Ics => self.out.write_all(ics::TAIL.as_bytes()),
            Format::Xlsx => {
                let failures = std::mem::take(&mut self.failures);
                for (name, reason) in &failures {
                    self.workbook()?.fail(name, reason).map_err(io::Error::other)?;
                }
                self.workbook()?;
                match self.workbook.take() {
                    Some(workbook) => workbook.save(&mut self.out).map_err(io::Error::other),
                    None => Ok(()),
                }
            }
            Format::Table | Format::Jsonl | Format::Text => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn run(format: Format, single: bool, count: usize) -> Vec<u8> {
        sample::with_view(|view| {
            let renderer = Renderer::new(format, *view, Lang::Vi, None).unwrap();
            let mut stream = Stream::new(&renderer, Vec::new(), single);
            for _ in 0..count {
                stream.push(renderer.piece(&sample::reading()).unwrap()).unwrap();
            }
            stream.fail("hong.docx", &InputError::Empty);
            stream.finish().unwrap()
        })
    }

    #[test]
    fn json_is_one_object_for_one_file_and_an_array_for_a_list() {
        let value =
            |single, count| serde_json::from_slice::<serde_json::Value>(&run(Format::Json, single, count)).unwrap();
        assert_eq!(value(true, 1)["document"]["symbol"], "KH-BTV");
        assert_eq!(value(true, 1)["deadlines"][0]["when"]["type"], "by");
        for count in 0..3 {
            assert_eq!(value(false, count).as_array().unwrap().len(), count);
        }
        assert!(run(Format::Json, true, 0).is_empty());
    }

    #[test]
    fn json_lines_hold_one_document_each() {
        let out = String::from_utf8(run(Format::Jsonl, false, 3)).unwrap();
        assert_eq!(out.lines().count(), 3);
        assert!(out.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    }

    #[test]
    fn spans_in_json_reproduce_their_text() {
        let value: serde_json::Value = serde_json::from_slice(&run(Format::Json, true, 1)).unwrap();
        let mut checked = 0;
        for list in ["citations", "deadlines", "quotas", "criteria", "attachments"] {
            for item in value[list].as_array().unwrap() {
                let at = |key: &str| usize::try_from(item["span"][key].as_u64().unwrap()).unwrap();
                let text = value["blocks"][at("block")]["text"].as_str().unwrap();
                let words: String = text.chars().take(at("end")).skip(at("start")).collect();
                assert_eq!(item["text"], words);
                checked += 1;
            }
        }
        assert_eq!(checked, 9);
    }

    #[test]
    fn the_same_document_twice_is_entered_once_in_the_calendar() {
        assert_eq!(run(Format::Ics, false, 1), run(Format::Ics, false, 2));
    }

    #[test]
    fn page_and_workbook_name_what_could_not_be_read() {
        assert!(String::from_utf8(run(Format::Html, false, 1)).unwrap().contains("hong.docx"));
        assert!(run(Format::Xlsx, false, 0).starts_with(b"PK"));
    }
}
