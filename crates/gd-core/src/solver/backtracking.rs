//! Steepest descent that looks before it steps.

use std::ops::ControlFlow;

use ndarray::ArrayRef1;

use super::{Evaluations, Solver, armijo::Armijo, probe::Probe};
use crate::{Float, Objective};

/// Gradient descent without a learning rate: steepest descent with Armijo's backtracking.
///
/// With g = ∇f(x), of length d like x, an update tries α = α₀, ρα₀, ρ²α₀, … and takes the first
/// that lowers f enough:
///
/// ```text
/// x ← x − αg    with f(x − αg) < f(x) and f(x − αg) ≤ f(x) − c₁α‖g‖²
/// ```
///
/// The linear prediction of the decrease is α‖g‖²; the share c₁ of it is asked for. So f falls at
/// every update, whatever its curvature, at the price of one value per trial; each update starts
/// again from α₀. A value that is not finite counts as too far. Where no α lowers f, as far as the
/// number type can tell, x stays and the run ends with [`Stop::Stalled`](crate::Stop::Stalled): at
/// stationary points, and near minima once a step changes f by less than its rounding.
///
/// Defaults: initial_step α₀ = 1, rho ρ = 0.5, c1 c₁ = 1e-4.
/// L. Armijo, “Minimization of functions having Lipschitz continuous first partial derivatives”,
/// 1966, doi:10.2140/pjm.1966.16.1 (with α halved, and c₁ = ½).
///
/// ```
/// use gd_core::{Limit, Stop, minimize, objective::Quadratic, solver::Backtracking};
/// use ndarray::array;
///
/// // a ravine where a learning rate of 0.04 would diverge; from α₀ = 1 that is found out
/// let mut x = array![-4.0, 1.0];
/// let limit = Limit::steps(1000).gradient_below(1e-6);
/// let mut solver = Backtracking::default();
/// let stop = minimize(&Quadratic::<f64>::ravine(), &mut solver, &mut x, limit, &mut ());
/// assert_eq!(stop, Stop::Converged);
/// ```
#[derive(Clone, Debug)]
pub struct Backtracking<F> {
    armijo: Armijo<F>,
    probe: Probe<F>,
}

impl<F: Float> Default for Backtracking<F> {
    fn default() -> Self {
        Self {
            armijo: Armijo::default(),
            probe: Probe::new(),
        }
    }
}

impl<F: Float> Backtracking<F> {
    /// α₀ > 0, the step tried first at every update: 1 by default.
    ///
    /// # Panics
    /// If `initial_step` is not finite and > 0.
    #[track_caller]
    pub fn initial_step(mut self, initial_step: F) -> Self {
        self.armijo.set_initial_step(initial_step);
        self
    }

    /// ρ in (0, 1), by which a step that is too long is shrunk: 0.5 by default. Near to 1 it costs
    /// many values; after 10,000 in one update the search gives up.
    ///
    /// # Panics
    /// If `rho` is outside of (0, 1) or NaN.
    #[track_caller]
    pub fn rho(mut self, rho: F) -> Self {
        self.armijo.set_rho(rho);
        self
    }

    /// c₁ in (0, 1), the share of the predicted decrease that is asked for: 1e-4 by default. From ½
    /// on, the exact minimum of a parabola is refused.
    ///
    /// # Panics
    /// If `c1` is outside of (0, 1) or NaN.
    #[track_caller]
    pub fn c1(mut self, c1: F) -> Self {
        self.armijo.set_c1(c1);
        self
    }

    /// What the updates cost so far.
    pub fn evaluations(&self) -> Evaluations {
        self.probe.evaluations
    }

    /// Forgets all updates: [`Solver::reset`] without having to name the problem.
    pub fn reset(&mut self) {
        self.probe = Probe::new();
    }
}

impl<F: Float, P: Objective<F> + ?Sized> Solver<F, P> for Backtracking<F> {
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.probe.evaluate(problem, x, grad);
    }

    fn advance(
        &mut self,
        problem: &P,
        _: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()> {
        let value = self.probe.value(problem, x);
        let found = self.armijo.search(value, |alpha| {
            self.probe.value_along(problem, x, grad, grad, -alpha)
        });
        match found {
            Some(_) => {
                self.probe.accept(x);
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(()),
        }
    }

    fn reset(&mut self) {
        self.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Descent, Stop, minimize,
        objective::{Quadratic, Rosenbrock},
        observer::LossHistory,
        optim::Sgd,
    };
    use ndarray::array;

    #[test]
    fn where_the_first_trial_is_good_it_is_gradient_descent() {
        let (mut x, mut y) = (array![3.0_f64, -2.0], array![3.0, -2.0]);
        let mut solver = Backtracking::default().initial_step(0.1);
        minimize(&Quadratic::bowl(), &mut solver, &mut x, 20, &mut ());
        let mut descent = Descent::new(Sgd::plain(), 0.1);
        minimize(&Quadratic::bowl(), &mut descent, &mut y, 20, &mut ());
        assert_eq!(x, y);
        let cost = solver.evaluations();
        assert_eq!((cost.values, cost.gradients, cost.hessians), (21, 21, 0));
    }

    #[test]
    fn every_update_lowers_f() {
        let mut history = LossHistory::new();
        let (mut solver, mut x) = (Backtracking::default(), array![-1.2_f64, 1.0]);
        minimize(&Rosenbrock::new(2), &mut solver, &mut x, 2000, &mut history);
        assert!(history.values.windows(2).all(|pair| pair[1] < pair[0]));
        assert!(history.values[2000] < 1e-2, "{}", history.values[2000]);
    }

    #[test]
    fn at_a_stationary_point_it_stalls() {
        let mut x = array![0.0];
        let mut solver = Backtracking::default();
        let stop = minimize(&Quadratic::square(), &mut solver, &mut x, 9, &mut ());
        assert_eq!((stop, x[0]), (Stop::Stalled { at: 0 }, 0.0));
    }

    #[test]
    fn gradients_too_large_to_square_are_followed() {
        let mut x = array![1e200_f64];
        let mut solver = Backtracking::default();
        let steep = Quadratic::diagonal(&[1e100]);
        let stop = minimize(&steep, &mut solver, &mut x, 1, &mut ());
        // f(1e200) is infinite: nothing can be lower by a known amount
        assert_eq!(stop, Stop::Stalled { at: 0 });
        let line = crate::objective::FnObjective::new(
            1,
            |x: &ArrayRef1<f64>| 1e300 * x[0].abs(),
            |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| grad[0] = 1e300 * x[0].signum(),
        );
        let mut x = array![1.0];
        solver.reset();
        assert_eq!(
            minimize(&line, &mut solver, &mut x, 1, &mut ()),
            Stop::MaxSteps
        );
        assert!(x[0].abs() < 1.0);
    }

    #[test]
    #[should_panic(expected = "initial_step must be finite and > 0, got 0; 1 is the default")]
    fn initial_step_zero() {
        Backtracking::default().initial_step(0.0);
    }

    #[test]
    #[should_panic(expected = "rho must be in (0, 1), got 1; 0.5 is the default")]
    fn rho_one() {
        Backtracking::default().rho(1.0);
    }

    #[test]
    #[should_panic(expected = "c1 must be in (0, 1), got NaN; 1e-4 is the default")]
    fn c1_not_a_number() {
        Backtracking::default().c1(f64::NAN);
    }
}
