//! Which passage of the plan speaks of the same thing: by the words that two passages share.

use crate::compose::plan::Parent;
use crate::language::fold::fold;
use crate::model::{CellRef, Span};
use crate::structure::Zone;
use std::collections::BTreeSet;

/// The words of a text, folded, without figures.
pub type Words = BTreeSet<String>;

/// The words of a text; figures say nothing about what a passage is about.
#[must_use]
pub fn words(text: &str) -> Words {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// The share of the wanted words that are there, 0 to 1.
#[must_use]
pub fn share(wanted: &Words, there: &Words) -> f64 {
    if wanted.is_empty() {
        return 0.0;
    }
    wanted.intersection(there).count() as f64 / wanted.len() as f64
}

/// How alike two sets are, 0 to 1.
#[must_use]
pub fn alike(a: &Words, b: &Words) -> f64 {
    let union = a.union(b).count();
    if union == 0 { 0.0 } else { a.intersection(b).count() as f64 / union as f64 }
}

/// A paragraph, or a row of a table with all of its cells.
#[derive(Debug, Clone)]
pub struct Line {
    /// First block.
    pub block: u32,
    /// All blocks.
    pub blocks: Vec<u32>,
    /// Text of all blocks.
    pub text: String,
    /// Its words.
    pub words: Words,
}

/// The lines of the running text and the annexes.
#[must_use]
pub fn lines(plan: &Parent) -> Vec<Line> {
    let mut out: Vec<(Option<(u32, u32)>, Line)> = Vec::new();
    for block in &plan.document.blocks {
        let zone = plan.structure.zones.get(block.id as usize).copied().unwrap_or(Zone::Body);
        if !matches!(zone, Zone::Body | Zone::Annex | Zone::Opening | Zone::Title) {
            continue;
        }
        let row = block.cell.map(|CellRef { table, row, .. }| (table, row));
        if let Some((last, line)) = out.last_mut()
            && row.is_some()
            && *last == row
        {
            line.blocks.push(block.id);
            line.text.push_str(" | ");
            line.text.push_str(&block.text);
            continue;
        }
        let line = Line { block: block.id, blocks: vec![block.id], text: block.text.clone(), words: Words::new() };
        out.push((row, line));
    }
    out.into_iter()
        .map(|(_, mut line)| {
            line.words = words(&line.text);
            line
        })
        .collect()
}

/// The line that a span stands in.
#[must_use]
pub fn line_of(lines: &[Line], span: Span) -> Option<&Line> {
    lines.iter().find(|line| line.blocks.contains(&span.block))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_spellings_do_not_count() {
        assert_eq!(words("Ít nhất 06 công trình, hoà giải"), words("ít nhất 5 công trình; hòa giải"));
        assert!(share(&words("gửi báo cáo"), &words("gửi báo cáo kết quả")) > 0.99);
        assert!(alike(&words("a b c"), &words("a b d")) < 0.6);
    }
}
