//! Names of fonts that the foreign parser keeps to itself: those that are not embedded, and Type 1 fonts.

use crate::language::legacy::{self, Legacy};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name};
use hayro_interpret::hayro_syntax::page::Page;

/// The encoding that the names of such fonts of a page promise, and whether they show small letters as capitals; `None`
/// where they differ, for nobody can tell then which of them a letter is in.
pub fn unnamed(page: &Page<'_>) -> Option<(Legacy, bool)> {
    let resources = page.resources();
    let mut all = resources.fonts.entries().filter_map(|(name, _)| {
        let font = resources.get_font(&name)?;
        let kind = font.get::<Name<'_>>(b"Subtype")?;
        if &*kind == b"Type3" || tells_name(&font, &kind) {
            return None;
        }
        let name = font.get::<Name<'_>>(b"BaseFont")?;
        let name = name.as_str();
        Some(legacy::of_font(name.split_once('+').map_or(name, |(_, name)| name)))
    });
    let first = all.next()??;
    all.all(|other| other == Some(first)).then_some(first)
}

fn tells_name(font: &Dict<'_>, kind: &[u8]) -> bool {
    let descendant = || font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next();
    let descriptor = match kind {
        b"TrueType" => font.get::<Dict<'_>>(b"FontDescriptor"),
        b"Type0" => descendant().and_then(|font| font.get::<Dict<'_>>(b"FontDescriptor")),
        _ => None,
    };
    descriptor
        .is_some_and(|descriptor| [&b"FontFile2"[..], b"FontFile3"].iter().any(|key| descriptor.contains_key(key)))
}
