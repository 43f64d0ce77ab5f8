//! Vietnamese before Unicode: text that is right only in fonts of its own (TCVN3 in `.VnTime`, VNI in `VNI-Times`).
//!
//! Such text reaches us as Latin-1 characters. It is decoded before anything is cleaned: the soft hyphen (U+00AD) is the
//! letter *ư* of TCVN3.

use super::composed::{Attached, composed};
use unicode_normalization::UnicodeNormalization;

/// A legacy encoding of Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712 VN3, called ABC.
    Tcvn3,
    /// VNI for Windows.
    Vni,
}

/// The encoding that a font's name promises, and whether the font shows small letters as capitals (`.VnTimeH`).
#[must_use]
pub fn of_font(name: &str) -> Option<(Legacy, bool)> {
    let name = name.trim();
    let starts = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if starts(".vn") {
        Some((Legacy::Tcvn3, name.ends_with('H')))
    } else if starts("vni-") || starts("vni ") {
        Some((Legacy::Vni, false))
    } else {
        None
    }
}

/// Decodes a text, or returns `None` when it is Unicode in a legacy font: it then holds letters beyond Latin-1.
#[must_use]
pub fn decode(text: &str, encoding: Legacy) -> Option<String> {
    if text.chars().any(|c| c > '\u{FF}' && c.is_alphabetic()) {
        return None;
    }
    Some(match encoding {
        Legacy::Tcvn3 => text.chars().map(tcvn3).nfc().collect(),
        Legacy::Vni => vni(text, |_| {}),
    })
}

/// Like [`decode`] for text that it decodes, taking along what belongs to each character.
#[must_use]
pub fn decode_attached<A: Attached>(chars: &[(char, A)], encoding: Legacy) -> Vec<(char, A)> {
    match encoding {
        Legacy::Tcvn3 => composed(&chars.iter().map(|&(c, attached)| (tcvn3(c), attached)).collect::<Vec<_>>()),
        Legacy::Vni => {
            let text: String = chars.iter().map(|(c, _)| *c).collect();
            let mut attached: Vec<A> = Vec::with_capacity(chars.len());
            let mut next = chars.iter().map(|(_, attached)| *attached);
            let decoded = vni(&text, |is_mark| {
                let Some(own) = next.next() else { return };
                match attached.last_mut().filter(|_| is_mark) {
                    Some(letter) => *letter = letter.joined(own),
                    None => attached.push(own),
                }
            });
            decoded.chars().zip(attached).collect()
        }
    }
}

/// Letters of the bytes 0xA1 … 0xFE, as the standard has them.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđẶ\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ";

fn tcvn3(c: char) -> char {
    use std::sync::LazyLock;
    static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| TCVN3.chars().collect());
    let index = (c as usize).checked_sub(0xA1);
    index.and_then(|at| TABLE.get(at)).copied().unwrap_or(c)
}

/// VNI writes a base letter, then one character for its marks; a few letters stand for themselves. `taken` is told of
/// every character whether it was the mark of the letter before it.
fn vni(text: &str, mut taken: impl FnMut(bool)) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut base: Option<char> = None;
    for c in text.chars() {
        if let Some(marked) = base.and_then(|base| vni_marked(base, c)) {
            out.pop();
            out.push(marked);
            base = None;
            taken(true);
            continue;
        }
        taken(false);
        let letter = vni_letter(c);
        out.push(letter);
        base = Some(letter);
    }
    out
}

/// Letters that stand alone.
fn vni_letter(c: char) -> char {
    match c {
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'æ' => 'ỉ',
        'Æ' => 'Ỉ',
        'ó' => 'ĩ',
        'Ó' => 'Ĩ',
        'ò' => 'ị',
        'Ò' => 'Ị',
        'î' => 'ỵ',
        'Î' => 'Ỵ',
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        _ => c,
    }
}

fn vni_marked(base: char, mark: char) -> Option<char> {
    const GRAVE: char = '\u{300}';
    const ACUTE: char = '\u{301}';
    const CIRCUMFLEX: char = '\u{302}';
    const TILDE: char = '\u{303}';
    const BREVE: char = '\u{306}';
    const HOOK: char = '\u{309}';
    const DOT: char = '\u{323}';
    let (shape, tone) = match mark.to_lowercase().next()? {
        'ù' => (None, Some(ACUTE)),
        'ø' => (None, Some(GRAVE)),
        'û' => (None, Some(HOOK)),
        'õ' => (None, Some(TILDE)),
        'ï' => (None, Some(DOT)),
        'â' => (Some(CIRCUMFLEX), None),
        'á' => (Some(CIRCUMFLEX), Some(ACUTE)),
        'à' => (Some(CIRCUMFLEX), Some(GRAVE)),
        'å' => (Some(CIRCUMFLEX), Some(HOOK)),
        'ã' => (Some(CIRCUMFLEX), Some(TILDE)),
        'ä' => (Some(CIRCUMFLEX), Some(DOT)),
        'ê' => (Some(BREVE), None),
        'é' => (Some(BREVE), Some(ACUTE)),
        'è' => (Some(BREVE), Some(GRAVE)),
        'ú' => (Some(BREVE), Some(HOOK)),
        'ü' => (Some(BREVE), Some(TILDE)),
        'ë' => (Some(BREVE), Some(DOT)),
        _ => return None,
    };
    let fits = match shape {
        Some(BREVE) => matches!(base, 'a' | 'A'),
        Some(_) => matches!(base, 'a' | 'A' | 'e' | 'E' | 'o' | 'O'),
        None => "aeouyơưAEOUYƠƯ".contains(base),
    };
    if !fits {
        return None;
    }
    let mut letter = [Some(base), shape, tone].into_iter().flatten().nfc();
    letter.next().filter(|_| letter.next().is_none())
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
    }

    #[test]
    fn fonts_tell_the_encoding() {
        assert_eq!(of_font(".VnTime"), Some((Legacy::Tcvn3, false)));
        assert_eq!(of_font(".VnArialH"), Some((Legacy::Tcvn3, true)));
        assert_eq!(of_font("VNI-Times"), Some((Legacy::Vni, false)));
        assert_eq!(of_font("Times New Roman"), None);
    }
}
