//! Who a text names, for those who compose and compare: the same finder that governs deadlines and quotas.

use super::Knowledge;
use super::actor;
use super::scan::Scan;
use super::task;
use crate::model::{Block, Level};
use std::ops::Range;

/// A unit, body or group of people that a text names. Ranges count Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words, on one line, with *mỗi*, *các* in front.
    pub text: String,
    /// Place in the text.
    pub range: Range<u32>,
    /// It does something.
    pub subject: bool,
    /// It receives something.
    pub receiver: bool,
    /// Level by its words.
    pub level: Level,
}

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anatomy {
    /// Sentences, without what separates them.
    pub sentences: Vec<Range<u32>>,
    /// Who is named, from left to right.
    pub mentions: Vec<Mention>,
}

/// Takes a text apart into sentences and finds who is named in it.
#[must_use]
pub fn anatomy(text: &str, knowledge: &Knowledge) -> Anatomy {
    let block = Block::paragraph(0, text);
    let scan = Scan::new(&block, knowledge);
    let chars = |tokens: Range<usize>| {
        let span = scan.span(tokens);
        span.start..span.end
    };
    let mentions = actor::find(&scan, knowledge).into_iter().map(|actor| {
        let text = actor.text(&scan);
        Mention {
            range: chars(actor.tokens.clone()),
            subject: actor.subject,
            receiver: actor.receiver,
            level: task::level(knowledge, &text),
            text,
        }
    });
    Anatomy {
        mentions: mentions.collect(),
        sentences: scan.sentences.iter().filter(|tokens| !tokens.is_empty()).cloned().map(chars).collect(),
    }
}

/// The level of a unit or body by its words.
#[must_use]
pub fn level(actor: &str, knowledge: &Knowledge) -> Level {
    task::level(knowledge, actor)
}
