//! What `check` and `lint` write: the report in the format that was asked for; with a folder all that an office works
//! with: copies with comments, a workbook, a page, letters to the units.

use super::args;
use super::check::{CheckFormat, CheckOptions};
use super::console::Console;
use super::exit::Exit;
use super::walk::threads;
use super::{office, output};
use clap::Args;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use thidua::Engine;
use thidua::batch::{self, Item, Origin};
use thidua::check::Baseline;
use thidua::compose::supplement::{self, Letter};
use thidua::guard::stream::AtomicFile;
use thidua::guard::{Limits, write};
use thidua::model::{BatchReport, CheckReport, InputError};
use thidua::pack::{Lang, RuleBook, Texts, word_form};
use thidua::report::annotate::{self, Annotated, Coordinates, How, Mode, Note};
use thidua::report::{View, checked, review};
use thidua::structure;
use thidua::template::{CompileOptions, Missing, RenderOptions, Template};

/// What is written beside the report.
#[derive(Debug, Args)]
pub struct Delivery {
    #[arg(long)]
    pub notes: bool,
    #[arg(long)]
    pub suggest: bool,
    #[arg(long)]
    pub fix: bool,
    #[arg(long, requires = "office")]
    pub letters: bool,
    #[arg(long, value_name = "DIR")]
    pub office: Option<PathBuf>,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub date: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    pub due: Option<jiff::civil::Date>,
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
}

const WORKBOOK: &str = "ket-qua.xlsx";
const PAGE: &str = "ket-qua.html";
const LETTERS: &str = "bo-sung";
const COPY: &str = "nhan-xet.docx";
const FIXED: &str = "da-sua.docx";

/// Writes what was found and settles the exit code. `items` are the inputs of the batch's files.
pub fn deliver(
    mut batch: BatchReport,
    items: &[Item],
    options: &CheckOptions,
    (engine, rules): (&Engine, &RuleBook),
    console: &Console,
    exit: Exit,
) -> Exit {
    if let Err(exit) = baseline(&mut batch, &options.delivery, console) {
        return exit;
    }
    let view = View { texts: &console.texts, lexicon: &engine.pack().lexicon, explain: false };
    let folder = options.output.as_deref().filter(|path| output::is_folder(path));
    let desk = Desk { batch: &batch, items, options, engine, rules, console, view, folder };
    let exit = match desk.write() {
        Ok(written) => exit.and(written),
        Err(stopped) => return exit.and(stopped),
    };
    let failed = options.fail_on.severity().is_some_and(|bar| batch.gravest() >= Some(bar));
    if failed { exit.and(Exit::Findings) } else { exit }
}

/// Hides what is known, and writes what is there now.
fn baseline(batch: &mut BatchReport, delivery: &Delivery, console: &Console) -> Result<(), Exit> {
    let now = delivery.write_baseline.as_deref().map(|path| (path, Baseline::of(batch)));
    if let Some(path) = &delivery.baseline {
        let bytes = super::file::read(path, console)?;
        let known = Baseline::parse(&bytes).map_err(|reason| {
            console.error("checked.bad-baseline", &[("name", &path.to_string_lossy()), ("reason", &reason)]);
            Exit::Usage
        })?;
        let hidden = known.hide(batch);
        let (known, unused) = (hidden.known.to_string(), hidden.unused.to_string());
        console.note("checked.hidden", &[("known", &known), ("unused", &unused)]);
    }
    if let Some((path, now)) = now {
        let json = now.json().map_err(|error| console.fault(&error))?;
        write::atomic(path, json.as_bytes()).map_err(|error| console.output_error(path, &error))?;
    }
    Ok(())
}

struct Desk<'a> {
    batch: &'a BatchReport,
    items: &'a [Item],
    options: &'a CheckOptions,
    engine: &'a Engine,
    rules: &'a RuleBook,
    console: &'a Console,
    view: View<'a>,
    folder: Option<&'a Path>,
}

impl Desk<'_> {
    fn write(&self) -> Result<Exit, Exit> {
        let delivery = &self.options.delivery;
        if let Some(folder) = self.folder {
            std::fs::create_dir_all(folder).map_err(|error| self.console.output_error(folder, &error))?;
        }
        let mut exit = Exit::Done;
        let mut copies = vec![None; self.items.len()];
        if self.folder.is_some() || delivery.notes || delivery.suggest {
            let mode = if delivery.suggest { Mode::Suggest } else { Mode::Comment };
            exit = exit.and(self.copies(mode, COPY, &mut copies)?);
        }
        if delivery.fix {
            exit = exit.and(self.copies(Mode::Apply, FIXED, &mut vec![None; self.items.len()])?);
        }
        if delivery.letters {
            exit = exit.and(self.letters()?);
        }
        self.reports(&copies)?;
        Ok(exit)
    }

    /// The report itself, and in a folder the workbook and the page.
    fn reports(&self, copies: &[Option<String>]) -> Result<(), Exit> {
        let format = self.options.format;
        let Some(folder) = self.folder else {
            return match self.options.output.as_deref() {
                Some(path) => self.put(path, format, &[]),
                None => self.print(format, &[]),
            };
        };
        self.put(&folder.join(WORKBOOK), CheckFormat::Xlsx, copies)?;
        self.put(&folder.join(PAGE), CheckFormat::Html, copies)?;
        let extension = match format {
            CheckFormat::Json => "json",
            CheckFormat::Jsonl => "jsonl",
            CheckFormat::Sarif => "sarif",
            CheckFormat::Table if self.console.quiet => return Ok(()),
            CheckFormat::Table => return self.print(format, copies),
            CheckFormat::Html | CheckFormat::Xlsx => return Ok(()),
        };
        self.put(&folder.join(format!("ket-qua.{extension}")), format, copies)
    }

    fn print(&self, format: CheckFormat, copies: &[Option<String>]) -> Result<(), Exit> {
        let mut out = io::BufWriter::new(io::stdout());
        match self.render(format, copies, &mut out).and_then(|()| out.flush()) {
            // Whoever reads our output has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(self.console.output_error(Path::new("stdout"), &error)),
            Ok(()) => Ok(()),
        }
    }

    fn put(&self, path: &Path, format: CheckFormat, copies: &[Option<String>]) -> Result<(), Exit> {
        let written = AtomicFile::create(path).and_then(|mut file| {
            self.render(format, copies, &mut file)?;
            file.commit()
        });
        written.map_err(|error| self.console.output_error(path, &error))
    }

    fn render(
        &self,
        format: CheckFormat,
        copies: &[Option<String>],
        out: &mut (impl io::Write + Send),
    ) -> io::Result<()> {
        let (batch, view) = (self.batch, &self.view);
        let rules = || review::rules(self.rules, view);
        let text = match format {
            CheckFormat::Html => {
                return review::page::write(batch, &rules(), copies, (self.console.lang, view), out);
            }
            CheckFormat::Xlsx => {
                return review::xlsx::write(batch, &rules(), copies, view, out).map_err(io::Error::other);
            }
            CheckFormat::Table => checked::table(batch, view),
            CheckFormat::Json => checked::pretty(batch, view).map_err(io::Error::other)? + "\n",
            CheckFormat::Jsonl => checked::lines(batch, view).map_err(io::Error::other)?,
            CheckFormat::Sarif => review::sarif::render(batch, &rules(), view).map_err(io::Error::other)?,
        };
        out.write_all(text.as_bytes())
    }

    fn put_bytes(&self, path: &Path, bytes: &[u8]) -> Result<(), Exit> {
        write::atomic(path, bytes).map_err(|error| self.console.output_error(path, &error))
    }

    /// A copy of every paper that was read: in the folder, or beside the paper. Files that no copy can be made of are
    /// named; `written` takes the names of the copies.
    fn copies(&self, mode: Mode, extension: &str, written: &mut [Option<String>]) -> Result<Exit, Exit> {
        let names = batch::output_names(self.items.iter().map(|item| item.name.as_str()));
        let work: Vec<(usize, &Item, &CheckReport)> = self
            .items
            .iter()
            .zip(&self.batch.files)
            .enumerate()
            .filter(|(_, (_, report))| report.failure.is_none())
            .map(|(at, (item, report))| (at, item, report))
            .collect();
        let limits = Limits::default();
        let date = self.options.delivery.date.map(|date| date.at(0, 0, 0, 0));
        let how = How {
            mode,
            coordinates: Coordinates::Settled,
            author: "thidua",
            initials: "TĐ",
            date,
            texts: &self.console.texts,
            limits: &limits,
        };
        let make = |(_, item, report): &(usize, &Item, &CheckReport)| {
            batch::guarded(|| self.copy(item, report, &how, &limits))
        };
        let inputs = output::Inputs::of(self.items);
        let mut exit = Exit::Done;
        let mut stopped = None;
        let outcome = batch::in_order(&work, threads(self.options.run.jobs), make, |(at, item, _), result| {
            match result {
                Ok(Some(copy)) => {
                    if copy.is_signed {
                        self.console.note("checked.signed", &[("name", &item.name)]);
                    }
                    let name = names.get(*at).map_or_else(String::new, |name| format!("{name}.{extension}"));
                    let path = self.beside(item).join(&name);
                    if inputs.hold(&path) {
                        self.console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
                        stopped = Some(Exit::Usage);
                        return ControlFlow::Break(());
                    }
                    if let Err(error) = write::atomic_fast(&path, &copy.bytes) {
                        stopped = Some(self.console.output_error(&path, &error));
                        return ControlFlow::Break(());
                    }
                    if let Some(slot) = written.get_mut(*at) {
                        *slot = Some(name);
                    }
                }
                Ok(None) if item.origin == Origin::Stdin => self.console.note("checked.stdin", &[("name", &item.name)]),
                Ok(None) => self.console.note("checked.no-copy", &[("name", &item.name)]),
                Err(error) => {
                    self.console.input_error(&item.name, &error);
                    exit = exit.and(Exit::Partial);
                }
            }
            ControlFlow::Continue(())
        });
        let _ = outcome.map_err(|error| self.console.fault(&error))?;
        stopped.map_or(Ok(exit), Err)
    }

    fn beside<'i>(&'i self, item: &'i Item) -> PathBuf {
        match (self.folder, &item.origin) {
            (Some(folder), _) => folder.to_path_buf(),
            (None, Origin::File(path) | Origin::Member { archive: path, .. }) => {
                path.parent().unwrap_or(Path::new("")).to_path_buf()
            }
            (None, _) => PathBuf::new(),
        }
    }

    /// A copy of one paper. What is no Word document gets a new one with its text and the comments; it cannot be mended.
    fn copy(
        &self,
        item: &Item,
        report: &CheckReport,
        how: &How,
        limits: &Limits,
    ) -> Result<Option<Annotated>, InputError> {
        // Standard input was read already.
        if matches!(item.origin, Origin::Stdin) {
            return Ok(None);
        }
        let bytes = batch::load(item, limits)?;
        let notes: Vec<Note> = review::notes::notes(report, &self.view);
        if how.mode == Mode::Apply && !notes.iter().any(|note| note.fix.is_some()) {
            return Ok(None);
        }
        match annotate::annotate(&bytes, &notes, how) {
            Ok(copy) if how.mode == Mode::Apply && !copy.placed.iter().any(|placed| placed.fixed) => Ok(None),
            Ok(copy) => Ok(Some(copy)),
            Err(_) if how.mode == Mode::Apply => Ok(None),
            Err(_) => {
                let document = self.engine.read(&item.name, &bytes)?;
                let (document, _) = structure::settled(document);
                annotate::plain(&document, &notes, how).map(Some)
            }
        }
    }

    /// A letter for every unit with something to put right, each with its trace.
    fn letters(&self) -> Result<Exit, Exit> {
        let fault = |error: &dyn std::error::Error| self.console.fault(error);
        let delivery = &self.options.delivery;
        let Some(office) = &delivery.office else { return Ok(Exit::Done) };
        let profile = office::profile(office, self.console).ok_or(Exit::Usage)?;
        let vietnamese = Texts::builtin(Lang::Vi);
        let form = word_form(supplement::FORM).ok_or(Exit::Fault)?;
        let template = Template::compile(form, &CompileOptions::default()).map_err(|error| fault(&error))?;
        let desk = supplement::Desk {
            profile: &profile,
            texts: &vietnamese,
            own_texts: &self.console.texts,
            date: delivery.date,
            due: delivery.due,
        };
        let speaks = View { texts: &vietnamese, ..self.view };
        let letters =
            supplement::letters(self.batch, &desk, |report, noted| review::letter::wording(report, noted, &speaks))
                .map_err(|error| fault(&error))?;
        let folder = self.folder.unwrap_or(Path::new("")).join(LETTERS);
        std::fs::create_dir_all(&folder).map_err(|error| self.console.output_error(&folder, &error))?;
        let unnamed = self.console.texts.get("supplement.unnamed", &[]);
        let titles: Vec<&str> = letters.iter().map(|letter| letter.unit.as_deref().unwrap_or(&unnamed)).collect();
        // A full stop in a name would be taken for an extension.
        let titles: Vec<String> = titles.iter().map(|title| format!("{}.docx", title.replace('.', ""))).collect();
        let names = batch::output_names(titles.iter().map(String::as_str));
        let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
        for (Letter { data, mut trace, .. }, name) in letters.into_iter().zip(names) {
            let done = template.render(&data, &options).map_err(|error| fault(&error))?;
            let name = name.trim_end_matches(".docx");
            trace.document = format!("{name}.docx");
            self.put_bytes(&folder.join(&trace.document), &done.bytes)?;
            let json = serde_json::to_string_pretty(&trace).map_err(|error| fault(&error))? + "\n";
            self.put_bytes(&folder.join(format!("{name}.trace.json")), json.as_bytes())?;
        }
        Ok(Exit::Done)
    }
}
