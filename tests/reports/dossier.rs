//! Reports that are handed in together, with the proposal and the minutes.

use super::bank;
use super::dice::Dice;
use super::{Made, Who, clean};

/// Papers of one dossier as plain text and as Word files: name, text, file.
pub struct Dossier {
    pub reports: Vec<Made>,
}

/// Reports of some persons.
pub fn dossier(seed: u64, count: usize) -> Dossier {
    let mut dice = Dice::new(seed);
    let mut reports = Vec::new();
    let mut next = dice.below(1 << 20);
    while reports.len() < count {
        next += 1;
        let made = clean(next);
        if made.report.who == Who::Person {
            reports.push(made);
        }
    }
    let _ = bank::anybody(&mut dice);
    Dossier { reports }
}
