//! Objectives that are an average over samples.

use ndarray::ArrayRef1;

use crate::{Float, Objective};

/// An objective that averages over n samples: f(x) = (1/n) Σᵢ fᵢ(x).
///
/// The gradient over a batch B is ∇f_B(x) = (1/|B|) Σ_{i∈B} ∇fᵢ(x). Over a batch drawn uniformly
/// its expectation is ∇f(x); over all samples it is ∇f(x).
pub trait FiniteSum<F: Float>: Objective<F> {
    /// n, the number of samples.
    fn samples(&self) -> usize;

    /// Writes ∇f_B(x) into `grad`, overwriting all of it. `x` and `grad` have length `dim()`;
    /// `batch` holds sample numbers below `samples()`, repeats allowed and counted.
    ///
    /// # Panics
    /// If `batch` is empty or names a sample that does not exist.
    fn batch_gradient(&self, x: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>);
}

impl<F: Float, T: FiniteSum<F> + ?Sized> FiniteSum<F> for &T {
    fn samples(&self) -> usize {
        (**self).samples()
    }
    fn batch_gradient(&self, x: &ArrayRef1<F>, batch: &[usize], grad: &mut ArrayRef1<F>) {
        (**self).batch_gradient(x, batch, grad);
    }
}
