//! Places between runs, where markup may be put in.

use super::origins::{Side, Words};
use super::part::Part;
use crate::read::docx::Place;
use crate::template::xml::{Kind, NodeId};

/// A place for markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The byte.
    pub at: usize,
    /// The run that has to be split there.
    pub run: Option<NodeId>,
}

/// Two places around some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// Before them.
    pub start: Spot,
    /// Behind them; the same place for empty words.
    pub end: Spot,
    /// The words themselves stand between, not something around them.
    pub exact: bool,
}

/// Elements with content of their own kind: what is put in stands around them.
const CLOSED: &[&str] = &["m:oMath", "m:oMathPara", "mc:AlternateContent"];

/// Elements around runs at whose edges markup stands rather outside.
const WRAPPERS: &[&str] = &["hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "customXml", "dir", "bdo"];

impl Part {
    /// The places around words where markup may begin and end. Comments leave a text box for the place of its drawing.
    pub fn ends(&self, words: &Words, leaves_box: bool) -> Option<Ends> {
        let first_side = if words.point == Some(Side::Behind) { Side::Behind } else { Side::Before };
        let (start, is_exact) = self.spot(words.first, first_side, leaves_box)?;
        if words.point.is_some() {
            return Some(Ends { start, end: start, exact: is_exact });
        }
        let (end, is_exact_too) = self.spot(words.last, Side::Behind, leaves_box)?;
        Some(Ends { start, end, exact: is_exact && is_exact_too })
    }

    /// The place at one side of a character, and whether it is right there. Out of a text box one goes to its drawing.
    fn spot(&self, place: Place, side: Side, leaves_box: bool) -> Option<(Spot, bool)> {
        // A letter may be composed of characters of two runs.
        let node = self.deepest(if side == Side::Before { place.start } else { place.end.saturating_sub(1) } as usize);
        let up = || std::iter::once(node).chain(self.tree.ancestors(node));
        let paragraph = up().find(|id| self.is(*id, "p"))?;
        if leaves_box {
            let outermost_box = up().filter(|id| self.is(*id, "txbxContent")).last();
            if let Some(text_box) = outermost_box {
                let host = self.tree.ancestors(text_box).filter(|id| self.is(*id, "r")).last()?;
                return Some((self.around(host, side), false));
            }
        }
        let inner = || up().take_while(|id| *id != paragraph);
        let is_closed = |id: &NodeId| CLOSED.contains(&self.tree.name(*id)) || self.is(*id, "ruby");
        let run = match inner().filter(is_closed).last() {
            Some(closed) => {
                // The run that holds it, or the thing itself.
                let holder =
                    self.tree.ancestors(closed).take_while(|id| *id != paragraph).filter(|id| self.is(*id, "r"));
                return Some((self.around(holder.last().unwrap_or(closed), side), false));
            }
            None => inner().find(|id| self.is(*id, "r")),
        };
        let Some(run) = run else {
            let child = inner().last()?;
            return Some((self.around(child, side), false));
        };
        let Some(child) = inner().take_while(|id| *id != run).last() else {
            return Some((self.around(run, side), false));
        };
        let is_text = self.is(child, "t") && matches!(self.tree.node(node).kind, Kind::Text | Kind::CData);
        if is_text {
            let text = self.tree.node(child);
            let at = if side == Side::Before { place.start } else { place.end } as usize;
            // Markup of a CDATA section at the edges is no text.
            let is_first = self.plain(text.open.end..at).is_empty();
            let is_last = self.plain(at..text.close.start).is_empty();
            if !is_first && !is_last {
                return Some((Spot { at, run: Some(run) }, true));
            }
            return Some((self.beside(run, child, if is_first { Side::Before } else { Side::Behind }), true));
        }
        Some((self.beside(run, child, side), true))
    }

    /// The places at the beginning and at the end of a paragraph.
    pub fn paragraph_ends(&self, home: Place) -> Option<Ends> {
        let paragraph = self.paragraph_of(home)?;
        let boxes = self.tree.ancestors(paragraph).filter(|id| self.is(*id, "txbxContent"));
        if let Some(text_box) = boxes.last() {
            let host = self.tree.ancestors(text_box).filter(|id| self.is(*id, "r")).last()?;
            let [start, end] = [Side::Before, Side::Behind].map(|side| self.around(host, side));
            return Some(Ends { start, end, exact: false });
        }
        let node = self.tree.node(paragraph);
        if node.kind != Kind::Element(false) {
            return None;
        }
        let start = self.child(paragraph, "pPr").map_or(node.open.end, |id| self.tree.whole(id).end);
        let [start, end] = [start, node.close.start].map(|at| Spot { at, run: None });
        Some(Ends { start, end, exact: false })
    }

    /// The paragraph at a place.
    pub fn paragraph_of(&self, place: Place) -> Option<NodeId> {
        let node = self.deepest(place.start as usize);
        std::iter::once(node).chain(self.tree.ancestors(node)).find(|id| self.is(*id, "p"))
    }

    /// The run at the end of a place.
    pub fn run_of(&self, place: Place) -> Option<NodeId> {
        let node = self.deepest(place.end.saturating_sub(1) as usize);
        std::iter::once(node).chain(self.tree.ancestors(node)).find(|id| self.is(*id, "r"))
    }

    fn plain(&self, range: std::ops::Range<usize>) -> &str {
        let text = self.tree.slice(range);
        text.strip_prefix("<![CDATA[").or_else(|| text.strip_suffix("]]>")).unwrap_or(text)
    }

    /// The place beside a child of a run.
    fn beside(&self, run: NodeId, child: NodeId, side: Side) -> Spot {
        let children = &self.tree.node(run).children;
        let at = children.iter().position(|id| *id == child).unwrap_or_default();
        let is_silent =
            |id: &NodeId| self.tree.node(*id).kind == Kind::Text || self.is_any(*id, &["rPr", "lastRenderedPageBreak"]);
        let whole = self.tree.whole(child);
        match side {
            Side::Before if children.iter().take(at).all(is_silent) => self.around(run, side),
            Side::Behind if children.iter().skip(at + 1).all(is_silent) => self.around(run, side),
            Side::Before => Spot { at: whole.start, run: Some(run) },
            Side::Behind => Spot { at: whole.end, run: Some(run) },
        }
    }

    /// The place beside an element, outside of the wrappers that it begins or ends.
    fn around(&self, element: NodeId, side: Side) -> Spot {
        let mut id = element;
        loop {
            let parent = self.tree.node(id).parent;
            let mut children = self
                .tree
                .node(parent)
                .children
                .iter()
                .copied()
                .filter(|child| self.tree.node(*child).kind != Kind::Text);
            let at_edge = match side {
                Side::Before => children.next() == Some(id),
                Side::Behind => children.next_back() == Some(id),
            };
            if !at_edge || !self.is_any(parent, WRAPPERS) {
                break;
            }
            id = parent;
        }
        let whole = self.tree.whole(id);
        Spot { at: if side == Side::Before { whole.start } else { whole.end }, run: None }
    }
}
