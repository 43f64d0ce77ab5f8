//! Finds the tags of one part: over the runs of a paragraph, in attributes, in plain elements.
//!
//! Word cuts a tag wherever it likes: at a spelling mark, a bookmark, a revision, a change of font. The texts of a
//! paragraph are put together, tags are looked for in the whole, and each tag goes back to where it begins; what it
//! covers of later runs is taken away.

use super::expr::words;
use super::fault::{Fault, PartError, Place, Step};
use super::tag::{RawTag, Scope, Statement, find_tags, statement};
use super::xml::{Kind, NodeId, Tree, attributes, decode};
use std::collections::{BTreeMap, BTreeSet};

/// Where a value goes decides how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Text of a run: line breaks and tabs become elements.
    Text,
    /// Text of another element.
    Plain,
    /// An attribute.
    Attribute,
    /// The target of a link.
    Link,
}

/// A tag of a part.
#[derive(Debug)]
pub struct Tag {
    /// What it takes with it.
    pub scope: Scope,
    /// `{%-` or `{{-`.
    pub trim_before: bool,
    /// `-%}` or `-}}`.
    pub trim_after: bool,
    /// What it says.
    pub statement: Statement,
    /// Its text between the marks.
    pub inner: String,
    /// Where it stands.
    pub place: Place,
    /// How its value is written.
    pub context: Context,
    /// The text node or element that holds it.
    pub node: NodeId,
}

/// Index of a tag in its part.
pub type TagId = usize;

/// A piece of a text or of a start tag.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Literal text, decoded.
    Text(String),
    /// Literal XML.
    Xml(String),
    /// A tag.
    Tag(TagId),
}

/// A part with its tags.
#[derive(Debug)]
pub struct Part {
    /// Name in the package.
    pub name: String,
    /// The XML.
    pub tree: Tree,
    /// Tags in the order of their discovery; paragraphs are in document order.
    pub tags: Vec<Tag>,
    /// New content of text nodes and start tags that hold tags.
    pub inline: BTreeMap<NodeId, Vec<Inline>>,
    /// Nodes that a tag has swallowed.
    pub swallowed: BTreeSet<NodeId>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    ordinals: Vec<u32>,
    label: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stream {
    Text,
    Code,
    Formula,
    Drawing,
}

struct Piece {
    node: NodeId,
    text: String,
    separator: bool,
}

/// Unclosed tags of one paragraph that are reported; more say nothing new.
const MAX_UNCLOSED: usize = 20;

const CONTAINERS: [&str; 9] =
    ["w:body", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:tc", "w:txbxContent", "w:docPartBody"];

impl Part {
    /// Reads a part and finds its tags. `label` says what the part is (`header`, `body`, …).
    ///
    /// # Errors
    /// When the part is not well-formed.
    pub fn read(name: &str, bytes: &[u8], label: Step) -> Result<Self, PartError> {
        let tree = Tree::parse(bytes)?;
        let ordinals = ordinals(&tree);
        let mut part = Self {
            name: name.to_owned(),
            tree,
            tags: Vec::new(),
            inline: BTreeMap::new(),
            swallowed: BTreeSet::new(),
            faults: Vec::new(),
            ordinals,
            label,
        };
        part.paragraphs();
        part.attributes();
        super::controls::bind(&mut part);
        Ok(part)
    }

    /// Collects the texts of each paragraph by stream and looks for tags in them.
    fn paragraphs(&mut self) {
        let mut streams: BTreeMap<(NodeId, Stream), Vec<Piece>> = BTreeMap::new();
        let mut alone = Vec::new();
        let tree = &self.tree;
        let mut skip_to = 0;
        for id in 1..tree.nodes.len() {
            if id < skip_to {
                continue;
            }
            let node = tree.node(id);
            let (stream, separator) = match node.kind {
                Kind::Element(_) => match tree.name(id) {
                    "w:del" | "w:moveFrom" => {
                        skip_to = tree.subtree_end(id);
                        continue;
                    }
                    "w:tab" | "w:br" | "w:cr" if tree.is(node.parent, "w:r") => (Stream::Text, " "),
                    "w:noBreakHyphen" => (Stream::Text, "-"),
                    _ => continue,
                },
                Kind::Text | Kind::CData => match tree.name(node.parent) {
                    "w:t" => (Stream::Text, ""),
                    "w:instrText" => (Stream::Code, ""),
                    "m:t" => (Stream::Formula, ""),
                    "a:t" => (Stream::Drawing, ""),
                    "w:delText" => continue,
                    _ => {
                        if tree.slice(node.open.clone()).contains('{') {
                            alone.push(id);
                        }
                        continue;
                    }
                },
                _ => continue,
            };
            let paragraph = tree.ancestors(id).find(|up| matches!(tree.name(*up), "w:p" | "a:p"));
            let text = if separator.is_empty() { tree.text(id) } else { separator.to_owned() };
            let piece = Piece { node: id, text, separator: !separator.is_empty() };
            match paragraph {
                Some(paragraph) => streams.entry((paragraph, stream)).or_default().push(piece),
                None => alone.push(id),
            }
        }
        for ((_, stream), pieces) in streams {
            let context = if stream == Stream::Text { Context::Text } else { Context::Plain };
            self.stream(&pieces, context);
        }
        for id in alone {
            let text = self.tree.text(id);
            self.stream(&[Piece { node: id, text, separator: false }], Context::Plain);
        }
    }

    fn stream(&mut self, pieces: &[Piece], context: Context) {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        if !whole.contains('{') {
            return;
        }
        let (raw, unclosed) = find_tags(&whole);
        let ends: Vec<usize> = pieces
            .iter()
            .scan(0, |end, piece| {
                *end += piece.text.len();
                Some(*end)
            })
            .collect();
        let node_at = |at: usize| pieces.get(ends.partition_point(|end| *end <= at));
        for found in unclosed.iter().take(MAX_UNCLOSED) {
            let node = node_at(found.0.start).map_or(0, |piece| piece.node);
            let place = self.place(node, &whole, found.0.clone());
            self.faults.push(Fault::error("unclosed", &place, snippet(whole.get(found.0.clone()).unwrap_or_default())));
        }
        if raw.is_empty() {
            if whole.contains("{_") || whole.contains("_}") {
                self.rewrite(pieces, &[], &whole);
            }
            return;
        }
        let mut tags = Vec::with_capacity(raw.len());
        for tag in raw {
            let node = node_at(tag.range.start).map_or(0, |piece| piece.node);
            let id = self.add(&tag, &whole, node, context);
            tags.push((tag.range, id));
        }
        self.rewrite(pieces, &tags, &whole);
    }

    fn add(&mut self, tag: &RawTag, whole: &str, node: NodeId, context: Context) -> TagId {
        let inner = whole.get(tag.inner.clone()).unwrap_or_default();
        let place = self.place(node, whole, tag.range.clone());
        let statement = statement(tag.mark, inner).unwrap_or_else(|error| {
            let near = match error.key {
                "unknown-tag" => words::near(&error.what, super::tag::WORDS),
                _ => Vec::new(),
            };
            self.faults.push(Fault::error(error.key, &place, &error.what).near(near));
            // An opening tag that cannot be read still opens: one fault, not one more for its closing tag.
            super::tag::opening(inner)
        });
        self.tags.push(Tag {
            scope: tag.scope,
            trim_before: tag.trim_before,
            trim_after: tag.trim_after,
            statement,
            inner: inner.trim().to_owned(),
            place,
            context,
            node,
        });
        self.tags.len() - 1
    }

    /// Gives each piece its share: the literal text between tags, and the tags that begin in it.
    fn rewrite(&mut self, pieces: &[Piece], tags: &[(std::ops::Range<usize>, TagId)], whole: &str) {
        let mut from = 0;
        let mut rest = tags;
        for piece in pieces {
            let to = from + piece.text.len();
            let passed = rest.iter().take_while(|(range, _)| range.end <= from).count();
            rest = rest.get(passed..).unwrap_or_default();
            let mut out: Vec<Inline> = Vec::new();
            let mut at = from;
            for (range, id) in rest.iter().take_while(|(range, _)| range.start < to) {
                literal(&mut out, whole.get(at..range.start.max(at)).unwrap_or_default());
                if range.start >= from {
                    out.push(Inline::Tag(*id));
                }
                at = range.end.min(to);
            }
            literal(&mut out, whole.get(at..to).unwrap_or_default());
            let touched = at != from || piece.text.contains("{_") || piece.text.contains("_}");
            if piece.separator {
                if at != from {
                    self.swallowed.insert(piece.node);
                }
            } else if touched {
                self.inline.insert(piece.node, out);
            }
            from = to;
        }
    }

    /// Tags in attributes: alternative text, names of content controls, targets of links, codes of simple fields.
    fn attributes(&mut self) {
        let is_relations = self.name.ends_with(".rels");
        for id in 1..self.tree.nodes.len() {
            let node = self.tree.node(id);
            if !matches!(node.kind, Kind::Element(_)) {
                continue;
            }
            let open = self.tree.slice(node.open.clone());
            let encoded = is_relations && (open.contains("%7B%7B") || open.contains("%7b%7b") || open.contains("%7B%"));
            if !encoded && !open.contains("{{") && !open.contains("{%") && !open.contains("{#") {
                continue;
            }
            let open = open.to_owned();
            let pieces = self.start_tag(id, &open, encoded, is_relations);
            if pieces.iter().any(|piece| matches!(piece, Inline::Tag(_))) {
                self.inline.insert(id, pieces);
            }
        }
    }

    fn start_tag(&mut self, id: NodeId, open: &str, encoded: bool, is_relations: bool) -> Vec<Inline> {
        let base = open.as_ptr() as usize;
        let mut pieces = Vec::new();
        let mut written = 0;
        let values: Vec<(usize, &str, &str)> =
            attributes(open).map(|(name, value)| (value.as_ptr() as usize - base, name, value)).collect();
        for (at, name, value) in values {
            let is_target = is_relations && name == "Target";
            let text = if encoded && is_target { percent_decode(&decode(value)) } else { decode(value) };
            let (raw, _) = find_tags(&text);
            if raw.is_empty() {
                continue;
            }
            pieces.push(Inline::Xml(open.get(written..at).unwrap_or_default().to_owned()));
            let mut from = 0;
            for tag in raw {
                pieces.push(Inline::Text(text.get(from..tag.range.start).unwrap_or_default().to_owned()));
                from = tag.range.end;
                let context = if is_target { Context::Link } else { Context::Attribute };
                let tag = self.add(&tag, &text, id, context);
                pieces.push(Inline::Tag(tag));
            }
            pieces.push(Inline::Text(text.get(from..).unwrap_or_default().to_owned()));
            written = at + value.len();
        }
        pieces.push(Inline::Xml(open.get(written..).unwrap_or_default().to_owned()));
        pieces
    }

    /// The place of a node, with the text around a range marked.
    #[must_use]
    pub fn place(&self, node: NodeId, text: &str, range: std::ops::Range<usize>) -> Place {
        let mut steps = Vec::new();
        let mut paragraph = false;
        for up in std::iter::once(node).chain(self.tree.ancestors(node)) {
            let kind = match self.tree.name(up) {
                "w:p" | "a:p" if !paragraph => {
                    paragraph = true;
                    "paragraph"
                }
                "w:tbl" => "table",
                "w:tr" => "row",
                "w:tc" => "cell",
                "w:txbxContent" => "box",
                "w:footnote" | "w:endnote" => "note",
                "w:comment" => "comment",
                _ => continue,
            };
            let number = self.ordinals.get(up).copied().filter(|number| *number > 0);
            steps.push(Step { kind: kind.to_owned(), number });
        }
        steps.push(self.label.clone());
        steps.reverse();
        Place { part: self.name.clone(), steps, text: around(text, range) }
    }
}

fn literal(out: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        let text = match text.contains("{_") || text.contains("_}") {
            true => text.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}"),
            false => text.to_owned(),
        };
        out.push(Inline::Text(text));
    }
}

fn snippet(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// The text around a range, the range between `»` and `«`.
fn around(text: &str, range: std::ops::Range<usize>) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let tag = text.get(range.clone()).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let from = before.char_indices().rev().nth(59).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(60).map_or(after.len(), |(at, _)| at);
    let mut out = String::new();
    out.extend((from > 0).then_some('…'));
    out.push_str(before.get(from..).unwrap_or_default());
    out.push('»');
    out.extend(tag.chars().take(120));
    out.push('«');
    out.push_str(after.get(..to).unwrap_or_default());
    out.extend((to < after.len()).then_some('…'));
    out.replace(['\n', '\t'], " ")
}

/// Numbers of paragraphs and tables in their container, of rows in their table, of cells in their row.
fn ordinals(tree: &Tree) -> Vec<u32> {
    let count = tree.nodes.len();
    let mut out = vec![0; count];
    let mut home = vec![(0, 0, 0); count];
    let mut counters: BTreeMap<(NodeId, u8), u32> = BTreeMap::new();
    for id in 1..count {
        let (mut container, mut table, mut row) = home[tree.node(id).parent];
        let name = tree.name(id);
        let key = match name {
            "w:p" | "a:p" => Some((container, 0)),
            "w:tbl" => Some((container, 1)),
            "w:tr" => Some((table, 2)),
            "w:tc" => Some((row, 3)),
            "w:txbxContent" => Some((0, 4)),
            "w:footnote" | "w:endnote" | "w:comment" => Some((0, 5)),
            _ => None,
        };
        if let Some(key) = key {
            let counter = counters.entry(key).or_default();
            *counter += 1;
            out[id] = *counter;
        }
        match name {
            "w:tbl" => table = id,
            "w:tr" => row = id,
            name if CONTAINERS.contains(&name) => container = id,
            _ => {}
        }
        home[id] = (container, table, row);
    }
    // Word keeps two separators at the head of its notes.
    for (id, ordinal) in out.iter_mut().enumerate().skip(1) {
        if matches!(tree.name(id), "w:footnote" | "w:endnote") {
            *ordinal = tree.attr(id, "w:id").and_then(|id| id.parse().ok()).unwrap_or(0);
        }
    }
    out
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = (*byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
