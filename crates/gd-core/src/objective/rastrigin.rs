//! Rastrigin's function: a bowl with an egg-box in it.

use std::f64::consts::PI;

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim, check_new_dim};
use crate::{Float, Objective};

/// f(x) = Σ xᵢ² + 10(1 − cos 2πxᵢ), Rastrigin's function in d dimensions.
///
/// The minimum 0 is at the origin; there is a local minimum near every point with whole coordinates
/// as far as 2|xᵢ| < 20π, so that a method which only goes down ends in the one where it starts.
///
/// L. A. Rastrigin, “Systems of Extremal Control”, Nauka, 1974 (in Russian), d = 2; in d dimensions
/// H. Mühlenbein, M. Schomisch and J. Born, 1991, doi:10.1016/S0167-8191(05)80052-3.
///
/// ```
/// use gd_core::{Objective, objective::Rastrigin};
///
/// assert!((Rastrigin::new(2).value(&ndarray::array![1.0_f64, -2.0]) - 5.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rastrigin {
    dim: usize,
}

impl Rastrigin {
    /// In `dim` dimensions.
    ///
    /// # Panics
    /// If `dim` is less than 1.
    #[track_caller]
    pub fn new(dim: usize) -> Self {
        check_new_dim(dim, 1);
        Self { dim }
    }
}

impl<F: Float> Objective<F> for Rastrigin {
    fn dim(&self) -> usize {
        self.dim
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, self.dim);
        x.iter()
            .map(|&x| x * x + F::of(10.0) * (F::one() - (F::of(2.0 * PI) * x).cos()))
            .sum()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, self.dim);
        for (g, &x) in grad.iter_mut().zip(x) {
            *g = F::of(2.0) * x + F::of(20.0 * PI) * (F::of(2.0 * PI) * x).sin();
        }
    }
}

impl<F: Float> TwiceDifferentiable<F> for Rastrigin {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, self.dim);
        hessian.fill(F::zero());
        for (h, &x) in hessian.diag_mut().iter_mut().zip(x) {
            *h = F::of(2.0) + F::of(40.0 * PI * PI) * (F::of(2.0 * PI) * x).cos();
        }
    }
}

impl<F: Float> TestFunction<F> for Rastrigin {
    fn name(&self) -> &'static str {
        "Rastrigin"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![Array1::zeros(self.dim)]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-5.12), F::of(5.12)]; self.dim]
    }
}
