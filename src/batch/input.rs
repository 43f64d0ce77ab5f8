//! From an item of the work list to bytes, and the guard around the work on one item.

use super::{Item, Origin};
use crate::guard::{Limits, input};
use crate::model::InputError;
use std::panic::AssertUnwindSafe;

/// Reads the bytes of an input, at most [`Limits::input_bytes`].
///
/// # Errors
/// [`InputError::Io`] for what is missing, unreadable or not a regular file, [`InputError::TooLarge`] over the limit.
pub fn load(item: &Item, limits: &Limits) -> Result<Vec<u8>, InputError> {
    match &item.origin {
        Origin::File(path) => input::read_file(path, limits),
        Origin::Member { archive, entry } => super::archive::load(archive, entry, limits),
        Origin::Stdin => input::read(std::io::stdin().lock(), limits),
        Origin::Unreadable(reason) => Err(InputError::Io { reason: reason.clone() }),
    }
}

/// Runs the work on one input so that a fault of ours is that input's error and not the end of the batch.
///
/// # Errors
/// What `work` returns, or [`InputError::Internal`] when it panics.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, InputError>) -> Result<T, InputError> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let reason = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panic".to_owned());
        Err(InputError::Internal { reason })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let result: Result<(), _> = guarded(|| panic!("vỡ"));
        assert!(matches!(result, Err(InputError::Internal { reason }) if reason == "vỡ"));
    }
}
