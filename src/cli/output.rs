//! Where results go, and that they never replace an input.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use thidua::batch::{Item, Origin};

/// The real places of the inputs, asked for once and only when something stands where an output goes.
pub struct Inputs<'i> {
    items: &'i [Item],
    places: OnceCell<HashSet<PathBuf>>,
}

impl<'i> Inputs<'i> {
    /// The inputs of a work list.
    pub fn of(items: &'i [Item]) -> Self {
        Self { items, places: OnceCell::new() }
    }

    /// Whether writing to a path would replace one of the inputs.
    pub fn hold(&self, path: &Path) -> bool {
        let Ok(target) = path.canonicalize() else { return false };
        let places = self.places.get_or_init(|| {
            let file = |item: &Item| match &item.origin {
                Origin::File(input) | Origin::Member { archive: input, .. } => input.canonicalize().ok(),
                _ => None,
            };
            self.items.iter().filter_map(file).collect()
        });
        places.contains(&target)
    }
}

/// Whether writing to a path would replace one of the inputs.
pub fn is_input(path: &Path, items: &[Item]) -> bool {
    Inputs::of(items).hold(path)
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
