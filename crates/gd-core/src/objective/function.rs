//! An objective made of two closures.

use std::fmt;

use ndarray::ArrayRef1;

use crate::{Float, Objective};

/// An objective given by two closures, x ↦ f(x) and (x, grad) ↦ ∇f(x).
///
/// ```
/// use gd_core::{Objective, objective::FnObjective};
/// use ndarray::{ArrayRef1, array};
///
/// let bowl = FnObjective::new(
///     2,
///     |x: &ArrayRef1<f64>| x[0] * x[0] + 2.0 * x[1] * x[1],
///     |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
///         grad[0] = 2.0 * x[0];
///         grad[1] = 4.0 * x[1];
///     },
/// );
/// assert_eq!(bowl.value(&array![4.0, 3.0]), 34.0);
/// ```
#[derive(Clone, Copy)]
pub struct FnObjective<V, G> {
    dim: usize,
    value: V,
    gradient: G,
}

impl<V, G> FnObjective<V, G> {
    /// f with `dim` parameters. `gradient_fn` must overwrite all of its second argument;
    /// [`check_gradient`](crate::numeric::check_gradient) tells whether it fits `value_fn`.
    ///
    /// # Panics
    /// If `dim` is 0.
    #[track_caller]
    pub fn new<F: Float>(dim: usize, value_fn: V, gradient_fn: G) -> Self
    where
        V: Fn(&ArrayRef1<F>) -> F,
        G: Fn(&ArrayRef1<F>, &mut ArrayRef1<F>),
    {
        assert!(dim > 0, "dim must be >= 1, got 0; f(x)=x² has dim 1");
        Self {
            dim,
            value: value_fn,
            gradient: gradient_fn,
        }
    }
}

impl<F, V, G> Objective<F> for FnObjective<V, G>
where
    F: Float,
    V: Fn(&ArrayRef1<F>) -> F,
    G: Fn(&ArrayRef1<F>, &mut ArrayRef1<F>),
{
    fn dim(&self) -> usize {
        self.dim
    }
    fn value(&self, x: &ArrayRef1<F>) -> F {
        (self.value)(x)
    }
    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        (self.gradient)(x, grad);
    }
}

impl<V, G> fmt::Debug for FnObjective<V, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FnObjective")
            .field("dim", &self.dim)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "dim must be >= 1, got 0")]
    fn dimension_zero() {
        FnObjective::new(
            0,
            |_: &ArrayRef1<f64>| 0.0,
            |_: &ArrayRef1<f64>, _: &mut _| (),
        );
    }
}
