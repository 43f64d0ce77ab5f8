//! Type, symbol, signature and enclosures against one another.

use crate::check::subject::Subject;
use crate::language::fold::fold;
use crate::model::{Finding, Severity, Span};
use crate::pack::DocType;
use crate::structure::Zone;

/// TD101: HƯỚNG DẪN with the symbol KH-BTV.
pub(super) fn own_type(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let info = &subject.extraction.document;
    let (Some(kind), Some(symbol)) = (&info.kind, &info.symbol) else { return };
    let Some((named, used)) = contradiction(subject, kind, symbol) else { return };
    found.push(
        Finding::new("TD101", Severity::Error, subject.field("symbol").or_else(|| subject.field("type")))
            .with("type", named.name.clone())
            .with("expected", named.code.clone())
            .with("symbol", symbol.clone())
            .with("other", used.name.clone()),
    );
}

/// TD102: Hướng dẫn số 06/KH-ĐCT.
pub(super) fn cited_type(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for citation in subject.extraction.citations.iter().filter(|citation| !citation.repeat) {
        let Some(code) = &citation.code else { continue };
        let Some((named, used)) = contradiction(subject, &citation.kind, code) else { continue };
        found.push(
            Finding::new("TD102", Severity::Warning, Some(citation.span))
                .with("type", named.name.clone())
                .with("code", code.clone())
                .with("other", used.name.clone()),
        );
    }
}

/// The named type and the type that the symbol speaks of, when both are known and differ.
fn contradiction<'a>(subject: &Subject<'a>, kind: &str, code: &str) -> Option<(&'a DocType, &'a DocType)> {
    let named = subject.pack.lexicon.doc_type(kind)?;
    // The symbol of a công văn has no type: `112/HPN-TG`.
    if matches!(kind, "CV" | "ThC") || named.by_name {
        return None;
    }
    let token = code
        .split(['/', '-'])
        .map(str::trim)
        .find(|token| !token.is_empty() && !token.starts_with(|c: char| c.is_ascii_digit()))?;
    let same = |code: &str| fold(code) == fold(token);
    let used = subject.pack.lexicon.doc_types.iter().find(|t| t.code == token).or_else(|| {
        subject.pack.lexicon.doc_types.iter().find(|t| same(&t.code)).filter(|_| token.chars().count() > 1)
    })?;
    let fits =
        same(kind) || named.other_codes.iter().any(|code| same(code)) || (is_attached(kind) && used.code == "QĐ");
    (!fits && used.code != named.code).then_some((named, used))
}

/// Types that come into force by a decision and then carry its number.
fn is_attached(kind: &str) -> bool {
    matches!(kind, "QC" | "QyĐ" | "TL" | "ĐA" | "DA")
}

/// Codes of bodies that leave no doubt, with the words that a signature uses for them.
const BODIES: &[(&str, &[&str])] = &[
    ("BTV", &["ban thường vụ"]),
    ("BCH", &["ban chấp hành", "bch"]),
    ("ĐCT", &["đoàn chủ tịch"]),
    ("UBND", &["ủy ban nhân dân", "ubnd"]),
    ("HĐND", &["hội đồng nhân dân", "hđnd"]),
];

/// TD103: …-BTV signed for the Ban Chấp hành.
pub(super) fn body_in_symbol(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let info = &subject.extraction.document;
    let (Some(symbol), Some(authority)) =
        (&info.symbol, info.signature.as_ref().and_then(|signature| signature.authority.as_ref()))
    else {
        return;
    };
    let authority_folded = fold(authority);
    if !authority_folded.starts_with("tm.") && !authority_folded.starts_with("t/m") {
        return;
    }
    let speaks_for = |words: &[&str]| words.iter().any(|word| authority_folded.contains(&fold(word)));
    let in_symbol = BODIES.iter().find(|(code, _)| symbol.split(['/', '-']).any(|token| token == *code));
    let in_signature = BODIES.iter().find(|(_, words)| speaks_for(words));
    if let (Some((code, words)), Some(_)) = (in_symbol, in_signature)
        && !speaks_for(words)
    {
        let span = subject.field("signature").or_else(|| subject.field("symbol"));
        found.push(
            Finding::new("TD103", Severity::Warning, span)
                .with("symbol", symbol.clone())
                .with("code", (*code).to_owned())
                .with("authority", authority.clone()),
        );
    }
}

/// TD121: "có mẫu gửi kèm", and nothing is enclosed.
pub(super) fn promised_form(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let promised: Vec<_> =
        subject.extraction.attachments.iter().filter(|promise| !belongs_to_another(subject, promise.span)).collect();
    let Some((first, rest)) = promised.split_first() else { return };
    if has_enclosure(subject) {
        return;
    }
    let finding =
        Finding::new("TD121", Severity::Warning, Some(first.span)).with("promise", first.text.trim().to_owned());
    found.push(rest.iter().fold(finding, |finding, promise| finding.and(promise.span)));
}

/// "theo mẫu ban hành kèm theo Nghị định số …": the form is in the document that is cited behind it.
fn belongs_to_another(subject: &Subject<'_>, promise: Span) -> bool {
    const REACH: u32 = 40;
    subject.extraction.citations.iter().any(|citation| {
        citation.span.block == promise.block
            && citation.span.start < promise.end + REACH
            && citation.span.end > promise.start
    })
}

/// Blocks of an annex, or a form or a table behind the signature.
fn has_enclosure(subject: &Subject<'_>) -> bool {
    let openings = ["mẫu", "phụ lục", "biểu", "danh sách", "bản đăng ký", "phiếu"].map(fold);
    let last_signed = subject.all().filter(|p| matches!(p.zone, Zone::Signature | Zone::Recipients)).last();
    let end = last_signed.map(|passage| passage.block.id);
    subject.passages().any(|passage| {
        let behind = end.is_some_and(|end| passage.block.id > end) && passage.zone == Zone::Body;
        let opens = || openings.iter().any(|opening| passage.folded().text.starts_with(opening));
        passage.zone == Zone::Annex || (behind && (passage.block.cell.is_some() || opens()))
    })
}

#[cfg(test)]
mod tests {
    use crate::check::rules::case::Case;
    use crate::model::Role;
    use crate::structure::Zone;

    #[test]
    fn the_type_and_the_symbol_of_a_document_must_agree() {
        assert_eq!(Case::complete().kind("HD").number("09", "KH-BTV").codes(), ["TD101"]);
        assert!(Case::complete().kind("HD").number("09", "HD-BTV").codes().is_empty());
        assert!(Case::complete().kind("CT").number("14", "CT/HU").codes().is_empty());
        assert!(Case::complete().kind("CV").number("112", "BTV-TG").codes().is_empty());
        assert!(Case::complete().kind("CV").number("7", "TB-BTV").codes().is_empty());
        assert!(Case::complete().kind("KH").number("18", "HPN").codes().is_empty());
        assert!(Case::complete().kind("QC").number("18", "QĐ-BTV").codes().is_empty());
    }

    #[test]
    fn the_type_and_the_symbol_of_a_citation_must_agree() {
        let cite = |kind, code| {
            Case::complete()
                .body("Căn cứ [văn bản nào đó] của cấp trên")
                .citation(kind, Some(code), Some("2020-01-05"), Role::Basis)
                .codes()
        };
        assert_eq!(cite("HD", "06/KH-ĐCT"), ["TD102"]);
        assert_eq!(cite("CT", "05-KL/TW"), ["TD102"]);
        for (kind, code) in [
            ("KH", "868/KH-ĐCT"),
            ("CT", "05-CT/TW"),
            ("QĐ", "21/2023/QĐ-UBND"),
            ("NĐ", "91/2017/NĐ-CP"),
            ("CV", "88/BTV-TG"),
            ("Luật", "06/2022/QH15"),
            ("QyĐ", "66-QĐ/TW"),
            ("TT", "08-TT/TU"),
        ] {
            assert!(cite(kind, code).is_empty(), "{kind} {code}");
        }
    }

    #[test]
    fn the_body_in_the_symbol_signs() {
        assert_eq!(Case::complete().number("5", "KH-BTV").signature("TM. BAN CHẤP HÀNH").codes(), ["TD103"]);
        assert!(Case::complete().number("5", "KH-BTV").signature("TM. BAN THƯỜNG VỤ KT. CHỦ TỊCH").codes().is_empty());
        assert!(Case::complete().number("5", "KH-UBND").signature("TM. UỶ BAN NHÂN DÂN").codes().is_empty());
        assert!(Case::complete().number("5", "KH-HPN").signature("TM. BAN THƯỜNG VỤ").codes().is_empty());
        assert!(Case::complete().number("5", "KH-UBND").signature("TL. CHỦ TỊCH").codes().is_empty());
    }

    #[test]
    fn a_promised_form_is_enclosed() {
        let promise = || Case::complete().body("Gửi bản đăng ký [(có mẫu gửi kèm)] về Hội").attachment();
        assert_eq!(promise().codes(), ["TD121"]);
        assert!(promise().block("Mẫu số 01", Zone::Annex).codes().is_empty());
        assert!(
            promise().block("TM. BAN THƯỜNG VỤ", Zone::Signature).block("Phụ lục I", Zone::Body).codes().is_empty()
        );
        let elsewhere = Case::complete()
            .body("Báo cáo [theo mẫu ban hành kèm theo] Nghị định số 152/2025/NĐ-CP")
            .attachment()
            .body_again("Báo cáo theo mẫu ban hành kèm theo [Nghị định số 152/2025/NĐ-CP]")
            .citation("NĐ", Some("152/2025/NĐ-CP"), None, Role::Mention);
        assert!(elsewhere.codes().is_empty());
    }
}
