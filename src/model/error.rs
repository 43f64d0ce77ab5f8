//! Why an input could not be read.

/// A reason for which one input file could not be processed; the rest of a batch goes on (exit code 3).
///
/// The English text is for logs and developers; people read the sentence that the text catalogue holds under
/// `error.` + [`InputError::key`], with [`InputError::args`] in its slots.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The file could not be opened or read.
    #[error("cannot be read: {reason}")]
    Io {
        /// What the system said.
        reason: String,
    },
    /// No bytes, or nothing but blanks.
    #[error("is empty")]
    Empty,
    /// A limit was exceeded.
    #[error("exceeds the limit of {limit} {what}")]
    TooLarge {
        /// What was too large (`input bytes`, `bytes in one part`, `nesting levels`, …).
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Password-protected.
    #[error("is encrypted; save it without a password and try again")]
    Encrypted,
    /// The content is of a kind that is not read, whatever the name says.
    #[error("is {found}, which is not read")]
    Unsupported {
        /// What the content is (`a PDF`, `a legacy Word document`, `an image`, …).
        found: &'static str,
    },
    /// The archive is damaged or truncated.
    #[error("is a damaged archive: {reason}")]
    Archive {
        /// What is wrong.
        reason: String,
    },
    /// The archive does things that no office program does.
    #[error("is an unsafe archive: {reason}")]
    Unsafe {
        /// What is wrong.
        reason: String,
    },
    /// A part is not well-formed.
    #[error("part {part} is damaged at byte {offset}: {reason}")]
    Malformed {
        /// Name of the part.
        part: String,
        /// Offset in bytes in the part.
        offset: u64,
        /// What is wrong.
        reason: String,
    },
    /// A document type declaration, which no office document carries.
    #[error("part {part} carries a DOCTYPE, which is refused")]
    Doctype {
        /// Name of the part.
        part: String,
    },
    /// A part that the format requires is missing.
    #[error("part {part} is missing")]
    MissingPart {
        /// Name of the part.
        part: String,
    },
    /// Its pages are pictures; the text has to be recognised first.
    #[error("has {pages} pages without real text; it has to be recognised (OCR) first")]
    NeedsOcr {
        /// Pages of the file.
        pages: u32,
    },
    /// A program that reads this format gave up.
    #[error("cannot be read: its reader {reason}")]
    Outside {
        /// What happened.
        reason: String,
    },
    /// A fault of ours, caught so that the batch goes on.
    #[error("hit a fault of this program: {reason}")]
    Internal {
        /// What the panic said.
        reason: String,
    },
}

impl InputError {
    /// Key of the error's sentence in the text catalogues, without the `error.` prefix.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Io { .. } => "io",
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::Encrypted => "encrypted",
            Self::Unsupported { .. } => "unsupported",
            Self::Archive { .. } => "archive",
            Self::Unsafe { .. } => "unsafe",
            Self::Malformed { .. } => "malformed",
            Self::Doctype { .. } => "doctype",
            Self::MissingPart { .. } => "missing-part",
            Self::Outside { .. } => "outside",
            Self::NeedsOcr { .. } => "needs-ocr",
            Self::Internal { .. } => "internal",
        }
    }

    /// Values for the slots of the error's sentence.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty | Self::Encrypted => vec![],
            Self::Outside { reason }
            | Self::Io { reason }
            | Self::Archive { reason }
            | Self::Unsafe { reason }
            | Self::Internal { reason } => {
                vec![("reason", reason.clone())]
            }
            Self::TooLarge { what, limit } => vec![("what", (*what).to_owned()), ("limit", limit.to_string())],
            Self::NeedsOcr { pages } => vec![("pages", pages.to_string())],
            Self::Unsupported { found } => vec![("found", (*found).to_owned())],
            Self::Malformed { part, offset, reason } => {
                vec![("part", part.clone()), ("offset", offset.to_string()), ("reason", reason.clone())]
            }
            Self::Doctype { part } | Self::MissingPart { part } => vec![("part", part.clone())],
        }
    }
}
