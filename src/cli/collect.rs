//! `thidua collect`: returned registrations, checked and summed up.

use super::args::{self, FailOn};
use super::console::Console;
use super::draft::registration::KindArg;
use super::exit::Exit;
use super::{draft, interrupt, output};
use clap::Args;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use thidua::Engine;
use thidua::batch::{self, Item, Origin};
use thidua::compose::registration::ask::{Given, ask};
use thidua::compose::registration::summary::{self, Desk};
use thidua::compose::registration::{
    Collected, Failure, FormReader, Member, Task, UnitName, UnitRow, UnitState, Units, members,
};
use thidua::guard::{Limits, write};
use thidua::model::Trace;
use thidua::pack::{Lang, RegistrationForms, Texts, word_form};
use thidua::report::{registration, sentences};
use thidua::template::{CompileOptions, Data, Missing, RenderOptions, Template};

/// What the command takes.
#[derive(Debug, Args)]
pub struct CollectArgs {
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub plan: Vec<String>,
    #[arg(long, value_enum, default_value = "cong-trinh")]
    pub kind: KindArg,
    #[command(flatten)]
    pub given: draft::registration::GivenArgs,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub from: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub to: Option<jiff::civil::Date>,
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub date: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub new_due: Option<jiff::civil::Date>,
    #[arg(long, value_enum, default_value = "never")]
    pub fail_on: FailOn,
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

const WORKBOOK: &str = "tong-hop-dang-ky.xlsx";
const TABLE: &str = "tong-hop-dang-ky.docx";
const REMINDER: &str = "don-doc.docx";
const JSON: &str = "dang-ky.json";

/// Runs the command.
pub fn run(args: &CollectArgs, engine: &Engine, console: &Console) -> Exit {
    match collect(args, engine, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn collect(args: &CollectArgs, engine: &Engine, console: &Console) -> Result<Exit, Exit> {
    let bench = draft::desk::Desk::open(&args.office, &args.plan, engine, console)?;
    let vietnamese = Texts::builtin(Lang::Vi);
    let items = items(args, console)?;
    let office = bench.office(args.kind.into(), engine, console).ok_or(Exit::Fault)?;
    let given = Given { start: args.from, end: args.to, ..args.given.given() };
    let asked = ask(&bench.directives(), &office, &given);
    let mut task = asked.task();
    task.members = args.list.as_deref().map(|path| listed(path, console)).transpose()?;
    let (collected, exit) = read(args, &items, engine, &bench.forms, &task, console)?;
    draft::folder(&args.output, console)?;
    let desk = Desk {
        profile: &bench.profile,
        asked: &asked,
        texts: &vietnamese,
        own_texts: &console.texts,
        date: args.date,
        new_due: args.new_due,
        form: office.form,
    };
    write_all(args, &collected, &desk, console)?;
    say(&collected, args, console);
    let found = args.fail_on.severity().is_some_and(|bar| collected.gravest() >= Some(bar));
    Ok(if found { exit.and(Exit::Findings) } else { exit })
}

/// The inputs, without what an earlier run has written.
fn items(args: &CollectArgs, console: &Console) -> Result<Vec<Item>, Exit> {
    let list = batch::worklist(&args.paths, "stdin").map_err(|error| {
        console.error("cli.bad-pattern", &[("reason", &error.to_string())]);
        Exit::Usage
    })?;
    let results = args.output.canonicalize().ok();
    let plan =
        |path: &Path| args.plan.iter().any(|plan| Path::new(plan).canonicalize().ok() == path.canonicalize().ok());
    let ours = |item: &Item| match &item.origin {
        Origin::File(path) => {
            let real = path.canonicalize().ok();
            let inside = results.as_ref().zip(real.as_ref()).is_some_and(|(folder, file)| file.starts_with(folder));
            inside || item.name.ends_with(".trace.json") || plan(path)
        }
        _ => false,
    };
    let named: Vec<&String> = args.paths.iter().collect();
    let items: Vec<Item> = list.items.into_iter().filter(|item| named.contains(&&item.name) || !ours(item)).collect();
    if items.is_empty() {
        console.error("collect.nothing", &[]);
        return Err(Exit::Nothing);
    }
    for name in [WORKBOOK, TABLE, REMINDER, JSON] {
        let path = args.output.join(name);
        if output::is_input(&path, &items) {
            console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
            return Err(Exit::Usage);
        }
    }
    Ok(items)
}

/// The list of persons with the titles that they held.
fn listed(path: &Path, console: &Console) -> Result<Vec<Member>, Exit> {
    let name = path.to_string_lossy().into_owned();
    super::render::records(path).and_then(members).map_err(|error| {
        let reason = sentences::data_error(&console.texts, &error);
        console.error("collect.list", &[("name", &name), ("reason", &reason)]);
        Exit::Usage
    })
}

/// Reads all forms on the workers, in order.
fn read(
    args: &CollectArgs,
    items: &[Item],
    engine: &Engine,
    forms: &RegistrationForms,
    task: &Task,
    console: &Console,
) -> Result<(Collected, Exit), Exit> {
    let names: Vec<UnitName> = task.units.iter().map(|task| task.unit.clone()).collect();
    let units = Units::new(&names);
    let reader = FormReader::new(engine.pack(), forms, &units, task.hint(), task.drive.clone());
    let limits = Limits::default();
    let work =
        |item: &Item| batch::guarded(|| Ok(reader.read(&engine.read(&item.name, &batch::load(item, &limits)?)?)));
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZeroUsize::get);
    let progress = console.progress(items.len(), false);
    let (mut returned, mut failures, mut exit) = (Vec::new(), Vec::new(), Exit::Done);
    let walked = batch::in_order(items, jobs, work, |item, result| {
        if interrupt::asked() {
            exit = exit.and(Exit::Interrupted);
            return ControlFlow::Break(());
        }
        progress.inc(1);
        match result {
            Ok(form) => returned.push(form),
            Err(error) => {
                progress.suspend(|| console.input_error(&item.name, &error));
                let ours = matches!(error, thidua::model::InputError::Internal { .. });
                exit = exit.and(if ours { Exit::Fault } else { Exit::Partial });
                let reason = sentences::input_error(&console.texts, &error);
                failures.push(Failure { file: item.name.clone(), reason });
            }
        }
        ControlFlow::Continue(())
    });
    progress.finish_and_clear();
    let _ = walked.map_err(|error| console.output_error(&args.output, &error))?;
    if exit == Exit::Interrupted {
        console.error("cli.interrupted", &[]);
        return Err(exit);
    }
    Ok((Collected::of(returned, failures, task, forms), exit))
}

fn write_all(args: &CollectArgs, collected: &Collected, desk: &Desk, console: &Console) -> Result<(), Exit> {
    let fault = |error: &dyn std::error::Error| console.fault(error);
    let save = |name: &str, bytes: &[u8]| {
        let path = args.output.join(name);
        write::atomic(&path, bytes).map_err(|error| console.output_error(&path, &error))
    };
    let workbook = registration::workbook(collected, &console.texts).map_err(|error| fault(&error))?;
    save(WORKBOOK, &workbook)?;
    let json = registration::json(collected, &console.texts).map_err(|error| fault(&error))?;
    save(JSON, json.as_bytes())?;
    let table = summary::table(collected, desk, TABLE).map_err(|error| fault(&error))?;
    let reminder = summary::reminder(collected, desk, REMINDER).map_err(|error| fault(&error))?;
    let documents = [(summary::TABLE_FORM, Some(table)), (summary::REMINDER_FORM, reminder)];
    for (form, document) in documents {
        let Some((data, trace)) = document else { continue };
        let bytes = filled(form, &data, console)?;
        save(&trace.document, &bytes)?;
        save(&trace_name(&trace), &serde_json::to_vec_pretty(&trace).map_err(|error| fault(&error))?)?;
    }
    Ok(())
}

fn trace_name(trace: &Trace) -> String {
    format!("{}.trace.json", trace.document.trim_end_matches(".docx"))
}

fn filled(form: &str, data: &Data, console: &Console) -> Result<Vec<u8>, Exit> {
    let bytes = word_form(form).unwrap_or_default();
    let template = Template::compile(bytes, &CompileOptions::default()).map_err(|error| console.fault(&error))?;
    let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
    template.render(data, &options).map(|rendered| rendered.bytes).map_err(|error| {
        for fault in &error.0 {
            eprintln!("{}", fault.sentence(&console.texts));
        }
        Exit::Fault
    })
}

/// A short account on standard output.
fn say(collected: &Collected, args: &CollectArgs, console: &Console) {
    let line = |key: &str, slots: &[(&str, &str)]| {
        if !console.quiet {
            println!("{}", console.texts.get(key, slots));
        }
    };
    let listed = |unit: &&UnitRow| unit.listed || !collected.has_list();
    let count = |wanted: fn(&UnitRow) -> bool| {
        collected.units.iter().filter(listed).filter(|unit| wanted(unit)).count().to_string()
    };
    let (all, late) = (count(|_| true), count(|unit| unit.late));
    let (registered, missing) =
        (count(|unit| unit.state != UnitState::Missing), count(|unit| unit.state == UnitState::Missing));
    line("collect.units", &[("count", &all), ("registered", &registered), ("missing", &missing), ("late", &late)]);
    let sum = |value: fn(&UnitRow) -> u64| {
        let sum = collected.units.iter().map(value).fold(0, u64::saturating_add);
        thidua::language::numeral_words::grouped(sum as f64, 0)
    };
    let (items, people, money) = (sum(|unit| unit.items), sum(|unit| unit.people), sum(|unit| unit.money));
    line("collect.items", &[("count", &items), ("people", &people), ("money", &money)]);
    let names: Vec<&str> = collected.missing().map(|unit| unit.unit.as_str()).collect();
    if !names.is_empty() {
        line("collect.missing", &[("names", &names.join("; "))]);
    }
    if !collected.findings.is_empty() {
        let mut codes: Vec<(&str, usize)> = Vec::new();
        for found in &collected.findings {
            match codes.iter_mut().find(|(code, _)| *code == found.finding.code) {
                Some((_, count)) => *count += 1,
                None => codes.push((found.finding.code, 1)),
            }
        }
        codes.sort_unstable();
        let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{code}: {count}")).collect();
        let count = collected.findings.len().to_string();
        line("collect.findings", &[("count", &count), ("codes", &codes.join(", "))]);
    }
    for (key, files) in [("collect.blank", collected.blank.len()), ("collect.failed", collected.failures.len())] {
        if files > 0 {
            line(key, &[("count", &files.to_string())]);
        }
    }
    console.note("collect.written", &[("place", &args.output.to_string_lossy())]);
}
