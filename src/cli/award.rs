//! `thidua award`: from an approved list to the papers that are signed.

use super::award_papers::{self, Papers};
use super::console::Console;
use super::exit::Exit;
use super::office;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use thidua::check::award::{self, Case};
use thidua::compose::award::{Basis, Group, Order, Plan, long_texts, plan};
use thidua::guard::digest::hexadecimal;
use thidua::guard::input::read_file;
use thidua::guard::{Limits, write};
use thidua::model::{AwardFinding, Field, PastAward, Roster, Severity, SubUnit, TracedSource, UnitQuota};
use thidua::pack::{AwardRules, ListWords, Profile};
use thidua::read::roster::{self, ColumnMap, Knowledge, Proposal};
use thidua::register::{FILE, Register};
use thidua::report::award::Review;
use thidua::{Engine, Options};

/// Rules of the office, as a path from its folder.
pub(super) const OFFICE_RULES: &str = "goi/khen-thuong/quy-tac.toml";

/// What the command takes.
#[derive(Debug, Args)]
pub struct AwardArgs {
    #[arg(value_name = "LIST")]
    pub list: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub office: PathBuf,
    #[arg(long, value_name = "FORM")]
    pub award: Option<String>,
    #[arg(long)]
    pub batch: bool,
    #[arg(long, value_enum)]
    pub group: Option<GroupArg>,
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = super::args::date)]
    pub date: Option<Date>,
    #[arg(long, value_name = "DATE", value_parser = super::args::date)]
    pub as_of: Option<Date>,
    #[arg(long, value_name = "N")]
    pub number_from: Option<u32>,
    #[arg(long = "for", value_name = "TEXT", id = "purpose")]
    pub purpose: Option<String>,
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i16>,
    #[arg(long, value_name = "TEXT")]
    pub proposal: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub basis: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub fund: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub signer: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub directive: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub quota: Option<PathBuf>,
    #[arg(long)]
    pub no_money: bool,
    #[arg(long)]
    pub stock: bool,
    #[arg(long, value_name = "MM,MM", value_parser = super::args::offset, allow_hyphen_values = true)]
    pub offset: Option<(f64, f64)>,
    #[arg(long)]
    pub check: bool,
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: ReviewFormat,
    #[arg(long, value_name = "REASON")]
    pub force: Option<String>,
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// One decision for each of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupArg {
    /// Unit.
    Unit,
    /// Form.
    Form,
    /// Kind of awardee.
    Kind,
}

/// Formats of the review on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// A page.
    Html,
    /// A workbook.
    Xlsx,
}

/// Runs the command.
pub fn run(args: &AwardArgs, engine: &Engine, console: &Console) -> Exit {
    match prepare(args, engine, console) {
        Ok(job) => job.run(engine),
        Err(exit) => exit,
    }
}

/// Everything that was read.
pub(super) struct Job<'a> {
    pub args: &'a AwardArgs,
    pub console: &'a Console,
    pub profile: Profile,
    pub rules: AwardRules,
    pub words: ListWords,
    pub roster: Roster,
    pub proposals: Vec<Proposal>,
    pub findings: Vec<AwardFinding>,
    pub order: Order,
    pub sources: Vec<TracedSource>,
    pub list_name: String,
}

/// The rules with those of the office.
pub(super) fn rules(office: &Path, console: &Console) -> Result<AwardRules, Exit> {
    let path = office.join(OFFICE_RULES);
    let own = if path.is_file() {
        let bytes = read_file(&path, &Limits::default()).map_err(|error| {
            console.input_error(&path.to_string_lossy(), &error);
            Exit::Usage
        })?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    } else {
        None
    };
    let name = path.to_string_lossy();
    AwardRules::with_office(own.as_deref().map(|text| (name.as_ref(), text))).map_err(|error| {
        console.error("award.bad-rules", &[("reason", &error.to_string())]);
        Exit::Usage
    })
}

fn prepare<'a>(args: &'a AwardArgs, engine: &Engine, console: &'a Console) -> Result<Job<'a>, Exit> {
    let profile = office::profile(&args.office, console).ok_or(Exit::Usage)?;
    let rules = rules(&args.office, console)?;
    let words = ListWords::builtin().map_err(|error| console.fault(&error))?;
    let form = form(args, &rules, console)?;
    let order = order(args, console)?;
    let mut job = Job {
        args,
        console,
        profile,
        rules,
        words,
        roster: Roster::default(),
        proposals: Vec::new(),
        findings: Vec::new(),
        order,
        sources: Vec::new(),
        list_name: args.list.to_string_lossy().into_owned(),
    };
    if args.list.is_dir() {
        job.read_reports(engine)?;
    } else {
        job.read_list()?;
    }
    let only = form.is_some() && !args.batch;
    let (proposals, mut findings) = roster::proposals(&job.roster, &job.rules, form.as_deref(), only);
    job.proposals = proposals;
    job.findings = std::mem::take(&mut job.roster.findings);
    job.findings.append(&mut findings);
    job.review(engine)?;
    Ok(job)
}

fn form(args: &AwardArgs, rules: &AwardRules, console: &Console) -> Result<Option<String>, Exit> {
    let Some(wanted) = &args.award else {
        return if args.batch {
            Ok(None)
        } else {
            console.error("award.need-form", &[]);
            Err(Exit::Usage)
        };
    };
    match rules.form_named(wanted) {
        Some(form) => Ok(Some(form.code.clone())),
        None => {
            let known: Vec<&str> = rules.forms.iter().map(|form| form.code.as_str()).collect();
            console.error("award.unknown-form", &[("form", wanted), ("known", &known.join(", "))]);
            Err(Exit::Usage)
        }
    }
}

fn order(args: &AwardArgs, console: &Console) -> Result<Order, Exit> {
    if args.number_from.is_some() && args.date.is_none() {
        console.error("award.need-date", &[]);
        return Err(Exit::Usage);
    }
    let (proposal_number, proposal_date) = match &args.proposal {
        None => (None, None),
        Some(text) => proposal(text).ok_or_else(|| {
            console.error("award.bad-proposal", &[("value", text)]);
            Exit::Usage
        })?,
    };
    Ok(Order {
        group: args.group.map(|group| match group {
            GroupArg::Unit => Group::Unit,
            GroupArg::Form => Group::Form,
            GroupArg::Kind => Group::Kind,
        }),
        date: args.date,
        day: args.date.or(args.as_of),
        number_from: args.number_from,
        achievement: args.purpose.clone().map(|text| text.trim().trim_end_matches('.').to_owned()),
        fund: args.fund.clone().map(|text| text.trim().trim_end_matches('.').to_owned()),
        proposal_number,
        proposal_date,
        bases: args.basis.clone(),
        signer: args.signer.clone(),
        without_money: args.no_money,
        stock: args.stock,
    })
}

/// "12/TTr-BTV ngày 10/10/2026", each part alone too.
fn proposal(text: &str) -> Option<(Option<String>, Option<Date>)> {
    let number = text.split_whitespace().find(|word| word.contains('/') && word.chars().any(char::is_alphabetic));
    let date = text.split_whitespace().find_map(|word| super::args::date(word.trim_matches([',', '.', ';'])).ok());
    (number.is_some() || date.is_some())
        .then(|| (number.map(|number| number.trim_matches([',', ';']).to_owned()), date))
}

/// Columns named by `--map`.
fn column_map(args: &AwardArgs, console: &Console) -> Result<ColumnMap, Exit> {
    let mut map = Vec::new();
    for entry in &args.map {
        let field = entry.split_once('=').and_then(|(field, column)| {
            let field: Field = serde_json::from_value(serde_json::Value::String(field.trim().to_owned())).ok()?;
            Some((field, column.trim().to_owned()))
        });
        match field {
            Some(field) if !field.1.is_empty() => map.push(field),
            _ => {
                let known = "ten, don-vi, chuc-vu, chuc-vu-don-vi, hinh-thuc, thanh-tich, muc-thuong, doi-tuong, xung-ho, gioi-tinh, \
                             nam-sinh, thoi-gian, da-dat, dong-y, khong-dong-y, khong-hop-le, thanh-vien, tong-so, so-ldtt, stt";
                console.error("award.bad-map", &[("value", entry), ("known", known)]);
                return Err(Exit::Usage);
            }
        }
    }
    Ok(ColumnMap(map))
}

/// The bytes of an input, noted as a source.
fn source(path: &Path, console: &Console, sources: &mut Vec<TracedSource>) -> Result<Vec<u8>, Exit> {
    let name = path.to_string_lossy().into_owned();
    let bytes = super::file::read(path, console)?;
    sources.push(TracedSource { path: name, sha256: hexadecimal(&bytes) });
    Ok(bytes)
}

impl Job<'_> {
    fn read_list(&mut self) -> Result<(), Exit> {
        let map = column_map(self.args, self.console)?;
        let bytes = source(&self.args.list, self.console, &mut self.sources)?;
        let mut tables = roster::tables(&self.list_name, &bytes, &Limits::default()).map_err(|error| {
            self.console.input_error(&self.list_name, &error);
            Exit::Usage
        })?;
        if let Some(wanted) = &self.args.sheet {
            let known: Vec<String> = tables.iter().filter_map(|table| table.name.clone()).collect();
            tables.retain(|table| table.name.as_deref() == Some(wanted));
            if tables.is_empty() {
                let slots = [("file", self.list_name.as_str()), ("sheet", wanted), ("known", &known.join(", "))];
                self.console.error("award.no-sheet", &slots);
                return Err(Exit::Usage);
            }
        }
        if tables.is_empty() {
            self.console.error("award.not-a-list", &[("file", &self.list_name)]);
            return Err(Exit::Usage);
        }
        let knowledge = Knowledge { words: &self.words, rules: &self.rules };
        self.roster = roster::roster(&self.list_name, &tables, &map, knowledge);
        Ok(())
    }

    fn quotas(&mut self, engine: &Engine) -> Result<Vec<UnitQuota>, Exit> {
        let mut quotas = Vec::new();
        let limits = Limits::default();
        if let Some(path) = self.args.directive.clone() {
            let bytes = source(&path, self.console, &mut self.sources)?;
            let document = super::file::document(&path, &bytes, engine, self.console)?;
            let reading = engine.extract(document, &Options { as_of: self.args.as_of });
            quotas.extend(award::directive_quotas(&reading.extraction, &self.words));
        }
        if let Some(path) = self.args.quota.clone() {
            let bytes = source(&path, self.console, &mut self.sources)?;
            let name = path.to_string_lossy().into_owned();
            let tables = roster::tables(&name, &bytes, &limits).map_err(|error| {
                self.console.input_error(&name, &error);
                Exit::Usage
            })?;
            quotas.extend(roster::quotas(&name, &tables, &self.words));
        }
        Ok(quotas)
    }

    fn review(&mut self, engine: &Engine) -> Result<(), Exit> {
        let quotas = self.quotas(engine)?;
        let units = office::sub_units(&self.args.office, &self.profile, self.console)?;
        let units: Vec<SubUnit> = units.map(|units| units.list).unwrap_or_default();
        let past = self.past()?;
        let case = Case {
            roster: &self.roster,
            proposals: &self.proposals,
            rules: &self.rules,
            words: &self.words,
            profile: &self.profile,
            day: self.order.day,
            year: self.year(),
            signer: self.order.signer.as_deref(),
            bases: &self.order.bases,
            proposed: self.order.proposal_date,
            quotas: &quotas,
            units: &units,
            past: &past,
        };
        self.findings.extend(award::review(&case));
        Ok(())
    }

    fn past(&self) -> Result<Vec<PastAward>, Exit> {
        let path = self.args.office.join(FILE);
        if !path.is_file() {
            return Ok(Vec::new());
        }
        let read = Register::open_to_read(&path).and_then(|register| register.past_awards());
        read.map_err(|error| super::register::failed(&error, self.console))
    }

    /// The assessed year: said, or named at the end of what the awards are for.
    pub fn year(&self) -> Option<i16> {
        self.args.year.or_else(|| {
            let text = self.order.achievement.as_deref()?;
            let (_, after) = text.rsplit_once("năm ")?;
            after.get(..4)?.parse().ok().filter(|year| (1990..2100).contains(year))
        })
    }

    pub fn basis(&self) -> Basis<'_> {
        Basis {
            roster: &self.roster,
            rules: &self.rules,
            words: &self.words,
            profile: &self.profile,
            order: &self.order,
        }
    }

    fn run(mut self, _: &Engine) -> Exit {
        if self.proposals.is_empty() && self.findings.iter().all(|finding| finding.severity != Severity::Error) {
            self.console.error("award.no-rows", &[("file", &self.list_name)]);
            return Exit::Nothing;
        }
        let plan = plan(&self.roster, &self.proposals, &self.rules, &self.order);
        let basis = self.basis();
        let long: Vec<AwardFinding> = plan.decisions.iter().flat_map(|decision| long_texts(&basis, decision)).collect();
        self.findings.extend(long);
        self.findings.sort_by_key(|finding| {
            finding.place.as_ref().map(|place| (place.file.clone(), place.sheet.clone(), place.row))
        });
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        // A review that is asked for in a folder is not printed as well.
        let only_files = self.args.check && self.args.output.is_some();
        if !only_files && let Err(exit) = self.print(&plan) {
            return exit;
        }
        let found = if errors > 0 { Exit::Findings } else { Exit::Done };
        if self.args.check && !only_files {
            return found;
        }
        let folder = self.folder();
        if let Err(error) = std::fs::create_dir_all(&folder) {
            return self.console.output_error(&folder, &error);
        }
        if let Err(exit) = self.write_review(&plan, &folder) {
            return exit;
        }
        if only_files {
            return found;
        }
        match (&self.args.force, errors) {
            (None, 1..) => {
                self.console.error("award.blocked", &[("count", &errors.to_string())]);
                self.console.note("award.report-written", &[("place", &folder.to_string_lossy())]);
                return Exit::Findings;
            }
            (Some(reason), 1..) => {
                self.console.note("award.forced", &[("count", &errors.to_string()), ("reason", reason)]);
            }
            _ => {}
        }
        if plan.decisions.is_empty() {
            self.console.error("award.no-rows", &[("file", &self.list_name)]);
            return Exit::Nothing;
        }
        let desk = write::Desk::new(&folder);
        award_papers::write(&Papers { job: &self, plan: &plan, folder: &folder, written: Mutex::default(), desk })
            .and(found)
    }

    /// Where the papers go.
    fn folder(&self) -> PathBuf {
        let stem = self.args.list.file_stem().unwrap_or_default();
        self.args
            .output
            .clone()
            .unwrap_or_else(|| self.args.office.join(office::OUTGOING).join("khen-thuong").join(stem))
    }

    fn shown<'r>(&'r self, plan: &'r Plan) -> Review<'r> {
        Review { file: &self.list_name, counts: &plan.counts, findings: &self.findings, texts: &self.console.texts }
    }

    fn lang(&self) -> &'static str {
        if self.console.lang == thidua::pack::Lang::En { "en" } else { "vi" }
    }

    fn print(&self, plan: &Plan) -> Result<(), Exit> {
        let review = self.shown(plan);
        let fault = |error: &dyn std::error::Error| self.console.fault(error);
        let bytes = match self.args.format {
            ReviewFormat::Table => review.table().into_bytes(),
            ReviewFormat::Json => review.json().into_bytes(),
            ReviewFormat::Html => review.html(self.lang()).map_err(|error| fault(&error))?.into_bytes(),
            ReviewFormat::Xlsx => thidua::report::award::review(&review).map_err(|error| fault(&error))?,
        };
        match std::io::stdout().lock().write_all(&bytes) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(self.console.output_error(Path::new("stdout"), &error))
            }
            _ => Ok(()),
        }
    }

    fn write_review(&self, plan: &Plan, folder: &Path) -> Result<(), Exit> {
        let review = self.shown(plan);
        let fault = |error: &dyn std::error::Error| self.console.fault(error);
        let files = [
            ("ra-soat.json", review.json().into_bytes()),
            ("ra-soat.html", review.html(self.lang()).map_err(|error| fault(&error))?.into_bytes()),
            ("ra-soat.xlsx", thidua::report::award::review(&review).map_err(|error| fault(&error))?),
        ];
        for (name, bytes) in files {
            let path = folder.join(name);
            write::atomic(&path, &bytes).map_err(|error| self.console.output_error(&path, &error))?;
        }
        Ok(())
    }
}
