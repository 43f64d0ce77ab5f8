//! Telling text from pictures of text: a scan, a scan with a signature's stamp as its only text, a scan with a layer of
//! misread letters.

use super::glyphs::Page;
use crate::language::syllable;
use crate::model::{Finding, Severity};

/// A page with a picture on more of it than this is a picture, unless it has text enough.
const PICTURE: f64 = 0.5;
/// Letters of a page that a stamp and a signature do not reach.
const LETTERS: usize = 260;
/// Letters of a document, below which there is nothing to read.
const FEW: usize = 24;
/// Share of words that are syllables, below which a layer behind a picture was misread.
const READABLE: f64 = 0.65;

/// What is doubtful about the text of a file.
#[derive(Debug, Default)]
pub struct Scanned {
    /// Pages, from 0, that are pictures.
    pub pages: Vec<usize>,
    /// The text was put behind pictures by a program that read them.
    layer: bool,
    /// Letters on the other pages.
    readable: usize,
}

impl Scanned {
    /// There is nothing to read.
    pub fn is_unreadable(&self) -> bool {
        self.readable < FEW
    }

    /// Notices about it.
    pub fn notices(&self) -> Vec<Finding> {
        let pages: Vec<String> = self.pages.iter().map(|page| (page + 1).to_string()).collect();
        let pictures =
            (!pages.is_empty()).then(|| Finding::new("IN111", Severity::Warning, None).with("pages", pages.join(", ")));
        let layer = self.layer.then(|| Finding::new("IN112", Severity::Warning, None));
        pictures.into_iter().chain(layer).collect()
    }
}

/// Tells pages with text from pictures of pages.
pub fn check(pages: &[Page]) -> Scanned {
    let mut scanned = Scanned::default();
    for (at, page) in pages.iter().enumerate() {
        let letters = page.text.chars().filter(|c| c.is_alphanumeric()).count();
        let glyphs = page.glyphs.len() + page.turned.len();
        let is_layer = page.invisible * 2 > glyphs;
        let misread = (is_layer || page.unknown * 4 > glyphs) && words_read(page) < READABLE;
        if (page.picture > PICTURE && letters < LETTERS) || (misread && letters > 0) {
            scanned.pages.push(at);
        } else {
            scanned.readable += letters;
            scanned.layer |= is_layer && letters > 0;
        }
    }
    scanned
}

/// Share of the words of a page that have the shape of a syllable.
fn words_read(page: &Page) -> f64 {
    let (mut good, mut all) = (0_u32, 0_u32);
    for word in page.text.split(|c: char| !c.is_alphabetic() && c != char::REPLACEMENT_CHARACTER) {
        if word.chars().count() >= 2 {
            all += 1;
            good += u32::from(syllable::is_syllable(word));
        }
    }
    if all == 0 { 0.0 } else { f64::from(good) / f64::from(all) }
}
