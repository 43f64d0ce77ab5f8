//! One pass over an office: files read, sorted and extracted by the workers, results written, aggregates brought up to
//! date. What was done before and still stands is not done again.

use super::say::{Say, State};
use super::ways;
use super::{INCOMING, MEMORY, OUTGOING, OfficeArgs};
use crate::cli::exit::Exit;
use crate::cli::interrupt;
use serde::{Deserialize, Serialize};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use thidua::batch::office::{self, Entry, Journal, Known, Outcome, Output, Sorted};
use thidua::batch::{self, Item};
use thidua::guard::digest::hexadecimal;
use thidua::guard::stream::AtomicFile;
use thidua::guard::{Limits, write};
use thidua::model::InputError;
use thidua::pack::{Kind, Profile};
use thidua::report::{Format, Piece, Renderer, ReportError, Stream, View, office_page, summary};
use thidua::{Engine, Options, Reading};

/// Where things are in an office.
pub struct Places {
    pub office: PathBuf,
    pub incoming: PathBuf,
    pub outgoing: PathBuf,
    pub lock: PathBuf,
    pub journal: PathBuf,
    pub memory: PathBuf,
    pub pieces: PathBuf,
}

impl Places {
    /// The places of an office folder.
    pub fn of(office: &Path) -> Self {
        let memory = office.join(MEMORY);
        Self {
            office: office.to_owned(),
            incoming: office.join(INCOMING),
            outgoing: office.join(OUTGOING),
            lock: memory.join("khoa"),
            journal: memory.join("nhat-ky.jsonl"),
            pieces: memory.join("manh.bin"),
            memory,
        }
    }
}

/// Everything that a pass needs.
pub struct Pass<'a> {
    engine: &'a Engine,
    places: &'a Places,
    say: &'a Say<'a>,
    profile: &'a Profile,
    options: Options,
    jobs: usize,
    report: Option<&'a Path>,
    /// What results depend on beside the file and its name.
    key: String,
    json: Renderer<'a>,
    html: Renderer<'a>,
    ics: Renderer<'a>,
    xlsx: Renderer<'a>,
    view: View<'a>,
    desk: write::Desk,
}

/// What the aggregates need of one document; kept on the disk between runs.
#[derive(Serialize, Deserialize)]
struct Pieces {
    sha256: String,
    key: String,
    ics: Piece,
    xlsx: Piece,
    summary: summary::Part,
}

/// What a worker made of one file.
struct Worked {
    entry: Entry,
    /// Nothing had to be done.
    kept: bool,
    pieces: Option<Box<Pieces>>,
}

impl<'a> Pass<'a> {
    /// Prepares a pass.
    ///
    /// # Errors
    /// When a built-in template is faulty, which a test excludes.
    pub fn new(
        args: &'a OfficeArgs,
        engine: &'a Engine,
        profile: &'a Profile,
        places: &'a Places,
        say: &'a Say<'a>,
    ) -> Result<Self, ReportError> {
        let console = say.console;
        let view = View { texts: &console.texts, lexicon: &engine.pack().lexicon, explain: false };
        let renderer = |format| Renderer::new(format, view, console.lang, args.run.as_of);
        Ok(Self {
            engine,
            places,
            say,
            profile,
            options: Options { as_of: args.run.as_of },
            jobs: args.run.threads(),
            report: args.report.as_deref(),
            key: format!("{} {:?} {:?} {}", office::BUILD, console.lang, args.run.as_of, engine.recognises()),
            json: renderer(Format::Json)?,
            html: renderer(Format::Html)?,
            ics: renderer(Format::Ics)?,
            xlsx: renderer(Format::Xlsx)?,
            view,
            desk: write::Desk::new(&places.memory),
        })
    }

    /// Files that a pass may write.
    pub fn targets<'t>(&self, named: &'t [(&Item, String)]) -> impl Iterator<Item = PathBuf> + use<'t> {
        let folder = self.folder(Kind::Directive);
        let files = named
            .iter()
            .flat_map(move |(_, name)| ["json", "html"].map(|extension| folder.join(format!("{name}.{extension}"))));
        files.chain([self.workbook(), self.calendar(), self.summary()])
    }

    fn workbook(&self) -> PathBuf {
        self.places.outgoing.join("tong-hop.xlsx")
    }

    fn calendar(&self) -> PathBuf {
        self.places.outgoing.join("lich.ics")
    }

    fn summary(&self) -> PathBuf {
        self.places.outgoing.join("tom-tat.txt")
    }

    /// Folder for the results of a kind.
    fn folder(&self, kind: Kind) -> PathBuf {
        let words = self.engine.pack().kinds.list.iter().find(|words| words.kind == kind);
        self.places.outgoing.join(words.map_or(kind.code(), |words| &words.folder))
    }

    /// Runs the pass.
    ///
    /// # Errors
    /// When a result cannot be written.
    pub fn run(&self, named: &[(&Item, String)]) -> io::Result<Exit> {
        std::fs::create_dir_all(self.folder(Kind::Directive))?;
        let mut journal = Journal::open(&self.places.journal, &self.key)?;
        let known = journal.known();
        let store = office::Pieces::open(&self.places.pieces, known.pieces_end())?;
        let mut calendar = Stream::new(&self.ics, AtomicFile::create(&self.calendar())?, false);
        let mut workbook = Stream::new(&self.xlsx, AtomicFile::create(&self.workbook())?, false);
        let mut told = summary::Told::new()?;
        let mut exit = Exit::Done;
        let mut broken = None;
        let mut others: Vec<(Kind, String, String)> = Vec::new();
        let mut progress = self.say.start(named.len());
        let emit = |(item, result): (&Item, Result<io::Result<Worked>, InputError>)| {
            if interrupt::asked() {
                exit = exit.and(Exit::Interrupted);
                return ControlFlow::Break(());
            }
            let taken = match result {
                Ok(worked) => worked.and_then(|worked| {
                    if worked.entry.outcome == Outcome::Sorted {
                        let entry = &worked.entry;
                        others.push((entry.kind, entry.name.clone(), entry.sha256.clone()));
                    }
                    self.take(worked, &mut journal, &mut calendar, &mut workbook, &mut told, &mut progress)
                }),
                Err(error) => {
                    let ours = matches!(error, InputError::Internal { .. });
                    exit = exit.and(if ours { Exit::Fault } else { Exit::Partial });
                    progress.failed(&item.name, &error);
                    workbook.fail(&item.name, &error);
                    told.failures.push((item.name.clone(), error));
                    Ok(())
                }
            };
            match taken {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    broken = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let jobs = self.jobs.min(named.len().max(1));
        let items = named.iter().map(|(item, name)| (*item, name.as_str()));
        let _ = batch::taken(
            items,
            jobs,
            || (),
            |(), (item, name)| (item, batch::guarded(|| self.work(item, name, &known, &store))),
            emit,
        )?;
        journal.sync()?;
        if let Some(error) = broken {
            return Err(error);
        }
        if exit != Exit::Interrupted {
            let sheets = || workbook.finish()?.commit();
            let rest = || {
                calendar.finish()?.commit()?;
                self.summarise(&mut told)
            };
            // The workbook is packed while the summary is written, where there is a second worker.
            if self.jobs > 1 {
                std::thread::scope(|scope| {
                    let sheets = scope.spawn(sheets);
                    let rest = rest();
                    sheets.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).and(rest)
                })?;
            } else {
                sheets()?;
                rest()?;
            }
        }
        progress.clear();
        if exit != Exit::Interrupted {
            exit = exit.and(ways::go(self.places, (self.engine, self.say.console), &mut journal, &self.key, &others)?);
            journal.sync()?;
        }
        progress.end(&told, exit, &self.places.outgoing);
        Ok(exit)
    }

    /// Writes the summary, and the page of it that was asked for.
    fn summarise(&self, told: &mut summary::Told) -> io::Result<()> {
        let mut text = AtomicFile::create(&self.summary())?;
        summary::write(&self.profile.unit.name, told, &self.view, &mut text)?;
        text.commit()?;
        if let Some(path) = self.report {
            let mut page = AtomicFile::create(path)?;
            office_page::write(&self.profile.unit.name, told, &self.view, &mut page)?;
            page.commit()?;
        }
        Ok(())
    }

    fn take<W: io::Write + Send>(
        &self,
        worked: Worked,
        journal: &mut Journal,
        calendar: &mut Stream<W>,
        workbook: &mut Stream<W>,
        told: &mut summary::Told,
        progress: &mut super::say::Progress,
    ) -> io::Result<()> {
        let Worked { entry, kept, pieces } = worked;
        let reason = self.view.texts.get(&format!("run.reason.{}", entry.reason.0), &[("what", &entry.reason.1)]);
        let state = match (&entry.outcome, kept) {
            (Outcome::Sorted, _) => State::Sorted,
            (_, true) => State::Kept,
            (_, false) => State::Done,
        };
        progress.file(&entry.name, entry.kind, &reason, state);
        if let Some(pieces) = pieces {
            let Pieces { ics, xlsx, summary, .. } = *pieces;
            calendar.push(ics)?;
            workbook.push(xlsx)?;
            told.push(summary)?;
        } else {
            told.sort(entry.kind, &entry.name, &reason)?;
        }
        if !kept {
            self.forget(journal.entry(&entry.name), &entry);
            journal.add(&entry)?;
        }
        Ok(())
    }

    /// Removes results of ours that a file has no longer under these names.
    fn forget(&self, old: Option<Entry>, new: &Entry) {
        let outputs = |outcome: Outcome| match outcome {
            Outcome::Done { outputs } => outputs,
            Outcome::Sorted => Vec::new(),
        };
        let kept = outputs(new.outcome.clone());
        for output in old.map(|entry| outputs(entry.outcome)).unwrap_or_default() {
            if !kept.iter().any(|other| other.path == output.path) {
                // A file that is gone already is what is wanted.
                let _ = std::fs::remove_file(self.places.office.join(&output.path));
            }
        }
    }

    /// One file, on a worker.
    fn work(
        &self,
        item: &Item,
        name: &str,
        known: &Known,
        store: &office::Pieces,
    ) -> Result<io::Result<Worked>, InputError> {
        let bytes = batch::load(item, &Limits::default())?;
        let sha256 = hexadecimal(&bytes);
        let key = format!("{} {name}", self.key);
        let old = known.entry(&item.name).filter(|entry| entry.sha256 == sha256 && entry.key == key);
        if let Some(entry) = old.filter(|entry| entry.stands(&self.places.office)) {
            if entry.outcome == Outcome::Sorted {
                return Ok(Ok(Worked { entry, kept: true, pieces: None }));
            }
            if let Some(pieces) = remembered(store, &entry) {
                return Ok(Ok(Worked { entry, kept: true, pieces: Some(pieces) }));
            }
        }
        let reading = self.engine.extract(self.engine.read(&item.name, &bytes)?, &self.options);
        let sorted = office::sort(&reading.document, &reading.extraction.document, self.engine.pack());
        let entry = |piece, outcome| {
            let (why, what) = sorted.reason.parts();
            Entry {
                name: item.name.clone(),
                sha256: sha256.clone(),
                key: key.clone(),
                kind: sorted.kind,
                reason: (why.to_owned(), what.to_owned()),
                piece,
                outcome,
            }
        };
        if sorted.kind != Kind::Directive {
            return Ok(Ok(Worked { entry: entry(None, Outcome::Sorted), kept: false, pieces: None }));
        }
        let pieces = self.pieces(&reading, &sha256, &key).map_err(|error| internal(&error))?;
        let record = postcard::to_stdvec(&pieces).map_err(|error| internal(&error))?;
        let written = store.add(&record).and_then(|piece| Ok((piece, self.write(&reading, name)?)));
        Ok(written.map(|(piece, outputs)| Worked {
            entry: entry(Some(piece), Outcome::Done { outputs }),
            kept: false,
            pieces: Some(Box::new(pieces)),
        }))
    }

    /// Writes the results of one document.
    fn write(&self, reading: &Reading, name: &str) -> io::Result<Vec<Output>> {
        let folder = self.folder(Kind::Directive);
        let mut outputs = Vec::new();
        for (renderer, extension) in [(&self.json, "json"), (&self.html, "html")] {
            let piece = renderer.piece(reading).map_err(io::Error::other)?;
            let mut stream = Stream::new(renderer, Vec::new(), true);
            stream.push(piece)?;
            let bytes = stream.finish()?;
            let path = folder.join(format!("{name}.{extension}"));
            self.desk.put(&path, &bytes)?;
            let below = path.strip_prefix(&self.places.office).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            outputs.push(Output { path: below, bytes: bytes.len() as u64 });
        }
        Ok(outputs)
    }

    fn pieces(&self, reading: &Reading, sha256: &str, key: &str) -> Result<Pieces, ReportError> {
        Ok(Pieces {
            sha256: sha256.to_owned(),
            key: key.to_owned(),
            ics: self.ics.piece(reading)?,
            xlsx: self.xlsx.piece(reading)?,
            summary: summary::Part::of(reading, &self.view),
        })
    }

    /// Sorts one file without doing anything with it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn sort(&self, item: &Item) -> Result<(Sorted, String), InputError> {
        let bytes = batch::load(item, &Limits::default())?;
        let sha256 = hexadecimal(&bytes);
        let reading = self.engine.extract(self.engine.read(&item.name, &bytes)?, &self.options);
        Ok((office::sort(&reading.document, &reading.extraction.document, self.engine.pack()), sha256))
    }

    /// Whether the results of a file stand as they are.
    pub fn stands(&self, entry: Option<&Entry>, sha256: &str, name: &str) -> bool {
        let key = format!("{} {name}", self.key);
        entry.is_some_and(|entry| entry.sha256 == sha256 && entry.key == key && entry.stands(&self.places.office))
    }

    /// Workers to use.
    pub fn jobs(&self) -> usize {
        self.jobs
    }
}

/// The pieces of a document that was done before.
fn remembered(store: &office::Pieces, entry: &Entry) -> Option<Box<Pieces>> {
    let record = store.get(&entry.piece?)?;
    let pieces: Pieces = postcard::from_bytes(&record).ok()?;
    (pieces.sha256 == entry.sha256 && pieces.key == entry.key).then(|| Box::new(pieces))
}

fn internal(error: &dyn std::error::Error) -> InputError {
    InputError::Internal { reason: error.to_string() }
}
