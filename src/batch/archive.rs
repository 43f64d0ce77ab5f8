//! Archives of documents (`.zip`), read as folders.

use super::worklist::is_clutter;
use crate::guard::package::Package;
use crate::guard::{Limits, input};
use crate::model::InputError;
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

/// Extensions of packages that are one document each.
const DOCUMENTS: [&str; 16] = [
    "docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "pptx", "odt", "ott", "ods", "ots", "odp", "epub", "jar",
    "apk",
];

/// Parts that make a package one document, whatever its name.
const PARTS: [&str; 4] = ["[Content_Types].xml", "mimetype", "word/document.xml", "content.xml"];

/// The documents in an archive, sorted by name; `None` for what is no archive of documents, and for an archive that
/// cannot be opened: reading it as a file tells why.
///
/// Archives in archives are not opened; each stands in the list as a file that is not read.
pub(super) fn members(path: &Path, limits: &Limits) -> Option<Vec<String>> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if DOCUMENTS.contains(&extension.as_str()) || !begins_as_archive(path) {
        return None;
    }
    let bytes = input::read_file(path, limits).ok()?;
    let package = Package::open(&bytes, limits).ok()?;
    if PARTS.iter().any(|part| package.contains(part)) {
        return None;
    }
    let is_hidden = |name: &str| name.split('/').any(|step| step == "__MACOSX" || is_clutter(OsStr::new(step)));
    let mut names: Vec<String> =
        package.names().filter(|name| !name.ends_with('/') && !is_hidden(name)).map(str::to_owned).collect();
    names.sort();
    (!names.is_empty()).then_some(names)
}

fn begins_as_archive(path: &Path) -> bool {
    let is_file = std::fs::metadata(path).is_ok_and(|kind| kind.is_file());
    let mut head = [0; 4];
    is_file
        && std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head == *b"PK\x03\x04"
}

/// The bytes of a document in an archive.
pub(super) fn load(archive: &Path, entry: &str, limits: &Limits) -> Result<Vec<u8>, InputError> {
    let bytes = input::read_file(archive, limits)?;
    Package::open(&bytes, limits)?.read(entry)
}
