//! What one rendering keeps in mind beside the data: pictures made by filters, lists to restart, loop passes.
//!
//! The evaluator calls functions and filters without a state of ours, so the state of the rendering that runs on this
//! thread is kept here. A rendering begins with [`begin`] and takes its state back with [`end`].

use super::rich::Rich;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// State of one rendering.
#[derive(Debug, Default)]
pub struct Session {
    /// Rich values; a handle in the output names one by its index.
    pub rich: Vec<Rich>,
    /// Lists that begin anew: the numbers of the lists they come from, in order.
    pub restarts: Vec<u32>,
    /// First number that is free for a new list.
    pub first_list: u32,
    /// Last value of each `changed(…)`.
    pub last: BTreeMap<String, tera::Value>,
    /// Loop passes so far.
    pub passes: u64,
    /// Loop passes allowed.
    pub max_passes: u64,
}

thread_local! {
    static SESSION: RefCell<Session> = RefCell::new(Session::default());
}

/// Starts a rendering on this thread.
pub fn begin(session: Session) {
    SESSION.with(|slot| slot.replace(session));
}

/// Ends it.
pub fn end() -> Session {
    SESSION.with(RefCell::take)
}

/// Reads or changes the state of the rendering on this thread.
pub fn with<T>(act: impl FnOnce(&mut Session) -> T) -> T {
    SESSION.with(|slot| act(&mut slot.borrow_mut()))
}
