//! An engine and a checker, as a command holds them.

use thidua::Engine;
use thidua::check::{Checked, Checker, FormalProfile, Selection};
use thidua::model::CheckReport;

pub struct Bench {
    pub engine: Engine,
    pub checker: Checker,
}

impl Bench {
    pub fn new() -> Self {
        Self { engine: Engine::new().expect("engine"), checker: Checker::new().expect("checker") }
    }

    /// A report against the form that its title points to.
    pub fn checked(&self, name: &str, bytes: &[u8]) -> Checked {
        let document = self.engine.read(name, bytes).expect("document");
        let layout = self.engine.layout(&document, bytes);
        self.engine.check(&self.checker, document, None, layout.as_ref(), &Selection::default())
    }

    pub fn check(&self, name: &str, bytes: &[u8]) -> CheckReport {
        self.checked(name, bytes).report
    }

    /// Any paper against the rules of form.
    pub fn lint(&self, name: &str, bytes: &[u8]) -> CheckReport {
        let document = self.engine.read(name, bytes).expect("document");
        let layout = self.engine.layout(&document, bytes);
        let rules = (FormalProfile::default(), None);
        self.engine.lint(&self.checker, document, layout.as_ref(), rules, &Selection::default())
    }
}
