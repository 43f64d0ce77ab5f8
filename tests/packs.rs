//! The built-in knowledge: it loads, it is consistent, and both languages say the same things.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use thidua::Engine;
use thidua::pack::{Lang, Texts};

/// Sentences by key.
fn sentences(lang: Lang) -> BTreeMap<String, String> {
    let texts = Texts::builtin(lang);
    texts.keys().map(|key| (key.to_owned(), texts.sentence(key).expect("a key has its sentence").to_owned())).collect()
}

fn vietnamese() -> BTreeMap<String, String> {
    sentences(Lang::Vi)
}

fn english() -> BTreeMap<String, String> {
    sentences(Lang::En)
}

/// Names in braces.
fn slots(sentence: &str) -> BTreeSet<&str> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_slots() {
    let (vi, en) = (vietnamese(), english());
    // Keys of [phrase] are English words already; the English catalogue needs none.
    let only = |a: &BTreeMap<String, String>, b: &BTreeMap<String, String>| -> Vec<String> {
        a.keys().filter(|key| !key.starts_with("phrase.") && !b.contains_key(*key)).cloned().collect()
    };
    assert_eq!(only(&vi, &en), Vec::<String>::new(), "missing in English");
    assert_eq!(only(&en, &vi), Vec::<String>::new(), "missing in Vietnamese");
    for (key, sentence) in &vi {
        let english = en.get(key).unwrap_or(sentence);
        assert_eq!(slots(sentence), slots(english), "{key}");
        assert!(!sentence.trim().is_empty() && !english.trim().is_empty(), "{key}");
    }
}

#[test]
fn sentences_are_found_by_key_and_slots_are_filled() {
    let texts = Texts::builtin(Lang::Vi);
    assert_eq!(texts.keys().count(), vietnamese().len());
    assert_eq!(texts.get("diagnostic.TD201.message", &[("date", "31/11")]), "Ngày không có thật: 31/11.");
    assert_eq!(texts.get("no.such.key", &[]), "no.such.key");
}

#[test]
fn document_types_are_unambiguous() {
    let engine = Engine::new().expect("built-in packs");
    let types = &engine.pack().lexicon.doc_types;
    assert!(types.len() >= 29, "NĐ 30/2020 names 29 types");
    let codes: BTreeSet<&str> = types.iter().map(|t| t.code.as_str()).collect();
    assert_eq!(codes.len(), types.len(), "a code stands twice");
    let names: Vec<&str> =
        types.iter().flat_map(|t| std::iter::once(&t.name).chain(&t.aliases)).map(String::as_str).collect();
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(unique.len(), names.len(), "a name stands twice");
    for kind in types {
        assert_eq!(kind.name, kind.name.to_lowercase(), "{}", kind.code);
        assert!(kind.other_codes.iter().all(|other| other != &kind.code), "{}", kind.code);
    }
}
