//! Σ |xᵢ|: convex, with a kink where the minimum is.

use ndarray::{Array1, ArrayRef1};

use super::{TestFunction, check_dim, check_new_dim};
use crate::{Float, Objective, sign::sign};

/// f(x) = Σ |xᵢ| in d dimensions; (∇f)ᵢ = sign(xᵢ), with 0 (a subgradient) at xᵢ = 0.
///
/// The gradient does not fade towards the minimum, so descent with a constant learning rate η ends
/// up bouncing between points at most η away from it.
///
/// ```
/// use gd_core::{Objective, objective::AbsoluteValue};
///
/// assert_eq!(AbsoluteValue::new(2).value(&ndarray::array![-3.0, 1.0]), 4.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbsoluteValue {
    dim: usize,
}

impl AbsoluteValue {
    /// In `dim` dimensions.
    ///
    /// # Panics
    /// If `dim` is 0.
    #[track_caller]
    pub fn new(dim: usize) -> Self {
        check_new_dim(dim, 1);
        Self { dim }
    }
}

impl<F: Float> Objective<F> for AbsoluteValue {
    fn dim(&self) -> usize {
        self.dim
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, self.dim);
        x.iter().map(|x| x.abs()).sum()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, self.dim);
        for (g, &x) in grad.iter_mut().zip(x) {
            *g = sign(x);
        }
    }
}

impl<F: Float> TestFunction<F> for AbsoluteValue {
    fn name(&self) -> &'static str {
        "absolute value"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![Array1::zeros(self.dim)]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-2.0), F::of(2.0)]; self.dim]
    }
}
