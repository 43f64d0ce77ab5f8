//! `thidua extract`: what the named documents ask for, in the format that was asked for.

use super::args::ExtractArgs;
use super::console::Console;
use super::exit::Exit;
use super::output;
use super::walk::{Walk, Walked};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thidua::batch::{self, Item, Worklist};
use thidua::guard::stream::AtomicFile;
use thidua::report::{Format, Renderer, Stream, View};
use thidua::{Engine, Options};

/// Runs the command.
pub fn run(args: &ExtractArgs, engine: &Engine, console: &Console) -> Exit {
    let list = match batch::worklist(&args.paths, &args.stdin_name) {
        Ok(list) => list,
        Err(error) => {
            console.error("cli.bad-pattern", &[("reason", &error.to_string())]);
            return Exit::Usage;
        }
    };
    if list.items.is_empty() {
        console.error("cli.nothing", &[]);
        return Exit::Nothing;
    }
    let format = Format::from(args.format);
    let targets = match args.output.as_deref() {
        None => Vec::new(),
        Some(folder) if output::is_folder(folder) => output::paths(folder, &list.items, format.extension()),
        Some(file) => vec![file.to_owned()],
    };
    let inputs = output::Inputs::of(&list.items);
    if let Some(path) = targets.iter().find(|path| inputs.hold(path)) {
        console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
        return Exit::Usage;
    }
    let view = View { texts: &console.texts, lexicon: &engine.pack().lexicon, explain: args.explain };
    let renderer = match Renderer::new(format, view, console.lang, args.run.as_of) {
        Ok(renderer) => renderer,
        Err(error) => return console.fault(&error),
    };
    let walk = Walk {
        engine,
        console,
        options: Options { as_of: args.run.as_of },
        jobs: args.run.jobs,
        fail_on: args.fail_on.severity(),
        to_stdout: args.output.is_none(),
    };
    let result = match args.output.as_deref() {
        None => to_writer(&walk, &renderer, &list, io::stdout()).map(|(_, walked)| walked),
        Some(folder) if output::is_folder(folder) => to_folder(&walk, &renderer, &list.items, folder, &targets),
        Some(file) => to_file(&walk, &renderer, &list, file),
    };
    match (result, args.output.as_deref()) {
        (Ok(walked), _) => {
            console.summary(list.items.len(), &walked);
            walked.exit
        }
        // Whoever reads our output has seen enough (`| head`).
        (Err(error), None) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        (Err(error), target) => console.output_error(target.unwrap_or(Path::new("stdout")), &error),
    }
}

fn to_writer<W: Write + Send>(walk: &Walk, renderer: &Renderer, list: &Worklist, out: W) -> io::Result<(W, Walked)> {
    let mut stream = Stream::new(renderer, out, list.single);
    let walked = walk.run(
        &list.items,
        |_, reading| renderer.piece(reading),
        |item, result| match result {
            Ok(piece) => stream.push(piece),
            Err(error) => {
                stream.fail(&item.name, &error);
                Ok(())
            }
        },
    )?;
    Ok((stream.finish()?, walked))
}

/// One file for the whole run. Where the only document could not be read, the file stays as it was.
fn to_file(walk: &Walk, renderer: &Renderer, list: &Worklist, path: &Path) -> io::Result<Walked> {
    let (file, walked) = to_writer(walk, renderer, list, AtomicFile::create(path)?)?;
    if walked.done > 0 || !list.single {
        file.commit()?;
    }
    Ok(walked)
}

/// One file for each document.
fn to_folder(
    walk: &Walk,
    renderer: &Renderer,
    items: &[Item],
    folder: &Path,
    targets: &[PathBuf],
) -> io::Result<Walked> {
    std::fs::create_dir_all(folder)?;
    let mut targets = targets.iter();
    walk.run(
        items,
        |_, reading| renderer.piece(reading),
        |_, result| {
            let (Some(path), Ok(piece)) = (targets.next(), result) else { return Ok(()) };
            let mut stream = Stream::new(renderer, AtomicFile::create(path)?, true);
            stream.push(piece)?;
            stream.finish()?.commit()
        },
    )
}
