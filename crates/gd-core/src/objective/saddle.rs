//! x² − y², the simplest saddle.

use ndarray::{ArrayRef1, ArrayRef2};

use super::{TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x, y) = x² − y², ∇f = (2x, −2y): a minimum along x and a maximum along y.
///
/// Unbounded below. Gradient descent with learning rate η multiplies x by 1 − 2η and y by 1 + 2η
/// at each update: it leaves the saddle, unless y is exactly 0.
///
/// ```
/// use gd_core::{Objective, objective::Saddle};
/// use ndarray::array;
///
/// let mut grad = array![0.0, 0.0];
/// Saddle.gradient(&array![1.0, 0.001], &mut grad);
/// assert_eq!(grad, array![2.0, -0.002]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saddle;

impl<F: Float> Objective<F> for Saddle {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim(x, 2);
        x[0] * x[0] - x[1] * x[1]
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim(x, 2);
        grad[0] = F::of(2.0) * x[0];
        grad[1] = F::of(-2.0) * x[1];
    }
}

impl<F: Float> TwiceDifferentiable<F> for Saddle {
    fn hessian(&self, _: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        hessian.fill(F::zero());
        hessian[[0, 0]] = F::of(2.0);
        hessian[[1, 1]] = F::of(-2.0);
    }
}
