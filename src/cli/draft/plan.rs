//! `thidua draft plan`: a plan of the unit's own, drawn from the directives above it.

use crate::cli::args::date;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::{office, template_cmd};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use thidua::compose::plan::{Inputs, Parent, Plan, forms_asked_for, forms_sent, plan};
use thidua::compose::registration::ask::{Directive, Given, Office, ask};
use thidua::compose::registration::fill::{self, FormData, form_path};
use thidua::guard::{Limits, input, write};
use thidua::model::{Severity, Trace, Traced};
use thidua::pack::{Calendar, PlanWords, Profile, RegistrationForms, RegistrationKind, word_form};
use thidua::report::checklist;
use thidua::structure::Structure;
use thidua::template::{CompileOptions, Data, Missing, RenderError, RenderOptions, Template, TemplateError};
use thidua::{Engine, Options, Reading};

/// What the command takes.
#[derive(Debug, Args)]
pub struct PlanArgs {
    #[arg(required = true, value_name = "DIRECTIVE")]
    pub directives: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub office: PathBuf,
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<jiff::civil::Date>,
    #[arg(long, value_name = "NAME|N")]
    pub signer: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,
    #[arg(long, value_enum)]
    pub annex: Vec<AnnexArg>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What stands behind the plan for the units below to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnnexArg {
    CongTrinh,
    TapThe,
    CaNhan,
    None,
}

impl AnnexArg {
    fn kind(self) -> Option<RegistrationKind> {
        match self {
            Self::CongTrinh => Some(RegistrationKind::CongTrinh),
            Self::TapThe => Some(RegistrationKind::TapThe),
            Self::CaNhan => Some(RegistrationKind::CaNhan),
            Self::None => None,
        }
    }
}

/// The form of a plan in the pack.
const PLAN_FORM: &str = "hoi-lhpn/ke-hoach/form.docx";

/// Runs the command.
pub fn run(args: &PlanArgs, engine: &Engine, console: &Console) -> Exit {
    draft_plan(args, engine, console).unwrap_or_else(|exit| exit)
}

/// A directive that was read, with its structure.
pub(in crate::cli) type Read = (Reading, Structure);

/// Reads a directive.
pub(in crate::cli) fn read(
    path: &Path,
    as_of: Option<jiff::civil::Date>,
    engine: &Engine,
    console: &Console,
) -> Result<Read, Exit> {
    let name = path.to_string_lossy();
    let failed = |error| {
        console.input_error(&name, &error);
        Exit::Partial
    };
    let bytes = input::read_file(path, &Limits::default()).map_err(failed)?;
    let document = engine.read(&name, &bytes).map_err(failed)?;
    Ok(engine.dissect(document, &Options { as_of }))
}

/// The directive as composing takes it.
pub(in crate::cli) fn parent((reading, structure): &Read) -> Parent<'_> {
    Parent { document: &reading.document, extraction: &reading.extraction, structure }
}

fn draft_plan(args: &PlanArgs, engine: &Engine, console: &Console) -> Result<Exit, Exit> {
    let profile = office::profile(&args.office, console).ok_or(Exit::Usage)?;
    let units = office::sub_units(&args.office, &profile, console)?;
    let signer = signer(args.signer.as_deref(), &profile, console)?;
    let template = form(args.form.as_deref(), PLAN_FORM, console)?;
    let reads = args.directives.iter().map(|path| read(path, None, engine, console));
    let reads: Vec<Read> = reads.collect::<Result<_, _>>()?;
    let parents: Vec<Parent> = reads.iter().map(parent).collect();
    let fault = |error: thidua::pack::PackError| console.fault(&error);
    let (calendar, words) = (Calendar::builtin().map_err(fault)?, PlanWords::builtin().map_err(fault)?);
    let registrations = RegistrationForms::builtin().map_err(fault)?;
    let sent = if args.annex.is_empty() { forms_sent(&parents, &words) } else { Vec::new() };
    let annexed = match args.annex.as_slice() {
        // The parent's own form goes before ours.
        [] if sent.iter().any(|form| form.registers) => Vec::new(),
        [] => forms_asked_for(&parents, &profile, engine.knowledge(), &words, &registrations),
        chosen => chosen.iter().filter_map(|annex| annex.kind()).collect(),
    };
    let drawn = plan(&Inputs {
        parents: &parents,
        forms: &annexed,
        sent: &sent,
        profile: &profile,
        units: units.as_ref(),
        signed: args.date,
        signer,
        calendar: &calendar,
        words: &words,
        lexicon: &engine.pack().lexicon,
        texts: &console.texts,
        knowledge: engine.knowledge(),
    });
    let target = args.output.clone().unwrap_or_else(|| default_target(args));
    if args.directives.iter().any(|input| is_same(input, &target)) {
        console.error("cli.replaces-input", &[("name", &target.to_string_lossy())]);
        return Err(Exit::Usage);
    }
    let directives: Vec<Directive> =
        parents.iter().map(|p| Directive { document: p.document, extraction: p.extraction }).collect();
    let mut annexes: Vec<(&str, FormData)> = Vec::new();
    for annexed in &drawn.forms {
        let Some(form) = registrations.form(annexed.kind) else { continue };
        let office = Office {
            profile: &profile,
            below: units.as_ref(),
            calendar: &calendar,
            words: &words,
            lexicon: &engine.pack().lexicon,
            form,
            texts: &console.texts,
        };
        let asked = ask(&directives, &office, &Given::default());
        let filled = fill::annexed(annexed, &asked, &office).map_err(|error| console.fault(&error))?;
        annexes.push((form_path(annexed.kind), filled));
    }
    for (form, label) in sent.iter().zip(&drawn.sent.0) {
        let filled = fill::handed_on(form, label, &drawn.sent.1).map_err(|error| console.fault(&error))?;
        annexes.push((fill::SENT_FORM, filled));
    }
    write_plan(&drawn, &annexes, &template, &target, engine, console)
}

fn is_same(input: &Path, target: &Path) -> bool {
    matches!((input.canonicalize(), target.canonicalize()), (Ok(input), Ok(target)) if input == target)
}

/// `ke-hoach-<directive>.docx` in the current folder.
fn default_target(args: &PlanArgs) -> PathBuf {
    let stem = args.directives.first().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy();
    PathBuf::from(format!("ke-hoach-{stem}.docx"))
}

fn write_plan(
    drawn: &Plan,
    annexes: &[(&str, FormData)],
    template: &Template,
    target: &Path,
    engine: &Engine,
    console: &Console,
) -> Result<Exit, Exit> {
    let data = Data::from_value(&drawn.values).map_err(|error| console.fault(&error))?;
    let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
    let unfit = |error: RenderError| {
        for fault in &error.0 {
            console.error("draft.form", &[("reason", &fault.sentence(&console.texts))]);
        }
        Exit::Usage
    };
    let mut behind = Vec::new();
    for (path, annex) in annexes {
        let form = form(None, path, console)?;
        behind.push(form.render(&annex.data, &options).map_err(unfit)?.bytes);
    }
    let rendered = template.render_with_annexes(&data, &behind, &options).map_err(unfit)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (bytes, comments) = super::notes::noted(&name, &rendered.bytes, &drawn.open, engine, console);
    let trace = Trace {
        schema_version: 1,
        document: name,
        sources: drawn.sources.clone(),
        entries: drawn
            .entries
            .iter()
            .cloned()
            .chain(annexes.iter().flat_map(|(_, annex)| annex_entries(annex)))
            .chain(comments)
            .collect(),
        open: drawn
            .open
            .iter()
            .cloned()
            .chain(annexes.iter().flat_map(|(_, annex)| annex.trace.open.clone()))
            .collect(),
    };
    let json = checklist::trace_json(&trace).map_err(|error| console.fault(&error))?;
    let list = checklist::checklist(&trace, &console.texts);
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| console.output_error(folder, &error))?;
    }
    for (path, bytes) in [
        (target.to_path_buf(), bytes.as_slice()),
        (target.with_extension("trace.json"), json.as_bytes()),
        (target.with_extension("checklist.md"), list.as_bytes()),
    ] {
        write::atomic(&path, bytes).map_err(|error| console.output_error(&path, &error))?;
    }
    let open = trace.open.len().to_string();
    console.note("draft.done", &[("name", &target.to_string_lossy()), ("open", &open)]);
    Ok(Exit::Done)
}

/// Origins of a form behind the plan, each with the form's name before its place.
fn annex_entries(annex: &FormData) -> Vec<Traced> {
    let entries = annex.trace.entries.iter().cloned();
    entries.map(|entry| Traced { place: format!("{}.{}", annex.name, entry.place), ..entry }).collect()
}

/// The signer by place in the list (from 1), or by a part of name or post; the first one by default.
pub(in crate::cli) fn signer(wanted: Option<&str>, profile: &Profile, console: &Console) -> Result<usize, Exit> {
    let Some(wanted) = wanted else { return Ok(0) };
    if let Ok(number) = wanted.parse::<usize>()
        && (1..=profile.signers.len()).contains(&number)
    {
        return Ok(number - 1);
    }
    let wanted_folded = thidua::language::fold::fold(wanted);
    let found = profile.signers.iter().position(|signer| {
        let title = thidua::language::fold::fold(&signer.title);
        title == wanted_folded || thidua::language::fold::fold(&signer.name).contains(&wanted_folded)
    });
    found.ok_or_else(|| {
        let known: Vec<String> = profile.signers.iter().map(|s| format!("{} {}", s.title, s.name)).collect();
        console.error("draft.no-signer", &[("name", wanted), ("known", &known.join("; "))]);
        Exit::Usage
    })
}

/// A form: the user's file, or the built-in one.
pub(in crate::cli) fn form(own: Option<&Path>, built_in: &str, console: &Console) -> Result<Template, Exit> {
    if let Some(path) = own {
        return template_cmd::open(path, false, console);
    }
    let bytes = word_form(built_in).unwrap_or_default();
    Template::compile(bytes, &CompileOptions::default()).map_err(|error| match error {
        TemplateError::Faults(faults) => {
            for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
                console.error("draft.form", &[("reason", &fault.sentence(&console.texts))]);
            }
            Exit::Fault
        }
        TemplateError::Input(error) => {
            console.input_error(built_in, &error);
            Exit::Fault
        }
    })
}
