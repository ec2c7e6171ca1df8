//! A solver whose gradients are clipped before they are used.

use std::ops::ControlFlow;

use ndarray::ArrayRef1;

use super::Solver;
use crate::{
    Float, check,
    clip::{clip_grad_norm, clip_grad_value},
};

/// `solver` with its gradient clipped before each update.
///
/// Observers, and the loop's test for a small gradient, still see the gradient as it was. By norm,
/// g ← g·min(1, c/(‖g‖ + 1e-6)), which keeps its direction; by value, each coordinate is put into
/// [−c, c], which does not ([`clip`](crate::clip) has the details). Meant for
/// [`Descent`](super::Descent) and [`StochasticDescent`](super::StochasticDescent), where the
/// gradient's length is the step's length; line searches find a length themselves.
///
/// R. Pascanu, T. Mikolov and Y. Bengio, “On the difficulty of training recurrent neural networks”,
/// ICML 2013, arXiv:1211.5063.
///
/// ```
/// use gd_core::{Descent, Stop, minimize, objective::Quartic, optim::Sgd, solver::Clipped};
/// use ndarray::array;
///
/// // x⁴ from 8: the gradient 2048 throws plain descent out; clipped, no step is longer than 0.1
/// let mut x = array![8.0_f64];
/// let plain = minimize(&Quartic, &mut Descent::new(Sgd::plain(), 0.1), &mut x, 200, &mut ());
/// assert!(matches!(plain, Stop::Diverged { .. }));
///
/// let mut x = array![8.0_f64];
/// let mut clipped = Clipped::norm(Descent::new(Sgd::plain(), 0.1), 1.0);
/// assert_eq!(minimize(&Quartic, &mut clipped, &mut x, 200, &mut ()), Stop::MaxSteps);
/// assert!(x[0].abs() < 0.3);
/// ```
#[derive(Clone, Debug)]
pub struct Clipped<S, F> {
    /// The solver that is given the clipped gradients.
    pub solver: S,
    clip: Clip<F>,
}

#[derive(Clone, Copy, Debug)]
enum Clip<F> {
    Norm(F),
    Value(F),
}

impl<S, F: Float> Clipped<S, F> {
    /// Clips gradients to a norm of `max_norm`.
    ///
    /// # Panics
    /// If `max_norm` is not finite and > 0.
    #[track_caller]
    pub fn norm(solver: S, max_norm: F) -> Self {
        check::positive("max_norm", max_norm, "1 is usual");
        Self {
            solver,
            clip: Clip::Norm(max_norm),
        }
    }

    /// Clips each coordinate of gradients to [−clip_value, clip_value].
    ///
    /// # Panics
    /// If `clip_value` is not finite and > 0.
    #[track_caller]
    pub fn value(solver: S, clip_value: F) -> Self {
        check::positive("clip_value", clip_value, "1 is usual");
        Self {
            solver,
            clip: Clip::Value(clip_value),
        }
    }
}

impl<F: Float, P: ?Sized, S: Solver<F, P>> Solver<F, P> for Clipped<S, F> {
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.solver.evaluate(problem, x, grad);
    }

    fn advance(
        &mut self,
        problem: &P,
        t: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()> {
        match self.clip {
            Clip::Norm(max_norm) => {
                clip_grad_norm(grad, max_norm);
            }
            Clip::Value(clip_value) => clip_grad_value(grad, clip_value),
        }
        self.solver.advance(problem, t, x, grad)
    }

    fn reset(&mut self) {
        self.solver.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, Snapshot, minimize, objective::Quadratic, optim::Sgd};
    use ndarray::{Array1, array};

    /// The gradients that an observer sees and the path.
    fn run(solver: &mut impl Solver<f64, Quadratic<f64>>) -> (Vec<Array1<f64>>, Vec<Array1<f64>>) {
        let (mut gradients, mut path) = (Vec::new(), Vec::new());
        minimize(
            &Quadratic::ravine(),
            solver,
            &mut array![-4.0, 1.0],
            3,
            &mut |moment: &Snapshot<'_, f64>| {
                gradients.push(moment.grad.to_owned());
                path.push(moment.x.to_owned());
                ControlFlow::Continue(())
            },
        );
        (gradients, path)
    }

    #[test]
    fn observers_see_the_gradient_as_it_was() {
        let (gradients, path) = run(&mut Clipped::norm(Descent::new(Sgd::plain(), 0.1), 1.0));
        assert_eq!(gradients[0], array![-4.0, 50.0]);
        let step = &path[1] - &path[0];
        assert!((step.dot(&step).sqrt() - 0.1).abs() < 1e-8);
        let (gradients, path) = run(&mut Clipped::value(Descent::new(Sgd::plain(), 0.1), 1.0));
        assert_eq!(gradients[0], array![-4.0, 50.0]);
        assert_eq!(path[1], array![-3.9, 0.9]);
    }

    #[test]
    fn a_limit_out_of_reach_changes_nothing() {
        let plain = run(&mut Descent::new(Sgd::default().momentum(0.9), 0.01));
        let mut clipped = Clipped::norm(Descent::new(Sgd::default().momentum(0.9), 0.01), 1e6);
        assert_eq!(run(&mut clipped), plain);
        Solver::<f64, Quadratic<f64>>::reset(&mut clipped);
        assert_eq!(run(&mut clipped), plain);
    }

    #[test]
    #[should_panic(expected = "max_norm must be finite and > 0, got 0; 1 is usual")]
    fn norm_of_zero() {
        Clipped::norm(Descent::new(Sgd::plain(), 0.1), 0.0);
    }

    #[test]
    #[should_panic(expected = "clip_value must be finite and > 0, got -1; 1 is usual")]
    fn negative_value() {
        Clipped::value(Descent::new(Sgd::plain(), 0.1), -1.0);
    }
}
