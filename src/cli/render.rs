//! `thidua render`: a Word template and data to documents.

use super::console::Console;
use super::exit::Exit;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use thidua::guard::{Limits, write};
use thidua::template::{
    CompileOptions, DEFAULT_LEVEL, Fault, FileNames, Grouping, MediaFolder, Missing, Records, RenderOptions, Rendered,
    Replacement, Template, TemplateError, pattern_fields,
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
    records: Records,
    options: RenderOptions,
}

fn prepare<'a>(args: &'a RenderArgs, console: &'a Console) -> Result<Job<'a>, Exit> {
    let mut template = super::template_cmd::open(&args.template, args.tidy, console)?;
    let bytes = super::template_cmd::read(&args.data, console)?;
    let grouping = if args.each || args.one { Grouping::Each } else { Grouping::Whole };
    let data_name = args.data.to_string_lossy().into_owned();
    let records = Records::read(&data_name, bytes, grouping, &Limits::default()).map_err(|error| {
        say_unreadable(console, &data_name, &error.0);
        Exit::Usage
    })?;
    if records.is_empty() {
        console.error("template.empty-data", &[]);
        return Err(Exit::Nothing);
    }
    let beside = args.data.parent().unwrap_or(Path::new("."));
    let folder = args.media.as_deref().unwrap_or(beside);
    let media = Arc::new(MediaFolder::new(folder, Limits::default().input_bytes));
    if let Some(list) = &args.replace {
        let bytes = super::template_cmd::read(list, console)?;
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
    Ok(Job { args, console, template, records, options })
}

/// Says why a data file cannot be read: where it is not well formed, if that is known, else what the reader says.
fn say_unreadable(console: &Console, file: &str, reason: &str) {
    let spot = reason.rsplit_once(" at line ").and_then(|(_, spot)| spot.split_once(" column "));
    match spot {
        Some((line, column)) => {
            console.error("template.data-form", &[("file", file), ("line", line), ("column", column)]);
        }
        None => console.error("template.data", &[("file", file), ("reason", reason)]),
    }
}

impl Job<'_> {
    fn texts(&self) -> &thidua::pack::Texts {
        &self.console.texts
    }

    fn say(&self, record: Option<usize>, faults: &[Fault]) {
        for fault in faults {
            let place = record.map(|number| self.texts().get("template.record", &[("number", &number.to_string())]));
            let before = place.map(|place| format!("{place}: ")).unwrap_or_default();
            eprintln!("{before}{}", fault.sentence(self.texts()));
        }
    }

    fn say_missing(&self, record: Option<usize>, done: &Rendered) {
        for missing in &done.missing {
            let place = missing.place.describe(self.texts());
            let place = match record {
                Some(number) => {
                    format!("{}: {place}", self.texts().get("template.record", &[("number", &number.to_string())]))
                }
                None => place,
            };
            self.console.note("template.missing", &[("place", &place), ("name", &missing.name)]);
        }
    }

    /// One document: of the whole data, or of all records one after another.
    fn single(&self) -> Exit {
        let mut dropped = 0;
        let mut records = Vec::with_capacity(self.records.len());
        for index in 0..self.records.len() {
            match self.records.get(index) {
                Ok(data) => {
                    dropped += data.dropped;
                    records.push(data);
                }
                Err(error) => return self.bad_data(index, &error.0),
            }
        }
        let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let target = match &self.args.output {
            Some(path) if super::output::is_folder(path) => path.join(format!("{}.docx", stem(&self.args.data))),
            Some(path) => path.clone(),
            None => PathBuf::from(format!("{}-{}.docx", stem(&self.args.template), stem(&self.args.data))),
        };
        if let Some(exit) = self.refuse_input(&target) {
            return exit;
        }
        if self.args.one && records.len() > 1 && self.template.has_tags_outside_body() {
            self.console.note("template.headers-once", &[]);
        }
        let rendered = match records.as_slice() {
            [one] => self.template.render(one, &self.options),
            _ => self.template.render_merged(records, &self.options),
        };
        match rendered {
            Ok(done) => {
                self.say_missing(None, &done);
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
            Err(error) => {
                self.say(None, &error.0);
                Exit::Partial
            }
        }
    }

    /// One document for each record, in parallel; what goes wrong is said in the order of the records.
    fn each(&self) -> Exit {
        let folder = self.args.output.clone().unwrap_or_else(|| PathBuf::from("."));
        if let Err(error) = std::fs::create_dir_all(&folder) {
            return self.console.output_error(&folder, &error);
        }
        let stem = self.args.template.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let pattern = self.args.name.clone().unwrap_or_else(|| format!("{stem}-{{stt}}"));
        let pattern = pattern.strip_suffix(".docx").unwrap_or(&pattern);
        let targets = match self.targets(&folder, pattern) {
            Ok(targets) => targets,
            Err(exit) => return exit,
        };
        let jobs = self.args.jobs.map_or(0, std::num::NonZeroUsize::get);
        let pool = match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
            Ok(pool) => pool,
            Err(error) => return self.console.fault(&error),
        };
        let dropped = AtomicUsize::new(0);
        let fill = |(index, target): (usize, &PathBuf)| -> Result<Option<Rendered>, Failure> {
            let data = self.records.get(index).map_err(|error| Failure::Data(error.0))?;
            dropped.fetch_add(data.dropped, Ordering::Relaxed);
            let mut done = self.template.render(&data, &self.options).map_err(|error| Failure::Faults(error.0))?;
            write::atomic_fast(target, &done.bytes).map_err(Failure::Output)?;
            done.bytes = Vec::new();
            Ok(if done.missing.is_empty() { None } else { Some(done) })
        };
        let outcomes: Vec<_> = pool.install(|| targets.par_iter().enumerate().map(fill).collect());
        let mut exit = Exit::Done;
        let mut written = 0;
        for (index, (outcome, target)) in outcomes.into_iter().zip(&targets).enumerate() {
            exit = exit.and(match outcome {
                Ok(done) => {
                    written += 1;
                    done.iter().for_each(|done| self.say_missing(Some(index + 1), done));
                    Exit::Done
                }
                Err(Failure::Data(reason)) => self.bad_data(index, &reason),
                Err(Failure::Faults(faults)) => {
                    self.say(Some(index + 1), &faults);
                    Exit::Partial
                }
                Err(Failure::Output(error)) => self.console.output_error(target, &error),
            });
        }
        self.say_dropped(dropped.into_inner());
        let place = folder.to_string_lossy();
        self.console.note("template.written", &[("count", &written.to_string()), ("place", &place)]);
        exit
    }

    /// Names of the files. Only a pattern that asks for values needs to read the records before they are filled.
    fn targets(&self, folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, Exit> {
        let mut unknown = pattern_fields(pattern);
        let needs_data = !unknown.is_empty();
        let mut names = FileNames::default();
        let mut targets = Vec::with_capacity(self.records.len());
        let mut collisions = Vec::new();
        for index in 0..self.records.len() {
            let data = if needs_data { self.records.get(index).unwrap_or_default() } else { Default::default() };
            unknown.retain(|field| data.text(field).is_none());
            let (name, taken) = names.next(pattern, &data, index + 1);
            if let Some(wanted) = taken {
                collisions.push((wanted, name.clone()));
            }
            let target = folder.join(format!("{name}.docx"));
            if let Some(exit) = self.refuse_input(&target) {
                return Err(exit);
            }
            targets.push(target);
        }
        if let Some(field) = unknown.first() {
            self.console.error("template.name-field", &[("name", field)]);
            return Err(Exit::Usage);
        }
        for (wanted, name) in &collisions {
            self.console.note("template.collision", &[("name", wanted), ("new", name)]);
        }
        Ok(targets)
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

    fn bad_data(&self, index: usize, reason: &str) -> Exit {
        let file = self.args.data.to_string_lossy();
        let record = self.texts().get("template.record", &[("number", &(index + 1).to_string())]);
        self.console.error("template.data", &[("file", &format!("{file}, {record}")), ("reason", reason)]);
        Exit::Partial
    }

    fn say_dropped(&self, count: usize) {
        if count > 0 {
            self.console.note("template.dropped", &[("count", &count.to_string())]);
        }
    }
}

enum Failure {
    Data(String),
    Faults(Vec<Fault>),
    Output(std::io::Error),
}

/// Compiles a template for a command.
pub(super) fn compile(bytes: &[u8], tidy: bool) -> Result<Template, TemplateError> {
    Template::compile(bytes, &CompileOptions { tidy, ..CompileOptions::default() })
}
