//! What a run says while it goes on: a bar on a terminal, plain lines elsewhere, events for programs.

use crate::cli::console::Console;
use crate::cli::exit::Exit;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use thidua::batch::office::Sorted;
use thidua::model::InputError;
use thidua::pack::Kind;
use thidua::report::{sentences, summary};

/// Speaks to the user, and to programs when they asked for it.
pub struct Say<'a> {
    pub console: &'a Console,
    /// Events as JSON lines on standard output.
    pub json: bool,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its results were made.
    Done,
    /// Its results were there already.
    Kept,
    /// It was told apart; it goes its way with the others of its kind.
    Sorted,
}

impl State {
    fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Kept => "kept",
            Self::Sorted => "sorted",
        }
    }
}

/// A run that goes on.
pub struct Progress<'a> {
    say: &'a Say<'a>,
    bar: ProgressBar,
    count: usize,
    seen: usize,
    kept: usize,
}

impl Say<'_> {
    /// Starts a run over some files.
    pub fn start(&self, count: usize) -> Progress<'_> {
        self.event(&json!({"event": "start", "files": count}));
        let bar = self.console.progress(count, self.json);
        Progress { say: self, bar, count, seen: 0, kept: 0 }
    }

    fn event(&self, event: &Value) {
        if self.json {
            // A reader that has gone away is no reason to stop.
            let _ = writeln!(std::io::stdout(), "{event}");
        }
    }

    /// Which way a file would go.
    pub fn planned(&self, name: &str, sorted: &Sorted, stands: bool) {
        let (why, what) = sorted.reason.parts();
        let texts = &self.console.texts;
        let reason = texts.get(&format!("run.reason.{why}"), &[("what", what)]);
        let kind = texts.get(&format!("run.kind.{}", sorted.kind.code()), &[]);
        let state = texts.get(if stands { "run.plan.kept" } else { "run.plan.new" }, &[]);
        if self.json {
            let kind = sorted.kind.code();
            self.event(&json!({"event": "plan", "name": name, "kind": kind, "reason": reason, "kept": stands}));
        } else {
            let name = sentences::shown(name);
            let _ = writeln!(std::io::stdout(), "{name}\n    {kind} ({reason}): {state}");
        }
    }
}

impl Progress<'_> {
    /// A file that was read.
    pub fn file(&mut self, name: &str, kind: Kind, reason: &str, state: State) {
        let (kind, code) = (kind.code(), state.code());
        self.say.event(&json!({"event": "file", "name": name, "kind": kind, "reason": reason, "state": code}));
        self.kept += usize::from(state == State::Kept);
        self.step();
    }

    /// A file that could not be read.
    pub fn failed(&mut self, name: &str, error: &InputError) {
        let reason = sentences::input_error(&self.say.console.texts, error);
        self.say.event(&json!({"event": "file", "name": name, "state": "failed", "reason": reason}));
        self.bar.suspend(|| self.say.console.input_error(name, error));
        self.step();
    }

    fn step(&mut self) {
        self.bar.inc(1);
        self.seen += 1;
        let seen = self.seen;
        // Without a terminal a line for every tenth is enough.
        let tenth = self.count / 10;
        if self.bar.is_hidden() && self.count >= 100 && seen.is_multiple_of(tenth) {
            let (done, all) = (seen.to_string(), self.count.to_string());
            self.say.console.note("run.progress", &[("done", &done), ("all", &all)]);
        }
    }

    /// The files are read; other commands speak now.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// How the run went.
    pub fn end(self, told: &summary::Told, exit: Exit, outgoing: &Path) {
        let (done, sorted, failed) = (told.documents(), told.others(), told.failures.len());
        let kept = self.kept;
        self.say.event(&json!({
            "event": "end", "done": done, "kept": kept, "sorted": sorted, "failed": failed, "exit": exit as u8
        }));
        let console = self.say.console;
        if exit == Exit::Interrupted {
            console.error("cli.interrupted", &[]);
            return;
        }
        let slots = [done, kept, sorted, failed].map(|count| count.to_string());
        let [done, kept, sorted, failed] = &slots;
        console.note("run.end", &[("done", done), ("kept", kept), ("sorted", sorted), ("failed", failed)]);
        console.note("run.done", &[("name", &outgoing.to_string_lossy())]);
    }
}
