//! BFGS: Newton's method with a Hessian learnt on the way.

use std::ops::ControlFlow;

use ndarray::{Array1, Array2, ArrayRef1, linalg::general_mat_vec_mul};

use super::{
    Evaluations, Solver, StrongWolfe,
    quasi_newton::{InverseHessian, QuasiNewton},
};
use crate::{Float, Objective};

/// The method of Broyden, Fletcher, Goldfarb and Shanno.
///
/// H, a symmetric positive definite d×d matrix, estimates the inverse Hessian. With g = ∇f(x), s
/// the step and y the change of g over it, all of length d, and ρ = 1/sᵀy:
///
/// ```text
/// x ← x − αHg                                  α by StrongWolfe, 1 tried first
/// H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ           the nearest H that maps y to s
/// ```
///
/// At the first update H = I, or I/‖g‖ if that is less; it is multiplied by sᵀy/yᵀy before it first
/// learns. A step with sᵀy ≤ ε‖s‖‖y‖, which strong Wolfe steps do not have, is not learnt from. If
/// the direction is not one of descent or no lower point is found along it, H is forgotten and
/// steepest descent tried; if that finds none either, x stays and the run ends with
/// [`Stop::Stalled`](crate::Stop::Stalled).
///
/// An update costs of the order of d² and memory for d² numbers: for large d see
/// [`Lbfgs`](super::Lbfgs). Near a minimum convergence is superlinear.
///
/// C. G. Broyden, doi:10.1093/imamat/6.1.76; R. Fletcher, doi:10.1093/comjnl/13.3.317;
/// D. Goldfarb, doi:10.1090/S0025-5718-1970-0258249-6; D. F. Shanno,
/// doi:10.1090/S0025-5718-1970-0274029-X, all 1970. Nocedal and Wright, “Numerical Optimization”,
/// 2nd ed. 2006, Algorithm 6.1, doi:10.1007/978-0-387-40065-5.
///
/// ```
/// use gd_core::{Limit, Stop, minimize, objective::Rosenbrock, solver::Bfgs};
/// use ndarray::array;
///
/// let mut x = array![-1.2_f64, 1.0];
/// let limit = Limit::steps(60).gradient_below(1e-8);
/// let stop = minimize(&Rosenbrock::new(2), &mut Bfgs::default(), &mut x, limit, &mut ());
/// assert_eq!(stop, Stop::Converged);
/// assert!((x[0] - 1.0).abs() < 1e-8);
/// ```
#[derive(Clone, Debug)]
pub struct Bfgs<F> {
    method: QuasiNewton<F, Dense<F>>,
}

impl<F: Float> Default for Bfgs<F> {
    fn default() -> Self {
        Self {
            method: QuasiNewton::new(Dense::new()),
        }
    }
}

impl<F: Float> Bfgs<F> {
    /// The line search: `StrongWolfe::default()`, which is (1e-4, 0.9), by default.
    pub fn line_search(mut self, line_search: StrongWolfe<F>) -> Self {
        self.method.line_search = line_search;
        self
    }

    /// What the updates cost so far.
    pub fn evaluations(&self) -> Evaluations {
        self.method.probe.evaluations
    }

    /// H, the estimate of the inverse Hessian, d×d; None until it learnt from a step.
    pub fn inverse_hessian(&self) -> Option<&Array2<F>> {
        let dense = &self.method.inverse_hessian;
        dense.learnt.then_some(&dense.h)
    }

    /// Forgets all updates: [`Solver::reset`] without having to name the problem.
    pub fn reset(&mut self) {
        self.method.reset();
    }
}

impl<F: Float, P: Objective<F> + ?Sized> Solver<F, P> for Bfgs<F> {
    fn evaluate(&mut self, problem: &P, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        self.method.probe.evaluate(problem, x, grad);
    }

    /// # Panics
    /// If the length of `x` is not that of the update before.
    fn advance(
        &mut self,
        problem: &P,
        _: usize,
        x: &mut ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> ControlFlow<()> {
        self.method.advance(problem, x, grad)
    }

    fn reset(&mut self) {
        self.reset();
    }
}

/// H as a matrix.
#[derive(Clone, Debug)]
struct Dense<F> {
    h: Array2<F>,
    h_y: Array1<F>,
    learnt: bool,
}

impl<F: Float> Dense<F> {
    fn new() -> Self {
        Self {
            h: Array2::zeros((0, 0)),
            h_y: Array1::zeros(0),
            learnt: false,
        }
    }
}

impl<F: Float> InverseHessian<F> for Dense<F> {
    fn allocate(&mut self, len: usize) {
        self.h = Array2::zeros((len, len));
        self.h_y = Array1::zeros(len);
        self.learnt = false;
    }

    fn is_empty(&self) -> bool {
        !self.learnt
    }

    fn direction(&mut self, grad: &ArrayRef1<F>, d: &mut ArrayRef1<F>) {
        general_mat_vec_mul(-F::one(), &self.h, grad, F::zero(), d);
    }

    fn learn(&mut self, s: &ArrayRef1<F>, y: &ArrayRef1<F>, sy: F) {
        let Self { h, h_y, learnt } = self;
        if !*learnt {
            h.fill(F::zero());
            h.diag_mut().fill(sy / y.dot(y));
            *learnt = true;
        }
        general_mat_vec_mul(F::one(), h, y, F::zero(), h_y);
        // H − ρ(s(Hy)ᵀ + (Hy)sᵀ) + (1 + ρyᵀHy)ρssᵀ: the update, multiplied out
        let growth = F::one() + y.dot(h_y) / sy;
        for i in 0..s.len() {
            let s_i = s[i] / sy;
            for j in 0..=i {
                h[[i, j]] += growth * s_i * s[j] - s_i * h_y[j] - h_y[i] * (s[j] / sy);
                h[[j, i]] = h[[i, j]];
            }
        }
    }

    fn clear(&mut self) {
        self.learnt = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Limit, Stop, linalg::norm, minimize, objective::Quadratic,
        solver::quasi_newton::tests::updated,
    };
    use ndarray::array;

    #[test]
    fn the_estimate_maps_y_to_s() {
        let mut dense = Dense::new();
        dense.allocate(3);
        let steps = [
            (array![1.0, 2.0, -0.5], array![2.0, 1.0, 0.3]),
            (array![-0.3, 0.1, 0.7], array![0.1, 0.4, 2.0]),
        ];
        for (s, y) in &steps {
            dense.learn(s, y, s.dot(y));
            assert!(norm((dense.h.dot(y) - s).iter().copied()) < 1e-15);
            assert_eq!(dense.h, dense.h.t());
        }
        // by the formula, from (sᵀy/yᵀy) I
        let mut h = Array2::eye(3) * (steps[0].0.dot(&steps[0].1) / steps[0].1.dot(&steps[0].1));
        for (s, y) in &steps {
            h = updated(&h, s, y);
        }
        assert!((&dense.h - h).iter().all(|e: &f64| e.abs() < 1e-14));
    }

    #[test]
    fn it_learns_the_inverse_of_a_constant_hessian() {
        let quadratic = Quadratic::<f64>::ravine().rotated(0.4);
        let mut solver = Bfgs::default().line_search(StrongWolfe::new(1e-4, 1e-3));
        assert!(solver.inverse_hessian().is_none());
        let mut x = array![-4.0, 1.0];
        // exact searches: conjugate directions, so two updates, and H is exact after them
        let limit = Limit::steps(2).gradient_below(1e-9);
        let stop = minimize(&quadratic, &mut solver, &mut x, limit, &mut ());
        assert_eq!(stop, Stop::Converged);
        let product = solver
            .inverse_hessian()
            .expect("two steps")
            .dot(&quadratic.constant_hessian());
        let identity = Array2::<f64>::eye(2);
        assert!((product - identity).iter().all(|e| e.abs() < 1e-9));
    }

    #[test]
    #[should_panic(expected = "state has length 1, but x has length 2; call reset()")]
    fn changed_dimension() {
        let mut solver = Bfgs::default();
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![4.0],
            1,
            &mut (),
        );
        minimize(
            &Quadratic::bowl(),
            &mut solver,
            &mut array![4.0, 3.0],
            1,
            &mut (),
        );
    }

    #[test]
    fn reset_allows_another_dimension() {
        let mut solver = Bfgs::default();
        minimize(
            &Quadratic::square(),
            &mut solver,
            &mut array![4.0],
            1,
            &mut (),
        );
        solver.reset();
        assert_eq!(solver.evaluations(), Evaluations::default());
        let mut x = array![4.0, 3.0];
        minimize(&Quadratic::bowl(), &mut solver, &mut x, 20, &mut ());
        assert!(norm(x.iter().copied()) < 1e-6);
    }
}
