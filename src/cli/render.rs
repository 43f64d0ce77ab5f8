//! `thidua render`: a Word template and data to documents.

use super::console::Console;
use super::exit::Exit;
use super::interrupt;
use clap::{Args, ValueEnum};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use thidua::batch;
use thidua::guard::{self, Limits, write};
use thidua::report::sentences;
use thidua::template::{
    CompileOptions, DEFAULT_LEVEL, Data, DataError, Fault, FileNames, Filler, MediaFolder, Missing, MissingValue,
    Record, Records, RenderOptions, Rendered, Replacement, Template, TemplateError, pattern_fields,
};

/// What the command takes.
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[arg(value_name = "TEMPLATE")]
    pub template: PathBuf,
    #[arg(short, long, value_name = "FILE")]
    pub data: PathBuf,
    #[arg(long, conflicts_with = "one")]
    pub each: bool,
    #[arg(long)]
    pub one: bool,
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    #[arg(long, value_enum, default_value = "error")]
    pub missing: MissingArg,
    #[arg(long, value_name = "DIR")]
    pub media: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub replace: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = DEFAULT_LEVEL, value_parser = clap::value_parser!(u32).range(0..=9))]
    pub level: u32,
    #[arg(long)]
    pub tidy: bool,
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// What becomes of values that the data does not have.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MissingArg {
    /// An error.
    Error,
    /// Highlighted dots.
    Dots,
    /// Nothing.
    Empty,
}

impl From<MissingArg> for Missing {
    fn from(missing: MissingArg) -> Self {
        match missing {
            MissingArg::Error => Self::Error,
            MissingArg::Dots => Self::Dots,
            MissingArg::Empty => Self::Empty,
        }
    }
}

/// Runs the command.
pub fn run(args: &RenderArgs, console: &Console) -> Exit {
    match prepare(args, console) {
        Ok(job) if args.each => job.each(),
        Ok(job) => job.single(),
        Err(exit) => exit,
    }
}

struct Job<'a> {
    args: &'a RenderArgs,
    console: &'a Console,
    template: Template,
    options: RenderOptions,
}

fn prepare<'a>(args: &'a RenderArgs, console: &'a Console) -> Result<Job<'a>, Exit> {
    let mut template = super::template_cmd::open(&args.template, args.tidy, console)?;
    let beside = args.data.parent().unwrap_or(Path::new("."));
    let folder = args.media.as_deref().unwrap_or(beside);
    let media = Arc::new(MediaFolder::new(folder, Limits::default().input_bytes));
    if let Some(list) = &args.replace {
        let bytes = super::file::read(list, console)?;
        let name = list.to_string_lossy();
        let bad = |reason: String| {
            console.error("template.data", &[("file", &name), ("reason", &reason)]);
            Exit::Usage
        };
        let list: Vec<Replacement> = serde_json::from_slice(&bytes).map_err(|error| bad(error.to_string()))?;
        for missed in template.replace(&list, media.as_ref()).map_err(bad)? {
            console.error("template.replaced-nothing", &[("name", &missed)]);
        }
    }
    let options = RenderOptions { missing: args.missing.into(), level: args.level, media, ..RenderOptions::default() };
    Ok(Job { args, console, template, options })
}

/// The records of a data file.
pub(super) fn records(path: &Path) -> Result<Records, DataError> {
    Records::open(&path.to_string_lossy(), Box::new(guard::input::open(path)?), &Limits::default())
}

/// Where a record stands in its file, for people.
#[derive(Debug, Clone, Copy)]
struct Spot {
    number: usize,
    line: Option<usize>,
}

impl From<&Record> for Spot {
    fn from(record: &Record) -> Self {
        Self { number: record.number, line: record.line }
    }
}

impl Job<'_> {
    fn texts(&self) -> &thidua::pack::Texts {
        &self.console.texts
    }

    fn describe(&self, spot: Spot) -> String {
        let number = spot.number.to_string();
        match spot.line {
            Some(line) => self.texts().get("template.record-line", &[("number", &number), ("line", &line.to_string())]),
            None => self.texts().get("template.record", &[("number", &number)]),
        }
    }

    fn say(&self, spot: Option<Spot>, faults: &[Fault]) {
        let before = spot.map(|spot| format!("{}: ", self.describe(spot))).unwrap_or_default();
        for fault in faults {
            eprintln!("{before}{}", fault.sentence(self.texts()));
        }
    }

    fn say_missing(&self, spot: Option<Spot>, missing: &[MissingValue]) {
        let before = spot.map(|spot| format!("{}: ", self.describe(spot))).unwrap_or_default();
        for missing in missing {
            let place = format!("{before}{}", missing.place.describe(self.texts()));
            self.console.note("template.missing", &[("place", &place), ("name", &missing.name)]);
        }
    }

    /// Says why the data, or a record of it, cannot be read.
    fn bad_data(&self, spot: Option<Spot>, error: &DataError) {
        let file = self.args.data.to_string_lossy();
        let file = match spot {
            Some(spot) => format!("{file}, {}", self.describe(spot)),
            None => file.into_owned(),
        };
        let reason = sentences::data_error(self.texts(), error);
        self.console.error("template.data", &[("file", &file), ("reason", &reason)]);
    }

    /// One document: of the whole data, or of all records one after another.
    fn single(&self) -> Exit {
        let target = match &self.args.output {
            Some(path) if super::output::is_folder(path) => path.join(format!("{}.docx", stem(&self.args.data))),
            Some(path) => path.clone(),
            None => PathBuf::from(format!("{}-{}.docx", stem(&self.args.template), stem(&self.args.data))),
        };
        if let Some(exit) = self.refuse_input(&target) {
            return exit;
        }
        let (done, dropped) = match if self.args.one { self.merged() } else { self.whole() } {
            Ok(rendered) => rendered,
            Err(exit) => return exit,
        };
        self.say_missing(None, &done.missing);
        self.say_dropped(dropped);
        if let Some(folder) = target.parent().filter(|_| self.args.output.is_some())
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            return self.console.output_error(folder, &error);
        }
        match write::atomic(&target, &done.bytes) {
            Ok(()) => Exit::Done,
            Err(error) => self.console.output_error(&target, &error),
        }
    }

    fn whole(&self) -> Result<(Rendered, usize), Exit> {
        let source = guard::input::open(&self.args.data).map_err(DataError::from);
        let name = self.args.data.to_string_lossy();
        let data = source.and_then(|source| Data::from_file(&name, Box::new(source), &Limits::default()));
        let data = data.map_err(|error| {
            self.bad_data(None, &error);
            Exit::Usage
        })?;
        let rendered = self.template.render(&data, &self.options);
        let takes_rows = || {
            let fields = self.template.fields();
            fields.iter().any(|field| matches!(field.path.split(['.', '[']).next(), Some("rows" | "hang")))
        };
        if let Some(count) = data.rows.filter(|_| !takes_rows()) {
            self.console.error("template.list", &[("count", &count.to_string())]);
        }
        let rendered = rendered.map_err(|error| {
            self.say(None, &error.0);
            Exit::Partial
        })?;
        Ok((rendered, data.dropped))
    }

    fn merged(&self) -> Result<(Rendered, usize), Exit> {
        let records = self.records()?;
        let (mut dropped, mut at, mut failure) = (0, None, None);
        let data = records.map_while(|record| {
            let spot = Spot::from(&record);
            at = Some(spot);
            if spot.number == 2 && self.template.has_tags_outside_body() {
                self.console.note("template.headers-once", &[]);
            }
            match record.read() {
                Ok(data) => {
                    dropped += data.dropped;
                    Some(data)
                }
                Err(error) => {
                    failure = Some(error);
                    None
                }
            }
        });
        let rendered = self.template.render_merged(data, &self.options);
        if at.is_none() {
            self.console.error("template.empty-data", &[]);
            return Err(Exit::Nothing);
        }
        if let Some(error) = failure {
            self.bad_data(at, &error);
            return Err(Exit::Partial);
        }
        let rendered = rendered.map_err(|error| {
            self.say(at, &error.0);
            Exit::Partial
        })?;
        Ok((rendered, dropped))
    }

    fn records(&self) -> Result<Records, Exit> {
        records(&self.args.data).map_err(|error| {
            self.bad_data(None, &error);
            Exit::Usage
        })
    }

    /// One document for each record, in parallel; what goes wrong is said in the order of the records.
    fn each(&self) -> Exit {
        let pattern = self.args.name.clone().unwrap_or_else(|| format!("{}-{{stt}}", stem(&self.args.template)));
        let pattern = pattern.strip_suffix(".docx").unwrap_or(&pattern);
        if let Err(exit) = self.check_pattern(pattern) {
            return exit;
        }
        let records = match self.records() {
            Ok(records) => records,
            Err(exit) => return exit,
        };
        let folder = self.args.output.clone().unwrap_or_else(|| PathBuf::from("."));
        if let Err(error) = std::fs::create_dir_all(&folder) {
            return self.console.output_error(&folder, &error);
        }
        let names = Names::new(pattern, &self.reserved(&folder));
        // So that not every file has to ask where the program runs.
        let place = std::path::absolute(&folder).unwrap_or_else(|_| folder.clone());
        let desk = write::Desk::new(&place);
        let fill = |filler: &mut Filler<'_>, record: Record| -> Filled {
            let spot = Spot::from(&record);
            let data = batch::guarded(|| Ok(record.read())).unwrap_or_else(|error| Err(error.into()));
            // Names are given in the order of the records, whoever reads them first.
            let name = names.next(record.number, data.as_ref().ok());
            drop(record);
            let file = format!("{}.docx", name.given);
            let outcome = data.map_err(Failure::Data).and_then(|data| {
                let done = batch::guarded(|| Ok(filler.fill(&data)));
                let done = done.map_err(|error| Failure::Data(error.into()))?;
                let done = done.map_err(|error| Failure::Faults(error.0))?;
                let written = desk.put(&place.join(&file), &done.bytes);
                filler.reuse(done.bytes);
                written.map_err(|error| Failure::Output(folder.join(&file), error))?;
                Ok((done.missing, data.dropped))
            });
            Filled { spot, name, outcome }
        };
        let mut exit = Exit::Done;
        let (mut count, mut written, mut dropped) = (0, 0, 0);
        let emit = |filled: Filled| {
            count += 1;
            if let Some(wanted) = &filled.name.wanted {
                self.console.note("template.collision", &[("name", wanted), ("new", &filled.name.given)]);
            }
            exit = exit.and(match filled.outcome {
                Ok((missing, left_out)) => {
                    written += 1;
                    dropped += left_out;
                    self.say_missing(Some(filled.spot), &missing);
                    Exit::Done
                }
                Err(Failure::Data(error)) => {
                    self.bad_data(Some(filled.spot), &error);
                    Exit::Partial
                }
                Err(Failure::Faults(faults)) => {
                    self.say(Some(filled.spot), &faults);
                    Exit::Partial
                }
                Err(Failure::Output(target, error)) => self.console.output_error(&target, &error),
            });
            if interrupt::asked() {
                exit = exit.and(Exit::Interrupted);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let jobs = self.args.jobs.or_else(|| std::thread::available_parallelism().ok());
        let jobs = jobs.map_or(1, std::num::NonZeroUsize::get);
        if let Err(error) = batch::taken(records, jobs, || self.template.filler(&self.options), fill, emit) {
            return self.console.fault(&error);
        }
        if count == 0 {
            self.console.error("template.empty-data", &[]);
            return Exit::Nothing;
        }
        if exit == Exit::Interrupted {
            self.console.error("cli.interrupted", &[]);
        }
        self.say_dropped(dropped);
        let place = folder.to_string_lossy();
        self.console.note("template.written", &[("count", &written.to_string()), ("place", &place)]);
        exit
    }

    /// Refuses a pattern with a field that no record has, before anything is written. As a rule the first record has
    /// them all.
    fn check_pattern(&self, pattern: &str) -> Result<(), Exit> {
        let mut unknown = pattern_fields(pattern);
        if unknown.is_empty() {
            return Ok(());
        }
        let mut is_empty = true;
        for record in self.records()? {
            is_empty = false;
            let Ok(data) = record.read() else { continue };
            unknown.retain(|field| data.text(field).is_none());
            if unknown.is_empty() {
                return Ok(());
            }
        }
        match unknown.first().filter(|_| !is_empty) {
            Some(field) => {
                self.console.error("template.name-field", &[("name", field)]);
                Err(Exit::Usage)
            }
            None => Ok(()),
        }
    }

    /// Names in the output folder that belong to inputs.
    fn reserved(&self, folder: &Path) -> Vec<String> {
        let Ok(folder) = folder.canonicalize() else { return Vec::new() };
        let inputs = [&self.args.template, &self.args.data];
        let real = inputs.iter().filter_map(|path| path.canonicalize().ok());
        real.filter(|path| path.parent() == Some(folder.as_path())).map(|path| stem(&path)).collect()
    }

    fn refuse_input(&self, target: &Path) -> Option<Exit> {
        let real = target.canonicalize().ok()?;
        let is_input =
            [&self.args.template, &self.args.data].iter().any(|path| path.canonicalize().ok() == Some(real.clone()));
        is_input.then(|| {
            self.console.error("template.output-exists", &[("file", &target.to_string_lossy())]);
            Exit::Usage
        })
    }

    fn say_dropped(&self, count: usize) {
        if count > 0 {
            self.console.note("template.dropped", &[("count", &count.to_string())]);
        }
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What became of a record.
struct Filled {
    spot: Spot,
    name: Name,
    outcome: Result<(Vec<MissingValue>, usize), Failure>,
}

enum Failure {
    Data(DataError),
    Faults(Vec<Fault>),
    Output(PathBuf, std::io::Error),
}

/// The name of a file, and the one that it would have had, when that was taken.
struct Name {
    given: String,
    wanted: Option<String>,
}

/// Gives names in the order of the records.
struct Names<'p> {
    pattern: &'p str,
    /// The pattern asks for values: who reads a record first must not matter.
    ordered: bool,
    state: Mutex<Given>,
    given: Condvar,
}

struct Given {
    names: FileNames,
    next: usize,
    sleeping: usize,
}

impl<'p> Names<'p> {
    fn new(pattern: &'p str, reserved: &[String]) -> Self {
        let mut names = FileNames::default();
        reserved.iter().for_each(|name| names.take(name));
        let state = Mutex::new(Given { names, next: 1, sleeping: 0 });
        Self { pattern, ordered: !pattern_fields(pattern).is_empty(), state, given: Condvar::new() }
    }

    /// The name for a record, once all records before it have theirs. What cannot be read takes none.
    fn next(&self, number: usize, data: Option<&Data>) -> Name {
        let mut state = batch::soon(&self.state);
        while self.ordered && state.next < number {
            state.sleeping += 1;
            state = self.given.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.sleeping -= 1;
        }
        let (given, wanted) = data.map(|data| state.names.next(self.pattern, data, number)).unwrap_or_default();
        state.next = number + 1;
        if state.sleeping > 0 {
            self.given.notify_all();
        }
        Name { given, wanted }
    }
}

/// Compiles a template for a command.
pub(super) fn compile(bytes: &[u8], tidy: bool) -> Result<Template, TemplateError> {
    Template::compile(bytes, &CompileOptions { tidy, ..CompileOptions::default() })
}
