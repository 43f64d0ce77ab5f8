//! The house rules that the compiler does not guard: who may know whom, no panics, size of files, data files in use.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file with more lines is split by subject. Test modules at the end of a file do not count.
const LONGEST_FILE: usize = 700;

/// Rooms that each room may use. `lib.rs` draws the same picture.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("guard", &["model"]),
    ("language", &["guard", "model"]),
    ("pack", &["language", "guard", "model"]),
    ("register", &["pack", "language", "guard", "model"]),
    ("read", &["pack", "language", "guard", "model"]),
    ("structure", &["read", "pack", "language", "guard", "model"]),
    ("extract", &["structure", "read", "pack", "language", "guard", "model"]),
    ("check", &["extract", "structure", "read", "pack", "language", "guard", "model"]),
    ("template", &["read", "pack", "language", "guard", "model"]),
    ("compose", &["template", "extract", "structure", "read", "pack", "language", "guard", "model"]),
    (
        "report",
        &[
            "compose",
            "register",
            "template",
            "check",
            "extract",
            "structure",
            "read",
            "pack",
            "language",
            "guard",
            "model",
            "engine",
        ],
    ),
    (
        "batch",
        &[
            "report",
            "compose",
            "register",
            "template",
            "check",
            "extract",
            "structure",
            "read",
            "pack",
            "language",
            "guard",
            "model",
            "engine",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// A source file: its path from the root with forward slashes, and its text without the test module at its end.
struct Source {
    path: String,
    code: String,
}

impl Source {
    /// First name below `src/`, without the extension: `check`, `engine`, `main`.
    fn room(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below.split(['/', '.']).next().unwrap_or(below)
    }

    /// Files that exist for tests alone.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name == "tests.rs" || self.path.contains("/tests/") || is_declared_for_tests(&self.path)
    }
}

/// Whether the parent module declares this file behind `#[cfg(test)]`.
fn is_declared_for_tests(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.trim_end_matches(".rs");
    let parents = [format!("{folder}/mod.rs"), format!("{folder}.rs"), format!("{folder}/lib.rs")];
    parents.iter().filter_map(|parent| std::fs::read_to_string(root().join(parent)).ok()).any(|text| {
        text.lines().zip(text.lines().skip(1)).any(|(attribute, module)| {
            attribute.trim() == "#[cfg(test)]" && module.trim().ends_with(&format!("mod {name};"))
        })
    })
}

fn sources() -> Vec<Source> {
    let all: Vec<Source> = files_below(&root().join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("source");
            let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            Source { path, code: without_test_module(&text) }
        })
        .collect();
    assert!(all.len() > 10, "sources are found");
    all
}

/// Cuts the text at the first in-line module for tests.
fn without_test_module(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = (0..lines.len())
        .find(|at| {
            lines[*at].trim() == "#[cfg(test)]"
                && lines[*at + 1..]
                    .iter()
                    .find(|line| !line.trim().starts_with("#["))
                    .is_some_and(|line| line.trim().starts_with("mod ") && line.trim().ends_with('{'))
        })
        .unwrap_or(lines.len());
    lines[..end].join("\n")
}

/// Code without comments and doc examples.
fn without_comments(code: &str) -> String {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Names that follow a prefix such as `crate::`, those in braces too.
fn rooms_named(code: &str, prefix: &str) -> BTreeSet<String> {
    let identifier =
        |text: &str| -> String { text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(entries(group).into_iter().map(identifier)),
            None => {
                names.insert(identifier(rest));
            }
        }
    }
    names
}

/// Entries of a group up to its closing brace, nested groups within their entry.
fn entries(group: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                entries.push(&group[start..at]);
                break;
            }
            ',' if depth == 0 => {
                entries.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries
}

#[test]
fn a_room_knows_only_rooms_to_its_left() {
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        let room = source.room();
        let Some(allowed) = rooms.get(room) else {
            let is_front = matches!(room, "lib" | "main" | "engine" | "cli");
            assert!(is_front, "{}: a room that tests/layers.rs does not know", source.path);
            continue;
        };
        for name in rooms_named(&without_comments(&source.code), "crate::") {
            let is_room = rooms.contains_key(name.as_str()) || matches!(name.as_str(), "engine" | "Engine" | "cli");
            let is_engine = name == "Engine" || name == "Reading" || name == "Options";
            let may = name == room || allowed.contains(&name.as_str()) || (is_engine && allowed.contains(&"engine"));
            if (is_room || is_engine) && !may {
                faults.push(format!("{} uses {name}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_command_line_sees_only_the_public_api() {
    for source in sources().iter().filter(|source| matches!(source.room(), "main" | "cli")) {
        let named = rooms_named(&without_comments(&source.code), "crate::");
        let inside: Vec<&String> = named.iter().filter(|name| ROOMS.iter().any(|(room, _)| room == name)).collect();
        assert!(inside.is_empty(), "{} reaches into {inside:?}; use thidua::", source.path);
    }
    let main = std::fs::read_to_string(root().join("src/main.rs")).expect("main");
    for (room, _) in ROOMS {
        assert!(!main.contains(&format!("mod {room};")), "src/main.rs compiles {room} anew");
    }
    for source in sources().iter().filter(|source| !matches!(source.room(), "main" | "cli")) {
        assert!(!source.code.contains("clap::"), "{}: arguments are the command line's", source.path);
    }
}

#[test]
fn nothing_panics_on_what_comes_from_outside() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for (number, line) in source.code.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for call in [".unwrap()", ".expect(\"", "panic!(", "todo!(", "unimplemented!("] {
                if code.contains(call) {
                    faults.push(format!("{}:{} {}", source.path, number + 1, line.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_file_has_one_subject() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| !source.is_test())
        .map(|source| (source, source.code.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect();
    assert!(long.is_empty(), "split by subject: {long:#?}");
}

#[test]
fn every_template_file_is_part_of_the_program() {
    let code: String = sources().iter().map(|source| source.code.clone()).collect();
    let unused: Vec<String> = files_below(&root().join("templates"))
        .iter()
        .map(|path| path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/"))
        // The build lays out all catalogues.
        .filter(|path| !path.starts_with("templates/base/text/") && !code.contains(&format!("{path}\"")))
        .collect();
    assert!(unused.is_empty(), "no include_str! or include_bytes! names {unused:#?}");
}

#[test]
fn no_path_of_one_machine_is_in_the_repository() {
    let mut files = files_below(&root().join("src"));
    for folder in ["tests", "templates", "samples", "examples", "benches"] {
        if root().join(folder).is_dir() {
            files.extend(files_below(&root().join(folder)));
        }
    }
    files.extend(
        ["Cargo.toml", "README.md", "README.vi.md"].map(|name| root().join(name)).into_iter().filter(|p| p.exists()),
    );
    // Put together here so that this file does not find itself.
    let marks = [["/wo", "rk/"], ["/ho", "me/"], ["/ro", "ot/"], ["C:", "\\Users"]].map(|parts| parts.concat());
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{} contains {mark}", file.display());
        }
    }
}

#[test]
fn the_tools_of_this_test_see_what_they_should() {
    let code =
        "use crate::model::{Span, Unit};\nuse crate::{check, read::{text, docx}, Engine};\nlet x = crate::pack::Pack;";
    let found = rooms_named(code, "crate::");
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["Engine", "check", "model", "pack", "read"]);
    assert_eq!(without_test_module("fn a() {}\n#[cfg(test)]\nmod tests {\n x.unwrap()\n}"), "fn a() {}");
    assert!(is_declared_for_tests("src/check/rules/case.rs"));
    assert!(!is_declared_for_tests("src/check/rules/form.rs"));
}
