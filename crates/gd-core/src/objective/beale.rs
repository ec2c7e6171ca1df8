//! Beale's function: a curved valley between walls.

use ndarray::{Array1, ArrayRef1, ArrayRef2, array};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)², Beale's function.
///
/// The minimum 0 is at (3, 0.5), in a narrow valley that bends along y = 1, where f is flat; towards
/// the corners of [−4.5, 4.5]² f grows beyond 10⁵. (0, 1) is a saddle.
///
/// E. M. L. Beale, “On an iterative method of finding a local minimum of a function of more than
/// one variable”, Princeton, 1958; no. 5 in Moré, Garbow and Hillstrom, “Testing Unconstrained
/// Optimization Software”, 1981, doi:10.1145/355934.355936.
///
/// ```
/// use gd_core::{Objective, objective::Beale};
///
/// assert_eq!(Beale.value(&ndarray::array![3.0, 0.5]), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beale;

/// The k-th term is cₖ − x(1 − yᵏ).
const CONSTANTS: [f64; 3] = [1.5, 2.25, 2.625];

/// For k = 1, 2, 3 the term t, its derivatives t_x = yᵏ − 1 and t_y = kxyᵏ⁻¹, and yᵏ⁻¹.
fn terms<F: Float>(p: &ArrayRef1<F>) -> impl Iterator<Item = (F, F, F, F)> {
    let (x, y) = (p[0], p[1]);
    let mut power = F::one();
    CONSTANTS.into_iter().zip(1..).map(move |(c, k)| {
        let before = power;
        power *= y;
        let t_x = power - F::one();
        (
            F::of(c) + x * t_x,
            t_x,
            F::of(f64::from(k)) * x * before,
            before,
        )
    })
}

impl<F: Float> Objective<F> for Beale {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 2);
        terms(x).map(|(t, ..)| t * t).sum()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 2);
        grad.fill(F::zero());
        for (t, t_x, t_y, _) in terms(x) {
            grad[0] += F::of(2.0) * t * t_x;
            grad[1] += F::of(2.0) * t * t_y;
        }
    }
}

impl<F: Float> TwiceDifferentiable<F> for Beale {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 2);
        let two = F::of(2.0);
        hessian.fill(F::zero());
        // t_xy = kyᵏ⁻¹ and t_yy = k(k − 1)xyᵏ⁻², which is (0, 2x, 6xy)
        let t_yy = [F::zero(), two * x[0], F::of(6.0) * x[0] * x[1]];
        for (((t, t_x, t_y, power), k), t_yy) in terms(x).zip(1..).zip(t_yy) {
            let t_xy = F::of(f64::from(k)) * power;
            hessian[[0, 0]] += two * t_x * t_x;
            hessian[[0, 1]] += two * (t_x * t_y + t * t_xy);
            hessian[[1, 1]] += two * (t_y * t_y + t * t_yy);
        }
        hessian[[1, 0]] = hessian[[0, 1]];
    }
}

impl<F: Float> TestFunction<F> for Beale {
    fn name(&self) -> &'static str {
        "Beale"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![array![F::of(3.0), F::of(0.5)]]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-4.5), F::of(4.5)]; 2]
    }
}
