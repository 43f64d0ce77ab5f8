//! Cost of checking reports of about four pages as a ratio to reading them, in the same run; and whether putting a batch
//! side by side grows with the number of reports and not faster.
//!
//! `cargo bench --bench checking` prints, for one thread: reading, checking, both in reports a second; then 250, 500 and
//! 1000 reports side by side. Half of the reports share most of their text with another one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on fails"
)]

#[path = "support/mod.rs"]
#[allow(dead_code, reason = "the floor is not measured here")]
mod measure;
#[path = "../tests/reports/mod.rs"]
mod reports;

use measure::{best, files as support};
use std::hint::black_box;
use thidua::Engine;
use thidua::check::batch::{self, Against};
use thidua::check::{Checked, Checker, Selection};

const TURNS: usize = 5;

fn main() {
    let (engine, checker) = (Engine::new().unwrap(), Checker::new().unwrap());
    let files: Vec<(String, Vec<u8>)> = (0..1000).map(file).collect();
    let check = |(name, bytes): &(String, Vec<u8>)| -> Checked {
        let document = engine.read(name, bytes).unwrap();
        let layout = engine.layout(&document, bytes);
        engine.check(&checker, document, None, layout.as_ref(), &Selection::default())
    };
    let some = files.get(..250).unwrap();
    let [read, all] = best(
        TURNS,
        [&|| some.iter().all(|(name, bytes)| black_box(engine.read(name, bytes)).is_ok()), &|| {
            some.iter().all(|file| black_box(check(file)).sketch.is_some())
        }],
    );
    let rate = 250.0 / all.as_secs_f64();
    println!("250 reports: read {read:?}, read and check {:.2}× ({rate:.0}/s)", ratio(all, read));
    let checked: Vec<Checked> = files.iter().map(check).collect();
    let side = |count: usize| {
        let one = || {
            !batch::review(checked[..count].to_vec(), &Against::default(), &Selection::default())
                .unwrap()
                .files
                .is_empty()
        };
        let copy = || !checked[..count].to_vec().is_empty();
        let [both, copied] = best(TURNS, [&one, &copy]);
        both.saturating_sub(copied)
    };
    let first = side(250);
    println!("250 side by side: {first:?}, {:.3}× of reading them", ratio(first, read));
    for count in [500, 1000] {
        let time = side(count);
        let share = ratio(time, first) / (count as f64 / 250.0);
        println!("{count} side by side: {time:?}, {share:.2}× for each report of what it is in 250");
    }
}

fn ratio(a: std::time::Duration, b: std::time::Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// Every second report is the one before it, in another layout.
fn file(seed: u64) -> (String, Vec<u8>) {
    let made = reports::long(seed / 2 * 2);
    (format!("{}-{seed}.docx", made.name), made.docx)
}
