//! x² sin x: waves that grow.

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x) = x² sin x, f′(x) = 2x sin x + x² cos x, f″(x) = (2 − x²) sin x + 4x cos x.
///
/// Valleys of growing depth: from 3.6 (f′ = −14.8081) descent goes right, to the local minimum
/// [`XSquaredSinX::VALLEY`]. Unbounded below on the whole line.
///
/// ```
/// use gd_core::{Objective, objective::XSquaredSinX};
/// use ndarray::array;
///
/// let mut grad = array![0.0_f64];
/// XSquaredSinX.gradient(&array![3.6], &mut grad);
/// assert!((grad[0] + 14.8081).abs() < 5e-5);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct XSquaredSinX;

impl XSquaredSinX {
    /// The local minimum in [π, 2π]: the zero of 2 sin x + x cos x there, f ≈ −24.08296.
    pub const VALLEY: f64 = 5.08698509410227;
}

impl<F: Float> Objective<F> for XSquaredSinX {
    fn dim(&self) -> usize {
        1
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 1);
        x[0] * x[0] * x[0].sin()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 1);
        let (sin, cos) = x[0].sin_cos();
        grad[0] = F::of(2.0) * x[0] * sin + x[0] * x[0] * cos;
    }
}

impl<F: Float> TwiceDifferentiable<F> for XSquaredSinX {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 1);
        let (x, (sin, cos)) = (x[0], x[0].sin_cos());
        hessian[[0, 0]] = (F::of(2.0) - x * x) * sin + F::of(4.0) * x * cos;
    }
}

impl<F: Float> TestFunction<F> for XSquaredSinX {
    fn name(&self) -> &'static str {
        "x² sin x"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        Vec::new()
    }
    fn minimum(&self) -> Option<F> {
        None
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-2.0), F::of(8.0)]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_valley_is_a_minimum_of_its_known_depth() {
        let x = array![XSquaredSinX::VALLEY];
        let (mut grad, mut hessian) = (array![1.0], array![[0.0]]);
        XSquaredSinX.gradient(&x, &mut grad);
        XSquaredSinX.hessian(&x, &mut hessian);
        assert!(
            grad[0].abs() < 1e-13 && hessian[[0, 0]] > 0.0,
            "{grad} {hessian}"
        );
        assert!((XSquaredSinX.value(&x) + 24.08296).abs() < 5e-6);
    }
}
