//! What one look at the bytes of a text tells: most texts hold nothing that cleaning or decoding would change.
//!
//! Every text that is read passes through here. The look is the same for every byte, without branches, so that the
//! compiler makes it a look at many bytes at a time; what it finds suspicious is looked at again, character by character.

/// What a text may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs(u8);

const UNUSUAL: u8 = 1;
const DOUBLE_BLANK: u8 = 2;
const EMPHASIS: u8 = 4;
const LEGACY: u8 = 8;

impl Signs {
    /// A character other than those of Vietnamese text: an invisible one, a blank of another kind, a letter of another
    /// script, a mark that is a character of its own.
    #[must_use]
    pub fn unusual(self) -> bool {
        self.0 & UNUSUAL != 0
    }

    /// Two blanks, one behind the other.
    #[must_use]
    pub fn double_blank(self) -> bool {
        self.0 & DOUBLE_BLANK != 0
    }

    /// A mark that emphasis is written with (`*`, `_`), or the one that takes its meaning away (`\`).
    #[must_use]
    pub fn emphasis(self) -> bool {
        self.0 & EMPHASIS != 0
    }

    /// A letter of Latin-1 that Vietnamese does not have and undecoded legacy text is full of.
    #[must_use]
    pub fn legacy(self) -> bool {
        self.0 & LEGACY != 0
    }
}

/// Looks at a text.
#[must_use]
pub fn survey(text: &str) -> Signs {
    let bytes = text.as_bytes();
    let (seconds, thirds) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    let mut signs = 0;
    for ((&first, &second), &third) in bytes.iter().zip(seconds).zip(thirds) {
        signs |= look(first, second, third);
    }
    if let [.., first, second] = bytes {
        signs |= look(*first, *second, 0) | look(*second, 0, 0);
    } else if let [single] = bytes {
        signs |= look(*single, 0, 0);
    }
    Signs(signs)
}

/// What a byte with the two behind it is a sign of.
#[inline(always)]
fn look(first: u8, second: u8, third: u8) -> u8 {
    let control = (first < b' ') & (first != b'\t') & (first != b'\n') | (first == 0x7F);
    // U+0080 to U+00BF, and from U+0300 on.
    let other = (first == 0xC2) | (first >= 0xCC) & (first != 0xE1) & (first != 0xE2);
    // U+1E00 to U+1EFF are letters of Vietnamese; U+2012 to U+2027 and U+2030 to U+203F its dashes and quotation marks.
    let letter = within(second, 0xB8, 0xBB);
    let mark = (second == 0x80) & (within(third, 0x92, 0xA7) | within(third, 0xB0, 0xBF));
    let unusual = control | other | (first == 0xE1) & !letter | (first == 0xE2) & !mark;
    let emphasis = (first == b'*') | (first == b'_') | (first == b'\\');
    // ä å æ ç ë î ï ñ ö ÷ ø û ü þ ÿ, and their capitals.
    let low = second & 0x1F;
    let legacy = within(low, 0x04, 0x07)
        | (low == 0x0B)
        | within(low, 0x0E, 0x0F)
        | (low == 0x11)
        | within(low, 0x16, 0x18)
        | within(low, 0x1B, 0x1C)
        | within(low, 0x1E, 0x1F);
    flag(unusual, UNUSUAL)
        | flag((first == b' ') & (second == b' '), DOUBLE_BLANK)
        | flag(emphasis, EMPHASIS)
        | flag((first == 0xC3) & legacy, LEGACY)
}

#[inline(always)]
fn within(byte: u8, low: u8, high: u8) -> bool {
    byte.wrapping_sub(low) <= high - low
}

#[inline(always)]
fn flag(is_set: bool, flag: u8) -> u8 {
    if is_set { flag } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_text_has_no_signs() {
        for text in [
            "",
            "a",
            "Hội Liên hiệp Phụ nữ – “ĐẮK LẮK”…\t5\n",
            "à á â ã è é ê ì í ò ó ô õ ù ú ý ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ ăđĩũơư",
        ] {
            assert_eq!(survey(text), Signs(0), "{text}");
        }
    }

    #[test]
    fn each_sign_is_seen_wherever_it_stands() {
        let signs = [
            ("\u{AD}", UNUSUAL),
            ("\u{A0}", UNUSUAL),
            ("\u{301}", UNUSUAL),
            ("\u{200B}", UNUSUAL),
            ("\u{1CD0}", UNUSUAL),
            ("\u{7F}", UNUSUAL),
            ("\r", UNUSUAL),
            ("\u{1F600}", UNUSUAL),
            ("  ", DOUBLE_BLANK),
            ("*", EMPHASIS),
            ("_", EMPHASIS),
            ("\\", EMPHASIS),
            ("ä", LEGACY),
            ("Æ", LEGACY),
            ("÷", LEGACY),
        ];
        for (sign, flag) in signs {
            for (before, after) in [(0, 0), (1, 0), (0, 1), (40, 40), (31, 0)] {
                let text = format!("{}{sign}{}", "ộ".repeat(before), "ư".repeat(after));
                assert_eq!(survey(&text), Signs(flag), "{text:?}");
            }
        }
    }
}
