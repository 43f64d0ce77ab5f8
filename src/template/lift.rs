//! Tags that take their paragraph, row or cell with them, and tags that change a cell.

use super::fault::Fault;
use super::part::{Inline, Part, TagId};
use super::tag::{Scope, Statement};
use super::xml::{Kind, NodeId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of an element that carries scoped tags.
#[derive(Debug, Default)]
pub struct Lift {
    /// Tags in front of it.
    pub before: Vec<TagId>,
    /// The element itself stays.
    pub keep: bool,
    /// Tags after it.
    pub after: Vec<TagId>,
}

/// Changes to one cell.
#[derive(Debug, Default, Clone)]
pub struct CellEdit {
    /// `{% cellbg %}`.
    pub colour: Option<TagId>,
    /// `{% colspan %}`.
    pub span: Option<TagId>,
    /// `{% hm %}`.
    pub across: Option<TagId>,
    /// `{% vm %}`.
    pub down: Option<TagId>,
}

/// All changes to the elements of a part.
#[derive(Debug, Default)]
pub struct Lifts {
    /// Elements that scoped tags replace or surround.
    pub elements: BTreeMap<NodeId, Lift>,
    /// Cells that change.
    pub cells: BTreeMap<NodeId, CellEdit>,
    /// Tables whose number of columns depends on data.
    pub grids: BTreeSet<NodeId>,
    /// Tables whose rows depend on data.
    pub tables: BTreeSet<NodeId>,
    /// Rows whose cells depend on data.
    pub rows: BTreeSet<NodeId>,
    /// Tags that are carried out by their element and print nothing where they stand.
    pub gone: BTreeSet<TagId>,
}

/// Finds the elements that tags take with them. `tidy` lifts paragraphs that hold nothing but `{% … %}` tags, too.
pub fn lift(part: &mut Part, tidy: bool) -> Lifts {
    let mut lifts = Lifts::default();
    let mut carriers: BTreeMap<(NodeId, Scope), Vec<TagId>> = BTreeMap::new();
    if tidy {
        tidy_scopes(part);
    }
    for id in 0..part.tags.len() {
        let tag = &part.tags[id];
        let (node, scope) = (tag.node, tag.scope);
        let mut edit = |change: fn(&mut CellEdit, TagId)| match part.tree.ancestor(node, "w:tc") {
            Some(cell) => {
                change(lifts.cells.entry(cell).or_default(), id);
                lifts.gone.insert(id);
                true
            }
            None => false,
        };
        let placed = match &tag.statement {
            Statement::CellColour(_) => edit(|cell, id| cell.colour = Some(id)),
            Statement::ColumnSpan(_) => edit(|cell, id| cell.span = Some(id)),
            Statement::MergeAcross => edit(|cell, id| cell.across = Some(id)),
            Statement::MergeDown(_) => edit(|cell, id| cell.down = Some(id)),
            _ => true,
        };
        if !placed {
            part.faults.push(Fault::error("outside-cell", &tag.place, &tag.inner));
            continue;
        }
        let Some(element) = scope.element().filter(|_| scope != Scope::Run) else { continue };
        match part.tree.ancestor(node, element) {
            Some(carrier) => carriers.entry((carrier, scope)).or_default().push(id),
            None => {
                let code = match scope {
                    Scope::Row => "row-outside-table",
                    Scope::Cell => "cell-outside-table",
                    _ => "outside-paragraph",
                };
                part.faults.push(Fault::error(code, &tag.place, &tag.inner));
            }
        }
    }
    for ((carrier, scope), tags) in carriers {
        let plan = plan(part, carrier, scope, &tags);
        lifts.gone.extend(tags.iter().copied());
        note_tables(&part.tree, carrier, scope, &mut lifts);
        lifts.elements.insert(carrier, plan);
    }
    for (cell, edit) in &lifts.cells {
        if edit.span.is_some() || edit.across.is_some() {
            lifts.grids.extend(part.tree.ancestor(*cell, "w:tbl"));
        }
    }
    lifts
}

fn note_tables(tree: &Tree, carrier: NodeId, scope: Scope, lifts: &mut Lifts) {
    match scope {
        Scope::Row => lifts.tables.extend(tree.ancestor(carrier, "w:tbl")),
        Scope::Cell => {
            lifts.rows.extend(tree.ancestor(carrier, "w:tr"));
            lifts.grids.extend(tree.ancestor(carrier, "w:tbl"));
        }
        _ => {}
    }
}

/// Decides whether an element goes with its tags or stays between them: a row that holds both `{%tr for … %}` and its
/// `{%tr endfor %}` is the row to repeat.
fn plan(part: &mut Part, carrier: NodeId, scope: Scope, tags: &[TagId]) -> Lift {
    let rest = other_content(part, carrier, tags);
    let comment_only = tags.iter().all(|id| part.tags[*id].statement == Statement::Comment);
    if rest == Rest::Nothing || comment_only {
        return Lift { before: tags.to_vec(), ..Lift::default() };
    }
    let mut depth = 0_i32;
    let mut lowest = 0_i32;
    for id in tags {
        match &part.tags[*id].statement {
            Statement::If(_) | Statement::For { .. } | Statement::With(_) => depth += 1,
            Statement::EndIf | Statement::EndFor | Statement::EndWith => depth -= 1,
            Statement::Print(_) => lowest = -1,
            _ => {}
        }
        lowest = lowest.min(depth);
    }
    let closes =
        |id: &TagId| matches!(part.tags[*id].statement, Statement::EndIf | Statement::EndFor | Statement::EndWith);
    if depth == 0 && lowest == 0 && tags.iter().any(closes) {
        let first_close = tags.iter().position(closes).unwrap_or(tags.len());
        let (before, after) = tags.split_at(first_close);
        return Lift { before: before.to_vec(), keep: true, after: after.to_vec() };
    }
    let code = match rest {
        Rest::Tags if scope != Scope::Paragraph => "tags-lost",
        _ => "text-lost",
    };
    if let Some(first) = tags.first() {
        let place = part.tags[*first].place.clone();
        let inner = part.tags[*first].inner.clone();
        part.faults.push(match code {
            "tags-lost" => Fault::error(code, &place, inner),
            _ => Fault::warning(code, &place, inner),
        });
    }
    Lift { before: tags.to_vec(), ..Lift::default() }
}

#[derive(Debug, PartialEq, Eq)]
enum Rest {
    Nothing,
    Text,
    Tags,
}

/// What an element holds beside the given tags.
fn other_content(part: &Part, carrier: NodeId, tags: &[TagId]) -> Rest {
    let tree = &part.tree;
    let mut rest = Rest::Nothing;
    for id in carrier + 1..tree.subtree_end(carrier) {
        if let Some(pieces) = part.inline.get(&id) {
            for piece in pieces {
                match piece {
                    Inline::Tag(tag) if tags.contains(tag) => {}
                    Inline::Tag(tag) if part.tags[*tag].statement == Statement::Comment => {}
                    Inline::Tag(_) => return Rest::Tags,
                    Inline::Text(text) if !text.trim().is_empty() => rest = Rest::Text,
                    _ => {}
                }
            }
            continue;
        }
        match tree.node(id).kind {
            Kind::Text | Kind::CData
                if matches!(tree.name(tree.node(id).parent), "w:t" | "w:instrText" | "m:t")
                    && !tree.text(id).trim().is_empty() =>
            {
                rest = Rest::Text;
            }
            Kind::Element(_) if matches!(tree.name(id), "w:drawing" | "w:pict" | "w:object") => rest = Rest::Text,
            _ => {}
        }
    }
    rest
}

/// Gives the scope of the paragraph to tags that stand alone in one.
fn tidy_scopes(part: &mut Part) {
    let mut by_paragraph: BTreeMap<NodeId, Vec<TagId>> = BTreeMap::new();
    for (id, tag) in part.tags.iter().enumerate() {
        if let Some(paragraph) = part.tree.ancestor(tag.node, "w:p") {
            by_paragraph.entry(paragraph).or_default().push(id);
        }
    }
    for (paragraph, tags) in by_paragraph {
        let flows = |id: &TagId| {
            let tag = &part.tags[*id];
            tag.scope == Scope::Inline
                && !tag.trim_before
                && !tag.trim_after
                && matches!(
                    tag.statement,
                    Statement::If(_)
                        | Statement::Elif(_)
                        | Statement::Else
                        | Statement::EndIf
                        | Statement::For { .. }
                        | Statement::EndFor
                        | Statement::Set(..)
                        | Statement::SetField(..)
                        | Statement::Comment
                )
        };
        if tags.iter().all(flows) && other_content(part, paragraph, &tags) == Rest::Nothing {
            for id in tags {
                part.tags[id].scope = Scope::Paragraph;
            }
        }
    }
}
