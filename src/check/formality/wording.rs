//! Left-overs, slips of typing, fixed names, laws out of force.

use super::Formal;
use crate::check::dates::pattern;
use crate::check::subject::Passage;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::{Finding, Fix, Severity, Span};
use crate::structure::Zone;
use regex::Regex;
use std::sync::LazyLock;

/// The reader's notice of marks that are not in the text any more.
pub(in crate::check) const DROPPED: &str = "IN107";

static MARKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\*\*|__[a-z]|\[\s*\]|\bxxx+\b|dd/mm/yyyy|\{\{|\}\}|(?:…\s?){2,}|\.{5,}|_{4,}"));

/// TT34: placeholders and marks of other programs.
pub(super) fn left_over(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let mut stars: Option<Finding> = None;
    for notice in formal.subject.document.notices.iter().filter(|notice| notice.code == DROPPED) {
        let block = notice.span.and_then(|span| formal.subject.all().find(|passage| passage.block.id == span.block));
        let place = block.map(|passage| passage.whole());
        let what = notice.args.get("what").cloned().unwrap_or_default();
        found.push(formal.finding("TT34", Severity::Error, "dropped", place).with("other", what));
    }
    for passage in formal.subject.all().filter(|p| !matches!(p.zone, Zone::Furniture | Zone::Annex | Zone::Copy)) {
        let text = &passage.folded().text;
        if !text.contains(['*', '_', '[', '{', '…'])
            && !text.contains("xxx")
            && !text.contains("dd/mm")
            && !text.contains(".....")
        {
            continue;
        }
        for hit in MARKS.find_iter(text) {
            let span = passage.span(hit.range());
            let dots = hit.as_str().starts_with(['…', '.', '_']) && !hit.as_str().starts_with("__");
            // Blanks of a number or a day are a draft's, lines of dots at the foot are for signing.
            if dots && (passage.zone == Zone::Header || passage.zone == Zone::Signature || passage.block.cell.is_some())
            {
                continue;
            }
            let known = found.iter().any(|finding| {
                finding.code == "TT34"
                    && finding.span.is_some_and(|other| {
                        other.block == span.block && other.start <= span.start && span.end <= other.end
                    })
            });
            if known {
                continue;
            }
            let finding = formal.finding("TT34", Severity::Error, "marks", Some(span));
            if hit.as_str() == "**" {
                stars = Some(match stars.take() {
                    Some(first) => first.and(span),
                    None => finding,
                });
            } else {
                found.push(finding);
            }
        }
    }
    found.extend(stars);
}

/// Words that nobody writes twice in a row on purpose.
const NEVER_TWICE: &[&str] = &[
    "và",
    "của",
    "các",
    "là",
    "có",
    "được",
    "cho",
    "với",
    "trong",
    "về",
    "những",
    "để",
    "đến",
    "theo",
    "tại",
    "do",
    "bằng",
    "trên",
    "dưới",
    "này",
    "thì",
    "mà",
    "như",
    "phải",
    "hội",
    "ban",
    "phụ",
    "nữ",
    "thực",
    "hiện",
    "công",
    "tác",
    "thi",
    "đua",
    "khen",
    "thưởng",
    "kế",
    "họach",
    "tổ",
    "chức",
    "năm",
    "tháng",
    "ngày",
    "xã",
    "tỉnh",
    "không",
    "một",
    "khi",
    "sẽ",
    "đã",
    "nhằm",
    "gắn",
];

/// TT35: a word typed twice.
pub(super) fn doubled(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    for passage in text(formal) {
        let folded = &passage.folded().text;
        let mut last: Option<(usize, &str)> = None;
        let mut at = 0;
        for word in folded.split(' ') {
            if let Some((start, previous)) = last
                && previous == word
                && NEVER_TWICE.contains(&word)
            {
                let span = passage.span(start..at + word.len());
                let with = formal
                    .subject
                    .document
                    .slice(span)
                    .and_then(|words| words.split(' ').next())
                    .unwrap_or(word)
                    .to_owned();
                found.push(
                    formal.finding("TT35", Severity::Info, "doubled", Some(span)).fixed_by(Fix::Replace { span, with }),
                );
            }
            last = Some((at, word));
            at += word.len() + 1;
        }
    }
}

/// TT35: a blank before a comma, a semicolon, a colon; counted once for the paper.
pub(super) fn spaces(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let mut findings: Vec<(Span, Span)> = Vec::new();
    for passage in text(formal) {
        let chars: Vec<char> = passage.block.text.chars().collect();
        for (at, pair) in chars.windows(2).enumerate() {
            if let [' ', mark @ (',' | ';')] = pair
                && at > 0
                && chars.get(at - 1).is_some_and(|c| is_word(*c))
                && *mark != ':'
            {
                let start = u32::try_from(at).unwrap_or(u32::MAX);
                let span = Span { block: passage.block.id, start, end: start + 2 };
                findings.push((span, Span { end: start + 1, ..span }));
            }
        }
    }
    for (span, blank) in findings {
        found.push(
            formal
                .finding("TT35", Severity::Info, "space", Some(span))
                .fixed_by(Fix::Replace { span: blank, with: String::new() }),
        );
    }
}

/// TT35: a bracket that is never closed.
pub(super) fn brackets(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    for passage in text(formal) {
        let mut open: Vec<u32> = Vec::new();
        for (at, c) in (0..).zip(passage.block.text.chars()) {
            match c {
                '(' => open.push(at),
                ')' => {
                    open.pop();
                }
                _ => {}
            }
        }
        // Citations over several paragraphs begin with a bracket too; only one within a sentence counts.
        if let [start] = open.as_slice()
            && passage.block.text.contains(')')
        {
            let span = Span { block: passage.block.id, start: *start, end: start + 1 };
            found.push(formal.finding("TT35", Severity::Info, "bracket", Some(span)));
        }
    }
}

/// Slips that are never words, with what was meant.
const TYPOS: &[(&str, &str)] = &[
    ("tuyên tuyền", "tuyên truyền"),
    ("họat boạt", "hoạt động"),
    ("bọat", "hoạt"),
    ("triền khai", "triển khai"),
    ("tổng kềt", "tổng kết"),
    ("khen thường", "khen thưởng"),
    ("thi dua", "thi đua"),
    ("hội vên", "hội viên"),
    ("phụ nử", "phụ nữ"),
];

/// TT35: known slips of typing.
pub(super) fn typos(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    for passage in text(formal) {
        for (slip, meant) in TYPOS {
            for (at, _) in passage.folded().text.match_indices(slip) {
                let whole = |c: Option<char>| c.is_none_or(|c| !is_word(c));
                let before = passage.folded().text.get(..at).and_then(|head| head.chars().next_back());
                let after = passage.folded().text.get(at + slip.len()..).and_then(|tail| tail.chars().next());
                if whole(before) && whole(after) {
                    let span = passage.span(at..at + slip.len());
                    found.push(formal.finding("TT35", Severity::Info, "typo", Some(span)).with("other", *meant));
                }
            }
        }
    }
}

/// Names with one spelling: how it is written, whether a slip is an error.
const NAMES: &[(&str, Severity)] = &[
    ("Hồ Chí Minh", Severity::Error),
    ("Mặt trận Tổ quốc", Severity::Warning),
    ("Đảng Cộng sản Việt Nam", Severity::Warning),
];

/// TT36: fixed names.
pub(super) fn names(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    for passage in text(formal) {
        for (name, severity) in NAMES {
            let folded = fold(name);
            for (at, _) in passage.folded().text.match_indices(&folded) {
                let span = passage.span(at..at + folded.len());
                let words = formal.subject.document.slice(span).unwrap_or_default();
                let capitals = !words.chars().any(char::is_lowercase);
                let lower = !words.chars().any(char::is_uppercase);
                if words != *name
                    && !capitals
                    && words.split_whitespace().count() == name.split(' ').count()
                    && !(lower && *severity != Severity::Error)
                {
                    let fix = Fix::Replace { span, with: (*name).to_owned() };
                    found
                        .push(formal.finding("TT36", *severity, "name", Some(span)).with("other", *name).fixed_by(fix));
                }
            }
        }
    }
}

/// TT37: a law or directive that was no longer in force.
pub(super) fn stale_law(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let Some(day) = super::head::day(formal.subject) else { return };
    for passage in text(formal) {
        for law in &formal.subject.pack.lexicon.laws {
            if let Some(range) = law.cited(&passage.folded().text, day) {
                let span = passage.span(range);
                found.push(formal.finding("TT37", Severity::Warning, "law", Some(span)).with("other", law.now.clone()));
            }
        }
    }
}

/// Passages that people wrote for this paper.
pub(super) fn text<'s>(formal: &'s Formal<'_>) -> impl Iterator<Item = Passage<'s>> {
    formal.subject.passages().filter(|p| matches!(p.zone, Zone::Title | Zone::Opening | Zone::Body | Zone::Recipients))
}
