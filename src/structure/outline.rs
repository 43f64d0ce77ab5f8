//! Sections, headings, and which block governs which.

use super::Zone;
use super::label::{Kind, capitals};
use crate::language::fold::fold;
use crate::model::{Block, BlockKind, OutlineNode, Part};
use crate::pack::{FormWords, leading};

/// What the outline says about the blocks.
pub struct Outline {
    /// Headings as a tree.
    pub tree: Vec<OutlineNode>,
    /// The governing block of each block.
    pub parents: Vec<Option<u32>>,
}

/// An open heading or entry.
#[derive(Debug)]
struct Open {
    rank: Rank,
    block: u32,
    /// Path of the section that it opens; `None` for bullets and lead-ins.
    section: Option<String>,
    heading: bool,
    /// Ends with a colon: what follows is below it, whatever its mark.
    leads: bool,
}

/// Order of what may stand in what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A heading by style, with its level.
    Style(u8),
    /// A label that numbers.
    Labelled(Kind),
    /// An unlabelled paragraph that leads to a list.
    Lead,
    /// A bullet.
    Bullet(Kind),
}

/// Settles kinds and sections of the blocks.
pub fn settle(blocks: &mut [Block], kinds: &[Option<Kind>], zones: &[Zone], words: &FormWords) -> Outline {
    let closing = closing(blocks, kinds, zones, words);
    let mut parents = vec![None; blocks.len()];
    let mut headings: Vec<(u32, Option<u32>)> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut annex = false;
    for at in 0..blocks.len() {
        let zone = zones.get(at).copied().unwrap_or(Zone::Body);
        if !matches!(zone, Zone::Opening | Zone::Body | Zone::Annex) {
            if kinds.get(at).copied().flatten().is_some() {
                mark_item(&mut blocks[at]);
            }
            continue;
        }
        if zone == Zone::Annex && !annex {
            annex = true;
            stack.clear();
        }
        if closing.contains(&at) {
            stack.clear();
            continue;
        }
        let kind = kinds.get(at).copied().flatten();
        let block = &mut blocks[at];
        if block.cell.is_some() || block.part == Part::Note {
            let section = stack.iter().rev().find(|open| open.section.is_some());
            parents[at] = section.map(|open| open.block);
            block.section = section.and_then(|open| open.section.clone());
            continue;
        }
        let rank = rank(block, kind);
        if let Some(rank) = rank {
            close(&mut stack, rank);
        } else if block.text.starts_with('(') {
            // A remark in brackets belongs to the entry above it.
        } else {
            while stack.last().is_some_and(|open| open.section.is_none()) {
                stack.pop();
            }
        }
        parents[at] = stack.last().map(|open| open.block);
        let heading = is_heading(block, kind);
        let above = stack.iter().rev().find_map(|open| open.section.as_deref().map(|s| (open.rank, s)));
        let section = match rank {
            Some(rank @ Rank::Labelled(kind)) => {
                let label = block.label.as_deref().map(bare).unwrap_or_default();
                let parent = if matches!(kind, Kind::Number(2..)) { number_parent(&stack) } else { above };
                Some(path(parent.map(|(_, section)| section), &label)).filter(|_| rank < Rank::Lead)
            }
            Some(Rank::Style(_)) => above.map(|(_, s)| s.to_owned()),
            _ => None,
        };
        block.section = section.clone().or_else(|| above.map(|(_, s)| s.to_owned()));
        if heading {
            block.kind = BlockKind::Heading;
            let up = stack.iter().rev().find(|open| open.heading).map(|open| open.block);
            headings.push((block.id, up));
        } else if kind.is_some() {
            mark_item(block);
        }
        if let Some(rank) = rank {
            let leads = block.text.ends_with(':');
            stack.push(Open { rank, block: block.id, section, heading, leads });
        }
    }
    Outline { tree: tree(blocks, &headings), parents }
}

/// The closing paragraphs (`Trên đây là …`): unlabelled, at the end of the body; no section holds them.
fn closing(blocks: &[Block], kinds: &[Option<Kind>], zones: &[Zone], words: &FormWords) -> std::ops::Range<usize> {
    const PARAGRAPHS: usize = 6;
    let end = zones.iter().position(|z| matches!(z, Zone::Signature | Zone::Recipients)).unwrap_or(zones.len());
    let in_body = |at: &usize| zones.get(*at) == Some(&Zone::Body);
    let Some(last) = (0..end).rev().take(PARAGRAPHS).find(in_body) else { return 0..0 };
    let opens = |at: &usize| {
        blocks.get(*at).is_some_and(|block| {
            let head: String = block.text.chars().take(40).collect();
            leading(&fold(&head), &words.closing).is_some()
        })
    };
    let plain =
        |at: &usize| in_body(at) && kinds.get(*at) == Some(&None) && blocks.get(*at).is_some_and(|b| b.cell.is_none());
    let run = (0..=last).rev().take(PARAGRAPHS).take_while(plain).filter(opens).last();
    run.map_or(0..0, |first| first..last + 1)
}

fn mark_item(block: &mut Block) {
    if block.kind == BlockKind::Paragraph && block.cell.is_none() {
        block.kind = BlockKind::ListItem;
    }
}

fn rank(block: &Block, kind: Option<Kind>) -> Option<Rank> {
    match kind {
        Some(kind) if kind.is_bullet() => Some(Rank::Bullet(kind)),
        Some(kind) => Some(Rank::Labelled(kind)),
        None if block.kind == BlockKind::Heading => Some(Rank::Style(block.hints.outline_level.unwrap_or(0))),
        None if block.text.ends_with(':') && !capitals(&block.text) => Some(Rank::Lead),
        None => None,
    }
}

/// Closes what cannot hold an entry of this rank.
fn close(stack: &mut Vec<Open>, rank: Rank) {
    let list = |rank: Rank| rank >= Rank::Labelled(Kind::Letter);
    while let Some(top) = stack.last() {
        let governs = if list(rank) && list(top.rank) && top.rank != rank {
            let open_below =
                stack.iter().rev().skip(1).take_while(|open| list(open.rank)).any(|open| open.rank == rank);
            !open_below && (top.leads || top.rank < rank)
        } else {
            top.rank < rank
        };
        if governs {
            break;
        }
        stack.pop();
    }
}

/// `1.1` has its first number from the `1` above it: the path goes on from what stands above that.
fn number_parent(stack: &[Open]) -> Option<(Rank, &str)> {
    let above =
        stack.iter().rev().find(|open| open.section.is_some() && !matches!(open.rank, Rank::Labelled(Kind::Number(_))));
    above.and_then(|open| open.section.as_deref().map(|section| (open.rank, section)))
}

/// A label without its closing mark.
fn bare(label: &str) -> String {
    let bare = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | '(' | '/' | ':' | '-' | '–'));
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn path(parent: Option<&str>, label: &str) -> String {
    parent.map_or_else(|| label.to_owned(), |parent| format!("{parent}.{label}"))
}

/// Whether a block is a heading: by style, or by its label and look.
fn is_heading(block: &Block, kind: Option<Kind>) -> bool {
    const TITLE: usize = 170;
    if block.kind == BlockKind::Heading {
        return true;
    }
    let text = block.text.as_str();
    match kind {
        Some(Kind::Part | Kind::Chapter | Kind::Section | Kind::Subsection) => true,
        Some(Kind::Upper | Kind::Roman) => capitals(text) || text.chars().count() <= 240,
        Some(Kind::Article | Kind::Number(_)) => {
            capitals(text) || (text.chars().count() <= TITLE && !text.ends_with(['.', ';', ',']) && !has_content(text))
        }
        _ => false,
    }
}

/// `Thời gian: từ tháng 3`: the heading and what it says in one.
fn has_content(text: &str) -> bool {
    text.find(':').is_some_and(|at| at + 1 < text.trim_end().len())
}

/// The tree of headings from (block, heading above).
fn tree(blocks: &[Block], headings: &[(u32, Option<u32>)]) -> Vec<OutlineNode> {
    let mut path: Vec<OutlineNode> = Vec::new();
    let mut roots = Vec::new();
    let close = |path: &mut Vec<OutlineNode>, roots: &mut Vec<OutlineNode>| {
        if let Some(done) = path.pop() {
            match path.last_mut() {
                Some(parent) => parent.children.push(done),
                None => roots.push(done),
            }
        }
    };
    for (block, up) in headings {
        while path.last().is_some_and(|node| Some(node.block) != *up) {
            close(&mut path, &mut roots);
        }
        path.push(node(blocks, *block, path.len() as u32 + 1));
    }
    while !path.is_empty() {
        close(&mut path, &mut roots);
    }
    roots
}

fn node(blocks: &[Block], id: u32, depth: u32) -> OutlineNode {
    let block = blocks.get(id as usize);
    let label = block.and_then(|b| b.label.as_deref()).unwrap_or_default();
    let label = label.strip_suffix('.').unwrap_or(label).to_owned();
    let mut title = block.map(|b| b.text.clone()).unwrap_or_default();
    if title.is_empty() {
        // `Chương I` on a line of its own: the title stands below it.
        let below = blocks.get(id as usize + 1).filter(|b| b.label.is_none() && b.text.chars().count() <= 200);
        title = below.map(|b| b.text.clone()).unwrap_or_default();
    }
    OutlineNode { label, title, depth, block: id, children: Vec::new() }
}
