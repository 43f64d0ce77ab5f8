//! The ways of reports, registration forms and lists: they are looked at together, by the commands that do so for a user
//! who names the files.

use super::pass::Places;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::{Cli, dispatch, help, interrupt};
use sha2::{Digest as _, Sha256};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use thidua::Engine;
use thidua::batch::office::{Entry, Journal, Outcome, Output};
use thidua::pack::{Kind, KindWords, Texts};
use walkdir::WalkDir;

/// Takes the files of every kind further that has a way of its own. What was done with the same files by the same
/// program stands. `sorted` are names and fingerprints of the files, by kind.
///
/// # Errors
/// When the journal cannot be written.
pub fn go(
    places: &Places,
    (engine, console): (&Engine, &Console),
    journal: &mut Journal,
    key: &str,
    sorted: &[(Kind, String, String)],
) -> io::Result<Exit> {
    let mut exit = Exit::Done;
    for words in engine.pack().kinds.list.iter().filter(|words| !words.way.is_empty()) {
        let files: Vec<(&str, &str)> = sorted
            .iter()
            .filter(|(kind, _, _)| *kind == words.kind)
            .map(|(_, name, sha256)| (name.as_str(), sha256.as_str()))
            .collect();
        if !files.is_empty() {
            exit = exit.and(take(places, (engine, console), journal, key, words, &files)?);
        }
    }
    Ok(exit)
}

fn take(
    places: &Places,
    (engine, console): (&Engine, &Console),
    journal: &mut Journal,
    key: &str,
    words: &KindWords,
    files: &[(&str, &str)],
) -> io::Result<Exit> {
    let name = format!("{}/*", words.folder);
    let sha256 = fingerprint(files);
    let known = journal.entry(&name).filter(|entry| entry.sha256 == sha256 && entry.key == key);
    if known.is_some_and(|entry| entry.stands(&places.office)) {
        return Ok(Exit::Done);
    }
    let folder = places.outgoing.join(&words.folder);
    let told = console.texts.get(&format!("run.kind.{}", words.kind.code()), &[]);
    console.note("run.way", &[("kind", &told), ("count", &files.len().to_string())]);
    let texts = Texts::builtin(console.lang);
    let quiet = Console { texts, lang: console.lang, quiet: true };
    let run = |line: Vec<OsString>| match help::parse(line) {
        Ok((Cli { command, .. }, _)) => dispatch(command, &|run| run(engine), &quiet),
        Err(exit) => exit,
    };
    let by_file = words.way.iter().any(|word| word.contains("{file}"));
    let exit = if by_file {
        let names = thidua::batch::output_names(files.iter().map(|(name, _)| *name));
        let mut exit = Exit::Done;
        for (file, name) in files.iter().zip(names) {
            exit = exit.and(match run(command(&words.way, places, &folder, &[*file], &name)) {
                // One list that is none does not end the run; what is doubtful in one stands in its review.
                Exit::Usage | Exit::Nothing => Exit::Partial,
                Exit::Findings => Exit::Done,
                done => done,
            });
            if interrupt::asked() {
                exit = exit.and(Exit::Interrupted);
                break;
            }
        }
        exit
    } else {
        run(command(&words.way, places, &folder, files, ""))
    };
    let undone = [Exit::Interrupted, Exit::Fault, Exit::Output, Exit::Usage];
    if undone.contains(&exit) || (exit == Exit::Partial && by_file) {
        // It is told again the next time.
        return Ok(exit);
    }
    let outputs = outputs(&places.office, &folder);
    let reason = ("way".to_owned(), words.folder.clone());
    let outcome = Outcome::Done { outputs };
    journal.add(&Entry { name, sha256, key: key.to_owned(), kind: words.kind, reason, piece: None, outcome })?;
    Ok(exit)
}

/// The command line of a way for some files; `name` is that of the results of a single one.
fn command(way: &[String], places: &Places, folder: &Path, files: &[(&str, &str)], name: &str) -> Vec<OsString> {
    let mut line = vec![OsString::from("thidua")];
    for word in way {
        if word == "{files}" || word == "{file}" {
            line.extend(files.iter().map(|(name, _)| places.office.join(name).into_os_string()));
        } else {
            let office = places.office.to_string_lossy();
            let word = word.replace("{office}", &office).replace("{folder}", &folder.to_string_lossy());
            line.push(word.replace("{name}", name).into());
        }
    }
    line
}

fn fingerprint(files: &[(&str, &str)]) -> String {
    let mut hash = Sha256::new();
    for (name, sha256) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(sha256.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file in a folder of results.
fn outputs(office: &Path, folder: &Path) -> Vec<Output> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let bytes = entry.metadata().ok()?.len();
            let path = entry.path().strip_prefix(office).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
            Some(Output { path, bytes })
        })
        .collect()
}
