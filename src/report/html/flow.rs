//! The document's side of the page: paragraphs, tables, and marks where something was found.

use super::card_id;
use crate::Reading;
use crate::model::{Block, BlockKind, CellRef, Part, Span};
use crate::report::View;
use crate::report::entries::{Entry, Group};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A step of the page: a paragraph, or the opening or closing of a table, a row, a cell.
#[derive(Debug, Default, Serialize)]
pub struct Node {
    open: &'static str,
    close: &'static str,
    tag: &'static str,
    class: String,
    block: u32,
    number: u32,
    label: Option<String>,
    parts: Vec<Segment>,
    columns: u32,
    rows: u32,
}

/// A stretch of text that the same entries cover.
#[derive(Debug, Serialize)]
struct Segment {
    text: String,
    /// Ids of the cards, blank-separated; empty for plain text.
    ids: String,
    /// Groups of the entries, the one that gives the colour first.
    groups: String,
    class: String,
    title: String,
}

/// Which group colours a stretch that several cover: what is short and precise before what is long.
const COLOURS: [Group; 9] = [
    Group::Deadlines,
    Group::Quotas,
    Group::Attachments,
    Group::Basis,
    Group::Mentions,
    Group::Criteria,
    Group::Assignments,
    Group::Names,
    Group::Diagnostics,
];

/// The document as steps, with a mark for every span of an entry.
pub fn nodes(reading: &Reading, key: &str, entries: &[Entry], view: &View) -> Vec<Node> {
    let mut spans: BTreeMap<u32, Vec<(Span, usize)>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for span in &entry.spans {
            spans.entry(span.block).or_default().push((*span, at));
        }
    }
    let plain = header_tables(reading);
    let mut tables = Tables::default();
    let mut nodes = Vec::new();
    for block in &reading.document.blocks {
        tables.go_to(block.cell, &plain, &mut nodes);
        let covering = spans.remove(&block.id).unwrap_or_default();
        nodes.push(Node {
            open: "p",
            tag: if block.kind == BlockKind::Heading { "h3" } else { "p" },
            class: class(block),
            block: block.id,
            number: block.id + 1,
            label: block.label.clone(),
            parts: segments(&block.text, covering, |at| (card_id(key, at), entries.get(at)), view),
            ..Node::default()
        });
    }
    tables.go_to(None, &plain, &mut nodes);
    nodes
}

/// Tables that hold parts of form (number, date, signature) have no lines.
fn header_tables(reading: &Reading) -> BTreeSet<u32> {
    let spans = reading.extraction.document.spans.values();
    let blocks = spans.filter_map(|span| reading.document.blocks.get(span.block as usize));
    blocks.filter_map(|block| block.cell).map(|cell| cell.table).collect()
}

fn class(block: &Block) -> String {
    let mut classes = Vec::new();
    if block.kind == BlockKind::ListItem {
        classes.push("list-item");
    }
    if block.part != Part::Body && block.part != Part::TextBox {
        classes.push("aside");
    }
    for (set, name) in [(block.hints.bold, "bold"), (block.hints.italic, "italic"), (block.hints.centred, "centred")] {
        if set {
            classes.push(name);
        }
    }
    classes.join(" ")
}

/// The tables that are open, from the outermost in.
#[derive(Default)]
struct Tables {
    open: Vec<CellRef>,
}

impl Tables {
    /// Closes and opens what lies between the last place and the next one.
    fn go_to(&mut self, cell: Option<CellRef>, plain: &BTreeSet<u32>, nodes: &mut Vec<Node>) {
        let close = |what| Node { close: what, ..Node::default() };
        let open = |what| Node { open: what, ..Node::default() };
        let Some(cell) = cell else {
            for _ in self.open.drain(..) {
                nodes.extend([close("cell"), close("row"), close("table")]);
            }
            return;
        };
        while self.open.last().is_some_and(|last| last.depth > cell.depth || leaves(last, &cell)) {
            self.open.pop();
            nodes.extend([close("cell"), close("row"), close("table")]);
        }
        let cell_node = Node { open: "cell", columns: cell.column_span, rows: cell.row_span, ..Node::default() };
        match self.open.last_mut() {
            Some(last) if last.table == cell.table => {
                if (last.row, last.column) == (cell.row, cell.column) {
                    return;
                }
                nodes.push(close("cell"));
                if last.row != cell.row {
                    nodes.extend([close("row"), open("row")]);
                }
                *last = cell;
            }
            _ => {
                let class = if plain.contains(&cell.table) { "plain" } else { "" };
                nodes.extend([Node { class: class.to_owned(), ..open("table") }, open("row")]);
                self.open.push(cell);
            }
        }
        nodes.push(cell_node);
    }
}

/// The next cell stands in another table of the same depth.
fn leaves(last: &CellRef, next: &CellRef) -> bool {
    last.depth == next.depth && last.table != next.table
}

/// Cuts a text where a span begins or ends.
fn segments<'a>(
    text: &str,
    mut spans: Vec<(Span, usize)>,
    entry: impl Fn(usize) -> (String, Option<&'a Entry>),
    view: &View,
) -> Vec<Segment> {
    spans.retain(|(span, _)| span.start < span.end);
    spans.sort_by_key(|(span, at)| (span.start, *at));
    let cuts: BTreeSet<u32> = spans.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    let mut cuts = cuts.into_iter().peekable();
    let mut upcoming = spans.into_iter().peekable();
    let mut active: Vec<(Span, usize)> = Vec::new();
    let mut segments = Vec::new();
    let mut stretch = String::new();
    let mut finish = |stretch: &mut String, active: &[(Span, usize)]| {
        if !stretch.is_empty() {
            let covering = active.iter().map(|(_, at)| entry(*at));
            segments.push(segment(std::mem::take(stretch), covering.collect(), view));
        }
    };
    for (position, c) in (0_u32..).zip(text.chars()) {
        if cuts.next_if(|cut| *cut <= position).is_some() {
            finish(&mut stretch, &active);
            active.retain(|(span, _)| span.end > position);
            while let Some(next) = upcoming.next_if(|(span, _)| span.start <= position) {
                active.push(next);
            }
        }
        stretch.push(c);
    }
    finish(&mut stretch, &active);
    segments
}

fn segment(text: String, covering: Vec<(String, Option<&Entry>)>, view: &View) -> Segment {
    let ids: Vec<&str> = covering.iter().map(|(id, _)| id.as_str()).collect();
    let covers = |group: &Group| covering.iter().any(|(_, entry)| entry.is_some_and(|entry| entry.group == *group));
    let groups: Vec<&str> = COLOURS.iter().filter(|group| covers(group)).map(|group| group.key()).collect();
    let titles: Vec<String> = covering
        .iter()
        .filter_map(|(_, entry)| *entry)
        .map(|entry| format!("{}: {}", view.text(&format!("report.group.{}", entry.group.key())), entry.head))
        .collect();
    let doubtful = if covers(&Group::Diagnostics) { " diagnostics" } else { "" };
    let colour = groups.first().filter(|group| **group != "diagnostics").copied().unwrap_or_default();
    Segment {
        text,
        ids: ids.join(" "),
        class: format!("{colour}{doubtful}"),
        groups: groups.join(" "),
        title: titles.join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn cut(text: &str, spans: &[(u32, u32)]) -> Vec<(String, String)> {
        let spans: Vec<(Span, usize)> = spans
            .iter()
            .enumerate()
            .map(|(at, (start, end))| (Span { block: 0, start: *start, end: *end }, at))
            .collect();
        let cut = sample::with_view(|view| segments(text, spans, |at| (at.to_string(), None), view));
        cut.into_iter().map(|segment| (segment.text, segment.ids)).collect()
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn overlapping_spans_are_cut_where_they_begin_and_end() {
        assert_eq!(cut("đăng ký", &[(0, 4), (2, 7)]), pairs(&[("đă", "0"), ("ng", "0 1"), (" ký", "1")]));
        assert_eq!(cut("một hai", &[(0, 7), (4, 7)]), pairs(&[("một ", "0"), ("hai", "0 1")]));
        assert_eq!(cut("một", &[]), pairs(&[("một", "")]));
        assert_eq!(cut("một", &[(1, 1), (2, 90)]), pairs(&[("mộ", ""), ("t", "1")]));
    }

    #[test]
    fn tables_open_and_close_in_pairs_also_when_nested() {
        let cell = |table, row, column, depth| Some(CellRef { table, row, column, column_span: 1, row_span: 1, depth });
        let mut tables = Tables::default();
        let mut nodes = Vec::new();
        for place in [
            cell(0, 0, 0, 0),
            cell(1, 0, 0, 1),
            cell(1, 1, 0, 1),
            cell(0, 0, 1, 0),
            None,
            cell(2, 0, 0, 0),
            cell(3, 0, 0, 0),
            None,
        ] {
            tables.go_to(place, &BTreeSet::new(), &mut nodes);
        }
        let mut open: Vec<&str> = Vec::new();
        for node in &nodes {
            if node.open.is_empty() {
                assert_eq!(open.pop(), Some(node.close));
            } else {
                open.push(node.open);
            }
        }
        assert!(open.is_empty());
        assert_eq!(nodes.iter().filter(|node| node.open == "table").count(), 4);
        assert_eq!(nodes.iter().filter(|node| node.open == "cell").count(), 6);
    }

    #[test]
    fn every_character_of_the_document_is_on_the_page() {
        let reading = sample::reading();
        let nodes = sample::with_view(|view| {
            let entries = crate::report::entries::entries(&reading, view);
            nodes(&reading, "d", &entries, view)
        });
        let shown: Vec<String> = nodes
            .iter()
            .filter(|node| node.open == "p")
            .map(|node| node.parts.iter().map(|part| part.text.as_str()).collect())
            .collect();
        let texts: Vec<String> = reading.document.blocks.iter().map(|block| block.text.clone()).collect();
        assert_eq!(shown, texts);
    }
}
