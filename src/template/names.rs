//! Names of output files, from a pattern and the data.

use super::data::Data;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Names of files in one folder: safe on every system, none twice.
///
/// A name is remembered by its hash, so that thousands of them cost little: should two hashes ever be equal, a file
/// gets a number more than it needs.
#[derive(Debug, Default)]
pub struct FileNames {
    taken: HashMap<u64, usize>,
}

/// Longest name in bytes, without its extension.
const LONGEST: usize = 180;

impl FileNames {
    /// Takes a name that no record may get.
    pub fn take(&mut self, name: &str) {
        self.taken.insert(key(&composed(name)), 1);
    }

    /// The name for a record (`number` counts from 1) without extension, and the name that it would have had, when that
    /// was taken. In the pattern, `{x.y}` is a value of the data and `{stt}` the number.
    pub fn next(&mut self, pattern: &str, data: &Data, number: usize) -> (String, Option<String>) {
        let wanted = safe(&fill(pattern, data, number));
        let count = self.taken.entry(key(&wanted)).or_default();
        *count += 1;
        if *count == 1 {
            return (wanted, None);
        }
        let mut suffix = *count;
        loop {
            let name = format!("{wanted}-{suffix}");
            let count = self.taken.entry(key(&name)).or_default();
            if *count == 0 {
                *count = 1;
                return (name, Some(wanted));
            }
            suffix += 1;
        }
    }
}

/// Names that differ in the case of letters only are one on some systems.
fn key(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.to_lowercase().hash(&mut hasher);
    hasher.finish()
}

fn composed(name: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(name).collect()
}

/// Fields of the data that a pattern names.
#[must_use]
pub fn pattern_fields(pattern: &str) -> Vec<&str> {
    let ends = pattern.split('{').skip(1);
    ends.filter_map(|rest| rest.split_once('}'))
        .map(|(field, _)| field.trim())
        .filter(|field| *field != "stt")
        .collect()
}

fn fill(pattern: &str, data: &Data, number: usize) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((field, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match field.trim() {
            "stt" => out.push_str(&format!("{number:03}")),
            field => out.push_str(&data.text(field).unwrap_or_else(|| "……".to_owned())),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A name that Windows takes, too.
fn safe(name: &str) -> String {
    let composed: String = unicode_normalization::UnicodeNormalization::nfc(name)
        .map(|c| if c.is_control() || "<>:\"/\\|?*".contains(c) { '-' } else { c })
        .collect();
    let mut out = composed.trim().trim_end_matches(['.', ' ']).to_owned();
    while out.len() > LONGEST {
        out.pop();
    }
    let stem = out.split('.').next().unwrap_or_default().to_uppercase();
    let reserved = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    if out.is_empty() || reserved || out.starts_with('-') {
        out.insert(0, '_');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_never_taken_twice() {
        let data = Data::from_json(br#"{"so": "12/QD", "ten": "CON"}"#).unwrap();
        let mut names = FileNames::default();
        assert_eq!(names.next("{stt} {so}", &data, 7), ("007 12-QD".to_owned(), None));
        assert_eq!(names.next("{so}", &data, 1).0, "12-QD");
        assert_eq!(names.next("{so}", &data, 2), ("12-QD-2".to_owned(), Some("12-QD".to_owned())));
        names.take("12-qd-3");
        assert_eq!(names.next("{so}", &data, 2).0, "12-QD-4");
        assert_eq!(names.next("{ten}", &data, 3).0, "_CON");
        assert_eq!(names.next("{khong_co}", &data, 4).0, "……");
        assert_eq!(pattern_fields("{stt} {so}-{dv.ten} {"), ["so", "dv.ten"]);
    }
}
