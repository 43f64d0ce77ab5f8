//! `thidua form`: the forms at hand, and a form learned from a Word template.

use super::console::Console;
use super::exit::Exit;
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use thidua::Engine;
use thidua::batch::{Item, Origin};
use thidua::check::learn;
use thidua::guard::write;
use thidua::pack::{ReportForm, ReportForms};

/// What the command takes.
#[derive(Debug, Args)]
pub struct FormArgs {
    #[command(subcommand)]
    pub command: FormCommand,
}

#[derive(Debug, Subcommand)]
pub enum FormCommand {
    Learn(LearnArgs),
    List,
}

#[derive(Debug, Args)]
pub struct LearnArgs {
    #[arg(value_name = "FILE.docx")]
    pub file: PathBuf,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &FormArgs, engine: &Engine, console: &Console) -> Exit {
    let text = match &args.command {
        FormCommand::Learn(args) => match learn(&args.file, engine, console) {
            Ok(form) => toml::to_string(&form).map_err(|error| console.fault(&error)),
            Err(exit) => Err(exit),
        },
        FormCommand::List => ReportForms::builtin().map(|forms| list(&forms)).map_err(|error| console.fault(&error)),
    };
    let text = match text {
        Ok(text) => text,
        Err(exit) => return exit,
    };
    if let FormCommand::Learn(LearnArgs { output: Some(path), file }) = &args.command {
        let template = [Item { name: String::new(), origin: Origin::File(file.clone()) }];
        if super::output::is_input(path, &template) {
            console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
            return Exit::Usage;
        }
        return match write::atomic(path, text.as_bytes()) {
            Ok(()) => Exit::Done,
            Err(error) => console.output_error(path, &error),
        };
    }
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            console.output_error(Path::new("stdout"), &error)
        }
        _ => Exit::Done,
    }
}

fn list(forms: &ReportForms) -> String {
    let mut out = String::new();
    for form in forms.iter() {
        let _ = writeln!(out, "{:<32} {}, {}, {}", form.id, form.title, form.form_no, form.law);
    }
    out
}

/// The form that a Word template asks for.
pub fn learn(path: &Path, engine: &Engine, console: &Console) -> Result<ReportForm, Exit> {
    let bytes = super::file::read(path, console)?;
    let document = super::file::document(path, &bytes, engine, console)?;
    let name = path.to_string_lossy().into_owned();
    match engine.learn(document) {
        Ok(form) => Ok(form),
        Err(learn::LearnError::Nothing) => {
            console.error("check.no-form", &[("name", &name)]);
            Err(Exit::Usage)
        }
        Err(learn::LearnError::Pack(error)) => Err(console.fault(&error)),
    }
}
