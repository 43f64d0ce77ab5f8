//! The sentences that people see, by key and language (`templates/base/text/vi.toml`, `en.toml`).

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
        let (file, source) = match lang {
            Lang::Vi => ("base/text/vi.toml", include_str!("../../templates/base/text/vi.toml")),
            Lang::En => ("base/text/en.toml", include_str!("../../templates/base/text/en.toml")),
        };
        let table: toml::Table = toml::from_str(source).map_err(|error| PackError::invalid(file, error))?;
        let mut sentences = BTreeMap::new();
        flatten("", &table, &mut sentences);
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

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&path, inner, out),
            toml::Value::String(sentence) => {
                out.insert(path, sentence.clone());
            }
            _ => {}
        }
    }
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
