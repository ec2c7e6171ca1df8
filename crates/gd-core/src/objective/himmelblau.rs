//! Himmelblau's function: four minima of the same depth.

use ndarray::{Array1, ArrayRef1, ArrayRef2, array};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x, y) = (x² + y − 11)² + (x + y² − 7)², Himmelblau's function.
///
/// Four minima of value 0, four saddles and a maximum near (−0.27, −0.92): which minimum is found
/// depends on the start alone.
///
/// D. M. Himmelblau, “Applied Nonlinear Programming”, McGraw-Hill, 1972.
///
/// ```
/// use gd_core::{Objective, objective::Himmelblau};
///
/// assert_eq!(Himmelblau.value(&ndarray::array![3.0, 2.0]), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Himmelblau;

/// x² + y − 11 and x + y² − 7.
fn terms<F: Float>(p: &ArrayRef1<F>) -> [F; 2] {
    let (x, y) = (p[0], p[1]);
    [x * x + y - F::of(11.0), x + y * y - F::of(7.0)]
}

impl<F: Float> Objective<F> for Himmelblau {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 2);
        let [a, b] = terms(x);
        a * a + b * b
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 2);
        let ([a, b], two, four) = (terms(x), F::of(2.0), F::of(4.0));
        grad[0] = four * x[0] * a + two * b;
        grad[1] = two * a + four * x[1] * b;
    }
}

impl<F: Float> TwiceDifferentiable<F> for Himmelblau {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 2);
        let ([a, b], two, four, eight) = (terms(x), F::of(2.0), F::of(4.0), F::of(8.0));
        hessian[[0, 0]] = eight * x[0] * x[0] + four * a + two;
        hessian[[0, 1]] = four * (x[0] + x[1]);
        hessian[[1, 0]] = hessian[[0, 1]];
        hessian[[1, 1]] = two + eight * x[1] * x[1] + four * b;
    }
}

/// The minima besides (3, 2), rounded to `f64`.
const IRRATIONAL_MINIMA: [[f64; 2]; 3] = [
    [-2.805118086952745, 3.131312518250573],
    [-3.779310253377747, -3.2831859912861696],
    [3.5844283403304917, -1.8481265269644036],
];

impl<F: Float> TestFunction<F> for Himmelblau {
    fn name(&self) -> &'static str {
        "Himmelblau"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        let rounded = IRRATIONAL_MINIMA.map(|[x, y]| array![F::of(x), F::of(y)]);
        std::iter::once(array![F::of(3.0), F::of(2.0)])
            .chain(rounded)
            .collect()
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-5.0), F::of(5.0)]; 2]
    }
}
