//! `thidua register`: the register of awards of an office.

use super::award;
use super::award_papers::{Form, INDEX, read_index};
use super::console::Console;
use super::exit::Exit;
use super::office;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use thidua::compose::award::{Basis, Letter, Order, code_parts, issued_of_document, issued_of_roster, letter};
use thidua::guard::digest::hexadecimal;
use thidua::guard::input::read_file;
use thidua::guard::{Limits, write};
use thidua::model::{IssuedDecision, Roster, Trace, padded};
use thidua::pack::{AwardRules, ListWords};
use thidua::read::roster::{self, ColumnMap, Knowledge};
use thidua::register::{Added, Correction, Entry, FILE, Hit, Register, RegisterError, Word};
use thidua::{Engine, Options};

/// What the command takes.
#[derive(Debug, Args)]
pub struct RegisterArgs {
    #[command(subcommand)]
    pub command: RegisterCommand,
}

#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    Add(AddArgs),
    Find(FindArgs),
    Export(FileArgs),
    Backup(FileArgs),
    Letter(LetterArgs),
}

#[derive(Debug, Args)]
pub struct AddArgs {
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
}

#[derive(Debug, Args)]
pub struct FindArgs {
    #[arg(value_name = "WORDS")]
    pub word: String,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct FileArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
}

#[derive(Debug, Args)]
pub struct LetterArgs {
    #[arg(long, value_name = "CODE")]
    pub decision: String,
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i16>,
    #[arg(long, value_name = "NAME")]
    pub wrong: String,
    #[arg(long, value_name = "NAME")]
    pub right: String,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
    #[arg(long, value_name = "DATE", value_parser = super::args::date)]
    pub date: Option<Date>,
    #[arg(long, value_name = "N")]
    pub number: Option<u32>,
    #[arg(long, value_name = "NAME")]
    pub signer: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &RegisterArgs, engine: &Engine, console: &Console) -> Exit {
    let done = match &args.command {
        RegisterCommand::Add(args) => add(args, engine, console),
        RegisterCommand::Find(args) => find(args, console),
        RegisterCommand::Export(args) => export(args, console),
        RegisterCommand::Backup(args) => backup(args, console),
        RegisterCommand::Letter(args) => correct(args, console),
    };
    done.unwrap_or_else(|exit| exit)
}

/// `20/10/2026`.
fn short_date(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// Says why the register could not do something.
pub(super) fn failed(error: &RegisterError, console: &Console) -> Exit {
    let args = error.args();
    let slots: Vec<(&str, &str)> = args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    console.error(&format!("register.error.{}", error.key()), &slots);
    match error {
        RegisterError::Storage { .. } => Exit::Output,
        RegisterError::Taken { .. } => Exit::Partial,
        _ => Exit::Usage,
    }
}

/// A register that exists.
fn existing(office: &Path, console: &Console) -> Result<Register, Exit> {
    let path = office.join(FILE);
    if !path.is_file() {
        console.error("register.none", &[("name", &path.to_string_lossy())]);
        return Err(Exit::Usage);
    }
    Register::open_to_read(&path).map_err(|error| failed(&error, console))
}

/// A line on standard output, at once: who is killed has said what is committed.
fn say(line: &str) -> Result<(), Exit> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Exit::Output),
        _ => Ok(()),
    }
}

fn add(args: &AddArgs, engine: &Engine, console: &Console) -> Result<Exit, Exit> {
    office::profile(&args.office, console).ok_or(Exit::Usage)?;
    let rules = award::rules(&args.office, console)?;
    let words = ListWords::builtin().map_err(|error| console.fault(&error))?;
    let reader = Reader { engine, console, rules, words };
    let mut register = Register::open(&args.office.join(FILE)).map_err(|error| failed(&error, console))?;
    let mut exit = Exit::Done;
    for file in &args.files {
        let (decisions, read) = reader.decisions(file);
        exit = exit.and(read);
        for decision in decisions {
            let name = file.to_string_lossy();
            let slots = [
                ("file", name.into_owned()),
                ("code", decision.code()),
                ("date", short_date(decision.date)),
                ("count", decision.awards.len().to_string()),
            ];
            let slots: Vec<(&str, &str)> = slots.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            match register.add(&decision) {
                Ok(Added::New(_)) => say(&console.texts.get("register.added", &slots))?,
                Ok(Added::Known) => say(&console.texts.get("register.known", &slots))?,
                Err(error) => exit = exit.and(failed(&error, console)),
            }
        }
    }
    Ok(exit)
}

struct Reader<'r> {
    engine: &'r Engine,
    console: &'r Console,
    rules: AwardRules,
    words: ListWords,
}

impl Reader<'_> {
    /// The decisions of a file or of a folder of papers; what is missing is said.
    fn decisions(&self, path: &Path) -> (Vec<IssuedDecision>, Exit) {
        let index = if path.is_dir() { path.join(INDEX) } else { path.to_owned() };
        let name = index.to_string_lossy().into_owned();
        let bytes = match read_file(&index, &Limits::default()) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.console.input_error(&name, &error);
                return (Vec::new(), Exit::Partial);
            }
        };
        if bytes.trim_ascii_start().starts_with(b"{") {
            let decisions = read_index(&index);
            if decisions.is_empty() {
                return (decisions, self.missing(&name, "so"));
            }
            return (decisions, Exit::Done);
        }
        let limits = Limits::default();
        let tables = match roster::tables(&name, &bytes, &limits) {
            Ok(tables) => tables,
            Err(error) => {
                self.console.input_error(&name, &error);
                return (Vec::new(), Exit::Partial);
            }
        };
        let knowledge = Knowledge { words: &self.words, rules: &self.rules };
        let roster = roster::roster(&name, &tables, &ColumnMap::default(), knowledge);
        if roster::is_document(&name, &bytes, &limits) {
            self.of_document(&name, &bytes, &roster)
        } else {
            self.of_table(&name, &bytes, &roster)
        }
    }

    fn missing(&self, name: &str, what: &str) -> Exit {
        let what = self.console.texts.get(&format!("register.missing.{what}"), &[]);
        self.console.error("register.no-decision", &[("file", name), ("what", &what)]);
        Exit::Partial
    }

    fn of_document(&self, name: &str, bytes: &[u8], roster: &Roster) -> (Vec<IssuedDecision>, Exit) {
        let document = match self.engine.read(name, bytes) {
            Ok(document) => document,
            Err(error) => {
                self.console.input_error(name, &error);
                return (Vec::new(), Exit::Partial);
            }
        };
        let reading = self.engine.extract(document, &Options::default());
        match issued_of_document(&reading.extraction, roster, &self.rules, name, &hexadecimal(bytes)) {
            Ok(decision) => (vec![decision], Exit::Done),
            Err(what) => (Vec::new(), self.missing(name, what)),
        }
    }

    fn of_table(&self, name: &str, bytes: &[u8], roster: &Roster) -> (Vec<IssuedDecision>, Exit) {
        let (proposals, _) = roster::proposals(roster, &self.rules, None, false);
        let (decisions, left) = issued_of_roster(roster, &proposals, &self.rules, name, &hexadecimal(bytes));
        if left.is_empty() && !decisions.is_empty() {
            return (decisions, Exit::Done);
        }
        let places = left.iter().filter_map(|row| roster.awardees.get(*row)?.place().map(|place| place.cell.clone()));
        let places: Vec<String> = places.collect();
        if decisions.is_empty() && places.is_empty() {
            return (decisions, self.missing(name, "danh-sach"));
        }
        let slots = [("file", name), ("count", &left.len().to_string()), ("rows", &places.join(", "))];
        self.console.error("register.left", &slots);
        (decisions, Exit::Partial)
    }
}

fn find(args: &FindArgs, console: &Console) -> Result<Exit, Exit> {
    let register = existing(&args.office, console)?;
    let hits = register.find(&Word::new(&args.word)).map_err(|error| failed(&error, console))?;
    if args.json {
        let list: Vec<_> = hits.iter().map(|(hit, entry)| serde_json::json!({"hit": hit, "award": entry})).collect();
        say(&format!("{:#}", serde_json::Value::Array(list)))?;
    } else {
        for (hit, entry) in &hits {
            say(&line(*hit, entry, console))?;
        }
    }
    if hits.is_empty() {
        console.note("register.nothing", &[("word", &args.word)]);
        return Ok(Exit::Nothing);
    }
    console.note("register.found", &[("count", &hits.len().to_string())]);
    Ok(Exit::Done)
}

fn line(_: Hit, entry: &Entry, console: &Console) -> String {
    let mut parts = vec![entry.name.clone()];
    if let Some(right) = &entry.corrected {
        parts.push(console.texts.get("register.corrected", &[("name", right)]));
    }
    parts.extend([&entry.post, &entry.unit].into_iter().flatten().cloned());
    parts.push(entry.form_name.clone());
    parts.extend(entry.year.map(|year| year.to_string()));
    let date: Result<Date, _> = entry.date.parse();
    let date = date.map_or_else(|_| entry.date.clone(), short_date);
    parts.push(format!("{} ({date})", entry.decision));
    thidua::report::sentences::shown(&parts.join(" · "))
}

fn export(args: &FileArgs, console: &Console) -> Result<Exit, Exit> {
    let register = existing(&args.office, console)?;
    let entries = register.all().map_err(|error| failed(&error, console))?;
    let bytes = thidua::report::award::register(&entries, &console.texts).map_err(|error| console.fault(&error))?;
    write::atomic(&args.file, &bytes).map_err(|error| console.output_error(&args.file, &error))?;
    let slots = [("count", entries.len().to_string()), ("name", args.file.to_string_lossy().into_owned())];
    let slots: Vec<(&str, &str)> = slots.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    console.note("register.exported", &slots);
    Ok(Exit::Done)
}

fn backup(args: &FileArgs, console: &Console) -> Result<Exit, Exit> {
    let register = existing(&args.office, console)?;
    register.backup(&args.file).map_err(|error| failed(&error, console))?;
    let (decisions, awards) = register.size().map_err(|error| failed(&error, console))?;
    let name = args.file.to_string_lossy();
    let slots = [("decisions", decisions.to_string()), ("awards", awards.to_string()), ("name", name.into_owned())];
    let slots: Vec<(&str, &str)> = slots.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    console.note("register.backed-up", &slots);
    Ok(Exit::Done)
}

/// The award that a correction is about.
fn issued(args: &LetterArgs, register: &Register, console: &Console) -> Result<Entry, Exit> {
    let Some((number, symbol)) = code_parts(&args.decision) else {
        console.error("register.bad-code", &[("value", &args.decision)]);
        return Err(Exit::Usage);
    };
    let code = format!("{}/{symbol}", padded(&number));
    let entries = register.all().map_err(|error| failed(&error, console))?;
    let year = |entry: &Entry| entry.date.get(..4).and_then(|year| year.parse::<i16>().ok());
    let of_decision: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.decision == code && args.year.is_none_or(|wanted| year(entry) == Some(wanted)))
        .collect();
    if of_decision.is_empty() {
        let year = args.year.map(|year| year.to_string()).unwrap_or_default();
        console.error("register.no-such", &[("code", &code), ("year", &year)]);
        return Err(Exit::Usage);
    }
    let wanted = thidua::language::fold::fold(&thidua::language::fold::nfc(&args.wrong));
    let mut named: Vec<Entry> =
        of_decision.into_iter().filter(|entry| thidua::language::fold::fold(&entry.name) == wanted).collect();
    match (named.pop(), named.is_empty()) {
        (Some(entry), true) => Ok(entry),
        (last, _) => {
            let count = named.len() + usize::from(last.is_some());
            Err(failed(&RegisterError::NotOne { count, code, name: args.wrong.clone() }, console))
        }
    }
}

fn correct(args: &LetterArgs, console: &Console) -> Result<Exit, Exit> {
    let profile = office::profile(&args.office, console).ok_or(Exit::Usage)?;
    let rules = award::rules(&args.office, console)?;
    let words = ListWords::builtin().map_err(|error| console.fault(&error))?;
    let entry = issued(args, &existing(&args.office, console)?, console)?;
    let decided: Date = entry.date.parse().map_err(|error: jiff::Error| console.fault(&error))?;
    let (number, symbol) = code_parts(&entry.decision).ok_or(Exit::Usage)?;
    let target = args.output.clone().unwrap_or_else(|| {
        let name = format!("dinh-chinh-{}-{}-{}.docx", number, decided.year(), entry.number);
        args.office.join(office::OUTGOING).join("khen-thuong").join(name)
    });
    if target.exists() {
        console.error("award.collision", &[("name", &target.to_string_lossy())]);
        return Err(Exit::Usage);
    }
    let order = Order { date: args.date, signer: args.signer.clone(), ..Order::default() };
    let roster = Roster::default();
    let basis = Basis { roster: &roster, rules: &rules, words: &words, profile: &profile, order: &order };
    let post: Vec<&str> = [&entry.post, &entry.unit].into_iter().flatten().map(String::as_str).collect();
    let context = letter(
        &basis,
        &Letter {
            decision: entry.decision.clone(),
            decided,
            about: entry.about.clone(),
            row: entry.number,
            form: entry.form_name.clone(),
            post: (!post.is_empty()).then(|| post.join(", ")),
            wrong: entry.name.clone(),
            right: args.right.trim().to_owned(),
            number: args.number,
            register: FILE.to_owned(),
        },
    );
    let bytes = Form::open(&args.office, "dinh-chinh", console)?.fill(&context, console)?;
    let put =
        |path: &Path, bytes: &[u8]| write::atomic(path, bytes).map_err(|error| console.output_error(path, &error));
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| console.output_error(folder, &error))?;
    }
    let document = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let trace =
        Trace { schema_version: 1, document, sources: Vec::new(), entries: context.entries, open: context.open };
    put(&target, &bytes)?;
    put(&target.with_extension("trace.json"), &serde_json::to_vec(&trace).map_err(|error| console.fault(&error))?)?;
    let mut register = Register::open(&args.office.join(FILE)).map_err(|error| failed(&error, console))?;
    let correction = Correction {
        number,
        symbol,
        year: decided.year(),
        wrong: entry.name,
        right: args.right.trim().to_owned(),
        code: args.number.map(|number| format!("{}/TB-{}", padded(&number.to_string()), profile.unit.symbol)),
        date: args.date,
        file: target.to_string_lossy().into_owned(),
    };
    register.correct(&correction).map_err(|error| failed(&error, console))?;
    console.note("register.letter-written", &[("name", &target.to_string_lossy())]);
    Ok(Exit::Done)
}
