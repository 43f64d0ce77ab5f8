//! Lines become paragraphs: by where they begin and end, since a file holds no paragraphs.

use super::lines::Piece;
use crate::model::{Block, BlockKind, CellRef, Part};

/// Where text may stand: from the left to the right end of full lines.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Left end of full lines.
    pub left: f64,
    /// Right end of full lines.
    pub right: f64,
    /// Distance of the baselines of neighbouring lines of a paragraph, in sizes of the font.
    pub leading: f64,
}

/// Baselines further apart than this much of the usual distance begin a paragraph.
const APART: f64 = 1.22;

/// Blocks under construction.
#[derive(Debug, Default)]
pub struct Flow {
    /// Finished and open blocks.
    pub blocks: Vec<Block>,
    /// New blocks were recognised in a picture.
    pub recognised: bool,
    last: Option<Last>,
}

/// The last line of the open paragraph.
#[derive(Debug, Clone)]
struct Last {
    piece: Piece,
    page: usize,
    /// It is the first line of its paragraph.
    first: bool,
    /// Its paragraph begins with a bullet or a label.
    entry: bool,
}

impl Flow {
    /// Adds a line of running text.
    pub fn line(&mut self, line: Piece, page: usize, measure: Measure) {
        let goes_on = self.last.as_ref().is_some_and(|last| goes_on(last, &line, page, measure));
        let bold = line.bold;
        if goes_on && let Some(block) = self.blocks.last_mut() {
            join(&mut block.text, &line.text);
            block.hints.bold &= bold;
            block.hints.italic &= line.italic;
            block.hints.centred = false;
            let entry = self.last.as_ref().is_some_and(|last| last.entry);
            self.last = Some(Last { piece: line, page, first: false, entry });
            return;
        }
        let gap = self
            .last
            .as_ref()
            .is_none_or(|last| last.page != page || line.y - last.piece.y > 1.6 * measure.leading * line.size);
        let mut block = self.block(line.text.clone());
        block.hints.bold = bold;
        block.hints.italic = line.italic;
        block.hints.centred = is_centred(&line, measure);
        block.hints.gap_before = gap;
        self.blocks.push(block);
        let entry = starts_entry(&line.text);
        self.last = Some(Last { piece: line, page, first: true, entry });
    }

    /// Adds the lines of a cell, or of one of two columns side by side (`width` is `None`: every line for itself).
    pub fn cell(&mut self, lines: Vec<Piece>, cell: CellRef, width: Option<f64>) {
        let mut last: Option<Last> = None;
        for line in lines {
            let goes_on = last.as_ref().is_some_and(|last| match width {
                Some(width) => fills(last, &line, width),
                None => is_broken_entry(last, &line),
            });
            match self.blocks.last_mut().filter(|_| goes_on) {
                Some(block) => {
                    join(&mut block.text, &line.text);
                    block.hints.bold &= line.bold;
                    block.hints.italic &= line.italic;
                }
                None => {
                    let mut block = self.block(line.text.clone());
                    block.kind = BlockKind::TableCell;
                    block.cell = Some(cell);
                    block.hints.bold = line.bold;
                    block.hints.italic = line.italic;
                    self.blocks.push(block);
                }
            }
            let entry = if goes_on { last.is_some_and(|last| last.entry) } else { starts_entry(&line.text) };
            last = Some(Last { piece: line, page: 0, first: !goes_on, entry });
        }
    }

    /// Adds a paragraph of another part; the running text goes on behind it.
    pub fn apart(&mut self, text: String, part: Part) {
        let mut block = self.block(text);
        block.part = part;
        self.blocks.push(block);
        self.stop();
    }

    fn block(&self, text: String) -> Block {
        Block { recognised: self.recognised, ..Block::paragraph(self.blocks.len() as u32, text) }
    }

    /// What comes next is no continuation.
    pub fn stop(&mut self) {
        self.last = None;
    }
}

/// Whether a line goes on with the paragraph of the line before it.
fn goes_on(last: &Last, line: &Piece, page: usize, measure: Measure) -> bool {
    let before = &last.piece;
    let tolerance = 0.6 * line.size;
    let is_full = before.x1 + first_word(line) > measure.right - 0.5 * line.size;
    let heading_ends = before.bold && !line.bold || is_capitals(&before.text) != is_capitals(&line.text);
    if starts_entry(&line.text) || heading_ends {
        return false;
    }
    if (before.size - line.size).abs() > 0.6 {
        return false;
    }
    if page != last.page {
        let lower = line.text.starts_with(char::is_lowercase);
        return page == last.page + 1
            && line.x0 <= measure.left + tolerance
            && [is_full, lower, !ends_sentence(&before.text)].iter().filter(|sign| **sign).count() >= 2;
    }
    if line.y - before.y > APART * measure.leading * line.size || !is_full || is_centred(before, measure) {
        return false;
    }
    // Only an entry with its label outside continues further to the right than it began.
    line.x0 <= before.x0 + tolerance || (last.first && last.entry)
}

/// Whether a line in a cell of this width goes on with the line before it.
fn fills(last: &Last, line: &Piece, width: f64) -> bool {
    let used = last.piece.x1 - last.piece.x0 + first_word(line);
    used > width - last.piece.size && !starts_entry(&line.text) && line.y - last.piece.y < 2.6 * line.size
}

/// Whether a line in one of two columns goes on with a recipient, or with a sentence, of the line before it.
fn is_broken_entry(last: &Last, line: &Piece) -> bool {
    let before = &last.piece.text;
    let in_list = last.entry && !ends_sentence(before);
    let lower = line.text.starts_with(char::is_lowercase) && !ends_sentence(before);
    !starts_entry(&line.text)
        && line.y - last.piece.y < 1.7 * line.size
        && (last.piece.size - line.size).abs() < 0.6
        && (in_list || lower)
}

/// Text that begins at the right of the left end and ends as far from the right end.
fn is_centred(line: &Piece, measure: Measure) -> bool {
    let (before, behind) = (line.x0 - measure.left, measure.right - line.x1);
    before > 1.5 * line.size && behind > 1.5 * line.size && (before - behind).abs() < 1.6 * line.size
}

/// Width of the first word with a blank before it.
fn first_word(line: &Piece) -> f64 {
    line.first_word + 0.22 * line.size
}

fn join(text: &mut String, line: &str) {
    // A number broken at its stroke (05-|CT/TW) stands in one word.
    let broken = text.ends_with(['-', '/'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphanumeric)
        && line.starts_with(char::is_alphanumeric);
    if !broken {
        text.push(' ');
    }
    text.push_str(line);
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '!', '?', '…'])
}

/// A heading in capitals; an abbreviation alone on a line is none.
fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 8 && !text.chars().any(char::is_lowercase)
}

/// A bullet or a label in front.
fn starts_entry(text: &str) -> bool {
    let mut words = text.split(' ');
    let Some(first) = words.next() else { return false };
    let mut chars = first.chars();
    let Some(initial) = chars.next() else { return false };
    let rest = chars.as_str();
    match initial {
        '-' | '+' | '–' | '—' | '*' | '•' | '·' | '●' | '▪' | '■' | '◦' | '□' | '☑' | '❖' | '➢' | '✓' => {
            rest.is_empty() || rest.starts_with(char::is_alphabetic)
        }
        'a'..='z' | 'đ' => rest == ")" || rest == ".",
        '0'..='9' => {
            let number = first.trim_end_matches(['.', ')']);
            let short = number.split('.').all(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
            short && (first.ends_with(['.', ')']) || number.contains('.')) && words.next().is_some()
        }
        'I' | 'V' | 'X' => {
            let number = first.trim_end_matches(['.', '-', ')', '/']);
            number.len() < first.len() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
        }
        _ => {
            matches!(first, "Điều" | "Bước" | "Chương" | "Mục" | "Phần")
                && words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit() || "IVX".contains(c)))
                && text.len() < 200
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f64, x1: f64, y: f64) -> Piece {
        Piece { text: text.into(), x0, x1, y, size: 14.0, bold: false, italic: false, first_word: 30.0 }
    }

    const MEASURE: Measure = Measure { left: 85.0, right: 540.0, leading: 1.3 };

    fn paragraphs(lines: Vec<Piece>) -> Vec<String> {
        let mut flow = Flow::default();
        for line in lines {
            flow.line(line, 0, MEASURE);
        }
        flow.blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn full_lines_go_on_and_indents_begin_anew() {
        let found = paragraphs(vec![
            line("Thực hiện kế hoạch của cấp trên, đơn vị xây dựng kế", 120.0, 540.0, 100.0),
            line("hoạch như sau.", 85.0, 170.0, 118.0),
            line("Đối tượng là toàn thể hội viên của các chi hội trong toàn", 120.0, 538.0, 136.0),
            line("xã.", 85.0, 110.0, 154.0),
        ]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|text| text.ends_with('.')));
    }

    #[test]
    fn entries_stand_for_themselves() {
        let found = paragraphs(vec![
            line("- Tập thể có thành tích được bình xét trong đợt thi đua này", 120.0, 540.0, 100.0),
            line("- Cá nhân", 120.0, 180.0, 118.0),
        ]);
        assert_eq!(found.len(), 2);
        assert!(starts_entry("1.2. Yêu cầu") && starts_entry("a) Tập thể") && !starts_entry("30/2020/NĐ-CP"));
        assert!(!starts_entry("2022 là năm"));
    }

    #[test]
    fn a_number_broken_at_its_stroke_is_one_word() {
        let mut text = "Chỉ thị số 05-".to_owned();
        join(&mut text, "CT/TW ngày");
        assert_eq!(text, "Chỉ thị số 05-CT/TW ngày");
    }
}
