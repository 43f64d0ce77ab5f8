//! What registrations are drawn with and read back with: the office, its units, the papers that ask, the forms.

use super::super::console::Console;
use super::super::exit::Exit;
use super::super::office;
use std::path::Path;
use thidua::compose::registration::ask::{Directive, Office};
use thidua::compose::units::SubUnits;
use thidua::pack::{Calendar, PlanWords, Profile, RegistrationForms, RegistrationKind};
use thidua::{Engine, Reading};

/// Everything that is read before the first form.
pub struct Desk {
    /// The office.
    pub profile: Profile,
    /// The units below.
    pub below: Option<SubUnits>,
    /// Registration forms.
    pub forms: RegistrationForms,
    calendar: Calendar,
    words: PlanWords,
    readings: Vec<Reading>,
}

impl Desk {
    /// Reads profile, list of units and papers; says what is wrong.
    pub fn open(folder: &Path, papers: &[String], engine: &Engine, console: &Console) -> Result<Self, Exit> {
        let profile = office::profile(folder, console).ok_or(Exit::Usage)?;
        let below = office::sub_units(folder, &profile, console)?;
        let fault = |error: thidua::pack::PackError| console.fault(&error);
        Ok(Self {
            forms: RegistrationForms::builtin().map_err(fault)?,
            calendar: Calendar::builtin().map_err(fault)?,
            words: PlanWords::builtin().map_err(fault)?,
            readings: super::readings(papers, engine, console)?,
            profile,
            below,
        })
    }

    /// The papers that ask.
    pub fn directives(&self) -> Vec<Directive<'_>> {
        let readings = self.readings.iter();
        readings.map(|read| Directive { document: &read.document, extraction: &read.extraction }).collect()
    }

    /// The knowledge for a kind of form.
    pub fn office<'a>(
        &'a self,
        kind: RegistrationKind,
        engine: &'a Engine,
        console: &'a Console,
    ) -> Option<Office<'a>> {
        Some(Office {
            profile: &self.profile,
            below: self.below.as_ref(),
            calendar: &self.calendar,
            words: &self.words,
            lexicon: &engine.pack().lexicon,
            form: self.forms.form(kind)?,
            texts: &console.texts,
        })
    }
}
