//! What a reader could not read or had to repair, said at its place.

use crate::language::legacy::Legacy;
use crate::model::{Finding, Severity, Span};

/// Content that is not read, to be said at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Gap {
    /// Another file, embedded or linked.
    ForeignFile,
    /// A field that never ends: its code may be among the text.
    UnclosedField,
    /// Signs of a picture font.
    UnknownSign,
    /// Text was in a legacy encoding.
    Decoded(Legacy),
}

impl Gap {
    /// What is said of it.
    pub(in crate::read) fn finding(self, block: u32) -> Finding {
        let at = Some(Span { block, start: 0, end: 0 });
        match self {
            Self::ForeignFile => Finding::new("IN101", Severity::Warning, at),
            Self::UnclosedField => Finding::new("IN102", Severity::Warning, None),
            Self::UnknownSign => Finding::new("IN103", Severity::Info, at),
            Self::Decoded(encoding) => {
                let name = match encoding {
                    Legacy::Tcvn3 => "TCVN3",
                    Legacy::Vni => "VNI",
                };
                Finding::new("IN104", Severity::Info, None).with("encoding", name)
            }
        }
    }
}
