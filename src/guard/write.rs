//! Writing: a file is there whole or not at all, and text written to XML is text that XML may hold.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

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

/// Like [`atomic`] for one of thousands of files: readers never see half a file, but the disk is not waited for, so
/// that only a power failure right after the run can lose one. The run can be repeated.
///
/// # Errors
/// As [`atomic`].
pub fn atomic_fast(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = part_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn part_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder)
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
    fn a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(atomic(&folder.path().join("none").join("x"), b"").is_err());
    }

    #[test]
    fn markup_is_escaped_and_forbidden_characters_are_dropped() {
        assert_eq!(xml_text("Hội LHPN & <b>\u{1}\u{FFFE}\""), "Hội LHPN &amp; &lt;b&gt;&quot;");
        assert!(matches!(xml_text("phụ nữ\n"), Cow::Borrowed(_)));
    }
}
