//! One part that is being changed: its tree, the names of its elements, and what is put in where.

use super::look::Looks;
use super::run;
use crate::guard::xml;
use crate::model::InputError;
use crate::template::xml::{Kind, NodeId, Tree, attributes};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// What stands first when several things are put in at one place: what ends there, then what is there, then what begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The end of a correction: the new words.
    NewWords,
    /// The end of a comment's words.
    End,
    /// A comment on a place.
    Point,
    /// The beginning of a comment's words.
    Start,
}

/// Words that go: bytes between two places that lie between characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Bytes.
    pub range: Range<usize>,
    /// Markup around each run that goes (a tracked deletion), or `None` to leave it out.
    pub tracked: Option<(String, String)>,
}

/// A part with its changes.
#[derive(Debug)]
pub struct Part {
    /// The part as it was read.
    pub tree: Tree,
    /// Prefix of Word's elements in this part, with its colon.
    pub prefix: String,
    /// Prefix of elements and attributes that are put in, with its colon.
    pub made: String,
    /// Declaration of `made` where the part has none.
    declaration: String,
    /// The part is of the strict kind.
    pub is_strict: bool,
    /// What is put in between elements, by byte.
    outside: BTreeMap<usize, Vec<(Rank, String)>>,
    /// What is put in within runs, by byte.
    pub(super) inside: BTreeMap<usize, Vec<(Rank, String)>>,
    /// Words that go, in order, without overlap.
    pub(super) removals: Vec<Removal>,
    /// Bytes that are exchanged as they are, by first byte.
    exchanged: BTreeMap<usize, (usize, String)>,
    /// Runs that are written anew, by first byte.
    runs: BTreeMap<usize, NodeId>,
    /// Properties that are set.
    pub(super) looks: Looks,
}

impl Part {
    /// Reads a part.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, InputError> {
        let text = xml::decode(name, bytes)?;
        let tree = Tree::parse(text.as_bytes()).map_err(|error| error.of(name))?;
        let root = tree.node(0).children.iter().copied().find(|id| matches!(tree.node(*id).kind, Kind::Element(_)));
        let open = root.map(|root| tree.slice(tree.node(root).open.clone()).to_owned()).unwrap_or_default();
        let bound = |uri: &str| {
            let named = attributes(&open).find(|(name, value)| *value == uri && name.starts_with("xmlns:"));
            named.and_then(|(name, _)| name.strip_prefix("xmlns:")).map(|prefix| format!("{prefix}:"))
        };
        let is_strict = open.contains(STRICT);
        let uri = if is_strict { STRICT } else { TRANSITIONAL };
        let is_default = attributes(&open).any(|(name, value)| name == "xmlns" && value == uri);
        let found = bound(uri);
        let declaration = match found {
            Some(_) => String::new(),
            None => format!(" xmlns:w=\"{uri}\""),
        };
        let made = found.unwrap_or_else(|| "w:".to_owned());
        let prefix = if is_default { String::new() } else { made.clone() };
        Ok(Self {
            tree,
            prefix,
            made,
            declaration,
            is_strict,
            outside: BTreeMap::new(),
            inside: BTreeMap::new(),
            removals: Vec::new(),
            exchanged: BTreeMap::new(),
            runs: BTreeMap::new(),
            looks: Looks::new(),
        })
    }

    /// Whether a node is an element of Word of this name.
    pub fn is(&self, id: NodeId, local: &str) -> bool {
        self.tree.name(id).strip_prefix(self.prefix.as_str()) == Some(local)
    }

    /// Whether a node is an element of Word of one of these names.
    pub fn is_any(&self, id: NodeId, locals: &[&str]) -> bool {
        self.tree.name(id).strip_prefix(self.prefix.as_str()).is_some_and(|local| locals.contains(&local))
    }

    /// The first child of Word of this name.
    pub fn child(&self, id: NodeId, local: &str) -> Option<NodeId> {
        self.tree.node(id).children.iter().copied().find(|child| self.is(*child, local))
    }

    /// The start of an element that is put in, without its closing bracket: `<w:ins`.
    pub fn opening(&self, local: &str) -> String {
        format!("<{}{local}{}", self.made, self.declaration)
    }

    /// The end tag of an element that is put in.
    pub fn closing(&self, local: &str) -> String {
        format!("</{}{local}>", self.made)
    }

    /// The deepest node that covers a byte.
    pub fn deepest(&self, at: usize) -> NodeId {
        let mut id = 0;
        loop {
            let children = &self.tree.node(id).children;
            let next = children.partition_point(|child| self.tree.whole(*child).end <= at);
            match children.get(next) {
                Some(child) if self.tree.whole(*child).start <= at => id = *child,
                _ => return id,
            }
        }
    }

    /// Puts markup in between elements.
    pub fn put_outside(&mut self, at: usize, rank: Rank, markup: String) {
        self.outside.entry(at).or_default().push((rank, markup));
    }

    /// Puts markup in within a run, which is split there.
    pub fn put_inside(&mut self, run: NodeId, at: usize, rank: Rank, markup: String) {
        self.inside.entry(at).or_default().push((rank, markup));
        self.rewrite(run);
    }

    /// Writes a run anew.
    pub fn rewrite(&mut self, run: NodeId) {
        self.runs.insert(self.tree.whole(run).start, run);
    }

    /// Whether a run is written anew.
    pub fn is_rewritten(&self, run: NodeId) -> bool {
        self.runs.contains_key(&self.tree.whole(run).start)
    }

    /// Takes words away, unless some of them go already.
    pub fn remove(&mut self, removal: Removal) -> bool {
        let touches = |other: &Removal| other.range.start < removal.range.end && removal.range.start < other.range.end;
        if self.removals.iter().any(touches) {
            return false;
        }
        for id in self.runs_in(removal.range.clone()) {
            self.rewrite(id);
        }
        let at = self.removals.partition_point(|other| other.range.start < removal.range.start);
        self.removals.insert(at, removal);
        true
    }

    /// Runs that overlap with some bytes.
    pub fn runs_in(&self, range: Range<usize>) -> BTreeSet<NodeId> {
        let overlaps = |id: &NodeId| {
            let whole = self.tree.whole(*id);
            whole.start < range.end && range.start < whole.end
        };
        (0..self.tree.nodes.len()).filter(|id| self.is(*id, "r")).filter(overlaps).collect()
    }

    /// Exchanges bytes as they are; what is exchanged already stays.
    pub fn exchange(&mut self, range: Range<usize>, markup: String) -> bool {
        let overlaps = self.exchanged.iter().any(|(start, (end, _))| *start < range.end && range.start < *end);
        if !overlaps {
            self.exchanged.insert(range.start, (range.end, markup));
        }
        !overlaps
    }

    /// Whether anything changes.
    pub fn is_changed(&self) -> bool {
        !(self.looks.is_empty()
            && self.outside.is_empty()
            && self.inside.is_empty()
            && self.runs.is_empty()
            && self.exchanged.is_empty())
    }

    /// The part with its changes, in UTF-8.
    pub fn write(&mut self) -> Vec<u8> {
        self.settle_looks();
        let mut out = String::with_capacity(self.tree.source.len() + 4096);
        self.copy(0..self.tree.source.len(), &mut out);
        for (_, (_, markup)) in sorted(self.outside.range(self.tree.source.len()..)) {
            out.push_str(markup);
        }
        in_utf8(out).into_bytes()
    }

    /// Copies bytes of the part with the changes in them.
    pub(super) fn copy(&self, range: Range<usize>, out: &mut String) {
        let mut at = range.start;
        loop {
            let outside = self.outside.range(at..range.end).next().map(|(start, _)| *start);
            let run = self.runs.range(at..range.end).next().map(|(start, _)| *start);
            let exchanged = self.exchanged.range(at..range.end).next().map(|(start, _)| *start);
            let Some(next) = [outside, run, exchanged].into_iter().flatten().min() else { break };
            out.push_str(self.tree.slice(at..next));
            if outside == Some(next) {
                for (_, (_, markup)) in sorted(self.outside.range(next..=next)) {
                    out.push_str(markup);
                }
            }
            if let Some((end, markup)) = self.exchanged.get(&next) {
                out.push_str(markup);
                at = *end;
            } else if let Some(run) = self.runs.get(&next) {
                run::rewrite(self, *run, out);
                at = self.tree.whole(*run).end;
            } else {
                // The byte after the place, so that the place is not found again.
                let step = self.tree.slice(next..range.end).chars().next().map_or(1, char::len_utf8);
                out.push_str(self.tree.slice(next..next + step));
                at = next + step;
            }
        }
        out.push_str(self.tree.slice(at.min(range.end)..range.end));
    }
}

/// What is put in at places, in its order there.
pub(super) fn sorted<'p>(
    places: impl Iterator<Item = (&'p usize, &'p Vec<(Rank, String)>)>,
) -> Vec<(usize, &'p (Rank, String))> {
    let mut all: Vec<(usize, &(Rank, String))> =
        places.flat_map(|(at, list)| list.iter().map(move |entry| (*at, entry))).collect();
    all.sort_by_key(|(at, (rank, _))| (*at, *rank));
    all
}

/// A declaration of another encoding would be wrong now.
pub(super) fn in_utf8(text: String) -> String {
    let Some(end) = text.strip_prefix("<?xml").and_then(|rest| rest.find("?>")) else { return text };
    let (declaration, rest) = text.split_at(end + 5);
    let Some(at) = declaration.find("encoding") else { return text };
    let (before, value) = declaration.split_at(at);
    let mut parts = value.splitn(3, ['"', '\'']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(name), Some(after)) if !name.eq_ignore_ascii_case("utf-8") => {
            format!("{before}encoding=\"UTF-8\"{after}{rest}")
        }
        _ => text,
    }
}
