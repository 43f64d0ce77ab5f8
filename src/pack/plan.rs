//! Words by which a plan is drawn from a directive (`hoi-lhpn/ke-hoach/words.toml`).

use super::PackError;
use crate::language::fold::fold;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Path of the data file in the pack, as origins name it.
pub const PLAN_WORDS_FILE: &str = "hoi-lhpn/ke-hoach/words.toml";

/// Word lists and sentences for plans; word lists are folded, the longest first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWords {
    /// What a heading announces: words by topic.
    pub topics: BTreeMap<String, Vec<String>>,
    /// Headings that announce a topic and nothing more.
    pub bare: Bare,
    /// Words for actors.
    pub actors: ActorWords,
    /// Places that mean the parent's area, and the own area, by the parent's level.
    pub areas: BTreeMap<String, Vec<(String, String)>>,
    /// How a paper speaks of itself.
    #[serde(rename = "self")]
    pub itself: SelfWords,
    /// How names in capitals are written.
    pub issuer: IssuerWords,
    /// Words before a contact of the parent.
    pub contacts: ContactWords,
    /// Words for what units are asked to register.
    pub registration: RegistrationWords,
    /// Words for the subject line.
    pub subject: SubjectWords,
    /// Fixed sentences by key.
    pub sentences: BTreeMap<String, String>,
}

/// Headings that are not repeated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    /// The headings.
    pub headings: Vec<String>,
}

/// Words for actors.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActorWords {
    /// Everybody, on every level.
    pub everyone: Vec<String>,
    /// Units beside the line of levels.
    pub special: Vec<String>,
    /// Bodies of others.
    pub outside: Vec<String>,
    /// Collectives that lead a unit.
    pub committees: Vec<String>,
    /// First words of departments.
    pub departments: Vec<String>,
    /// Words that go with an actor.
    pub tail: Vec<String>,
    /// Words that take up an actor.
    pub address: Vec<String>,
}

/// How names in capitals are written in a sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerWords {
    /// Words that stay in capitals.
    pub acronyms: Vec<String>,
    /// Names with their capitals, the longer before the shorter.
    pub names: Vec<String>,
    /// Words for levels; a proper name follows.
    pub levels: Vec<String>,
}

/// How a paper speaks of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfWords {
    /// The words.
    pub words: Vec<String>,
}

/// Words before a contact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWords {
    /// Words that lead to one.
    pub lead: Vec<String>,
    /// Words that nothing may end with.
    pub dangling: Vec<String>,
    /// Words of a sentence that is about reaching somebody.
    pub sentence: Vec<String>,
}

/// Words for what units are asked to register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationWords {
    /// Words that ask to register.
    pub ask: Vec<String>,
    /// What follows them where nothing but taking part is meant.
    pub joining: Vec<String>,
    /// What a collective registers, other than works.
    pub titles: Vec<String>,
    /// That persons register too.
    pub person: Vec<String>,
}

/// Words for the subject line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectWords {
    /// First words of a subject that stays as it is.
    pub verbs: Vec<String>,
    /// What stands before any other subject.
    pub lead: String,
}

impl PlanWords {
    /// The built-in words.
    ///
    /// # Errors
    /// When the data file is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let mut words: Self = toml::from_str(include_str!("../../templates/hoi-lhpn/ke-hoach/words.toml"))
            .map_err(|error| PackError::invalid(PLAN_WORDS_FILE, error))?;
        words.topics.values_mut().for_each(|list| folded(list));
        for list in [
            &mut words.bare.headings,
            &mut words.actors.everyone,
            &mut words.actors.special,
            &mut words.actors.outside,
            &mut words.actors.committees,
            &mut words.actors.departments,
            &mut words.actors.address,
            &mut words.actors.tail,
            &mut words.contacts.dangling,
            &mut words.itself.words,
            &mut words.contacts.lead,
            &mut words.contacts.sentence,
            &mut words.registration.ask,
            &mut words.registration.joining,
            &mut words.registration.titles,
            &mut words.registration.person,
            &mut words.subject.verbs,
        ] {
            folded(list);
        }
        for (from, _) in words.areas.values_mut().flatten() {
            *from = fold(from);
        }
        Ok(words)
    }

    /// A fixed sentence with its slots filled.
    #[must_use]
    pub fn sentence(&self, key: &str, slots: &[(&str, &str)]) -> String {
        let mut text = self.sentences.get(key).cloned().unwrap_or_default();
        for (slot, value) in slots {
            text = text.replace(&format!("{{{slot}}}"), value);
        }
        text
    }
}

fn folded(list: &mut [String]) {
    for word in list.iter_mut() {
        *word = fold(word);
    }
    list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_valid() {
        let words = PlanWords::builtin().unwrap();
        for topic in ["purpose", "requirement", "name", "subject", "time", "target", "award", "organisation", "content"]
        {
            assert!(words.topics.contains_key(topic), "{topic}");
        }
        assert_eq!(words.sentence("targets", &[]), "Chỉ tiêu cụ thể:");
        assert!(words.sentence("opening", &[("parents", "A"), ("issuer", "B")]).starts_with("Thực hiện A, B xây dựng"));
    }
}
