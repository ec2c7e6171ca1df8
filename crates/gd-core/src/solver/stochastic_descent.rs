//! An update rule with its learning rate, on gradients over batches.

use std::ops::ControlFlow;

use ndarray::ArrayRef1;

use super::{
    Solver,
    learning_rate::{check_first_lr, checked_lr},
};
use crate::{Float, Optimizer, Schedule, batch::Sampler, objective::FiniteSum};

/// Stochastic gradient descent: x ← rule(η_t, x, ∇f_B(x)) with a new batch B at each update.
///
/// Which samples make a batch, and in what order, is the [`Sampler`]'s matter. A run of T updates
/// in [`minimize`](crate::minimize()) draws T + 1 batches: the last one is for the gradient that
/// the observer sees at the end.
///
/// H. Robbins and S. Monro, “A Stochastic Approximation Method”, 1951,
/// doi:10.1214/aoms/1177729586.
///
/// ```
/// use gd_core::{StochasticDescent, minimize, optim::Sgd};
/// use gd_core::{batch::{Sampler, Sampling}, data, model::LinearRegression};
/// use ndarray::array;
///
/// let model = LinearRegression::<f64>::line(&data::lesson_line());
/// let sampler = Sampler::new(100, Sampling::Epochs { size: 20 }, 7);
/// let mut solver = StochasticDescent::new(Sgd::plain(), 0.02, sampler);
/// let mut theta = array![0.0, 0.0];
/// minimize(&model, &mut solver, &mut theta, 500, &mut ());
/// assert_eq!(solver.sampler.epoch(), 100);
/// assert!((theta[0] - 1.93).abs() < 0.1 && (theta[1] - 2.98).abs() < 0.1);
/// ```
#[derive(Clone, Debug)]
pub struct StochasticDescent<O, S> {
    /// The update rule.
    pub rule: O,
    /// The learning rate, constant or scheduled.
    pub lr: S,
    /// The source of batches.
    pub sampler: Sampler,
}

impl<O, S> StochasticDescent<O, S> {
    /// `rule` with learning rate `lr` on the batches of `sampler`.
    ///
    /// # Panics
    /// If the learning rate at t = 0 is not finite and > 0.
    #[track_caller]
    pub fn new<F: Float>(rule: O, lr: S, sampler: Sampler) -> Self
    where
        O: Optimizer<F>,
        S: Schedule<F>,
    {
        check_first_lr(&lr);
        Self { rule, lr, sampler }
    }

    /// Forgets all updates and batches: [`Solver::reset`] without having to name the problem.
    pub fn reset<F: Float>(&mut self)
    where
        O: Optimizer<F>,
    {
        self.rule.reset();
        self.sampler.reset();
    }
}

impl<F, P, O, S> Solver<F, P> for StochasticDescent<O, S>
where
    F: Float,
    P: FiniteSum<F> + ?Sized,
    O: Optimizer<F>,
    S: Schedule<F>,
{
    /// Draws the next batch and fills `grad` with the gradient over it.
    ///
    /// # Panics
    /// If the sampler was made for another number of samples than the problem has.
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        assert!(
            self.sampler.samples() == problem.samples(),
            "the sampler draws from {} samples, but the problem has {}; \
             make it with Sampler::new(problem.samples(), …)",
            self.sampler.samples(),
            problem.samples()
        );
        problem.batch_gradient(x, self.sampler.next_batch(), grad);
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
        self.sampler.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descent, batch::Sampling, data, minimize, model::LinearRegression, optim::Sgd};
    use ndarray::array;

    #[test]
    #[should_panic(expected = "lr must be finite and > 0, got -0.1")]
    fn negative_stochastic_lr() {
        let sampler = Sampler::new(3, Sampling::Full, 0);
        StochasticDescent::new(Sgd::plain(), -0.1, sampler);
    }

    #[test]
    #[should_panic(expected = "the sampler draws from 50 samples, but the problem has 100")]
    fn sampler_of_another_data_set() {
        let model = LinearRegression::line(&data::lesson_line());
        let sampler = Sampler::new(50, Sampling::Full, 0);
        let mut solver = StochasticDescent::new(Sgd::plain(), 0.1, sampler);
        minimize(&model, &mut solver, &mut array![0.0, 0.0], 1, &mut ());
    }

    #[test]
    fn full_batches_are_gradient_descent() {
        let model = LinearRegression::<f64>::line(&data::lesson_line());
        let sampler = Sampler::new(100, Sampling::Full, 0);
        let mut stochastic = StochasticDescent::new(Sgd::plain(), 0.01, sampler);
        let mut full = Descent::new(Sgd::plain(), 0.01);
        let (mut a, mut b) = (array![0.0, 0.0], array![0.0, 0.0]);
        minimize(&model, &mut stochastic, &mut a, 50, &mut ());
        minimize(&model, &mut full, &mut b, 50, &mut ());
        assert_eq!(a, b);
    }
}
