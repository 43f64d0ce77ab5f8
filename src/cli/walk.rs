//! The way of every command that reads documents: work list through workers to results in order, with progress,
//! errors of single inputs, interruption and the exit code.

use super::console::Console;
use super::exit::Exit;
use super::interrupt;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use thidua::batch::{self, Item};
use thidua::guard::Limits;
use thidua::model::{InputError, Severity};
use thidua::report::ReportError;
use thidua::{Engine, Options, Reading};

/// What a command wants of the walk.
pub struct Walk<'a> {
    pub engine: &'a Engine,
    pub console: &'a Console,
    pub options: Options,
    pub jobs: Option<NonZeroUsize>,
    /// Findings at or above this severity set the exit code.
    pub fail_on: Option<Severity>,
    /// Results go to standard output.
    pub to_stdout: bool,
}

/// How a walk went.
pub struct Walked {
    pub exit: Exit,
    pub done: usize,
    pub failed: usize,
}

struct Rendered<T> {
    result: T,
    gravest: Option<Severity>,
}

impl Walk<'_> {
    /// Reads, extracts and renders every item on the workers and hands the results to `take` in order.
    ///
    /// # Errors
    /// The first error of `take`, after which nothing more is read.
    pub fn run<T: Send>(
        &self,
        items: &[Item],
        render: impl Fn(&Item, &Reading) -> Result<T, ReportError> + Sync,
        mut take: impl FnMut(&Item, Result<T, InputError>) -> io::Result<()>,
    ) -> io::Result<Walked> {
        let limits = Limits::default();
        let work = |item: &Item| {
            batch::guarded(|| {
                let bytes = batch::load(item, &limits)?;
                let reading = self.engine.extract(self.engine.read(&item.name, &bytes)?, &self.options);
                let gravest = reading.extraction.diagnostics.iter().map(|finding| finding.severity).max();
                let internal = |error: ReportError| InputError::Internal { reason: error.to_string() };
                Ok(Rendered { result: render(item, &reading).map_err(internal)?, gravest })
            })
        };
        let progress = self.console.progress(items.len(), self.to_stdout);
        let mut walked = Walked { exit: Exit::Done, done: 0, failed: 0 };
        let mut broken = None;
        let _ = batch::in_order(items, threads(self.jobs), work, |item, result| {
            if interrupt::asked() {
                walked.exit = walked.exit.and(Exit::Interrupted);
                return ControlFlow::Break(());
            }
            progress.inc(1);
            let taken = match result {
                Ok(rendered) => {
                    walked.done += 1;
                    if self.fail_on.is_some_and(|bar| rendered.gravest >= Some(bar)) {
                        walked.exit = walked.exit.and(Exit::Findings);
                    }
                    take(item, Ok(rendered.result))
                }
                Err(error) => {
                    walked.failed += 1;
                    let ours = matches!(error, InputError::Internal { .. });
                    walked.exit = walked.exit.and(if ours { Exit::Fault } else { Exit::Partial });
                    progress.suspend(|| self.console.input_error(&item.name, &error));
                    take(item, Err(error))
                }
            };
            match taken {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    broken = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        progress.finish_and_clear();
        match broken {
            Some(error) => Err(error),
            None => Ok(walked),
        }
    }
}

/// Threads to use: as asked, else one per core.
pub fn threads(jobs: Option<NonZeroUsize>) -> usize {
    jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}
