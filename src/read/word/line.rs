//! The text of one paragraph while it is read.

use super::look::RunLook;
use super::origin::{self, Place};
use super::symbols::{self, Font};
use crate::language::legacy::{self, Legacy};
use crate::language::survey::{Signs, survey};
use crate::read::clean::{tidy, tidy_surveyed};
use crate::read::text::emphasis;
use std::borrow::Cow;

/// The mark of Markdown for strong words.
const STRONG: &str = "**";

/// Stands for a sign of a picture font that cannot be named.
const UNKNOWN_SIGN: char = '\u{FFFD}';

/// Collects a paragraph's text run by run.
///
/// Text in a legacy font waits until the font changes: VNI writes a letter in two characters, which may stand in two
/// runs.
#[derive(Debug, Default)]
pub(in crate::read) struct Line {
    text: String,
    pending: String,
    pending_font: Option<(Legacy, bool, bool)>,
    /// What was decoded, each encoding once, for the notices.
    pub decoded: Vec<Legacy>,
    /// Some of its letters are not those of Vietnamese.
    pub is_suspect: bool,
    /// Marks of Markdown were taken off.
    pub marks_dropped: bool,
    /// A sign of a picture font could not be named.
    pub unknown_sign: bool,
    look: Option<(bool, bool)>,
    /// A page break stood before any text.
    pub page_break_before: bool,
    /// A page break stood after text: the next block begins a page.
    pub page_break_after: bool,
    /// Where the paragraph begins, when places are wanted.
    pub home: Option<Place>,
    /// Places of the characters of `text` and `pending`, or nothing where places are not wanted.
    places: Vec<Place>,
    pending_places: Vec<Place>,
}

impl Line {
    /// Adds a run's text.
    #[allow(dead_code, reason = "for readers that keep no places")]
    pub(in crate::read) fn push(&mut self, text: &str, look: RunLook) {
        self.push_placed(text, look, &[]);
    }

    /// Adds a run's text with the places of its characters (none where places are not wanted).
    pub(in crate::read) fn push_placed(&mut self, text: &str, look: RunLook, places: &[Place]) {
        if text.is_empty() {
            return;
        }
        if !text.trim_ascii().is_empty() {
            let (bold, italic) = self.look.unwrap_or((true, true));
            self.look = Some((bold && look.toggles.bold, italic && look.toggles.italic));
        }
        let capitals = look.toggles.capitals;
        match look.font {
            Font::Legacy { encoding, capitals: font_capitals } => {
                let font = (encoding, font_capitals, capitals);
                if self.pending_font != Some(font) {
                    self.flush();
                    self.pending_font = Some(font);
                }
                self.pending.push_str(text);
                self.pending_places.extend_from_slice(places);
            }
            Font::Unicode => {
                self.flush();
                let private = |c: char| matches!(c, '\u{F020}'..='\u{F0FF}');
                // Private characters begin with this byte, letters of European languages do not.
                let is_plain = text.bytes().fold(true, |plain, byte| plain & (byte != 0xEF) & (byte >= b' '));
                if is_plain && !capitals {
                    self.reserve(text.len());
                    self.text.push_str(text);
                    self.places.extend_from_slice(places);
                } else if text.contains(private) {
                    let shown = |c: char| if private(c) { symbols::glyph(c.into(), look.font).unwrap_or(c) } else { c };
                    self.text.extend(text.chars().map(shown));
                    self.places.extend_from_slice(places);
                } else if capitals {
                    self.text.push_str(&text.to_uppercase());
                    self.places.extend(origin::uppercase(text, places));
                } else {
                    self.append(text);
                    self.places.extend_from_slice(places);
                }
            }
            font => {
                self.flush();
                for (index, c) in text.chars().enumerate() {
                    self.push_sign_placed(c.into(), font, places.get(index).copied());
                }
            }
        }
    }

    /// Adds a tab, a line break or a hyphen.
    #[allow(dead_code, reason = "for readers that keep no places")]
    pub(in crate::read) fn push_mark(&mut self, mark: char) {
        self.push_mark_placed(mark, None);
    }

    /// Adds a tab, a line break or a hyphen with its place.
    pub(in crate::read) fn push_mark_placed(&mut self, mark: char, place: Option<Place>) {
        self.flush();
        self.text.push(mark);
        self.places.extend(place);
    }

    /// Adds a sign of a symbol font.
    #[allow(dead_code, reason = "for readers that keep no places")]
    pub(in crate::read) fn push_sign(&mut self, code: u32, font: Font) {
        self.push_sign_placed(code, font, None);
    }

    /// Adds a sign of a symbol font with its place.
    pub(in crate::read) fn push_sign_placed(&mut self, code: u32, font: Font, place: Option<Place>) {
        self.flush();
        let sign = symbols::glyph(code, font);
        self.unknown_sign |= sign.is_none();
        self.text.push(sign.unwrap_or(UNKNOWN_SIGN));
        self.places.extend(place);
    }

    fn reserve(&mut self, length: usize) {
        if self.text.capacity() == 0 {
            // Most paragraphs are of this length; growing by doubling from eight bytes costs more than the text.
            self.text.reserve(length.max(128));
        }
    }

    /// Text as it stands in the file: blanks of the markup are blanks.
    fn append(&mut self, text: &str) {
        self.reserve(text.len());
        let mut rest = text;
        while let Some(at) = memchr::memchr3(b'\n', b'\t', b'\r', rest.as_bytes()) {
            let (before, after) = rest.split_at(at);
            self.text.push_str(before);
            self.text.push(' ');
            rest = after.get(1..).unwrap_or_default();
        }
        self.text.push_str(rest);
    }

    fn flush(&mut self) {
        let Some((encoding, font_capitals, capitals)) = self.pending_font.take() else { return };
        let text = std::mem::take(&mut self.pending);
        let mut places = std::mem::take(&mut self.pending_places);
        let (decoded, upper) = match legacy::decode(&text, encoding) {
            Some(decoded) => {
                if decoded != text && !self.decoded.contains(&encoding) {
                    self.decoded.push(encoding);
                }
                places = origin::decoded(&text, encoding, &places);
                (decoded, font_capitals || capitals)
            }
            None => (text, capitals),
        };
        if upper {
            self.places.extend(origin::uppercase(&decoded, &places));
            self.text.push_str(&decoded.to_uppercase());
        } else {
            self.places.append(&mut places);
            self.text.push_str(&decoded);
        }
    }

    /// Bytes that were read so far.
    pub(in crate::read) fn len(&self) -> usize {
        self.text.len() + self.pending.len()
    }

    /// Whether nothing but blanks was read so far.
    pub(in crate::read) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.pending.trim().is_empty()
    }

    /// All of the text is bold, all of it is italic.
    pub(in crate::read) fn emphasis(&self) -> (bool, bool) {
        self.look.unwrap_or_default()
    }

    /// The finished text.
    #[allow(dead_code, reason = "for readers that keep no places")]
    pub(in crate::read) fn finish(&mut self) -> String {
        self.finish_placed().0
    }

    /// The finished text with the places of its characters.
    pub(in crate::read) fn finish_placed(&mut self) -> (String, Vec<Place>) {
        self.flush();
        let mut places = std::mem::take(&mut self.places);
        let mut text = std::mem::take(&mut self.text);
        let signs = survey(&text);
        if signs == Signs::default() && places.is_empty() {
            return (tidy_surveyed(text, signs), places);
        }
        self.is_suspect |= signs.unusual() || signs.legacy();
        // Somebody changed the font and left the letters as they were.
        if self.decoded.is_empty()
            && let Some(repair) = legacy::repair(&text, None)
        {
            if !places.is_empty() {
                places = origin::decoded(&text, repair.encoding, &places);
            }
            text = repair.text;
            self.decoded.push(repair.encoding);
        }
        let marked = text.contains(STRONG);
        let done = if places.is_empty() { (Self::finished(text), places) } else { origin::finished(&text, &places) };
        self.marks_dropped = marked && !done.0.contains(STRONG);
        done
    }

    /// What becomes of a paragraph's text at last. [`origin::finished`] does the same with places.
    pub(super) fn finished(text: String) -> String {
        let text = tidy(text);
        // Marks of Markdown that were pasted into Word are as little text there as in a text file.
        match emphasis::strip(&text).0 {
            Cow::Borrowed(_) => text,
            Cow::Owned(stripped) => stripped,
        }
    }
}
