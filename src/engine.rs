//! The facade: one engine, many documents.

use crate::check::{Checked, Checker, FormalProfile, Linted, Selection};
use crate::model::{CheckReport, Document, Extraction, Format, InputError};
use crate::pack::{Pack, PackError, ReportForm};
use crate::read::docx::layout::Layout;
use crate::{check, extract, read, structure};

/// Options of one extraction.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Reference date for dates without a year and for relative periods; the document's own date by default.
    pub as_of: Option<jiff::civil::Date>,
}

/// A document with everything that was extracted from it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document, with labels, sections and kinds settled.
    pub document: Document,
    /// What it says.
    pub extraction: Extraction,
}

/// Reads and extracts; holds the compiled knowledge, is shared between threads, changes nothing.
#[derive(Debug)]
pub struct Engine {
    pack: Pack,
    knowledge: extract::Knowledge,
    limits: crate::guard::Limits,
}

impl Engine {
    /// An engine with the built-in packs and the default limits.
    ///
    /// # Errors
    /// When a built-in pack is faulty, which a test excludes.
    pub fn new() -> Result<Self, PackError> {
        let pack = Pack::builtin()?;
        let knowledge = extract::Knowledge::compile(&pack)?;
        Ok(Self { pack, knowledge, limits: crate::guard::Limits::default() })
    }

    /// The same engine with other programs at hand, for foreign formats and pictures.
    #[must_use]
    pub fn with_outside(mut self, outside: crate::guard::child::Outside) -> Self {
        self.limits.outside = outside;
        self
    }

    /// Whether text in pictures is recognised.
    #[must_use]
    pub fn recognises(&self) -> bool {
        self.limits.outside.ocr.is_some()
    }

    /// The knowledge in use.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The knowledge as extraction uses it.
    #[must_use]
    pub fn knowledge(&self) -> &extract::Knowledge {
        &self.knowledge
    }

    /// Reads one document; `name` is the path as the user gave it, the format is found by content.
    ///
    /// # Errors
    /// When the content is not a readable document; see [`InputError`].
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<Document, InputError> {
        read::document(name, bytes, &self.limits)
    }

    /// Settles structure and extracts.
    #[must_use]
    pub fn extract(&self, document: Document, options: &Options) -> Reading {
        self.dissect(document, options).0
    }

    /// As [`Engine::extract`], with the structure that the extraction rests on.
    #[must_use]
    pub fn dissect(&self, document: Document, options: &Options) -> (Reading, structure::Structure) {
        let (document, structure) = structure::analyse(document, &self.pack);
        let mut extraction = extract::extract(&document, &structure, &self.knowledge, options.as_of);
        extraction.diagnostics = check::review(&document, &structure, &extraction, &self.pack);
        (Reading { document, extraction }, structure)
    }

    /// Settles structure and checks a report; the form is guessed when none is given.
    #[must_use]
    pub fn check(
        &self,
        checker: &Checker,
        document: Document,
        form: Option<&ReportForm>,
        layout: Option<&Layout>,
        selection: &Selection,
    ) -> Checked {
        let (document, structure) = structure::analyse(document, &self.pack);
        checker.report(&document, &structure, &self.pack, form, layout, selection)
    }

    /// A document as a proposal, minutes or a list that reports are compared with; nothing when it is none.
    #[must_use]
    pub fn proposal(&self, checker: &Checker, document: Document) -> Option<check::Proposal> {
        let (document, structure) = structure::analyse(document, &self.pack);
        checker.proposal(&document, &structure, &self.pack)
    }

    /// Settles structure, extracts, and checks form and language of any document.
    #[must_use]
    pub fn lint(
        &self,
        checker: &Checker,
        document: Document,
        layout: Option<&Layout>,
        (profile, as_of): (FormalProfile, Option<jiff::civil::Date>),
        selection: &Selection,
    ) -> CheckReport {
        let (document, structure) = structure::analyse(document, &self.pack);
        let extraction = extract::extract(&document, &structure, &self.knowledge, as_of);
        let linted =
            Linted { document: &document, structure: &structure, extraction: &extraction, layout, profile, as_of };
        checker.lint(&linted, &self.pack, selection)
    }

    /// The form that a template asks for.
    ///
    /// # Errors
    /// When the document shows no form.
    pub fn learn(&self, document: Document) -> Result<ReportForm, check::learn::LearnError> {
        let (document, _) = structure::analyse(document, &self.pack);
        check::learn::form(&document)
    }

    /// The look of a Word document; nothing for other formats, and where it cannot be read.
    #[must_use]
    pub fn layout(&self, document: &Document, bytes: &[u8]) -> Option<Layout> {
        if document.source.format != Format::Docx {
            return None;
        }
        read::docx::layout::read(bytes, &self.limits).ok()
    }
}
