//! `thidua run`: an office folder from incoming documents to results.

use super::args::OfficeArgs;
use super::console::Console;
use super::exit::Exit;
use super::output;
use super::walk::{Walk, Walked};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use thidua::batch::{self, Item};
use thidua::compose::units::{SubUnits, UnitsError};
use thidua::guard::input::read_file;
use thidua::guard::stream::AtomicFile;
use thidua::guard::{Limits, write};
use thidua::model::InputError;
use thidua::pack::Profile;
use thidua::report::{Format, Piece, Renderer, ReportError, Stream, View, summary};
use thidua::{Engine, Options, Reading};

/// The unit profile in an office folder.
pub const PROFILE: &str = "thidua.toml";
/// Incoming documents.
pub const INCOMING: &str = "den";
/// Results.
pub const OUTGOING: &str = "ra";

/// Longest profile in bytes; a longer one is something else.
const PROFILE_BYTES: u64 = 1 << 20;

/// Runs the command.
pub fn run(args: &OfficeArgs, engine: &Engine, console: &Console) -> Exit {
    let Some(profile) = profile(&args.office, console) else { return Exit::Usage };
    if let Err(exit) = sub_units(&args.office, &profile, console) {
        return exit;
    }
    let (incoming, outgoing) = (args.office.join(INCOMING), args.office.join(OUTGOING));
    if !incoming.is_dir() {
        console.error("run.no-incoming", &[("name", &incoming.to_string_lossy())]);
        return Exit::Usage;
    }
    let items = match incoming_items(&args.office, &incoming) {
        Ok(items) if !items.is_empty() => items,
        _ => {
            console.error("run.nothing", &[("name", &incoming.to_string_lossy())]);
            return Exit::Nothing;
        }
    };
    let view = View { texts: &console.texts, lexicon: &engine.pack().lexicon, explain: false };
    let renderer = |format| Renderer::new(format, view, console.lang, args.run.as_of);
    let renderers = || -> Result<_, ReportError> {
        Ok(Renderers {
            json: renderer(Format::Json)?,
            html: renderer(Format::Html)?,
            ics: renderer(Format::Ics)?,
            xlsx: renderer(Format::Xlsx)?,
            view,
        })
    };
    let renderers = match renderers() {
        Ok(renderers) => renderers,
        Err(error) => return console.fault(&error),
    };
    let walk = Walk {
        engine,
        console,
        options: Options { as_of: args.run.as_of },
        jobs: args.run.jobs,
        fail_on: None,
        to_stdout: false,
    };
    let targets = Targets::new(&outgoing, &items);
    if let Some(path) = targets.all().find(|path| output::is_input(path, &items)) {
        console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
        return Exit::Usage;
    }
    match process(&walk, &items, &outgoing, &targets, &renderers, &profile) {
        Ok(walked) => {
            console.summary(items.len(), &walked);
            console.note("run.done", &[("name", &outgoing.to_string_lossy())]);
            walked.exit
        }
        Err(error) => console.output_error(&outgoing, &error),
    }
}

/// The unit profile; says what is wrong with it where it is not valid.
pub(super) fn profile(office: &Path, console: &Console) -> Option<Profile> {
    let path = office.join(PROFILE);
    let name = path.to_string_lossy();
    let mut text = String::new();
    let read = match std::fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() => {
            std::fs::File::open(&path).and_then(|file| file.take(PROFILE_BYTES).read_to_string(&mut text))
        }
        Ok(_) => Err(io::ErrorKind::NotFound.into()),
        Err(error) => Err(error),
    };
    if let Err(error) = read {
        let key = if error.kind() == io::ErrorKind::NotFound { "run.no-profile" } else { "run.bad-profile" };
        console.error(key, &[("name", &name), ("reason", &error.to_string())]);
        return None;
    }
    match Profile::parse(&text) {
        Ok(profile) => Some(profile),
        Err(error) => {
            let args = error.args();
            let slots: Vec<(&str, &str)> = args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            let reason = console.texts.get(&format!("profile.{}", error.key()), &slots);
            console.error("run.bad-profile", &[("name", &name), ("reason", &reason)]);
            None
        }
    }
}

/// The list of units below that the profile names; `None` inside when it names none. Says what is wrong with it.
pub(super) fn sub_units(office: &Path, profile: &Profile, console: &Console) -> Result<Option<SubUnits>, Exit> {
    let Some(file) = &profile.below.file else { return Ok(None) };
    let path = office.join(file);
    let limits = Limits::default();
    let read = read_file(&path, &limits).map_err(UnitsError::from);
    match read.and_then(|bytes| SubUnits::read(file, &bytes, profile, &limits)) {
        Ok(units) => Ok(Some(units)),
        Err(UnitsError::Input(error)) => {
            console.input_error(&path.to_string_lossy(), &error);
            Err(Exit::Usage)
        }
        Err(error) => {
            let args = error.args();
            let slots: Vec<(&str, &str)> = args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            let reason = console.texts.get(&format!("units.{}", error.key()), &slots);
            console.error("run.bad-profile", &[("name", &path.to_string_lossy()), ("reason", &reason)]);
            Err(Exit::Usage)
        }
    }
}

/// The incoming documents, named as seen from the office folder, so that results do not depend on where it lies.
fn incoming_items(office: &Path, incoming: &Path) -> io::Result<Vec<Item>> {
    let folder = [incoming.to_string_lossy().into_owned()];
    let mut items = batch::worklist(&folder, "").map_err(io::Error::other)?.items;
    for item in &mut items {
        let short = Path::new(&item.name).strip_prefix(office).map(|path| path.to_string_lossy().replace('\\', "/"));
        if let Ok(short) = short {
            item.name = short;
        }
    }
    Ok(items)
}

struct Renderers<'a> {
    json: Renderer<'a>,
    html: Renderer<'a>,
    ics: Renderer<'a>,
    xlsx: Renderer<'a>,
    view: View<'a>,
}

/// One document in every format.
struct Pieces {
    json: Piece,
    html: Piece,
    ics: Piece,
    xlsx: Piece,
    summary: summary::Part,
}

impl Renderers<'_> {
    fn pieces(&self, reading: &Reading) -> Result<Pieces, ReportError> {
        Ok(Pieces {
            json: self.json.piece(reading)?,
            html: self.html.piece(reading)?,
            ics: self.ics.piece(reading)?,
            xlsx: self.xlsx.piece(reading)?,
            summary: summary::Part::of(reading, &self.view),
        })
    }
}

/// The files that a run writes.
struct Targets {
    json: Vec<PathBuf>,
    html: Vec<PathBuf>,
    workbook: PathBuf,
    calendar: PathBuf,
    summary: PathBuf,
}

impl Targets {
    fn new(outgoing: &Path, items: &[Item]) -> Self {
        Self {
            json: output::paths(outgoing, items, Format::Json.extension()),
            html: output::paths(outgoing, items, Format::Html.extension()),
            workbook: outgoing.join("tong-hop.xlsx"),
            calendar: outgoing.join("lich.ics"),
            summary: outgoing.join("tom-tat.txt"),
        }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.json.iter().chain(&self.html).chain([&self.workbook, &self.calendar, &self.summary])
    }
}

fn process(
    walk: &Walk,
    items: &[Item],
    outgoing: &Path,
    targets: &Targets,
    renderers: &Renderers,
    profile: &Profile,
) -> io::Result<Walked> {
    std::fs::create_dir_all(outgoing)?;
    let mut calendar = Stream::new(&renderers.ics, AtomicFile::create(&targets.calendar)?, false);
    let mut workbook = Stream::new(&renderers.xlsx, AtomicFile::create(&targets.workbook)?, false);
    let mut parts = Vec::new();
    let mut failures: Vec<(String, InputError)> = Vec::new();
    let mut files = targets.json.iter().zip(&targets.html);
    let walked = walk.run(
        items,
        |_, reading| renderers.pieces(reading),
        |item, result| {
            let Some((json, html)) = files.next() else { return Ok(()) };
            match result {
                Ok(pieces) => {
                    one(&renderers.json, json, pieces.json)?;
                    one(&renderers.html, html, pieces.html)?;
                    calendar.push(pieces.ics)?;
                    workbook.push(pieces.xlsx)?;
                    parts.push(pieces.summary);
                }
                Err(error) => {
                    workbook.fail(&item.name, &error);
                    failures.push((item.name.clone(), error));
                }
            }
            Ok(())
        },
    )?;
    calendar.finish()?.commit()?;
    workbook.finish()?.commit()?;
    let summary = summary::render(&profile.unit.name, &parts, &failures, &renderers.view);
    write::atomic(&targets.summary, summary.as_bytes())?;
    Ok(walked)
}

/// A file of its own for one document.
fn one(renderer: &Renderer, path: &Path, piece: Piece) -> io::Result<()> {
    let mut stream = Stream::new(renderer, AtomicFile::create(path)?, true);
    stream.push(piece)?;
    stream.finish()?.commit()
}
