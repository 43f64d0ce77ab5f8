//! The head of a paper: Quốc hiệu, Tiêu ngữ, number, place and date, type and subject, bases.

use super::{Formal, FormalProfile};
use crate::check::dates::{pattern, written};
use crate::check::subject::{Passage, Subject, parse, print};
use crate::language::fold::fold;
use crate::model::{Finding, Fix, Role, Severity, Span};
use crate::structure::Zone;
use regex::Regex;
use std::sync::LazyLock;

const EMBLEM: &str = "cộng hòa xã hội chủ nghĩa việt nam";
const PARTY: &str = "đảng cộng sản việt nam";

/// Whether Quốc hiệu, or what stands in its place, is there.
pub(super) fn has_emblem(subject: &Subject<'_>) -> bool {
    [EMBLEM, PARTY, "đòan tncs hồ chí minh"]
        .iter()
        .any(|line| subject.all().any(|passage| passage.folded().text.contains(line)))
}

/// TT01: Quốc hiệu (of the Party: its head line), in capitals on one line.
pub(super) fn emblem(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let wanted = if formal.profile == FormalProfile::Party { PARTY } else { EMBLEM };
    let place = formal.subject.all().find_map(|passage| {
        let at = passage.folded().text.find(wanted)?;
        Some((passage.span(at..at + wanted.len()), passage.block.cell.is_some()))
    });
    let Some((span, _)) = place else {
        if formal.profile != FormalProfile::Party && has_emblem(formal.subject) {
            return;
        }
        found.push(formal.finding("TT01", Severity::Error, "missing", formal.subject.top()));
        return;
    };
    let words = formal.subject.document.slice(span).unwrap_or_default();
    if words.chars().any(char::is_lowercase) {
        let fix = Fix::Replace { span, with: words.to_uppercase() };
        found.push(formal.finding("TT01", Severity::Error, "case", Some(span)).fixed_by(fix));
    } else if words.contains('\n') {
        found.push(formal.finding("TT01", Severity::Error, "lines", Some(span)));
    }
}

static MOTTO: LazyLock<Regex> = LazyLock::new(|| pattern(r"độc lập\W+tự do\W+hạnh phúc"));

/// TT02: Tiêu ngữ, hyphens with a blank on either side.
pub(super) fn motto(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    const RIGHT: &str = "Độc lập - Tự do - Hạnh phúc";
    if formal.profile == FormalProfile::Party || formal.headless {
        return;
    }
    let head = || formal.subject.passages().filter(|passage| passage.block.id < 60);
    let place = head().find_map(|passage| {
        let hit = MOTTO.find(&passage.folded().text)?;
        Some(passage.span(hit.range()))
    });
    let Some(span) = place else {
        let near = head().find(|passage| passage.folded().text.contains(EMBLEM)).map(|passage| passage.whole());
        if near.is_some() {
            found.push(formal.finding("TT02", Severity::Error, "missing", near));
        }
        return;
    };
    let words = formal.subject.document.slice(span).unwrap_or_default();
    if words != RIGHT {
        let fix = Fix::Replace { span, with: RIGHT.to_owned() };
        found.push(formal.finding("TT02", Severity::Error, "form", Some(span)).fixed_by(fix));
    }
}

/// `Số: 53/KH-BTV` as it is written.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u:\b)?số(\s*)(:?)(\s*)([0-9]{1,5})([a-z]?)(\s*)/(\s*)((?:[0-9]{4}\s*/\s*)?[a-zđ]+(?:\s*-\s*[a-zđ]+)*)")
});

/// TT05, TT06: `Số:` with its colon, no blanks in the number, two digits.
pub(super) fn number(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if formal.profile == FormalProfile::Party {
        return;
    }
    let info = &formal.subject.extraction.document;
    let head = |passage: &Passage<'_>| matches!(passage.zone, Zone::Header | Zone::Title);
    let hit = formal.subject.passages().filter(head).find_map(|passage| {
        let captures = NUMBER.captures(&passage.folded().text)?;
        let span = |group: usize| captures.get(group).map(|m| passage.span(m.range()));
        let empty = |group: usize| captures.get(group).is_none_or(|m| m.as_str().is_empty());
        let digits = captures.get(4).map(|m| m.as_str().to_owned()).unwrap_or_default();
        let inner = captures.get(8).is_some_and(|m| m.as_str().contains(' '));
        Some((span(0), span(4), [6, 7].map(span), empty(2), !empty(6) || !empty(7), inner, digits))
    });
    let Some((Some(whole), figure, blanks, no_colon, spaced, inner, digits)) = hit else {
        let open = formal.subject.passages().filter(head).any(|passage| passage.folded().text.starts_with("số"));
        if info.number.is_none() && info.symbol.is_none() && !open {
            found.push(formal.finding("TT05", Severity::Warning, "missing", formal.subject.top()));
        }
        return;
    };
    if spaced || inner {
        let mut finding = formal.finding("TT05", Severity::Warning, "spaces", Some(whole));
        if let Some(span) = blanks.into_iter().flatten().find(|span| span.start < span.end) {
            finding = finding.fixed_by(Fix::Replace { span, with: String::new() });
        }
        found.push(finding);
    }
    if no_colon {
        let at = Span { start: whole.start + 2, end: whole.start + 2, ..whole };
        let fix = Fix::Replace { span: at, with: ":".to_owned() };
        found.push(formal.finding("TT05", Severity::Warning, "colon", Some(whole)).fixed_by(fix));
    }
    if digits.len() == 1
        && let Some(span) = figure
    {
        let fix = Fix::Replace { span, with: format!("0{digits}") };
        found.push(formal.finding("TT06", Severity::Warning, "form", Some(span)).fixed_by(fix));
    }
}

/// The date line: place, comma, date in words.
static DATE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([a-zà-ỹđ .'-]{2,40}?)(,?)(\s+)ngày\s+([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})")
});
static SLASHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([a-zà-ỹđ .'-]{2,40}?),?\s+(?:ngày\s+)?([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{4})$")
});

/// TT09, TT10, TT11: form of the date line.
pub(super) fn date_line(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if formal.headless {
        return;
    }
    let head = |passage: &Passage<'_>| {
        matches!(passage.zone, Zone::Header | Zone::Title) && passage.block.text.chars().count() < 90
    };
    for passage in formal.subject.passages().filter(head) {
        let text = &passage.folded().text;
        if let Some(hit) = DATE_LINE.captures(text) {
            let span = |group: usize| hit.get(group).map(|m| passage.span(m.range()));
            if hit.get(2).is_some_and(|comma| comma.as_str().is_empty())
                && let Some(blank) = span(3)
            {
                let at = Span { end: blank.start, ..blank };
                let fix = Fix::Replace { span: at, with: ",".to_owned() };
                found.push(formal.finding("TT09", Severity::Error, "comma", Some(passage.whole())).fixed_by(fix));
            }
            let figure = |group: usize| hit.get(group).map(|m| m.as_str()).unwrap_or_default();
            let (day, month) = (figure(4), figure(5));
            let pad = |code, severity, group: usize, with: String| {
                let place = span(group);
                let finding = formal.finding(code, severity, "form", place);
                match place {
                    Some(span) => finding.fixed_by(Fix::Replace { span, with }),
                    None => finding,
                }
            };
            if day.len() == 1 {
                found.push(pad("TT10", Severity::Error, 4, format!("0{day}")));
            }
            if matches!(month, "1" | "2") {
                found.push(pad("TT10", Severity::Error, 5, format!("0{month}")));
            }
            if month.starts_with('0') && !matches!(month, "01" | "02") {
                found.push(pad("TT11", Severity::Info, 5, month.trim_start_matches('0').to_owned()));
            }
            return;
        }
        if let Some(hit) = SLASHED.captures(text) {
            let part = |group: usize| hit.get(group).map(|m| m.as_str()).unwrap_or_default();
            let whole = passage.span(hit.get(0).map_or(0..0, |m| m.range()));
            let place: String = passage.block.text.chars().take(part(1).chars().count()).collect();
            let (day, month) = (part(2).parse::<u8>().unwrap_or(0), part(3).parse::<u8>().unwrap_or(0));
            let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
            let with = format!("{}, ngày {day:02} tháng {month} năm {}", place.trim().trim_end_matches(','), part(4));
            found.push(
                formal
                    .finding("TT09", Severity::Error, "slashes", Some(whole))
                    .fixed_by(Fix::Replace { span: whole, with }),
            );
            return;
        }
    }
    let open = formal
        .subject
        .passages()
        .filter(head)
        .any(|passage| passage.folded().text.contains("tháng") && passage.folded().text.contains("năm"));
    if formal.subject.extraction.document.date.is_none() && !open {
        found.push(formal.finding("TT09", Severity::Error, "missing", formal.subject.top()));
    }
}

/// TT12: not in the future of the day on which it is checked.
pub(super) fn dates(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if let (Some(date), Some(as_of)) = (formal.subject.date, formal.as_of)
        && date > as_of
    {
        found.push(
            formal.finding("TT12", Severity::Error, "future", formal.subject.field("date")).with("other", print(as_of)),
        );
    }
    let line = formal
        .subject
        .passages()
        .filter(|passage| passage.zone == Zone::Header)
        .find(|passage| written(&passage.folded().text).iter().any(crate::check::dates::Written::is_impossible));
    if let Some(passage) = line
        && !found
            .iter()
            .any(|finding| finding.code == "TT12" && finding.span.is_some_and(|span| span.block == passage.block.id))
    {
        found.push(formal.finding("TT12", Severity::Error, "impossible", Some(passage.whole())));
    }
}

/// TT13: name of the type, in capitals, and the subject below it.
pub(super) fn kind(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let info = &formal.subject.extraction.document;
    let letter = info.kind.as_deref() == Some("CV");
    let Some(span) = formal.subject.field("type") else {
        if !letter {
            found.push(formal.finding("TT13", Severity::Error, "missing", formal.subject.top()));
        }
        return;
    };
    let words = formal.subject.document.slice(span).unwrap_or_default();
    if !letter && words.chars().any(char::is_lowercase) {
        found.push(
            formal
                .finding("TT13", Severity::Error, "case", Some(span))
                .fixed_by(Fix::Replace { span, with: words.to_uppercase() }),
        );
    }
    if info.subject.is_none() && !letter {
        found.push(formal.finding("TT13", Severity::Warning, "subject", Some(span)));
    }
}

/// TT15: at most 500 characters, no full stop.
pub(super) fn subject_line(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let (Some(subject), Some(span)) = (&formal.subject.extraction.document.subject, formal.subject.field("subject"))
    else {
        return;
    };
    if subject.chars().count() > 500 {
        found.push(formal.finding("TT15", Severity::Warning, "long", Some(span)));
    }
    let words = formal.subject.document.slice(span).unwrap_or_default();
    if words.ends_with('.') && !words.ends_with("..") {
        let stop = Span { start: span.end.saturating_sub(1), ..span };
        found.push(
            formal
                .finding("TT15", Severity::Warning, "stop", Some(stop))
                .fixed_by(Fix::Replace { span: stop, with: String::new() }),
        );
    }
}

/// TT16: each basis on a line of its own with a semicolon, the last one with a full stop or a comma.
pub(super) fn basis(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if formal.profile == FormalProfile::Party {
        return;
    }
    let starts = |passage: &Passage<'_>| {
        passage.zone == Zone::Opening && passage.folded().text.trim_start_matches("- ").starts_with("căn cứ")
    };
    let lines: Vec<Passage<'_>> = formal.subject.passages().filter(starts).collect();
    let last = lines.len().saturating_sub(1);
    for (at, passage) in lines.iter().enumerate() {
        let text = passage.block.text.trim_end();
        let Some(end) = text.chars().next_back() else { continue };
        let fits = if at == last { matches!(end, '.' | ',' | ';' | ':') } else { end == ';' };
        if fits || text.contains('\n') {
            continue;
        }
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let place = Span { block: passage.block.id, start: length.saturating_sub(1), end: length };
        let mark = if at == last { "." } else { ";" };
        let replaces = matches!(end, '.' | ',' | ':');
        let span = if replaces { place } else { Span { start: length, ..place } };
        found.push(
            formal
                .finding("TT16", Severity::Warning, "mark", Some(place))
                .fixed_by(Fix::Replace { span, with: mark.to_owned() }),
        );
    }
}

/// TT17: a cited document with its number has its date and issuer at the first mention.
pub(super) fn citations(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    for citation in formal.subject.extraction.citations.iter().filter(|citation| !citation.repeat) {
        let Some(code) = &citation.code else { continue };
        // The Party's directives are cited by number alone in running text; only a basis has to be whole.
        if citation.role != Role::Basis || !code.contains(['/', '-']) {
            continue;
        }
        let normative = code.matches('/').count() > 1 || fold(code).contains("qh");
        let mut missing = Vec::new();
        if citation.date.is_none() && !normative {
            missing.push("ngày ban hành");
        }
        if citation.issuer.is_none() && !normative {
            missing.push("cơ quan ban hành");
        }
        if !missing.is_empty() {
            found.push(
                formal
                    .finding("TT17", Severity::Warning, "missing", Some(citation.span))
                    .with("other", missing.join(", ")),
            );
        }
    }
}

/// TT38: words of secrecy and urgency from the closed list.
pub(super) fn stamps(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    const OTHER: &[&str] =
        &["rất khẩn", "khẩn cấp", "tối khẩn", "gấp", "rất mật", "bí mật", "hỏa tốc hẹn giờ", "khẩn trương", "mật khẩn"];
    for passage in formal.subject.passages().filter(|passage| matches!(passage.zone, Zone::Header | Zone::Title)) {
        let text = passage.folded().text.trim();
        if OTHER.contains(&text) && passage.block.text.chars().all(|c| !c.is_lowercase()) {
            found.push(formal.finding("TT38", Severity::Info, "word", Some(passage.whole())));
        }
    }
}

/// Date of the paper, for rules of other files.
pub(super) fn day(subject: &Subject<'_>) -> Option<jiff::civil::Date> {
    subject.date.or_else(|| subject.extraction.document.date.as_deref().and_then(parse))
}
