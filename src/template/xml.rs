//! One XML part as a tree that remembers where every piece stands in the bytes.

use super::fault::PartError;
use crate::guard::write::is_xml_char;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::ops::Range;

/// Index of a node in its tree; 0 is the document itself.
pub type NodeId = usize;

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The whole document.
    Root,
    /// An element; `true` when it is written as `<a/>`.
    Element(bool),
    /// Text, with entities as they are written.
    Text,
    /// Text in a CDATA section.
    CData,
    /// A comment, a declaration, a processing instruction.
    Other,
}

/// A node. `open` is the start tag (or all of a text), `close` the end tag.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The node around it.
    pub parent: NodeId,
    /// Nodes inside, in order.
    pub children: Vec<NodeId>,
    /// Bytes of the start tag, or of the whole node when it has no end tag.
    pub open: Range<usize>,
    /// Bytes of the end tag.
    pub close: Range<usize>,
    name: Range<usize>,
}

/// A part as a tree.
#[derive(Debug)]
pub struct Tree {
    /// The XML.
    pub source: String,
    /// Nodes in document order.
    pub nodes: Vec<Node>,
}

const MAX_DEPTH: usize = 256;
const MAX_NODES: usize = 4_000_000;

impl Tree {
    /// Reads a part.
    ///
    /// # Errors
    /// When it is not well-formed UTF-8 XML, carries a DOCTYPE, or exceeds a bound.
    pub fn parse(bytes: &[u8]) -> Result<Self, PartError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let source = std::str::from_utf8(bytes)
            .map_err(|error| PartError::malformed(error.valid_up_to(), "not UTF-8"))?
            .to_owned();
        let root = Node { kind: Kind::Root, parent: 0, children: Vec::new(), open: 0..0, close: 0..0, name: 0..0 };
        let mut tree = Self { source: String::new(), nodes: vec![root] };
        tree.read(&source)?;
        tree.source = source;
        Ok(tree)
    }

    fn read(&mut self, source: &str) -> Result<(), PartError> {
        let mut reader = Reader::from_str(source);
        let mut open = vec![0];
        let mut from = 0;
        loop {
            let event = reader.read_event().map_err(|error| PartError::malformed(from, error))?;
            let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(source.len());
            let parent = open.last().copied().unwrap_or(0);
            match event {
                Event::Eof => break,
                Event::DocType(_) => return Err(PartError::Doctype),
                Event::Start(tag) => {
                    let name = from + 1..from + 1 + tag.name().as_ref().len();
                    let id = self.add(parent, Kind::Element(false), from..to, name)?;
                    open.push(id);
                    if open.len() > MAX_DEPTH {
                        return Err(PartError::TooLarge { what: "depth", limit: MAX_DEPTH });
                    }
                }
                Event::Empty(tag) => {
                    let name = from + 1..from + 1 + tag.name().as_ref().len();
                    self.add(parent, Kind::Element(true), from..to, name)?;
                }
                Event::End(_) => {
                    open.pop();
                    if let Some(node) = self.nodes.get_mut(parent) {
                        node.close = from..to;
                    }
                }
                Event::Text(_) | Event::GeneralRef(_) => self.add_text(parent, from..to)?,
                Event::CData(_) => {
                    self.add(parent, Kind::CData, from..to, 0..0)?;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {
                    self.add(parent, Kind::Other, from..to, 0..0)?;
                }
            }
            from = to;
        }
        match open.len() {
            1 => Ok(()),
            _ => Err(PartError::malformed(source.len(), "an element is not closed")),
        }
    }

    fn add(&mut self, parent: NodeId, kind: Kind, open: Range<usize>, name: Range<usize>) -> Result<NodeId, PartError> {
        let id = self.nodes.len();
        if id >= MAX_NODES {
            return Err(PartError::TooLarge { what: "nodes", limit: MAX_NODES });
        }
        let close = open.end..open.end;
        self.nodes.push(Node { kind, parent, children: Vec::new(), open, close, name });
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(id);
        }
        Ok(id)
    }

    /// Text and the references in it arrive in pieces; they are one node.
    fn add_text(&mut self, parent: NodeId, range: Range<usize>) -> Result<(), PartError> {
        let last = self.nodes.get(parent).and_then(|node| node.children.last()).copied();
        if let Some(last) = last.and_then(|id| self.nodes.get_mut(id))
            && last.kind == Kind::Text
            && last.open.end == range.start
        {
            last.open.end = range.end;
            last.close = range.end..range.end;
            return Ok(());
        }
        self.add(parent, Kind::Text, range, 0..0).map(|_| ())
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        // Ids are made by this tree only.
        &self.nodes[id]
    }

    /// The name of an element with its prefix; empty for anything else.
    #[must_use]
    pub fn name(&self, id: NodeId) -> &str {
        self.slice(self.node(id).name.clone())
    }

    /// `true` for an element of that name.
    #[must_use]
    pub fn is(&self, id: NodeId, name: &str) -> bool {
        self.name(id) == name
    }

    /// A piece of the source.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.source.get(range).unwrap_or_default()
    }

    /// The whole of a node, with its tags.
    #[must_use]
    pub fn whole(&self, id: NodeId) -> Range<usize> {
        let node = self.node(id);
        node.open.start..node.close.end
    }

    /// The first child element of that name.
    #[must_use]
    pub fn child(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.node(id).children.iter().copied().find(|child| self.is(*child, name))
    }

    /// The closest element around a node (not the node itself) that has that name.
    #[must_use]
    pub fn ancestor(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.ancestors(id).find(|up| self.is(*up, name))
    }

    /// Nodes around a node, from the inside out.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            (at != 0).then(|| {
                at = self.node(at).parent;
                at
            })
        })
    }

    /// Raw value of an attribute, entities as written.
    #[must_use]
    pub fn attr(&self, id: NodeId, name: &str) -> Option<&str> {
        attributes(self.slice(self.node(id).open.clone())).find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// One past the last descendant: nodes are numbered in document order.
    #[must_use]
    pub fn subtree_end(&self, id: NodeId) -> NodeId {
        let mut at = id;
        while let Some(last) = self.node(at).children.last() {
            at = *last;
        }
        at + 1
    }

    /// Text of a text node, decoded.
    #[must_use]
    pub fn text(&self, id: NodeId) -> String {
        let node = self.node(id);
        let raw = self.slice(node.open.clone());
        match node.kind {
            Kind::CData => raw.strip_prefix("<![CDATA[").and_then(|t| t.strip_suffix("]]>")).unwrap_or(raw).to_owned(),
            _ => decode(raw),
        }
    }
}

/// Names and raw values of the attributes in a start tag.
pub fn attributes(open: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = open.find(|c: char| c.is_ascii_whitespace()).and_then(|at| open.get(at..)).unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next()?;
        let (value, after) = after.get(1..)?.split_once(quote)?;
        rest = after;
        Some((name.trim(), value))
    })
}

/// Text with its entities resolved; an unknown one stays as it is.
#[must_use]
pub fn decode(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once(';') else {
            out.push('&');
            rest = after;
            continue;
        };
        match entity(name) {
            Some(c) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| is_xml_char(*c))
        }
    }
}
