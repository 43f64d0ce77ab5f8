//! Which level of the organisation a level of the profile is. Profiles name their levels freely; directives address
//! *the districts*, *the communes*, and the two have to meet.

use super::Profile;
use crate::language::fold::fold;
use crate::model::Level;

/// Words in the code or name of a level, the first hit decides.
const WORDS: &[(&str, Level)] = &[
    ("trung-uong", Level::Central),
    ("trung ương", Level::Central),
    ("chi-hoi", Level::Chapter),
    ("chi hội", Level::Chapter),
    ("chi đoàn", Level::Chapter),
    ("tinh", Level::Province),
    ("tỉnh", Level::Province),
    ("huyen", Level::District),
    ("huyện", Level::District),
    ("quận", Level::District),
    ("xa", Level::Commune),
    ("co-so", Level::Commune),
    ("xã", Level::Commune),
    ("phường", Level::Commune),
    ("cơ sở", Level::Commune),
];

impl Profile {
    /// The level that a code stands for.
    #[must_use]
    pub fn rank(&self, code: &str) -> Option<Level> {
        let level = self.levels.iter().find(|level| level.code == code)?;
        let (code, name) = (fold(&level.code), fold(&level.name));
        let by = |text: &str| WORDS.iter().find(|(word, _)| fold(word) == text).map(|(_, level)| *level);
        by(&code).or_else(|| WORDS.iter().find(|(word, _)| name.contains(&fold(word))).map(|(_, level)| *level))
    }

    /// The unit's own level.
    #[must_use]
    pub fn own_rank(&self) -> Option<Level> {
        self.rank(&self.unit.level)
    }

    /// The level of the units below: as stated, else the next in the list that still exists on the day.
    #[must_use]
    pub fn rank_below(&self, on: Option<jiff::civil::Date>) -> Option<Level> {
        if let Some(code) = &self.below.level {
            return self.rank(code);
        }
        let own = self.levels.iter().position(|level| level.code == self.unit.level)?;
        let exists = |level: &&super::Level| match on {
            Some(day) => level.until.is_none_or(|until| day <= until) && level.since.is_none_or(|since| since <= day),
            None => true,
        };
        self.levels.get(own + 1..)?.iter().find(exists).and_then(|level| self.rank(&level.code))
    }
}
