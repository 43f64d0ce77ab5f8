//! `thidua worker`: work items as JSON lines on standard input, results as JSON lines on standard output, so that
//! another engine spreads the work over as many machines as it has.

use super::args::RunOptions;
use super::console::Console;
use super::exit::Exit;
use super::interrupt;
use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::{self, BufRead, Read as _, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use thidua::batch::{self, Item, Origin};
use thidua::guard::Limits;
use thidua::model::InputError;
use thidua::report::{View, json, sentences};
use thidua::{Engine, Options};

/// Padding is what some writers leave out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes of a line beside the file in it: id, name and punctuation.
const FRAME: u64 = 1 << 20;

#[derive(Debug, clap::Args)]
pub struct WorkerArgs {
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub run: RunOptions,
}

/// What a line asks for. A field that is not known is an error: a misspelt one would change the result unseen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    path: Option<PathBuf>,
    name: Option<String>,
    #[serde(borrow)]
    bytes_base64: Option<Cow<'a, str>>,
    as_of: Option<String>,
}

/// The id alone, for lines with something else wrong.
#[derive(Debug, Deserialize)]
struct Identified<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

#[derive(Debug, Serialize)]
struct Failure {
    code: &'static str,
    message: String,
}

/// A line of input, or how it could not be had.
type Line = Result<Vec<u8>, InputError>;

/// What a document says, as it is printed.
type Read = Result<Box<RawValue>, InputError>;

/// Why an item has no result.
enum Refusal {
    /// The line is no work item.
    Item(String),
    /// The document could not be read.
    Input(InputError),
}

impl From<InputError> for Refusal {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

/// Runs the command.
pub fn run(args: &WorkerArgs, engine: &Engine, console: &Console) -> Exit {
    let worker = Worker {
        engine,
        view: View { texts: &console.texts, lexicon: &engine.pack().lexicon, explain: args.explain },
        options: Options { as_of: args.run.as_of },
        limits: Limits::default(),
    };
    let jobs = args.run.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let mut broken = None;
    let lines = lines(io::stdin().lock(), worker.limits.input_bytes / 3 * 4 + FRAME);
    let lines = lines.take_while(|_| !interrupt::asked());
    let emit = |answer: String| {
        let mut out = io::stdout().lock();
        match writeln!(out, "{answer}").and_then(|()| out.flush()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    if let Err(error) = batch::as_they_come(lines, jobs, |line| worker.answer(line), emit) {
        return console.fault(&error);
    }
    match broken {
        // Whoever reads our output has seen enough.
        Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Some(error) => console.output_error(Path::new("stdout"), &error),
        None if interrupt::asked() => Exit::Interrupted,
        None => Exit::Done,
    }
}

struct Worker<'a> {
    engine: &'a Engine,
    view: View<'a>,
    options: Options,
    limits: Limits,
}

impl Worker<'_> {
    /// The answer to a line: one line, whatever happens.
    fn answer(&self, line: Line) -> String {
        self.answer_by(line, |name, bytes, options| {
            let reading = self.engine.extract(self.engine.read(name, bytes)?, options);
            json::line(&reading, &self.view)
                .and_then(RawValue::from_string)
                .map_err(|error| InputError::Internal { reason: error.to_string() })
        })
    }

    fn answer_by(&self, line: Line, read: impl Fn(&str, &[u8], &Options) -> Read) -> String {
        let line = match line {
            Ok(line) => line,
            Err(error) => return self.refused(None, &error.into()),
        };
        let id = || serde_json::from_slice::<Identified>(&line).ok().and_then(|item| item.id);
        let asked: Asked = match serde_json::from_slice(&line) {
            Ok(asked) => asked,
            Err(error) => return self.refused(id(), &Refusal::Item(error.to_string())),
        };
        let id = asked.id;
        let result = batch::guarded(|| Ok(self.result(asked, read)));
        match result.unwrap_or_else(|fault| Err(fault.into())) {
            Ok(result) => printed(&Answer { id, ok: true, result: Some(result), error: None }),
            Err(refusal) => self.refused(id, &refusal),
        }
    }

    fn result(&self, asked: Asked, read: impl Fn(&str, &[u8], &Options) -> Read) -> Result<Box<RawValue>, Refusal> {
        let options = match &asked.as_of {
            None => self.options.clone(),
            Some(day) => Options { as_of: Some(super::args::date(day).map_err(Refusal::Item)?) },
        };
        let item = |reason: &str| Refusal::Item(reason.to_owned());
        let (name, bytes) = match (asked.path, asked.bytes_base64, asked.name) {
            (Some(path), None, name) => {
                let name = name.unwrap_or_else(|| path.to_string_lossy().into_owned());
                let file = Item { name, origin: Origin::File(path) };
                let bytes = batch::load(&file, &self.limits)?;
                (file.name, bytes)
            }
            (None, Some(encoded), Some(name)) => {
                (name, BASE64.decode(encoded.as_bytes()).map_err(|error| Refusal::Item(error.to_string()))?)
            }
            (None, Some(_), None) => return Err(item("`bytes_base64` without `name`")),
            (Some(_), Some(_), _) => return Err(item("both `path` and `bytes_base64`")),
            (None, None, _) => return Err(item("neither `path` nor `bytes_base64`")),
        };
        Ok(read(&name, &bytes, &options)?)
    }

    fn refused(&self, id: Option<&RawValue>, refusal: &Refusal) -> String {
        let texts = self.view.texts;
        let error = match refusal {
            Refusal::Item(reason) => {
                Failure { code: "bad-item", message: texts.get("worker.bad-item", &[("reason", reason)]) }
            }
            Refusal::Input(error) => Failure { code: error.key(), message: sentences::input_error(texts, error) },
        };
        printed(&Answer { id, ok: false, result: None, error: Some(error) })
    }
}

fn printed(answer: &Answer) -> String {
    // Strings and checked JSON always serialise; were that ever untrue, the order of answers has to hold all the same.
    serde_json::to_string(answer)
        .unwrap_or_else(|_| r#"{"id":null,"ok":false,"error":{"code":"internal","message":""}}"#.to_owned())
}

/// Lines that are not blank. One of more than `longest` bytes is an error at its place and is skipped without being
/// kept; after an error of the source itself nothing more comes.
fn lines(mut source: impl BufRead, longest: u64) -> impl Iterator<Item = Line> {
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            let mut line = Vec::new();
            let read = source.by_ref().take(longest).read_until(b'\n', &mut line);
            match read {
                Ok(0) => ended = true,
                Ok(_) if line.len() as u64 >= longest && !line.ends_with(b"\n") => {
                    ended = source.skip_until(b'\n').is_err();
                    return Some(Err(InputError::TooLarge { what: "input bytes", limit: longest }));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok(line)),
                Err(error) => {
                    ended = true;
                    return Some(Err(InputError::Io { reason: error.to_string() }));
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_too_long_is_one_error_and_the_next_one_is_read() {
        let source = format!("mot\n\n \r\n{}\nhai\n{}", "x".repeat(50), "y".repeat(9));
        let read: Vec<String> = lines(source.as_bytes(), 10)
            .map(|line| line.map_or_else(|error| error.key().to_owned(), |line| String::from_utf8(line).unwrap()))
            .collect();
        assert_eq!(read, ["mot\n", "too-large", "hai\n", "yyyyyyyyy"]);
    }

    #[test]
    fn a_fault_of_ours_at_one_item_costs_that_item() {
        let engine = Engine::new().unwrap();
        let texts = thidua::pack::Texts::builtin(thidua::pack::Lang::En);
        let worker = Worker {
            engine: &engine,
            view: View { texts: &texts, lexicon: &engine.pack().lexicon, explain: false },
            options: Options { as_of: None },
            limits: Limits::default(),
        };
        let read = |name: &str, _: &[u8], _: &Options| {
            assert_ne!(name, "b", "a fault");
            Ok(RawValue::from_string("1".to_owned()).unwrap())
        };
        let line = |name| Ok(format!(r#"{{"id":"{name}","name":"{name}","bytes_base64":""}}"#).into_bytes());
        let mut answers = Vec::new();
        let emit = |answer: String| {
            answers.push(answer);
            ControlFlow::Continue(())
        };
        let lines = ["a", "b", "c"].map(line).into_iter();
        assert!(batch::as_they_come(lines, 2, |line| worker.answer_by(line, read), emit).unwrap().is_continue());
        assert_eq!(answers[0], r#"{"id":"a","ok":true,"result":1}"#);
        assert!(answers[1].starts_with(r#"{"id":"b","ok":false,"error":{"code":"internal","#), "{}", answers[1]);
        assert_eq!(answers[2], r#"{"id":"c","ok":true,"result":1}"#);
    }
}
