//! `thidua draft …`: documents of the office's own, drawn from what was read.

pub(super) mod desk;
mod notes;
pub(super) mod plan;
pub(super) mod registration;

use super::console::Console;
use super::exit::Exit;
use clap::{Args, Subcommand};
use std::path::Path;
use thidua::batch;
use thidua::guard::Limits;
use thidua::{Engine, Options, Reading};

/// What the command takes.
#[derive(Debug, Args)]
pub struct DraftArgs {
    #[command(subcommand)]
    pub document: DraftCommand,
}

/// Documents that can be drafted.
#[derive(Debug, Subcommand)]
pub enum DraftCommand {
    Plan(plan::PlanArgs),
    Registration(Box<registration::RegistrationArgs>),
}

/// Runs the command.
pub fn run(args: &DraftArgs, engine: &Engine, console: &Console) -> Exit {
    match &args.document {
        DraftCommand::Plan(args) => plan::run(args, engine, console),
        DraftCommand::Registration(args) => registration::run(args, engine, console),
    }
}

/// Reads and extracts directives or plans; the first that cannot be read ends the run.
pub(super) fn readings(paths: &[String], engine: &Engine, console: &Console) -> Result<Vec<Reading>, Exit> {
    let list = batch::worklist(paths, "stdin").map_err(|error| {
        console.error("cli.bad-pattern", &[("reason", &error.to_string())]);
        Exit::Usage
    })?;
    let limits = Limits::default();
    let mut readings = Vec::with_capacity(list.items.len());
    for item in &list.items {
        let read = batch::guarded(|| {
            let document = engine.read(&item.name, &batch::load(item, &limits)?)?;
            Ok(engine.extract(document, &Options::default()))
        });
        match read {
            Ok(reading) => readings.push(reading),
            Err(error) => {
                console.input_error(&item.name, &error);
                return Err(Exit::Partial);
            }
        }
    }
    Ok(readings)
}

/// Makes a folder for results.
pub(super) fn folder(path: &Path, console: &Console) -> Result<(), Exit> {
    std::fs::create_dir_all(path).map_err(|error| console.output_error(path, &error))
}
