//! Cited documents: by number (`Kế hoạch số 868/KH-ĐCT`), by type and date, and laws by name.

mod around;

use super::knowledge::Knowledge;
use super::scan::Scan;
use super::time::Moment;
use crate::language::token::Kind;
use crate::model::{Citation, Role};
use crate::structure::Zone;
use std::collections::BTreeSet;
use std::ops::Range;

/// A citation with the tokens that it covers; nothing inside them is a deadline or a quota.
pub(super) struct Cited {
    pub citation: Citation,
    pub tokens: Range<usize>,
}

/// What earlier blocks of the document say about later citations.
#[derive(Debug, Default)]
pub(super) struct Seen {
    codes: BTreeSet<(String, String)>,
    /// The opening's basis clause goes on in the next block (`Căn cứ …;` on lines of their own).
    pub basis_goes_on: bool,
    /// A labelled block of the body has come: no opening any more, with or without a header.
    body_begun: bool,
}

/// All citations of a block, from left to right.
pub(super) fn find(
    scan: &Scan,
    knowledge: &Knowledge,
    zone: Zone,
    own_code: Option<&str>,
    seen: &mut Seen,
) -> Vec<Cited> {
    let finder = Finder { scan, knowledge };
    let opening = zone == Zone::Opening || !seen.body_begun;
    let basis_block = opening && (seen.basis_goes_on || finder.opens_basis(0));
    seen.body_begun |= scan.block.label.is_some() && zone == Zone::Body;
    let mut found: Vec<Cited> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        let Some(mut cited) = finder.citation_at(at) else {
            at += 1;
            continue;
        };
        let own = cited.citation.code.is_some() && cited.citation.code.as_deref() == own_code;
        let after = cited.tokens.end.max(at + 1);
        if !own {
            let previous = found.last().map(|c| &c.tokens);
            cited.citation.role =
                if basis_block && finder.is_basis(&cited.tokens, previous) { Role::Basis } else { Role::Mention };
            let key = (
                cited.citation.kind.clone(),
                cited
                    .citation
                    .code
                    .clone()
                    .or_else(|| cited.citation.date.clone())
                    .or_else(|| cited.citation.subject.clone())
                    .unwrap_or_default(),
            );
            cited.citation.repeat = !seen.codes.insert(key);
            found.push(cited);
        }
        at = after;
    }
    if opening {
        seen.basis_goes_on = basis_block && scan.tokens.last().is_some_and(|t| t.is(';') || t.is(','));
    }
    found
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    knowledge: &'s Knowledge,
}

impl Finder<'_, '_> {
    /// `Căn cứ`, `Thực hiện`, `Tiếp tục thực hiện`, `Triển khai thực hiện`, `Theo`, `Để thực hiện`, `Xét`.
    fn opens_basis(&self, at: usize) -> bool {
        let words = &self.knowledge.words;
        (at..at + 4).any(|i| {
            let pair = (self.scan.sym(i), self.scan.sym(i + 1));
            pair == (words.can, words.cu) || pair == (words.thuc, words.hien)
        }) || self.scan.sym(at) == words.theo
    }

    fn citation_at(&self, at: usize) -> Option<Cited> {
        let scan = self.scan;
        let token = scan.tokens.get(at)?;
        if token.kind == Kind::Word {
            if let Some((type_end, code)) = self.type_name(at) {
                return self.numbered(at, type_end, code).or_else(|| self.unnumbered(at, type_end, code));
            }
            let words = &self.knowledge.words;
            // `văn bản số …`, or a bare `số 238/UBND-KGVX`.
            if token.sym == words.so
                && let Some((end, code)) = self.code(at + 1, true)
            {
                let kind = self.type_of_code(&code).unwrap_or("CV").to_owned();
                return Some(self.finish(at, kind, Some(code), end));
            }
            return None;
        }
        None
    }

    /// A type's name, the longest one: end and code of the type.
    fn type_name(&self, at: usize) -> Option<(usize, &str)> {
        let rest = self.scan.tokens.get(at..)?;
        if !self.knowledge.type_names.begin_with(rest.first()?.sym) {
            return None;
        }
        let mut best = None;
        self.knowledge.type_names.walk(rest, |cue, length| {
            if let Some(doc_type) = self.knowledge.doc_type(cue) {
                best = Some((at + length, doc_type.code.as_str()));
            }
        });
        best
    }

    /// Type and number.
    fn numbered(&self, at: usize, type_end: usize, kind: &str) -> Option<Cited> {
        let scan = self.scan;
        let words = &self.knowledge.words;
        let mut next = type_end;
        let mut said_number = false;
        // `Quyết định của Chủ tịch UBND tỉnh số …` is read by its number, wherever the issuer stands.
        if scan.sym(next) == words.so {
            next += 1;
            said_number = true;
        }
        while scan.is_mark(next, ':') {
            next += 1;
        }
        if let Some((end, code)) = self.code(next, said_number) {
            return Some(self.finish(at, kind.to_owned(), Some(code), end));
        }
        // `Chỉ thị 05`: a number alone.
        let number = scan.tokens.get(next)?;
        let short = number.kind == Kind::Digits
            && number.width() <= 4
            && scan.tokens.get(at).is_some_and(|t| t.capital)
            && matches!(kind, "CT" | "NQ" | "KL" | "QĐ" | "NĐ" | "TT" | "KH" | "HD")
            && !scan.is_mark(next + 1, '%')
            && !(scan.is_mark(next + 1, '/') && scan.tokens.get(next + 2).is_some_and(|t| t.kind == Kind::Digits))
            && (said_number || (number.width() <= 3 && self.ends_name(next + 1)));
        short.then(|| {
            let code = number.text(&scan.block.text).to_owned();
            self.finish(at, kind.to_owned(), Some(code), next + 1)
        })
    }

    fn ends_name(&self, at: usize) -> bool {
        self.scan.tokens.get(at).is_none_or(|t| {
            matches!(t.kind, Kind::Mark('.' | ',' | ';' | ')' | '"' | '-' | ':' | '('))
                || t.sym == self.knowledge.words.cua
                || t.sym == self.knowledge.words.ve
        }) || self.scan.quoted.get(at).copied().unwrap_or(false)
    }

    /// A number with its symbol from a token on: end and the code without blanks.
    fn code(&self, at: usize, said_number: bool) -> Option<(usize, String)> {
        let scan = self.scan;
        let text = &scan.block.text;
        let first = scan.tokens.get(at)?;
        let dots = matches!(first.kind, Kind::Mark('…' | '.'));
        if !(matches!(first.kind, Kind::Digits | Kind::Mixed) || dots && said_number) {
            return None;
        }
        let mut out = String::new();
        let mut end = at;
        if dots {
            while scan.tokens.get(end).is_some_and(|t| matches!(t.kind, Kind::Mark('…' | '.'))) {
                end += 1;
            }
        } else {
            if !first.text(text).starts_with(|c: char| c.is_ascii_digit()) || first.width() > 6 {
                return None;
            }
            out.push_str(first.text(text));
            end += 1;
        }
        let mut letters = false;
        while let Some(sign) = scan.tokens.get(end) {
            let glued = matches!(sign.kind, Kind::Mark('/' | '-'));
            let part_at = if glued { end + 1 } else { end };
            let Some(part) = scan.tokens.get(part_at) else { break };
            let word = part.text(text);
            let symbolic = match part.kind {
                Kind::Digits => glued && !sign.spaced && !part.spaced && part.width() == 4,
                Kind::Mixed => word.starts_with(char::is_uppercase) && (glued || said_number),
                Kind::Word => {
                    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
                    let symbol =
                        capitals >= 2 || word == "P" || matches!(word, "TTg" | "QyĐ" | "CTr" | "TTr" | "Q" | "Đ");
                    // `07 HD/ĐTN`, `181/Q Đ-TTg`: a blank where a mark belongs.
                    let blank = !glued
                        && ((end == at + 1
                            && said_number
                            && self.is_type_code(word)
                            && scan.is_mark(part_at + 1, '/'))
                            || (letters && word.starts_with('Đ') && out.ends_with('Q')));
                    symbol && (glued || blank)
                }
                _ => false,
            };
            if !symbolic {
                break;
            }
            if glued {
                out.push(if sign.is('/') { '/' } else { '-' });
            } else if !letters {
                out.push(' ');
            }
            out.push_str(word);
            letters |= part.kind != Kind::Digits;
            end = part_at + 1;
        }
        letters.then_some((end, out))
    }

    fn is_type_code(&self, word: &str) -> bool {
        self.knowledge.doc_types.iter().any(|t| t.code == word || t.other_codes.iter().any(|c| c == word))
    }

    /// The type that a symbol names (`KH` in `868/KH-ĐCT`).
    fn type_of_code(&self, code: &str) -> Option<&str> {
        code.split(['/', '-', ' ']).find_map(|part| {
            let known =
                self.knowledge.doc_types.iter().find(|t| t.code == part || t.other_codes.iter().any(|c| c == part))?;
            Some(known.code.as_str())
        })
    }

    /// Type and date, or a law by name.
    fn unnumbered(&self, at: usize, type_end: usize, kind: &str) -> Option<Cited> {
        let scan = self.scan;
        let capital = scan.tokens.get(at).is_some_and(|t| t.capital);
        if !capital {
            return None;
        }
        let law = matches!(kind, "Luật" | "PL");
        // *Luật pháp*, *luật sư* name no law.
        if law && matches!(scan.word(type_end), "pháp" | "lệ" | "sư" | "gia") {
            return None;
        }
        let words = &self.knowledge.words;
        let limit = (type_end + 40).min(scan.sentence(at).end);
        let mut end = type_end;
        while end < limit {
            let Some(token) = scan.tokens.get(end) else { break };
            if token.sym == words.so && self.code(end + 1, true).is_some() {
                // The number comes after the name: `Luật Thi đua, khen thưởng số 06/2022/QH15`.
                let (code_end, code) = self.code(end + 1, true)?;
                if end - type_end > 14 && !law {
                    return None;
                }
                let mut cited = self.finish(at, kind.to_owned(), Some(code), code_end);
                cited.citation.subject = law.then(|| one_line(scan.text(at..end)));
                return Some(cited);
            }
            if scan.phrase(end, self.knowledge.lists.not_cited).is_some() && !law {
                return None;
            }
            if self.date_at(end).is_some() && token.sym == words.ngay {
                if end - type_end > 24 {
                    return None;
                }
                let (date_end, date) = self.date_at(end)?;
                let mut cited = self.finish(at, kind.to_owned(), None, end);
                cited.citation.date = Some(date);
                cited.tokens = at..date_end;
                cited.citation.text = scan.text(at..date_end).to_owned();
                cited.citation.span = scan.span(at..date_end);
                let subject = one_line(scan.text(at..end));
                cited.citation.subject = (end > type_end).then_some(subject);
                cited.citation.issuer = if law { None } else { self.issuer(date_end).map(|(_, issuer)| issuer) };
                return Some(cited);
            }
            let stop = match token.kind {
                Kind::Mark(';' | '.' | ':' | '(' | ')' | '"') | Kind::Break => true,
                Kind::Mark(',') => {
                    // A comma belongs to the name of a law (`Luật Thi đua, khen thưởng`), not to that of another paper.
                    !law || !self.law_goes_on(end + 1)
                }
                _ => {
                    end > type_end
                        && (self.type_name(end).is_some()
                            && (!law || scan.sym(end.saturating_sub(1)) != words.cua)
                            && token.capital
                            || law && self.law_stops(end))
                }
            };
            if stop {
                break;
            }
            end += 1;
        }
        if !law || end <= type_end + 1 {
            return None;
        }
        let year =
            (scan.sym(end) == words.nam && scan.tokens.get(end + 1).is_some_and(|t| t.width() == 4)).then_some(end + 2);
        let name_end = year.unwrap_or(end);
        let mut cited = self.finish(at, kind.to_owned(), None, name_end);
        cited.citation.subject = Some(one_line(scan.text(at..name_end)));
        cited.citation.issuer = None;
        cited.tokens = at..name_end;
        cited.citation.text = scan.text(at..name_end).to_owned();
        cited.citation.span = scan.span(at..name_end);
        Some(cited)
    }

    /// After a comma inside the name of a law, small letters go on with the name.
    fn law_goes_on(&self, at: usize) -> bool {
        let scan = self.scan;
        let word = |i: usize| scan.word(i);
        matches!(
            (word(at), word(at + 1)),
            ("khen", "thưởng") | ("bổ", "sung") | ("trẻ", "em") | ("chống", _) | ("cán", "bộ")
        )
    }

    fn law_stops(&self, at: usize) -> bool {
        let scan = self.scan;
        let and = scan.sym(at) == self.knowledge.words.va;
        let goes_on = and && scan.tokens.get(at + 1).is_some_and(|t| t.capital && self.type_name(at + 1).is_none());
        scan.phrase(at, self.knowledge.lists.law_end).is_some() || and && !goes_on
    }

    /// Date, issuer and subject behind a number.
    fn finish(&self, at: usize, kind: String, code: Option<String>, code_end: usize) -> Cited {
        let scan = self.scan;
        let mut end = code_end;
        let mut date = None;
        for probe in code_end..code_end + 4 {
            if let Some((date_end, iso)) = self.date_at(probe) {
                date = Some(iso);
                end = date_end;
                break;
            }
            let skip = scan.tokens.get(probe).is_some_and(|t| {
                matches!(t.kind, Kind::Mark(',' | '('))
                    || matches!(t.text(&scan.block.text), "ban" | "hành" | "ký" | "đề")
            });
            if !skip {
                break;
            }
        }
        if date.is_none() {
            // A blank date of a draft (`ngày …/…/2026`) belongs to the citation all the same.
            end = self.blank_date(code_end).unwrap_or(code_end);
        }
        let (issuer_end, issuer) = self.issuer(end).map_or((end, None), |(e, issuer)| (e, Some(issuer)));
        let subject = self.subject(issuer_end);
        // `về “…” của X`: the issuer may stand behind the subject.
        let issuer = issuer.or_else(|| {
            let (subject_end, _) = subject.as_ref()?;
            self.issuer(*subject_end).map(|(_, issuer)| issuer)
        });
        let issuer = issuer.or_else(|| self.proposer(at));
        let citation = Citation {
            text: scan.text(at..end).to_owned(),
            kind,
            code,
            date,
            issuer,
            subject: subject.map(|(_, subject)| subject),
            role: Role::Mention,
            pinpoint: self.pinpoint(at),
            repeat: false,
            span: scan.span(at..end),
            by: "citation".to_owned(),
        };
        Cited { citation, tokens: at..end }
    }

    /// Whether a citation of a basis block is a basis itself, and not named in the title of another.
    fn is_basis(&self, tokens: &Range<usize>, previous: Option<&Range<usize>>) -> bool {
        let scan = self.scan;
        let words = &self.knowledge.words;
        let segment = scan.segment(tokens.start);
        let from = previous.map_or(segment.start, |p| p.end.max(segment.start));
        // Behind `theo đề nghị của …` and `tại` stands a mention.
        let proposal = (segment.start..tokens.start)
            .any(|i| scan.sym(i) == words.de && scan.sym(i + 1) == words.nghi && scan.sym(i + 2) == words.cua);
        if proposal {
            return false;
        }
        let nested_before = previous.is_some_and(|p| p.start >= segment.start);
        if !nested_before {
            // The first of its segment: basis unless the sentence has long gone over to its own business.
            let sentence = scan.sentence(tokens.start);
            let opened = (segment.start..tokens.start).take(6).any(|i| self.opens_basis(i))
                || segment.start > sentence.start
                || segment.start == tokens.start;
            let business =
                (segment.start..tokens.start).any(|i| scan.is_mark(i, ',')) && tokens.start - segment.start > 25;
            return (opened || tokens.start - segment.start <= 8) && !business;
        }
        let comma = tokens.start > 0 && scan.is_mark(tokens.start - 1, ',');
        let subject_opened = (from..tokens.start).any(|i| scan.sym(i) == words.ve || self.opens_subject(i));
        // A subject between quotation marks has ended before what follows it.
        let subject_closed = (from..tokens.start).rev().take(16).any(|i| scan.is_mark(i, '"'))
            && !scan.quoted.get(tokens.start).copied().unwrap_or(false);
        // `… và Kế hoạch số 16/KH-… ngày …`: dated in full, so a paper of its own; a decree's title names laws.
        let dated = tokens.start > 0
            && scan.sym(tokens.start - 1) == words.va
            && (tokens.end.saturating_sub(5)..tokens.end).flat_map(|i| scan.nodes.at(i)).any(|n| {
                matches!(scan.moments.get(n.value as usize), Some(Moment::Date(_)))
                    && n.class == self.knowledge.classes.t
            });
        comma || !subject_opened || subject_closed || dated
    }
}

/// Whether single spaces are the only blanks, and stand between words. A text that may hold another is said not to.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Control characters, first bytes of the other blanks in Unicode, and one that U+1680 alone has behind its first.
    // Neither look stops early, so that each takes many bytes at once.
    let other = |byte: u8| byte < b' ' || matches!(byte, 0xC2 | 0xE2 | 0xE3 | 0x9A);
    let has_other = bytes.iter().fold(false, |any, byte| any | other(*byte));
    let has_run = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |any, (a, b)| any | (*a == b' ' && *b == b' '));
    !has_other && !has_run && bytes.first() != Some(&b' ') && !matches!(bytes.last(), None | Some(b' '))
}

/// Line breaks and runs of blanks as one space.
pub(super) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
