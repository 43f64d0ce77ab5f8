//! Programs that run for us: bounded in time and in what they may answer, so that none of them stops a batch.

use super::helper::{Bounds, Helpers};
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// What may run outside of this process, and how long.
#[derive(Debug, Clone)]
pub struct Outside {
    /// This program itself, to read foreign formats in a process of their own; `None` reads them in this process.
    pub helper: Option<PathBuf>,
    /// Helpers at hand; copies share them.
    pub helpers: Arc<Helpers>,
    /// The program that recognises text in pictures; `None` refuses pictures.
    pub ocr: Option<PathBuf>,
    /// Time that reading one file may take.
    pub patience: Duration,
    /// Time that recognising one page may take.
    pub page_patience: Duration,
    /// Memory of a helper in bytes (where the system can bound it).
    pub memory: u64,
    /// Bytes of a helper's answer.
    pub answer: u64,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            helper: None,
            helpers: Arc::default(),
            ocr: None,
            patience: Duration::from_secs(20),
            page_patience: Duration::from_secs(60),
            memory: 1 << 30,
            answer: 512 << 20,
        }
    }
}

impl Outside {
    /// What a helper may take.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds { patience: self.patience, answer: self.answer }
    }
}

/// Why a program gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChildError {
    /// It could not be started.
    #[error("{program} cannot be started: {reason}")]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        reason: String,
    },
    /// It took too long and was stopped.
    #[error("took longer than {seconds} seconds")]
    Slow {
        /// The bound.
        seconds: u64,
    },
    /// It answered more than it may.
    #[error("answered more than {limit} bytes")]
    Long {
        /// The bound.
        limit: u64,
    },
    /// It ended with a fault: crashed, or ran out of memory.
    #[error("ended with a fault")]
    Fault,
}

/// Runs a program on some input and returns its standard output.
///
/// # Errors
/// See [`ChildError`]; whatever happens, the program has ended when this returns.
pub fn run(command: &mut Command, input: &[u8], patience: Duration, most: u64) -> Result<Vec<u8>, ChildError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|error| ChildError::Start { program, reason: error.to_string() })?;
    let result = converse(&mut child, input, patience, most);
    if result.is_err() {
        let _ = child.kill();
    }
    let status = child.wait();
    match result {
        Ok(answer) if status.is_ok_and(|status| status.success()) => Ok(answer),
        Ok(_) => Err(ChildError::Fault),
        Err(error) => Err(error),
    }
}

fn converse(child: &mut Child, input: &[u8], patience: Duration, most: u64) -> Result<Vec<u8>, ChildError> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(ChildError::Fault);
    };
    let (send, receive) = mpsc::channel();
    // A thread that outlives the patience ends when the program is killed and its pipes close.
    std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.take(most + 1).read_to_end(&mut answer);
        let _ = send.send(read.map(|_| answer));
    });
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has read enough closes its end.
            let _ = stdin.write_all(input);
        });
        let started = Instant::now();
        let answer = receive.recv_timeout(patience);
        let answer = match answer {
            Ok(Ok(answer)) if answer.len() as u64 > most => Err(ChildError::Long { limit: most }),
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(ChildError::Fault),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(ChildError::Slow { seconds: patience.as_secs() }),
        };
        // Closed pipes do not mean that it has ended.
        let ended = answer.is_ok() && ends_within(child, patience.saturating_sub(started.elapsed()));
        if !ended {
            let _ = child.kill();
        }
        if answer.is_ok() && !ended { Err(ChildError::Slow { seconds: patience.as_secs() }) } else { answer }
    })
}

fn ends_within(child: &mut Child, patience: Duration) -> bool {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) | Err(_) => return true,
            Ok(None) if started.elapsed() >= patience => return false,
            Ok(None) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// Bounds the memory of this process; where the system cannot, time alone is bounded.
pub fn bound_memory(bytes: u64) {
    #[cfg(unix)]
    {
        let _ = rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes);
        let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    }
    #[cfg(not(unix))]
    let _ = bytes;
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, input: &[u8], most: u64) -> Result<Vec<u8>, ChildError> {
        run(Command::new("sh").args(["-c", script]), input, Duration::from_secs(1), most)
    }

    #[test]
    fn an_answer_comes_back_whatever_its_length() {
        let input = vec![b'x'; 300_000];
        assert_eq!(shell("cat", &input, 1 << 20), Ok(input));
        assert_eq!(shell("exit 0", b"not read", 10), Ok(Vec::new()));
    }

    #[test]
    fn hangs_crashes_and_floods_end() {
        assert_eq!(shell("sleep 30", b"", 10), Err(ChildError::Slow { seconds: 1 }));
        assert_eq!(shell("exec >&-; sleep 30", b"", 10), Err(ChildError::Slow { seconds: 1 }));
        assert_eq!(shell("kill -9 $$", b"", 10), Err(ChildError::Fault));
        assert_eq!(shell("yes", b"", 1000), Err(ChildError::Long { limit: 1000 }));
        let missing = run(&mut Command::new("no-such-program"), b"", Duration::from_secs(1), 10);
        assert!(matches!(missing, Err(ChildError::Start { .. })));
    }
}
