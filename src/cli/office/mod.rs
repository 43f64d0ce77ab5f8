//! `thidua run`: an office folder from what comes in to results; every file is told apart and goes its way.

mod pass;
mod plan;
mod profile;
mod say;
mod watch;
mod ways;

use super::args::RunOptions;
use super::console::Console;
use super::exit::Exit;
use super::output;
use clap::Args;
use pass::{Pass, Places};
pub use profile::{profile, sub_units};
use say::Say;
use std::io;
use std::path::{Path, PathBuf};
use thidua::Engine;
use thidua::batch::{self, Item, office};
use thidua::guard::write;
use thidua::pack::Profile;
use walkdir::WalkDir;

/// The unit profile in an office folder.
pub const PROFILE: &str = "thidua.toml";
/// Incoming documents.
pub const INCOMING: &str = "den";
/// Results.
pub const OUTGOING: &str = "ra";
/// What the program remembers of an office.
const MEMORY: &str = ".thidua";

#[derive(Debug, Args)]
pub struct OfficeArgs {
    #[arg(value_name = "OFFICE")]
    pub office: PathBuf,
    #[arg(long, conflicts_with = "dry_run")]
    pub watch: bool,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub run: RunOptions,
}

/// Runs the command.
pub fn run(args: &OfficeArgs, engine: &Engine, console: &Console) -> Exit {
    let Some(profile) = profile(&args.office, console) else { return Exit::Usage };
    let places = Places::of(&args.office);
    if !places.incoming.is_dir() {
        console.error("run.no-incoming", &[("name", &places.incoming.to_string_lossy())]);
        return Exit::Usage;
    }
    let say = Say { console, json: args.json };
    if args.dry_run {
        return plan::show(args, engine, &places, &say);
    }
    if let Err(error) = std::fs::create_dir_all(&places.memory) {
        return console.output_error(&places.memory, &error);
    }
    let _lock = match office::Lock::take(&places.lock) {
        Ok(lock) => lock,
        Err(office::Busy::Taken) => {
            console.error("run.busy", &[("name", &args.office.to_string_lossy())]);
            return Exit::Usage;
        }
        Err(office::Busy::Io(error)) => return console.output_error(&places.lock, &error),
    };
    sweep(&places);
    let once = || pass(args, engine, &profile, &places, &say);
    if args.watch { watch::run(&places, &say, once) } else { once() }
}

/// Removes what runs that were killed left half written; nobody else is writing here.
fn sweep(places: &Places) {
    // Earlier versions kept a file for each document.
    let _ = std::fs::remove_dir_all(places.memory.join("manh"));
    for folder in [&places.outgoing, &places.memory] {
        let is_left_over = |entry: &walkdir::DirEntry| write::is_left_over(&entry.file_name().to_string_lossy());
        for entry in WalkDir::new(folder).into_iter().flatten().filter(is_left_over) {
            // What cannot be removed is in nobody's way.
            let _ = match entry.file_type().is_dir() {
                true => std::fs::remove_dir_all(entry.path()),
                false => std::fs::remove_file(entry.path()),
            };
        }
    }
}

/// One pass over everything that came in.
fn pass(args: &OfficeArgs, engine: &Engine, profile: &Profile, places: &Places, say: &Say) -> Exit {
    let items = match incoming_items(places) {
        Ok(items) if !items.is_empty() => items,
        _ => {
            say.console.error("run.nothing", &[("name", &places.incoming.to_string_lossy())]);
            return Exit::Nothing;
        }
    };
    let pass = match Pass::new(args, engine, profile, places, say) {
        Ok(pass) => pass,
        Err(error) => return say.console.fault(&error),
    };
    let names = batch::output_names(items.iter().map(|item| item.name.as_str()));
    let named: Vec<(&Item, String)> = items.iter().zip(names).collect();
    let inputs = output::Inputs::of(&items);
    if let Some(path) = pass.targets(&named).find(|path| inputs.hold(path)) {
        say.console.error("cli.replaces-input", &[("name", &path.to_string_lossy())]);
        return Exit::Usage;
    }
    drop(inputs);
    match pass.run(&named) {
        Ok(exit) => exit,
        Err(error) => say.console.output_error(&places.outgoing, &error),
    }
}

/// What came in, named as seen from the office folder, so that results do not depend on where it lies.
fn incoming_items(places: &Places) -> io::Result<Vec<Item>> {
    let folder = [places.incoming.to_string_lossy().into_owned()];
    let mut items = batch::worklist(&folder, "").map_err(io::Error::other)?.items;
    for item in &mut items {
        let short =
            Path::new(&item.name).strip_prefix(&places.office).map(|path| path.to_string_lossy().replace('\\', "/"));
        if let Ok(short) = short {
            item.name = short;
        }
    }
    Ok(items)
}
