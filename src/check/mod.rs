//! What a careful reader would notice in one document.
//!
//! A rule is a function in `rules/`; it looks at the document, its structure and what was extracted, and never changes
//! any of them. Precision comes first: a rule that is not sure says nothing.
//!
//! | Code | Severity | What it says |
//! |---|---|---|
//! | TD101 | error | the named type contradicts the document's own symbol |
//! | TD102 | warning | the named type of a cited document contradicts its symbol |
//! | TD103 | warning | the body in the symbol is not the one that the signature speaks for |
//! | TD111 | warning | quốc hiệu (or the Party's, the Đoàn's head line) is missing |
//! | TD112 | warning | issuing body is missing |
//! | TD113 | warning | number and symbol are missing |
//! | TD114 | warning | place and date are missing |
//! | TD115 | warning | name of the type is missing |
//! | TD116 | info | subject (trích yếu) is missing |
//! | TD117 | warning | signature block is missing |
//! | TD118 | info | recipients (nơi nhận) are missing |
//! | TD120 | info | number or date is still open: a draft |
//! | TD121 | warning | a form is promised and not enclosed |
//! | TD201 | error | a date that does not exist |
//! | TD202 | error | weekday and date do not agree |
//! | TD203 | warning | a number of working days does not fit the period given with it |
//! | TD204 | warning | the final report is due before its period ends |
//! | TD205 | warning | registration is due when the period is nearly over |
//! | TD206 | warning | a deadline lies before the document's own date |
//! | TD207 | error | a cited document is dated after this one |
//! | TD208 | error | a period ends before it begins |
//! | TD209 | warning | registration and final report are due on the same day |
//! | TD210 | warning | a last day has no year, and nothing in the document gives one |
//! | TD301 | warning | two dates for one thing |
//! | TD302 | warning | two numbers for one thing |
//! | TD303 | warning | a gap in the numbering |
//! | TD304 | warning | a number used twice in a row |
//! | TD401 | warning | a passage stands twice in the file |
//! | TD402 | info | a placeholder or a stray field word is left in the text |
//! | TD403 | info | a district is named after districts were abolished (01/7/2025) |
//!
//! A code is never reused. Sentences: `templates/base/text/`, table `diagnostic.<code>`.

mod achievement;
pub mod award;
mod baseline;
pub mod batch;
mod checker;
mod copied;
mod dates;
mod formality;
mod guess;
pub mod learn;
mod paper;
mod proposal;
mod rules;
mod sketch;
mod subject;

pub use baseline::{Baseline, Hidden};
pub use checker::{Checked, Checker, Linted, Selection};
pub use formality::FormalProfile;
pub use proposal::{Asked, DossierKind, Named, Proposal};
pub use sketch::Sketch;

use crate::model::{Document, Extraction, Finding};
use crate::pack::Pack;
use crate::structure::Structure;
use subject::Subject;

/// All findings about a document: the reader's own notices first, then by place.
#[must_use]
pub fn review(document: &Document, structure: &Structure, extraction: &Extraction, pack: &Pack) -> Vec<Finding> {
    let subject = Subject::new(document, structure, extraction, pack);
    let mut found = Vec::new();
    for rule in rules::ALL {
        rule(&subject, &mut found);
    }
    found.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    let mut all = document.notices.clone();
    all.append(&mut found);
    all
}

#[cfg(test)]
mod tests {
    use crate::pack::{Lang, Texts};
    use std::collections::BTreeSet;

    const SOURCES: &[&str] = &[
        include_str!("rules/calendar.rs"),
        include_str!("rules/form.rs"),
        include_str!("rules/missing.rs"),
        include_str!("rules/numbering.rs"),
        include_str!("rules/schedule.rs"),
        include_str!("rules/text.rs"),
        include_str!("rules/values.rs"),
    ];

    fn codes(text: &str, before: &str, after: &str) -> BTreeSet<String> {
        text.match_indices(before)
            .filter_map(|(at, _)| text.get(at + before.len()..))
            .filter(|rest| rest.starts_with("TD") && rest.get(5..).is_some_and(|rest| rest.starts_with(after)))
            .filter_map(|rest| rest.get(..5).map(str::to_owned))
            .collect()
    }

    #[test]
    fn every_code_is_documented_used_and_has_its_sentences() {
        let documented = codes(include_str!("mod.rs"), "//! | ", " | ");
        let rules: Vec<&str> =
            SOURCES.iter().map(|source| source.split("#[cfg(test)]").next().unwrap_or_default()).collect();
        assert_eq!(documented, codes(&rules.join("\n"), "\"", "\""));
        for lang in [Lang::Vi, Lang::En] {
            let texts = Texts::builtin(lang);
            let wanted: BTreeSet<String> = documented
                .iter()
                .flat_map(|code| ["message", "reason", "remedy"].map(|part| format!("diagnostic.{code}.{part}")))
                .collect();
            let found: BTreeSet<String> =
                texts.keys().filter(|key| key.starts_with("diagnostic.TD")).map(str::to_owned).collect();
            assert_eq!(wanted, found);
        }
    }
}
