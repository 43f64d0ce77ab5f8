//! The part of the comments, and what makes it known to the package.

use super::How;
use super::part::Part;
use crate::guard::write::xml_text;
use crate::guard::xml;
use crate::model::InputError;
use crate::template::package::Package;
use crate::template::xml::{Kind, Tree};
use std::borrow::Cow;
use std::collections::BTreeSet;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT_WORD: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_OFFICE: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const HEADER_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// Comments of a document, those that are there and those that come.
#[derive(Debug)]
pub struct Comments {
    /// Name of the part of comments.
    name: String,
    /// The part as it is.
    known: Option<Part>,
    /// Name and content of the part with the relationships of the main part.
    relations: (String, String),
    is_strict: bool,
    /// Ids of the comments that are there.
    used: BTreeSet<i64>,
    next: i64,
    added: String,
}

impl Comments {
    /// Looks for the comments of a document.
    pub fn of(package: &Package, main_name: &str, main: &Part) -> Result<Self, InputError> {
        let (folder, file) = main_name.rsplit_once('/').unwrap_or(("", main_name));
        let slash = if folder.is_empty() { "" } else { "/" };
        let relations_name = format!("{folder}{slash}_rels/{file}.rels");
        let relations = text_of(package, &relations_name)?
            .unwrap_or_else(|| format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\"></Relationships>"));
        let name = match target(&relations_name, &relations)? {
            Some(target) if target.starts_with('/') => target.trim_start_matches('/').to_owned(),
            Some(target) => format!("{folder}{slash}{target}"),
            None => free_name(package, &format!("{folder}{slash}comments")),
        };
        let known = match package.content(&name)? {
            Some(bytes) => Some(Part::read(&name, &bytes)?),
            None => None,
        };
        let ids = |part: &Part, elements: &[&str]| {
            let attribute = format!("{}id", part.made);
            let elements = (0..part.tree.nodes.len()).filter(|id| part.is_any(*id, elements));
            elements.filter_map(|id| part.tree.attr(id, &attribute)?.trim().parse().ok()).collect::<Vec<i64>>()
        };
        let anchors = ids(main, &["commentRangeStart", "commentRangeEnd", "commentReference"]);
        let entries = known.as_ref().map(|part| ids(part, &["comment"])).unwrap_or_default();
        let used: BTreeSet<i64> = anchors.into_iter().chain(entries).collect();
        let next = free_id(&used, used.last().map_or(0, |last| last.max(&-1) + 1));
        Ok(Self {
            name,
            known,
            relations: (relations_name, relations),
            is_strict: main.is_strict,
            used,
            next,
            added: String::new(),
        })
    }

    /// Adds a comment and returns its id.
    pub fn add(&mut self, paragraphs: &[String], how: &How) -> i64 {
        let id = self.next;
        self.next = free_id(&self.used, id + 1);
        let (w, declaration) = match &self.known {
            Some(part) => (
                part.made.clone(),
                part.opening("").split_once(' ').map_or(String::new(), |(_, rest)| format!(" {rest}")),
            ),
            None => ("w:".to_owned(), String::new()),
        };
        let date = how.date.map_or(String::new(), |date| format!(" {w}date=\"{}\"", timestamp(date)));
        self.added.push_str(&format!(
            "<{w}comment{declaration} {w}id=\"{id}\" {w}author=\"{}\"{date} {w}initials=\"{}\">",
            attribute(how.author),
            attribute(how.initials)
        ));
        for paragraph in paragraphs {
            // Ten points: a comment is read on the margin.
            self.added.push_str(&format!(
                "<{w}p><{w}r><{w}rPr><{w}sz {w}val=\"20\"/></{w}rPr><{w}t xml:space=\"preserve\">{}</{w}t></{w}r></{w}p>",
                xml_text(paragraph)
            ));
        }
        if paragraphs.is_empty() {
            self.added.push_str(&format!("<{w}p/>"));
        }
        self.added.push_str(&format!("</{w}comment>"));
        id
    }

    /// Parts of the package that change, with their content; none without new comments.
    pub fn parts(&self, package: &Package) -> Result<Vec<(String, Vec<u8>)>, InputError> {
        if self.added.is_empty() {
            return Ok(Vec::new());
        }
        let (word, office) = if self.is_strict { (STRICT_WORD, STRICT_OFFICE) } else { (WORD, OFFICE) };
        let mut parts = Vec::new();
        match &self.known {
            Some(part) => {
                let source = &part.tree.source;
                parts.push((self.name.clone(), before_end(source, &part.tree, &self.added)));
            }
            None => {
                let content = format!("{DECLARATION}<w:comments xmlns:w=\"{word}\">{}</w:comments>", self.added);
                parts.push((self.name.clone(), content.into_bytes()));
                let tree = tree_of(&self.relations.0, &self.relations.1)?;
                let used: Vec<&str> = (0..tree.nodes.len()).filter_map(|id| tree.attr(id, "Id")).collect();
                let id = (1..).map(|n| format!("rIdComments{n}")).find(|id| !used.contains(&id.as_str()));
                parts.extend(self.announced(
                    package,
                    &self.name,
                    &format!("{office}/comments"),
                    &id.unwrap_or_default(),
                    TYPE,
                )?);
            }
        }
        Ok(parts)
    }

    /// A header with the page number in its middle, and what makes it known.
    pub fn number_parts(&self, package: &Package) -> Result<Vec<(String, Vec<u8>)>, InputError> {
        let folder = self.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let name = free_name(package, &format!("{folder}headerSoTrang"));
        let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let content = format!(
            "{DECLARATION}<w:hdr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}<w:r><w:instrText \
             xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}<w:r><w:t>2</w:t></w:r>{}</w:p></w:hdr>",
            field("begin"),
            field("separate"),
            field("end")
        );
        let kind = format!("{OFFICE}/header");
        let mut parts = self.announced(package, &name, &kind, super::look::NUMBER_ID, HEADER_TYPE)?;
        parts.push((name, content.into_bytes()));
        Ok(parts)
    }

    /// The parts that make a new part known: relationships of the main part, content types.
    fn announced(
        &self,
        package: &Package,
        part: &str,
        kind: &str,
        id: &str,
        content_type: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, InputError> {
        let (name, relations) = &self.relations;
        let tree = tree_of(name, relations)?;
        let file = part.rsplit('/').next().unwrap_or(part);
        let relation = format!("<{} Id=\"{id}\" Type=\"{kind}\" Target=\"{file}\"/>", like_root(&tree, "Relationship"));
        let mut parts = vec![(name.clone(), before_end(relations, &tree, &relation))];
        let types_name = "[Content_Types].xml";
        if let Some(types) = text_of(package, types_name)? {
            let tree = tree_of(types_name, &types)?;
            let entry = format!(
                "<{} PartName=\"/{}\" ContentType=\"{content_type}\"/>",
                like_root(&tree, "Override"),
                attribute(part)
            );
            parts.push((types_name.to_owned(), before_end(&types, &tree, &entry)));
        }
        Ok(parts)
    }
}

/// A date as Word writes it.
pub fn timestamp(date: jiff::civil::DateTime) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Text made safe for an attribute.
pub fn attribute(text: &str) -> String {
    xml_text(text).replace('"', "&quot;")
}

/// The first id from `from` on that no comment has; those that Word accepts end with the largest whole number of 32 bits
/// and then begin anew.
fn free_id(used: &BTreeSet<i64>, from: i64) -> i64 {
    let from = if from > i64::from(i32::MAX) { 0 } else { from };
    (from..).find(|id| !used.contains(id)).unwrap_or(from)
}

fn text_of(package: &Package, name: &str) -> Result<Option<String>, InputError> {
    package.content(name)?.map(|bytes| xml::decode(name, &bytes).map(Cow::into_owned)).transpose()
}

fn tree_of(name: &str, text: &str) -> Result<Tree, InputError> {
    Tree::parse(text.as_bytes()).map_err(|error| error.of(name))
}

fn root(tree: &Tree) -> Option<usize> {
    tree.node(0).children.iter().copied().find(|id| matches!(tree.node(*id).kind, Kind::Element(_)))
}

/// A name with the prefix of the root element.
fn like_root(tree: &Tree, local: &str) -> String {
    let prefix = root(tree).and_then(|id| tree.name(id).split_once(':'));
    prefix.map_or_else(|| local.to_owned(), |(prefix, _)| format!("{prefix}:{local}"))
}

/// The text with markup as last children of its root element.
fn before_end(text: &str, tree: &Tree, markup: &str) -> Vec<u8> {
    let Some(id) = root(tree) else { return text.as_bytes().to_vec() };
    let node = tree.node(id);
    let (before, after) = match node.kind {
        Kind::Element(true) => {
            let open = tree.slice(node.open.clone());
            let open = format!("{}>", open.trim_end_matches('>').trim_end_matches('/').trim_end());
            (
                format!("{}{open}", tree.slice(0..node.open.start)),
                format!("</{}>{}", tree.name(id), tree.slice(node.open.end..tree.source.len())),
            )
        }
        _ => (tree.slice(0..node.close.start).to_owned(), tree.slice(node.close.start..tree.source.len()).to_owned()),
    };
    super::part::in_utf8(format!("{before}{markup}{after}")).into_bytes()
}

/// Where the relationship to the comments leads.
fn target(name: &str, relations: &str) -> Result<Option<String>, InputError> {
    let tree = tree_of(name, relations)?;
    let is_comments = |id: &usize| {
        let kind = tree.attr(*id, "Type").unwrap_or_default();
        kind == format!("{OFFICE}/comments") || kind == format!("{STRICT_OFFICE}/comments")
    };
    Ok((0..tree.nodes.len()).find(is_comments).and_then(|id| tree.attr(id, "Target")).map(crate::template::xml::decode))
}

/// A name that no part has.
fn free_name(package: &Package, stem: &str) -> String {
    let numbered = (1..).map(|n| format!("{stem}{n}.xml"));
    let mut names = std::iter::once(format!("{stem}.xml")).chain(numbered);
    names.find(|name| package.find(name).is_none()).unwrap_or_else(|| format!("{stem}.xml"))
}
