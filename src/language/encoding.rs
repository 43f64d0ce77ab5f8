//! Character encodings: from bytes to text.
//!
//! A byte order mark decides; then NUL bytes betray UTF-16; then valid UTF-8 is UTF-8. What is left is tried in every
//! single-byte encoding of Vietnamese texts, and the decoding with the most valid syllables wins. A line that is plainly in
//! another encoding than the rest is decoded by itself.

use super::legacy::{self, Legacy};
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
    /// Encodings of lines that are in another one than the rest.
    pub mixed: Vec<&'static str>,
    /// Of the words that show which encoding it is, more than one in twenty is not Vietnamese.
    pub doubtful: bool,
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
        Ok(text) => plain(Cow::Borrowed(text), "utf-8", false),
        Err(_) if nearly_utf8(bytes) => with(UTF_8, bytes),
        Err(_) => single_byte(bytes),
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

/// Decodes bytes as they are written, letters of legacy fonts included: what those mean is for the fonts to tell.
#[must_use]
pub fn decode_as_written<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Decoded<'a> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, bytes.get(mark..).unwrap_or_default()),
        None => match utf16_without_mark(bytes) {
            Some(encoding) => (encoding, bytes),
            None if std::str::from_utf8(bytes).is_ok() || nearly_utf8(bytes) => (UTF_8, bytes),
            None => (
                label.and_then(Encoding::for_label).filter(|named| *named == WINDOWS_1258).unwrap_or(WINDOWS_1252),
                bytes,
            ),
        },
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: name_of(encoding), damaged, mixed: Vec::new(), doubtful: false }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    plain(text, name_of(encoding), damaged)
}

fn name_of(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_8 {
        "utf-8"
    } else if encoding == UTF_16LE {
        "utf-16le"
    } else if encoding == UTF_16BE {
        "utf-16be"
    } else if encoding == WINDOWS_1258 {
        "windows-1258"
    } else {
        "windows-1252"
    }
}

fn plain<'a>(text: Cow<'a, str>, encoding: &'static str, damaged: bool) -> Decoded<'a> {
    // Text may have become Unicode without having been decoded.
    match legacy::repair_lines(&text) {
        Some(repair) => Decoded {
            text: Cow::Owned(repair.text),
            encoding,
            damaged,
            mixed: vec![repair.encoding.name()],
            doubtful: repair.doubtful,
        },
        None => Decoded { text, encoding, damaged, mixed: Vec::new(), doubtful: false },
    }
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

/// A single-byte encoding of Vietnamese texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Candidate {
    Windows(&'static Encoding),
    Legacy(Legacy),
}

impl Candidate {
    /// In the order in which they win a draw: Windows-1258 is what a Vietnamese system writes.
    const ALL: [Self; 6] = [
        Self::Windows(WINDOWS_1258),
        Self::Legacy(Legacy::Tcvn3),
        Self::Legacy(Legacy::Vni),
        Self::Legacy(Legacy::Viscii),
        Self::Legacy(Legacy::Vps),
        Self::Windows(WINDOWS_1252),
    ];

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Windows(encoding) => super::fold::nfc(&encoding.decode_without_bom_handling(bytes).0).into_owned(),
            Self::Legacy(Legacy::Tcvn3) => legacy::restore_capitals(&legacy::decode_bytes(bytes, Legacy::Tcvn3)),
            Self::Legacy(encoding) => legacy::decode_bytes(bytes, encoding),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Windows(encoding) if encoding == WINDOWS_1258 => "windows-1258",
            Self::Windows(_) => "windows-1252",
            Self::Legacy(encoding) => encoding.name(),
        }
    }

    /// The candidate under which most words of a sample are Vietnamese, with the share of those that are.
    fn best(sample: &[u8]) -> (Self, f64) {
        let mut best = (Self::Windows(WINDOWS_1258), f64::NEG_INFINITY, 0.0);
        for candidate in Self::ALL {
            let (share, cased) = legacy::quality(&candidate.decode(sample));
            let score = if cased { share } else { share - 0.05 };
            if score > best.1 {
                best = (candidate, score, share);
            }
        }
        (best.0, best.2)
    }
}

fn single_byte(bytes: &[u8]) -> Decoded<'static> {
    let (main, share) = Candidate::best(bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes));
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut mixed = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.is_ascii() {
            text.push_str(&String::from_utf8_lossy(line));
            continue;
        }
        let decoded = main.decode(line);
        let (own, _) = legacy::quality(&decoded);
        let other = (own < 0.7).then(|| foreign_line(line, own)).flatten();
        let (line, name) = other.unwrap_or((decoded, main.name()));
        text.push_str(&line);
        if name != main.name() && !mixed.contains(&name) {
            mixed.push(name);
        }
    }
    Decoded { text: Cow::Owned(text), encoding: main.name(), damaged: false, mixed, doubtful: share < 0.95 }
}

/// A line in another encoding than the rest: UTF-8, or a candidate under which it is Vietnamese.
fn foreign_line(line: &[u8], own: f64) -> Option<(String, &'static str)> {
    if let Ok(text) = std::str::from_utf8(line) {
        return Some((text.to_owned(), "utf-8"));
    }
    let words = line.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_ascii()).count();
    let (candidate, share) = Candidate::best(line);
    (words >= 3 && share >= 0.9 && share > own + 0.2).then(|| (candidate.decode(line), candidate.name()))
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

    #[test]
    fn every_legacy_encoding_is_found_by_its_syllables() {
        // "Hội Liên hiệp Phụ nữ xã phát động thi đua đặc biệt"
        let cases: [(&[u8], &str); 4] = [
            (b"H\xE9i Li\xAAn hi\xD6p Ph\xF4 n\xF7 x\xB7 ph\xB8t \xAE\xE9ng thi \xAEua \xAE\xC6c bi\xD6t", "tcvn3"),
            (b"Ho\xE4i Lie\xE2n hie\xE4p Phu\xEF n\xF6\xF5 xa\xF5 pha\xF9t \xF1o\xE4ng thi \xF1ua \xF1a\xEBc bie\xE4t", "vni"),
            (b"H\xB5i Li\xEAn hi\xAEp Ph\xF8 n\xE6 x\xE3 ph\xE1t \xF0\xB5ng thi \xF0ua \xF0\xA3c bi\xAEt", "viscii"),
            (b"H\xB6i Li\xEAn hi\x8Cp Ph\xF8 n\xBB x\xE3 ph\xE1t \xC7\xB6ng thi \xC7ua \xC7\xA5c bi\x8Ct", "vps"),
        ];
        for (bytes, name) in cases {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, "Hội Liên hiệp Phụ nữ xã phát động thi đua đặc biệt", "{name}");
            assert_eq!((decoded.encoding, decoded.doubtful), (name, false));
        }
    }

    #[test]
    fn lines_of_several_encodings_are_decoded_each_by_itself() {
        let mixed =
            [&b"H\xE9i Li\xAAn hi\xD6p Ph\xF4 n\xF7 x\xB7 ph\xB8t \xAE\xE9ng\n"[..], "Độc lập - Tự do\n".as_bytes()]
                .concat();
        let decoded = decode(&mixed);
        assert_eq!(decoded.text, "Hội Liên hiệp Phụ nữ xã phát động\nĐộc lập - Tự do\n");
        assert_eq!((decoded.encoding, decoded.mixed), ("tcvn3", vec!["utf-8"]));
    }
}
