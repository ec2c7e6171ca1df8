//! eˣ: convex, and without a minimum.

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x) = eˣ: strictly convex, bounded below by 0, and yet without a minimum. Descent walks left
/// for ever, ever slower: after t small steps x ≈ −ln(ηt).
///
/// ```
/// use gd_core::{Objective, objective::Exponential};
///
/// assert_eq!(Exponential.value(&ndarray::array![0.0]), 1.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exponential;

impl<F: Float> Objective<F> for Exponential {
    fn dim(&self) -> usize {
        1
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 1);
        x[0].exp()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 1);
        grad[0] = x[0].exp();
    }
}

impl<F: Float> TwiceDifferentiable<F> for Exponential {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 1);
        hessian[[0, 0]] = x[0].exp();
    }
}

impl<F: Float> TestFunction<F> for Exponential {
    fn name(&self) -> &'static str {
        "exponential"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        Vec::new()
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-4.0), F::of(2.0)]]
    }
}
