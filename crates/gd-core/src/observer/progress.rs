//! A line now and then.

use std::{
    fmt, io,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use super::{Observer, Snapshot, check_every};
use crate::{Float, linalg::norm};

/// Writes a line now and then: step, f(x), ‖∇f(x)‖₂ and the time since the first moment.
///
/// A moment gets a line if its step is a multiple of n and, except for the first, at least the
/// duration given has passed since the line before. f(x) is computed for these lines only.
///
/// What cannot be written does not end the run: after an error no more is written, and
/// [`Progress::finish`] returns it.
///
/// Defaults: n = 1, duration 0 (a line for every moment).
///
/// ```
/// use gd_core::{Descent, minimize, objective::Quadratic, observer::Progress, optim::Sgd};
/// use ndarray::array;
/// use std::time::Duration;
///
/// // io::stderr() to see it; `at_most_every` if steps are fast
/// let mut progress = Progress::new(Vec::new()).every(2).clock(|| Duration::from_millis(1500));
/// let mut solver = Descent::new(Sgd::plain(), 0.25);
/// minimize(&Quadratic::square(), &mut solver, &mut array![4.0], 3, &mut progress);
///
/// let text = String::from_utf8(progress.finish()?)?;
/// assert_eq!(
///     text,
///     "step        0  f 1.600000e1  |grad| 8.000000e0  0.0 s\n\
///      step        2  f 1.000000e0  |grad| 2.000000e0  0.0 s\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Progress<W> {
    writer: W,
    every: usize,
    at_most_every: Duration,
    /// The time that has passed since some moment.
    clock: Box<dyn FnMut() -> Duration>,
    /// By the clock.
    first: Option<Duration>,
    last: Duration,
    error: Option<io::Error>,
}

impl<W: io::Write> Progress<W> {
    /// A line for every moment, written to `writer`.
    pub fn new(writer: W) -> Self {
        let mut start = None;
        Self {
            writer,
            every: 1,
            at_most_every: Duration::ZERO,
            clock: Box::new(move || start.get_or_insert_with(Instant::now).elapsed()),
            first: None,
            last: Duration::ZERO,
            error: None,
        }
    }

    /// Lines only at steps 0, n, 2n, …; 1 by default.
    ///
    /// # Panics
    /// If `n` is 0.
    #[track_caller]
    pub fn every(mut self, n: usize) -> Self {
        check_every(n);
        self.every = n;
        self
    }

    /// No line before `interval` has passed since the line before; 0 by default.
    pub fn at_most_every(mut self, interval: Duration) -> Self {
        self.at_most_every = interval;
        self
    }

    /// Takes the time from `clock`, which returns how much has passed since any fixed moment. For
    /// tests, and where the standard library has no clock (wasm32-unknown-unknown, where the
    /// default, [`Instant::now`], panics at the first look).
    pub fn clock(mut self, clock: impl FnMut() -> Duration + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// The first error, if one has occurred.
    pub fn error(&self) -> Option<&io::Error> {
        self.error.as_ref()
    }

    /// Flushes the writer and gives it back.
    ///
    /// # Errors
    /// The first error that occurred, be it now or at one of the lines.
    pub fn finish(mut self) -> io::Result<W> {
        match self.error {
            Some(error) => Err(error),
            None => self.writer.flush().map(|()| self.writer),
        }
    }

    fn write_line<F: Float>(&mut self, snapshot: &Snapshot<'_, F>, elapsed: Duration) {
        let written = writeln!(
            self.writer,
            "step {:8}  f {:.6e}  |grad| {:.6e}  {:.1} s",
            snapshot.step,
            snapshot.value(),
            norm(snapshot.grad.iter().copied()),
            elapsed.as_secs_f64()
        );
        self.error = written.err();
    }
}

impl<F: Float, W: io::Write> Observer<F> for Progress<W> {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        if self.error.is_none() && snapshot.step.is_multiple_of(self.every) {
            let now = (self.clock)();
            let due = self.first.is_none() || now.saturating_sub(self.last) >= self.at_most_every;
            if due {
                let first = *self.first.get_or_insert(now);
                self.last = now;
                self.write_line(snapshot, now.saturating_sub(first));
            }
        }
        ControlFlow::Continue(())
    }
}

impl<W: fmt::Debug> fmt::Debug for Progress<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("writer", &self.writer)
            .field("every", &self.every)
            .field("at_most_every", &self.at_most_every)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, Stop, minimize, objective::Quadratic, optim::Sgd};
    use ndarray::array;

    fn run(steps: usize, observer: &mut impl Observer<f64>) -> Stop {
        let mut solver = Descent::new(Sgd::plain(), 0.25);
        let square = Quadratic::square();
        minimize(&square, &mut solver, &mut array![4.0], steps, observer)
    }

    /// One second more at each look.
    fn ticking() -> impl FnMut() -> Duration {
        let mut seconds = 10;
        move || {
            seconds += 1;
            Duration::from_secs(seconds)
        }
    }

    /// Step and time of each line.
    fn steps_and_times(text: &[u8]) -> Vec<(usize, String)> {
        let text = str::from_utf8(text).expect("text");
        let field = |line: &str, n| line.split_whitespace().nth(n).expect("a field").to_owned();
        text.lines()
            .map(|line| (field(line, 1).parse().expect("a step"), field(line, 6)))
            .collect()
    }

    #[test]
    fn lines_by_step_and_by_time() {
        let lines = |n, seconds| {
            let interval = Duration::from_secs(seconds);
            let progress = Progress::new(Vec::new()).every(n).at_most_every(interval);
            let mut progress = progress.clock(ticking());
            run(8, &mut progress);
            steps_and_times(&progress.finish().expect("a Vec can be written"))
        };
        let line = |step, time: &str| (step, time.to_owned());
        assert_eq!(
            lines(4, 0),
            [line(0, "0.0"), line(4, "1.0"), line(8, "2.0")]
        );
        assert_eq!(
            lines(1, 3),
            [line(0, "0.0"), line(3, "3.0"), line(6, "6.0")]
        );
        assert_eq!(lines(2, 3), [line(0, "0.0"), line(6, "3.0")]);
        assert_eq!(lines(1, 0).len(), 9);
    }

    #[test]
    fn the_clock_of_the_machine_starts_at_the_first_moment() {
        let mut progress = Progress::new(Vec::new()).at_most_every(Duration::from_secs(3600));
        run(100, &mut progress);
        let lines = steps_and_times(&progress.finish().expect("a Vec can be written"));
        assert_eq!(lines, [(0, "0.0".to_owned())]);
    }

    /// Takes `room` bytes.
    struct Full {
        room: usize,
        attempts: usize,
    }

    impl io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.attempts += 1;
            if self.room < bytes.len() {
                return Err(io::Error::new(io::ErrorKind::StorageFull, "no room"));
            }
            self.room -= bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(io::Error::other("cannot flush"))
        }
    }

    #[test]
    fn an_error_is_kept_and_the_run_goes_on() {
        let (room, attempts) = (100, 0);
        let mut progress = Progress::new(Full { room, attempts });
        assert!(progress.error().is_none());
        assert_eq!(run(50, &mut progress), Stop::MaxSteps);
        let error = progress.error().expect("no room for 51 lines");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        let attempts = progress.writer.attempts;
        assert_eq!(run(50, &mut progress), Stop::MaxSteps);
        assert_eq!(
            progress.writer.attempts, attempts,
            "nothing more is written"
        );
        let error = progress.finish().err().expect("the first error");
        assert_eq!(error.to_string(), "no room");
    }

    #[test]
    fn an_error_while_flushing_is_returned() {
        let (room, attempts) = (10_000, 0);
        let mut progress = Progress::new(Full { room, attempts });
        run(1, &mut progress);
        let error = progress.finish().err().expect("the flush fails");
        assert_eq!(error.to_string(), "cannot flush");
    }
}
