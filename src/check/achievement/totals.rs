//! Totals and their parts, in sentences and in tables.

use super::figure::{Figure, figures, is_year, print};
use crate::check::dates::pattern;
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::model::{Finding, Severity};
use crate::pack::SectionRole;
use regex::Regex;
use std::sync::LazyLock;

/// A total and the words that lead to its parts.
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:tổng số|tổng cộng|tổng|có|với|gồm|được)[^.;0-9]{0,60}?(\d[\d.]*)([^.;0-9]{0,80}?)(trong đó gồm|bao gồm|gồm có|gồm|trong đó|cụ thể|chia ra)([^.;]*)",
    )
});
/// What stands in brackets belongs to the number before it.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));

/// BC18: the parts of a sentence make its total.
pub(super) fn sums(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    for segment in paper.body(SectionRole::Profile).iter().chain(paper.body(SectionRole::Achievement)) {
        let text = segment.words();
        if !(text.contains("gồm") || text.contains("trong đó") || text.contains("cụ thể") || text.contains("chia ra"))
        {
            continue;
        }
        // Brackets become blanks of the same length, so that places stay; `(gồm: …)` is the list itself.
        let flat = BRACKETS.replace_all(text, |found: &regex::Captures<'_>| {
            let words = found.get(0).map_or("", |m| m.as_str());
            let lists = words.contains("gồm") || words.contains("trong đó") || words.contains("cụ thể");
            if lists {
                format!(" {} ", words.get(1..words.len() - 1).unwrap_or_default())
            } else {
                " ".repeat(words.len())
            }
        });
        // A point between digits ends no sentence.
        let flat = masked_points(&flat);
        for hit in PARTS.captures_iter(&flat) {
            let (Some(total), Some(lead), Some(list)) = (hit.get(1), hit.get(3), hit.get(4)) else { continue };
            let Some(whole) = figures(&unmask(total.as_str())).into_iter().next() else { continue };
            if is_year(&whole) || whole.decimals > 0 {
                continue;
            }
            let plain = unmask(list.as_str());
            let parts: Vec<Figure> =
                figures(&plain).into_iter().filter(|figure| !figure.percent && !is_year(figure)).collect();
            if parts.len() < 2 || parts.iter().any(|part| part.decimals > 0) || !same_things(&plain, &parts) {
                continue;
            }
            let sum: f64 = parts.iter().map(|part| part.value).sum();
            let exhaustive = lead.as_str() != "trong đó" || parts.len() >= 3 || pairs(&plain);
            let differs = (sum - whole.value).abs() > 0.001;
            let wrong = if exhaustive {
                differs
            } else {
                sum > whole.value && parts.iter().all(|part| part.value < whole.value)
            };
            if wrong && parts.iter().all(|part| part.value <= whole.value) {
                let severity = if lead.as_str() == "trong đó" { Severity::Warning } else { Severity::Error };
                found.push(
                    Finding::new(
                        "BC18",
                        severity,
                        Some(
                            segment.span(
                                total.start()..total.start() + total.as_str().trim_end_matches(['.', POINT]).len(),
                            ),
                        ),
                    )
                    .with("total", print(whole.value, 0))
                    .with("sum", print(sum, 0)),
                );
            }
        }
    }
}

/// Stands for a point between digits while sentences are looked for; as long as the point.
const POINT: char = '\u{1}';

fn masked_points(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    chars
        .iter()
        .enumerate()
        .map(|(at, c)| if *c == '.' && digit(at.checked_sub(1)) && digit(Some(at + 1)) { POINT } else { *c })
        .collect()
}

fn unmask(text: &str) -> String {
    text.replace(POINT, ".")
}

/// Parts that leave nothing out: women and men.
fn pairs(list: &str) -> bool {
    let has = |word: &str| list.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    (has("nữ") && has("nam")) || (list.contains("tập thể") && list.contains("cá nhân"))
}

/// Every part counts something, with a comma or *và* between them: not `45 hội viên được vay 2.000 triệu đồng`.
fn same_things(list: &str, parts: &[Figure]) -> bool {
    parts.windows(2).all(|pair| {
        let [a, b] = pair else { return true };
        let between = list.get(a.range.end..b.range.start).unwrap_or_default();
        (between.contains(',') || between.contains(" và ") || between.contains('+'))
            && !between.contains("đồng")
            && between.len() < 90
    }) && !list.contains("đồng")
        || list.matches("triệu đồng").count() == parts.len()
}

/// BC18: the row *Tổng cộng* of a table.
pub(super) fn table_sums(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let cells: Vec<&Segment> = paper.segments.iter().filter(|segment| segment.cell.is_some()).collect();
    for table in cells.chunk_by(|a, b| a.cell.map(|(t, ..)| t) == b.cell.map(|(t, ..)| t)) {
        let mut sums: Vec<(u32, f64, usize)> = Vec::new();
        for row in table.chunk_by(|a, b| a.cell.map(|(_, r, _)| r) == b.cell.map(|(_, r, _)| r)) {
            let is_total = row.iter().take(2).any(|segment| {
                let text = segment.words().trim_end_matches(':');
                matches!(text, "tổng" | "cộng" | "tổng cộng" | "tổng số")
            });
            for segment in row {
                let Some((_, _, column)) = segment.cell else { continue };
                let all = figures(segment.words());
                let [figure] = all.as_slice() else { continue };
                if segment.words().contains(char::is_alphabetic) || figure.percent || is_year(figure) {
                    continue;
                }
                if is_total {
                    let Some((_, sum, rows)) = sums.iter().find(|(at, ..)| *at == column) else { continue };
                    if *rows >= 2 && (sum - figure.value).abs() > 0.001 && column > 0 {
                        found.push(
                            Finding::new("BC18", Severity::Error, Some(segment.span))
                                .with("total", print(figure.value, figure.decimals))
                                .with("sum", print(*sum, figure.decimals)),
                        );
                    }
                } else if let Some(entry) = sums.iter_mut().find(|(at, ..)| *at == column) {
                    entry.1 += figure.value;
                    entry.2 += 1;
                } else {
                    sums.push((column, figure.value, 1));
                }
            }
            if is_total {
                sums.clear();
            }
        }
    }
}
