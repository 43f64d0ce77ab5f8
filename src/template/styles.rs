//! Styles of the template that values may name.

use super::xml::Tree;
use std::collections::BTreeMap;

/// Styles by name, and what headings and tables are called here.
#[derive(Debug, Default)]
pub struct Styles {
    names: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
    /// Number of the list that a paragraph style brings along.
    pub lists: BTreeMap<String, u32>,
    /// First number that no list has.
    pub next_list: u32,
    /// Lists with bullets, which count nothing.
    bullets: std::collections::BTreeSet<u32>,
}

impl Styles {
    /// Reads `word/styles.xml`; a part that cannot be read gives no styles.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let Ok(tree) = Tree::parse(bytes) else { return Self::default() };
        let mut styles = Self::default();
        for id in 1..tree.nodes.len() {
            if !tree.is(id, "w:style") {
                continue;
            }
            let Some(style) = tree.attr(id, "w:styleId") else { continue };
            if let Some(name) = tree.child(id, "w:name").and_then(|name| tree.attr(name, "w:val")) {
                styles.names.insert(name.to_lowercase(), style.to_owned());
                styles.ids.insert(style.to_owned(), name.to_owned());
            }
            let number = tree
                .child(id, "w:pPr")
                .and_then(|properties| tree.child(properties, "w:numPr"))
                .and_then(|numbering| tree.child(numbering, "w:numId"))
                .and_then(|number| tree.attr(number, "w:val")?.parse().ok());
            if let Some(number) = number {
                styles.lists.insert(style.to_owned(), number);
            }
        }
        styles
    }

    /// Adds what `word/numbering.xml` says of the lists.
    #[must_use]
    pub fn with_lists(mut self, bytes: &[u8]) -> Self {
        let Ok(tree) = Tree::parse(bytes) else { return self };
        let number = |id: usize, name: &str| tree.attr(id, name).and_then(|value| value.parse::<u32>().ok());
        let mut bullet_kinds = std::collections::BTreeSet::new();
        for id in 1..tree.nodes.len() {
            match tree.name(id) {
                "w:abstractNum" => {
                    let format = tree.child(id, "w:lvl").and_then(|level| tree.child(level, "w:numFmt"));
                    if format.and_then(|format| tree.attr(format, "w:val")) == Some("bullet") {
                        bullet_kinds.extend(number(id, "w:abstractNumId"));
                    }
                }
                "w:num" => {
                    let Some(list) = number(id, "w:numId") else { continue };
                    self.next_list = self.next_list.max(list.saturating_add(1));
                    let kind = tree.child(id, "w:abstractNumId").and_then(|kind| number(kind, "w:val"));
                    if kind.is_some_and(|kind| bullet_kinds.contains(&kind)) {
                        self.bullets.insert(list);
                    }
                }
                _ => {}
            }
        }
        self
    }

    /// `true` for a list that counts.
    #[must_use]
    pub fn counts(&self, list: u32) -> bool {
        list < self.next_list && !self.bullets.contains(&list)
    }

    /// Id of a style given by id or name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<&str> {
        match self.ids.get_key_value(name) {
            Some((id, _)) => Some(id),
            None => self.by_name(name),
        }
    }

    /// Id of a style given by name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&str> {
        self.names.get(&name.to_lowercase()).map(String::as_str)
    }

    /// Name of a style.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<&str> {
        self.ids.get(id).map(String::as_str)
    }

    /// `true` when a style has that id.
    #[must_use]
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }
}
