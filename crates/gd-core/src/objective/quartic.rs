//! x⁴: a curvature that vanishes at the minimum and grows without bound.

use ndarray::{Array1, ArrayRef1, ArrayRef2, array};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x) = x⁴, f′(x) = 4x³, f″(x) = 12x²: strictly convex with its minimum at 0, but no learning rate
/// suits every start (f″ is unbounded): from 4 with 0.1 descent diverges. Near 0, where f″ vanishes,
/// it creeps: |x| shrinks like 1/√(8ηt).
///
/// ```
/// use gd_core::{Objective, objective::Quartic};
///
/// assert_eq!(Quartic.value(&ndarray::array![2.0]), 16.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quartic;

impl<F: Float> Objective<F> for Quartic {
    fn dim(&self) -> usize {
        1
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 1);
        x[0].powi(4)
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 1);
        grad[0] = F::of(4.0) * x[0].powi(3);
    }
}

impl<F: Float> TwiceDifferentiable<F> for Quartic {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 1);
        hessian[[0, 0]] = F::of(12.0) * x[0] * x[0];
    }
}

impl<F: Float> TestFunction<F> for Quartic {
    fn name(&self) -> &'static str {
        "quartic"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![array![F::zero()]]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-2.0), F::of(2.0)]]
    }
}
