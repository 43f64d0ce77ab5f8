//! TT35: one way of setting tone marks and quotation marks in one paper.

use super::Formal;
use super::wording::text;
use crate::language::letter::is_word;
use crate::model::{Finding, Fix, Severity, Span};

/// Where the tone mark of `oa`, `oe`, `uy` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    /// *hòa*
    First,
    /// *hoà*
    Second,
}

const FIRST: [(char, &str); 2] = [('o', "òóỏõọ"), ('u', "ùúủũụ")];
const SECOND: [(char, char, &str); 3] = [('o', 'a', "àáảãạ"), ('o', 'e', "èéẻẽẹ"), ('u', 'y', "ỳýỷỹỵ")];

/// How a word in small letters sets its tone mark, and the word with the mark in the other place.
fn tone(word: &[char]) -> Option<(Tone, String)> {
    let [head @ .., first, second] = word else { return None };
    // *quý* has no other way.
    if head.last() == Some(&'q') || head.iter().any(|c| c.is_uppercase()) {
        return None;
    }
    for (own, behind, toned) in SECOND {
        let marks = FIRST.iter().find(|(base, _)| *base == own).map_or("", |(_, marks)| *marks);
        let moved = |a: char, b: char| head.iter().copied().chain([a, b]).collect::<String>();
        if *first == own
            && let Some(at) = toned.chars().position(|c| c == *second)
        {
            return marks.chars().nth(at).map(|marked| (Tone::Second, moved(marked, behind)));
        }
        if *second == behind
            && let Some(at) = marks.chars().position(|c| c == *first)
        {
            return toned.chars().nth(at).map(|marked| (Tone::First, moved(own, marked)));
        }
    }
    None
}

/// TT35: *hoà* in a paper that writes *khóa*. Names and quotations are left as their owners write them.
pub(super) fn mixed_tones(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    let mut words: [Vec<(Span, String)>; 2] = Default::default();
    for passage in text(formal) {
        let chars: Vec<char> = passage.block.text.chars().collect();
        let mut at = 0;
        let mut quoted = false;
        for word in chars.chunk_by(|a, b| is_word(*a) == is_word(*b)) {
            match tone(word).filter(|_| !quoted && word.first().is_some_and(|c| is_word(*c))) {
                Some((tone, other)) => {
                    let [start, end] = [at, at + word.len()].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
                    let place = Span { block: passage.block.id, start, end };
                    if let Some(list) = words.get_mut(tone as usize) {
                        list.push((place, other));
                    }
                }
                None => {
                    for c in word {
                        quoted = if *c == '“' { true } else { quoted && *c != '”' };
                    }
                }
            }
            at += word.len();
        }
    }
    let [first, second] = &words;
    let few = if first.len() < second.len() { first } else { second };
    if first.is_empty() || second.is_empty() {
        return;
    }
    for (span, other) in few {
        let fix = Fix::Replace { span: *span, with: other.clone() };
        found.push(
            formal.finding("TT35", Severity::Info, "tone", Some(*span)).with("other", other.as_str()).fixed_by(fix),
        );
    }
}

/// TT35: straight marks in a paper that quotes with “ ”.
pub(super) fn mixed_quotes(formal: &Formal<'_>, found: &mut Vec<Finding>) {
    if !text(formal).any(|passage| passage.block.text.contains(['“', '”'])) {
        return;
    }
    for passage in text(formal).filter(|passage| passage.block.text.contains('"')) {
        let mut before = None;
        for (at, c) in (0..).zip(passage.block.text.chars()) {
            // Behind a figure the mark is one of length.
            if c == '"' && !before.is_some_and(|c: char| c.is_ascii_digit()) {
                let opens = before.is_none_or(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | ':'));
                let span = Span { block: passage.block.id, start: at, end: at + 1 };
                let with = if opens { "“" } else { "”" };
                let finding = formal.finding("TT35", Severity::Info, "quote", Some(span)).with("other", with);
                found.push(finding.fixed_by(Fix::Replace { span, with: with.to_owned() }));
            }
            before = Some(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tone_mark_moves_between_two_letters() {
        let of = |word: &str| tone(&word.chars().collect::<Vec<_>>());
        assert_eq!(of("khoá"), Some((Tone::Second, "khóa".to_owned())));
        assert_eq!(of("hòe"), Some((Tone::First, "hoè".to_owned())));
        assert_eq!(of("thuý"), Some((Tone::Second, "thúy".to_owned())));
        for same in ["quý", "hoàn", "hoa", "Hoà", "á"] {
            assert_eq!(of(same), None, "{same}");
        }
    }
}
