//! RTF: an own bounded reader, from [`token`]s in one pass.
//!
//! Groups hand their state down ([`state`]); the font of a run decides what its bytes are. Text is what a person sees after
//! all revisions are accepted; headers, footers, notes and comments follow the body as blocks of their own part.

mod fonts;
mod lists;
mod rows;
mod state;
mod token;
mod walk;
mod words;

use crate::guard::Limits;
use crate::model::{Document, InputError, Source};
use walk::Walker;

/// Reads an RTF document.
///
/// # Errors
/// [`InputError::Malformed`] when it is cut off, [`InputError::TooLarge`] beyond the limits.
pub fn read(source: Source, bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    let start = memchr::memchr(b'{', bytes).unwrap_or_default();
    let mut walker = Walker::new(limits);
    walker.walk(bytes.get(start..).unwrap_or_default())?;
    let mut story = walker.story;
    story.end_tables();
    for blocks in walker.notes.into_iter().chain(walker.endnotes) {
        story.follow(blocks);
    }
    // First, even and other pages often carry the same lines.
    let mut shown: Vec<Vec<String>> = Vec::new();
    for blocks in walker.furniture {
        let texts: Vec<String> = blocks.iter().map(|block| block.text.clone()).collect();
        if !texts.is_empty() && !shown.contains(&texts) {
            shown.push(texts);
            story.follow(blocks);
        }
    }
    for blocks in walker.comments {
        story.follow(blocks);
    }
    Ok(story.finish(source, &walker.encoding.name().to_ascii_lowercase()))
}
