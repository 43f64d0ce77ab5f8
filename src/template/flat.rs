//! A part as a flat list of XML and tags, with every structural change made.

use super::expr::emit::{MARK, MARK_END};
use super::lift::{CellEdit, Lift, Lifts};
use super::part::{Inline, Part, TagId};
use super::tag::{Scope, Statement};
use super::xml::{Kind, NodeId};
use crate::guard::write::xml_text;
use std::collections::BTreeSet;
use std::ops::Range;

/// One element of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Bytes of the part as they are.
    Xml(Range<usize>),
    /// Other XML; well-formed in itself, or text.
    Str(String),
    /// A start tag; the text when it differs from the part's.
    Open(NodeId, Option<Box<[Item]>>),
    /// An end tag.
    Close(NodeId),
    /// A tag.
    Tag(TagId),
    /// A condition of our own: true in the first pass of the loop around it.
    IfFirst,
    /// A condition of our own: true when the cell begins a merged group.
    IfGroupStarts(TagId),
    /// The other branch of the same.
    Else,
    /// The end of the same.
    EndIf,
    /// A value of our own: the number of columns of a cell merged over a loop, times the given span.
    LoopSpan(u32),
    /// A value of our own: `restart` or `continue`.
    MergeState(TagId),
}

/// The mark that the last pass acts on.
#[must_use]
pub fn mark(kind: char, number: Option<usize>) -> Item {
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    Item::Str(format!("{MARK}{kind}{number}{MARK_END}"))
}

/// Writes a part as a flat list.
#[must_use]
pub fn flatten(part: &Part, lifts: &Lifts) -> Vec<Item> {
    let mut flattener = Flattener { part, lifts, dirty: dirty(part, lifts), out: Vec::new() };
    flattener.children(0);
    let mut out = flattener.out;
    trims(part, &mut out);
    out
}

struct Flattener<'a> {
    part: &'a Part,
    lifts: &'a Lifts,
    dirty: BTreeSet<NodeId>,
    out: Vec<Item>,
}

/// Elements in which something changes.
fn dirty(part: &Part, lifts: &Lifts) -> BTreeSet<NodeId> {
    let mut dirty = BTreeSet::new();
    let has_trims = part.tags.iter().any(|tag| tag.trim_after || tag.trim_before);
    let changed = part
        .inline
        .keys()
        .chain(&part.swallowed)
        .chain(lifts.elements.keys())
        .chain(lifts.cells.keys())
        .copied()
        .chain((1..part.tree.nodes.len()).filter(|id| has_trims && part.tree.is(*id, "w:t")));
    for id in changed {
        for up in std::iter::once(id).chain(part.tree.ancestors(id)) {
            if !dirty.insert(up) {
                break;
            }
        }
    }
    dirty
}

impl Flattener<'_> {
    fn children(&mut self, id: NodeId) {
        for child in &self.part.tree.node(id).children {
            self.node(*child);
        }
    }

    fn node(&mut self, id: NodeId) {
        if self.part.swallowed.contains(&id) {
            return;
        }
        let node = self.part.tree.node(id);
        match node.kind {
            Kind::Text | Kind::CData => match self.part.inline.get(&id) {
                Some(pieces) => self.inline(pieces),
                None => self.out.push(Item::Xml(node.open.clone())),
            },
            Kind::Element(_) if self.dirty.contains(&id) => match self.lifts.elements.get(&id) {
                Some(Lift { before, keep, after }) => {
                    self.out.extend(before.iter().map(|tag| Item::Tag(*tag)));
                    if *keep {
                        self.element(id);
                    }
                    self.out.extend(after.iter().map(|tag| Item::Tag(*tag)));
                }
                None => self.element(id),
            },
            _ => self.out.push(Item::Xml(self.part.tree.whole(id))),
        }
    }

    fn inline(&mut self, pieces: &[Inline]) {
        for piece in pieces {
            match piece {
                Inline::Text(text) => self.out.push(Item::Str(xml_text(text).into_owned())),
                Inline::Xml(xml) => self.out.push(Item::Str(xml.clone())),
                Inline::Tag(tag) if self.lifts.gone.contains(tag) => {}
                Inline::Tag(tag) => self.out.push(Item::Tag(*tag)),
            }
        }
    }

    fn element(&mut self, id: NodeId) {
        let tree = &self.part.tree;
        match tree.name(id) {
            "w:r" => self.run(id),
            "w:tc" => self.cell(id),
            name => {
                let grid = name == "w:tbl" && self.lifts.grids.contains(&id);
                let watched = grid || self.lifts.tables.contains(&id) || self.lifts.rows.contains(&id);
                if watched {
                    self.out.push(mark('G', Some(usize::from(grid))));
                }
                self.open(id);
                self.children(id);
                self.guard(id);
                self.close(id);
                if watched {
                    self.out.push(mark('H', None));
                }
            }
        }
    }

    fn open(&mut self, id: NodeId) {
        let tree = &self.part.tree;
        let node = tree.node(id);
        let written = match self.part.inline.get(&id) {
            Some(pieces) => {
                let mut inner =
                    Flattener { part: self.part, lifts: self.lifts, dirty: BTreeSet::new(), out: Vec::new() };
                inner.inline(pieces);
                Some(inner.out.into_boxed_slice())
            }
            None if tree.is(id, "w:t") && tree.attr(id, "xml:space").is_none() => {
                Some(Box::from([Item::Str("<w:t xml:space=\"preserve\">".to_owned())]))
            }
            None => None,
        };
        if node.kind == Kind::Element(true) {
            // An element without content is no level of its own.
            match written {
                Some(items) => self.out.extend(items),
                None => self.out.push(Item::Xml(node.open.clone())),
            }
        } else {
            self.out.push(Item::Open(id, written));
        }
    }

    fn close(&mut self, id: NodeId) {
        if self.part.tree.node(id).kind != Kind::Element(true) {
            self.out.push(Item::Close(id));
        }
    }

    /// Marks where a container may be left without a paragraph; the last pass looks after it.
    fn guard(&mut self, id: NodeId) {
        let tree = &self.part.tree;
        match tree.name(id) {
            "w:tc" | "w:txbxContent" | "w:comment" | "w:footnote" | "w:endnote" | "w:hdr" | "w:ftr"
            | "w:sdtContent" => {
                let blocks = |child: &NodeId| matches!(tree.name(*child), "w:p" | "w:tbl" | "w:sdt");
                let children = &tree.node(id).children;
                let holds_blocks = children.iter().any(blocks);
                let last = children.iter().rev().find(|child| blocks(child));
                let ends_with_paragraph = last.is_some_and(|last| tree.is(*last, "w:p"));
                let in_flow = children.iter().any(|child| self.lifts.elements.contains_key(child));
                if holds_blocks && (in_flow || !ends_with_paragraph) {
                    self.out.push(mark('c', None));
                }
            }
            _ => {}
        }
    }

    /// A run; `{%r … %}` and `{{r … }}` stand between runs, so the run is cut there.
    fn run(&mut self, id: NodeId) {
        let before = std::mem::take(&mut self.out);
        self.open(id);
        self.children(id);
        self.close(id);
        let items = std::mem::replace(&mut self.out, before);
        let is_cut = |item: &Item| matches!(item, Item::Tag(tag) if self.part.tags[*tag].scope == Scope::Run);
        if !items.iter().any(is_cut) {
            self.out.extend(items);
            return;
        }
        let mut head = vec![Item::Open(id, None)];
        head.extend(self.part.tree.child(id, "w:rPr").map(|properties| Item::Xml(self.part.tree.whole(properties))));
        let mut segment = Vec::new();
        let mut text_open = None;
        let mut filled = false;
        for item in items {
            match &item {
                Item::Open(open, _) if *open == id => segment = head.clone(),
                Item::Close(close) if *close == id => {
                    if filled {
                        self.out.append(&mut segment);
                        self.out.push(item);
                    }
                }
                Item::Xml(range) if head.contains(&Item::Xml(range.clone())) => {}
                Item::Open(open, _) if self.part.tree.is(*open, "w:t") => {
                    text_open = Some(item.clone());
                    segment.push(item);
                }
                Item::Close(close) if self.part.tree.is(*close, "w:t") => {
                    text_open = None;
                    segment.push(item);
                }
                Item::Tag(_) if is_cut(&item) => {
                    let text = text_open.clone();
                    if filled {
                        self.out.append(&mut segment);
                        if let Some(Item::Open(text, _)) = &text {
                            self.out.push(Item::Close(*text));
                        }
                        self.out.push(Item::Close(id));
                    }
                    self.out.push(item);
                    filled = false;
                    segment = head.clone();
                    segment.extend(text);
                }
                _ => {
                    filled = true;
                    segment.push(item);
                }
            }
        }
    }

    fn cell(&mut self, id: NodeId) {
        let Some(edit) = self.lifts.cells.get(&id).cloned() else {
            self.open(id);
            self.children(id);
            self.guard(id);
            self.close(id);
            return;
        };
        if edit.across.is_some() {
            self.out.push(Item::IfFirst);
        }
        self.open(id);
        self.cell_properties(id, &edit);
        let tree = &self.part.tree;
        let content: Vec<NodeId> =
            tree.node(id).children.iter().copied().filter(|child| !tree.is(*child, "w:tcPr")).collect();
        if let Some(tag) = edit.down {
            self.out.push(match &self.part.tags[tag].statement {
                Statement::MergeDown(Some(_)) => Item::IfGroupStarts(tag),
                _ => Item::IfFirst,
            });
            content.iter().for_each(|child| self.node(*child));
            self.guard(id);
            self.out.push(Item::Else);
            let paragraph = content.iter().find(|child| tree.is(**child, "w:p"));
            let properties = paragraph.and_then(|paragraph| tree.child(*paragraph, "w:pPr"));
            let properties = properties.map(|properties| tree.slice(tree.whole(properties))).unwrap_or_default();
            self.out.push(Item::Str(format!("<w:p>{properties}</w:p>")));
            self.out.push(Item::EndIf);
        } else {
            content.iter().for_each(|child| self.node(*child));
            self.guard(id);
        }
        self.close(id);
        if edit.across.is_some() {
            self.out.push(Item::EndIf);
        }
    }

    /// Properties of a cell in the order that the schema wants, with the changed ones exchanged.
    fn cell_properties(&mut self, id: NodeId, edit: &CellEdit) {
        const ORDER: [&str; 14] = [
            "w:cnfStyle",
            "w:tcW",
            "w:gridSpan",
            "w:hMerge",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:noWrap",
            "w:tcMar",
            "w:textDirection",
            "w:tcFitText",
            "w:vAlign",
            "w:hideMark",
            "w:headers",
        ];
        let tree = &self.part.tree;
        let properties = tree.child(id, "w:tcPr");
        let children = properties.map(|id| tree.node(id).children.clone()).unwrap_or_default();
        let old = |name: &str| children.iter().copied().find(|child| tree.is(*child, name));
        let span =
            old("w:gridSpan").and_then(|id| tree.attr(id, "w:val")).and_then(|val| val.parse().ok()).unwrap_or(1);
        let quoted =
            |name: &str, value: Item| [Item::Str(format!("<{name} w:val=\"")), value, Item::Str("\"/>".to_owned())];
        self.out.push(Item::Str("<w:tcPr>".to_owned()));
        for name in ORDER {
            match (name, edit) {
                ("w:gridSpan", CellEdit { across: Some(_), .. }) => {
                    self.out.extend(quoted(name, Item::LoopSpan(span)));
                }
                ("w:gridSpan", CellEdit { span: Some(tag), .. }) => self.out.extend(quoted(name, Item::Tag(*tag))),
                ("w:vMerge", CellEdit { down: Some(tag), .. }) => {
                    self.out.extend(quoted(name, Item::MergeState(*tag)));
                }
                ("w:shd", CellEdit { colour: Some(tag), .. }) => {
                    self.out.push(Item::Str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"".to_owned()));
                    self.out.push(Item::Tag(*tag));
                    self.out.push(Item::Str("\"/>".to_owned()));
                }
                _ => self.out.extend(old(name).map(|id| Item::Xml(tree.whole(id)))),
            }
        }
        let known = |id: &NodeId| ORDER.contains(&tree.name(*id)) || !matches!(tree.node(*id).kind, Kind::Element(_));
        let others: Vec<Item> = children.iter().filter(|id| !known(id)).map(|id| Item::Xml(tree.whole(*id))).collect();
        self.out.extend(others);
        self.out.push(Item::Str("</w:tcPr>".to_owned()));
    }
}

/// `{%- … %}` joins what follows to the text before, `{% … -%}` joins what comes after: everything between the two
/// texts goes.
fn trims(part: &Part, items: &mut Vec<Item>) {
    if !part.tags.iter().any(|tag| tag.trim_before || tag.trim_after) {
        return;
    }
    let tree = &part.tree;
    let is_close = |item: &Item| matches!(item, Item::Close(id) if tree.is(*id, "w:t"));
    let is_open = |item: &Item| matches!(item, Item::Open(id, _) if tree.is(*id, "w:t"));
    let is_print = |tag: TagId| matches!(part.tags[tag].statement, Statement::Print(_));
    // A comment takes blanks with it, never the border of a paragraph.
    let joins = |tag: TagId| !matches!(part.tags[tag].statement, Statement::Print(_) | Statement::Comment);
    let mut at = 0;
    while at < items.len() {
        if let Some(Item::Tag(tag)) = items.get(at) {
            let tag = *tag;
            if part.tags[tag].trim_before && !is_print(tag) {
                match items.get(at.wrapping_sub(1)) {
                    Some(Item::Open(..)) if joins(tag) => {
                        if let Some(close) = items.get(..at).and_then(|before| before.iter().rposition(is_close)) {
                            items.drain(close..at);
                            at = close;
                        }
                    }
                    Some(Item::Str(text)) => {
                        let trimmed = Item::Str(text.trim_end().to_owned());
                        if let Some(slot) = items.get_mut(at - 1) {
                            *slot = trimmed;
                        }
                    }
                    _ => {}
                }
            }
            if part.tags[tag].trim_after && !is_print(tag) {
                let next = items.get(at + 1);
                if next.is_some_and(&is_close) && joins(tag) {
                    let rest = items.get(at + 1..).unwrap_or_default();
                    let open = rest.iter().position(&is_open);
                    let blocked = rest.iter().position(|item| matches!(item, Item::Tag(_)));
                    if let Some(open) = open.filter(|open| blocked.is_none_or(|tag| tag > *open)) {
                        items.drain(at + 1..=at + 1 + open);
                    }
                } else if let Some(Item::Str(text)) = next {
                    let trimmed = Item::Str(text.trim_start().to_owned());
                    if let Some(slot) = items.get_mut(at + 1) {
                        *slot = trimmed;
                    }
                }
            }
        }
        at += 1;
    }
}
