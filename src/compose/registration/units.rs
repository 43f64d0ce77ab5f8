//! Which unit of the list a name on a form means: *HỘI LHPN XÃ BÌNH AN*, *xã Bình An*, *Hoi LHPN xa Binh An*.

use crate::language::fold::fold;
use crate::template::plain_name;

/// A unit that has to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    /// Name in full.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// Words that say what kind of body it is and not which one.
const GENERIC: [&str; 12] = ["hội", "lhpn", "liên", "hiệp", "phụ", "nữ", "chi", "ban", "thường", "vụ", "btv", "bch"];

/// The units of a list, ready to be looked up.
#[derive(Debug, Default)]
pub struct Units {
    /// For each name of each unit: the unit, the name folded, its own words, those without tone marks.
    names: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    unit: usize,
    folded: String,
    core: String,
    plain: String,
}

impl Units {
    /// Prepares a list.
    #[must_use]
    pub fn new(units: &[UnitName]) -> Self {
        let known = |unit: usize, name: &String| {
            let core = core(name);
            Known { unit, folded: fold(name.trim()), plain: plain_core(name), core }
        };
        let names = units
            .iter()
            .enumerate()
            .flat_map(|(at, unit)| std::iter::once(&unit.name).chain(&unit.aliases).map(move |name| (at, name)))
            .map(|(at, name)| known(at, name))
            .filter(|known| !known.core.is_empty())
            .collect();
        Self { names }
    }

    /// `true` when there is no unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The one unit that a text names as a whole; spelling, kind of body and tone marks may differ.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<usize> {
        let (folded, core) = (fold(text.trim()), core(text));
        let plain = plain_core(text);
        self.one(|known| known.folded == folded)
            .or_else(|| self.one(|known| known.core == core))
            .or_else(|| self.one(|known| known.plain == plain))
    }

    /// The one unit whose name stands in a text; the longest name counts.
    #[must_use]
    pub fn within(&self, text: &str) -> Option<usize> {
        let (core, plain) = (core(text), plain_name(text));
        let inside = |known: &&Known| {
            holds(&core, &known.core, ' ') || (known.plain.contains('_') && holds(&plain, &known.plain, '_'))
        };
        let longest = self.names.iter().filter(inside).map(|known| known.core.len()).max()?;
        self.one(|known| known.core.len() == longest && inside(&known))
    }

    /// The unit, when all names that fit are its own.
    fn one(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        let mut found = self.names.iter().filter(|known| fits(known)).map(|known| known.unit);
        let first = found.next()?;
        found.all(|unit| unit == first).then_some(first)
    }
}

/// The words that say which body it is, folded.
fn core(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !GENERIC.iter().any(|generic| fold(generic) == *word)).collect::<Vec<_>>().join(" ")
}

/// The same without tone marks.
fn plain_core(name: &str) -> String {
    let plain = plain_name(name);
    let words = plain.split('_').filter(|word| !GENERIC.iter().any(|generic| plain_name(generic) == *word));
    words.collect::<Vec<_>>().join("_")
}

/// Whether words stand in a text as whole words, with `gap` between words.
pub(super) fn holds(text: &str, words: &str, gap: char) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + words.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(gap)) && (after.is_empty() || after.starts_with(gap))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_known_by_any_spelling_of_its_name() {
        let unit = |name: &str, aliases: &[&str]| UnitName {
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        };
        let units = Units::new(&[
            unit("Hội Liên hiệp Phụ nữ xã Bình An", &["Hội LHPN xã Bình An Đông cũ"]),
            unit("Hội Liên hiệp Phụ nữ xã Bình An Tây", &[]),
            unit("Chi hội Phụ nữ thôn Đông", &[]),
        ]);
        for (text, unit) in [
            ("HỘI LHPN XÃ BÌNH AN", Some(0)),
            ("Xã Bình An", Some(0)),
            ("Ban Thường vụ Hội LHPN xã Bình An Tây", Some(1)),
            ("hoi lhpn xa binh an tay", Some(1)),
            ("Chi hội thôn Đông", Some(2)),
            ("Hội LHPN xã Bình Yên", None),
            ("Hội LHPN", None),
        ] {
            assert_eq!(units.named(text), unit, "{text}");
        }
        assert_eq!(units.within("Đăng ký của Hội LHPN xã Bình An Tây năm 2021"), Some(1));
        assert_eq!(units.within("dang-ky-xa-binh-an"), Some(0));
        assert_eq!(units.within("xã khác"), None);
    }
}
