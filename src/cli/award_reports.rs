//! A folder of reports as the list: each names one awardee, and each is checked as `thidua check` checks it.

use super::award::Job;
use super::exit::Exit;
use std::collections::BTreeMap;
use thidua::Engine;
use thidua::batch::{self, Item};
use thidua::check::{Checker, Selection};
use thidua::guard::Limits;
use thidua::guard::digest::hexadecimal;
use thidua::model::{AwardFinding, InputError, ListPlace, Severity, TracedSource};
use thidua::read::roster::{self, Knowledge};
use thidua::report::sentences;

impl Job<'_> {
    /// Reads the reports of the folder. One that cannot be read is said with its reason, and the others count.
    pub(super) fn read_reports(&mut self, engine: &Engine) -> Result<(), Exit> {
        let folder = [self.list_name.clone()];
        let items = match batch::worklist(&folder, "") {
            Ok(work) if !work.items.is_empty() => work.items,
            _ => {
                self.console.error("award.no-rows", &[("file", &self.list_name)]);
                return Err(Exit::Nothing);
            }
        };
        let checker = Checker::new().map_err(|error| self.console.fault(&error))?;
        for item in items {
            if let Err(error) = self.read_report(&item, engine, &checker) {
                let reason = sentences::input_error(&self.console.texts, &error);
                let found = AwardFinding::new("KT110", Severity::Error, Some(place(&item)));
                self.roster.findings.push(found.with("file", item.name.as_str()).with("reason", reason));
            }
        }
        Ok(())
    }

    fn read_report(&mut self, item: &Item, engine: &Engine, checker: &Checker) -> Result<(), InputError> {
        let bytes = batch::load(item, &Limits::default())?;
        self.sources.push(TracedSource { path: item.name.clone(), sha256: hexadecimal(&bytes) });
        let document = batch::guarded(|| engine.read(&item.name, &bytes))?;
        let knowledge = Knowledge { words: &self.words, rules: &self.rules };
        let before = self.roster.awardees.len();
        roster::report(&item.name, &document, knowledge, &mut self.roster);
        let Some(awardee) = self.roster.awardees.get(before) else { return Ok(()) };
        let name = awardee.name().to_owned();
        let layout = engine.layout(&document, &bytes);
        let checked = engine.check(checker, document, None, layout.as_ref(), &Selection::default());
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for noted in &checked.report.findings {
            if noted.finding.severity == Severity::Error && !noted.finding.review {
                *codes.entry(noted.finding.code).or_default() += 1;
            }
        }
        if !codes.is_empty() {
            let count: usize = codes.values().sum();
            let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{code}: {count}")).collect();
            self.roster.findings.push(
                AwardFinding::new("KT111", Severity::Warning, Some(place(item)))
                    .with("name", name)
                    .with("count", count.to_string())
                    .with("codes", codes.join(", ")),
            );
        }
        Ok(())
    }
}

fn place(item: &Item) -> ListPlace {
    ListPlace { file: item.name.clone(), sheet: None, row: 1, cell: "¶1".to_owned() }
}
