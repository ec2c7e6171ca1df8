//! A pit in a plain: far from it, the gradient vanishes.

use ndarray::{Array1, ArrayRef1, ArrayRef2, array};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x, y) = 1 − exp(−(x² + y²)/2): a pit at the origin in a plain of height 1.
///
/// ‖∇f‖ = r·exp(−r²/2) at distance r: at most 0.61, at r = 1, and 1.9·10⁻⁵ at r = 5. A tolerance on
/// the gradient alone takes the plain for a minimum. Convex only for r ≤ 1.
///
/// ```
/// use gd_core::{Objective, objective::Plateau};
/// use ndarray::array;
///
/// let mut grad = array![0.0, 0.0];
/// Plateau.gradient(&array![5.0, 0.0], &mut grad);
/// assert!(Plateau.value(&array![5.0, 0.0]) > 0.999 && grad[0] < 2e-5);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plateau;

/// exp(−(x² + y²)/2).
fn height<F: Float>(p: &ArrayRef1<F>) -> F {
    (-(p[0] * p[0] + p[1] * p[1]) / F::of(2.0)).exp()
}

impl<F: Float> Objective<F> for Plateau {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 2);
        -(-(x[0] * x[0] + x[1] * x[1]) / F::of(2.0)).exp_m1()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 2);
        let e = height(x);
        grad[0] = x[0] * e;
        grad[1] = x[1] * e;
    }
}

impl<F: Float> TwiceDifferentiable<F> for Plateau {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 2);
        let e = height(x);
        hessian[[0, 0]] = (F::one() - x[0] * x[0]) * e;
        hessian[[0, 1]] = -x[0] * x[1] * e;
        hessian[[1, 0]] = hessian[[0, 1]];
        hessian[[1, 1]] = (F::one() - x[1] * x[1]) * e;
    }
}

impl<F: Float> TestFunction<F> for Plateau {
    fn name(&self) -> &'static str {
        "plateau"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![array![F::zero(), F::zero()]]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-5.0), F::of(5.0)]; 2]
    }
}
