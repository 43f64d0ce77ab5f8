//! `thidua template`: what is wrong with a template, and which values it needs.

use super::console::Console;
use super::exit::Exit;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use thidua::model::Severity;
use thidua::template::{Fault, Template, TemplateError};

/// What the command takes.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    #[command(subcommand)]
    pub command: TemplateCommand,
}

#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    Check(CheckArgs),
    Fields(FieldsArgs),
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct FieldsArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: FieldsFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FieldsFormat {
    /// One line for each value.
    Table,
    /// Values with their places.
    Json,
    /// A JSON schema of the data.
    Schema,
}

/// Runs the command.
pub fn run(args: &TemplateArgs, console: &Console) -> Exit {
    match &args.command {
        TemplateCommand::Check(args) => {
            args.files.iter().fold(Exit::Done, |exit, file| exit.and(check(file, args.json, console)))
        }
        TemplateCommand::Fields(args) => fields(args, console),
    }
}

/// A compiled template; its faults and warnings are said.
pub(super) fn open(path: &Path, tidy: bool, console: &Console) -> Result<Template, Exit> {
    let bytes = super::file::read(path, console)?;
    match super::render::compile(&bytes, tidy) {
        Ok(template) => {
            say(path, template.warnings(), console);
            Ok(template)
        }
        Err(TemplateError::Faults(faults)) => {
            say(path, &faults, console);
            Err(Exit::Usage)
        }
        Err(TemplateError::Input(error)) => {
            console.input_error(&path.to_string_lossy(), &error);
            Err(Exit::Usage)
        }
    }
}

fn say(path: &Path, faults: &[Fault], console: &Console) {
    for fault in faults {
        eprintln!("{}", line(path, fault, console));
    }
}

fn line(path: &Path, fault: &Fault, console: &Console) -> String {
    let grade = if fault.severity == Severity::Error { "template.error" } else { "template.warning" };
    format!("{}: {}: {}", path.display(), console.texts.get(grade, &[]), fault.sentence(&console.texts))
}

fn check(path: &Path, as_json: bool, console: &Console) -> Exit {
    let bytes = match super::file::read(path, console) {
        Ok(bytes) => bytes,
        Err(_) => return Exit::Partial,
    };
    let faults = match super::render::compile(&bytes, false) {
        Ok(template) => template.warnings().to_vec(),
        Err(TemplateError::Faults(faults)) => faults,
        Err(TemplateError::Input(error)) => {
            console.input_error(&path.to_string_lossy(), &error);
            return Exit::Partial;
        }
    };
    let written = if as_json {
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| {
                let place = fault.place.describe(&console.texts);
                json!({"fault": fault, "place": place, "sentence": fault.sentence(&console.texts)})
            })
            .collect();
        print(&json!({"file": path.to_string_lossy(), "faults": faults}).to_string())
    } else if faults.is_empty() {
        print(&format!("{}: {}", path.display(), console.texts.get("template.ok", &[])))
    } else {
        faults.iter().try_for_each(|fault| print(&line(path, fault, console)))
    };
    match (written, faults.iter().any(|fault| fault.severity == Severity::Error)) {
        (Err(error), _) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            console.output_error(Path::new("stdout"), &error)
        }
        (_, true) => Exit::Findings,
        (_, false) => Exit::Done,
    }
}

fn fields(args: &FieldsArgs, console: &Console) -> Exit {
    let template = match open(&args.file, false, console) {
        Ok(template) => template,
        Err(exit) => return exit,
    };
    let fields = template.fields();
    let written = match args.format {
        FieldsFormat::Schema => print(&format!("{:#}", template.schema())),
        FieldsFormat::Json => print(&format!("{:#}", json!(fields))),
        FieldsFormat::Table => fields.iter().try_for_each(|field| {
            let places: Vec<String> = field.places.iter().map(|place| place.describe(&console.texts)).collect();
            let optional = if field.optional { "?" } else { "" };
            print(&format!("{}{optional}\t{}\t{}", field.path, field.kind, places.join("; ")))
        }),
    };
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            console.output_error(Path::new("stdout"), &error)
        }
        _ => Exit::Done,
    }
}

fn print(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")
}
