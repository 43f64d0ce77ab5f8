//! The media folder: pictures and documents that data may name, and nothing outside of it.

use super::side::Media;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Files of one folder, each read once.
#[derive(Debug)]
pub struct MediaFolder {
    folder: PathBuf,
    limit: u64,
    read: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl MediaFolder {
    /// A folder whose files may be up to `limit` bytes long.
    #[must_use]
    pub fn new(folder: &Path, limit: u64) -> Self {
        Self { folder: folder.to_owned(), limit, read: Mutex::default() }
    }
}

impl Media for MediaFolder {
    fn load(&self, path: &str) -> Result<Arc<[u8]>, String> {
        if let Some(known) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(known.clone());
        }
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside || path.contains('\\') {
            return Err(path.to_owned());
        }
        let file = self.folder.join(path);
        // That a file is not there is what the sentence around says.
        let fail = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => path.to_owned(),
            _ => format!("{path}: {error}"),
        };
        let size = std::fs::metadata(&file).map_err(fail)?.len();
        if size > self.limit {
            return Err(format!("{path}: {size} bytes"));
        }
        let bytes: Arc<[u8]> = std::fs::read(&file).map_err(fail)?.into();
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
}
