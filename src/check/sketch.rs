//! What of a report is compared with other reports: names, award, and shingles of its section II.

use super::paper::{Paper, bare_name};
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{About, Span};
use crate::pack::{FieldKind, SectionRole};
use rustc_hash::FxHasher;
use std::hash::Hasher as _;

/// Words in a shingle.
const SHINGLE: usize = 6;

/// The part of a report that rules over a batch look at.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    /// Name, as written.
    pub name: Option<String>,
    /// Place of the name.
    pub name_span: Option<Span>,
    /// Name, folded.
    pub key: String,
    /// Date of birth as written, folded.
    pub birth: Option<(String, Span)>,
    /// The award: id where it is known, words, place.
    pub award: Option<(Option<String>, String, Span)>,
    /// Date of signing.
    pub date: Option<jiff::civil::Date>,
    /// Place of the date.
    pub date_span: Option<Span>,
    /// The date as written.
    pub date_words: String,
    /// Shingles of section II with the block that each begins in; sorted by hash, each hash once.
    pub shingles: Vec<(u64, u32)>,
    /// Paragraphs of section II, long ones: place, hash, words.
    pub paragraphs: Vec<(Span, u64, String)>,
    /// Titles of achievements that stand in quotation marks or as an event: folded, as written, with their places.
    pub achievements: Vec<(String, String, Span)>,
    /// Files that the text names as evidence, with their places.
    pub evidence: Vec<(String, Span)>,
    /// Whether the report is about a person.
    pub person: bool,
}

impl Sketch {
    pub(super) fn of(paper: &Paper<'_>, about: &About) -> Self {
        let mut sketch = Self {
            name: about.name.clone(),
            name_span: paper.name.as_ref().map(|(_, span)| *span),
            key: about.name.as_deref().map(bare_name).unwrap_or_default(),
            birth: paper.field(FieldKind::Birth).map(|field| (fold(&field.value), field.span)),
            award: paper
                .award
                .as_ref()
                .map(|proposed| (proposed.award.map(|award| award.id.clone()), proposed.words.clone(), proposed.span)),
            date: paper.date.map(|(date, _)| date),
            date_span: paper.date.and_then(|(_, span)| span),
            date_words: paper.date.and_then(|(_, span)| paper.document.slice(span?)).unwrap_or_default().to_owned(),
            person: matches!(paper.subject, crate::pack::FormSubject::CaNhan | crate::pack::FormSubject::HoGiaDinh),
            ..Self::default()
        };
        sketch.text(paper);
        sketch
    }

    fn text(&mut self, paper: &Paper<'_>) {
        let mut words: Vec<(u64, u32)> = Vec::new();
        for segment in paper.body(SectionRole::Achievement) {
            let text = segment.words();
            // The own name is what a copier replaces: it does not count.
            let bare = if self.key.is_empty() { text.to_owned() } else { text.replace(&self.key, " ") };
            let mut paragraph = FxHasher::default();
            let mut length = 0;
            for word in bare.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()) {
                let mut hasher = FxHasher::default();
                hasher.write(word.as_bytes());
                let hash = hasher.finish();
                paragraph.write_u64(hash);
                length += 1;
                words.push((hash, segment.span.block));
            }
            if length >= 12 {
                self.paragraphs.push((segment.span, paragraph.finish(), segment.text.clone()));
            }
            self.named(segment, text);
        }
        self.shingles = words
            .windows(SHINGLE)
            .filter_map(|window| {
                let mut hasher = FxHasher::default();
                window.iter().for_each(|(word, _)| hasher.write_u64(*word));
                // The last mixing step of FxHash is weak in the low bits that sampling looks at.
                Some((hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31), window.first()?.1))
            })
            .collect();
        self.shingles.sort_unstable();
        self.shingles.dedup_by_key(|(hash, _)| *hash);
    }

    fn named(&mut self, segment: &super::paper::segment::Segment, text: &str) {
        for (at, _) in text.match_indices("sáng kiến") {
            let rest = text.get(at..).unwrap_or_default();
            let Some(open) = rest.find('"').filter(|open| *open < 40) else { continue };
            let Some(length) = rest.get(open + 1..).and_then(|title| title.find('"')) else { continue };
            let range = at + open + 1..at + open + 1 + length;
            let title = text.get(range.clone()).unwrap_or_default().to_owned();
            if title.split(' ').count() >= 2 {
                self.achievements.push((title, segment.slice(range.clone()), segment.span(range)));
            }
        }
        for ending in [".pdf", ".docx", ".jpg", ".png", ".xlsx", ".doc"] {
            for (at, _) in text.match_indices(ending) {
                let end = at + ending.len();
                if text.get(end..).is_some_and(|rest| rest.starts_with(is_word)) {
                    continue;
                }
                let start =
                    text.get(..at).and_then(|head| head.rfind([' ', '(', ',', ';', ':', '"'])).map_or(0, |at| at + 1);
                let span = segment.span(start..end);
                self.evidence.push((segment.slice(start..end), span));
            }
        }
    }
}
