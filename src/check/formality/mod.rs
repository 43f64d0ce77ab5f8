//! Rules of form (*thể thức*), TT01-TT38, and of plans, KH-…: NĐ 30/2020/NĐ-CP, Phụ lục I, and the Party's own.
//!
//! What [`super::rules`] finds already keeps its finder and gets the code of the table here.

mod body;
mod bottom;
mod head;
mod look;
mod plan;
mod spelling;
mod wording;

use super::rules;
use super::subject::Subject;
use crate::model::{Finding, Severity};
use crate::read::docx::layout::Layout;
use jiff::civil::Date;

/// Whose rules of form a paper follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormalProfile {
    /// NĐ 30/2020/NĐ-CP.
    Nd30,
    /// The Hội, which follows the state's rules where its own say nothing.
    #[default]
    HoiLhpn,
    /// The Party: Hướng dẫn 36-HD/VPTW, from 2026 on 05-HD/VPTW.
    Party,
}

/// What rules of form look at.
pub(in crate::check) struct Formal<'a> {
    pub(in crate::check) subject: &'a Subject<'a>,
    pub(in crate::check) profile: FormalProfile,
    pub(in crate::check) as_of: Option<Date>,
    pub(in crate::check) layout: Option<&'a Layout>,
    /// Nothing of the header is there: one finding says so, not six.
    pub(in crate::check) headless: bool,
}

type Rule = fn(&Formal<'_>, &mut Vec<Finding>);

const ALL: &[Rule] = &[
    head::emblem,
    head::motto,
    head::number,
    head::date_line,
    head::dates,
    head::kind,
    head::subject_line,
    head::basis,
    head::citations,
    head::stamps,
    body::closing,
    body::end_mark,
    body::letters,
    body::annexes,
    body::heads_of_annexes,
    body::promises,
    bottom::signature,
    bottom::prefixes,
    bottom::recipients,
    bottom::filed,
    bottom::addressed,
    wording::left_over,
    wording::doubled,
    wording::spaces,
    wording::brackets,
    wording::typos,
    spelling::mixed_tones,
    spelling::mixed_quotes,
    wording::names,
    wording::stale_law,
    plan::dates_of_reports,
    plan::other_level,
    plan::late_start,
    plan::celebrated_too_late,
    plan::sent_before_done,
    plan::two_names_of_a_period,
    look::review,
];

/// Codes of [`super::rules`] with the code and the severity that they have here; the others keep theirs.
const RENAMED: &[(&str, &str, Severity)] = &[
    ("TD101", "TT07", Severity::Error),
    ("TD102", "TT18", Severity::Warning),
    ("TD103", "TT08", Severity::Error),
    ("TD121", "TT33", Severity::Error),
    ("TD201", "TT12", Severity::Error),
    ("TD207", "TT12", Severity::Error),
    ("TD303", "TT19", Severity::Warning),
    ("TD304", "TT19", Severity::Warning),
    ("TD401", "TT34", Severity::Error),
    ("TD402", "TT34", Severity::Error),
    ("TD403", "TT37", Severity::Warning),
    ("TD203", "KH-T", Severity::Warning),
    ("TD204", "KH-T", Severity::Warning),
    ("TD205", "KH-T", Severity::Warning),
    ("TD206", "KH-T", Severity::Warning),
    ("TD208", "KH-T", Severity::Warning),
    ("TD209", "KH-T", Severity::Warning),
    ("TD202", "TT12", Severity::Error),
    ("TD301", "KH-U", Severity::Warning),
    ("TD302", "KH-U", Severity::Warning),
];

/// Parts of form that the rules here look for themselves, or that a draft may lack.
const REPLACED: &[&str] = &["TD111", "TD112", "TD113", "TD114", "TD115", "TD116", "TD117", "TD118", "TD120", "TD210"];

/// The reader's notice that a rule of form says in its own words.
pub(in crate::check) use wording::DROPPED;

/// Everything that the rules of form find.
pub(in crate::check) fn review(
    subject: &Subject<'_>,
    profile: FormalProfile,
    as_of: Option<Date>,
    layout: Option<&Layout>,
) -> Vec<Finding> {
    let info = &subject.extraction.document;
    let headless = !head::has_emblem(subject) && info.number.is_none() && info.symbol.is_none() && info.date.is_none();
    let formal = Formal { subject, profile, as_of, layout, headless };
    let mut known = Vec::new();
    for rule in rules::ALL {
        rule(subject, &mut known);
    }
    let mut found: Vec<Finding> = known.into_iter().filter_map(renamed).collect();
    for rule in ALL {
        rule(&formal, &mut found);
    }
    found
}

/// The rules of form that an achievement report is held to: its head and its look. They are notes there: a report is
/// no administrative document with number and recipients.
pub(in crate::check) fn review_report(subject: &Subject<'_>, layout: Option<&Layout>) -> Vec<Finding> {
    const RULES: &[Rule] = &[
        head::emblem,
        head::motto,
        head::date_line,
        bottom::prefixes,
        wording::doubled,
        wording::spaces,
        wording::names,
        look::review,
    ];
    let formal = Formal { subject, profile: FormalProfile::HoiLhpn, as_of: None, layout, headless: false };
    let mut found = Vec::new();
    for rule in RULES {
        rule(&formal, &mut found);
    }
    for finding in &mut found {
        finding.severity = Severity::Info;
        // What is asked of the pages of a report has a rule of its own.
        if finding.code == "TT31" {
            finding.code = "BC32";
            finding.args.insert("what", "pages".to_owned());
        }
    }
    found
}

/// A finding of another rule under its code here; its sentences stay those of the rule that found it.
fn renamed(mut finding: Finding) -> Option<Finding> {
    if REPLACED.contains(&finding.code) {
        return None;
    }
    if let Some((old, new, severity)) = RENAMED.iter().find(|(old, ..)| *old == finding.code) {
        finding.args.insert("what", (*old).to_owned());
        finding.code = new;
        finding.severity = *severity;
    }
    Some(finding)
}

impl Formal<'_> {
    /// The paper was not numbered and dated yet.
    pub(in crate::check) fn is_draft(&self) -> bool {
        self.subject.extraction.document.number.is_none() || self.subject.extraction.document.date.is_none()
    }

    /// A finding.
    pub(in crate::check) fn finding(
        &self,
        code: &'static str,
        severity: Severity,
        what: &str,
        span: Option<crate::model::Span>,
    ) -> Finding {
        Finding::new(code, severity, span).with("what", what).with("value", quoted(self, span)).with("other", "")
    }
}

fn quoted(formal: &Formal<'_>, span: Option<crate::model::Span>) -> String {
    span.and_then(|span| formal.subject.document.slice(span)).unwrap_or_default().to_owned()
}
