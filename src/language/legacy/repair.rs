//! Legacy text that reached Unicode undecoded: `Héi Liªn hiÖp` instead of *Hội Liên hiệp*.

use super::{Legacy, quality, restore_capitals, transcode};
use crate::language::survey::survey;

/// Words with letters beyond ASCII that it takes to judge a text.
const ENOUGH: usize = 3;

/// A text that was decoded after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The text in Unicode.
    pub text: String,
    /// What it was.
    pub encoding: Legacy,
    /// Not all of its words are Vietnamese now.
    pub doubtful: bool,
}

/// Decodes a text whose characters are plainly those of a legacy encoding: few of its words are Vietnamese as they
/// stand, and nearly all are after decoding. `hint` is an encoding that other parts of the document are in.
#[must_use]
pub fn repair(text: &str, hint: Option<Legacy>) -> Option<Repair> {
    if text.is_ascii()
        || (hint.is_none() && !is_suspect(text))
        || text.chars().any(|c| c.is_alphabetic() && super::tables::byte_of(c).is_none())
    {
        return None;
    }
    let words = text.split(|c: char| !super::is_letter(c)).filter(|word| !word.is_ascii()).count();
    let needed = if hint.is_some() { 1 } else { ENOUGH };
    let (before, _) = quality(text);
    if words < needed || before > 0.7 {
        return None;
    }
    let candidates = hint.into_iter().chain(Legacy::ALL);
    let mut best: Option<(f64, Repair)> = None;
    for encoding in candidates {
        let mut decoded = transcode(text, encoding);
        if encoding == Legacy::Tcvn3 {
            decoded = restore_capitals(&decoded);
        }
        let (share, cased) = quality(&decoded);
        let score = if cased { share } else { share - 0.1 };
        if share >= 0.9 && share > before + 0.2 && best.as_ref().is_none_or(|(best, _)| score > *best) {
            best = Some((score, Repair { text: decoded, encoding, doubtful: share < 0.97 }));
        }
    }
    best.map(|(_, repair)| repair)
}

/// Decodes the lines of a text that need it; what one line is in helps to judge the short ones.
#[must_use]
pub fn repair_lines(text: &str) -> Option<Repair> {
    if !is_suspect(text) {
        return None;
    }
    let mut counts = [0_usize; Legacy::ALL.len()];
    for found in text.lines().filter_map(|line| repair(line, None)) {
        if let Some(count) =
            Legacy::ALL.iter().position(|known| *known == found.encoding).and_then(|at| counts.get_mut(at))
        {
            *count += 1;
        }
    }
    let (hint, _) =
        Legacy::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count)?;
    let mut whole = Repair { text: String::with_capacity(text.len()), encoding: hint, doubtful: false };
    for line in text.split_inclusive('\n') {
        match repair(line, Some(hint)) {
            Some(found) => {
                whole.text.push_str(&found.text);
                whole.doubtful |= found.doubtful;
            }
            None => whole.text.push_str(line),
        }
    }
    Some(whole)
}

/// Whether a text holds signs that undecoded text is full of and Vietnamese in Unicode is not.
fn is_suspect(text: &str) -> bool {
    let signs = survey(text);
    // U+0080 … U+00BF but for the no-break space and signs of ordinary text: § « » ° ± ² ³ · ½ ¼ ¾.
    let sign = |at: usize| {
        text.as_bytes().get(at + 1).is_some_and(|low| {
            !matches!(low, 0xA0 | 0xA7 | 0xAB | 0xBB | 0xB0 | 0xB1 | 0xB2 | 0xB3 | 0xB7 | 0xBC | 0xBD | 0xBE)
        })
    };
    signs.legacy() || (signs.unusual() && memchr::memchr_iter(0xC2, text.as_bytes()).any(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undecoded_text_is_found_by_its_syllables() {
        let found = repair("Héi Liªn hiÖp Phô n÷ tØnh ph¸t ®éng thi ®ua", None).unwrap();
        assert_eq!(
            (found.text.as_str(), found.encoding),
            ("Hội Liên hiệp Phụ nữ tỉnh phát động thi đua", Legacy::Tcvn3)
        );
        let found = repair("Hoäi Lieân hieäp Phuï nöõ tænh phaùt ñoäng", None).unwrap();
        assert_eq!((found.text.as_str(), found.encoding), ("Hội Liên hiệp Phụ nữ tỉnh phát động", Legacy::Vni));
    }

    #[test]
    fn what_is_right_stays() {
        assert_eq!(repair("Hội Liên hiệp Phụ nữ", None), None);
        assert_eq!(repair("xã Bình Hà, và các tài liệu", None), None);
        assert_eq!(repair("Café à la crème brûlée", None), None);
        assert_eq!(repair("nhiệt độ 35°C ± 2°C · 5 §", None), None);
    }

    #[test]
    fn short_lines_follow_the_long_ones() {
        let found = repair_lines("Héi LHPN\nHéi Liªn hiÖp Phô n÷ tØnh ph¸t ®éng\nKế hoạch\n").unwrap();
        assert_eq!(found.text, "Hội LHPN\nHội Liên hiệp Phụ nữ tỉnh phát động\nKế hoạch\n");
        assert_eq!(repair_lines("Kế hoạch\nHà Nội, ngày 5 § 3\n"), None);
    }
}
