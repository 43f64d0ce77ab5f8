//! Workers: many at once, results in the order of the work list, memory bounded by a window.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError, mpsc};

/// Stack of a worker in bytes: readers of nested formats may need more than a thread's usual 2 MiB.
const STACK: usize = 16 << 20;

/// Results that may wait for an earlier one, per worker.
const WINDOW: usize = 4;

/// Looks at a lock that another worker holds, before sleeping: some tens of microseconds.
const LOOKS: usize = 1000;

/// Items that may be ahead of what is out, per worker, where items and results are small.
const AHEAD: usize = 64;

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
    let pool = pool(jobs)?;
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

/// As [`in_order`] for items whose end is not known: each is taken from `items` when a place in the window is free, and
/// its result goes to `emit`, on a thread of its own, as soon as all earlier ones are out, whether or not another item
/// has come. When `emit` breaks, no further item is taken.
///
/// # Errors
/// When the threads cannot be started.
pub fn as_they_come<I: Send, T: Send>(
    items: impl Iterator<Item = I>,
    jobs: usize,
    work: impl Fn(I) -> T + Sync,
    mut emit: impl FnMut(T) -> ControlFlow<()> + Send,
) -> std::io::Result<ControlFlow<()>> {
    let jobs = jobs.max(1);
    let pool = pool(jobs)?;
    let work = &work;
    // One item waits for each that is worked on: items may be as large as a file.
    let (places, waiting) = mpsc::sync_channel::<mpsc::Receiver<T>>(jobs);
    Ok(pool.in_place_scope_fifo(|scope| {
        std::thread::scope(|beside| {
            let emitter = beside.spawn(move || {
                for result in waiting {
                    // A worker that panicked sends nothing; the scope passes its panic on.
                    let Ok(result) = result.recv() else { return ControlFlow::Break(()) };
                    if emit(result).is_break() {
                        return ControlFlow::Break(());
                    }
                }
                ControlFlow::Continue(())
            });
            for item in items {
                let (sender, receiver) = mpsc::sync_channel(1);
                if places.send(receiver).is_err() {
                    break;
                }
                scope.spawn_fifo(move |_| {
                    // The receiver is gone only when `emit` has broken off.
                    let _ = sender.send(work(item));
                });
            }
            drop(places);
            emitter.join().unwrap_or(ControlFlow::Break(()))
        })
    }))
}

/// As [`as_they_come`] for items that cost little to get: each worker takes its next item itself and hands its result
/// on itself, so that no thread waits for another while there is work. `start` makes what a worker keeps from item to
/// item.
///
/// # Errors
/// When the threads cannot be started.
pub fn taken<I: Send, S, T: Send>(
    items: impl Iterator<Item = I> + Send,
    jobs: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I) -> T + Sync,
    emit: impl FnMut(T) -> ControlFlow<()> + Send,
) -> std::io::Result<ControlFlow<()>> {
    let jobs = jobs.max(1);
    let items = Mutex::new((0, items.fuse()));
    let ahead = jobs.saturating_mul(AHEAD);
    let line = Line {
        ready: Mutex::new(Ready { next: 0, waiting: BTreeMap::new(), sleeping: 0, emitting: false, broken: false }),
        emit: Mutex::new(emit),
        moved: Condvar::new(),
    };
    let worker = || {
        // A worker that panics must not leave the others waiting for its result.
        let mut guard = Breaking(Some(&line));
        let mut own = start();
        loop {
            let (number, item) = {
                let mut items = soon(&items);
                let Some(item) = items.1.next() else { break };
                items.0 += 1;
                (items.0 - 1, item)
            };
            if !line.room_for(number, ahead) {
                break;
            }
            let result = work(&mut own, item);
            if !line.hand_on(number, result) {
                break;
            }
        }
        guard.0 = None;
    };
    std::thread::scope(|scope| {
        let mut guard = Breaking(Some(&line));
        for index in 0..jobs {
            std::thread::Builder::new()
                .stack_size(STACK)
                .name(format!("thidua-worker-{index}"))
                .spawn_scoped(scope, worker)?;
        }
        guard.0 = None;
        Ok::<(), std::io::Error>(())
    })?;
    let ready = line.ready.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(if ready.broken { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
}

/// Takes a lock that nobody holds for long. Falling asleep and being woken costs more than the whole wait, and workers
/// that do the same work meet often.
pub fn soon<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    for _ in 0..LOOKS {
        match lock.try_lock() {
            Ok(guard) => return guard,
            Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => std::hint::spin_loop(),
        }
    }
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn pool(jobs: usize) -> std::io::Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|index| format!("thidua-worker-{index}"))
        .build()
        .map_err(std::io::Error::other)
}

/// Results that wait for their turn.
struct Line<T, E> {
    ready: Mutex<Ready<T>>,
    /// Held by the one who emits.
    emit: Mutex<E>,
    moved: Condvar,
}

struct Ready<T> {
    next: usize,
    waiting: BTreeMap<usize, T>,
    /// Workers that wait for room: nobody is woken where nobody sleeps.
    sleeping: usize,
    /// Somebody emits, and will emit what is handed on meanwhile.
    emitting: bool,
    broken: bool,
}

impl<T, E: FnMut(T) -> ControlFlow<()>> Line<T, E> {
    /// Waits until an item is not too far ahead of what is out; `false` when nothing more is wanted.
    fn room_for(&self, number: usize, ahead: usize) -> bool {
        let mut ready = soon(&self.ready);
        while !ready.broken && number >= ready.next + ahead {
            ready.sleeping += 1;
            ready = self.moved.wait(ready).unwrap_or_else(PoisonError::into_inner);
            ready.sleeping -= 1;
        }
        !ready.broken
    }

    /// Emits the result and those that waited for it, or leaves it to who emits now or later: nobody waits here.
    /// `false` when nothing more is wanted.
    fn hand_on(&self, number: usize, result: T) -> bool {
        let mut ready = soon(&self.ready);
        ready.waiting.insert(number, result);
        if ready.emitting || ready.broken {
            return !ready.broken;
        }
        ready.emitting = true;
        let mut emit = self.emit.lock().unwrap_or_else(PoisonError::into_inner);
        while !ready.broken {
            let next = ready.next;
            let Some(result) = ready.waiting.remove(&next) else { break };
            drop(ready);
            let broken = emit(result).is_break();
            ready = soon(&self.ready);
            ready.next += 1;
            ready.broken |= broken;
            if ready.sleeping > 0 {
                self.moved.notify_all();
            }
        }
        ready.emitting = false;
        !ready.broken
    }
}

/// Ends the work of all when it is dropped.
struct Breaking<'l, T, E>(Option<&'l Line<T, E>>);

impl<T, E> Drop for Breaking<'_, T, E> {
    fn drop(&mut self) {
        if let Some(line) = self.0 {
            line.ready.lock().unwrap_or_else(PoisonError::into_inner).broken = true;
            line.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_comes_is_answered_in_order_and_before_the_next_one_comes() {
        for jobs in [1, 3] {
            let (answered, answers) = mpsc::channel();
            // Each item is put only when the answer to the one before it is out.
            let mut next = 0;
            let items = std::iter::from_fn(|| {
                if next > 0 {
                    assert_eq!(answers.recv(), Ok(next * 10));
                }
                next += 1;
                (next <= 50).then_some(next)
            });
            let emit = move |result| answered.send(result).map_or(ControlFlow::Break(()), ControlFlow::Continue);
            assert!(as_they_come(items, jobs, |item: usize| item * 10, emit).unwrap().is_continue());
        }
        let mut seen = Vec::new();
        let emit = |result| {
            seen.push(result);
            ControlFlow::Continue(())
        };
        assert!(as_they_come(0..300, 5, |item| item, emit).unwrap().is_continue());
        assert_eq!(seen, (0..300).collect::<Vec<_>>());
    }

    #[test]
    fn a_source_without_end_is_not_read_ahead_and_ends_with_its_reader() {
        let jobs = 2;
        let taken = AtomicUsize::new(0);
        let mut emitted = 0;
        let items = std::iter::from_fn(|| Some(taken.fetch_add(1, Ordering::SeqCst)));
        let emit = |_| {
            emitted += 1;
            assert!(taken.load(Ordering::SeqCst) <= emitted + 2 * jobs + 2);
            if emitted == 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert!(as_they_come(items, jobs, |item| item, emit).unwrap().is_break());
    }

    #[test]
    fn taken_items_are_answered_in_order_and_not_far_ahead() {
        for jobs in [1, 2, 5] {
            let taken_so_far = AtomicUsize::new(0);
            let items = (0..2000).inspect(|_| {
                taken_so_far.fetch_add(1, Ordering::SeqCst);
            });
            let mut seen = Vec::new();
            let work = |own: &mut usize, item: usize| {
                *own += 1;
                if item.is_multiple_of(7) {
                    std::thread::yield_now();
                }
                item
            };
            let emit = |item| {
                seen.push(item);
                assert!(taken_so_far.load(Ordering::SeqCst) <= seen.len() + jobs * (AHEAD + 1));
                if item == 1500 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            assert!(taken(items, jobs, || 0, work, emit).unwrap().is_break());
            assert_eq!(seen, (0..=1500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_worker_that_panics_leaves_nobody_waiting() {
        let run = || {
            let work = |(): &mut (), item: usize| assert_ne!(item, 3);
            taken(0..100_000, 2, || (), work, |()| ControlFlow::Continue(()))
        };
        assert!(std::panic::catch_unwind(run).is_err());
    }

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
