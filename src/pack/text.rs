//! The sentences that people see, by key and language (`templates/base/text/vi/`, `en/`: a file for
//! each part of the program, laid out as one table by `build.rs`).

/// Language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// Keys and sentences of Vietnamese, sorted by key; laid out when the program is built.
static VIETNAMESE: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts_vi.rs"));
/// The same of English.
static ENGLISH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts_en.rs"));

/// One language's sentences. A sentence holds slots as `{name}`.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// Sorted by key.
    sentences: &'static [(&'static str, &'static str)],
}

impl Texts {
    /// The built-in sentences of a language.
    #[must_use]
    pub fn builtin(lang: Lang) -> Self {
        let sentences = match lang {
            Lang::Vi => VIETNAMESE,
            Lang::En => ENGLISH,
        };
        Self { sentences }
    }

    /// The sentence of a key with its slots filled; the key itself when there is none. Values are data: what looks like
    /// a slot in a value stays as it is.
    #[must_use]
    pub fn get(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(sentence) = self.sentence(key) else { return key.to_owned() };
        let mut out = String::with_capacity(sentence.len());
        let mut rest = sentence;
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
    pub fn sentence(&self, key: &str) -> Option<&'static str> {
        let at = self.sentences.binary_search_by(|(other, _)| (*other).cmp(key)).ok()?;
        self.sentences.get(at).map(|(_, sentence)| *sentence)
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.sentences.iter().map(|(key, _)| *key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_read_as_slots() {
        let texts = Texts { sentences: &[("k", "{a} và {b}, {c}")] };
        assert_eq!(texts.get("k", &[("a", "{b}"), ("b", "hai")]), "{b} và hai, {c}");
        assert_eq!(texts.get("không có", &[]), "không có");
    }
}
