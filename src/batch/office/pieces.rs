//! What is kept of each document for the aggregates: records in one file, one behind the other. The journal says where
//! each lies, so that what no line of it names, a record torn by a power cut above all, is as good as not there.

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Where a record lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    at: u64,
    bytes: u32,
    /// Checksum: a line of the journal may outlive what it names.
    crc: u32,
}

impl Place {
    /// The first byte after the record.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.at.saturating_add(self.bytes.into())
    }
}

/// The file of records, shared by the workers.
#[derive(Debug)]
pub struct Pieces {
    file: Mutex<(File, u64)>,
}

impl Pieces {
    /// Opens the file, or begins one. `end` is where the last record of use ends; what follows is dropped.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path, end: u64) -> io::Result<Self> {
        let file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
        let end = end.min(file.metadata()?.len());
        file.set_len(end)?;
        Ok(Self { file: Mutex::new((file, end)) })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// When the disk is full, or the record longer than 4 GiB.
    pub fn add(&self, record: &[u8]) -> io::Result<Place> {
        let bytes = u32::try_from(record.len()).map_err(io::Error::other)?;
        let crc = crc32fast::hash(record);
        let mut guard = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, end) = &mut *guard;
        file.seek(SeekFrom::Start(*end))?;
        file.write_all(record)?;
        let place = Place { at: *end, bytes, crc };
        *end = place.end();
        Ok(place)
    }

    /// A record, if it is what was added there.
    #[must_use]
    pub fn get(&self, place: &Place) -> Option<Vec<u8>> {
        let mut guard = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, end) = &mut *guard;
        if place.end() > *end {
            return None;
        }
        let mut record = vec![0; place.bytes as usize];
        file.seek(SeekFrom::Start(place.at)).and_then(|_| file.read_exact(&mut record)).ok()?;
        drop(guard);
        (crc32fast::hash(&record) == place.crc).then_some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_and_what_was_torn_or_overwritten_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manh.bin");
        let pieces = Pieces::open(&path, 0).unwrap();
        let [one, two] = [b"mot".as_slice(), b"hai hai"].map(|record| pieces.add(record).unwrap());
        assert_eq!(pieces.get(&one).unwrap(), b"mot");
        assert_eq!(pieces.get(&two).unwrap(), b"hai hai");
        drop(pieces);

        let length = std::fs::metadata(&path).unwrap().len();
        std::fs::File::options().write(true).open(&path).unwrap().set_len(length - 1).unwrap();
        let pieces = Pieces::open(&path, two.end()).unwrap();
        assert_eq!((pieces.get(&one).unwrap(), pieces.get(&two)), (b"mot".to_vec(), None));
        drop(pieces);

        let pieces = Pieces::open(&path, one.end()).unwrap();
        let three = pieces.add(b"ba ba b").unwrap();
        assert_eq!((pieces.get(&two), pieces.get(&three).unwrap()), (None, b"ba ba b".to_vec()));
    }
}
