//! Words by which the parts of a report are known (`base/lexicon/report.toml`).

use super::PackError;
use super::finder::Finder;
use super::rule_words::{DossierWords, RuleWords};
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
    /// First words of a heading that tells of results.
    pub results: Vec<String>,
    /// Headings that are section III alone although they name thành tích.
    pub awards_only: Vec<String>,
    /// Columns of tables that may be left out: running numbers, remarks.
    pub free_columns: Vec<String>,
    /// Lines that are no headings.
    pub not_headings: Vec<String>,
    /// First words of lines of the title that say what is asked for.
    pub title_asks: Vec<String>,
    /// Whom a title asks an award for, where it does not name the award yet.
    pub title_subjects: Vec<String>,
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
            &mut words.results,
            &mut words.title_asks,
            &mut words.title_subjects,
            &mut words.nothing,
            &mut words.issuers,
        ];
        let rules = words.rules.lists().into_iter().chain(words.dossier.lists());
        for list in lists.into_iter().chain(rules).chain(words.posts.iter_mut().map(|family| &mut family.names)) {
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

    /// Whether one person does not hold two posts at one time: both are of one family.
    #[must_use]
    pub fn exclude_each_other(&self, a: &str, b: &str) -> bool {
        let has = |family: &Family, post: &str| family.names.iter().any(|name| name == post);
        self.posts.iter().any(|family| has(family, a) && has(family, b))
    }

    /// The posts named in a folded text, in reading order; the longest name wins.
    #[must_use]
    pub fn posts_in<'w>(&'w self, text: &str) -> Vec<(&'w str, std::ops::Range<usize>)> {
        let name = |at: usize| self.post_names.get(at).map(String::as_str);
        self.finder.whole(text).into_iter().filter_map(|(at, range)| Some((name(at)?, range))).collect()
    }
}
