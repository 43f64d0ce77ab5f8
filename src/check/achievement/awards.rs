//! The award that is proposed, and the rows of earlier ones.

use crate::check::paper::Paper;
use crate::check::proposal::same_award;
use crate::check::subject::print;
use crate::language::fold::fold;
use crate::model::{Finding, Severity, Span};
use crate::pack::{Award, FormSubject, RuleWords, SectionRole, starts};

/// BC10: the title names an award exactly.
pub(super) fn proposed(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    if paper.title.is_empty() || paper.form.kind == "cong-trinh" {
        return;
    }
    let Some(proposed) = &paper.award else {
        found.push(
            Finding::new("BC10", Severity::Warning, paper.top()).with("what", "none").with("award", "").for_review(),
        );
        return;
    };
    let finding = |what: &str, severity| {
        Finding::new("BC10", severity, Some(proposed.span)).with("what", what).with("award", proposed.words.clone())
    };
    match proposed.award {
        None => found.push(finding("unknown", Severity::Warning).for_review()),
        Some(award) if matches!(award.family.as_str(), "inexact" | "unranked" | "result") => {
            found.push(finding("inexact", Severity::Error));
        }
        Some(award) => {
            let fits = match (paper.subject, award.subject) {
                (_, FormSubject::Any) | (FormSubject::Any, _) => true,
                (whose, fit) => whose == fit,
            };
            if !fits {
                found.push(finding("subject", Severity::Error));
            } else if names_wrong_level(paper, proposed.span, award) {
                found.push(finding("inexact", Severity::Error));
            }
        }
    }
}

/// `Bằng khen của UBND xã`, `Cờ thi đua cấp huyện`, `Chiến sĩ thi đua cấp cơ sở cấp huyện`: a level that does not give
/// this award, or a second level, right behind its name.
fn names_wrong_level(paper: &Paper<'_>, place: Span, award: &Award) -> bool {
    let words = &paper.known.words.rules;
    let title = paper.segments.get(paper.title.clone()).unwrap_or_default();
    let Some(segment) = title.iter().find(|segment| segment.span.block == place.block && segment.span.end >= place.end)
    else {
        return false;
    };
    let end = place.end.saturating_sub(segment.span.start) as usize;
    let behind: String = segment.text.chars().skip(end).collect();
    let text = fold(&behind);
    let rest = text.trim_start();
    let named = segment.text.chars().take(end).collect::<String>();
    let twice = fold(&named).contains(" cấp ") && rest.starts_with("cấp ");
    let ends_differently = award.family == "title" && starts(&words.award_tails, rest);
    twice || ends_differently || names_level(rest, award, words)
}

/// `của Hội đồng nhân dân xã`: a level that does not give the award, before its name ends.
fn names_level(behind: &str, award: &Award, words: &RuleWords) -> bool {
    const NEAR: usize = 9;
    let mut rest = behind;
    for _ in 0..NEAR {
        if rest.is_empty() || rest.starts_with([',', '(', '.', ';', '"']) || starts(&words.award_ends, rest) {
            return false;
        }
        if starts(&award.not_issued_by, rest) {
            return true;
        }
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    false
}

/// BC10: what the paper itself says of its proposal: *Kèm theo Tờ trình số … đề nghị tặng …*.
pub(super) fn named_in_proposal(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(proposed) = &paper.award else { return };
    let own = (proposed.award.map(|award| award.id.as_str()), proposed.words.as_str());
    for segment in &paper.segments {
        let text = segment.words();
        let Some(at) = text.find("tờ trình") else { continue };
        let named = paper.known.awards.named(text.get(at..).unwrap_or_default());
        let Some((award, range)) = named.into_iter().find(|(award, _)| award.family != "result") else { continue };
        let range = at + range.start..at + range.end;
        let words = segment.slice(range.clone());
        if !same_award(own, (Some(&award.id), &words)) {
            found.push(
                Finding::new("BC10", Severity::Error, Some(proposed.span))
                    .with("what", "other")
                    .with("award", proposed.words.clone())
                    .with("other", words)
                    .and(segment.span(range)),
            );
            return;
        }
    }
}

/// BC13: number, date and issuer of the decision in every row.
pub(super) fn complete_rows(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    for row in &paper.rows {
        let mut missing: Vec<&str> = Vec::new();
        if !row.number {
            missing.push("số quyết định");
        }
        if row.dates.is_empty() && row.broken_date.is_none() {
            missing.push("ngày, tháng, năm của quyết định");
        }
        if row.issuer.is_none() {
            missing.push("cơ quan ban hành");
        }
        let name = row_name(paper, row);
        if !missing.is_empty() {
            found.push(
                Finding::new("BC13", Severity::Error, Some(row.decision))
                    .with("what", "missing")
                    .with("row", name.clone())
                    .with("missing", missing.join(", ")),
            );
        }
        if let Some(span) = row.broken_date {
            let written = paper.document.slice(span).unwrap_or_default().to_owned();
            found.push(
                Finding::new(
                    "BC13",
                    if row.dates.is_empty() { Severity::Error } else { Severity::Warning },
                    Some(span),
                )
                .with("what", "date")
                .with("row", name)
                .with("missing", written),
            );
        }
    }
}

fn row_name(paper: &Paper<'_>, row: &crate::check::paper::row::Row<'_>) -> String {
    let year = row.year_span.and_then(|span| paper.document.slice(span)).map(str::to_owned);
    let award = row.award.as_ref().map(|(words, _)| words.clone());
    [year, award].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// BC14: the decision is not older than its year, and its issuer may give this award.
pub(super) fn decision_fits(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    for row in &paper.rows {
        let first = row.years.iter().min();
        for (date, span) in &row.dates {
            if let (Some(date), Some(year)) = (date, first)
                && date.year() < *year
            {
                found.push(
                    Finding::new("BC14", Severity::Error, Some(*span))
                        .with("what", "older")
                        .with("value", print(*date))
                        .with("other", year.to_string()),
                );
            }
        }
        let Some(issuer) = &row.issuer else { continue };
        for award in &row.awards {
            let wrong = award.not_issued_by.iter().find(|word| issued_by(issuer, word));
            if let Some(word) = wrong {
                found.push(
                    Finding::new("BC14", Severity::Error, Some(row.issuer_span.unwrap_or(row.decision)))
                        .with("what", "issuer")
                        .with("value", row.award.as_ref().map(|(words, _)| words.clone()).unwrap_or_default())
                        .with("other", word.clone()),
                );
            }
            let is_high = !award.issuers.is_empty()
                && !award.issuers.iter().any(|word| issuer.contains(word.as_str()))
                && award.id == "bk-ttg";
            if is_high {
                found.push(
                    Finding::new("BC14", Severity::Error, Some(row.decision))
                        .with("what", "issuer")
                        .with("value", row.award.as_ref().map(|(words, _)| words.clone()).unwrap_or_default())
                        .with("other", "cơ quan ghi trong bảng"),
                );
            }
        }
    }
}

/// Whether the one who decides is of a level: the level stands behind a chair or a committee.
fn issued_by(issuer: &str, level: &str) -> bool {
    let heads = ["ubnd ", "ủy ban nhân dân ", "chủ tịch "];
    match level {
        "thủ tướng" | "chính phủ" | "bộ trưởng" | "chủ tịch nước" | "quốc hội" => {
            issuer.contains(level)
        }
        "bộ" => [" bộ ", "của bộ "].iter().any(|word| issuer.contains(word)) || issuer.starts_with("bộ "),
        _ => heads.iter().any(|head| {
            issuer.match_indices(head).any(|(at, _)| {
                let rest = issuer.get(at + head.len()..).unwrap_or_default();
                rest.strip_prefix(level).is_some_and(|rest| rest.starts_with(' ') || rest.is_empty())
            })
        }),
    }
}

/// BC16: consecutive years that the award asks for; what the table does not show is not proven, no more.
pub(super) fn run(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let Some(proposed) = &paper.award else { return };
    let Some(run) = proposed.award.and_then(|award| award.run.as_ref()) else { return };
    let Some(section) = paper.section(SectionRole::Awards) else { return };
    let mut years: Vec<i16> = paper
        .rows
        .iter()
        .filter(|row| row.awards.iter().any(|award| award.id == run.award))
        .flat_map(|row| row.years.iter().copied())
        .collect();
    years.sort_unstable();
    years.dedup();
    let mut best: u16 = 0;
    let mut length: u16 = 0;
    let mut last = None;
    for year in years {
        length = if last == Some(year - 1) { length + 1 } else { 1 };
        last = Some(year);
        best = best.max(length);
    }
    if best < run.count {
        let needed = paper.known.awards.get(&run.award).and_then(|award| award.names.first()).cloned();
        let place = paper.segments.get(section.heading).map(|segment| segment.span);
        found.push(
            Finding::new("BC16", Severity::Warning, place)
                .with("award", proposed.words.clone())
                .with("needed", format!("{:02} năm liên tục {}", run.count, needed.unwrap_or_default()))
                .with("shown", format!("{best:02}"))
                .for_review(),
        );
    }
}
