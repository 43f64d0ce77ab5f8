//! The papers that go with reports: proposal (tờ trình), minutes (biên bản), list; and what they say of themselves.
//!
//! A proposal names awards and whom they are for; minutes count votes. What reports are compared with is gathered here;
//! [`super::batch`] compares.

use super::achievement::{percentages_in, shares_in, sums_in, table_sums_in};
use super::dates::pattern;
use super::paper::Known;
use super::paper::segment::{self, Segment};
use crate::language::fold::fold;
use crate::model::{Document, DocumentInfo, Finding, Severity, Span};
use crate::pack::{DossierWords, holds, leading, starts};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierKind {
    /// Tờ trình.
    Proposal,
    /// Biên bản.
    Minutes,
    /// Danh sách.
    List,
}

/// A paper that goes with reports.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What it is.
    pub kind: DossierKind,
    /// The awards that it asks for, each once, in reading order.
    pub awards: Vec<Asked>,
    /// Whom it names.
    pub rows: Vec<Named>,
}

/// An award as a proposal names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Id of the award.
    pub id: String,
    /// Words.
    pub words: String,
    /// Their place.
    pub span: Span,
}

/// A person or a collective that a proposal names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Name as written.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// The award of this row, where the row has one.
    pub award: Option<Asked>,
    /// Date of birth, where the row has one.
    pub birth: Option<String>,
    /// A person; else a collective.
    pub person: bool,
}

/// *05 cá nhân*, *02 tập thể*.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u:\b)([0-9]{1,3})\s?(?:\([^()]*\)\s?)?(cá nhân|đồng chí|người|tập thể|đơn vị)(?:[ ,.;:()]|$)")
});
/// *8/9 thành viên*.
static OUT_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u:\b)([0-9]{1,3})\s?/\s?([0-9]{1,3})\s+(?:thành viên|phiếu|đại biểu|đồng chí|người)")
});
/// Members, present, absent.
static MEMBERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:tổng số|số) (?:thành viên|đại biểu|ủy viên)[^0-9.;]{0,40}([0-9]{1,3})"));
static PRESENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"có mặt[^0-9.;/]{0,30}([0-9]{1,3})(?:[^0-9/]|$)"));
static ABSENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"vắng(?: mặt)?[^0-9.;/]{0,30}([0-9]{1,3})(?:[^0-9/]|$)"));

impl Proposal {
    /// Reads a document as such a paper; nothing when it is none.
    pub(super) fn read(document: &Document, info: &DocumentInfo, known: Known<'_>) -> Option<(Self, Vec<Finding>)> {
        let segments = segment::of(document);
        let kind = kind(&segments, info, &known.words.dossier)?;
        let mut read = Self { kind, awards: Vec::new(), rows: Vec::new() };
        read.awards(&segments, known);
        let tables = read.tables(&segments, known);
        if !tables && kind != DossierKind::Minutes {
            read.lines(&segments, known);
        }
        let mut found = Vec::new();
        let words = &known.words.rules;
        percentages_in(segments.iter(), words, &mut found);
        shares_in(&segments, words, &mut found);
        sums_in(segments.iter(), words, &mut found);
        table_sums_in(&segments, words, &mut found);
        read.counts(&segments, &known.words.dossier, &mut found);
        votes(&segments, &known.words.dossier, &mut found);
        found.sort_by_key(|finding| finding.span);
        found.dedup_by(|a, b| a.code == b.code && a.span == b.span);
        Some((read, found))
    }

    /// Whether an award is among those that are asked for.
    #[must_use]
    pub fn asks_for(&self, id: Option<&str>, words: &str) -> bool {
        self.awards.iter().any(|asked| same_award((Some(&asked.id), &asked.words), (id, words)))
    }

    fn awards(&mut self, segments: &[Segment], known: Known<'_>) {
        let words = &known.words.dossier;
        for segment in segments {
            let text = segment.words();
            let asks = holds(&words.asks, text) || segment.cell.is_some();
            if !asks {
                continue;
            }
            for (award, range) in known.awards.named(text) {
                if award.family == "result" || holds(&words.earlier, text) {
                    continue;
                }
                let asked =
                    Asked { id: award.id.clone(), words: segment.slice(range.clone()), span: segment.span(range) };
                if !self.awards.iter().any(|other| other.id == asked.id && fold(&other.words) == fold(&asked.words)) {
                    self.awards.push(asked);
                }
            }
        }
    }

    /// Rows of tables with a column for names.
    fn tables(&mut self, segments: &[Segment], known: Known<'_>) -> bool {
        let words = &known.words.dossier;
        let cells: Vec<&Segment> = segments.iter().filter(|segment| segment.cell.is_some()).collect();
        let mut columns: Option<Columns> = None;
        let mut any = false;
        let mut collective = false;
        for row in cells.chunk_by(|a, b| a.cell.map(|(t, r, _)| (t, r)) == b.cell.map(|(t, r, _)| (t, r))) {
            if let Some(read) = Columns::of(row, words) {
                collective = read.collective;
                columns = Some(read);
                continue;
            }
            let Some(of) = &columns else { continue };
            let cell = |wanted: Option<u32>| {
                row.iter().find(|segment| wanted.is_some() && segment.cell.map(|(.., column)| column) == wanted)
            };
            let filled = row.iter().filter(|segment| !segment.text.is_empty()).count();
            let heading = row.iter().map(|segment| segment.words()).collect::<Vec<_>>().join(" ");
            if filled <= 2 && heading.len() < 80 && !heading.contains(',') {
                // `I. Tập thể`, `II. Cá nhân` part the rows.
                if heading.contains("tập thể") || heading.contains("cá nhân") {
                    collective = heading.contains("tập thể") && !heading.contains("cá nhân");
                    continue;
                }
            }
            let Some(name) = cell(Some(of.name)).filter(|name| name.text.contains(char::is_alphabetic)) else {
                continue;
            };
            if words.totals.iter().any(|word| name.words().starts_with(word.as_str())) || row.len() < 2 {
                continue;
            }
            let range = bare(name.words(), known);
            let award = cell(of.award).and_then(|segment| {
                let (award, range) = known.awards.named(segment.words()).into_iter().next()?;
                Some(Asked { id: award.id.clone(), words: segment.slice(range.clone()), span: segment.span(range) })
            });
            let birth = cell(of.birth).map(|segment| segment.text.clone()).filter(|text| !text.is_empty());
            let person = !collective && is_person(&name.slice(range.clone()), known);
            self.rows.push(Named { name: name.slice(range.clone()), span: name.span(range), award, birth, person });
            any = true;
        }
        any
    }

    /// `1. Bà Nguyễn Thị Hòa, Chủ tịch Hội LHPN xã …`: a line for each.
    fn lines(&mut self, segments: &[Segment], known: Known<'_>) {
        let words = &known.words.dossier;
        let signed =
            segments.iter().position(|segment| starts(&words.recipients, segment.words())).unwrap_or(segments.len());
        let mut award: Option<Asked> = None;
        let mut asked = false;
        for segment in segments.iter().take(signed).filter(|segment| segment.cell.is_none()) {
            let text = segment.words();
            asked |= holds(&words.asks, text);
            if let Some((named, range)) = known.awards.named(text).into_iter().next() {
                award = Some(Asked {
                    id: named.id.clone(),
                    words: segment.slice(range.clone()),
                    span: segment.span(range),
                });
            }
            let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphabetic()).len();
            let listed = segment.label.is_some() || start > 0;
            if !asked || !listed {
                continue;
            }
            let rest = text.get(start..).unwrap_or_default();
            let range = bare(rest, known);
            let range = start + range.start..start + range.end;
            let name = segment.slice(range.clone());
            let collective = words.collectives.iter().any(|word| fold(&name).starts_with(word.as_str()));
            if is_person(&name, known) || collective {
                let (span, award) = (segment.span(range), award.clone());
                self.rows.push(Named { name, span, award, birth: None, person: !collective });
            }
        }
    }

    /// BC31: as many as the text says.
    fn counts(&self, segments: &[Segment], words: &DossierWords, found: &mut Vec<Finding>) {
        if self.kind == DossierKind::Minutes || self.rows.is_empty() {
            return;
        }
        for person in [true, false] {
            let rows = self.rows.iter().filter(|row| row.person == person).count() as u64;
            let mut said: Vec<(u64, Span)> = Vec::new();
            for segment in segments.iter().filter(|segment| segment.cell.is_none()) {
                let text = segment.words();
                if !holds(&words.counting, text) {
                    continue;
                }
                for hit in COUNTED.captures_iter(text) {
                    let (Some(number), Some(thing)) = (hit.get(1), hit.get(2)) else { continue };
                    let place = number.start()..thing.end();
                    let is_person = !words.counted_collectives.iter().any(|word| word == thing.as_str());
                    if let Ok(number) = number.as_str().parse::<u64>()
                        && is_person == person
                    {
                        said.push((number, segment.span(place.clone())));
                    }
                }
            }
            let sum: u64 = said.iter().map(|(number, _)| number).sum();
            let fits = rows == sum || said.iter().any(|(number, _)| *number == rows);
            if let Some((number, span)) = said.first().filter(|_| !fits) {
                found.push(
                    Finding::new("BC31", Severity::Error, Some(*span))
                        .with("what", "stated")
                        .with("name", number.to_string())
                        .with("other", rows.to_string()),
                );
            }
        }
    }
}

/// Columns of a table of names.
struct Columns {
    name: u32,
    award: Option<u32>,
    birth: Option<u32>,
    collective: bool,
}

impl Columns {
    fn of(row: &[&Segment], words: &DossierWords) -> Option<Self> {
        let column = |list: &[String]| {
            row.iter()
                .find(|segment| {
                    let text = segment.words();
                    text.chars().count() < 60 && list.iter().any(|word| text.starts_with(word.as_str()))
                })
                .and_then(|segment| segment.cell.map(|(.., column)| (column, segment.words().to_owned())))
        };
        if row.len() < 2 || row.iter().any(|segment| segment.words().contains("năm 20")) {
            return None;
        }
        let (name, title) = column(&words.name_columns)?;
        let collective = title.contains("tập thể") && !title.contains("cá nhân") && !title.contains("họ");
        let place = |list| column(list).map(|(column, _)| column);
        Some(Self { name, award: place(&words.award_columns), birth: place(&words.birth_columns), collective })
    }
}

/// What the paper is, by its type or its title.
fn kind(segments: &[Segment], info: &DocumentInfo, words: &DossierWords) -> Option<DossierKind> {
    let awards = || segments.iter().take(200).any(|segment| holds(&words.topics, segment.words()));
    let titled = |titles: &[String]| {
        segments.iter().take(24).any(|segment| segment.is_capitals() && starts(titles, segment.words()))
    };
    let found = match info.kind.as_deref() {
        Some("TTr") => DossierKind::Proposal,
        Some("BB") => DossierKind::Minutes,
        _ if titled(&words.proposal_titles) => DossierKind::Proposal,
        _ if titled(&words.minutes_titles) => DossierKind::Minutes,
        _ if titled(&words.list_titles) => DossierKind::List,
        _ => return None,
    };
    awards().then_some(found)
}

/// The name at the start of a folded text: without the form of address, up to post and unit.
fn bare(text: &str, known: Known<'_>) -> Range<usize> {
    let mut start = text.len() - text.trim_start().len();
    for address in &known.words.dossier.address {
        if let Some(rest) = text.get(start..).and_then(|rest| rest.strip_prefix(address.as_str()))
            && rest.starts_with([' ', ':'])
        {
            start = text.len() - rest.trim_start_matches([' ', ':']).len();
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find([',', ';', '(', '\n']).into_iter().chain(rest.find(" - ")).chain(rest.find(" – ")).min();
    let end = end.unwrap_or(rest.len());
    start..start + rest.get(..end).unwrap_or_default().trim_end_matches([' ', '.']).len()
}

fn is_person(name: &str, known: Known<'_>) -> bool {
    let folded = fold(name);
    let count = name.split_whitespace().count();
    (2..=6).contains(&count)
        && leading(&folded, &known.lexicon.form.surnames).is_some()
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// BC18: votes and members.
fn votes(segments: &[Segment], words: &DossierWords, found: &mut Vec<Finding>) {
    let number = |regex: &Regex, text: &str| {
        let hit = regex.captures(text)?.get(1)?;
        Some((hit.as_str().parse::<u32>().ok()?, hit.range()))
    };
    for segment in segments {
        let text = segment.words();
        for hit in OUT_OF.captures_iter(text) {
            let value = |group| hit.get(group).and_then(|m| m.as_str().parse::<u32>().ok());
            if let (Some(part), Some(whole), Some(all)) = (value(1), value(2), hit.get(0))
                && part > whole
            {
                found.push(sum(segment.span(all.range()), whole, part));
            }
        }
    }
    // Members, present and absent stand in one line or in lines below each other.
    for (at, segment) in segments.iter().enumerate() {
        let Some((members, place)) = number(&MEMBERS, segment.words()) else { continue };
        let near = segments.get(at..(at + 4).min(segments.len())).unwrap_or_default();
        let of = |regex: &Regex| near.iter().find_map(|next| number(regex, next.words()));
        let (Some((present, _)), absent) = (of(&PRESENT), of(&ABSENT)) else { continue };
        let together = present + absent.as_ref().map_or(0, |(absent, _)| *absent);
        if present > members || (absent.is_some() && together != members) {
            found.push(sum(segment.span(place), members, together));
        }
    }
    ballots(segments, words, found);
}

/// Rows of ballots: agreeing, disagreeing and invalid votes make the total.
fn ballots(segments: &[Segment], words: &DossierWords, found: &mut Vec<Finding>) {
    let cells: Vec<&Segment> = segments.iter().filter(|segment| segment.cell.is_some()).collect();
    let mut columns: Vec<(u32, Ballot)> = Vec::new();
    for row in cells.chunk_by(|a, b| a.cell.map(|(t, r, _)| (t, r)) == b.cell.map(|(t, r, _)| (t, r))) {
        let headings: Vec<(u32, Ballot)> =
            row.iter().filter_map(|segment| Some((segment.cell?.2, Ballot::of(segment.words(), words)?))).collect();
        if headings.iter().any(|(_, ballot)| *ballot == Ballot::For) && headings.len() > 1 {
            columns = headings;
            continue;
        }
        let value = |wanted: Ballot| {
            let column = columns.iter().find(|(_, ballot)| *ballot == wanted)?.0;
            let segment = row.iter().find(|segment| segment.cell.map(|(.., column)| column) == Some(column))?;
            Some((segment.text.trim().split('/').next()?.trim().parse::<u32>().ok()?, segment.span))
        };
        let (Some((agree, span)), Some((total, _))) = (value(Ballot::For), value(Ballot::All)) else { continue };
        let others: Vec<u32> =
            [Ballot::Against, Ballot::Invalid].into_iter().filter_map(|b| Some(value(b)?.0)).collect();
        let cast = agree + others.iter().sum::<u32>();
        if cast > total || (!others.is_empty() && cast != total) {
            found.push(sum(span, total, cast));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ballot {
    All,
    For,
    Against,
    Invalid,
}

impl Ballot {
    fn of(heading: &str, words: &DossierWords) -> Option<Self> {
        let lists = [
            (&words.ballot_share, None),
            (&words.ballot_invalid, Some(Self::Invalid)),
            (&words.ballot_against, Some(Self::Against)),
            (&words.ballot_for, Some(Self::For)),
            (&words.ballot_all, Some(Self::All)),
        ];
        lists.into_iter().find(|(list, _)| holds(list, heading)).and_then(|(_, ballot)| ballot)
    }
}

fn sum(span: Span, total: u32, parts: u32) -> Finding {
    Finding::new("BC18", Severity::Error, Some(span)).with("total", total.to_string()).with("sum", parts.to_string())
}

/// One award under two spellings: by its id, and by whoever gives it where both say so.
pub(super) fn same_award(a: (Option<&str>, &str), b: (Option<&str>, &str)) -> bool {
    let plain = |words: &str| {
        let text = fold(words).replace("ủy ban nhân dân", "ubnd").replace("liên hiệp phụ nữ", "lhpn");
        text.trim_start_matches("danh hiệu ").replace('"', "").trim().to_owned()
    };
    let (first, second) = (plain(a.1), plain(b.1));
    if first.contains(&second) || second.contains(&first) {
        return true;
    }
    let same_id = matches!((a.0, b.0), (Some(x), Some(y)) if x == y);
    let giver = |text: &str| text.split_once(" của ").map(|(_, giver)| giver.to_owned());
    match (giver(&first), giver(&second)) {
        (Some(x), Some(y)) => {
            same_id
                && (x.starts_with(&y)
                    || y.starts_with(&x)
                    || x.contains("thủ tướng") == y.contains("thủ tướng") && !differs(&x, &y))
        }
        _ => same_id,
    }
}

/// Two givers of different kinds or levels.
fn differs(a: &str, b: &str) -> bool {
    const KINDS: &[&str] = &[
        "ubnd",
        "ban thường vụ",
        "đoàn chủ tịch",
        "trung ương",
        "giám đốc",
        "bộ",
        "công đoàn",
        "tỉnh",
        "xã",
        "phường",
        "huyện",
    ];
    KINDS.iter().any(|kind| {
        let kind = fold(kind);
        a.contains(&kind) != b.contains(&kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awards_are_the_same_by_name_and_giver() {
        let same = |a: (&str, &str), b: (&str, &str)| same_award((Some(a.0), a.1), (Some(b.0), b.1));
        assert!(same(("gk", "Giấy khen"), ("gk", "Giấy khen của Chủ tịch UBND xã")));
        assert!(same(
            ("bk-tinh", "Bằng khen của Chủ tịch UBND tỉnh"),
            ("bk-tinh", "BẰNG KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH")
        ));
        assert!(!same(("bk-tinh", "Bằng khen của Chủ tịch UBND tỉnh"), ("bk-tinh", "Bằng khen của Ban Thường vụ")));
        assert!(!same(("gk", "Giấy khen"), ("bk-tinh", "Bằng khen")));
    }
}
