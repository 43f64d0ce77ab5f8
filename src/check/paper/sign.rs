//! Signature and confirmation blocks at the bottom of a report, beside or below each other.

use super::segment::Segment;
use crate::language::fold::fold;
use crate::model::Span;
use crate::pack::{FormWords, ReportForm, leading};
use std::collections::BTreeMap;
use std::ops::Range;

/// A block that was found.
#[derive(Debug, Clone)]
pub(in crate::check) struct Sign {
    /// Id of the form's block; `authority` for one that begins with TM. and has no heading of the form.
    pub(in crate::check) id: String,
    /// Heading, as written.
    pub(in crate::check) role: String,
    /// Its place.
    pub(in crate::check) span: Span,
    /// Signing marks (TM., KT., TL.) below the heading, folded.
    pub(in crate::check) marks: Vec<String>,
    /// Posts below the heading: folded words and place.
    pub(in crate::check) posts: Vec<(String, Span)>,
    /// Name typed below the heading.
    pub(in crate::check) name: Option<(String, Span)>,
    /// Whether the name could be told to be this block's.
    pub(in crate::check) sure: bool,
}

#[derive(Debug)]
enum Line {
    Role(String),
    Mark,
    Post,
    Name,
    Other,
}

/// Reads the blocks from a segment on.
pub(in crate::check) fn signs(
    segments: &[Segment],
    from: usize,
    form: &ReportForm,
    words: &FormWords,
    owner: Option<&str>,
) -> Vec<Sign> {
    let roles = Roles::of(form);
    let Some(start) = (from..segments.len())
        .find(|at| segments.get(*at).is_some_and(|segment| roles.find(segment).is_some() || opens(segment, form)))
    else {
        return Vec::new();
    };
    let cells = segments.get(start..).unwrap_or_default().iter().filter_map(|segment| segment.cell);
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    for (table, _, column) in cells {
        let width = widths.entry(table).or_default();
        *width = (*width).max(column as usize + 1);
    }
    let mut reader =
        Reader { words, signs: Vec::new(), group: Vec::new(), open: false, owner: owner.map(fold), widths };
    let mut at = start;
    while at < segments.len() {
        let Some(first) = segments.get(at) else { break };
        let end = (at + 1..segments.len())
            .find(|next| segments.get(*next).is_none_or(|segment| !same_line(first, segment)))
            .unwrap_or(segments.len());
        if let Some(line) = segments.get(at..end) {
            if reader.is_over(line) {
                break;
            }
            reader.line(line, &roles);
        }
        at = end;
    }
    reader.signs
}

/// Whether a line opens the bottom without a heading of the form: `TM. BAN THƯỜNG VỤ`.
fn opens(segment: &Segment, form: &ReportForm) -> bool {
    form.signs.iter().any(|sign| sign.or_authority) && is_mark(segment)
}

fn is_mark(segment: &Segment) -> bool {
    let text = segment.words();
    let starts = ["tm.", "t/m", "kt.", "k/t", "tl.", "t/l", "tuq.", "q.", "tm ", "kt ", "tl "];
    starts.iter().any(|start| text.starts_with(start))
        && segment.text.starts_with(char::is_uppercase)
        && text.len() < 120
}

fn same_line(a: &Segment, b: &Segment) -> bool {
    match (a.cell, b.cell) {
        (Some((table, row, _)), Some((other, next, _))) => table == other && row == next,
        (None, None) => a.line == b.line,
        _ => false,
    }
}

struct Roles {
    /// Folded heading, id; the longest first.
    known: Vec<(String, String)>,
}

impl Roles {
    fn of(form: &ReportForm) -> Self {
        let mut known: Vec<(String, String)> = form
            .signs
            .iter()
            .flat_map(|sign| sign.role.iter().map(move |role| (fold(role), sign.id.clone())))
            .collect();
        known.sort_by_key(|(role, _)| std::cmp::Reverse(role.len()));
        Self { known }
    }

    fn find(&self, segment: &Segment) -> Option<&str> {
        let text = segment.words().split('(').next().unwrap_or_default();
        let text = text.trim_matches([' ', ':', '.', ',', ';', '*', '-']);
        if text.is_empty() || text.len() > 160 {
            return None;
        }
        let exact = self.known.iter().find(|(role, _)| text == role);
        let longer = || {
            self.known.iter().find(|(role, _)| {
                role.contains(' ')
                    && role.len() > 14
                    && text.contains(role.as_str())
                    && (segment.is_capitals() || segment.strong)
            })
        };
        exact.or_else(longer).map(|(_, id)| id.as_str())
    }
}

struct Reader<'a> {
    words: &'a FormWords,
    signs: Vec<Sign>,
    /// Blocks that are open beside each other, with the segment places that tell their columns.
    group: Vec<(usize, Column)>,
    /// Something stands below the headings of the group already.
    open: bool,
    owner: Option<String>,
    /// Columns of each table.
    widths: BTreeMap<u32, usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    cell: Option<(u32, u32)>,
    tabs: u32,
}

impl Column {
    fn of(segment: &Segment) -> Self {
        Self { cell: segment.cell.map(|(table, _, column)| (table, column)), tabs: segment.tabs }
    }
}

impl Reader<'_> {
    /// An annex or a list of recipients follows.
    fn is_over(&self, line: &[Segment]) -> bool {
        !self.signs.is_empty()
            && line.first().is_some_and(|segment| {
                let text = segment.words();
                (text.starts_with("phụ lục") || segment.text.chars().count() > 200) && segment.cell.is_none()
            })
    }

    fn classify(&self, segment: &Segment, roles: &Roles) -> Line {
        let text = segment.words();
        if let Some(id) = roles.find(segment) {
            return Line::Role(id.to_owned());
        }
        if text.starts_with('(') || text.is_empty() {
            return Line::Other;
        }
        if is_mark(segment) {
            return Line::Mark;
        }
        if segment.label.is_none() && self.is_name(segment) {
            return Line::Name;
        }
        if leading(text, &self.words.posts).is_some() && segment.text.chars().count() < 80 {
            return Line::Post;
        }
        Line::Other
    }

    fn is_name(&self, segment: &Segment) -> bool {
        let text = segment.text.trim();
        if self.owner.as_deref() == Some(segment.words()) {
            return true;
        }
        let bare = strip_rank(text, segment.words(), self.words);
        let count = bare.split_whitespace().count();
        let folded = fold(bare);
        let surname = leading(&folded, &self.words.surnames).is_some();
        // A surname may be the first word of a body as well (Đoàn): three words and small letters are a person.
        let person = surname && count >= 3 && !segment.is_capitals() && fold(bare).split(' ').all(|word| word != "hội");
        if !(2..=6).contains(&count)
            || text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | ',' | '(' | '/' | '"' | '“'))
            || (leading(&folded, &self.words.bodies).is_some() && !person)
        {
            return false;
        }
        let proper = bare.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        let capitals = segment.is_capitals();
        let post = leading(&folded, &self.words.posts).is_some();
        proper && (surname && !(capitals && post) || (!capitals && !post && !text.ends_with('.')))
    }

    fn line(&mut self, line: &[Segment], roles: &Roles) {
        let kinds: Vec<(Line, &Segment)> =
            line.iter().map(|segment| (self.classify(segment, roles), segment)).collect();
        if kinds.iter().any(|(kind, _)| matches!(kind, Line::Role(_))) {
            self.headings(&kinds);
            return;
        }
        if self.group.is_empty() {
            self.authority(&kinds);
        }
        let names: Vec<&Segment> =
            kinds.iter().filter(|(kind, _)| matches!(kind, Line::Name)).map(|(_, segment)| *segment).collect();
        // As many columns as there are blocks: each has its own, whatever blanks are between them.
        let beside = kinds.len() > 1 && kinds.len() == self.group.len() && kinds.iter().all(|(_, s)| s.cell.is_none());
        for (at, (kind, segment)) in kinds.iter().enumerate() {
            let own = beside.then(|| self.group.get(at).map(|(sign, _)| *sign)).flatten();
            let is_mark = matches!(kind, Line::Mark);
            match (kind, own) {
                (Line::Mark | Line::Post, Some(sign)) => self.post_of(sign, is_mark, segment),
                (Line::Mark | Line::Post, None) => self.post(is_mark, segment),
                (Line::Name, _) => self.name(segment, &names),
                (Line::Role(_) | Line::Other, _) => {}
            }
        }
    }

    /// A line of headings: a new group, or one more column of the open group.
    fn headings(&mut self, kinds: &[(Line, &Segment)]) {
        let in_table = kinds.first().and_then(|(_, segment)| segment.cell).map(|(table, ..)| table);
        let same_table = |column: &Column| in_table.is_some() && column.cell.map(|(table, _)| table) == in_table;
        if self.open && !self.group.iter().all(|(_, column)| same_table(column)) {
            self.group.clear();
        }
        if self.open && in_table.is_some() {
            // A second row of headings in one table replaces the columns above it.
            let columns: Vec<Column> = kinds.iter().map(|(_, segment)| Column::of(segment)).collect();
            self.group.retain(|(_, column)| !columns.contains(column));
        }
        if self.group.is_empty() {
            self.open = false;
        }
        for (kind, segment) in kinds {
            let Line::Role(id) = kind else {
                match kind {
                    // `TM. BAN THƯỜNG VỤ` beside a heading of the form is a block of its own.
                    Line::Mark
                        if segment.cell.is_none()
                            || !self.group.iter().any(|(_, column)| *column == Column::of(segment)) =>
                    {
                        self.authority(&[(Line::Mark, *segment)]);
                    }
                    Line::Mark | Line::Post => self.post(matches!(kind, Line::Mark), segment),
                    Line::Name => self.name(segment, &[]),
                    _ => {}
                }
                continue;
            };
            self.group.push((self.signs.len(), Column::of(segment)));
            self.signs.push(Sign {
                id: id.clone(),
                role: segment.text.clone(),
                span: segment.span,
                marks: Vec::new(),
                posts: Vec::new(),
                name: None,
                sure: true,
            });
        }
    }

    /// `TM. BAN THƯỜNG VỤ` opens a block of its own.
    fn authority(&mut self, kinds: &[(Line, &Segment)]) {
        if let Some((_, segment)) = kinds.iter().find(|(kind, _)| matches!(kind, Line::Mark)) {
            self.group.push((self.signs.len(), Column::of(segment)));
            self.signs.push(Sign {
                id: "authority".to_owned(),
                role: segment.text.clone(),
                span: segment.span,
                marks: Vec::new(),
                posts: Vec::new(),
                name: None,
                sure: true,
            });
            self.open = false;
        }
    }

    /// The blocks of the group that a segment may belong to.
    fn owners(&self, segment: &Segment) -> Vec<usize> {
        let column = Column::of(segment);
        let same: Vec<usize> = self
            .group
            .iter()
            .filter(|(_, other)| {
                if column.cell.is_some() {
                    other.cell == column.cell
                } else {
                    other.tabs == column.tabs && column.tabs > 0
                }
            })
            .map(|(at, _)| *at)
            .collect();
        if !same.is_empty() {
            return same;
        }
        // Headings typed side by side in a line, what is below them read as columns.
        let typed = self.group.len() > 1 && self.group.iter().all(|(_, other)| other.cell.is_none());
        let as_wide = |table: &u32| self.widths.get(table) == Some(&self.group.len());
        let place = column.cell.filter(|(table, _)| typed && as_wide(table)).map(|(_, place)| place as usize);
        match place.and_then(|place| self.group.get(place)) {
            Some((at, _)) => vec![*at],
            None => self.group.iter().map(|(at, _)| *at).collect(),
        }
    }

    fn post_of(&mut self, sign: usize, is_mark: bool, segment: &Segment) {
        self.open = true;
        if let Some(sign) = self.signs.get_mut(sign) {
            if is_mark {
                sign.marks.push(segment.words().to_owned());
            } else {
                sign.posts.push((segment.words().to_owned(), segment.span));
            }
        }
    }

    fn post(&mut self, is_mark: bool, segment: &Segment) {
        let owners = self.owners(segment);
        // A post belongs to whoever confirms, not to the person that reports; a deputy's to the block that says KT. and
        // has none yet.
        let confirming = |at: &usize| self.signs.get(*at).is_some_and(|sign| sign.id != "reporter");
        let open = |at: &usize| {
            self.signs.get(*at).is_some_and(|sign| {
                sign.marks.last().is_some_and(|mark| mark.starts_with("kt") || mark.starts_with("k/t"))
                    && sign.posts.is_empty()
            })
        };
        let deputy = !is_mark && segment.words().starts_with("phó ");
        let chosen = owners
            .iter()
            .copied()
            .find(|at| deputy && confirming(at) && open(at))
            .or_else(|| owners.iter().copied().find(|at| confirming(at)))
            .or_else(|| owners.first().copied());
        if let Some(sign) = chosen {
            self.post_of(sign, is_mark, segment);
        }
    }

    fn name(&mut self, segment: &Segment, names: &[&Segment]) {
        self.open = true;
        let owners = self.owners(segment);
        let free: Vec<usize> =
            owners.iter().copied().filter(|at| self.signs.get(*at).is_some_and(|sign| sign.name.is_none())).collect();
        let is_owner = self.owner.as_deref() == Some(segment.words());
        let reporter = free.iter().copied().find(|at| self.signs.get(*at).is_some_and(|sign| sign.id == "reporter"));
        let others: Vec<usize> = free.iter().copied().filter(|at| Some(*at) != reporter).collect();
        let place = names.iter().position(|name| std::ptr::eq(*name, segment)).unwrap_or(0);
        let (chosen, sure) = if free.len() <= 1 {
            (free.first().copied(), true)
        } else if names.len() == owners.len() {
            (owners.get(place).copied(), true)
        } else if is_owner && reporter.is_some() {
            (reporter, true)
        } else {
            (others.first().copied().or_else(|| free.first().copied()), others.len() == 1 && reporter.is_some())
        };
        if let Some(sign) = chosen.and_then(|at| self.signs.get_mut(at)) {
            sign.name = Some((segment.text.clone(), segment.span));
            sign.sure = sure;
        }
    }
}

/// A name without the rank or degree in front of it.
pub(in crate::check) fn strip_rank<'t>(text: &'t str, folded: &str, words: &FormWords) -> &'t str {
    let Some(rank) = leading(folded, &words.ranks) else { return text };
    let count = rank.split(' ').count();
    let cut: usize = text.split_inclusive(' ').take(count).map(str::len).sum();
    let rest = text.get(cut..).unwrap_or(text).trim();
    if rest.is_empty() { text } else { rest }
}

/// The range of segments below the last section heading in which the bottom is looked for.
pub(in crate::check) fn bottom(sections: &[super::section::Section], title_end: usize, all: usize) -> Range<usize> {
    let start = sections.last().map_or(title_end, |section| section.body.start);
    start.min(all)..all
}
