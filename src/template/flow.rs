//! Checks that blocks open and close properly.

use super::expr::{Expr, names};
use super::fault::Fault;
use super::flat::Item;
use super::part::{Part, TagId};
use super::tag::Statement;
use super::xml::NodeId;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    If,
    For,
    Set,
    With,
    Filter,
}

impl Block {
    fn end(self) -> &'static str {
        match self {
            Self::If => "endif",
            Self::For => "endfor",
            Self::Set => "endset",
            Self::With => "endwith",
            Self::Filter => "endfilter",
        }
    }
}

struct Open {
    block: Block,
    tag: TagId,
    path: Vec<NodeId>,
    has_else: bool,
}

/// What the check has found out about the blocks of a part.
#[derive(Debug, Default)]
pub struct Blocks {
    /// Loops that look at their neighbours (`loop.previtem`).
    pub neighbours: BTreeSet<TagId>,
    /// For each tag, the loops around it, from the outside in.
    pub loops: BTreeMap<TagId, Vec<TagId>>,
    /// Elements whose numbering starts anew, by the loop that restarts it: (loop, number).
    pub restarts: BTreeMap<TagId, BTreeSet<u32>>,
    /// Paragraph styles that bring one of these lists along.
    pub list_styles: BTreeMap<String, u32>,
}

/// Pairs the blocks of a part; what is wrong goes to the part's faults.
pub fn check(part: &mut Part, items: &[Item]) -> Blocks {
    let mut blocks = Blocks::default();
    let mut stack: Vec<Open> = Vec::new();
    let mut path: Vec<NodeId> = Vec::new();
    let mut faults = Vec::new();
    for item in items {
        let tag = match item {
            Item::Open(id, inner) => {
                for item in inner.iter().flatten() {
                    if let Item::Tag(tag) = item {
                        visit(part, *tag, &path, &mut stack, &mut blocks, &mut faults);
                    }
                }
                path.push(*id);
                continue;
            }
            Item::Close(_) => {
                path.pop();
                continue;
            }
            Item::Tag(tag) => *tag,
            Item::IfFirst | Item::LoopSpan(_) => {
                if !stack.iter().any(|open| open.block == Block::For) {
                    let cell = part
                        .tags
                        .iter()
                        .find(|tag| matches!(tag.statement, Statement::MergeAcross | Statement::MergeDown(None)));
                    if let Some(tag) = cell {
                        faults.push(Fault::error("merge-outside-loop", &tag.place, &tag.inner));
                    }
                }
                continue;
            }
            _ => continue,
        };
        visit(part, tag, &path, &mut stack, &mut blocks, &mut faults);
    }
    for open in stack {
        let tag = &part.tags[open.tag];
        faults.push(Fault::error("block-open", &tag.place, open.block.end()));
    }
    faults.dedup();
    part.faults.append(&mut faults);
    blocks
}

fn visit(part: &Part, id: TagId, path: &[NodeId], stack: &mut Vec<Open>, blocks: &mut Blocks, faults: &mut Vec<Fault>) {
    let tag = &part.tags[id];
    let loops: Vec<TagId> = stack.iter().filter(|open| open.block == Block::For).map(|open| open.tag).collect();
    if let Some(last) = loops.last()
        && expressions(&tag.statement).iter().any(|expr| looks_at_neighbours(expr))
    {
        blocks.neighbours.insert(*last);
    }
    blocks.loops.insert(id, loops);
    let mut begin = |block| stack.push(Open { block, tag: id, path: path.to_vec(), has_else: false });
    let closes = match &tag.statement {
        Statement::If(_) => return begin(Block::If),
        Statement::For { .. } => return begin(Block::For),
        Statement::SetBlock(_) => return begin(Block::Set),
        Statement::With(_) => return begin(Block::With),
        Statement::Filter(..) => return begin(Block::Filter),
        Statement::Elif(_) | Statement::Else => None,
        Statement::EndIf => Some(Block::If),
        Statement::EndFor => Some(Block::For),
        Statement::EndSet => Some(Block::Set),
        Statement::EndWith => Some(Block::With),
        Statement::EndFilter => Some(Block::Filter),
        Statement::Break | Statement::Continue => {
            if !stack.iter().any(|open| open.block == Block::For) {
                faults.push(Fault::error("outside-loop", &tag.place, &tag.inner));
            }
            return;
        }
        _ => return,
    };
    let Some(open) = stack.last_mut() else {
        faults.push(Fault::error("not-opened", &tag.place, &tag.inner));
        return;
    };
    let opening = &part.tags[open.tag];
    let fits = match closes {
        Some(block) => block == open.block,
        None => matches!(open.block, Block::If | Block::For) && !(open.has_else),
    };
    if !fits {
        let code = if closes.is_some() { "crossed" } else { "stray-else" };
        faults.push(Fault::error(code, &tag.place, &tag.inner).and(&opening.place));
        // The inner block is taken as closed when an outer one of the right kind is open: one fault, not many.
        if let Some(block) = closes
            && let Some(at) = stack.iter().rposition(|open| open.block == block)
        {
            stack.truncate(at);
        }
        return;
    }
    if !mirrors(part, &open.path, path) {
        faults.push(Fault::error("crossed-structure", &tag.place, &tag.inner).and(&opening.place));
    }
    match closes {
        Some(_) => {
            stack.pop();
        }
        None => {
            open.path = path.to_vec();
            open.has_else = matches!(tag.statement, Statement::Else);
        }
    }
}

/// What stands between two places can be left out or repeated when what closes there opens again in the same order.
fn mirrors(part: &Part, from: &[NodeId], to: &[NodeId]) -> bool {
    let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let names = |path: &[NodeId]| -> Vec<String> {
        path.iter().skip(common).map(|id| part.tree.name(*id).to_owned()).collect()
    };
    names(from) == names(to)
}

/// The expressions of a statement.
#[must_use]
pub fn expressions(statement: &Statement) -> Vec<&Expr> {
    match statement {
        Statement::Print(expr)
        | Statement::If(expr)
        | Statement::Elif(expr)
        | Statement::Set(_, expr)
        | Statement::SetField(_, _, expr)
        | Statement::CellColour(expr)
        | Statement::ColumnSpan(expr)
        | Statement::MergeDown(Some(expr)) => vec![expr],
        Statement::For { list, condition, .. } => std::iter::once(list).chain(condition).collect(),
        Statement::With(pairs) => pairs.iter().map(|(_, expr)| expr).collect(),
        Statement::Filter(_, args) => args.positional.iter().chain(args.named.iter().map(|(_, expr)| expr)).collect(),
        _ => Vec::new(),
    }
}

fn looks_at_neighbours(expr: &Expr) -> bool {
    names::uses(expr, false)
        .iter()
        .any(|used| matches!(used.path.as_slice(), [a, b, ..] if a == "loop" && (b == "previtem" || b == "nextitem")))
}
