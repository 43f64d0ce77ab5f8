//! The administrative header with title and subject, wherever its columns went.

use super::issuer::{self, Issuer};
use super::label::{Kind, capitals};
use super::line::{self, Line};
use super::number::{date_line, number_line};
use super::title::{self, TypeLine};
use super::{Zone, set_zone};
use crate::model::{Block, DocumentInfo, Part, Span};
use crate::pack::{Lexicon, leading};
use std::cell::OnceCell;

/// Blocks in which a header is looked for.
const BLOCKS: usize = 60;
/// Characters of the longest line of a header; longer ones are running text.
const LONG: usize = 240;

/// Finds header, type and subject; returns the first block behind them.
pub fn find(
    blocks: &[Block],
    kinds: &[Option<Kind>],
    lexicon: &Lexicon,
    info: &mut DocumentInfo,
    zones: &mut [Zone],
) -> usize {
    let lines: Vec<Line> = blocks
        .iter()
        .zip(kinds)
        .take(BLOCKS)
        .filter(|(block, _)| matches!(block.part, Part::Body | Part::TextBox))
        .flat_map(|(block, kind)| line::of(block, *kind))
        .collect();
    let mut header = Header { lexicon, info, zones, left: Vec::new(), title: None, subject: Vec::new() };
    let mut end = header.scan(&lines, 0);
    if header.found_nothing()
        && let Some(start) = header.later_start(&lines)
    {
        // Something stands above the document: the menu of a web page, a note of the one who passed it on.
        header.left.clear();
        end = header.scan(&lines, start);
    }
    header.settle(&lines);
    end.map_or_else(|| blocks.len().min(BLOCKS), |line| line.block.id as usize)
}

struct Header<'a, 'l> {
    lexicon: &'a Lexicon,
    info: &'a mut DocumentInfo,
    zones: &'a mut [Zone],
    /// Candidates for the issuing bodies, as indices of lines.
    left: Vec<usize>,
    title: Option<(usize, TypeLine)>,
    subject: Vec<(&'l str, Span)>,
}

impl<'l> Header<'_, 'l> {
    /// Walks the lines; returns the first one that belongs to the body.
    fn scan<'s>(&mut self, lines: &'s [Line<'l>], start: usize) -> Option<&'s Line<'l>> {
        let mut at = start;
        while let Some(line) = lines.get(at) {
            if line.is_drawn() {
                self.mark(line, Zone::Header);
                at += 1;
                continue;
            }
            if let Some(next) = self.subject_of_letter(lines, at) {
                at = next;
                continue;
            }
            if line.words().starts_with("kính gửi") {
                return self.addressees(lines, at);
            }
            let loose = self.info.symbol.is_none() && self.left.is_empty() && self.subject.is_empty();
            if self.subject.is_empty()
                && line.kind.is_none()
                && let Some(found) = title::type_line(line, self.lexicon, loose)
            {
                let next = self.title(lines, at, found);
                return self.behind_title(lines, next);
            }
            if !self.header_line(line, at) {
                return Some(line);
            }
            self.mark(line, Zone::Header);
            at += 1;
        }
        None
    }

    fn found_nothing(&self) -> bool {
        self.title.is_none() && self.subject.is_empty() && self.info.spans.is_empty()
    }

    /// The first line further down that only a header has, with the lines in capitals above it.
    fn later_start(&self, lines: &[Line]) -> Option<usize> {
        let words = &self.lexicon.form;
        let tells = |line: &Line| {
            let length = line.text.chars().count();
            length <= LONG
                && (first_of(&words.emblems, &[], &line.folded().text).is_some()
                    || (line.kind.is_none() && number_line(line.text).is_some_and(|n| n.symbol.is_some()))
                    || (line.kind.is_none()
                        && length <= 40
                        && capitals(line.text)
                        && title::type_line(line, self.lexicon, false).is_some()))
        };
        let found = lines.iter().position(tells)?;
        let above =
            lines.get(..found)?.iter().rev().take(5).take_while(|line| capitals(line.text) && line.kind.is_none());
        Some(found - above.count())
    }

    fn mark(&mut self, line: &Line, zone: Zone) {
        set_zone(self.zones, line.block.id, zone);
    }

    /// Emblem, motto, number, date, or a line of the left column.
    fn header_line(&mut self, line: &Line<'l>, at: usize) -> bool {
        let words = &self.lexicon.form;
        if line.text.chars().count() > LONG || line.kind.is_some_and(|kind| !kind.is_bullet()) {
            return false;
        }
        let folded = line.folded().text.as_str();
        if let Some(found) = first_of(&words.emblems, &words.mottos, folded) {
            if folded.get(..found).is_some_and(|before| before.chars().any(char::is_alphanumeric)) {
                self.left.push(at);
            }
            return true;
        }
        if self.info.symbol.is_none()
            && self.info.number.is_none()
            && let Some(number) = number_line(line.text)
        {
            let read = line.text.get(..number.length).unwrap_or(line.text);
            let span = Span { end: line.start + read.chars().count() as u32, ..line.span() };
            self.info.spans.insert(if number.number.is_some() { "number" } else { "symbol" }, span);
            self.info.spans.insert("symbol", span);
            self.info.number = number.number;
            self.info.symbol = number.symbol;
            self.date(line, fold_offset(line, number.length));
            return true;
        }
        if self.date(line, 0) {
            return true;
        }
        let bare = line.words().trim_matches(['(', ')', ' ', '[', ']']);
        let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let stamp = words.stamps.iter().any(|stamp| stamp == bare);
        let before_number = self.info.symbol.is_none() && self.info.number.is_none();
        let named = leading(line.words(), &words.bodies).is_some() || leading(line.words(), &words.levels).is_some();
        let is_name =
            !stamp && line.column.is_none_or(|c| c == 0) && (capitals(line.text) || (named && self.left.is_empty()));
        if is_name && before_number && line.text.chars().count() <= 120 && !line.text.ends_with([':', ';']) {
            self.left.push(at);
            return true;
        }
        // Beside a header anything short may stand; below one, only what is known.
        stamp
            || line.column.is_some()
            || (is_name && self.info.spans.contains_key("symbol") && line.text.chars().count() <= 60)
    }

    fn date(&mut self, line: &Line, from: usize) -> bool {
        if self.info.spans.contains_key("date") {
            return false;
        }
        let Some(text) = line.folded().text.get(from..) else { return false };
        let Some(found) = date_line(text) else { return false };
        let (place, place_span) = line.part(from + found.place.start..from + found.place.end);
        if !place.is_empty() {
            self.info.place = Some(place.to_owned());
            self.info.spans.insert("place", place_span);
        }
        let (_, span) = line.part(from + found.when.start..from + found.when.end);
        self.info.spans.insert("date", span);
        self.info.date = found.date;
        true
    }

    /// `V/v …` of a công văn, under the number; returns the next line.
    fn subject_of_letter(&mut self, lines: &[Line<'l>], at: usize) -> Option<usize> {
        let line = lines.get(at)?;
        let words = line.words();
        let opens = words.starts_with("v/v") || (words.starts_with("về việc ") && self.info.symbol.is_some());
        if !opens || !self.subject.is_empty() {
            return None;
        }
        let mut next = at;
        while let Some(part) = lines.get(next) {
            if part.words().starts_with("kính gửi") {
                break;
            }
            let goes_on = next == at
                || (!part.gap
                    && part.table() == line.table()
                    && title::type_line(part, self.lexicon, false).is_none()
                    && !self.is_basis(part)
                    && part.kind.is_none());
            let beside = part.column.is_some() && part.column != line.column;
            if beside {
                // The right column of a flattened header stands between the lines of the subject.
                self.date(part, 0);
                self.mark(part, Zone::Header);
            } else if goes_on && date_line(&part.folded().text).is_none() && !part.is_drawn() {
                self.subject.push((part.text, part.span()));
                self.mark(part, Zone::Title);
            } else {
                break;
            }
            next += 1;
        }
        Some(next)
    }

    /// Type and subject; returns the index of the first line behind them.
    fn title(&mut self, lines: &[Line<'l>], at: usize, found: TypeLine) -> usize {
        let Some(line) = lines.get(at) else { return at };
        self.mark(line, Zone::Title);
        let (_, span) = line.part(found.name.clone());
        self.info.spans.insert("type", span);
        self.info.kind = Some(found.code.clone());
        let (rest, rest_span) = line.part(found.name.end..line.folded().text.len());
        let rest_trimmed = rest.trim_start_matches([':', ' ', '-', '–']);
        if rest_trimmed.chars().any(char::is_alphanumeric) {
            let skipped = (rest.chars().count() - rest_trimmed.chars().count()) as u32;
            self.subject.push((rest_trimmed, Span { start: rest_span.start + skipped, ..rest_span }));
        }
        self.title = Some((at, found));
        let mut next = at + 1;
        while let Some(part) = lines.get(next) {
            if part.is_drawn() {
                next += 1;
                // A rule ends the title.
                if !self.subject.is_empty() {
                    self.mark(part, Zone::Title);
                    break;
                }
                continue;
            }
            if !self.is_subject(part, lines.get(next - 1)) {
                break;
            }
            let session = self.subject.is_empty() && part.words().starts_with("hội nghị");
            self.mark(part, Zone::Title);
            if !session || lines.get(next + 1).is_none_or(|after| !after.words().starts_with("về ")) {
                self.subject.push((part.text, part.span()));
            }
            next += 1;
        }
        next
    }

    fn is_subject(&self, line: &Line, previous: Option<&Line>) -> bool {
        const SUBJECT: usize = 700;
        let words = line.words();
        let length = line.text.chars().count();
        if line.kind.is_some() || words.starts_with("kính gửi") || line.text.starts_with('(') || length > SUBJECT {
            return false;
        }
        if self.subject.is_empty() {
            // The subject itself may begin like a basis ("Thực hiện phong trào …"), but it ends no sentence.
            return !(words.starts_with("căn cứ") || line.text.ends_with([':', ';']) || self.is_authority(line))
                && (!line.text.ends_with('.') || (length <= LONG && !self.is_task(line)));
        }
        let known = self.subject.iter().map(|(text, _)| text.chars().count()).sum::<usize>();
        let opens_text = self.is_basis(line) && line.text.starts_with(char::is_uppercase);
        let closed = line.gap || opens_text || self.is_authority(line) || line.text.ends_with([':', ';', '.']);
        !closed
            && length <= 250
            && known + length <= SUBJECT
            && previous.is_none_or(|p| !p.text.ends_with('.') && p.block.hints.centred == line.block.hints.centred)
    }

    fn is_basis(&self, line: &Line) -> bool {
        leading(line.words(), &self.lexicon.form.basis).is_some()
    }

    /// The line in capitals that names who decides: `CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …`.
    fn is_authority(&self, line: &Line) -> bool {
        let words = &self.lexicon.form;
        capitals(line.text)
            && (leading(line.words(), &words.posts).is_some() || leading(line.words(), &words.bodies).is_some())
            && !line.words().starts_with("hội nghị")
            && line.text.chars().count() <= 120
    }

    /// `Các chi hội báo cáo về Hội xã trước ngày …`, in a paper without a subject.
    fn is_task(&self, line: &Line) -> bool {
        leading(line.words(), &self.lexicon.form.tasks).is_some()
    }

    fn behind_title<'s>(&mut self, lines: &'s [Line<'l>], next: usize) -> Option<&'s Line<'l>> {
        // A web page puts its own line (date, number of readers) in between.
        let addressed = (next..next + 3).find(|at| lines.get(*at).is_some_and(|l| l.words().starts_with("kính gửi")));
        let between = next..addressed.unwrap_or(next);
        if lines.get(between.clone()).is_some_and(|between| between.iter().all(|line| line.text.chars().count() < 100))
        {
            between.filter_map(|at| lines.get(at)).for_each(|line| self.mark(line, Zone::Title));
            return addressed.and_then(|at| self.addressees(lines, at)).or(lines.get(next));
        }
        lines.get(next)
    }

    /// `Kính gửi:` with the list behind it.
    fn addressees<'s>(&mut self, lines: &'s [Line<'l>], at: usize) -> Option<&'s Line<'l>> {
        let first = lines.get(at)?;
        self.mark(first, Zone::Title);
        let listed = first.words() == "kính gửi";
        let mut next = at + 1;
        while let Some(line) = lines.get(next) {
            let entry = line.kind.is_some_and(Kind::is_bullet)
                || (listed && next == at + 1)
                || line.block.id == first.block.id
                || (lines.get(next - 1).is_some_and(|p| p.text.ends_with(';')) && !self.is_basis(line) && !line.gap)
                || line.is_drawn();
            if !entry || line.kind.is_some_and(|kind| !kind.is_bullet()) || self.is_basis(line) {
                return Some(line);
            }
            self.mark(line, Zone::Title);
            next += 1;
        }
        None
    }

    /// Writes what was gathered into the info.
    fn settle(&mut self, lines: &[Line<'l>]) {
        if let Some((_, span)) = self.subject.first() {
            self.info.spans.insert("subject", *span);
            let joined = self.subject.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" ");
            self.info.subject = Some(joined.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let left: Vec<Line> =
            self.left.iter().filter_map(|at| lines.get(*at)).map(|l| self.without_emblem(l)).collect();
        let left: Vec<&Line> = left.iter().collect();
        if let Some(Issuer { name, parent, span, parent_span }) = issuer::from_header(&left, &self.lexicon.form) {
            self.info.issuer = Some(name);
            self.info.spans.insert("issuer", span);
            self.info.parent_issuer = parent;
            if let Some(span) = parent_span {
                self.info.spans.insert("parent_issuer", span);
            }
        }
        if self.info.kind.is_none() {
            self.info.kind = self.type_without_title(lines);
        }
    }

    /// A line in which the emblem follows the body's name without a gap.
    fn without_emblem(&self, line: &Line<'l>) -> Line<'l> {
        let folded = &line.folded().text;
        let words = &self.lexicon.form;
        let cut = first_of(&words.emblems, &words.mottos, folded);
        let Some(cut) = cut else { return line.clone() };
        let (text, _) = line.part(0..cut);
        Line { text, folded: OnceCell::new(), ..line.clone() }
    }

    /// A công văn names no type: `V/v`, `Kính gửi` or its symbol tell it. A file that lost its title keeps the type in
    /// the symbol.
    fn type_without_title(&self, lines: &[Line]) -> Option<String> {
        let by_symbol = self.info.symbol.as_deref().and_then(|symbol| {
            let code = symbol.split(['-', '/']).next()?;
            self.lexicon.doc_types.iter().find(|t| t.code == code || t.other_codes.iter().any(|c| c == code))
        });
        if let Some(doc_type) = by_symbol {
            return Some(doc_type.code.clone());
        }
        let letter = !self.subject.is_empty()
            || lines.iter().any(|line| line.words().starts_with("kính gửi"))
            || self.info.symbol.is_some();
        letter.then(|| "CV".to_owned())
    }
}

/// Where the first of these phrases stands in a text that does. Most lines are shorter than any of them.
fn first_of(phrases: &[String], others: &[String], text: &str) -> Option<usize> {
    let fits = |phrase: &&String| phrase.len() <= text.len();
    // On short lines this search prepares nothing, unlike that of the standard library.
    let find = |phrase: &String| memchr::memmem::find(text.as_bytes(), phrase.as_bytes());
    phrases.iter().chain(others).filter(fits).find_map(find)
}

/// Byte in the folded text for a byte in the line's own text, at a boundary between words.
fn fold_offset(line: &Line, byte: usize) -> usize {
    let chars = line.text.get(..byte).map_or(0, |read| read.chars().count()) as u32;
    let folded = line.folded();
    folded
        .text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| folded.original(*at..*at).start >= chars)
        .unwrap_or(folded.text.len())
}
