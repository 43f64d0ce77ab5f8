//! The foot of a paper: signature and recipients.

use super::Formal;
use crate::check::dates::pattern;
use crate::check::subject::Passage;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Finding, Fix, Level, Severity, Span};
use crate::pack::leading;
use crate::structure::Zone;
use regex::Regex;
use std::sync::LazyLock;

/// TT22, TT23: mark or post, and the name, without degrees.
pub(super) fn signature(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let info = &formal.subject.extraction.document;
    let severity = if formal.is_draft() { Severity::Info } else { Severity::Error };
    let Some(signature) = &info.signature else {
        found.push(formal.finding("TT22", severity, "missing", formal.subject.bottom()));
        return;
    };
    let place = formal.subject.field("signature").or_else(|| formal.subject.bottom());
    if signature.name.is_none() {
        found.push(formal.finding("TT22", severity, "name", place));
    } else if signature.title.is_none() && signature.authority.is_none() {
        found.push(formal.finding("TT22", severity, "post", place));
    }
    let words = &formal.subject.pack.lexicon.form;
    for passage in formal.subject.passages().filter(|p| p.zone == Zone::Signature) {
        let Some(rank) = leading(&passage.folded().text, &words.ranks) else { continue };
        let civil =
            ["ths", "ts", "pgs", "gs", "thạc sĩ", "tiến sĩ", "cử nhân", "kĩ sư", "bác sĩ", "bs", "ks", "cn", "luật sư"];
        let end = passage
            .folded()
            .text
            .get(rank.len()..)
            .map_or(rank.len(), |rest| passage.folded().text.len() - rest.trim_start_matches(['.', ' ']).len());
        if civil.iter().any(|degree| rank.trim_end_matches('.') == *degree) && end < passage.folded().text.len() {
            let span = passage.span(0..end);
            found.push(
                formal
                    .finding("TT23", Severity::Warning, "rank", Some(span))
                    .fixed_by(Fix::Replace { span, with: String::new() }),
            );
        }
    }
}

static DOTTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)(?:tm|kt|tl|tuq)\. ?[a-zà-ỹđ]"));
static SLASHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)(?:t/m|k/t|t/l|t/uq)\.? ?[a-zà-ỹđ]"));

/// TT24: TM. or T/M, not both.
pub(super) fn prefixes(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let signed = || formal.subject.passages().filter(|p| p.zone == Zone::Signature);
    let first = |shape: &Regex| {
        signed().find_map(|p| {
            p.folded().text.split('\n').next().and_then(|_| shape.find(&p.folded().text)).map(|hit| p.span(hit.range()))
        })
    };
    if let (Some(dotted), Some(slashed)) = (first(&DOTTED), first(&SLASHED)) {
        found.push(formal.finding("TT24", Severity::Error, "mixed", Some(slashed)).and(dotted));
    }
}

/// Lines of Nơi nhận.
fn lines<'s>(formal: &'s Formal<'_>) -> Vec<Passage<'s>> {
    formal.subject.passages().filter(|p| p.zone == Zone::Recipients && p.block.text.chars().any(is_word)).collect()
}

/// TT25: Nơi nhận is there; its lines end with `;`, the last one with a full stop.
pub(super) fn recipients(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let lines = lines(formal);
    if lines.is_empty() && formal.subject.extraction.document.recipients.is_empty() {
        found.push(formal.finding("TT25", Severity::Warning, "missing", formal.subject.bottom()));
        return;
    }
    // One block may hold all lines; only blocks of one line can be judged by their end.
    let entries: Vec<&Passage<'_>> = lines
        .iter()
        .filter(|p| !p.folded().text.starts_with("nơi nhận") && !p.block.text.contains('\n') && p.block.cell.is_none())
        .collect();
    let last = entries.len().saturating_sub(1);
    let mut wrong: Vec<Finding> = Vec::new();
    for (at, passage) in entries.iter().enumerate() {
        let text = passage.block.text.trim_end();
        let filed = passage.folded().text.starts_with("lưu") || passage.folded().text.starts_with("- lưu");
        let fits = if at == last || filed { text.ends_with('.') } else { text.ends_with(';') || text.ends_with(')') };
        let long = text.chars().count() > 160;
        if !fits && !long && entries.len() > 1 {
            let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let mark = if at == last || filed { "." } else { ";" };
            let end = text.chars().next_back();
            let replaces = matches!(end, Some('.' | ',' | ';'));
            let span = Span {
                block: passage.block.id,
                start: if replaces { length.saturating_sub(1) } else { length },
                end: length,
            };
            wrong.push(
                formal
                    .finding("TT25", Severity::Info, "mark", Some(passage.whole()))
                    .fixed_by(Fix::Replace { span, with: mark.to_owned() }),
            );
        }
    }
    found.extend(wrong);
}

static FILED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[-–+ ]*lưu(\s*)(:?)(\s*)(.*)$"));

/// TT26: `Lưu: VT, …`.
pub(super) fn filed(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    for passage in lines(formal) {
        let text = &passage.folded().text;
        let line_start = text.rfind("\n").map_or(0, |at| at + 1);
        let Some(at) = text
            .find("lưu")
            .filter(|at| *at >= line_start || text.get(..*at).is_some_and(|head| head.ends_with(['-', ' ', '\n'])))
        else {
            continue;
        };
        let Some(hit) = text.get(at..).and_then(|rest| FILED.captures(rest)) else { continue };
        let colon = hit.get(2).is_some_and(|m| !m.as_str().is_empty());
        let entries = hit.get(4).map(|m| m.as_str()).unwrap_or_default().trim_end_matches('.');
        if entries.is_empty() {
            continue;
        }
        let place = Some(passage.span(at..text.len()));
        if !colon {
            let end = passage.span(at..at + "lưu".len()).end;
            let span = Span { block: passage.block.id, start: end, end };
            found.push(
                formal
                    .finding("TT26", Severity::Warning, "colon", place)
                    .fixed_by(Fix::Replace { span, with: ":".to_owned() }),
            );
            continue;
        }
        let first = entries.split([',', ';', '-', ' ']).next().unwrap_or_default();
        if !entries.split([',', ';', '-', ' ', '.']).any(|entry| matches!(entry, "vt" | "văn")) {
            found.push(formal.finding("TT26", Severity::Warning, "vt", place));
        } else if first != "vt" && first != "văn" {
            found.push(formal.finding("TT26", Severity::Info, "order", place));
        }
    }
}

/// TT27: levels that have to act are among the recipients.
pub(super) fn addressed(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let recipients: Vec<String> = formal.subject.extraction.document.recipients.iter().map(|r| fold(&r.text)).collect();
    if recipients.is_empty() {
        return;
    }
    let all = recipients.join("; ");
    if ["như trên", "như điều", "các cấp", "đơn vị", "cơ sở"].iter().any(|word| all.contains(word)) {
        return;
    }
    let levels: [(Level, &[&str]); 3] = [
        (Level::Commune, &["xã", "phường", "thị trấn", "đặc khu"]),
        (Level::District, &["huyện", "quận", "thị xã", "thành phố"]),
        (Level::Province, &["tỉnh", "thành phố"]),
    ];
    for (level, words) in levels {
        let acting = formal.subject.extraction.assignments.iter().find(|assignment| assignment.level == level);
        let Some(assignment) = acting else { continue };
        if !words.iter().any(|word| all.contains(word))
            && words.iter().any(|word| fold(&assignment.actor).contains(word))
        {
            found.push(
                formal
                    .finding("TT27", Severity::Warning, "missing", Some(assignment.span))
                    .with("other", assignment.actor.clone()),
            );
        }
    }
}
