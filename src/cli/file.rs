//! One file that the user named: its bytes or its document, and what is wrong with it said at once.

use super::console::Console;
use super::exit::Exit;
use std::path::Path;
use thidua::Engine;
use thidua::guard::Limits;
use thidua::guard::input::read_file;
use thidua::model::{Document, InputError};

/// The bytes of a file.
pub fn read(path: &Path, console: &Console) -> Result<Vec<u8>, Exit> {
    read_file(path, &Limits::default()).map_err(|error| said(path, &error, console))
}

/// The document in the bytes of a file.
pub fn document(path: &Path, bytes: &[u8], engine: &Engine, console: &Console) -> Result<Document, Exit> {
    engine.read(&path.to_string_lossy(), bytes).map_err(|error| said(path, &error, console))
}

fn said(path: &Path, error: &InputError, console: &Console) -> Exit {
    console.input_error(&path.to_string_lossy(), error);
    Exit::Usage
}
