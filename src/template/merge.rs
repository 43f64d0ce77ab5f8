//! A whole Word document in the place of a paragraph: its blocks with their styles, lists, pictures and links.
//!
//! Styles of the same name are the template's; others are added. Lists are added and count for themselves. Headers,
//! notes and comments of the document stay behind.

use super::side::Side;
use super::styles::Styles;
use super::xml::{Kind, NodeId, Tree, attributes, decode};
use crate::guard::{Limits, package::Package};
use std::collections::BTreeMap;

/// XML of the blocks of a document of the media folder.
pub fn document_xml(path: &str, side: &mut Side) -> String {
    let Some(bytes) = side.load(path) else { return String::new() };
    match Merger::open(&bytes) {
        Some(mut merger) => merger.blocks(side),
        None => {
            side.fail("media-document", path);
            String::new()
        }
    }
}

/// XML of the blocks of a finished document, and the inside of its last section without headers and footers; nothing
/// when it is no Word document.
pub fn annex_xml(bytes: &[u8], side: &mut Side) -> Option<(String, String)> {
    let mut merger = Merger::open(bytes)?;
    let section = merger.last_section();
    Some((merger.blocks(side), section))
}

struct Merger<'b> {
    package: Package<'b>,
    document: Tree,
    relations: BTreeMap<String, (String, String, bool)>,
    styles: Option<Tree>,
    numbering: Option<Tree>,
    names: Styles,
    declarations: String,
    new_styles: BTreeMap<String, String>,
    new_lists: BTreeMap<String, u32>,
}

/// Elements that point to parts that stay behind.
const LEFT_BEHIND: [&str; 8] = [
    "w:sectPr",
    "w:footnoteReference",
    "w:endnoteReference",
    "w:commentReference",
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:bookmarkStart",
    "w:bookmarkEnd",
];

impl<'b> Merger<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let package = Package::open(bytes, &Limits::default()).ok()?;
        let tree = |name: &str| package.read_optional(name).ok().flatten().and_then(|part| Tree::parse(&part).ok());
        let document = tree("word/document.xml")?;
        let mut relations = BTreeMap::new();
        if let Some(list) = tree("word/_rels/document.xml.rels") {
            for id in 1..list.nodes.len() {
                if let (Some(rid), Some(kind), Some(target)) =
                    (list.attr(id, "Id"), list.attr(id, "Type"), list.attr(id, "Target"))
                {
                    let external = list.attr(id, "TargetMode") == Some("External");
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations.insert(rid.to_owned(), (kind, decode(target), external));
                }
            }
        }
        let root = (1..document.nodes.len()).find(|id| document.is(*id, "w:document"))?;
        let declarations = attributes(document.slice(document.node(root).open.clone()))
            .filter(|(name, _)| name.starts_with("xmlns:") && *name != "xmlns:w")
            .map(|(name, value)| format!(" {name}=\"{value}\""))
            .collect();
        let names = package.read_optional("word/styles.xml").ok().flatten().map(|part| Styles::read(&part));
        Some(Self {
            styles: tree("word/styles.xml"),
            numbering: tree("word/numbering.xml"),
            names: names.unwrap_or_default(),
            package,
            document,
            relations,
            declarations,
            new_styles: BTreeMap::new(),
            new_lists: BTreeMap::new(),
        })
    }

    fn blocks(&mut self, side: &mut Side) -> String {
        let Some(body) = (1..self.document.nodes.len()).find(|id| self.document.is(*id, "w:body")) else {
            return String::new();
        };
        let mut out = String::new();
        for block in self.document.node(body).children.clone() {
            self.write(block, true, side, &mut out);
        }
        out
    }

    /// Page, margins and columns of the last section; its pages count from 1 (NĐ 30/2020, Phụ lục I: pages of every
    /// annex have numbers of their own).
    fn last_section(&self) -> String {
        const BEFORE_NUMBERS: [&str; 8] =
            ["w:footnotePr", "w:endnotePr", "w:type", "w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType"];
        let tree = &self.document;
        let body = (1..tree.nodes.len()).find(|id| tree.is(*id, "w:body"));
        let section = body.and_then(|body| tree.child(body, "w:sectPr"));
        let children = section.map(|section| tree.node(section).children.clone()).unwrap_or_default();
        let left = ["w:headerReference", "w:footerReference", "w:pgNumType", "w:type"];
        let (mut before, mut after) = (String::new(), String::new());
        for child in children.into_iter().filter(|child| !left.contains(&tree.name(*child))) {
            let part = if BEFORE_NUMBERS.contains(&tree.name(child)) { &mut before } else { &mut after };
            part.push_str(tree.slice(tree.whole(child)));
        }
        format!("{before}<w:pgNumType w:start=\"1\"/>{after}")
    }

    fn write(&mut self, id: NodeId, outermost: bool, side: &mut Side, out: &mut String) {
        let node = self.document.node(id).clone();
        if !matches!(node.kind, Kind::Element(_)) {
            out.push_str(self.document.slice(node.open));
            return;
        }
        let name = self.document.name(id).to_owned();
        if LEFT_BEHIND.contains(&name.as_str()) {
            return;
        }
        let open = self.document.slice(node.open.clone()).to_owned();
        out.push_str(&self.start_tag(&name, &open, outermost, side));
        for child in node.children {
            self.write(child, false, side, out);
        }
        out.push_str(self.document.slice(node.close));
    }

    /// A start tag whose references point into the template.
    fn start_tag(&mut self, name: &str, open: &str, outermost: bool, side: &mut Side) -> String {
        let changes = outermost
            || open.contains(" r:")
            || matches!(name, "w:pStyle" | "w:rStyle" | "w:tblStyle" | "w:numId" | "wp:docPr");
        if !changes {
            return open.to_owned();
        }
        let mut out = format!("<{name}");
        if outermost {
            out.push_str(&self.declarations);
        }
        let pairs: Vec<(String, String)> = attributes(open).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        for (attribute, value) in pairs {
            let value = match (name, attribute.as_str()) {
                ("w:pStyle" | "w:rStyle" | "w:tblStyle", "w:val") => self.style(&value, side),
                ("w:numId", "w:val") => self.list(&value, side),
                ("wp:docPr", "id") => side.drawing_id().to_string(),
                (_, "r:id" | "r:embed" | "r:link" | "r:pict") => match self.relation(&value, side) {
                    Some(id) => id,
                    None => continue,
                },
                (_, attribute) if outermost && attribute.starts_with("xmlns:") => continue,
                _ => value,
            };
            out.push_str(&format!(" {attribute}=\"{value}\""));
        }
        out.push_str(if open.ends_with("/>") { "/>" } else { ">" });
        out
    }

    fn relation(&mut self, id: &str, side: &mut Side) -> Option<String> {
        let (kind, target, external) = self.relations.get(id)?.clone();
        if external {
            return (kind == "hyperlink").then(|| side.link(&target));
        }
        if kind != "image" {
            return None;
        }
        let part = format!("word/{}", target.trim_start_matches("/word/"));
        let content = self.package.read_optional(&part).ok().flatten()?;
        Some(side.add_image(&part, content.into()))
    }

    /// The template's style of the same name, or the style itself, added with those it rests on.
    fn style(&mut self, id: &str, side: &mut Side) -> String {
        if let Some(known) = self.new_styles.get(id) {
            return known.clone();
        }
        let name = self.names.name(id).unwrap_or(id).to_owned();
        if let Some(known) = side.styles.by_name(&name) {
            let known = known.to_owned();
            self.new_styles.insert(id.to_owned(), known.clone());
            return known;
        }
        let new = if side.styles.has_id(id) { format!("td{id}") } else { id.to_owned() };
        self.new_styles.insert(id.to_owned(), new.clone());
        let Some(xml) = self.style_xml(id, &new, side) else { return new };
        side.add_style(&new, xml);
        new
    }

    fn style_xml(&mut self, id: &str, new: &str, side: &mut Side) -> Option<String> {
        let tree = self.styles.take()?;
        let found =
            (1..tree.nodes.len()).find(|node| tree.is(*node, "w:style") && tree.attr(*node, "w:styleId") == Some(id));
        let xml = found.map(|style| {
            let mut xml = tree.slice(tree.whole(style)).to_owned();
            xml = xml.replacen(&format!("w:styleId=\"{id}\""), &format!("w:styleId=\"{new}\""), 1);
            xml = xml.replacen(" w:default=\"1\"", "", 1);
            (
                xml,
                ["w:basedOn", "w:link", "w:next"].map(|name| {
                    tree.child(style, name)
                        .and_then(|node| tree.attr(node, "w:val"))
                        .map(|value| (name, value.to_owned()))
                }),
            )
        });
        self.styles = Some(tree);
        let (mut xml, others) = xml?;
        for (name, other) in others.into_iter().flatten() {
            let mapped = self.style(&other, side);
            xml = xml.replacen(&format!("<{name} w:val=\"{other}\"/>"), &format!("<{name} w:val=\"{mapped}\"/>"), 1);
        }
        // A list that the style brings along is a list of the other document.
        while let Some((before, after)) = xml.split_once("<w:numPr>") {
            let tail = after.split_once("</w:numPr>").map_or("", |(_, tail)| tail);
            xml = format!("{before}{tail}");
        }
        Some(xml)
    }

    fn list(&mut self, number: &str, side: &mut Side) -> String {
        if let Some(known) = self.new_lists.get(number) {
            return known.to_string();
        }
        let found = self.numbering.as_ref().and_then(|tree| {
            let list =
                (1..tree.nodes.len()).find(|id| tree.is(*id, "w:num") && tree.attr(*id, "w:numId") == Some(number))?;
            let kind = tree.child(list, "w:abstractNumId").and_then(|kind| tree.attr(kind, "w:val"))?;
            let source = (1..tree.nodes.len())
                .find(|id| tree.is(*id, "w:abstractNum") && tree.attr(*id, "w:abstractNumId") == Some(kind))?;
            let levels: String = tree
                .node(source)
                .children
                .iter()
                .filter(|child| matches!(tree.name(**child), "w:multiLevelType" | "w:lvl"))
                .map(|child| tree.slice(tree.whole(*child)))
                .collect();
            Some(without_references(&levels))
        });
        let Some(levels) = found else { return "0".to_owned() };
        let new = side.add_list(levels);
        self.new_lists.insert(number.to_owned(), new);
        new.to_string()
    }
}

/// Levels of a list without the styles and pictures of the document they come from.
fn without_references(levels: &str) -> String {
    let mut out = levels.to_owned();
    for name in ["<w:pStyle ", "<w:lvlPicBulletId "] {
        while let Some((before, after)) = out.split_once(name) {
            let tail = after.split_once('>').map_or("", |(_, tail)| tail);
            out = format!("{before}{tail}");
        }
    }
    out
}
