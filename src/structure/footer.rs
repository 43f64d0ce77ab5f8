//! Signature and recipients: side by side, one below the other, or line by line mixed.
//!
//! Every line is known by what it says, so that it does not matter how the two columns were flattened.

use super::label::{Kind, capitals};
use super::line::{self, Line};
use super::recipients::Recipients;
use super::{Zone, set_zone};
use crate::language::fold::fold;
use crate::language::gaps;
use crate::model::{Block, DocumentInfo, Part, Signature, Span};
use crate::pack::{FormWords, leading};

/// Lines of a footer at most.
const LINES: usize = 90;
/// Characters of the longest line of a footer.
const LONG: usize = 260;

/// Places that look like the beginning of a footer and are tried at most.
const TRIED: usize = 500;

/// Finds the footer at or behind block `from`; returns the first block behind it.
pub fn find(
    blocks: &[Block],
    kinds: &[Option<Kind>],
    from: usize,
    words: &FormWords,
    info: &mut DocumentInfo,
    zones: &mut [Zone],
) -> Option<usize> {
    let mut at = from;
    let mut tried = 0;
    while at < blocks.len() && tried < TRIED {
        if zones.get(at) == Some(&Zone::Copy) || !may_open(&blocks[at]) {
            at += 1;
            continue;
        }
        tried += 1;
        let footer = Footer::read(blocks, kinds, zones, start(blocks, at, from, words), words);
        if footer.opened && footer.is_complete(blocks.len()) {
            return Some(footer.settle(info, zones));
        }
        at += 1;
    }
    let start = last_lines(blocks, from, zones, words)?;
    let footer = Footer::read(blocks, kinds, zones, start, words);
    footer.is_complete(blocks.len()).then(|| footer.settle(info, zones))
}

/// A cheap test that lets few blocks through.
fn may_open(block: &Block) -> bool {
    if block.text.len() > LONG * 3 || !matches!(block.part, Part::Body | Part::TextBox) {
        return false;
    }
    let opens = |line: &str| {
        let line = line.trim_start_matches(|c: char| !c.is_alphabetic());
        match line.chars().next() {
            Some('N' | 'n') => {
                line.get(1..).is_some_and(|rest| rest.starts_with(['ơ', 'Ơ']))
                    && line.len() < 400
                    && is_recipients(&fold(line))
            }
            Some('T' | 'K' | 'Q') => authority(line).is_some(),
            _ => false,
        }
    };
    if memchr::memchr(b'\n', block.text.as_bytes()).is_none() && !gaps::may_part(&block.text) {
        return opens(&block.text);
    }
    let holds_both = |line: &str| line.contains("   ") && line.contains("Nơi nhận:");
    block.text.split(['\n', '\t']).any(|line| opens(line) || holds_both(line))
}

/// `Nơi nhận:`, but not `Nơi nhận hồ sơ: …`.
fn is_recipients(folded: &str) -> bool {
    let folded = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    folded
        .strip_prefix("nơi nhận")
        .is_some_and(|rest| rest.trim_start_matches([' ', '*', '_']).chars().next().is_none_or(|c| c == ':'))
}

/// The signing mark in front of a line in capitals: `TM.`, `T/M`, `K/T`, `TUQ.`; returns what follows it.
fn authority(line: &str) -> Option<&str> {
    let marks = ["TM", "T/M", "T.M", "KT", "K/T", "K.T", "TL", "T/L", "T.L", "TUQ", "T/UQ", "Q"];
    let mark = marks.iter().filter(|mark| line.starts_with(**mark)).max_by_key(|mark| mark.len())?;
    let rest = line.get(mark.len()..)?;
    let behind = rest.trim_start_matches(['.', ' ', '\u{A0}']);
    let parted = rest.len() > behind.len() && (rest.starts_with('.') || mark.len() > 1);
    let short = line.chars().count() <= 120;
    (parted && short && behind.starts_with(char::is_uppercase) && (capitals(behind) || !mark.starts_with('Q')))
        .then_some(behind)
}

/// Goes back over the lines that belong to the same footer and stand above the one that gave it away.
fn start(blocks: &[Block], at: usize, floor: usize, words: &FormWords) -> usize {
    let mut start = at;
    while start > floor {
        let (Some(above), Some(block)) = (blocks.get(start - 1), blocks.get(start)) else { break };
        let same_table = above.cell.is_some() && above.cell.map(|c| c.table) == block.cell.map(|c| c.table);
        let folded = if above.text.len() <= 200 { fold(&above.text) } else { String::new() };
        let signs = above.label.is_none()
            && !folded.is_empty()
            && (authority(&above.text).is_some()
                || (capitals(&above.text) && leading(&folded, &words.posts).is_some() && above.cell.is_none()));
        if !(same_table || signs) || at - start > 40 {
            break;
        }
        start -= 1;
    }
    start
}

/// A post in capitals with a name below it, at the very end of a file without signing marks.
fn last_lines(blocks: &[Block], from: usize, zones: &[Zone], words: &FormWords) -> Option<usize> {
    let original = |at: &usize| zones.get(*at).is_some_and(|zone| !matches!(zone, Zone::Copy | Zone::Furniture));
    let last: Vec<usize> = (from..blocks.len()).rev().filter(original).take(6).collect();
    let name = last.first().and_then(|at| blocks.get(*at))?;
    if !is_name(&name.text, words) || name.label.is_some() {
        return None;
    }
    last.iter().skip(1).copied().find(|at| {
        blocks.get(*at).is_some_and(|block| {
            block.label.is_none()
                && block.text.chars().count() <= 60
                && capitals(&block.text)
                && leading(&fold(&block.text), &words.posts).is_some()
        })
    })
}

/// Two to six words, each with a capital and no other, perhaps behind a rank.
fn is_name(text: &str, words: &FormWords) -> bool {
    let text = text.trim();
    if text.len() > 80
        || text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | ',' | '(' | '/' | '"' | '“'))
    {
        return false;
    }
    let folded = fold(text);
    let rank = leading(&folded, &words.ranks).map_or(0, |rank| rank.split(' ').count());
    let name: Vec<&str> = text.split_whitespace().skip(rank).collect();
    (2..=6).contains(&name.len())
        && !text.ends_with('.')
        // *Đoàn* begins the name of a body and is a family name.
        && leading(&folded, &words.bodies)
            .is_none_or(|body| name.len() <= 4 && words.surnames.iter().any(|surname| surname == body))
        // `H'Liêng`, `Ma-Rin`: each part of a word has a capital of its own.
        && name.iter().flat_map(|word| word.split(['\'', '’', '-'])).filter(|part| !part.is_empty()).all(|word| {
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
        })
}

/// What was read of one footer.
struct Footer<'a> {
    words: &'a FormWords,
    /// A line that only a footer has was seen.
    opened: bool,
    authority: Vec<&'a str>,
    title: Vec<&'a str>,
    /// A second post line, of another office the signer holds, is not part of the title.
    title_closed: bool,
    name: Option<&'a str>,
    signature_span: Option<Span>,
    recipients: Recipients,
    recipients_span: Option<Span>,
    zones: Vec<(u32, Zone)>,
    end: usize,
}

impl<'a> Footer<'a> {
    fn read(blocks: &'a [Block], kinds: &[Option<Kind>], zones: &[Zone], start: usize, words: &'a FormWords) -> Self {
        let mut footer = Self {
            words,
            opened: false,
            authority: Vec::new(),
            title: Vec::new(),
            title_closed: false,
            name: None,
            signature_span: None,
            recipients: Recipients::default(),
            recipients_span: None,
            zones: Vec::new(),
            end: start,
        };
        let mut count = 0;
        'blocks: for (at, (block, kind)) in blocks.iter().zip(kinds).enumerate().skip(start) {
            if zones.get(at) == Some(&Zone::Copy) {
                break;
            }
            if matches!(block.part, Part::Body | Part::TextBox) {
                for line in line::of(block, *kind) {
                    count += 1;
                    if count > LINES || !footer.take(&line) {
                        break 'blocks;
                    }
                }
            }
            footer.end = at + 1;
        }
        footer
    }

    /// Takes a line in; `false` when it does not belong to the footer.
    fn take(&mut self, line: &Line<'a>) -> bool {
        if line.text.chars().count() > LONG {
            return false;
        }
        if line.text.starts_with('}')
            || (line.kind.is_some() && line.text.trim_start_matches(['-', '–', ' ']).starts_with('}'))
        {
            self.recipients.brace(line.text, self.words);
            return self.note(line, Zone::Recipients);
        }
        if line.is_drawn() {
            return true;
        }
        let folded = line.words();
        if line.kind.is_none() && is_recipients(&line.folded().text) {
            if self.recipients_span.is_some() {
                return false;
            }
            self.opened = true;
            self.recipients_span = Some(line.span());
            let rest = line.text.split_once(':').map_or("", |(_, rest)| rest.trim());
            if authority(rest).is_some() {
                self.authority.push(rest);
                self.signature_span.get_or_insert(line.span());
            } else {
                self.recipients.inline(rest, self.words);
            }
            return self.note(line, Zone::Recipients);
        }
        if line.kind.is_some_and(Kind::is_bullet) || line.text.starts_with(['-', '–', '+']) {
            if self.recipients_span.is_none() && line.block.cell.is_none() {
                return false;
            }
            self.recipients.entry(line.text, self.words);
            return self.note(line, Zone::Recipients);
        }
        if self.is_remark(folded) {
            return self.note(line, Zone::Signature);
        }
        let right = line.column.is_some_and(|column| column > 0);
        if authority(line.text).is_some() {
            self.opened = true;
            if self.name.is_none() {
                self.authority.push(line.text);
                self.signature_span.get_or_insert(line.span());
            }
            return self.note(line, Zone::Signature);
        }
        if line.kind.is_some() {
            return false;
        }
        if capitals(line.text) {
            return self.take_capitals(line, right);
        }
        let below_signature = !self.authority.is_empty() || !self.title.is_empty();
        if is_name(line.text, self.words) && (right || below_signature || self.recipients.ended()) {
            if self.name.is_some() {
                // A second name belongs to a second signature in another column, or to what follows.
                return line.column.is_some() && self.note(line, Zone::Signature);
            }
            self.name = Some(line.text);
            self.signature_span.get_or_insert(line.span());
            return self.note(line, Zone::Signature);
        }
        if self.name.is_none()
            && (right || line.column.is_none())
            && !self.authority.is_empty()
            && self.title.is_empty()
            && line.text.chars().count() <= 60
            && leading(folded, &self.words.posts).is_some()
        {
            self.title.push(line.text);
            return self.note(line, Zone::Signature);
        }
        // A second office that the signer holds, in small letters below the post.
        if self.name.is_none()
            && !self.title.is_empty()
            && (right || line.column.is_none())
            && line.text.chars().count() <= 80
            && leading(folded, &self.words.posts).is_some()
        {
            self.title_closed = true;
            return self.note(line, Zone::Signature);
        }
        if self.recipients_span.is_some()
            && !right
            && !self.recipients.is_empty()
            && (!line.gap || !self.recipients.ended())
        {
            if line.column.is_none() && self.recipients.ended() {
                // A remark below the list, where the signature is still to come.
                let waits = self.name.is_none() && self.title.is_empty() && line.text.chars().count() <= 120;
                return waits && self.note(line, Zone::Recipients);
            }
            self.recipients.continuation(line.text, self.words);
            return self.note(line, Zone::Recipients);
        }
        if self.recipients_span.is_some() && !right && self.recipients.is_empty() && line.text.chars().count() < 160 {
            self.recipients.entry(line.text, self.words);
            return self.note(line, Zone::Recipients);
        }
        right && self.note(line, Zone::Signature)
    }

    /// A line in capitals: a post, the rest of the authority, or a name.
    fn take_capitals(&mut self, line: &Line<'a>, right: bool) -> bool {
        let folded = line.words();
        let post = leading(folded, &self.words.posts).is_some();
        if self.name.is_some() {
            return right && self.note(line, Zone::Signature);
        }
        if !post && !right && leading(folded, &self.words.annexes).is_some() {
            return false;
        }
        self.signature_span.get_or_insert(line.span());
        if post {
            if self.title.is_empty() {
                self.title.push(line.text);
            } else {
                self.title_closed = true;
            }
        } else if !self.title.is_empty() && !self.title_closed {
            let count = line.text.split_whitespace().count();
            let ends_line = self.recipients_span.is_none() || right || line.gap;
            let is_body =
                leading(folded, &self.words.bodies).is_some() || leading(folded, &self.words.levels).is_some();
            if (2..=5).contains(&count) && !is_body && ends_line && !folded.contains(" và ") {
                self.name = Some(line.text);
            } else {
                self.title.push(line.text);
            }
        } else if !self.authority.is_empty() {
            self.authority.push(line.text);
        } else {
            return line.column.is_some() && self.note(line, Zone::Signature);
        }
        self.note(line, Zone::Signature)
    }

    fn is_remark(&self, folded: &str) -> bool {
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        self.words.remarks.iter().any(|remark| remark == bare)
    }

    fn note(&mut self, line: &Line, zone: Zone) -> bool {
        self.zones.push((line.block.id, zone));
        true
    }

    /// Enough was found to call it a footer and not a form in the middle of the text.
    fn is_complete(&self, count: usize) -> bool {
        let at_end = self.end >= count && (!self.authority.is_empty() || !self.recipients.is_empty());
        self.name.is_some() || self.recipients.len() >= 2 || at_end
    }

    fn settle(self, info: &mut DocumentInfo, zones: &mut [Zone]) -> usize {
        let joined = |parts: &[&str]| {
            let text = parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some(text)
        };
        let signature = Signature {
            authority: joined(&self.authority),
            title: joined(&self.title),
            name: self.name.map(str::to_owned),
        };
        if signature != Signature::default() {
            info.signature = Some(signature);
        }
        if let Some(span) = self.signature_span {
            info.spans.insert("signature", span);
        }
        if let Some(span) = self.recipients_span {
            info.spans.insert("recipients", span);
        }
        info.recipients = self.recipients.finish();
        for (block, zone) in self.zones {
            set_zone(zones, block, zone);
        }
        self.end
    }
}
