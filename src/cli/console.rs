//! What goes to standard error: errors, the summary, progress on a terminal.

use super::exit::Exit;
use super::walk::Walked;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use thidua::model::InputError;
use thidua::pack::{Lang, Texts};
use thidua::report::sentences;

/// Speaks to the user in their language.
pub struct Console {
    pub texts: Texts,
    pub lang: Lang,
    pub quiet: bool,
}

impl Console {
    /// An error that ends the run.
    pub fn error(&self, key: &str, args: &[(&str, &str)]) {
        eprintln!("{}", self.texts.get(key, args));
    }

    /// Something worth knowing that is no error.
    pub fn note(&self, key: &str, args: &[(&str, &str)]) {
        if !self.quiet {
            eprintln!("{}", self.texts.get(key, args));
        }
    }

    /// An input that could not be processed.
    pub fn input_error(&self, name: &str, error: &InputError) {
        eprintln!("{}: {}", sentences::shown(name), sentences::input_error(&self.texts, error));
    }

    /// An output that could not be written, with the exit code that this means.
    pub fn output_error(&self, path: &Path, error: &io::Error) -> Exit {
        let reason = sentences::phrase(&self.texts, &error.to_string());
        self.error("cli.output-failed", &[("name", &sentences::shown(&path.to_string_lossy())), ("reason", &reason)]);
        Exit::Output
    }

    /// A fault of this program that leaves nothing to do.
    pub fn fault(&self, error: &dyn std::error::Error) -> Exit {
        self.error("cli.fault", &[("reason", &error.to_string())]);
        Exit::Fault
    }

    /// How a run over several inputs went.
    pub fn summary(&self, count: usize, walked: &Walked) {
        if walked.exit == Exit::Interrupted {
            self.error("cli.interrupted", &[]);
        }
        if count > 1 {
            let (done, failed) = (walked.done.to_string(), walked.failed.to_string());
            self.note("cli.summary", &[("done", &done), ("failed", &failed)]);
        }
    }

    /// A bar when somebody watches and results do not run over the same terminal.
    pub fn progress(&self, count: usize, results_on_stdout: bool) -> ProgressBar {
        let stdout_is_busy = results_on_stdout && io::stdout().is_terminal();
        if self.quiet || count < 2 || stdout_is_busy || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(count as u64);
        if let Ok(style) = ProgressStyle::with_template(&self.texts.get("cli.progress", &[])) {
            bar.set_style(style);
        }
        bar
    }
}
