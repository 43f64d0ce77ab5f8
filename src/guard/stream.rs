//! Output files that grow while a batch runs; the target appears only when all of it is there.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file under a temporary name beside its target; [`AtomicFile::commit`] gives it the target's name, dropping it
/// without that leaves the target as it was.
#[derive(Debug)]
pub struct AtomicFile {
    file: BufWriter<tempfile::NamedTempFile>,
    target: PathBuf,
}

impl AtomicFile {
    /// Opens the temporary file.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be written to.
    pub fn create(target: &Path) -> std::io::Result<Self> {
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = tempfile::Builder::new().prefix(".thidua-").suffix(".part").tempfile_in(folder)?;
        Ok(Self { file: BufWriter::new(file), target: target.to_owned() })
    }

    /// Makes what was written the content of the target.
    ///
    /// # Errors
    /// When the disk is full or the target is open in a program that locks it.
    pub fn commit(self) -> std::io::Result<()> {
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(self.target).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Records that wait on the disk and not in memory; the file has no name and goes with its owner.
#[derive(Debug)]
pub struct Spill {
    file: BufWriter<std::fs::File>,
    end: u64,
}

/// Where a record waits: its first byte and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    start: u64,
    length: u32,
}

impl Spill {
    /// An empty one.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), end: 0 })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// When the disk is full, or the record longer than 4 GiB.
    pub fn add(&mut self, record: &[u8]) -> std::io::Result<Waiting> {
        let length = u32::try_from(record.len()).map_err(std::io::Error::other)?;
        self.file.write_all(record)?;
        let waiting = Waiting { start: self.end, length };
        self.end += u64::from(length);
        Ok(waiting)
    }

    /// Reads a record again.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn get(&mut self, waiting: Waiting) -> std::io::Result<Vec<u8>> {
        use std::io::{Read as _, Seek as _, SeekFrom};
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(waiting.start))?;
        let mut record = vec![0; waiting.length as usize];
        file.read_exact(&mut record)?;
        file.seek(SeekFrom::Start(self.end))?;
        Ok(record)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_commit_the_target_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ra.json");
        let mut first = AtomicFile::create(&path).unwrap();
        first.write_all(b"mot").unwrap();
        first.commit().unwrap();
        let mut second = AtomicFile::create(&path).unwrap();
        second.write_all(b"hai").unwrap();
        drop(second);
        assert_eq!(std::fs::read(&path).unwrap(), b"mot");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
