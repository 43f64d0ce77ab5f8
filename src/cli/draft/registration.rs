//! `thidua draft registration`: a registration form for each unit below, and the blank one.

use super::super::args;
use super::super::console::Console;
use super::super::exit::Exit;
use super::desk::Desk;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};
use thidua::Engine;
use thidua::compose::registration::ask::{Given, ask};
use thidua::compose::registration::fill::{FormData, form_path, forms};
use thidua::guard::write;
use thidua::model::Trace;
use thidua::pack::{RegistrationKind, word_form};
use thidua::template::{CompileOptions, Missing, RenderOptions, Template};

/// What the command takes.
#[derive(Debug, Args)]
pub struct RegistrationArgs {
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    #[arg(long, value_enum, default_values = ["cong-trinh"])]
    pub kind: Vec<KindArg>,
    #[command(flatten)]
    pub given: GivenArgs,
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// What can be said instead of, or beside, a directive.
#[derive(Debug, Args)]
pub struct GivenArgs {
    #[arg(long, value_name = "TEXT")]
    pub drive: Option<String>,
    #[arg(long, value_name = "N")]
    pub minimum: Option<u64>,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub due: Option<jiff::civil::Date>,
}

impl GivenArgs {
    /// As the library takes it.
    pub fn given(&self) -> Given {
        Given { drive: self.drive.clone(), minimum: self.minimum, due: self.due, ..Given::default() }
    }
}

/// Kinds of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    CongTrinh,
    TapThe,
    CaNhan,
}

impl From<KindArg> for RegistrationKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::CongTrinh => Self::CongTrinh,
            KindArg::TapThe => Self::TapThe,
            KindArg::CaNhan => Self::CaNhan,
        }
    }
}

/// Name of the file with the origins of all forms of a run.
const TRACE: &str = "dang-ky.trace.json";

/// Runs the command.
pub fn run(args: &RegistrationArgs, engine: &Engine, console: &Console) -> Exit {
    match draw(args, engine, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn draw(args: &RegistrationArgs, engine: &Engine, console: &Console) -> Result<Exit, Exit> {
    let desk = Desk::open(&args.office, &args.paths, engine, console)?;
    let fault = |error: &dyn std::error::Error| console.fault(error);
    let directives = desk.directives();
    super::folder(&args.output, console)?;
    let jobs = args.jobs.map_or(0, std::num::NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|error| fault(&error))?;
    let mut traces = Vec::new();
    let mut kinds = args.kind.clone();
    kinds.dedup();
    for kind in kinds.into_iter().map(RegistrationKind::from) {
        let Some(office) = desk.office(kind, engine, console) else { continue };
        let asked = ask(&directives, &office, &args.given.given());
        let forms = forms(&asked, &office).map_err(|error| fault(&error))?;
        let bytes = word_form(form_path(kind)).unwrap_or_default();
        let template = Template::compile(bytes, &CompileOptions::default()).map_err(|error| fault(&error))?;
        pool.install(|| write_all(&template, &forms, &args.output, console))?;
        traces.extend(forms.into_iter().map(|form| form.trace));
    }
    say_open(&traces, console);
    let path = args.output.join(TRACE);
    let json = serde_json::to_vec_pretty(&traces).map_err(|error| fault(&error))?;
    write::atomic(&path, &json).map_err(|error| console.output_error(&path, &error))?;
    let count = traces.len().to_string();
    console.note("template.written", &[("count", &count), ("place", &args.output.to_string_lossy())]);
    Ok(if desk.below.is_none() {
        console.error("registration.no-units", &[]);
        Exit::Partial
    } else {
        Exit::Done
    })
}

/// Fills and writes all forms; the first that fails ends the run.
fn write_all(template: &Template, forms: &[FormData], folder: &Path, console: &Console) -> Result<(), Exit> {
    let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
    let desk = write::Desk::new(folder);
    let written: Vec<Result<(), Failure>> = forms
        .par_iter()
        .map(|form| {
            let filled = template.render(&form.data, &options).map_err(|error| Failure::Fill(error.to_string()))?;
            let path = folder.join(&form.trace.document);
            desk.put(&path, &filled.bytes).map_err(|error| Failure::Write(path, error))
        })
        .collect();
    for result in written {
        match result {
            Ok(()) => {}
            Err(Failure::Write(path, error)) => return Err(console.output_error(&path, &error)),
            Err(Failure::Fill(reason)) => {
                console.error("cli.fault", &[("reason", &reason)]);
                return Err(Exit::Fault);
            }
        }
    }
    Ok(())
}

enum Failure {
    Fill(String),
    Write(PathBuf, io::Error),
}

/// What is open, each thing once with the number of forms that it concerns.
fn say_open(traces: &[Trace], console: &Console) {
    let mut said: Vec<(&str, usize)> = Vec::new();
    for open in traces.iter().flat_map(|trace| &trace.open) {
        match said.iter_mut().find(|(what, _)| *what == open.what) {
            Some((_, count)) => *count += 1,
            None => said.push((&open.what, 1)),
        }
    }
    for (what, count) in said {
        console.note("registration.open-in", &[("what", what), ("count", &count.to_string())]);
    }
}
