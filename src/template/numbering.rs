//! Lists that begin anew with each pass of a loop.
//!
//! Word counts on wherever paragraphs share a list. In a loop that is wanted when each pass is one item, and unwanted
//! when each pass has a list of its own. A list restarts with each pass of a loop when
//! - its items come from a loop inside that loop, or
//! - all of its items (two or more) stand in the body of that loop, after something that is no item, or
//! - the tag `{% restart %}` stands in one of its paragraphs.

use super::flat::Item;
use super::flow::Blocks;
use super::part::{Part, TagId};
use super::styles::Styles;
use super::tag::Statement;
use super::xml::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// A numbered paragraph.
struct Numbered {
    loops: Vec<TagId>,
    level: u32,
    asked: bool,
    /// Something that is no item stands before it in its loop.
    led: bool,
}

/// Finds the lists that a loop restarts.
pub fn plan(part: &Part, items: &[Item], styles: &Styles, blocks: &mut Blocks) {
    let mut lists: BTreeMap<u32, Vec<Numbered>> = BTreeMap::new();
    let mut loops: Vec<TagId> = Vec::new();
    let mut plain_since: BTreeSet<TagId> = BTreeSet::new();
    let asked = asked(part);
    for item in items {
        let elements: Vec<NodeId> = match item {
            Item::Tag(tag) => {
                match part.tags.get(*tag).map(|tag| &tag.statement) {
                    Some(Statement::For { .. }) => loops.push(*tag),
                    Some(Statement::EndFor) => {
                        loops.pop();
                    }
                    _ => {}
                }
                continue;
            }
            Item::Open(id, _) if part.tree.is(*id, "w:p") => vec![*id],
            Item::Xml(range) if !loops.is_empty() => {
                // Nodes are numbered in the order of the document.
                let nodes = part.tree.nodes.get(1..).unwrap_or_default();
                let first = 1 + nodes.partition_point(|node| node.open.start < range.start);
                let after = 1 + nodes.partition_point(|node| node.open.start < range.end);
                (first..after).filter(|id| part.tree.is(*id, "w:p")).collect()
            }
            _ => continue,
        };
        for paragraph in elements {
            match numbering(part, styles, paragraph) {
                Some((number, level)) => {
                    let led = loops.last().is_some_and(|innermost| plain_since.contains(innermost));
                    let asked = asked.contains(&paragraph);
                    lists.entry(number).or_default().push(Numbered { loops: loops.clone(), level, asked, led });
                }
                None => plain_since.extend(loops.last()),
            }
        }
    }
    for (number, paragraphs) in lists {
        if let Some(restarting) = restarting(&paragraphs).filter(|_| styles.counts(number)) {
            blocks.restarts.entry(restarting).or_default().insert(number);
            let brought = styles.lists.iter().filter(|(_, list)| **list == number);
            blocks.list_styles.extend(brought.map(|(style, list)| (style.clone(), *list)));
        }
    }
}

fn restarting(paragraphs: &[Numbered]) -> Option<TagId> {
    if let Some(asked) = paragraphs.iter().find(|paragraph| paragraph.asked) {
        return asked.loops.last().copied();
    }
    let top = paragraphs.iter().map(|paragraph| paragraph.level).min()?;
    let items: Vec<&Numbered> = paragraphs.iter().filter(|paragraph| paragraph.level == top).collect();
    let first = items.first()?;
    let common = |a: &[TagId], b: &[TagId]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let shared = paragraphs.iter().map(|paragraph| common(&first.loops, &paragraph.loops)).min()?;
    if items.len() == 1 {
        let depth = first.loops.len();
        return depth.checked_sub(2).filter(|_| shared + 1 >= depth).and_then(|at| first.loops.get(at)).copied();
    }
    if !first.led && items.iter().all(|item| item.loops.len() == shared) {
        return None;
    }
    shared.checked_sub(1).and_then(|at| first.loops.get(at)).copied()
}

/// Paragraphs with the tag `{% restart %}`.
fn asked(part: &Part) -> BTreeSet<NodeId> {
    let restarts = part.tags.iter().filter(|tag| tag.statement == Statement::Restart);
    restarts.filter_map(|tag| part.tree.ancestor(tag.node, "w:p")).collect()
}

/// List and level of a paragraph, by its own properties or its style's.
pub fn numbering(part: &Part, styles: &Styles, paragraph: NodeId) -> Option<(u32, u32)> {
    let tree = &part.tree;
    let properties = tree.child(paragraph, "w:pPr")?;
    let value = |id: NodeId| tree.attr(id, "w:val").and_then(|value| value.parse::<u32>().ok());
    if let Some(list) = tree.child(properties, "w:numPr") {
        let number = tree.child(list, "w:numId").and_then(value).filter(|number| *number > 0)?;
        let level = tree.child(list, "w:ilvl").and_then(value).unwrap_or(0);
        return Some((number, level));
    }
    let style = tree.child(properties, "w:pStyle").and_then(|id| tree.attr(id, "w:val"))?;
    styles.lists.get(style).map(|number| (*number, 0))
}
