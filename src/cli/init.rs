//! `thidua init`: a new office folder.

use super::args::InitArgs;
use super::console::Console;
use super::exit::Exit;
use super::office::{INCOMING, OUTGOING, PROFILE};
use std::io;
use std::path::Path;
use thidua::guard::write;

/// The profile that a new office starts with: an example to be edited, every key explained.
const EXAMPLE: &str = include_str!("../../templates/base/office/thidua.toml");

/// The list of units below that the profile names.
const UNITS: (&str, &str) = ("don-vi.csv", include_str!("../../templates/base/office/don-vi.csv"));

/// Runs the command. A folder that is an office already is left as it is.
pub fn run(args: &InitArgs, console: &Console) -> Exit {
    let name = args.dir.to_string_lossy();
    if args.dir.join(PROFILE).exists() {
        console.error("init.exists", &[("name", &name)]);
        return Exit::Usage;
    }
    match make(&args.dir) {
        Ok(()) => {
            console.note("init.done", &[("name", &name)]);
            Exit::Done
        }
        Err(error) => console.output_error(&args.dir, &error),
    }
}

fn make(dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir.join(INCOMING))?;
    std::fs::create_dir_all(dir.join(OUTGOING))?;
    let (name, units) = UNITS;
    if !dir.join(name).exists() {
        // Excel takes a CSV file for UTF-8 only behind a byte order mark.
        write::atomic(&dir.join(name), format!("\u{feff}{units}").as_bytes())?;
    }
    write::atomic(&dir.join(PROFILE), EXAMPLE.as_bytes())
}
