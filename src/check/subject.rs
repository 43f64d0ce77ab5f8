//! What a rule sees: the document with its structure and extraction, and text ready for searching.

use super::dates::{Written, pattern, written};
use crate::language::fold::Folded;
use crate::model::{Block, Document, Extraction, Span};
use crate::pack::Pack;
use crate::structure::{Structure, Zone};
use jiff::civil::Date;
use regex::Regex;
use std::cell::OnceCell;
use std::ops::Range;

/// One document under review.
pub(super) struct Subject<'a> {
    pub(super) document: &'a Document,
    pub(super) structure: &'a Structure,
    pub(super) extraction: &'a Extraction,
    pub(super) pack: &'a Pack,
    /// The document's own date.
    pub(super) date: Option<Date>,
    texts: Vec<Searchable>,
}

/// The text of a block, made ready for searching when a rule first asks for it: most blocks hold nothing that one looks
/// for, and a [`Hint`] tells so for less than folding costs.
#[derive(Default)]
struct Searchable {
    folded: OnceCell<Folded>,
    dates: OnceCell<Vec<Written>>,
    /// Characters of the original behind which a clause ends.
    clause_ends: OnceCell<Vec<u32>>,
}

impl Searchable {
    fn folded(&self, block: &Block) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&block.text))
    }
}

/// A block that counts, with its zone.
pub(super) struct Passage<'a> {
    pub(super) block: &'a Block,
    searchable: &'a Searchable,
    pub(super) zone: Zone,
}

impl<'a> Passage<'a> {
    /// The folded text.
    pub(super) fn folded(&self) -> &'a Folded {
        self.searchable.folded(self.block)
    }

    /// Dates in the folded text, whether they exist or not.
    pub(super) fn dates(&self) -> &'a [Written] {
        self.searchable
            .dates
            .get_or_init(|| if may_hold_dates(&self.block.text) { written(&self.folded().text) } else { Vec::new() })
    }

    /// Whether the folded text may hold one of the words of a hint.
    pub(super) fn may_hold(&self, hint: &Hint) -> bool {
        hint.is_in(&self.block.text)
    }

    /// Place of a byte range of the folded text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let chars = self.folded().original(range);
        Span { block: self.block.id, start: chars.start, end: chars.end }
    }

    /// Place of the whole block.
    pub(super) fn whole(&self) -> Span {
        whole(self.block)
    }
}

/// Place of a whole block.
pub(super) fn whole(block: &Block) -> Span {
    Span { block: block.id, start: 0, end: u32::try_from(block.text.chars().count()).unwrap_or(u32::MAX) }
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        document: &'a Document,
        structure: &'a Structure,
        extraction: &'a Extraction,
        pack: &'a Pack,
    ) -> Self {
        Self {
            document,
            structure,
            extraction,
            pack,
            date: extraction.document.date.as_deref().and_then(parse),
            texts: document.blocks.iter().map(|_| Searchable::default()).collect(),
        }
    }

    /// Zone of a block.
    pub(super) fn zone(&self, block: u32) -> Zone {
        self.structure.zones.get(block as usize).copied().unwrap_or(Zone::Body)
    }

    /// All blocks but repeated passages and page furniture.
    pub(super) fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        self.all().filter(|passage| !matches!(passage.zone, Zone::Copy | Zone::Furniture))
    }

    /// All blocks.
    pub(super) fn all(&self) -> impl Iterator<Item = Passage<'_>> {
        self.document.blocks.iter().zip(&self.texts).map(|(block, searchable)| Passage {
            block,
            searchable,
            zone: self.zone(block.id),
        })
    }

    /// The clause around a place, folded: up to a full stop, a semicolon or a line break on either side.
    pub(super) fn clause(&self, span: Span) -> &str {
        let at = span.block as usize;
        let (Some(text), Some(block)) = (self.texts.get(at), self.document.blocks.get(at)) else { return "" };
        let ends = text.clause_ends.get_or_init(|| clause_ends(&block.text));
        let folded = text.folded(block);
        let before = ends.partition_point(|end| *end <= span.start);
        let from = before.checked_sub(1).and_then(|at| ends.get(at)).map_or(0, |char| folded.byte(*char));
        let behind = ends.partition_point(|end| *end < span.end);
        let to = ends.get(behind).map_or(folded.text.len(), |char| folded.byte(*char));
        folded.text.get(from..to).unwrap_or_default().trim()
    }

    /// Where a part of form was read.
    pub(super) fn field(&self, name: &str) -> Option<Span> {
        self.extraction.document.spans.get(name).or_else(|| self.structure.info.spans.get(name)).copied()
    }

    /// Where to point when something is missing at the top: the type, the subject, or the first line.
    pub(super) fn top(&self) -> Option<Span> {
        self.field("type").or_else(|| self.field("subject")).or_else(|| {
            self.passages().find(|passage| !passage.block.text.trim().is_empty()).map(|passage| passage.whole())
        })
    }

    /// Where to point when something is missing at the end: the last line of the running text.
    pub(super) fn bottom(&self) -> Option<Span> {
        self.passages()
            .filter(|passage| matches!(passage.zone, Zone::Body | Zone::Opening))
            .filter(|passage| !passage.block.text.trim().is_empty())
            .last()
            .map(|passage| passage.whole())
            .or_else(|| self.top())
    }
}

/// Characters behind the marks that end a clause. A full stop inside a number or a label ends nothing.
fn clause_ends(text: &str) -> Vec<u32> {
    let mut ends = Vec::new();
    let (mut counted, mut chars) = (0, 0);
    for at in memchr::memchr3_iter(b';', b'\n', b'.', text.as_bytes()) {
        let (clause, rest) = (text.get(counted..=at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        if clause.ends_with('.') && rest.starts_with(|c: char| !c.is_whitespace()) {
            continue;
        }
        chars += u32::try_from(clause.chars().count()).unwrap_or(u32::MAX);
        counted = at + 1;
        ends.push(chars);
    }
    ends
}

/// What a pattern for folded text needs, looked for in a text as it was written. What may fold to it is found; what is
/// found need not.
pub(super) struct Hint(Regex);

impl Hint {
    /// A hint that one of these is there, in capitals or not. In folded words they are of one piece, and hold no letter
    /// whose tone or spelling varies, and no *đ*.
    pub(super) fn new(alternatives: &str) -> Self {
        Self(pattern(&format!("(?i){alternatives}")))
    }

    fn is_in(&self, text: &str) -> bool {
        // Letters of the Cyrillic alphabet, whose first bytes these are, may fold to Latin ones.
        text.bytes().fold(false, |any, byte| any | matches!(byte, 0xD0 | 0xD1)) || self.0.is_match(text)
    }
}

/// Whether a text has figures where [`written`] finds dates: beside a slash, or behind a word like *ngày*, *tháng*.
fn may_hold_dates(text: &str) -> bool {
    // Without a way out of the loop it takes many bytes at once.
    if !text.bytes().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return false;
    }
    let mut inside = false;
    text.bytes().enumerate().any(|(at, byte)| {
        let was_inside = std::mem::replace(&mut inside, byte.is_ascii_digit());
        let before = || text.get(..at).and_then(|before| before.trim_end().chars().next_back());
        // The last two are letters of the Cyrillic alphabet that fold to *y*.
        inside && !was_inside && matches!(before(), Some('/' | 'y' | 'Y' | 'g' | 'G' | 'у' | 'У'))
    })
}

/// The last bytes of a text before a place; enough for the few words that a rule looks back at.
pub(super) fn head(text: &str, end: usize) -> &str {
    const REACH: usize = 64;
    let from = (end.saturating_sub(REACH)..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    text.get(from..end).unwrap_or_default()
}

/// An ISO 8601 date.
pub(super) fn parse(date: &str) -> Option<Date> {
    date.parse().ok()
}

/// A date as people write it here: `05/3/2026` has its zeros filled, `05/03/2026`.
pub(super) fn print(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::fold;
    use crate::model::{Format, Source};

    fn clause_at(text: &str, words: &str) -> String {
        let source =
            Source { path: String::new(), format: Format::Text, sha256: String::new(), encoding: String::new() };
        let document = Document { source, blocks: vec![Block::paragraph(0, text)], notices: Vec::new() };
        let (structure, extraction) = (Structure::default(), Extraction::default());
        let pack = Pack::builtin().expect("pack");
        let subject = Subject::new(&document, &structure, &extraction, &pack);
        let at = text.find(words).expect("words");
        let chars = |part: &str| u32::try_from(part.chars().count()).expect("short");
        let start = chars(&text[..at]);
        subject.clause(Span { block: 0, start, end: start + chars(words) }).to_owned()
    }

    #[test]
    fn a_hint_finds_all_that_may_fold_to_its_words() {
        let hint = Hint::new("huyện|tncs");
        for text in ["các huyện", "HỘI LHPN HUYỆN", "Huyện ủy", "hUyỆn", "hуyện", "Đoàn TNCS", "Đoàn TN\u{421}S"]
        {
            assert!(hint.is_in(text), "{text}");
        }
        for text in ["", "hội viên", "huyên náo", "TN CS"] {
            assert!(!hint.is_in(text), "{text}");
        }
    }

    #[test]
    fn dates_are_looked_for_where_they_may_stand() {
        for text in
            ["ngày 05 tháng 6 năm 2025", "NGÀY 5-6-2025", "trước 31/11", "5 / 6 / 2025", "tháng\n6/2025", "ngàу 5/6"]
        {
            assert!(may_hold_dates(text), "{text}");
            assert!(!written(&fold(text)).is_empty(), "{text}");
        }
        for text in ["", "mỗi chi hội 05 hộ", "số 12/KH-BTV", "đạt 95,5%", "năm 2026"] {
            assert!(!may_hold_dates(text), "{text}");
            assert!(written(&fold(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_clause_ends_at_marks_and_lines_but_not_inside_numbers() {
        let text = "Hội  đăng ký trước 15/3; gửi 1.200 bản.  Báo cáo\nQuý II: nộp hồ sơ.";
        assert_eq!(clause_at(text, "15/3"), "hội đăng kí trước 15/3;");
        assert_eq!(clause_at(text, "1.200"), "gửi 1.200 bản.");
        assert_eq!(clause_at(text, "Báo cáo"), "báo cáo");
        assert_eq!(clause_at(text, "nộp"), "qúy ii: nộp hồ sơ.");
    }
}
