//! Achievement reports as units hand them in: written from a seed in many wordings and layouts, sound or with one of the
//! typical mistakes, whose place is known.

#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::unwrap_used,
    reason = "each test file uses its part of the generator"
)]

mod bank;
mod dossier;
mod faults;
mod layout;
mod plain;
mod plantings;
mod wordfile;
mod write;

pub use dossier::{Dossier, Wrong, dossier};
pub use faults::{ALL, Planted, needs_dossier};
pub use layout::Layout;

use dice::Dice;

pub mod dice {
    //! A small generator of numbers; the same seed gives the same reports.

    #[derive(Clone)]
    pub struct Dice(u64);

    impl Dice {
        pub fn new(seed: u64) -> Self {
            Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
        }

        pub fn below(&mut self, limit: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 11) % limit.max(1)
        }

        pub fn between(&mut self, low: u64, high: u64) -> u64 {
            low + self.below(high - low + 1)
        }

        pub fn index(&mut self, length: usize) -> usize {
            usize::try_from(self.below(length as u64)).unwrap()
        }

        pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
            list[self.index(list.len())]
        }

        pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
            &list[self.index(list.len())]
        }

        /// One chance in so many.
        pub fn once_in(&mut self, times: u64) -> bool {
            self.below(times) == 0
        }

        pub fn shuffle<T>(&mut self, list: &mut [T]) {
            for at in (1..list.len()).rev() {
                list.swap(at, self.index(at + 1));
            }
        }
    }
}

/// Whom a report is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Person,
    Collective,
}

/// What it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Merit,
    Sudden,
    Theme,
}

/// A block of a section, before any layout.
#[derive(Clone, Debug)]
pub enum Item {
    /// A heading of the second level.
    Sub(String),
    Para(String),
    Bullet(String),
    /// Labels and values of section I.
    Fields(Vec<(String, String)>),
    /// A table of results.
    Grid(Vec<Vec<String>>),
    /// Earlier awards: what they are, and the rows.
    Earlier(&'static str, Vec<Row>),
}

/// An earlier award. What is `None` is not written.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub year: String,
    pub award: String,
    pub number: Option<String>,
    pub date: Option<String>,
    pub issuer: Option<String>,
    /// Stands for number, date and issuer in layouts that have one cell for them.
    pub raw: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub number: String,
    pub heading: String,
    pub items: Vec<Item>,
}

/// A signature block.
#[derive(Clone, Debug)]
pub struct Sign {
    pub role: String,
    pub note: String,
    pub lines: Vec<String>,
    pub name: String,
}

/// A report without a layout.
#[derive(Clone, Debug)]
pub struct Report {
    pub who: Who,
    pub kind: Kind,
    /// Day, month, year of signing.
    pub date: (u16, u16, u16),
    pub area: bank::Area,
    pub place: String,
    pub parent: String,
    pub unit: String,
    /// Lines above the title.
    pub above: Vec<String>,
    pub title: Vec<String>,
    pub name: String,
    pub post: String,
    pub award: &'static bank::Prize,
    pub award_words: String,
    /// First and last year that it covers.
    pub years: (u16, u16),
    pub sections: Vec<Section>,
    pub signs: Vec<Sign>,
    /// Words of the sentence that states the period.
    pub period: String,
}

impl Report {
    pub fn section(&mut self, number: usize) -> &mut Section {
        &mut self.sections[number - 1]
    }
}

/// A report as a file.
pub struct Made {
    pub name: String,
    pub text: String,
    pub docx: Vec<u8>,
    pub layout: Layout,
    pub report: Report,
}

/// A sound report.
pub fn clean(seed: u64) -> Made {
    let mut dice = Dice::new(seed);
    let report = write::report(&mut dice, None);
    made(seed, report, &mut dice)
}

/// A sound report of about four pages.
pub fn long(seed: u64) -> Made {
    let mut dice = Dice::new(seed);
    let needs = faults::Needs { merit: true, deeds: Some(56), ..faults::Needs::default() };
    let report = write::report(&mut dice, Some(needs));
    made(seed, report, &mut dice)
}

/// A report with one of the typical mistakes, by its number in the list of mistakes.
pub fn faulty(seed: u64, fault: u8) -> (Made, Planted) {
    let mut dice = Dice::new(seed.wrapping_mul(64) + u64::from(fault));
    let mut report = write::report(&mut dice, faults::needs(fault));
    let planted = faults::plant(fault, &mut report, &mut dice);
    (made(seed, report, &mut dice), planted)
}

fn made(seed: u64, report: Report, dice: &mut Dice) -> Made {
    let layout = Layout::roll(dice);
    Made {
        name: format!("bao-cao-{seed}"),
        text: plain::render(&report, &layout),
        docx: wordfile::render(&report, &layout),
        layout,
        report,
    }
}
