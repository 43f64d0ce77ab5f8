//! The work list: from what the user named (files, folders, patterns, `-`) to inputs in a fixed order.

use crate::guard::Limits;
use globset::{GlobBuilder, GlobMatcher};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name that results and messages carry: the path as the user would type it.
    pub name: String,
    /// Where the bytes come from.
    pub origin: Origin,
}

/// Where the bytes of an input come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A document in an archive.
    Member {
        /// The archive.
        archive: PathBuf,
        /// Name of the entry.
        entry: String,
    },
    /// Standard input.
    Stdin,
    /// A folder entry that could not even be looked at, with the reason.
    Unreadable(String),
}

/// Inputs in the order in which results appear.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worklist {
    /// The inputs; no path stands twice.
    pub items: Vec<Item>,
    /// The user named one file (or standard input) rather than a folder, a pattern or several paths.
    pub single: bool,
}

/// Expands what the user named. Folders are walked recursively and sorted by name; a pattern (`*`, `?`, `[…]`, `**`)
/// that the shell left alone is matched here; an archive of documents counts as a folder; `-` is standard input under the name `stdin_name`. A named file that
/// does not exist stays in the list, so that its error appears at its place.
///
/// # Errors
/// When a pattern is malformed.
pub fn worklist(paths: &[String], stdin_name: &str) -> Result<Worklist, globset::Error> {
    let mut list = Worklist { items: Vec::new(), single: paths.len() == 1 };
    for path in paths {
        if path == "-" {
            list.items.push(Item { name: stdin_name.to_owned(), origin: Origin::Stdin });
        } else if Path::new(path).is_dir() {
            list.single = false;
            walk(Path::new(path), |_| true, &mut list.items);
        } else if is_pattern(path) && !Path::new(path).exists() {
            list.single = false;
            let (base, matcher) = pattern(path)?;
            walk(&base, |candidate| matcher.is_match(candidate), &mut list.items);
        } else {
            list.items.push(Item { name: path.clone(), origin: Origin::File(PathBuf::from(path)) });
        }
    }
    let mut seen = BTreeSet::new();
    list.items.retain(|item| match &item.origin {
        Origin::File(path) => seen.insert(path.components().filter(|c| *c != Component::CurDir).collect::<PathBuf>()),
        _ => true,
    });
    list.open_archives(&Limits::default());
    Ok(list)
}

impl Worklist {
    /// Puts the documents of archives in the place of the archives, each under the name `archive.zip/name.docx`.
    fn open_archives(&mut self, limits: &Limits) {
        let mut items = Vec::with_capacity(self.items.len());
        for item in std::mem::take(&mut self.items) {
            let members = match &item.origin {
                Origin::File(path) => super::archive::members(path, limits).map(|members| (path.clone(), members)),
                _ => None,
            };
            let Some((archive, members)) = members else {
                items.push(item);
                continue;
            };
            self.single = false;
            items.extend(members.into_iter().map(|entry| Item {
                name: format!("{}/{entry}", item.name),
                origin: Origin::Member { archive: archive.clone(), entry },
            }));
        }
        self.items = items;
    }
}

fn walk(base: &Path, wanted: impl Fn(&Path) -> bool, items: &mut Vec<Item>) {
    let entries = WalkDir::new(base).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_clutter(entry.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || !wanted(entry.path()) => {}
            Ok(entry) => items.push(Item {
                name: entry.path().to_string_lossy().into_owned(),
                origin: Origin::File(entry.into_path()),
            }),
            Err(error) => {
                let name = error.path().unwrap_or(base).to_string_lossy().into_owned();
                let reason = if error.loop_ancestor().is_some() { "link loop".to_owned() } else { error.to_string() };
                items.push(Item { name, origin: Origin::Unreadable(reason) });
            }
        }
    }
}

/// What office programs and systems leave in folders: lock files, thumbnails, hidden files.
pub(super) fn is_clutter(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || ["thumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}

fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '[', '{'])
}

/// The folder in front of the first component with a pattern character, and the matcher of whole paths.
fn pattern(path: &str) -> Result<(PathBuf, GlobMatcher), globset::Error> {
    let glob = GlobBuilder::new(path.trim_start_matches("./")).literal_separator(true).build()?;
    let plain: PathBuf =
        Path::new(path).components().take_while(|c| !is_pattern(&c.as_os_str().to_string_lossy())).collect();
    let matcher = glob.compile_matcher();
    Ok(if plain.as_os_str().is_empty() { (PathBuf::from("."), matcher) } else { (plain, matcher) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("b/c")).unwrap();
        for name in ["z.docx", "a.txt", "b/m.docx", "b/c/n.md", "~$z.docx", ".an.txt", "Thumbs.db"] {
            crate::guard::write::atomic(&dir.path().join(name), b"x").unwrap();
        }
        dir
    }

    fn names(paths: &[String], dir: &Path) -> Vec<String> {
        let list = worklist(paths, "stdin").unwrap();
        let strip = |item: &Item| item.name.replace(&*dir.to_string_lossy(), "").trim_start_matches('/').to_owned();
        list.items.iter().map(strip).collect()
    }

    #[test]
    fn folders_are_walked_sorted_and_without_clutter() {
        let dir = folder();
        let paths = [dir.path().to_string_lossy().into_owned()];
        assert_eq!(names(&paths, dir.path()), ["a.txt", "b/c/n.md", "b/m.docx", "z.docx"]);
        assert!(!worklist(&paths, "stdin").unwrap().single);
    }

    #[test]
    fn patterns_that_the_shell_left_alone_are_matched() {
        let dir = folder();
        let at = |pattern: &str| [format!("{}/{pattern}", dir.path().to_string_lossy())];
        assert_eq!(names(&at("*.docx"), dir.path()), ["z.docx"]);
        assert_eq!(names(&at("**/*.docx"), dir.path()), ["b/m.docx", "z.docx"]);
        assert_eq!(names(&at("*.pdf"), dir.path()), Vec::<String>::new());
        assert!(worklist(&["[a".to_owned()], "stdin").is_err());
    }

    #[test]
    fn named_files_keep_their_order_and_stand_once() {
        let dir = folder();
        let path = |name: &str| format!("{}/{name}", dir.path().to_string_lossy());
        let paths = [path("z.docx"), path("khong-co.txt"), path("a.txt"), path("./z.docx")];
        assert_eq!(names(&paths, dir.path()), ["z.docx", "khong-co.txt", "a.txt"]);
        assert!(worklist(&[path("z.docx")], "stdin").unwrap().single);
    }

    #[test]
    fn an_archive_of_documents_is_a_folder() {
        use std::io::Write;
        let dir = tempfile::tempdir().unwrap();
        let archive = |name: &str, entries: &[&str]| {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for entry in entries {
                zip.start_file(*entry, zip::write::SimpleFileOptions::default()).unwrap();
                zip.write_all(b"noi dung").unwrap();
            }
            let path = dir.path().join(name);
            crate::guard::write::atomic(&path, &zip.finish().unwrap().into_inner()).unwrap();
        };
        archive("ho-so.zip", &["b/z.txt", "a.txt", "__MACOSX/a.txt", "b/~$z.txt", "c/.an"]);
        archive("la-van-ban.zip", &["[Content_Types].xml", "word/document.xml"]);
        let paths = [dir.path().to_string_lossy().into_owned()];
        assert_eq!(names(&paths, dir.path()), ["ho-so.zip/a.txt", "ho-so.zip/b/z.txt", "la-van-ban.zip"]);
        let list = worklist(&paths, "stdin").unwrap();
        let bytes = crate::batch::load(&list.items[1], &Limits::default()).unwrap();
        assert_eq!(bytes, b"noi dung");
    }

    #[test]
    fn a_dash_is_standard_input() {
        let list = worklist(&["-".to_owned()], "cong-van.docx").unwrap();
        assert_eq!(list.items, [Item { name: "cong-van.docx".to_owned(), origin: Origin::Stdin }]);
        assert!(list.single);
    }
}
