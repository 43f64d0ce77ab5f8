//! Changes of look: properties of paragraphs, runs and sections, set beside those that are there.

use super::part::Part;
use crate::model::Look;
use crate::read::docx::Place;
use crate::template::xml::{Kind, NodeId, attributes};
use std::collections::BTreeMap;

/// Properties of a run in the order of the schema (ECMA-376, `CT_RPr`), up to the last that is set here.
const RUN_ORDER: &[&str] = &[
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
];

/// Properties of a paragraph in the order of the schema (`CT_PPr`), up to the last that is set here.
const PARAGRAPH_ORDER: &[&str] = &[
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
];

/// Properties of a section (`CT_SectPr`).
const SECTION_ORDER: &[&str] = &[
    "headerReference",
    "footerReference",
    "footnotePr",
    "endnotePr",
    "type",
    "pgSz",
    "pgMar",
    "paperSrc",
    "pgBorders",
    "lnNumType",
    "pgNumType",
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
];

/// Attributes of one property: a value, or `None` to take the attribute away.
type Attributes = BTreeMap<&'static str, Option<String>>;

/// Properties that are set, by the element that has them and the name of the property.
pub type Looks = BTreeMap<NodeId, BTreeMap<&'static str, Attributes>>;

/// Changes the look of a paragraph, or of the whole part. `false` when nothing could be changed.
pub fn apply(part: &mut Part, home: Option<Place>, look: &Look) -> bool {
    let paragraphs = match home {
        Some(home) => part.paragraph_of(home).into_iter().collect(),
        None => elements(part, 0..part.tree.nodes.len(), "p"),
    };
    let twips = |value: u32| Some(value.to_string());
    let on = |on: bool| if on { None } else { Some("0".to_owned()) };
    match look {
        Look::Margins { top, bottom, left, right } => {
            let sides = [("top", top), ("bottom", bottom), ("left", left), ("right", right)];
            let wanted: Vec<_> =
                sides.into_iter().filter_map(|(side, value)| Some((side, Some(value.as_ref()?.to_string())))).collect();
            let sections = elements(part, 0..part.tree.nodes.len(), "sectPr");
            set(part, &sections, "pgMar", &wanted)
        }
        Look::Font { family } => {
            let named = ["ascii", "hAnsi", "cs", "eastAsia"].map(|script| (script, Some(family.clone())));
            let themes = ["asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"].map(|script| (script, None));
            let runs = runs(part, &paragraphs);
            set(part, &runs, "rFonts", &[named, themes].concat())
        }
        Look::Size { half_points } => {
            let runs = runs(part, &paragraphs);
            let size = [("val", twips(*half_points))];
            set(part, &runs, "sz", &size) && set(part, &runs, "szCs", &size)
        }
        Look::Bold { on: is_on } => {
            let runs = runs(part, &paragraphs);
            set(part, &runs, "b", &[("val", on(*is_on))])
        }
        Look::Italic { on: is_on } => {
            let runs = runs(part, &paragraphs);
            set(part, &runs, "i", &[("val", on(*is_on))])
        }
        Look::Justify => set(part, &paragraphs, "jc", &[("val", Some("both".to_owned()))]),
        Look::FirstLine { twips: indent } => {
            let none = ["hanging", "hangingChars", "firstLineChars"].map(|name| (name, None));
            set(part, &paragraphs, "ind", &[&[("firstLine", twips(*indent))], &none[..]].concat())
        }
        Look::Spacing { after, line } => {
            let mut wanted = Vec::new();
            if let Some(after) = after {
                wanted.extend([("after", twips(*after)), ("afterAutospacing", None)]);
            }
            if let Some(line) = line {
                wanted.extend([("line", twips(*line)), ("lineRule", Some("auto".to_owned()))]);
            }
            set(part, &paragraphs, "spacing", &wanted)
        }
        Look::Rule => set(part, &paragraphs, "pBdr", &[("bottom", None)]),
        Look::PageNumber => page_number(part),
    }
}

/// Relationship of the header with the page number.
pub const NUMBER_ID: &str = "rIdSoTrang";

/// A header with the page number from page 2 on (NĐ 30/2020, Phụ lục I). A document that has headers or footers of its
/// own is left to a person: what stands there would be lost.
fn page_number(part: &mut Part) -> bool {
    let sections = elements(part, 0..part.tree.nodes.len(), "sectPr");
    let has_furniture = sections
        .iter()
        .any(|section| part.child(*section, "headerReference").or(part.child(*section, "footerReference")).is_some());
    let Some(first) = sections.first().filter(|_| !has_furniture && !part.is_strict) else { return false };
    let reference = [
        ("type", Some("default".to_owned())),
        ("r:id", Some(NUMBER_ID.to_owned())),
        ("xmlns:r", Some(super::comments::OFFICE.to_owned())),
    ];
    set(part, &[*first], "headerReference", &reference) && set(part, &[*first], "titlePg", &[("val", None)])
}

fn elements(part: &Part, ids: std::ops::Range<NodeId>, local: &str) -> Vec<NodeId> {
    ids.filter(|id| part.is(*id, local)).collect()
}

/// Runs of paragraphs, without those that only hold a drawing.
fn runs(part: &Part, paragraphs: &[NodeId]) -> Vec<NodeId> {
    let within = |id: &NodeId| *id..part.tree.subtree_end(*id);
    let mut runs: Vec<NodeId> =
        paragraphs.iter().flat_map(|paragraph| elements(part, within(paragraph), "r")).collect();
    runs.sort_unstable();
    runs.dedup();
    runs.retain(|run| part.child(*run, "t").is_some());
    runs
}

fn set(
    part: &mut Part,
    elements: &[NodeId],
    property: &'static str,
    wanted: &[(&'static str, Option<String>)],
) -> bool {
    for element in elements {
        let attributes = part.looks.entry(*element).or_default().entry(property).or_default();
        attributes.extend(wanted.iter().cloned());
    }
    !elements.is_empty() && !wanted.is_empty()
}

/// Takes a paragraph out; one that ends a cell or a section stays without its text.
pub fn remove_paragraph(part: &mut Part, paragraph: NodeId) -> bool {
    let parent = part.tree.node(paragraph).parent;
    let properties = part.child(paragraph, "pPr");
    let ends_section = properties.is_some_and(|id| part.child(id, "sectPr").is_some());
    let siblings = &part.tree.node(parent).children;
    let blocks: Vec<NodeId> = siblings.iter().copied().filter(|id| part.is_any(*id, &["p", "tbl", "sdt"])).collect();
    let is_needed = blocks.len() < 2 || (part.is(parent, "tc") && blocks.last() == Some(&paragraph));
    let whole = part.tree.whole(paragraph);
    if !ends_section && !is_needed {
        return part.exchange(whole, String::new());
    }
    let node = part.tree.node(paragraph);
    let start = properties.map_or(node.open.end, |id| part.tree.whole(id).end);
    let range = start..node.close.start;
    !range.is_empty() && part.exchange(range, String::new())
}

impl Part {
    /// Registers the changed properties of all elements but runs that are written anew, which bring their own.
    pub fn settle_looks(&mut self) {
        let looks = std::mem::take(&mut self.looks);
        for id in looks.keys().copied() {
            let node = self.tree.node(id);
            let markup = self.properties_with(id, looks.get(&id));
            let old = self.properties_of(id).map(|old| self.tree.whole(old));
            let is_section = self.is(id, "sectPr");
            match (old, &node.kind) {
                _ if self.is_rewritten(id) => {}
                (Some(old), _) => {
                    self.exchange(old, markup);
                }
                (None, Kind::Element(true)) if !is_section => {
                    let open = self.tree.slice(node.open.clone()).trim_end_matches("/>").trim_end().to_owned();
                    let end = format!("</{}>", self.tree.name(id));
                    self.exchange(node.open.clone(), format!("{open}>{markup}{end}"));
                }
                (None, _) => {
                    let at = node.open.end;
                    self.put_outside(at, super::part::Rank::NewWords, markup);
                }
            }
        }
        self.looks = looks;
    }

    /// The element with the properties of an element; a section is its own.
    fn properties_of(&self, id: NodeId) -> Option<NodeId> {
        if self.is(id, "sectPr") {
            return Some(id);
        }
        self.child(id, if self.is(id, "r") { "rPr" } else { "pPr" })
    }

    /// The properties of an element with what is set.
    pub fn properties(&self, id: NodeId) -> String {
        match self.looks.get(&id) {
            Some(looks) => self.properties_with(id, Some(looks)),
            None => self.properties_of(id).map_or(String::new(), |id| self.tree.slice(self.tree.whole(id)).to_owned()),
        }
    }

    fn properties_with(&self, id: NodeId, looks: Option<&BTreeMap<&'static str, Attributes>>) -> String {
        let (local, order) = if self.is(id, "r") {
            ("rPr", RUN_ORDER)
        } else if self.is(id, "sectPr") {
            ("sectPr", SECTION_ORDER)
        } else {
            ("pPr", PARAGRAPH_ORDER)
        };
        let old = self.properties_of(id);
        let children: Vec<NodeId> = old.map_or(Vec::new(), |old| {
            self.tree.node(old).children.iter().copied().filter(|id| self.tree.node(*id).kind != Kind::Text).collect()
        });
        let rank = |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
        let own_name = |id: NodeId| self.tree.name(id).rsplit(':').next().unwrap_or_default();
        let mut pieces: Vec<(usize, String)> = children
            .iter()
            .filter(|child| looks.is_none_or(|looks| !looks.contains_key(own_name(**child))))
            .map(|child| (rank(own_name(*child)), self.tree.slice(self.tree.whole(*child)).to_owned()))
            .collect();
        for (property, wanted) in looks.into_iter().flatten() {
            let known = children.iter().copied().find(|child| own_name(*child) == *property);
            let at = pieces.iter().position(|(other, _)| *other > rank(property)).unwrap_or(pieces.len());
            pieces.insert(at, (rank(property), self.property(property, known, wanted)));
        }
        let body: String = pieces.into_iter().map(|(_, piece)| piece).collect();
        let open = match old.map(|old| self.tree.slice(self.tree.node(old).open.clone())) {
            Some(open) => open.trim_end_matches('>').trim_end_matches('/').trim_end().to_owned(),
            None => self.opening(local),
        };
        let name = old.map_or_else(|| format!("{}{local}", self.made), |old| self.tree.name(old).to_owned());
        format!("{open}>{body}</{name}>")
    }

    /// A property with the attributes that it has and those that are set.
    fn property(&self, name: &str, known: Option<NodeId>, wanted: &Attributes) -> String {
        if name == "pBdr" {
            let w = &self.made;
            let rule =
                format!("{} {w}val=\"single\" {w}sz=\"6\" {w}space=\"1\" {w}color=\"auto\"/>", self.opening("bottom"));
            return format!("{}>{rule}{}", self.opening(name), self.closing(name));
        }
        let mut out = self.opening(name);
        if let Some(known) = known {
            for (key, value) in attributes(self.tree.slice(self.tree.node(known).open.clone())) {
                let local = key.rsplit(':').next().unwrap_or(key);
                if !wanted.contains_key(local) && !key.starts_with("xmlns") {
                    out.push_str(&format!(" {key}=\"{value}\""));
                }
            }
        }
        for (key, value) in wanted {
            if let Some(value) = value {
                // Attributes of other vocabularies bring their prefix.
                let prefix = if key.contains(':') { "" } else { self.made.as_str() };
                out.push_str(&format!(" {prefix}{key}=\"{}\"", super::comments::attribute(value)));
            }
        }
        out + "/>"
    }
}
