//! Where results go, and that they never replace an input.

use std::path::{Path, PathBuf};
use thidua::batch::{Item, Origin};

/// Whether writing to a path would replace one of the inputs.
pub fn is_input(path: &Path, items: &[Item]) -> bool {
    let Ok(target) = path.canonicalize() else { return false };
    items.iter().any(|item| match &item.origin {
        Origin::File(input) | Origin::Member { archive: input, .. } => {
            input.canonicalize().is_ok_and(|input| input == target)
        }
        _ => false,
    })
}

/// A folder is meant: it exists as one, or the name ends like one.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// The output file of every input in a folder, in the order of the inputs.
pub fn paths(folder: &Path, items: &[Item], extension: &str) -> Vec<PathBuf> {
    let names = thidua::batch::output_names(items.iter().map(|item| item.name.as_str()));
    names.into_iter().map(|name| folder.join(format!("{name}.{extension}"))).collect()
}
