//! A run written anew: split where something is put in, without the words that go, its formatting kept.

use super::part::{Part, Rank, Removal, sorted};
use crate::guard::write::xml_text;
use crate::template::xml::{Kind, NodeId};
use std::ops::Range;

/// Elements of a run that are shown as a character; they go with the words around them.
const SHOWN: &[&str] = &["tab", "ptab", "cr", "br", "noBreakHyphen", "softHyphen", "sym"];

/// Writes a run with what is put in and without what goes.
pub fn rewrite(part: &Part, run: NodeId, out: &mut String) {
    let node = part.tree.node(run);
    let range = node.open.end..=node.close.start;
    let own_properties = part.child(run, "rPr");
    let properties = part.properties(run);
    let mut writer = Writer {
        part,
        tag: part.tree.slice(node.open.clone()),
        properties: &properties,
        end: part.tree.slice(node.close.clone()),
        events: sorted(part.inside.range(range)).into_iter().peekable(),
        open: None,
        out,
    };
    for child in node.children.iter().copied().filter(|child| Some(*child) != own_properties) {
        let whole = part.tree.whole(child);
        writer.put_in(whole.start);
        let child_node = part.tree.node(child);
        match child_node.kind {
            // Blanks between elements.
            Kind::Text => {}
            Kind::Element(false) if part.is(child, "t") => writer.text(child),
            _ => writer.element(child, whole),
        }
    }
    writer.put_in(usize::MAX);
    writer.close();
}

struct Writer<'p, 'o, I: Iterator> {
    part: &'p Part,
    tag: &'p str,
    properties: &'p str,
    end: &'p str,
    events: std::iter::Peekable<I>,
    /// The run that is open: the markup after it.
    open: Option<&'p str>,
    out: &'o mut String,
}

impl<'p, I: Iterator<Item = (usize, &'p (Rank, String))>> Writer<'p, '_, I> {
    /// Puts in what stands up to a byte.
    fn put_in(&mut self, to: usize) {
        while let Some((_, (_, markup))) = self.events.next_if(|(at, _)| *at <= to) {
            self.close();
            self.out.push_str(markup);
        }
    }

    fn close(&mut self) {
        if let Some(after) = self.open.take() {
            self.out.push_str(self.end);
            self.out.push_str(after);
        }
    }

    /// Opens a run, within a tracked deletion when there is one.
    fn run(&mut self, tracked: Option<&'p (String, String)>) {
        let after = tracked.map_or("", |(_, after)| after.as_str());
        if self.open == Some(after) {
            return;
        }
        self.close();
        if let Some((before, _)) = tracked {
            self.out.push_str(before);
        }
        self.out.push_str(self.tag);
        self.out.push_str(self.properties);
        self.open = Some(after);
    }

    fn removal(&self, range: &Range<usize>) -> Option<&'p Removal> {
        let removals = &self.part.removals;
        let at = removals.partition_point(|removal| removal.range.end < range.end);
        removals.get(at).filter(|removal| removal.range.start <= range.start && range.end <= removal.range.end)
    }

    fn element(&mut self, id: NodeId, whole: Range<usize>) {
        let removal = self.removal(&whole).filter(|_| self.part.is_any(id, SHOWN));
        match removal {
            Some(Removal { tracked: None, .. }) => return,
            Some(Removal { tracked: Some(tracked), .. }) => self.run(Some(tracked)),
            None => self.run(None),
        }
        self.part.copy(whole, self.out);
    }

    /// A text, in as many pieces as there are cuts in it.
    fn text(&mut self, id: NodeId) {
        let node = self.part.tree.node(id);
        let content = node.open.end..node.close.start;
        let mut cuts: Vec<usize> = vec![content.start];
        let within = |at: &usize| content.start < *at && *at < content.end;
        cuts.extend(self.part.inside.range(content.clone()).map(|(at, _)| *at).filter(within));
        let ends = self.part.removals.iter().flat_map(|removal| [removal.range.start, removal.range.end]);
        cuts.extend(ends.filter(within));
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().skip(1).copied().chain([content.end]);
        let is_whole = cuts.len() == 1;
        for (from, to) in cuts.iter().copied().zip(ends) {
            self.put_in(from);
            let removal = self.removal(&(from..to));
            if is_whole && removal.is_none() {
                self.run(None);
                self.out.push_str(self.part.tree.slice(self.part.tree.whole(id)));
                continue;
            }
            let name = match removal {
                Some(Removal { tracked: None, .. }) => continue,
                Some(Removal { tracked: Some(tracked), .. }) => {
                    self.run(Some(tracked));
                    "delText"
                }
                None => {
                    self.run(None);
                    "t"
                }
            };
            let text = self.piece(id, from..to);
            self.out.push_str(&format!("{} xml:space=\"preserve\">", self.part.opening(name)));
            self.out.push_str(&text);
            self.out.push_str(&self.part.closing(name));
        }
    }

    /// Text between two bytes, as it stands or, where it is in a CDATA section, escaped.
    fn piece(&self, id: NodeId, range: Range<usize>) -> String {
        let tree = &self.part.tree;
        let mut out = String::new();
        for child in tree.node(id).children.iter().copied() {
            let node = tree.node(child);
            let inner = match node.kind {
                Kind::Text => node.open.clone(),
                Kind::CData => node.open.start + "<![CDATA[".len()..node.open.end.saturating_sub("]]>".len()),
                _ => continue,
            };
            let part = tree.slice(inner.start.max(range.start)..inner.end.min(range.end));
            if node.kind == Kind::Text { out.push_str(part) } else { out.push_str(&xml_text(part)) }
        }
        out
    }
}
