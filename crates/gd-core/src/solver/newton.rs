//! Newton's method, safe or pure.

use std::ops::ControlFlow;

use ndarray::{Array1, Array2, ArrayRef1};

use super::{
    Evaluations, Solver,
    armijo::Armijo,
    linear_system::{cholesky, eliminate, solve_cholesky},
    probe::Probe,
};
use crate::{Float, linalg::norm, objective::TwiceDifferentiable};

/// Newton's method: to the stationary point of the second-order Taylor polynomial.
///
/// With g = ∇f(x) of length d and the Hessian H = ∇²f(x), d×d:
///
/// ```text
/// (H + τI) p = −g
/// x ← x + αp
/// ```
///
/// Two forms:
/// - [`Newton::pure`]: τ = 0, α = 1 whatever comes. Near a minimum with H positive definite the
///   number of right digits doubles at each update; elsewhere it goes to saddles and maxima as
///   readily as to minima, and may diverge. If H is singular there is no step.
/// - [`Newton::default`]: τ is 0 where H is positive definite, else (Nocedal and Wright, Algorithm
///   3.3) −minᵢ Hᵢᵢ + β, or β if that is less, and doubled until H + τI is positive definite, so
///   that p points downhill; β is a thousandth of H's Frobenius norm. α is the first of 1, ½, ¼, …
///   that lowers f enough, as in [`Backtracking`](super::Backtracking) with c₁ = 1e-4.
///
/// Without a step (f falls nowhere along p, g = 0, or H is not finite) x stays and the run ends with
/// [`Stop::Stalled`](crate::Stop::Stalled). An update costs of the order of d³.
///
/// Nocedal and Wright, “Numerical Optimization”, 2nd ed. 2006, sections 3.3 and 3.4,
/// doi:10.1007/978-0-387-40065-5.
///
/// ```
/// use gd_core::{minimize, objective::{DoubleWell, Quadratic}, solver::Newton};
/// use ndarray::array;
///
/// // a quadratic is its own Taylor polynomial: one update
/// let mut x = array![-4.0_f64, 1.0];
/// minimize(&Quadratic::ravine(), &mut Newton::pure(), &mut x, 1, &mut ());
/// assert_eq!(x, array![0.0, 0.0]);
///
/// // x⁴ − 4x² + 0.5x from 0.1, near its local maximum at 0.063: uphill, and downhill
/// let mut up = array![0.1_f64];
/// minimize(&DoubleWell, &mut Newton::pure(), &mut up, 20, &mut ());
/// assert!((up[0] - 0.063).abs() < 1e-3);
/// let mut down = array![0.1_f64];
/// minimize(&DoubleWell, &mut Newton::default(), &mut down, 20, &mut ());
/// assert!(down[0] > 1.3);
/// ```
#[derive(Clone, Debug)]
pub struct Newton<F> {
    pure: bool,
    backtracking: bool,
    armijo: Armijo<F>,
    probe: Probe<F>,
    h: Array2<F>,
    /// Where H + τI is factorised.
    factor: Array2<F>,
    p: Array1<F>,
}

impl<F: Float> Default for Newton<F> {
    fn default() -> Self {
        Self {
            pure: false,
            backtracking: true,
            armijo: Armijo::default(),
            probe: Probe::new(),
            h: Array2::zeros((0, 0)),
            factor: Array2::zeros((0, 0)),
            p: Array1::zeros(0),
        }
    }
}

impl<F: Float> Newton<F> {
    /// x ← x − H⁻¹g and nothing else.
    pub fn pure() -> Self {
        Self {
            pure: true,
            backtracking: false,
            ..Self::default()
        }
    }

    /// Whether α is searched for: true in the default form, false (α = 1) in the pure one. In the
    /// pure form with a search, a p that does not point downhill ends the run.
    pub fn backtracking(mut self, backtracking: bool) -> Self {
        self.backtracking = backtracking;
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

    /// Fills p; false if there is no step.
    fn solve(&mut self, grad: &ArrayRef1<F>) -> bool {
        if self.pure {
            self.p.assign(grad);
            return eliminate(&mut self.h, &mut self.p) && self.turn(grad).is_some();
        }
        let size = norm(self.h.iter().copied());
        if !size.is_finite() {
            return false;
        }
        let beta = match size.is_zero() {
            true => F::one(),
            false => F::of(1e-3) * size,
        };
        let least = self.h.diag().iter().copied().fold(F::infinity(), F::min);
        let mut tau = match least > F::zero() {
            true => F::zero(),
            false => beta - least,
        };
        // H + 2‖H‖I is positive definite, and β is doubled to that in 11 turns; the others are for a
        // p that overflows.
        for _ in 0..60 {
            self.factor.assign(&self.h);
            self.factor.diag_mut().mapv_inplace(|v| v + tau);
            if cholesky(&mut self.factor) {
                self.p.assign(grad);
                solve_cholesky(&self.factor, &mut self.p);
                if self.turn(grad).is_some_and(|slope| slope < F::zero()) {
                    return true;
                }
            }
            tau = beta.max(F::of(2.0) * tau);
        }
        false
    }

    /// p ← −p; gᵀp, if p is finite and not 0.
    fn turn(&mut self, grad: &ArrayRef1<F>) -> Option<F> {
        self.p.mapv_inplace(|p| -p);
        let usable = self.p.iter().all(|p| p.is_finite()) && self.p.iter().any(|p| !p.is_zero());
        usable.then(|| grad.dot(&self.p))
    }
}

impl<F: Float, P: TwiceDifferentiable<F> + ?Sized> Solver<F, P> for Newton<F> {
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        match self.backtracking {
            true => self.probe.evaluate(problem, x, grad),
            false => self.probe.evaluations.gradient(problem, x, grad),
        }
    }

    fn advance(
        &mut self,
        problem: &P,
        _: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()> {
        let d = x.len();
        if self.p.len() != d {
            self.h = Array2::zeros((d, d));
            self.factor = Array2::zeros((d, d));
            self.p = Array1::zeros(d);
        }
        self.probe.evaluations.hessian(problem, x, &mut self.h);
        if !self.solve(grad) {
            return ControlFlow::Break(());
        }
        if !self.backtracking {
            x.scaled_add(F::one(), &self.p);
            return ControlFlow::Continue(());
        }
        let value = self.probe.value(problem, x);
        let (probe, p) = (&mut self.probe, &self.p);
        let found = self
            .armijo
            .search(value, |alpha| probe.value_along(problem, x, grad, p, alpha));
        if found.is_none() {
            return ControlFlow::Break(());
        }
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
    use crate::{
        Limit, Stop, minimize,
        objective::{Himmelblau, Quadratic, Quartic, Rosenbrock, Saddle},
        observer::LossHistory,
    };
    use ndarray::array;

    #[test]
    fn the_pure_form_goes_to_the_saddle_and_the_safe_one_down() {
        let start = array![1.0_f64, 1e-3];
        let mut x = start.clone();
        minimize(&Saddle, &mut Newton::pure(), &mut x, 1, &mut ());
        assert_eq!(x, array![0.0, 0.0]);
        let (mut x, mut history) = (start, LossHistory::new());
        minimize(&Saddle, &mut Newton::default(), &mut x, 10, &mut history);
        assert!(history.values.windows(2).all(|pair| pair[1] < pair[0]));
        assert!(history.values[10] < -1.0);
        // Himmelblau's function has a maximum near (−0.27, −0.92)
        let mut x = array![-0.3_f64, -0.9];
        let limit = Limit::steps(10).gradient_below(1e-9);
        let stop = minimize(&Himmelblau, &mut Newton::pure(), &mut x, limit, &mut ());
        assert_eq!(stop, Stop::Converged);
        assert!((x[0] + 0.270_844_6).abs() < 1e-6 && (x[1] + 0.923_038_5).abs() < 1e-6);
    }

    #[test]
    fn digits_double() {
        let mut errors = Vec::new();
        let mut x = array![1.2_f64, 1.2];
        minimize(
            &Rosenbrock::new(2),
            &mut Newton::pure(),
            &mut x,
            6,
            &mut |moment: &crate::Snapshot<'_, f64>| {
                errors.push((moment.x[0] - 1.0).hypot(moment.x[1] - 1.0));
                ControlFlow::Continue(())
            },
        );
        assert!(errors[6] < 1e-14, "{errors:?}");
    }

    #[test]
    fn counts() {
        let (mut pure, mut safe) = (Newton::pure(), Newton::default());
        let mut x = array![2.0_f64];
        minimize(&Quartic, &mut pure, &mut x, 3, &mut ());
        assert!((x[0] - 2.0 * (2.0_f64 / 3.0).powi(3)).abs() < 1e-15);
        let cost = pure.evaluations();
        assert_eq!((cost.values, cost.gradients, cost.hessians), (0, 4, 3));
        let mut y = array![2.0_f64];
        minimize(&Quartic, &mut safe, &mut y, 3, &mut ());
        assert!((x[0] - y[0]).abs() < 1e-15);
        let cost = safe.evaluations();
        assert_eq!((cost.values, cost.gradients, cost.hessians), (4, 4, 3));
    }

    #[test]
    fn a_singular_hessian() {
        let flat = Quadratic::diagonal(&[0.0_f64, 1.0]);
        let mut x = array![3.0, 2.0];
        let stop = minimize(&flat, &mut Newton::pure(), &mut x, 5, &mut ());
        assert_eq!((stop, &x), (Stop::Stalled { at: 0 }, &array![3.0, 2.0]));
        let limit = Limit::steps(5).gradient_below(1e-9);
        let stop = minimize(&flat, &mut Newton::default(), &mut x, limit, &mut ());
        assert_eq!((stop, x[0]), (Stop::Converged, 3.0));
    }

    #[test]
    fn a_hessian_that_vanishes_leaves_the_gradient() {
        let tilted = crate::objective::MonkeySaddle;
        let mut solver = Newton::default();
        let mut x = array![0.0_f64, 0.0];
        let stop = minimize(&tilted, &mut solver, &mut x, 5, &mut ());
        assert_eq!(stop, Stop::Stalled { at: 0 });
        solver.h.fill(0.0);
        assert!(solver.solve(&array![1.0, -2.0]));
        assert_eq!(solver.p, array![-1.0, 2.0]);
    }
}
