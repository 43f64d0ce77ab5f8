//! `thidua run --watch`: goes on as files arrive, until the user stops it.

use super::pass::Places;
use super::say::Say;
use crate::cli::exit::Exit;
use crate::cli::interrupt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// How often the folder is looked at.
const PAUSE: Duration = Duration::from_secs(1);
/// How often the user's wish to stop is looked at.
const BEAT: Duration = Duration::from_millis(100);

/// What a folder looks like from outside: a file that is still being copied changes from look to look.
type Look = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// Runs once, then after every change, until interrupted.
pub fn run(places: &Places, say: &Say, once: impl Fn() -> Exit) -> Exit {
    let mut seen = look(places);
    let mut exit = once();
    say.console.note("run.watching", &[("name", &places.incoming.to_string_lossy())]);
    while !interrupt::asked() {
        if !wait() {
            break;
        }
        let now = look(places);
        if now == seen {
            continue;
        }
        // Whatever is being copied is let to arrive whole.
        if !wait() || look(places) != now {
            continue;
        }
        exit = once();
        seen = now;
    }
    exit.and(Exit::Interrupted)
}

/// Waits a while; false when the user wants to stop.
fn wait() -> bool {
    let beats = PAUSE.as_millis() / BEAT.as_millis();
    for _ in 0..beats {
        if interrupt::asked() {
            return false;
        }
        std::thread::sleep(BEAT);
    }
    true
}

fn look(places: &Places) -> Look {
    let entries = WalkDir::new(&places.incoming).follow_links(true).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.into_path(), metadata.len(), metadata.modified().ok()))
        })
        .collect()
}
