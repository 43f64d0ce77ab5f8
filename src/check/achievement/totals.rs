//! Totals and their parts, in sentences and in tables.

use super::figure::{Figure, figures, is_year, print};
use crate::check::dates::pattern;
use crate::check::paper::Paper;
use crate::check::paper::segment::Segment;
use crate::language::letter::is_word;
use crate::model::{Finding, Severity};
use crate::pack::{RuleWords, SectionRole, ends, holds, starts};
use regex::Regex;
use std::sync::LazyLock;

/// The words that lead from a total to its parts; a bracket that lists them needs none.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"trong số đó gồm|trong số đó có|trong số đó|trong đó gồm|trong đó có|bao gồm|gồm có|gồm|trong đó|cụ thể là|cụ thể|chia ra|\(|: ",
    )
});
/// What stands in brackets belongs to the number before it.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));
/// Bytes between a total and the words that lead to its parts.
const REACH: usize = 160;

/// BC18: the parts of a sentence make its total.
pub(super) fn sums(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    let words = &paper.known.words.rules;
    sums_in(paper.body(SectionRole::Profile).iter().chain(paper.body(SectionRole::Achievement)), words, found);
    lists(paper.body(SectionRole::Profile), found);
    lists(paper.body(SectionRole::Achievement), found);
}

/// BC18: `Đã trao 51 suất quà:`, and the suất quà of every line of the list below it.
fn lists(body: &[Segment], found: &mut Vec<Finding>) {
    for (at, opening) in body.iter().enumerate() {
        let text = opening.words();
        if !text.ends_with(':') || opening.cell.is_some() {
            continue;
        }
        let from = text.rfind(". ").map_or(0, |at| at + 1);
        let sentence = text.get(from..).unwrap_or_default();
        let counts: Vec<Figure> =
            figures(sentence).into_iter().filter(|figure| !figure.percent && !is_year(figure)).collect();
        let [whole] = counts.as_slice() else { continue };
        let thing = noun(sentence, whole);
        if thing.is_empty() || whole.decimals > 0 {
            continue;
        }
        let parts = entries(body.get(at + 1..).unwrap_or_default(), thing);
        let sum: f64 = parts.iter().sum();
        let fits = parts.iter().all(|part| *part <= whole.value);
        if parts.len() >= 2 && fits && (sum - whole.value).abs() > 0.001 {
            let range = from + whole.range.start..from + whole.range.end;
            found.push(
                Finding::new("BC18", Severity::Error, Some(opening.span(range)))
                    .with("total", print(whole.value, 0))
                    .with("sum", print(sum, 0)),
            );
        }
    }
}

/// What the entries of a list count; nothing unless each of them counts the thing once, and nothing else.
fn entries(below: &[Segment], thing: &str) -> Vec<f64> {
    let first = below.first().map(kind_of_entry);
    let list = below.iter().take_while(|segment| first.is_some() && Some(kind_of_entry(segment)) == first);
    let mut parts = Vec::new();
    for segment in list.filter(|_| first != Some(Entry::None)) {
        let text = segment.words();
        let all: Vec<Figure> = figures(text).into_iter().filter(|figure| !figure.percent && !is_year(figure)).collect();
        match all.as_slice() {
            [one] if noun(text, one) == thing && one.decimals == 0 => parts.push(one.value),
            // An entry about something else ends the list that the total is of.
            _ => return Vec::new(),
        }
        if text.ends_with('.') {
            break;
        }
    }
    parts
}

/// How an entry of a list is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    None,
    Sign(char),
    Counted,
}

fn kind_of_entry(segment: &Segment) -> Entry {
    let label = segment.label.as_deref().unwrap_or_default().trim();
    let sign = label.chars().next().or_else(|| segment.text.chars().next()).filter(|_| segment.cell.is_none());
    match sign {
        Some(sign @ ('-' | '+' | '*' | '•' | '·' | '–' | 'o' | '▪')) if !label.is_empty() || sign != 'o' => {
            Entry::Sign(sign)
        }
        Some(_) if !label.is_empty() => Entry::Counted,
        _ => Entry::None,
    }
}

/// BC18 for running text.
pub(in crate::check) fn sums_in<'p>(
    segments: impl Iterator<Item = &'p Segment>,
    words: &RuleWords,
    found: &mut Vec<Finding>,
) {
    for segment in segments {
        // A point between digits ends no sentence.
        let text = masked_points(segment.words());
        for lead in LEAD.find_iter(&text) {
            let Some(sum) = Sum::read(&text, &lead, words) else { continue };
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
        behind_parts(segment, words, found);
    }
}

/// `… 38 ca, … 40 ca, cả hai quý là 85 ca`: a total behind its parts, in one sentence.
fn behind_parts(segment: &Segment, words: &RuleWords, found: &mut Vec<Finding>) {
    let text = segment.words();
    if !holds(&words.total_behind, text) {
        return;
    }
    let mut from = 0;
    for sentence in text.split_inclusive(". ") {
        let at = from;
        from += sentence.len();
        let counts: Vec<Figure> =
            figures(sentence).into_iter().filter(|figure| !figure.percent && !is_year(figure)).collect();
        let Some((total, parts)) = counts.split_last() else { continue };
        let between = |a: &Figure, b: &Figure| sentence.get(a.range.end..b.range.start).unwrap_or_default();
        let Some(last) = parts.last() else { continue };
        let lead = between(last, total);
        // The clause that the total stands in says that it is one.
        let clause = lead.rsplit([',', ';', ':', '(']).next().unwrap_or_default().trim();
        let sums = starts(&words.total_behind, clause) && (ends(&words.total_behind, clause) || clause.len() < 24);
        let unit = noun(sentence, total);
        let alike: Vec<&Figure> = parts.iter().rev().take_while(|part| noun(sentence, part) == unit).collect();
        let joined = parts.windows(2).all(|pair| {
            let [a, b] = pair else { return true };
            holds(&words.part_joins, between(a, b)) && between(a, b).len() < 90
        });
        let whole = alike.len() == parts.len() && parts.len() >= 2 && !unit.is_empty();
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        let plain = counts.iter().all(|figure| figure.decimals == 0);
        if sums && whole && joined && plain && (sum - total.value).abs() > 0.001 {
            found.push(
                Finding::new("BC18", Severity::Error, Some(segment.span(at + total.range.start..at + total.range.end)))
                    .with("total", print(total.value, 0))
                    .with("sum", print(sum, 0)),
            );
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
    fn read(text: &str, lead: &regex::Match<'_>, words: &RuleWords) -> Option<Self> {
        let bracket = lead.as_str() == "(";
        // A colon alone leads to parts only where they count what the total counts.
        let has = lead.as_str() == " có ";
        let colon = lead.as_str() == ": " || has;
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
        // `Trong 70 cuộc kiểm tra có 44 cuộc … và 26 cuộc …`; elsewhere *có* leads to anything.
        if has && !head.trim_start().starts_with("trong ") {
            return None;
        }
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
            let totalled = ends(&words.totals, before);
            (!bracket && (pairs(&list) || totalled)) || names_parts(before) || names_them(&head, whole, &list, &all)
        });
        let whole = same.or(nearest.filter(|_| !colon))?;
        let alike: Vec<Figure> = all.iter().filter(|part| noun(&list, part) == unit).cloned().collect();
        // `77 tổ nhóm, chia ra: 46 tổ tiết kiệm, 31 nhóm sở thích`: the total names every noun of its parts.
        let together = names_them(&head, whole, &list, &all);
        let dropped = same.is_some() && !together && alike.len() < all.len();
        let parts = if same.is_some() && !together { alike } else { all.clone() };
        if parts.len() < 2 || parts.iter().any(|part| part.decimals > 0) || !same_things(&list, &parts, words) {
            return None;
        }
        let named = head.get(..whole.range.start).is_some_and(names_parts);
        let is_partial = lead.as_str().starts_with("trong ") && !lead.as_str().ends_with("gồm") || has;
        let summed = ["tổng ", "tổng số ", "tổng cộng "].iter().any(|word| head.contains(word));
        let listed = list.trim_start().starts_with(':') && (parts.len() >= 3 || summed);
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

/// The words right behind a total are the nouns of its parts, which differ: `77 tổ nhóm`, `56 tin, bài`.
fn names_them(head: &str, whole: &Figure, list: &str, parts: &[Figure]) -> bool {
    let behind = head.get(whole.range.end..).unwrap_or_default();
    let named: Vec<&str> = behind.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).take(3).collect();
    let first = parts.first().map(|part| noun(list, part)).unwrap_or_default();
    parts.len() > 1
        && parts.iter().all(|part| named.contains(&noun(list, part)))
        && parts.iter().any(|part| noun(list, part) != first)
}

/// The first word behind a number: what it counts.
pub(super) fn noun<'t>(text: &'t str, figure: &Figure) -> &'t str {
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
fn same_things(list: &str, parts: &[Figure], words: &RuleWords) -> bool {
    parts.windows(2).all(|pair| {
        let [a, b] = pair else { return true };
        let between = list.get(a.range.end..b.range.start).unwrap_or_default();
        holds(&words.part_joins, between) && !between.contains("đồng") && between.len() < 90
    }) && !list.contains("đồng")
        || list.matches("triệu đồng").count() == parts.len()
}

/// BC18: the row *Tổng cộng* of a table.
pub(super) fn table_sums(paper: &Paper<'_>, found: &mut Vec<Finding>) {
    table_sums_in(&paper.segments, &paper.known.words.rules, found);
}

/// BC18 for tables that blanks hold apart: the last columns of numbers, and a line that sums them up.
fn gapped_sums(segments: &[Segment], words: &RuleWords, found: &mut Vec<Finding>) {
    let value = |segment: &Segment| {
        let all = figures(segment.words());
        let [one] = all.as_slice() else { return None };
        let bare = !segment.words().contains(char::is_alphabetic) && !one.percent && !is_year(one);
        bare.then_some(one.value)
    };
    let mut sums: Vec<f64> = Vec::new();
    let mut rows = 0;
    let plain: Vec<&Segment> = segments.iter().filter(|segment| segment.cell.is_none()).collect();
    for line in plain.chunk_by(|a, b| a.line == b.line) {
        let numbers: Vec<(f64, &Segment)> =
            line.iter().skip(1).rev().map_while(|segment| Some((value(segment)?, *segment))).collect();
        if line.len() < 2 || numbers.is_empty() || (rows > 0 && numbers.len() != sums.len()) {
            (sums, rows) = (Vec::new(), 0);
            continue;
        }
        let is_total = line.iter().take(2).any(|segment| {
            let text = segment.words().trim_end_matches(':');
            words.total_cells.iter().any(|word| word == text)
        });
        if is_total {
            for ((total, segment), sum) in numbers.iter().zip(&sums).filter(|_| rows >= 2) {
                if (total - sum).abs() > 0.001 {
                    found.push(
                        Finding::new("BC18", Severity::Error, Some(segment.span))
                            .with("total", print(*total, 0))
                            .with("sum", print(*sum, 0)),
                    );
                }
            }
            (sums, rows) = (Vec::new(), 0);
        } else {
            sums.resize(numbers.len(), 0.0);
            sums.iter_mut().zip(&numbers).for_each(|(sum, (value, _))| *sum += value);
            rows += 1;
        }
    }
}

/// BC18 for tables.
pub(in crate::check) fn table_sums_in(segments: &[Segment], words: &RuleWords, found: &mut Vec<Finding>) {
    gapped_sums(segments, words, found);
    let cells: Vec<&Segment> = segments.iter().filter(|segment| segment.cell.is_some()).collect();
    for table in cells.chunk_by(|a, b| a.cell.map(|(t, ..)| t) == b.cell.map(|(t, ..)| t)) {
        row_sums(table, words, found);
        let mut sums: Vec<(u32, f64, usize)> = Vec::new();
        // Shares do not add up.
        let shares: Vec<u32> = table
            .iter()
            .filter(|segment| starts(&words.share_columns, segment.words()) || segment.words().contains('%'))
            .filter_map(|segment| segment.cell.map(|(.., column)| column))
            .collect();
        for row in table.chunk_by(|a, b| a.cell.map(|(_, r, _)| r) == b.cell.map(|(_, r, _)| r)) {
            let is_total = row.iter().take(2).any(|segment| {
                let text = segment.words().trim_end_matches(':');
                words.total_cells.iter().any(|word| word == text)
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

/// BC18 for a column *Cộng*: in a table where most rows add up to it, the rows that do not.
fn row_sums(table: &[&Segment], words: &RuleWords, found: &mut Vec<Finding>) {
    let is_total = |segment: &Segment| {
        let text = segment.words().trim_end_matches(':');
        words.total_cells.iter().any(|word| word == text)
    };
    let Some((_, top, column)) = table.iter().find(|segment| is_total(segment)).and_then(|segment| segment.cell) else {
        return;
    };
    let number = |segment: &Segment| {
        let all = figures(segment.words());
        let [one] = all.as_slice() else { return None };
        let bare = !segment.words().contains(char::is_alphabetic) && !one.percent && !is_year(one);
        bare.then_some(one.value)
    };
    let mut fitting = 0;
    let mut wrong: Vec<(&Segment, f64, f64)> = Vec::new();
    for row in table.chunk_by(|a, b| a.cell.map(|(_, r, _)| r) == b.cell.map(|(_, r, _)| r)) {
        if row.iter().all(|segment| segment.cell.is_none_or(|(_, r, _)| r <= top)) {
            continue;
        }
        let Some(cell) = row.iter().find(|segment| segment.cell.is_some_and(|(.., c)| c == column)) else { continue };
        // From the last cell with words up to the total.
        let before = row.iter().rev().filter(|segment| segment.cell.is_some_and(|(.., c)| c < column && c > 0));
        let parts: Vec<f64> = before.map_while(|segment| number(segment)).collect();
        let Some(total) = number(cell).filter(|_| parts.len() >= 2) else { continue };
        let sum: f64 = parts.iter().sum();
        if (sum - total).abs() < 0.001 {
            fitting += 1;
        } else {
            wrong.push((cell, total, sum));
        }
    }
    if fitting >= wrong.len() {
        for (cell, total, sum) in wrong {
            found.push(
                Finding::new("BC18", Severity::Error, Some(cell.span))
                    .with("total", print(total, 0))
                    .with("sum", print(sum, 0)),
            );
        }
    }
}
