//! Reading an input file: regular files only, no more bytes than the limit.

use super::Limits;
use crate::model::InputError;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads a whole input file.
///
/// # Errors
/// When the path is no regular file (a folder, a device, a pipe that would block), cannot be read, or is too large.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, InputError> {
    read(open(path)?, limits)
}

/// Opens an input file, to be read as far as needed.
///
/// # Errors
/// When the path is no regular file or cannot be read.
pub fn open(path: &Path) -> Result<File, InputError> {
    // The kind is asked before opening: opening a named pipe waits for a writer.
    let kind = std::fs::metadata(path).map_err(|error| io(&error))?;
    if kind.is_dir() {
        return Err(InputError::Io { reason: "is a folder".to_owned() });
    }
    if !kind.is_file() {
        return Err(InputError::Io { reason: "is not a regular file".to_owned() });
    }
    File::open(path).map_err(|error| io(&error))
}

/// Reads everything a source has to give, up to the limit.
///
/// # Errors
/// When the source fails or gives more than the limit.
pub fn read(source: impl Read, limits: &Limits) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    source.take(limits.input_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| io(&error))?;
    if bytes.len() as u64 > limits.input_bytes {
        return Err(Limits::exceeded("input bytes", limits.input_bytes));
    }
    Ok(bytes)
}

fn io(error: &std::io::Error) -> InputError {
    InputError::Io { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_no_input() {
        let error = read_file(Path::new("."), &Limits::default()).unwrap_err();
        assert!(matches!(error, InputError::Io { .. }));
    }

    #[test]
    fn what_is_read_is_bounded_not_what_is_promised() {
        let limits = Limits { input_bytes: 10, ..Limits::default() };
        assert_eq!(read(&b"0123456789"[..], &limits).unwrap().len(), 10);
        assert!(matches!(read(std::io::repeat(b'a'), &limits), Err(InputError::TooLarge { limit: 10, .. })));
    }
}
