//! The register of awards: an SQLite file in the office folder. A decision is committed whole with all its awards or not
//! at all; readers work while somebody writes (write-ahead log); older files are brought up to date when they are opened.

mod find;
mod schema;
mod store;

pub use find::{Entry, Hit, Word};
pub use store::{Added, Correction};

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name of the file in an office folder.
pub const FILE: &str = "so-khen-thuong.db";

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why the register could not do something. People read the sentence under `register.error.` + [`RegisterError::key`].
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// `SQLite` says no.
    #[error("{path}: {reason}")]
    Storage {
        /// The register.
        path: String,
        /// What `SQLite` says.
        reason: String,
    },
    /// A newer program wrote the file.
    #[error("{path}: version {version} is newer than this program")]
    Newer {
        /// The register.
        path: String,
        /// Version of its schema.
        version: i64,
    },
    /// Another decision of the year has the number.
    #[error("{code} of {year} stands in the register already, from {file}")]
    Taken {
        /// Number and symbol.
        code: String,
        /// Year.
        year: i16,
        /// File that the other was read from.
        file: String,
    },
    /// No award fits, or more than one.
    #[error("{count} awards of {code} have the name {name}")]
    NotOne {
        /// How many fit.
        count: usize,
        /// Number and symbol.
        code: String,
        /// Name looked for.
        name: String,
    },
}

impl RegisterError {
    /// Key of the error's sentence in the text catalogues, without the `register.error.` prefix.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Storage { .. } => "storage",
            Self::Newer { .. } => "newer",
            Self::Taken { .. } => "taken",
            Self::NotOne { .. } => "not-one",
        }
    }

    /// Values for the slots of the error's sentence.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Storage { path, reason } => vec![("name", path.clone()), ("reason", reason.clone())],
            Self::Newer { path, version } => vec![("name", path.clone()), ("version", version.to_string())],
            Self::Taken { code, year, file } => {
                vec![("code", code.clone()), ("year", year.to_string()), ("file", file.clone())]
            }
            Self::NotOne { count, code, name } => {
                vec![("count", count.to_string()), ("code", code.clone()), ("name", name.clone())]
            }
        }
    }
}

/// An open register.
#[derive(Debug)]
pub struct Register {
    connection: Connection,
    path: PathBuf,
}

impl Register {
    /// Opens a register to write to it; makes the file where there is none, brings an older one up to date.
    ///
    /// # Errors
    /// When the file is no register, is newer than this program, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, RegisterError> {
        let connection = Connection::open(path).map_err(|error| storage(path, &error))?;
        let mut register = Self { connection, path: path.to_owned() };
        register.prepare().map_err(|error| storage(path, &error))?;
        schema::migrate(&mut register.connection, path)?;
        Ok(register)
    }

    /// Opens a register that exists, to look things up; writers are not hindered.
    ///
    /// # Errors
    /// When the file is no register or is newer than this program.
    pub fn open_to_read(path: &Path) -> Result<Self, RegisterError> {
        // Read-only alone cannot recover the log that a killed writer left behind.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| storage(path, &error))?;
        connection.busy_timeout(PATIENCE).map_err(|error| storage(path, &error))?;
        let mut register = Self { connection, path: path.to_owned() };
        schema::migrate(&mut register.connection, path)?;
        Ok(register)
    }

    fn prepare(&mut self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        // What is committed is on the disk, even if the power fails.
        self.connection.pragma_update(None, "journal_mode", "WAL")?;
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        self.connection.pragma_update(None, "foreign_keys", true)
    }

    fn failed(&self, error: &rusqlite::Error) -> RegisterError {
        storage(&self.path, error)
    }

    /// Copies the whole register as it stands, while others may write, into one file without a log.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn backup(&self, target: &Path) -> Result<(), RegisterError> {
        let failed = |error: std::io::Error| RegisterError::Storage {
            path: target.to_string_lossy().into_owned(),
            reason: error.to_string(),
        };
        let folder = tempfile::tempdir().map_err(failed)?;
        let copy = folder.path().join(FILE);
        let name = copy.to_string_lossy().into_owned();
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|error| self.failed(&error))?;
        let bytes = std::fs::read(&copy).map_err(failed)?;
        crate::guard::write::atomic(target, &bytes).map_err(failed)
    }

    /// Whether the file is sound, as `SQLite` sees it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_sound(&self) -> Result<bool, RegisterError> {
        let answer: String = self
            .connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .map_err(|error| self.failed(&error))?;
        Ok(answer == "ok")
    }
}

fn storage(path: &Path, error: &rusqlite::Error) -> RegisterError {
    RegisterError::Storage { path: path.to_string_lossy().into_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests;
