//! What a reader could not read or had to repair, said at its place.

use crate::language::encoding::Decoded;
use crate::language::legacy::Legacy;
use crate::model::{Finding, Severity, Source, Span};

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
    /// Decoding left words that are not Vietnamese.
    Doubtful(&'static str),
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
                Finding::new("IN104", Severity::Info, None).with("encoding", encoding.name().to_uppercase())
            }
            Self::Doubtful(encoding) => {
                Finding::new("IN106", Severity::Warning, None).with("encoding", encoding.to_uppercase())
            }
        }
    }
}

/// Notes in `source` what bytes were decoded from, and returns what is to be said of it.
pub(in crate::read) fn note_encoding(source: &mut Source, decoded: &Decoded) -> Vec<Finding> {
    let names: Vec<&str> = std::iter::once(decoded.encoding).chain(decoded.mixed.iter().copied()).collect();
    source.encoding = names.join("+");
    let old: Vec<Legacy> = Legacy::ALL.into_iter().filter(|known| names.contains(&known.name())).collect();
    let doubt = decoded.doubtful.then_some(Gap::Doubtful(old.first().map_or(decoded.encoding, |known| known.name())));
    old.into_iter().map(Gap::Decoded).chain(doubt).map(|gap| gap.finding(0)).collect()
}
