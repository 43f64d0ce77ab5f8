//! `thidua compare`: does a plan cover the directives above it?

use super::args::FailOn;
use super::console::Console;
use super::draft::plan::{Read, parent, read};
use super::exit::Exit;
use super::{award, office};
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::path::PathBuf;
use thidua::Engine;
use thidua::compose::compare::{CompareInputs, compare, profile_of};
use thidua::compose::plan::Parent;
use thidua::compose::units::SubUnits;
use thidua::guard::write;
use thidua::pack::{AwardRules, Calendar, PlanWords, Profile, RegistrationForms};
use thidua::report::compare::{Compared, html, json, table};

/// What the command takes.
#[derive(Debug, Args)]
pub struct CompareArgs {
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(required = true, value_name = "DIRECTIVE")]
    pub directives: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub office: Option<PathBuf>,
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: CompareFormat,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "never")]
    pub fail_on: FailOn,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CompareFormat {
    /// A summary.
    Table,
    /// Side by side.
    Html,
    /// For programs.
    Json,
}

/// Runs the command.
pub fn run(args: &CompareArgs, engine: &Engine, console: &Console) -> Exit {
    compared(args, engine, console).unwrap_or_else(|exit| exit)
}

fn compared(args: &CompareArgs, engine: &Engine, console: &Console) -> Result<Exit, Exit> {
    let plan = read(&args.plan, None, engine, console)?;
    let directives = args.directives.iter().map(|path| read(path, None, engine, console));
    let directives: Vec<Read> = directives.collect::<Result<_, _>>()?;
    let parents: Vec<Parent> = directives.iter().map(parent).collect();
    let (profile, units) = unit(args, &plan, engine, console)?;
    let fault = |error: thidua::pack::PackError| console.fault(&error);
    let (calendar, words) = (Calendar::builtin().map_err(fault)?, PlanWords::builtin().map_err(fault)?);
    let forms = RegistrationForms::builtin().map_err(fault)?;
    let awards = match office_of(args) {
        Some(office) => award::rules(&office, console)?,
        None => AwardRules::builtin().map_err(fault)?,
    };
    let comparison = compare(&CompareInputs {
        plan: parent(&plan),
        directives: &parents,
        profile: &profile,
        units: units.as_ref(),
        calendar: &calendar,
        words: &words,
        awards: &awards,
        forms: &forms,
        lexicon: &engine.pack().lexicon,
        knowledge: engine.knowledge(),
    });
    let name = args.plan.to_string_lossy();
    let names: Vec<String> = args.directives.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let compared = Compared { plan: &name, directives: &names, comparison: &comparison };
    let text = match args.format {
        CompareFormat::Table => table(&compared, &console.texts),
        CompareFormat::Html => html(&compared, &console.texts),
        CompareFormat::Json => json(&compared, &console.texts).map_err(|error| console.fault(&error))?,
    };
    match &args.output {
        Some(path) => write::atomic(path, text.as_bytes()).map_err(|error| console.output_error(path, &error))?,
        None => {
            std::io::stdout().write_all(text.as_bytes()).map_err(|error| console.output_error(&args.plan, &error))?
        }
    }
    let reached = args.fail_on.severity().is_some_and(|least| comparison.gravest().is_some_and(|worst| worst >= least));
    Ok(if reached { Exit::Findings } else { Exit::Done })
}

/// The office that is named, or lies here.
fn office_of(args: &CompareArgs) -> Option<PathBuf> {
    let here = PathBuf::from(".");
    args.office.clone().or_else(|| here.join(office::PROFILE).is_file().then_some(here))
}

/// The unit of the plan: of the office that is named or lies here, else as the plan's own head says.
fn unit(
    args: &CompareArgs,
    plan: &Read,
    engine: &Engine,
    console: &Console,
) -> Result<(Profile, Option<SubUnits>), Exit> {
    if let Some(office) = office_of(args) {
        let profile = office::profile(&office, console).ok_or(Exit::Usage)?;
        let units = office::sub_units(&office, &profile, console)?;
        return Ok((profile, units));
    }
    let info = &plan.0.extraction.document;
    match profile_of(info, engine.knowledge()) {
        Some(profile) => Ok((profile, None)),
        None => {
            console.error("compare.no-unit", &[("name", &args.plan.to_string_lossy())]);
            Err(Exit::Usage)
        }
    }
}
