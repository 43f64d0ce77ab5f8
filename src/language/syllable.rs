//! Vietnamese syllables: enough of their shape to tell a right decoding from a wrong one.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "kh", "gh", "gi", "ch", "th", "tr", "ph", "qu", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x",
];

/// Vowel groups without tone, with the final consonants left off.
const NUCLEI: [&str; 58] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iê", "iêu", "iu", "oa", "oă", "oai", "oao", "oay", "oe", "oeo", "oi", "ôi", "ơi", "oo", "ua", "uâ", "uây", "uê",
    "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ưi", "ươ", "ươi", "ươu", "ưu", "yê", "yêu", "uêu", "ôô",
    "uo",
];

/// `k` ends syllables of place names in the highlands (Đắk Lắk).
const CODAS: [&str; 10] = ["", "ch", "ng", "nh", "c", "k", "m", "n", "p", "t"];

/// Whether a word has the shape of one Vietnamese syllable, in any case.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    if word.chars().count() > 7 {
        return false;
    }
    let mut tones = 0;
    let mut bare = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones += 1,
            c => bare.push(c),
        }
    }
    let bare: String = bare.nfc().collect();
    tones <= 1 && std::iter::once("").chain(ONSETS).any(|onset| bare.strip_prefix(onset).is_some_and(is_rime))
}

fn is_rime(rime: &str) -> bool {
    CODAS.iter().any(|coda| rime.strip_suffix(coda).is_some_and(|nucleus| NUCLEI.contains(&nucleus)))
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
        assert!(valid_share("Kế hoạch phát động thi đua") > 0.99);
    }
}
