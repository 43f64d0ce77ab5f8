//! What editing left behind: passages pasted twice, placeholders, names that no longer exist.

use crate::check::dates::pattern;
use crate::check::subject::{Hint, Subject, whole};
use crate::model::{Finding, Severity, Span};
use crate::structure::Zone;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// TD401: one finding for each repeated passage.
pub(super) fn pasted_twice(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for &(original, copy, blocks) in &subject.structure.copies {
        let place = |id: u32| subject.document.blocks.get(id as usize).map(whole);
        let finding = Finding::new("TD401", Severity::Warning, place(copy)).with("blocks", blocks.to_string());
        found.push(match place(original) {
            Some(span) => finding.and(span),
            None => finding,
        });
    }
}

/// Dots or lines to be filled in, patterns of dates, marks of templates.
static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"…{2,}|\.{5,}|…\.{3,}|_{4,}|\bdd/mm/y{2,4}\b|\bxxx+\b|\{\{.*?\}\}|\[\s*\.{3,}\s*\]"));
/// Words of Word fields that a conversion left in the text.
static FIELD_WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:page|numpages)\s*$|\bmergefield\s+\w+|\\\*\s*mergeformat"));

/// What one of them needs; a field word alone makes a short line.
static LEFT_OVER_HINT: LazyLock<Hint> = LazyLock::new(|| Hint::new(r"…|\.\.\.|___|dd/|xxx|\{\{|mer"));
const SHORT: usize = 32;

/// TD402: one finding for each line with a placeholder or a field word. Forms have their dots by design, and so has the
/// header of a draft.
pub(super) fn left_over(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for passage in subject.all().filter(|passage| passage.zone != Zone::Copy) {
        if passage.block.text.trim().len() > SHORT && !passage.may_hold(&LEFT_OVER_HINT) {
            continue;
        }
        let text = &passage.folded().text;
        let is_body = matches!(passage.zone, Zone::Title | Zone::Opening | Zone::Body) && passage.block.cell.is_none();
        // Few blocks hold the letters that every field word has; a look for them is cheaper than the pattern.
        let has = |letters: &str| memchr::memmem::find(text.as_bytes(), letters.as_bytes()).is_some();
        let field = if has("page") || has("merge") { FIELD_WORD.find(text) } else { None };
        let place = field.or_else(|| if is_body { PLACEHOLDER.find(text) } else { None });
        if let Some(place) = place {
            let span = passage.span(place.range());
            let quoted = subject.document.slice(span).unwrap_or_default().trim().to_owned();
            found.push(Finding::new("TD402", Severity::Info, Some(span)).with("words", quoted));
        }
    }
}

/// From this day there is no level between province and commune.
const TWO_LEVELS: Date = Date::constant(2025, 7, 1);

/// Names of the level that is gone. *Thành phố* alone may be a province.
static DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:cấp huyện|thị trấn|thị xã|huyện ủy|thị ủy|quận ủy",
        r"|(?:các|hội lhpn|hội phụ nữ|ubnd|ủy ban nhân dân)\s+(?:các\s+)?(?:quận|huyện))\b"
    ))
});
static DISTRICT_HINT: LazyLock<Hint> = LazyLock::new(|| Hint::new("huyệ|thị|quậ"));
/// Words of a clause that speaks of the past or of the change itself.
const PAST: &[&str] =
    &["sắp xếp", "sáp nhập", "trước đây", "không còn", "không tổ chức", "kết thúc hoạt động", "(cũ)", "nguyên ", "đã "];

/// TD403: one finding, with every further place.
pub(super) fn abolished_district(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.date.is_none_or(|date| date < TWO_LEVELS) {
        return;
    }
    let mut places: Vec<(Span, String)> = Vec::new();
    for passage in subject.passages().filter(|passage| matches!(passage.zone, Zone::Opening | Zone::Body)) {
        if !passage.may_hold(&DISTRICT_HINT) {
            continue;
        }
        for name in DISTRICT.find_iter(&passage.folded().text) {
            let span = passage.span(name.range());
            let clause = subject.clause(span);
            if !PAST.iter().any(|word| clause.contains(word)) && !beside_citation(subject, span) {
                places.push((span, subject.document.slice(span).unwrap_or_default().to_owned()));
            }
        }
    }
    if let Some(((first, words), rest)) = places.split_first() {
        let finding = Finding::new("TD403", Severity::Info, Some(*first)).with("words", words.clone());
        found.push(rest.iter().fold(finding, |finding, (span, _)| finding.and(*span)));
    }
}

/// A cited document keeps the name that its issuer had.
fn beside_citation(subject: &Subject<'_>, place: Span) -> bool {
    const REACH: u32 = 80;
    subject.extraction.citations.iter().any(|citation| {
        citation.span.block == place.block
            && citation.span.start <= place.start
            && place.start < citation.span.end.saturating_add(REACH)
    })
}

#[cfg(test)]
mod tests {
    use crate::check::rules::case::Case;
    use crate::model::Role;
    use crate::structure::Zone;

    #[test]
    fn a_repeated_passage_is_one_finding() {
        let case =
            Case::complete().body("Các đơn vị báo cáo kết quả.").block("Các đơn vị báo cáo kết quả.", Zone::Copy);
        let last = case.last_block();
        let case = case.copy(last - 1, last, 1);
        assert_eq!(case.codes(), ["TD401"]);
        assert_eq!(case.findings()[0].related.len(), 1);
    }

    #[test]
    fn placeholders_and_field_words_are_noticed() {
        for text in
            ["Kinh phí: …………… đồng.", "Kinh phí .......... đồng", "PAGE", "Ngày dd/mm/yyyy họp.", "{{ ten_don_vi }}"]
        {
            assert_eq!(Case::complete().body(text).codes(), ["TD402"], "{text}");
        }
        assert_eq!(Case::complete().block("PAGE", Zone::Furniture).codes(), ["TD402"]);
        for text in ["Hội thi, hội diễn…", "và các nội dung khác...", "Trang page một", "v.v…"] {
            assert!(Case::complete().body(text).codes().is_empty(), "{text}");
        }
        assert!(Case::complete().block("Họ và tên: ……………", Zone::Annex).codes().is_empty());
        assert!(Case::complete().block("……………", Zone::Signature).codes().is_empty());
    }

    #[test]
    fn districts_are_noticed_after_they_were_abolished() {
        let text = "Hội LHPN các huyện, thị xã triển khai.";
        let case = Case::complete().date("2026-01-20").body(text);
        assert_eq!(case.codes(), ["TD403"]);
        assert!(Case::complete().date("2025-06-30").body(text).codes().is_empty());
        for text in
            ["Các xã sau sắp xếp, không còn cấp huyện.", "Hội LHPN các xã, phường triển khai.", "Bà Huyện Thanh Quan"]
        {
            assert!(Case::complete().date("2026-01-20").body(text).codes().is_empty(), "{text}");
        }
        let cited = Case::complete()
            .date("2026-01-20")
            .body("Thực hiện [Quyết định số 12/QĐ-UBND ngày 05/3/2024] của UBND huyện Tân Lộc")
            .citation("QĐ", Some("12/QĐ-UBND"), Some("2024-03-05"), Role::Mention);
        assert!(cited.codes().is_empty());
    }
}
