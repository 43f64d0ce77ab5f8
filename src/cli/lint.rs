//! `thidua lint`: form and language of any document, for the office's own papers.

use super::check::{self, CheckOptions};
use super::check_output::deliver;
use super::console::Console;
use super::exit::Exit;
use clap::{Args, ValueEnum};
use thidua::Engine;
use thidua::batch::Item;
use thidua::check::{Checked, Checker, FormalProfile};
use thidua::model::BatchReport;

/// What the command takes.
#[derive(Debug, Args)]
pub struct LintArgs {
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    #[arg(long, value_enum, default_value = "hoi-lhpn")]
    pub profile: ProfileArg,
    #[command(flatten)]
    pub common: CheckOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ProfileArg {
    Nd30,
    HoiLhpn,
    Party,
}

impl From<ProfileArg> for FormalProfile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Nd30 => Self::Nd30,
            ProfileArg::HoiLhpn => Self::HoiLhpn,
            ProfileArg::Party => Self::Party,
        }
    }
}

/// Runs the command.
pub fn run(args: &LintArgs, engine: &Engine, console: &Console) -> Exit {
    let checker = match Checker::new() {
        Ok(checker) => checker,
        Err(error) => return console.fault(&error),
    };
    let selection = args.common.selection();
    let work = |item: &Item, bytes: &[u8]| {
        let document = engine.read(&item.name, bytes)?;
        let layout = engine.layout(&document, bytes);
        let rules = (FormalProfile::from(args.profile), args.common.run.as_of);
        Ok(Checked {
            report: engine.lint(&checker, document, layout.as_ref(), rules, &selection),
            sketch: None,
            proposal: None,
        })
    };
    let mut files = Vec::new();
    let take = |checked: Checked| {
        files.push(checked.report);
        Ok(())
    };
    let walked = match check::walk(&args.paths, &args.common, console, work, take) {
        Ok(walked) => walked,
        Err(exit) => return exit,
    };
    let batch = BatchReport { files, findings: Vec::new() };
    deliver(batch, &walked.items, &args.common, (engine, checker.rules()), console, walked.exit)
}
