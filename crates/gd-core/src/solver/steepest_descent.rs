//! Steepest descent to the (nearly) lowest point along the gradient.

use std::ops::ControlFlow;

use ndarray::{Array1, ArrayRef1};

use super::{Evaluations, Solver, StrongWolfe, probe::Probe};
use crate::{Float, Objective, linalg::norm};

/// Steepest descent with a line search: x ← x − αg, with α by [`StrongWolfe`].
///
/// g = ∇f(x), of length d like x. With the default c₂ = 0.1 the line search is nearly exact: it
/// stops where the slope along g has faded to a tenth, so each step is nearly orthogonal to the
/// next. That is Cauchy's method, and what makes it zigzag in a ravine: for a quadratic with
/// condition number κ, exact searches multiply f by ((κ − 1)/(κ + 1))² per update in the worst
/// case, no better than the best constant learning rate.
///
/// The first α tried is the last one found; at the first update it is 1, or 1/‖g‖ if that is less.
/// Where no lower point is found x stays, and the run ends with
/// [`Stop::Stalled`](crate::Stop::Stalled).
///
/// A. Cauchy, “Méthode générale pour la résolution des systèmes d’équations simultanées”, 1847.
/// Nocedal and Wright, “Numerical Optimization”, 2nd ed. 2006, sections 3.1 and 3.3,
/// doi:10.1007/978-0-387-40065-5.
///
/// ```
/// use gd_core::{minimize, objective::Quadratic, solver::{SteepestDescent, StrongWolfe}};
/// use ndarray::array;
///
/// // the worst start, with exact searches: f shrinks by (49/51)² at each update
/// let ravine = Quadratic::<f64>::ravine();
/// let exact = StrongWolfe::new(1e-4, 1e-3);
/// let mut x = array![50.0, 1.0];
/// minimize(&ravine, &mut SteepestDescent::default().line_search(exact), &mut x, 2, &mut ());
/// let shrunk = (49.0_f64 / 51.0).powi(2);
/// assert!((x[0] - 50.0 * shrunk).abs() < 1e-9 && (x[1] - shrunk).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct SteepestDescent<F> {
    line_search: StrongWolfe<F>,
    probe: Probe<F>,
    /// The α of the last update.
    alpha: Option<F>,
    /// −g/‖g‖: a length that cannot overflow.
    d: Array1<F>,
}

impl<F: Float> Default for SteepestDescent<F> {
    fn default() -> Self {
        Self {
            line_search: StrongWolfe::new(F::of(1e-4), F::of(0.1)),
            probe: Probe::new(),
            alpha: None,
            d: Array1::zeros(0),
        }
    }
}

impl<F: Float> SteepestDescent<F> {
    /// The line search: `StrongWolfe::new(1e-4, 0.1)` by default. A smaller c₂ comes nearer to the
    /// lowest point along g.
    pub fn line_search(mut self, line_search: StrongWolfe<F>) -> Self {
        self.line_search = line_search;
        self
    }

    /// What the updates cost so far.
    pub fn evaluations(&self) -> Evaluations {
        self.probe.evaluations
    }

    /// Forgets all updates: [`Solver::reset`] without having to name the problem.
    pub fn reset(&mut self) {
        self.probe = Probe::new();
        self.alpha = None;
    }
}

impl<F: Float, P: Objective<F> + ?Sized> Solver<F, P> for SteepestDescent<F> {
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
        let norm = norm(grad.iter().copied());
        if self.d.len() != x.len() {
            self.d = Array1::zeros(x.len());
        }
        self.d.zip_mut_with(grad, |d, &g| *d = -g / norm);

        let alpha = self.alpha.unwrap_or(norm.recip().min(F::one()));
        let (probe, d) = (&mut self.probe, &self.d);
        let found = self
            .line_search
            .search(value, -norm, alpha * norm, |length| {
                probe.value_and_slope_along(problem, x, d, length)
            });
        let Some(step) = found else {
            return ControlFlow::Break(());
        };
        self.alpha = Some(step.alpha / norm);
        self.probe.accept(x);
        ControlFlow::Continue(())
    }

    fn reset(&mut self) {
        self.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limit, Stop, minimize, objective::Quadratic, observer::Trajectory};
    use ndarray::array;

    #[test]
    fn steps_of_exact_searches_are_orthogonal() {
        let exact = StrongWolfe::new(1e-8, 1e-6);
        let mut path = Trajectory::new();
        let mut x = array![-4.0_f64, 1.0];
        let mut solver = SteepestDescent::default().line_search(exact);
        minimize(&Quadratic::ravine(), &mut solver, &mut x, 10, &mut path);
        for three in path.points.windows(3) {
            let (a, b) = (&three[1] - &three[0], &three[2] - &three[1]);
            assert!(a.dot(&b).abs() <= 1e-4 * norm(a.iter().copied()) * norm(b.iter().copied()));
        }
    }

    #[test]
    fn a_circle_takes_one_update() {
        let mut x = array![3.0_f64, -4.0];
        let mut solver = SteepestDescent::default();
        let limit = Limit::steps(1).gradient_below(1e-12);
        let circle = Quadratic::diagonal(&[7.0, 7.0]);
        let stop = minimize(&circle, &mut solver, &mut x, limit, &mut ());
        assert_eq!(stop, Stop::Converged);
        assert_eq!(solver.evaluations().values, solver.evaluations().gradients);
    }

    #[test]
    fn dimensions_may_change() {
        let mut solver = SteepestDescent::default();
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![1.0],
            3,
            &mut (),
        );
        let mut x = array![1.0, 1.0];
        minimize(&Quadratic::bowl(), &mut solver, &mut x, 3, &mut ());
        assert!(norm(x.iter().copied()) < 0.1);
    }
}
