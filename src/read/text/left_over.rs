//! Marks of other programs that were dropped from a plain text: said once for each kind, at the first place.

use super::{emphasis, lines};
use crate::model::{Block, Finding};
use crate::read::clean::tidy;
use crate::read::gaps::Gap;

/// What is to be said of the marks that are no longer in the blocks of a text.
///
/// Strong words within a line are how texts are marked up; marks that a line opens and does not close were pasted.
pub fn notices(text: &str, blocks: &[Block]) -> Vec<Finding> {
    let mut emphasis = None;
    let mut field = None;
    if text.contains("**") || text.contains("PAGE") {
        let mut before = String::new();
        for line in lines::split(text) {
            let line = tidy(line.trim().to_owned());
            if lines::is_field_word(&line) {
                field.get_or_insert_with(|| place(blocks, &before));
            } else if !line.is_empty() {
                before = emphasis::strip(&line).0.into_owned();
                if line.contains("**") && emphasis::is_open(&line) {
                    emphasis.get_or_insert_with(|| place(blocks, &before));
                }
            }
        }
    }
    let said = [(emphasis, Gap::LeftOver("**")), (field, Gap::LeftOver("PAGE"))];
    said.into_iter().filter_map(|(place, gap)| place.map(|block| gap.finding(block))).collect()
}

/// The first block that holds a line; the first of all where none does.
fn place(blocks: &[Block], line: &str) -> u32 {
    let line = line.trim();
    blocks.iter().find(|block| !line.is_empty() && block.text.contains(line)).map_or(0, |block| block.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropped_marks_are_said_once_at_their_place() {
        let blocks =
            |texts: &[&str]| (0..).zip(texts).map(|(id, text)| Block::paragraph(id, *text)).collect::<Vec<_>>();
        let text = "KẾ HOẠCH\nPAGE\n**TM. BAN THƯỜNG VỤ\nCHỦ TỊCH**\n";
        let found = notices(text, &blocks(&["KẾ HOẠCH", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]));
        let said: Vec<_> = found.iter().map(|f| (f.args["what"].as_str(), f.span.map(|span| span.block))).collect();
        assert_eq!(said, [("**", Some(1)), ("PAGE", Some(0))]);
        assert!(notices("1. **Tên gọi:** 130 công trình\n2 ** 3\n", &blocks(&["1. Tên gọi:"])).is_empty());
    }
}
