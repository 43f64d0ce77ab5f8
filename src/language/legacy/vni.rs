//! VNI for Windows: a base letter, then one character for its marks.

use unicode_normalization::UnicodeNormalization;

/// VNI writes a base letter, then one character for its marks; a few letters stand for themselves. `taken` is told of
/// every character whether it was the mark of the letter before it.
pub(super) fn decode(text: impl Iterator<Item = char>, mut taken: impl FnMut(bool)) -> String {
    let mut out = String::with_capacity(text.size_hint().0);
    let mut base: Option<char> = None;
    for c in text {
        if let Some(marked) = base.and_then(|base| marked_letter(base, c)) {
            out.pop();
            out.push(marked);
            base = None;
            taken(true);
            continue;
        }
        taken(false);
        let own = letter(c);
        out.push(own);
        base = Some(own);
    }
    out
}

/// Letters that stand alone.
fn letter(c: char) -> char {
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

fn marked_letter(base: char, mark: char) -> Option<char> {
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
    let mut composed = [Some(base), shape, tone].into_iter().flatten().nfc();
    composed.next().filter(|_| composed.next().is_none())
}
