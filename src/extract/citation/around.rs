//! What stands around the number of a cited document: its date, its issuer, what it is about, the part of it that is meant.

use super::{Finder, one_line};
use crate::extract::time::Moment;
use crate::language::token::Kind;

impl Finder<'_, '_> {
    /// A full date from a token on: end and ISO form.
    pub(super) fn date_at(&self, at: usize) -> Option<(usize, String)> {
        let scan = self.scan;
        scan.nodes.at(at).filter(|n| n.class == self.knowledge.classes.t).find_map(|n| {
            match scan.moments.get(n.value as usize) {
                Some(Moment::Date(date)) => Some((n.end as usize, date.to_string())),
                _ => None,
            }
        })
    }

    pub(super) fn blank_date(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        let start = if scan.is_mark(at, ',') { at + 1 } else { at };
        if scan.sym(start) != self.knowledge.words.ngay {
            return None;
        }
        let blank = scan
            .tokens
            .get(start + 1)
            .is_some_and(|t| matches!(t.kind, Kind::Mark('…' | '.' | '/')) || t.sym == self.knowledge.words.thang);
        if !blank {
            return None;
        }
        let mut end = start + 1;
        while scan.tokens.get(end).is_some_and(|t| {
            matches!(t.kind, Kind::Mark('…' | '.' | '/') | Kind::Digits)
                || t.sym == self.knowledge.words.thang
                || t.sym == self.knowledge.words.nam
        }) && end < start + 24
        {
            end += 1;
        }
        Some(end)
    }

    /// `của <issuer>` from a token on: end and name.
    pub(super) fn issuer(&self, at: usize) -> Option<(usize, String)> {
        let scan = self.scan;
        let words = &self.knowledge.words;
        let mut start = at;
        if scan.is_mark(start, ')') || scan.is_mark(start, ',') {
            start += 1;
        }
        if scan.sym(start) != words.cua {
            return None;
        }
        start += 1;
        let mut end = start;
        while let Some(token) = scan.tokens.get(end) {
            let text = token.text(&scan.block.text);
            let stop = matches!(token.kind, Kind::Mark(',' | ';' | '.' | '(' | ')' | ':' | '"') | Kind::Break)
                || token.sym == words.ve
                || matches!(text, "v" | "V")
                || (text == "và"
                    && scan.tokens.get(end + 1).is_some_and(|t| self.type_name(end + 1).is_some() && t.capital))
                || (token.kind == Kind::Word && !token.capital && end > start && self.opens_subject(end));
            if stop || end - start > 24 {
                break;
            }
            end += 1;
        }
        (end > start).then(|| (end, one_line(scan.text(start..end))))
    }

    /// Words that begin what a document is about.
    pub(super) fn opens_subject(&self, at: usize) -> bool {
        let scan = self.scan;
        scan.phrase(at, self.knowledge.lists.subject_opener).is_some() || scan.quoted.get(at).copied().unwrap_or(false)
    }

    /// What a document is about, from a token on: end and text.
    pub(super) fn subject(&self, at: usize) -> Option<(usize, String)> {
        let scan = self.scan;
        let words = &self.knowledge.words;
        let mut start = at;
        if scan.is_mark(start, ',') {
            start += 1;
        }
        let text = |i: usize| scan.tokens.get(i).map_or("", |t| t.text(&scan.block.text));
        if scan.sym(start) == words.ve {
            start += 1;
            if scan.sym(start) == words.viec {
                start += 1;
            }
        } else if text(start).eq_ignore_ascii_case("v") && scan.is_mark(start + 1, '/') {
            start += 3;
        } else if !self.opens_subject(start) {
            return None;
        }
        let limit = scan.segment(start.min(scan.tokens.len().saturating_sub(1))).end;
        if scan.is_mark(start, '"') {
            let close = (start + 1..limit).find(|&i| scan.is_mark(i, '"'))?;
            return Some((close + 1, one_line(scan.text(start + 1..close))));
        }
        let end = (start..limit).find(|&i| {
            let comma = scan.is_mark(i, ',');
            // `…, Ban Thường vụ … hướng dẫn như sau:` is this paper's own business.
            let own = comma
                && scan.tokens.get(i + 1).is_some_and(|t| t.capital)
                && scan.phrase(i + 1, self.knowledge.lists.actor_head).is_some();
            scan.is_mark(i, '.')
                || scan.is_mark(i, ':')
                || scan.is_mark(i, ')')
                || own
                || (comma && self.type_name(i + 1).is_some())
        });
        let end = end.unwrap_or(limit);
        (end > start).then(|| (end, one_line(scan.text(start..end))))
    }

    /// `đề nghị của <issuer> tại Tờ trình số …`.
    pub(super) fn proposer(&self, at: usize) -> Option<String> {
        let scan = self.scan;
        let words = &self.knowledge.words;
        if at == 0 || scan.sym(at - 1) != words.tai {
            return None;
        }
        let sentence = scan.sentence(at);
        let cua = (sentence.start..at).rev().find(|&i| scan.sym(i) == words.cua)?;
        let proposal = cua >= 2 && scan.sym(cua - 1) == words.nghi && scan.sym(cua - 2) == words.de;
        proposal.then(|| one_line(scan.text(cua + 1..at - 1)))
    }

    /// `điểm c khoản 2 Điều 20` in front of the citation.
    pub(super) fn pinpoint(&self, at: usize) -> Option<String> {
        let scan = self.scan;
        let words = &self.knowledge.words;
        let segment = scan.segment(at);
        let article = (segment.start.max(at.saturating_sub(28))..at)
            .rev()
            .find(|&i| scan.sym(i) == words.dieu && scan.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Digits))?;
        let mut start = article;
        loop {
            let step = (start.saturating_sub(3)..start).find(|&i| {
                let sym = scan.sym(i);
                (sym == words.khoan || sym == words.diem) && start - i >= 2
            });
            match step {
                Some(earlier) => start = earlier,
                None => break,
            }
        }
        Some(one_line(scan.text(start..article + 2)))
    }
}
