//! Titles and forms of commendation as reports name them (`base/lexicon/awards.toml`).

use super::PackError;
use super::finder::Finder;
use crate::language::fold::fold;
use serde::Deserialize;

/// A kind of award.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Id: `cstdcs`, `bk-tinh`, …
    pub id: String,
    /// Names, folded.
    pub names: Vec<String>,
    /// `title` (danh hiệu), `form` (hình thức), `result` (mức hoàn thành), `inexact` (no level, or out of use), `unranked`
    /// (a form of commendation without its class).
    pub family: String,
    /// Whom it is for.
    pub subject: super::FormSubject,
    /// Fewest and most years that a report for it covers.
    #[serde(default)]
    pub years: Option<(u16, u16)>,
    /// A sáng kiến, or an alternative to it, is among its conditions.
    #[serde(default)]
    pub initiative: bool,
    /// What table III has to show in consecutive years.
    #[serde(default)]
    pub run: Option<Run>,
    /// First words of those who may decide on it, folded; empty when that is not looked at.
    #[serde(default)]
    pub issuers: Vec<String>,
    /// Words of those who cannot decide on it, folded.
    #[serde(default)]
    pub not_issued_by: Vec<String>,
}

/// A number of equal awards in consecutive years.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Id of the award.
    pub award: String,
    /// Years.
    pub count: u16,
}

/// All awards.
#[derive(Debug, Clone)]
pub struct Awards {
    awards: Vec<Award>,
    /// (name, index of the award), the longest name first.
    names: Vec<(String, usize)>,
    /// Finds all names at once.
    finder: Finder,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    award: Vec<Award>,
}

impl Awards {
    /// The awards that are part of the program.
    ///
    /// # Errors
    /// When the list is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let file: File = toml::from_str(include_str!("../../templates/base/lexicon/awards.toml"))
            .map_err(|error| PackError::invalid("base/lexicon/awards.toml", error))?;
        let mut awards = file.award;
        let folded = |words: &mut Vec<String>| words.iter_mut().for_each(|word| *word = fold(word));
        for award in &mut awards {
            folded(&mut award.names);
            folded(&mut award.issuers);
            folded(&mut award.not_issued_by);
        }
        let mut names: Vec<(String, usize)> = awards
            .iter()
            .enumerate()
            .flat_map(|(at, award)| award.names.iter().map(move |name| (name.clone(), at)))
            .collect();
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        let finder = Finder::of("base/lexicon/awards.toml", names.iter().map(|(name, _)| name.as_str()))?;
        Ok(Self { awards, names, finder })
    }

    /// The award with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Award> {
        self.awards.iter().find(|award| award.id == id)
    }

    /// The awards named in a folded text with the byte range of each name, in reading order; the longest name wins.
    #[must_use]
    pub fn named<'a>(&'a self, text: &str) -> Vec<(&'a Award, std::ops::Range<usize>)> {
        let award = |at: usize| self.awards.get(self.names.get(at)?.1);
        self.finder.whole(text).into_iter().filter_map(|(at, range)| Some((award(at)?, range))).collect()
    }

    /// The first award named in a folded text.
    #[must_use]
    pub fn first(&self, text: &str) -> Option<&Award> {
        self.named(text).first().map(|(award, _)| *award)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_the_award() {
        let awards = Awards::builtin().expect("awards");
        let id = |text: &str| awards.first(&fold(text)).map(|award| award.id.clone());
        assert_eq!(id("Danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025").as_deref(), Some("cstdcs"));
        assert_eq!(id("CHIẾN SỸ THI ĐUA CẤP CƠ SỞ").as_deref(), Some("cstdcs"));
        assert_eq!(id("danh hiệu Chiến sĩ thi đua").as_deref(), Some("inexact"));
        assert_eq!(id("Bằng khen của Thủ tướng Chính phủ").as_deref(), Some("bk-ttg"));
        assert_eq!(id("Bằng khen của Chủ tịch UBND tỉnh Bắc Hà").as_deref(), Some("bk-tinh"));
        assert_eq!(id("Tập thể Lao động tiên tiến").as_deref(), Some("tt-ldtt"));
        assert_eq!(id("không có gì"), None);
    }
}
