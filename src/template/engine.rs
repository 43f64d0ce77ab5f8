//! The evaluator behind one small trait, and Tera as the evaluator.

use super::filters;
use std::io::{self, Write};

/// The marks of tags in what the evaluator gets. XML cannot hold control characters, so no text of a document is ever
/// taken for a tag.
pub mod delimit {
    /// Around a value.
    pub const VALUE: (&str, &str) = ("\u{2}{", "}\u{2}");
    /// Around a block.
    pub const BLOCK: (&str, &str) = ("\u{2}%", "%\u{2}");
    /// Around a comment.
    pub const COMMENT: (&str, &str) = ("\u{2}#", "#\u{2}");
}

/// What went wrong in the evaluator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineError {
    /// The source in which it went wrong.
    pub name: String,
    /// Byte of that source.
    pub byte: usize,
    /// What the evaluator says.
    pub message: String,
    /// A limit was reached.
    pub limit: Option<&'static str>,
}

/// Values for a template.
pub type Values = tera::Context;

/// Compiles sources once, evaluates them many times, from many threads.
pub trait Evaluator: Send + Sync + std::fmt::Debug {
    /// Evaluates a source into `out`.
    ///
    /// # Errors
    /// When a value is missing or of the wrong kind, or a limit is reached.
    fn render(&self, name: &str, values: &Values, out: &mut Bounded) -> Result<(), EngineError>;
}

/// An output that grows up to a limit.
#[derive(Debug)]
pub struct Bounded {
    /// What was written.
    pub bytes: Vec<u8>,
    limit: usize,
    writes_left: u64,
    full: Option<&'static str>,
}

impl Bounded {
    /// An output into an empty buffer.
    #[must_use]
    pub fn new(bytes: Vec<u8>, limit: usize, writes: u64) -> Self {
        Self { bytes, limit, writes_left: writes, full: None }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writes_left = self.writes_left.saturating_sub(1);
        if self.bytes.len() + bytes.len() > self.limit || self.writes_left == 0 {
            self.full = Some(if self.writes_left == 0 { "passes" } else { "output" });
            return Err(io::Error::other("output limit"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tera, with our filters.
#[derive(Debug)]
pub struct TeraEvaluator {
    tera: tera::Tera,
}

impl TeraEvaluator {
    /// Compiles sources.
    ///
    /// # Errors
    /// When a source is not what Tera understands.
    pub fn compile(sources: &[(String, &str)]) -> Result<Self, EngineError> {
        let mut tera = tera::Tera::default();
        let pair = |(open, close): (&'static str, &'static str)| (open.into(), close.into());
        let (variable_start, variable_end) = pair(delimit::VALUE);
        let (block_start, block_end) = pair(delimit::BLOCK);
        let (comment_start, comment_end) = pair(delimit::COMMENT);
        tera.set_delimiters(tera::Delimiters {
            block_start,
            block_end,
            variable_start,
            variable_end,
            comment_start,
            comment_end,
        })
        .map_err(|error| engine_error(&error))?;
        tera.autoescape_on([""]);
        tera.set_escape_fn(write_text);
        filters::register(&mut tera);
        tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), *text)))
            .map_err(|error| engine_error(&error))?;
        Ok(Self { tera })
    }
}

impl TeraEvaluator {
    /// An evaluator without sources.
    #[must_use]
    pub fn empty() -> Self {
        Self { tera: tera::Tera::default() }
    }
}

impl Evaluator for TeraEvaluator {
    fn render(&self, name: &str, values: &Values, out: &mut Bounded) -> Result<(), EngineError> {
        self.tera.render_to(name, values, &mut *out).map_err(|error| {
            let mut error = engine_error(&error);
            if out.full.is_some() {
                error.limit = out.full;
            } else if error.message.contains(filters::PASSES) {
                error.limit = Some("passes");
            }
            error
        })
    }
}

fn engine_error(error: &tera::Error) -> EngineError {
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => EngineError {
            name: report.filename().to_owned(),
            byte: report.span().range.start,
            message: report.message().to_owned(),
            limit: None,
        },
        kind => EngineError { name: String::new(), byte: 0, message: kind.to_string(), limit: None },
    }
}

const BREAK: &[u8] = b"</w:t><w:br/><w:t xml:space=\"preserve\">";
const TAB: &[u8] = b"</w:t><w:tab/><w:t xml:space=\"preserve\">";

/// Writes a value into the text of a run: escaped, line breaks and tabs as elements, in one pass. A new paragraph and
/// a page break need the paragraph around and are left to the last pass; handles of rich values go through as they
/// are (data cannot hold them: control characters are taken out when it is read).
fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let written: &[u8] = match byte {
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'&' => b"&amp;",
            b'\n' => BREAK,
            b'\t' => TAB,
            0x07 => b"\x01a\x02",
            0x0c => b"\x01f\x02",
            b'\r' => b"",
            _ => continue,
        };
        if let Some(before) = bytes.get(from..at).filter(|before| !before.is_empty()) {
            out.write_all(before)?;
        }
        out.write_all(written)?;
        from = at + 1;
    }
    out.write_all(bytes.get(from..).unwrap_or_default())
}
