//! Writing: a file is there whole or not at all, and text written to XML is text that XML may hold.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Writes a file under a temporary name in its folder, then renames it.
///
/// A reader never sees half a file, and a failed run leaves the old one. On Unix the file is for its owner alone.
///
/// # Errors
/// When the folder cannot be written, the disk is full, or the target is held by another program.
pub fn atomic(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = folder_of(path);
    let mut file = part_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// Like [`atomic`] for one of many files: readers never see half a file, but the disk is not waited for, so that only a
/// power failure right after the run can lose one. The run can be repeated.
///
/// # Errors
/// As [`atomic`].
pub fn atomic_fast(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = part_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Where workers write thousands of files, as [`atomic_fast`] does, without waiting for each other.
///
/// Systems let one thread at a time change a folder, and making a file takes much longer than moving one. Here nobody
/// makes files in the folder that all write to: each who writes has a hidden drawer of his own and moves them from there.
#[derive(Debug)]
pub struct Desk {
    beside: PathBuf,
    drawers: Mutex<Vec<tempfile::TempDir>>,
}

impl Desk {
    /// A desk in a folder on the disk of the outputs; nothing is made before the first file. The drawers go with it.
    #[must_use]
    pub fn new(beside: &Path) -> Self {
        Self { beside: beside.to_owned(), drawers: Mutex::default() }
    }

    /// Writes a file and moves it to its place, over an older one.
    ///
    /// # Errors
    /// As [`atomic`].
    pub fn put(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let lock = || self.drawers.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lock().pop();
        let drawer = match free {
            Some(drawer) => drawer,
            None => named(&mut tempfile::Builder::new()).tempdir_in(&self.beside)?,
        };
        let part = drawer.path().join("part");
        let moved = match write_new(&part, bytes).and_then(|()| std::fs::rename(&part, path)) {
            Ok(()) => Ok(()),
            Err(error) => {
                // The drawer is used again; what cannot be removed goes with it.
                let _ = std::fs::remove_file(&part);
                match error.kind() {
                    std::io::ErrorKind::CrossesDevices => atomic_fast(path, bytes),
                    _ => Err(error),
                }
            }
        };
        lock().push(drawer);
        moved
    }
}

/// A new file for its owner alone, as [`atomic`] makes them.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn part_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    named(&mut tempfile::Builder::new()).tempfile_in(folder)
}

/// Whether a name in a folder of outputs is one that a run which was killed left half written.
#[must_use]
pub fn is_left_over(name: &str) -> bool {
    name.starts_with(HIDDEN) && name.ends_with(PART)
}

const HIDDEN: &str = ".";
const PART: &str = ".part";

fn named<'b>(builder: &'b mut tempfile::Builder<'static, 'static>) -> &'b mut tempfile::Builder<'static, 'static> {
    builder.prefix(HIDDEN).suffix(PART)
}

/// Makes the rename itself durable where the system can; a file system that cannot is no reason to fail.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(handle) = std::fs::File::open(folder) {
        let _ = handle.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Whether XML 1.0 allows a character.
#[must_use]
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Makes text safe for XML, as content or in a quoted attribute: drops what XML 1.0 forbids, escapes markup.
#[must_use]
pub fn xml_text(text: &str) -> Cow<'_, str> {
    let plain = |c: char| is_xml_char(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\r' => out.push_str("&#13;"),
            c if is_xml_char(c) => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kế hoạch.json");
        atomic(&path, b"one").unwrap();
        atomic(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn many_who_write_leave_whole_files_and_no_drawers() {
        let folder = tempfile::tempdir().unwrap();
        atomic(&folder.path().join("1.docx"), b"old").unwrap();
        let desk = Desk::new(folder.path());
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (desk, folder) = (&desk, folder.path());
                scope.spawn(move || {
                    for number in (writer..200).step_by(4) {
                        desk.put(&folder.join(format!("{number}.docx")), number.to_string().as_bytes()).unwrap();
                    }
                });
            }
        });
        // A file that cannot be put does not stand in the way of the next one.
        assert!(desk.put(&folder.path().join("none").join("x"), b"").is_err());
        desk.put(&folder.path().join("0.docx"), b"again").unwrap();
        drop(desk);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 200);
        assert_eq!(std::fs::read(folder.path().join("0.docx")).unwrap(), b"again");
        for number in 1..200 {
            let written = std::fs::read_to_string(folder.path().join(format!("{number}.docx"))).unwrap();
            assert_eq!(written, number.to_string());
        }
    }

    #[cfg(unix)]
    #[test]
    fn files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [one, many] = ["one", "many"].map(|name| folder.path().join(name));
        atomic(&one, b"").unwrap();
        Desk::new(folder.path()).put(&many, b"").unwrap();
        for path in [one, many] {
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(atomic(&folder.path().join("none").join("x"), b"").is_err());
        assert!(Desk::new(&folder.path().join("none")).put(&folder.path().join("x"), b"").is_err());
    }

    #[test]
    fn markup_is_escaped_and_forbidden_characters_are_dropped() {
        assert_eq!(xml_text("Hội LHPN & <b>\u{1}\u{FFFE}\""), "Hội LHPN &amp; &lt;b&gt;&quot;");
        assert!(matches!(xml_text("phụ nữ\n"), Cow::Borrowed(_)));
    }
}
