//! Character encodings: from bytes to text.
//!
//! A byte order mark decides; then NUL bytes betray UTF-16; then valid UTF-8 is UTF-8. What is left is tried in every
//! single-byte encoding of Vietnamese texts, and the decoding with the most valid syllables wins.

use super::syllable;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::borrow::Cow;

/// Bytes looked at where a sample is enough.
const SAMPLE: usize = 16 * 1024;

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark, not yet normalised.
    pub text: Cow<'a, str>,
    /// Name of the encoding in lower case, e.g. `utf-8`.
    pub encoding: &'static str,
    /// Bytes that are no character in that encoding were replaced by U+FFFD.
    pub damaged: bool,
}

/// Decodes bytes of unknown encoding.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: "utf-8", damaged: false },
        Err(_) if nearly_utf8(bytes) => with(UTF_8, bytes),
        Err(_) => best_single_byte(bytes),
    }
}

/// Decodes bytes that name their encoding somewhere (`<meta charset=…>`); a byte order mark and valid UTF-8 know better.
#[must_use]
pub fn decode_labelled<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Decoded<'a> {
    let decoded = decode(bytes);
    let named = label.and_then(Encoding::for_label).filter(|named| *named == WINDOWS_1258 || *named == WINDOWS_1252);
    match named {
        Some(named) if decoded.encoding.starts_with("windows-") => with(named, bytes),
        _ => decoded,
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let name = if encoding == UTF_8 {
        "utf-8"
    } else if encoding == UTF_16LE {
        "utf-16le"
    } else if encoding == UTF_16BE {
        "utf-16be"
    } else if encoding == WINDOWS_1258 {
        "windows-1258"
    } else {
        "windows-1252"
    };
    Decoded { text, encoding: name, damaged }
}

/// UTF-16 without a byte order mark: blanks and unaccented letters have a zero byte, all on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    let mut zeros = [0_usize; 2];
    for (at, byte) in sample.iter().enumerate() {
        if *byte == 0 {
            zeros[at % 2] += 1;
        }
    }
    let pairs = sample.len() / 2;
    if pairs == 0 {
        return None;
    }
    let [high_first, low_first] = zeros;
    // A separate grave accent (U+0300) has its zero byte on the other side: a decomposed text holds some.
    if low_first * 5 > pairs && high_first * 2 <= low_first {
        Some(UTF_16LE)
    } else if high_first * 5 > pairs && low_first * 2 <= high_first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 with a few damaged places (a file cut in the middle of a character, one foreign byte): at least nine in ten
/// of the bytes above ASCII belong to well-formed characters.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0x80).count();
        bad += chunk.invalid().len();
    }
    good > 9 * bad
}

fn best_single_byte(bytes: &[u8]) -> Decoded<'_> {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    let score = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        syllable::valid_share(&super::fold::nfc(&text))
    };
    // Windows-1258 first: it wins a draw, since it is what a Vietnamese system writes.
    if score(WINDOWS_1252) > score(WINDOWS_1258) { with(WINDOWS_1252, bytes) } else { with(WINDOWS_1258, bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::nfc;
    use unicode_normalization::UnicodeNormalization;

    const SENTENCE: &str = "Hội Liên hiệp Phụ nữ xã Bình Minh phát động đợt thi đua đặc biệt.";

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(decode(SENTENCE.as_bytes()).text, SENTENCE);
        let marked = [b"\xEF\xBB\xBF", SENTENCE.as_bytes()].concat();
        assert_eq!(decode(&marked).text, SENTENCE);
        assert_eq!(decode(&marked).encoding, "utf-8");
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let little: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name) in [(&little, "utf-16le"), (&big, "utf-16be")] {
            assert_eq!(decode(bytes).text, SENTENCE);
            assert_eq!(decode(bytes).encoding, name);
        }
        let decomposed: Vec<u8> =
            "nhà bà làm gì, và nàng".nfd().collect::<String>().encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(nfc(&decode(&decomposed).text), "nhà bà làm gì, và nàng");
        let marked = [vec![0xFF, 0xFE], little].concat();
        assert_eq!(decode(&marked).text, SENTENCE);
    }

    #[test]
    fn windows_1258_composes_to_the_same_text() {
        // Tone marks are characters of their own: ô + dot below, u + dot below, ư + tilde.
        let bytes = b"H\xF4\xF2i Li\xEAn hi\xEA\xF2p Phu\xF2 n\xFD\xDE xa\xDE Bi\xCCnh Minh";
        let decoded = decode(bytes);
        assert_eq!(decoded.encoding, "windows-1258");
        assert_eq!(nfc(&decoded.text), "Hội Liên hiệp Phụ nữ xã Bình Minh");
    }

    #[test]
    fn a_cut_character_does_not_change_the_encoding() {
        let bytes = SENTENCE.as_bytes();
        let cut = &bytes[..bytes.len() - 8];
        let decoded = decode(cut);
        assert_eq!(decoded.encoding, "utf-8");
    }
}
