//! Counts what loops look at, so that a test can tell linear work from quadratic without a clock.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// One step of work; called by what every scan of words, tokens or characters asks.
pub(crate) fn tick() {
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// How many steps `work` takes.
pub(crate) fn count(work: impl FnOnce()) -> u64 {
    let before = STEPS.with(Cell::get);
    work();
    STEPS.with(Cell::get) - before
}

/// Fails where work on twice the text takes more than `most` times the steps: `work` gets a text of `size` bytes and one
/// of twice that many, both made of `unit` again and again.
#[track_caller]
pub(crate) fn check_linear(unit: &str, size: usize, work: impl Fn(&str)) {
    let text = |size: usize| unit.repeat(size / unit.len().max(1));
    let (one, two) = (text(size), text(2 * size));
    let (small, large) = (count(|| work(&one)), count(|| work(&two)));
    // A tenth over twice: what is bounded may come to its bound only in the larger text.
    assert!(
        large <= small * 2 + small / 5 + 2_000,
        "{unit:?}: {small} steps for {size} bytes, {large} for twice as many"
    );
}
