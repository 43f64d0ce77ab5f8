//! What a reader could not read or had to repair, said at its place.

use crate::language::encoding::Decoded;
use crate::language::legacy::{self, Legacy};
use crate::model::{Block, Document, Finding, Severity, Source, Span};
use std::collections::BTreeSet;

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
    /// Marks of another program, which are not part of the text.
    LeftOver(&'static str),
    /// Decoding left words that are not Vietnamese.
    Doubtful(&'static str),
}

/// Gaps, each with the index of the block at which it is.
pub(in crate::read) type Gaps = Vec<(u32, Gap)>;

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
            Self::LeftOver(what) => Finding::new("IN107", Severity::Info, at).with("what", what),
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

/// Says in the document what was noticed, with the index of the block at which it was, and how its text was encoded;
/// `base` is the encoding of text that needed no decoding.
pub(in crate::read) fn settle(document: &mut Document, base: &str, gaps: &[(u32, Gap)]) {
    let mut said = Vec::new();
    for &(block, gap) in gaps {
        if gap == Gap::ForeignFile || !said.contains(&gap) {
            said.push(gap);
            document.notices.push(gap.finding(block));
        }
    }
    let encoding = |gap| if let Gap::Decoded(encoding) = gap { Some(encoding) } else { None };
    let decoded: Vec<(u32, Legacy)> =
        gaps.iter().filter_map(|&(block, gap)| encoding(gap).map(|encoding| (block, encoding))).collect();
    document.source.encoding = encoding_of(base, &document.blocks, &decoded);
    document.notices.extend(doubts(&document.blocks, &decoded));
}

/// What `source.encoding` says of a document some of whose blocks were decoded from legacy encodings.
fn encoding_of(base: &str, blocks: &[Block], decoded: &[(u32, Legacy)]) -> String {
    let old = Legacy::ALL.into_iter().filter(|known| decoded.iter().any(|(_, encoding)| encoding == known));
    let names: Vec<&str> = old.map(Legacy::name).collect();
    if names.is_empty() {
        return base.to_owned();
    }
    let holds_letters = |block: &Block| block.text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    let decoded: BTreeSet<u32> = decoded.iter().map(|(block, _)| *block).collect();
    let others = (0..).zip(blocks).any(|(at, block)| holds_letters(block) && !decoded.contains(&at));
    let base = others.then_some(base);
    base.into_iter().chain(names).collect::<Vec<_>>().join("+")
}

/// Words of decoded blocks that must be Vietnamese for the decoding to be trusted.
const TRUSTED: f64 = 0.9;

/// What is to be said of encodings whose text is not Vietnamese when it is decoded.
fn doubts(blocks: &[Block], decoded: &[(u32, Legacy)]) -> Vec<Finding> {
    let doubtful = |known: &Legacy| {
        let places = decoded.iter().filter(|(_, encoding)| encoding == known);
        let texts: Vec<&str> =
            places.filter_map(|(block, _)| blocks.get(*block as usize)).map(|block| block.text.as_str()).collect();
        !texts.is_empty() && legacy::quality(&texts.join(" ")).0 < TRUSTED
    };
    Legacy::ALL.into_iter().filter(doubtful).map(|encoding| Gap::Doubtful(encoding.name()).finding(0)).collect()
}
