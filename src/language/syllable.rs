//! Vietnamese syllables: enough of their shape to tell a right decoding from a wrong one.

use super::letter::is_capital;
use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "kh", "gh", "gi", "ch", "th", "tr", "ph", "qu", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x",
];

/// Vowel groups that may end a syllable or take a final consonant.
const NUCLEI: [&str; 13] = ["a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "oa", "oe", "uy"];

/// Vowel groups that need a final consonant.
const CLOSED: [&str; 11] = ["ă", "â", "iê", "oă", "uâ", "uô", "ươ", "yê", "uyê", "oo", "ôô"];

/// Vowel groups that take none.
const OPEN: [&str; 34] = [
    "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iêu", "iu", "oai", "oao", "oay", "oeo", "oi", "ôi", "ơi",
    "ua", "uây", "ui", "uôi", "uơ", "uya", "uyu", "ưa", "ưi", "ươi", "ươu", "ưu", "yêu", "uêu", "uo", "uao",
];

/// Vowel groups of a few syllables each, with or without a final consonant.
const RARE: [&str; 2] = ["uê", "uơ"];

/// `k` ends syllables of place names in the highlands (Đắk Lắk).
const CODAS: [&str; 9] = ["ch", "ng", "nh", "c", "k", "m", "n", "p", "t"];

/// Whether a word has the shape of one Vietnamese syllable, in any case.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    if word.chars().count() > 7 {
        return false;
    }
    let mut tones = 0;
    let mut tone = None;
    let mut bare = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                tones += 1;
                tone = Some(c);
            }
            c => bare.push(c),
        }
    }
    let bare: String = bare.nfc().collect();
    let fits = |rime| is_rime(rime, tone);
    tones <= 1 && std::iter::once("").chain(ONSETS).any(|onset| bare.strip_prefix(onset).is_some_and(fits))
}

fn is_rime(rime: &str, tone: Option<char>) -> bool {
    let takes_coda = |nucleus: &str| NUCLEI.contains(&nucleus) || CLOSED.contains(&nucleus) || RARE.contains(&nucleus);
    let closed = |coda: &&str| {
        let may_stop = match *coda {
            // A stop goes with the two rising and falling tones only.
            "c" | "ch" | "p" | "t" => matches!(tone, Some('\u{301}' | '\u{323}')),
            _ => true,
        };
        may_stop && rime.strip_suffix(*coda).is_some_and(takes_coda)
    };
    NUCLEI.contains(&rime) || OPEN.contains(&rime) || RARE.contains(&rime) || CODAS.iter().any(closed)
}

/// Whether the letters of a word are cased as in writing: all small, all capital, or a capital in front.
#[must_use]
pub fn is_cased_as_written(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return true };
    let (mut capitals, mut small) = (0_u32, 0_u32);
    for c in letters {
        if is_capital(c) { capitals += 1 } else { small += 1 }
    }
    capitals == 0 || (small == 0 && is_capital(first))
}

/// Share of valid syllables among the words of a text that have a letter outside ASCII; 0 when there is none.
#[must_use]
pub fn valid_share(text: &str) -> f64 {
    let (mut valid, mut all) = (0_u32, 0_u32);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii()) {
        all += 1;
        valid += u32::from(is_syllable(word));
    }
    if all == 0 { 0.0 } else { f64::from(valid) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_and_others() {
        for word in ["Nghiêng", "thưởng", "Uỷ", "ủy", "hoà", "quyết", "giấy", "ở", "Đắk", "khuyến", "rượu"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["Hôòi", "thưở̀ng", "Ph÷ng", "strategy", "ðưÒc", "đđ"] {
            assert!(!is_syllable(word), "{word}");
        }
        for word in ["quyển", "Huế", "thuở", "khuỷu", "xoong", "Đăk", "gì", "giếng", "quốc", "ngoằn", "uống", "ướt"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["bàc", "thươ", "căâ", "âiê", "oăi", "hât", "tiê"] {
            assert!(!is_syllable(word), "{word}");
        }
        assert!(is_cased_as_written("Hội") && is_cased_as_written("HỘI") && !is_cased_as_written("vỔ"));
        assert!(valid_share("Kế hoạch phát động thi đua") > 0.99);
    }
}
