//! Names of output files: unique within a folder and valid on every system that an office uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Longest name in bytes, so that an extension and a folder still fit.
const LONGEST: usize = 180;

/// A name without its folder for every input, no two alike (also when only case differs): the stem where it is
/// unique, else the whole file name (`a.docx`, `a.pdf`), else that with a number.
#[must_use]
pub fn output_names<'a>(inputs: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let stem = |name: &str| safe_name(&Path::new(name).file_stem().unwrap_or_default().to_string_lossy());
    let file = |name: &str| safe_name(&Path::new(name).file_name().unwrap_or_default().to_string_lossy());
    let mut stems: BTreeMap<String, usize> = BTreeMap::new();
    for name in inputs.clone() {
        *stems.entry(stem(name).to_lowercase()).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut unique = |base: String| {
        loop {
            let count = counts.entry(base.to_lowercase()).or_default();
            *count += 1;
            let candidate = if *count == 1 { base.clone() } else { format!("{base}-{count}") };
            if taken.insert(candidate.to_lowercase()) {
                return candidate;
            }
        }
    };
    inputs
        .map(|name| {
            let alone = stems.get(&stem(name).to_lowercase()) == Some(&1);
            unique(if alone { stem(name) } else { file(name) })
        })
        .collect()
}

/// A file name that Windows, macOS and Linux accept: NFC, without `<>:"/\|?*` and control characters, without a
/// closing full stop or blank, not a reserved device name, of bounded length, never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let mut safe: String = name.nfc().filter(|c| !c.is_control() && !r#"<>:"/\|?*"#.contains(*c)).collect();
    while safe.len() > LONGEST {
        safe.pop();
    }
    let safe = safe.trim_end_matches(['.', ' ']).trim_start_matches(['-', ' ']);
    let device = safe.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let reserved = ["CON", "PRN", "AUX", "NUL"].contains(&device.as_str())
        || (device.len() == 4 && (device.starts_with("COM") || device.starts_with("LPT")));
    if safe.is_empty() || reserved { format!("_{safe}") } else { safe.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(inputs: &[&str]) -> Vec<String> {
        output_names(inputs.iter().copied())
    }

    #[test]
    fn a_stem_that_is_unique_is_the_name() {
        assert_eq!(outputs(&["den/kế hoạch 53.docx", "den/hd.txt"]), ["kế hoạch 53", "hd"]);
    }

    #[test]
    fn inputs_with_one_stem_keep_their_extension_and_both_stay() {
        assert_eq!(outputs(&["a.docx", "A.pdf", "b.txt"]), ["a.docx", "A.pdf", "b"]);
        assert_eq!(outputs(&["x/a.docx", "y/a.docx", "z/a.docx"]), ["a.docx", "a.docx-2", "a.docx-3"]);
    }

    #[test]
    fn names_that_some_system_refuses_are_changed() {
        assert_eq!(safe_name("CON"), "_CON");
        assert_eq!(safe_name("lpt1.x"), "_lpt1.x");
        assert_eq!(safe_name("a:b?*c. "), "abc");
        assert_eq!(safe_name("-rf"), "rf");
        assert_eq!(safe_name("..."), "_");
        assert_eq!(safe_name("ke\u{301} hoa\u{323}ch"), "ké hoạch");
        assert!(safe_name(&"ệ".repeat(300)).len() <= LONGEST);
    }

    proptest::proptest! {
        #[test]
        fn outputs_are_never_alike(names in proptest::collection::vec("[abA]{1,2}(\\.(docx|pdf|docx-2))?", 1..12)) {
            let outputs = output_names(names.iter().map(String::as_str));
            let distinct: std::collections::BTreeSet<_> = outputs.iter().map(|name| name.to_lowercase()).collect();
            proptest::prop_assert_eq!(distinct.len(), names.len());
        }
    }
}
