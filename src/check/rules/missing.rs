//! Parts of form that are missing, and parts that are still open.

use crate::check::dates::pattern;
use crate::check::subject::{Hint, Passage, Subject};
use crate::language::fold::fold;
use crate::model::{Finding, Severity};
use crate::structure::Zone;
use regex::Regex;
use std::sync::LazyLock;

/// Lines that stand at the head of a document of the state, the Party, the Đoàn.
const HEAD_LINES: [&str; 4] = [
    "cộng hòa xã hội chủ nghĩa việt nam",
    "đảng cộng sản việt nam",
    "đoàn tncs hồ chí minh",
    "đoàn thanh niên cộng sản hồ chí minh",
];

static HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(&HEAD_LINES.map(fold).join("|")));
/// Of *cộng*, *TNCS*.
static HEAD_HINT: LazyLock<Hint> = LazyLock::new(|| Hint::new("cộng|tncs"));

/// TD111-TD118: one finding for each part that is not there.
pub(super) fn parts(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let info = &subject.extraction.document;
    let has_head = subject.all().any(|passage| passage.may_hold(&HEAD_HINT) && HEAD.is_match(&passage.folded().text));
    let has_number = info.number.is_some() || info.symbol.is_some() || open_number(subject).is_some();
    let has_date = info.date.is_some() || open_date(subject).is_some();
    let top = [
        ("TD111", Severity::Warning, has_head),
        ("TD112", Severity::Warning, info.issuer.is_some()),
        ("TD113", Severity::Warning, has_number),
        ("TD114", Severity::Warning, has_date),
        ("TD115", Severity::Warning, info.kind.is_some()),
        ("TD116", Severity::Info, info.subject.is_some()),
    ];
    let bottom = [
        ("TD117", Severity::Warning, info.signature.is_some()),
        ("TD118", Severity::Info, !info.recipients.is_empty()),
    ];
    let missing = |(code, severity, present): (&'static str, Severity, bool), span| {
        (!present).then(|| Finding::new(code, severity, span))
    };
    found.extend(top.into_iter().filter_map(|part| missing(part, subject.top())));
    found.extend(bottom.into_iter().filter_map(|part| missing(part, subject.bottom())));
}

/// TD120: number or day is still open.
pub(super) fn draft(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let info = &subject.extraction.document;
    if info.number.is_none()
        && let Some(span) = open_number(subject)
    {
        found.push(Finding::new("TD120", Severity::Info, Some(span)).with("part", "Số"));
    }
    if info.date.is_none()
        && let Some(span) = open_date(subject)
    {
        found.push(Finding::new("TD120", Severity::Info, Some(span)).with("part", "ngày"));
    }
}

/// `Số:      /KH-BTV`.
static OPEN_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bsố\s*:?[\s.…_]*[/-]\s*[a-zđ]+[-/][a-zđ]"));
/// `ngày      tháng 8 năm 2026`.
static OPEN_DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bngày[\s.…_]+tháng[\s.…_]*\d{0,2}[\s.…_]*năm"));

fn open_number(subject: &Subject<'_>) -> Option<crate::model::Span> {
    in_head(subject, &OPEN_NUMBER)
}

fn open_date(subject: &Subject<'_>) -> Option<crate::model::Span> {
    in_head(subject, &OPEN_DATE)
}

fn in_head(subject: &Subject<'_>, pattern: &Regex) -> Option<crate::model::Span> {
    let head = |passage: &Passage<'_>| matches!(passage.zone, Zone::Header | Zone::Title);
    subject.passages().filter(head).find_map(|passage| {
        let found = pattern.find(&passage.folded().text)?;
        Some(passage.span(found.range()))
    })
}

#[cfg(test)]
mod tests {
    use crate::check::rules::case::Case;
    use crate::structure::Zone;

    #[test]
    fn each_missing_part_is_named() {
        let bare = Case::empty().block("Một đoạn văn không có thể thức.", Zone::Body);
        assert_eq!(bare.codes(), ["TD111", "TD112", "TD113", "TD114", "TD115", "TD116", "TD117", "TD118"]);
        assert!(bare.findings().iter().all(|finding| finding.span.is_some()));
        assert!(Case::complete().codes().is_empty());
    }

    #[test]
    fn other_head_lines_and_spellings_count() {
        for line in ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐOÀN TNCS HỒ CHÍ MINH"]
        {
            assert!(Case::complete_with_head(line).codes().is_empty(), "{line}");
        }
        assert_eq!(Case::complete_with_head("HỘI LHPN TỈNH").codes(), ["TD111"]);
    }

    #[test]
    fn a_draft_is_open_not_incomplete() {
        let draft = Case::complete()
            .without_number()
            .without_date()
            .block("Số:      /KH-BTV", Zone::Header)
            .block("Hòa Mỹ, ngày      tháng 8 năm 2026", Zone::Header);
        assert_eq!(draft.codes(), ["TD120", "TD120"]);
        let finding = &draft.findings()[1];
        assert_eq!(draft.quoted(finding), "ngày      tháng 8 năm");
    }
}
