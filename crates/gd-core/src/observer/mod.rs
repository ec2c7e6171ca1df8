//! Looking at a run while it goes on: recording, progress, own stopping rules.
//!
//! | observer | what it does |
//! |---|---|
//! | [`Trajectory`] | records x at every n-th moment |
//! | [`LossHistory`], [`GradientNorms`] | record f(x), ‖∇f(x)‖₂ at every moment |
//! | [`EarlyStopping`] | halts when f or another quantity stops improving, and keeps the best x |
//! | [`Progress`] | writes a line now and then |
//! | a closure | what it says |

use std::{fmt, io, ops::ControlFlow};

use ndarray::ArrayRef1;

use crate::{Float, Objective};

mod early_stopping;
mod histories;
mod progress;
mod trajectory;

pub use early_stopping::{Best, EarlyStopping};
pub use histories::{GradientNorms, LossHistory};
pub use progress::Progress;
pub use trajectory::Trajectory;

/// One moment of a run: the parameters after `step` updates and the gradient there.
#[derive(Clone, Copy)]
pub struct Snapshot<'a, F: Float> {
    /// The number of updates made so far; 0 is the start.
    pub step: usize,
    /// The parameters after `step` updates.
    pub x: &'a ArrayRef1<F>,
    /// The gradient at `x` that the next update uses: for a stochastic solver, that of a batch.
    pub grad: &'a ArrayRef1<F>,
    objective: &'a dyn Objective<F>,
}

impl<'a, F: Float> Snapshot<'a, F> {
    /// The moment after `step` updates of a run on `objective`; [`minimize`](crate::minimize())
    /// makes them for its observers, a hand-written loop can make its own.
    pub fn new(
        step: usize,
        x: &'a ArrayRef1<F>,
        grad: &'a ArrayRef1<F>,
        objective: &'a dyn Objective<F>,
    ) -> Self {
        Self {
            step,
            x,
            grad,
            objective,
        }
    }

    /// f(x), over all samples. Computed at each call: who does not ask does not pay.
    pub fn value(&self) -> F {
        self.objective.value(self.x)
    }
}

impl<F: Float> fmt::Debug for Snapshot<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("step", &self.step)
            .field("x", &self.x)
            .field("grad", &self.grad)
            .finish_non_exhaustive()
    }
}

/// Is shown every moment of a run, the start and the end included, and may halt it.
///
/// `()` observes nothing; a closure observes; a pair observes with both its parts and halts if one
/// of them wants to.
///
/// ```
/// use std::ops::ControlFlow;
/// use gd_core::{Descent, Snapshot, Stop, minimize, objective::Quadratic, optim::Sgd};
/// use ndarray::array;
///
/// // stop as soon as f(x) < 0.01
/// let mut steps = 0;
/// let stop = minimize(
///     &Quadratic::square(),
///     &mut Descent::new(Sgd::plain(), 0.3),
///     &mut array![4.0],
///     100,
///     &mut |moment: &Snapshot<'_, f64>| {
///         steps = moment.step;
///         if moment.value() < 0.01 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
///     },
/// );
/// assert_eq!((stop, steps), (Stop::Halted, 5));
/// ```
pub trait Observer<F: Float> {
    /// Looks at one moment; `Break` ends the run with [`Stop::Halted`](crate::Stop::Halted).
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()>;
}

impl<F: Float> Observer<F> for () {
    fn observe(&mut self, _: &Snapshot<'_, F>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: Float, C: FnMut(&Snapshot<'_, F>) -> ControlFlow<()>> Observer<F> for C {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        self(snapshot)
    }
}

impl<F: Float, A: Observer<F>, B: Observer<F>> Observer<F> for (A, B) {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        // Both look, even if the first one halts.
        let (first, second) = (self.0.observe(snapshot), self.1.observe(snapshot));
        if first.is_break() { first } else { second }
    }
}

// Not for every `&mut O`: closures already reach this trait through `&mut C: FnMut`.
macro_rules! observe_by_reference {
    ($([$($parameter:tt)*] $observer:ty;)*) => {$(
        impl<F: Float $($parameter)*> Observer<F> for &mut $observer {
            fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
                (**self).observe(snapshot)
            }
        }
    )*};
}
observe_by_reference!(
    [] Trajectory<F>;
    [] LossHistory<F>;
    [] GradientNorms<F>;
    [] EarlyStopping<'_, F>;
    [, W: io::Write] Progress<W>;
    [] (dyn Observer<F> + '_);
);

/// A number of steps between two looks.
#[track_caller]
fn check_every(n: usize) {
    assert!(n > 0, "every must be >= 1, got 0; 1 is every step");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, Stop, minimize, objective::Quadratic, optim::Sgd};
    use ndarray::array;

    fn run(steps: usize, observer: &mut impl Observer<f64>) -> Stop {
        let mut solver = Descent::new(Sgd::plain(), 0.25);
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![4.0],
            steps,
            observer,
        )
    }

    #[test]
    fn a_pair_records_both_and_halts_with_either() {
        let mut history = LossHistory::new();
        let mut both = (Trajectory::new().every(2), &mut history);
        assert_eq!(run(4, &mut both), Stop::MaxSteps);
        assert_eq!(both.0.coordinate(0), [4.0, 1.0, 0.25]);
        assert_eq!(history.values, [16.0, 4.0, 1.0, 0.25, 0.0625]);

        let mut path = Trajectory::new();
        let halt_at = |step| {
            move |moment: &Snapshot<'_, f64>| match moment.step == step {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        assert_eq!(run(9, &mut (halt_at(2), &mut path)), Stop::Halted);
        assert_eq!(run(9, &mut (&mut path, halt_at(0))), Stop::Halted);
        assert_eq!(path.coordinate(0), [4.0, 2.0, 1.0, 4.0]);
    }

    #[test]
    fn a_snapshot_is_of_one_moment() {
        run(5, &mut |moment: &Snapshot<'_, f64>| {
            assert_eq!(moment.x[0], 4.0 * 0.5_f64.powi(moment.step as i32));
            assert_eq!(moment.grad[0], 2.0 * moment.x[0]);
            assert_eq!(moment.value(), moment.x[0] * moment.x[0]);
            ControlFlow::Continue(())
        });
    }

    #[test]
    fn observers_can_be_chosen_at_run_time() {
        let mut path = Trajectory::new();
        let observer: &mut dyn Observer<f64> = &mut path;
        let mut solver = Descent::new(Sgd::plain(), 0.25);
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![4.0],
            1,
            observer,
        );
        assert_eq!(path.points.len(), 2);
    }
}
