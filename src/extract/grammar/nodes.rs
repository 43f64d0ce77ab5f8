//! What earlier passes found in a text, for the patterns of later ones.

use super::{Class, to_u32};

/// Something that an earlier pass found: tokens `start..end`, of a class, with the index of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub class: Class,
    /// One past its last token.
    pub end: u32,
    /// Index of its value in the pass's own table.
    pub value: u32,
}

/// What earlier passes found in a text, by first token.
#[derive(Debug, Default, Clone)]
pub struct Nodes {
    /// For each token the place of its first node in `links`, plus one; 0 where there is none, as at most tokens.
    firsts: Vec<u32>,
    /// Every node, with the place of the next one at the same token, plus one; 0 behind the last.
    links: Vec<(Node, u32)>,
    pub(super) classes: ClassSet,
}

impl Nodes {
    /// Room for a text of this many tokens.
    #[must_use]
    pub fn new(tokens: usize) -> Self {
        let mut nodes = Self::default();
        nodes.restart(tokens);
        nodes
    }

    /// Forgets everything; room for a text of this many tokens.
    pub fn restart(&mut self, tokens: usize) {
        self.firsts.clear();
        self.firsts.resize(tokens, 0);
        self.links.clear();
        self.classes = ClassSet::default();
    }

    /// Adds what begins at a token.
    pub fn push(&mut self, at: usize, node: Node) {
        let place = to_u32(self.links.len() + 1);
        let Some(first) = self.firsts.get_mut(at) else { return };
        let mut last = std::mem::replace(first, if *first == 0 { place } else { *first });
        while let Some((_, next)) = self.links.get_mut((last as usize).wrapping_sub(1)) {
            last = std::mem::replace(next, if *next == 0 { place } else { *next });
        }
        self.links.push((node, 0));
        self.classes.add(node.class);
    }

    /// What begins at a token, in the order in which it was found.
    pub fn at(&self, at: usize) -> impl Iterator<Item = &Node> {
        let mut next = self.firsts.get(at).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let (node, following) = self.links.get((next as usize).checked_sub(1)?)?;
            next = *following;
            Some(node)
        })
    }

    /// Whether anything begins at a token.
    pub(super) fn any_at(&self, at: usize) -> bool {
        self.firsts.get(at).is_some_and(|first| *first > 0)
    }

    /// Everything found, from left to right.
    pub fn all(&self) -> impl Iterator<Item = &Node> {
        (0..self.firsts.len()).flat_map(|at| self.at(at))
    }

    /// Whether anything of a class was found.
    #[must_use]
    pub fn hold(&self, class: Class) -> bool {
        self.classes.holds(class)
    }
}

/// A set of classes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClassSet(pub(super) u64);

impl ClassSet {
    /// Classes of a higher number than the set has room for share its last place.
    fn bit(class: Class) -> u64 {
        1 << class.min(63)
    }

    pub(super) fn add(&mut self, class: Class) {
        self.0 |= Self::bit(class);
    }

    pub(super) fn holds(self, class: Class) -> bool {
        self.0 & Self::bit(class) != 0
    }

    pub(super) fn holds_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_at_a_token_comes_in_the_order_in_which_it_was_found() {
        let mut nodes = Nodes::new(3);
        let node = |class, value| Node { class, end: 3, value };
        for (at, class, value) in [(2, 1, 10), (0, 2, 20), (2, 2, 30), (2, 1, 40), (0, 1, 50), (9, 5, 60)] {
            nodes.push(at, node(class, value));
        }
        let values = |at| nodes.at(at).map(|node| node.value).collect::<Vec<_>>();
        assert_eq!((values(0), values(1), values(2), values(9)), (vec![20, 50], vec![], vec![10, 30, 40], vec![]));
        assert_eq!(nodes.all().map(|node| node.value).collect::<Vec<_>>(), [20, 50, 10, 30, 40]);
        assert!(nodes.hold(1) && nodes.hold(2) && !nodes.hold(5));
        assert!(nodes.any_at(0) && !nodes.any_at(1) && !nodes.any_at(9));
    }
}
