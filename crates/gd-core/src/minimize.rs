//! The loop: evaluate, look, stop or advance.

use std::fmt;

use ndarray::{Array1, ArrayRef1};

use crate::{Float, Objective, Observer, Snapshot, Solver, check, linalg::norm};

/// When a run ends at the latest: a number of updates, and possibly a small gradient.
///
/// A bare `usize` is a limit of that many updates.
///
/// ```
/// use gd_core::{Descent, Limit, Stop, minimize, objective::Quadratic, optim::Sgd};
/// use ndarray::array;
///
/// let mut x = array![4.0_f64];
/// let mut solver = Descent::new(Sgd::plain(), 0.3);
/// let limit = Limit::steps(100).gradient_below(1e-6);
/// assert_eq!(minimize(&Quadratic::square(), &mut solver, &mut x, limit, &mut ()), Stop::Converged);
/// assert!(x[0].abs() <= 5e-7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit<F> {
    steps: usize,
    gtol: Option<F>,
}

impl<F: Float> Limit<F> {
    /// At most `n` updates.
    pub fn steps(n: usize) -> Self {
        Self {
            steps: n,
            gtol: None,
        }
    }

    /// Ends as converged once ‖grad‖₂ ≤ `tol`. For a stochastic solver that is the gradient of a
    /// batch, which may be small by chance.
    ///
    /// # Panics
    /// If `tol` is negative or not finite.
    #[track_caller]
    pub fn gradient_below(mut self, tol: F) -> Self {
        check::non_negative("gtol", tol, "1e-6 is usual");
        self.gtol = Some(tol);
        self
    }
}

impl<F: Float> From<usize> for Limit<F> {
    fn from(steps: usize) -> Self {
        Self::steps(steps)
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// All updates were made.
    MaxSteps,
    /// The gradient became as small as asked.
    Converged,
    /// After `at` updates x or the gradient was no longer finite. x is left as it was then.
    Diverged {
        /// The number of updates made before it was noticed.
        at: usize,
    },
    /// The observer ended the run.
    Halted,
    /// After `at` updates the solver found no further point: with a line search, none that is lower.
    /// Near a minimum that is the end of what the number type can tell apart.
    Stalled {
        /// The number of updates made.
        at: usize,
    },
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxSteps => write!(f, "reached the maximum number of steps"),
            Self::Converged => write!(f, "converged"),
            Self::Diverged { at } => write!(f, "diverged at step {at}"),
            Self::Halted => write!(f, "halted by the observer"),
            Self::Stalled { at } => write!(f, "stalled at step {at}"),
        }
    }
}

/// Runs `solver` on `problem` from `x`, and leaves the result in `x`.
///
/// For t = 0, 1, …: the solver evaluates the gradient at x; if x or the gradient is not finite the
/// run has [diverged](Stop::Diverged); the observer looks at both; the run ends if the observer
/// says so, if the gradient is small enough, or if t updates are made; else update t is made.
/// So the observer sees the start and the end, T + 1 moments for T updates, and
/// [`Stop::Diverged`] carries the number of updates after which the run left the finite numbers.
///
/// t starts at 0 in every call, and with it the schedule; the rule's state does not, unless you
/// call the solver's `reset`. After the first update nothing is allocated, unless the observer
/// does.
///
/// # Panics
/// If the length of `x` is not the problem's dimension, or if the start is not finite.
///
/// ```
/// use gd_core::{Descent, Stop, minimize, objective::Quadratic, optim::Sgd};
/// use ndarray::array;
///
/// // lr 1.1 on x²: the factor is −1.2, and |x| grows until it overflows
/// let mut x = array![4.0];
/// let stop = minimize(&Quadratic::square(), &mut Descent::new(Sgd::plain(), 1.1), &mut x, 9999, &mut ());
/// assert!(matches!(stop, Stop::Diverged { .. }));
/// ```
#[track_caller]
pub fn minimize<F, P, S>(
    problem: &P,
    solver: &mut S,
    x: &mut Array1<F>,
    limit: impl Into<Limit<F>>,
    observer: &mut (impl Observer<F> + ?Sized),
) -> Stop
where
    F: Float,
    P: Objective<F> + ?Sized,
    S: Solver<F, P> + ?Sized,
{
    let Limit { steps, gtol } = limit.into();
    assert!(
        x.len() == problem.dim(),
        "the start has length {}, but the problem has dimension {}; give one number per parameter",
        x.len(),
        problem.dim()
    );
    check::all_finite("start x", &*x, "start from finite numbers");

    let mut grad = Array1::zeros(x.len());
    for t in 0.. {
        solver.evaluate(problem, x, &mut grad);
        if !(is_finite(x) && is_finite(&grad)) {
            return Stop::Diverged { at: t };
        }
        if observer
            .observe(&Snapshot::new(t, x, &grad, &problem))
            .is_break()
        {
            return Stop::Halted;
        }
        if gtol.is_some_and(|gtol| norm(grad.iter().copied()) <= gtol) {
            return Stop::Converged;
        }
        if t == steps {
            break;
        }
        if solver.advance(problem, t, x, &mut grad).is_break() {
            return Stop::Stalled { at: t };
        }
    }
    Stop::MaxSteps
}

fn is_finite<F: Float>(x: &ArrayRef1<F>) -> bool {
    x.iter().all(|v| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Descent,
        objective::{FnObjective, Quadratic},
        observer::Trajectory,
        optim::Sgd,
    };
    use ndarray::array;

    fn gd(lr: f64) -> Descent<Sgd<f64>, f64> {
        Descent::new(Sgd::plain(), lr)
    }

    #[test]
    fn a_nan_gradient_is_noticed_where_it_appears() {
        // x falls by 1 at each update; the gradient is NaN from x = 2 on
        let cliff = FnObjective::new(
            1,
            |x: &ArrayRef1<f64>| x[0],
            |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
                grad[0] = if x[0] > 2.5 { 1.0 } else { f64::NAN };
            },
        );
        let (mut x, mut path) = (array![5.0], Trajectory::new());
        let stop = minimize(&cliff, &mut gd(1.0), &mut x, 100, &mut path);
        assert_eq!(stop, Stop::Diverged { at: 3 });
        assert_eq!(x, array![2.0]);
        assert_eq!(path.coordinate(0), [5.0, 4.0, 3.0]);
    }

    #[test]
    fn zero_steps_evaluate_and_observe_the_start() {
        let (mut x, mut path) = (array![4.0], Trajectory::new());
        let stop = minimize(&Quadratic::square(), &mut gd(0.1), &mut x, 0, &mut path);
        assert_eq!((stop, path.points.len()), (Stop::MaxSteps, 1));
        let limit = Limit::steps(0).gradient_below(8.0);
        let stop = minimize(&Quadratic::square(), &mut gd(0.1), &mut x, limit, &mut ());
        assert_eq!(stop, Stop::Converged);
        assert_eq!(x, array![4.0]);
    }

    #[test]
    fn problems_and_solvers_can_be_trait_objects() {
        let problem: Box<dyn Objective<f64>> = Box::new(Quadratic::square());
        let mut solver: Box<dyn Solver<f64, dyn Objective<f64>>> = Box::new(gd(0.5));
        let mut x = array![4.0];
        minimize(&*problem, &mut *solver, &mut x, 1, &mut ());
        assert_eq!(x, array![0.0]);
    }

    #[test]
    fn stops_read_as_words() {
        assert_eq!(Stop::Diverged { at: 7 }.to_string(), "diverged at step 7");
        assert_eq!(Stop::Converged.to_string(), "converged");
    }

    #[test]
    #[should_panic(expected = "start x[1] is NaN; start from finite numbers")]
    fn start_not_finite() {
        let bowl = Quadratic::diagonal(&[1.0, 1.0]);
        minimize(&bowl, &mut gd(0.1), &mut array![0.0, f64::NAN], 1, &mut ());
    }

    #[test]
    #[should_panic(expected = "the start has length 2, but the problem has dimension 1")]
    fn start_too_long() {
        minimize(
            &Quadratic::square(),
            &mut gd(0.1),
            &mut array![0.0, 1.0],
            1,
            &mut (),
        );
    }

    #[test]
    #[should_panic(expected = "gtol must be finite and >= 0, got NaN")]
    fn nan_tolerance() {
        let _ = Limit::steps(1).gradient_below(f64::NAN);
    }
}
