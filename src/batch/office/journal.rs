//! What has been done, line by line. A line is written when its results are; a line that a power cut tore is not read,
//! and its work is done again.

use super::pieces::Place;
use crate::guard::digest::short;
use crate::pack::Kind;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead as _, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A result on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Path below the office folder, with `/`.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Outcome {
    /// Its results are written.
    Done {
        /// The results.
        outputs: Vec<Output>,
    },
    /// It goes its way together with the others of its kind.
    Sorted,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file, named as in results.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What else the results depend on: build, options, name of the results.
    pub key: String,
    /// Its kind.
    pub kind: Kind,
    /// Why it is of that kind: key of the sentence and the value for its slot.
    pub reason: (String, String),
    /// Where its piece for the aggregates lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<Place>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// The journal of an office; lines are only ever added.
#[derive(Debug)]
pub struct Journal {
    file: std::fs::File,
    known: Arc<Known>,
}

/// What was known when a journal was opened. Lines stay on the disk: of each name only the place of its last line is in
/// memory.
#[derive(Debug, Default)]
pub struct Known {
    lines: Option<Mutex<std::fs::File>>,
    /// The last line of each file, by a short name of it.
    places: FxHashMap<[u8; 16], Line>,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    start: u64,
    length: u32,
    /// Where the piece of the file ends.
    piece: u64,
}

impl Known {
    /// What was known of a file; a line that cannot be read any more is not known.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<Entry> {
        let Line { start, length, .. } = *self.places.get(&short(name))?;
        let mut line = vec![0; length as usize];
        let mut file = self.lines.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(io::SeekFrom::Start(start)).and_then(|_| file.read_exact(&mut line)).ok()?;
        drop(file);
        serde_json::from_slice::<Entry>(&line).ok().filter(|entry| entry.name == name)
    }

    /// Where the last piece of use ends.
    #[must_use]
    pub fn pieces_end(&self) -> u64 {
        self.places.values().map(|line| line.piece).max().unwrap_or_default()
    }
}

/// Longer lines are none of ours.
const LINE: usize = 1 << 20;

impl Journal {
    /// Opens the journal, or begins one, for a run whose entries have keys that begin with `key`: pieces of others are of
    /// no use to it.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path, key: &str) -> io::Result<Self> {
        let mut file = std::fs::File::options().create(true).truncate(false).read(true).write(true).open(path)?;
        let mut places = FxHashMap::default();
        let mut whole = 0;
        let mut reader = io::BufReader::new(&file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            if line.len() <= LINE
                && line.ends_with(b"\n")
                && let Ok(entry) = serde_json::from_slice::<Entry>(&line)
                && let Ok(length) = u32::try_from(line.len())
            {
                let piece = entry.piece.filter(|_| entry.key.starts_with(key)).map_or(0, |piece| piece.end());
                places.insert(short(&entry.name), Line { start: whole, length, piece });
            }
            if line.ends_with(b"\n") {
                whole += line.len() as u64;
            }
            line.clear();
        }
        // What follows the last whole line was torn; the next line begins there.
        file.set_len(whole)?;
        file.seek(io::SeekFrom::End(0))?;
        let lines = Some(Mutex::new(std::fs::File::open(path)?));
        Ok(Self { file, known: Arc::new(Known { lines, places }) })
    }

    /// What was known of a file when the journal was opened.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<Entry> {
        self.known.entry(name)
    }

    /// All that was known then, for the workers.
    #[must_use]
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known)
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }

    /// Waits until the disk has it.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

impl Entry {
    /// Whether its results are still there, as long as they were.
    #[must_use]
    pub fn stands(&self, office: &Path) -> bool {
        match &self.outcome {
            Outcome::Sorted => true,
            Outcome::Done { outputs } => outputs.iter().all(|output| {
                let path: PathBuf = office.join(&output.path);
                std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == output.bytes)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry {
            name: name.to_owned(),
            sha256: "00".to_owned(),
            key: "k".to_owned(),
            kind: Kind::Directive,
            reason: ("unknown".to_owned(), String::new()),
            piece: None,
            outcome: Outcome::Sorted,
        }
    }

    #[test]
    fn a_torn_line_is_forgotten_and_the_next_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nhat-ky.jsonl");
        let mut journal = Journal::open(&path, "k").unwrap();
        journal.add(&entry("a")).unwrap();
        journal.add(&entry("b")).unwrap();
        drop(journal);
        let length = std::fs::metadata(&path).unwrap().len();
        std::fs::File::options().write(true).open(&path).unwrap().set_len(length - 5).unwrap();
        let mut journal = Journal::open(&path, "k").unwrap();
        assert!(journal.entry("a").is_some() && journal.entry("b").is_none());
        journal.add(&entry("c")).unwrap();
        drop(journal);
        let journal = Journal::open(&path, "k").unwrap();
        assert_eq!(["a", "b", "c"].map(|name| journal.entry(name).is_some()), [true, false, true]);
    }

    #[test]
    fn the_last_line_of_a_file_is_what_is_known_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nhat-ky.jsonl");
        let mut journal = Journal::open(&path, "k").unwrap();
        let later = Entry { key: "later".to_owned(), ..entry("a") };
        for line in [&entry("a"), &entry("b"), &later] {
            journal.add(line).unwrap();
        }
        assert!(journal.entry("a").is_none(), "known is what stood there at first");
        let journal = Journal::open(&path, "k").unwrap();
        assert_eq!(journal.entry("a"), Some(later));
        assert_eq!(journal.entry("b"), Some(entry("b")));
    }

    #[test]
    fn what_somebody_deleted_or_cut_does_not_stand() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output { path: "ra/a.json".to_owned(), bytes: 2 };
        let done = Entry { outcome: Outcome::Done { outputs: vec![output] }, ..entry("a") };
        assert!(!done.stands(folder.path()));
        std::fs::create_dir(folder.path().join("ra")).unwrap();
        crate::guard::write::atomic(&folder.path().join("ra/a.json"), b"{}").unwrap();
        assert!(done.stands(folder.path()));
        crate::guard::write::atomic(&folder.path().join("ra/a.json"), b"").unwrap();
        assert!(!done.stands(folder.path()));
    }
}
