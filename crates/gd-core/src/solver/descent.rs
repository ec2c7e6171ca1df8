//! An update rule with its learning rate, on the full gradient.

use std::ops::ControlFlow;

use ndarray::ArrayRef1;

use super::{
    Solver,
    learning_rate::{check_first_lr, checked_lr},
};
use crate::{Float, Objective, Optimizer, Schedule};

/// Gradient descent with the full gradient: x ← rule(η_t, x, ∇f(x)).
///
/// ```
/// use gd_core::{Descent, minimize, objective::Quadratic, optim::Sgd};
/// use ndarray::array;
///
/// // a number is a constant learning rate; a closure of t is a schedule
/// let mut decaying = Descent::new(Sgd::plain(), |t: usize| 0.5 / (1.0 + t as f64));
/// let mut x = array![4.0];
/// minimize(&Quadratic::square(), &mut decaying, &mut x, 1, &mut ());
/// assert_eq!(x[0], 0.0); // x² from anywhere with lr 0.5: one update
/// ```
#[derive(Clone, Debug)]
pub struct Descent<O, S> {
    /// The update rule.
    pub rule: O,
    /// The learning rate, constant or scheduled.
    pub lr: S,
}

impl<O, S> Descent<O, S> {
    /// `rule` with learning rate `lr`.
    ///
    /// # Panics
    /// If the learning rate at t = 0 is not finite and > 0. (Later ones are checked when they are
    /// used, and may be 0.)
    #[track_caller]
    pub fn new<F: Float>(rule: O, lr: S) -> Self
    where
        O: Optimizer<F>,
        S: Schedule<F>,
    {
        check_first_lr(&lr);
        Self { rule, lr }
    }

    /// Forgets all updates: [`Solver::reset`] without having to name the problem.
    pub fn reset<F: Float>(&mut self)
    where
        O: Optimizer<F>,
    {
        self.rule.reset();
    }
}

impl<F, P, O, S> Solver<F, P> for Descent<O, S>
where
    F: Float,
    P: Objective<F> + ?Sized,
    O: Optimizer<F>,
    S: Schedule<F>,
{
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        problem.gradient(x, grad);
    }

    /// # Panics
    /// If the schedule gives NaN, an infinite or a negative number at `t`.
    fn advance(
        &mut self,
        _: &P,
        t: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()> {
        self.rule.step(checked_lr(&self.lr, t), x, grad);
        ControlFlow::Continue(())
    }

    fn reset(&mut self) {
        self.rule.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{minimize, objective::Quadratic, optim::Sgd};
    use ndarray::array;

    #[test]
    #[should_panic(expected = "lr must be finite and > 0, got NaN; for f(x)=x² try 0.1")]
    fn nan_lr() {
        Descent::new(Sgd::plain(), f64::NAN);
    }

    #[test]
    #[should_panic(expected = "lr must be finite and > 0, got 0; for f(x)=x² try 0.1")]
    fn zero_lr() {
        Descent::new(Sgd::plain(), 0.0);
    }

    #[test]
    #[should_panic(expected = "the schedule gives -0.1 at t = 2")]
    fn schedule_below_zero() {
        let mut solver = Descent::new(Sgd::plain(), |t: usize| [0.1, 0.0, -0.1][t]);
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![1.0],
            3,
            &mut (),
        );
    }
}
