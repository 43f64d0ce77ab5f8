//! Workers: many at once, results in the order of the work list, memory bounded by a window.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc;

/// Stack of a worker in bytes: readers of nested formats may need more than a thread's usual 2 MiB.
const STACK: usize = 16 << 20;

/// Results that may wait for an earlier one, per worker.
const WINDOW: usize = 4;

/// Applies `work` to every item on `jobs` threads and hands the results to `emit` in the order of `items`.
/// When `emit` breaks, nothing new is started and items in progress are finished.
///
/// # Errors
/// When the threads cannot be started.
pub fn in_order<I: Sync, T: Send>(
    items: &[I],
    jobs: usize,
    work: impl Fn(&I) -> T + Sync,
    mut emit: impl FnMut(&I, T) -> ControlFlow<()>,
) -> std::io::Result<ControlFlow<()>> {
    let jobs = jobs.clamp(1, items.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|index| format!("thidua-worker-{index}"))
        .build()
        .map_err(std::io::Error::other)?;
    let work = &work;
    Ok(pool.in_place_scope_fifo(|scope| {
        let mut waiting = VecDeque::new();
        let mut rest = items.iter();
        loop {
            for item in rest.by_ref().take(jobs.saturating_mul(WINDOW) - waiting.len()) {
                let (sender, receiver) = mpsc::sync_channel(1);
                scope.spawn_fifo(move |_| {
                    // The receiver is gone only when `emit` has broken off.
                    let _ = sender.send(work(item));
                });
                waiting.push_back((item, receiver));
            }
            let Some((item, receiver)) = waiting.pop_front() else { return ControlFlow::Continue(()) };
            // A worker that panicked sends nothing; the scope passes its panic on.
            let Ok(result) = receiver.recv() else { return ControlFlow::Break(()) };
            if emit(item, result).is_break() {
                return ControlFlow::Break(());
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_the_threads_do() {
        let items: Vec<usize> = (0..200).collect();
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            let work = |item: &usize| {
                if item.is_multiple_of(10) {
                    std::thread::yield_now();
                }
                item * 2
            };
            let emit = |_: &usize, result| {
                seen.push(result);
                ControlFlow::Continue(())
            };
            assert!(in_order(&items, jobs, work, emit).unwrap().is_continue());
            assert_eq!(seen, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn never_more_than_the_window_is_ahead_of_what_was_emitted() {
        let (items, jobs): (Vec<usize>, _) = ((0..500).collect(), 3);
        let started = AtomicUsize::new(0);
        let mut emitted = 0;
        let work = |_: &usize| started.fetch_add(1, Ordering::SeqCst);
        let emit = |_: &usize, _| {
            emitted += 1;
            assert!(started.load(Ordering::SeqCst) <= emitted + jobs * WINDOW);
            ControlFlow::Continue(())
        };
        assert!(in_order(&items, jobs, work, emit).unwrap().is_continue());
    }

    #[test]
    fn breaking_off_starts_nothing_new() {
        let items: Vec<usize> = (0..1000).collect();
        let started = AtomicUsize::new(0);
        let work = |_: &usize| started.fetch_add(1, Ordering::SeqCst);
        assert!(in_order(&items, 2, work, |_, _| ControlFlow::Break(())).unwrap().is_break());
        assert!(started.load(Ordering::SeqCst) <= 2 * WINDOW);
    }
}
