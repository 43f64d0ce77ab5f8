//! Ctrl-C: once finishes what is in progress and ends the run in order, twice ends it at once.

use super::exit::Exit;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Starts listening. Where that is not possible, Ctrl-C ends the program as it always does.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(Exit::Interrupted as u8));
        }
    });
}

/// The user wants the run to end.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
