//! Who: phrases that name a unit, a body or a group of people, and which of them governs an item.

use super::citation::one_line;
use super::knowledge::Knowledge;
use super::scan::Scan;
use crate::language::token::Kind;
use std::ops::Range;

/// A phrase that names an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Actor {
    pub tokens: Range<usize>,
    /// *mỗi*, *từng* stand in front.
    pub each: bool,
    /// It does something: a verb, a modal, a colon or a number follows, and no preposition makes it a complement.
    pub subject: bool,
    /// It receives something: *về*, *cho*, *tới*, *gửi* stand in front.
    pub receiver: bool,
}

impl Actor {
    /// The words, on one line.
    pub fn text(&self, scan: &Scan) -> String {
        one_line(scan.text(self.tokens.clone()))
    }

    /// Of what each: the words without *mỗi*.
    pub fn per(&self, scan: &Scan) -> Option<String> {
        self.each.then(|| one_line(scan.text(self.tokens.start + 1..self.tokens.end)))
    }
}

/// Actors that begin in a range of tokens; `actors` stand from left to right.
pub(super) fn within(actors: &[Actor], range: Range<usize>) -> &[Actor] {
    let from = actors.partition_point(|a| a.tokens.start < range.start);
    let to = actors.partition_point(|a| a.tokens.start < range.end).max(from);
    actors.get(from..to).unwrap_or_default()
}

/// All actors of a block, from left to right.
pub(super) fn find(scan: &Scan, knowledge: &Knowledge) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        match actor_at(scan, knowledge, at) {
            Some(actor) => {
                at = actor.tokens.end.max(at + 1);
                found.push(actor);
            }
            None => at += 1,
        }
    }
    found
}

fn actor_at(scan: &Scan, knowledge: &Knowledge, at: usize) -> Option<Actor> {
    let words = &knowledge.words;
    let lists = &knowledge.lists;
    let first = scan.tokens.get(at)?;
    let each = first.sym == words.moi || first.sym == words.tung;
    let plural = first.sym == words.cac;
    if !each && !plural && scan.phrase(at, lists.actor_head).is_none() {
        return None;
    }
    if first.kind != Kind::Word || scan.quoted.get(at).copied().unwrap_or(false) {
        return None;
    }
    let head_at = if each || plural { at + 1 } else { at };
    let head_end = match scan.phrase(head_at, lists.actor_head) {
        // *tổ* in *tổ chức* begins a verb, not an actor.
        Some(end) if each || plural || scan.phrase(at, lists.verb).is_none_or(|verb| verb <= end) => end,
        // *mỗi* makes an actor of any noun.
        _ if each && !is_rhythm(scan, knowledge, at) && scan.phrase(head_at, lists.occasion).is_none() => scan
            .phrase(head_at, lists.countable)
            .or_else(|| scan.tokens.get(head_at).filter(|t| t.kind == Kind::Word).map(|_| head_at + 1))?,
        _ => return None,
    };
    let word = |i: Option<usize>| i.map_or("", |i| scan.word(i));
    let before = word(at.checked_sub(1));
    let two_before = word(at.checked_sub(2));
    // `…/đơn vị` is a suffix of what stands before.
    let end = if before == "/" {
        head_end
    } else {
        let end = extend(scan, knowledge, head_end);
        let end = to_verb(scan, knowledge, at, end).unwrap_or(end);
        trim(scan, knowledge, head_end, end)
    };
    let segment = scan.segment(at);
    let opens = at <= segment.start + 1;
    let scope = before == "với" && two_before == "đối";
    let receiver = scan.phrase_before(at, lists.receiver_after).is_some();
    let complement = receiver
        || (each && scan.phrase_before(at, lists.served).is_some())
        || ((before == "/" || scan.phrase_before(at, lists.complement_after).is_some()) && !scope)
        || (before == "nghị" && two_before == "đề" && at > segment.start + 3)
        || at > 0 && scan.tokens.get(at - 1).is_some_and(|t| t.kind == Kind::Digits);
    let named = scan.tokens.get(at..end).unwrap_or_default().iter().any(|t| t.capital);
    let counted = !each
        && !opens
        && !plural
        && !scope
        && !named
        && (scan.phrase(head_at, lists.actor_object).is_some() || scan.phrase(head_at, lists.actor_unit) == Some(end))
        && !matches!(before, "riêng" | ":");
    let acts = each
        || scan.tokens.get(end).is_none_or(|t| {
            matches!(t.kind, Kind::Digits | Kind::Mark(':' | '(' | ',' | '-'))
                || scan.number_at(end).is_some()
                || scan.phrase(end, lists.verb).is_some()
                || scan.phrase(end, lists.modal).is_some()
        });
    Some(Actor { tokens: at..end, each, subject: acts && !complement && !counted, receiver })
}

/// *mỗi năm*, *mỗi quý* say how often, not who.
fn is_rhythm(scan: &Scan, knowledge: &Knowledge, at: usize) -> bool {
    scan.nodes.at(at).any(|n| n.class == knowledge.classes.every)
}

/// Runs on over the name from the end of its head.
fn extend(scan: &Scan, knowledge: &Knowledge, from: usize) -> usize {
    let lists = &knowledge.lists;
    let mut end = from;
    while let Some(token) = scan.tokens.get(end) {
        if end - from > 40 {
            break;
        }
        match token.kind {
            Kind::Word | Kind::Mixed => {
                // Inside a proper name a small syllable goes with the capital before it (*Công an*, *Quân sự*).
                let compound = scan.tokens.get(end - 1).is_some_and(|t| t.capital && t.kind == Kind::Word && !t.upper)
                    && end - 1 > from.saturating_sub(2);
                let name_part = token.capital || compound || scan.phrase(end, lists.actor_part).is_some();
                let stops = !token.capital
                    && (scan.phrase(end, lists.verb).is_some_and(|e| !is_noun_use(scan, knowledge, end, e))
                        || scan.phrase(end, lists.modal).is_some());
                if stops || !name_part {
                    break;
                }
                end = scan.phrase(end, lists.actor_head).max(scan.phrase(end, lists.actor_part)).unwrap_or(end + 1);
            }
            Kind::Mark('/' | ',' | '-') => {
                let next = end + 1;
                let continues = scan.tokens.get(next).is_some_and(|t| {
                    t.kind == Kind::Word
                        && (scan.phrase(next, lists.actor_head).is_some()
                            || (t.capital && (!token.is(',') || t.upper))
                            || scan.phrase(next, lists.actor_part).is_some()
                                && scan.phrase(next, lists.verb).is_none()
                                && scan.phrase(next, lists.modal).is_none())
                });
                if !continues {
                    break;
                }
                end = next;
            }
            _ => break,
        }
    }
    end
}

/// Up to five more small syllables belong to the name when a verb follows them (*các cơ quan báo chí … được giới
/// thiệu*).
fn to_verb(scan: &Scan, knowledge: &Knowledge, begin: usize, from: usize) -> Option<usize> {
    let lists = &knowledge.lists;
    let acts = |at: usize| scan.phrase(at, lists.verb).is_some() || scan.phrase(at, lists.modal).is_some();
    let plain = |at: usize| {
        scan.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital)
            && scan.phrase(at, lists.unit_stop).is_none()
    };
    // `Tổ truyền thông cộng đồng: …` opens an entry.
    let told = |at: usize| begin <= 1 && scan.is_mark(at, ':');
    (from + 1..=from + 5).find(|&end| (from..end).all(|at| plain(at) && !acts(at)) && (acts(end) || told(end)))
}

/// *thi đua* in *khối thi đua*, *tổ chức* in *các tổ chức*: a verb's form that is part of a name.
fn is_noun_use(scan: &Scan, knowledge: &Knowledge, at: usize, end: usize) -> bool {
    let lists = &knowledge.lists;
    let before_is_each = at > 0 && (scan.sym(at - 1) == knowledge.words.cac || scan.sym(at - 1) == knowledge.words.moi);
    before_is_each
        || (scan.phrase(at, lists.actor_part).is_some_and(|e| e >= end)
            && scan.phrase(end, lists.verb).is_some()
            && scan.text(at..end) != "tổ chức")
}

/// Drops connectors from the end.
fn trim(scan: &Scan, knowledge: &Knowledge, head_end: usize, mut end: usize) -> usize {
    let words = &knowledge.words;
    while end > head_end {
        let last = end - 1;
        let sym = scan.sym(last);
        let connector = scan.tokens.get(last).is_some_and(|t| matches!(t.kind, Kind::Mark(_)))
            || sym == words.va
            || sym == words.hoac
            || sym == words.cac
            || sym == words.moi
            || sym == words.voi
            || matches!(
                scan.tokens.get(last).map_or("", |t| t.text(&scan.block.text)),
                "cùng" | "nói" | "trên" | "chuyên" | "thường" | "thông" | "dự"
            );
        if !connector {
            break;
        }
        end = last;
    }
    end
}

/// The actor that governs an item at a token: *mỗi …* in its part of the sentence, else the last subject there, then
/// further to the left in the sentence.
pub(super) fn governing<'a>(actors: &'a [Actor], scan: &Scan, at: usize) -> Option<&'a Actor> {
    let segment = scan.segment(at);
    // What stands between brackets that have closed says nothing about what follows.
    let closed = |a: &Actor| {
        (a.tokens.end..at).find(|&i| scan.is_mark(i, '(') || scan.is_mark(i, ')')).is_some_and(|i| scan.is_mark(i, ')'))
    };
    let sentence = scan.sentence(at);
    let actors = within(actors, sentence.start.min(segment.start)..at);
    let singled_out = actors.iter().rev().find(|a| {
        a.tokens.start > segment.start && a.tokens.end <= at && !closed(a) && scan.word(a.tokens.start - 1) == "riêng"
    });
    if singled_out.is_some() {
        return singled_out;
    }
    let last_in = |range: Range<usize>| {
        let within = |a: &&Actor| a.subject && a.tokens.start >= range.start && a.tokens.end <= range.end && !closed(a);
        actors.iter().rev().find(|a| a.each && within(a)).or_else(|| actors.iter().rev().find(within))
    };
    let opening = || {
        actors.iter().find(|a| {
            a.subject
                && !closed(a)
                && a.tokens.start >= sentence.start
                && a.tokens.start <= sentence.start + 1
                && a.tokens.end <= at
        })
    };
    // `…, mỗi lớp 40 học viên; hoàn thành trước …`: *mỗi …* in the midst of an earlier part says nothing here.
    let earlier = || {
        let range = sentence.start..segment.start;
        let within =
            |a: &&Actor| a.subject && range.contains(&a.tokens.start) && a.tokens.end <= range.end && !closed(a);
        let first = actors.iter().find(within).map(|a| a.tokens.start);
        let counted = |a: &Actor| !scan.numbers_in(range.start..a.tokens.start).is_empty();
        actors.iter().rev().find(|a| within(a) && (!a.each || Some(a.tokens.start) == first && !counted(a)))
    };
    last_in(segment.start..at).or_else(opening).or_else(earlier)
}

/// The actor that a heading or a list entry puts over what stands below it (`2. Hội LHPN các xã, thị trấn`,
/// `- Cấp huyện:`).
pub(super) fn leading(actors: &[Actor], scan: &Scan) -> Option<String> {
    let first = actors.first()?;
    let colon = scan.tokens.iter().position(|t| t.is(':'));
    let short = scan.tokens.len() <= 40;
    let leads = first.tokens.start <= 3
        && !first.receiver
        && (colon.is_some_and(|c| c >= first.tokens.end && c <= first.tokens.end + 12)
            || (short && first.tokens.end == scan.tokens.len())
            || (short && scan.tokens.last().is_some_and(|t| t.is(':'))));
    leads.then(|| first.text(scan))
}

/// Whom the sentence that leads to the content asks (`… đề nghị các đơn vị thực hiện một số nội dung sau:`).
pub(super) fn asked(actors: &[Actor], scan: &Scan, knowledge: &Knowledge) -> Option<String> {
    if !scan.tokens.last().is_some_and(|t| t.is(':')) {
        return None;
    }
    let asks = |a: &&Actor| {
        scan.phrase_before(a.tokens.start, knowledge.lists.address)
            .is_some_and(|by| matches!(scan.word(by.start), "đề" | "yêu" | "giao"))
    };
    actors.iter().rev().find(asks).map(|a| a.text(scan))
}
