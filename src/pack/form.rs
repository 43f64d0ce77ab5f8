//! Words by which the parts of form of an administrative document are known (`base/lexicon/form.toml`).

use super::PackError;
use crate::language::fold::fold;
use serde::Deserialize;

/// Word lists for header, title, opening and footer; all folded, the longest first.
#[derive(Debug, Clone, Default)]
pub struct FormWords {
    /// Quốc hiệu and what stands in its place.
    pub emblems: Vec<String>,
    /// Tiêu ngữ.
    pub mottos: Vec<String>,
    /// Stamps and remarks in the header.
    pub stamps: Vec<String>,
    /// First words of names of bodies.
    pub bodies: Vec<String>,
    /// Bodies that are a part of the one above them.
    pub committees: Vec<String>,
    /// Levels of administration.
    pub levels: Vec<String>,
    /// First words of a basis paragraph.
    pub basis: Vec<String>,
    /// What follows the issuing body in a sentence.
    pub verbs: Vec<String>,
    /// First words of a sentence that says who has to do something, which is content and no subject.
    pub tasks: Vec<String>,
    /// First words of the closing paragraphs.
    pub closing: Vec<String>,
    /// Marks of signing for somebody, without dots and strokes.
    pub authorities: Vec<String>,
    /// First words of posts.
    pub posts: Vec<String>,
    /// Remarks in the place of a signature.
    pub remarks: Vec<String>,
    /// Ranks and degrees before a name.
    pub ranks: Vec<String>,
    /// Family names.
    pub surnames: Vec<String>,
    /// What a copy is sent for.
    pub purposes: Vec<String>,
    /// First words of what follows the signature.
    pub annexes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    header: Header,
    body: Body,
    opening: Opening,
    footer: Footer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    emblems: Vec<String>,
    mottos: Vec<String>,
    stamps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    heads: Vec<String>,
    committees: Vec<String>,
    levels: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    basis: Vec<String>,
    verbs: Vec<String>,
    tasks: Vec<String>,
    closing: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Footer {
    authorities: Vec<String>,
    posts: Vec<String>,
    remarks: Vec<String>,
    ranks: Vec<String>,
    surnames: Vec<String>,
    purposes: Vec<String>,
    annexes: Vec<String>,
}

impl FormWords {
    pub(super) fn builtin() -> Result<Self, PackError> {
        let file: File = toml::from_str(include_str!("../../templates/base/lexicon/form.toml"))
            .map_err(|error| PackError::invalid("base/lexicon/form.toml", error))?;
        Ok(Self {
            emblems: folded(file.header.emblems),
            mottos: folded(file.header.mottos),
            stamps: folded(file.header.stamps),
            bodies: folded(file.body.heads),
            committees: folded(file.body.committees),
            levels: folded(file.body.levels),
            basis: folded(file.opening.basis),
            verbs: folded(file.opening.verbs),
            tasks: folded(file.opening.tasks),
            closing: folded(file.opening.closing),
            authorities: folded(file.footer.authorities),
            posts: folded(file.footer.posts),
            remarks: folded(file.footer.remarks),
            ranks: folded(file.footer.ranks),
            surnames: folded(file.footer.surnames),
            purposes: folded(file.footer.purposes),
            annexes: folded(file.footer.annexes),
        })
    }
}

/// Folded, the longest first, so that the first hit is the best.
fn folded(words: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|w| fold(w)).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words
}

/// The first of `words` (folded, the longest first) that a folded text begins with, as whole words.
#[must_use]
pub fn leading<'w>(text: &str, words: &'w [String]) -> Option<&'w str> {
    let first = text.as_bytes().first();
    words.iter().map(String::as_str).find(|word| {
        word.as_bytes().first() == first
            && text
                .strip_prefix(*word)
                .is_some_and(|rest| word.ends_with('.') || !rest.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_words_lead() {
        let words = FormWords::builtin().expect("the shipped list is valid");
        assert_eq!(leading(&fold("Uỷ ban nhân dân xã"), &words.bodies), Some("ủy ban"));
        assert_eq!(leading(&fold("TỈNH ỦY AN BÌNH"), &words.bodies), Some("tỉnh ủy"));
        assert_eq!(leading(&fold("TỈNH AN BÌNH"), &words.bodies), None);
        assert_eq!(leading(&fold("Banh lông"), &words.bodies), None);
    }
}
