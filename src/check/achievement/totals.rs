//! Totals and their parts, in sentences and in tables.

use super::figure::{Figure, figures, is_year, print};
use crate::check::dates::pattern;
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::language::letter::is_word;
use crate::model::{Finding, Severity};
use crate::pack::SectionRole;
use regex::Regex;
use std::sync::LazyLock;

/// The words that lead from a total to its parts; a bracket that lists them needs none.
static LEAD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"trong đó gồm|trong đó có|bao gồm|gồm có|gồm|trong đó|cụ thể là|cụ thể|chia ra|\("));
/// What stands in brackets belongs to the number before it.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));
/// Bytes between a total and the words that lead to its parts.
const REACH: usize = 160;

/// BC18: the parts of a sentence make its total.
pub(super) fn sums(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    sums_in(paper.body(SectionRole::Profile).iter().chain(paper.body(SectionRole::Achievement)), found);
}

/// BC18 for running text.
pub(in crate::check) fn sums_in<'p>(segments: impl Iterator<Item = &'p Segment>, found: &mut Vec<Finding>) {
    for segment in segments {
        // A point between digits ends no sentence.
        let text = masked_points(segment.words());
        for lead in LEAD.find_iter(&text) {
            let Some(sum) = Sum::read(&text, &lead) else { continue };
            if sum.is_wrong() {
                let severity = if sum.is_partial { Severity::Warning } else { Severity::Error };
                found.push(
                    Finding::new("BC18", severity, Some(segment.span(sum.whole.range.clone())))
                        .with("total", print(sum.whole.value, 0))
                        .with("sum", print(sum.parts.iter().map(|part| part.value).sum(), 0)),
                );
                break;
            }
        }
    }
}

/// A total with its parts.
struct Sum {
    whole: Figure,
    parts: Vec<Figure>,
    /// Nothing is left out, as the words have it.
    is_whole: bool,
    /// *Trong đó*: the words may leave something out.
    is_partial: bool,
}

impl Sum {
    fn read(text: &str, lead: &regex::Match<'_>) -> Option<Self> {
        let bracket = lead.as_str() == "(";
        let rest = text.get(lead.end()..)?;
        let end = if bracket { rest.find(')')? } else { rest.find(['.', ';']).unwrap_or(rest.len()) };
        // Brackets become blanks of the same length, so that places stay.
        let list = BRACKETS.replace_all(rest.get(..end)?, |found: &regex::Captures<'_>| {
            " ".repeat(found.get(0).map_or(0, |words| words.as_str().len()))
        });
        let list = unmask(&list);
        let all: Vec<Figure> = figures(&list).into_iter().filter(|part| !part.percent && !is_year(part)).collect();
        let unit = noun(&list, all.first()?);
        let from = text.get(..lead.start())?.rfind(['.', ';', ')']).map_or(0, |at| at + 1);
        let head = unmask(text.get(from..lead.start())?);
        let wholes: Vec<Figure> = figures(&head)
            .into_iter()
            .filter(|whole| !whole.percent && whole.decimals == 0 && !is_year(whole))
            .filter(|whole| head.len() - whole.range.end < REACH)
            .collect();
        // `Tổng số tin bài là 56`: the total names its parts.
        let names_parts = |before: &str| {
            let totals = ["tổng số ", "tổng cộng "].iter().filter_map(|word| before.rfind(word)).max();
            let named = totals.and_then(|at| before.get(at..)).unwrap_or_default();
            let has = |part: &Figure| named.split(' ').any(|word| word == noun(&list, part));
            all.len() > 1 && all.iter().all(has) && all.iter().any(|part| noun(&list, part) != unit)
        };
        let same = wholes.iter().rev().find(|whole| noun(&head, whole) == unit);
        let nearest = wholes.last().filter(|whole| {
            let before = head.get(..whole.range.start).unwrap_or_default().trim_end();
            let totalled =
                ["tổng số", "tổng cộng", "tổng", "tổng số có", "tổng số là"].iter().any(|word| before.ends_with(word));
            (!bracket && (pairs(&list) || totalled)) || names_parts(before)
        });
        let whole = same.or(nearest)?;
        let alike: Vec<Figure> = all.iter().filter(|part| noun(&list, part) == unit).cloned().collect();
        let dropped = same.is_some() && alike.len() < all.len();
        let parts = if same.is_some() { alike } else { all.clone() };
        if parts.len() < 2 || parts.iter().any(|part| part.decimals > 0) || !same_things(&list, &parts) {
            return None;
        }
        let named = head.get(..whole.range.start).is_some_and(names_parts);
        let is_partial = lead.as_str().starts_with("trong đó") && !lead.as_str().ends_with("gồm");
        let listed = list.trim_start().starts_with(':') && parts.len() >= 3;
        let is_whole = !dropped && (!is_partial || named || pairs(&list) || listed || list.contains("còn lại"));
        let mut whole = whole.clone();
        whole.range = from + whole.range.start..from + whole.range.end;
        Some(Self { whole, parts, is_whole, is_partial })
    }

    fn is_wrong(&self) -> bool {
        let sum: f64 = self.parts.iter().map(|part| part.value).sum();
        let differs = (sum - self.whole.value).abs() > 0.001;
        let fits = self.parts.iter().all(|part| part.value <= self.whole.value);
        fits && if self.is_whole { differs } else { sum > self.whole.value }
    }
}

/// The first word behind a number: what it counts.
fn noun<'t>(text: &'t str, figure: &Figure) -> &'t str {
    let rest = text.get(figure.range.end..).unwrap_or_default().trim_start();
    rest.split(|c: char| !is_word(c)).next().unwrap_or_default()
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
    let has = |word: &str| list.split(|c: char| !is_word(c)).any(|part| part == word);
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
    table_sums_in(&paper.segments, found);
}

/// BC18 for tables.
pub(in crate::check) fn table_sums_in(segments: &[Segment], found: &mut Vec<Finding>) {
    let cells: Vec<&Segment> = segments.iter().filter(|segment| segment.cell.is_some()).collect();
    for table in cells.chunk_by(|a, b| a.cell.map(|(t, ..)| t) == b.cell.map(|(t, ..)| t)) {
        let mut sums: Vec<(u32, f64, usize)> = Vec::new();
        // Shares do not add up.
        let shares: Vec<u32> = table
            .iter()
            .filter(|segment| segment.words().starts_with("tỉ lệ") || segment.words().contains('%'))
            .filter_map(|segment| segment.cell.map(|(.., column)| column))
            .collect();
        for row in table.chunk_by(|a, b| a.cell.map(|(_, r, _)| r) == b.cell.map(|(_, r, _)| r)) {
            let is_total = row.iter().take(2).any(|segment| {
                let text = segment.words().trim_end_matches(':');
                matches!(text, "tổng" | "cộng" | "tổng cộng" | "tổng số")
            });
            for segment in row {
                let Some((_, _, column)) = segment.cell.filter(|(.., column)| !shares.contains(column)) else {
                    continue;
                };
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
