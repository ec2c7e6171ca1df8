//! The function of Styblinski and Tang: a deep and a shallow pit along every axis.

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim, check_new_dim};
use crate::{Float, Objective};

/// f(x) = ½ Σ xᵢ⁴ − 16xᵢ² + 5xᵢ, the function of Styblinski and Tang in d dimensions.
///
/// Along each axis a deep minimum at [`StyblinskiTang::DEEP`] and a shallow one at
/// [`StyblinskiTang::SHALLOW`], so 2ᵈ minima, of which one is global: f = −39.166166·d.
///
/// M. A. Styblinski and T.-S. Tang, “Experiments in nonconvex optimization”, 1990,
/// doi:10.1016/0893-6080(90)90029-K.
///
/// ```
/// use gd_core::{Objective, objective::StyblinskiTang};
///
/// let deep = ndarray::array![StyblinskiTang::DEEP, StyblinskiTang::DEEP];
/// assert!((StyblinskiTang::new(2).value(&deep) + 78.33233140754282).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyblinskiTang {
    dim: usize,
}

impl StyblinskiTang {
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

impl StyblinskiTang {
    /// The global minimum along each axis: the least zero of 2x³ − 16x + 2.5.
    pub const DEEP: f64 = -2.903534027771177;
    /// The local minimum along each axis: the greatest zero of 2x³ − 16x + 2.5.
    pub const SHALLOW: f64 = 2.746802770990837;
}

impl<F: Float> Objective<F> for StyblinskiTang {
    fn dim(&self) -> usize {
        self.dim
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, self.dim);
        let twice = x
            .iter()
            .map(|&x| x.powi(4) - F::of(16.0) * x * x + F::of(5.0) * x);
        twice.sum::<F>() / F::of(2.0)
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, self.dim);
        for (g, &x) in grad.iter_mut().zip(x) {
            *g = F::of(2.0) * x.powi(3) - F::of(16.0) * x + F::of(2.5);
        }
    }
}

impl<F: Float> TwiceDifferentiable<F> for StyblinskiTang {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, self.dim);
        hessian.fill(F::zero());
        for (h, &x) in hessian.diag_mut().iter_mut().zip(x) {
            *h = F::of(6.0) * x * x - F::of(16.0);
        }
    }
}

impl<F: Float> TestFunction<F> for StyblinskiTang {
    fn name(&self) -> &'static str {
        "Styblinski–Tang"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![Array1::from_elem(self.dim, F::of(Self::DEEP))]
    }
    fn minimum(&self) -> Option<F> {
        Some(self.value(&Array1::from_elem(self.dim, F::of(Self::DEEP))))
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-5.0), F::of(5.0)]; self.dim]
    }
}
