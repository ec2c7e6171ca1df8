//! The monkey saddle: flat to second order, and yet no minimum.

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x, y) = x³ − 3xy²: a saddle with three ways down, two for the legs and one for the tail.
///
/// At the origin gradient and Hessian both vanish, so the second derivative test says nothing.
/// Unbounded below. Everywhere else the Hessian has the eigenvalues ±6√(x² + y²).
/// D. Hilbert and S. Cohn-Vossen, “Anschauliche Geometrie”, Springer, 1932, § 29.
///
/// ```
/// use gd_core::{Objective, objective::MonkeySaddle};
///
/// assert_eq!(MonkeySaddle.value(&ndarray::array![-1.0, 0.0]), -1.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonkeySaddle;

impl<F: Float> Objective<F> for MonkeySaddle {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 2);
        x[0] * (x[0] * x[0] - F::of(3.0) * x[1] * x[1])
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 2);
        grad[0] = F::of(3.0) * (x[0] * x[0] - x[1] * x[1]);
        grad[1] = F::of(-6.0) * x[0] * x[1];
    }
}

impl<F: Float> TwiceDifferentiable<F> for MonkeySaddle {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 2);
        let (x, y, six) = (x[0], x[1], F::of(6.0));
        hessian[[0, 0]] = six * x;
        hessian[[0, 1]] = -six * y;
        hessian[[1, 0]] = -six * y;
        hessian[[1, 1]] = -six * x;
    }
}

impl<F: Float> TestFunction<F> for MonkeySaddle {
    fn name(&self) -> &'static str {
        "monkey saddle"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        Vec::new()
    }
    fn minimum(&self) -> Option<F> {
        None
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-1.5), F::of(1.5)]; 2]
    }
}
