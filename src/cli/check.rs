//! `thidua check`: submitted reports against the form that they must have.

use super::args::{FailOn, RunOptions};
use super::check_output::{Delivery, deliver};
use super::console::Console;
use super::exit::Exit;
use super::walk::threads;
use super::{interrupt, output};
use clap::{Args, ValueEnum};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use thidua::Engine;
use thidua::batch::{self, Item};
use thidua::check::batch as side_by_side;
use thidua::check::{Checked, Checker, Selection};
use thidua::guard::Limits;
use thidua::model::{CheckReport, InputError, Severity};
use thidua::pack::ReportForm;

/// What the command takes.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    #[arg(long, value_name = "ID|FILE")]
    pub form: Option<String>,
    #[arg(long, value_name = "FILE.docx", conflicts_with = "form")]
    pub form_docx: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub directive: Option<PathBuf>,
    #[command(flatten)]
    pub common: CheckOptions,
}

/// What `check` and `lint` share.
#[derive(Debug, Args)]
pub struct CheckOptions {
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: CheckFormat,
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub stdin_name: String,
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub select: Vec<String>,
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    #[arg(long, value_name = "CODE=LEVEL", value_delimiter = ',', value_parser = graded)]
    pub severity: Vec<(String, Severity)>,
    #[arg(long, value_enum, default_value = "never")]
    pub fail_on: FailOn,
    #[command(flatten)]
    pub delivery: Delivery,
    #[command(flatten)]
    pub run: RunOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For a terminal.
    Table,
    /// One object.
    Json,
    /// A line for each file.
    Jsonl,
    /// One page.
    Html,
    /// A workbook.
    Xlsx,
    /// SARIF 2.1.0.
    Sarif,
}

impl CheckOptions {
    /// The findings that count.
    pub fn selection(&self) -> Selection {
        let upper = |codes: &[String]| codes.iter().map(|code| code.trim().to_owned()).collect();
        Selection {
            select: upper(&self.select),
            ignore: upper(&self.ignore),
            severity: self.severity.iter().cloned().collect(),
        }
    }
}

/// `BC13=warning`.
fn graded(value: &str) -> Result<(String, Severity), String> {
    let (code, level) = value.split_once('=').ok_or_else(|| value.to_owned())?;
    let severity = match level.trim() {
        "info" => Severity::Info,
        "warning" => Severity::Warning,
        "error" => Severity::Error,
        other => return Err(other.to_owned()),
    };
    Ok((code.trim().to_ascii_uppercase(), severity))
}

/// Runs the command.
pub fn run(args: &CheckArgs, engine: &Engine, console: &Console) -> Exit {
    let mut checker = match Checker::new() {
        Ok(checker) => checker,
        Err(error) => return console.fault(&error),
    };
    let form = match args.form.as_deref().map(|form| named_form(form, &mut checker, console)).transpose() {
        Ok(form) => form,
        Err(exit) => return exit,
    };
    let form = match args.form_docx.as_deref().map(|path| super::form_cmd::learn(path, engine, console)).transpose() {
        Ok(learned) => learned.or(form),
        Err(exit) => return exit,
    };
    let against = match super::against::against(args, engine, &checker, console) {
        Ok(against) => against,
        Err(exit) => return exit,
    };
    let selection = args.common.selection();
    let work = |item: &Item, bytes: &[u8]| {
        let document = engine.read(&item.name, bytes)?;
        let layout = engine.layout(&document, bytes);
        Ok(engine.check(&checker, document, form.as_ref(), layout.as_ref(), &selection))
    };
    let mut gathered = match side_by_side::Gathered::new() {
        Ok(gathered) => gathered,
        Err(error) => return console.output_error(&std::env::temp_dir(), &error),
    };
    let walked = match walk(&args.paths, &args.common, console, work, |checked| gathered.push(checked)) {
        Ok(walked) => walked,
        Err(exit) => return exit,
    };
    let batch = gathered.review(&against, &selection);
    deliver(batch, &walked.items, &args.common, (engine, checker.rules()), console, walked.exit)
}

/// A form by its id, or from a file.
fn named_form(name: &str, checker: &mut Checker, console: &Console) -> Result<ReportForm, Exit> {
    if let Some(form) = checker.forms().get(name) {
        return Ok(form.clone());
    }
    if Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
        let bytes = super::file::read(Path::new(name), console)?;
        let text = String::from_utf8_lossy(&bytes);
        return match checker.forms_mut().add(name, &text) {
            Ok(form) => Ok(form.clone()),
            Err(error) => {
                console.error("check.bad-form", &[("reason", &error.to_string())]);
                Err(Exit::Usage)
            }
        };
    }
    let ids: Vec<&str> = checker.forms().iter().map(|form| form.id.as_str()).collect();
    console.error("check.unknown-form", &[("name", name), ("ids", &ids.join(", "))]);
    Err(Exit::Usage)
}

/// What a walk over the inputs came to.
pub struct Walked {
    /// The inputs.
    pub items: Vec<Item>,
    /// How it went so far.
    pub exit: Exit,
}

/// Checks every input on the workers and hands what it came to to `take`, in work-list order.
///
/// # Errors
/// The exit code when nothing could be processed, or `take` fails.
pub fn walk(
    paths: &[String],
    options: &CheckOptions,
    console: &Console,
    work: impl Fn(&Item, &[u8]) -> Result<Checked, InputError> + Sync,
    mut take: impl FnMut(Checked) -> io::Result<()>,
) -> Result<Walked, Exit> {
    let list = batch::worklist(paths, &options.stdin_name).map_err(|error| {
        console.error("cli.bad-pattern", &[("reason", &error.to_string())]);
        Exit::Usage
    })?;
    if list.items.is_empty() {
        console.error("cli.nothing", &[]);
        return Err(Exit::Nothing);
    }
    if let Some(path) = options.output.as_deref().filter(|path| output::is_input(path, &list.items)) {
        console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
        return Err(Exit::Usage);
    }
    let limits = Limits::default();
    let guarded = |item: &Item| batch::guarded(|| work(item, &batch::load(item, &limits)?));
    let progress = console.progress(list.items.len(), options.output.is_none());
    let mut walked = Walked { items: Vec::new(), exit: Exit::Done };
    let mut broken = None;
    let outcome = batch::in_order(&list.items, threads(options.run.jobs), guarded, |item, result| {
        if interrupt::asked() {
            walked.exit = walked.exit.and(Exit::Interrupted);
            return ControlFlow::Break(());
        }
        progress.inc(1);
        let checked = match result {
            Ok(checked) => checked,
            Err(error) => {
                let ours = matches!(error, InputError::Internal { .. });
                walked.exit = walked.exit.and(if ours { Exit::Fault } else { Exit::Partial });
                progress.suspend(|| console.input_error(&item.name, &error));
                Checked { report: CheckReport::unreadable(&item.name, &error), sketch: None, proposal: None }
            }
        };
        match take(checked) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    progress.finish_and_clear();
    if let Err(error) = outcome {
        return Err(console.fault(&error));
    }
    if let Some(error) = broken {
        return Err(console.output_error(&std::env::temp_dir(), &error));
    }
    walked.items = list.items;
    Ok(walked)
}
