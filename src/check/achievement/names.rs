//! Names of persons and of administrative units in text, for rules that compare them.

use crate::check::dates::pattern;
use crate::check::paper::segment::Segment;
use crate::language::fold::fold;
use crate::language::letter::is_word;
use crate::model::Span;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Levels of administrative units, the longest first, folded.
pub(super) const LEVELS: &[&str] =
    &["thị trấn", "đặc khu", "thành phố", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã"];

static ANY_LEVEL: LazyLock<regex::Regex> =
    LazyLock::new(|| pattern(r"thị trấn|đặc khu|thành phố|thị xã|phường|huyện|quận|tỉnh|xã"));

/// An administrative unit named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Level, folded: `xã`.
    pub(super) level: &'static str,
    /// Words of the name, folded.
    pub(super) name: Vec<String>,
    /// Place of level and name.
    pub(super) span: Span,
    /// Folded words in front of the level, up to 40 bytes.
    pub(super) before: String,
    /// A sentence or a line begins with it.
    pub(super) from_start: bool,
}

/// Units named in a segment. In text with small letters a name is made of words with a capital; in capitals it ends
/// with the segment or a mark.
pub(super) fn units(segment: &Segment) -> Vec<Named> {
    let text = segment.words();
    let capitals = segment.is_capitals();
    let mut found: Vec<Named> = Vec::new();
    // Most segments name no unit: one pass says so.
    if !ANY_LEVEL.is_match(text) {
        return found;
    }
    for level in LEVELS {
        for (at, _) in text.match_indices(level) {
            let end = at + level.len();
            let before = text.get(..at).unwrap_or_default();
            if before.ends_with(is_word) || !text.get(end..).is_some_and(|rest| rest.starts_with(' ')) {
                continue;
            }
            // `xã hội chủ nghĩa`, `hợp tác xã`: other words.
            if *level == "xã"
                && (text.get(end..).is_some_and(|rest| rest.starts_with(" hội")) || before.ends_with("hợp tác "))
            {
                continue;
            }
            // `Quận 1`, `Phường 5`; but `UBND tỉnh 4 đề án` counts.
            let numbered = matches!(*level, "quận" | "phường");
            let Some((name, length)) = name_behind(segment, end + 1, capitals, numbered) else { continue };
            let range = at..end + 1 + length;
            if found.iter().any(|other| {
                other.span.start <= segment.span(range.clone()).start
                    && segment.span(range.clone()).end <= other.span.end
            }) {
                continue;
            }
            let from = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            found.push(Named {
                level,
                name,
                span: segment.span(range),
                before: before.get(from..).unwrap_or_default().to_owned(),
                from_start: before.trim_end().is_empty() || before.trim_end().ends_with('.'),
            });
        }
    }
    found.sort_by_key(|named| named.span);
    found
}

/// The words of a name from a byte of the folded text on, and their length in bytes.
fn name_behind(segment: &Segment, start: usize, capitals: bool, numbered: bool) -> Option<(Vec<String>, usize)> {
    let rest = segment.words().get(start..)?;
    let mut name = Vec::new();
    let mut length = 0;
    for word in rest.split(' ') {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '"', '”']);
        let range = start + length..start + length + bare.len();
        let written = segment.slice(range);
        let proper = written.starts_with(char::is_uppercase)
            || (written.starts_with(|c: char| c.is_ascii_digit()) && numbered && name.is_empty());
        let stop = capitals
            && matches!(
                bare,
                "năm"
                    | "giai"
                    | "tặng"
                    | "về"
                    | "đề"
                    | "khen"
                    | "vì"
                    | "trong"
                    | "đã"
                    | "và"
                    | "tỉnh"
                    | "huyện"
                    | "thành"
            );
        if bare.is_empty() || !proper || stop || name.len() == 4 {
            break;
        }
        length += bare.len();
        name.push(bare.to_owned());
        if bare.len() < word.len() {
            return Some((name, length));
        }
        length += 1;
    }
    let length = length.saturating_sub(1);
    (!name.is_empty()).then_some((name, length))
}

/// Two names are the same when one begins with the other.
pub(super) fn same(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).all(|(a, b)| a == b)
}

/// A run of words with a capital, as places in a segment.
#[derive(Debug, Clone)]
pub(super) struct Proper {
    /// Words as written.
    pub(super) words: Vec<String>,
    /// Byte ranges of the words in the folded text.
    ranges: Vec<std::ops::Range<usize>>,
}

/// Runs of at least two words that begin with a capital.
pub(super) fn proper(segment: &Segment) -> Vec<Proper> {
    let text = segment.words();
    let mut runs = Vec::new();
    let mut run = Proper { words: Vec::new(), ranges: Vec::new() };
    let mut at = 0;
    for word in text.split(' ') {
        let lead = word.len() - word.trim_start_matches(|c: char| !is_word(c)).len();
        let bare = word.trim_matches(|c: char| !is_word(c));
        let range = at + lead..at + lead + bare.len();
        at += word.len() + 1;
        let written = segment.slice(range.clone());
        let is_proper = written.starts_with(char::is_uppercase) && written.chars().all(char::is_alphabetic);
        if !is_proper || lead > 0 {
            push(&mut runs, &mut run);
        }
        if is_proper {
            let closes = lead + bare.len() < word.len();
            run.words.push(written);
            run.ranges.push(range);
            if closes {
                push(&mut runs, &mut run);
            }
        }
    }
    push(&mut runs, &mut run);
    runs
}

fn push(runs: &mut Vec<Proper>, run: &mut Proper) {
    let done = std::mem::replace(run, Proper { words: Vec::new(), ranges: Vec::new() });
    if done.words.len() > 1 {
        runs.push(done);
    }
}

impl Proper {
    /// Windows of a length, each with its words and its place.
    pub(super) fn windows<'p>(
        &'p self,
        length: usize,
        segment: &'p Segment,
    ) -> impl Iterator<Item = (&'p [String], Span)> {
        self.words.windows(length).zip(self.ranges.windows(length)).filter_map(|(words, ranges)| {
            let range = ranges.first()?.start..ranges.last()?.end;
            Some((words, segment.span(range)))
        })
    }
}

/// How a name in the text relates to the name of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same.
    Same,
    /// The same word with the tone mark on the other letter (*Hòa*, *Hoà*).
    ToneMark,
    /// The same but for a mark or a letter of one word.
    Slip,
    /// One short word differs by a letter, or the family name alone: it may be another person.
    Near,
    /// Somebody else.
    Other,
}

/// Compares a name with the report's, word by word.
pub(super) fn likeness(own: &[String], other: &[String]) -> Likeness {
    if own.len() != other.len() || own.len() < 2 {
        return Likeness::Other;
    }
    let lower = |word: &String| word.to_lowercase();
    let differing: Vec<(&String, &String)> = own.iter().zip(other).filter(|(a, b)| lower(a) != lower(b)).collect();
    match differing.as_slice() {
        [] => Likeness::Same,
        all if all.iter().all(|(a, b)| fold(a) == fold(b)) => Likeness::ToneMark,
        [(a, b)] if plain(a) == plain(b) => Likeness::Slip,
        [(a, _)] if own.len() > 2 && own.first() == Some(a) => Likeness::Near,
        [(a, b)] if own.len() > 2 && distance(&plain(a), &plain(b)) <= 1 => Likeness::Near,
        _ => Likeness::Other,
    }
}

/// Lower case without marks.
pub(in crate::check) fn plain(word: &str) -> String {
    word.to_lowercase().nfd().filter(|c| is_word(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Edits (insert, delete, change) that make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut previous = i;
        let mut next = vec![i + 1];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or_default();
            let value = (previous + usize::from(x != *y)).min(left + 1).min(above + 1);
            previous = *above;
            next.push(value);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn slips_are_told_from_other_persons() {
        let own = words("Nguyễn Thị Hòa");
        assert_eq!(likeness(&own, &words("NGUYỄN THỊ HÒA")), Likeness::Same);
        assert_eq!(likeness(&own, &words("Nguyễn Thị Hoà")), Likeness::ToneMark);
        assert_eq!(likeness(&own, &words("Nguyễn Thi Hòa")), Likeness::Slip);
        assert_eq!(likeness(&own, &words("Nguyễn Thị Hà")), Likeness::Near);
        assert_eq!(likeness(&own, &words("Nguyễn Thị Mai")), Likeness::Other);
        assert_eq!(likeness(&own, &words("Trần Thị Hòa")), Likeness::Near);
        assert_eq!(likeness(&own, &words("Trần Văn Hòa")), Likeness::Other);
    }
}
