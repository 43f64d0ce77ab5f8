//! What section II claims, and what the paper shows for it.

use super::figure::{figures, is_year};
use crate::check::dates::pattern;
use crate::check::paper::Paper;
use crate::check::paper::row::years;
use crate::check::paper::segment::Segment;
use crate::language::fold::fold;
use crate::model::{Finding, Severity};
use crate::pack::{Award, FormSubject, RuleWords, SectionRole, ends, starts};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// *được tặng*, *đạt danh hiệu* …
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:được|đã|vinh dự|nhận|đạt|đón nhận)[^.;:]{0,90}?(?:tặng thưởng|trao tặng|tặng|công nhận|danh hiệu|khen thưởng|nhận|trao|đạt)\b|\b(?:nhiều năm|liên tục|liên tiếp|nhiều lần|từng|đã \d+ năm|\d+ năm)(?: liền| liên tục| liên tiếp)?(?: là| đạt| được)\b",
    )
});

/// BC15: an award that section II tells of stands in section III.
pub(super) fn claims(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    if paper.form.section(SectionRole::Awards).is_none() || paper.section(SectionRole::Awards).is_none() {
        return;
    }
    let words_of = &paper.known.words.rules;
    for segment in paper.body(SectionRole::Achievement) {
        let text = segment.words();
        for sentence in sentences(text) {
            let Some(words) = text.get(sentence.clone()) else { continue };
            let given = GIVEN.find(words).map(|given| given.start());
            // In the report of a collective *tập thể được* is the collective itself.
            let own = |other: &str| paper.subject == FormSubject::TapThe && other.starts_with("tập thể");
            let others = words_of.claim_others.iter().any(|other| !own(other) && words.contains(other.as_str()));
            if others || counted(words) {
                continue;
            }
            for (award, range) in paper.known.awards.named(words) {
                let before = words.get(..range.start).unwrap_or_default();
                let claimed = given.is_some_and(|given| given <= range.start) || gives(words_of, before);
                if !claimed || matches!(award.family.as_str(), "result" | "inexact") || numbered(before) {
                    continue;
                }
                let year = years(words).first().copied();
                if !shown(paper, award, year) {
                    let span = segment.span(sentence.start + range.start..sentence.start + range.end);
                    found.push(
                        Finding::new("BC15", Severity::Warning, Some(span))
                            .with("award", paper.document.slice(span).unwrap_or_default())
                            .with("year", year.map(|year| format!(" năm {year}")).unwrap_or_default()),
                    );
                }
            }
        }
    }
}

/// A verb of awarding among the words in front of an award.
fn gives(words: &RuleWords, before: &str) -> bool {
    before
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .chain([0])
        .any(|at| before.get(at..).is_some_and(|rest| starts(&words.claim_verbs, rest)))
}

/// `có 02 Chiến sĩ thi đua cơ sở`: a number of members' awards.
fn numbered(before: &str) -> bool {
    before.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

/// `có 05 tập thể, 12 cá nhân được tặng Giấy khen`: the members' awards.
fn counted(words: &str) -> bool {
    static MEMBERS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\d+\s+(?:tập thể|cá nhân|hội viên|cán bộ|chị|đồng chí|người|lượt|chi hội|hộ|gia đình|giấy khen|bằng khen)",
        )
    });
    MEMBERS.is_match(words)
}

fn shown(paper: &Paper<'_>, award: &Award, year: Option<i16>) -> bool {
    paper.rows.iter().any(|row| {
        let same = row.awards.iter().any(|other| other.id == award.id || close(&other.id, &award.id))
            || (award.id == "bk-ttg"
                && row.awards.iter().any(|other| other.id == "bk-tinh")
                && row.issuer.as_deref().is_some_and(|issuer| issuer.contains("thủ tướng")));
        let dated = row.dates.iter().filter_map(|(date, _)| *date).any(|date| Some(date.year()) == year);
        let fits = year.is_none_or(|year| {
            row.years.contains(&year)
                // Given for a year, decided in the next; where the decision has its date, that tells.
                || (row.dates.is_empty() && row.years.iter().any(|y| y + 1 == year))
                || dated
                || row.years.is_empty()
        });
        same && fits
    }) || paper
        .award
        .as_ref()
        .is_some_and(|proposed| proposed.award.is_some_and(|own| own.id == award.id) && year.is_none())
}

/// What a row shows is the claim in its full name, or more.
fn close(shown: &str, claimed: &str) -> bool {
    matches!((shown, claimed), ("cstd-tinh", "cstdcs") | ("bk-ttg", "bk-tinh"))
}

/// Sentences of a folded text.
fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, ';') || (c == '.' && chars.peek().is_none_or(|(_, next)| *next == ' '));
        if ends {
            ranges.push(start..at);
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}

/// *sáng kiến “…”*, *01 sáng kiến*, *sáng kiến: …*, *đề tài “…”*.
static INITIATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:\\d+|có|là|với|một|hai|ba|bốn|năm|các|tên|của|viết|đề xuất|đóng góp|đưa ra|chủ nhiệm|nghiên cứu|áp dụng|hoàn thành|bảo vệ|tác giả) (sáng kiến|đề tài)(?: kinh nghiệm| khoa học| nghiên cứu khoa học| nghiên cứu)*(?: cấp (?:cơ sở|tỉnh|xã|huyện|bộ|trường))?\\s?(?::|\"|tên|về|với tên|mang tên|được|đổi mới|cải tiến|ứng dụng|trong|nâng cao|quản lí|xây dựng|giúp)|(?:\\d{1,2}|một|hai|ba|bốn) (sáng kiến|đề tài)|(sáng kiến|đề tài|giải pháp)(?: kinh nghiệm| hữu ích| kĩ thuật| sáng tạo)*\\s?[:\"]",
    )
});
static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\d{1,5}[a-zđ]?\s?[/-]\s?(?:\d{4}\s?/\s?)?[a-zđ][a-zđ0-9&]*|(?:quyết định|giấy chứng nhận|qđ)\s+số\s?:?\s?\d+",
    )
});

/// The first initiative that a line claims: by its name or its number, or as one of many with a figure of what they bring.
fn initiative_in(segment: &Segment, words: &RuleWords) -> Option<Range<usize>> {
    let text = segment.words();
    if let Some(claim) = INITIATIVE.find(text) {
        return Some(claim.range());
    }
    let things = words.initiative_things.iter();
    let places = things.flat_map(|thing| text.match_indices(thing.as_str()).map(|(at, thing)| at..at + thing.len()));
    places.into_iter().find(|place| {
        let before = text.get(..place.start).unwrap_or_default();
        let after = text.get(place.end..).unwrap_or_default();
        let next = place.end + after.len() - after.trim_start().len();
        let letter = text.get(next..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let is_name = segment.slice(next..next + letter).starts_with(char::is_uppercase);
        let opens = before.trim_end().is_empty() || before.trim_end().ends_with(['.', ';', ':', '-', '+']);
        let sentence = after.split(". ").next().unwrap_or_default();
        let brings = figures(sentence).iter().any(|figure| !is_year(figure));
        (is_name && opens) || (brings && ends(&words.initiative_many, before))
    })
}

/// BC22: an initiative comes with the decision that recognises it.
pub(super) fn initiative(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let body = paper.body(SectionRole::Achievement);
    let needed = paper.award.as_ref().and_then(|proposed| proposed.award).is_some_and(|award| award.initiative);
    let mut claimed = false;
    let mut said = false;
    for (at, segment) in body.iter().enumerate() {
        let text = segment.words();
        let Some(claim) = initiative_in(segment, &paper.known.words.rules) else { continue };
        // Members' initiatives and calls for them are not the claim of this report.
        let before = text.get(..claim.start).unwrap_or_default();
        if ends(&paper.known.words.rules.initiative_calls, before) {
            continue;
        }
        claimed = true;
        // The decision stands with it, or in the lines right below.
        let near = body.get(at..(at + 3).min(body.len())).unwrap_or_default();
        let next_claim = near
            .iter()
            .skip(1)
            .position(|next| initiative_in(next, &paper.known.words.rules).is_some())
            .map_or(near.len(), |at| at + 1);
        let near = near.get(..next_claim).unwrap_or_default();
        let row: Vec<&str> = near.iter().map(|next| next.words()).collect();
        let joined = row.join(" ");
        if !DECISION.is_match(&joined) && !said {
            said = true;
            let severity = if needed { Severity::Error } else { Severity::Warning };
            found.push(
                Finding::new("BC22", severity, Some(segment.span(claim.clone())))
                    .with("what", "decision")
                    .with("award", fold_title(paper)),
            );
        }
    }
    if needed
        && !claimed
        && !body.is_empty()
        && !body.iter().any(|segment| {
            segment.words().contains("sáng kiến")
                || segment.words().contains("xuất sắc nhiệm vụ")
                || segment.words().contains("đề tài")
                || segment.words().contains("giải pháp")
        })
    {
        let place = paper.section(SectionRole::Achievement).and_then(|section| paper.segments.get(section.heading));
        found.push(
            Finding::new("BC22", Severity::Info, place.map(|segment| segment.span))
                .with("what", "none")
                .with("award", fold_title(paper))
                .for_review(),
        );
    }
}

fn fold_title(paper: &Paper<'_>) -> String {
    paper.award.as_ref().map(|proposed| proposed.words.clone()).unwrap_or_else(|| fold(&paper.form.title))
}
