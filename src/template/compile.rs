//! A Word file compiled to sources for the evaluator.

use super::engine::TeraEvaluator;
use super::expr::Missing;
use super::fault::{Fault, Place, Step};
use super::finish::Surroundings;
use super::flat::{Item, flatten};
use super::flow::{self, Blocks};
use super::lift::lift;
use super::package::Package;
use super::part::Part;
use super::source::{self, Source};
use super::styles::Styles;
use super::xml::{NodeId, Tree};
use crate::guard::Limits;
use crate::model::{InputError, Severity};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The file cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The template has faults; all of them are here, warnings too.
    #[error("the template has {} faults", .0.len())]
    Faults(Vec<Fault>),
}

/// A part that has tags.
#[derive(Debug)]
pub(super) struct Compiled {
    pub name: String,
    pub places: Vec<Place>,
    pub inner: Vec<String>,
    pub surroundings: Vec<Surroundings>,
    pub part: Part,
    items: Vec<Item>,
    blocks: Blocks,
    strict: Source,
    pub size: usize,
}

/// A compiled template: fills any number of documents, from any number of threads.
#[derive(Debug)]
pub struct Template {
    pub(super) package: Package,
    pub(super) parts: Vec<Compiled>,
    pub(super) styles: Arc<Styles>,
    pub(super) warnings: Vec<Fault>,
    strict: TeraEvaluator,
    /// Without an end to the document where a value is missing: with dots, with nothing; then all three ways traced.
    others: [OnceLock<(TeraEvaluator, Vec<Source>)>; 5],
}

/// How a template is compiled.
#[derive(Debug, Clone, Default)]
pub struct CompileOptions {
    /// Bounds on what is read.
    pub limits: Limits,
    /// Paragraphs that hold nothing but `{% … %}` tags vanish with their tags, as if these were `{%p … %}`.
    pub tidy: bool,
}

impl Template {
    /// Compiles a template.
    ///
    /// # Errors
    /// When the file cannot be read or the template is faulty; all faults are reported together.
    pub fn compile(bytes: &[u8], options: &CompileOptions) -> Result<Self, TemplateError> {
        let mut package = Package::open(bytes, &options.limits)?;
        as_document(&mut package)?;
        let package = package;
        let mut faults = package_faults(&package)?;
        let styles = package.content("word/styles.xml")?.map(|bytes| Styles::read(&bytes)).unwrap_or_default();
        let styles = Arc::new(match package.content("word/numbering.xml")? {
            Some(bytes) => styles.with_lists(&bytes),
            None => styles,
        });
        let kinds = header_kinds(&package)?;
        let mut parts = Vec::new();
        let names: Vec<String> =
            package.entries.iter().map(|entry| entry.name.clone()).filter(|n| may_hold_tags(n)).collect();
        for name in in_reading_order(names) {
            let Some(content) = package.content(&name)? else { continue };
            if !memchr::memchr2_iter(b'{', b'%', &content).any(|at| looks_like_tag(&content, at)) {
                continue;
            }
            let label = label(&name, &kinds);
            let mut part = Part::read(&name, &content, label).map_err(|error| error.of(&name))?;
            if part.inline.is_empty() && part.faults.is_empty() {
                continue;
            }
            let lifts = lift(&mut part, options.tidy);
            let items = flatten(&part, &lifts);
            let mut blocks = flow::check(&mut part, &items);
            super::numbering::plan(&part, &items, &styles, &mut blocks);
            let strict = source::write(&mut part, &items, &blocks, Missing::Error);
            let order: BTreeMap<&Place, usize> =
                part.tags.iter().enumerate().rev().map(|(index, tag)| (&tag.place, index)).collect();
            part.faults.sort_by_key(|fault| order.get(&fault.place).copied());
            faults.append(&mut part.faults);
            let places = part.tags.iter().map(|tag| tag.place.clone()).collect();
            let inner = part.tags.iter().map(|tag| tag.inner.clone()).collect();
            let mut known = BTreeMap::new();
            let surroundings = part.tags.iter().map(|tag| surroundings(&part.tree, tag.node, &mut known)).collect();
            let size = strict.text.len();
            parts.push(Compiled { name, places, inner, surroundings, part, items, blocks, strict, size });
        }
        if faults.iter().any(|fault| fault.severity == Severity::Error) {
            return Err(TemplateError::Faults(faults));
        }
        let sources: Vec<(String, &str)> =
            parts.iter().map(|part| (part.name.clone(), part.strict.text.as_str())).collect();
        match TeraEvaluator::compile(&sources) {
            Ok(strict) => Ok(Self { package, parts, styles, warnings: faults, strict, others: Default::default() }),
            Err(_) => {
                // The evaluator stops at its first fault: each part by itself gives one each.
                for part in &parts {
                    let alone = [(part.name.clone(), part.strict.text.as_str())];
                    if let Err(error) = TeraEvaluator::compile(&alone) {
                        faults.push(part.fault(&part.strict, error.byte, "evaluator", &error.message));
                    }
                }
                Err(TemplateError::Faults(faults))
            }
        }
    }

    /// What is doubtful in the template, though it can be used.
    #[must_use]
    pub fn warnings(&self) -> &[Fault] {
        &self.warnings
    }

    /// The evaluator for a way with missing values, and the sources that its errors point into. A `traced` one says in
    /// front of each value which tag prints it.
    pub(super) fn evaluator(&self, missing: Missing, traced: bool) -> (&TeraEvaluator, Vec<&Source>) {
        let slot = match (missing, traced) {
            (Missing::Error, false) => return (&self.strict, self.parts.iter().map(|part| &part.strict).collect()),
            (Missing::Dots, false) => &self.others[0],
            (Missing::Empty, false) => &self.others[1],
            (Missing::Error, true) => &self.others[2],
            (Missing::Dots, true) => &self.others[3],
            (Missing::Empty, true) => &self.others[4],
        };
        let (engine, sources) = slot.get_or_init(|| {
            let sources: Vec<Source> = self.parts.iter().map(|part| part.rewrite(missing, traced)).collect();
            let named: Vec<(String, &str)> = self
                .parts
                .iter()
                .zip(&sources)
                .map(|(part, source)| (part.name.clone(), source.text.as_str()))
                .collect();
            match TeraEvaluator::compile(&named) {
                Ok(engine) => (engine, sources),
                // What compiles strictly compiles leniently; should it not, empty sources render nothing and say so.
                Err(error) => {
                    debug_assert!(false, "{error:?}");
                    (TeraEvaluator::compile(&[]).unwrap_or_else(|_| TeraEvaluator::empty()), sources)
                }
            }
        });
        (engine, sources.iter().collect())
    }
}

impl Compiled {
    fn rewrite(&self, missing: Missing, traced: bool) -> Source {
        source::write_again(&self.part, &self.items, &self.blocks, missing, traced)
    }

    pub(super) fn fault(&self, source: &Source, byte: usize, code: &'static str, what: &str) -> Fault {
        let place = source.tag_at(byte).and_then(|tag| self.places.get(tag)).cloned();
        Fault::error(code, &place.unwrap_or_else(|| Place { part: self.name.clone(), ..Place::default() }), what)
    }
}

fn looks_like_tag(content: &[u8], at: usize) -> bool {
    match content.get(at) {
        // The second mark may stand in another run, after any number of elements.
        Some(b'{') => !matches!(content.get(at + 1), Some(b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f')),
        _ => matches!(content.get(at..at + 3), Some(b"%7B" | b"%7b")),
    }
}

fn may_hold_tags(name: &str) -> bool {
    if let Some(rest) = name.strip_prefix("word/") {
        const NEVER: [&str; 8] = [
            "styles.xml",
            "settings.xml",
            "fontTable.xml",
            "webSettings.xml",
            "numbering.xml",
            "stylesWithEffects.xml",
            "commentsExtended.xml",
            "people.xml",
        ];
        let is_xml = rest.ends_with(".xml") || rest.ends_with(".rels");
        return is_xml && !NEVER.contains(&rest) && !rest.starts_with("theme/") && rest != "_rels/settings.xml.rels";
    }
    name.starts_with("docProps/") && name.ends_with(".xml")
}

/// The body first, then headers and footers, then the rest, each by name.
fn in_reading_order(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|name| {
        let file = name.rsplit('/').next().unwrap_or_default();
        let rank = ["document", "header", "footer", "footnotes", "endnotes", "comments"]
            .iter()
            .position(|start| file.starts_with(start) && !name.contains("_rels"));
        (rank.unwrap_or(9), name.clone())
    });
    names
}

/// For each header and footer, its kind: `first`, `even`, or nothing.
fn header_kinds(package: &Package) -> Result<Vec<(String, String)>, InputError> {
    let (Some(relations), Some(document)) =
        (package.content("word/_rels/document.xml.rels")?, package.content("word/document.xml")?)
    else {
        return Ok(Vec::new());
    };
    let (Ok(relations), Ok(document)) = (Tree::parse(&relations), Tree::parse(&document)) else {
        return Ok(Vec::new());
    };
    let mut targets = std::collections::BTreeMap::new();
    for id in 1..relations.nodes.len() {
        if let (Some(rid), Some(target)) = (relations.attr(id, "Id"), relations.attr(id, "Target")) {
            targets.insert(rid.to_owned(), format!("word/{}", target.trim_start_matches("/word/")));
        }
    }
    let mut out = Vec::new();
    for id in 1..document.nodes.len() {
        if matches!(document.name(id), "w:headerReference" | "w:footerReference")
            && let (Some(kind), Some(rid)) = (document.attr(id, "w:type"), document.attr(id, "r:id"))
        {
            out.extend(targets.get(rid).map(|target| (target.clone(), kind.to_owned())));
        }
    }
    Ok(out)
}

fn label(name: &str, kinds: &[(String, String)]) -> Step {
    let file = name.rsplit('/').next().unwrap_or_default();
    let kind = kinds.iter().find(|(part, _)| part == name).map_or("", |(_, kind)| kind.as_str());
    let known = [
        ("header", "header"),
        ("footer", "footer"),
        ("footnotes", "footnotes"),
        ("endnotes", "endnotes"),
        ("comments", "comments"),
        ("document", "body"),
        ("chart", "chart"),
        ("data", "diagram"),
        ("drawing", "diagram"),
    ];
    if name.starts_with("docProps/") {
        return Step { kind: "properties".to_owned(), number: None };
    }
    if name.ends_with(".rels") {
        return Step { kind: "links".to_owned(), number: None };
    }
    let found = known.iter().find(|(start, _)| file.starts_with(start)).map_or("part", |(_, label)| *label);
    let kind = match (found, kind) {
        ("header" | "footer", "first" | "even") => format!("{found}-{kind}"),
        _ => found.to_owned(),
    };
    Step { kind, number: None }
}

/// A document made from a template file (`.dotx`) is a document.
fn as_document(package: &mut Package) -> Result<(), InputError> {
    const TEMPLATE: &str = "wordprocessingml.template.main+xml";
    const NAME: &str = "[Content_Types].xml";
    let Some(types) = package.content(NAME)? else { return Ok(()) };
    let types = String::from_utf8_lossy(&types);
    if let Some(entry) = package.find(NAME).filter(|_| types.contains(TEMPLATE)) {
        let types = types.replace(TEMPLATE, "wordprocessingml.document.main+xml");
        package.exchange(entry, types.into_bytes(), super::render::DEFAULT_LEVEL);
    }
    Ok(())
}

/// Macros are refused, remote templates reported.
fn package_faults(package: &Package) -> Result<Vec<Fault>, InputError> {
    let mut faults = Vec::new();
    let types = package
        .content("[Content_Types].xml")?
        .ok_or_else(|| InputError::MissingPart { part: "[Content_Types].xml".to_owned() })?;
    let types = String::from_utf8_lossy(&types).into_owned();
    if !types.contains("wordprocessingml") && !types.contains("ms-word") {
        return Err(InputError::Unsupported { found: "not a Word document" });
    }
    if package.find("word/document.xml").is_none() && !types.contains("document.main+xml") {
        return Err(InputError::MissingPart { part: "word/document.xml".to_owned() });
    }
    let place = |part: &str| Place { part: part.to_owned(), ..Place::default() };
    let macros = package.entries.iter().find(|entry| entry.name.to_lowercase().ends_with("vbaproject.bin"));
    if let Some(entry) = macros {
        faults.push(Fault::error("macros", &place(&entry.name), &entry.name));
    } else if ["macroEnabled.main+xml", "macroEnabledTemplate.main+xml"].iter().any(|main| types.contains(main)) {
        faults.push(Fault::error("macros", &place("[Content_Types].xml"), "macroEnabled"));
    }
    if let Some(relations) = package.content("word/_rels/settings.xml.rels")? {
        let tree = Tree::parse(&relations).map_err(|error| error.of("word/_rels/settings.xml.rels"))?;
        for id in 1..tree.nodes.len() {
            let is_template = tree.attr(id, "Type").is_some_and(|kind| kind.ends_with("/attachedTemplate"));
            if is_template && tree.attr(id, "TargetMode") == Some("External") {
                let target = tree.attr(id, "Target").unwrap_or_default();
                let local = target.to_lowercase().starts_with("file:///") && !target.starts_with("file:////");
                if !local {
                    faults.push(Fault::warning("remote-template", &place("word/settings.xml"), target));
                }
            }
        }
    }
    Ok(faults)
}

/// Properties of the paragraph and the run around a node; a paragraph of many tags is asked once.
fn surroundings(tree: &Tree, node: NodeId, known: &mut BTreeMap<NodeId, String>) -> Surroundings {
    let mut properties = |element: &str, inner: &str| {
        let Some(up) = tree.ancestor(node, element) else { return String::new() };
        let found = || tree.child(up, inner).map(|id| tree.slice(tree.whole(id)).to_owned()).unwrap_or_default();
        known.entry(up).or_insert_with(found).clone()
    };
    Surroundings {
        paragraph: super::context::without_section(&properties("w:p", "w:pPr")),
        run: properties("w:r", "w:rPr"),
    }
}

impl Compiled {
    /// Tags in the order of the document.
    pub(super) fn order(&self) -> Vec<usize> {
        fn collect(items: &[Item], out: &mut Vec<usize>) {
            for item in items {
                match item {
                    Item::Tag(tag) | Item::MergeState(tag) => out.push(*tag),
                    Item::Open(_, Some(inner)) => collect(inner, out),
                    _ => {}
                }
            }
        }
        let mut out = Vec::new();
        collect(&self.items, &mut out);
        out
    }
}
