//! Telling text from pictures of text: a scan, a scan with a signature's stamp as its only text, a scan with a layer of
//! misread letters.

use super::glyphs::Page;
use crate::language::syllable;
use crate::model::{Finding, Severity};

/// A page with a picture on more of it than this is a picture, unless it has text enough.
const PICTURE: f64 = 0.5;
/// Letters of a page that a stamp and a signature do not reach.
const LETTERS: usize = 260;
/// Letters of a document with pictures or damage, below which there is nothing to read.
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
    /// There is a picture on one of them.
    pictured: bool,
    /// Pages, from 0, of which nothing can be decoded, and those of which a part cannot.
    lost: Vec<usize>,
    cut: Vec<usize>,
}

impl Scanned {
    /// There is nothing to read: no letter, or next to none beside pages of which the letters are missing.
    pub fn is_unreadable(&self) -> bool {
        let missing = self.pictured || !self.pages.is_empty() || !self.lost.is_empty() || !self.cut.is_empty();
        self.readable == 0 || missing && self.readable < FEW
    }

    /// The pages with damaged content, as people count them; `None` without any.
    pub fn damaged(&self) -> Option<String> {
        let mut pages: Vec<usize> = self.lost.iter().chain(&self.cut).copied().collect();
        pages.sort_unstable();
        (!pages.is_empty()).then(|| numbers(&pages))
    }

    /// Notices about it.
    pub fn notices(&self) -> Vec<Finding> {
        let about = |code, pages: &[usize]| {
            (!pages.is_empty()).then(|| Finding::new(code, Severity::Warning, None).with("pages", numbers(pages)))
        };
        let layer = self.layer.then(|| Finding::new("IN112", Severity::Warning, None));
        let pictures = about("IN111", &self.pages);
        let damage = about("IN113", &self.lost).into_iter().chain(about("IN114", &self.cut));
        pictures.into_iter().chain(layer).chain(damage).collect()
    }
}

fn numbers(pages: &[usize]) -> String {
    pages.iter().map(|page| (page + 1).to_string()).collect::<Vec<_>>().join(", ")
}

/// Tells pages with text from pictures of pages.
pub fn check(pages: &[Page]) -> Scanned {
    let mut scanned = Scanned::default();
    for (at, page) in pages.iter().enumerate() {
        let letters = page.text.chars().filter(|c| c.is_alphanumeric()).count();
        let glyphs = page.count();
        let is_layer = page.invisible * 2 > glyphs;
        if page.damaged {
            if letters == 0 { &mut scanned.lost } else { &mut scanned.cut }.push(at);
        }
        let misread = (is_layer || page.unknown * 4 > glyphs) && words_read(page) < READABLE;
        if (page.picture > PICTURE && letters < LETTERS) || (misread && letters > 0 && !page.damaged) {
            scanned.pages.push(at);
        } else {
            scanned.readable += letters;
            scanned.pictured |= page.picture > 0.0;
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
