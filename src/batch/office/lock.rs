//! One run at a time in an office.

use std::fs::{File, TryLockError};
use std::path::Path;

/// Held while a run is at work; the system gives it back whatever happens to the program.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why there is no lock.
#[derive(Debug, thiserror::Error)]
pub enum Busy {
    /// Another run holds it.
    #[error("another run is at work")]
    Taken,
    /// The file of the lock cannot be opened.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Lock {
    /// Takes the lock, or says that it is taken.
    ///
    /// # Errors
    /// See [`Busy`].
    pub fn take(path: &Path) -> Result<Self, Busy> {
        // An empty file that is never replaced: a lock belongs to the file, not to its name.
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Busy::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_by_one_and_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("khoa");
        let lock = Lock::take(&path).unwrap();
        assert!(matches!(Lock::take(&path), Err(Busy::Taken)));
        drop(lock);
        assert!(Lock::take(&path).is_ok());
    }
}
