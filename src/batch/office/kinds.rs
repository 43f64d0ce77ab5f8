//! Which way a file goes, and why.

use crate::language::fold::fold;
use crate::model::{Block, Document, DocumentInfo, Part};
use crate::pack::{Kind, Pack};

/// Why a file is of its kind; people read the sentence `run.reason.` + [`Reason::key`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It lies in the folder of that kind.
    Folder(String),
    /// Its title says so.
    Title(String),
    /// The name of its type says so.
    Type(String),
    /// It is a spreadsheet.
    Sheet,
    /// Nothing says otherwise.
    Unknown,
}

impl Reason {
    /// Key of the sentence, and the value for its slot `{what}`.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Folder(name) => ("folder", name),
            Self::Title(title) => ("title", title),
            Self::Type(name) => ("type", name),
            Self::Sheet => ("sheet", ""),
            Self::Unknown => ("unknown", ""),
        }
    }
}

/// A kind with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    /// The kind.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
}

/// Blocks among which a title is looked for.
const HEAD: usize = 40;
/// A longer paragraph is no title.
const TITLE: usize = 160;

/// Sorts a document by the folder that a person put it into, else by its title, else by its type.
#[must_use]
pub fn sort(document: &Document, info: &DocumentInfo, pack: &Pack) -> Sorted {
    let path = document.source.path.replace('\\', "/");
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let by_folder = pack.kinds.list.iter().find(|words| folders.split('/').any(|folder| folder == words.folder));
    if let Some(words) = by_folder {
        return Sorted { kind: words.kind, reason: Reason::Folder(words.folder.clone()) };
    }
    if let Some(sorted) = by_title(document, pack) {
        return sorted;
    }
    if is_sheet(document) {
        return Sorted { kind: Kind::List, reason: Reason::Sheet };
    }
    let reason = info.kind.as_ref().map_or(Reason::Unknown, |code| {
        Reason::Type(pack.lexicon.doc_type(code).map_or(code.clone(), |doc_type| doc_type.name.clone()))
    });
    Sorted { kind: Kind::Directive, reason }
}

/// The first paragraph that is the name of a type of document, or begins with the title of a kind.
fn by_title(document: &Document, pack: &Pack) -> Option<Sorted> {
    let body = document.blocks.iter().filter(|block| block.part == Part::Body);
    let head: Vec<&Block> = body.take(HEAD).collect();
    for (at, block) in head.iter().enumerate() {
        let text = fold(block.text.trim());
        // Where the text of a letter or a list begins, no title follows.
        let begun = pack.kinds.openings.iter().any(|words| begins(&text, words));
        if begun || block.label.is_some() || text.chars().count() > TITLE {
            return None;
        }
        if text.ends_with(['.', ';']) {
            continue;
        }
        // A title may be broken: "BÁO CÁO" above "Thành tích đề nghị tặng Giấy khen".
        let whole = head.get(at + 1).map_or(text.clone(), |next| format!("{text} {}", fold(next.text.trim())));
        let found = pack.kinds.list.iter().find(|words| {
            words.titles.iter().any(|title| begins(&text, title) || (title.starts_with(&text) && begins(&whole, title)))
        });
        if let Some(words) = found {
            return Some(Sorted { kind: words.kind, reason: Reason::Title(block.text.trim().to_owned()) });
        }
        let is_type = pack.lexicon.doc_types.iter().any(|doc_type| doc_type.folded.contains(&text));
        if is_type {
            return None;
        }
    }
    None
}

/// Whether a text begins with whole words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Nothing but cells of tables.
fn is_sheet(document: &Document) -> bool {
    document.blocks.iter().all(|block| block.cell.is_some())
}
