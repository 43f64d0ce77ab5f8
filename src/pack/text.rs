//! The sentences that people see, by key and language (`templates/base/text/vi/`, `en/`: a file for
//! each part of the program).

use super::PackError;
use std::collections::BTreeMap;

/// Language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The catalogues of a language: path in the pack and content.
    fn catalogues(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Vi => &[
                ("base/text/vi/base.toml", include_str!("../../templates/base/text/vi/base.toml")),
                ("base/text/vi/template.toml", include_str!("../../templates/base/text/vi/template.toml")),
                ("base/text/vi/draft.toml", include_str!("../../templates/base/text/vi/draft.toml")),
                ("base/text/vi/check.toml", include_str!("../../templates/base/text/vi/check.toml")),
                ("base/text/vi/rules.toml", include_str!("../../templates/base/text/vi/rules.toml")),
                ("base/text/vi/award.toml", include_str!("../../templates/base/text/vi/award.toml")),
                ("base/text/vi/notes.toml", include_str!("../../templates/base/text/vi/notes.toml")),
                ("base/text/vi/run.toml", include_str!("../../templates/base/text/vi/run.toml")),
            ],
            Self::En => &[
                ("base/text/en/base.toml", include_str!("../../templates/base/text/en/base.toml")),
                ("base/text/en/template.toml", include_str!("../../templates/base/text/en/template.toml")),
                ("base/text/en/draft.toml", include_str!("../../templates/base/text/en/draft.toml")),
                ("base/text/en/check.toml", include_str!("../../templates/base/text/en/check.toml")),
                ("base/text/en/rules.toml", include_str!("../../templates/base/text/en/rules.toml")),
                ("base/text/en/award.toml", include_str!("../../templates/base/text/en/award.toml")),
                ("base/text/en/notes.toml", include_str!("../../templates/base/text/en/notes.toml")),
                ("base/text/en/run.toml", include_str!("../../templates/base/text/en/run.toml")),
            ],
        }
    }
}

/// One language's sentences. A sentence holds slots as `{name}`.
#[derive(Debug)]
pub struct Texts {
    sentences: BTreeMap<String, String>,
}

impl Texts {
    /// The built-in sentences of a language.
    ///
    /// # Errors
    /// When the catalogue is faulty, which a test excludes.
    pub fn builtin(lang: Lang) -> Result<Self, PackError> {
        let mut sentences = BTreeMap::new();
        for (file, source) in lang.catalogues() {
            let table: toml::Table = toml::from_str(source).map_err(|error| PackError::invalid(file, error))?;
            flatten(file, "", &table, &mut sentences)?;
        }
        Ok(Self { sentences })
    }

    /// The sentence of a key with its slots filled; the key itself when there is none. Values are data: what looks like
    /// a slot in a value stays as it is.
    #[must_use]
    pub fn get(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(sentence) = self.sentences.get(key) else { return key.to_owned() };
        let mut out = String::with_capacity(sentence.len());
        let mut rest = sentence.as_str();
        while let Some((text, after)) = rest.split_once('{') {
            out.push_str(text);
            let known = after
                .split_once('}')
                .and_then(|(slot, tail)| Some((args.iter().find(|(name, _)| *name == slot)?.1, tail)));
            match known {
                Some((value, tail)) => {
                    out.push_str(value);
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The sentence of a key as the catalogue has it, with its slots open.
    #[must_use]
    pub fn sentence(&self, key: &str) -> Option<&str> {
        self.sentences.get(key).map(String::as_str)
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }
}

fn flatten(file: &str, prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) -> Result<(), PackError> {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(file, &path, inner, out)?,
            toml::Value::String(sentence) => {
                if out.insert(path.clone(), sentence.clone()).is_some() {
                    return Err(PackError::invalid(file, format!("{path} stands in another catalogue too")));
                }
            }
            other => return Err(PackError::invalid(file, format!("{path} is a {}, not a text", other.type_str()))),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_read_as_slots() {
        let texts = Texts { sentences: BTreeMap::from([("k".to_owned(), "{a} và {b}, {c}".to_owned())]) };
        assert_eq!(texts.get("k", &[("a", "{b}"), ("b", "hai")]), "{b} và hai, {c}");
        assert_eq!(texts.get("không có", &[]), "không có");
    }
}
