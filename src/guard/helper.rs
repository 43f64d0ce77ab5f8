//! Helpers: processes of this program that answer one question after another. Starting a process costs more than most
//! answers, so one that has answered waits for the next question; one that takes too long, answers too much or ends is
//! gone, and the next question gets a fresh one.
//!
//! A question is a task and the bytes that it is about, an answer is bytes; each has its length in front.

use super::child::ChildError;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Questions that a helper is asked at most: what foreign parsers leave behind does not grow for ever.
const QUESTIONS: usize = 200;
/// Bytes of a question or an answer after which a helper is not kept: its memory would stay as large.
const LARGE: usize = 4 << 20;
/// Parts of the patience in which a helper is looked after.
const LOOKS: u32 = 20;

/// How long a helper may take, and how much it may answer.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Time for one answer.
    pub patience: Duration,
    /// Bytes of one answer.
    pub answer: u64,
}

/// Helpers that wait for a question.
#[derive(Debug, Default)]
pub struct Helpers(Mutex<Vec<Helper>>);

impl Helpers {
    /// Asks a helper that waits, or one that is started by `command`.
    ///
    /// # Errors
    /// See [`ChildError`].
    pub fn ask(
        &self,
        command: impl Fn() -> Command,
        (task, bytes): (&[u8], &[u8]),
        bounds: Bounds,
    ) -> Result<Vec<u8>, ChildError> {
        let waiting = lock(&self.0).pop();
        if let Some(helper) = waiting {
            match self.converse(helper, (task, bytes), bounds) {
                // What it was asked before may be the reason, and an answer must not depend on that.
                Err(ChildError::Fault) => {}
                answer => return answer,
            }
        }
        self.converse(Helper::start(&mut command(), bounds.patience)?, (task, bytes), bounds)
    }

    fn converse(
        &self,
        mut helper: Helper,
        (task, bytes): (&[u8], &[u8]),
        bounds: Bounds,
    ) -> Result<Vec<u8>, ChildError> {
        let answer = helper.ask((task, bytes), bounds)?;
        if helper.asked < QUESTIONS && bytes.len().max(answer.len()) < LARGE {
            lock(&self.0).push(helper);
        }
        Ok(answer)
    }
}

/// A process that answers questions.
#[derive(Debug)]
struct Helper {
    questions: ChildStdin,
    answers: ChildStdout,
    asked: usize,
    watched: Arc<Watched>,
    watch: Option<JoinHandle<()>>,
}

/// What is looked at while a helper works.
#[derive(Debug)]
struct Watched {
    child: Mutex<Child>,
    deadline: Mutex<Option<Instant>>,
    over: AtomicBool,
}

impl Helper {
    fn start(command: &mut Command, patience: Duration) -> Result<Self, ChildError> {
        let program = command.get_program().to_string_lossy().into_owned();
        let failed = |error: io::Error| ChildError::Start { program: program.clone(), reason: error.to_string() };
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.map_err(failed)?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let watched =
            Arc::new(Watched { child: Mutex::new(child), deadline: Mutex::default(), over: AtomicBool::new(false) });
        let (Some(questions), Some(answers)) = pipes else {
            watched.end();
            return Err(ChildError::Fault);
        };
        let seen = Arc::clone(&watched);
        let watch = std::thread::Builder::new().stack_size(64 << 10).spawn(move || seen.watch(patience / LOOKS));
        match watch {
            Ok(watch) => Ok(Self { questions, answers, asked: 0, watched, watch: Some(watch) }),
            Err(error) => {
                watched.end();
                Err(failed(error))
            }
        }
    }

    /// Asks, and waits for the answer. Whatever is read or written here ends when the process does.
    fn ask(&mut self, (task, bytes): (&[u8], &[u8]), bounds: Bounds) -> Result<Vec<u8>, ChildError> {
        let deadline = Instant::now() + bounds.patience;
        *lock(&self.watched.deadline) = Some(deadline);
        self.asked += 1;
        let asked = put(&mut self.questions, task).and_then(|()| put(&mut self.questions, bytes));
        let answer = asked.and_then(|()| take(&mut self.answers, bounds.answer));
        *lock(&self.watched.deadline) = None;
        match answer {
            Ok(Frame::Whole(answer)) => Ok(answer),
            Ok(Frame::Long) => Err(ChildError::Long { limit: bounds.answer }),
            _ if Instant::now() >= deadline => Err(ChildError::Slow { seconds: bounds.patience.as_secs() }),
            _ => Err(ChildError::Fault),
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.watched.over.store(true, Ordering::Release);
        self.watched.end();
        if let Some(watch) = self.watch.take() {
            watch.thread().unpark();
            // It has nothing to tell.
            let _ = watch.join();
        }
    }
}

impl Watched {
    fn watch(&self, step: Duration) {
        while !self.over.load(Ordering::Acquire) {
            std::thread::park_timeout(step);
            let late = lock(&self.deadline).is_some_and(|deadline| Instant::now() >= deadline);
            if late {
                let _ = lock(&self.child).kill();
            }
        }
    }

    /// Ends the process, if it has not ended.
    fn end(&self) {
        let mut child = lock(&self.child);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Answers questions from standard input on standard output until there are no more. `None` from `answer` ends it.
///
/// # Errors
/// When nobody asks or listens any more.
pub fn serve(mut answer: impl FnMut(&[u8], Vec<u8>) -> Option<Vec<u8>>) -> io::Result<()> {
    let (mut questions, mut answers) = (io::stdin().lock(), io::stdout().lock());
    loop {
        let Frame::Whole(task) = take(&mut questions, u64::MAX)? else { return Ok(()) };
        let Frame::Whole(bytes) = take(&mut questions, u64::MAX)? else { return Ok(()) };
        let answer = answer(&task, bytes).ok_or(io::ErrorKind::InvalidData)?;
        put(&mut answers, &answer)?;
    }
}

enum Frame {
    Whole(Vec<u8>),
    /// Longer than it may be.
    Long,
    /// Nothing comes any more.
    End,
}

fn put(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)?;
    out.flush()
}

fn take(from: &mut impl Read, most: u64) -> io::Result<Frame> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Frame::End),
        read => read?,
    }
    let length = u64::from_le_bytes(length);
    if length > most {
        return Ok(Frame::Long);
    }
    let mut bytes = Vec::new();
    let read = from.take(length).read_to_end(&mut bytes)?;
    if read as u64 == length { Ok(Frame::Whole(bytes)) } else { Ok(Frame::End) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { patience: Duration::from_secs(1), answer: 100_000 };

    /// A helper that is a shell script.
    fn shell(script: &'static str) -> impl Fn() -> Command {
        move || {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        }
    }

    fn ask(helpers: &Helpers, script: &'static str, bytes: &[u8]) -> Result<Vec<u8>, ChildError> {
        helpers.ask(shell(script), (b"", bytes), BOUNDS)
    }

    #[test]
    fn one_process_answers_many_questions() {
        // Its answer is what it got: the frame of the task, which is empty, and that of the bytes, which have its length.
        let echo = "while head -c 8 >/dev/null; do head -c 40; done";
        let helpers = Helpers::default();
        for number in 0..3_u8 {
            let bytes = [number; 32];
            assert_eq!(ask(&helpers, echo, &bytes), Ok(bytes.to_vec()));
        }
        assert_eq!(lock(&helpers.0).len(), 1);
        assert_eq!(lock(&helpers.0)[0].asked, 3);
    }

    #[test]
    fn hangs_ends_and_floods_are_told_and_the_next_question_is_answered() {
        let helpers = Helpers::default();
        assert_eq!(ask(&helpers, "exec sleep 30", &[0; 1 << 20]), Err(ChildError::Slow { seconds: 1 }));
        assert_eq!(ask(&helpers, "exec >&-; exec sleep 30", b""), Err(ChildError::Fault));
        assert_eq!(ask(&helpers, "exit 1", b""), Err(ChildError::Fault));
        assert_eq!(ask(&helpers, "cat /dev/zero | tr '\\0' x", b""), Err(ChildError::Long { limit: 100_000 }));
        assert!(lock(&helpers.0).is_empty());
        let once = "head -c 8 >/dev/null; head -c 9";
        for bytes in [b"a", b"b"] {
            assert_eq!(ask(&helpers, once, bytes), Ok(bytes.to_vec()), "a helper that has ended is replaced");
        }
        let missing = Helpers::default().ask(|| Command::new("no-such-program"), (b"", b""), BOUNDS);
        assert!(matches!(missing, Err(ChildError::Start { .. })));
    }
}
