//! Booth's function: a tilted bowl.

use ndarray::{Array1, ArrayRef1, ArrayRef2, array};

use super::{TestFunction, TwiceDifferentiable, check_dim};
use crate::{Float, Objective};

/// f(x, y) = (x + 2y − 7)² + (2x + y − 5)², Booth's function: a quadratic bowl with its minimum 0 at
/// (1, 3), and axes along the diagonals.
///
/// The Hessian has the eigenvalues 18 and 2, so plain descent needs a learning rate below 1/9.
/// Jamil and Yang, “A Literature Survey of Benchmark Functions for Global Optimization Problems”,
/// 2013, no. 17, arXiv:1308.4008.
///
/// ```
/// use gd_core::{Objective, objective::Booth};
///
/// assert_eq!(Booth.value(&ndarray::array![1.0, 3.0]), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Booth;

/// x + 2y − 7 and 2x + y − 5.
fn terms<F: Float>(p: &ArrayRef1<F>) -> [F; 2] {
    let (x, y, two) = (p[0], p[1], F::of(2.0));
    [x + two * y - F::of(7.0), two * x + y - F::of(5.0)]
}

impl<F: Float> Objective<F> for Booth {
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
        let [a, b] = terms(x);
        grad[0] = F::of(2.0) * a + F::of(4.0) * b;
        grad[1] = F::of(4.0) * a + F::of(2.0) * b;
    }
}

impl<F: Float> TwiceDifferentiable<F> for Booth {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, 2);
        hessian.fill(F::of(8.0));
        hessian.diag_mut().fill(F::of(10.0));
    }
}

impl<F: Float> TestFunction<F> for Booth {
    fn name(&self) -> &'static str {
        "Booth"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![array![F::one(), F::of(3.0)]]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-10.0), F::of(10.0)]; 2]
    }
}
