//! What a run cost.

use ndarray::{ArrayRef1, ArrayRef2};

use crate::{Float, Objective, objective::TwiceDifferentiable};

/// How often a solver asked for f(x), ∇f(x) and ∇²f(x) since it was made or reset.
///
/// An update of a line search costs several evaluations where one of
/// [`Descent`](super::Descent) costs one gradient: compare methods by these counts, not by updates.
/// What observers ask for is not counted.
///
/// ```
/// use gd_core::{minimize, objective::Quadratic, solver::Backtracking};
/// use ndarray::array;
///
/// // x² from 4: a step of 1 leads to −4, which is not lower; half of it, to the minimum
/// let mut solver = Backtracking::default();
/// minimize(&Quadratic::square(), &mut solver, &mut array![4.0], 1, &mut ());
/// let cost = solver.evaluations();
/// assert_eq!((cost.values, cost.gradients), (3, 2)); // at 4, −4, 0 and at 4, 0
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evaluations {
    /// Of f(x).
    pub values: usize,
    /// Of ∇f(x).
    pub gradients: usize,
    /// Of ∇²f(x).
    pub hessians: usize,
}

impl Evaluations {
    pub(super) fn value<F: Float>(
        &mut self,
        problem: &(impl Objective<F> + ?Sized),
        x: &ArrayRef1<F>,
    ) -> F {
        self.values += 1;
        problem.value(x)
    }

    pub(super) fn gradient<F: Float>(
        &mut self,
        problem: &(impl Objective<F> + ?Sized),
        x: &ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) {
        self.gradients += 1;
        problem.gradient(x, grad);
    }

    pub(super) fn value_and_gradient<F: Float>(
        &mut self,
        problem: &(impl Objective<F> + ?Sized),
        x: &ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) -> F {
        self.values += 1;
        self.gradients += 1;
        problem.value_and_gradient(x, grad)
    }

    pub(super) fn hessian<F: Float>(
        &mut self,
        problem: &(impl TwiceDifferentiable<F> + ?Sized),
        x: &ArrayRef1<F>,
        hessian: &mut ArrayRef2<F>,
    ) {
        self.hessians += 1;
        problem.hessian(x, hessian);
    }
}
