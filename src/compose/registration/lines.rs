//! What a returned form says outside its tables: unit, date, total, signature, and what does not belong to the form.

use super::cell::is_blank;
use super::grid::Grid;
use super::read::{FormReader, Found, Returned, Stated, Unread, UnreadKind, to_u32, written};
use crate::language::fold::{Folded, fold};
use crate::language::letter;
use crate::model::{Block, Document, Part, Span};
use crate::pack::{RegistrationForm, leading};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// The longest line that can be a date line or a signature.
const SHORT: usize = 90;

pub(super) struct Lines<'r, 'a> {
    pub reader: &'r FormReader<'a>,
    pub document: &'r Document,
    pub form: Option<&'r RegistrationForm>,
    pub grids: &'r [Grid],
    pub tables: &'r [Found<'r, 'r>],
}

/// One line of a block, with the block.
struct Line<'d> {
    block: &'d Block,
    text: &'d str,
    /// First character in the block.
    start: u32,
    folded: Folded,
}

impl Line<'_> {
    fn span(&self) -> Span {
        Span { block: self.block.id, start: self.start, end: self.start + to_u32(self.text.chars().count()) }
    }

    fn words(&self) -> &str {
        self.folded.text.trim().trim_start_matches(['-', '+', '*', ' '])
    }

    /// The original text of a range of the folded one.
    fn original(&self, range: Range<usize>) -> String {
        let range = self.folded.original(range);
        self.text.chars().skip(range.start as usize).take((range.end - range.start) as usize).collect()
    }
}

fn lines(block: &Block) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut out = Vec::new();
    for text in block.text.split('\n') {
        out.push(Line { block, text, start, folded: Folded::new(text) });
        start += to_u32(text.chars().count()) + 1;
    }
    out
}

impl Lines<'_, '_> {
    pub fn read(&self, returned: &mut Returned) {
        let first = self.tables.first().map(|table| table.grid.blocks.start);
        let last = self.tables.last().map_or(0, |table| table.grid.blocks.end);
        let mut titled = false;
        let mut signing = false;
        let mut foreign_tables = BTreeSet::new();
        for block in self.document.blocks.iter().filter(|block| matches!(block.part, Part::Body | Part::TextBox)) {
            if self.in_table(block.id) {
                continue;
            }
            let above = first.is_some_and(|first| block.id < first);
            let below = first.is_some() && block.id >= last;
            // Another table is said once and signed by nobody.
            if let Some(cell) = block.cell.filter(|cell| self.is_foreign_table(cell.table)) {
                if first.is_some() && foreign_tables.insert(cell.table) {
                    returned.unread.push(self.foreign(block, cell.table));
                }
                continue;
            }
            for line in lines(block).iter().filter(|line| !is_blank(line.text) || line.text.contains('(')) {
                titled |= self.is_title(line);
                let known = self.fields(line, returned) | self.date(line, returned) | self.total(line, returned);
                let signs = below && self.signature(line, &mut signing, returned);
                let furniture = (above && !titled) || block.cell.is_some();
                if !(known || signs || furniture || signing && below)
                    && first.is_some()
                    && !self.is_frame(line, returned)
                {
                    returned.unread.push(Unread {
                        kind: UnreadKind::Outside,
                        row: None,
                        column: None,
                        text: line.text.trim().to_owned(),
                        span: line.span(),
                    });
                }
            }
        }
    }

    fn in_table(&self, block: u32) -> bool {
        self.tables.iter().any(|table| table.grid.blocks.contains(&block))
    }

    /// A table that is neither the form's nor a header or footer in columns.
    fn is_foreign_table(&self, table: u32) -> bool {
        self.grids.iter().any(|grid| grid.table == table && grid.columns >= 3 && grid.rows >= 2 && grid.cells.len() > 4)
    }

    /// What stands in the first row of a table that is not the form's.
    fn foreign(&self, first: &Block, table: u32) -> Unread {
        let head = |block: &&Block| block.cell.is_some_and(|cell| cell.table == table && cell.row == 0);
        let head = self.document.blocks.iter().filter(head).map(|block| block.text.trim());
        let span = Span { block: first.id, start: 0, end: to_u32(first.text.chars().count()) };
        let text = head.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ");
        Unread { kind: UnreadKind::Outside, row: None, column: None, text, span }
    }

    fn is_title(&self, line: &Line) -> bool {
        self.form.is_some_and(|form| form.titles.iter().any(|title| line.folded.text.contains(title.as_str())))
    }

    /// Text of the form itself.
    fn is_frame(&self, line: &Line, returned: &Returned) -> bool {
        let words = line.words();
        let Some(form) = self.form else { return false };
        let label = line.block.label.as_deref().map(fold).unwrap_or_default();
        let drive = |drive: &str| fold(drive).contains(words.trim_matches(['"', ' ', '.']));
        self.is_title(line)
            || leading(words, &form.frame).is_some()
            || form.frame.contains(&label)
            || words.starts_with('(')
            || self.reader.drive.as_deref().is_some_and(drive)
            || returned.fields.get("dot").is_some_and(|dot| drive(dot))
    }

    /// Values behind labels: `Đơn vị: …; Hạn gửi: …`.
    fn fields(&self, line: &Line, returned: &mut Returned) -> bool {
        let Some(form) = self.form else { return false };
        let text = line.folded.text.as_str();
        let mut found: Vec<(Range<usize>, usize, &str)> = Vec::new();
        for field in &form.fields {
            for label in &field.labels {
                let label = fold(label);
                for (at, _) in text.match_indices(label.as_str()) {
                    let end = at + label.len();
                    let Some(colon) = colon_behind(text, end) else { continue };
                    let starts_word = text.get(..at).is_none_or(|before| !before.ends_with(letter::is_word));
                    if starts_word && !found.iter().any(|(known, ..)| known.start < end && at < known.end) {
                        found.push((at..end, colon, field.key.as_str()));
                    }
                }
            }
        }
        found.sort_by_key(|(range, ..)| range.start);
        let ends: Vec<usize> = found.iter().skip(1).map(|(range, ..)| range.start).chain([text.len()]).collect();
        for ((_, colon, key), end) in found.iter().zip(ends) {
            let value = line.original(colon + 1..end.max(colon + 1));
            if let Some(value) = written(&value) {
                returned.fields.entry((*key).to_owned()).or_insert(value);
            }
        }
        !found.is_empty()
    }

    /// `Bình An, ngày 05 tháng 11 năm 2021`; with blanks it belongs to the form all the same.
    fn date(&self, line: &Line, returned: &mut Returned) -> bool {
        let words = line.words();
        if words.chars().count() > SHORT || !(words.contains("ngày") || words.contains(',')) {
            return false;
        }
        let (place, day) = match words.rsplit_once(", ngày").or_else(|| words.rsplit_once(',')) {
            Some((place, day)) => (place, day),
            None if words.starts_with("ngày") => ("", words),
            None => return false,
        };
        let date_words = ["ngày", "tháng", "năm", "ngay", "thang", "nam"];
        let only_date = day
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| date_words.contains(&word));
        let shaped = words.contains("ngày") || day.chars().any(|c| c.is_ascii_digit());
        if !only_date || !shaped || place.chars().any(|c| c.is_ascii_digit() && place.len() > 40) {
            return false;
        }
        if returned.date.is_none()
            && let Some(date) = full_date(day)
        {
            returned.date = Some(date);
            returned.date_span = Some(line.span());
        }
        true
    }

    /// `Tổng số: 05 công trình, phần việc`; `… đăng ký thực hiện 05 công trình …`.
    fn total(&self, line: &Line, returned: &mut Returned) -> bool {
        // A letter that comes with a form counts works and tasks, too.
        let letter = || self.reader.forms.form(crate::pack::RegistrationKind::CongTrinh);
        let Some(form) = self.form.or_else(letter).filter(|form| !form.counted.is_empty()) else { return false };
        let words = line.words();
        let begins = leading(words, &self.reader.forms.totals).is_some();
        let drive = self.reader.drive.as_deref().map(fold);
        let quoted = |at: usize| {
            words.get(..at).is_some_and(|before| before.matches('"').count() % 2 == 1)
                || drive.as_ref().is_some_and(|drive| {
                    words.match_indices(drive.as_str()).any(|(start, _)| (start..start + drive.len()).contains(&at))
                })
        };
        let promised = words.find("đăng kí").filter(|_| !begins);
        if !begins && promised.is_none() {
            return false;
        }
        let from = promised.map_or(0, |at| at + "đăng kí".len());
        let mut hit = None;
        for counted in &form.counted {
            for (at, _) in words.match_indices(counted.as_str()).filter(|(at, _)| *at > from && !quoted(*at)) {
                let before = words.get(from..at).unwrap_or_default();
                let number = number_at_end(before);
                if let Some(value) = number.and_then(|number| self.reader.cells.count(number).value())
                    && hit.is_none_or(|(known, _)| at < known)
                    && !bounded(before)
                {
                    hit = Some((at, value));
                }
            }
        }
        if hit.is_none() && begins {
            let value = words.split_once(':').and_then(|(_, rest)| self.reader.cells.count(rest).value());
            hit = value.map(|value| (0, value));
        }
        if let Some((_, value)) = hit {
            returned.stated.push(Stated { value, text: line.text.trim().to_owned(), span: line.span() });
        }
        begins || hit.is_some()
    }

    /// A line of the signature; a name below a post or a remark is the one who signs.
    fn signature(&self, line: &Line, signing: &mut bool, returned: &mut Returned) -> bool {
        let words = &self.reader.pack.lexicon.form;
        let text = line.text.trim();
        let folded = line.words();
        if text.chars().count() > SHORT {
            return false;
        }
        let inner = folded.trim_matches(['(', ')', ' ']);
        let remark = text.starts_with('(') && (leading(inner, &words.remarks).is_some() || inner.starts_with("kí"));
        let capitals = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
        let post = leading(folded, &words.posts).is_some() && (capitals || text.chars().count() <= 30);
        let marked = ["tm.", "kt.", "tl.", "tuq.", "t/m"].iter().any(|mark| folded.starts_with(mark)) && capitals;
        let recipients = folded.starts_with("nơi nhận");
        let heading = remark || marked || recipients || (capitals && !*signing);
        if is_name(text, &words.surnames) && *signing {
            returned.signed_by.get_or_insert_with(|| text.to_owned());
            return true;
        }
        *signing |= heading || (*signing && post);
        heading || (*signing && post)
    }
}

/// The colon behind a label, with at most a bracket between them.
fn colon_behind(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let skipped = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    if rest.starts_with(':') {
        return Some(end + skipped);
    }
    let close = rest.strip_prefix('(')?.find(')')? + 2;
    let behind = rest.get(close..)?;
    let gap = behind.len() - behind.trim_start().len();
    behind.trim_start().starts_with(':').then_some(end + skipped + close + gap)
}

/// The last word or number of a text, perhaps in brackets.
fn number_at_end(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches([')', ']']).trim_end();
    let start = text.rfind([' ', ':', '(', '-']).map_or(0, |at| at + 1);
    let last = text.get(start..)?;
    (!last.is_empty()).then_some(last)
}

/// `ít nhất 06 …` is a bound and no count.
fn bounded(before: &str) -> bool {
    ["ít nhất", "tối thiểu", "tối đa", "không quá", "trở lên", "mỗi"].iter().any(|bound| before.contains(bound))
}

/// A day with its year, from the words behind the place.
fn full_date(text: &str) -> Option<Date> {
    let numbers: Vec<i16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [day, month, year] = numbers.as_slice() else { return None };
    let year = if *year < 100 { 2000 + year } else { *year };
    Date::new(year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()
}

/// Two to six words with capitals, the first a family name (perhaps behind a degree).
fn is_name(text: &str, surnames: &[String]) -> bool {
    let text = text.trim();
    if text.chars().count() > 50
        || text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | ',' | '(' | '/'))
    {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().filter(|word| !word.ends_with('.')).collect();
    (2..=6).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase))
        && words.first().is_some_and(|first| surnames.iter().any(|surname| *surname == fold(first)))
}
