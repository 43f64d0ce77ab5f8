//! Laws and directives that hold no more (`base/lexicon/laws.toml`).

use super::PackError;
use crate::language::fold::fold;
use jiff::civil::Date;
use serde::Deserialize;

/// Path of the data file in the pack.
const FILE: &str = "base/lexicon/laws.toml";

/// A law or a directive that holds no more.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpiredLaw {
    /// How papers cite it, folded, the longest first.
    names: Vec<String>,
    /// The first day on which it holds no more.
    from: Date,
    /// What holds instead, as it is printed.
    pub now: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    expired: Vec<ExpiredLaw>,
}

pub(super) fn builtin() -> Result<Vec<ExpiredLaw>, PackError> {
    let file: File = toml::from_str(include_str!("../../templates/base/lexicon/laws.toml"))
        .map_err(|error| PackError::invalid(FILE, error))?;
    let mut laws = file.expired;
    for law in &mut laws {
        law.names.iter_mut().for_each(|name| *name = fold(name));
        law.names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    }
    Ok(laws)
}

impl ExpiredLaw {
    /// Where a folded text of a day cites it, when it did not hold any more then.
    #[must_use]
    pub fn cited(&self, text: &str, day: Date) -> Option<std::ops::Range<usize>> {
        if day < self.from {
            return None;
        }
        self.names.iter().find_map(|name| text.find(name.as_str()).map(|at| at..at + name.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_stale_from_its_last_day_on() {
        let laws = builtin().expect("laws");
        let text = fold("Theo Nghị định số 98/2023/NĐ-CP của Chính phủ");
        let cited = |day: &str| laws.iter().find_map(|law| law.cited(&text, day.parse().expect("day")));
        assert_eq!(cited("2025-06-30"), None);
        assert_eq!(cited("2025-07-01").and_then(|range| text.get(range)), Some(fold("Nghị định số 98/2023").as_str()));
    }
}
