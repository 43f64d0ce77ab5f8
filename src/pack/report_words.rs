//! Words by which the parts of a report are known (`base/lexicon/report.toml`).

use super::PackError;
use super::finder::Finder;
use crate::language::fold::fold;
use serde::Deserialize;

/// Word lists for reading reports; all folded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportWords {
    /// Words of headings of section I.
    pub profile: Vec<String>,
    /// Words of headings of section II.
    pub achievement: Vec<String>,
    /// Words of headings of section III.
    pub awards: Vec<String>,
    /// Headings that are section III alone although they name thành tích.
    pub awards_only: Vec<String>,
    /// Columns of tables that may be left out: running numbers, remarks.
    pub free_columns: Vec<String>,
    /// Lines that are no headings.
    pub not_headings: Vec<String>,
    /// What says that a slot has nothing to say.
    pub nothing: Vec<String>,
    /// First words of those who issue decisions.
    pub issuers: Vec<String>,
    /// Posts that exclude each other, the longest first.
    posts: Vec<Family>,
    /// Words that single rules look for.
    pub rules: RuleWords,
    /// Words of proposals, minutes and lists.
    pub dossier: DossierWords,
    /// Names of posts, in the order of [`ReportWords::finder`].
    #[serde(skip)]
    post_names: Vec<String>,
    #[serde(skip)]
    finder: Finder,
}

/// Words of proposals, minutes and lists; all folded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierWords {
    /// Words of a sentence that asks for an award.
    pub asks: Vec<String>,
    /// Words of a sentence that tells of earlier awards.
    pub earlier: Vec<String>,
    /// Headings of the column of names.
    pub name_columns: Vec<String>,
    /// Headings of the column of awards.
    pub award_columns: Vec<String>,
    /// Headings of the column of birth dates.
    pub birth_columns: Vec<String>,
    /// First words of a row that sums up.
    pub totals: Vec<String>,
    /// First words of names of collectives.
    pub collectives: Vec<String>,
    /// Forms of address in front of a name.
    pub address: Vec<String>,
}

/// Words that single rules look for; all folded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleWords {
    /// Openings of a list of duties, which has no numbers.
    pub duties: Vec<String>,
    /// Words in front of a year that is not told of as covered.
    pub year_before: Vec<String>,
    /// Words behind a year that begins a sentence about the past of a person or unit.
    pub year_after: Vec<String>,
    /// Words in front of a number that counts nothing.
    pub number_before: Vec<String>,
    /// Words behind a number that has no unit.
    pub number_after: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    names: Vec<String>,
}

impl ReportWords {
    /// The lists that are part of the program.
    ///
    /// # Errors
    /// When the list is faulty, which a test excludes.
    pub fn builtin() -> Result<Self, PackError> {
        let mut words: Self = toml::from_str(include_str!("../../templates/base/lexicon/report.toml"))
            .map_err(|error| PackError::invalid("base/lexicon/report.toml", error))?;
        let lists = [
            &mut words.profile,
            &mut words.achievement,
            &mut words.awards,
            &mut words.awards_only,
            &mut words.not_headings,
            &mut words.free_columns,
            &mut words.nothing,
            &mut words.issuers,
            &mut words.rules.duties,
            &mut words.rules.year_before,
            &mut words.rules.year_after,
            &mut words.rules.number_before,
            &mut words.rules.number_after,
            &mut words.dossier.asks,
            &mut words.dossier.earlier,
            &mut words.dossier.name_columns,
            &mut words.dossier.award_columns,
            &mut words.dossier.birth_columns,
            &mut words.dossier.totals,
            &mut words.dossier.collectives,
            &mut words.dossier.address,
        ];
        for list in lists.into_iter().chain(words.posts.iter_mut().map(|family| &mut family.names)) {
            list.iter_mut().for_each(|word| *word = fold(word));
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        words.post_names = words.posts.iter().flat_map(|family| family.names.iter().cloned()).collect();
        words.finder = Finder::of("base/lexicon/report.toml", words.post_names.iter().map(String::as_str))?;
        Ok(words)
    }

    /// Whether a folded value says that there is nothing.
    #[must_use]
    pub fn is_nothing(&self, value: &str) -> bool {
        let value = value.trim().trim_end_matches(['.', ';']).trim();
        self.nothing.iter().any(|word| word.trim_end_matches('.') == value)
    }

    /// Whether a folded text names somebody who issues decisions.
    #[must_use]
    pub fn names_issuer(&self, text: &str) -> bool {
        self.issuers.iter().any(|word| {
            text.match_indices(word.as_str()).any(|(at, _)| {
                text.get(..at).and_then(|head| head.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
            })
        })
    }

    /// The posts named in a folded text, in reading order; the longest name wins.
    #[must_use]
    pub fn posts_in<'w>(&'w self, text: &str) -> Vec<(&'w str, std::ops::Range<usize>)> {
        let name = |at: usize| self.post_names.get(at).map(String::as_str);
        self.finder.whole(text).into_iter().filter_map(|(at, range)| Some((name(at)?, range))).collect()
    }
}
