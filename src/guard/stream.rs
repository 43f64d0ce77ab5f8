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

/// Bytes that are read at once where records are asked for one after the other.
const STRETCH: u64 = 64 << 10;
/// Bytes that are read at once elsewhere: a record or two.
const STEP: u64 = 4 << 10;
/// Bytes of the length in front of a record.
const PREFIX: u64 = 4;

/// Records that wait on the disk and not in memory; the file has no name and goes with its owner.
#[derive(Debug)]
pub struct Spill {
    file: BufWriter<std::fs::File>,
    end: u64,
    /// What was read last, and where it begins.
    window: (u64, Vec<u8>),
}

/// Where a record waits: its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting(u64);

impl Spill {
    /// An empty one.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), end: 0, window: (0, Vec::new()) })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// When the disk is full, or the record longer than 4 GiB.
    pub fn add(&mut self, record: &[u8]) -> std::io::Result<Waiting> {
        let length = u32::try_from(record.len()).map_err(std::io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(record)?;
        let waiting = Waiting(self.end);
        self.end += PREFIX + u64::from(length);
        Ok(waiting)
    }

    /// Reads a record again.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn get(&mut self, waiting: Waiting) -> std::io::Result<&[u8]> {
        self.at(waiting.0).map(|(record, _)| record)
    }

    /// Hands every record to `take`, in the order in which they came.
    ///
    /// # Errors
    /// When the disk fails, or the first error of `take`.
    pub fn each(&mut self, mut take: impl FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<()> {
        let mut place = 0;
        while place < self.end {
            let (record, next) = self.at(place)?;
            take(record)?;
            place = next;
        }
        Ok(())
    }

    /// The record at a place, and the place of the next one.
    fn at(&mut self, place: u64) -> std::io::Result<(&[u8], u64)> {
        let mut length = [0; PREFIX as usize];
        length.copy_from_slice(self.bytes(place, PREFIX)?);
        let length = u64::from(u32::from_le_bytes(length));
        let next = place + PREFIX + length;
        Ok((self.bytes(place + PREFIX, length)?, next))
    }

    fn bytes(&mut self, start: u64, length: u64) -> std::io::Result<&[u8]> {
        let (from, window) = &self.window;
        let to = from + window.len() as u64;
        if start < *from || start + length > to {
            let follows = start >= *from && start <= to + STEP;
            self.read(start, length.max(if follows { STRETCH } else { STEP }))?;
        }
        let (from, window) = &self.window;
        let at = usize::try_from(start - from).map_err(std::io::Error::other)?;
        let length = usize::try_from(length).map_err(std::io::Error::other)?;
        window.get(at..at + length).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }

    /// Reads a part of the file, less where it ends, and stands at its end again.
    fn read(&mut self, start: u64, most: u64) -> std::io::Result<()> {
        use std::io::{Read as _, Seek as _, SeekFrom};
        self.file.flush()?;
        let length = usize::try_from(most.min(self.end.saturating_sub(start))).map_err(std::io::Error::other)?;
        self.window.0 = start;
        self.window.1.resize(length, 0);
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut self.window.1)?;
        file.seek(SeekFrom::Start(self.end))?;
        Ok(())
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

    #[test]
    fn records_come_back_in_any_order_and_more_may_follow() {
        let mut spill = Spill::new().unwrap();
        let record = |number: u32| number.to_le_bytes().repeat(number as usize % 700);
        let places: Vec<Waiting> = (0..900).map(|number| spill.add(&record(number)).unwrap()).collect();
        for number in [0, 899, 3, 4, 450, 699, 2] {
            assert_eq!(spill.get(places[number as usize]).unwrap(), record(number));
        }
        let long = vec![7; 3 * STRETCH as usize];
        let place = spill.add(&long).unwrap();
        assert_eq!(spill.get(place).unwrap(), long);
        let mut number = 0;
        let each = |found: &[u8]| {
            assert_eq!(found, if number < 900 { record(number) } else { long.clone() });
            number += 1;
            Ok(())
        };
        spill.each(each).unwrap();
        assert_eq!(number, 901);
    }
}
