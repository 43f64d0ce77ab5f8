//! A whole office: which way each file goes, what has been done already, and that nobody else is at work there.

mod journal;
mod kinds;
mod lock;
mod pieces;

pub use journal::{Entry, Journal, Known, Outcome, Output};
pub use kinds::{Reason, Sorted, sort};
pub use lock::{Busy, Lock};
pub use pieces::{Pieces, Place};

/// Names this build of the program: results of another build are made anew.
pub const BUILD: &str = env!("THIDUA_BUILD");
