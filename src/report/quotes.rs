//! Quoting a document: the words of a span, and the sentence or table row around them.
//!
//! Spans count characters, texts are addressed by bytes. A paragraph may be the whole file (a lost line end), with a
//! hundred thousand items in it, so long paragraphs get marks and no quotation walks one from its beginning.

use crate::model::{Block, CellRef, Document, Span};
use std::collections::BTreeMap;

/// Longest quotation in characters.
const LONGEST: usize = 200;

/// Characters between two marks.
const STEP: usize = 1024;

/// Quotes from one document.
#[derive(Debug)]
pub struct Quotes<'a> {
    document: &'a Document,
    /// Byte offset of every [`STEP`]th character, for paragraphs of more than that many bytes.
    marks: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Quotes<'a> {
    /// Prepares the long paragraphs.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        let long = document.blocks.iter().filter(|block| block.text.len() > STEP);
        let offsets = |block: &Block| block.text.char_indices().step_by(STEP).map(|(at, _)| at).collect();
        Self { document, marks: long.map(|block| (block.id, offsets(block))).collect() }
    }

    /// The words of a span.
    #[must_use]
    pub fn words(&self, span: Span) -> Option<&'a str> {
        let block = self.document.blocks.get(span.block as usize)?;
        block.text.get(self.byte(block, span.start as usize)..self.byte(block, span.end as usize))
    }

    /// The sentence, or the table row, that a span stands in, for items that say nothing without it. At most
    /// [`LONGEST`] characters; what is left out is marked.
    #[must_use]
    pub fn sentence(&self, span: Span) -> String {
        let Some(block) = self.document.blocks.get(span.block as usize) else { return String::new() };
        match block.cell {
            Some(cell) => self.row(block.id as usize, cell),
            None => self.around(block, span.start as usize, (span.end as usize).max(span.start as usize)),
        }
    }

    fn around(&self, block: &Block, start: usize, end: usize) -> String {
        let end = end.min(start + LONGEST);
        let opening = start.saturating_sub(LONGEST);
        let window = self.byte(block, opening)..self.byte(block, end + LONGEST);
        let whole = window.end == block.text.len();
        let letters: Vec<char> = block.text.get(window).unwrap_or_default().chars().collect();
        let (start, end) = ((start - opening).min(letters.len()), (end - opening).min(letters.len()));
        let ends = |at: usize| match letters.get(at) {
            Some(';' | '\n') => true,
            Some('.' | '!' | '?') => letters.get(at + 1).is_none_or(|c| c.is_whitespace()),
            _ => false,
        };
        let sentence_start = (0..start).rev().find(|at| ends(*at)).map(|at| at + 1).or((opening == 0).then_some(0));
        let sentence_end = (end..letters.len()).find(|at| ends(*at)).or(whole.then_some(letters.len()));
        // A long sentence is cut around the span, more of it kept in front.
        let room = LONGEST - (end - start);
        let first = sentence_start.unwrap_or(0).max(start.saturating_sub(room * 2 / 3));
        let last = sentence_end.unwrap_or(letters.len()).min(end + (room - (start - first)));
        let cut = |kept: bool| if kept { "" } else { "…" };
        let words: String = letters.get(first..last).unwrap_or_default().iter().collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}{words}{}", cut(sentence_start == Some(first)), cut(sentence_end == Some(last)))
    }

    /// The cells of a row; they stand side by side in reading order.
    fn row(&self, at: usize, cell: CellRef) -> String {
        let (before, after) = self.document.blocks.split_at(at);
        let inside =
            |block: &&Block| block.cell.is_some_and(|other| (other.table, other.row) == (cell.table, cell.row));
        let left = before.iter().rev().take(LONGEST).take_while(inside).count();
        let cells = before.get(at - left..).unwrap_or_default().iter();
        let cells = cells.chain(after.iter().take(LONGEST).take_while(inside)).filter(|block| !block.text.is_empty());
        let texts: Vec<String> = cells
            .map(|block| block.text.chars().take(LONGEST).collect::<String>().replace(['\n', '\t'], " "))
            .collect();
        let row = texts.join(" | ");
        if row.chars().count() <= LONGEST { row } else { row.chars().take(LONGEST).chain(['…']).collect() }
    }

    /// Byte offset of a character; the length of the text beyond its end.
    fn byte(&self, block: &Block, character: usize) -> usize {
        let marks = self.marks.get(&block.id);
        let (from, passed) = match marks.and_then(|marks| marks.get(character / STEP)) {
            Some(mark) => (*mark, character / STEP * STEP),
            None if marks.is_some() => return block.text.len(),
            None => (0, 0),
        };
        let rest = block.text.get(from..).unwrap_or_default();
        rest.char_indices().nth(character - passed).map_or(block.text.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_sentence_or_the_row_around_a_span_is_quoted() {
        let reading = sample::reading();
        let quotes = Quotes::new(&reading.document);
        let sentence = |at: usize| quotes.sentence(reading.extraction.deadlines[at].span);
        assert_eq!(sentence(1), "Báo cáo hằng quý");
        assert_eq!(sentence(2), "trước ngày 15/10 hằng năm gửi tổng kết");
        assert_eq!(sentence(3), "trong 5 ngày làm việc kể từ ngày họp gửi biên bản");
        assert_eq!(sentence(4), "Chi hội thôn Bến | Từ ngày 01/5/2024 đến ngày 20/5/2024");
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_span_and_marked() {
        let mut document = sample::reading().document;
        document.blocks[0].text = "ngày làm ".repeat(1000);
        let quotes = Quotes::new(&document);
        let cut = quotes.sentence(Span { block: 0, start: 4500, end: 4504 });
        assert!(cut.starts_with('…') && cut.ends_with('…') && cut.contains("ngày"), "{cut}");
        assert!((LONGEST - 20..=LONGEST + 2).contains(&cut.chars().count()), "{cut}");
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_document(text in "[aệ. ]{0,3000}", start in 0_u32..3100, length in 0_u32..300) {
            let mut document = sample::reading().document;
            document.blocks[0].text = text.clone();
            let span = Span { block: 0, start, end: start + length };
            let quotes = Quotes::new(&document);
            let expected: String = text.chars().skip(start as usize).take(length as usize).collect();
            proptest::prop_assert_eq!(quotes.words(span), Some(expected.as_str()));
            proptest::prop_assert!(quotes.sentence(span).chars().count() <= LONGEST + 2);
        }
    }
}
