//! Vietnamese before Unicode: text that is right only in fonts of its own (TCVN3 in `.VnTime`, VNI in `VNI-Times`).
//!
//! Such text reaches us as bytes, or as the characters of Windows-1252 or Windows-1258 that a program took them for. It is
//! decoded before anything is cleaned: the soft hyphen (U+00AD) is the letter *ư* of TCVN3.

mod capitals;
mod repair;
mod tables;
mod vni;

use super::composed::{Attached, composed};
use super::syllable;
pub use capitals::restore as restore_capitals;
pub use repair::{Repair, repair, repair_lines};
use unicode_normalization::UnicodeNormalization;

/// A legacy encoding of Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Legacy {
    /// TCVN 5712 VN3, called ABC.
    Tcvn3,
    /// VNI for Windows.
    Vni,
    /// Vietnamese Professionals Society.
    Vps,
    /// RFC 1456.
    Viscii,
}

impl Legacy {
    /// All of them, the more common first.
    pub const ALL: [Self; 4] = [Self::Tcvn3, Self::Vni, Self::Viscii, Self::Vps];

    /// Name in lower case, as `source.encoding` gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Vps => "vps",
            Self::Viscii => "viscii",
        }
    }
}

/// The encoding that a font's name promises, and whether the font shows small letters as capitals (`.VnTimeH`).
#[must_use]
pub fn of_font(name: &str) -> Option<(Legacy, bool)> {
    let name = name.trim();
    let is_capital = u8::is_ascii_uppercase;
    let starts = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if starts(".vn") || starts("vntime") || starts("vnarial") {
        let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        Some((Legacy::Tcvn3, name.ends_with('H') || (is_lower && name.ends_with('h'))))
    } else if starts("vni-") || starts("vni ") || (starts("vni") && name.as_bytes().get(3).is_some_and(is_capital)) {
        Some((Legacy::Vni, false))
    } else if starts("vps ") || starts("vps-") {
        Some((Legacy::Vps, false))
    } else if starts("vi times") || starts("vi arial") || starts("vi helv") || starts("vi cour") || starts("viscii") {
        Some((Legacy::Viscii, false))
    } else {
        None
    }
}

/// Decodes a text in a legacy font, or returns `None` when it is Unicode in such a font: it then holds letters that no
/// byte stands for, or it is Vietnamese as it stands and would not be after decoding.
#[must_use]
pub fn decode(text: &str, encoding: Legacy) -> Option<String> {
    if text.is_ascii() {
        return Some(text.to_owned());
    }
    if text.chars().any(|c| c.is_alphabetic() && tables::byte_of(c).is_none()) {
        return None;
    }
    let decoded = transcode(text, encoding);
    let holds_unicode = |c: char| matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ơ' | 'Ư' | 'à'..='ý');
    if text.contains(holds_unicode) && quality(text) == (1.0, true) && quality(&decoded) != (1.0, true) {
        return None;
    }
    Some(decoded)
}

/// Decodes text whose characters are bytes taken for a Windows code page; what is no byte stays.
#[must_use]
pub fn transcode(text: &str, encoding: Legacy) -> String {
    match encoding {
        Legacy::Vni => vni::decode(text.chars().map(byte_char), |_| {}),
        _ => text.chars().map(|c| letter(c, encoding)).nfc().collect(),
    }
}

/// Like [`transcode`], taking along what belongs to each character.
#[must_use]
pub fn decode_attached<A: Attached>(chars: &[(char, A)], encoding: Legacy) -> Vec<(char, A)> {
    if encoding != Legacy::Vni {
        return composed(&chars.iter().map(|&(c, attached)| (letter(c, encoding), attached)).collect::<Vec<_>>());
    }
    let mut attached: Vec<A> = Vec::with_capacity(chars.len());
    let mut next = chars.iter().map(|(_, attached)| *attached);
    let decoded = vni::decode(chars.iter().map(|(c, _)| byte_char(*c)), |is_mark| {
        let Some(own) = next.next() else { return };
        match attached.last_mut().filter(|_| is_mark) {
            Some(letter) => *letter = letter.joined(own),
            None => attached.push(own),
        }
    });
    decoded.chars().zip(attached).collect()
}

/// The letter of an encoding that has a character for every letter.
fn letter(c: char, encoding: Legacy) -> char {
    match encoding {
        Legacy::Tcvn3 => tcvn3(byte_char(c)),
        Legacy::Vps => single(c, tables::VPS, &tables::VPS_LOW),
        Legacy::Viscii => single(c, tables::VISCII, &tables::VISCII_LOW),
        Legacy::Vni => c,
    }
}

/// Decodes bytes.
#[must_use]
pub fn decode_bytes(bytes: &[u8], encoding: Legacy) -> String {
    // Bytes below 0xA0 that are no letters are the punctuation of Windows.
    let text: String = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    transcode(&text, encoding)
}

/// How Vietnamese a text is: the share of valid syllables among its words with letters beyond ASCII, and whether all of
/// those words are cased as in writing.
#[must_use]
pub fn quality(text: &str) -> (f64, bool) {
    let (mut valid, mut all, mut cased) = (0_u32, 0_u32, true);
    for word in text.split(|c: char| !is_letter(c)).filter(|word| !word.is_ascii()) {
        all += 1;
        valid += u32::from(syllable::is_syllable(word));
        cased &= syllable::is_cased_as_written(word);
    }
    (if all == 0 { 0.0 } else { f64::from(valid) / f64::from(all) }, cased)
}

/// A letter, a mark on one, or a sign that stands for a letter in some legacy encoding.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        '\u{A1}'..='\u{FF}' | '\u{300}'..='\u{36F}' => true,
        c => c.is_alphabetic(),
    }
}

/// The character of the byte that a character was, where it was one above 0x9F.
fn byte_char(c: char) -> char {
    tables::byte_of(c).filter(|&byte| byte >= 0xA0).map_or(c, char::from)
}

fn tcvn3(c: char) -> char {
    use std::sync::LazyLock;
    static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| tables::TCVN3.chars().collect());
    let index = (c as usize).checked_sub(0xA1);
    index.and_then(|at| TABLE.get(at)).copied().unwrap_or(c)
}

fn single(c: char, table: &str, low: &[(u8, char)]) -> char {
    let Some(byte) = tables::byte_of(c) else { return c };
    let letter = match byte {
        0x80.. => table.chars().nth(usize::from(byte) - 0x80),
        _ => low.iter().find(|(code, _)| *code == byte).map(|(_, letter)| *letter),
    };
    letter.filter(|&letter| letter != '\u{FFFD}').unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tcvn3_is_decoded_with_its_soft_hyphen() {
        assert_eq!(decode("Thi ®ua - khen th\u{AD}ëng", Legacy::Tcvn3).unwrap(), "Thi đua - khen thưởng");
        assert_eq!(decode("Héi Liªn hiÖp Phô n÷", Legacy::Tcvn3).unwrap(), "Hội Liên hiệp Phụ nữ");
    }

    #[test]
    fn vni_joins_letter_and_mark() {
        assert_eq!(decode("Hoäi Lieân hieäp Phuï nöõ", Legacy::Vni).unwrap(), "Hội Liên hiệp Phụ nữ");
        assert_eq!(decode("Thi ñua khen thöôûng naêm", Legacy::Vni).unwrap(), "Thi đua khen thưởng năm");
        assert_eq!(decode("HOÄI LIEÂN HIEÄP PHUÏ NÖÕ", Legacy::Vni).unwrap(), "HỘI LIÊN HIỆP PHỤ NỮ");
        assert_eq!(decode("kyø, lyù, lòch söû", Legacy::Vni).unwrap(), "kỳ, lý, lịch sử");
    }

    #[test]
    fn unicode_in_a_legacy_font_stays() {
        assert_eq!(decode("thưởng", Legacy::Tcvn3), None);
        assert_eq!(decode("xã Bình Hà và", Legacy::Tcvn3), None);
        assert_eq!(decode("đơn", Legacy::Tcvn3), None);
    }

    #[test]
    fn fonts_tell_the_encoding() {
        assert_eq!(of_font(".VnTime"), Some((Legacy::Tcvn3, false)));
        assert_eq!(of_font(".VnArialH"), Some((Legacy::Tcvn3, true)));
        assert_eq!(of_font(".VNTIMEH"), Some((Legacy::Tcvn3, true)));
        assert_eq!(of_font(".vntime"), Some((Legacy::Tcvn3, false)));
        assert_eq!(of_font("VNI-Times"), Some((Legacy::Vni, false)));
        assert_eq!(of_font("VNITimes"), Some((Legacy::Vni, false)));
        assert_eq!(of_font("Vnishu"), None);
        assert_eq!(of_font("VPS Times"), Some((Legacy::Vps, false)));
        assert_eq!(of_font("VI Times"), Some((Legacy::Viscii, false)));
        assert_eq!(of_font("Times New Roman"), None);
    }

    #[test]
    fn every_letter_has_its_byte() {
        for (encoding, bytes, text) in [
            (
                Legacy::Viscii,
                &b"H\xB5i Li\xEAn hi\xAEp Ph\xF8 n\xE6, \xF0\xFAc th\xDF\xB7ng"[..],
                "Hội Liên hiệp Phụ nữ, đúc thưởng",
            ),
            (
                Legacy::Vps,
                b"H\xB6i Li\xEAn hi\x8Cp Ph\xF8 n\xBB, \xC7\xFAc th\xDC\xAAng",
                "Hội Liên hiệp Phụ nữ, đúc thưởng",
            ),
            (
                Legacy::Tcvn3,
                b"H\xE9i Li\xAAn hi\xD6p Ph\xF4 n\xF7, \xAE\xF3c th\xAD\xEBng",
                "Hội Liên hiệp Phụ nữ, đúc thưởng",
            ),
            (
                Legacy::Vni,
                b"Ho\xE4i Lie\xE2n hie\xE4p Phu\xEF n\xF6\xF5, \xF1u\xF9c th\xF6\xF4\xFBng",
                "Hội Liên hiệp Phụ nữ, đúc thưởng",
            ),
        ] {
            assert_eq!(decode_bytes(bytes, encoding), text);
            // The same bytes, taken for another code page on the way.
            let seen = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes).0.into_owned();
            assert_eq!(decode(&seen, encoding).as_deref(), Some(text), "{seen}");
        }
    }

    #[test]
    fn punctuation_of_windows_stays() {
        assert_eq!(decode_bytes(b"\x93Ba nh\xB5\x94 \x96 h\xE9", Legacy::Tcvn3), "“Ba nhà” – hộ");
    }
}
