//! Whom a directive addresses, seen from the unit that draws its plan from it.

use crate::extract::Knowledge;
use crate::extract::mention::level;
use crate::language::fold::fold;
use crate::model::{DocumentInfo, Level};
use crate::pack::{PlanWords, Profile};

/// What an actor is to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The unit itself, by name or by its level.
    Own,
    /// Units on a level below.
    Below,
    /// Everybody, or nobody in particular.
    Everyone,
    /// The issuer, its departments, or somebody above.
    Parent,
    /// Other units by name, or units beside the line.
    Other,
}

impl Role {
    /// Whether what such an actor has to do binds the unit: as its own task, or to be handed on.
    #[must_use]
    pub fn binds(self) -> bool {
        matches!(self, Self::Own | Self::Below | Self::Everyone)
    }
}

/// Where the unit stands below the issuer of a directive.
#[derive(Debug, Clone)]
pub struct Position<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) words: &'a PlanWords,
    /// Level of the issuer.
    pub issuer: Level,
    /// The unit's own level.
    pub own: Level,
    /// Levels whose tasks are the unit's: its own, and those between that have no unit any more.
    pub roles: Vec<Level>,
    /// Folded names of the unit.
    names: Vec<String>,
    /// Folded names of the primary parent.
    parent_names: Vec<String>,
}

/// The line of levels from the top down.
pub(super) const LINE: [Level; 5] = [Level::Central, Level::Province, Level::District, Level::Commune, Level::Chapter];

fn depth(level: Level) -> Option<usize> {
    LINE.iter().position(|known| *known == level)
}

impl<'a> Position<'a> {
    /// The position of the profile's unit below the issuer of a document.
    #[must_use]
    pub fn new(info: &DocumentInfo, profile: &Profile, knowledge: &'a Knowledge, words: &'a PlanWords) -> Self {
        let own = profile.own_rank().unwrap_or(Level::Commune);
        let names = [&profile.unit.name].into_iter().chain(&profile.unit.short).chain(&profile.unit.aliases);
        let names = names.map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
        let parent = profile.primary_parent();
        let parent_names = parent
            .map(|p| [&p.name].into_iter().chain(&p.aliases).map(|name| fold(name)).collect())
            .unwrap_or_default();
        let above = profile.parents.iter().filter_map(|parent| profile.rank(&parent.level));
        let by_text = info.issuer.as_deref().map(|issuer| level(issuer, knowledge)).filter(|l| depth(*l).is_some());
        let by_profile = parent.and_then(|parent| profile.rank(&parent.level));
        let issuer = by_text.or(by_profile).unwrap_or(Level::Province);
        let taken: Vec<Level> = above.collect();
        let (from, to) = (depth(issuer).unwrap_or(0), depth(own).unwrap_or(LINE.len() - 1));
        let mut roles: Vec<Level> = LINE
            .iter()
            .enumerate()
            .filter(|(at, level)| *at > from && *at <= to && (**level == own || !taken.contains(level)))
            .map(|(_, level)| *level)
            .collect();
        if roles.is_empty() {
            // A paper of the same level: what it asks of the level below is taken up.
            roles.extend(LINE.get(from + 1).copied());
        }
        Self { knowledge, words, issuer, own, roles, names, parent_names }
    }

    /// Whether the paper comes from a unit that is not above this one.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        depth(self.issuer) >= depth(self.own)
    }

    /// What an actor is to the unit.
    #[must_use]
    pub fn role(&self, actor: &str) -> Role {
        let mut found: Vec<Role> = parts(actor).filter_map(|part| self.role_of_part(part)).collect();
        found.sort_unstable();
        // A list that names the unit's level binds it, whoever else stands in it.
        found.first().copied().unwrap_or(Role::Everyone)
    }

    /// Whether the words name a unit by its own proper name.
    #[must_use]
    pub fn names_unit(&self, actor: &str) -> bool {
        let actor = fold(actor);
        self.names.iter().any(|name| actor.contains(name.as_str()))
    }

    /// Whether the words are a department of the parent.
    #[must_use]
    pub fn is_department(&self, actor: &str) -> bool {
        let folded = fold(actor);
        let words = &self.words.actors;
        let starts = words.departments.iter().any(|word| starts_with_word(&folded, word));
        starts
            && !words.committees.iter().any(|word| folded.contains(word.as_str()))
            && !words.outside.iter().any(|word| contains_word(&folded, word))
    }

    /// `None` for a part that says nothing of its own: *thành phố* behind *Hội LHPN các huyện*.
    fn role_of_part(&self, part: &str) -> Option<Role> {
        let folded = fold(part);
        let words = &self.words.actors;
        if self.names.iter().any(|name| folded.contains(name.as_str())) {
            return Some(Role::Own);
        }
        if self.parent_names.iter().any(|name| folded.ends_with(name.as_str())) {
            return Some(Role::Parent);
        }
        if self.is_department(part) {
            return Some(Role::Parent);
        }
        let bare = folded.trim_start_matches("mỗi ").trim_start_matches("các ").trim_start_matches("từng ");
        if words.everyone.iter().any(|word| starts_with_word(bare, word)) {
            return Some(Role::Everyone);
        }
        if words.special.iter().any(|word| contains_word(&folded, word)) {
            return Some(Role::Other);
        }
        // *xã hội* is society, not a commune.
        let level = level(&without_society(part), self.knowledge);
        if depth(level).is_some() && words.outside.iter().any(|word| starts_with_word(bare, word)) {
            return Some(Role::Everyone);
        }
        Some(match depth(level) {
            // *thành phố Lam Sơn*: somebody by name, though the words tell no level.
            None if is_proper(part) => Role::Other,
            None => return None,
            Some(_) if self.roles.contains(&level) => {
                if is_proper(part) {
                    Role::Other
                } else {
                    Role::Own
                }
            }
            Some(at) if Some(at) > depth(self.own).min(depth(*self.roles.last().unwrap_or(&self.own))) => Role::Below,
            Some(_) => Role::Parent,
        })
    }
}

fn without_society(part: &str) -> String {
    part.replace("xã hội", "").replace("Xã hội", "")
}

/// Parts of an enumeration of actors.
fn parts(actor: &str) -> impl Iterator<Item = &str> {
    actor.split([',', ';', '/']).flat_map(|part| part.split(" và ")).map(str::trim).filter(|part| !part.is_empty())
}

pub(crate) fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

pub(crate) fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().chars().next_back();
        let after = text.get(at + word.len()..).unwrap_or_default().chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// A level word followed by a capital: *huyện Krông Păk*, not *các huyện* and not *huyện, TX, TP*.
fn is_proper(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let is_level = |word: &str| {
        ["huyện", "xã", "phường", "quận", "tỉnh", "trấn", "phố", "thị"].iter().any(|level| fold(word) == fold(level))
    };
    words.windows(2).any(|pair| match pair {
        [level, name] => {
            let mut letters = name.chars().filter(|c| c.is_alphabetic());
            let first = letters.next().is_some_and(char::is_uppercase);
            is_level(level)
                && first
                && (letters.any(char::is_lowercase) || name.chars().any(char::is_numeric))
                && fold(name) != fold("Hội")
        }
        _ => false,
    })
}
